"""Presentation mode: the answer, then one chart at a time, and the quantities under discussion."""

import streamlit as st

from pricing import Option, Tariff, estimate
from pricing.category import Placed, Unplaced
from pricing.compare import Comparison, compare
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.simulation import Simulation, leave
from views import answer, chart, collectivite, keys, looked_at, services, session
from views.compare import scenario_chart
from views.markup import label, text
from views.reports import charts
from views.reports.handout import Handout
from views.reports.summary import Summary
from views.reports.wording import doubt
from views.take_away import address, code, show_code
from views.visit import Visit

UNDER_DISCUSSION = 4
"""Number of quantities in the strip; the others are a click away."""
MOST_OPTIONS = 6
"""Largest number of options in a chart."""
_SIX_YEARS, _SERVICES, _OPTIONS, _SCENARIOS = "Six ans", "Par service", "Autres choix", "Scénarios"


def show(
    visit: Visit,
    summary: Summary,
    look: charts.Look,
    indicative: str,
) -> None:
    """Show the answer and one chart; `indicative` is HTML."""
    st.html(
        '<section class="answer presented" aria-label="Résultat de l\'estimation" aria-live="polite">'
        f'<div class="heading">{_title(summary)}<p class="note indicative">{indicative}</p></div>'
        f"{answer.figures(summary, _since_start(visit, summary.handout), 'Depuis le départ')}</section>"
    )
    with st.container(horizontal=True, key="ecran-et-code", height="stretch"):
        with st.container(key="ecran-presente", height="stretch"):
            chart.show(_chart(visit, summary, look), "graphique-presente", height="stretch")
        with st.container(key="code-presente"):
            link = address(visit.simulation)
            st.html(f'<div class="code small">{code(link)}</div>')
            if st.button("Agrandir le code", key="agrandir", width="stretch"):
                show_code(link)
    with st.container():  # kept even when empty
        if words := f"{_left_out(summary)}{_doubts(summary.handout)}":
            st.html(words)


def ask(visit: Visit, tariff: Tariff, placement: Placed | Unplaced) -> None:
    """Ask for the collectivité and the quantities under discussion, in a strip that does not move.

    The other services open above it.
    """
    choice = visit.simulation.choice
    strip = under_discussion(visit.entered or visit.simulation, tariff)
    columns = st.columns(2 + len(strip) + 1, gap="small", vertical_alignment="bottom")
    with columns[0]:
        collectivite.ask_inhabitants(visit.simulation, placeholder="?")
    with columns[1]:
        collectivite.ask_agents(visit.simulation, placeholder="?")
    for column, item in zip(columns[2:-1], strip, strict=True):
        column.number_input(
            label(tariff.items[item].label),
            min_value=0,
            max_value=MAX_QUANTITY,
            step=1,
            key=session.filled(item, choice.order.quantity(item)),
            on_change=services.report(item),
        )
    with columns[-1], st.expander("Autres services"), st.container(key="famille-autres"):
        halves = st.columns(2, gap="large")
        others = [item for item in tariff.items if item not in strip]
        for rank, item in enumerate(others):
            with halves[rank * 2 // len(others)]:
                services.field(tariff, item, tariff.items[item], choice, placement)


def under_discussion(entered: Simulation, tariff: Tariff) -> tuple[str, ...]:
    """Return the counted items that are in the strip: the first that were asked for, then the first of the act."""
    counted = [item for item in tariff.items if item not in CHOICES]
    asked = [item for item in counted if entered.choice.order.quantity(item)]
    chosen = [*asked, *(item for item in counted if item not in asked)][:UNDER_DISCUSSION]
    return tuple(sorted(chosen, key=counted.index))


def _since_start(visit: Visit, of: Handout) -> Comparison | None:
    start = visit.start
    return compare(of.estimate, estimate(start.choice.client, start.choice.order, of.tariff)) if start else None


def _title(summary: Summary) -> str:
    category = summary.handout.estimate.category
    words = ", ".join(filter(None, [summary.handout.name, f"catégorie {category}" if category else ""]))
    return f'<p class="category"><strong>{text(words[:1].upper() + words[1:])}</strong></p>'


def _left_out(summary: Summary) -> str:
    words = " ; ".join([*summary.left_out, *summary.not_counted])
    return f'<p class="note">{text(f"Non compris : {words}")}</p>' if words else ""


def _doubts(of: Handout) -> str:
    order = of.estimate.order
    asked = [doubt(item, of.estimate.client, order.quantity(key)) for key, item in of.tariff.items.items()]
    return "".join(f'<p class="note">{text(each)}</p>' for each in asked if each)


def _chart(visit: Visit, summary: Summary, look: charts.Look) -> charts.Chart:
    of = summary.handout
    choices = [option for option in of.options if _shown(option)][:MOST_OPTIONS]
    screens = [
        _SIX_YEARS,
        _SERVICES,
        *([_OPTIONS] if choices else []),
        *([_SCENARIOS] if of.scenarios else []),
    ]
    with st.container(horizontal=True, horizontal_alignment="distribute", key="ecrans"):
        screen = looked_at.choose("Graphique", screens, visit, keys.CHART, "chart")
        with st.container(horizontal=True, width="content", key="gestes"):
            st.button("Repartir d'ici", key="repartir", on_click=session.start_here)
            st.button("Quitter", key="quitter", on_click=session.presses(leave))
    if screen == _SERVICES:
        return charts.services(of.estimate, of.tariff, look)
    if screen == _OPTIONS and choices:
        return charts.options(choices, look)
    if screen == _SCENARIOS and of.scenarios:
        return scenario_chart(of.estimate, of.scenarios, of.tariff, look)
    return charts.six_years(summary.years, look)


def _shown(option: Option) -> bool:
    return option.adoptable and option.comparison.six_years.comparable
