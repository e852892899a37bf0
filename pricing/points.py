"""Points of the act to confirm: effect of each other reading, and the lowest and highest totals under all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any

from pydantic import ValidationError

from pricing.compare import Comparison, compare
from pricing.estimate import Answers, Estimate, Total, estimate
from pricing.money import ZERO, euros
from pricing.readings import Alternative, Reading
from pricing.tariff import Tariff

Bounds = tuple[Decimal, Decimal]
"""Lowest and highest euros including tax of a total, in what has a price."""


@dataclass(frozen=True, slots=True)
class PointToConfirm:
    """A reading that touches an estimate, with what each alternative would change."""

    number: str
    """The reading's number, R1 to R17."""
    reading: Reading
    """The question, what is in force, and why."""
    effects: tuple[tuple[Alternative, Comparison], ...]
    """Each alternative that changes a line of this estimate, against the present one."""


def points_to_confirm(present: Estimate, tariff: Tariff) -> tuple[PointToConfirm, ...]:
    """Return the readings that touch an estimate; `tariff` is the one it was made under."""
    effects: dict[str, list[tuple[Alternative, Comparison]]] = {}
    billed = _billed(present)
    if present.lines:
        for number, alternative, otherwise in tariff.alternatives:
            other = estimate(present.client, present.order, otherwise)
            if other.lines == present.lines:
                continue
            found = effects.setdefault(number, [])
            # Two alternatives of a reading with the same result for this order count as one.
            if _billed(other) not in (billed, *(_billed(comparison.estimate) for _, comparison in found)):
                found.append((alternative, compare(other, present)))
    return tuple(
        PointToConfirm(number, reading, tuple(effects.get(number, ())))
        for number, reading in tariff.readings.items()
        if not reading.confirmed and _touches(reading, present, touched=bool(effects.get(number)))
    )


def confirmed_points(present: Estimate, tariff: Tariff) -> tuple[tuple[str, Reading], ...]:
    """Return the readings that are confirmed and touch an estimate, by number."""
    found: list[tuple[str, Reading]] = []
    for number, reading in tariff.readings.items():
        others = (tariff.changed(each.changes) for each in reading.alternatives) if reading.confirmed else ()
        touched = any(estimate(present.client, present.order, each).lines != present.lines for each in others)
        if reading.confirmed and _touches(reading, present, touched=touched):
            found.append((number, reading))
    return tuple(found)


def _billed(present: Estimate) -> Mapping[tuple[str, ...], Decimal]:
    """Return what each payee bills, by rhythm and interval; a line with no amount counts by its charge and quantity."""
    billed: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for line in present.lines:
        if line.amount is None:
            billed[line.payee, line.rhythm, line.position.charge, line.outcome.kind] += line.quantity
        elif line.amount:
            billed[line.payee, line.rhythm, str(line.position.every)] += line.amount
    return billed


def _touches(reading: Reading, present: Estimate, *, touched: bool) -> bool:
    touches = reading.touches
    match touches.kind:
        case "difference":
            return touched
        case "quantity":
            return any(present.order.quantity(item) >= least for item, least in touches.at_least.items())
        case "set_aside":
            return bool(present.set_aside)
        case _:
            return bool(present.lines)


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest and highest totals of an estimate, all open readings taken together."""

    first_year: Bounds
    """Cash of year 1."""
    six_years: Bounds
    """Cash of six years."""
    unknown: bool
    """True where a reading changes what is left out."""
    left_out: tuple[str, ...]
    """Kinds of amounts that a total leaves out under some reading: ``sur devis``, ``à compléter``."""

    def words(self) -> str:
        """Return the spread as a French sentence."""
        without = f"montants {' ou '.join(self.left_out)}" if self.left_out else ""
        if all(lowest == highest for lowest, highest in (self.first_year, self.six_years)):
            changed = f"Les points à confirmer ne changeraient que des {without}."
            return changed if self.unknown else "Aucun point à confirmer ne change les totaux."
        return (
            f"Selon les réponses à tous les points à confirmer, la 1re année {_between(*self.first_year)} et le total "
            f"de six ans {_between(*self.six_years)}{f', hors {without}' if without else ''}."
        )


def _between(lowest: Decimal, highest: Decimal) -> str:
    """Say two bounds after the figure's name: ``irait de 1 180,00 € à 1 230,00 €``; a bound of 0 € is left out."""
    if lowest == highest:
        return "ne changerait pas"
    return (f"irait de {euros(lowest)} à" if lowest else "irait jusqu'à") + f"\u00a0{euros(highest)}"


def spread(present: Estimate, tariff: Tariff) -> Spread:
    """Spread an estimate over every way to read the act; `tariff` is the one the estimate was made under."""
    groups = [
        [estimate(present.client, present.order, each).answers for each in readings] for readings in _readings(tariff)
    ]
    unknown = {_unknown(present.answers), *(_unknown(each) for group in groups for each in group)}
    kinds = {kind for each in unknown for kind, *_ in each}
    return Spread(
        _bounds(present.answers.first_year, [[each.first_year for each in group] for group in groups]),
        _bounds(present.answers.six_years, [[each.six_years for each in group] for group in groups]),
        len(unknown) > 1,
        tuple(words for kind, words in (("on_quote", "sur devis"), ("missing", "à compléter")) if kind in kinds),
    )


def _bounds(now: Total, groups: Iterable[Iterable[Total]]) -> Bounds:
    """Return the bounds of a total, to which each group of readings adds its own least and most."""
    apart = [[ZERO, *(each.amount - now.amount for each in group)] for group in groups]
    return now.amount + sum(map(min, apart)), now.amount + sum(map(max, apart))


def _unknown(answers: Answers) -> tuple[tuple[str, str, int, int], ...]:
    return tuple(
        (line.outcome.kind, line.position.charge, line.quantity, line.position.every)
        for line in answers.six_years.unknown
    )


@lru_cache(maxsize=4)
def _readings(tariff: Tariff) -> tuple[tuple[Tariff, ...], ...]:
    """Return, for each group of services with readings in common, the tariff under every combination of these."""
    by_category = {
        key
        for key, service in tariff.services.items()
        if any(charge.price.kind == "by_category" for charge in service.charges.values())
    }
    groups: list[tuple[set[str], list[list[Mapping[str, Any]]]]] = []
    for reading in (each for each in tariff.readings.values() if not each.confirmed):
        # A change of payee changes no total.
        ways = [
            each.changes for each in reading.alternatives if not all(key.endswith(".payee") for key in each.changes)
        ]
        keys = [key.split(".") for changes in ways for key in changes]
        touched = {each for key in keys for each in ([key[1]] if key[0] == "services" else by_category)}
        joined = [group for group in groups if group[0] & touched]
        if ways:
            mixed = [each for _, readings in joined for each in readings]
            groups = [group for group in groups if group not in joined]
            groups.append((touched.union(*(services for services, _ in joined)), [*mixed, [{}, *ways]]))
    return tuple(tuple(_mixtures(tariff, readings)) for _, readings in groups)


def _mixtures(tariff: Tariff, readings: Iterable[Iterable[Mapping[str, Any]]]) -> Iterator[Tariff]:
    for mixture in product(*readings):
        # Two readings of some act may exclude each other: together they make no valid tariff.
        with suppress(KeyError, ValidationError):
            yield tariff.changed({key: value for changes in mixture for key, value in changes.items()})
