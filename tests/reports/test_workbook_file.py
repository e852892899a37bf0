"""The workbook as a file: the cells that may be changed, its plain sheets, and its print."""

import re
import zipfile
from collections import Counter
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from pricing import Order, estimate
from pricing.order import MAX_QUANTITY
from tests.reports.spreadsheet import Spreadsheet, cached
from tests.reports.test_workbook import (
    ACT,
    COMMUNE,
    DAY,
    LINK,
    MANY,
    MOST,
    ORDINARY,
    OTHERWISE,
    SHEET,
    expected,
    handed_over,
    lines,
    summary,
    yellow,
)
from views.reports.workbook import workbook

SHEETS = [SHEET, "Comparer", "Points à confirmer"]
BOOK = workbook(handed_over())


def read(data: bytes = BOOK, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(data), data_only=values)


def row_of(words: str) -> int:
    """Return the first row whose first cell says something."""
    rows = (int(place[1:]) for (sheet, place), value in cached(BOOK).items() if sheet == SHEET and value == words)
    return next(rows)


# After a change


@pytest.mark.parametrize("sheet", SHEETS)
def test_deleting_a_sheet_breaks_no_other(sheet: str) -> None:
    engine = Spreadsheet(BOOK)
    engine.delete(sheet)
    values = engine.values()
    assert {place[0] for place in values} == {*SHEETS} - {sheet}
    assert not [each for each in values.values() if str(each).startswith("#")]
    assert not [each for each in cached(BOOK, formulas=True).values() if "!" in each]


def test_a_cell_without_a_price_is_on_quote_and_never_zero() -> None:
    order = MOST.asking(mailboxes_5go=15, mailboxes_unlimited=6, extra_storage_go=3)
    book = workbook(handed_over(order=order))
    before, engine = cached(book), Spreadsheet(book)
    prices = [place for place in yellow(book) if place[1][0] in "EFG" and "." in str(read(book)[SHEET][place[1]].value)]
    changed: set[str] = set()
    for rank, place in enumerate(prices):
        words = (None, "sur devis", "gratuit", "12 €")[rank % 4]
        found = engine.values({place: words})
        differing = [other for one, other in zip(lines(before), lines(found), strict=True) if one != other]
        assert {each for line in differing for each in line[3:] if each != "–"} <= {"sur devis"}, place
        changed |= {f"{line[0]} {line[1]}" for line in differing}
        engine.values({place: before[place]})
    made = estimate(COMMUNE, order, ACT)
    assert changed == {
        f"{line.position.service} {line.position.label}" for line in made.lines if line.outcome.kind == "priced"
    }


def test_an_emptied_quantity_counts_as_zero() -> None:
    place = (SHEET, f"C{row_of('Noms de domaine')}")
    without = estimate(COMMUNE, ORDINARY.asking(domains=0), ACT)
    assert summary(Spreadsheet(BOOK).values({place: None})) == expected(without)


# As written


def test_formulas_depend_on_the_act_alone() -> None:
    """A formula that computes one estimate is right for any other: a file is as live as the one it is changed into."""
    other = workbook(handed_over(order=MOST, client=MANY, name="=1+1", Autre=ORDINARY))
    assert cached(BOOK, formulas=True) == cached(other, formulas=True)


def test_options_and_scenarios_are_numbers_beside_this_estimate() -> None:
    handout = handed_over(OTHERWISE, Un=Order(domains=2), Deux=MOST)
    table = read(workbook(handout), values=True)["Comparer"].iter_rows(min_row=5, values_only=True)
    written = {str(name): cells for _, name, *cells in table}
    assert list(written) == ["Cette estimation", *(each.label for each in handout.options), "Un", "Deux"]
    answers = handout.estimate.answers
    assert written["Cette estimation"] == [
        *(float(each.amount) for each in (answers.first_year, answers.recurring, answers.six_years)),
        *("1\u00a0montant sur devis", None, None),
    ]
    assert written["Un"][:3] == ["sur devis"] * 3
    for option in handout.options:
        difference, cells = option.comparison.six_years, written[option.label]
        assert cells[2] == float(option.comparison.estimate.answers.six_years.amount)
        assert cells[4] == (float(difference.amount) if difference.amount or difference.comparable else None)
        assert bool(cells[5]) != difference.comparable
    assert written["Deux"][3:] == [
        "3\u00a0montants sur devis (2\u00a0montants sur devis par an)",
        float(estimate(COMMUNE, MOST, OTHERWISE).answers.six_years.amount - answers.six_years.amount),
        "2\u00a0montants sur devis de plus et 3\u00a0montants sans prix indiqué de plus",
    ]


def test_every_yellow_cell_says_what_it_may_hold_and_refuses_anything_else() -> None:
    book = workbook(handed_over(OTHERWISE))
    rules = read(book)[SHEET].data_validations.dataValidation
    found: Counter[str] = Counter()
    for _, place in yellow(book):
        (rule,) = (each for each in rules if place in each.sqref)
        assert rule.showErrorMessage
        assert str(rule.error).startswith("Il faut")
        assert rule.prompt == rule.error
        found[str(rule.type)] += 1
    assert found == {"list": 1, "whole": 43, "custom": 56}
    assert len(rules) == 100


def test_a_bound_stays_between_those_around_it() -> None:
    sheet, first = read()[SHEET], row_of("Tranches") + 2

    def rule(cell: str) -> tuple[str | None, ...]:
        (found,) = (each for each in sheet.data_validations.dataValidation if cell in each.sqref)
        return found.operator, found.formula1, found.formula2

    assert rule(f"E{first}") == (None, f"$D${first}", f"$E${first + 1}-1")
    assert rule(f"E{first + 3}") == (None, f"$D${first + 3}", str(MAX_QUANTITY))
    assert rule(f"H{first + 4}") == (None, "1", str(MAX_QUANTITY))
    own, grid = f"$F${first}", row_of("Catégorie") + 1
    assert rule(f"F{first}")[1] == f'OR(AND(ISNUMBER({own}),{own}>=0,{own}<1000000),{own}="sur devis")'
    assert rule(f"C{grid}") == (None, "0", f"$C${grid + 1}-1")
    assert rule(f"D{grid + 7}") == (None, f"$D${grid + 6}+1", "50000")
    assert rule("C8") == (None, "0", "2000000")
    (installed,) = (row for row in range(11, 27) if sheet[f"A{row}"].value == "Installation par un intervenant")
    assert rule(f"C{installed}") == (None, "0", "1")


def test_the_workbook_of_a_changed_act_names_what_it_counts() -> None:
    labels = {"domain.charges.subscription": "Location de {item}", "mailbox.charges.support": "Aide ({item})"}
    changed = ACT.changed({f"services.{key}.label": words for key, words in labels.items()})
    words = [str(each) for each in cached(workbook(handed_over(changed))).values()]
    assert not [each for each in words if "{" in each]
    assert "Location de noms de domaine" in words
    assert words.count("Aide") == 5


def test_the_same_handout_gives_the_same_small_file_without_writing_to_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_file(**_: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.mkstemp", no_file)
    once, twice = (workbook(handed_over(order=MOST, Plus=MOST, Rien=Order())) for _ in range(2))
    assert once == twice
    assert len(once) < 60_000


def test_the_workbook_needs_no_macro_and_no_function_that_an_old_program_lacks() -> None:
    data = workbook(handed_over(OTHERWISE, MOST))
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert not re.search("vba|external|connection|metadata", " ".join(file.namelist()), re.IGNORECASE)
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    used = re.findall(r"([A-Z]+)\(", " ".join(re.findall(r"<f>(.*?)</f>", sheet)))
    known = "IF AND OR SUM SUMIFS SUMPRODUCT COUNT COUNTIFS INDEX MATCH ROUND ROUNDUP MIN MAX ISNUMBER"
    assert {*used} <= {*known.split()}
    assert "_xlfn" not in sheet
    assert 't="array"' not in sheet


# Print and view


def test_an_ordinary_order_prints_on_four_pages_with_its_header_rows() -> None:
    book = read()
    assert book.sheetnames == SHEETS
    assert [sheet.page_setup.fitToHeight for sheet in book.worksheets] == [2, 0, 0]
    for sheet in book.worksheets:
        assert sheet.freeze_panes
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.cell(int(str(sheet.print_title_rows).rpartition("$")[2]), 2).font.b
        # A sheet of plain values is as wide as a page, which has room for some 45 lines.
        last = int(str(sheet.print_area).rpartition("$")[2])
        height = sum(sheet.row_dimensions[row].height or 15 for row in range(1, last + 1))
        assert height < (45 if sheet.title != SHEET else 90) * 15.5
        assert not [row for row, each in sheet.row_dimensions.items() if each.hidden], "a line could be counted unseen"
        assert "Estimation des services numériques : Ruitz" in str(sheet.HeaderFooter.oddHeader)
        assert "&P" in str(sheet.HeaderFooter.oddFooter)
    assert str(book[SHEET].print_area).startswith(f"'{SHEET}'!$A$1:$N$")


def test_the_workbook_of_an_empty_order_is_complete() -> None:
    values = cached(workbook(handed_over(order=Order(), name="")))
    assert values[SHEET, "A1"] == "Estimation des services numériques"
    assert values["Points à confirmer", "A2"] == "Aucun."
    assert values["Comparer", "B5"] == "Cette estimation"
    assert ("Comparer", "B6") not in values


def test_the_workbook_says_its_day_and_its_act_and_links_to_the_page() -> None:
    book = read()
    properties = book.properties
    assert (properties.title, properties.creator) == (
        "Estimation des services numériques : Ruitz",
        "Simulateur des services numériques",
    )
    assert properties.created
    assert properties.created.date() == DAY
    for each in ("seuls les devis engagent", "22 novembre 2026", "26 mars 2024"):
        assert each in str(properties.description)
        assert each in str(book[SHEET]["A2"].value)
    assert [cell.hyperlink.target for row in book[SHEET].iter_rows() for cell in row if cell.hyperlink] == [LINK]


@pytest.mark.parametrize("name", ["R&[Picture]", "R&G, S&g" + "&G" * 30, "&P &D &A", "&" * 80, "\U0001f3db" * 80])
def test_a_name_stays_text_in_a_header(name: str) -> None:
    with zipfile.ZipFile(BytesIO(workbook(handed_over(name=name)))) as file:
        head = re.search(r"<oddHeader>(.*?)</oddHeader>", file.read("xl/worksheets/sheet1.xml").decode())
    assert head
    printed = head[1].replace("&amp;", "&").removeprefix("&L").removesuffix("&REstimation").replace("&&", "&")
    title = f"Estimation des services numériques : {name}"[:120]
    assert printed.replace("& ", "&") == title.replace("& ", "&")
    assert len(head[1].replace("&amp;", "&").encode("utf-16-le")) // 2 <= 255
