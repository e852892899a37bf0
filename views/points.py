"""Points to confirm: where the act can be read in more than one way, with the effect on this estimate."""

from collections.abc import Sequence

import streamlit as st

from pricing import Estimate, PointToConfirm, Tariff, euros
from pricing.options import Comparison, spread
from pricing.tariff import Payee
from views.markup import text


def show(estimate: Estimate, points: Sequence[PointToConfirm], tariff: Tariff) -> None:
    """Show the readings that touch the estimate, and between what and what they leave it."""
    first_year, six_years = spread(estimate, points)
    left_open = (
        "Aucun ne change les totaux."
        if first_year.none and six_years.none
        else f"Si un seul d'entre eux se lisait autrement : la 1re année {first_year.words()} ; "
        f"le total de six ans {six_years.words()}."
    )
    st.html(
        "<h3>Ce que l'acte laisse ouvert</h3><p>Voici les points qui touchent cette estimation, la lecture retenue, et "
        f"ce qu'une autre lecture changerait. <strong>{text(left_open)}</strong></p>"
        f'<ol class="points">{"".join(_point(point, tariff) for point in points)}</ol>'
    )


def _point(point: PointToConfirm, tariff: Tariff) -> str:
    reading = point.reading
    effects = "".join(
        f"<li>{text(alternative.label)} {_effect(comparison, tariff)}</li>" for alternative, comparison in point.effects
    )
    otherwise = f"<p>Autre lecture :</p><ul>{effects}</ul>" if effects else ""
    return (
        f"<li><h4>{text(reading.question)}</h4><p><strong>{text(reading.in_force)}</strong> "
        f"{text(reading.because)}</p>{otherwise}</li>"
    )


def _effect(comparison: Comparison, tariff: Tariff) -> str:
    passed = comparison.to_fibre
    if comparison.six_years.none and comparison.first_year.none and passed:
        from_, to = ("cdg", "fibre") if passed > 0 else ("fibre", "cdg")
        return (
            f"<strong>Total inchangé : {euros(abs(passed))}</strong> passent du devis {text(_of(tariff, from_))} "
            f"à celui {text(_of(tariff, to))}."
        )
    if comparison.six_years.none and comparison.first_year.none:
        return "<strong>Effet inconnu</strong> : il porte sur un montant sur devis."
    return (
        f"<strong>{text(comparison.first_year.words())}</strong> la 1re année, "
        f"<strong>{text(comparison.six_years.words())}</strong> sur six ans."
    )


def _of(tariff: Tariff, payee: Payee) -> str:
    label = tariff.payees[payee].label
    return f"de {label}" if label.startswith("La ") else f"du {label}"
