"""Compare: up to four simulations kept under a name, the choices inside this order, and what each service costs."""

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256

import streamlit as st

from pricing import Estimate, Option, Tariff, options
from pricing.budget import priced
from pricing.compare import Difference
from pricing.options import by_saving, without_a_service
from pricing.simulation import MAX_SCENARIOS, Scenario, Simulation, remove, replace_choice, replace_order
from pricing.tariff import uncapital
from views import kept, keys, named, scenarios, session
from views.answer import show_chart
from views.markup import figure, table, text, wrapped
from views.reports import charts
from views.reports.handout import Handout
from views.reports.parts import DIFFERENCE, Variant, headings, variant
from views.reports.side_by_side import SideBySide
from views.reports.summary import Summary
from views.visit import Visit


def show_options(summary: Summary, look: charts.Look) -> None:
    """Show the options of the order, what each would change, and a button to adopt one."""
    offered, tariff = summary.handout.options, summary.handout.tariff
    sure = [option for option in offered if option.adoptable and option.comparison.six_years.comparable]
    unsure = [option for option in offered if option.adoptable and not option.comparison.six_years.comparable]
    elsewhere = [option for option in offered if not option.adoptable]
    without = by_saving(_without(summary.handout.estimate, tariff))
    if not (sure or unsure or without):
        st.html("<p>Les choix à comparer apparaîtront ici dès qu'un service qui en offre sera demandé.</p>")
    if sure:
        st.html(
            "<h3>D'autres choix</h3>"
            '<p class="note">Ce que chacun changerait sur six ans, du plus économique au plus cher. '
            "Un clic l'adopte.</p>"
        )
        list_options("choix", sure, tariff, _over_six_years)
        show_chart(charts.options(sure, look), "graphique-options")
    if without:
        st.html(
            "<h3>Sans l'un des services</h3>"
            '<p class="note">Ce que chacun pèse dans cette estimation. Un clic le retire, avec ce qui en dépend.</p>'
        )
        list_options("choix-sans", without, tariff, _each_year)
    if unsure:
        st.html(
            "<h3>Des choix dont l'écart n'est pas entièrement connu</h3>"
            "<p class=\"note\">Un montant y passe sur devis ou n'est pas indiqué dans l'acte.</p>"
        )
        list_options("choix-incertain", unsure, tariff, _over_six_years)
    if elsewhere:
        lines = "".join(
            f"<li>{text(option.label)} : {text(option.comparison.six_years.plainly())} sur six ans</li>"
            for option in elsewhere
        )
        st.html(f"<h3>Si la collectivité changeait de catégorie</h3><ul>{lines}</ul>")
    if offered or without:
        in_table = st.expander("Les mêmes chiffres en tableau", key="tableau-choix", on_change="rerun")
        if in_table.open:
            others = (*offered, *without)
            variants = [
                variant(each.label, each.comparison.estimate, each.comparison.against, tariff) for each in others
            ]
            caption = "Chaque autre choix : ses totaux et l'écart avec cette estimation"
            in_table.html(_compared(caption, "Autre choix", variants, tariff))


def _over_six_years(option: Option) -> str:
    return f"**{option.comparison.six_years.plainly()}** sur six ans"


def _each_year(option: Option) -> str:
    """Say what an option changes per year, in euros, and over six years, with what it leaves out."""
    amount = option.comparison.recurring.amount
    yearly = f"**{Difference(amount, 0).plainly()}** par an, " if amount else ""
    return f"{yearly}{_over_six_years(option)}"


def list_options(key: str, choices: Sequence[Option], tariff: Tariff, words: Callable[[Option], str]) -> None:
    """List options, each with words on what it changes: a press adopts it."""
    with st.container(key=key, gap=None):
        for option in choices:
            st.button(
                f"{option.label} : {words(option)}",
                key=f"{key}-{_key(option.choice, option.label)}",
                type="tertiary",
                icon=":material/swap_horiz:",
                on_click=session.presses(
                    partial(_adopt, option.choice, option.label, tariff), f"Choix adopté : {uncapital(option.label)}."
                ),
            )


def _adopt(choice: str, label: str, tariff: Tariff, now: Simulation) -> Simulation:
    """Adopt the option of that name, as the simulation now offers it."""
    present = priced(now.choice, tariff)
    offered = (*options(present, tariff), *_without(present, tariff))
    found = (each.comparison.estimate.order for each in offered if (each.choice, each.label) == (choice, label))
    return next((replace_order(now, order) for order in found), now)


def _without(present: Estimate, tariff: Tariff) -> tuple[Option, ...]:
    return without_a_service(present, tariff, kept.service_words().without)


def _key(*identity: str) -> str:
    """Return a key that identifies an entry of a list, whatever its rank."""
    return sha256("\n".join(identity).encode()).hexdigest()[:12]


def _compared(caption: str, heading: str, variants: Sequence[Variant], tariff: Tariff) -> str:
    rows = [(text(each.name), *map(figure, each.figures), wrapped(each.difference.words())) for each in variants]
    return table(caption, (heading, *headings(tariff), DIFFERENCE), rows, amounts=(1, 2, 3, 4))


def show_scenarios(summary: Summary, visit: Visit, look: charts.Look) -> None:
    """Offer to keep the simulation on the page, and show those kept side by side with it."""
    current = visit.simulation
    st.html(
        "<h3>Garder cette simulation pour la comparer</h3>"
        f'<p class="note">Jusqu\'à {MAX_SCENARIOS} scénarios, conservés dans le lien.</p>'
    )
    with st.container():
        _keep(current)
    with st.container():  # kept even when empty
        if not current.scenarios:
            return
        shown = _side_by_side(summary.side_by_side)
        # page.js scrolls to it where a scenario is added.
        st.html(f'<div data-kept="{len(current.scenarios)}"><h3>Côte à côte</h3>{shown}</div>')
        if summary.scenarios:
            heading = "<h3>Ce que coûte chacun sur six ans</h3>"
            show_chart(scenario_chart(summary.handout, look), "graphique-scenarios", heading)
    show_kept(visit)


def show_kept(visit: Visit) -> None:
    """List the simulations kept, to rename, take back or remove each."""
    if not visit.simulation.scenarios:
        return
    st.html("<h3>Les scénarios gardés</h3>")
    rank = 0
    for scenario in visit.listed:
        if scenario is None:
            st.html('<p class="note removed">Scénario retiré. « Annuler » le remet.</p>')
        else:
            rank += 1
            _manage(rank, scenario, visit.simulation)


def _side_by_side(of: SideBySide) -> str:
    groups = {
        text(heading): [(text(row.label), *map(figure, row.cells)) for row in rows] for heading, rows in of.groups
    }
    caption = f"Les scénarios côte à côte, {of.against}"
    alike = of.alike if len(of.names) > 1 else "Changez un service : la nouvelle estimation viendra à côté."
    shown = table(caption, ("Scénario", *of.names), groups, amounts=range(1, len(of.names) + 1))
    return f'{shown}<p class="note">{text(alike)}</p>'


def scenario_chart(of: Handout, look: charts.Look) -> charts.Chart:
    """Chart six years of cash of the present estimate and of each scenario, split between the two bodies."""
    others = ((name, other.lines) for name, other in of.scenarios)
    return charts.scenarios([(of.called, of.estimate.lines), *others], of.tariff, look)


def _keep(current: Simulation) -> None:
    if len(current.scenarios) == MAX_SCENARIOS:
        st.html(f"<p>Les {MAX_SCENARIOS} scénarios sont gardés : retirez-en un pour en garder un autre.</p>")
        return
    with st.form("garder", border=False, enter_to_submit=True):
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        left.text_input("Nom du scénario", key=keys.SCENARIO_NAME, placeholder="par exemple : sans sauvegarde")
        right.form_submit_button(
            "Garder",
            key="garder-scenario",
            icon=":material/bookmark_add:",
            on_click=session.takes(keys.SCENARIO_NAME, scenarios.keep_named),
            disabled=current.choice.order.empty,
        )


def _manage(rank: int, scenario: Scenario, current: Simulation) -> None:
    identity = _key(scenario.name, scenario.choice.model_dump_json())
    key = session.filled(f"scenario-{identity}", scenario.name)
    of = named.commune_of(scenario, current)
    left, middle, right = st.columns([4, 2, 2], vertical_alignment="bottom")
    left.text_input(
        f"Scénario {rank}{f', {of}' if of else ''}",
        key=key,
        on_change=session.takes(key, partial(scenarios.rename_typed, scenario)),
    )
    middle.button(
        "Reprendre",
        key=f"reprendre-{identity}",
        width="stretch",
        on_click=session.presses(
            lambda now: replace_choice(now, scenario.choice), lambda before, _: _taken_back(scenario, before)
        ),
    )
    right.button(
        "Retirer",
        key=f"retirer-{identity}",
        width="stretch",
        on_click=session.presses(lambda now: remove(now, scenario), f"Le scénario « {scenario.name} » est retiré."),
    )


def _taken_back(scenario: Scenario, before: Simulation) -> str:
    unkept = not before.choice.order.empty and named.kept_as(before) is None
    lost = ", qui n'était pas gardée" if unkept else ""
    return f"Le scénario « {scenario.name} » est repris : il remplace l'estimation à l'écran{lost}."
