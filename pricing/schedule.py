"""An estimate over six years of cash, by rhythm and payee; what is paid for a term renewed at its end."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Unpack

from pricing.estimate import Estimate, Only, selected
from pricing.money import euros
from pricing.tariff import Payee
from pricing.totals import HORIZON, Line, Total, total


@dataclass(frozen=True, slots=True)
class Year:
    """Payments of one budget year."""

    number: int
    """The year, counted from 1."""
    due: tuple[Line, ...]
    """The lines paid in it, in the order of the act."""
    total: Total
    """All that is paid in it, euros including tax, with what it leaves out."""

    def of(self, **only: Unpack[Only]) -> Total:
        """Return the total paid in this year to a payee, at a rhythm, or both, with what it leaves out."""
        return total(selected(self.due, **only), _paid(self.number))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Six years of cash."""

    years: tuple[Year, ...]
    """Year 1 to year 6."""
    again: Total
    """Total of the lines paid again after year 1, each counted once."""

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
        """The most expensive of the later years."""
        return max((year.total for year in self.later), key=lambda total: total.amount)

    @property
    def steady(self) -> bool:
        """True if all later years cost the same; they don't when terms end in some of them."""
        return self.lowest.amount == self.highest.amount

    def later_words(self) -> str:
        """Return the cost of a later year, without what is left out: ``810,00 €``, or ``810,00 € à 900,00 €``."""
        return later_words(self.lowest, self.highest, self.again)


def later_words(lowest: Total, highest: Total, again: Total) -> str:
    """Return the cost of a later year from the cheapest and the dearest one, and from what is paid again in them."""
    if lowest.amount == highest.amount:
        return again.known_words()
    most = euros(highest.amount)
    if lowest.partial and not lowest.known:
        return f"jusqu'à {most}"
    return f"{euros(lowest.amount)} à\u00a0{most}"


def schedule(estimate: Estimate, *, payee: Payee | None = None) -> Schedule:
    """Spread an estimate, or what one payee bills of it, over six years.

    Year 1 has set-up, yearly charges and every price for a term; a later year has yearly charges and the terms that
    begin in it.
    """
    lines = estimate.select(payee=payee)
    due = [tuple(line for line in lines if line.due(number)) for number in range(1, HORIZON + 1)]
    years = tuple(
        Year(number, lines_due, total(lines_due, _paid(number))) for number, lines_due in enumerate(due, start=1)
    )
    return Schedule(years, again=total(line for line in lines if 0 < line.position.every < HORIZON))


def _paid(year: int) -> Callable[[Line], Decimal] | None:
    """Return what a line that is due counts for in a year; the first may be shorter (R17)."""
    return Line.first if year == 1 else None
