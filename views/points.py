"""Points to confirm: where the act can be read in more than one way, with the effect on this estimate."""

from collections.abc import Sequence

import streamlit as st

from pricing import PointToConfirm
from views.markup import text


def show(points: Sequence[PointToConfirm]) -> None:
    """Show the readings that touch the estimate."""
    st.markdown(
        "L'acte laisse quelques points ouverts. Voici ceux qui touchent **cette** estimation, la lecture retenue, "
        "et ce qu'une autre lecture changerait."
    )
    st.html(f'<ol class="points">{"".join(_point(point) for point in points)}</ol>')


def _point(point: PointToConfirm) -> str:
    reading = point.reading
    effects = "".join(
        f"<li>{text(alternative.label)} <strong>{text(comparison.first_year.words())}</strong> la 1re année, "
        f"<strong>{text(comparison.six_years.words())}</strong> sur six ans.</li>"
        for alternative, comparison in point.effects
    )
    otherwise = f"<p>Autre lecture :</p><ul>{effects}</ul>" if effects else ""
    return (
        f"<li><h3>{text(reading.question)}</h3><p><strong>{text(reading.in_force)}</strong> "
        f"{text(reading.because)}</p>{otherwise}</li>"
    )
