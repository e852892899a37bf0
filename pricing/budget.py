"""A choice priced, and what a council asks beside it: against today, from a month on, and if prices rise."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.estimate import Estimate, estimate, opened
from pricing.money import to_cents
from pricing.order import MONTHS
from pricing.readings import FirstYear
from pricing.schedule import Schedule, schedule
from pricing.simulation import Choice
from pricing.tariff import Tariff
from pricing.totals import HORIZON, Total

RISES = (0, 1, 2)
"""Percentages by which prices may rise each year."""


def priced(choice: Choice, tariff: Tariff) -> Estimate:
    """Price a choice under a tariff; what is in place pays no set-up."""
    return estimate(choice.client, choice.order, tariff, choice.in_place)


@dataclass(frozen=True, slots=True)
class Gap:
    """Additional euros (negative: fewer) of an estimate over what the client pays today."""

    lowest: Decimal
    """In the cheapest of the later years."""
    highest: Decimal
    """In the most expensive of them."""
    six_years: Decimal
    """Over six years."""


def against_today(plan: Schedule, paid_today: int) -> Gap:
    """Set six years of cash against the euros that are paid a year today; unknown amounts are left out."""
    six_years = sum(year.total.amount for year in plan.years) - HORIZON * Decimal(paid_today)
    return Gap(plan.lowest.amount - paid_today, plan.highest.amount - paid_today, six_years)


def from_month(present: Estimate, month: int) -> tuple[Total, Total]:
    """Return the cash of a first year that begins with a month: its twelfths of yearly charges, or all of them (R17).

    Set-up and prices for a term are whole in both.
    """
    twelfths = opened(present, FirstYear(months=MONTHS + 1 - month))
    return twelfths.first_year(), present.first_year()


def rising(present: Estimate, percent: int) -> Decimal:
    """Return the cash of six years if all prices rise by a percentage each year after the first, rounded once."""
    rate = 1 + Decimal(percent) / 100
    years = schedule(present).years
    return to_cents(sum((year.total.amount * rate ** (year.number - 1) for year in years), Decimal(0)))
