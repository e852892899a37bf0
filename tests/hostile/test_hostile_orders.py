"""Any JSON given for an order or a client is refused, or is within bounds and priced."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from pydantic import ValidationError

from pricing import Client, Order, Tariff, estimate, schedule
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from tests.hostile.generators import ORDER_CORPUS, Entry, order_documents

MODELS: Mapping[str, type[Order] | type[Client]] = {"order": Order, "client": Client}
FRENCH = ("il faut un nombre entier, en chiffres", "il faut un nombre entre 0 et ")


def accepted(model: type[Order] | type[Client], written: str) -> Order | Client | None:
    """Return the model of some JSON, checked to be within bounds; None where it is refused."""
    try:
        read = model.model_validate_json(written)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_context=False, include_input=False):
            assert found["type"] not in ("whole_number", "out_of_bounds") or found["msg"].startswith(FRENCH)
        return None
    if isinstance(read, Client):
        assert read.structure in ("commune", "epci", "other")
        for value, most in ((read.inhabitants, MAX_INHABITANTS), (read.agents, MAX_AGENTS)):
            assert value is None or (type(value) is int and 0 <= value <= most)
    else:
        for item in read.quantities:
            assert type(read.quantity(item)) is int
            assert 1 <= read.quantity(item) <= MAX_QUANTITY
    assert model.model_validate_json(read.model_dump_json()) == read
    return read


@pytest.mark.parametrize("entry", ORDER_CORPUS, ids=str)
def test_json_made_to_harm_is_refused_or_within_bounds(entry: Entry) -> None:
    read = accepted(MODELS[entry.more["of"]], entry.written)
    assert (read is not None) == entry.more.get("accepted", False)


@given(order_documents())
@settings(max_examples=100)
@example('{"domains": 1}')
@example('{"domains": 1, "prix": 1}')
@example('{"structure": "epci", "inhabitants": 2000000}')
def test_any_json_is_refused_or_within_bounds_and_priced(tariff: Tariff, written: str) -> None:
    order = accepted(Order, written) or Order()
    client = accepted(Client, written) or Client()
    assert isinstance(order, Order)
    assert isinstance(client, Client)
    result = estimate(client, order, tariff)
    assert result.lines == estimate(client, order.only(tariff.items), tariff).lines
    assert result.answers.six_years.amount == sum(year.total.amount for year in schedule(result).years) >= 0


@given(order_documents())
@settings(max_examples=30)
def test_the_same_values_are_accepted_as_json_and_as_they_are(written: str) -> None:
    try:
        values: Any = json.loads(written)
    except ValueError:
        return
    for model in MODELS.values():
        try:
            as_they_are = model.model_validate(values)
        except ValidationError:
            as_they_are = None
        assert accepted(model, json.dumps(values)) == as_they_are
