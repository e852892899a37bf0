"""A choice among several things to look at, shown above them and kept in the visit."""

from collections.abc import Sequence

import streamlit as st

from views import session
from views.visit import Visit


def choose(label: str, offered: Sequence[str], visit: Visit, key: str, attribute: str) -> str:
    """Ask what to look at, and return its name; an attribute of the visit keeps it, and the first is the default."""
    kept = getattr(visit, attribute)
    name = kept if kept in offered else offered[0]
    st.segmented_control(
        label,
        offered,
        required=True,
        label_visibility="collapsed",
        key=session.filled(key, name),
        on_change=session.shows(key, attribute),
    )
    return name
