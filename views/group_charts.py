"""The charts of many communes, each with a table of the same figures."""

from collections.abc import Callable, Sequence

import streamlit as st

from pricing.money import ZERO, euros, number
from views.answer import show_chart
from views.markup import figure, table, text
from views.reports import group_charts
from views.reports.group_summary import GroupSummary
from views.reports.palette import Look
from views.reports.parts import Bar, Series

PER_HEAD = "Coût par habitant et par an"
"""Heading of the chart of cost per inhabitant."""


def show_six_years(summary: GroupSummary, look: Look) -> None:
    """Show what each of six years costs."""
    chart = group_charts.six_years(summary, look)
    show_chart(chart, "graphique-six-ans", "<h2>Six ans de dépenses, toutes les communes ensemble</h2>")
    _in_table("six-ans", lambda: _parts("Dépenses de chaque année, en tout", "Année", summary.years, chart.legend))


def show(summary: GroupSummary, look: Look) -> None:
    """Show the cost of each category, and the communes by cost per inhabitant."""
    if summary.portfolio.grids:
        chart = group_charts.by_category(summary, look)
        show_chart(chart, "graphique-categories", "<h3>Communes et coût de chaque catégorie, sur six ans</h3>")
        bars = group_charts.category_bars(summary)
        _in_table("categories", lambda: _parts("Coût sur six ans, par catégorie", "Catégorie", bars, chart.legend))
    if summary.per_head:
        chart = group_charts.per_head(summary, look)
        heading = f'<h3>{text(PER_HEAD)}</h3><p class="note">{text(summary.per_head)}</p>'
        show_chart(chart, "graphique-par-habitant", heading)
        _in_table("par-habitant", lambda: _classes(summary))


def _in_table(key: str, make: Callable[[], str]) -> None:
    in_table = st.expander("Les mêmes chiffres en tableau", key=f"tableau-{key}", on_change="rerun")
    if in_table.open:
        in_table.html(make())


def _parts(caption: str, heading: str, bars: Sequence[Bar], legend: Sequence[Series]) -> str:
    """Return bars and their parts as a table."""
    heads = (heading, *(each.name for each in legend), "Total")
    rows = [
        (
            text(bar.figure.heading),
            *(text(euros(bar.parts.get(each, ZERO))) for each in legend),
            figure(bar.figure),
        )
        for bar in bars
    ]
    return table(caption, heads, rows, amounts=range(1, len(heads)))


def _classes(summary: GroupSummary) -> str:
    rows = [(text(name), number(count)) for name, count in group_charts.classes(summary)]
    return table("Communes par tranche de coût", (PER_HEAD, "Communes"), rows, amounts=(1,))
