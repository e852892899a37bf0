"""Charts of many communes: their cost by category, their six years, and what each pays per inhabitant."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pricing.money import counted, euros, number
from views.reports import charts, vega
from views.reports.charts import Chart
from views.reports.group_summary import GroupSummary
from views.reports.palette import Look
from views.reports.parts import Bar

BOUNDS = tuple(Decimal(step).scaleb(power) for power in range(-2, 5) for step in (1, 2, 5))
"""Euros at which classes of cost may begin: 1, 2 and 5, and their multiples by ten."""


def six_years(summary: GroupSummary, look: Look, start: Sequence[Decimal] = ()) -> Chart:
    """Chart what all communes pay each year; `start` is what they paid at the start of a presentation."""
    return charts.six_years(summary.years, look, start)


def by_category(summary: GroupSummary, look: Look) -> Chart:
    """Chart what the communes of each category pay over six years, in parts by payee."""
    return charts.stacked(category_bars(summary), summary.by_payee, look)


def category_bars(summary: GroupSummary) -> list[Bar]:
    """Return the six years of each category under its name and number of communes: ``Catégorie A, 93 communes``."""
    named = ((", ".join(filter(None, [row.name, row.communes])), row.bar) for row in summary.categories)
    return [replace(bar, figure=replace(bar.figure, heading=name)) for name, bar in named]


def per_head(summary: GroupSummary, look: Look) -> Chart:
    """Chart how many communes pay how much per inhabitant and year."""
    bars = [(name, Decimal(count), counted(count, "commune", "communes")) for name, count in classes(summary)]
    alt = "Nombre de communes selon leur coût par habitant et par an, une barre par tranche."
    return charts.from_zero(bars, vega.counts(look), alt)


def classes(summary: GroupSummary) -> list[tuple[str, int]]:
    """Return the classes of cost per inhabitant and year, each with its number of communes, none left out between."""
    found = Counter(bisect_right(BOUNDS, row.per_head) for row in summary.rows if row.per_head is not None)
    if not found:
        return []
    lowest, highest = min(found), max(found)
    return [(_class(rank, lowest, highest), found[rank]) for rank in range(lowest, highest + 1)]


def _class(rank: int, lowest: int, highest: int) -> str:
    """Name a class: ``moins de 1 €``, ``1 € à moins de 2 €``, ``10 € et plus``."""
    from_ = _euros(BOUNDS[rank - 1]) if rank else ""
    to = _euros(BOUNDS[rank]) if rank < len(BOUNDS) else ""
    if not to or (from_ and lowest < rank == highest):
        return f"{from_} et plus"
    return f"moins de {to}" if not from_ or rank == lowest < highest else f"{from_} à moins de {to}"


def _euros(amount: Decimal) -> str:
    return euros(amount) if amount < 1 else f"{number(amount)}\u00a0€"
