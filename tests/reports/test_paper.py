"""The council paper: its figures, its two pages, its tags, and names that mean something to a typesetter."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
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
    """The text of the paper, with plain spaces."""
    return " ".join(plain(" ".join(page.extract_text() for page in read(made).pages)).replace("’", "'").split())


@pytest.fixture
def newcomer(tariff: Tariff) -> Estimate:
    return estimate(NEWCOMER, ASKED, tariff)


def test_the_newcomers_paper_has_the_figures_a_pencil_confirms(newcomer: Estimate, tariff: Tariff) -> None:
    said = words(paper(handed(newcomer, tariff)))
    for figure in (
        "Estimation des services numériques : Ruitz",
        "Catégorie B pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10.",
        "Établie le 22 novembre 2026",
        "délibération du 26 mars 2024",
        "1 180,00 €",
        "810,00 € à 900,00 €",
        "5 320,00 €",
        "dont 280,00 € de mise en service, une seule fois",
        "La Fibre Numérique 59-62, pour le service 915,00 € 660,00 € à 750,00 € 4 305,00 €",
        "CDG 62, pour l'accompagnement 265,00 € 150,00 € 1 015,00 €",
        "4 comptes, tranche de 3 à 5 : 50,00 €",
        "90,00 € tous les 3 ans",
        "Si un seul d'entre eux se lisait autrement : la 1re année ne changerait pas",
        "seuls les devis engagent",
        "page 1 sur 2",
    ):
        assert figure in said, figure


def test_every_line_has_its_amount_and_its_arithmetic(tariff: Tariff) -> None:
    present = estimate(Client(inhabitants=3_400, agents=23), WHOLE, tariff)
    made = words(paper(handed(present, tariff)))
    for line in present.lines:
        assert plain(line.words()) in made, line.name
        if line.outcome.kind == "priced":
            assert plain(euros(line.outcome.amount)) in made, line.name


def test_the_detail_ends_with_what_is_paid_once_each_year_and_at_each_renewal(tariff: Tariff) -> None:
    said = words(paper(handed(estimate(NEWCOMER, ASKED, tariff), tariff)))
    for closing in (
        "En tout, une fois La Fibre 59-62 : 165,00 € ; CDG 62 : 115,00 € 280,00 €",
        "En tout, par an La Fibre 59-62 : 660,00 € ; CDG 62 : 150,00 € 810,00 €",
        "En tout, tous les 3 ans La Fibre 59-62 : 90,00 € 90,00 €",
    ):
        assert closing in said, closing
    one, two = (estimate(NEWCOMER, order, tariff) for order in (Order(domains=1), Order(web_pages=1)))
    assert (len(one.lines), len(two.lines)) == (1, 2)
    assert "En tout" not in words(paper(handed(one, tariff)))
    assert words(paper(handed(two, tariff))).count("En tout") == 2


def test_where_one_body_alone_bills_there_is_one_quote(tariff: Tariff) -> None:
    one, two = (
        words(paper(handed(estimate(NEWCOMER, order, tariff), tariff)))
        for order in (Order(certificates_cdg_3y=1), Order(mailboxes_5go=1))
    )
    assert " Un seul devis Organisme " in one
    assert "Deux devis" not in one
    assert " Deux devis, un par organisme Organisme " in two


def test_a_scenario_says_what_it_asks_for_otherwise(newcomer: Estimate, tariff: Tariff) -> None:
    other = estimate(NEWCOMER, ASKED.model_copy(update={"backups": 0}), tariff)
    said = words(paper(handed(newcomer, tariff, scenarios=(("Sans sauvegarde", other), ("Le même", newcomer)))))
    assert "−3 268,00 € Sauvegardes : 0 au lieu de 1" in said
    assert said.count("au lieu de") == 1


def test_the_squares_of_the_code_survive_a_photocopier(newcomer: Estimate, tariff: Tariff) -> None:
    for link in (LINK, f"{LINK}&nom={'x' * 1_300}"):
        made = paper(replace(handed(newcomer, tariff), link=link))
        modules, _ = segno.make_qr(link, mask=0).symbol_size(border=0)
        with patch.object(typst, "compile", wraps=typst.compile) as compiled:
            assert paper(replace(handed(newcomer, tariff), link=link)) == made
        width = json.loads(compiled.call_args.kwargs["sys_inputs"]["data"])["code_width"]
        assert width == max(24, modules * 0.3)


@pytest.mark.parametrize("structure", ["commune", "epci", "other"])
@pytest.mark.parametrize("order", [ASKED, WHOLE], ids=["ordinary", "whole"])
def test_it_takes_two_pages_and_one_more_for_scenarios(tariff: Tariff, structure: Any, order: Order) -> None:
    present = estimate(Client(structure=structure, inhabitants=3_400, agents=23), order, tariff)
    assert len(read(paper(handed(present, tariff))).pages) <= 2
    kept = tuple((f"Le scénario numéro {rank}, au nom long" * 2, present) for rank in range(4))
    made = paper(handed(present, tariff, scenarios=kept))
    assert len(read(made).pages) <= 3
    assert len(made) < 150_000
    assert words(made).count("au nom longLe scénario") == 4


def test_an_amount_on_quote_is_never_a_zero_and_never_dropped(tariff: Tariff) -> None:
    said = words(paper(handed(estimate(Client(structure="epci"), Order(demarches_simplifiees=True), tariff), tariff)))
    assert "3 montants sur devis" in said
    assert "Non compris dans ces montants" in said
    assert " 0,00 €" not in said.partition("À confirmer")[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_out_whole_and_is_never_read_as_markup(newcomer: Estimate, tariff: Tariff, name: str) -> None:
    made = paper(handed(newcomer, tariff, name, scenarios=((name, newcomer),)))
    assert _signs(words(made)).count(_signs(name)) >= 2
    assert len(read(made).pages) <= 3


@pytest.mark.parametrize(("price", "named"), [(20, False), (Decimal("19.99"), True)])
def test_a_choice_that_costs_the_same_is_not_called_cheaper(price: object, named: bool, tariff: Tariff) -> None:
    changed = tariff.changed({"services.mailbox.charges.account_unlimited.price.amount": price})
    of = handed(estimate(NEWCOMER, Order(mailboxes_5go=4), changed), changed)
    unlimited = next(option for option in of.options if option.choice == "mailboxes")
    assert (f"{plain(unlimited.label)} : " in words(paper(of))) == named


def test_a_choice_that_saves_and_leaves_less_unknown_is_named_but_none_that_leaves_more(tariff: Tariff) -> None:
    def cheaper(order: Order) -> str:
        said = words(paper(handed(estimate(NEWCOMER, order, tariff), tariff)))
        return said.partition("Pour dépenser moins")[2].partition("Le détail")[0]

    at_the_cdg = "Le certificat de 3 ans, remis au CDG : 192,00 € de moins et 1 montant sans prix indiqué de moins"
    assert at_the_cdg in cheaper(Order(certificates_on_site_3y=1))
    assert "remis sur site" not in cheaper(Order(certificates_cdg_1y=1))
    # One device more: 283 less in year 1, but the set-up is on quote.
    assert "Antivirus" not in cheaper(Order(antivirus_devices=20, antivirus_intervention=True, domains=1)).replace(
        "Sans intervention pour l'antivirus", ""
    )


def test_an_order_of_which_nothing_counts_has_no_empty_detail(tariff: Tariff) -> None:
    said = words(paper(handed(estimate(NEWCOMER, Order(extra_storage_go=3), tariff), tariff)))
    assert "« Stockage supplémentaire » demande au moins 1 sauvegarde : rien n'est compté." in said
    assert "Le détail" not in said


def test_scenarios_stand_on_the_last_page_where_it_has_room(newcomer: Estimate, tariff: Tariff) -> None:
    small = estimate(NEWCOMER, Order(domains=1), tariff)
    made = paper(handed(small, tariff, scenarios=(("Un", newcomer), ("Deux", newcomer))))
    assert len(read(made).pages) == 1
    assert "Les scénarios comparés" in words(made)


def test_a_sign_that_is_none_is_an_empty_square(newcomer: Estimate, tariff: Tariff) -> None:
    made = paper(handed(newcomer, tariff, "Rui\ud800tz", scenarios=(("Un\ud800", newcomer),)))
    assert "Estimation des services numériques : Rui\u25a1tz" in words(made)
    assert "Un\u25a1" in words(made)


def _signs(text: str) -> str:
    """What is seen of a text, wherever its lines end: neither spaces nor hyphens."""
    return text.translate(dict.fromkeys(map(ord, " -\u2010")))


def test_two_hundred_lines_come_out_whole(newcomer: Estimate, tariff: Tariff) -> None:
    lines: tuple[Line, ...] = newcomer.lines * 15
    assert len(lines) > 200
    made = paper(handed(newcomer.model_copy(update={"lines": lines}), tariff))
    assert words(made).count("catégorie B : 51,00 €") == 15


def test_it_is_tagged_titled_french_and_carries_its_typefaces(newcomer: Estimate, tariff: Tariff) -> None:
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
    alternatives = _alternatives(root["/StructTreeRoot"])
    assert any("QR code" in each for each in alternatives)
    assert any("1re année : 1 180,00 €" in plain(each) for each in alternatives)
    for page in made.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner)


def _alternatives(node: Any) -> list[str]:
    found: list[str] = []
    inner = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(inner, list):
        for each in inner:
            found += _alternatives(each)
    elif isinstance(inner, dict):
        if "/Alt" in inner:
            found.append(str(inner["/Alt"]))
        if "/K" in inner:
            found += _alternatives(inner["/K"])
    return found


def test_the_same_handout_gives_the_same_bytes(newcomer: Estimate, tariff: Tariff) -> None:
    assert paper(handed(newcomer, tariff)) == paper(handed(newcomer, tariff))
    another = Handout(newcomer, tariff, "Ruitz", date(2026, 11, 23), LINK)
    assert paper(another) != paper(handed(newcomer, tariff))


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Ruitz", "estimation-ruitz-2026-11-22.pdf"),
        ("Œuf-en-Ternois", "estimation-oeuf-en-ternois-2026-11-22.pdf"),
        ("L'Écluse d'Ô", "estimation-l-ecluse-d-o-2026-11-22.pdf"),
        ("../../etc/passwd", "estimation-etc-passwd-2026-11-22.pdf"),
        ("«»", "estimation-2026-11-22.pdf"),
        ("", "estimation-2026-11-22.pdf"),
        ("a" * 80, f"estimation-{'a' * 40}-2026-11-22.pdf"),
    ],
)
def test_a_file_is_named_after_whose_and_when(newcomer: Estimate, tariff: Tariff, name: str, file_name: str) -> None:
    assert handed(newcomer, tariff, name).file_name("pdf") == file_name
