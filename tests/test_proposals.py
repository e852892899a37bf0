"""The first orders proposed by size: valid, complete, and larger for a larger commune."""

from itertools import pairwise

import pytest
from pydantic import ValidationError

from pricing import Client, Order, Tariff, estimate
from pricing.catalogue import communes, proposals
from pricing.proposals import Proposals
from tests.links import ACT, ITEMS

PROPOSALS: Proposals = proposals().under(ACT)
ORDERS = [*(each.order for each in PROPOSALS.by_size), PROPOSALS.beyond.order]
SIZES = [*(each.up_to for each in PROPOSALS.by_size), PROPOSALS.by_size[-1].up_to + 1]
"""Number of inhabitants for each of the orders."""


@pytest.mark.parametrize(("size", "order"), list(zip(SIZES, ORDERS, strict=True)))
def test_a_proposed_order_is_wholly_counted_and_has_a_price(size: int, order: Order, tariff: Tariff) -> None:
    result = estimate(Client(inhabitants=size), order, tariff)
    assert not result.set_aside
    assert result.answers.six_years.amount > 0
    assert not result.answers.six_years.missing
    if size != SIZES[-1]:  # only the largest communes are proposed what is sold on quote
        assert not result.answers.six_years.partial


def test_a_larger_commune_is_never_proposed_less_of_any_item() -> None:
    for smaller, larger in pairwise(ORDERS):
        for item in ITEMS:
            if item != "antivirus_intervention":
                assert smaller.quantity(item) <= larger.quantity(item), item
        accounts = [
            order.quantity("mailboxes_5go") + order.quantity("mailboxes_unlimited") for order in (smaller, larger)
        ]
        assert accounts[0] < accounts[1]


def test_the_bound_of_a_size_is_inclusive_and_the_next_size_begins_just_after() -> None:
    for each, following in zip(PROPOSALS.by_size, ORDERS[1:], strict=True):
        assert PROPOSALS.for_size(each.up_to) == each.order
        assert PROPOSALS.for_size(each.up_to + 1) == following


def test_every_commune_of_the_department_is_proposed_an_order() -> None:
    proposed = [PROPOSALS.for_size(commune.population) for commune in communes().values()]
    assert all(not order.empty for order in proposed)
    assert {order.model_dump_json() for order in proposed} == {order.model_dump_json() for order in ORDERS}
    assert PROPOSALS.for_size(0) == ORDERS[0]


def test_the_example_is_a_commune_whose_figures_are_all_known(tariff: Tariff) -> None:
    example = PROPOSALS.example
    result = estimate(example.client, example.order, tariff)
    assert (example.client.inhabitants, example.client.agents) == (1_250, 6)
    assert result.categories == ("B",)
    assert not result.set_aside
    assert not result.answers.six_years.partial


def test_proposals_without_any_size_are_refused() -> None:
    with pytest.raises(ValidationError):
        Proposals.model_validate(PROPOSALS.model_dump() | {"by_size": ()})
