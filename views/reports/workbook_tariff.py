"""The tables of the workbook that prices are looked up in: bands of quantities, and categories."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.category import CRITERIA, Criterion
from pricing.prices import Blocks, ByCategory, PerUnit, Stairstep
from pricing.tariff import Charge, Service, Tariff, uncapital
from views.reports import workbook_formulas as formulas
from views.reports.compared import ON_QUOTE
from views.reports.wording import services_by_category
from views.reports.workbook_formulas import NOTHING, Shown, joined
from views.reports.workbook_sheets import Sheet, cell, cells

FIRST, UP_TO, PRICE, WORDS, SIZE = range(3, 8)
"""Columns of the bands; the price and what it covers are in those of the lines above."""
BOUNDS, BY_CATEGORY = 2, 4
"""Columns of the categories: the first of their bounds, and the first of their prices."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of a charge, a row each, and a last row for what is beyond them."""

    top: int
    """First row."""
    up_to: tuple[int, ...]
    """Last quantity of each band, on the day."""
    shown: tuple[tuple[Decimal | str, object], ...]
    """Price of each row on the day, with what it covers."""
    blocks: Blocks | None
    """Blocks beyond the last band; None where it is on quote."""

    @property
    def last(self) -> str:
        """Cell of the last bound."""
        return cell(self.top + len(self.up_to) - 1, UP_TO)

    @property
    def beyond(self) -> tuple[Shown, Shown]:
        """Price beyond the last band, with what it covers."""
        (price, words), row = self.shown[-1], self.top + len(self.up_to)
        return (f"={formulas.price(cell(row, PRICE))}", price), (f"={cell(row, WORDS)}", words)

    def of(self, ordered: str, own: str, quantity: int) -> tuple[Shown, Shown, str]:
        """Return the price for the quantity in a cell, what it covers, and the amount where the price is a number.

        The price is written into the cell `own`; `quantity` is that of the day.
        """
        last = self.top + len(self.up_to)
        rank = formulas.rank(ordered, cells(self.top, last - 1, UP_TO))
        price, euros = formulas.price(f"INDEX({cells(self.top, last, PRICE)},{rank})"), own
        if self.blocks:
            base = cell(last - 1, PRICE) if self.blocks.counted_from == "last_band" else ""
            euros = formulas.blocks(ordered, self.last, cell(last, SIZE), own, base)
            if base:  # a block has no price without the price that it is added to
                price = f"IF(OR({ordered}<={self.last},ISNUMBER({base})),{price},{formulas.text(ON_QUOTE)})"
        words = f"INDEX({cells(self.top, last, WORDS)},{rank})"
        shown = self.shown[sum(bound < quantity for bound in self.up_to)] if quantity else (NOTHING, "")
        priced = formulas.if_ordered(ordered, price), shown[0]
        return priced, (formulas.if_ordered(ordered, words, ""), shown[1]), euros


class Tables:
    """Both tables, written from a row down."""

    bands: dict[str, Bands]
    """Bands by charge."""
    prices: dict[str, str]
    """Range of the prices by category of each charge."""
    letters: str
    """Range of the categories."""
    bounds: dict[Criterion, str]
    """Ranges of the last number of inhabitants, and of agents, of each category."""

    def __init__(self, sheet: Sheet, tariff: Tariff, row: int) -> None:
        self._sheet, self._tariff, self._row = sheet, tariff, row + 2
        self.bands, self.prices = {}, {}
        sheet.put(row, 0, "Tranches", "section")
        titles = ["Service", "Tarif", "Facturé par", "À partir de", "Jusqu'à", "Prix TTC", "Calcul", "Par tranche de"]
        sheet.head(row + 1, titles, right=(FIRST, UP_TO, PRICE, SIZE))
        charges = {
            f"{service_key}.{key}": (service, charge)
            for service_key, service in tariff.services.items()
            for key, charge in service.charges.items()
        }
        for key, (service, charge) in charges.items():
            if isinstance(charge.price, Stairstep) or (isinstance(charge.price, PerUnit) and charge.price.limit):
                self.bands[key] = self._bands(service, charge, charge.price)
        self._categories(self._row + 1, charges)

    def _bands(self, service: Service, charge: Charge, price: Stairstep | PerUnit) -> Bands:
        sheet, top, first, blocks = self._sheet, self._row, 1, None
        if isinstance(price, Stairstep):
            bands = [(band.up_to, band.price) for band in price.bands]
            blocks = price.beyond if isinstance(price.beyond, Blocks) else None
        else:
            bands = [(price.limit.up_to, price.amount)] if price.limit else []
        shown: list[tuple[Decimal | str, object]] = []
        for row, (up_to, amount) in enumerate([*bands, (None, blocks.price if blocks else ON_QUOTE)], top):
            sheet.put(row, 0, service.label, "text")
            sheet.put(row, 1, _label(service, charge), "text")
            sheet.put(row, 2, self._tariff.payees[charge.payee].short, charge.payee)
            sheet.formula(row, FIRST, (f"={cell(row - 1, UP_TO)}+1" if row > top else "=1", first), "count")
            sheet.price(row, PRICE, amount)
            if up_to is None:
                sheet.put(row, UP_TO, "et plus", "right")
                words = self._beyond(row, blocks, (cell(row - 1, UP_TO), first - 1))
            else:
                below = f"={cell(row + 1, UP_TO)}-1" if up_to != bands[-1][0] else None
                sheet.whole(row, UP_TO, up_to, f"={cell(row, FIRST)}", below)
                words = joined("tranche de ", (cell(row, FIRST), first), " à ", (cell(row, UP_TO), up_to))
                words = words if isinstance(price, Stairstep) else joined(f"par {service.items[charge.of[0]].unit}")
                first = up_to + 1
            sheet.formula(row, WORDS, words, "text", "beside")
            shown.append((amount, words[1]))
            self._row += 1
        return Bands(top, tuple(up_to for up_to, _ in bands), tuple(shown), blocks)

    def _beyond(self, row: int, blocks: Blocks | None, last: Shown) -> Shown:
        """Say what the price beyond the last band covers, and write how many units make a block of it."""
        if blocks is None:
            return joined("au-delà de ", last)
        self._sheet.whole(row, SIZE, blocks.size, 1, None)
        each = ("par tranche de ", (cell(row, SIZE), blocks.size), " entamée")
        if blocks.counted_from == "first_unit":
            return joined(*each, ", dès la première unité")
        return joined(*each, ", en plus du prix jusqu'à ", last)

    def _categories(self, row: int, charges: dict[str, tuple[Service, Charge]]) -> None:
        sheet, of, payees = self._sheet, self._tariff.categories, self._tariff.payees
        priced = [(key, *each) for key, each in charges.items() if isinstance(each[1].price, ByCategory)]
        sheet.put(row, 0, f"Catégories de\u00a0: {services_by_category(self._tariff)}", "section")
        titles = [f"{_label(service, charge)} ({payees[charge.payee].short})" for _, service, charge in priced]
        heads = ["Catégorie", "Dans l'acte", "Habitants, jusqu'à", "Agents, jusqu'à", *titles]
        sheet.head(row + 1, heads, right=range(BOUNDS, len(heads)))
        top, last = row + 2, row + 1 + len(of.names)
        self.letters = cells(top, last, 0)
        self.bounds = {each: cells(top, last - 1, column) for column, each in enumerate(CRITERIA, BOUNDS)}
        for row, name in enumerate(of.names, top):
            bounds = of.up_to.get(name)
            sheet.put(row, 0, name, "bold")
            sheet.put(row, 1, bounds.text if bounds else of.beyond.text, "text")
            for column, criterion in enumerate(CRITERIA, BOUNDS):
                least = f"={cell(row - 1, column)}+1" if row > top else 0
                most = f"={cell(row + 1, column)}-1" if row < last - 1 else None
                if bounds:
                    sheet.whole(row, column, getattr(bounds, criterion), least, most)
                else:
                    sheet.put(row, column, "et plus", "right")
        for column, (key, _, charge) in enumerate(priced, BY_CATEGORY):
            self.prices[key] = cells(top, last, column)
            assert isinstance(charge.price, ByCategory)
            for row, amount in enumerate(charge.price.amounts.values(), top):
                sheet.price(row, column, ON_QUOTE if amount == "on_quote" else amount)


def _label(service: Service, charge: Charge) -> str:
    """Return a charge's name where it covers all the items it counts."""
    counted = " ; ".join(uncapital(service.items[item].label) for item in charge.of)
    return charge.label.replace(" ({item})", "").replace("{item}", counted)
