"""Points of the act that touch several clients, and the spread of estimates that every reading prices alike."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pricing import Client, Order, Tariff, estimate, points_to_confirm
from pricing.points import _spread, spread
from pricing.shared_points import shared_points
from tests.test_properties import CLIENTS, ORDERS, TARIFF
from views.reports.wording import effect_words


@given(CLIENTS, ORDERS)
@settings(max_examples=60)
def test_the_points_of_one_client_are_those_of_its_estimate(client: Client, order: Order) -> None:
    alone = estimate(client, order, TARIFF)
    shared = {point.number: point for point in shared_points([alone], TARIFF)}
    points = points_to_confirm(alone, TARIFF)
    assert [*shared] == [point.number for point in points]
    for point in points:
        found = {effect_words(effect, TARIFF) for _, effect in shared[point.number].effects}
        assert {effect_words(effect, TARIFF) for _, effect in point.effects} >= found
        assert bool(found) == bool(point.effects)


def test_an_effect_is_that_of_all_clients_together_and_counts_those_it_touches(tariff: Tariff) -> None:
    mail, none = Order(mailboxes_5go=3), Order(domains=1)
    estimates = [estimate(Client(inhabitants=900), order, tariff) for order in (mail, mail, none)]
    (point,) = (each for each in shared_points(estimates, tariff) if each.number == "R2")
    [(_, effect)] = point.effects
    alone = next(each for each in points_to_confirm(estimates[0], tariff) if each.number == "R2").effects[0][1]
    assert (effect.clients, effect.six_years.amount) == (2, 2 * alone.six_years.amount)


@given(st.lists(st.tuples(CLIENTS, ORDERS), min_size=2, max_size=3))
@settings(max_examples=40)
def test_a_spread_kept_for_another_estimate_is_its_own(asked: list[tuple[Client, Order]]) -> None:
    # Each order for each client: many are priced alike.
    estimates = [estimate(client, order, TARIFF) for client, _ in asked for _, order in asked]
    kept = [spread(each, TARIFF) for each in estimates]
    for each, found in zip(estimates, kept, strict=True):
        _spread.cache_clear()
        assert spread(each, TARIFF) == found


def test_a_spread_is_kept_by_the_lines_that_it_starts_from(tariff: Tariff) -> None:
    whole = estimate(Client(inhabitants=900), Order(mailboxes_5go=3, domains=1), tariff)
    part = replace(whole, lines=whole.lines[:1])
    assert spread(part, tariff) != spread(whole, tariff)
