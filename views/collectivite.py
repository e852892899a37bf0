"""Your collectivité: what kind of body it is, its inhabitants and its agents."""

import streamlit as st

from pricing import Client
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, Structure

STRUCTURES: dict[Structure, str] = {
    "commune": "Commune",
    "epci": "Intercommunalité (EPCI)",
    "other": "Autre : CCAS, syndicat…",
}


def ask() -> Client:
    """Ask who the estimate is for."""
    st.subheader("Votre collectivité", anchor=False)
    structure: Structure = st.selectbox(
        "Type de structure",
        options=list(STRUCTURES),
        format_func=lambda key: STRUCTURES[key],
        key="structure",
        help="Démarches simplifiées a une grille pour les communes ; les autres services ont le même prix pour tous.",
    )
    left, right = st.columns(2)
    inhabitants = left.number_input(
        "Nombre d'habitants",
        min_value=0,
        max_value=MAX_INHABITANTS,
        value=None,
        step=1,
        key="inhabitants",
        placeholder="par exemple 1250",
        help="La population municipale. Il sert à trouver la catégorie de Démarches simplifiées.",
    )
    agents = right.number_input(
        "Nombre d'agents",
        min_value=0,
        max_value=MAX_AGENTS,
        value=None,
        step=1,
        key="agents",
        placeholder="facultatif",
        help="Si les habitants et les agents désignent deux catégories différentes, la plus élevée s'applique.",
    )
    return Client(structure=structure, inhabitants=inhabitants, agents=agents)
