"""The draft of a deliberation: the text a reader sees, its figures and its blanks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table

from pricing import Client, Order, Tariff, estimate
from pricing.money import ZERO, euros
from pricing.order import CHOICES, ITEMS
from tests.french import plain
from views.reports.deliberation import deliberation
from views.reports.handout import Handout
from views.reports.wording import how_often

LINK = "https://simulateur.example/?tarif=2024-03-26&habitants=1250&nom=L%27%C3%A9glise"
COMMUNE, EPCI, OTHER = Client(inhabitants=1_250, agents=6), Client(structure="epci"), Client(structure="other")
ASKED = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
ON_QUOTE = Order(antivirus_devices=21, antivirus_intervention=True)
EVERYTHING = Order.model_validate({item: item in CHOICES or 2 for item in ITEMS})


def handout(client: Client, order: Order, tariff: Tariff, name: str = "Ruitz") -> Handout:
    return Handout(estimate(client, order, tariff), tariff, name, date(2026, 11, 22), LINK)


def read(of: Handout) -> WordDocument:
    return Document(BytesIO(deliberation(of)))


def rows(table: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]


def lines(document: WordDocument) -> Iterator[str]:
    """Yield every paragraph and row of the body, in order."""
    for each in document.iter_inner_content():
        yield from (" | ".join(row) for row in rows(each)) if isinstance(each, Table) else [plain(each.text)]


def said(document: WordDocument) -> str:
    return "\n".join(lines(document)).replace("’", "'")


def marked(document: WordDocument) -> list[str]:
    """Return the highlighted texts."""
    found = (each.getparent().getparent() for each in document.element.iter(qn("w:highlight")))
    return [text for run in found if (text := plain("".join(each.text or "" for each in run.iter(qn("w:t")))))]


@pytest.fixture(scope="module")
def draft(tariff: Tariff) -> WordDocument:
    return read(handout(COMMUNE, ASKED, tariff))


READ = """RÉPUBLIQUE FRANÇAISE
Extrait du registre des délibérations du conseil municipal
votants : [à compléter : nombre]
Objet : services numériques et convention tripartite
Vu la délibération du 26 mars 2024, conseil d'administration du Centre de gestion du Pas-de-Calais (CDG 62)
Vu le projet de convention tripartite entre la commune de Ruitz, La Fibre Numérique 59-62 et le CDG 62 ;
Vu le devis de La Fibre Numérique 59-62 [à compléter : numéro et date du devis] ;
Vu le devis du CDG 62 [à compléter : numéro et date du devis] ;
Le maire expose
Pour Démarches simplifiées, la commune de Ruitz relève de la catégorie B (1 250 habitants et 6 agents).
CDG 62, pour l'accompagnement | 265,00 € | 150,00 € | 1 015,00 €
Les deux ensemble | 1 180,00 € | 810,00 € à 900,00 € | 5 320,00 €
Le conseil municipal, après avoir entendu l'exposé du maire et en avoir délibéré, [à compléter : à l'unanimité
APPROUVE la convention tripartite entre la commune de Ruitz, La Fibre Numérique 59-62 et le CDG 62, annexée à la
AUTORISE le maire à signer cette convention, ainsi que les deux devis, celui de La Fibre Numérique 59-62 pour le service
APPROUVE la souscription aux services de l'annexe 1, pour un montant TTC de 1 180,00 € la première année et de 810,00 €
DIT que les crédits nécessaires sont inscrits au budget de l'exercice [à compléter : exercice], [à compléter : section
DIT que le maire est chargé de l'exécution de la présente délibération.
Ainsi fait et délibéré à Ruitz, les jour, mois et an susdits.
Pour extrait conforme.
Le maire, [à compléter : prénom, nom, signature et cachet]
Acte rendu exécutoire après transmission au représentant de l'État (préfecture du Pas-de-Calais) le [à compléter : date]
Voies et délais de recours : la présente délibération peut être contestée devant le tribunal administratif de Lille
Annexe 1 — Services retenus
Sauvegarde 60 Go et partage de fichiers 5 Go
Tarif | Facturé par | Quand | Montant TTC
Mise en service (1 sauvegarde × 115,00 €) | La Fibre 59-62 | une fois | 115,00 €
Annexe 2 — Convention tripartite
À vérifier avant la séance (partie à supprimer)
le total de six ans irait de 5 070,00 € à 5 320,00 €.""".splitlines()
"""Parts of the draft that a councillor of the newcomer's commune reads, in this order."""


def test_the_draft_reads_in_order_from_the_register_to_the_points_to_check(draft: WordDocument) -> None:
    text = said(draft)
    for part in READ:
        assert part in text
        text = text.partition(part)[2]


@pytest.mark.parametrize("client", [COMMUNE, EPCI, OTHER, Client()])
@pytest.mark.parametrize("order", [ASKED, EVERYTHING, Order(certificates_on_site_1y=1), ON_QUOTE])
def test_every_figure_of_the_draft_is_that_of_the_estimate(client: Client, order: Order, tariff: Tariff) -> None:
    of = handout(client, order, tariff)
    totals, *annex = read(of).tables
    answers = of.estimate.answers
    assert rows(totals)[-1][1::2] == [plain(each.words()) for each in (answers.first_year, answers.six_years)]
    words = {"on_quote": "sur devis", "missing": "à compléter", "not_stated": "non indiqué", "included": "inclus"}
    found = [row for table in annex for row in rows(table)[1:]]
    for line, (label, payee, when, amount) in zip(of.estimate.lines, found, strict=True):
        assert label.startswith(f"{line.position.label} (")
        assert (payee, when) == (tariff.payees[line.payee].short, how_often(line.position))
        assert amount == (words.get(line.outcome.kind) or plain(euros(line.amount or ZERO)))


@pytest.mark.parametrize(
    ("client", "name", "assembly", "head"),
    [
        (COMMUNE, "", "conseil municipal", "maire"),
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
    text = said(read(handout(client, ASKED, tariff, name)))
    assert f"Extrait du registre des délibérations du {assembly}\n" in text
    assert f"\nLe {assembly}, après avoir entendu l'exposé du {head} " in text
    assert f"\nLe {head} expose\n" in text
    assert "Ainsi fait et délibéré à [à compléter : lieu]" in text
    assert f"\n{name or '[à compléter : nom de la commune]'}\n" in text
    assert client is COMMUNE or not re.search("maire|municipal", text.replace("Mairie", ""))


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (COMMUNE, Order(domains=1), "à signer cette convention, ainsi que le devis de La Fibre Numérique 59-62 pour"),
        (COMMUNE, Order(domains=1), "CDG 62, pour l'accompagnement | aucun montant | aucun montant | aucun montant"),
        (EPCI, Order(demarches_simplifiees=True), "| 3 montants sur devis | 2 montants sur devis | 3 montants sur"),
        (COMMUNE, ON_QUOTE, "un montant TTC de 357,00 € + 1 montant sur devis la première année et de 357,00 €"),
        (COMMUNE, ON_QUOTE, "Non compris dans ces montants :\nAntivirus, mise en service : 21 ordinateurs, sur devis"),
        (COMMUNE, Order(extra_storage_go=3, domains=1), "demande au moins 1 sauvegarde : rien n'est compté."),
        (COMMUNE, Order(certificates_on_site_1y=1), "Sans montant dans l'estimation :"),
        (Client(agents=6), ASKED, "catégorie B (6 agents) [à compléter : catégorie à confirmer auprès du CDG 62]."),
        (Client(inhabitants=500, agents=6), ASKED, "(500 habitants et 6 agents) [à compléter : catégorie à confirmer"),
        (OTHER, Order(), "services suivants : [à compléter : services retenus et montants des devis"),
    ],
)
def test_the_draft_says_what_depends_on_the_order(client: Client, order: Order, words: str, tariff: Tariff) -> None:
    assert words in said(read(handout(client, order, tariff)))


def test_the_draft_says_nothing_of_what_is_not_ordered(tariff: Tariff) -> None:
    empty, one = (read(handout(COMMUNE, order, tariff)) for order in (Order(), Order(domains=1)))
    assert empty.tables == []
    assert "€" not in said(empty)
    assert not re.search("catégorie|deux devis|Non compris|Sans montant", said(one))


def test_the_scenarios_kept_are_not_in_the_draft(tariff: Tariff) -> None:
    of = handout(COMMUNE, ASKED, tariff)
    assert deliberation(replace(of, scenarios=(("Sans messagerie", of.estimate),) * 3)) == deliberation(of)


@pytest.mark.parametrize(("client", "name"), [(COMMUNE, "Ruitz"), (OTHER, ""), (Client(agents=6), "")])
def test_every_blank_and_all_that_the_quotes_replace_is_highlighted(client: Client, name: str, tariff: Tariff) -> None:
    order = ASKED.model_copy(update={"antivirus_devices": 21, "antivirus_intervention": True})
    document = read(handout(client, order, tariff, name))
    every, text = marked(document), "\n".join(lines(document))
    assert [each for each in every if each.startswith("[")] == re.findall(r"\[[^]]*]", text)
    totals, *annex = (rows(table)[1:] for table in document.tables)
    estimated = [cell for row in totals for cell in row[1:]]
    # A calculation is the last text between brackets: « Accompagnement (certificat de 3 ans) (1 certificat, inclus) ».
    estimated += [f"({row[0].rpartition(' (')[2]}" for table in annex for row in table]
    estimated += [row[-1] for table in annex for row in table]
    assert [each for each in estimated if each not in every] == []
    assert any(each.startswith("Antivirus, mise en service : 21 ordinateurs") for each in every)
    assert any("par an en les répartissant" in each for each in every)


def test_a_table_has_a_repeated_head_and_stays_on_one_page(draft: WordDocument) -> None:
    for table in draft.tables:
        heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert heads == [True, *[False] * (len(heads) - 1)]
        kept = [all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells) for row in table.rows]
        assert kept == [*[True] * (len(heads) - 1), False]


def test_an_ordinary_draft_is_two_pages_and_its_annex(draft: WordDocument) -> None:
    act, annex, _ = re.split("Annexe 1 —|À vérifier avant la séance", said(draft))
    # A page of LibreOffice holds some 45 lines of 90 characters, and the heading of the first page takes 20.
    assert act.count("\n") < 50
    assert sum(1 + len(line) // 90 for line in act.splitlines()) < 75
    assert annex.count("\n") < 40
    assert len(list(draft.element.iter(qn("w:pageBreakBefore")))) == 2


def test_no_line_breaks_within_a_name_or_before_a_symbol(draft: WordDocument) -> None:
    text = "\n".join(each.text or "" for each in draft.element.iter(qn("w:t")))
    assert not re.search(r" [;:!?»€]|« |\[à |CDG 62|59-62|\d (Go|ans|habitants|mars|novembre)|'", text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        *((name, name) for name in ("<w:p/>&amp; ]]> \"'", "{{ 1 }} {_{ nom }_} {%p if %}", "🏛️ d'Œuf مرحبا « É » !")),
        *(("É" * 5_000, "É" * 5_000), ("Ru\x00i\x08tz\ud800\uffff", "Ruitz"), (" Ruitz\r\n\tles M ", "Ruitz les M")),
    ],
)
def test_a_hostile_name_is_whole_in_the_draft(name: str, shown: str, tariff: Tariff) -> None:
    document = read(handout(OTHER, ASKED, tariff, name))
    assert [each.text for each in document.paragraphs if each.style and each.style.name == "Subtitle"] == [shown]
    assert len(document.core_properties.title) <= 255


def test_the_same_handout_gives_the_same_bytes_and_its_link(draft: WordDocument, tariff: Tariff) -> None:
    file, again = (deliberation(handout(COMMUNE, ASKED, tariff)) for _ in range(2))
    assert file == again
    with ZipFile(BytesIO(file)) as parts:
        assert {(part.date_time, part.create_system) for part in parts.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
    assert [each.address for paragraph in draft.paragraphs for each in paragraph.hyperlinks] == [LINK]
    properties = draft.core_properties
    assert properties.title == "Projet de délibération : services numériques (Ruitz)"
    assert (properties.language, properties.created) == ("fr-FR", datetime(2026, 11, 22, tzinfo=UTC))
