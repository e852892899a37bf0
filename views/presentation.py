"""Presentation mode: the answer, then one chart at a time, and the quantities under discussion."""

import streamlit as st

from pricing import Tariff, estimate
from pricing.compare import compare
from pricing.simulation import Simulation, leave
from views import collectivite, kept, keys, services, session
from views.answer import choose, figures, show_chart
from views.compare import scenario_chart
from views.markup import label, text
from views.reports import charts
from views.reports.handout import Handout
from views.reports.summary import Summary
from views.reports.wording import doubt
from views.take_away import code, show_code, site
from views.visit import Visit

UNDER_DISCUSSION = 4
"""Number of quantities in the strip; the others are a click away."""
MOST_OPTIONS = 6
"""Largest number of options in a chart."""
_SIX_YEARS, _SERVICES, _OPTIONS, _SCENARIOS = "Six ans", "Par service", "Autres choix", "Scénarios"


def show(visit: Visit, summary: Summary, look: charts.Look, indicative: str) -> None:
    """Show the answer, one chart, and the strip of fields; `indicative` is HTML."""
    of, start = summary.handout, visit.start
    since = compare(of.estimate, estimate(start.choice.client, start.choice.order, of.tariff)) if start else None
    letters = " et ".join(of.estimate.categories)
    title = ", ".join(filter(None, [of.name, f"catégorie {letters}" if letters else ""]))
    heading = (
        f'<div class="heading"><p class="category"><strong>{text(title[:1].upper() + title[1:])}</strong></p>'
        f'<p class="note indicative">{indicative}</p></div>'
    )
    st.html(figures(summary, since, "Depuis le départ", heading))
    with st.container(horizontal=True, key="ecran-et-code", height="stretch"):
        with st.container(key="ecran-presente", height="stretch"):
            show_chart(_chart(visit, summary, look), "graphique-presente", height="stretch")
        with st.container(key="code-presente"):
            link = f"{site()}?{kept.links().query(visit.simulation)}"
            st.html(f'<div class="code small">{code(link)}</div>')
            if st.button("Agrandir le code", key="agrandir", width="stretch"):
                show_code(link)
    with st.container():  # kept even when empty
        if notes := _notes(summary):
            st.html("".join(f'<p class="note">{text(each)}</p>' for each in notes))
    with st.container(key="bandeau"):
        _ask(visit, of)


def _ask(visit: Visit, of: Handout) -> None:
    """Ask for the collectivité and the quantities under discussion; the other services open above them."""
    tariff, order = of.tariff, of.estimate.order
    strip = under_discussion(visit.entered or visit.simulation, tariff)
    columns = st.columns(2 + len(strip) + 1, gap="small", vertical_alignment="bottom")
    for column, key in zip(columns[:2], (keys.INHABITANTS, keys.AGENTS), strict=True):
        with column:
            collectivite.ask_size(key, visit.simulation, placeholder="?")
    for column, item in zip(columns[2:-1], strip, strict=True):
        with column:
            services.ask_quantity(item, label(tariff.items[item].label), order.quantity(item))
    with columns[-1], st.expander("Autres services"), st.container(key="famille-autres"):
        halves = st.columns(2, gap="large")
        others = [item for item in tariff.items if item not in strip]
        for rank, item in enumerate(others):
            with halves[rank * 2 // len(others)]:
                services.field(item, tariff, of.estimate)


def under_discussion(entered: Simulation, tariff: Tariff) -> tuple[str, ...]:
    """Return the counted items that are in the strip: the first that were asked for, then the first of the act."""
    counted = [key for key, item in tariff.items.items() if not item.ticked]
    asked = [item for item in counted if entered.choice.order.quantity(item)]
    chosen = [*asked, *(item for item in counted if item not in asked)][:UNDER_DISCUSSION]
    return tuple(sorted(chosen, key=counted.index))


def _notes(summary: Summary) -> list[str]:
    """Return what the figures leave out, and a question on each quantity that is probably a mistake."""
    client, order = summary.handout.estimate.client, summary.handout.estimate.order
    left_out = " ; ".join([*summary.left_out, *summary.not_counted])
    asked = (doubt(item, client, order.quantity(key)) for key, item in summary.handout.tariff.items.items())
    return [*([f"Non compris : {left_out}"] if left_out else []), *filter(None, asked)]


def _chart(visit: Visit, summary: Summary, look: charts.Look) -> charts.Chart:
    of = summary.handout
    choices = [each for each in of.options if each.adoptable and each.comparison.six_years.comparable][:MOST_OPTIONS]
    screens = [_SIX_YEARS, _SERVICES, *([_OPTIONS] if choices else []), *([_SCENARIOS] if of.scenarios else [])]
    with st.container(horizontal=True, horizontal_alignment="distribute", key="ecrans"):
        screen = choose("Graphique", screens, visit, keys.CHART, "chart")
        with st.container(horizontal=True, width="content", key="gestes"):
            st.button("Repartir d'ici", key="repartir", on_click=session.start_here)
            st.button("Quitter", key="quitter", on_click=session.presses(leave))
    if screen == _SERVICES:
        return charts.services(of.estimate, of.tariff, look)
    if screen == _OPTIONS:
        return charts.options(choices, look)
    if screen == _SCENARIOS:
        return scenario_chart(of, look)
    return charts.six_years(summary.years, look)
