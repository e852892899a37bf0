"""The tables of the workbook that prices are looked up in: bands of quantities, and categories."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.category import Criterion
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.prices import Band, Blocks
from pricing.tariff import Charge, Service, Tariff, uncapital
from views.reports.wording import services_by_category
from views.reports.workbook_sheets import NOTHING, ON_QUOTE, QUOTE, Sheet, Shown, cell, cells, joined, text

FIRST, UP_TO, PRICE, WORDS, SIZE = range(3, 8)
"""Columns of the bands; the price and what it covers are in those of the lines above."""
BOUNDS = 2
"""First column of the bounds of the categories; their prices follow."""
SIZES: dict[Criterion, tuple[str, int]] = {
    "inhabitants": ("Habitants", MAX_INHABITANTS),
    "agents": ("Agents", MAX_AGENTS),
}
"""Name of each number that places a client in a category, and the largest it may be."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of a charge, a row each, and a last row for what is beyond them."""

    sheet: Sheet
    """The sheet that holds them."""
    top: int
    """First row."""
    end: int
    """Row of what is beyond the last band."""
    blocks: Blocks | None
    """Blocks beyond the last band; None where it is on quote."""
    unit: str
    """Unit that a price is for; empty where it is for the band as a whole."""

    @property
    def last(self) -> str:
        """Cell of the last bound."""
        return cell(self.end - 1, UP_TO)

    def beyond(self) -> tuple[Shown, Shown]:
        """Return the price beyond the last band, with what it covers."""
        (price, shown), (words, covered) = (self.sheet.at(self.end, column) for column in (PRICE, WORDS))
        return (f"={price_in(price)}", shown), (f"={words}", covered)

    def of(self, ordered: str, own: str, quantity: int) -> tuple[Shown, Shown, str]:
        """Return the price for the quantity in a cell, what it covers, and the amount where the price is a number.

        The price is written into the cell `own`; `quantity` is that of the day.
        """
        rank = rank_of(ordered, cells(self.top, self.end - 1, UP_TO))
        price = price_in(f"INDEX({cells(self.top, self.end, PRICE)},{rank})")
        words = f"INDEX({cells(self.top, self.end, WORDS)},{rank})"
        euros = f"{ordered}*{own}" if self.unit else own
        if self.blocks:
            size, base = cell(self.end, SIZE), cell(self.end - 1, PRICE)
            beyond = f"ROUNDUP({ordered}/{size},0)*{own}"
            if self.blocks.counted_from == "last_band":  # R4; a block has no price where what it is added to has none
                beyond = f"{base}+ROUNDUP(({ordered}-{self.last})/{size},0)*{own}"
                price = f"IF(OR({ordered}<={self.last},ISNUMBER({base})),{price},{QUOTE})"
            euros = f"IF({ordered}<={self.last},{own},{beyond})"
        row = next((row for row in range(self.top, self.end) if quantity <= self.sheet.shown[row, UP_TO]), self.end)
        found, covered = (self.sheet.shown[row, column] for column in (PRICE, WORDS)) if quantity else (NOTHING, "")
        priced, covers = if_ordered(ordered, price), if_ordered(ordered, words, "")
        return (priced, found), (covers, covered), euros


class Tables:
    """Both tables, written from a row down."""

    def __init__(self, sheet: Sheet, tariff: Tariff, row: int) -> None:
        self._sheet, self._tariff, self._row = sheet, tariff, row + 2
        sheet.put(row, 0, "Tranches", "section")
        titles = ["Service", "Tarif", "Facturé par", "À partir de", "Jusqu'à", "Prix TTC", "Calcul", "Par tranche de"]
        sheet.head(row + 1, titles, right=(FIRST, UP_TO, PRICE, SIZE))
        charges = [
            (f"{service_key}.{key}", service, charge)
            for service_key, service in tariff.services.items()
            for key, charge in service.charges.items()
        ]
        self.bands = {key: bands for key, service, charge in charges if (bands := self._bands(service, charge))}
        """Bands by charge."""
        top, last = self._row + 3, self._row + 2 + len(tariff.categories.names)
        self.letters = cells(top, last, 0)
        """Range of the categories."""
        self.bounds = {each: cells(top, last - 1, column) for column, each in enumerate(SIZES, BOUNDS)}
        """Ranges of the last number of inhabitants, and of agents, of each category."""
        self.prices: dict[str, str] = {}
        """Range of the prices by category of each charge."""
        self._categories(top, last)
        heads = ["Catégorie", "Dans l'acte", *(f"{name}, jusqu'à" for name, _ in SIZES.values())]
        for key, service, charge in charges:
            if charge.price.kind == "by_category":
                self.prices[key] = cells(top, last, len(heads))
                for row, amount in enumerate(charge.price.amounts.values(), top):
                    sheet.price(row, len(heads), ON_QUOTE if amount == "on_quote" else amount)
                heads.append(f"{_label(service, charge)} ({tariff.payees[charge.payee].short})")
        sheet.head(top - 1, heads, right=range(BOUNDS, len(heads)))

    def category(self, values: Mapping[str, str]) -> str:
        """Return the category by the numbers in some cells, of which one holds a number at least (R11, R12)."""
        ranks = {each: f"IF(ISNUMBER({value}),{rank_of(value, self.bounds[each])},0)" for each, value in values.items()}
        found, rule = f"MAX({','.join(ranks.values())})", self._tariff.categories.rule
        if rule != "higher" and rule in values:
            found = f"IF(ISNUMBER({values[rule]}),{ranks[rule]},{found})"
        return f"INDEX({self.letters},{found})"

    def _bands(self, service: Service, charge: Charge) -> Bands | None:
        """Write the bands of a charge, if its price has any."""
        sheet, price, top = self._sheet, charge.price, self._row
        if price.kind == "stairstep":
            bands, blocks, unit = price.bands, price.beyond if price.beyond.kind == "blocks" else None, ""
        elif price.kind == "per_unit" and price.limit:
            bands, blocks = [Band(up_to=price.limit.up_to, price=price.amount)], None
            unit = service.items[charge.of[0]].unit
        else:
            return None
        end = top + len(bands)
        for row, each in enumerate([*bands, blocks], top):
            sheet.put(row, 0, service.label, "text")
            sheet.put(row, 1, _label(service, charge), "text")
            sheet.put(row, 2, self._tariff.payees[charge.payee].short, charge.payee)
            first = (f"={cell(row - 1, UP_TO)}+1", bands[row - top - 1].up_to + 1) if row > top else ("=1", 1)
            sheet.put(row, FIRST, first, "count")
            sheet.price(row, PRICE, each.price if each else ON_QUOTE)
        for row, band in enumerate(bands, top):
            below = f"={cell(row + 1, UP_TO)}-1" if row < end - 1 else MAX_QUANTITY
            sheet.whole(row, UP_TO, band.up_to, f"={cell(row, FIRST)}", below)
            tranche = joined("tranche de ", sheet.at(row, FIRST), " à ", sheet.at(row, UP_TO))
            sheet.put(row, WORDS, joined(f"par {unit}") if unit else tranche, "text", "beside")
        sheet.put(end, UP_TO, "et plus", "right")
        last = sheet.at(end - 1, UP_TO)
        words = joined("au-delà de ", last)
        if blocks:
            sheet.whole(end, SIZE, blocks.size, 1, MAX_QUANTITY)
            counted = [", dès la première unité"]
            if blocks.counted_from == "last_band":
                counted = [", en plus du prix jusqu'à ", last]
            words = joined("par tranche de ", sheet.at(end, SIZE), " entamée", *counted)
        sheet.put(end, WORDS, words, "text", "beside")
        self._row = end + 1
        return Bands(sheet, top, end, blocks, unit)

    def _categories(self, top: int, last: int) -> None:
        sheet, of = self._sheet, self._tariff.categories
        sheet.put(top - 2, 0, f"Catégories de\u00a0: {services_by_category(self._tariff)}", "section")
        for row, name in enumerate(of.names, top):
            bounds = of.up_to.get(name)
            sheet.put(row, 0, name, "bold")
            sheet.put(row, 1, bounds.text if bounds else of.beyond.text, "text")
            for column, (criterion, (_, most)) in enumerate(SIZES.items(), BOUNDS):
                least = f"={cell(row - 1, column)}+1" if row > top else 0
                below = f"={cell(row + 1, column)}-1" if row < last - 1 else most
                if bounds:
                    sheet.whole(row, column, getattr(bounds, criterion), least, below)
                else:
                    sheet.put(row, column, "et plus", "right")


def _label(service: Service, charge: Charge) -> str:
    """Return a charge's name where it covers all the items it counts."""
    counted = " ; ".join(uncapital(service.items[item].label) for item in charge.of)
    return charge.label.replace(" ({item})", "").replace("{item}", counted)


def rank_of(value: str, bounds: str) -> str:
    """Return the rank of the band that holds a value, from 1; each bound is the last value of its band."""
    return f"1+SUMPRODUCT(1*({bounds}<{value}))"


def price_in(cell: str) -> str:
    """Return the price in a cell."""
    return f"IF(ISNUMBER({cell}),{cell},{QUOTE})"


def if_ordered(quantity: str, formula: str, otherwise: str = NOTHING) -> str:
    """Return the formula for a quantity of at least 1, which gives the words `otherwise` at 0."""
    return f"=IF({quantity}=0,{text(otherwise)},{formula})"
