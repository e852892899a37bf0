"""The first orders proposed by size: valid, complete, and larger for a larger commune."""

from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from pricing import Client, Order, Tariff, estimate
from pricing.catalogue import DATA, communes, proposals
from pricing.faults import FaultyFileError
from pricing.order import ITEMS
from pricing.proposals import Proposals

PROPOSALS: Proposals = proposals()
WRITTEN = (DATA / "proposals.toml").read_text(encoding="utf-8")
ORDERS = [*(each.order for each in PROPOSALS.by_size), PROPOSALS.beyond.order]
SIZES = [*(each.up_to for each in PROPOSALS.by_size), PROPOSALS.by_size[-1].up_to + 1]
"""Number of inhabitants for each of the orders."""


@pytest.mark.parametrize(("size", "order"), list(zip(SIZES, ORDERS, strict=True)))
def test_a_proposed_order_is_wholly_counted_and_has_a_price(size: int, order: Order, tariff: Tariff) -> None:
    result = estimate(Client(inhabitants=size), order, tariff)
    assert not result.set_aside
    assert result.answers.six_years.amount > 0
    assert not result.answers.six_years.missing


def test_the_smallest_communes_are_proposed_an_order_without_a_quote(tariff: Tariff) -> None:
    for size in (1, *SIZES[:-1]):
        result = estimate(Client(inhabitants=size), PROPOSALS.for_size(size), tariff)
        assert not result.answers.six_years.partial, size


def test_a_larger_commune_is_never_proposed_less_of_any_item() -> None:
    for smaller, larger in pairwise(ORDERS):
        for item in ITEMS:
            if item != "antivirus_intervention":
                assert smaller.quantity(item) <= larger.quantity(item), item
        assert accounts(smaller) < accounts(larger)


def accounts(order: Order) -> int:
    return order.mailboxes_5go + order.mailboxes_unlimited


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
    assert result.category == "B"
    assert not result.set_aside
    assert not result.answers.six_years.partial


@pytest.mark.parametrize("content", ["rien", "[[by_size]]\nup_to = 1", "by_size = [", "[beyond]\n[beyond]"])
def test_a_file_that_holds_no_proposals_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError):
        proposals(written(tmp_path, content))


def test_proposals_without_any_size_are_refused() -> None:
    data = PROPOSALS.model_dump() | {"by_size": ()}
    with pytest.raises(ValidationError):
        Proposals.model_validate(data)


def test_the_file_as_notepad_saves_it_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "proposals.toml"
    file.write_bytes(WRITTEN.replace("\n", "\r\n").encode("utf-8-sig"))
    assert proposals(file) == PROPOSALS


def written(folder: Path, content: str) -> Path:
    """Write a file with this content and return its path."""
    file = folder / "proposals.toml"
    file.write_text(content, encoding="utf-8")
    return file
