"""A chart with what its colours mean and, for those who don't see it, its figures in words."""

from typing import Literal

import streamlit as st

from views.markup import text
from views.reports.charts import Chart, Series


def show(chart: Chart, key: str, heading: str = "", height: Literal["content", "stretch"] = "content") -> None:
    """Show a chart under a heading, which is HTML. The chart of a key is drawn once, then given new figures."""
    st.html(f'{heading}<p class="unseen">{text(chart.words)}</p>{_legend(chart.legend)}')
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key=key, height=height)


def _legend(series: tuple[Series, ...]) -> str:
    """Return the legend as HTML, which wraps where a chart's own legend would be cut."""
    items = "".join(
        f'<li><span class="swatch {each.payee} {each.rhythm}"></span>{text(each.name)}</li>' for each in series
    )
    return f'<ul class="legend">{items}</ul>' if items else ""
