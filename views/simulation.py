"""The simulation on the page: opened from the address, kept in the session while it is edited, written back.

The address bar always holds the whole of it, but for an edit that was on its way to a server that died: the browser
still shows that one, and tells it to the next server.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

from pricing.communes import Commune, findable
from pricing.link import Ignored, read, write
from pricing.order import CHOICES, ITEMS, Client, Order
from pricing.proposals import Proposals
from pricing.simulation import Choice, Simulation, fitting, tidy
from views.collectivite import STRUCTURES

_CLIENT = ("structure", "inhabitants", "agents", "commune")
_KEYS = (*_CLIENT, "client_name", *ITEMS, "presentation", "tariff", "scenarios")


def open_address(known: Callable[[date], bool], communes: Mapping[str, Commune]) -> None:
    """Put what the address holds into the session, on the first run and when somebody goes back or forward."""
    run = get_script_run_ctx()
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    first = "address" not in st.session_state
    if first or (run and run.is_history_navigation):
        opened = read(address, known, {code: commune.population for code, commune in communes.items()})
        put(opened.simulation)
        st.session_state.searching = False
        st.session_state.ignored = opened.ignored
        st.session_state.refused = opened.refused
        st.session_state.address = address
    if first and run:
        sent = {user_key_from_element_id(widget.id) or "": widget for widget in run.session_state.get_widget_states()}
        st.session_state.update(still_shown(sent, communes))
    for key in _KEYS:
        # Streamlit forgets the value of a widget that was not on the page in the last run. The others are left alone:
        # a value set anew is sent, and drawn, again.
        if key not in st.session_state:
            st.session_state[key] = st.session_state.values_shown[key]


def still_shown(sent: Mapping[str, WidgetState], communes: Mapping[str, Commune]) -> dict[str, Any]:
    """What the fields of a browser hold, by key: later than its address, where it had lost its server."""
    held: dict[str, Any] = {}
    for key in sent.keys() & {"inhabitants", "agents", *ITEMS}:
        if sent[key].WhichOneof("value"):
            held[key] = sent[key].bool_value if key in CHOICES else sent[key].int_value
        elif key not in ITEMS:
            held[key] = None
    if "structure" in sent:
        chosen = sent["structure"].string_array_value.data
        for structure, label in STRUCTURES.items():
            if label in chosen:
                held["structure"] = structure
    if "commune" in sent:
        chosen = sent["commune"].string_value
        for code, commune in communes.items():
            if findable(commune) == chosen:
                held |= {"commune": code, "inhabitants": commune.population}
    if "client_name" in sent:
        held["client_name"] = sent["client_name"].string_value
    return held


def ignored() -> tuple[Ignored, ...]:
    """What the address held that could not be read."""
    return st.session_state.ignored


def refused() -> str:
    """Why the address was not read at all; empty where it was."""
    return st.session_state.refused


def put(simulation: Simulation) -> None:
    """Put a simulation on the page."""
    put_choice(simulation.choice)
    st.session_state.client_name = simulation.name
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
    of_commune = state.structure == "commune"
    return Simulation(
        tariff=tariff,
        choice=Choice(
            client=Client(structure=state.structure, inhabitants=state.inhabitants, agents=state.agents),
            order=Order.model_validate({item: state[item] for item in ITEMS}),
            commune=(state.commune or "") if of_commune else "",
        ),
        name="" if of_commune else fitting(tidy(state.client_name)),
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
    st.session_state.values_shown = {key: st.session_state.get(key) for key in _KEYS}
