"""Your collectivité: what kind of body it is, its commune by name, its inhabitants and its agents."""

from collections.abc import Mapping
from typing import get_args

import streamlit as st

from pricing.communes import VINTAGE, Commune, Found, findable, search
from pricing.link import fitting, tidy
from pricing.money import number
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, Structure
from views import kept
from views.markup import text

STRUCTURES: Mapping[Structure, str] = {
    "commune": "Commune",
    "epci": "Intercommunalité",
    "other": "CCAS, syndicat…",
}


def ask(communes: Mapping[str, Commune]) -> None:
    """Ask who the estimate is for; the answers are in the session."""
    state = st.session_state
    st.html("<h2>Votre collectivité</h2>")
    st.segmented_control(
        "Type de structure",
        options=get_args(Structure),
        format_func=lambda key: STRUCTURES[key],
        required=True,
        key="structure",
        on_change=_turn,
        args=(communes,),
    )
    with st.container():  # its place is kept when it is empty, so that the fields below stay where they are
        if state.structure == "commune":
            _ask_commune(communes)
        else:
            _ask_name()
    with st.container(horizontal=True, key="taille"):
        ask_inhabitants()
        ask_agents()
    noted = st.container()
    if note := _note(communes.get(kept.listed().get(state.commune, ""))):
        noted.html(f'<p class="note">{note}</p>')


def _note(commune: Commune | None) -> str:
    """What there is to say of the numbers that were typed; empty where there is nothing."""
    state = st.session_state
    if state.structure != "commune":
        return "Facultatifs ici : ces nombres ne comptent que pour une commune."
    if commune and state.inhabitants not in (None, commune.population):
        return f"La table des communes indique {number(commune.population)} habitants ; vous avez saisi autre chose."
    return ""


def ask_inhabitants(placeholder: str = "par exemple 1250") -> None:
    """Ask how many inhabitants there are."""
    _ask_number("inhabitants", "Nombre d'habitants", MAX_INHABITANTS, placeholder)


def ask_agents(placeholder: str = "si vous le savez") -> None:
    """Ask how many agents there are."""
    _ask_number("agents", "Nombre d'agents", MAX_AGENTS, placeholder)


def _ask_number(key: str, label: str, most: int, placeholder: str) -> None:
    st.number_input(label, min_value=0, max_value=most, value=None, step=1, key=key, placeholder=placeholder)


def _ask_commune(communes: Mapping[str, Commune]) -> None:
    """Once a commune is chosen, or its inhabitants typed, the list of all communes makes way for a line."""
    state = st.session_state
    chosen = communes.get(kept.listed().get(state.commune, ""))
    if not state.searching and (chosen or state.inhabitants is not None):
        row = st.container(horizontal=True, vertical_alignment="center")
        if chosen:
            row.html(
                f'<p class="chosen"><strong>{chosen.name}</strong> <span class="note">{number(chosen.population)} '
                f"habitants, {VINTAGE}</span></p>"
            )
        label = "Changer de commune" if chosen else "Chercher la commune par son nom"
        row.button(label, key="chercher", type="tertiary", on_click=_search)
        return
    st.selectbox(
        "Commune",
        options=tuple(kept.listed()),
        index=None,
        key="commune",
        filter_mode="contains",
        accept_new_options=True,
        placeholder="Tapez son nom ou son code postal",
        on_change=_fill,
        args=(communes,),
    )
    if state.searched:
        _suggest(state.searched, communes)


def _ask_name() -> None:
    """What a body that is in no list is called: it stands on what is handed over."""
    written = st.text_input(
        "Nom, pour les documents",
        key="client_name",
        placeholder="facultatif, par exemple : CCAS de Ruitz",
    )
    kept = fitting(tidy(written))
    if kept != tidy(written):
        st.html(f'<p class="note">Trop long pour le lien : les documents diront « {text(kept)} ».</p>')


def _turn(communes: Mapping[str, Commune]) -> None:
    """Take a commune's inhabitants away when its page turns to another body, and bring them back with it."""
    state = st.session_state
    # Streamlit has forgotten the commune where its list was not on the page; the page remembers what it held.
    chosen = communes.get(kept.listed().get(state.get("commune", state.values_shown["commune"]), ""))
    if chosen and state.structure != "commune" and state.inhabitants == chosen.population:
        state.inhabitants = None
    elif chosen and state.structure == "commune" and state.inhabitants is None:
        state.inhabitants = chosen.population


def _search() -> None:
    st.session_state.searching = True


def _fill(communes: Mapping[str, Commune]) -> None:
    state = st.session_state
    state.searched = ""
    if not state.commune:
        return
    found = search(state.commune, communes)
    if found.chosen:
        _choose(communes[found.chosen])
    else:
        state.searched, state.commune = state.commune, None


def _choose(commune: Commune) -> None:
    state = st.session_state
    state.commune, state.inhabitants = findable(commune), commune.population
    state.searching, state.searched = False, ""


def _suggest(typed: str, communes: Mapping[str, Commune]) -> None:
    """Say that no commune was chosen by what was typed, and offer the nearest."""
    found = search(typed, communes)
    with st.container(key="proches", gap="xsmall"):
        st.html(f'<p class="note missed" role="status">{text(_missed(typed, found))}</p>')
        row = st.container(horizontal=True, gap="xsmall")
        for code in found.near:
            commune = communes[code]
            row.button(commune.label, key=f"proche-{code}", on_click=_choose, args=(commune,))


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
