"""The paper and the workbook of many communes: the board's answer, live sums, two acts, what is left out."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openxml_audit import AppPrediction, OpenXmlValidator, predict
from pypdf import PdfReader

from pricing import Client, Order, Tariff
from pricing.portfolio import Member, portfolio, wanting
from pricing.simulation import Choice
from tests.french import plain
from tests.reports.groups import ANSWER, ASKED, COMMUNES, artois, handout, in_paper, in_workbook
from tests.reports.spreadsheet import Spreadsheet, cached
from tests.reports.test_paper import tagged
from views.group import by_category
from views.reports.group_change import change
from views.reports.group_handout import GroupHandout
from views.reports.group_paper import group_paper
from views.reports.group_summary import GroupSummary
from views.reports.group_workbook import UNKNOWN, group_workbook

DEMARCHES = Order(demarches_simplifiees=True)
LARGE = Member("Grande", Choice(client=Client(inhabitants=70_000), order=DEMARCHES, commune="62041"))
SMALL = Member("Petite", Choice(client=Client(inhabitants=900), order=DEMARCHES, commune="62001"))
UNSAID = Member("Sans nombre", Choice(client=Client(), order=DEMARCHES, commune="62002"))
ALONE = Member("Seule", Choice(client=Client(inhabitants=900), order=Order(extra_storage_go=3), commune="62003"))


def both(tariff: Tariff, *, draft: bool = True) -> GroupHandout:
    """Return the communes of Artois beside an act under which a domain costs more."""
    dearer = {"services.domain.charges.subscription.price.amount": 45, "adopted": date(2027, 1, 15)}
    after = tariff.changed({**dearer, "in_force_from": date(2027, 2, 1)})
    of = artois(tariff)
    return replace(of, other=portfolio(of.portfolio.members, after), other_is_draft=draft)


def test_the_paper_says_the_answer_then_each_commune_and_ends_with_all_of_them(tariff: Tariff) -> None:
    of = replace(artois(tariff), own=frozenset(["62009"]))
    said = in_paper(of)
    places = [
        said.index(words)
        for words in (
            "Estimation des services numériques : CC des Campagnes de l'Artois",
            plain(ANSWER),
            "1re année, TTC 92 214,00 €",
            "CDG 62, pour l'accompagnement 22 155,00 € 12 075,00 € 82 530,00 €",
            "Catégorie B 3 communes 1 009,00 € 3 027,00 € 14 112,00 €",
            "Comptes de messagerie 5 Go : 3 par commune, 288 en tout",
            "1 commune a ses propres agents, habitants ou quantités, avec la mention « à part » : Adinfer.",
            "Adinfer (à part) 287 A 959,00 € 689,00 € 4 404,00 €",
            "Warluzel 218 A 959,00 € 689,00 € 4 404,00 €",
            "Ensemble, 96 communes 92 214,00 € 66 294,00 € 423 684,00 €",
            "À confirmer avec le CDG 62",
            "96 communes sur 96, ensemble : 1re année inchangée, −24 000,00 € sur six ans.",
        )
    ]
    assert places == sorted(places)
    assert len(PdfReader(BytesIO(group_paper(of))).pages) <= 4
    assert group_paper(of) == group_paper(of)


def test_the_paper_is_tagged_french_and_each_cell_is_under_its_head(tariff: Tariff) -> None:
    of = artois(tariff)
    made = PdfReader(BytesIO(group_paper(of)))
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("fr")
    assert made.metadata
    assert made.metadata.title == GroupSummary(of).title.replace("'", "’")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    code, chart = (plain(str(each.get("/Alt", ""))) for each in tagged(root["/StructTreeRoot"], "/Figure"))
    assert "QR code" in code
    assert "1re année : 92 214,00 € (La Fibre 59-62, chaque année 54 219,00 € ; " in chart
    quotes, categories, communes = tagged(root["/StructTreeRoot"], "/Table")
    assert [len(tagged(table["/K"], "/TR")) for table in (quotes, categories, communes)] == [3, 3, 98]
    assert len(tagged(communes["/K"], "/TH")) == 6


def test_the_department_is_one_paper_and_one_workbook(tariff: Tariff) -> None:
    of = handout(wanting(COMMUNES.values(), ASKED), tariff, "Pas-de-Calais")
    said = in_paper(of)
    assert all(plain(commune.name.split("-")[0]) in said for commune in COMMUNES.values())
    assert "887 communes" in said
    assert len([*in_workbook(of)]) == 887


def test_what_is_unknown_is_counted_and_worded_and_never_zero(tariff: Tariff) -> None:
    of = handout([LARGE, SMALL, UNSAID, ALONE], tariff)
    summary, said = GroupSummary(of), in_paper(of)
    assert [plain(each) for each in summary.left_out] == [
        "Démarches simplifiées, accompagnement : sur devis en catégorie H, pour Grande.",
        "Démarches simplifiées, abonnement, mise en service et accompagnement : nombre d'habitants à préciser, la "
        "catégorie en dépend, pour Sans nombre.",
    ]
    assert "« Stockage supplémentaire » (3 Go) reste demandé" in " ".join(map(plain, summary.not_counted))
    assert plain(summary.figures[0].words).endswith("+ 1 montant sur devis + 3 montants à compléter")
    large, small, unsaid, alone = summary.rows
    assert (large.left_out, small.left_out) == (("1\u00a0montant sur devis",), ())
    assert unsaid.cells[3:6] == ("à compléter",) * 3
    assert alone.cells[3:6] == ("rien n'est compté",) * 3
    assert " ".join(plain(" ".join(unsaid.cells)).split()) in said
    rows = [*in_workbook(of)]
    assert rows[2]["1re année"] == "à compléter"
    assert [row["Sur devis"] for row in rows] == [1, None, None, None]
    assert [row["À compléter"] for row in rows] == [None, None, 3, None]


# The workbook


def totals(values: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """Return the sums above the rows of the first sheet, by the heading of their column."""
    cells = {place: value for (sheet, place), value in values.items() if sheet == "Communes"}
    head = next(place[1:] for place, value in cells.items() if value == "Code INSEE")
    columns = {place.removesuffix(head): value for place, value in cells.items() if re.sub("[A-Z]", "", place) == head}
    return {str(heading): cells.get(f"{column}{int(head) - 1}") for column, heading in columns.items()}


def test_sums_follow_their_rows_and_say_what_they_leave_out(tariff: Tariff) -> None:
    book = group_workbook(handout([LARGE, SMALL, UNSAID], tariff))
    engine = Spreadsheet(book)
    shown, computed = totals(cached(book)), totals(engine.values())
    assert computed == shown
    assert shown["Commune"] == "3\u00a0communes"
    assert shown["Non compris dans ces montants"] == "1\u00a0montant sur devis + 3\u00a0montants à compléter"
    place = next(place for place, value in cached(book).items() if value == "Petite")
    amount = (place[0], f"G{place[1][1:]}")
    before = cached(book)[amount]
    after = totals(engine.values({amount: before + 100}))
    assert after["1re année"] == shown["1re année"] + 100
    assert after["Six ans"] == shown["Six ans"]


def test_a_sum_of_nothing_known_is_no_zero(tariff: Tariff) -> None:
    book = group_workbook(handout([UNSAID], tariff))
    assert totals(cached(book))["1re année"] == totals(Spreadsheet(book).values())["1re année"] == UNKNOWN


def test_a_filter_leaves_the_sum_of_what_is_seen(tariff: Tariff) -> None:
    sheet = load_workbook(BytesIO(group_workbook(artois(tariff))))["Communes"]
    assert sheet.auto_filter.ref
    head = int(sheet.auto_filter.ref.split(":")[0][1:])
    for column in "BGILPST":
        assert "SUBTOTAL(10" in str(sheet[f"{column}{head - 1}"].value)


def test_what_was_costed_is_told_item_by_item_and_summed(tariff: Tariff) -> None:
    dearer = Order(mailboxes_5go=3, backups=2)
    alone = Member("Seule", Choice(client=Client(inhabitants=900), order=dearer, commune="62041"))
    of = handout([*artois(tariff).portfolio.members[:2], alone], tariff)
    labels = ["Comptes de messagerie 5 Go", "Noms de domaine", "Sauvegardes", "Démarches simplifiées"]
    rows = [*in_workbook(of)]
    titles = [*rows[0]]
    start = titles.index(labels[0])
    assert titles[start - 1].endswith("six ans")
    assert titles[start : start + 5] == [*labels, "Sur devis"]
    assert [[row[label] for label in labels] for row in rows] == [[3, 1, 1, 1], [3, 1, 1, 1], [3, 0, 2, 0]]
    book = group_workbook(of)
    engine = Spreadsheet(book)
    assert [totals(cached(book))[label] for label in labels] == [9, 2, 4, 2]
    assert [totals(engine.values())[label] for label in labels] == [9, 2, 4, 2]


@pytest.mark.parametrize(
    ("order", "heading"),
    [
        (ASKED, "Chaque année ensuite"),
        (Order(demarches_simplifiees=True, certificates_cdg_3y=1), "Par an en moyenne, certificats répartis"),
    ],
)
def test_a_later_year_is_called_so_where_all_are_alike(order: Order, heading: str, tariff: Tariff) -> None:
    of = artois(tariff, order)
    (row, *_) = in_workbook(of)
    assert [*row][7] == heading
    assert [*row][10] == f"La Fibre 59-62 : {heading[:1].lower()}{heading[1:]}"
    sheet = load_workbook(BytesIO(group_workbook(of)))["Par catégorie"]
    assert next(cell.value for cell in sheet["E"] if cell.value) == heading
    said = plain(by_category(GroupSummary(of)))
    assert heading in said
    assert ("répartis" in said) == ("répartis" in heading)


def test_each_commune_opens_its_own_simulation(tariff: Tariff) -> None:
    of = artois(tariff)
    sheet = load_workbook(BytesIO(group_workbook(of)))["Communes"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [of.own_link(member) for member in of.portfolio.members]


def test_the_categories_and_the_years_are_the_board_s(tariff: Tariff) -> None:
    sheet = load_workbook(BytesIO(group_workbook(artois(tariff))), data_only=True)["Par catégorie"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["Catégorie A", 93, "959,00\u00a0€", 89_187, 64_077, 409_572] in rows
    assert ["Ensemble", 96, 92_214, 66_294, 423_684] in rows
    assert ["1re année", 70_059, 22_155, 92_214] in rows
    assert ["Six ans", 341_154, 82_530, 423_684] in rows


@pytest.mark.parametrize("draft", [True, False])
def test_two_acts_are_beside_each_other_and_a_draft_is_marked_on_every_sheet(draft: bool, tariff: Tariff) -> None:
    of = both(tariff, draft=draft)
    book = load_workbook(BytesIO(group_workbook(of)), data_only=True)
    assert book.sheetnames == ["Communes", "Par catégorie", "Avant, après (projet)" if draft else "Avant, après"]
    for sheet in book.worksheets:
        written = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        assert ("projet, non adopté" in written) == draft
        header: Any = sheet.oddHeader
        assert ("Projet, non adopté" in (header.left.text or "")) == draft
    rows = [*book.worksheets[-1].iter_rows(values_only=True)]
    assert ("62009", "Adinfer", "A", "A", 4_404, 4_584, 30, 30, 180, "180,00\u00a0€ de plus") in rows
    assert (None, "Ensemble", None, None, 423_684, 440_964, 2_880, 2_880, 17_280, None) in rows
    said = in_paper(of)
    assert ("(projet, non adopté)" in said) == draft
    assert "96 communes paieraient plus sur six ans." in said


def test_the_earlier_act_comes_first_whichever_the_communes_are_priced_under(tariff: Tariff) -> None:
    of = both(tariff, draft=False)
    assert of.other
    turned = replace(of, portfolio=of.other, other=of.portfolio)
    for each in (of, turned):
        found = change(each)
        assert found
        assert (found.before.tariff, found.rows[0].words) == (tariff, "180,00\u00a0€ de plus")
        assert sum((row.amounts[-1] for row in found.rows), Decimal(0)) == 17_280
    assert change(artois(tariff)) is None


def test_excel_finds_nothing_to_repair(tariff: Tariff, tmp_path: Any) -> None:
    file = tmp_path / "communes.xlsx"
    for of in (both(tariff), handout([LARGE, UNSAID], tariff)):
        file.write_bytes(group_workbook(of))
        result = OpenXmlValidator().validate(file)
        assert [f"{error.part_uri} {error.description}" for error in result.errors] == []
        assert predict(result).prediction is AppPrediction.OPENS_CLEAN
