"""The fields of a browser that has lost its server: they may hold newer values than its URL."""

from collections.abc import Mapping
from contextlib import suppress

from pydantic import ValidationError
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pricing.communes import Commune, findable
from pricing.simulation import (
    Simulation,
    change_structure,
    choose_commune,
    name_client,
    set_agents,
    set_inhabitants,
    set_quantity,
)
from pricing.tariff import Item
from views.keys import AGENTS, COMMUNE, INHABITANTS, NAME, STRUCTURE
from views.reports.wording import STRUCTURES


def still_shown(
    shown: Simulation, sent: Mapping[str, WidgetState], communes: Mapping[str, Commune], items: Mapping[str, Item]
) -> Simulation:
    """Return a simulation with what a browser's fields hold, which it sends to the server it finds again."""
    first = (STRUCTURE, COMMUNE)  # before the numbers, which belong to that body
    for key in sorted(sent, key=lambda key: first.index(key) if key in first else len(first)):
        with suppress(ValidationError):
            shown = _still_shown(shown, key, sent[key], communes, items)
    return shown


def _still_shown(
    shown: Simulation, key: str, state: WidgetState, communes: Mapping[str, Commune], items: Mapping[str, Item]
) -> Simulation:
    number = state.int_value if state.WhichOneof("value") else None
    if key == STRUCTURE:
        for structure, label in STRUCTURES.items():
            if label in state.string_array_value.data:
                return change_structure(shown, structure)
    if key == COMMUNE:
        for each in communes.values():
            if findable(each) == state.string_value:
                return choose_commune(shown, each.code, each.population)
    if key == NAME:
        return name_client(shown, state.string_value)
    if key == INHABITANTS:
        return set_inhabitants(shown, number)
    if key == AGENTS:
        return set_agents(shown, number)
    if key in items and number is not None:
        return set_quantity(shown, key, state.bool_value if items[key].ticked else number)
    return shown
