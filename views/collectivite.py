"""Your collectivité: its kind, its commune by name, its inhabitants and its agents."""

from functools import partial

import streamlit as st

from pricing.communes import VINTAGE, Found, findable, search
from pricing.money import counted, number
from pricing.order import MAX_AGENTS, MAX_INHABITANTS
from pricing.simulation import (
    MAX_CLIENT_NAME,
    Simulation,
    change_structure,
    choose_commune,
    leave_commune,
    name_client,
    set_agents,
    set_inhabitants,
)
from views import group_ask, kept, keys, session
from views.markup import text
from views.named import OF_STRUCTURE, called
from views.reports.wording import STRUCTURES
from views.visit import Visit

_SIZES = {
    keys.INHABITANTS: ("Nombre d'habitants", "par exemple 1250", MAX_INHABITANTS, set_inhabitants),
    keys.AGENTS: ("Nombre d'agents", "si vous le savez", MAX_AGENTS, set_agents),
}
"""Label, placeholder, largest value and gesture of each number that says how large a body is."""


def ask(visit: Visit) -> None:
    """Ask who the estimate is for."""
    simulation = visit.simulation
    structure = simulation.choice.client.structure
    st.html("<h2>Votre collectivité</h2>")
    st.segmented_control(
        "Type de structure",
        options=STRUCTURES,
        format_func=lambda kind: STRUCTURES[kind],
        required=True,
        key=session.filled(keys.STRUCTURE, structure),
        on_change=session.reports(
            keys.STRUCTURE, lambda now, kind: change_structure(now, kind, visit.last.get(kind)), _turned
        ),
    )
    with st.container():  # kept even when empty, so that the fields below do not move
        if structure == "commune":
            _ask_commune(visit)
        else:
            st.text_input(
                "Nom, pour les documents",
                placeholder="facultatif, par exemple : CCAS de Ruitz",
                key=session.filled(keys.NAME, simulation.name),
                on_change=session.takes(keys.NAME, _take_name),
            )
    with st.container(horizontal=True, key="taille"):
        ask_size(keys.INHABITANTS, simulation)
        ask_size(keys.AGENTS, simulation)
    with st.container():
        if structure == "epci":
            group_ask.offer_communes(simulation)
        if note := _note(simulation):
            st.html(f'<p class="note">{text(note)}</p>')


def _note(simulation: Simulation) -> str:
    """Return the remark on the numbers that were typed; empty where there is none."""
    client, commune = simulation.choice.client, kept.communes().get(simulation.choice.commune)
    if client.structure != "commune":
        return "Facultatifs ici : ces nombres ne comptent que pour une commune."
    if commune and client.inhabitants not in (None, commune.population):
        return f"La table des communes indique {number(commune.population)} habitants ; vous avez saisi autre chose."
    return ""


def ask_size(key: str, simulation: Simulation, placeholder: str = "") -> None:
    """Ask for the number of inhabitants or of agents, by the field's key."""
    label, example, most, gesture = _SIZES[key]
    st.number_input(
        label,
        min_value=0,
        max_value=most,
        value=None,
        step=1,
        placeholder=placeholder or example,
        key=session.filled(key, getattr(simulation.choice.client, key)),
        on_change=session.reports(key, gesture),
    )


def _ask_commune(visit: Visit) -> None:
    """Ask for the commune; once it is chosen, or its inhabitants typed, a line replaces the list."""
    choice = visit.simulation.choice
    chosen = kept.communes().get(choice.commune)
    if not visit.searching and (chosen or choice.client.inhabitants is not None):
        row = st.container(horizontal=True, vertical_alignment="center")
        if chosen:
            row.html(
                f'<p class="chosen"><strong>{text(chosen.name)}</strong> <span class="note">'
                f"{number(chosen.population)} habitants, {VINTAGE}</span></p>"
            )
        label = "Changer de commune" if chosen else "Chercher la commune par son nom"
        row.button(label, key="chercher", type="tertiary", on_click=session.acts(search_again, True))
    else:
        search_commune(visit)


def search_commune(visit: Visit) -> None:
    """Ask for the commune by its name, and offer the nearest ones to a name that none has."""
    chosen = kept.communes().get(visit.simulation.choice.commune)
    # Its values are labels, since an INSEE code looks like a postal code that is typed.
    st.selectbox(
        "Commune",
        options=kept.listed(),
        index=None,
        filter_mode="contains",
        accept_new_options=True,
        placeholder="Tapez son nom ou son code postal",
        key=session.filled(keys.COMMUNE, findable(chosen) if chosen else None),
        on_change=session.takes(keys.COMMUNE, _take_commune),
    )
    if visit.searched:
        _suggest(visit.searched)
    if visit.searching:
        label = f"Garder {chosen.name}" if chosen else "Ne pas chercher"
        st.button(label, key="ne-pas-chercher", type="tertiary", on_click=session.acts(search_again, False))


def search_again(searching: bool) -> None:
    """Open the list of communes in place of the one chosen, or close it."""
    session.current_visit().searching = searching


def _take_commune(typed: str | None) -> None:
    """Choose the commune picked in the list or typed; where none is chosen, keep what was typed to answer it."""
    visit = session.current_visit()
    if visit.simulation.choice.client.structure != "commune":
        return
    code = search(typed or "", kept.communes()).chosen
    if code:
        visit.searching = False
        session.apply(partial(choose_commune, code=code, population=kept.communes()[code].population), _chosen)
    elif typed:
        visit.searched = typed
    else:
        session.apply(leave_commune, _chosen)


def _take_name(typed: str) -> None:
    """Take up the name typed for a body that is in no list; say where only its beginning fits the link."""
    if session.current_visit().simulation.choice.client.structure != "commune":
        session.apply(lambda now: name_client(now, typed))
        session.tell_of_name(typed, MAX_CLIENT_NAME)


def _suggest(typed: str) -> None:
    """Say that what was typed chooses no commune, and offer the nearest ones."""
    found = search(typed, kept.communes())
    with st.container(key="proches", gap="xsmall"):
        st.html(f'<p class="note missed" role="status">{text(_missed(typed, found))}</p>')
        row = st.container(horizontal=True, gap="xsmall")
        for code in found.near:
            commune = kept.communes()[code]
            row.button(
                commune.label,
                key=f"proche-{code}",
                on_click=session.presses(partial(choose_commune, code=code, population=commune.population), _chosen),
            )


def _missed(typed: str, found: Found) -> str:
    """Say why what was typed chooses no commune."""
    if found.fitting > len(found.near):
        return (
            f"{found.fitting} communes répondent à « {typed} », dont celles-ci. Choisissez dans la liste, ou écrivez "
            "le nom en entier."
        )
    if found.fitting > 1:
        return f"Plusieurs communes répondent à « {typed} ». Laquelle est la vôtre ?"
    none = f"Aucune commune du Pas-de-Calais ne s'appelle « {typed} »."
    if typed.replace(" ", "").isdigit():
        none = f"Aucune commune du Pas-de-Calais n'a le code postal « {typed} »."
    return f"{none} Vouliez-vous dire :" if found.near else f"{none} Essayez avec le code postal, ou le début du nom."


def _chosen(before: Simulation, after: Simulation) -> str:
    """Say what the choice of a commune did, where it replaced anything."""
    former, name = called(before), called(after)
    lost = before.choice.client.agents is not None and after.choice.client.agents is None
    agents = " Indiquez le nombre de ses agents." if lost else ""
    if former and not after.choice.commune:
        return f"{former} n'est plus choisie : ses nombres restent, à vérifier."
    if former == name or not (former or lost):
        return ""
    replaced = f" remplace {former}" if former else ""
    return f"{name}{replaced} : {counted(after.choice.client.inhabitants or 0, 'habitant', 'habitants')}.{agents}"


def _turned(before: Simulation, after: Simulation) -> str:
    """Say what the choice of another kind of body did."""
    former = called(before) or OF_STRUCTURE[before.choice.client.structure]
    name = called(after) or OF_STRUCTURE[after.choice.client.structure]
    asked = "" if after.choice.order.empty else " Les services demandés restent."
    return f"{name[:1].upper()}{name[1:]} remplace {former}.{asked}"
