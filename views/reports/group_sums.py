"""Sums of many communes: most have the same lines as another, so that each sum is made once for those alike."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pricing.estimate import Estimate
from pricing.portfolio import Figures, Portfolio, Shares
from pricing.schedule import Schedule, later_words, schedule
from pricing.tariff import Payee, Rhythm
from pricing.totals import HORIZON, Total, together
from views.reports.parts import FIRST_YEAR, LATER, SIX_YEARS, Figure, figure, headings


@dataclass(frozen=True)
class GroupSums:
    """Sums of the communes of a portfolio."""

    portfolio: Portfolio
    """The communes and their estimates."""

    @cached_property
    def alike(self) -> tuple[tuple[Estimate, int], ...]:
        """The estimates that have different lines, each with the number of communes that have it."""
        counts = Counter(map(id, self.portfolio.shares))
        pairs = zip(self.portfolio.shares, self.portfolio.estimates, strict=True)
        return tuple((each, counts[alike]) for alike, each in {id(shares): each for shares, each in pairs}.items())

    @cached_property
    def headings(self) -> tuple[str, str, str]:
        """The headings of the figures; the recurring cost is plainly a later year where nothing is paid for a term."""
        lines = (line for each, _ in self.alike for line in each.lines)
        if any(line.position.rhythm == "term" and line.amount != 0 for line in lines):
            return headings(self.portfolio.tariff)
        return FIRST_YEAR, LATER, SIX_YEARS

    def parts(self, of: Callable[[Estimate, Schedule], Total]) -> Iterator[Total]:
        """Yield what a function gives of those alike, together."""
        schedules = {
            id(each): years for each, years in zip(self.portfolio.estimates, self.portfolio.schedules, strict=True)
        }
        return (_times(of(each, schedules[id(each)]), count) for each, count in self.alike)

    def cash(self, rank: int, payee: Payee | None, rhythm: Rhythm | None = None) -> Total:
        """Return the cash of a year, counted from 0, of all communes."""
        return together(self.parts(lambda _, years: years.years[rank].of(payee=payee, rhythm=rhythm)))

    def figures(self, payee: Payee | None, said: tuple[str, str, str] = ("", "", "")) -> tuple[Figure, ...]:
        """Return the three figures of all communes, or of what one payee bills them."""
        first, _, six = self.portfolio.total[payee]
        later = sorted((self.cash(rank, payee) for rank in range(1, HORIZON)), key=lambda total: total.amount)
        again = together(self.parts(lambda each, _: schedule(each, payee=payee).again))
        return (
            figure(FIRST_YEAR, first, said[0]),
            figure(LATER, again, said[1], later_words(later[0], later[-1], again)),
            figure(SIX_YEARS, six, said[2]),
        )


def _times(total: Total, count: int) -> Total:
    """Return a total of so many communes that have the same lines."""
    return Total(
        total.amount * count,
        total.on_quote * count,
        total.missing * count,
        total.not_stated * count,
        total.known * count,
    )


def sum_of(shares: Sequence[Shares], payee: Payee | None) -> Figures:
    """Return the figures of some communes together, of all payees or of one."""
    return Figures(*(together(each[payee][rank] for each in shares) for rank in range(len(Figures._fields))))
