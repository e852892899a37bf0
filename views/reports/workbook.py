"""The workbook: an estimate with live formulas, so that changing a quantity or a price recomputes every figure."""

from dataclasses import replace
from io import BytesIO

from pricing.estimate import Answers
from pricing.money import ZERO
from views.reports.compared import compared, left_out, words_in_place
from views.reports.handout import Handout, long_date
from views.reports.summary import Summary
from views.reports.wording import RECURRING_TITLE, THIS_ESTIMATE, effect_words
from views.reports.workbook_estimation import Estimation
from views.reports.workbook_formulas import NOTHING
from views.reports.workbook_sheets import Book, Sheet, one_line


def workbook(handout: Handout) -> bytes:
    """Write an estimate as an Excel workbook (.xlsx), amounts in euros including tax.

    The same handout gives the same bytes.
    """
    file = BytesIO()
    book = Book(file, handout)
    Estimation(book, handout)
    _compare(Sheet(book, "Comparer", (12, 50, 15, 15, 15, 34, 15, 40)), handout)
    _points(Sheet(book, "Points à confirmer", (7, 40, 34, 44, 60)), handout)
    book.file.close()
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
        "gardés. Les catégories voisines sont là pour information\u00a0: une commune ne choisit pas la sienne."
    )
    titles = ["1re année", RECURRING_TITLE, "Six ans", "Montants non compris", "Écart sur six ans", "Écart non chiffré"]
    head = _heading(sheet, "Comparer", words, 1 + len(titles), handout)
    sheet.head(head, ["", "Ce qui change", *titles], right=(2, 3, 4, 6))
    sheet.put(head + 1, 1, THIS_ESTIMATE, "text", "bold")
    _answers(sheet, head + 1, handout.estimate.answers)
    others = list(compared(handout))
    for row, each in enumerate(others, head + 2):
        sheet.put(row, 0, each.kind, "muted")
        sheet.put(row, 1, one_line(each.label), "text", "typed")
        _answers(sheet, row, each.answers)
        difference = each.difference
        if difference.comparable or difference.amount:
            sheet.put(row, 6, difference.amount, "gap")
        if not difference.comparable:
            sheet.put(row, 7, replace(difference, amount=ZERO).words(), "text", "beside")
    sheet.page.print_area(0, 0, head + 1 + len(others), 7)


def _answers(sheet: Sheet, row: int, answers: Answers) -> None:
    for column, total in enumerate((answers.first_year, answers.recurring, answers.six_years), 2):
        sheet.put(row, column, words_in_place(total), "euros")
    always, recurring = left_out(answers.six_years), left_out(answers.recurring)
    words = always if recurring == always else f"{always} ({recurring or 'aucun'} par an)"
    sheet.put(row, 5, words, "text", "beside")


def _points(sheet: Sheet, handout: Handout) -> None:
    points = handout.points
    words = Summary(handout).spread or "Aucun."
    head = _heading(sheet, "Points à confirmer", words, 4, handout)
    sheet.head(head, ["N°", "Question", "Lecture retenue", "Pourquoi", "Autre lecture, et ce qu'elle changerait"])
    for row, point in enumerate(points, head + 1):
        reading = point.reading
        effects = [f"{each.label} {effect_words(effect, handout.tariff)}" for each, effect in point.effects]
        cells = (point.number, reading.question, reading.in_force, reading.because, "\n".join(effects) or NOTHING)
        for column, each in enumerate(cells):
            sheet.put(row, column, each, "text")
    sheet.page.print_area(0, 0, head + len(points), 4)
