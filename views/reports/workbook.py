"""The workbook: an estimate with live formulas, so that changing a quantity or a price recomputes every figure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from pricing.dates import long_date
from pricing.money import ZERO
from pricing.options import compare
from views.reports.handout import Handout
from views.reports.parts import DIFFERENCE, headings
from views.reports.summary import CONFIRMED, LEFT_OUT, Summary
from views.reports.workbook_estimation import Estimation, amount_of
from views.reports.workbook_sheets import NOTHING, Sheet

AUTHOR = "Simulateur des services numériques"
"""Author of the document, in its properties."""


def workbook(handout: Handout) -> bytes:
    """Write an estimate as an Excel workbook (.xlsx), amounts in euros including tax.

    The same handout gives the same bytes.
    """
    file, summary = BytesIO(), Summary(handout)
    book, title = Workbook(file, {"in_memory": True}), summary.title
    # The day alone, so that the same estimate handed over twice on a day is the same file.
    day = datetime.combine(handout.day, time(12))
    book.set_properties({"title": title, "author": AUTHOR, "comments": summary.made_briefly, "created": day})
    Estimation(book, summary)
    _compare(Sheet(book, title, "Comparer", (12, 50, 15, 15, 15, 34, 15, 40)), handout)
    _points(Sheet(book, title, "Points à confirmer", (7, 40, 34, 44, 60)), summary)
    book.close()
    return file.getvalue()


def _heading(sheet: Sheet, title: str, words: str, last: int, handout: Handout) -> int:
    """Write the heading of a table of plain values, and return the row of its column heads."""
    sheet.put(0, 0, title, "title")
    day = long_date(handout.day)
    values = f"Valeurs au {day}\u00a0: elles ne suivent pas ce qui est changé dans les cases jaunes."
    head = sheet.across(sheet.across(1, 0, last, words), 0, last, values)
    sheet.page.freeze_panes(head + 1, 0)
    sheet.page.repeat_rows(head)
    return head


def _compare(sheet: Sheet, handout: Handout) -> None:
    """Write every option and scenario with its difference, as a number that can be sorted and added."""
    words = (
        "La même demande avec un seul choix changé, la plus grande économie sur six ans d'abord, puis les scénarios "
        "gardés."
    )
    if handout.tariff.grids:
        words += " Les catégories voisines sont là pour information\u00a0: une commune ne choisit pas la sienne."
    head = _heading(sheet, "Comparer", words, 7, handout)
    titles = ["", "Ce qui change", *headings(handout.tariff), LEFT_OUT, DIFFERENCE, "Écart non chiffré"]
    sheet.head(head, titles, right=(2, 3, 4, 6))
    estimates = [("", handout.called, handout.estimate)]
    estimates += [("Choix", option.label, option.comparison.estimate) for option in handout.options]
    estimates += [("Scénario", *scenario) for scenario in handout.scenarios]
    for row, (kind, name, estimate) in enumerate(estimates, head + 1):
        answers = estimate.answers
        sheet.put(row, 0, kind, "muted")
        sheet.put(row, 1, name, "text", "typed" if kind else "bold")
        for column, total in enumerate((answers.first_year, answers.recurring, answers.six_years), 2):
            sheet.put(row, column, amount_of(total), "euros")
        always, each_year = (" + ".join(of.left_out()) for of in (answers.six_years, answers.recurring))
        besides = always if each_year == always else f"{always} ({each_year or 'aucun'} par an)"
        sheet.put(row, 5, besides, "text", "beside")
        difference = compare(estimate, handout.estimate).six_years
        if kind and (difference.comparable or difference.amount):
            sheet.put(row, 6, difference.amount, "gap")
        if not difference.comparable:
            sheet.put(row, 7, replace(difference, amount=ZERO).words(), "text", "beside")
    sheet.page.print_area(0, 0, head + len(estimates), 7)


def _points(sheet: Sheet, summary: Summary) -> None:
    head = _heading(sheet, "Points à confirmer", summary.spread or "Aucun.", 4, summary.handout)
    titles = ["N°", "Question", "Lecture retenue", "Pourquoi", "Autre lecture, et ce qu'elle changerait"]
    rows = [
        (each.number, each.question, each.in_force, each.because, "\n".join(map(" ".join, each.effects)) or NOTHING)
        for each in summary.points
    ]
    end = _table(sheet, head, titles, rows)
    if summary.confirmed:
        sheet.put(end + 1, 0, CONFIRMED, "section")
        answers = [(each.number, each.question, each.in_force, each.said) for each in summary.confirmed]
        end = _table(sheet, end + 2, [*titles[:3], "Confirmation"], answers)
    sheet.page.print_area(0, 0, end - 1, 4)


def _table(sheet: Sheet, head: int, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Write a table of texts under its head, and return the row after it."""
    sheet.head(head, titles)
    for row, texts in enumerate(rows, head + 1):
        for column, each in enumerate(texts):
            sheet.put(row, column, each, "text")
    return head + 1 + len(rows)
