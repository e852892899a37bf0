"""The workbook: an estimate with live formulas, so that changing a quantity or a price recomputes every figure.

The estimate prices; the formulas only follow a change made in the workbook. Each is written with the value the estimate
gives it, for viewers that do not compute.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import groupby

from pricing.category import Placed
from pricing.estimate import HORIZON, Answers, Estimate, Line, Total
from pricing.money import number
from pricing.options import compare
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.schedule import schedule
from pricing.tariff import PAYEES, RHYTHMS, Payee, Position
from views.reports import workbook_formulas as formulas
from views.reports.handout import Handout, long_date
from views.reports.summary import Summary
from views.reports.wording import (
    INDICATIVE,
    NO_AMOUNT,
    RECURRING_TITLE,
    RHYTHM_TITLE,
    THIS_ESTIMATE,
    assumptions,
    effect_words,
)
from views.reports.workbook_formulas import FIX, MISSING, NO_PRICE, NOT_ASKED, NOT_STATED, NOTHING, ON_QUOTE
from views.reports.workbook_grid import (
    CATEGORY,
    CATEGORY_WIDTHS,
    GRID_WIDTHS,
    LETTERS,
    MAY_CHANGE,
    PRICE_WIDTH,
    Grid,
    Priced,
    by_category,
    categories,
)
from views.reports.workbook_sheets import AMOUNT_WIDTH, FIRST, HEAD, Book, Sheet, one_line, reference, references


def workbook(handout: Handout) -> bytes:
    """Write an estimate as an Excel workbook (.xlsx) with live formulas, amounts in euros including tax.

    The same handout gives the same bytes.
    """
    file = BytesIO()
    book = Book(file, handout)
    # The sheets stand in the order they are made in, and are filled in the order they refer to one another.
    summary = book.sheet("Synthèse", [46, *[23.0, 24.0] * 3])
    detail = book.sheet("Détail", [24, 30, 15, 18, 11, 11, 15, AMOUNT_WIDTH, 40, 40])
    years = book.sheet("Six ans", [24, 32, 15, 11, *[AMOUNT_WIDTH] * (HORIZON + 1)])
    totals = book.sheet("Totaux", [46, 16, *[15] * len(_COUNTED), AMOUNT_WIDTH, 46])
    choices = book.sheet("Choix", [44, *[AMOUNT_WIDTH, 24] * 3, 34])
    scenarios = book.sheet("Scénarios", [44, *[AMOUNT_WIDTH, 24] * 3, 34]) if handout.scenarios else None
    prices = book.sheet("Grille tarifaire", GRID_WIDTHS, workings=[PRICE_WIDTH])
    each_price = [PRICE_WIDTH] * len(by_category(handout.tariff))
    category = book.sheet("Catégories", [*CATEGORY_WIDTHS, *each_price], workings=each_price)
    points = book.sheet("Points à confirmer", [7, 40, 34, 44, 60])
    notes = book.sheet("Hypothèses", [76], portrait=True)

    grid = Grid(prices, handout)
    categories(category, handout, grid)
    lines = _lines(handout, grid.prices)
    _detail(detail, handout, lines)
    found = _years(years, handout, lines, detail) | _totals(totals, handout, lines, detail, years)
    _detail_totals(detail, handout, lines, found)
    _summary(summary, handout, found)
    _choices(choices, handout)
    if scenarios:
        _scenarios(scenarios, handout)
    _points(points, handout)
    _notes(notes, handout)
    book.file.close()
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the estimate with its formulas, or one that another quantity would give rise to."""

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
        return outcome.amount if outcome.kind == "priced" else NO_AMOUNT[outcome.kind]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Every line there can be, each in its row: those of the estimate, then the others."""

    asked: list[_Row]
    """The lines of what is asked for, in the order of the act."""
    others: list[_Row]
    """All other lines of the act, in its order."""

    def placed(self) -> Iterable[tuple[int, _Row]]:
        """Each line with its row: a table of nothing that is asked for begins with the words that say so."""
        return enumerate([*self.asked, *self.others], FIRST if self.asked else FIRST + 1)

    @property
    def last(self) -> int:
        """The last row of a line."""
        return FIRST + max(len(self.asked), 1) + len(self.others) - 1

    @property
    def below(self) -> int:
        """The row of what stands under the table."""
        return self.last + 3


def _cell_name(handout: Handout, item: str) -> str:
    """The defined name of an item's quantity: ``Qte_Comptes_de_messagerie_5_Go``."""
    names = {other: _bare(described.label) for other, described in handout.tariff.items.items()}
    # Excel takes capitals for small letters: two items of one name are told apart by that of the order's field.
    same = [other for other, name in names.items() if name.casefold() == names[item].casefold()]
    return f"{names[item]}_{item}" if len(same) > 1 else names[item]


def _bare(label: str) -> str:
    """What a label leaves of itself in a name, which holds letters, digits and lines below."""
    letters = unicodedata.normalize("NFKD", label.replace("œ", "oe")).encode("ascii", "ignore").decode()
    return "_".join(["Qte", *re.findall(r"[A-Za-z0-9]+", letters)])


def _lines(handout: Handout, prices: dict[tuple[str, int], Priced]) -> _Lines:
    asked = {
        position: list(parts) for position, parts in groupby(handout.estimate.lines, key=lambda line: line.position)
    }
    lines = _Lines([], [])
    for position in handout.tariff.positions:
        parts = asked.get(position, [])
        (lines.asked if parts else lines.others).extend(_rows(handout, position, parts, prices))
    return lines


def _rows(
    handout: Handout, position: Position, parts: Sequence[Line], prices: dict[tuple[str, int], Priced]
) -> Iterable[_Row]:
    """The lines that a position can have, with those that it has."""
    first, rest = (*parts, None, None)[:2]
    names = [_cell_name(handout, item) for item in position.items]
    quantity = formulas.all_of(names, _cell_name(handout, position.only_with) if position.only_with else "")
    priced = prices[position.charge, position.every]
    if not priced.split_from:
        yield _Row(position, quantity, priced.price, first)
        return
    yield _Row(position, formulas.within(quantity, priced.split_from), priced.price, first)
    yield _Row(position, formulas.excess(quantity, priced.split_from), formulas.Word(ON_QUOTE), rest)


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
    ("chiffrés", ">=0"),
    (ON_QUOTE, ON_QUOTE),
    (MISSING, MISSING),
    (FIX, FIX),
    ("sans prix indiqué", NOT_STATED),
)
"""What the lines of a total are counted by: a name, and what stands in the cell of their amount."""


def _counts(total: Total) -> tuple[int, int, int, int, int]:
    # In an estimate nothing is to be put right: that comes from changes made in the workbook.
    return total.known, len(total.on_quote), len(total.missing), 0, len(total.not_stated)


def _scope_name(handout: Handout, scope: _Scope) -> str:
    return handout.tariff.payees[scope].short if scope else "Ensemble"


def _scope_look(scope: _Scope) -> str:
    return scope or "bold"


# ── The detail ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _detail(sheet: Sheet, handout: Handout, lines: _Lines) -> None:
    sheet.heading(
        "Détail",
        "Une ligne pour chaque tarif de l'acte, ceux qui sont demandés d'abord. Les quantités se changent à la feuille "
        "Synthèse, les prix aux feuilles Grille tarifaire et Catégories.",
        f"Le calcul en mots est celui du {long_date(handout.day)}\u00a0: il ne suit pas ce qui est changé.",
    )
    columns = ("Service", "Tarif", "Facturé par", "Rythme", "Tous les … ans", "Quantité", "Unité", "Montant TTC")
    sheet.head(
        HEAD,
        [*columns, f"Calcul au {long_date(handout.day)}", "Place dans l'acte"],
        right=(4, 5, 7),
    )
    for row, line in lines.placed():
        _detail_line(sheet, row, line, handout)
    _around(sheet, lines, sheet)
    sheet.look_where(f"A{FIRST + 1}:J{lines.last + 1}", f"=$F{FIRST + 1}=0", "aside")
    sheet.show_what_to_fix()
    sheet.freeze(FIRST, 2)


def _around(sheet: Sheet, lines: _Lines, detail: Sheet) -> None:
    """Say where nothing is asked for, and fold away what is not, under a row that tells when some of it is by now."""
    if not lines.asked:
        sheet.text(FIRST, 0, "Aucun service demandé.", "text")
    if not lines.others:
        return
    first = lines.last - len(lines.others) + 1
    formula = formulas.others(detail.cells(first, lines.last, 5), len(lines.others))
    sheet.note_of(lines.last + 1, formula, formulas.OTHERS + formulas.NONE_ASKED)
    sheet.fold(first, lines.last)


def _detail_line(sheet: Sheet, row: int, line: _Row, handout: Handout) -> None:
    position, quantity = line.position, reference(row, 5)
    sheet.text(row, 0, position.service, "text")
    sheet.text(row, 1, position.label, "text")
    sheet.text(row, 2, handout.tariff.payees[position.payee].short, "text", position.payee)
    sheet.text(row, 3, RHYTHM_TITLE[position.rhythm], "text")
    sheet.number(row, 4, position.every, "every")
    sheet.formula(row, 5, f"={line.quantity}", line.line.quantity if line.line else 0, "count")
    sheet.text(row, 6, position.unit.one, "text", "beside")
    sheet.formula(row, 7, formulas.line(line.price, quantity), line.amount, "euros")
    sheet.text(row, 8, line.line.words() if line.line else NOTHING, "text", "muted")
    sheet.text(row, 9, f"{position.source.row} ({position.source.column})", "text", "muted")


def _detail_totals(sheet: Sheet, handout: Handout, lines: _Lines, found: dict[tuple[str, _Scope], _Found]) -> None:
    """Under the lines, what they come to in year 1."""
    for row, scope in enumerate(_SCOPES, lines.below):
        total = found[FIRST_YEAR, scope]
        sheet.text(row, 0, f"Total TTC, {FIRST_YEAR}", "total")
        for column in (1, 3, 4, 5, 6, 9):
            sheet.text(row, column, "", "total")
        sheet.text(row, 2, _scope_name(handout, scope), "total", _scope_look(scope))
        sheet.formula(row, 7, f"={total.amount}", _amount(total.total), "euros", "total")
        sheet.formula(row, 8, f"={total.left_out}", _left_out(total.total), "text", "total")
    sheet.print_to(lines.below + len(_SCOPES) - 1)


# ── The totals ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that each scope has a total of."""

    title: str
    """What it is."""
    of: Callable[[_Scope], Total]
    """The total as the estimate has it."""
    amounts: str
    """The range it adds up, in any sheet."""
    criteria: formulas.Criteria = ()
    """Which lines it adds up, beside the payee's own."""
    a_year: bool = False
    """Whether it is what the horizon comes to a year."""


FIRST_YEAR, RECURRING, SIX_YEARS = "1re année", RECURRING_TITLE, "Six ans"
RHYTHM_TOTAL = RHYTHM_TITLE | {"yearly": "Abonnements et accompagnement, chaque année"}
"""What a rhythm's total of year 1 is called: certificates are paid in some of the later years too."""


def _figures(estimate: Estimate, lines: _Lines, detail: Sheet, years: Sheet) -> list[_Figure]:
    once, over_years = detail.cells(FIRST, lines.last, 7), years.cells(FIRST, lines.last, 4 + HORIZON)
    recurring = ((detail.cells(FIRST, lines.last, 4), formulas.text(">0")),)
    by_rhythm = [
        _Figure(
            RHYTHM_TOTAL[rhythm],
            lambda payee, rhythm=rhythm: estimate.first_year(payee=payee, rhythm=rhythm),
            once,
            ((detail.cells(FIRST, lines.last, 3), formulas.text(RHYTHM_TITLE[rhythm])),),
        )
        for rhythm in RHYTHMS
    ]
    return [
        _Figure(FIRST_YEAR, lambda payee: estimate.first_year(payee=payee), once),
        *by_rhythm,
        _Figure(RECURRING, lambda payee: estimate.recurring(payee=payee), over_years, recurring, a_year=True),
        _Figure(SIX_YEARS, lambda payee: estimate.six_years(payee=payee), over_years),
    ]


def _totals(
    sheet: Sheet, handout: Handout, lines: _Lines, detail: Sheet, years: Sheet
) -> dict[tuple[str, _Scope], _Found]:
    found, row = {}, FIRST
    payees = detail.cells(FIRST, lines.last, 2)
    sheet.heading(
        "Totaux", "Combien de montants compte chaque total de la feuille Synthèse, et ce qu'il laisse de côté."
    )
    counted = [f"Montants {name}" for name, _ in _COUNTED]
    amount_column = 2 + len(counted)
    sheet.head(
        HEAD,
        ["Total", "Facturé par", *counted, "Montant TTC", "Non compris dans ce montant"],
        right=range(2, amount_column + 1),
    )
    for scope in _SCOPES:
        for figure in _figures(handout.estimate, lines, detail, years):
            criteria = [*([(payees, reference(row, 1))] if scope else []), *figure.criteria]
            total = figure.of(scope)
            sheet.text(row, 0, figure.title, "bold")
            sheet.text(row, 1, _scope_name(handout, scope), _scope_look(scope))
            for column, ((_, word), count) in enumerate(zip(_COUNTED, _counts(total), strict=True), 2):
                formula = formulas.count_of(figure.amounts, word, criteria)
                sheet.formula(row, column, formula, count, "count", "muted")
            counts = formulas.Counts(*(reference(row, column) for column in range(2, amount_column)))
            known = formulas.sum_of(figure.amounts, criteria)
            amount = counts.amount(formulas.each_year(known) if figure.a_year else known)
            sheet.formula(row, amount_column, amount, _amount(total), "euros", "bold")
            sheet.formula(row, amount_column + 1, counts.left_out(), _left_out(total), "text", "bold")
            found[figure.title, scope] = _Found(
                sheet.cell(row, amount_column), sheet.cell(row, amount_column + 1), total
            )
            row += 1
    sheet.show_what_to_fix()
    sheet.freeze(FIRST, 2)
    sheet.print_to(row - 1)
    return found


# ── Six years ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _years(sheet: Sheet, handout: Handout, lines: _Lines, detail: Sheet) -> dict[tuple[str, _Scope], _Found]:
    sheet.heading(
        "Six ans",
        "Ce qui est payé chaque année d'un mandat\u00a0: la mise en service une fois, les abonnements chaque année, "
        "un certificat quand sa durée commence.",
    )
    sheet.head(HEAD, ["Service", "Tarif", "Facturé par", "Tous les … ans"], right=[3])
    for year in range(1, HORIZON + 1):
        sheet.number(HEAD, 3 + year, year, "head", "year")
    sheet.text(HEAD, 4 + HORIZON, SIX_YEARS, "head", "right")
    for row, line in lines.placed():
        _line_over_years(sheet, row, line, handout, detail)
    _around(sheet, lines, detail)
    found = _year_totals(sheet, handout, lines)
    sheet.look_where(f"A{FIRST + 1}:K{lines.last + 1}", f'=$K{FIRST + 1}="{NOT_ASKED}"', "aside")
    sheet.show_what_to_fix()
    sheet.freeze(FIRST, 2)
    return found


def _line_over_years(sheet: Sheet, row: int, line: _Row, handout: Handout, detail: Sheet) -> None:
    position, amount = line.position, detail.cell(row, 7)
    sheet.text(row, 0, position.service, "text")
    sheet.text(row, 1, position.label, "text")
    sheet.text(row, 2, handout.tariff.payees[position.payee].short, "text", position.payee)
    sheet.formula(row, 3, f"={detail.cell(row, 4)}", position.every, "every")
    for year in range(1, HORIZON + 1):
        formula = formulas.due(reference(row, 3), reference(HEAD, 3 + year), amount)
        sheet.formula(row, 3 + year, formula, line.amount if position.due(year) else NOTHING, "euros")
    years = f"{reference(row, 4)}:{reference(row, 3 + HORIZON)}"
    over_years = line.amount
    if line.line and line.line.outcome.kind == "priced":
        over_years = line.line.outcome.amount * line.line.times()
    sheet.formula(row, 4 + HORIZON, formulas.over_years(amount, years), over_years, "euros", "bold")


def _year_totals(sheet: Sheet, handout: Handout, lines: _Lines) -> dict[tuple[str, _Scope], _Found]:
    """Under each column its totals, and under them, on screen only, the counts they say what is left out by."""
    top, last, found = lines.below, lines.last, {}
    payees = references(FIRST, last, 2)
    counts_top = top + 2 * len(_SCOPES) + 2
    sheet.text(counts_top - 1, 0, "Comptage des montants", "section")
    for rank, scope in enumerate(_SCOPES):
        row, counted_from = top + 2 * rank, counts_top + len(_COUNTED) * rank
        sheet.text(row, 0, "Total TTC", "total")
        sheet.text(row, 1, "", "total")
        sheet.text(row, 2, _scope_name(handout, scope), "total", _scope_look(scope))
        sheet.text(row, 3, "", "total")
        sheet.text(row + 1, 0, "Non compris dans ce montant", "muted")
        for offset, (name, _) in enumerate(_COUNTED):
            sheet.text(counted_from + offset, 0, f"Montants {name}", "muted")
            sheet.text(counted_from + offset, 2, _scope_name(handout, scope), "muted")
        criteria = [(payees, reference(row, 2))] if scope else []
        by_year = schedule(handout.estimate, payee=scope).years
        totals = [*(year.total for year in by_year), handout.estimate.six_years(payee=scope)]
        for column, total in enumerate(totals, 4):
            amounts = references(FIRST, last, column)
            for offset, ((_, word), count) in enumerate(zip(_COUNTED, _counts(total), strict=True)):
                formula = formulas.count_of(amounts, word, criteria)
                sheet.formula(counted_from + offset, column, formula, count, "count", "muted")
            counts = formulas.Counts(*(reference(counted_from + each, column) for each in range(len(_COUNTED))))
            known = formulas.sum_of(amounts, criteria)
            sheet.formula(row, column, counts.amount(known), _amount(total), "euros", "total")
            sheet.formula(row + 1, column, counts.left_out(), _left_out(total), "text", "right", "muted")
            if column < 4 + HORIZON:
                found[_year_name(column - 3), scope] = _Found(
                    sheet.cell(row, column), sheet.cell(row + 1, column), total
                )
    sheet.print_to(counts_top - 3)
    return found


def _year_name(year: int) -> str:
    return f"Année {year}"


# ── The summary ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _summary(sheet: Sheet, handout: Handout, found: dict[tuple[str, _Scope], _Found]) -> None:
    day = long_date(handout.day)
    sheet.heading(
        one_line(Summary(handout).title),
        f"{INDICATIVE} Tarifs TTC adoptés le {long_date(handout.tariff.adopted)}.",
        MAY_CHANGE,
    )
    sheet.head(HEAD, ["Montants TTC"])
    for rank, scope in enumerate(_SCOPES):
        name = f"Devis {handout.tariff.payees[scope].short}" if scope else "Ensemble"
        sheet.text(HEAD, 1 + 2 * rank, name, _scope_look(scope), "head", "right")
        sheet.text(HEAD, 2 + 2 * rank, "Non compris", "head")
    answers = [FIRST_YEAR, RECURRING, SIX_YEARS]
    years = [_year_name(year) for year in range(2, HORIZON + 1)]
    for row, title in enumerate([*answers, *(RHYTHM_TOTAL[rhythm] for rhythm in RHYTHMS), *years], FIRST):
        _summary_row(sheet, row, title, found, *(["bold"] if title in answers else []))
    row = _inputs(sheet, handout, FIRST + len(answers) + len(RHYTHMS) + len(years) + 1)
    for title, sentences in (
        (f"Sur devis ou à compléter, au {day}", Summary(handout).left_out),
        (f"Demandé, mais pas compté, au {day}", Summary(handout).not_counted),
    ):
        row = _sentences(sheet, row, title, sentences)
    sheet.show_what_to_fix()
    sheet.freeze(FIRST + len(answers))
    sheet.print_to(row - 2)


def _summary_row(sheet: Sheet, row: int, title: str, found: dict[tuple[str, _Scope], _Found], *looks: str) -> None:
    sheet.text(row, 0, title, "text", *looks)
    for rank, scope in enumerate(_SCOPES):
        total = found[title, scope]
        sheet.formula(row, 1 + 2 * rank, f"={total.amount}", _amount(total.total), "euros", *looks)
        sheet.formula(row, 2 + 2 * rank, f"={total.left_out}", _left_out(total.total), "text", *looks)


def _sentences(sheet: Sheet, row: int, title: str, sentences: Sequence[str]) -> int:
    """Write a section of sentences, if there is any, and tell the row after it."""
    if not sentences:
        return row
    sheet.text(row, 0, title, "section")
    for each in sentences:
        row += 1
        sheet.note(row, each)
    return row + 2


def _inputs(sheet: Sheet, handout: Handout, top: int) -> int:
    """Write the cells that may be changed, each with what counts of it, and tell the row after them."""
    items, order, row = handout.tariff.items, handout.estimate.order, top + 1
    sheet.head(top, ["Ce qui est demandé", "Quantité", "Unité", "Quantité comptée", "", "", ""], right=(1, 3))
    for item in items:
        most, requires = (1 if item in CHOICES else MAX_QUANTITY), items[item].requires
        sheet.text(row, 0, items[item].label, "text")
        sheet.number(row, 1, order.quantity(item), "count", "input")
        sheet.text(row, 2, "1\u00a0: oui, 0\u00a0: non" if most == 1 else items[item].unit, "text", "muted", "beside")
        help_ = "1 pour oui, 0 pour non." if most == 1 else "Un nombre entier."
        sheet.whole(row, 1, 0, most, help_, f"Il faut un nombre entier entre 0 et {number(most)}.")
        with_ = _cell_name(handout, requires) if requires else ""
        counted = 0 if requires and not order.quantity(requires) else order.quantity(item)
        sheet.formula(row, 3, formulas.counted_quantity(reference(row, 1), most, with_), counted, "count", "aside")
        if requires:
            sheet.text(row, 4, f"seulement avec\u00a0: {items[requires].label}", "muted")
        sheet.define(_cell_name(handout, item), sheet.cell(row, 3))
        row += 1
    first, below = top + 2, row
    sheet.look_where(f"B{first}:B{below + 1}", f'=$D{first}="{FIX}"', "fix")
    sheet.look_where(f"A{first}:D{below}", f"=$B{first}=0", "aside")
    return _category(sheet, handout, row)


def _category(sheet: Sheet, handout: Handout, row: int) -> int:
    placement = handout.estimate.placement
    value = placement.category if isinstance(placement, Placed) else NO_AMOUNT[placement.outcome.kind]
    sheet.text(row, 0, "Catégorie", "text")
    sheet.text(row, 1, value, "right", "input")
    allowed = [*handout.tariff.categories.names, ON_QUOTE, MISSING]
    sheet.one_of(row, 1, allowed, "La lettre de la catégorie\u00a0; ses bornes sont à la feuille Catégories.")
    sheet.formula(row, 3, formulas.counted_category(reference(row, 1), LETTERS), value, "right", "aside")
    sheet.define(CATEGORY, sheet.cell(row, 3))
    if words := Summary(handout).category:
        sheet.note(row + 1, f"{words.removesuffix('.')} (au {long_date(handout.day)}).")
        row += 1
    return row + 2


# ── What else could be, and what is open ────────────────────────────────────────────────────────────────────────────


def _static(handout: Handout) -> str:
    return f"Valeurs au {long_date(handout.day)}\u00a0: elles ne suivent pas ce qui est changé dans les cases jaunes."


def _answers_head(sheet: Sheet, first: str, last: str) -> None:
    figures = [title for figure in (FIRST_YEAR, RECURRING, SIX_YEARS) for title in (figure, "Non compris")]
    sheet.head(HEAD, [first, *figures, last], right=(1, 3, 5, 7))


def _answers(sheet: Sheet, row: int, answers: Answers) -> None:
    for rank, total in enumerate((answers.first_year, answers.recurring, answers.six_years)):
        sheet.amount(row, 1 + 2 * rank, _amount(total))
        sheet.text(row, 2 + 2 * rank, _left_out(total), "text")


def _choices(sheet: Sheet, handout: Handout) -> None:
    sheet.heading(
        "Choix",
        "La même demande avec un seul choix changé, la plus grande économie sur six ans d'abord. "
        "Les catégories voisines sont là pour information\u00a0: une commune ne choisit pas la sienne.",
        _static(handout),
    )
    _answers_head(sheet, "Choix", "Écart sur six ans")
    _present(sheet, handout)
    for row, option in enumerate(handout.options, FIRST + 1):
        sheet.text(row, 0, option.label, "text")
        _answers(sheet, row, option.comparison.estimate.answers)
        sheet.text(row, 7, option.comparison.six_years.words(), "text", "right")
    sheet.freeze(FIRST, 1)
    sheet.print_to(FIRST + len(handout.options))


def _present(sheet: Sheet, handout: Handout) -> None:
    """The present estimate in the first row, which the others are set against."""
    sheet.text(FIRST, 0, THIS_ESTIMATE, "text", "bold")
    _answers(sheet, FIRST, handout.estimate.answers)
    sheet.text(FIRST, 7, NOTHING, "text", "right")


def _scenarios(sheet: Sheet, handout: Handout) -> None:
    sheet.heading("Scénarios", "Les scénarios gardés, et l'écart de chacun avec cette estimation.", _static(handout))
    _answers_head(sheet, "Scénario", "Écart sur six ans")
    _present(sheet, handout)
    for row, (name, estimate) in enumerate(handout.scenarios, FIRST + 1):
        sheet.text(row, 0, one_line(name), "text", "typed")
        _answers(sheet, row, estimate.answers)
        sheet.text(row, 7, compare(estimate, handout.estimate).six_years.words(), "text", "right")
    sheet.freeze(FIRST, 1)
    sheet.print_to(FIRST + len(handout.scenarios))


def _points(sheet: Sheet, handout: Handout) -> None:
    points = handout.points
    sheet.heading("Points à confirmer", Summary(handout).spread or "Aucun.", _static(handout))
    sheet.head(HEAD, ["N°", "Question", "Lecture retenue", "Pourquoi", "Autre lecture, et ce qu'elle changerait"])
    for row, point in enumerate(points, FIRST):
        reading = point.reading
        effects = [f"{each.label} {effect_words(effect, handout.tariff)}" for each, effect in point.effects]
        cells = (point.number, reading.question, reading.in_force, reading.because, "\n".join(effects) or NOTHING)
        for column, words in enumerate(cells):
            sheet.text(row, column, words, "text")
    sheet.freeze(FIRST, 1)
    sheet.print_to(FIRST + max(len(points), 1) - 1)


def _notes(sheet: Sheet, handout: Handout) -> None:
    tariff = handout.tariff
    sheet.text(0, 0, "Hypothèses", "title")
    row = 1
    for title, sentences in (
        ("Ce que vaut cette estimation", [INDICATIVE, f"Estimation du {long_date(handout.day)}."]),
        ("L'acte", [f"«\u00a0{tariff.title}\u00a0», {tariff.body}, acte adopté le {long_date(tariff.adopted)}."]),
        ("Ce qui est supposé", assumptions(tariff)),
        (
            "La collectivité",
            list(filter(None, [one_line(handout.name), Summary(handout).category])),
        ),
        ("Ce classeur", [MAY_CHANGE, f"Tout le reste garde ses valeurs du {long_date(handout.day)}."]),
        ("Retrouver et modifier cette simulation", [one_line(handout.link)]),
    ):
        if not sentences:
            continue
        sheet.text(row, 0, title, "section")
        for below, each in enumerate(sentences, 1):
            sheet.text(row + below, 0, each, "text", "typed")
        row += len(sentences) + 2
    sheet.freeze(1, head=0)
    sheet.print_to(row - 2)
