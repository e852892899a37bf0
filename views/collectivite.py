"""Your collectivité: what kind of body it is, its commune by name, its inhabitants and its agents."""

from collections.abc import Mapping
from typing import get_args

import streamlit as st

from pricing import Client
from pricing.communes import VINTAGE, Commune
from pricing.money import number
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, Structure

STRUCTURES: Mapping[Structure, str] = {
    "commune": "Commune",
    "epci": "Intercommunalité (EPCI)",
    "other": "Autre : CCAS, syndicat…",
}


def ask(communes: Mapping[str, Commune], spellings: Mapping[str, str]) -> Client:
    """Ask who the estimate is for. `spellings` finds a commune whose name is not typed as it is written."""
    st.subheader("Votre collectivité", anchor=False)
    structure: Structure = (
        st.segmented_control(
            "Type de structure",
            options=get_args(Structure),
            format_func=lambda key: STRUCTURES[key],
            required=True,
            key="structure",
        )
        or "commune"
    )
    if structure == "commune":
        _ask_commune(communes, spellings)
    left, right = st.columns(2)
    inhabitants = left.number_input(
        "Nombre d'habitants",
        min_value=0,
        max_value=MAX_INHABITANTS,
        value=None,
        step=1,
        key="inhabitants",
        placeholder="par exemple 1250",
        help="La population municipale. Elle sert à trouver la catégorie de Démarches simplifiées.",
    )
    agents = right.number_input(
        "Nombre d'agents",
        min_value=0,
        max_value=MAX_AGENTS,
        value=None,
        step=1,
        key="agents",
        placeholder="si vous le savez",
        help="Si les habitants et les agents désignent deux catégories différentes, la plus élevée s'applique.",
    )
    commune = communes.get(st.session_state.commune or "") if structure == "commune" else None
    if commune:
        st.caption(_where_from(commune, inhabitants))
    return Client(structure=structure, inhabitants=inhabitants, agents=agents)


def _ask_commune(communes: Mapping[str, Commune], spellings: Mapping[str, str]) -> None:
    """A plain spelling is an option of its own: « noeux » finds Nœux-les-Mines, and choosing it chooses the commune."""

    def fill() -> None:
        chosen: str | None = st.session_state.commune
        if chosen:
            commune = communes[chosen.removeprefix("~")]
            st.session_state.commune = commune.code
            st.session_state.inhabitants = commune.population

    st.selectbox(
        "Commune",
        options=[*communes, *(f"~{code}" for code in spellings)],
        format_func=lambda code: spellings[code[1:]] if code.startswith("~") else communes[code].label,
        index=None,
        key="commune",
        placeholder="Nom ou code postal (facultatif)",
        on_change=fill,
        help="Choisir la commune remplit le nombre d'habitants, que vous pouvez ensuite changer.",
    )


def _where_from(commune: Commune, inhabitants: int | None) -> str:
    known = f"{commune.name} : {number(commune.population)} habitants, {VINTAGE}."
    if inhabitants is None or inhabitants == commune.population:
        return known
    return f"{known} Vous avez saisi {number(inhabitants)}."
