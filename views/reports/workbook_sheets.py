"""The sheets of the workbook: formats, page setup, text that is always written as text, and the parts of a formula.

Formulas use only functions that Excel and LibreOffice both have, under their English names, as the file format
requires. A cell that should hold a price and holds no number is on quote: no formula takes it for 0.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from pricing.money import MOST
from views.reports.palette import LIGHT
from views.reports.wording import INDICATIVE, NO_AMOUNT

Shown = tuple[str, Any]
"""A formula with the value it has on the day."""
NOTHING = "–"
"""Text in place of an amount that is not paid in a year, or not ordered."""
ON_QUOTE = NO_AMOUNT["on_quote"]
"""Words in place of a price."""
QUOTE = f'"{ON_QUOTE}"'
"""The same in a formula."""
MISSING = NO_AMOUNT["missing"]
"""Words in place of a price that depends on a number that is not given."""
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
    # The price of a unit has four decimals at most, and as many as it needs.
    "price": {"num_format": '#,##0.00##\\ "€"', "align": "right", "indent": 1, "shrink": True},
    "price before tax": {"num_format": '#,##0.00##\\ "€ HT"', "align": "right", "indent": 1, "shrink": True},
    "gap": {"num_format": '+#,##0.00\\ "€";\u2212#,##0.00\\ "€";0.00\\ "€"', "align": "right", "shrink": True},
    "count": {"num_format": "#,##0", "align": "right", "indent": 1},
    "unseen": {"num_format": '"–";"–";"–"', "align": "right", "indent": 1, "font_color": LIGHT.muted},
    "year": {"num_format": '"Année "0', "align": "right"},
    "left out": {"font_size": 9, "align": "right", "shrink": True, "font_color": LIGHT.muted},
    "input": {"bg_color": LIGHT.quote, "border": 1, "border_color": LIGHT.muted},
    "link": {"font_color": LIGHT.fibre, "underline": 1},
    "fibre": {"bold": True, "font_color": LIGHT.fibre},
    "cdg": {"bold": True, "font_color": LIGHT.cdg},
}
"""Formats of a cell; several add up, the later ones winning."""


class Sheet:
    """A sheet being written: text always as text, and every formula with its value."""

    def __init__(self, book: Workbook, title: str, name: str, widths: Sequence[float], *, pages: int = 0) -> None:
        """Add a sheet with columns of these widths, printed under a title on so many pages (0: as many as it takes)."""
        self._book, self._widths = book, widths
        self._looks: dict[tuple[str, ...], Format] = {}
        self._heights: dict[int, float] = {}
        self.shown: dict[tuple[int, int], Any] = {}
        """Value that each cell shows on the day."""
        self.page = book.add_worksheet(name)
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.hide_gridlines(2)
        self.page.set_paper(9)
        self.page.set_landscape()
        self.page.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
        self.page.fit_to_pages(1, pages)
        # In a header, & begins a code unless it is doubled; XlsxWriter takes &G and &[Picture] for a picture even
        # after another &, and leaves the whole header out.
        printed = re.sub(r"&(?=G|\[Picture\])", "& ", title[:LONGEST_TITLE].replace("&", "&&"))
        self.page.set_header(f"&L{printed}&R{name}")
        self.page.set_footer(f"&L{INDICATIVE}&RPage &P sur &N")

    def look(self, *looks: str) -> Format:
        """Return the format that adds up some looks."""
        if looks not in self._looks:
            added = {"valign": "top"} | {key: value for look in looks for key, value in LOOKS[look].items()}
            self._looks[looks] = self._book.add_format(added)
        return self._looks[looks]

    def put(self, row: int, column: int, value: str | int | Decimal | Shown | None, *looks: str) -> None:
        """Write a number, text, whatever it begins with, or a formula; None formats an empty cell."""
        look = self.look(*looks)
        shown: Any = value[1] if isinstance(value, tuple) else value
        self.shown[row, column] = shown
        if isinstance(value, tuple):
            self.page.write_formula(row, column, value[0], look, shown)
        elif isinstance(value, str):
            # XlsxWriter takes text between these two tags for its own markup, and writes it unescaped.
            safe = f"{value} " if value.startswith("<r>") and value.endswith("</r>") else value
            self.page.write_string(row, column, safe, look)
        else:
            self.page.write(row, column, value, look)
        height = LINE * self._lines(str(shown), column, column)
        if height > self._heights.get(row, LINE) and any("text_wrap" in LOOKS[each] for each in looks):
            # Not every viewer makes a row high enough for its text by itself.
            self._heights[row] = height
            self.page.set_row(row, height)

    def at(self, row: int, column: int) -> Shown:
        """Return a cell that is written, with the value that it shows."""
        return cell(row, column), self.shown[row, column]

    def across(self, row: int, first: int, last: int, words: str, *, rows: int = 0) -> int:
        """Write text over several columns and as many rows as it takes, unless told how many; return the next row."""
        rows = rows or self._lines(words, first, last)
        self.page.merge_range(row, first, row + rows - 1, last, words, self.look("note"))
        return row + rows

    def _lines(self, words: str, first: int, last: int) -> int:
        room = int(sum(self._widths[first : last + 1]) * LETTERS_A_DIGIT)
        return sum(len(wrap(line, room)) or 1 for line in words.splitlines())

    def head(self, row: int, titles: Sequence[str], *, first: int = 0, right: Sequence[int] = ()) -> None:
        """Write the head of a table; the titles in some columns are aligned right, as their figures are."""
        for column, title in enumerate(titles, first):
            beside = ["beside"] if column - 1 in right else []
            self.put(row, column, title, "head", *(["right"] if column in right else beside))

    def whole(self, row: int, column: int, value: int | None, least: int | str, most: int | str) -> None:
        """Write a whole number that may be changed within bounds, each a number or a formula."""
        self.put(row, column, value, "count", "input")
        numbers = isinstance(least, int) and isinstance(most, int)
        between = f"entre {least} et {most}" if numbers else "qui reste entre les bornes voisines"
        rule = {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
        self.allow(row, column, rule, f"Il faut un nombre entier {between}.")

    def price(self, row: int, column: int, value: Decimal | str, vat: Decimal) -> None:
        """Write a price that may be changed, into « sur devis » too; it excludes tax where it has a VAT rate."""
        self.put(row, column, value, price_look(vat), "input")
        own = cell(row, column)
        rule = {"validate": "custom", "value": f"=OR(AND(ISNUMBER({own}),{own}>=0,{own}<{MOST}),{own}={QUOTE})"}
        self.allow(row, column, rule, f"Il faut un prix en euros, ou les mots «\u00a0{ON_QUOTE}\u00a0».")

    def allow(self, row: int, column: int, rule: Mapping[str, object], must: str) -> None:
        """Refuse what a rule excludes, and say what it must be."""
        said = {"input_title": "Case modifiable", "error_title": "Valeur refusée"}
        rule = {**rule, **said, "input_message": must, "error_message": must}
        self.page.data_validation(row, column, row, column, rule)


def price_look(vat: Decimal) -> str:
    """Return the look of a price, which excludes tax where it has a VAT rate."""
    return "price before tax" if vat else "price"


def plus_tax(vat: Decimal) -> str:
    """Return words for a VAT rate after those on a price that excludes it; empty where the price includes it."""
    return f", plus TVA {vat}\u00a0%".replace(".", ",") if vat else ""


def cell(row: int, column: int) -> str:
    """Return the reference to a cell."""
    return xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)


def cells(first: int, last: int, column: int) -> str:
    """Return the reference to some rows of a column."""
    return f"{cell(first, column)}:{cell(last, column)}"


def text(words: str) -> str:
    """Quote text for a formula."""
    return '"' + words.replace('"', '""') + '"'


def joined(*parts: str | Shown) -> Shown:
    """Join text and cells: ``joined("tranche de ", ("D5", 1), …)``."""
    cells = [text(part) if isinstance(part, str) else part[0] for part in parts if part]
    return "=" + "&".join(cells), "".join(part if isinstance(part, str) else str(part[1]) for part in parts)
