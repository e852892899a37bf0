"""The live sheet of the workbook: what is ordered, what it costs, every line over six years, the tariff behind it.

It refers to no other sheet, so that deleting one breaks nothing.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from xlsxwriter import Workbook

from pricing.dates import long_date
from pricing.money import counted, euros, number
from pricing.prices import ByCategory, PerHead
from pricing.rating import HEADS
from pricing.schedule import schedule
from pricing.tariff import Payee, Position, Rhythm
from pricing.totals import HORIZON, Line, Total
from views.reports.parts import FIRST_YEAR, headings, rhythm_names
from views.reports.summary import ASSUMED, LEFT_OUT, Summary
from views.reports.wording import NO_AMOUNT
from views.reports.workbook_inputs import Inputs
from views.reports.workbook_sheets import (
    MISSING,
    NOTHING,
    ON_QUOTE,
    QUOTE,
    Sheet,
    Shown,
    cell,
    cells,
    joined,
    plus_tax,
    price_look,
    text,
)
from views.reports.workbook_tariff import Found, Tables, if_known, if_ordered, price_in

SERVICE, LABEL, PAYEE, RHYTHM, QUANTITY, PRICE, WORDS, YEAR = range(8)
"""Columns of the lines; the years follow one another from the last."""
SIX_YEARS, SOURCE = YEAR + HORIZON, YEAR + HORIZON + 1
"""Columns after the years; the last is not printed."""
WIDTHS = (23, 34, 17, 13, 10, 12, 26, *[11.5] * HORIZON, 12.5, 60)
"""Widths of the columns."""
ANSWER, INPUTS, NOTES = 2, 5, 10
"""Rows of the heads of the answer and of the inputs, and of the first note under the answer."""
PAID: dict[Rhythm, str] = {"setup": "une fois", "yearly": "chaque année", "term": "pour "}
"""Rhythms of a line; the years of a term follow."""
NOT_STATED, NO_PRICE = NO_AMOUNT["not_stated"], "aucun prix indiqué"
"""Words in place of an amount; the last in place of a total of lines for which the act states no price."""
AGAIN = f"<>{PAID['setup']}"
"""Criterion for lines that are paid again."""


class Estimation:
    """The sheet, written when it is made."""

    def __init__(self, book: Workbook, summary: Summary) -> None:
        tariff, self._estimate = summary.handout.tariff, summary.handout.estimate
        self._tariff = tariff
        payees: list[Payee] = [*tariff.billing]
        self._sheet = Sheet(book, summary.title, "Estimation", WIDTHS, pages=2)
        head = 2 + max(self._notes(summary), Inputs.end(tariff, INPUTS))
        self._first = self._row = head + 1
        self._last = head + sum(_lines(position) for position in tariff.positions)
        end = self._last + 2 * (1 + len(payees))
        self._tables = Tables(self._sheet, tariff, end + 2)
        self._inputs = Inputs(self._sheet, tariff, self._estimate, self._tables, INPUTS)
        self._detail(head)
        for rank, scope in enumerate((None, *payees)):
            self._totals(scope, ANSWER + 1 + 2 * rank, self._last + 1 + 2 * rank)
        self._sheet.across(ANSWER, 0, WORDS - 1, may_change(self._tables.names), rows=INPUTS - ANSWER)
        self._sheet.page.freeze_panes(ANSWER + 3, 0)
        self._sheet.page.repeat_rows(head)
        self._sheet.page.print_area(0, 0, end, SIX_YEARS)

    def _detail(self, head: int) -> None:
        sheet, first = self._sheet, self._first
        sheet.put(head - 1, 0, "Détail", "section")
        titles = ["Service", "Tarif", "Facturé par", "Payé", "Quantité", "Prix TTC", "Calcul", *[""] * HORIZON]
        sheet.head(head, [*titles, headings(self._tariff)[-1], "Place dans l'acte"], right=(QUANTITY, PRICE, SIX_YEARS))
        for year in range(HORIZON):
            sheet.put(head, YEAR + year, year + 1, "head", "year")
        for position in self._tariff.positions:
            self._position(position, [line for line in self._estimate.lines if line.position == position])
        not_ordered = {"type": "formula", "criteria": f"=$E{first + 1}=0", "format": sheet.look("muted")}
        sheet.page.conditional_format(first, 0, self._last, SIX_YEARS, not_ordered)

    def _position(self, position: Position, lines: Sequence[Line]) -> None:
        """Write the lines that a position can have, each with its price and what it covers."""
        quantity, line = self._inputs.quantity(position), lines[0] if lines else None
        if _lines(position) == 2:
            bands = self._tables.bands[position.charge]
            self._line(position, line, f"MIN({quantity},{bands.last})", self._found(position, line))
            beyond = bands.beyond(cell(self._row, QUANTITY), cell(self._row, PRICE))
            line = lines[1] if len(lines) > 1 else None
            self._line(position, line, f"MAX({quantity}-{bands.last},0)", beyond)
        else:
            self._line(position, line, quantity, self._found(position, line))

    def _by_category(self, price: ByCategory, category: Shown, prices: str) -> Shown:
        """Return the price of the client's category, or the words for why there is none."""
        letter, shown = category
        match = f"MATCH({letter},{self._tables.grids[price.grid].letters},0)"
        amount = price.amounts.get(shown, shown)
        formula = f"=IF(ISNUMBER({match}),{price_in(f'INDEX({prices},{match})')},{letter})"
        return formula, ON_QUOTE if amount == "on_quote" else amount

    def _found(self, position: Position, line: Line | None) -> Found:
        """Return the price of a line; its quantity is 0 where there is no line on the day."""
        price, own = position.price, cell(self._row, PRICE)
        ordered = cell(self._row, QUANTITY), line.quantity if line else 0
        unit, product, taxed = f"par {position.unit.one}", f"{ordered[0]}*{own}", plus_tax(position.vat)
        match price.kind:
            case "stairstep" | "volume":
                return self._tables.bands[position.charge].of(ordered, own, self._inputs.sizes)
            case "by_category":
                category = self._inputs.categories[price.grid]
                found = self._by_category(price, category, self._tables.prices[position.charge])
                words = joined("" if position.ticked else f"{unit}, ", "catégorie\u00a0: ", category, taxed)
                return Found(found, words, own if position.ticked else product)
            case "by_term":
                amount = next(term.price for term in price.terms if term.years == position.every)
                return Found(amount, joined(unit, taxed), product)
            case "per_unit":
                if price.limit:
                    return self._tables.bands[position.charge].of(ordered, own, self._inputs.sizes)
                return Found(price.amount, joined(unit, taxed), product)
            case "flat":
                return Found(price.amount, joined("forfait", taxed), own)
            case "per_head":
                return _per_head(price, self._inputs.sizes[price.by][0], own, taxed)
            case "on_quote":
                return Found(ON_QUOTE, joined(price.why, taxed), product)
            case "included" | "not_stated":
                return Found(joined(NO_AMOUNT[price.kind]), joined(unit), own)
            case _:
                assert_never(price.kind)

    def _line(self, of: Position, line: Line | None, quantity: str, found: Found) -> None:
        """Write a line: its quantity, its price, and its amount in each year."""
        sheet, row = self._sheet, self._row
        ordered, own = cell(row, QUANTITY), cell(row, PRICE)
        sheet.put(row, SERVICE, of.service, "text")
        sheet.put(row, LABEL, of.label, "text")
        sheet.put(row, PAYEE, self._tariff.payees[of.payee].short, of.payee)
        sheet.put(row, RHYTHM, PAID[of.rhythm] + (counted(of.every, "an", "ans") if of.rhythm == "term" else ""))
        sheet.put(row, QUANTITY, (f"={quantity}", line.quantity if line else 0), "count")
        if isinstance(found.price, tuple):
            sheet.put(row, PRICE, found.price, price_look(of.vat))
        else:
            sheet.price(row, PRICE, found.price, of.vat)
        sheet.put(row, WORDS, found.words, "text", "beside")
        # A cell that may be changed holds any text, or nothing: both mean that the price is on quote.
        no_price = own if isinstance(found.price, tuple) else QUOTE
        amount = f"({found.amount})*{100 + of.vat}/100" if of.vat else found.amount
        not_due = of.sets_up and of.service_key in self._estimate.in_place
        amount = text(NO_AMOUNT["in_place"]) if not_due else f"ROUND({amount},2)"
        amount = f"IF(ISNUMBER({own}),{amount},{no_price})"
        amount = if_ordered(ordered, if_known(found.needs, amount) if found.needs else amount)
        once: Decimal | str = NO_AMOUNT.get(line.outcome.kind, "") if line else NOTHING
        over_years = once
        if line and line.outcome.kind == "priced":
            once, over_years = line.outcome.amount, line.over_horizon()
        paid = cell(row, YEAR)
        for year in range(HORIZON):
            due = f"={paid}" if year else amount
            sheet.put(row, YEAR + year, (due, once) if of.due(year + 1) else joined(NOTHING), "euros")
        added = f"=IF(ISNUMBER({paid}),ROUND(SUM({paid}:{cell(row, SIX_YEARS - 1)}),2),{paid})"
        sheet.put(row, SIX_YEARS, (added, over_years), "euros", "bold")
        sheet.put(row, SOURCE, f"{of.source.row} ({of.source.column})", "muted")
        self._row += 1

    def _notes(self, summary: Summary) -> int:
        """Write what surrounds the figures, and return the row after what stands beside the inputs."""
        sheet, link = self._sheet, summary.handout.link
        sheet.put(0, 0, summary.title, "title")
        sheet.put(1, 0, summary.made_briefly, "muted")
        sheet.put(NOTES, WORDS, ASSUMED, "section")
        row = NOTES + 1
        for each in summary.assumptions:
            row = sheet.across(row, WORDS, SIX_YEARS, each)
        if summary.beside:
            # These sentences do not follow what is changed in the cells.
            sheet.put(row, WORDS, f"À côté de ces montants, au {long_date(summary.handout.day)}", "section")
            row += 1
        for each in summary.beside:
            row = sheet.across(row, WORDS, SIX_YEARS, each)
        sheet.put(row, WORDS, "Retrouver et modifier cette simulation", "section")
        row = sheet.across(row + 1, WORDS, SIX_YEARS, summary.made)
        sheet.page.write_url(row, WORDS, link, sheet.look("link"), link)
        names = rhythm_names(self._tariff)
        titles = [FIRST_YEAR, *(f"dont {names[rhythm]}" for rhythm in PAID), *headings(self._tariff)[1:]]
        sheet.head(ANSWER, ["Montants TTC", *titles], first=WORDS, right=range(YEAR, SIX_YEARS))
        return row + 1

    def _totals(self, scope: Payee | None, answer: int, detail: int) -> None:
        """Write what is billed in all, or by one payee: in a row of the answer, and year by year under the lines."""
        sheet, estimate, name = self._sheet, self._estimate, self._tariff.payees[scope].short if scope else "En tout"
        sheet.put(answer, WORDS, f"Devis {name}" if scope else name, "total", scope or "bold")
        sheet.put(answer + 1, WORDS, LEFT_OUT, "muted")
        self._total(answer, YEAR, scope, estimate.first_year(payee=scope), YEAR)
        for column, (rhythm, paid) in enumerate(PAID.items(), YEAR + 1):
            self._total(answer, column, scope, estimate.first_year(payee=scope, rhythm=rhythm), YEAR, f"{paid}*")
        self._total(answer, YEAR + 4, scope, estimate.recurring(payee=scope), SIX_YEARS, AGAIN)
        self._total(answer, YEAR + 5, scope, estimate.six_years(payee=scope), SIX_YEARS)
        for column in range(YEAR):
            sheet.put(detail, column, {SERVICE: "Total TTC", PAYEE: name}.get(column, ""), "total", scope or "bold")
        sheet.put(detail + 1, SERVICE, LEFT_OUT, "muted")
        years = (year.total for year in schedule(estimate, payee=scope).years)
        for column, total in enumerate((*years, estimate.six_years(payee=scope)), YEAR):
            self._total(detail, column, scope, total, column)

    def _total(self, row: int, column: int, scope: Payee | None, of: Total, added: int, paid: str = "*") -> None:
        """Write the total of a column of the lines, and under it the number of lines that it leaves out."""
        amounts, payees, rhythms = (cells(self._first, self._last, each) for each in (added, PAYEE, RHYTHM))
        payee = text(self._tariff.payees[scope].short if scope else "*")
        lines = f"{payees},{payee},{rhythms},{text(paid)}"
        quote, missing, unstated, known = (
            f"COUNTIFS({amounts},{text(each)},{lines})" for each in (ON_QUOTE, MISSING, NOT_STATED, ">=0")
        )
        amount = f"SUMIFS({amounts},{lines})"
        # Whole cents are divided, since half a cent is then exact, and every program rounds it up.
        amount = f"ROUND(ROUND({amount}*100,0)/{HORIZON},0)/100" if paid == AGAIN else f"ROUND({amount},2)"
        words = f"IF({quote}>0,{QUOTE},IF({missing}>0,{text(MISSING)},{text(NO_PRICE)}))"
        formula = f"=IF(AND({known}=0,{quote}+{missing}+{unstated}>0),{words},{amount})"
        self._sheet.put(row, column, (formula, amount_of(of)), "euros", "total")
        counts = ((quote, of.on_quote, ON_QUOTE), (missing, of.missing, MISSING))
        one, other = (f'IF({count}=0,"",{count}&{text(f" {why}")})' for count, _, why in counts)
        formula = f'={one}&IF({quote}*{missing}=0,""," + ")&{other}'
        shown = " + ".join(f"{len(left)} {why}" for _, left, why in counts if left)
        self._sheet.put(row + 1, column, (formula, shown), "left out")


def amount_of(total: Total) -> Decimal | str:
    """Return a total, or the words in its place where none of its lines has an amount."""
    if total.known or not (total.partial or total.not_stated):
        return total.amount
    return ON_QUOTE if total.on_quote else MISSING if total.missing else NO_PRICE


def may_change(tables: Sequence[str]) -> str:
    """Return the note on the cells that may be changed, and what follows them; `tables` are those with prices."""
    below = f" et plus bas, dans {' et '.join(tables)}" if tables else ""
    return (
        "Les cases jaunes peuvent être changées\u00a0: la collectivité et les quantités ci-dessous, les prix dans le "
        f"détail{below}. Tous les montants de cette feuille suivent."
    )


def _per_head(price: PerHead, heads: str, own: str, taxed: str) -> Found:
    """Return a price for each of the heads in a cell, with its limits; the price is written into the cell `own`."""
    words, amount = f"par {HEADS[price.by].one}", f"{heads}*{own}"
    if price.free:
        words, amount = f"{words} au-delà de {number(price.free)}", f"MAX({heads}-{price.free},0)*{own}"
    if price.floor is not None:
        words, amount = f"{words}, au moins {euros(price.floor)}", f"MAX({amount},{price.floor})"
    if price.cap is not None:
        words, amount = f"{words}, au plus {euros(price.cap)}", f"MIN({amount},{price.cap})"
    return Found(price.amount, joined(words, taxed), amount, needs=heads)


def _lines(position: Position) -> int:
    """Count the lines a position can have: two where a limit splits its quantity (R8)."""
    price = position.price
    match price.kind:
        case "per_unit":
            return 2 if price.limit and price.limit.beyond == "excess_on_quote" else 1
        case "flat" | "per_head" | "stairstep" | "volume" | "by_category" | "by_term":
            return 1
        case "included" | "not_stated" | "on_quote":
            return 1
        case _:
            assert_never(price.kind)
