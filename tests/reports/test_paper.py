"""The council paper beside its approved text: its pages, its tags, its code, and what only some orders have."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
import segno
import typst
from pypdf import PdfReader

from pricing import Client, Order, Tariff
from pricing.money import euros
from pricing.order import Structure
from tests.french import plain
from tests.reports.documents import DEMARCHES, EPCI, LINK, ORDINARY, TOWN, WHOLE, Simulation
from views.reports.paper import paper
from views.reports.parts import headings
from views.reports.summary import LEFT_OUT


def read(of: Simulation, tariff: Tariff) -> PdfReader:
    return PdfReader(BytesIO(paper(of.handout(tariff))))


def words(of: Simulation | PdfReader, tariff: Tariff) -> str:
    """Return the text of the paper, with plain spaces."""
    pages = (read(of, tariff) if isinstance(of, Simulation) else of).pages
    return " ".join(plain(" ".join(page.extract_text() for page in pages)).replace("’", "'").split())


@pytest.mark.parametrize("structure", ["commune", "other"])
def test_a_paper_of_nearly_everything_takes_two_pages_and_one_more_for_scenarios(
    structure: Structure, tariff: Tariff
) -> None:
    of = Simulation(Client(structure=structure, inhabitants=3_400, agents=23), WHOLE)
    made = read(of, tariff)
    said = words(made, tariff)
    assert len(made.pages) == 2
    for line in of.handout(tariff).estimate.lines:
        assert plain(line.words()) in said, line.name
        assert line.outcome.kind != "priced" or plain(euros(line.outcome.amount)) in said, line.name
    kept = {f"Le scénario numéro {rank}, au nom long" * 2: Order(domains=rank) for rank in range(4)}
    made = read(replace(of, scenarios=kept, name="Saint-" * 13), tariff)
    assert len(made.pages) == 3
    assert words(made, tariff).count("au nom longLe scénario") == 4


def test_scenarios_are_on_one_page_with_what_they_ask_for(tariff: Tariff) -> None:
    kept = {"Un": Order(domains=2), "Le même": Order(domains=1), "Trois": Order(domains=3)}
    made = read(Simulation(order=Order(domains=1), scenarios=kept), tariff)
    assert len(made.pages) == 2
    said = " ".join(plain(made.pages[-1].extract_text()).split())
    assert "Les scénarios côte à côte Scénario Cette estimation Un Le même Trois" in said
    for row in (
        "1re année 15,00 € 30,00 € 15,00 € 45,00 €",
        f"{headings(tariff)[1]} 15,00 € 30,00 € 15,00 € 45,00 €",
        "Six ans 90,00 € 180,00 € 90,00 € 270,00 €",
        "Écart sur six ans par rapport à cette estimation – +90,00 € 0,00 € +180,00 €",
        "La Fibre Numérique 59-62 90,00 € 180,00 € 90,00 € 270,00 €",
        "CDG 62 0,00 € 0,00 € 0,00 € 0,00 €",
        "Noms de domaine 1 2 1 3",
    ):
        assert row in said, row
    alone = replace(Simulation(order=Order(domains=1)).handout(tariff), kept_as="Un seul")
    assert "côte à côte" not in plain("".join(page.extract_text() for page in PdfReader(BytesIO(paper(alone))).pages))
    assert "En tout" not in said


def test_where_no_amount_is_known_none_is_a_zero_and_no_chart_is_drawn(tariff: Tariff) -> None:
    said = words(Simulation(EPCI, DEMARCHES), tariff)
    assert "3 montants sur devis" in said
    assert LEFT_OUT in said
    assert " 0,00 €" not in said.partition("À confirmer")[0]
    assert "Six ans de dépenses" not in said


def test_an_order_of_which_nothing_counts_has_no_empty_detail(tariff: Tariff) -> None:
    said = words(Simulation(order=Order(extra_storage_go=3)), tariff)
    assert "« Stockage supplémentaire » (3 Go) reste demandé sans sauvegarde : rien n'est compté." in said
    assert "Le détail" not in said


def test_confirmed_points_come_after_the_open_ones(tariff: Tariff) -> None:
    answer = {"by": "CDG 62", "on": date(2027, 4, 1), "words": "Oui, chaque année."}
    confirmed = tariff.changed({"readings.R2.confirmed": answer})
    said = words(Simulation(order=Order(mailboxes_5go=1)), confirmed)
    assert (
        "Ce qui a été confirmé • L'accompagnement de la messagerie se paie-t-il chaque année ou une seule fois ? "
        "Chaque année. Confirmé le 1er avril 2027 par CDG 62 : « Oui, chaque année »."
    ) in said
    assert said.index("À confirmer avec le CDG 62") < said.index("Ce qui a été confirmé")
    assert said.count("une seule fois ?") == 1
    confirmed = tariff.changed({f"readings.{number}.confirmed": answer for number in tariff.readings})
    assert "À confirmer" not in words(Simulation(), confirmed)


def test_cheaper_choices_come_after_the_order_and_its_points(tariff: Tariff) -> None:
    said = words(Simulation(order=Order(mailboxes_unlimited=4)), tariff)
    places = [said.index(each) for each in ("Le détail", "À confirmer", "D'autres choix, pour comparer", "en 5 Go")]
    assert places == sorted(places)


def test_two_hundred_lines_are_printed_whole(tariff: Tariff) -> None:
    of = Simulation().handout(tariff)
    lines = of.estimate.lines * 15
    made = PdfReader(BytesIO(paper(replace(of, estimate=replace(of.estimate, lines=lines)))))
    assert words(made, tariff).count("catégorie B : 51,00 €") == 15


def _without_breaks(text: str) -> str:
    """Remove spaces and hyphens, so that a text compares equal wherever its lines end."""
    return text.translate(dict.fromkeys(map(ord, " -\u2010")))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("*gras* _italique_ `code` $x^2$ #panic() @renvoi <étiquette> \\ // [x] = - +", ""),
        ("<b>Ruitz</b> & Cie", ""),
        ("Rui\ud800tz", "Rui\u25a1tz"),
    ],
)
def test_a_name_is_printed_whole_and_never_read_as_markup(name: str, shown: str, tariff: Tariff) -> None:
    made = words(Simulation(name=name, scenarios={name: ORDINARY}), tariff)
    assert _without_breaks(made).count(_without_breaks(shown or name)) >= 2


@pytest.mark.parametrize("link", [LINK, f"{LINK}&nom={'x' * 1_300}"])
def test_the_squares_of_the_qr_code_are_large_enough_for_a_photocopier(link: str, tariff: Tariff) -> None:
    with patch.object(typst, "compile", wraps=typst.compile) as compiled:
        paper(Simulation(link=link).handout(tariff))
    data = json.loads(compiled.call_args.kwargs["sys_inputs"]["data"])
    modules, _ = segno.make_qr(link, mask=0).symbol_size(border=0)
    assert data["code_width"] == max(24, modules * 0.35) == pytest.approx(data["code_module"] * modules)


def test_the_same_handout_gives_the_same_bytes(tariff: Tariff) -> None:
    of = Simulation().handout(tariff)
    assert paper(of) == paper(of)
    assert paper(replace(of, day=tariff.adopted)) != paper(of)


# Screen readers


def tagged(node: Any, kinds: str) -> list[Any]:
    """Return the elements of some kinds within a node of the structure, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for each in node for found in tagged(each, kinds)]
    if not isinstance(node, dict):
        return []
    return [node] if node.get("/S") in kinds.split() else tagged(node.get("/K", []), kinds)


def test_the_paper_is_tagged_titled_french_and_embeds_its_fonts(tariff: Tariff) -> None:
    of = Simulation()
    made = read(of, tariff)
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata
    assert made.metadata.title == of.summary(tariff).title
    assert made.metadata["/CreationDate"] == "D:20261101000000Z"
    assert next(item["/Title"] for item in made.outline if isinstance(item, dict)) == made.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    code, chart = (str(each.get("/Alt", "")) for each in tagged(root["/StructTreeRoot"], "/Figure"))
    assert "QR code" in code
    assert " : 1 180,00 € (La Fibre 59-62, chaque année 660,00 € ; " in plain(chart)
    assert plain(chart).endswith("CDG 62, chaque année 150,00 €).")
    for page in made.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner)
    points = tagged(root["/StructTreeRoot"], "/L")[-1]
    assert len(tagged(points["/K"], "/LI")) == len(of.summary(tariff).points) == 6


@pytest.mark.parametrize("order", [ORDINARY, WHOLE])
def test_each_cell_of_a_table_is_read_under_the_head_of_its_column(order: Order, tariff: Tariff) -> None:
    of = Simulation(order=order, scenarios={"Le même": order})
    root: Any = read(of, tariff).trailer["/Root"]
    tables = tagged(root["/StructTreeRoot"], "/Table")
    assert len(tables) == len(of.summary(tariff).services) + 3  # the quotes, the totals and the scenarios
    for table in tables:
        heads = [[str(each["/ID"]) for each in tagged(row["/K"], "/TH")] for row in tagged(table["/K"], "/TR")]
        [names] = [each for each in heads if each]
        for row in tagged(table["/K"], "/TR"):
            told = [
                [str(each) for of in cell["/A"] for each in of.get("/Headers", [])] for cell in tagged(row["/K"], "/TD")
            ]
            assert told in ([], [[each] for each in names], [names])


def test_a_councillor_reads_what_is_decided_from_when_and_what_remains_open(tariff: Tariff) -> None:
    said = words(Simulation(TOWN, Order(domains=1, antivirus_devices=21, antivirus_intervention=True), month=9), tariff)
    decided = said.partition("Ce que le conseil a à décider")[2].partition("Six ans de dépenses")[0]
    assert "accepter les deux devis : 372,00 € + 1 montant sur devis la 1re année, puis 372,00 € par an." in decided
    assert "À partir de quand : en septembre, si les services sont ouverts à cette date : à confirmer." in decided
    assert "points de l'acte à confirmer, plus bas, 1 montant sur devis, et les devis, qui seuls engagent." in decided
    assert "Nom de domaine : l'adresse de la collectivité sur internet" in said
    alone = words(Simulation(order=Order(domains=1)), tariff)
    assert "accepter le devis : 15,00 € la 1re année, puis 15,00 € par an." in alone
    assert "l'acte ne dit pas quand un service ouvre" in alone
    assert "Ce que le conseil a à décider" not in words(Simulation(order=Order()), tariff)
