"""The file of a workbook and its sheets: what they look like, and words always written as words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from views.reports.handout import Handout, long_date
from views.reports.palette import LIGHT
from views.reports.wording import INDICATIVE, title_of
from views.reports.workbook_formulas import FIX, ON_QUOTE, is_price

AUTHOR = "Simulateur des services numériques"
"""Who the document says wrote it."""
LONGEST_NAME = 80
"""Characters of a name that the head of a printed page has room for."""
AMOUNT_WIDTH = 18.0
"""How wide a column of amounts is, in characters."""
LINE = 15.5
"""How high a line of words is, in points."""
LETTERS_A_DIGIT = 1.1
"""How many letters there is room for in a column, for each of the digits that its width is told in."""
HEAD, FIRST = 3, 4
"""The rows of a table's head and of its first line; the same on every sheet, so that line and line stand level."""
LAST_ROW = 9_999
"""The last row in which anything is looked for that is to be put right: far below the end of any sheet."""
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 15, "font_color": LIGHT.fibre},
    "note": {"text_wrap": True, "valign": "top", "font_color": LIGHT.muted},
    "section": {"bold": True, "font_size": 12, "font_color": LIGHT.fibre},
    "head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2},
    "text": {"text_wrap": True, "valign": "top"},
    "typed": {"quote_prefix": True},
    "total": {"bold": True, "top": 1},
    "bold": {"bold": True, "valign": "top"},
    "beside": {"align": "left", "indent": 1},
    "muted": {"font_color": LIGHT.muted, "valign": "top"},
    # What stands to the right keeps clear of the words of the next column.
    "right": {"align": "right", "indent": 1},
    "euros": {"num_format": '#,##0.00\\ "€"', "align": "right", "indent": 1, "valign": "top"},
    "count": {"num_format": "#,##0", "align": "right", "indent": 1, "valign": "top"},
    "every": {"num_format": '0;-0;"une fois"', "align": "right", "indent": 1, "valign": "top"},
    "year": {"num_format": '"Année "0', "align": "right", "indent": 1},
    "input": {"bg_color": LIGHT.quote, "border": 1, "border_color": LIGHT.muted},
    "fix": {"bold": True, "font_color": "#8A1C1C", "bg_color": "#FBE0DC"},
    "aside": {"font_color": LIGHT.muted},
    "fibre": {"bold": True, "valign": "top", "font_color": LIGHT.fibre},
    "cdg": {"bold": True, "valign": "top", "font_color": LIGHT.cdg},
}
"""What a cell can look like; looks add up."""


class Book:
    """The file being written, with its looks and what all its sheets have in common."""

    def __init__(self, file: BytesIO, handout: Handout) -> None:
        self.subject = title_of(one_line(handout.name)[:LONGEST_NAME])
        self.file = Workbook(file, {"in_memory": True})
        self.file.set_properties(
            {
                "title": self.subject,
                "subject": f"Tarifs TTC adoptés le {long_date(handout.tariff.adopted)}",
                "author": AUTHOR,
                "comments": INDICATIVE,
                # The day alone: the same estimate handed over twice on a day is the same file.
                "created": datetime.combine(handout.day, time(12)),
            }
        )
        self._formats: dict[tuple[str, ...], Format] = {}

    def sheet(
        self, name: str, widths: Sequence[float], *, workings: Sequence[float] = (), portrait: bool = False
    ) -> "Sheet":
        """Add a sheet with columns of these widths, and to their right those of workings, which are not printed."""
        return Sheet(self, name, widths, workings=workings, portrait=portrait)

    def look(self, looks: tuple[str, ...]) -> Format:
        """Looks added up, the later ones winning."""
        if looks not in self._formats:
            self._formats[looks] = self.file.add_format(
                {key: value for look in looks for key, value in LOOKS[look].items()}
            )
        return self._formats[looks]


class Sheet:
    """A sheet being written: words always as words, and every formula with its value."""

    name: str
    """Its name."""
    printed: int
    """How many columns are printed."""

    def __init__(
        self, book: Book, name: str, widths: Sequence[float], *, workings: Sequence[float], portrait: bool
    ) -> None:
        self.name = name
        self.printed = len(widths)
        self._book, self._widths = book, [*widths, *workings]
        self._heights: dict[int, float] = {}
        self._sheet = book.file.add_worksheet(name)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)
        self._sheet.hide_gridlines(2)
        self._sheet.set_paper(9)
        if not portrait:
            self._sheet.set_landscape()
        self._sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        self._sheet.fit_to_pages(1, 0)
        # In a head or foot, & begins a code unless it is doubled.
        # XlsxWriter takes &G and &[Picture] for a picture even after another &, and leaves the whole head out.
        subject = re.sub(r"&(?=G|\[Picture\])", "& ", book.subject.replace("&", "&&"))
        # On a page that stands upright a long name leaves no room for the sheet's.
        self._sheet.set_header(f"&L{subject}" if portrait else f"&L{subject}&R{name}")
        self._sheet.set_footer(f"&L{INDICATIVE}&RPage &P sur &N")

    def text(self, row: int, column: int, words: str, *looks: str) -> None:
        """Write words as words, whatever they begin with."""
        self._string(row, column, words, looks)
        self._hold(row, words, self._widths[column], looks)

    def _string(self, row: int, column: int, words: str, looks: tuple[str, ...]) -> None:
        # What stands between these two tags XlsxWriter takes for its own markup, and puts into the file unescaped.
        safe = f"{words} " if words.startswith("<r>") and words.endswith("</r>") else words
        self._sheet.write_string(row, column, safe, self._book.look(looks))

    def _hold(self, row: int, words: str, width: float, looks: tuple[str, ...]) -> None:
        """Make a row high enough for words that take several lines: not every viewer does so by itself."""
        if not any(LOOKS[look].get("text_wrap") for look in looks):
            return
        height = LINE * sum(len(wrap(line, int(width * LETTERS_A_DIGIT))) or 1 for line in words.splitlines())
        if height > self._heights.get(row, LINE):
            self._heights[row] = height
            self._sheet.set_row(row, height)

    def number(self, row: int, column: int, value: int | Decimal, *looks: str) -> None:
        """Write a number."""
        self._sheet.write_number(row, column, float(value), self._book.look(looks))

    def amount(self, row: int, column: int, value: Decimal | str, *looks: str) -> None:
        """Write an amount in euros, or the word in its place."""
        if isinstance(value, str):
            self.text(row, column, value, "euros", *looks)
        else:
            self.number(row, column, value, "euros", *looks)

    def formula(self, row: int, column: int, formula: str, value: int | Decimal | str, *looks: str) -> None:
        """Write a formula with the value that the estimate gives it."""
        self._formula(row, column, formula, value, looks)
        if isinstance(value, str):
            self._hold(row, value, self._widths[column], looks)

    def _formula(self, row: int, column: int, formula: str, value: int | Decimal | str, looks: tuple[str, ...]) -> None:
        # XlsxWriter's own annotation knows whole numbers only, and its code any value.
        shown: Any = float(value) if isinstance(value, Decimal) else value
        self._sheet.write_formula(row, column, formula, self._book.look(looks), shown)

    def heading(self, title: str, *notes: str) -> None:
        """Write the title, and up to two notes under it."""
        self.text(0, 0, title, "title")
        for row, words in enumerate(notes, 1):
            self.note(row, words)

    def note(self, row: int, words: str) -> None:
        """Write a sentence across the sheet, in a row high enough for it."""
        self._across(row, words)
        self._string(row, 0, words, ("note",))

    def note_of(self, row: int, formula: str, words: str) -> None:
        """Write a sentence that is a formula across the sheet, with its present words."""
        self._across(row, words)
        self._formula(row, 0, formula, words, ("note",))

    def _across(self, row: int, words: str) -> None:
        self._sheet.merge_range(row, 0, row, self.printed - 1, "", self._book.look(("note",)))
        self._hold(row, words, sum(self._widths[: self.printed]), ("note",))

    def head(self, row: int, titles: Sequence[str], *, right: Iterable[int] = ()) -> None:
        """Write the head of a table; the titles of some columns stand to the right, as their figures do."""
        aligned = set(right)
        for column, title in enumerate(titles):
            self.text(row, column, title, "head", *(["right"] if column in aligned else []))

    def freeze(self, row: int, column: int = 0, *, head: int = HEAD) -> None:
        """Keep the rows and columns before a cell in view, and repeat the head on every printed page."""
        self._sheet.freeze_panes(row, column)
        self._sheet.repeat_rows(head)

    def print_to(self, row: int) -> None:
        """Print from the first cell to a row, over all the columns."""
        self._sheet.print_area(0, 0, row, self.printed - 1)

    def fold(self, first: int, last: int) -> None:
        """Fold some rows away under the row that follows them, once they and that row are written."""
        for row in range(first, last + 1):
            self._sheet.set_row(row, self._heights.get(row), None, {"level": 1, "hidden": True})
        self._sheet.set_row(last + 1, None, None, {"collapsed": True})

    def look_where(self, cells: str, condition: str, look: str) -> None:
        """Give cells a look as long as a condition holds, which is written for the first of them."""
        self._sheet.conditional_format(
            cells, {"type": "formula", "criteria": condition, "format": self._book.look((look,))}
        )

    def show_what_to_fix(self) -> None:
        """Set off every cell under the head that says that something is to be put right; a title names it only."""
        self._sheet.conditional_format(
            *(FIRST, 1, LAST_ROW, len(self._widths) - 1),
            {"type": "text", "criteria": "containing", "value": FIX, "format": self._book.look(("fix",))},
        )

    def whole(self, row: int, column: int, least: int | str, most: int | str | None, help_: str, must: str) -> None:
        """Let a cell hold whole numbers within bounds only, each a number or a formula; `most` may be None."""
        between = {"criteria": "between", "minimum": least, "maximum": most}
        bounds = {"criteria": ">=", "value": least} if most is None else between
        self._validate(row, column, {"validate": "integer", **bounds}, help_, must)

    def price(self, row: int, column: int) -> None:
        """Let a cell hold a price only, or « sur devis »."""
        must = f"Il faut un montant en euros, 0 ou plus, ou les mots «\u00a0{ON_QUOTE}\u00a0»."
        rule = {"validate": "custom", "value": is_price(reference(row, column))}
        self._validate(row, column, rule, "Un montant en euros, ou\u00a0: sur devis.", must)

    def one_of(self, row: int, column: int, values: Sequence[str], help_: str) -> None:
        """Let a cell hold one of these words only."""
        rule = {"validate": "list", "source": list(values)}
        self._validate(row, column, rule, help_, f"Il faut\u00a0: {', '.join(values)}.")

    def _validate(self, row: int, column: int, rule: Mapping[str, object], help_: str, must: str) -> None:
        said = {"input_title": "Case modifiable", "input_message": help_}
        refused = {"error_title": "Valeur refusée", "error_message": must}
        self._sheet.data_validation(row, column, row, column, {**rule, "ignore_blank": False, **said, **refused})

    def cell(self, row: int, column: int) -> str:
        """A cell as any sheet can refer to it."""
        return f"'{self.name}'!{reference(row, column)}"

    def cells(self, first: int, last: int, column: int) -> str:
        """Some rows of a column as any sheet can refer to them."""
        return f"'{self.name}'!{references(first, last, column)}"

    def define(self, name: str, cells: str) -> None:
        """Give cells a name that formulas can be read by."""
        self._book.file.define_name(name, f"={cells}")


def reference(row: int, column: int) -> str:
    """A cell as its own sheet can refer to it."""
    return xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)


def references(first: int, last: int, column: int) -> str:
    """Some rows of a column as their own sheet can refer to them."""
    return f"{reference(first, column)}:{reference(last, column)}"


def one_line(words: str) -> str:
    """What a user typed, on one line and without the signs that a file of this kind can't hold."""
    held = (" " if unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff" else sign for sign in words)
    return " ".join("".join(held).split())
