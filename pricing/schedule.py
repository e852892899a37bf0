"""An estimate over six years of cash, by rhythm and payee; certificates renewed when their term ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pricing.estimate import HORIZON, Estimate, Line, Total, total
from pricing.money import ZERO, euros
from pricing.tariff import Payee, Rhythm


@dataclass(frozen=True, slots=True)
class Year:
    """What is paid in one budget year."""

    number: int
    """The year, counted from 1."""
    total: Total
    """All that is paid in it, euros including tax, with what it leaves out."""
    parts: Mapping[tuple[Payee, Rhythm], Decimal]
    """Euros including tax by payee and rhythm; what is not there costs nothing in this year."""

    def amount(self, *, payee: Payee | None = None, rhythm: Rhythm | None = None) -> Decimal:
        """Euros including tax of a payee, a rhythm, or both, in this year."""
        return sum(
            (
                part
                for (part_payee, part_rhythm), part in self.parts.items()
                if payee in (None, part_payee) and rhythm in (None, part_rhythm)
            ),
            ZERO,
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """Six years of cash."""

    years: tuple[Year, ...]
    """Year 1 to year 6."""

    @property
    def later(self) -> tuple[Year, ...]:
        """Every year after the first."""
        return self.years[1:]

    @property
    def lowest(self) -> Total:
        """The cheapest of the later years."""
        return min((year.total for year in self.later), key=lambda total: total.amount)

    @property
    def highest(self) -> Total:
        """The dearest of the later years."""
        return max((year.total for year in self.later), key=lambda total: total.amount)

    @property
    def steady(self) -> bool:
        """Whether all later years cost the same; they don't when certificates are renewed in some of them."""
        return self.lowest.amount == self.highest.amount

    def later_words(self) -> str:
        """What a later year costs, without what is left out: ``810,00 €``, or ``810,00 € à 900,00 €``."""
        if self.steady:
            return self.lowest.known_words()
        return f"{euros(self.lowest.amount)} à\u00a0{euros(self.highest.amount)}"


def schedule(estimate: Estimate, *, payee: Payee | None = None) -> Schedule:
    """Lay an estimate, or what one payee bills of it, out over six years.

    Year 1 has set-up, yearly charges and every certificate; a later year has yearly charges and the certificates
    renewed in it.
    """
    lines = estimate.select(payee=payee)
    first_of = {line.position.every: line for line in reversed(lines)}
    # Years in which the same intervals fall due are the same year but for their number: they are added up once.
    added_up: dict[tuple[int, ...], tuple[Total, dict[tuple[Payee, Rhythm], Decimal]]] = {}
    years: list[Year] = []
    for number in range(1, HORIZON + 1):
        intervals = tuple(every for every, line in first_of.items() if line.due(number))
        if intervals not in added_up:
            due = [line for line in lines if line.position.every in intervals]
            added_up[intervals] = total(due), _parts(due)
        years.append(Year(number, *added_up[intervals]))
    return Schedule(tuple(years))


def _parts(lines: list[Line]) -> dict[tuple[Payee, Rhythm], Decimal]:
    parts: dict[tuple[Payee, Rhythm], Decimal] = {}
    for line in lines:
        if line.outcome.kind == "priced":
            key = (line.position.payee, line.position.rhythm)
            parts[key] = parts.get(key, ZERO) + line.outcome.amount
    return parts
