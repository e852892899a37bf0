"""Items that stand for one another: the kind asked for, the price of each a year, and the cheapest."""

from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from pricing.estimate import Estimate, estimate
from pricing.order import MAX_QUANTITY, Client, Order
from pricing.tariff import Instead, Tariff
from pricing.totals import Total

_OF_EACH_UNIT = ("per_unit", "by_term", "by_category", "included", "not_stated", "on_quote")
"""Kinds of price that one unit has whatever the number of units."""


def asked_kinds(order: Order, instead: Instead) -> tuple[str, ...]:
    """Return the items that stand for one another and are asked for, in the order of the act."""
    return tuple(item for item in instead.items if order.quantity(item))


def units(order: Order, instead: Instead) -> int:
    """Return how many units of items that stand for one another are asked for, all kinds together."""
    return sum(map(order.quantity, instead.items))


@lru_cache(maxsize=4_096)
def per_year(item: str, client: Client, tariff: Tariff) -> Total | None:
    """Return what one unit of an item costs a year: yearly charges, and the price of a term divided by its years.

    Leaves out set-up, and what depends on the number of units; None where nothing else is paid again. Cached, since
    most edits leave the client as it was.
    """
    requires = tariff.items[item].requires
    alone = estimate(client, Order(**{item: 1} | ({requires: 1} if requires else {})), tariff)
    lines = tuple(
        line
        for line in alone.lines
        if line.position.every and item in line.position.items and line.position.price.kind in _OF_EACH_UNIT
    )
    return replace(alone, lines=lines).recurring() if lines else None


def cheapest(present: Estimate, instead: Instead, tariff: Tariff) -> str:
    """Return the item that costs least over six years for the number asked for, or for one where none is.

    Empty where two cost the same, or where the least known amount leaves out more than another one does.
    """
    kinds, order = tuple(instead.items), present.order
    number = min(max(1, units(order, instead)), MAX_QUANTITY)
    beside = order.only(_beside(kinds, tariff)).asking(**dict.fromkeys(kinds, 0))
    return _cheapest(kinds, number, present.client, beside, tariff, present.in_place)


@lru_cache(maxsize=4_096)
def _cheapest(
    kinds: tuple[str, ...], number: int, client: Client, beside: Order, tariff: Tariff, in_place: frozenset[str]
) -> str:
    """Return the cheapest of some kinds, beside the rest of an order; cached, since most edits change neither."""
    costs = sorted(
        (*_cost(estimate(client, beside.asking(**{item: number}), tariff, in_place)), item) for item in kinds
    )
    (least, left_out, item), *others = costs
    return item if all(least < amount and left_out <= other for amount, other, _ in others) else ""


@cache
def _beside(kinds: tuple[str, ...], tariff: Tariff) -> frozenset[str]:
    """Return the items that have a part in the prices of some kinds, or that depend on one of them."""
    required = {tariff.items[item].requires for item in kinds}
    related = {*kinds, *required, *(key for key, item in tariff.items.items() if item.requires in kinds)} - {""}
    mentioned = ({*each.items, *each.unless, each.only_with} - {""} for each in tariff.positions)
    return frozenset(related.union(*(items for items in mentioned if items & related)))


def _cost(of: Estimate) -> tuple[Decimal, int]:
    """Return what an order costs over six years, and how many amounts that leaves out."""
    total = of.six_years()
    return total.amount, len(total.unknown) + len(total.not_stated)
