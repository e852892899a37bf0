"""The workbook: an estimate with live formulas, so that changing a quantity or a price recomputes every figure.

The estimate prices; the formulas only follow a change made in the workbook. Each is written with the value the estimate
gives it, for viewers that do not compute.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import groupby

from pricing.category import Placed
from pricing.estimate import HORIZON, Answers, Estimate, Line, Total
from pricing.options import compare
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.reports import workbook_formulas as formulas
from pricing.reports.handout import Handout, long_date
from pricing.reports.mail import subject
from pricing.reports.wording import (
    INDICATIVE,
    NO_AMOUNT,
    RHYTHM_TITLE,
    assumptions,
    category_words,
    effect_words,
    left_out,
    not_counted,
    spread_words,
)
from pricing.reports.workbook_formulas import MISSING, NO_PRICE, NOT_ASKED, NOT_STATED, NOTHING, ON_QUOTE
from pricing.reports.workbook_grid import CATEGORY, MAY_CHANGE, Grid, Priced
from pricing.reports.workbook_sheets import AMOUNT_WIDTH, FIRST, HEAD, Book, Sheet, one_line, reference, references
from pricing.schedule import schedule
from pricing.tariff import PAYEES, RHYTHMS, Payee, Position


def workbook(handout: Handout) -> bytes:
    """Write an estimate as an Excel workbook (.xlsx) with live formulas, amounts in euros including tax.

    The same handout gives the same bytes.
    """
    file = BytesIO()
    book = Book(file, handout)
    # The sheets stand in the order they are made in, and are filled in the order they refer to one another.
    summary = book.sheet("Synthèse", [34, *[AMOUNT_WIDTH, 24] * 3])
    detail = book.sheet("Détail", [24, 30, 15, 18, 11, 11, 15, AMOUNT_WIDTH, 40, 40])
    years = book.sheet("Six ans", [24, 32, 15, 11, *[AMOUNT_WIDTH] * (HORIZON + 1)])
    choices = book.sheet("Choix", [44, *[AMOUNT_WIDTH, 24] * 3, 34])
    scenarios = book.sheet("Scénarios", [44, *[AMOUNT_WIDTH, 24] * 3, 34]) if handout.scenarios else None
    grid = book.sheet("Grille tarifaire", [24, 34, 15, 18, 14, 14, 14, 16, 34, 44])
    points = book.sheet("Points à confirmer", [7, 40, 34, 44, 60])
    notes = book.sheet("Hypothèses", [110], portrait=True)

    lines = _lines(handout, Grid(grid, handout).prices)
    found = _years(years, handout, lines) | _detail(detail, handout, lines)
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
        return outcome.amount if outcome.kind == "priced" else NO_AMOUNT[outcome.kind]


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


def _lines(handout: Handout, prices: dict[tuple[str, int], Priced]) -> list[_Row]:
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
    ("chiffrés", (">=0",)),
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


def _detail(sheet: Sheet, handout: Handout, rows: Sequence[_Row]) -> dict[tuple[str, _Scope], _Found]:
    sheet.heading(
        "Détail",
        "Une ligne pour chaque tarif de l'acte, dans son ordre. Les quantités se changent à la feuille Synthèse, "
        "les prix à la feuille Grille tarifaire.",
    )
    columns = ("Service", "Tarif", "Facturé par", "Rythme", "Tous les … ans", "Quantité", "Unité", "Montant TTC")
    sheet.head(
        HEAD,
        [*columns, f"Calcul au {long_date(handout.day)}", "Place dans l'acte"],
        right=(4, 5, 7),
    )
    for row, line in enumerate(rows, FIRST):
        _detail_line(sheet, row, line, handout)
    if not rows:
        sheet.text(FIRST, 0, "Aucun service demandé.", "text")
    last = _last(rows)
    found = _totals(sheet, handout, rows, last + 2)
    sheet.freeze(FIRST, 2)
    return found


def _last(rows: Sequence[_Row]) -> int:
    """The last row of a table of lines, which has one row even when there is none."""
    return FIRST + max(len(rows), 1) - 1


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
    once, over_years = references(FIRST, last, 7), f"'Six ans'!$K${FIRST + 1}:$K${last + 1}"
    recurring = ((references(FIRST, last, 4), formulas.text(">0")),)
    by_rhythm = [
        _Figure(
            RHYTHM_TITLE[rhythm],
            lambda payee, rhythm=rhythm: estimate.first_year(payee=payee, rhythm=rhythm),
            once,
            ((references(FIRST, last, 3), formulas.text(RHYTHM_TITLE[rhythm])),),
        )
        for rhythm in RHYTHMS
    ]
    return [
        _Figure(FIRST_YEAR, lambda payee: estimate.first_year(payee=payee), once),
        *by_rhythm,
        _Figure(RECURRING, lambda payee: estimate.recurring(payee=payee), over_years, recurring, a_year=True),
        _Figure(SIX_YEARS, lambda payee: estimate.six_years(payee=payee), over_years),
    ]


def _totals(sheet: Sheet, handout: Handout, rows: Sequence[_Row], top: int) -> dict[tuple[str, _Scope], _Found]:
    last, found, row = _last(rows), {}, top + 2
    payees = references(FIRST, last, 2)
    sheet.text(top, 0, "Totaux", "section")
    counted = [f"Postes {name}" for name, _ in _COUNTED]
    columns = ["Total", "", "Facturé par", *counted, "Montant TTC", "Non compris dans ce montant"]
    sheet.head(top + 1, columns, right=range(3, 8))
    for scope in _SCOPES:
        for figure in _figures(handout.estimate, last):
            criteria = [*([(payees, reference(row, 2))] if scope else []), *figure.criteria]
            total = figure.of(scope)
            sheet.text(row, 0, figure.title, "bold")
            sheet.text(row, 2, _scope_name(handout, scope), _scope_look(scope))
            for column, ((_, words), count) in enumerate(zip(_COUNTED, _counts(total), strict=True), 3):
                formula = formulas.count_of(figure.amounts, words, criteria)
                sheet.formula(row, column, formula, count, "count", "muted")
            counts = formulas.Counts(*(reference(row, column) for column in range(3, 7)))
            known = formulas.sum_of(figure.amounts, criteria)
            amount = counts.amount(formulas.each_year(known) if figure.a_year else known)
            sheet.formula(row, 7, amount, _amount(total), "euros", "bold")
            sheet.formula(row, 8, counts.left_out(), _left_out(total), "text", "bold")
            found[figure.title, scope] = _Found(sheet.cell(row, 7), sheet.cell(row, 8), total)
            row += 1
    sheet.print_to(row - 1)
    return found


# ── Six years ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _years(sheet: Sheet, handout: Handout, rows: Sequence[_Row]) -> dict[tuple[str, _Scope], _Found]:
    sheet.heading(
        "Six ans",
        "Ce qui est payé chaque année d'un mandat : la mise en service une fois, les abonnements chaque année, "
        "un certificat quand sa durée commence.",
    )
    sheet.head(HEAD, ["Service", "Tarif", "Facturé par", "Tous les … ans"], right=[3])
    for year in range(1, HORIZON + 1):
        sheet.number(HEAD, 3 + year, year, "head", "year")
    sheet.text(HEAD, 4 + HORIZON, SIX_YEARS, "head", "right")
    for row, line in enumerate(rows, FIRST):
        _line_over_years(sheet, row, line, handout)
    if not rows:
        sheet.text(FIRST, 0, "Aucun service demandé.", "text")
    found = _year_totals(sheet, handout, _last(rows))
    sheet.freeze(FIRST, 2)
    return found


def _line_over_years(sheet: Sheet, row: int, line: _Row, handout: Handout) -> None:
    position, amount = line.position, f"'Détail'!$H${row + 1}"
    sheet.text(row, 0, position.service, "text")
    sheet.text(row, 1, position.label, "text")
    sheet.text(row, 2, handout.tariff.payees[position.payee].short, "text", position.payee)
    sheet.formula(row, 3, f"='Détail'!$E${row + 1}", position.every, "every")
    for year in range(1, HORIZON + 1):
        is_due = year == 1 if not position.every else (year - 1) % position.every == 0
        formula = formulas.due(reference(row, 3), reference(HEAD, 3 + year), amount)
        sheet.formula(row, 3 + year, formula, line.amount if is_due else NOTHING, "euros")
    years = f"{reference(row, 4)}:{reference(row, 3 + HORIZON)}"
    over_years = line.amount
    if line.line and line.line.outcome.kind == "priced":
        over_years = line.line.outcome.amount * line.line.times()
    sheet.formula(row, 4 + HORIZON, formulas.over_years(amount, years), over_years, "euros", "bold")


def _year_totals(sheet: Sheet, handout: Handout, last: int) -> dict[tuple[str, _Scope], _Found]:
    """Under each column its totals, and under them the counts they say what is left out by."""
    top, found = last + 2, {}
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
            sheet.text(counted_from + offset, 0, f"Postes {name}", "muted")
            sheet.text(counted_from + offset, 2, _scope_name(handout, scope), "muted")
        criteria = [(payees, reference(row, 2))] if scope else []
        by_year = schedule(handout.estimate, payee=scope).years
        totals = [*(year.total for year in by_year), handout.estimate.six_years(payee=scope)]
        for column, total in enumerate(totals, 4):
            amounts = references(FIRST, last, column)
            for offset, ((_, words), count) in enumerate(zip(_COUNTED, _counts(total), strict=True)):
                formula = formulas.count_of(amounts, words, criteria)
                sheet.formula(counted_from + offset, column, formula, count, "count", "muted")
            counts = formulas.Counts(*(reference(counted_from + each, column) for each in range(len(_COUNTED))))
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


def _summary(sheet: Sheet, handout: Handout, found: dict[tuple[str, _Scope], _Found]) -> None:
    day = long_date(handout.day)
    sheet.heading(
        subject(one_line(handout.name)),
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
    for row, title in enumerate([*answers, *(RHYTHM_TITLE[rhythm] for rhythm in RHYTHMS), *years], FIRST):
        _summary_row(sheet, row, title, found, *(["bold"] if title in answers else []))
    row = _inputs(sheet, handout, FIRST + len(answers) + len(RHYTHMS) + len(years) + 1)
    for title, sentences in (
        (f"Sur devis ou à compléter, au {day}", left_out(handout.estimate)),
        ("Demandé, mais pas compté", not_counted(handout.estimate)),
    ):
        row = _sentences(sheet, row, title, sentences)
    sheet.freeze(FIRST + len(answers))
    sheet.print_to(row - 1)


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
        sheet.text(row, 2, "1 : oui, 0 : non" if choice else items[item].unit, "text", "muted", "beside")
        sheet.whole(row, 1, 1 if choice else MAX_QUANTITY, "1 pour oui, 0 pour non." if choice else "Un nombre entier.")
        sheet.define(_cell_name(handout, item), sheet.cell(row, 1))
        row += 1
    return row + 1


def _category(sheet: Sheet, handout: Handout, row: int) -> None:
    placement = handout.estimate.placement
    value = placement.category if isinstance(placement, Placed) else NO_AMOUNT[placement.outcome.kind]
    sheet.text(row, 0, "Catégorie", "text")
    sheet.text(row, 1, value, "right", "input")
    sheet.note(row + 1, f"Au {long_date(handout.day)} : {category_words(handout.estimate)}")
    allowed = [*handout.tariff.categories.names, ON_QUOTE, MISSING]
    sheet.one_of(row, 1, allowed, "La lettre de la catégorie ; ses bornes sont à la feuille Grille tarifaire.")
    sheet.define(CATEGORY, sheet.cell(row, 1))


# ── What else could be, and what is open ────────────────────────────────────────────────────────────────────────────


def _static(handout: Handout) -> str:
    return f"Valeurs au {long_date(handout.day)} : elles ne suivent pas ce qui est changé dans les cases jaunes."


def _answers_head(sheet: Sheet, first: str, last: str) -> None:
    figures = [title for figure in (FIRST_YEAR, RECURRING, SIX_YEARS) for title in (figure, "Non compris")]
    sheet.head(HEAD, [first, *figures, last], right=(1, 3, 5))


def _answers(sheet: Sheet, row: int, answers: Answers) -> None:
    for rank, total in enumerate((answers.first_year, answers.recurring, answers.six_years)):
        sheet.amount(row, 1 + 2 * rank, _amount(total))
        sheet.text(row, 2 + 2 * rank, _left_out(total), "text")


def _choices(sheet: Sheet, handout: Handout) -> None:
    sheet.heading(
        "Choix",
        "La même commande avec un seul choix changé, la plus grande économie sur six ans d'abord.",
        _static(handout),
    )
    _answers_head(sheet, "Choix", "Écart sur six ans")
    sheet.text(FIRST, 0, "Cette estimation", "text", "bold")
    _answers(sheet, FIRST, handout.estimate.answers)
    sheet.text(FIRST, 7, NOTHING, "text", "right")
    for row, option in enumerate(handout.options, FIRST + 1):
        sheet.text(row, 0, option.label, "text")
        _answers(sheet, row, option.comparison.estimate.answers)
        sheet.text(row, 7, option.comparison.six_years.words(), "text", "right")
    sheet.freeze(FIRST, 1)
    sheet.print_to(FIRST + len(handout.options))


def _scenarios(sheet: Sheet, handout: Handout) -> None:
    sheet.heading("Scénarios", "Les simulations gardées, et l'écart de chacune avec la première.", _static(handout))
    _answers_head(sheet, "Scénario", "Écart sur six ans avec le premier")
    first = handout.scenarios[0][1]
    for row, (name, estimate) in enumerate(handout.scenarios, FIRST):
        sheet.text(row, 0, one_line(name), "text", "typed")
        _answers(sheet, row, estimate.answers)
        differs = NOTHING if row == FIRST else compare(estimate, first).six_years.words()
        sheet.text(row, 7, differs, "text", "right")
    sheet.freeze(FIRST, 1)
    sheet.print_to(FIRST + len(handout.scenarios) - 1)


def _points(sheet: Sheet, handout: Handout) -> None:
    points = handout.points
    sheet.heading(
        "Points à confirmer", spread_words(handout.estimate, points) if points else "Aucun.", _static(handout)
    )
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
        ("L'acte", [f"« {tariff.title} », {tariff.body}, acte adopté le {long_date(tariff.adopted)}."]),
        ("Ce qui est supposé", assumptions(tariff)),
        ("La collectivité", list(filter(None, [one_line(handout.name), category_words(handout.estimate)]))),
        ("Ce classeur", [MAY_CHANGE, "Le calcul en mots, les choix et les scénarios gardent leurs valeurs du jour."]),
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
