"""Points to confirm: where the act can be read in more than one way, with the effect on this estimate."""

import streamlit as st

from views.markup import text
from views.reports.parts import Point
from views.reports.summary import Summary


def show(summary: Summary) -> None:
    """Show the readings that touch the estimate, and the lowest and highest totals that they allow."""
    st.html(
        "<h3>Ce que l'acte laisse ouvert</h3><p>Voici les points qui touchent cette estimation, la lecture retenue, et "
        f"ce qu'une autre lecture changerait. <strong>{text(summary.spread)}</strong></p>"
        f'<ol class="points">{"".join(map(_point, summary.points))}</ol>'
    )


def _point(point: Point) -> str:
    effects = "".join(f"<li>{text(other)} <strong>{text(words)}</strong></li>" for other, words in point.effects)
    otherwise = f"<p>Autre lecture :</p><ul>{effects}</ul>" if effects else ""
    return (
        f"<li><h4>{text(point.question)}</h4><p><strong>{text(point.in_force)}</strong> "
        f"{text(point.because)}</p>{otherwise}</li>"
    )
