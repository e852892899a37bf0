"""The page for a room: the answer, then one chart a screen, and the quantities under discussion."""

import streamlit as st

from pricing import Estimate, Schedule, Tariff, estimate, options
from pricing.category import Placed, Unplaced
from pricing.link import Simulation
from pricing.options import Comparison
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.reports import charts
from views import answer, compare, services
from views.markup import text
from views.take_away import address, code

UNDER_DISCUSSION = 4
"""How many quantities stand on the screen; the others are a click away."""
_SIX_YEARS, _SERVICES, _OPTIONS, _SCENARIOS = "Six ans", "Par service", "Autres choix", "Scénarios"


def show(
    current: Simulation,
    result: Estimate,
    six_years: Schedule,
    tariff: Tariff,
    look: charts.Look,
    change: Comparison | None,
) -> None:
    """Show the answer and one chart."""
    st.html(
        '<section class="answer presented" aria-label="Résultat de l\'estimation" aria-live="polite">'
        f"{_title(result)}{answer.figures(result, six_years, change)}</section>"
    )
    left, right = st.columns([6, 1], vertical_alignment="top")
    with left:
        chart = _chart(current, result, six_years, tariff, look)
        st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-presente")
    with right:
        st.html(
            f'<div class="code small">{code(address(current))}</div>'
            '<p class="note">La même simulation, sur téléphone</p>'
        )


def ask(tariff: Tariff, placement: Placed | Unplaced) -> None:
    """The quantities under discussion, in a strip; those that are asked for come first."""
    state = st.session_state
    counted = [item for item in tariff.items if item not in CHOICES]
    asked = [item for item in counted if state[item]]
    strip = sorted((asked + [item for item in counted if item not in asked])[:UNDER_DISCUSSION], key=counted.index)
    columns = st.columns([*[2] * len(strip), 2, 2], vertical_alignment="bottom")
    for column, item in zip(columns, strip, strict=False):
        column.number_input(tariff.items[item].label, min_value=0, max_value=MAX_QUANTITY, step=1, key=item)
    with columns[-2].popover("Autres services", width="stretch"):
        for item in tariff.items:
            if item not in strip:
                services.field(tariff, item, tariff.items[item], placement)
    columns[-1].button("Quitter", key="quitter", icon=":material/close:", on_click=_leave, width="stretch")


def _leave() -> None:
    st.session_state.presentation = False


def _title(result: Estimate) -> str:
    return f'<p class="category"><strong>Catégorie {text(result.category)}</strong></p>' if result.category else ""


def _chart(
    current: Simulation, result: Estimate, six_years: Schedule, tariff: Tariff, look: charts.Look
) -> charts.Chart:
    choices = options(result, tariff)
    screens = [
        _SIX_YEARS,
        _SERVICES,
        *([_OPTIONS] if choices else []),
        *([_SCENARIOS] if current.scenarios else []),
    ]
    screen = st.segmented_control(
        "Graphique", screens, default=_SIX_YEARS, required=True, key="ecran", label_visibility="collapsed"
    )
    if screen == _SERVICES:
        return charts.services(result, tariff, look)
    if screen == _OPTIONS and choices:
        return charts.options(choices, look)
    if screen == _SCENARIOS and current.scenarios:
        kept = [
            (scenario.name, estimate(scenario.choice.client, scenario.choice.order, tariff))
            for scenario in current.scenarios
        ]
        return compare.scenario_chart([*kept, ("À l'écran", result)], tariff, look)
    return charts.six_years(six_years, tariff, look)
