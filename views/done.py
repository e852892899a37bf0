"""The line that says what the last gesture did, and offers to take it back."""

import streamlit as st

from pricing.simulation import Scenario
from views import session
from views.markup import text
from views.visit import Visit

SINCE = " « Annuler » enlèvera aussi ce qui a été saisi depuis."
"""Sentence for what « Annuler » would remove besides the gesture."""


def show(visit: Visit) -> None:
    """Show what the last gesture did; the line keeps its place when it is empty."""
    done = visit.done
    with st.container(key="fait", horizontal=True, vertical_alignment="center"):
        if not done:
            return
        aside = done.set_aside
        since = SINCE if done.typed_since(visit.simulation) else ""
        st.html(f'<p role="status">{text(done.words + _left_aside(aside) + since)}</p>')
        if aside:
            st.button(
                "Le garder" if len(aside) == 1 else "Les garder",
                key="garder-scenarios",
                on_click=session.keep_set_aside,
                args=(done,),
            )
        if done.before:
            st.button("Annuler", key="annuler", on_click=session.undo, args=(done,))
        st.button("Fermer", key="fermer", type="tertiary", on_click=session.dismiss)


def _left_aside(scenarios: tuple[Scenario, ...]) -> str:
    if not scenarios:
        return ""
    if len(scenarios) == 1:
        return f" Votre scénario « {scenarios[0].name} » est laissé de côté."
    return f" Vos {len(scenarios)} scénarios sont laissés de côté."
