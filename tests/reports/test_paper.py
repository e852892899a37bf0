"""The council paper: its figures, its two pages, its tags, and names that a typesetter could read as markup."""

import io
import json
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
import segno
import typst
from pypdf import PdfReader

from pricing import Client, Estimate, Line, Order, Tariff, estimate
from pricing.money import euros
from pricing.order import CHOICES, ITEMS
from tests.french import plain
from views.reports.handout import Handout
from views.reports.paper import paper

LINK = "https://simulateur.exemple.fr/?tarif=2024-03-26&habitants=1250&agents=6&messagerie-5go=4&domaines=1"
DAY = date(2026, 11, 22)
NEWCOMER = Client(inhabitants=1_250, agents=6)
ASKED = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
WHOLE = Order.model_validate({item: True if item in CHOICES else 21 for item in ITEMS})
NAMES = [
    "Œuf-en-Ternois",
    "*gras* _italique_ `code` $x^2$ #panic() @renvoi <étiquette> \\ // [x] = - +",
    "<b>Ruitz</b> & Cie",
    "#" * 80,
    "Saint-" * 13,
    "",
]


def handed(present: Estimate, tariff: Tariff, name: str = "Ruitz", **more: Any) -> Handout:
    return Handout(present, tariff, name, DAY, LINK, **more)


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def words(made: bytes) -> str:
    """Return the text of the paper, with plain spaces."""
    return " ".join(plain(" ".join(page.extract_text() for page in read(made).pages)).replace("’", "'").split())


@pytest.fixture
def newcomer(tariff: Tariff) -> Estimate:
    return estimate(NEWCOMER, ASKED, tariff)


def test_the_newcomers_paper_has_the_figures_worked_by_hand(newcomer: Estimate, tariff: Tariff) -> None:
    said = words(paper(handed(newcomer, tariff)))
    for figure in (
        "Estimation des services numériques : Ruitz",
        "Catégorie B pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10.",
        "Établie le 22 novembre 2026 d'après la délibération du 26 mars 2024",
        "1 180,00 €",
        "810,00 € à 900,00 €",
        "5 320,00 €",
        "dont 280,00 € de mise en service, une seule fois",
        "La Fibre Numérique 59-62, pour le service 915,00 € 660,00 € à 750,00 € 4 305,00 €",
        "CDG 62, pour l'accompagnement 265,00 € 150,00 € 1 015,00 €",
        "4 comptes, tranche de 3 à 5 : 50,00 €",
        "90,00 € tous les 3 ans",
        "irait de 5 070,00 € à 5 320,00 €",
        "seuls les devis engagent",
        "page 1 sur 2",
    ):
        assert figure in said, figure


def test_every_line_has_its_amount_and_its_calculation(tariff: Tariff) -> None:
    present = estimate(Client(inhabitants=3_400, agents=23), WHOLE, tariff)
    made = words(paper(handed(present, tariff)))
    for line in present.lines:
        assert plain(line.words()) in made, line.name
        if line.outcome.kind == "priced":
            assert plain(euros(line.outcome.amount)) in made, line.name


def test_the_detail_ends_with_the_totals_of_each_payee(newcomer: Estimate, tariff: Tariff) -> None:
    said = words(paper(handed(newcomer, tariff)))
    assert "Total Par organisme Montant TTC En tout, une fois La Fibre 59-62 : 165,00 € ; CDG 62 : 115,00 €" in said
    assert "En tout" not in words(paper(handed(estimate(NEWCOMER, Order(domains=1), tariff), tariff)))


def test_a_scenario_says_how_its_order_differs(newcomer: Estimate, tariff: Tariff) -> None:
    other = estimate(NEWCOMER, ASKED.model_copy(update={"backups": 0}), tariff)
    said = words(paper(handed(newcomer, tariff, scenarios=(("Sans sauvegarde", other), ("Le même", newcomer)))))
    assert "−3 268,00 € Sauvegardes : 0 au lieu de 1" in said
    assert said.count("au lieu de") == 1


def test_the_squares_of_the_qr_code_are_large_enough_for_a_photocopier(newcomer: Estimate, tariff: Tariff) -> None:
    for link in (LINK, f"{LINK}&nom={'x' * 1_300}"):
        made = paper(replace(handed(newcomer, tariff), link=link))
        modules, _ = segno.make_qr(link, mask=0).symbol_size(border=0)
        with patch.object(typst, "compile", wraps=typst.compile) as compiled:
            assert paper(replace(handed(newcomer, tariff), link=link)) == made
        width = json.loads(compiled.call_args.kwargs["sys_inputs"]["data"])["code_width"]
        assert width == max(24, modules * 0.35)


@pytest.mark.parametrize("structure", ["commune", "epci", "other"])
@pytest.mark.parametrize("order", [ASKED, WHOLE], ids=["ordinary", "whole"])
def test_the_paper_takes_two_pages_and_one_more_for_scenarios(tariff: Tariff, structure: Any, order: Order) -> None:
    present = estimate(Client(structure=structure, inhabitants=3_400, agents=23), order, tariff)
    assert len(read(paper(handed(present, tariff))).pages) <= 2
    kept = tuple((f"Le scénario numéro {rank}, au nom long" * 2, present) for rank in range(4))
    made = paper(handed(present, tariff, scenarios=kept))
    assert len(read(made).pages) <= 3
    assert len(made) < 150_000
    assert words(made).count("au nom longLe scénario") == 4


def test_an_amount_on_quote_is_never_a_zero_and_never_left_out(tariff: Tariff) -> None:
    said = words(paper(handed(estimate(Client(structure="epci"), Order(demarches_simplifiees=True), tariff), tariff)))
    assert "3 montants sur devis" in said
    assert "Non compris dans ces montants" in said
    assert " 0,00 €" not in said.partition("À confirmer")[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_whole_and_never_read_as_markup(newcomer: Estimate, tariff: Tariff, name: str) -> None:
    made = paper(handed(newcomer, tariff, name, scenarios=((name, newcomer),)))
    assert _signs(words(made)).count(_signs(name)) >= 2
    assert len(read(made).pages) <= 3


def test_cheaper_choices_come_after_the_order_and_its_points(newcomer: Estimate, tariff: Tariff) -> None:
    said = words(paper(handed(estimate(NEWCOMER, Order(mailboxes_unlimited=4), tariff), tariff)))
    places = [said.index(each) for each in ("Le détail", "À confirmer", "D'autres choix, pour comparer", "en 5 Go")]
    assert places == sorted(places)
    assert "dépenser moins" not in said


def test_an_order_of_which_nothing_counts_has_no_empty_detail(tariff: Tariff) -> None:
    said = words(paper(handed(estimate(NEWCOMER, Order(extra_storage_go=3), tariff), tariff)))
    assert "« Stockage supplémentaire » demande au moins 1 sauvegarde : rien n'est compté." in said
    assert "Le détail" not in said


def test_scenarios_are_on_the_last_page_where_it_has_room(newcomer: Estimate, tariff: Tariff) -> None:
    small = estimate(NEWCOMER, Order(domains=1), tariff)
    made = paper(handed(small, tariff, scenarios=(("Un", newcomer), ("Deux", newcomer))))
    assert len(read(made).pages) == 1
    assert "Les scénarios comparés" in words(made)


def test_a_character_that_cannot_be_printed_is_an_empty_square(newcomer: Estimate, tariff: Tariff) -> None:
    made = paper(handed(newcomer, tariff, "Rui\ud800tz", scenarios=(("Un\ud800", newcomer),)))
    assert "Estimation des services numériques : Rui\u25a1tz" in words(made)
    assert "Un\u25a1" in words(made)


def _signs(text: str) -> str:
    """Remove spaces and hyphens, so that a text compares equal wherever its lines end."""
    return text.translate(dict.fromkeys(map(ord, " -\u2010")))


def test_two_hundred_lines_are_printed_whole(newcomer: Estimate, tariff: Tariff) -> None:
    lines: tuple[Line, ...] = newcomer.lines * 15
    assert len(lines) > 200
    made = paper(handed(replace(newcomer, lines=lines), tariff))
    assert words(made).count("catégorie B : 51,00 €") == 15


def test_the_paper_is_tagged_titled_french_and_embeds_its_fonts(newcomer: Estimate, tariff: Tariff) -> None:
    made = read(paper(handed(newcomer, tariff)))
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).lower().startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata
    assert made.metadata.title == "Estimation des services numériques : Ruitz"
    assert next(item["/Title"] for item in made.outline if isinstance(item, dict)) == made.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    alternatives = [str(each.get("/Alt", "")) for each in tagged(root["/StructTreeRoot"], "/Figure")]
    assert "QR code" in alternatives[0]
    assert " : 1 180,00 € (La Fibre 59-62, chaque année 660,00 € ; " in plain(alternatives[1])
    for page in made.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner)


def test_the_same_handout_gives_the_same_bytes(newcomer: Estimate, tariff: Tariff) -> None:
    assert paper(handed(newcomer, tariff)) == paper(handed(newcomer, tariff))
    another = Handout(newcomer, tariff, "Ruitz", date(2026, 11, 23), LINK)
    assert paper(another) != paper(handed(newcomer, tariff))


# Screen readers


def tagged(node: Any, kinds: str) -> list[Any]:
    """Return the elements of some kinds within a node of the structure, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for each in node for found in tagged(each, kinds)]
    if not isinstance(node, dict):
        return []
    return [node] if node.get("/S") in kinds.split() else tagged(node.get("/K", []), kinds)


def headers(cell: Any) -> list[str]:
    return [str(each) for of in cell["/A"] for each in of.get("/Headers", [])]


@pytest.mark.parametrize("order", [ASKED, WHOLE])
def test_each_cell_of_a_table_is_read_under_the_head_of_its_column(order: Order, tariff: Tariff) -> None:
    present = estimate(NEWCOMER, order, tariff)
    root: Any = read(paper(handed(present, tariff, scenarios=(("Le même", present),)))).trailer["/Root"]
    tables = tagged(root["/StructTreeRoot"], "/Table")
    services = {line.position.service for line in present.lines}
    assert len(tables) == len(services) + 3  # the quotes, the totals and the scenarios
    for table in tables:
        heads = [[str(each["/ID"]) for each in tagged(row["/K"], "/TH")] for row in tagged(table["/K"], "/TR")]
        [names] = [each for each in heads if each]
        for row in tagged(table["/K"], "/TR"):
            told = [headers(each) for each in tagged(row["/K"], "/TD")]
            assert told in ([], [[each] for each in names], [names])


def test_the_points_to_confirm_are_one_list(newcomer: Estimate, tariff: Tariff) -> None:
    root: Any = read(paper(handed(newcomer, tariff))).trailer["/Root"]
    [points] = tagged(root["/StructTreeRoot"], "/L")[-1:]
    assert len(tagged(points["/K"], "/LI")) == len(handed(newcomer, tariff).points) == 6


def test_where_no_amount_is_known_no_chart_is_drawn(tariff: Tariff) -> None:
    on_quote = words(
        paper(handed(estimate(Client(structure="epci"), Order(demarches_simplifiees=True), tariff), tariff))
    )
    assert "Six ans de dépenses" not in on_quote
    assert "2e année" not in on_quote
