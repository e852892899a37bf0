"""The live sheet of the workbook: what is ordered, what it costs, every line over six years, the tariff behind it.

It refers to no other sheet, so that deleting one breaks nothing.
"""

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter import Workbook

from pricing.category import Placed
from pricing.estimate import HORIZON, Line, Total
from pricing.money import counted
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.prices import ByCategory
from pricing.schedule import schedule
from pricing.tariff import PAYEES, Payee, Position, Rhythm
from views.reports.parts import COMPARED
from views.reports.summary import ASSUMED, LEFT_OUT, Summary
from views.reports.wording import NO_AMOUNT, STRUCTURES, services_by_category
from views.reports.workbook_sheets import NOTHING, ON_QUOTE, QUOTE, Sheet, Shown, cell, cells, joined, text
from views.reports.workbook_tariff import SIZES, Tables, if_ordered, price_in

SERVICE, LABEL, PAYEE, RHYTHM, QUANTITY, PRICE, WORDS, YEAR = range(8)
"""Columns of the lines; the years follow one another from the last."""
SIX_YEARS, SOURCE = YEAR + HORIZON, YEAR + HORIZON + 1
"""Columns after the years; the last is not printed."""
WIDTHS = (23, 34, 17, 13, 10, 12, 26, *[11.5] * HORIZON, 12.5, 60)
"""Widths of the columns."""
ANSWER, INPUTS, ITEMS = 2, 5, 10
"""Rows of the heads of the answer and of the inputs, and of the first item."""
VALUE, UNIT = PAYEE, RHYTHM
"""Columns of the inputs."""
PAID: dict[Rhythm, str] = {"setup": "une fois", "yearly": "chaque année", "term": "pour "}
"""Rhythms of a line; the years of a certificate follow."""
MISSING, NOT_STATED, NO_PRICE = NO_AMOUNT["missing"], NO_AMOUNT["not_stated"], "aucun prix indiqué"
"""Words in place of an amount; the last in place of a total of lines for which the act states no price."""
AGAIN = f"<>{PAID['setup']}"
"""Criterion for lines that are paid again."""
MAY_CHANGE = (
    "Les cases jaunes peuvent être changées\u00a0: la collectivité et les quantités ci-dessous, les prix dans le "
    "détail et plus bas, dans les tranches et les catégories. Tous les montants de cette feuille suivent."
)
"""Note on the cells that may be changed, and what follows them."""


class Estimation:
    """The sheet, written when it is made."""

    def __init__(self, book: Workbook, summary: Summary) -> None:
        self._tariff, self._estimate = summary.handout.tariff, summary.handout.estimate
        self._sheet = Sheet(book, summary.title, "Estimation", WIDTHS, pages=2)
        self._asked = {item: cell(row, VALUE) for row, item in enumerate(self._tariff.items, ITEMS)}
        head = ITEMS + len(self._asked) + 2
        self._first = self._row = head + 1
        self._last = head + sum(2 if _splits(position) else 1 for position in self._tariff.positions)
        end = self._last + 2 * (1 + len(PAYEES))
        self._tables = Tables(self._sheet, self._tariff, end + 2)
        self._client()
        self._items()
        self._detail(head)
        self._notes(summary)
        for rank, scope in enumerate((None, *PAYEES)):
            self._totals(scope, ANSWER + 1 + 2 * rank, self._last + 1 + 2 * rank)
        self._sheet.page.freeze_panes(ANSWER + 3, 0)
        self._sheet.page.repeat_rows(head)
        self._sheet.page.print_area(0, 0, end, SIX_YEARS)

    def _client(self) -> None:
        sheet, tables, client, of = self._sheet, self._tables, self._estimate.client, self._tariff.categories
        sheet.head(INPUTS, ["Ce qui est demandé", "", "Valeur", "Unité"], right=[VALUE])
        # A comma would end one choice of the list and begin the next.
        kinds = {kind: words.replace(",", " ou") for kind, words in STRUCTURES.items()}
        structure = cell(INPUTS + 1, VALUE)
        sheet.put(INPUTS + 1, 0, "Type de structure")
        sheet.put(INPUTS + 1, VALUE, kinds[client.structure], "input")
        rule = {"validate": "list", "source": [*kinds.values()]}
        sheet.allow(INPUTS + 1, VALUE, rule, f"Il faut\u00a0: {' ; '.join(kinds.values())}.")
        placed = f"OR({','.join(f'{structure}={text(kinds[each])}' for each in of.structures)})"
        placement = self._estimate.placement
        category, alone = placement.decides, {}
        if isinstance(placement, Placed):
            alone = {each.criterion: f"catégorie {each.category}" for each in placement.findings}
        values = {criterion: cell(row, VALUE) for row, criterion in enumerate(SIZES, INPUTS + 2)}
        for row, (criterion, (name, most)) in enumerate(SIZES.items(), INPUTS + 2):
            value = values[criterion]
            sheet.put(row, 0, name)
            sheet.whole(row, VALUE, getattr(client, criterion), 0, most)
            formula = f'=IF(AND({placed},ISNUMBER({value})),"catégorie "&{tables.category({criterion: value})},"")'
            sheet.put(row, UNIT, (formula, alone.get(criterion, "")), "muted", "beside")
        services = services_by_category(self._tariff)
        sheet.put(ITEMS - 1, 0, f"Catégorie{f', pour {services}' if services else ''}")
        letter = f"IF(COUNT({','.join(values.values())})=0,{text(MISSING)},{tables.category(values)})"
        shown = category if isinstance(category, str) else NO_AMOUNT[category.kind]
        sheet.put(ITEMS - 1, VALUE, (f"=IF({placed},{letter},{QUOTE})", shown), "right", "bold")

    def _items(self) -> None:
        sheet, items, order = self._sheet, self._tariff.items, self._estimate.order
        for row, (key, item) in enumerate(items.items(), ITEMS):
            sheet.put(row, 0, item.label)
            sheet.whole(row, VALUE, order.quantity(key), 0, 1 if key in CHOICES else MAX_QUANTITY)
            unit: str | Shown = "1\u00a0: oui, 0\u00a0: non" if key in CHOICES else item.unit
            if item.requires:
                needed = f"pas compté\u00a0: il faut au moins 1\u00a0{items[item.requires].unit}"
                alone = f"AND({self._asked[key]}>0,{self._asked[item.requires]}=0)"
                words = needed if order.quantity(key) and not order.quantity(item.requires) else unit
                unit = f"=IF({alone},{text(needed)},{text(unit)})", words
            sheet.put(row, UNIT, unit, "muted", "beside")

    def _available(self, item: str) -> str:
        """Return the formula of an item's quantity, which is 0 without the item it requires (R16)."""
        requires = self._tariff.items[item].requires
        return f"IF({self._asked[requires]}=0,0,{self._asked[item]})" if requires else self._asked[item]

    def _detail(self, head: int) -> None:
        sheet, first = self._sheet, self._first
        sheet.put(head - 1, 0, "Détail", "section")
        titles = ["Service", "Tarif", "Facturé par", "Payé", "Quantité", "Prix TTC", "Calcul", *[""] * HORIZON]
        sheet.head(head, [*titles, COMPARED[-1], "Place dans l'acte"], right=(QUANTITY, PRICE, SIX_YEARS))
        for year in range(HORIZON):
            sheet.put(head, YEAR + year, year + 1, "head", "year")
        for position in self._tariff.positions:
            self._position(position, [line for line in self._estimate.lines if line.position == position])
        not_ordered = {"type": "formula", "criteria": f"=$E{first + 1}=0", "format": sheet.look("muted")}
        sheet.page.conditional_format(first, 0, self._last, SIX_YEARS, not_ordered)

    def _position(self, position: Position, lines: Sequence[Line]) -> None:
        """Write the lines that a position can have, each with its price and what it covers."""
        quantity = "+".join(self._available(item) for item in position.items)
        if position.only_with:
            quantity = f"IF({self._available(position.only_with)}=0,0,{quantity})"
        price, unit = position.price, joined(f"par {position.unit.one}")
        ordered, own = cell(self._row, QUANTITY), cell(self._row, PRICE)
        line, euros = lines[0] if lines else None, f"{ordered}*{own}"
        if bands := self._tables.bands.get(position.charge):
            found = bands.of(ordered, own, line.quantity if line else 0)
            if _splits(position):
                self._line(position, line, f"MIN({quantity},{bands.last})", *found)
                line, quantity = lines[1] if len(lines) > 1 else None, f"MAX({quantity}-{bands.last},0)"
                found = *bands.beyond(), f"{cell(self._row, QUANTITY)}*{cell(self._row, PRICE)}"
        elif price.kind == "by_category":
            found = *self._by_category(price, self._tables.prices[position.charge]), own
        elif price.kind == "by_term":
            found = next(term.price for term in price.terms if term.years == position.every), unit, euros
        elif price.kind == "per_unit":
            found = price.amount, unit, euros
        elif price.kind == "on_quote":
            found = ON_QUOTE, joined(price.why), euros
        else:
            found = joined(NO_AMOUNT[price.kind]), unit, own
        self._line(position, line, quantity, *found)

    def _by_category(self, price: ByCategory, prices: str) -> tuple[Shown, Shown]:
        """Return the price of the client's category, or the words for why there is none; and the category."""
        category, letter = found = self._sheet.at(ITEMS - 1, VALUE)
        match, shown = f"MATCH({category},{self._tables.letters},0)", price.amounts.get(letter, letter)
        formula = f"=IF(ISNUMBER({match}),{price_in(f'INDEX({prices},{match})')},{category})"
        return (formula, ON_QUOTE if shown == "on_quote" else shown), joined("catégorie\u00a0: ", found)

    def _line(
        self, of: Position, line: Line | None, quantity: str, price: Shown | Decimal | str, words: Shown, euros: str
    ) -> None:
        """Write a line; a price that is no formula may be changed, and `euros` is the amount where it is a number."""
        sheet, row = self._sheet, self._row
        ordered, own = cell(row, QUANTITY), cell(row, PRICE)
        sheet.put(row, SERVICE, of.service, "text")
        sheet.put(row, LABEL, of.label, "text")
        sheet.put(row, PAYEE, self._tariff.payees[of.payee].short, of.payee)
        sheet.put(row, RHYTHM, PAID[of.rhythm] + (counted(of.every, "an", "ans") if of.rhythm == "term" else ""))
        sheet.put(row, QUANTITY, (f"={quantity}", line.quantity if line else 0), "count")
        if isinstance(price, tuple):
            sheet.put(row, PRICE, price, "euros")
        else:
            sheet.price(row, PRICE, price)
        sheet.put(row, WORDS, words, "text", "beside")
        # A cell that may be changed holds any text, or nothing: both mean that the price is on quote.
        no_price = own if isinstance(price, tuple) else QUOTE
        amount = if_ordered(ordered, f"IF(ISNUMBER({own}),ROUND({euros},2),{no_price})")
        once: Decimal | str = NO_AMOUNT.get(line.outcome.kind, "") if line else NOTHING
        over_years = once
        if line and line.outcome.kind == "priced":
            once, over_years = line.outcome.amount, line.outcome.amount * line.times()
        paid = cell(row, YEAR)
        for year in range(HORIZON):
            due = f"={paid}" if year else amount
            sheet.put(row, YEAR + year, (due, once) if of.due(year + 1) else joined(NOTHING), "euros")
        added = f"=IF(ISNUMBER({paid}),ROUND(SUM({paid}:{cell(row, SIX_YEARS - 1)}),2),{paid})"
        sheet.put(row, SIX_YEARS, (added, over_years), "euros", "bold")
        sheet.put(row, SOURCE, f"{of.source.row} ({of.source.column})", "muted")
        self._row += 1

    def _notes(self, summary: Summary) -> None:
        sheet, link = self._sheet, summary.handout.link
        sheet.put(0, 0, summary.title, "title")
        sheet.put(1, 0, summary.made_briefly, "muted")
        sheet.across(ANSWER, 0, WORDS - 1, MAY_CHANGE, rows=INPUTS - ANSWER)
        sheet.put(ITEMS, WORDS, ASSUMED, "section")
        row = ITEMS + 1
        for each in summary.assumptions:
            row = sheet.across(row, WORDS, SIX_YEARS, each)
        sheet.put(row, WORDS, "Retrouver et modifier cette simulation", "section")
        row = sheet.across(row + 1, WORDS, SIX_YEARS, summary.made)
        sheet.page.write_url(row, WORDS, link, sheet.look("link"), link)
        titles = [COMPARED[0], "dont mise en service", "dont chaque année", "dont certificats", *COMPARED[1:]]
        sheet.head(ANSWER, ["Montants TTC", *titles], first=WORDS, right=range(YEAR, SIX_YEARS))

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


def _splits(position: Position) -> bool:
    """Tell if a limit splits a quantity into two lines (R8)."""
    limit = position.price.limit if position.price.kind == "per_unit" else None
    return limit is not None and limit.beyond == "excess_on_quote"
