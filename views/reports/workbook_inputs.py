"""The cells at the top of the live sheet that say who asks and what is asked for, and the formulas that read them."""

from collections.abc import Iterable

from pricing.estimate import Estimate
from pricing.order import MAX_QUANTITY, Structure
from pricing.prices import Criterion
from pricing.tariff import Position, Tariff
from views.reports.wording import NO_AMOUNT, STRUCTURES, services_of_grid
from views.reports.workbook_sheets import MISSING, QUOTE, Sheet, Shown, cell, joined, text
from views.reports.workbook_tariff import SIZES, Tables

VALUE, UNIT = 2, 3
"""Columns of the values and of their units."""
# A comma would end one choice of the list and begin the next.
KINDS: dict[Structure, str] = {kind: words.replace(",", " ou") for kind, words in STRUCTURES.items()}
"""Words for each kind of body."""


class Inputs:
    """Client and order in cells that may be changed, with the client's category in each grid; written when made."""

    def __init__(self, sheet: Sheet, tariff: Tariff, made: Estimate, tables: Tables, row: int) -> None:
        self._sheet, self._tariff, self._made, self._tables = sheet, tariff, made, tables
        self._structure = cell(row + 1, VALUE)
        grids = row + 2 + len(SIZES)
        items = self.end(tariff, row) - len(tariff.items)
        self.sizes: dict[Criterion, Shown] = {
            criterion: (cell(each, VALUE), getattr(made.client, criterion))
            for each, criterion in enumerate(SIZES, row + 2)
        }
        """Cell of each number of the client, and its value on the day; None where it is not given."""
        self.categories: dict[str, Shown] = {}
        """Cell of the client's category in each grid, and what it shows on the day."""
        self._asked = {item: cell(each, VALUE) for each, item in enumerate(tariff.items, items)}
        sheet.head(row, ["Ce qui est demandé", "", "Valeur", "Unité"], right=[VALUE])
        self._client(row + 1)
        self._categories(grids)
        self._items(items)

    @staticmethod
    def end(tariff: Tariff, row: int) -> int:
        """Return the row after the inputs whose heads are in a row."""
        return row + 2 + len(SIZES) + len(tariff.grids) + len(tariff.items)

    def quantity(self, position: Position) -> str:
        """Return the formula of the quantity that a position counts, which is 0 where it does not arise."""
        quantity = "+".join(self._available(item) for item in position.items)
        without = [f"{self._available(position.only_with)}=0"] if position.only_with else []
        without += [f"{self._available(item)}>0" for item in position.unless]
        others: list[Structure] = [each for each in STRUCTURES if each not in position.structures]
        without += [self._is_one_of(others)] if others else []
        return f"IF(OR({','.join(without)}),0,{quantity})" if without else quantity

    def _available(self, item: str) -> str:
        """Return the formula of an item's quantity, which is 0 without the item it requires (R16)."""
        requires = self._tariff.items[item].requires
        return f"IF({self._asked[requires]}=0,0,{self._asked[item]})" if requires else self._asked[item]

    def _is_one_of(self, structures: Iterable[Structure]) -> str:
        return f"OR({','.join(f'{self._structure}={text(KINDS[each])}' for each in structures)})"

    def _client(self, row: int) -> None:
        sheet, client = self._sheet, self._made.client
        sheet.put(row, 0, "Type de structure")
        sheet.put(row, VALUE, KINDS[client.structure], "input")
        rule = {"validate": "list", "source": [*KINDS.values()]}
        sheet.allow(row, VALUE, rule, f"Il faut\u00a0: {' ; '.join(KINDS.values())}.")
        for each, (criterion, (name, most)) in enumerate(SIZES.items(), row + 1):
            sheet.put(each, 0, name)
            sheet.whole(each, VALUE, getattr(client, criterion), 0, most)
            sheet.put(each, UNIT, self._alone(criterion), "muted", "beside")

    def _alone(self, criterion: Criterion) -> Shown | None:
        """Return the categories that one number leads to by itself, in the order of the grids that count it."""
        (value, number), structure = self.sizes[criterion], self._made.client.structure
        found: list[Shown] = []
        for key, grid in self._tariff.grids.items():
            if grid.counts(criterion):
                words = " catégorie " if found else "catégorie "
                placed = f"AND({self._is_one_of(grid.structures)},ISNUMBER({value}))"
                letter = f'IF({placed},"{words}"&{self._tables.grids[key].category({criterion: value})},"")'
                known = None if structure not in grid.structures else number
                found.append((letter, "" if known is None else f"{words}{grid.find(criterion, known).category}"))
        return joined(*found) if found else None

    def _categories(self, row: int) -> None:
        """Write the client's category in each grid, or the words for why it has none."""
        sheet = self._sheet
        values: dict[Criterion, str] = {criterion: value for criterion, (value, _) in self.sizes.items()}
        for each, (key, grid) in enumerate(self._tariff.grids.items(), row):
            services, table = services_of_grid(self._tariff, key), self._tables.grids[key]
            known = f"COUNT({','.join(values[criterion] for criterion in table.bounds)})"
            letter = f"IF({known}=0,{text(MISSING)},{table.category(values)})"
            decides = self._made.placements[key].decides
            shown = decides if isinstance(decides, str) else NO_AMOUNT[decides.kind]
            sheet.put(each, 0, f"Catégorie{f', pour {services}' if services else ''}")
            formula = f"=IF({self._is_one_of(grid.structures)},{letter},{QUOTE})"
            sheet.put(each, VALUE, (formula, shown), "right", "bold")
            self.categories[key] = sheet.at(each, VALUE)

    def _items(self, row: int) -> None:
        sheet, items, order = self._sheet, self._tariff.items, self._made.order
        for each, (key, item) in enumerate(items.items(), row):
            sheet.put(each, 0, item.label)
            sheet.whole(each, VALUE, order.quantity(key), 0, 1 if item.ticked else MAX_QUANTITY)
            unit: str | Shown = "1\u00a0: oui, 0\u00a0: non" if item.ticked else item.unit
            if item.requires:
                needed = f"pas compté\u00a0: il faut au moins 1\u00a0{items[item.requires].unit}"
                alone = f"AND({self._asked[key]}>0,{self._asked[item.requires]}=0)"
                words = needed if order.quantity(key) and not order.quantity(item.requires) else unit
                unit = f"=IF({alone},{text(needed)},{text(unit)})", words
            sheet.put(each, UNIT, unit, "muted", "beside")
