"""Every public body of the department can ask; invalid numbers are refused; nothing changes once made."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from pricing import Client, Order, Tariff, estimate
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY, hardly_meant
from tests.french import plain
from tests.links import CHOICES, ITEMS

COUNTED = tuple(item for item in ITEMS if item not in CHOICES)
FIELDS = [
    (Client, "inhabitants", MAX_INHABITANTS, "2 000 000"),
    (Client, "agents", MAX_AGENTS, "50 000"),
    *((Order, item, MAX_QUANTITY, "50 000") for item in COUNTED),
]
"""Every number that is asked for, with its bound and its text."""
WHOLE = "il faut un nombre entier, en chiffres"


def refusals(model: type[BaseModel], **values: Any) -> list[tuple[str, str]]:
    """Return the fields that are refused, with their messages."""
    with pytest.raises(ValidationError) as refusal:
        model(**values)
    return [(str(error["loc"][0]), plain(error["msg"])) for error in refusal.value.errors()]


@pytest.mark.parametrize(("model", "field", "most", "words"), FIELDS)
def test_a_number_is_whole_and_within_its_bounds(model: type[BaseModel], field: str, most: int, words: str) -> None:
    for value in (0, 1, most):
        made = model.model_validate({field: value})
        assert (made.quantity(field) if isinstance(made, Order) else getattr(made, field)) == value
    for value in (-1, most + 1, 10**30):
        assert refusals(model, **{field: value}) == [(field, f"il faut un nombre entre 0 et {words}")]
    for value in (1.0, 1.5, "12", "", [3], b"3", *([True, False] if model is Client else [])):
        assert refusals(model, **{field: value}) == [(field, WHOLE)]


def test_an_unknown_number_of_a_client_is_not_zero_and_a_quantity_is_always_known() -> None:
    assert Client(inhabitants=None, agents=None) == Client() != Client(inhabitants=0, agents=0)
    assert refusals(Order, domains=None) == [("domains", WHOLE)]


def test_a_ticked_item_is_one_and_an_unticked_one_is_not_asked_for() -> None:
    assert CHOICES == ("antivirus_intervention", "demarches_simplifiees")
    for item in CHOICES:
        assert Order.model_validate({item: True}) == Order.model_validate({item: 1})
        assert Order.model_validate({item: False}) == Order()


@pytest.mark.parametrize("structure", ["Commune", "region", "", None, 1])
def test_an_unknown_structure_or_key_of_a_client_is_refused(structure: Any) -> None:
    found = refusals(Client, structure=structure, mailbox=3)
    assert [field for field, _ in found] == ["structure", "mailbox"]


def test_an_item_that_the_act_does_not_sell_is_kept_said_and_never_priced(tariff: Tariff) -> None:
    order = Order(domains=1, vaults=3)
    found = estimate(Client(), order, tariff)
    assert found.unsold == ("vaults",)
    assert found.lines == estimate(Client(), Order(domains=1), tariff).lines
    assert found.order.quantity("vaults") == 3


def test_an_order_is_empty_until_any_one_item_is_asked_for() -> None:
    assert Order().empty
    for item in ITEMS:
        order = Order.model_validate({item: item in CHOICES or 1})
        assert not order.empty
        assert [each for each in ITEMS if order.quantity(each)] == [item]
        assert order.quantity(item) == 1


def test_nothing_changes_once_made() -> None:
    for made, field in ((Client(), "inhabitants"), (Order(), "domains"), (Order(), "new")):
        with pytest.raises(ValidationError):
            setattr(made, field, 3)
    assert len({Order(domains=1), Order(domains=1), Order(domains=2)}) == 2


@pytest.mark.parametrize(
    ("client", "most"),
    [
        (Client(agents=3), 20),
        (Client(agents=5), 25),
        (Client(inhabitants=100_000, agents=5), 25),
        (Client(inhabitants=400), 20),
        (Client(inhabitants=1_000), 50),
        (Client(), 1_000),
        (Client(structure="epci", inhabitants=1_000), 1_000),
        (Client(structure="epci", agents=5), 25),
    ],
)
def test_a_quantity_is_hardly_meant_beyond_what_the_size_of_the_client_explains(client: Client, most: int) -> None:
    assert not hardly_meant(client, most)
    assert hardly_meant(client, most + 1)
