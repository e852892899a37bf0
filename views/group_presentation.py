"""Presentation mode for many communes: the answer for all, what changed since the start, one screen at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from pricing import Client, estimate
from pricing.group import Group, belonging
from pricing.money import counted, number
from pricing.portfolio import Portfolio
from pricing.simulation import Simulation, View, leave
from pricing.tariff import Tariff
from views import answer, group, group_tariffs, kept, keys, services, session
from views.figures import changed_of_all, quotes, three
from views.group_words import ASKS, described
from views.markup import label, text
from views.presentation import LONGEST_CODED, MODULE, ask_others, legend_entries, tell_of_changes, under_discussion
from views.reports import group_charts
from views.reports.changed import changes
from views.reports.charts import Chart, Look
from views.reports.group_change import change
from views.reports.group_parts import OWN
from views.reports.group_summary import GroupSummary
from views.take_away import NO_CODE, code, show_code, site
from views.visit import Visit

SCREENS: Mapping[View, str] = {
    "present": "Six ans",
    "present-categories": "Par catégorie",
    "present-per-head": "Par habitant",
    "present-quotes": "Devis",
    "present-communes": "Communes",
    "present-tariffs": "Deux tarifs",
    "present-others": "Autres services",
}
"""Screens, by view."""
TITLES: Mapping[View, str] = {
    "present": "Dépenses de chaque année, toutes les communes ensemble",
    "present-categories": "Coût de chaque catégorie sur six ans",
    "present-per-head": "Communes selon leur coût par habitant et par an",
    "present-quotes": "Ce que chaque organisme facture à toutes",
    "present-communes": "Chaque commune : décochez celles qui ne sont pas de la partie",
    "present-tariffs": "Ce qu'un autre tarif change, organisme par organisme",
    "present-others": "Autres services, à ajouter ou à retirer pour toutes",
}
"""Titles of the screens."""
CHARTS: Mapping[View, Callable[[GroupSummary, Look], Chart]] = {
    "present-categories": group_charts.by_category,
    "present-per-head": group_charts.per_head,
}
"""Charts that do not depend on the start."""


def show(visit: Visit, look: Look, indicative: str) -> None:
    """Show the answer, one screen, and the strip of fields; `indicative` is HTML."""
    simulation, start = visit.simulation, visit.start or visit.simulation
    summary, before = group.summary_of(simulation), group.summary_of(start).portfolio
    changed = changes_of_group(simulation, start, summary.tariff)
    with st.container(key="tete", horizontal=True, vertical_alignment="center"):
        said = described(simulation.group) if simulation.group else ""
        st.html(f'<p class="category"><strong>{text(said[:1].upper() + said[1:])}</strong></p>')
        st.button("Quitter", key="quitter", on_click=session.acts(session.quit_presentation))
    why = group.nothing(simulation.group or Group(), summary.portfolio)
    st.html(f'<p class="presented told" role="status">{text(why)}</p>' if why else figures(summary, before))
    with st.container(key="ecarts", horizontal=True, vertical_alignment="center"):
        tell_of_changes(changed)
    with st.container(horizontal=True, key="ecran-et-code", height="stretch"):
        with st.container(key="ecran-presente", height="stretch"):
            _show_screen(visit, summary, before, look, answered=not why)
        with st.container(key="code-presente"):
            _show_code(simulation)
    with st.container(key="notes-presentees"):
        left_out = " ; ".join([*summary.left_out, *summary.not_counted])
        note = f'<p class="note">{text(f"Non compris : {left_out}")}</p>' if left_out else ""
        st.html(f'{note}<p class="note">{indicative}</p>')
    with st.container(key="bandeau"):
        _ask(visit, summary)


def figures(summary: GroupSummary, before: Portfolio) -> str:
    """Return the three figures of all communes, each with what changed since the start, as HTML."""
    words = changed_of_all(summary.portfolio, before, presented=True)
    return three(summary.figures, words, "Depuis le départ", presented=True)


def changes_of_group(to: Simulation, from_: Simulation, tariff: Tariff) -> list[str]:
    """Return all that changed: the number of communes, what they ask for, and what some have of their own."""
    if to.group is None or from_.group is None:
        return []
    now, then = (len(_codes(each)) for each in (to.group, from_.group))
    said = [f"Communes : {number(then)} → {number(now)}"] if now != then else []
    if to.group.asks != from_.group.asks:
        said.append(f"Chacune : {ASKS[to.group.asks][:1].lower()}{ASKS[to.group.asks][1:]}")
    elif to.group.asks == "same":
        said += changes(to.choice, from_.choice, tariff)
    mine, communes = {each.code for each in to.group.own}, kept.communes()
    codes = sorted({each.code for each in set(to.group.own) ^ set(from_.group.own)} & {*communes})
    return [*said, *(f"{communes[code].name} : {OWN if code in mine else 'comme les autres'}" for code in codes)]


def _codes(group: Group) -> set[str]:
    """Return the communes that are counted."""
    return {each.code for each in belonging(group, kept.communes())} - group.without


def _show_screen(visit: Visit, summary: GroupSummary, before: Portfolio, look: Look, *, answered: bool) -> None:
    asked, between = visit.simulation.group or Group(), change(summary.handout)
    possible = {
        "present-categories": answered and bool(summary.portfolio.grids),
        "present-per-head": answered and bool(summary.per_head),
        "present-communes": True,
        "present-tariffs": answered and between is not None,
        "present-others": asked.asks == "same",
    }
    with st.container(key="ecrans"):
        offered: dict[View, str] = {view: name for view, name in SCREENS.items() if possible.get(view, answered)}
        screen = answer.choose("À l'écran", offered, visit, keys.CHART)
    title = f'<span class="title" role="heading" aria-level="2">{text(TITLES[screen])}</span>'
    if screen == "present-quotes":
        st.html(f"<p>{title}</p>{quotes(summary)}")
    elif screen == "present-tariffs" and between:
        st.html(f"<p>{title}</p><p>{text(between.acts)}</p>{group_tariffs.bodies(between)}")
    elif screen == "present-communes":
        st.html(f"<p>{title}</p>")
        with st.container(key="communes-presentees"):
            group.show_table(visit, asked, summary, presented=True)
    elif screen == "present-others":
        st.html(f"<p>{title}</p>")
        with st.container(key="famille-autres"):
            order, tariff = visit.simulation.choice.order, summary.tariff
            ask_others(visit, tariff, estimate(Client(), order, tariff))
    else:
        _show_chart(screen, title, summary, before, look)


def _show_chart(screen: View, title: str, summary: GroupSummary, before: Portfolio, look: Look) -> None:
    if screen in CHARTS:
        chart = CHARTS[screen](summary, look)
    else:
        chart = group_charts.six_years(summary, look, [total.amount for total in before.cash])
    outline = ['<span class="swatch start"></span>au départ'] if chart.outlined else []
    legend = [title, *outline, *legend_entries(chart, summary.tariff)]
    answer.show_chart(chart, "graphique-presente", height="stretch", legend=legend)


def _show_code(simulation: Simulation) -> None:
    """Show the code of the ordinary page, where it is short enough to be read from afar."""
    link = f"{site()}?{kept.links().query(leave(simulation))}"
    if len(link) > LONGEST_CODED:
        st.html(NO_CODE)
        return
    st.html(f'<div class="code">{code(link, MODULE)}</div>')
    if st.button("Agrandir le code", key="agrandir", width="stretch"):
        show_code(link)


def _ask(visit: Visit, summary: GroupSummary) -> None:
    """Ask for the quantities under discussion, each that of all communes."""
    asked, order = visit.simulation.group or Group(), visit.simulation.choice.order
    if asked.asks != "same":
        how = f"{ASKS[asked.asks]} : chaque commune se change dans « {SCREENS['present-communes']} »."
        st.html(f"<p>{text(how)}</p>")
        return
    strip = under_discussion(visit.entered or visit.simulation, summary.tariff)
    columns = st.columns([1, *([1] * len(strip))], gap="small", vertical_alignment="bottom")
    columns[0].html(f'<p class="for-all">{text(_for_all(asked))}</p>')
    for column, item in zip(columns[1:], strip, strict=True):
        with column:
            services.ask_quantity(item, label(summary.tariff.items[item].label), order.quantity(item))


def _for_all(asked: Group) -> str:
    """Say for how many communes the common quantities are, and how many of them keep their own."""
    own = sum(bool(each.quantities) for each in asked.own if each.code in _codes(asked))
    keep = "qui garde ses nombres" if own == 1 else "qui gardent leurs nombres"
    apart = f", dont {number(own)} {OWN}, {keep}" if own else ""
    return f"Pour chacune des {counted(len(_codes(asked)), 'commune', 'communes')}{apart} :"
