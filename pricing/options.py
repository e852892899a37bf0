"""Costs of the same order with one choice changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pricing.category import Categories, Placed, Placement
from pricing.compare import Comparison, Difference, compare
from pricing.estimate import Estimate, estimate
from pricing.order import MAX_QUANTITY, Client, Order
from pricing.tariff import Instead, Tariff, uncapital

Choice = Literal["instead", "ticked", "band", "category", "without"]
"""Kind of choice that an option changes."""


@dataclass(frozen=True, slots=True)
class Option:
    """The same order with one choice changed."""

    choice: Choice
    """Kind of choice that is changed."""
    label: str
    """The changed choice, in French."""
    comparison: Comparison
    """The changed estimate against the present one; it holds the client and order to adopt."""

    @property
    def adoptable(self) -> bool:
        """True if the client can choose it; nobody chooses the size of the commune."""
        return self.choice != "category"

    @property
    def serves_as_much(self) -> bool:
        """True if the client still has all the services and units that are asked for."""
        return self.choice in ("instead", "ticked")


def options(present: Estimate, tariff: Tariff) -> tuple[Option, ...]:
    """Return every option of an order, in the order of the page; `tariff` is the one the estimate was made under."""
    return tuple(
        Option(choice, label, compare(estimate(client, order, tariff, present.in_place), present))
        for choice, label, client, order in _changes(present, tariff)
    )


def without_a_service(present: Estimate, tariff: Tariff, words: Mapping[str, str]) -> tuple[Option, ...]:
    """Return the order without each service asked for, and without what can't be ordered without it.

    `words` are labels by the service's key; one without any is left out by its name: ``Sans « Messagerie »``.

    The only service that is priced is not left out, since that leaves nothing; neither is one that changes no total.
    """
    order = present.order
    found: list[Option] = []
    for key, service in tariff.services.items():
        gone = {each for each, item in tariff.items.items() if each in service.items or item.requires in service.items}
        if not gone & order.quantities.keys():
            continue
        left = estimate(present.client, order.only(order.quantities.keys() - gone), tariff, present.in_place)
        comparison = compare(left, present)
        if left.lines and not comparison.six_years.none:
            found.append(Option("without", words.get(key, f"Sans « {service.label} »"), comparison))
    return tuple(found)


def crossing(present: Estimate, tariff: Tariff, grid: str) -> Option | None:
    """Return the option of the category above in a grid; None in the last, or where no service asked for needs it."""
    services, above = _of_grid(present, tariff, grid), _above(present.placements[grid], present.client)
    if not services or above is None:
        return None
    category, client = above
    changed = estimate(client, present.order, tariff, present.in_place)
    return Option("category", f"Catégorie {category} de {services}", compare(changed, present))


def by_saving(choices: Iterable[Option]) -> tuple[Option, ...]:
    """Sort options by what they save over six years; those that leave more unknown come last."""
    return tuple(sorted(choices, key=lambda option: _rank(option.comparison.six_years)))


def _rank(six_years: Difference) -> tuple[bool, Decimal]:
    another_unknown = not (six_years.same_unknowns or any(six_years.counts))
    return another_unknown or any(count > 0 for count in six_years.counts), six_years.amount


def _changes(present: Estimate, tariff: Tariff) -> Iterator[tuple[Choice, str, Client, Order]]:
    client, order = present.client, present.order
    for service in tariff.services.values():
        if service.instead:
            for label, changed in _all_as_one(order, service.instead):
                yield "instead", label, client, changed
        for key, item in service.items.items():
            if item.taken and order.quantity(item.requires):
                taken = order.quantity(key)
                yield "ticked", item.left if taken else item.taken, client, order.asking(**{key: 1 - taken})
    for label, changed in _bands(present, tariff):
        yield "band", label, client, changed
    for grid, placement in present.placements.items():
        if services := _of_grid(present, tariff, grid):
            for category, changed in _categories(placement, tariff.grids[grid], client):
                yield "category", f"Catégorie {category} de {services}", changed, order


def _of_grid(present: Estimate, tariff: Tariff, grid: str) -> str:
    """Return the services asked for whose price depends on a grid; empty where there is none."""
    found = (
        position.service
        for position in tariff.positions
        if tariff.grid(position) is tariff.grids[grid] and any(map(present.order.quantity, position.items))
    )
    return " et ".join(dict.fromkeys(found))


def _all_as_one(order: Order, instead: Instead) -> Iterator[tuple[str, Order]]:
    """Yield the order with all its units of items that stand for one another as each of them in turn."""
    units = sum(map(order.quantity, instead.items))
    if units > MAX_QUANTITY:
        return
    for item, words in instead.items.items():
        changed = order.asking(**dict.fromkeys(instead.items, 0) | {item: units})
        if changed != order:
            yield f"{instead.one if units == 1 else instead.all} {words}", changed


def _bands(present: Estimate, tariff: Tariff) -> Iterator[tuple[str, Order]]:
    """Yield the order with one unit more, or one less, where that changes the price of a stairstep."""
    order = present.order
    for position in tariff.positions:
        item = next((item for item in position.items if order.quantity(item)), None)
        if position.price.kind != "stairstep" or item is None:
            continue
        now = _charged(present, position.charge)
        for step, label in ((1, "1 {unit} de plus"), (-1, "1 {unit} de moins")):
            quantity = order.quantity(item) + step
            if sum(order.quantity(each) for each in position.items) + step < 1 or quantity > MAX_QUANTITY:
                continue
            changed = order.asking(**{item: quantity})
            other = estimate(present.client, changed, tariff, present.in_place)
            if _charged(other, position.charge) != now:
                which = f" ({uncapital(tariff.items[item].label)})" if len(position.items) > 1 else ""
                yield f"{position.service} : {label.format(unit=position.unit.one)}{which}", changed


def _charged(present: Estimate, charge: str) -> list[Decimal | None]:
    return [line.amount for line in present.lines if line.position.charge == charge]


def _categories(placement: Placement, grid: Categories, client: Client) -> Iterator[tuple[str, Client]]:
    """Yield the category below and the one above, by the client's own criteria."""
    if not isinstance(placement, Placed):
        return
    rank = grid.names.index(placement.category)
    if rank > 0:
        below = grid.names[rank - 1]
        bounds = grid.up_to[below]
        lower = {
            finding.criterion: min(finding.value, last)
            for finding in placement.findings
            if (last := getattr(bounds, finding.criterion)) is not None
        }
        if lower:
            yield below, client.model_copy(update=lower)
    if above := _above(placement, client):
        yield above


def _above(placement: Placement, client: Client) -> tuple[str, Client] | None:
    """Return the category above, with the client just large enough for it; None where there is none."""
    if not isinstance(placement, Placed) or not placement.thresholds:
        return None
    above = min(placement.thresholds, key=lambda threshold: threshold.criterion != placement.decided_by)
    return above.category, client.model_copy(update={above.criterion: above.at})
