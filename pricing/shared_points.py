"""Points of the act to confirm that touch several clients, with the effect of each other reading on all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pricing.compare import Difference, difference
from pricing.estimate import Estimate
from pricing.points import billed, is_touched, read_as
from pricing.readings import Alternative, Reading
from pricing.tariff import Tariff
from pricing.totals import Total, together


@dataclass(frozen=True, slots=True)
class SharedEffect:
    """Effect of another reading on several clients together."""

    clients: int
    """Number of clients of whom it changes a line."""
    first_year: Difference
    """Difference in cash of year 1."""
    six_years: Difference
    """Difference in cash of six years."""
    to_fibre: Difference
    """Difference in what La Fibre Numérique 59-62 bills over six years."""


@dataclass(frozen=True, slots=True)
class SharedPoint:
    """A reading that touches some of several clients, with what each alternative would change for all of them."""

    number: str
    """The reading's number, R1 to R17."""
    reading: Reading
    """The question, what is in force, and why."""
    effects: tuple[tuple[Alternative, SharedEffect], ...]
    """Each alternative that changes a line of one of them."""


def shared_points(estimates: Sequence[Estimate], tariff: Tariff) -> Iterator[SharedPoint]:
    """Yield the readings that touch some of several clients; `tariff` is the one the estimates were made under."""
    for number, reading in tariff.readings.items():
        if reading.confirmed:
            continue
        effects: list[tuple[Alternative, SharedEffect]] = []
        for key, alternative, otherwise in tariff.alternatives:
            if key == number and (effect := _shared(estimates, alternative, otherwise)):
                # Two alternatives with the same result for these clients count as one.
                effects += [(alternative, effect)] if effect not in [each for _, each in effects] else []
        if any(is_touched(reading, each, touched=bool(effects)) for each in estimates):
            yield SharedPoint(number, reading, tuple(effects))


def _shared(estimates: Sequence[Estimate], alternative: Alternative, tariff: Tariff | None) -> SharedEffect | None:
    """Return what an alternative changes in all estimates together; None where nothing is billed otherwise."""
    others = [read_as(each, alternative, tariff) if each.lines else each for each in estimates]
    changed = [(to, from_) for to, from_ in zip(others, estimates, strict=True) if to.lines != from_.lines]
    if all(billed(to) == billed(from_) for to, from_ in changed):
        return None

    def apart(of: Callable[[Estimate], Total], *, over_years: bool = False) -> Difference:
        to, from_ = (together(of(pair[rank]) for pair in changed) for rank in (0, 1))
        return difference(to, from_, over_years=over_years)

    return SharedEffect(
        len(changed),
        apart(Estimate.first_year),
        apart(Estimate.six_years, over_years=True),
        apart(lambda each: each.six_years(payee="fibre")),
    )
