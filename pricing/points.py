"""Points of the act to confirm: effect of each other reading, and the lowest and highest totals under all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any

from pydantic import ValidationError

from pricing.category import Categories, place
from pricing.compare import Comparison, compare
from pricing.dates import MONTH_NAMES
from pricing.estimate import Estimate, estimate, opened
from pricing.money import ZERO, euros
from pricing.order import Client, Order
from pricing.readings import WHOLE_YEAR, Alternative, FirstYear, Reading
from pricing.tariff import Tariff
from pricing.totals import Line, Total

Bounds = tuple[Decimal, Decimal]
"""Lowest and highest euros including tax of a total, in what has a price."""
Unknown = tuple[tuple[str, str, int, int], ...]
"""The lines of an estimate whose amount is unknown: why, charge, quantity, and years between two payments."""


_DUE = Alternative(
    label="Ce qui est déjà en place paie quand même sa mise en service.", changes={}, first_year=FirstYear()
)
"""The other reading of what the client says to be in place: its set-up is due all the same."""


@dataclass(frozen=True, slots=True)
class PointToConfirm:
    """A reading that touches an estimate, with what each alternative would change."""

    number: str
    """The reading's number, R1 to R17."""
    reading: Reading
    """The question, what is in force, and why."""
    effects: tuple[tuple[Alternative, Comparison], ...]
    """Each alternative that changes a line of this estimate, against the present one."""


def points_to_confirm(present: Estimate, tariff: Tariff, month: int | None = None) -> tuple[PointToConfirm, ...]:
    """Return the readings that touch an estimate; `tariff` is the one it was made under.

    `month` is the client's own first one, in place of that of the act's readings.
    """
    effects: dict[str, list[tuple[Alternative, Comparison]]] = {}
    now = billed(present)
    if present.lines:
        for number in _on_set_up(tariff) if present.set_up_already else ():
            due = estimate(present.client, present.order, tariff)
            effects[number] = [(_DUE, compare(due, present))]
        for number, alternative, otherwise in tariff.alternatives:
            alternative = _beginning(alternative, month) if month else alternative
            other = read_as(present, alternative, otherwise)
            if other.lines == present.lines:
                continue
            found = effects.setdefault(number, [])
            # Two alternatives of a reading with the same result for this order count as one.
            if billed(other) not in (now, *(billed(comparison.estimate) for _, comparison in found)):
                found.append((alternative, compare(other, present)))
    return tuple(
        PointToConfirm(number, reading, tuple(effects.get(number, ())))
        for number, reading in tariff.readings.items()
        if not reading.confirmed and is_touched(reading, present, touched=bool(effects.get(number)))
    )


def confirmed_points(present: Estimate, tariff: Tariff) -> tuple[tuple[str, Reading], ...]:
    """Return the readings that are confirmed and touch an estimate, by number."""
    found: list[tuple[str, Reading]] = []
    for number, reading in tariff.readings.items():
        others = [
            read_as(present, each, tariff.changed(each.changes) if each.changes else None)
            for each in (reading.alternatives if reading.confirmed else ())
        ]
        touched = any(other.lines != present.lines for other in others)
        if reading.confirmed and is_touched(reading, present, touched=touched):
            found.append((number, reading))
    return tuple(found)


def read_as(present: Estimate, alternative: Alternative, tariff: Tariff | None) -> Estimate:
    """Return an estimate under an alternative; `tariff` has the values it changes, if any."""
    if alternative.first_year:
        return opened(present, alternative.first_year)
    return _under(present, tariff) if tariff else present


def _beginning(alternative: Alternative, month: int) -> Alternative:
    """Return an alternative with the client's own first month, where it is about a shorter first year."""
    if not alternative.first_year or alternative.first_year.months == WHOLE_YEAR:
        return alternative
    months = WHOLE_YEAR + 1 - month
    label = (
        f"Si le service commence en {MONTH_NAMES[month - 1]}, la première année ne paie que {months} mois de ce qui se "
        "paie chaque année, et le total de six ans est plus court d'autant."
    )
    return Alternative(label=label, changes={}, first_year=FirstYear(months=months))


def _under(present: Estimate, tariff: Tariff, due: frozenset[str] = frozenset()) -> Estimate:
    """Return an estimate under another tariff; `due` are services in place that pay their set-up all the same."""
    return estimate(present.client, present.order, tariff, present.in_place - due)


def _on_set_up(tariff: Tariff) -> list[str]:
    """Return the open readings by which it is not certain that what is in place pays no set-up."""
    return [
        number
        for number, each in tariff.readings.items()
        if not each.confirmed and any(of.first_year and of.first_year.set_up_paid for of in each.alternatives)
    ]


def billed(present: Estimate) -> Mapping[tuple[str, ...], Decimal]:
    """Return what each payee bills, by rhythm and interval; a line with no amount counts by its charge and quantity."""
    billed: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for line in present.lines:
        if line.amount is None:
            billed[line.payee, line.rhythm, line.position.charge, line.outcome.kind] += line.quantity
        elif line.amount:
            billed[line.payee, line.rhythm, f"{line.position.every}/{line.months}"] += line.amount
    return billed


def is_touched(reading: Reading, present: Estimate, *, touched: bool) -> bool:
    """Tell if a reading touches an estimate; `touched` tells if an alternative bills something otherwise."""
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
    otherwise: FirstYear
    """The first year that costs least under the open readings; it is the client's own, not an answer of the act."""
    lowest: Bounds
    """Lowest cash of year 1, and of six years, with that first year."""
    unknown: bool
    """True where a reading changes what is left out."""
    left_out: tuple[str, ...]
    """Kinds of amounts that a total leaves out under some reading: ``sur devis``, ``à compléter``."""

    def words(self) -> str:
        """Return the spread as one or two French sentences."""
        without = f"montants {' ou '.join(self.left_out)}" if self.left_out else ""
        but = f", hors {without}" if without else ""
        lower = ""
        if self.lowest != (self.first_year[0], self.six_years[0]):
            first, six = map(euros, self.lowest)
            lower = f" Avec en plus {self._shorter()} : au moins {first} la 1re année et {six} sur six ans{but}."
        if any(lowest != highest for lowest, highest in (self.first_year, self.six_years)):
            return (
                f"Selon les réponses à tous les points à confirmer, la 1re année {_between(*self.first_year)} et le "
                f"total de six ans {_between(*self.six_years)}{but}.{lower}"
            )
        if self.unknown:
            return f"Les points à confirmer ne changeraient que des {without}.{lower}"
        other = "autre " if lower else ""
        return f"Aucun {other}point à confirmer ne change les totaux.{lower}"

    def _shorter(self) -> str:
        paid = ["des comptes déjà ouverts"] if self.otherwise.set_up_paid else []
        return " et ".join(paid + (["une première année incomplète"] if self.otherwise.months < WHOLE_YEAR else []))


def _between(lowest: Decimal, highest: Decimal) -> str:
    """Say two bounds after the figure's name: ``irait de 1 180,00 € à 1 230,00 €``; a bound of 0 € is left out."""
    if lowest == highest:
        return "ne changerait pas"
    return (f"irait de {euros(lowest)} à" if lowest else "irait jusqu'à") + f"\u00a0{euros(highest)}"


@dataclass(frozen=True)
class _Priced:
    """An estimate, equal to another that every reading of the act prices alike: most communes have the same few."""

    lines: tuple[Line, ...]
    """Its lines."""
    order: Order
    """Its order."""
    client: Client
    """Its client, without a size by which no price goes."""
    decided: tuple[object, ...]
    """Its category in every grid that a reading has, or why there is none."""
    in_place: frozenset[str]
    """Services that its client has already."""
    present: Estimate = field(compare=False)
    """The estimate itself."""


def spread(present: Estimate, tariff: Tariff, month: int | None = None) -> Spread:
    """Spread an estimate over every way to read the act; `tariff` is the one the estimate was made under.

    `month` is the client's own first one, in place of that of the act's readings.
    """
    grids, by_size = _deciding(tariff)
    client = present.client if by_size else Client(structure=present.client.structure)
    decided = tuple(place(present.client, grid).decides for grid in grids)
    return _spread(_Priced(present.lines, present.order, client, decided, present.in_place, present), tariff, month)


@lru_cache(maxsize=4)
def _deciding(tariff: Tariff) -> tuple[tuple[Categories, ...], bool]:
    """Return the grids of every reading of an act, and True where a price goes by a number of inhabitants or agents."""
    every = [tariff, *(each for _, group in _readings(tariff) for each in group)]
    grids: list[Categories] = []
    for grid in (grid for each in every for grid in each.grids.values()):
        grids += [grid] if grid not in grids else []
    prices = (position.price for each in every for position in each.positions)
    return tuple(grids), any(getattr(price, "by", "quantity") != "quantity" for price in prices)


@lru_cache(maxsize=256)
def _spread(priced: _Priced, tariff: Tariff, month: int | None) -> Spread:
    present = priced.present
    contested = present.in_place if present.set_up_already and _on_set_up(tariff) else frozenset[str]()
    readings: list[list[Estimate]] = []
    for services, read in _readings(tariff):
        due = {frozenset[str](), contested & services}
        contested -= services
        readings.append([_under(present, each, of) for each in read for of in due])
    if contested:
        readings.append([_under(present, tariff, contested)])
    first_year, six_years = (_bounds(present, readings, each) for each in (Estimate.first_year, Estimate.six_years))
    otherwise = _otherwise(present, tariff, month)
    least = [[opened(each, otherwise) for each in group] for group in readings]
    lowest = (_bounds(opened(present, otherwise), least, each)[0] for each in (Estimate.first_year, Estimate.six_years))
    unknown = {_unknown(present), *(_unknown(each) for group in readings for each in group)}
    kinds = {kind for each in unknown for kind, *_ in each}
    return Spread(
        first_year,
        six_years,
        otherwise,
        (next(lowest), next(lowest)),
        len(unknown) > 1,
        tuple(words for kind, words in (("on_quote", "sur devis"), ("missing", "à compléter")) if kind in kinds),
    )


def _bounds(present: Estimate, readings: Iterable[Iterable[Estimate]], of: Callable[[Estimate], Total]) -> Bounds:
    """Return the bounds of a total, to which each group of readings adds its own least and most."""
    now = of(present).amount
    apart = [[ZERO, *(of(each).amount - now for each in group)] for group in readings]
    return now + sum(map(min, apart)), now + sum(map(max, apart))


def _unknown(present: Estimate) -> Unknown:
    return tuple(
        (line.outcome.kind, line.position.charge, line.quantity, line.position.every)
        for line in present.lines
        if line.outcome.kind in ("on_quote", "missing")
    )


def _otherwise(present: Estimate, tariff: Tariff, month: int | None) -> FirstYear:
    """Return the first year that costs least under the open readings: all that touch the estimate may hold together."""
    open_readings = (each for each in tariff.readings.values() if not each.confirmed)
    alternatives = (each for reading in open_readings for each in reading.alternatives)
    begun = (_beginning(each, month) if month else each for each in alternatives)
    others = [each.first_year for each in begun if each.first_year]
    touched = {line.rhythm for line in present.lines if line.amount}
    return FirstYear(
        set_up_paid="setup" in touched and any(each.set_up_paid for each in others),
        months=min((each.months for each in others if "yearly" in touched), default=WHOLE_YEAR),
    )


@lru_cache(maxsize=4)
def _readings(tariff: Tariff) -> tuple[tuple[frozenset[str], tuple[Tariff, ...]], ...]:
    """Return each group of services with readings in common, and the tariff under every combination of these."""
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
    return tuple((frozenset(services), tuple(_mixtures(tariff, readings))) for services, readings in groups)


def _mixtures(tariff: Tariff, readings: Iterable[Iterable[Mapping[str, Any]]]) -> Iterator[Tariff]:
    for mixture in product(*readings):
        # Two readings of some act may exclude each other: together they make no valid tariff.
        with suppress(KeyError, ValidationError):
            yield tariff.changed({key: value for changes in mixture for key, value in changes.items()})
