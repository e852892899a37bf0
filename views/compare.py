"""Compare: the choices inside this order, and up to four simulations kept under a name."""

from collections.abc import Sequence
from functools import partial
from hashlib import sha256

import streamlit as st

from pricing import Option, Tariff, estimate, options
from pricing.simulation import MAX_SCENARIOS, Scenario, Simulation, remove, replace_choice, replace_order
from pricing.tariff import uncapital
from views import keys, session
from views.answer import show_chart
from views.markup import figure, table, text, wrapped
from views.reports import charts
from views.reports.handout import Handout
from views.reports.parts import DIFFERENCE, Variant, headings, variant
from views.reports.summary import Summary
from views.reports.wording import THIS_ESTIMATE


def show_options(summary: Summary, look: charts.Look) -> None:
    """Show the options of the order, what each would change, and a button to adopt one."""
    offered, tariff = summary.handout.options, summary.handout.tariff
    sure = [option for option in offered if option.adoptable and option.comparison.six_years.comparable]
    unsure = [option for option in offered if option.adoptable and not option.comparison.six_years.comparable]
    elsewhere = [option for option in offered if not option.adoptable]
    if not sure and not unsure:
        st.html("<p>Les choix à comparer apparaîtront ici dès qu'un service qui en offre sera demandé.</p>")
    if sure:
        st.html(
            "<h3>D'autres choix</h3>"
            '<p class="note">Ce que chacun changerait sur six ans, du plus économique au plus cher. '
            "Un clic l'adopte.</p>"
        )
        _list("choix", sure, tariff)
        show_chart(charts.options(sure, look), "graphique-options")
    if unsure:
        st.html(
            "<h3>Des choix dont l'écart n'est pas entièrement connu</h3>"
            "<p class=\"note\">Un montant y passe sur devis ou n'est pas indiqué dans l'acte.</p>"
        )
        _list("choix-incertain", unsure, tariff)
    if elsewhere:
        lines = "".join(
            f"<li>{text(option.label)} : {text(option.comparison.six_years.plainly())} sur six ans</li>"
            for option in elsewhere
        )
        st.html(f"<h3>Si la collectivité changeait de catégorie</h3><ul>{lines}</ul>")
    if offered:
        in_table = st.expander("Les mêmes chiffres en tableau", key="tableau-choix", on_change="rerun")
        if in_table.open:
            variants = [
                variant(each.label, each.comparison.estimate, each.comparison.against, tariff) for each in offered
            ]
            caption = "Chaque autre choix : ses totaux et l'écart avec cette estimation"
            in_table.html(_compared(caption, "Autre choix", variants, tariff))


def _list(key: str, choices: Sequence[Option], tariff: Tariff) -> None:
    with st.container(key=key, gap=None):
        for option in choices:
            st.button(
                f"{option.label} : **{option.comparison.six_years.plainly()}** sur six ans",
                key=f"{key}-{_key(option.choice, option.label)}",
                type="tertiary",
                icon=":material/swap_horiz:",
                on_click=session.presses(
                    partial(_adopt, option.choice, option.label, tariff), f"Choix adopté : {uncapital(option.label)}."
                ),
            )


def _adopt(choice: str, label: str, tariff: Tariff, now: Simulation) -> Simulation:
    """Adopt the option of that name, as the simulation now offers it."""
    present = estimate(now.choice.client, now.choice.order, tariff)
    offered = (each for each in options(present, tariff) if (each.choice, each.label) == (choice, label))
    return next((replace_order(now, each.comparison.estimate.order) for each in offered), now)


def _key(*identity: str) -> str:
    """Return a key that identifies an entry of a list, whatever its rank."""
    return sha256("\n".join(identity).encode()).hexdigest()[:12]


def _compared(caption: str, heading: str, variants: Sequence[Variant], tariff: Tariff) -> str:
    rows = [
        (text(each.name), *map(figure, each.figures), wrapped(each.difference.words()) if each.difference else "–")
        for each in variants
    ]
    return table(caption, (heading, *headings(tariff), DIFFERENCE), rows, amounts=(1, 2, 3, 4))


def show_scenarios(summary: Summary, current: Simulation, look: charts.Look) -> None:
    """Show the simulations kept under a name, side by side with the present one."""
    st.html(
        "<h3>Garder cette simulation pour la comparer</h3>"
        f'<p class="note">Jusqu\'à {MAX_SCENARIOS} scénarios, conservés dans le lien.</p>'
    )
    with st.container():
        _keep(current)
    if not current.scenarios:
        return
    for rank, scenario in enumerate(current.scenarios, start=1):
        _manage(rank, scenario)
    caption = "Les scénarios côte à côte, et leur écart avec cette estimation"
    kept = _compared(caption, "Scénario", summary.scenarios, summary.handout.tariff)
    otherwise = "".join(
        f"<li><strong>{text(each.name)}</strong> {text(each.changes)}</li>"
        for each in summary.scenarios
        if each.changes
    )
    st.html(kept + (f'<ul class="otherwise note">{otherwise}</ul>' if otherwise else ""))
    show_chart(scenario_chart(summary.handout, look), "graphique-scenarios")


def scenario_chart(of: Handout, look: charts.Look) -> charts.Chart:
    """Chart six years of cash of the present estimate and of each scenario, split between the two bodies."""
    named = ((f"{rank}. {name}", other.lines) for rank, (name, other) in enumerate(of.scenarios, 1))
    return charts.by_payee([(THIS_ESTIMATE, of.estimate.lines), *named], of.tariff, look)


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
            on_click=session.keep_scenario,
            disabled=current.choice.order.empty,
        )


def _manage(rank: int, scenario: Scenario) -> None:
    identity = _key(scenario.name, scenario.choice.model_dump_json())
    key = session.filled(f"scenario-{identity}", scenario.name)
    left, middle, right = st.columns([4, 2, 2], vertical_alignment="bottom")
    left.text_input(f"Scénario {rank}", key=key, on_change=session.rename_scenario, args=(key, scenario))
    middle.button(
        "Reprendre",
        key=f"reprendre-{identity}",
        width="stretch",
        on_click=session.presses(
            lambda now: replace_choice(now, scenario.choice),
            f"Le scénario « {scenario.name} » est repris : il remplace ce qui était à l'écran.",
        ),
    )
    right.button(
        "Retirer",
        key=f"retirer-{identity}",
        width="stretch",
        on_click=session.presses(lambda now: remove(now, scenario), f"Le scénario « {scenario.name} » est retiré."),
    )
