"""The file of a workbook and its sheets: formats, page setup, and text that is always written as text."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from views.reports.compared import ON_QUOTE
from views.reports.handout import Handout, long_date
from views.reports.palette import LIGHT
from views.reports.wording import INDICATIVE, title_of
from views.reports.workbook_formulas import Shown, is_price

AUTHOR = "Simulateur des services numériques"
"""Author of the document, in its properties."""
LONGEST_TITLE = 120
"""Characters of the title that fit the header of a printed page, even if each is written as two."""
LINE = 15.5
"""Height of a line of text, in points."""
LETTERS_A_DIGIT = 1.1
"""Number of letters that fit in the width of a digit, which is the unit of a column's width."""
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 15, "font_color": LIGHT.fibre},
    "note": {"text_wrap": True, "font_color": LIGHT.muted},
    "section": {"bold": True, "font_size": 12, "font_color": LIGHT.fibre},
    "head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2},
    "text": {"text_wrap": True},
    "typed": {"quote_prefix": True},
    "total": {"bold": True, "top": 1},
    "bold": {"bold": True},
    "beside": {"align": "left", "indent": 1},
    "muted": {"font_color": LIGHT.muted},
    "right": {"align": "right", "indent": 1},
    # A number too long for its column is made smaller, so that it is not shown as ####.
    "euros": {"num_format": '#,##0.00\\ "€"', "align": "right", "indent": 1, "shrink": True},
    "gap": {"num_format": '+#,##0.00\\ "€";\u2212#,##0.00\\ "€";0.00\\ "€"', "align": "right", "shrink": True},
    "count": {"num_format": "#,##0", "align": "right", "indent": 1},
    "year": {"num_format": '"Année "0', "align": "right"},
    "left out": {"font_size": 9, "align": "right", "shrink": True, "font_color": LIGHT.muted},
    "input": {"bg_color": LIGHT.quote, "border": 1, "border_color": LIGHT.muted},
    "link": {"font_color": LIGHT.fibre, "underline": 1},
    "fibre": {"bold": True, "font_color": LIGHT.fibre},
    "cdg": {"bold": True, "font_color": LIGHT.cdg},
}
"""Formats of a cell; several add up, the later ones winning."""


class Book:
    """The file being written, with its formats and the properties that all its sheets share."""

    def __init__(self, file: BytesIO, handout: Handout) -> None:
        self.subject = title_of(one_line(handout.name))
        self.file = Workbook(file, {"in_memory": True})
        self.file.set_properties(
            {
                "title": self.subject,
                "subject": f"Tarifs TTC adoptés le {long_date(handout.tariff.adopted)}",
                "author": AUTHOR,
                "comments": INDICATIVE,
                # The day alone, so that the same estimate handed over twice on a day is the same file.
                "created": datetime.combine(handout.day, time(12)),
            }
        )
        self._formats: dict[tuple[str, ...], Format] = {}

    def look(self, *looks: str) -> Format:
        """Return the format that adds up some looks."""
        if looks not in self._formats:
            added = {"valign": "top"} | {key: value for look in looks for key, value in LOOKS[look].items()}
            self._formats[looks] = self.file.add_format(added)
        return self._formats[looks]


class Sheet:
    """A sheet being written: text always as text, and every formula with its value."""

    def __init__(self, book: Book, name: str, widths: Sequence[float], *, pages: int = 0) -> None:
        """Add a sheet with columns of these widths, printed on so many pages (0: as many as it takes)."""
        self._book, self._widths = book, widths
        self._heights: dict[int, float] = {}
        self.page = book.file.add_worksheet(name)
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.hide_gridlines(2)
        self.page.set_paper(9)
        self.page.set_landscape()
        self.page.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
        self.page.fit_to_pages(1, pages)
        # In a header, & begins a code unless it is doubled; XlsxWriter takes &G and &[Picture] for a picture even
        # after another &, and leaves the whole header out.
        title = re.sub(r"&(?=G|\[Picture\])", "& ", book.subject[:LONGEST_TITLE].replace("&", "&&"))
        self.page.set_header(f"&L{title}&R{name}")
        self.page.set_footer(f"&L{INDICATIVE}&RPage &P sur &N")

    def put(self, row: int, column: int, value: str | int | Decimal | None, *looks: str) -> None:
        """Write a number, or text, whatever it begins with; None formats an empty cell."""
        if value is None:
            self.page.write_blank(row, column, None, self._book.look(*looks))
        elif isinstance(value, str):
            # XlsxWriter takes text between these two tags for its own markup, and writes it unescaped.
            safe = f"{value} " if value.startswith("<r>") and value.endswith("</r>") else value
            self.page.write_string(row, column, safe, self._book.look(*looks))
            self._hold(row, column, value, looks)
        else:
            self.page.write_number(row, column, float(value), self._book.look(*looks))

    def formula(self, row: int, column: int, shown: Shown, *looks: str) -> None:
        """Write a formula with the value that the estimate gives it."""
        formula, value = shown
        # XlsxWriter's annotation allows whole numbers only, but its code any value.
        cached: Any = float(value) if isinstance(value, Decimal) else value
        self.page.write_formula(row, column, formula, self._book.look(*looks), cached)
        self._hold(row, column, str(value), looks)

    def across(self, row: int, first: int, last: int, words: str, *, rows: int = 0) -> int:
        """Write text over several columns and as many rows as it takes, unless told how many; return the next row."""
        rows = rows or self._lines(words, first, last)
        self.page.merge_range(row, first, row + rows - 1, last, "", self._book.look("note"))
        self.page.write_string(row, first, words, self._book.look("note"))
        return row + rows

    def _hold(self, row: int, column: int, words: str, looks: Sequence[str]) -> None:
        """Make a row high enough for its text, since not every viewer does so by itself."""
        height = LINE * self._lines(words, column, column)
        if height > self._heights.get(row, LINE) and any("text_wrap" in LOOKS[look] for look in looks):
            self._heights[row] = height
            self.page.set_row(row, height)

    def _lines(self, words: str, first: int, last: int) -> int:
        room = int(sum(self._widths[first : last + 1]) * LETTERS_A_DIGIT)
        return sum(len(wrap(line, room)) or 1 for line in words.splitlines())

    def head(self, row: int, titles: Sequence[str], *, first: int = 0, right: Sequence[int] = ()) -> None:
        """Write the head of a table; the titles in some columns are aligned right, as their figures are."""
        for column, title in enumerate(titles, first):
            beside = ["beside"] if column - 1 in right else []
            self.put(row, column, title, "head", *(["right"] if column in right else beside))

    def whole(self, row: int, column: int, value: int | None, least: int | str, most: int | str | None) -> None:
        """Write a whole number that may be changed within bounds, each a number or a formula; `most` may be None."""
        self.put(row, column, value, "count", "input")
        bounds: dict[str, object] = {"criteria": "between", "minimum": least, "maximum": most}
        if most is None:
            bounds = {"criteria": ">=", "value": least}
        between = f" entre {least} et {most}" if isinstance(most, int) else " qui reste entre les bornes voisines"
        self.allow(row, column, {"validate": "integer", **bounds}, f"Il faut un nombre entier{between}.")

    def price(self, row: int, column: int, value: Decimal | str) -> None:
        """Write a price that may be changed, into « sur devis » too."""
        self.put(row, column, value, "euros", "input")
        rule = {"validate": "custom", "value": is_price(cell(row, column))}
        self.allow(row, column, rule, f"Il faut un prix en euros, ou les mots «\u00a0{ON_QUOTE}\u00a0».")

    def allow(self, row: int, column: int, rule: Mapping[str, object], must: str) -> None:
        """Refuse what a rule excludes, and say what it must be."""
        said = {"input_title": "Case modifiable", "error_title": "Valeur refusée"}
        rule = {**rule, **said, "input_message": must, "error_message": must}
        self.page.data_validation(row, column, row, column, rule)


def cell(row: int, column: int) -> str:
    """Return the reference to a cell."""
    return xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)


def cells(first: int, last: int, column: int) -> str:
    """Return the reference to some rows of a column."""
    return f"{cell(first, column)}:{cell(last, column)}"


def one_line(words: str) -> str:
    """Return a user's text on one line, without the characters that a file of this kind can't hold."""
    held = (" " if unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff" else sign for sign in words)
    return " ".join("".join(held).split())
