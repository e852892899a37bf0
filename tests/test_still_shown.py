"""Fields of a browser that lost its server, as it sends them to the next one."""

from typing import get_args

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pricing import Client, Order
from pricing.communes import findable
from pricing.order import CHOICES, ITEMS, Structure
from pricing.simulation import Choice, Simulation
from views import kept
from views.reports.wording import STRUCTURES
from views.still_shown import still_shown

NOTHING = Simulation()
COMMUNES = kept.communes()
RUITZ = COMMUNES["62727"]
OPENED = Simulation(
    choice=Choice(
        client=Client(inhabitants=RUITZ.population, agents=8), order=Order(mailboxes_5go=4), commune=RUITZ.code
    )
)


def label(text: str) -> WidgetState:
    state = WidgetState()
    state.string_array_value.data.append(text)
    return state


def test_a_browser_that_opens_the_page_changes_nothing() -> None:
    assert still_shown(OPENED, {}, COMMUNES) == OPENED


def test_a_typed_or_erased_number_is_restored() -> None:
    typed = {"inhabitants": WidgetState(int_value=1250), "agents": WidgetState(int_value=9)}
    assert still_shown(OPENED, typed, COMMUNES).choice.client == Client(inhabitants=1250, agents=9)
    erased = {"inhabitants": WidgetState(), "agents": WidgetState()}
    assert still_shown(OPENED, erased, COMMUNES).choice.client == Client()


@pytest.mark.parametrize("item", ITEMS)
def test_every_service_is_restored(item: str) -> None:
    sent = WidgetState(bool_value=True) if item in CHOICES else WidgetState(int_value=3)
    assert still_shown(NOTHING, {item: sent}, COMMUNES).choice.order.quantity(item) == (1 if item in CHOICES else 3)
    assert still_shown(OPENED, {item: WidgetState()}, COMMUNES) == OPENED


@pytest.mark.parametrize("structure", get_args(Structure))
def test_the_kind_of_body_is_restored_by_its_label_before_its_numbers(structure: Structure) -> None:
    sent = {"agents": WidgetState(int_value=3), "structure": label(STRUCTURES[structure])}
    client = still_shown(NOTHING, sent, COMMUNES).choice.client
    assert client == Client(structure=structure, agents=3)


def test_a_commune_is_restored_by_its_label_before_its_numbers() -> None:
    sent = {"inhabitants": WidgetState(int_value=7), "commune": WidgetState(string_value=findable(RUITZ))}
    choice = still_shown(NOTHING, sent, COMMUNES).choice
    assert (choice.commune, choice.client.inhabitants) == (RUITZ.code, 7)
    assert still_shown(OPENED, {"commune": WidgetState()}, COMMUNES) == OPENED


def test_the_name_of_another_body_is_restored() -> None:
    sent = {"structure": label(STRUCTURES["other"]), "client_name": WidgetState(string_value=" CCAS  de Ruitz")}
    assert still_shown(NOTHING, sent, COMMUNES).name == "CCAS de Ruitz"


@pytest.mark.parametrize(
    "sent",
    [
        {"section": label("Comparer"), "": WidgetState(trigger_value=True)},
        {"structure": label("Royaume"), "commune": WidgetState(string_value="Ailleurs")},
        {"domains": WidgetState(int_value=-1), "agents": WidgetState(int_value=10**9)},
    ],
    ids=["other fields", "unknown labels", "out of bounds"],
)
def test_fields_outside_the_simulation_and_invalid_values_are_ignored(sent: dict[str, WidgetState]) -> None:
    assert still_shown(OPENED, sent, COMMUNES) == OPENED
