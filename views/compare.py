"""Compare: the choices inside this order, and up to four simulations kept under a name."""

from collections.abc import Sequence

import streamlit as st

from pricing import Estimate, Option, Tariff, estimate
from pricing.link import MAX_SCENARIOS, Scenario, Simulation, fitting, tidy
from pricing.options import by_saving, compare
from pricing.reports import charts
from pricing.reports.wording import RECURRING_TITLE, THIS_ESTIMATE, changes
from pricing.tariff import PAYEES
from views import chart, simulation
from views.markup import table, text, total, wrapped


def options(choices: Sequence[Option], look: charts.Look) -> None:
    """The options of the order, what each would change, and a click to adopt one."""
    ordered = by_saving(choices)
    sure = [option for option in ordered if option.adoptable and option.comparison.six_years.comparable]
    unsure = [option for option in ordered if option.adoptable and not option.comparison.six_years.comparable]
    elsewhere = [option for option in ordered if not option.adoptable]
    if not sure and not unsure:
        st.html("<p>Les choix à comparer apparaîtront ici dès qu'un service qui en offre sera demandé.</p>")
    if sure:
        st.html(
            "<h3>D'autres choix</h3>"
            '<p class="note">Ce que chacun changerait sur six ans, du plus économique au plus cher. '
            "Un clic l'adopte.</p>"
        )
        _list("choix", sure)
        chart.show(charts.options(sure, look), "graphique-options")
    if unsure:
        st.html(
            "<h3>Des choix dont l'écart n'est pas entièrement connu</h3>"
            "<p class=\"note\">Un montant y passe sur devis ou n'est pas indiqué dans l'acte.</p>"
        )
        _list("choix-incertain", unsure)
    if elsewhere:
        lines = "".join(
            f"<li>{text(option.label)} : {text(option.comparison.six_years.plainly())} sur six ans</li>"
            for option in elsewhere
        )
        st.html(f"<h3>Si la collectivité changeait de catégorie</h3><ul>{lines}</ul>")
    if ordered:
        in_table = st.expander("Les mêmes chiffres en tableau", key="tableau-choix", on_change="rerun")
        if in_table.open:
            in_table.html(_table(ordered))


def _list(key: str, choices: Sequence[Option]) -> None:
    with st.container(key=key, gap=None):
        for option in choices:
            st.button(
                f"{option.label} : **{option.comparison.six_years.plainly()}** sur six ans",
                key=f"{key}-{option.label}",
                type="tertiary",
                icon=":material/swap_horiz:",
                on_click=simulation.put_order,
                args=(option.comparison.estimate.order,),
            )


def _table(choices: Sequence[Option]) -> str:
    return table(
        "Chaque autre choix : ses totaux et l'écart avec cette estimation",
        ("Autre choix", "1re année", RECURRING_TITLE, "Six ans", "Écart sur six ans"),
        [
            (
                text(option.label),
                *_totals(option.comparison.estimate),
                wrapped(option.comparison.six_years.words()),
            )
            for option in choices
        ],
        amounts=(1, 2, 3, 4),
    )


def scenarios(present: Estimate, current: Simulation, tariff: Tariff, look: charts.Look) -> None:
    """The simulations kept under a name, side by side with the present one."""
    st.html(
        "<h3>Garder cette simulation pour la comparer</h3>"
        f'<p class="note">Jusqu\'à {MAX_SCENARIOS} scénarios, conservés dans le lien.</p>'
    )
    _keep(current)
    if st.session_state.pop("nom-refuse", False):
        st.html('<p class="told" role="alert">Il faut un nom : l\'ancien est gardé.</p>')
    if shortened := st.session_state.pop("nom-raccourci", ""):
        words = f"Nom trop long pour le lien, raccourci : « {shortened} »."
        st.html(f'<p class="told" role="status">{text(words)}</p>')
    if already := st.session_state.pop("deja-garde", ""):
        st.html(f'<p class="told" role="status">Cette simulation est déjà gardée : « {text(already)} ».</p>')
    if not current.scenarios:
        return
    for rank, scenario in enumerate(current.scenarios):
        _manage(rank, scenario)
    kept = estimates(current, tariff)
    st.html(
        table(
            "Les scénarios côte à côte, et leur écart avec cette estimation",
            ("Scénario", "1re année", RECURRING_TITLE, "Six ans", "Écart sur six ans"),
            [
                (THIS_ESTIMATE, *_totals(present), "–"),
                *(
                    (text(name), *_totals(other), wrapped(compare(other, present).six_years.words()))
                    for name, other in kept
                ),
            ],
            amounts=(1, 2, 3, 4),
        )
        + _asked_otherwise(present, kept, tariff)
    )
    chart.show(scenario_chart(present, kept, tariff, look), "graphique-scenarios")


def _asked_otherwise(present: Estimate, kept: Sequence[tuple[str, Estimate]], tariff: Tariff) -> str:
    said = [(name, changes(other, present, tariff)) for name, other in kept]
    items = "".join(f"<li><strong>{text(name)}</strong> {text(words)}</li>" for name, words in said if words)
    return f'<ul class="otherwise note">{items}</ul>' if items else ""


def _totals(of: Estimate) -> tuple[str, str, str]:
    answers = of.answers
    return total(answers.first_year), total(answers.recurring), total(answers.six_years)


def scenario_chart(
    present: Estimate, kept: Sequence[tuple[str, Estimate]], tariff: Tariff, look: charts.Look
) -> charts.Chart:
    """Six years of cash of the present estimate and of each scenario, split between the two bodies."""
    named = [(THIS_ESTIMATE, present), *((f"{rank}. {name}", other) for rank, (name, other) in enumerate(kept, 1))]
    bars: list[charts.Bar] = [
        (
            name,
            {payee: other.six_years(payee=payee).amount for payee in PAYEES},
            other.answers.six_years.words(),
        )
        for name, other in named
    ]
    return charts.by_payee(bars, tariff, look)


def estimates(current: Simulation, tariff: Tariff) -> list[tuple[str, Estimate]]:
    """The scenarios kept, each with its estimate under a tariff."""
    return [
        (scenario.name, estimate(scenario.choice.client, scenario.choice.order, tariff))
        for scenario in current.scenarios
    ]


def _keep(current: Simulation) -> None:
    if len(current.scenarios) == MAX_SCENARIOS:
        st.html(f"<p>Les {MAX_SCENARIOS} scénarios sont gardés : retirez-en un pour en garder un autre.</p>")
        return
    with st.form("garder", border=False, enter_to_submit=True):
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        left.text_input("Nom du scénario", key="nom-scenario", placeholder="par exemple : sans sauvegarde")
        right.form_submit_button(
            "Garder",
            key="garder-scenario",
            icon=":material/bookmark_add:",
            on_click=_keep_under_name,
            args=(current,),
            disabled=current.choice.order.empty,
        )


def _keep_under_name(current: Simulation) -> None:
    taken = {scenario.name for scenario in current.scenarios}
    free = (f"Scénario {rank}" for rank in range(1, MAX_SCENARIOS + 1))
    named = _fitted(st.session_state["nom-scenario"])
    same = next((scenario.name for scenario in current.scenarios if scenario.choice == current.choice), None)
    if same and not named:
        # Enter keeps a scenario and empties its name: a click on the button after it asks for nothing more.
        st.session_state["deja-garde"] = same
        return
    name = named or next(each for each in free if each not in taken)
    st.session_state.scenarios = (*current.scenarios, Scenario(name=name, choice=current.choice))
    st.session_state["nom-scenario"] = ""


def _fitted(typed: str) -> str:
    """A name as the link can hold it; where that is only its beginning, it is said."""
    name = fitting(tidy(typed))
    if name != tidy(typed):
        st.session_state["nom-raccourci"] = name
    return name


def _manage(rank: int, scenario: Scenario) -> None:
    field = f"scenario-{rank}"

    def rename() -> None:
        if name := _fitted(st.session_state[field]):
            _replace(rank, Scenario(name=name, choice=scenario.choice))
        else:
            st.session_state["nom-refuse"] = True

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
