"""The workbook as a file: the cells that may be changed, hostile texts, and its print."""

import re
import zipfile
from collections import Counter
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pricing import Client, Order, Tariff, estimate
from tests.reports.spreadsheet import Place, Spreadsheet, cached, formulas
from tests.reports.test_workbook import (
    BACKUP,
    COMMUNE,
    DAY,
    LINK,
    MANY,
    MOST,
    ORDINARY,
    OTHERWISE,
    SHEET,
    assert_shows,
    at,
    bands,
    categories,
    expected,
    handed_over,
    inputs,
    lines,
    price,
    rows,
    summary,
)
from views.reports.compared import compared
from views.reports.palette import LIGHT
from views.reports.workbook import workbook

YELLOW = LIGHT.quote.replace("#", "FF")
SHEETS = ["Estimation", "Comparer", "Points à confirmer"]


def read(data: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(data), data_only=values)


def shown(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


# After a change


def test_the_detail_adds_up_to_its_total_and_shows_the_current_calculation(tariff: Tariff) -> None:
    book = workbook(handed_over(tariff))
    order = ORDINARY.model_copy(
        update={"mailboxes_5go": 12, "web_pages": 1, "antivirus_devices": 25, "antivirus_intervention": True}
    )
    values = Spreadsheet(book).values(inputs(cached(book), COMMUNE, order, tariff))
    assert_shows(values, estimate(COMMUNE, order, tariff))
    detail = list(rows(values, "Détail", "Tranches"))
    once = [at(values, row, "H") for row in detail if at(values, row, "O")]
    total = next(row for row in detail if at(values, row, "A") == "Total TTC")
    assert sum(each for each in once if isinstance(each, float)) == at(values, total, "H") == 1958
    assert once.count("sur devis") == 1
    assert at(values, total + 1, "H") == "1 sur devis"
    calculation = {at(values, row, "B"): tuple(at(values, row, each) for each in "EFG") for row in detail[:20]}
    assert calculation["Accompagnement"] == (12, 150, "tranche de 11 à 20")
    devices = next(row for row in detail if at(values, row, "A") == "Antivirus" and at(values, row, "D") == "une fois")
    assert tuple(at(values, devices, each) for each in "EFG") == (25, "sur devis", "au-delà de 20")
    sheet = read(book)[SHEET]
    assert not [row for row, each in sheet.row_dimensions.items() if each.hidden], "a line could be counted unseen"


def test_the_category_follows_inhabitants_agents_and_the_kind_of_client(tariff: Tariff) -> None:
    book = workbook(handed_over(tariff))
    sheet, values = Spreadsheet(book), cached(book)

    def category(inhabitants: int | None, agents: int | None, structure: str = "Commune") -> list[object]:
        changes: dict[Place, object] = {(SHEET, "C7"): structure, (SHEET, "C8"): inhabitants, (SHEET, "C9"): agents}
        found = sheet.values(changes)
        return [at(found, 10, "C"), at(found, 8, "D") or "", at(found, 9, "D") or ""]

    assert at(values, 10, "C") == "B"
    assert category(1478, 11) == ["C", "catégorie B", "catégorie C"]
    assert category(1000, 4) == ["A", "catégorie A", "catégorie A"]
    assert category(5001, None) == ["D", "catégorie D", ""]
    assert category(None, 601) == ["H", "", "catégorie H"]
    assert category(None, None) == ["à compléter", "", ""]
    assert category(1478, 11, "Intercommunalité") == ["sur devis", "", ""]


@pytest.mark.parametrize("sheet", SHEETS)
def test_deleting_a_sheet_breaks_no_other(sheet: str, tariff: Tariff) -> None:
    book = workbook(handed_over(tariff))
    assert not [each for each in formulas(book).values() if "!" in each]
    engine = Spreadsheet(book)
    engine.delete(sheet)
    values = engine.values()
    assert {place[0] for place in values} == {*SHEETS} - {sheet}
    assert not [each for each in values.values() if str(each).startswith("#")]


@pytest.mark.parametrize("instead", [None, "sur devis", "gratuit", "12 €"])
def test_a_cell_without_a_price_is_on_quote_and_never_zero(instead: str | None, tariff: Tariff) -> None:
    order = MOST.model_copy(update={"mailboxes_5go": 15, "mailboxes_unlimited": 6, "extra_storage_go": 3})
    book = workbook(handed_over(tariff, order))
    values = cached(book)
    grid = categories(values) + 1
    prices: list[Place] = [
        price(values, "Nom de domaine", "Abonnement"),
        *((SHEET, f"F{row}") for row in (bands(values, "Messagerie")[3], bands(values, *BACKUP)[0])),
        (SHEET, f"E{grid}"),
    ]
    found = Spreadsheet(book).values(dict.fromkeys(prices, instead))
    changed = [(each, other) for each, other in zip(lines(values), lines(found), strict=True) if each != other]
    names = ["Nom de domaine", "Messagerie", *BACKUP, "Démarches simplifiées"]
    assert sorted(str(each[0]) for each, _ in changed) == sorted(names)
    assert {other[3:] for _, other in changed} == {("sur devis", "sur devis")}
    assert summary(found)["1re année", "En tout"].endswith("| 5 sur devis")  # one was: the antivirus


def test_an_emptied_quantity_counts_as_zero(tariff: Tariff) -> None:
    book = workbook(handed_over(tariff))
    asked = next(row for row in range(11, 30) if at(cached(book), row, "A") == "Noms de domaine")
    found = summary(Spreadsheet(book).values({(SHEET, f"C{asked}"): None}))
    assert found == expected(estimate(COMMUNE, ORDINARY.model_copy(update={"domains": 0}), tariff))


def test_the_reason_for_not_counting_a_quantity_is_beside_it(tariff: Tariff) -> None:
    book = workbook(handed_over(tariff, Order(extra_storage_go=5)))
    values = cached(book)
    row = next(row for row in range(11, 30) if at(values, row, "A") == "Stockage supplémentaire")
    assert (at(values, row, "C"), at(values, row, "D")) == (5, "pas compté\u00a0: il faut au moins 1\u00a0sauvegarde")
    assert at(Spreadsheet(book).values({(SHEET, f"C{row - 1}"): 1}), row, "D") == "Go"


# As written


@pytest.mark.parametrize("otherwise", [False, True])
@pytest.mark.parametrize(
    ("order", "client"),
    [
        (Order(), COMMUNE),
        (ORDINARY, COMMUNE),
        (MOST, MANY),
        (MOST, Client(structure="epci", inhabitants=30_000)),
        (Order(demarches_simplifiees=True), Client()),
        (Order(certificates_on_site_2y=1), COMMUNE),
    ],
)
def test_every_formula_has_the_value_that_it_computes(
    order: Order, client: Client, otherwise: bool, tariff: Tariff
) -> None:
    act = tariff.changed(OTHERWISE) if otherwise else tariff
    book = workbook(handed_over(act, order, client))
    values, computed = cached(book), Spreadsheet(book).values()
    for place in formulas(book):
        one, other = values.get(place, ""), computed[place]
        assert one == (pytest.approx(other, abs=0.001) if isinstance(other, float) else other), place
    assert_shows(values, estimate(client, order, act))


def test_options_and_scenarios_are_numbers_beside_this_estimate(tariff: Tariff) -> None:
    handout = handed_over(tariff, scenarios={"Un": Order(domains=2), "Deux": MOST})
    sheet = read(workbook(handout), values=True)["Comparer"]
    written = {str(row[1].value): [cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=5)}
    answers = handout.estimate.answers
    assert written["Cette estimation"][:3] == [
        float(each.amount) for each in (answers.first_year, answers.recurring, answers.six_years)
    ]
    assert len(written) == 1 + len(handout.options) + 2
    for each in compared(handout):
        found = written[each.label]
        assert found[2] == float(each.answers.six_years.amount)
        gap = float(each.answers.six_years.amount - answers.six_years.amount)
        assert found[4] == gap or (found[4] is None and not gap)
        assert bool(found[5]) != each.difference.comparable
    assert written["Deux"][3] == "2 sur devis (1 sur devis par an)"


def test_the_points_to_confirm_are_those_of_the_handout(tariff: Tariff) -> None:
    handout = handed_over(tariff)
    table = list(read(workbook(handout))["Points à confirmer"].iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in table] == [point.number for point in handout.points]
    for row, point in zip(table, handout.points, strict=True):
        assert row[1:4] == (point.reading.question, point.reading.in_force, point.reading.because)
        assert str(row[4]).count("\n") + 1 == max(len(point.effects), 1)


def test_every_yellow_cell_says_what_it_may_hold_and_refuses_anything_else(tariff: Tariff) -> None:
    sheet = read(workbook(handed_over(tariff.changed(OTHERWISE))))[SHEET]
    found: Counter[str] = Counter()
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.fill.fgColor.rgb == YELLOW:
                (rule,) = (each for each in sheet.data_validations.dataValidation if cell.coordinate in each.sqref)
                assert rule.showErrorMessage
                assert str(rule.error).startswith("Il faut")
                assert rule.prompt == rule.error
                found[f"{rule.type} {rule.operator or 'between'}"] += 1
    assert found == {
        "list between": 1,
        "whole between": 17 + 6 + 14,
        "whole greaterThanOrEqual": 4 + 2,
        "custom between": 56,
    }


def test_a_bound_stays_between_those_around_it(tariff: Tariff) -> None:
    book = workbook(handed_over(tariff))
    sheet, (first, second, *_, last, beyond) = read(book)[SHEET], bands(cached(book), "Messagerie")

    def rule(cell: str) -> tuple[str | None, str | None]:
        (found,) = (each for each in sheet.data_validations.dataValidation if cell in each.sqref)
        return found.formula1, found.formula2

    assert rule(f"E{first}") == (f"$D${first}", f"$E${second}-1")
    assert rule(f"E{last}") == (f"$D${last}", None)
    assert rule(f"H{beyond}") == ("1", None)
    own = f"$F${last}"
    assert rule(f"F{last}")[0] == f'OR(AND(ISNUMBER({own}),{own}>=0,{own}<1000000),{own}="sur devis")'
    assert rule("C8") == ("0", "2000000")


def test_the_workbook_of_a_changed_act_names_what_it_counts(tariff: Tariff) -> None:
    changes = {
        "domain.charges.subscription.label": "Location de {item}",
        "mailbox.charges.support.label": "Aide ({item})",
    }
    changed = tariff.changed({f"services.{key}": words for key, words in changes.items()})
    words = shown(read(workbook(handed_over(changed)), values=True)[SHEET])
    assert not [each for each in words if "{" in each]
    assert "Location de noms de domaine" in words
    assert words.count("Aide") == 5


def test_the_same_handout_gives_the_same_small_file(tariff: Tariff) -> None:
    once, twice = (
        workbook(handed_over(tariff, MOST, scenarios={"Avec plus": MOST, "Rien": Order()})) for _ in range(2)
    )
    assert once == twice
    assert len(once) < 60_000


def test_nothing_is_written_to_the_disk(tariff: Tariff, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(**_: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.mkstemp", no_file)
    assert workbook(handed_over(tariff))


def test_the_workbook_needs_no_macro_and_no_function_that_an_old_program_lacks(tariff: Tariff) -> None:
    data = workbook(handed_over(tariff.changed(OTHERWISE), MOST))
    with zipfile.ZipFile(BytesIO(data)) as file:
        names = file.namelist()
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert not [name for name in names if re.search("vba|external|connection|metadata", name, re.IGNORECASE)]
    used = set(re.findall(r"([A-Z]+)\(", " ".join(re.findall(r"<f>(.*?)</f>", sheet))))
    known = "IF AND OR SUM SUMIFS SUMPRODUCT COUNT COUNTIFS INDEX MATCH ROUND ROUNDUP MIN MAX ISNUMBER"
    assert used <= set(known.split())
    assert "_xlfn" not in sheet
    assert 't="array"' not in sheet


# Print and view


def test_an_ordinary_order_prints_on_four_pages_with_its_header_rows(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff)))
    assert book.sheetnames == SHEETS
    assert [sheet.page_setup.fitToHeight for sheet in book.worksheets] == [2, 0, 0]
    for sheet in book.worksheets:
        assert sheet.freeze_panes
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        head = int(str(sheet.print_title_rows).rpartition("$")[2])
        assert sheet.cell(head, 2).font.b
        last = re.search(r"\$(\d+)$", str(sheet.print_area))
        assert last
        # A sheet of plain values is as wide as a page, which has room for some 45 lines.
        height = sum(sheet.row_dimensions[row].height or 15 for row in range(1, int(last[1]) + 1))
        assert height < (45 if sheet.title != SHEET else 90) * 15.5
        assert "Estimation des services numériques : Ruitz" in str(sheet.HeaderFooter.oddHeader)
        assert "&P" in str(sheet.HeaderFooter.oddFooter)
    assert str(book[SHEET].print_area).startswith(f"'{SHEET}'!$A$1:$N$")


def test_the_workbook_of_an_empty_order_is_complete(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, Order(), name="")), values=True)
    assert book[SHEET]["A1"].value == "Estimation des services numériques"
    assert "Aucun." in shown(book["Points à confirmer"])
    assert [row[1].value for row in book["Comparer"].iter_rows(min_row=5)] == ["Cette estimation"]


def test_the_workbook_says_its_day_and_its_act_and_links_to_the_page(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff)))
    assert book.properties.title == "Estimation des services numériques : Ruitz"
    assert book.properties.creator == "Simulateur des services numériques"
    assert book.properties.created is not None
    assert book.properties.created.date() == DAY
    words = " ".join(shown(book[SHEET]))
    for each in ("seuls les devis engagent", "22 novembre 2026", "26 mars 2024", tariff.title, LINK, "sans hausse"):
        assert each in words
    assert [cell.hyperlink.target for row in book[SHEET].iter_rows() for cell in row if cell.hyperlink] == [LINK]


# Text that a visitor typed

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "{=1}",
    "http://x",
    "mailto:a@b.fr",
    "<r><t>x</r>",
    "_x0041_",
    "12",
]
HOSTILE += ["&P &D &A", "Ruitz \U0001f3db\ufe0f é", "x" * 80, "&" * 80, "\U0001f3db" * 80]


def test_a_text_typed_by_a_visitor_stays_unchanged(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, scenarios=dict.fromkeys(HOSTILE, Order(domains=1)))))
    typed = [row[1] for row in book["Comparer"].iter_rows(min_row=6) if row[0].value == "Scénario"]
    assert [str(cell.value).strip() for cell in typed] == HOSTILE
    assert {cell.data_type for cell in typed} == {"s"}
    assert all(cell.quotePrefix for cell in typed), "it could become a formula when it is edited"
    assert not [cell for cell in typed if cell.hyperlink]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "_x0041_"])
def test_a_name_is_harmless_wherever_it_is_written(name: str, tariff: Tariff) -> None:
    data = workbook(handed_over(tariff, name=name))
    book = read(data)
    title = f"Estimation des services numériques : {name}"
    assert book[SHEET]["A1"].value == book.properties.title == title
    assert book[SHEET]["A1"].data_type == "s"
    assert book[SHEET].HeaderFooter.oddHeader
    assert len(formulas(data)) == len(formulas(workbook(handed_over(tariff))))


@pytest.mark.parametrize("name", ["R&[Picture]", "R&G, S&g" + "&G" * 36])
def test_a_name_that_would_be_a_picture_in_a_header_stays_text(name: str, tariff: Tariff) -> None:
    with zipfile.ZipFile(BytesIO(workbook(handed_over(tariff, name=name)))) as file:
        head = re.search(r"<oddHeader>(.*?)</oddHeader>", file.read("xl/worksheets/sheet1.xml").decode())
    assert head
    printed = head[1].replace("&amp;", "&").removeprefix("&L").removesuffix("&REstimation").replace("&&", "&")
    assert printed.replace("& ", "&") == f"Estimation des services numériques : {name}".replace("& ", "&")


@pytest.mark.parametrize("name", ["a\tb\nc", "a\x00b\x1fc", "a\ud800b", "a\ufffeb", "  a  b "])
def test_characters_that_no_file_can_hold_become_spaces(name: str, tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, Order(), name=name, scenarios={name: Order()})))
    written = " ".join(re.findall("[abc]", name))
    assert book["Comparer"]["B6"].value == written
    assert book[SHEET]["A1"].value == f"Estimation des services numériques : {written}"
