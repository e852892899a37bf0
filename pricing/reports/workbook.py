"""The workbook: an estimate with live formulas, so that changing a quantity or a price recomputes every figure.

The estimate prices; the formulas only follow a change made in the workbook. Each is written with the value the estimate
gives it, for viewers that do not compute.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from pricing.category import CRITERIA, Placed
from pricing.estimate import HORIZON, Answers, Estimate, Line, Total
from pricing.money import number
from pricing.options import compare
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.prices import Blocks, ByCategory, ByTerm, PerUnit, Stairstep
from pricing.reports import workbook_formulas as formulas
from pricing.reports.handout import Handout, long_date
from pricing.reports.mail import subject
from pricing.reports.palette import LIGHT
from pricing.reports.wording import (
    INDICATIVE,
    RHYTHM_TITLE,
    assumptions,
    category_words,
    effect_words,
    left_out,
    not_counted,
    spread_words,
)
from pricing.reports.workbook_formulas import INCLUDED, MISSING, NO_PRICE, NOT_ASKED, NOT_STATED, NOTHING, ON_QUOTE
from pricing.schedule import schedule
from pricing.tariff import PAYEES, RHYTHMS, Charge, Payee, Position, Service

AUTHOR = "Simulateur des services numériques"
"""Who the document says wrote it."""
MAY_CHANGE = "Les cases jaunes peuvent être changées : tous les montants se recalculent."
CATEGORY = "Categorie"
"""The defined name of the cell that holds the client's category."""
LETTERS = "Categories"
"""The defined name of the range of all categories."""
LONGEST_NAME = 80
"""Characters of a name that the head of a printed page has room for."""

_AMOUNT_WIDTH = 18.0
_HEAD, _FIRST = 3, 4
"""The rows of a table's head and of its first line; the same on every sheet, so that line and line stand level."""
_WORD = {"on_quote": ON_QUOTE, "missing": MISSING, "not_stated": NOT_STATED, "included": INCLUDED}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 15, "font_color": LIGHT.fibre},
    "note": {"text_wrap": True, "valign": "top", "font_color": LIGHT.muted},
    "section": {"bold": True, "font_size": 12, "font_color": LIGHT.fibre},
    "head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2, "bg_color": "#EAF0F7"},
    "text": {"text_wrap": True, "valign": "top"},
    "typed": {"quote_prefix": True},
    "total": {"bold": True, "top": 1},
    "bold": {"bold": True},
    "muted": {"font_color": LIGHT.muted},
    "right": {"align": "right"},
    "euros": {"num_format": '#,##0.00\\ "€"', "align": "right", "valign": "top"},
    "count": {"num_format": "#,##0", "align": "right", "valign": "top"},
    "every": {"num_format": '0;-0;"une fois"', "align": "right", "valign": "top"},
    "year": {"num_format": '"Année "0', "align": "right"},
    "input": {"bg_color": LIGHT.quote, "border": 1, "border_color": LIGHT.muted},
    "fibre": {"bold": True, "font_color": LIGHT.fibre},
    "cdg": {"bold": True, "font_color": LIGHT.cdg},
}
"""What a cell can look like; looks add up."""


def workbook(handout: Handout) -> bytes:
    """Write an estimate as an Excel workbook (.xlsx) with live formulas, amounts in euros including tax.

    The same handout gives the same bytes.
    """
    file = BytesIO()
    book = _Book(file, handout)
    # The sheets stand in the order they are made in, and are filled in the order they refer to one another.
    summary = book.sheet("Synthèse", [34, *[_AMOUNT_WIDTH, 24] * 3])
    detail = book.sheet("Détail", [24, 30, 15, 18, 11, 11, 15, _AMOUNT_WIDTH, 40, 40])
    years = book.sheet("Six ans", [24, 32, 15, 11, *[_AMOUNT_WIDTH] * (HORIZON + 1)])
    choices = book.sheet("Choix", [44, *[_AMOUNT_WIDTH, 24] * 3, 34])
    scenarios = book.sheet("Scénarios", [44, *[_AMOUNT_WIDTH, 24] * 3, 34]) if handout.scenarios else None
    grid = book.sheet("Grille tarifaire", [24, 34, 15, 18, 14, 14, 14, 16, 34, 44])
    points = book.sheet("Points à confirmer", [7, 40, 34, 44, 60])
    notes = book.sheet("Hypothèses", [110], portrait=True)

    lines = _lines(handout, _Grid(grid, handout).prices)
    found = _years(years, handout, lines) | _detail(detail, handout, lines)
    _summary(summary, handout, found)
    _choices(choices, handout)
    if scenarios:
        _scenarios(scenarios, handout)
    _points(points, handout)
    _notes(notes, handout)
    book.file.close()
    return file.getvalue()


class _Book:
    """The file being written, with its looks and what all its sheets have in common."""

    def __init__(self, file: BytesIO, handout: Handout) -> None:
        self.subject = subject(_one_line(handout.name)[:LONGEST_NAME])
        self.file = Workbook(
            file,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.file.set_properties(
            {
                "title": self.subject,
                "subject": f"Tarifs TTC adoptés le {long_date(handout.tariff.adopted)}",
                "author": AUTHOR,
                "comments": INDICATIVE,
                # The day alone: the same estimate handed over twice on a day is the same file.
                "created": datetime.combine(handout.day, time(12), UTC),
            }
        )
        self._formats: dict[tuple[str, ...], Format] = {}

    def sheet(self, name: str, widths: Sequence[float], *, portrait: bool = False) -> "_Sheet":
        """Add a sheet with columns of these widths."""
        return _Sheet(self, name, widths, portrait=portrait)

    def look(self, looks: tuple[str, ...]) -> Format:
        """Looks added up, the later ones winning."""
        if looks not in self._formats:
            self._formats[looks] = self.file.add_format(
                {key: value for look in looks for key, value in _LOOKS[look].items()}
            )
        return self._formats[looks]


class _Sheet:
    """A sheet being written: words always as words, and every formula with its value."""

    def __init__(self, book: _Book, name: str, widths: Sequence[float], *, portrait: bool) -> None:
        self.name = name
        self._book, self._widths = book, widths
        self._sheet = book.file.add_worksheet(name)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.hide_gridlines(2)
        self._sheet.set_paper(9)
        if not portrait:
            self._sheet.set_landscape()
        self._sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        self._sheet.fit_to_pages(1, 0)
        # In a head or foot, & begins a code unless it is doubled.
        self._sheet.set_header(f"&L{book.subject.replace('&', '&&')}&R{name}")
        self._sheet.set_footer(f"&L{INDICATIVE}&RPage &P sur &N")

    def text(self, row: int, column: int, words: str, *looks: str) -> None:
        """Write words as words, whatever they begin with."""
        # What stands between these two tags XlsxWriter takes for its own markup, and puts into the file unescaped.
        safe = f"{words} " if words.startswith("<r>") and words.endswith("</r>") else words
        self._sheet.write_string(row, column, safe, self._book.look(looks))

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
        # XlsxWriter's own annotation knows whole numbers only, and its code any value.
        shown: Any = float(value) if isinstance(value, Decimal) else value
        self._sheet.write_formula(row, column, formula, self._book.look(looks), shown)

    def heading(self, title: str, *notes: str) -> None:
        """Write the title, and up to two notes under it."""
        self.text(0, 0, title, "title")
        for row, words in enumerate(notes, 1):
            self.note(row, words)

    def note(self, row: int, words: str, *looks: str) -> None:
        """Write a sentence across the sheet, in a row high enough for it."""
        if len(self._widths) > 1:
            self._sheet.merge_range(row, 0, row, len(self._widths) - 1, "", self._book.look(("note", *looks)))
        # Merged cells don't grow by themselves; a character takes a little more than its share of the width.
        self._sheet.set_row(row, 15.5 * -(-len(words) // int(sum(self._widths) * 0.9)))
        self.text(row, 0, words, "note", *looks)

    def head(self, row: int, titles: Sequence[str], *, right: Iterable[int] = ()) -> None:
        """Write the head of a table; the titles of some columns stand to the right, as their figures do."""
        aligned = set(right)
        for column, title in enumerate(titles):
            self.text(row, column, title, "head", *(["right"] if column in aligned else []))

    def freeze(self, row: int, column: int = 0, *, head: int = _HEAD) -> None:
        """Keep the rows and columns before a cell in view, and repeat the head on every printed page."""
        self._sheet.freeze_panes(row, column)
        self._sheet.repeat_rows(head)

    def print_to(self, row: int) -> None:
        """Print from the first cell to a row, over all the columns."""
        self._sheet.print_area(0, 0, row, len(self._widths) - 1)

    def whole(self, row: int, column: int, most: int, help_: str) -> None:
        """Let a cell hold whole numbers from 0 to `most` only."""
        self._sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "integer",
                "criteria": "between",
                "minimum": 0,
                "maximum": most,
                "input_title": "Case modifiable",
                "input_message": help_,
                "error_title": "Valeur refusée",
                "error_message": f"Il faut un nombre entier entre 0 et {number(most)}.",
            },
        )

    def one_of(self, row: int, column: int, values: Sequence[str], help_: str) -> None:
        """Let a cell hold one of these words only."""
        self._sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "list",
                "source": list(values),
                "input_title": "Case modifiable",
                "input_message": help_,
                "error_title": "Valeur refusée",
                "error_message": f"Il faut : {', '.join(values)}.",
            },
        )

    def cell(self, row: int, column: int) -> str:
        """A cell as any sheet can refer to it."""
        return f"'{self.name}'!{_cell(row, column)}"

    def cells(self, first: int, last: int, column: int) -> str:
        """Some rows of a column as any sheet can refer to them."""
        return f"'{self.name}'!{_cells(first, last, column)}"

    def define(self, name: str, cells: str) -> None:
        """Give cells a name that formulas can be read by."""
        self._book.file.define_name(name, f"={cells}")


def _cell(row: int, column: int) -> str:
    """A cell as its own sheet can refer to it."""
    return xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)


def _cells(first: int, last: int, column: int) -> str:
    """Some rows of a column as their own sheet can refer to them."""
    return f"{_cell(first, column)}:{_cell(last, column)}"


# ── The grid of prices ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Priced:
    """Where the price of a charge stands."""

    price: formulas.Price
    """Its formula."""
    split_at: str = ""
    """The cell of the limit above which the rest makes a line of its own, on quote (R8); empty when none does."""


class _Grid:
    """The sheet of every price of the tariff, whose cells the formulas refer to."""

    prices: dict[tuple[str, int], _Priced]
    """By charge, and by years between two payments."""

    def __init__(self, sheet: _Sheet, handout: Handout) -> None:
        self._sheet, self._tariff = sheet, handout.tariff
        self._row = _FIRST
        self.prices = {}
        sheet.heading(
            "Grille tarifaire",
            f"Tarifs TTC adoptés le {long_date(self._tariff.adopted)} par : {self._tariff.body}.",
            f"{MAY_CHANGE} Une tranche va de sa première à sa dernière unité comprise, et a un seul prix.",
        )
        columns = ("Service", "Tarif", "Facturé par", "Rythme", "À partir de", "Jusqu'à", "Taille d'une tranche")
        sheet.head(_HEAD, [*columns, "Prix TTC", "Ce que paie ce prix", "Place dans l'acte"], right=(4, 5, 6, 7))
        by_category: list[tuple[str, Service, Charge, ByCategory]] = []
        for service_key, service in self._tariff.services.items():
            for charge_key, charge in service.charges.items():
                key = f"{service_key}.{charge_key}"
                if charge.price.kind == "by_category":
                    by_category.append((key, service, charge, charge.price))
                self._charge(key, service, charge)
        self._categories(by_category)
        sheet.freeze(_FIRST, 2)
        sheet.print_to(self._row - 1)

    def _charge(self, key: str, service: Service, charge: Charge) -> None:
        price = charge.price
        unit = service.items[charge.of[0]].unit
        if price.kind == "per_unit":
            self._per_unit(key, service, charge, price, unit)
        elif price.kind == "stairstep":
            self._stairstep(key, service, charge, price, unit)
        elif price.kind == "by_term":
            self._by_term(key, service, charge, price, unit)
        elif price.kind == "by_category":
            self._next(service, charge, "selon la catégorie", "voir les catégories, plus bas", input_=False)
        else:
            word = _WORD[price.kind]
            self._next(service, charge, word, price.why if price.kind == "on_quote" else "", input_=False)
            self._keep(key, service, charge, _Priced(formulas.Word(word)))

    def _keep(self, key: str, service: Service, charge: Charge, priced: _Priced) -> None:
        """Keep where a price stands, for every length of time that one payment of it holds."""
        terms = {service.items[item].term_years for item in charge.of}
        for every in {"setup": {0}, "yearly": {1}, "term": terms}[charge.rhythm]:
            self.prices[key, every] = priced

    def _next(
        self, service: Service, charge: Charge, price: Decimal | str, pays: str, *, label: str = "", input_: bool = True
    ) -> int:
        """Write one price, and tell its row."""
        sheet, row = self._sheet, self._row
        sheet.text(row, 0, service.label, "text")
        sheet.text(row, 1, label or _label(service, charge), "text")
        sheet.text(row, 2, self._tariff.payees[charge.payee].short, "text", charge.payee)
        sheet.text(row, 3, RHYTHM_TITLE[charge.rhythm], "text")
        sheet.amount(row, 7, price, *(["input"] if input_ else []))
        sheet.text(row, 8, pays or NOTHING, "text")
        sheet.text(row, 9, f"{charge.source.row} ({charge.source.column})", "text")
        self._row += 1
        return row

    def _per_unit(self, key: str, service: Service, charge: Charge, price: PerUnit, unit: str) -> None:
        sheet = self._sheet
        row = self._next(service, charge, price.amount, f"1 {unit}")
        limit, split = "", False
        if price.limit:
            sheet.number(row, 4, 1, "count")
            sheet.number(row, 5, price.limit.up_to, "count", "input")
            limit, split = sheet.cell(row, 5), price.limit.beyond == "excess_on_quote"
            what = "le seul dépassement" if split else "toute la quantité"
            beyond = self._next(service, charge, ON_QUOTE, f"{what} : {price.limit.why}", input_=False)
            sheet.formula(beyond, 4, f"={_cell(row, 5)}+1", price.limit.up_to + 1, "count")
            sheet.text(beyond, 5, "et plus", "right")
        each = formulas.EachUnit(sheet.cell(row, 7), "" if split else limit)
        self._keep(key, service, charge, _Priced(each, limit if split else ""))

    def _by_term(self, key: str, service: Service, charge: Charge, price: ByTerm, unit: str) -> None:
        for term in price.terms:
            lasting = [service.items[item].label for item in charge.of if service.items[item].term_years == term.years]
            pays = f"1 {unit}, pour {term.years} {'an' if term.years == 1 else 'ans'}"
            row = self._next(service, charge, term.price, pays, label=" ; ".join(lasting))
            self.prices[key, term.years] = _Priced(formulas.EachUnit(self._sheet.cell(row, 7)))

    def _stairstep(self, key: str, service: Service, charge: Charge, price: Stairstep, unit: str) -> None:
        sheet, first = self._sheet, 1
        rows: list[int] = []
        for band in price.bands:
            row = self._next(service, charge, band.price, "la tranche entière")
            self._begins(row, first, rows)
            sheet.number(row, 5, band.up_to, "count", "input")
            rows.append(row)
            first = band.up_to + 1
        last, blocks = rows[-1], None
        if isinstance(price.beyond, Blocks):
            row = self._next(service, charge, price.beyond.price, _block(price.beyond, unit, first - 1))
            sheet.number(row, 6, price.beyond.size, "count", "input")
            from_first = price.beyond.counted_from == "first_unit"
            blocks = formulas.Blocks(sheet.cell(row, 7), sheet.cell(row, 6), from_first)
        else:
            row = self._next(service, charge, ON_QUOTE, price.beyond.why, input_=False)
        self._begins(row, first, rows)
        sheet.text(row, 5, "et plus", "right")
        in_band = formulas.InBand(
            firsts=sheet.cells(rows[0], last, 4),
            prices=sheet.cells(rows[0], last, 7),
            last=sheet.cell(last, 5),
            last_price=sheet.cell(last, 7),
            beyond=blocks,
        )
        self._keep(key, service, charge, _Priced(in_band))

    def _begins(self, row: int, first: int, above: Sequence[int]) -> None:
        if above:
            self._sheet.formula(row, 4, f"={_cell(above[-1], 5)}+1", first, "count")
        else:
            self._sheet.number(row, 4, first, "count")

    def _categories(self, charges: Sequence[tuple[str, Service, Charge, ByCategory]]) -> None:
        sheet, categories, head = self._sheet, self._tariff.categories, self._row + 3
        sheet.text(head - 2, 0, "Catégories", "section")
        sheet.note(
            head - 1,
            "Les bornes sont un repère : la catégorie de la collectivité se change à la feuille Synthèse. "
            "Un prix ou « sur devis » peut remplacer un prix.",
        )
        columns = ["Catégorie", "Dans l'acte", "Habitants, de", "à", "Agents, de", "à"]
        sheet.head(head, columns, right=range(2, 6))
        for column, (_, service, charge, _) in enumerate(charges, 6):
            words = f"{service.label} : {charge.label} ({self._tariff.payees[charge.payee].short}), "
            sheet.text(head, column, words + RHYTHM_TITLE[charge.rhythm].lower(), "head", "right")
        first = head + 1
        for row, name in enumerate(categories.names, first):
            bounds = categories.up_to.get(name)
            sheet.text(row, 0, name, "bold")
            sheet.text(row, 1, bounds.text if bounds else categories.beyond.text, "text")
            for column, criterion in zip((2, 4), CRITERIA, strict=True):
                sheet.number(row, column, categories.floor(name, criterion), "count")
                if bounds:
                    sheet.number(row, column + 1, getattr(bounds, criterion), "count")
                else:
                    sheet.text(row, column + 1, "et plus", "right")
            for column, (_, _, _, price) in enumerate(charges, 6):
                amount = price.amounts[name]
                sheet.amount(row, column, ON_QUOTE if amount == "on_quote" else amount, "input")
        last = head + len(categories.names)
        sheet.define(LETTERS, sheet.cells(first, last, 0))
        for column, (key, service, charge, _) in enumerate(charges, 6):
            in_category = formulas.InCategory(sheet.cells(first, last, column), LETTERS, CATEGORY)
            self._keep(key, service, charge, _Priced(in_category))
        self._row = last + 1


def _label(service: Service, charge: Charge) -> str:
    """A charge's name where it stands for all the items it counts."""
    return charge.label.replace(" ({item})", "").replace("{item}", service.label)


def _block(blocks: Blocks, unit: str, last: int) -> str:
    if blocks.counted_from == "first_unit":
        return f"chaque tranche entamée, dès le premier {unit}, à la place des prix ci-dessus"
    return f"chaque tranche entamée au-delà de {number(last)}, en plus du prix de la dernière tranche"


# ── The lines ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the estimate with its formulas, or one that a greater quantity would give rise to."""

    position: Position
    """What is charged."""
    quantity: str
    """The formula of its quantity, without its equals sign."""
    price: formulas.Price
    """What it is priced by."""
    line: Line | None
    """The line; None while the quantity does not reach it."""

    @property
    def amount(self) -> Decimal | str:
        """Euros including tax each time it is paid, or the word in its place."""
        if self.line is None:
            return NOT_ASKED
        outcome = self.line.outcome
        return outcome.amount if outcome.kind == "priced" else _WORD[outcome.kind]


def _asked(handout: Handout) -> list[str]:
    """The items that are ordered and can be."""
    aside = {each.item for each in handout.estimate.set_aside}
    order = handout.estimate.order
    return [item for item in handout.tariff.items if order.quantity(item) and item not in aside]


def _cell_name(handout: Handout, item: str) -> str:
    """The defined name of an item's quantity: ``Qte_Comptes_de_messagerie_5_Go``."""
    words = handout.tariff.items[item].label.replace("œ", "oe")
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    same = [
        other for other in handout.tariff.items if handout.tariff.items[other].label == handout.tariff.items[item].label
    ]
    # Two items of the same label are told apart by the name of the order's field.
    return "_".join(["Qte", *re.findall(r"[A-Za-z0-9]+", letters), *([item] if len(same) > 1 else [])])


def _quantity(handout: Handout, item: str) -> str:
    """How many of an item count: none without the item it requires (R16)."""
    requires = handout.tariff.items[item].requires
    name = _cell_name(handout, item)
    return f"IF({_cell_name(handout, requires)}>0,{name},0)" if requires else name


def _lines(handout: Handout, prices: dict[tuple[str, int], _Priced]) -> list[_Row]:
    asked = set(_asked(handout))
    rows: list[_Row] = []
    for position, parts in groupby(handout.estimate.lines, key=lambda line: line.position):
        first, *rest = parts
        quantity = "+".join(_quantity(handout, item) for item in position.items if item in asked)
        if position.only_with:
            quantity = f"IF({_quantity(handout, position.only_with)}>0,{quantity},0)"
        priced = prices[position.charge, position.every]
        if priced.split_at:
            rows.append(_Row(position, f"MIN({quantity},{priced.split_at})", priced.price, first))
            excess = f"MAX({quantity}-{priced.split_at},0)"
            rows.append(_Row(position, excess, formulas.Word(ON_QUOTE), rest[0] if rest else None))
        else:
            rows.append(_Row(position, quantity, priced.price, first))
    return rows


# ── Totals ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_Scope = Payee | None
"""Whose a total is: one payee's, or all payees'."""
_SCOPES: tuple[_Scope, ...] = (None, *PAYEES)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a total stands."""

    amount: str
    """The cell of the amount."""
    left_out: str
    """The cell that says what it leaves out."""
    total: Total
    """The total as the estimate has it."""


def _amount(total: Total) -> Decimal | str:
    """A total, or the word in its place where none of its lines has an amount."""
    if total.known or not (total.partial or total.not_stated):
        return total.amount
    return ON_QUOTE if total.on_quote else MISSING if total.missing else NO_PRICE


def _left_out(total: Total) -> str:
    """What a total leaves out, with a plus where an amount comes before it."""
    words = " + ".join(total.left_out())
    return f"{'+ ' if total.known else ''}{words}" if words else NOTHING


_COUNTED = (
    ("chiffrés", (">=0", INCLUDED)),
    (ON_QUOTE, (ON_QUOTE,)),
    (MISSING, (MISSING,)),
    ("sans prix indiqué", (NOT_STATED,)),
)
"""What the lines of a total are counted by: a name, and what stands in the cell of their amount."""


def _counts(total: Total) -> tuple[int, int, int, int]:
    return total.known, len(total.on_quote), len(total.missing), len(total.not_stated)


def _scope_name(handout: Handout, scope: _Scope) -> str:
    return handout.tariff.payees[scope].short if scope else "Ensemble"


def _scope_look(scope: _Scope) -> str:
    return scope or "bold"


# ── The detail ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _detail(sheet: _Sheet, handout: Handout, rows: Sequence[_Row]) -> dict[tuple[str, _Scope], _Found]:
    sheet.heading(
        "Détail",
        "Une ligne pour chaque tarif de l'acte, dans son ordre. Les quantités se changent à la feuille Synthèse, "
        "les prix à la feuille Grille tarifaire.",
    )
    columns = ("Service", "Tarif", "Facturé par", "Rythme", "Tous les … ans", "Quantité", "Unité", "Montant TTC")
    sheet.head(
        _HEAD,
        [*columns, f"Calcul au {long_date(handout.day)}", "Place dans l'acte"],
        right=(4, 5, 7),
    )
    for row, line in enumerate(rows, _FIRST):
        _detail_line(sheet, row, line, handout)
    if not rows:
        sheet.text(_FIRST, 0, "Aucun service demandé.", "text")
    last = _last(rows)
    found = _totals(sheet, handout, rows, last + 2)
    sheet.freeze(_FIRST, 2)
    return found


def _last(rows: Sequence[_Row]) -> int:
    """The last row of a table of lines, which has one row even when there is none."""
    return _FIRST + max(len(rows), 1) - 1


def _detail_line(sheet: _Sheet, row: int, line: _Row, handout: Handout) -> None:
    position, quantity = line.position, _cell(row, 5)
    sheet.text(row, 0, position.service, "text")
    sheet.text(row, 1, position.label, "text")
    sheet.text(row, 2, handout.tariff.payees[position.payee].short, "text", position.payee)
    sheet.text(row, 3, RHYTHM_TITLE[position.rhythm], "text")
    sheet.number(row, 4, position.every, "every")
    sheet.formula(row, 5, f"={line.quantity}", line.line.quantity if line.line else 0, "count")
    sheet.text(row, 6, position.unit.one, "text")
    sheet.formula(row, 7, formulas.line(line.price, quantity), line.amount, "euros")
    sheet.text(row, 8, line.line.words() if line.line else NOTHING, "text", "muted")
    sheet.text(row, 9, f"{position.source.row} ({position.source.column})", "text", "muted")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that each scope has a total of."""

    title: str
    """What it is."""
    of: Callable[[_Scope], Total]
    """The total as the estimate has it."""
    amounts: str
    """The range it adds up."""
    criteria: formulas.Criteria = ()
    """Which lines it adds up, beside the payee's own."""
    a_year: bool = False
    """Whether it is what the horizon comes to a year."""


FIRST_YEAR, RECURRING, SIX_YEARS = "1re année", "Coût par an, certificats répartis", "Six ans"


def _figures(estimate: Estimate, last: int) -> list[_Figure]:
    once, over_years = _cells(_FIRST, last, 7), f"'Six ans'!$K${_FIRST + 1}:$K${last + 1}"
    recurring = ((_cells(_FIRST, last, 4), formulas.text(">0")),)
    by_rhythm = [
        _Figure(
            RHYTHM_TITLE[rhythm],
            lambda payee, rhythm=rhythm: estimate.first_year(payee=payee, rhythm=rhythm),
            once,
            ((_cells(_FIRST, last, 3), formulas.text(RHYTHM_TITLE[rhythm])),),
        )
        for rhythm in RHYTHMS
    ]
    return [
        _Figure(FIRST_YEAR, lambda payee: estimate.first_year(payee=payee), once),
        *by_rhythm,
        _Figure(RECURRING, lambda payee: estimate.recurring(payee=payee), over_years, recurring, a_year=True),
        _Figure(SIX_YEARS, lambda payee: estimate.six_years(payee=payee), over_years),
    ]


def _totals(sheet: _Sheet, handout: Handout, rows: Sequence[_Row], top: int) -> dict[tuple[str, _Scope], _Found]:
    last, found, row = _last(rows), {}, top + 2
    payees = _cells(_FIRST, last, 2)
    sheet.text(top, 0, "Totaux", "section")
    counted = [f"Postes {name}" for name, _ in _COUNTED]
    columns = ["Total", "", "Facturé par", *counted, "Montant TTC", "Non compris dans ce montant"]
    sheet.head(top + 1, columns, right=range(3, 8))
    for scope in _SCOPES:
        for figure in _figures(handout.estimate, last):
            criteria = [*([(payees, _cell(row, 2))] if scope else []), *figure.criteria]
            total = figure.of(scope)
            sheet.text(row, 0, figure.title, "bold")
            sheet.text(row, 2, _scope_name(handout, scope), _scope_look(scope))
            for column, ((_, words), count) in enumerate(zip(_COUNTED, _counts(total), strict=True), 3):
                formula = formulas.count_of(figure.amounts, words, criteria)
                sheet.formula(row, column, formula, count, "count", "muted")
            counts = formulas.Counts(*(_cell(row, column) for column in range(3, 7)))
            known = formulas.sum_of(figure.amounts, criteria)
            amount = counts.amount(formulas.each_year(known) if figure.a_year else known)
            sheet.formula(row, 7, amount, _amount(total), "euros", "bold")
            sheet.formula(row, 8, counts.left_out(), _left_out(total), "text", "bold")
            found[figure.title, scope] = _Found(sheet.cell(row, 7), sheet.cell(row, 8), total)
            row += 1
    sheet.print_to(row - 1)
    return found


# ── Six years ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _years(sheet: _Sheet, handout: Handout, rows: Sequence[_Row]) -> dict[tuple[str, _Scope], _Found]:
    sheet.heading(
        "Six ans",
        "Ce qui est payé chaque année d'un mandat : la mise en service une fois, les abonnements chaque année, "
        "un certificat quand sa durée commence.",
    )
    sheet.head(_HEAD, ["Service", "Tarif", "Facturé par", "Tous les … ans"], right=[3])
    for year in range(1, HORIZON + 1):
        sheet.number(_HEAD, 3 + year, year, "head", "year")
    sheet.text(_HEAD, 4 + HORIZON, SIX_YEARS, "head", "right")
    for row, line in enumerate(rows, _FIRST):
        _line_over_years(sheet, row, line, handout)
    if not rows:
        sheet.text(_FIRST, 0, "Aucun service demandé.", "text")
    found = _year_totals(sheet, handout, _last(rows))
    sheet.freeze(_FIRST, 2)
    return found


def _line_over_years(sheet: _Sheet, row: int, line: _Row, handout: Handout) -> None:
    position, amount = line.position, f"'Détail'!$H${row + 1}"
    sheet.text(row, 0, position.service, "text")
    sheet.text(row, 1, position.label, "text")
    sheet.text(row, 2, handout.tariff.payees[position.payee].short, "text", position.payee)
    sheet.formula(row, 3, f"='Détail'!$E${row + 1}", position.every, "every")
    for year in range(1, HORIZON + 1):
        is_due = year == 1 if not position.every else (year - 1) % position.every == 0
        formula = formulas.due(_cell(row, 3), _cell(_HEAD, 3 + year), amount)
        sheet.formula(row, 3 + year, formula, line.amount if is_due else NOTHING, "euros")
    years = f"{_cell(row, 4)}:{_cell(row, 3 + HORIZON)}"
    over_years = line.amount
    if line.line and line.line.outcome.kind == "priced":
        over_years = line.line.outcome.amount * line.line.times()
    sheet.formula(row, 4 + HORIZON, formulas.over_years(amount, years), over_years, "euros", "bold")


def _year_totals(sheet: _Sheet, handout: Handout, last: int) -> dict[tuple[str, _Scope], _Found]:
    """Under each column its totals, and under them the counts they say what is left out by."""
    top, found = last + 2, {}
    payees = _cells(_FIRST, last, 2)
    counts_top = top + 2 * len(_SCOPES) + 2
    sheet.text(counts_top - 1, 0, "Comptage des postes", "section")
    for rank, scope in enumerate(_SCOPES):
        row, counted_from = top + 2 * rank, counts_top + len(_COUNTED) * rank
        sheet.text(row, 0, "Total TTC", "total")
        sheet.text(row, 1, "", "total")
        sheet.text(row, 2, _scope_name(handout, scope), "total", _scope_look(scope))
        sheet.text(row, 3, "", "total")
        sheet.text(row + 1, 0, "Non compris dans ce montant", "muted")
        for offset, (name, _) in enumerate(_COUNTED):
            sheet.text(counted_from + offset, 0, f"Postes {name}", "muted")
            sheet.text(counted_from + offset, 2, _scope_name(handout, scope), "muted")
        criteria = [(payees, _cell(row, 2))] if scope else []
        by_year = schedule(handout.estimate, payee=scope).years if scope else handout.schedule.years
        totals = [*(year.total for year in by_year), handout.estimate.six_years(payee=scope)]
        for column, total in enumerate(totals, 4):
            amounts = _cells(_FIRST, last, column)
            for offset, ((_, words), count) in enumerate(zip(_COUNTED, _counts(total), strict=True)):
                formula = formulas.count_of(amounts, words, criteria)
                sheet.formula(counted_from + offset, column, formula, count, "count", "muted")
            counts = formulas.Counts(*(_cell(counted_from + each, column) for each in range(len(_COUNTED))))
            known = formulas.sum_of(amounts, criteria)
            sheet.formula(row, column, counts.amount(known), _amount(total), "euros", "total")
            sheet.formula(row + 1, column, counts.left_out(), _left_out(total), "text", "right", "muted")
            if column < 4 + HORIZON:
                found[_year_name(column - 3), scope] = _Found(
                    sheet.cell(row, column), sheet.cell(row + 1, column), total
                )
    sheet.print_to(counts_top + len(_COUNTED) * len(_SCOPES) - 1)
    return found


def _year_name(year: int) -> str:
    return f"Année {year}"


# ── The summary ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _summary(sheet: _Sheet, handout: Handout, found: dict[tuple[str, _Scope], _Found]) -> None:
    day = long_date(handout.day)
    sheet.heading(
        subject(_one_line(handout.name)),
        f"{INDICATIVE} Tarifs TTC adoptés le {long_date(handout.tariff.adopted)}.",
        MAY_CHANGE,
    )
    sheet.head(_HEAD, ["Montants TTC"])
    for rank, scope in enumerate(_SCOPES):
        name = f"Devis {handout.tariff.payees[scope].short}" if scope else "Ensemble"
        sheet.text(_HEAD, 1 + 2 * rank, name, "head", "right", _scope_look(scope))
        sheet.text(_HEAD, 2 + 2 * rank, "Non compris", "head")
    answers = [FIRST_YEAR, RECURRING, SIX_YEARS]
    years = [_year_name(year) for year in range(2, HORIZON + 1)]
    for row, title in enumerate([*answers, *(RHYTHM_TITLE[rhythm] for rhythm in RHYTHMS), *years], _FIRST):
        _summary_row(sheet, row, title, found, "bold" if title in answers else "text")
    row = _inputs(sheet, handout, _FIRST + len(answers) + len(RHYTHMS) + len(years) + 1)
    for title, sentences in (
        (f"Sur devis ou à compléter, au {day}", left_out(handout.estimate)),
        ("Demandé, mais pas compté", not_counted(handout.estimate)),
    ):
        row = _sentences(sheet, row, title, sentences)
    sheet.freeze(_FIRST + len(answers))
    sheet.print_to(row - 1)


def _summary_row(sheet: _Sheet, row: int, title: str, found: dict[tuple[str, _Scope], _Found], look: str) -> None:
    sheet.text(row, 0, title, look)
    for rank, scope in enumerate(_SCOPES):
        total = found[title, scope]
        sheet.formula(row, 1 + 2 * rank, f"={total.amount}", _amount(total.total), "euros", look)
        sheet.formula(row, 2 + 2 * rank, f"={total.left_out}", _left_out(total.total), "text", look)


def _sentences(sheet: _Sheet, row: int, title: str, sentences: Sequence[str]) -> int:
    """Write a section of sentences, if there is any, and tell the row after it."""
    if not sentences:
        return row
    sheet.text(row, 0, title, "section")
    for each in sentences:
        row += 1
        sheet.note(row, each)
    return row + 2


def _inputs(sheet: _Sheet, handout: Handout, top: int) -> int:
    """Write the cells that may be changed, and tell the row after them."""
    items, order, row = handout.tariff.items, handout.estimate.order, top + 1
    sheet.text(top, 0, "Ce qui est demandé", "section")
    if any(line.position.price.kind == "by_category" for line in handout.estimate.lines):
        _category(sheet, handout, row)
        row += 2
    for item in _asked(handout):
        choice = item in CHOICES
        sheet.text(row, 0, items[item].label, "text")
        sheet.number(row, 1, order.quantity(item), "count", "input")
        sheet.text(row, 2, "1 : oui, 0 : non" if choice else items[item].unit, "text", "muted")
        sheet.whole(row, 1, 1 if choice else MAX_QUANTITY, "1 pour oui, 0 pour non." if choice else "Un nombre entier.")
        sheet.define(_cell_name(handout, item), sheet.cell(row, 1))
        row += 1
    return row + 1


def _category(sheet: _Sheet, handout: Handout, row: int) -> None:
    placement = handout.estimate.placement
    value = placement.category if isinstance(placement, Placed) else _WORD[placement.outcome.kind]
    sheet.text(row, 0, "Catégorie", "text")
    sheet.text(row, 1, value, "right", "input")
    sheet.note(row + 1, f"Au {long_date(handout.day)} : {category_words(handout.estimate)}")
    allowed = [*handout.tariff.categories.names, ON_QUOTE, MISSING]
    sheet.one_of(row, 1, allowed, "La lettre de la catégorie ; ses bornes sont à la feuille Grille tarifaire.")
    sheet.define(CATEGORY, sheet.cell(row, 1))


# ── What else could be, and what is open ────────────────────────────────────────────────────────────────────────────


def _static(handout: Handout) -> str:
    return f"Valeurs au {long_date(handout.day)} : elles ne suivent pas ce qui est changé dans les cases jaunes."


def _answers_head(sheet: _Sheet, first: str, last: str) -> None:
    figures = [title for figure in (FIRST_YEAR, RECURRING, SIX_YEARS) for title in (figure, "Non compris")]
    sheet.head(_HEAD, [first, *figures, last], right=(1, 3, 5))


def _answers(sheet: _Sheet, row: int, answers: Answers) -> None:
    for rank, total in enumerate((answers.first_year, answers.recurring, answers.six_years)):
        sheet.amount(row, 1 + 2 * rank, _amount(total))
        sheet.text(row, 2 + 2 * rank, _left_out(total), "text")


def _choices(sheet: _Sheet, handout: Handout) -> None:
    sheet.heading(
        "Choix",
        "La même commande avec un seul choix changé, la plus grande économie sur six ans d'abord.",
        _static(handout),
    )
    _answers_head(sheet, "Choix", "Écart sur six ans")
    sheet.text(_FIRST, 0, "Cette estimation", "text", "bold")
    _answers(sheet, _FIRST, handout.estimate.answers)
    sheet.text(_FIRST, 7, NOTHING, "text", "right")
    for row, option in enumerate(handout.options, _FIRST + 1):
        sheet.text(row, 0, option.label, "text")
        _answers(sheet, row, option.comparison.estimate.answers)
        sheet.text(row, 7, option.comparison.six_years.words(), "text", "right")
    sheet.freeze(_FIRST, 1)
    sheet.print_to(_FIRST + len(handout.options))


def _scenarios(sheet: _Sheet, handout: Handout) -> None:
    sheet.heading("Scénarios", "Les simulations gardées, et l'écart de chacune avec la première.", _static(handout))
    _answers_head(sheet, "Scénario", "Écart sur six ans avec le premier")
    first = handout.scenarios[0][1]
    for row, (name, estimate) in enumerate(handout.scenarios, _FIRST):
        sheet.text(row, 0, _one_line(name), "text", "typed")
        _answers(sheet, row, estimate.answers)
        differs = NOTHING if row == _FIRST else compare(estimate, first).six_years.words()
        sheet.text(row, 7, differs, "text", "right")
    sheet.freeze(_FIRST, 1)
    sheet.print_to(_FIRST + len(handout.scenarios) - 1)


def _points(sheet: _Sheet, handout: Handout) -> None:
    points = handout.points
    sheet.heading(
        "Points à confirmer", spread_words(handout.estimate, points) if points else "Aucun.", _static(handout)
    )
    sheet.head(_HEAD, ["N°", "Question", "Lecture retenue", "Pourquoi", "Autre lecture, et ce qu'elle changerait"])
    for row, point in enumerate(points, _FIRST):
        reading = point.reading
        effects = [f"{each.label} {effect_words(effect, handout.tariff)}" for each, effect in point.effects]
        cells = (point.number, reading.question, reading.in_force, reading.because, "\n".join(effects) or NOTHING)
        for column, words in enumerate(cells):
            sheet.text(row, column, words, "text")
    sheet.freeze(_FIRST, 1)
    sheet.print_to(_FIRST + max(len(points), 1) - 1)


def _notes(sheet: _Sheet, handout: Handout) -> None:
    tariff = handout.tariff
    sheet.text(0, 0, "Hypothèses", "title")
    row = 1
    for title, sentences in (
        ("Ce que vaut cette estimation", [INDICATIVE, f"Estimation du {long_date(handout.day)}."]),
        ("L'acte", [f"« {tariff.title} », {tariff.body}, acte adopté le {long_date(tariff.adopted)}."]),
        ("Ce qui est supposé", assumptions(tariff)),
        ("La collectivité", list(filter(None, [_one_line(handout.name), category_words(handout.estimate)]))),
        ("Ce classeur", [MAY_CHANGE, "Le calcul en mots, les choix et les scénarios gardent leurs valeurs du jour."]),
        ("Retrouver et modifier cette simulation", [_one_line(handout.link)]),
    ):
        if not sentences:
            continue
        sheet.text(row, 0, title, "section")
        for below, each in enumerate(sentences, 1):
            sheet.text(row + below, 0, each, "text", "typed")
        row += len(sentences) + 2
    sheet.freeze(1, head=0)
    sheet.print_to(row - 2)


def _one_line(words: str) -> str:
    """What a user typed, on one line and without the signs that a file of this kind can't hold."""
    held = (" " if unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff" else sign for sign in words)
    return " ".join("".join(held).split())
