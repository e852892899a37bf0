"""The floor: a page of our shape with no work of its own, to measure what Streamlit itself costs.

Ten number inputs, two toggles, three metrics, two tables of ten rows and three charts, all constant but the metrics.
"""

from typing import Any

import pandas as pd
import streamlit as st

st.set_page_config(page_title="Floor", layout="wide")
ROWS = range(10)


@st.cache_resource
def constants() -> tuple[list[pd.DataFrame], list[dict[str, Any]]]:
    """Return the tables and the specifications of the charts, made once."""
    tables = [
        pd.DataFrame({"Nom": [f"Ligne {row}" for row in ROWS], "Un": [row * scale for row in ROWS], "Deux": ROWS})
        for scale in (10, 100)
    ]
    values = [{"x": row, "y": row * 7 % 5, "k": "ab"[row % 2]} for row in ROWS]
    charts: list[dict[str, Any]] = [
        {
            "data": {"values": values},
            "mark": {"type": mark, "tooltip": True},
            "encoding": {
                "x": {"field": "x", "type": "ordinal"},
                "y": {"field": "y", "type": "quantitative"},
                "color": {"field": "k", "type": "nominal"},
            },
            "height": 220,
        }
        for mark in ("bar", "line", "area")
    ]
    return tables, charts


tables, charts = constants()
left, right = st.columns(2)
inhabitants = left.number_input("Habitants", 1, 2_000_000, 100_000, 1)
agents = right.number_input("Agents", 1, 50_000, 100, 1)
columns = st.columns(4)
numbers = [columns[rank % 4].number_input(f"Champ {rank + 1}", 0, 1_000, 10 * (rank + 1), 1) for rank in range(8)]
toggles = [columns[rank].toggle(f"Choix {rank + 1}") for rank in range(2)]
for column, words in zip(
    st.columns(3), (f"{inhabitants / agents:.4f}", str(sum(numbers)), str(sum(toggles))), strict=True
):
    column.metric("Résultat", words)
for column, chart in zip(st.columns(3), charts, strict=True):
    column.vega_lite_chart(chart)
for column, table in zip(st.columns(2), tables, strict=True):
    column.table(table)
