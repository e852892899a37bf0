"""Points to confirm: where the act can be read in more than one way, with the effect on this estimate."""

from collections.abc import Sequence

import streamlit as st

from pricing import Estimate, PointToConfirm, Tariff
from views.markup import text
from views.reports.wording import effect_words, spread_words


def show(estimate: Estimate, points: Sequence[PointToConfirm], tariff: Tariff) -> None:
    """Show the readings that touch the estimate, and between what and what they leave it."""
    st.html(
        "<h3>Ce que l'acte laisse ouvert</h3><p>Voici les points qui touchent cette estimation, la lecture retenue, et "
        f"ce qu'une autre lecture changerait. <strong>{text(spread_words(estimate, points))}</strong></p>"
        f'<ol class="points">{"".join(_point(point, tariff) for point in points)}</ol>'
    )


def _point(point: PointToConfirm, tariff: Tariff) -> str:
    reading = point.reading
    effects = "".join(
        f"<li>{text(alternative.label)} <strong>{text(effect_words(comparison, tariff))}</strong></li>"
        for alternative, comparison in point.effects
    )
    otherwise = f"<p>Autre lecture :</p><ul>{effects}</ul>" if effects else ""
    return (
        f"<li><h4>{text(reading.question)}</h4><p><strong>{text(reading.in_force)}</strong> "
        f"{text(reading.because)}</p>{otherwise}</li>"
    )
