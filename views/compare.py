"""Compare: the choices inside this order, and up to four simulations kept under a name."""

from collections.abc import Sequence

import streamlit as st

from pricing import Estimate, Option, Tariff, estimate
from pricing.link import MAX_SCENARIOS, Choice, Scenario, Simulation, name_fits
from pricing.options import by_saving, compare
from pricing.reports import charts
from pricing.tariff import PAYEES
from views import simulation
from views.markup import table, text, total


def options(choices: Sequence[Option], look: charts.Look) -> None:
    """The options of the order, what each would change, and a click to adopt one."""
    if not choices:
        st.markdown("Les choix à comparer apparaîtront ici dès qu'un service qui en offre sera demandé.")
        return
    ordered = by_saving(choices)
    st.html(
        "<h3>D'autres choix pour la même demande</h3>"
        '<p class="note">Ce que chacun changerait sur six ans, du plus économique au plus cher. '
        "Un clic l'adopte.</p>"
    )
    with st.container(key="choix", gap=None):
        for rank, option in enumerate(ordered):
            st.button(
                f"{option.label} : **{option.comparison.six_years.plainly()}** sur six ans",
                key=f"choix-{rank}",
                type="tertiary",
                icon=":material/swap_horiz:" if option.adoptable else ":material/remove:",
                disabled=not option.adoptable,
                on_click=simulation.put_order,
                args=(option.comparison.estimate.order,),
            )
    chart = charts.options(ordered, look)
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-options")
    with st.expander("Les mêmes chiffres en tableau"):
        st.html(
            table(
                "Chaque autre choix : ses totaux et l'écart avec votre demande",
                ("Autre choix", "1re année", "Coût annuel moyen", "Six ans", "Écart sur six ans"),
                [
                    (
                        text(option.label),
                        total(option.comparison.estimate.answers.first_year),
                        total(option.comparison.estimate.answers.recurring),
                        total(option.comparison.estimate.answers.six_years),
                        text(option.comparison.six_years.words()),
                    )
                    for option in ordered
                ],
                amounts=(1, 2, 3, 4),
            )
        )


def scenarios(present: Estimate, current: Simulation, tariff: Tariff, look: charts.Look) -> None:
    """The simulations kept under a name, side by side with the present one."""
    st.html(
        "<h3>Garder cette simulation pour la comparer</h3>"
        f'<p class="note">Jusqu\'à {MAX_SCENARIOS} scénarios, conservés dans le lien.</p>'
    )
    _keep(current)
    if not current.scenarios:
        return
    kept = [(scenario.name, _estimate(scenario.choice, tariff)) for scenario in current.scenarios]
    for rank, scenario in enumerate(current.scenarios):
        _manage(rank, scenario)
    columns = [*kept, ("À l'écran", present)]
    comparisons = [compare(other, kept[0][1]) for _, other in columns]
    st.html(
        table(
            "Les scénarios côte à côte, et leur écart avec le premier",
            ("Scénario", "1re année", "Coût annuel moyen", "Six ans", "Écart avec le premier"),
            [
                (
                    text(name),
                    total(other.answers.first_year),
                    total(other.answers.recurring),
                    total(other.answers.six_years),
                    text(comparison.six_years.words()) if rank else "",
                )
                for rank, ((name, other), comparison) in enumerate(zip(columns, comparisons, strict=True))
            ],
            amounts=(1, 2, 3, 4),
        )
    )
    chart = scenario_chart(columns, tariff, look)
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-scenarios")


def scenario_chart(columns: Sequence[tuple[str, Estimate]], tariff: Tariff, look: charts.Look) -> charts.Chart:
    """Six years of cash of each scenario, split between the two bodies."""
    bars: list[charts.Bar] = [
        (
            f"{rank}. {name}",
            {payee: other.six_years(payee=payee).amount for payee in PAYEES},
            other.answers.six_years.words(),
        )
        for rank, (name, other) in enumerate(columns, start=1)
    ]
    return charts.by_payee(bars, tariff, look)


def _estimate(choice: Choice, tariff: Tariff) -> Estimate:
    return estimate(choice.client, choice.order, tariff)


def _keep(current: Simulation) -> None:
    def keep() -> None:
        name = " ".join(st.session_state["nom-scenario"].split())
        if name_fits(name):
            kept = Scenario(name=name, choice=current.choice)
            st.session_state.scenarios = (*current.scenarios, kept)
            st.session_state["nom-scenario"] = ""

    if len(current.scenarios) == MAX_SCENARIOS:
        st.info(f"Les {MAX_SCENARIOS} scénarios sont gardés : retirez-en un pour en garder un autre.")
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    name = left.text_input("Nom du scénario", key="nom-scenario", placeholder="par exemple : sans sauvegarde")
    right.button(
        "Garder", key="garder", icon=":material/bookmark_add:", on_click=keep, disabled=current.choice.order.empty
    )
    if name and not name_fits(name):
        st.warning("Ce nom est trop long pour tenir dans le lien : raccourcissez-le.")


def _manage(rank: int, scenario: Scenario) -> None:
    field = f"scenario-{rank}"

    def rename() -> None:
        name = " ".join(st.session_state[field].split())
        if name_fits(name):
            _replace(rank, Scenario(name=name, choice=scenario.choice))

    st.session_state[field] = scenario.name
    left, middle, right = st.columns([4, 2, 2], vertical_alignment="bottom")
    left.text_input(f"Scénario {rank + 1}", key=field, on_change=rename)
    middle.button(
        "Reprendre", key=f"reprendre-{rank}", on_click=simulation.put_choice, args=(scenario.choice,), width="stretch"
    )
    right.button("Retirer", key=f"retirer-{rank}", on_click=_replace, args=(rank, None), width="stretch")


def _replace(rank: int, scenario: Scenario | None) -> None:
    kept: tuple[Scenario, ...] = st.session_state.scenarios
    st.session_state.scenarios = (*kept[:rank], *([scenario] if scenario else []), *kept[rank + 1 :])
