"""The workbook of many communes: a row a commune with what it asks for, sums of the rows seen, categories, two acts."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from pricing.money import ZERO
from pricing.portfolio import Figures
from views.reports.group_change import HEADINGS, Change, change
from views.reports.group_handout import GroupHandout
from views.reports.group_parts import OWN, CommuneRow
from views.reports.group_summary import GroupSummary
from views.reports.parts import SIX_YEARS, year_name
from views.reports.summary import LEFT_OUT
from views.reports.workbook import AUTHOR
from views.reports.workbook_estimation import amount_of
from views.reports.workbook_sheets import Sheet, Shown, cell, cells

LONGEST_LINK = 2_000
"""Longest URL, in characters, that a cell opens."""
SUM, NUMBERS, COUNT = 109, 102, 103
"""Functions of SUBTOTAL that add up, or count the numbers or all cells of, only the rows that a filter leaves."""
UNKNOWN = "non chiffré"
"""Words in place of a sum where no row has an amount."""
CODE, NAME, MARK, INHABITANTS, AGENTS, CATEGORY, AMOUNTS = range(7)
"""Columns of the communes; the amounts follow one another from the last."""


def group_workbook(handout: GroupHandout) -> bytes:
    """Write many communes as an Excel workbook (.xlsx), amounts in euros including tax.

    The same handout gives the same bytes.
    """
    file, summary, both = BytesIO(), GroupSummary(handout), change(handout)
    book = Workbook(file, {"in_memory": True})
    # The day alone, so that the same communes handed over twice on a day are the same file.
    day = datetime.combine(handout.day, time(12))
    mark = f"{both.mark[:1].upper()}{both.mark[1:]} : {summary.title}" if both and both.mark else summary.title
    book.set_properties({"title": mark, "author": AUTHOR, "comments": summary.made_briefly, "created": day})
    notes = [summary.made_briefly]
    if both and both.mark:
        notes.append(f"La feuille « Avant, après » porte sur un {both.mark}, {both.acts}.")
    _communes(book, mark, notes, summary)
    _categories(book, mark, notes, summary)
    if both:
        _both(book, mark, summary, both)
    book.close()
    return file.getvalue()


def _heading(sheet: Sheet, title: str, last: int, notes: Sequence[str]) -> int:
    """Write the title of a sheet and its sentences, and return the row after them."""
    sheet.put(0, 0, title, "title")
    row = 1
    for each in notes:
        row = sheet.across(row, 0, last, each)
    return row


# A row a commune


def _columns(summary: GroupSummary) -> Iterator[str]:
    """Yield the headings of the amounts: the three figures of all payees, then of each."""
    yield from summary.sums.headings
    for payee in summary.tariff.billing:
        short = summary.tariff.payees[payee].short
        yield from (f"{short} : {each[:1].lower()}{each[1:]}" for each in summary.sums.headings)


def _communes(book: Workbook, title: str, notes: Sequence[str], summary: GroupSummary) -> None:
    amounts, orders = [*_columns(summary)], [each.choice.order for each in summary.portfolio.members]
    asked = [key for key in summary.tariff.items if any(order.quantity(key) for order in orders)]
    quantities = AMOUNTS + len(amounts)
    on_quote = quantities + len(asked)
    missing, without, link = on_quote + 1, on_quote + 2, on_quote + 3
    widths = (10, 30, 9, 11, 9, 11, *[15] * len(amounts), *[15] * len(asked), 10, 12, 30, 14)
    sheet = Sheet(book, title, "Communes", widths)
    besides = [f"{LEFT_OUT} : {each}" for each in (*summary.left_out, *summary.not_counted)]
    said = [summary.answer, *filter(None, [summary.exceptions]), *besides, *notes]
    total = _heading(sheet, summary.title, link, said) + 1
    head, first = total + 1, total + 2
    rows, payees = summary.rows, (None, *summary.tariff.billing)
    last = first + len(rows) - 1
    titles = ["Code INSEE", "Commune", "Mention", "Habitants", "Agents", "Catégorie", *amounts]
    titles += [*(summary.tariff.items[key].label for key in asked), "Sur devis", "À compléter", LEFT_OUT, "Simulation"]
    sheet.head(head, titles, right=(INHABITANTS, AGENTS, *range(AMOUNTS, without)))
    for row, (each, shares, order) in enumerate(zip(rows, summary.portfolio.shares, orders, strict=True), first):
        _named(sheet, row, each)
        for rank, payee in enumerate(payees):
            for column, of in enumerate(shares[payee], AMOUNTS + rank * len(Figures._fields)):
                sheet.put(row, column, amount_of(of), "euros")
        for column, key in enumerate(asked, quantities):
            sheet.put(row, column, order.quantity(key), "count")
        six_years = each.amounts.six_years
        sheet.put(row, on_quote, len(six_years.on_quote) or None, "count")
        sheet.put(row, missing, len(six_years.missing) or None, "count")
        sheet.put(row, without, " + ".join(each.left_out) or None, "beside")
        if len(each.link) <= LONGEST_LINK:
            sheet.page.write_url(row, link, each.link, sheet.look("link"), "Ouvrir", each.name)
        else:
            sheet.put(row, link, each.link, "beside")
    for column in range(AMOUNTS, quantities):
        _total(sheet, total, column, first, last)
    counts = [sum(order.quantity(key) for order in orders) for key in asked]
    six_years = summary.portfolio.total[None].six_years
    for column, count in enumerate([*counts, len(six_years.on_quote), len(six_years.missing)], quantities):
        sheet.put(total, column, (f"={_seen(SUM, first, last, column)}", count), "count", "total")
    sheet.put(
        total, NAME, (f'={_seen(COUNT, first, last, NAME)}&"\u00a0communes"', f"{len(rows)}\u00a0communes"), "total"
    )
    sheet.put(total, without, _left_out(sheet.at(total, on_quote), sheet.at(total, missing)), "total", "beside")
    sheet.page.freeze_panes(first, NAME + 1)
    sheet.page.repeat_rows(total, head)
    sheet.page.autofilter(head, 0, max(last, head), link)
    sheet.page.print_area(0, 0, max(last, head), without)


def _named(sheet: Sheet, row: int, each: CommuneRow) -> None:
    sheet.put(row, CODE, each.code, "muted")
    sheet.put(row, NAME, each.name, "typed")
    sheet.put(row, MARK, OWN if each.own else None, "bold")
    sheet.put(row, INHABITANTS, each.inhabitants, "count")
    sheet.put(row, AGENTS, each.agents, "count")
    sheet.put(row, CATEGORY, each.category or None, "text")


def _seen(function: int, first: int, last: int, column: int) -> str:
    """Return what a function gives of the rows that a filter leaves."""
    return f"SUBTOTAL({function},{cells(first, max(first, last), column)})"


def _total(sheet: Sheet, row: int, column: int, first: int, last: int, look: str = "euros") -> None:
    """Write the sum of the amounts of a column, or words where rows are there and none has an amount."""
    found = [sheet.shown[each, column] for each in range(first, last + 1)]
    numbers = [each for each in found if isinstance(each, Decimal)]
    sums, some, any_ = (_seen(function, first, last, column) for function in (SUM, NUMBERS, COUNT))
    shown: Decimal | str = UNKNOWN if found and not numbers else sum(numbers, ZERO)
    sheet.put(row, column, (f'=IF(AND({some}=0,{any_}>0),"{UNKNOWN}",{sums})', shown), look, "total")


def _left_out(*counts: Shown) -> Shown:
    """Word the numbers of amounts that the sums leave out, on quote and to complete."""
    formulas, words = list[str](), list[str]()
    for (place, count), why in zip(counts, ("sur devis", "à compléter"), strict=True):
        formulas.append(f'IF({place}=0,"",{place}&"\u00a0montant"&IF({place}>1,"s","")&" {why}")')
        words += [f"{count}\u00a0montant{'s' if count > 1 else ''} {why}"] if count else []
    both = f'IF(AND({counts[0][0]}>0,{counts[1][0]}>0)," + ","")'
    return f"={formulas[0]}&{both}&{formulas[1]}", " + ".join(words)


# Categories, years, two acts


def _categories(book: Workbook, title: str, notes: Sequence[str], summary: GroupSummary) -> None:
    sheet = Sheet(book, title, "Par catégorie", (24, 14, 26, 16, 16, 16, 34))
    head = _heading(sheet, f"{summary.title}, par catégorie", 6, [summary.answer, *notes]) + 1
    titles = ["Catégorie", "Communes", "Chacune, 1re année", *summary.sums.headings, LEFT_OUT]
    sheet.head(head, titles, right=(1, 2, 3, 4, 5))
    first, rows = head + 1, summary.categories
    for row, each in enumerate(rows, first):
        sheet.put(row, 0, each.name or "Toutes", "text", "typed")
        sheet.put(row, 1, each.members, "count")
        sheet.put(row, 2, each.each, "right")
        for column, of in enumerate(each.amounts, 3):
            sheet.put(row, column, amount_of(of), "euros")
        sheet.put(row, 6, " + ".join(each.amounts.six_years.left_out()) or None, "beside")
    end = first + len(rows)
    sheet.put(end, 0, "Ensemble", "total")
    members = sum(each.members for each in rows)
    sheet.put(end, 1, (f"={_seen(SUM, first, end - 1, 1)}", members), "count", "total")
    sheet.put(end, 2, None, "total")
    for column in range(3, 6):
        _total(sheet, end, column, first, end - 1)
    sheet.put(end, 6, " + ".join(summary.portfolio.total[None].six_years.left_out()) or None, "total", "beside")
    last = _years(sheet, end + 2, summary)
    sheet.page.print_area(0, 0, last, 6)


def _years(sheet: Sheet, head: int, summary: GroupSummary) -> int:
    """Write what each payee bills in each of the six years, and return the last row."""
    payees = summary.tariff.billing
    sums: list[dict[Any, Any]] = summary.portfolio.years.to_dict("records")
    several = len(payees) > 1
    titles = ["Six ans", *(summary.tariff.payees[payee].short for payee in payees), *(["Ensemble"] if several else [])]
    sheet.head(head, titles, right=range(1, len(titles)))
    first = head + 1
    for row, year in enumerate(sums, first):
        sheet.put(row, 0, year_name(row - head), "text")
        for column, payee in enumerate(payees, 1):
            sheet.put(row, column, year[payee], "euros")
        if several:
            formula = f"=SUM({cell(row, 1)}:{cell(row, len(payees))})"
            sheet.put(row, len(payees) + 1, (formula, year["all"]), "euros", "bold")
    end = first + len(sums)
    sheet.put(end, 0, SIX_YEARS, "total")
    for column in range(1, len(titles)):
        shown = sum((sheet.shown[row, column] for row in range(first, end)), ZERO)
        sheet.put(end, column, (f"=SUM({cells(first, end - 1, column)})", shown), "euros", "total")
    if besides := " + ".join(summary.portfolio.total[None].six_years.left_out()):
        return sheet.across(end + 1, 0, 6, f"{LEFT_OUT} : {besides}.") - 1
    return end


def _both(book: Workbook, title: str, summary: GroupSummary, both: Change) -> None:
    name = "Avant, après (projet)" if both.draft else "Avant, après"
    sheet = Sheet(book, title, name, (10, 30, 11, 11, 16, 16, 16, 16, 16, 44))
    acts = f"{both.acts[:1].upper()}{both.acts[1:]}."
    total = _heading(sheet, f"{summary.title}, avant et après", 9, [acts, *both.sentences]) + 1
    head, first = total + 1, total + 2
    rows = both.rows
    sheet.head(head, ["Code INSEE", *HEADINGS], right=range(4, 9))
    for row, each in enumerate(rows, first):
        sheet.put(row, 0, each.code, "muted")
        sheet.put(row, 1, each.name, "typed")
        sheet.put(row, 2, each.category_before or None, "text")
        sheet.put(row, 3, each.category_after or None, "text", *(["bold"] if each.moved else []))
        for column, of in ((4, each.totals[0]), (5, each.totals[1])):
            sheet.put(row, column, amount_of(of), "euros")
        for column, amount in enumerate(each.amounts[2:], 6):
            sheet.put(row, column, amount, "gap")
        sheet.put(row, 9, each.words, "beside")
    last = first + len(rows) - 1
    sheet.put(total, 1, "Ensemble", "total")
    for column in range(4, 9):
        _total(sheet, total, column, first, last, "gap" if column > 5 else "euros")
    sheet.page.freeze_panes(first, 2)
    sheet.page.repeat_rows(total, head)
    sheet.page.autofilter(head, 0, max(last, head), 9)
    sheet.page.print_area(0, 0, max(last, head), 9)
