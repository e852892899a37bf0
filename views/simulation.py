"""The simulation on the page: opened from the address, kept in the session while it is edited, written back.

The address bar always holds the whole of it. Streamlit sends the address with every run, so a run in which nothing
was typed but the address changed is somebody going back, or opening another link in the same tab.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from pricing.link import Choice, Ignored, Simulation, read, write
from pricing.order import ITEMS, Client, Order
from pricing.proposals import Proposals

_CLIENT = ("structure", "inhabitants", "agents", "commune")
_KEYS = (*_CLIENT, *ITEMS, "presentation", "tariff", "scenarios")


def open_address(known: Callable[[date], bool], is_commune: Callable[[str], bool]) -> None:
    """Put what the address holds into the session, on the first run and when the address was changed by hand."""
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    first = "address" not in st.session_state
    went_back = not first and address != st.session_state.address and _values() == st.session_state.values_shown
    if first or went_back:
        opened = read(address, known, is_commune)
        put(opened.simulation)
        st.session_state.searching = False
        st.session_state.ignored = opened.ignored
        st.session_state.refused = opened.refused
        st.session_state.address = address
    for key in _KEYS:
        # Streamlit forgets the value of a widget that was not on the page in the last run. The others are left alone:
        # a value set anew is sent, and drawn, again.
        if key not in st.session_state:
            st.session_state[key] = st.session_state.values_shown[key]


def ignored() -> tuple[Ignored, ...]:
    """What the address held that could not be read."""
    return st.session_state.ignored


def refused() -> str:
    """Why the address was not read at all; empty where it was."""
    return st.session_state.refused


def put(simulation: Simulation) -> None:
    """Put a simulation on the page."""
    put_choice(simulation.choice)
    st.session_state.tariff = simulation.tariff
    st.session_state.scenarios = simulation.scenarios
    st.session_state.presentation = simulation.presentation


def put_choice(choice: Choice) -> None:
    """Put a client and an order on the page, and leave scenarios and tariff as they are."""
    st.session_state.structure = choice.client.structure
    st.session_state.inhabitants = choice.client.inhabitants
    st.session_state.agents = choice.client.agents
    st.session_state.commune = choice.commune or None
    put_order(choice.order)


def put_order(order: Order) -> None:
    """Put an order on the page, and leave the collectivité as it is."""
    for item in ITEMS:
        st.session_state[item] = getattr(order, item)


def example(proposals: Proposals) -> Choice:
    """The worked example shown to who has typed nothing yet."""
    return Choice(client=proposals.example.client, order=proposals.example.order)


def present() -> None:
    """Show the page to a room, afresh: what an earlier presentation had fixed is forgotten."""
    st.session_state.presentation = True
    for fixed in ("strip", "start"):
        st.session_state.pop(fixed, None)


def current(tariff: date) -> Simulation:
    """The simulation on the page, under the tariff adopted on a day."""
    state = st.session_state
    return Simulation(
        tariff=tariff,
        choice=Choice(
            client=Client(structure=state.structure, inhabitants=state.inhabitants, agents=state.agents),
            order=Order.model_validate({item: state[item] for item in ITEMS}),
            commune=(state.commune or "") if state.structure == "commune" else "",
        ),
        scenarios=state.scenarios,
        presentation=state.presentation,
    )


def write_address(simulation: Simulation) -> None:
    """Make the address bar hold the simulation; an untouched page leaves it bare."""
    untouched = simulation.choice == Choice() and not simulation.scenarios and not simulation.presentation
    address = {} if untouched and not st.session_state.address else write(simulation)
    if address != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(address)
    st.session_state.address = address
    st.session_state.values_shown = _values()


def _values() -> dict[str, Any]:
    return {key: st.session_state.get(key) for key in _KEYS}
