"""The live sheet of the workbook: what is ordered, what it costs, every line over six years, the tariff behind it.

It refers to no other sheet, so that deleting one breaks nothing.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pricing.category import Criterion, Placed
from pricing.estimate import HORIZON, Line, Total
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.schedule import schedule
from pricing.tariff import PAYEES, Payee, Position, Rhythm
from views.reports import workbook_formulas as formulas
from views.reports.compared import ON_QUOTE, left_out, words_in_place
from views.reports.handout import Handout, long_date
from views.reports.wording import INDICATIVE, NO_AMOUNT, RECURRING_TITLE, STRUCTURES, assumptions, services_by_category
from views.reports.workbook_formulas import NOTHING, Shown, joined
from views.reports.workbook_sheets import Book, Sheet, cell, cells, one_line
from views.reports.workbook_tariff import Tables

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
AGAIN = f"<>{PAID['setup']}"
"""Criterion for lines that are paid again."""
Price = Shown | Decimal | str
"""A formula, or a price that may be changed."""
NOT_INCLUDED = "montants non compris"
"""Words before what a total leaves out."""
MAY_CHANGE = (
    "Les cases jaunes peuvent être changées\u00a0: la collectivité et les quantités ci-dessous, les prix dans le "
    "détail et plus bas, dans les tranches et les catégories. Tous les montants de cette feuille suivent."
)
"""Note on the cells that may be changed, and what follows them."""


class Estimation:
    """The sheet, written when it is made."""

    def __init__(self, book: Book, handout: Handout) -> None:
        self._tariff, self._estimate = handout.tariff, handout.estimate
        self._sheet = Sheet(book, "Estimation", WIDTHS, pages=2)
        self._asked = {item: cell(row, VALUE) for row, item in enumerate(self._tariff.items, ITEMS)}
        placement = self._estimate.placement
        category = placement.category if isinstance(placement, Placed) else NO_AMOUNT[placement.outcome.kind]
        self._category: Shown = cell(ITEMS - 1, VALUE), category
        head = ITEMS + len(self._asked) + 2
        self._first = self._row = head + 1
        self._last = head + sum(2 if _splits(position) else 1 for position in self._tariff.positions)
        end = self._last + 2 * (1 + len(PAYEES))
        self._tables = Tables(self._sheet, self._tariff, end + 2)
        self._client()
        self._items()
        self._detail(head, book)
        self._answer()
        self._notes(handout, book)
        self._sheet.page.freeze_panes(ANSWER + 3, 0)
        self._sheet.page.repeat_rows(head)
        self._sheet.page.print_area(0, 0, end, SIX_YEARS)

    def _client(self) -> None:
        sheet, tables, client = self._sheet, self._tables, self._estimate.client
        sheet.head(INPUTS, ["Ce qui est demandé", "", "Valeur", "Unité"], right=[VALUE])
        structure, inhabitants, agents, category = range(INPUTS + 1, ITEMS)
        sheet.put(structure, 0, "Type de structure")
        # A comma would end one choice of the list and begin the next.
        kinds = {kind: words.replace(",", " ou") for kind, words in STRUCTURES.items()}
        sheet.put(structure, VALUE, kinds[client.structure], "input")
        rule = {"validate": "list", "source": [*kinds.values()]}
        sheet.allow(structure, VALUE, rule, f"Il faut\u00a0: {' ; '.join(kinds.values())}.")
        of, own = self._tariff.categories, cell(structure, VALUE)
        placed = f"OR({','.join(f'{own}={formulas.text(kinds[each])}' for each in of.structures)})"
        placement = self._estimate.placement
        alone = {each.criterion: each.category for each in placement.findings} if isinstance(placement, Placed) else {}
        values: dict[Criterion, str] = {"inhabitants": cell(inhabitants, VALUE), "agents": cell(agents, VALUE)}
        known: list[tuple[int, Criterion, int | None, int]] = [
            (inhabitants, "inhabitants", client.inhabitants, MAX_INHABITANTS),
            (agents, "agents", client.agents, MAX_AGENTS),
        ]
        for row, criterion, value, most in known:
            sheet.put(row, 0, {"inhabitants": "Habitants", "agents": "Agents"}[criterion])
            sheet.whole(row, VALUE, value, 0, most)
            formula = formulas.category_alone(values[criterion], tables.bounds[criterion], tables.letters, placed)
            words = f"catégorie {alone[criterion]}" if criterion in alone else ""
            sheet.formula(row, UNIT, (formula, words), "muted", "beside")
        services = services_by_category(self._tariff)
        sheet.put(category, 0, f"Catégorie{f', pour {services}' if services else ''}")
        formula = formulas.category(values, tables.bounds, tables.letters, placed, of.rule)
        sheet.formula(category, VALUE, (formula, self._category[1]), "right", "bold")

    def _items(self) -> None:
        sheet, items, order = self._sheet, self._tariff.items, self._estimate.order
        for row, (key, item) in enumerate(items.items(), ITEMS):
            sheet.put(row, 0, item.label)
            sheet.whole(row, VALUE, order.quantity(key), 0, 1 if item.ticked else MAX_QUANTITY)
            unit = "1\u00a0: oui, 0\u00a0: non" if item.ticked else item.unit
            if not item.requires:
                sheet.put(row, UNIT, unit, "muted", "beside")
                continue
            needed = f"pas compté\u00a0: il faut au moins 1\u00a0{items[item.requires].unit}"
            alone = f"AND({self._asked[key]}>0,{self._asked[item.requires]}=0)"
            words = needed if order.quantity(key) and not order.quantity(item.requires) else unit
            formula = f"=IF({alone},{formulas.text(needed)},{formulas.text(unit)})"
            sheet.formula(row, UNIT, (formula, words), "muted", "beside")

    def _available(self, item: str) -> str:
        """Return the formula of an item's quantity, which is 0 without the item it requires (R16)."""
        requires = self._tariff.items[item].requires
        return f"IF({self._asked[requires]}=0,0,{self._asked[item]})" if requires else self._asked[item]

    def _detail(self, head: int, book: Book) -> None:
        sheet, first = self._sheet, self._first
        sheet.put(head - 1, 0, "Détail", "section")
        titles = ["Service", "Tarif", "Facturé par", "Payé", "Quantité", "Prix TTC", "Calcul", *[""] * HORIZON]
        sheet.head(head, [*titles, "Six ans", "Place dans l'acte"], right=(QUANTITY, PRICE, SIX_YEARS))
        for year in range(HORIZON):
            sheet.put(head, YEAR + year, year + 1, "head", "year")
        for position in self._tariff.positions:
            self._position(position, [line for line in self._estimate.lines if line.position == position])
        not_ordered = {"type": "formula", "criteria": f"=$E{first + 1}=0", "format": book.look("muted")}
        sheet.page.conditional_format(first, 0, self._last, SIX_YEARS, not_ordered)
        for row, scope, name in self._scopes(self._last + 1):
            for column in range(YEAR):
                sheet.put(row, column, {SERVICE: "Total TTC", PAYEE: name}.get(column, ""), "total", scope or "bold")
            sheet.put(row + 1, SERVICE, NOT_INCLUDED, "muted")
            years = (year.total for year in schedule(self._estimate, payee=scope).years)
            for column, total in enumerate((*years, self._estimate.six_years(payee=scope)), YEAR):
                self._total(row, column, scope, total, column)

    def _position(self, position: Position, lines: Sequence[Line]) -> None:
        """Write the lines that a position can have, each with its price and what it covers."""
        quantity = "+".join(self._available(item) for item in position.items)
        if position.only_with:
            quantity = f"IF({self._available(position.only_with)}=0,0,{quantity})"
        price, unit, ordered, own = position.price, joined(f"par {position.unit.one}"), *self._cells()
        line, tables, euros = lines[0] if lines else None, self._tables, f"{ordered}*{own}"
        now = line.quantity if line else 0
        bands = tables.bands.get(position.charge)
        if bands and _splits(position):
            self._line(position, line, f"MIN({quantity},{bands.last})", *bands.of(ordered, own, now)[:2], euros)
            rest, euros = lines[1] if len(lines) > 1 else None, "{}*{}".format(*self._cells())
            self._line(position, rest, f"MAX({quantity}-{bands.last},0)", *bands.beyond, euros)
        elif bands:
            found, words, amount = bands.of(ordered, own, now)
            self._line(position, line, quantity, found, words, euros if price.kind == "per_unit" else amount)
        elif price.kind == "by_category":
            category, letter = self._category
            value = price.amounts.get(str(letter), letter)
            formula = formulas.by_category(tables.prices[position.charge], tables.letters, category)
            shown = formula, ON_QUOTE if value == "on_quote" else value
            self._line(position, line, quantity, shown, joined("catégorie\u00a0: ", self._category), own)
        elif price.kind == "by_term":
            amount = next(term.price for term in price.terms if term.years == position.every)
            self._line(position, line, quantity, amount, unit, euros)
        elif price.kind == "per_unit":
            self._line(position, line, quantity, price.amount, unit, euros)
        elif price.kind == "on_quote":
            self._line(position, line, quantity, ON_QUOTE, joined(price.why), euros)
        else:
            self._line(position, line, quantity, joined(NO_AMOUNT[price.kind]), unit, own)

    def _line(self, of: Position, line: Line | None, quantity: str, price: Price, words: Shown, euros: str) -> None:
        """Write a line; a price that is no formula may be changed, and `euros` is the amount where it is a number."""
        sheet, row = self._sheet, self._row
        ordered, own = self._cells()
        sheet.put(row, SERVICE, of.service, "text")
        sheet.put(row, LABEL, of.label, "text")
        sheet.put(row, PAYEE, self._tariff.payees[of.payee].short, of.payee)
        years = f"{of.every} {'an' if of.every == 1 else 'ans'}" if of.rhythm == "term" else ""
        sheet.put(row, RHYTHM, PAID[of.rhythm] + years)
        sheet.formula(row, QUANTITY, (f"={quantity}", line.quantity if line else 0), "count")
        if may_change := not isinstance(price, tuple):
            sheet.price(row, PRICE, price)
        else:
            sheet.formula(row, PRICE, price, "euros")
        sheet.formula(row, WORDS, words, "text", "beside")
        once: Decimal | str = NO_AMOUNT.get(line.outcome.kind, "") if line else NOTHING
        over_years = once
        if line and line.outcome.kind == "priced":
            once, over_years = line.outcome.amount, line.outcome.amount * line.times()
        sheet.formula(row, YEAR, (formulas.amount(ordered, own, euros, may_change=may_change), once), "euros")
        paid = cell(row, YEAR)
        for year in range(2, HORIZON + 1):
            sheet.formula(row, YEAR + year - 1, (f"={paid}", once) if of.due(year) else joined(NOTHING), "euros")
        added = f"=IF(ISNUMBER({paid}),ROUND(SUM({paid}:{cell(row, SIX_YEARS - 1)}),2),{paid})"
        sheet.formula(row, SIX_YEARS, (added, over_years), "euros", "bold")
        sheet.put(row, SOURCE, f"{of.source.row} ({of.source.column})", "muted")
        self._row += 1

    def _cells(self) -> tuple[str, str]:
        """Return the cells of the quantity and the price in the row being written."""
        return cell(self._row, QUANTITY), cell(self._row, PRICE)

    def _scopes(self, top: int) -> Iterator[tuple[int, Payee | None, str]]:
        """Yield the row, payee and name of each total: of everything, then of each payee."""
        yield top, None, "En tout"
        for rank, payee in enumerate(PAYEES, 1):
            yield top + 2 * rank, payee, self._tariff.payees[payee].short

    def _total(self, row: int, column: int, scope: Payee | None, total: Total, of: int, paid: str = "") -> None:
        """Write the total of a column of the lines, and under it what it leaves out."""
        amounts, criteria = cells(self._first, self._last, of), []
        if scope:
            criteria += [cells(self._first, self._last, PAYEE), formulas.text(self._tariff.payees[scope].short)]
        if paid:
            criteria += [cells(self._first, self._last, RHYTHM), formulas.text(paid)]
        formula = formulas.total(amounts, criteria, a_year=paid == AGAIN)
        self._sheet.formula(row, column, (formula, words_in_place(total)), "euros", "total")
        self._sheet.formula(row + 1, column, (formulas.left_out(amounts, criteria), left_out(total)), "left out")

    def _answer(self) -> None:
        sheet, estimate = self._sheet, self._estimate
        parts = ["dont mise en service", "dont chaque année", "dont certificats"]
        titles = ["Montants TTC", "1re année", *parts, RECURRING_TITLE, "Six ans"]
        sheet.head(ANSWER, titles, first=WORDS, right=range(YEAR, SIX_YEARS))
        for row, scope, name in self._scopes(ANSWER + 1):
            sheet.put(row, WORDS, f"Devis {name}" if scope else name, "total", scope or "bold")
            sheet.put(row + 1, WORDS, NOT_INCLUDED, "muted")
            self._total(row, YEAR, scope, estimate.first_year(payee=scope), YEAR)
            for column, (rhythm, paid) in enumerate(PAID.items(), YEAR + 1):
                self._total(row, column, scope, estimate.first_year(payee=scope, rhythm=rhythm), YEAR, f"{paid}*")
            self._total(row, YEAR + 4, scope, estimate.recurring(payee=scope), SIX_YEARS, AGAIN)
            self._total(row, YEAR + 5, scope, estimate.six_years(payee=scope), SIX_YEARS)

    def _notes(self, handout: Handout, book: Book) -> None:
        sheet, tariff = self._sheet, handout.tariff
        sheet.put(0, 0, book.subject, "title")
        sheet.put(1, 0, f"{INDICATIVE} Tarifs TTC adoptés le {long_date(tariff.adopted)}.", "muted")
        sheet.across(ANSWER, 0, WORDS - 1, MAY_CHANGE, rows=INPUTS - ANSWER)
        row = ITEMS
        for title, sentences in (
            ("Ce qui est supposé", assumptions(tariff)),
            ("L'acte", [f"«\u00a0{tariff.title}\u00a0», {tariff.body}, acte adopté le {long_date(tariff.adopted)}."]),
            ("Retrouver et modifier cette simulation", [f"Estimation du {long_date(handout.day)}."]),
        ):
            sheet.put(row, WORDS, title, "section")
            row += 1
            for each in sentences:
                row = sheet.across(row, WORDS, SIX_YEARS, each)
        link = one_line(handout.link)
        sheet.page.write_url(row, WORDS, link, book.look("link"), link)


def _splits(position: Position) -> bool:
    """Tell if a limit splits a quantity into two lines (R8)."""
    limit = position.price.limit if position.price.kind == "per_unit" else None
    return limit is not None and limit.beyond == "excess_on_quote"
