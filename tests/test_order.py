"""Every public body of the department can ask; invalid numbers are refused; nothing changes once made."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from french import plain
from pydantic import BaseModel, ValidationError

from pricing import Client, Order
from pricing.order import ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY

TABLE = Path(__file__).parents[1] / "data" / "communes.csv"
TICKED = ("antivirus_intervention", "demarches_simplifiees")
COUNTED = tuple(item for item in ITEMS if item not in TICKED)

WHOLE = "il faut un nombre entier, en chiffres"
NOT_WHOLE: list[Any] = [1.0, 1.5, "12", "", "douze", True, False, [3], {"value": 3}, b"3"]


def refusals(model: type[BaseModel], **values: Any) -> list[tuple[str, str]]:
    """Return the fields that are refused, with their messages."""
    with pytest.raises(ValidationError) as refusal:
        model(**values)
    return [(str(error["loc"][0]), plain(error["msg"])) for error in refusal.value.errors()]


# Bounds


@pytest.mark.parametrize(("field", "most"), [("inhabitants", MAX_INHABITANTS), ("agents", MAX_AGENTS)])
def test_the_numbers_of_a_client_go_from_zero_to_the_bound(field: str, most: int) -> None:
    for value in (0, 1, most - 1, most):
        assert getattr(Client.model_validate({field: value}), field) == value


@pytest.mark.parametrize("item", COUNTED)
def test_a_quantity_goes_from_zero_to_the_bound(item: str) -> None:
    for value in (0, 1, MAX_QUANTITY):
        assert Order.model_validate({item: value}).quantity(item) == value


def test_the_bounds_are_those_that_the_page_and_the_link_expect() -> None:
    assert (MAX_INHABITANTS, MAX_AGENTS, MAX_QUANTITY) == (2_000_000, 50_000, 50_000)


@pytest.mark.parametrize(
    ("model", "field", "value", "most"),
    [
        (Client, "inhabitants", -1, "2 000 000"),
        (Client, "inhabitants", 2_000_001, "2 000 000"),
        (Client, "agents", -1, "50 000"),
        (Client, "agents", 50_001, "50 000"),
        (Order, "mailboxes_5go", -1, "50 000"),
        (Order, "domains", 50_001, "50 000"),
        (Order, "extra_storage_go", 10**30, "50 000"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_the_bounds(
    model: type[BaseModel], field: str, value: int, most: str
) -> None:
    assert refusals(model, **{field: value}) == [(field, f"il faut un nombre entre 0 et {most}")]


@pytest.mark.parametrize("value", NOT_WHOLE, ids=repr)
@pytest.mark.parametrize("field", ["inhabitants", "agents"])
def test_the_numbers_of_a_client_are_whole_numbers_only(field: str, value: Any) -> None:
    assert refusals(Client, **{field: value}) == [(field, WHOLE)]


@pytest.mark.parametrize("value", [*NOT_WHOLE, None], ids=repr)
def test_a_quantity_is_a_whole_number_only(value: Any) -> None:
    for item in COUNTED:
        assert refusals(Order, **{item: value}) == [(item, WHOLE)]


@pytest.mark.parametrize("value", [0, 1, "true", "oui", 1.0, None], ids=repr)
def test_a_choice_is_ticked_or_not_and_never_a_number(value: Any) -> None:
    for item in TICKED:
        [(field, _)] = refusals(Order, **{item: value})
        assert field == item


def test_every_refusal_is_reported_at_once() -> None:
    assert refusals(Client, inhabitants=-5, agents="six") == [
        ("inhabitants", "il faut un nombre entre 0 et 2 000 000"),
        ("agents", WHOLE),
    ]


@pytest.mark.parametrize("model", [Client, Order])
def test_an_unknown_key_is_refused(model: type[BaseModel]) -> None:
    with pytest.raises(ValidationError) as refusal:
        model.model_validate({"mailbox": 3})
    assert [(error["loc"], error["type"]) for error in refusal.value.errors()] == [(("mailbox",), "extra_forbidden")]


@pytest.mark.parametrize("structure", ["Commune", "region", "", None, 1])
def test_an_unknown_structure_is_refused(structure: Any) -> None:
    [(field, _)] = refusals(Client, structure=structure)
    assert field == "structure"


# Bodies that can ask


@pytest.mark.parametrize(
    "client",
    [
        {"inhabitants": 67_571, "agents": 1_900},
        {"structure": "other", "inhabitants": 1_465_000, "agents": 7_000},
        {"structure": "other", "agents": 0},
        {"structure": "epci"},
        {},
    ],
    ids=[
        "Calais",
        "the department",
        "a body without agents",
        "an EPCI that says nothing",
        "a commune that says nothing",
    ],
)
def test_every_kind_of_body_can_ask(client: dict[str, Any]) -> None:
    made = Client.model_validate(client)
    assert made.model_dump(exclude_unset=True) == client


def test_every_commune_and_every_epci_of_the_department_can_ask() -> None:
    epcis: Counter[str] = Counter()
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            Client(inhabitants=int(row["population"]))
            epcis[row["epci"]] += int(row["population"])
    largest = max(epcis.values())
    assert largest > 200_000
    assert Client(structure="epci", inhabitants=largest).inhabitants == largest


def test_an_unknown_number_is_not_zero() -> None:
    assert Client().inhabitants is None
    assert Client(inhabitants=None, agents=None) == Client()
    assert Client(inhabitants=0, agents=0) != Client()


# Orders


def test_a_new_order_is_empty() -> None:
    assert Order().empty
    assert all(Order().quantity(item) == 0 for item in ITEMS)


@pytest.mark.parametrize("item", ITEMS)
def test_an_order_of_any_one_item_is_not_empty(item: str) -> None:
    order = Order.model_validate({item: True if item in TICKED else 1})
    assert not order.empty
    assert order.quantity(item) == 1


def test_an_order_has_fifteen_items_of_which_two_are_ticked() -> None:
    assert len(ITEMS) == 15
    assert set(TICKED) < set(ITEMS)


@pytest.mark.parametrize(("made", "field"), [(Client(), "inhabitants"), (Order(), "domains"), (Order(), "new")])
def test_nothing_changes_once_made(made: BaseModel, field: str) -> None:
    with pytest.raises(ValidationError):
        setattr(made, field, 3)


def test_equal_values_have_the_same_hash() -> None:
    assert Order(domains=1) == Order(domains=1) != Order(domains=2)
    assert hash(Order(domains=1)) == hash(Order(domains=1))
    assert hash(Client(agents=6)) == hash(Client(agents=6))
