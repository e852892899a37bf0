"""The draft of a deliberation: the text a reader sees, its figures and its blanks; the whole one is in approved/."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table

from pricing import Client, Order, Tariff
from pricing.money import ZERO, euros
from tests.french import plain
from tests.reports.documents import DEMARCHES, EPCI, LINK, ON_QUOTE, ORDINARY, OTHER, TOWN, WHOLE, Simulation
from views.reports.deliberation import deliberation
from views.reports.wording import how_often


@pytest.fixture(scope="module")
def draft(tariff: Tariff) -> WordDocument:
    return read(Simulation(), tariff)


def read(of: Simulation, tariff: Tariff) -> WordDocument:
    return Document(BytesIO(deliberation(of.handout(tariff))))


def rows(table: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]


def lines(document: WordDocument) -> Iterator[str]:
    """Yield every paragraph and row of the body, in order."""
    for each in document.iter_inner_content():
        yield from (" | ".join(row) for row in rows(each)) if isinstance(each, Table) else [plain(each.text)]


def said(of: Simulation, tariff: Tariff) -> str:
    return "\n".join(lines(read(of, tariff))).replace("’", "'")


def marked(document: WordDocument) -> list[str]:
    """Return the highlighted texts."""
    found = (each.getparent().getparent() for each in document.element.iter(qn("w:highlight")))
    return [text for run in found if (text := plain("".join(each.text or "" for each in run.iter(qn("w:t")))))]


@pytest.mark.parametrize("order", [WHOLE, Order(certificates_on_site_1y=1)])
def test_every_figure_of_the_draft_is_that_of_the_estimate(order: Order, tariff: Tariff) -> None:
    of = Simulation(Client(), order)
    totals, *annex = read(of, tariff).tables
    answers, lines = of.handout(tariff).estimate.answers, of.handout(tariff).estimate.lines
    assert rows(totals)[-1][1::2] == [plain(each.words()) for each in (answers.first_year, answers.six_years)]
    words = {"on_quote": "sur devis", "missing": "à compléter", "not_stated": "non indiqué", "included": "inclus"}
    found = [row for table in annex for row in rows(table)[1:]]
    for line, (label, payee, when, amount) in zip(lines, found, strict=True):
        assert label.startswith(f"{line.position.label} (")
        assert (payee, when) == (tariff.payees[line.payee].short, how_often(line.position))
        assert amount == (words.get(line.outcome.kind) or plain(euros(line.amount or ZERO)))


@pytest.mark.parametrize(
    ("client", "name", "assembly", "head"),
    [
        (TOWN, "", "conseil municipal", "maire"),
        (EPCI, "Communauté de communes du Ternois", "conseil communautaire", "président"),
        (EPCI, "Syndicat mixte du Ternois", "comité syndical", "président"),
        (OTHER, "SIVOM de la Scarpe", "comité syndical", "président"),
        (OTHER, "CCAS de l'Étoile", "conseil d'administration", "président"),
        (OTHER, "C.I.A.S. d'Opale", "conseil d'administration", "président"),
        (OTHER, "Centre communal d'action sociale", "conseil d'administration", "président"),
        (OTHER, "Office", "[à compléter : conseil d'administration, comité syndical…]", "président"),
    ],
)
def test_each_kind_of_body_has_its_assembly_and_its_head(
    client: Client, name: str, assembly: str, head: str, tariff: Tariff
) -> None:
    text = said(Simulation(client, name=name), tariff)
    assert f"Extrait du registre des délibérations du {assembly}\n" in text
    assert f"\nLe {assembly}, après avoir entendu l'exposé du {head} " in text
    assert f"\nLe {head} expose\n" in text
    assert "Ainsi fait et délibéré à [à compléter : lieu]" in text
    assert f"\n{name or '[à compléter : nom de la commune]'}\n" in text
    assert client is TOWN or not re.search("maire|municipal", text.replace("Mairie", ""))


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (TOWN, Order(domains=1), "à signer cette convention, ainsi que le devis de La Fibre Numérique 59-62 pour"),
        (TOWN, Order(domains=1), "CDG 62, pour l'accompagnement | aucun montant | aucun montant | aucun montant"),
        (EPCI, DEMARCHES, "| 3 montants sur devis | 2 montants sur devis | 3 montants sur"),
        (TOWN, ON_QUOTE, "un montant TTC de 357,00 € + 1 montant sur devis la première année et de 357,00 €"),
        (TOWN, ON_QUOTE, "Non compris dans ces montants :\nAntivirus, mise en service : 21 ordinateurs, sur devis"),
        (TOWN, Order(extra_storage_go=3, domains=1), "(3 Go) reste demandé sans sauvegarde : rien n'est compté."),
        (TOWN, Order(certificates_on_site_1y=1), "Sans montant dans l'estimation :"),
        (Client(agents=6), DEMARCHES, "catégorie B (6 agents) [à compléter : catégorie à confirmer auprès du CDG 62]."),
        (Client(inhabitants=500, agents=6), DEMARCHES, "(500 habitants et 6 agents) [à compléter : catégorie à conf"),
        (OTHER, Order(), "services suivants : [à compléter : services retenus et montants des devis"),
    ],
)
def test_the_draft_says_what_depends_on_the_order(client: Client, order: Order, words: str, tariff: Tariff) -> None:
    assert words in said(Simulation(client, order), tariff)


def test_the_draft_says_nothing_of_what_is_not_ordered(tariff: Tariff) -> None:
    assert not re.search("€| \\| ", said(Simulation(order=Order()), tariff))
    text = said(Simulation(order=Order(domains=1)), tariff)
    assert not re.search("catégorie|deux devis|Non compris|Sans montant", text)


def test_the_scenarios_kept_are_not_in_the_draft(tariff: Tariff) -> None:
    of = Simulation().handout(tariff)
    assert deliberation(replace(of, scenarios=(("Sans messagerie", of.estimate),) * 3)) == deliberation(of)


@pytest.mark.parametrize(("client", "name"), [(TOWN, "Ruitz"), (OTHER, ""), (Client(agents=6), "")])
def test_every_blank_and_all_that_the_quotes_replace_is_highlighted(client: Client, name: str, tariff: Tariff) -> None:
    order = ORDINARY.model_copy(update={"antivirus_devices": 21, "antivirus_intervention": True})
    document = read(Simulation(client, order, name), tariff)
    every, text = marked(document), "\n".join(lines(document))
    assert [each for each in every if each.startswith("[")] == re.findall(r"\[[^]]*]", text)
    totals, *annex = (rows(table)[1:] for table in document.tables)
    estimated = [cell for row in totals for cell in row[1:]]
    # A calculation is the last text between brackets: « Accompagnement (certificat de 3 ans) (1 certificat, inclus) ».
    estimated += [f"({row[0].rpartition(' (')[2]}" for table in annex for row in table]
    estimated += [row[-1] for table in annex for row in table]
    assert [each for each in estimated if each not in every] == []
    assert any(each.startswith("Antivirus, mise en service : 21 ordinateurs") for each in every)
    assert any("par an en moyenne" in each for each in every)


def test_a_table_has_a_repeated_head_and_stays_on_one_page(draft: WordDocument) -> None:
    for table in draft.tables:
        heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert heads == [True, *[False] * (len(heads) - 1)]
        kept = [all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells) for row in table.rows]
        assert kept == [*[True] * (len(heads) - 1), False]
    # A page of LibreOffice holds some 45 lines of 90 characters, and the heading of the first page takes 20.
    act, annex, _ = re.split("Annexe 1 —|À vérifier avant la séance", "\n".join(lines(draft)))
    assert sum(1 + len(line) // 90 for line in act.splitlines()) < 75
    assert annex.count("\n") < 40
    assert len(list(draft.element.iter(qn("w:pageBreakBefore")))) == 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("{{ 1 }} {_{ nom }_} {%p if %} &amp;", ""),
        ("É" * 5_000, ""),
        (" Ru\x00i\x08tz\ud800\uffff\r\n\tles", "Ruitz les"),
    ],
)
def test_a_hostile_name_is_whole_in_the_draft(name: str, shown: str, tariff: Tariff) -> None:
    document = read(Simulation(OTHER, name=name), tariff)
    [title] = [each.text for each in document.paragraphs if each.style and each.style.name == "Subtitle"]
    assert title == (shown or name)
    assert len(document.core_properties.title) <= 255


def test_the_same_handout_gives_the_same_bytes_and_its_link(draft: WordDocument, tariff: Tariff) -> None:
    file, again = (deliberation(Simulation().handout(tariff)) for _ in range(2))
    assert file == again
    with ZipFile(BytesIO(file)) as parts:
        assert {(part.date_time, part.create_system) for part in parts.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
    assert [each.address for paragraph in draft.paragraphs for each in paragraph.hyperlinks] == [LINK]
    properties = draft.core_properties
    assert properties.title == "Projet de délibération : services numériques (Ruitz)"
    assert (properties.language, properties.created) == ("fr-FR", datetime(2026, 11, 1, tzinfo=UTC))
