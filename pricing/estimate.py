"""An estimate: a client's order under a tariff, as lines, with their totals by payee, rhythm and family."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TypedDict, Unpack

from pricing.category import Placed, Placement, place
from pricing.money import ZERO, counted, to_cents
from pricing.order import Client, Order
from pricing.prices import Price
from pricing.rating import Depends, InPlace, rate
from pricing.readings import FirstYear
from pricing.tariff import Payee, Position, Rhythm, Tariff
from pricing.totals import HORIZON, Line, Total, total


@dataclass(frozen=True, slots=True)
class Answers:
    """The three figures that answer a client."""

    first_year: Total
    """Cash of year 1."""
    recurring: Total
    """Recurring cost per year."""
    six_years: Total
    """Cash of six years."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something asked for that can't be ordered alone, so that nothing is priced for it (R16)."""

    item: str
    """The item asked for."""
    why: str
    """Reason in French, which names what the item needs."""


class Only(TypedDict, total=False):
    """Restriction of a figure to some of the lines."""

    payee: Payee | None
    """The lines of one payee."""
    rhythm: Rhythm | None
    """The lines of one rhythm."""


@dataclass(frozen=True)
class Estimate:
    """Cost of an order for a client under a tariff. Every figure shown anywhere comes from here."""

    tariff: date
    """The day the tariff was adopted: its name."""
    client: Client
    """Public body that asks."""
    order: Order
    """Services asked for, with their quantities."""
    placements: Mapping[str, Placement]
    """The client's category in each grid of the act, or why it has none."""
    lines: tuple[Line, ...]
    """One line for each charge that arises, in the order of the act."""
    set_aside: tuple[SetAside, ...]
    """Items asked for that can't be ordered alone."""
    unsold: tuple[str, ...] = ()
    """Keys of the items asked for that the act does not sell: nothing is priced for them."""
    in_place: frozenset[str] = frozenset()
    """Keys of the services that the client has already: those asked for pay no set-up (R17)."""

    @property
    def set_up_already(self) -> tuple[str, ...]:
        """Names of the services for which a set-up is not due, because they are in place."""
        return tuple(dict.fromkeys(line.position.service for line in self.lines if line.outcome.kind == "in_place"))

    @property
    def categories(self) -> tuple[str, ...]:
        """The client's category in each grid that something asked for depends on, where it has one."""
        prices = [line.position.price for line in self.lines]
        needed = {price.grid for price in prices if price.kind == "by_category"}
        placed = ((grid, each) for grid, each in self.placements.items() if grid in needed)
        return tuple(each.category for _, each in placed if isinstance(each, Placed))

    @cached_property
    def answers(self) -> Answers:
        """Year 1, each year and six years, all payees together."""
        return Answers(self.first_year(), self.recurring(), self.six_years())

    def select(self, **only: Unpack[Only]) -> tuple[Line, ...]:
        """Return the lines of a payee, a rhythm, or both; all lines by default."""
        return selected(self.lines, **only) if only else self.lines

    def first_year(self, **only: Unpack[Only]) -> Total:
        """Return the cash of year 1: set-up, yearly charges and every price for a term."""
        return total(self.select(**only), Line.first)

    def recurring(self, **only: Unpack[Only]) -> Total:
        """Return the recurring cost per year: yearly charges, and each price for a term divided by its years.

        Over the horizon, set-up + 6 x recurring is the sum of the six years' cash; only a term whose price
        does not divide by its term to the cent is rounded, once.
        """
        recurring = (line for line in self.select(**only) if line.position.every)
        whole_years = total(recurring, lambda line: (line.amount or ZERO) * line.times())
        return replace(whole_years, amount=to_cents(whole_years.amount / HORIZON))

    def six_years(self, **only: Unpack[Only]) -> Total:
        """Return the cash of six years, a municipal mandate."""
        return total(self.select(**only), Line.over_horizon)


def selected(lines: tuple[Line, ...], payee: Payee | None = None, rhythm: Rhythm | None = None) -> tuple[Line, ...]:
    """Return the lines of a payee, a rhythm, or both; all lines by default."""
    return tuple(line for line in lines if payee in (None, line.payee) and rhythm in (None, line.rhythm))


def estimate(client: Client, order: Order, tariff: Tariff, in_place: frozenset[str] = frozenset()) -> Estimate:
    """Price an order for a client under a tariff. Any order within bounds has an estimate; nothing is raised.

    `in_place` has the keys of the services that the client has already, which pay no set-up.
    """
    placements = {key: place(client, grid) for key, grid in tariff.grids.items()}
    asked = order.quantities
    quantities = {key: asked.get(key, 0) for key in tariff.items}
    set_aside: list[SetAside] = []
    for key, item in tariff.items.items():
        if item.ticked:
            quantities[key] = min(quantities[key], 1)
        if quantities[key] and item.requires and not asked.get(item.requires):
            unit = tariff.items[item.requires].unit
            number = "" if item.ticked else f" ({counted(quantities[key], item.unit, item.units)})"
            why = (
                f"« {item.label} »{number} reste demandé sans {unit} : rien n'est compté. Il faut au moins 1 {unit}, "
                "ou ne plus le demander."
            )
            set_aside.append(SetAside(key, why))
            quantities[key] = 0
    lines: list[Line] = []
    for position in tariff.positions:
        quantity = sum([quantities[item] for item in position.items])
        if quantity and _arises(position, client, quantities):
            made = _lines(position, quantity, _depends(position.price, client, placements))
            lines += map(_not_due, made) if position.sets_up and position.service_key in in_place else made
    unsold = tuple(key for key in asked if key not in quantities)
    return Estimate(tariff.adopted, client, order, placements, tuple(lines), tuple(set_aside), unsold, in_place)


def _not_due(line: Line) -> Line:
    """Return a line of a set-up that is not due; a quote that the act announces is still announced."""
    return replace(line, outcome=InPlace(line.outcome)) if line.outcome.kind == "priced" else line


def opened(present: Estimate, first_year: FirstYear) -> Estimate:
    """Return an estimate with another first year (R17).

    Set-up is not due where it was paid before; yearly charges are paid for the months that the first year has, rounded
    once a line. Then six budget years hold fewer than 72 months.
    """
    if first_year == FirstYear():
        return present
    due = (line for line in present.lines if not (first_year.set_up_paid and line.rhythm == "setup"))
    months = first_year.months
    return replace(
        present, lines=tuple(replace(line, months=months) if line.rhythm == "yearly" else line for line in due)
    )


def _arises(position: Position, client: Client, quantities: Mapping[str, int]) -> bool:
    return (
        client.structure in position.structures
        and (not position.only_with or quantities[position.only_with] > 0)
        and not (position.unless and any(quantities[item] for item in position.unless))
    )


def _depends(price: Price, client: Client, placements: Mapping[str, Placement]) -> Depends:
    """Return what a price depends on besides the quantity, as rating takes it."""
    match price.kind:
        case "by_category":
            return placements[price.grid].decides
        case "per_head" | "stairstep" if price.by != "quantity":
            return client.inhabitants if price.by == "inhabitants" else client.agents
        case _:
            return None


@lru_cache(maxsize=16_384)
def _lines(position: Position, quantity: int, depends: Depends) -> tuple[Line, ...]:
    """Return the lines of a position; cached, since options and readings ask for the same few again and again."""
    unit = None if position.ticked else position.unit
    parts = rate(position.price, quantity, unit, position.every, depends, position.vat)
    return tuple(Line(position, part, outcome) for part, outcome in parts)
