"""The tables of the workbook that prices are looked up in: bands, prices per head, and grids of categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from pricing.category import CRITERIA, Rule
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.prices import Band, Blocks, ByCategory, Criterion, OnQuote, Open, UnitBand
from pricing.rating import HEADS
from pricing.tariff import Charge, Service, Tariff, uncapital
from views.reports.wording import services_of_grid
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
    text,
)

Charged = tuple[str, Service, Charge]
"""A charge with its key, ``service.charge``, and its service."""
Beyond = Blocks | Open | OnQuote
"""Price above the last band."""
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
class Found:
    """Price of a line, and what follows from it."""

    price: Shown | Decimal | str
    """The price; one that is no formula may be changed."""
    words: Shown
    """Lines that it covers."""
    amount: str
    """Formula of the amount without VAT, where the price is a number."""
    needs: str = ""
    """Cell of the number that the client must give for an amount; empty where it is none, or the price looks to it."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of a charge, a row each, and a last row for what is beyond them."""

    sheet: Sheet
    """The sheet that holds them."""
    top: int
    """First row."""
    end: int
    """Row of what is beyond the last band."""
    by: Criterion | None
    """Number of the client that falls in a band; None where the quantity does."""
    blocks: Blocks | None
    """Blocks beyond the last band, if any."""
    unit: str
    """Unit that a price is for; empty where it is for the band as a whole."""

    @property
    def last(self) -> str:
        """Cell of the last bound."""
        return cell(self.end - 1, UP_TO)

    def beyond(self, ordered: str, own: str) -> Found:
        """Return the price beyond the last band for the quantity in a cell, written into the cell `own`."""
        (price, shown), (words, covered) = (self.sheet.at(self.end, column) for column in (PRICE, WORDS))
        return Found((f"={price_in(price)}", shown), (f"={words}", covered), f"{ordered}*{own}")

    def of(self, ordered: Shown, own: str, sizes: Mapping[Criterion, Shown]) -> Found:
        """Return the price for the quantity in a cell and the numbers of the client, written into the cell `own`."""
        number, value = sizes[self.by] if self.by else ordered
        rank = rank_of(number, cells(self.top, self.end - 1, UP_TO))
        price = price_in(f"INDEX({cells(self.top, self.end, PRICE)},{rank})")
        words = f"INDEX({cells(self.top, self.end, WORDS)},{rank})"
        euros = f"{ordered[0]}*{own}" if self.unit else own
        if self.blocks:
            size, base = cell(self.end, SIZE), cell(self.end - 1, PRICE)
            beyond = f"ROUNDUP({number}/{size},0)*{own}"
            if self.blocks.counted_from == "last_band":  # R4; a block has no price where what it is added to has none
                beyond = f"{base}+ROUNDUP(({number}-{self.last})/{size},0)*{own}"
                price = f"IF(OR({number}<={self.last},ISNUMBER({base})),{price},{QUOTE})"
            euros = f"IF({number}<={self.last},{own},{beyond})"
        found, covered = MISSING, ""
        if value is not None:
            rows, shown = range(self.top, self.end), self.sheet.shown
            row = next((row for row in rows if value <= shown[row, UP_TO]), self.end)
            found, covered = shown[row, PRICE], shown[row, WORDS]
        if self.by:
            without = f"selon le nombre d'{HEADS[self.by].many}"
            price, words = if_known(number, price), if_known(number, words, without)
            covered = without if value is None else covered
        if not ordered[1]:
            found, covered = NOTHING, ""
        return Found((if_ordered(ordered[0], price), found), (if_ordered(ordered[0], words, ""), covered), euros)


@dataclass(frozen=True, slots=True)
class GridCells:
    """The cells of a grid of categories."""

    letters: str
    """Range of the categories."""
    bounds: Mapping[Criterion, str]
    """Range of the last number of each category, for each criterion that the grid counts."""
    rule: Rule
    """Criterion that decides where the two point to different categories."""

    def category(self, values: Mapping[Criterion, str]) -> str:
        """Return the category by the numbers in some cells, of which one holds a number at least (R11, R12)."""
        ranks = {
            each: f"IF(ISNUMBER({values[each]}),{rank_of(values[each], bounds)},0)"
            for each, bounds in self.bounds.items()
            if each in values
        }
        found = f"MAX({','.join(ranks.values())})"
        if self.rule != "higher" and self.rule in ranks:
            found = f"IF(ISNUMBER({values[self.rule]}),{ranks[self.rule]},{found})"
        return f"INDEX({self.letters},{found})"


class Tables:
    """All the tables, written from a row down."""

    def __init__(self, sheet: Sheet, tariff: Tariff, row: int) -> None:
        self._sheet, self._tariff, self._row = sheet, tariff, row
        self.bands: dict[str, Bands] = {}
        """Bands by charge."""
        self.grids: dict[str, GridCells] = {}
        """Grids by key."""
        self.prices: dict[str, str] = {}
        """Range of the prices by category of each charge."""
        self.names: list[str] = []
        """Names of the tables, as a sentence on their prices has them."""
        by_grid: dict[str, list[tuple[Charged, ByCategory]]] = {key: [] for key in tariff.grids}
        for service_key, service in tariff.services.items():
            for charge_key, charge in service.charges.items():
                of = f"{service_key}.{charge_key}", service, charge
                price, unit = charge.price, service.items[charge.of[0]].unit
                match price.kind:
                    case "stairstep":
                        by = None if price.by == "quantity" else price.by
                        self._bands(of, price.bands, price.beyond, by=by)
                    case "volume":
                        self._bands(of, price.bands, price.beyond, unit=unit)
                    case "per_unit":
                        if price.limit:
                            band = UnitBand(up_to=price.limit.up_to, price=price.amount)
                            beyond = OnQuote(kind="on_quote", why=price.limit.why)
                            self._bands(of, [band], beyond, unit=unit)
                    case "by_category":
                        by_grid[price.grid].append((of, price))
                    case "flat" | "per_head" | "by_term" | "included" | "not_stated" | "on_quote":
                        pass  # One price, in the line itself.
                    case _:
                        assert_never(price.kind)
        for key, charges in by_grid.items():
            self._grid(key, charges)

    def _title(self, title: str, name: str, heads: Sequence[str] = ()) -> None:
        """Write the title of a table after an empty row, with the heads of a table of charges, unless it is there."""
        if name in self.names and heads:
            return
        self._row += 1 if self.names else 0
        self._sheet.put(self._row, 0, title, "section")
        if heads:
            right = [FIRST, UP_TO, PRICE, *range(SIZE, FIRST + len(heads))]
            self._sheet.head(self._row + 1, ["Service", "Tarif", "Facturé par", *heads], right=right)
        self.names += [] if name in self.names else [name]
        self._row += 2

    def _charge(self, row: int, service: Service, charge: Charge) -> None:
        self._sheet.put(row, 0, service.label, "text")
        self._sheet.put(row, 1, _label(service, charge), "text")
        self._sheet.put(row, 2, self._tariff.payees[charge.payee].short, charge.payee)

    def _bands(
        self, of: Charged, bands: Sequence[Band | UnitBand], beyond: Beyond, by: Criterion | None = None, unit: str = ""
    ) -> None:
        """Write the bands of a charge, and a row for what is beyond them."""
        key, service, charge = of
        self._title("Tranches", "les tranches", ["À partir de", "Jusqu'à", "Prix TTC", "Calcul", "Par tranche de"])
        sheet, top, end, vat = self._sheet, self._row, self._row + len(bands), charge.vat
        heads, most, one = (f" {HEADS[by].many}", SIZES[by][1], HEADS[by].one) if by else ("", MAX_QUANTITY, "")
        for row, each in enumerate([*bands, beyond], top):
            self._charge(row, service, charge)
            first = (f"={cell(row - 1, UP_TO)}+1", bands[row - top - 1].up_to + 1) if row > top else ("=1", 1)
            sheet.put(row, FIRST, first, "count")
            sheet.price(row, PRICE, ON_QUOTE if isinstance(each, OnQuote) else each.price, vat)
        for row, band in enumerate(bands, top):
            below = f"={cell(row + 1, UP_TO)}-1" if row < end - 1 else most
            sheet.whole(row, UP_TO, band.up_to, f"={cell(row, FIRST)}", below)
            covers = ["tranche de ", sheet.at(row, FIRST), " à ", sheet.at(row, UP_TO), heads]
            words = joined(*([f"par {unit}"] if unit else covers), plus_tax(vat))
            sheet.put(row, WORDS, words, "text", "beside")
        sheet.put(end, UP_TO, "et plus", "right")
        last = sheet.at(end - 1, UP_TO)
        match beyond.kind:
            case "blocks":
                sheet.whole(end, SIZE, beyond.size, 1, most)
                counted = [f", dès le premier {one}" if by else ", dès la première unité"]
                if beyond.counted_from == "last_band":
                    counted = [", en plus du prix jusqu'à ", last, heads]
                covers = ["par tranche de ", sheet.at(end, SIZE), " entamée", *counted]
            case "price":
                covers = [f"par {unit} " if unit else "", "au-delà de ", last, heads]
            case "on_quote":
                covers = ["au-delà de ", last, heads]
            case _:
                assert_never(beyond.kind)
        sheet.put(end, WORDS, joined(*covers, plus_tax(vat)), "text", "beside")
        self._row = end + 1
        self.bands[key] = Bands(sheet, top, end, by, beyond if isinstance(beyond, Blocks) else None, unit)

    def _grid(self, key: str, charges: Sequence[tuple[Charged, ByCategory]]) -> None:
        """Write the categories of a grid with their bounds, and the prices that go by them."""
        self._title(f"Catégories de\u00a0: {services_of_grid(self._tariff, key)}", "les catégories")
        sheet, of, top = self._sheet, self._tariff.grids[key], self._row
        last = top + len(of.up_to)
        criteria: list[Criterion] = [each for each in CRITERIA if of.counts(each)]
        columns: dict[Criterion, int] = {each: column for column, each in enumerate(criteria, BOUNDS)}
        for row, name in enumerate(of.names, top):
            bounds = of.up_to.get(name)
            sheet.put(row, 0, name, "bold")
            sheet.put(row, 1, bounds.text if bounds else of.beyond.text, "text")
            for criterion, column in columns.items():
                self._bound(row, column, [getattr(each, criterion) for each in of.up_to.values()], row - top, criterion)
        bounded: dict[Criterion, str] = {each: cells(top, last - 1, column) for each, column in columns.items()}
        self.grids[key] = GridCells(cells(top, last, 0), bounded, of.rule)
        heads = ["Catégorie", "Dans l'acte", *(f"{SIZES[each][0]}, jusqu'à" for each in columns)]
        for (charge_key, service, charge), price in charges:
            self.prices[charge_key] = cells(top, last, len(heads))
            for row, amount in enumerate(price.amounts.values(), top):
                sheet.price(row, len(heads), ON_QUOTE if amount == "on_quote" else amount, charge.vat)
            heads.append(f"{_label(service, charge)} ({self._tariff.payees[charge.payee].short})")
        sheet.head(top - 1, heads, right=range(BOUNDS, len(heads)))
        self._row = last + 1

    def _bound(self, row: int, column: int, bounds: Sequence[int | None], rank: int, criterion: Criterion) -> None:
        """Write one of the bounds of a column: a number, the one above it again where it has none, or no end."""
        sheet, above = self._sheet, cell(row - 1, column)
        if rank == len(bounds):
            sheet.put(row, column, "et plus", "right")
        elif (bound := bounds[rank]) is None:  # No number is then in this category: it ends where the one above does.
            sheet.put(row, column, (f"={above}", sheet.shown[row - 1, column]) if rank else -1, "unseen")
        else:
            higher = next((other for other in range(rank + 1, len(bounds)) if bounds[other] is not None), None)
            below = SIZES[criterion][1] if higher is None else f"={cell(row + higher - rank, column)}-1"
            sheet.whole(row, column, bound, f"={above}+1" if rank else 0, below)


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


def if_known(number: str, formula: str, otherwise: str = MISSING) -> str:
    """Return the formula for a number of the client that is given, which gives the words `otherwise` without."""
    return f"IF(ISNUMBER({number}),{formula},{text(otherwise)})"


def if_ordered(quantity: str, formula: str, otherwise: str = NOTHING) -> str:
    """Return the formula for a quantity of at least 1, which gives the words `otherwise` at 0."""
    return f"=IF({quantity}=0,{text(otherwise)},{formula})"
