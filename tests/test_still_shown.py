"""Fields of a browser that lost its server, as it sends them to the next one."""

from typing import get_args

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pricing import Client, Order
from pricing.communes import findable
from pricing.group import Group
from pricing.order import Structure
from pricing.simulation import Choice, Simulation
from tests.links import ACT, CHOICES, ITEMS, KINDS, SERVICES
from views import kept
from views.group_words import offered
from views.reports.wording import STRUCTURES
from views.still_shown import kinds_shown, still_shown

RUITZ = kept.communes()["62727"]
OPENED = Simulation(
    choice=Choice(
        client=Client(inhabitants=RUITZ.population, agents=8), order=Order(mailboxes_5go=4), commune=RUITZ.code
    )
)


def label(text: str) -> WidgetState:
    state = WidgetState()
    state.string_array_value.data.append(text)
    return state


def restored(shown: Simulation = OPENED, /, **sent: WidgetState) -> Simulation:
    return still_shown(shown, sent, kept.communes(), kept.items(), ACT.services)


MANY = Simulation(choice=Choice(order=Order(domains=1)), group=Group(of="200069482", asks="same"))


def of_many(shown: Simulation = MANY, /, **sent: WidgetState) -> Group | None:
    return still_shown(shown, sent, kept.communes(), kept.items(), ACT.services, offered()).group


def test_both_sides_are_restored() -> None:
    assert restored(OPENED, cote=label("Plusieurs communes")).group == Group(asks="same")
    assert restored(MANY, cote=label("Une collectivité")) == Simulation(choice=MANY.choice)
    assert restored(MANY, cote=label("Plusieurs communes")) == MANY


def test_what_was_said_of_many_communes_is_restored() -> None:
    sent = {
        "groupe": WidgetState(string_value="CC du Ternois"),
        "chacune": WidgetState(string_value="La proposition selon la taille"),
        "sauf": label("Anvin"),
    }
    left_out = frozenset({next(code for code, each in kept.communes().items() if each.name == "Anvin")})
    assert of_many(**sent) == Group(of="200069672", asks="by_size", without=left_out)
    both = {**sent, "cote": label("Plusieurs communes")}
    assert of_many(OPENED, **both) == Group(of="200069672", asks="by_size", without=left_out)
    assert of_many(groupe=WidgetState(string_value="CC de Nulle Part")) == MANY.group
    assert of_many(domains=WidgetState(int_value=2)) == MANY.group


def test_a_typed_or_erased_number_is_restored() -> None:
    typed = restored(inhabitants=WidgetState(int_value=1250), agents=WidgetState(int_value=9))
    assert typed.choice.client == Client(inhabitants=1250, agents=9)
    assert restored(inhabitants=WidgetState(), agents=WidgetState()).choice.client == Client()


@pytest.mark.parametrize("item", ITEMS)
def test_every_service_is_restored(item: str) -> None:
    sent = WidgetState(bool_value=True) if item in CHOICES else WidgetState(int_value=3)
    assert restored(Simulation(), **{item: sent}).choice.order.quantity(item) == (1 if item in CHOICES else 3)


@pytest.mark.parametrize("item", KINDS)
def test_a_kind_and_its_number_are_restored_by_the_label_of_the_choice(item: str) -> None:
    service, words = KINDS[item]
    sent = {f"nombre-{service}": WidgetState(int_value=3), f"sorte-{service}": WidgetState(string_value=words)}
    before = Simulation(choice=Choice(order=Order(mailboxes_5go=4, certificates_cdg_1y=1)))
    order = restored(before, **sent).choice.order
    assert {each: order.quantity(each) for each in KINDS if KINDS[each][0] == service and order.quantity(each)} == {
        item: 3
    }
    assert kinds_shown(sent, ACT.services) == {service: item}


def test_several_kinds_are_restored_with_the_number_of_each() -> None:
    sent = {
        "sorte-mailbox": WidgetState(string_value="Plusieurs sortes"),
        "mailboxes_5go": WidgetState(int_value=0),
        "mailboxes_unlimited": WidgetState(int_value=2),
    }
    assert restored(**sent).choice.order == Order(mailboxes_unlimited=2)
    assert kinds_shown(sent, ACT.services) == {"mailbox": "several kinds"}
    assert kinds_shown({"sorte-mailbox": WidgetState(string_value="En bois")}, ACT.services) == {}


@pytest.mark.parametrize("service", SERVICES)
def test_a_tick_that_a_service_is_in_place_is_restored(service: str) -> None:
    ticked = restored(**{f"deja-{service}": WidgetState(bool_value=True)})
    assert ticked.choice.in_place == {service}
    assert restored(ticked, **{f"deja-{service}": WidgetState(bool_value=False)}) == OPENED


def test_what_is_paid_today_and_the_first_month_are_restored_by_its_name() -> None:
    sent = {"paye-aujourdhui": WidgetState(int_value=640), "mois-de-depart": WidgetState(string_value="septembre")}
    said = restored(**sent)
    assert (said.choice.paid_today, said.choice.month) == (640, 9)
    assert restored(said, **dict.fromkeys(sent, WidgetState())) == OPENED


@pytest.mark.parametrize("structure", get_args(Structure))
def test_the_body_is_restored_by_its_label_before_its_numbers_and_its_name(structure: Structure) -> None:
    sent = {"agents": WidgetState(int_value=3), "client_name": WidgetState(string_value=" CCAS  de Ruitz")}
    shown = restored(Simulation(), **sent, structure=label(STRUCTURES[structure]))
    assert shown.choice.client == Client(structure=structure, agents=3)
    assert shown.name == ("" if structure == "commune" else "CCAS de Ruitz")


def test_a_commune_is_restored_by_its_label_before_its_numbers() -> None:
    sent = {"inhabitants": WidgetState(int_value=7), "commune": WidgetState(string_value=findable(RUITZ))}
    choice = restored(Simulation(), **sent).choice
    assert (choice.commune, choice.client.inhabitants) == (RUITZ.code, 7)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"section": label("Comparer"), "": WidgetState(trigger_value=True)},
        {"structure": label("Royaume"), "commune": WidgetState(string_value="Ailleurs")},
        {"commune": WidgetState(), "mailboxes_5go": WidgetState()},
        {"deja-piscine": WidgetState(bool_value=True), "mois-de-depart": WidgetState(string_value="brumaire")},
        {"domains": WidgetState(int_value=-1), "agents": WidgetState(int_value=10**9)},
    ],
    ids=["none", "other fields", "unknown labels", "not filled", "unknown names", "out of bounds"],
)
def test_fields_outside_the_simulation_and_invalid_values_are_ignored(sent: dict[str, WidgetState]) -> None:
    assert restored(**sent) == OPENED
