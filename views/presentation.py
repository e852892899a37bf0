"""The page for a room: the answer, then one chart a screen, and the quantities under discussion."""

import streamlit as st

from pricing import Estimate, Option, Schedule, Tariff, options
from pricing.category import Placed, Unplaced
from pricing.options import Comparison, compare
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.reports import charts
from pricing.reports.wording import left_out, not_counted
from pricing.simulation import Simulation
from views import answer, chart, collectivite, services
from views.compare import estimates, scenario_chart
from views.markup import label, text
from views.take_away import address, code, show_code

UNDER_DISCUSSION = 4
"""How many quantities stand in the strip; the others are a click away."""
MOST_OPTIONS = 6
"""How many options a chart shows to a room."""
_SIX_YEARS, _SERVICES, _OPTIONS, _SCENARIOS = "Six ans", "Par service", "Autres choix", "Scénarios"


def show(
    current: Simulation,
    result: Estimate,
    six_years: Schedule,
    tariff: Tariff,
    look: charts.Look,
    name: str,
    indicative: str,
) -> None:
    """Show the answer and one chart. `name` is the commune's, or empty; `indicative` is HTML."""
    st.html(
        '<section class="answer presented" aria-label="Résultat de l\'estimation" aria-live="polite">'
        f'<div class="heading">{_title(result, name)}<p class="note indicative">{indicative}</p></div>'
        f"{answer.figures(result, six_years, _since_start(result), 'Depuis le départ')}</section>"
    )
    with st.container(horizontal=True, key="ecran-et-code", height="stretch"):
        with st.container(key="ecran-presente", height="stretch"):
            chart.show(_chart(current, result, six_years, tariff, look), "graphique-presente", height="stretch")
        with st.container(key="code-presente"):
            link = address(current)
            st.html(f'<div class="code small">{code(link)}</div>')
            if st.button("Agrandir le code", key="agrandir", width="stretch"):
                show_code(link)
    with st.container():  # its place is kept when it is empty
        if words := _left_out(result):
            st.html(words)


def ask(tariff: Tariff, placement: Placed | Unplaced) -> None:
    """The collectivité and the quantities under discussion, in a strip that keeps its place; the others above it."""
    strip: tuple[str, ...] = st.session_state.strip
    columns = st.columns(2 + len(strip) + 1, gap="small", vertical_alignment="bottom")
    with columns[0]:
        collectivite.ask_inhabitants(placeholder="?")
    with columns[1]:
        collectivite.ask_agents(placeholder="?")
    for column, item in zip(columns[2:-1], strip, strict=True):
        column.number_input(label(tariff.items[item].label), min_value=0, max_value=MAX_QUANTITY, step=1, key=item)
    with columns[-1], st.expander("Autres services"), st.container(key="famille-autres"):
        halves = st.columns(2, gap="large")
        others = [item for item in tariff.items if item not in strip]
        for rank, item in enumerate(others):
            with halves[rank * 2 // len(others)]:
                services.field(tariff, item, tariff.items[item], placement)


def start(result: Estimate, tariff: Tariff) -> None:
    """Fix what stands in the strip, and what later changes are set against, when the presentation begins."""
    if "strip" in st.session_state:
        return
    counted = [item for item in tariff.items if item not in CHOICES]
    asked = [item for item in counted if result.order.quantity(item)]
    chosen = [*asked, *(item for item in counted if item not in asked)][:UNDER_DISCUSSION]
    st.session_state.strip = tuple(sorted(chosen, key=counted.index))
    st.session_state.start = result


def _since_start(result: Estimate) -> Comparison | None:
    st.session_state.setdefault("start", result)
    return compare(result, st.session_state.start)


def _start_here() -> None:
    st.session_state.pop("start", None)


def _leave() -> None:
    st.session_state.presentation = False
    st.session_state.pop("strip", None)
    st.session_state.pop("start", None)


def _title(result: Estimate, name: str) -> str:
    words = ", ".join(filter(None, [name, f"catégorie {result.category}" if result.category else ""]))
    return f'<p class="category"><strong>{text(words[:1].upper() + words[1:])}</strong></p>'


def _left_out(result: Estimate) -> str:
    words = [*left_out(result), *not_counted(result)]
    return f'<p class="note">{text("Non compris : " + " ; ".join(words))}</p>' if words else ""


def _chart(
    current: Simulation, result: Estimate, six_years: Schedule, tariff: Tariff, look: charts.Look
) -> charts.Chart:
    choices = [option for option in options(result, tariff) if _shown(option)][:MOST_OPTIONS]
    screens = [
        _SIX_YEARS,
        _SERVICES,
        *([_OPTIONS] if choices else []),
        *([_SCENARIOS] if current.scenarios else []),
    ]
    with st.container(horizontal=True, horizontal_alignment="distribute", key="ecrans"):
        screen = st.segmented_control(
            "Graphique", screens, default=_SIX_YEARS, required=True, key="ecran", label_visibility="collapsed"
        )
        with st.container(horizontal=True, width="content", key="gestes"):
            st.button("Repartir d'ici", key="repartir", on_click=_start_here)
            st.button("Quitter", key="quitter", on_click=_leave)
    if screen == _SERVICES:
        return charts.services(result, tariff, look)
    if screen == _OPTIONS and choices:
        return charts.options(choices, look)
    if screen == _SCENARIOS and current.scenarios:
        return scenario_chart(result, estimates(current, tariff), tariff, look)
    return charts.six_years(six_years, tariff, look)


def _shown(option: Option) -> bool:
    return option.adoptable and option.comparison.six_years.comparable
