"""The fields of a browser that has lost its server: they may hold newer values than its URL."""

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

from pydantic import ValidationError
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pricing import simulation
from pricing.communes import Commune, findable
from pricing.dates import MONTH_NAMES
from pricing.group_gestures import ask_for, choose_group, leave_out, turn_to_many, turn_to_one
from pricing.simulation import Simulation
from pricing.tariff import Item, Service, capital
from views import keys
from views.group_words import ASKS, SIDES
from views.reports.wording import STRUCTURES

NONE: Mapping[str, str] = MappingProxyType({})
"""No choice of many communes."""


def still_shown(
    shown: Simulation,
    sent: Mapping[str, WidgetState],
    communes: Mapping[str, Commune],
    items: Mapping[str, Item],
    services: Mapping[str, Service],
    groups: Mapping[str, str] = NONE,
) -> Simulation:
    """Return a simulation with what a browser's fields hold, which it sends to the server it finds again.

    `groups` are the choices of many communes, with the label of each.
    """
    # Before what belongs to that body, or to these communes.
    first = (keys.SIDE, keys.STRUCTURE, keys.COMMUNE, keys.GROUP)
    for key in sorted(sent, key=lambda key: (*first, key).index(key)):
        with suppress(ValidationError):
            service = key.removeprefix(keys.IN_PLACE_OF)
            if service != key and service in services:
                shown = simulation.have_already(shown, service, sent[key].bool_value)
            elif key in (keys.SIDE, keys.GROUP, keys.ASKS, keys.WITHOUT):
                shown = _group_restored(shown, key, sent[key], communes, groups)
            else:
                shown = _restored(shown, key, sent[key], communes, items)
    for service, kind in kinds_shown(sent, services).items():
        instead, number = services[service].instead, sent.get(f"{keys.NUMBER_OF}{service}")
        if instead and number is not None and kind in instead.items:
            with suppress(ValidationError):
                shown = simulation.choose_kind(shown, instead.items, kind)
                shown = simulation.set_units(shown, instead.items, number.int_value, kind)
    return shown


def kinds_shown(sent: Mapping[str, WidgetState], services: Mapping[str, Service]) -> dict[str, str]:
    """Return the kind that a browser shows as chosen among items that stand for one another, by service."""
    return {
        service: kind
        for service, of in services.items()
        if of.instead and (state := sent.get(f"{keys.KIND_OF}{service}"))
        for kind, words in (*of.instead.items.items(), (keys.SEVERAL, keys.SEVERAL_LABEL))
        if capital(words) == state.string_value
    }


def _group_restored(
    shown: Simulation, key: str, state: WidgetState, communes: Mapping[str, Commune], groups: Mapping[str, str]
) -> Simulation:
    chosen = state.string_array_value.data
    match key:
        case keys.SIDE if SIDES["many"] in chosen:
            return turn_to_many(shown)
        case keys.SIDE if SIDES["one"] in chosen:
            return turn_to_one(shown)
        case keys.GROUP:
            of = next((of for of, label in groups.items() if label == state.string_value), None)
            return shown if of is None else choose_group(shown, of, communes)
        case keys.ASKS:
            return next((ask_for(shown, asks) for asks, label in ASKS.items() if label == state.string_value), shown)
        case keys.WITHOUT:
            return leave_out(shown, (code for code, each in communes.items() if each.name in chosen))
        case _:
            return shown


def _restored(
    shown: Simulation, key: str, state: WidgetState, communes: Mapping[str, Commune], items: Mapping[str, Item]
) -> Simulation:
    number = state.int_value if state.WhichOneof("value") else None
    match key:
        case keys.STRUCTURE:
            for structure, label in STRUCTURES.items():
                if label in state.string_array_value.data:
                    return simulation.change_structure(shown, structure)
        case keys.COMMUNE:
            for each in communes.values():
                if findable(each) == state.string_value:
                    return simulation.choose_commune(shown, each.code, each.population)
        case keys.NAME:
            return simulation.name_client(shown, state.string_value)
        case keys.INHABITANTS:
            return simulation.set_inhabitants(shown, number)
        case keys.AGENTS:
            return simulation.set_agents(shown, number)
        case keys.PAID_TODAY:
            return simulation.set_paid_today(shown, number)
        case keys.MONTH:
            months = {name: month for month, name in enumerate(MONTH_NAMES, 1)}
            return simulation.set_month(shown, months.get(state.string_value))
        case _ if key in items and number is not None:
            return simulation.set_quantity(shown, key, state.bool_value if items[key].ticked else number)
    return shown
