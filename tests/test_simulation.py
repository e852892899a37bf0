"""What the fields of a browser that lost its server hold, told to the next one."""

from typing import get_args

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pricing import Order
from pricing.communes import findable
from pricing.order import CHOICES, ITEMS, Structure
from views import kept
from views.collectivite import STRUCTURES
from views.simulation import still_shown

NOTHING = Order()
COMMUNES = kept.communes()


def word(text: str) -> WidgetState:
    state = WidgetState()
    state.string_array_value.data.append(text)
    return state


def test_a_browser_that_opens_the_page_shows_nothing_yet() -> None:
    assert still_shown({}, COMMUNES) == {}


@pytest.mark.parametrize("key", ["inhabitants", "agents"])
def test_a_number_typed_is_taken_up_and_so_is_one_erased(key: str) -> None:
    assert still_shown({key: WidgetState(int_value=1250)}, COMMUNES) == {key: 1250}
    assert still_shown({key: WidgetState()}, COMMUNES) == {key: None}


@pytest.mark.parametrize("item", ITEMS)
def test_every_service_is_taken_up(item: str) -> None:
    if item in CHOICES:
        assert still_shown({item: WidgetState(bool_value=True)}, COMMUNES) == {item: True}
        assert still_shown({item: WidgetState(bool_value=False)}, COMMUNES) == {item: False}
    else:
        assert still_shown({item: WidgetState()}, COMMUNES) == {}
        held = still_shown({item: WidgetState(int_value=3)}, COMMUNES)
        assert held == {item: 3}
        assert NOTHING.model_copy(update=held).quantity(item) == 3


@pytest.mark.parametrize("structure", get_args(Structure))
def test_the_kind_of_body_is_known_by_its_words(structure: Structure) -> None:
    assert still_shown({"structure": word(STRUCTURES[structure])}, COMMUNES) == {"structure": structure}


def test_a_commune_is_known_by_its_words_and_brings_its_inhabitants() -> None:
    commune = next(iter(COMMUNES.values()))
    sent = {"commune": WidgetState(string_value=findable(commune)), "inhabitants": WidgetState(int_value=7)}
    assert still_shown(sent, COMMUNES) == {"commune": findable(commune), "inhabitants": commune.population}
    assert still_shown({"commune": WidgetState()}, COMMUNES) == {}


def test_what_is_no_field_of_the_simulation_is_left_alone() -> None:
    assert still_shown({"section": word("Comparer"), "": WidgetState(trigger_value=True)}, COMMUNES) == {}
    assert still_shown({"structure": word("Royaume"), "commune": WidgetState(string_value="Ailleurs")}, COMMUNES) == {}
