"""Presentation mode: the answer, what changed since the start, one screen at a time, and the quantities discussed."""

from collections.abc import Mapping
from functools import partial
from zlib import crc32

import streamlit as st

from pricing import Estimate, Option, Tariff
from pricing.budget import priced
from pricing.compare import compare
from pricing.money import counted
from pricing.schedule import schedule
from pricing.simulation import Simulation, View, leave, name_fits, remove, replace_choice
from views import collectivite, kept, keys, scenarios, services, session
from views.answer import choose, show_chart, swatch
from views.compare import list_options
from views.figures import figures, quotes
from views.markup import label, text
from views.named import kept_as, named
from views.reports import charts
from views.reports.changed import changes
from views.reports.handout import Handout
from views.reports.summary import Summary
from views.reports.wording import THIS_ESTIMATE, doubt
from views.take_away import code, show_code, site
from views.visit import Visit

UNDER_DISCUSSION = 4
"""Number of quantities in the strip; the others are a click away."""
MOST_NAMED = 3
"""Number of changes that are named: more of them would take a third line."""
MODULE = 3
"""Pixels of a module of the code, on a projector of 1280 by 720: less is not read from afar."""
LONGEST_CODED = 425
"""Largest number of characters of a link whose code leaves room for the chart."""
SCREENS: Mapping[View, str] = {
    "present": "Six ans",
    "present-services": "Par service",
    "present-quotes": "Devis",
    "present-options": "Autres choix",
    "present-scenarios": "Scénarios",
    "present-others": "Autres services",
}
"""Screens, by view."""
TITLES: Mapping[View, str] = {
    "present": "Dépenses de chaque année, sur six ans",
    "present-services": "Coût de chaque service sur six ans",
    "present-quotes": "Ce que chaque organisme facture",
    "present-options": "Ce qu'un autre choix changerait sur six ans : pressez-en un pour l'adopter",
    "present-scenarios": "Coût de chaque scénario sur six ans",
    "present-others": "Autres services, à ajouter ou à retirer",
}
"""Titles of the screens."""


def show(visit: Visit, summary: Summary, look: charts.Look, indicative: str) -> None:
    """Show the answer, one screen, and the strip of fields; `indicative` is HTML."""
    of, start = summary.handout, visit.start or visit.simulation
    before = priced(start.choice, of.tariff)
    changed = changes(visit.simulation.choice, start.choice, of.tariff)
    with st.container(key="tete", horizontal=True, vertical_alignment="center"):
        _head(visit, of, changed)
    st.html(figures(summary, compare(of.estimate, before), "Depuis le départ", presented=True))
    with st.container(key="ecarts", horizontal=True, vertical_alignment="center"):
        tell_of_changes(changed)
    with st.container(horizontal=True, key="ecran-et-code", height="stretch"):
        with st.container(key="ecran-presente", height="stretch"):
            _show_screen(visit, summary, before, look)
        with st.container(key="code-presente"):
            show_code_of_room(visit.simulation)
    with st.container(key="notes-presentees"):
        notes = "".join(f'<p class="note">{text(each)}</p>' for each in _notes(summary))
        st.html(f'{notes}<p class="note">{indicative}</p>')
    with st.container(key="bandeau"):
        _ask(visit, of)


def _head(visit: Visit, of: Handout, changed: list[str]) -> None:
    """Say whose estimate it is, and offer to turn to another commune, to keep the simulation and to leave."""
    if visit.searching:
        with st.container(key="recherche", horizontal=True, vertical_alignment="center"):
            collectivite.search_commune(visit)
        return
    letters = " et ".join(of.estimate.categories)
    title = ", ".join(filter(None, [of.name, f"catégorie {letters}" if letters else ""]))
    st.html(f'<p class="category"><strong>{text(title[:1].upper() + title[1:])}</strong></p>')
    if visit.simulation.choice.client.structure == "commune":
        name = "Changer de commune" if of.name else "Chercher la commune"
        st.button(name, key="chercher", on_click=session.acts(collectivite.search_again, True))
    st.button("Garder", key="garder", on_click=session.acts(scenarios.keep_as, _name(changed)))
    st.button("Quitter", key="quitter", on_click=session.acts(session.quit_presentation))


def _name(changed: list[str]) -> str:
    """Return a name for a scenario by its changes, as far as they fit."""
    names = (" ; ".join(changed[:many]) for many in range(len(changed), 0, -1))
    return next(filter(name_fits, names), "") if changed else "Départ"


def tell_of_changes(changed: list[str]) -> None:
    """Say what changed since the start, and offer to count from here, or to come back."""
    if not changed:
        st.html('<p class="changed none">Rien n\'a changé depuis le départ.</p>')
        return
    others = len(changed[MOST_NAMED:])
    more = f" et {counted(others, 'autre', 'autres')}" if others else ""
    said = " ; ".join(f'<span class="one">{text(label(each))}</span>' for each in changed[:MOST_NAMED])
    st.html(f'<p class="changed" aria-live="polite"><strong>Depuis le départ :</strong> {said}{more}</p>')
    st.button("Revenir au départ", key="revenir", on_click=session.acts(session.back_to_start))
    st.button(
        "Repartir d'ici",
        key="repartir",
        help="Les écarts se compteront depuis ce qui est affiché maintenant.",
        on_click=session.acts(session.start_here),
    )


def _show_screen(visit: Visit, summary: Summary, before: Estimate, look: charts.Look) -> None:
    of = summary.handout
    choices = [each for each in of.options if each.adoptable]
    scenarios = visit.simulation.scenarios
    empty = {view for view, shown in (("present-options", choices), ("present-scenarios", scenarios)) if not shown}
    screens: dict[View, str] = {view: name for view, name in SCREENS.items() if view not in empty}
    with st.container(key="ecrans"):
        screen = choose("À l'écran", screens, visit, keys.CHART)
    title = f'<span class="title" role="heading" aria-level="2">{text(TITLES[screen])}</span>'
    if screen == "present-quotes":
        st.html(f"<p>{title}</p>{quotes(summary)}")
    elif screen == "present-options":
        st.html(f"<p>{title}</p>")
        with st.container(key="autres-choix"):
            list_options("choix", choices, of.tariff, _briefly)
    elif screen == "present-others":
        st.html(f"<p>{title}</p>")
        with st.container(key="famille-services"):
            ask_others(visit, of.tariff, of.estimate)
    else:
        chart = _chart(screen, visit.simulation, summary, before, look)
        outline = '<span class="swatch start"></span>au départ' if chart.outlined else ""
        legend = [title, *([outline] if outline else []), *legend_entries(chart, of.tariff)]
        show_chart(chart, "graphique-presente", height="stretch", legend=legend)
    if screen == "present-scenarios":
        _offer_scenarios(visit.simulation)


def _briefly(option: Option) -> str:
    return f"**{option.comparison.six_years.briefly()}**"


def _chart(screen: View, simulation: Simulation, summary: Summary, before: Estimate, look: charts.Look) -> charts.Chart:
    of = summary.handout
    if screen == "present-services":
        return charts.services(of.estimate, of.tariff, look)
    if screen == "present-scenarios":
        return _scenarios(simulation, of, look)
    start = [year.total.amount for year in schedule(before).years]
    return charts.six_years(summary.years, look, start, of.paid_today)


def _scenarios(simulation: Simulation, of: Handout, look: charts.Look) -> charts.Chart:
    """Chart this estimate and the scenarios kept, each with the number of its buttons."""
    bars, others = [(THIS_ESTIMATE, of.estimate.lines)], iter(of.scenarios)
    for rank, each in enumerate(simulation.scenarios, start=1):
        name = f"{rank}. {named(each, simulation)}"
        if each is kept_as(simulation):
            bars[0] = f"{name} (à l'écran)", of.estimate.lines
        else:
            bars.append((name, next(others)[1].lines))
    return charts.by_payee(bars, of.tariff, look)


def legend_entries(chart: charts.Chart, tariff: Tariff) -> list[str]:
    """Return the entries of a legend as HTML, each body named once."""
    entries: list[str] = []
    for payee in tariff.billing:
        name = tariff.payees[payee].short
        series = [each for each in chart.legend if each.payee == payee]
        of_body = " ".join(
            f'<span class="entry">{swatch(each)}{text(each.name.removeprefix(f"{name}, "))}</span>' for each in series
        )
        alone = any(each.name == name for each in series)
        entries += [of_body if alone else f"{text(f'{name} :')} {of_body}"] if series else []
    return entries


def _offer_scenarios(simulation: Simulation) -> None:
    """Offer to take a scenario back, or to remove it, by its number in the chart."""
    with st.container(key="scenarios-presentes", horizontal=True):
        for rank, scenario in enumerate(simulation.scenarios, start=1):
            identity = f"{rank}-{crc32(scenario.name.encode()):x}"
            st.button(
                f"Reprendre {rank}",
                key=f"reprendre-{identity}",
                help=f"Mettre à l'écran « {scenario.name} »",
                disabled=scenario.choice == simulation.choice,
                on_click=session.presses(
                    partial(replace_choice, choice=scenario.choice), f"Le scénario « {scenario.name} » est repris."
                ),
            )
            st.button(
                f"Retirer {rank}",
                key=f"retirer-{identity}",
                help=f"Ne plus garder « {scenario.name} »",
                on_click=session.presses(
                    partial(remove, scenario=scenario), f"Le scénario « {scenario.name} » est retiré."
                ),
            )


def show_code_of_room(simulation: Simulation) -> None:
    """Show the code of the ordinary page, with what it leaves out."""
    link, without = coded(simulation)
    left_out = f'<p class="note">{text(without)}</p>' if without else ""
    st.html(f'<div class="code">{code(link, MODULE)}</div>{left_out}')
    if st.button("Agrandir le code", key="agrandir", width="stretch"):
        show_code(link, without)


def coded(simulation: Simulation) -> tuple[str, str]:
    """Return a link short enough for a code that is read from afar, and words on what it leaves out."""
    whole = leave(simulation)
    alone = whole.model_copy(update={"scenarios": ()})
    shown = [(whole, "")]
    if whole.scenarios:
        shown.append((alone, "Sans les scénarios : plus long, le code serait illisible de loin."))
    if whole.name:
        left_out = "les scénarios ni le nom" if whole.scenarios else "le nom"
        without = f"Sans {left_out} : plus long, le code serait illisible de loin."
        shown.append((alone.model_copy(update={"name": ""}), without))
    links = [(f"{site()}?{kept.links().query(each)}", without) for each, without in shown]
    return next((each for each in links if len(each[0]) <= LONGEST_CODED), links[-1])


def _ask(visit: Visit, of: Handout) -> None:
    """Ask for the size of the collectivité and for the quantities under discussion."""
    tariff, order = of.tariff, of.estimate.order
    strip = under_discussion(visit.entered or visit.simulation, tariff)
    columns = st.columns(2 + len(strip), gap="small", vertical_alignment="bottom")
    for column, key in zip(columns[:2], (keys.INHABITANTS, keys.AGENTS), strict=True):
        with column:
            collectivite.ask_size(key, visit.simulation, placeholder="?")
    for column, item in zip(columns[2:], strip, strict=True):
        with column:
            services.ask_quantity(item, label(tariff.items[item].label), order.quantity(item))


def ask_others(visit: Visit, tariff: Tariff, estimate: Estimate) -> None:
    """Ask for all that is not in the strip, each item under the name of its service."""
    strip = under_discussion(visit.entered or visit.simulation, tariff)
    groups = {
        service.label: [item for item in service.items if item not in strip] for service in tariff.services.values()
    }
    asked = [(name, items) for name, items in groups.items() if items]
    many = sum(map(len, groups.values()))
    halves = st.columns(2, gap="large")
    before = 0
    for name, items in asked:
        with halves[2 * before >= many]:
            st.html(f"<h3>{text(name)}</h3>")
            for item in items:
                services.field(item, tariff, estimate)
        before += len(items)


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
