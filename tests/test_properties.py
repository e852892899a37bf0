"""Rules that hold for every client and every order, whatever the figures."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pricing import (
    Client,
    Estimate,
    Line,
    Order,
    Tariff,
    Total,
    estimate,
    euros,
    load,
    options,
    points_to_confirm,
    schedule,
)
from pricing.category import Placed
from pricing.estimate import total
from pricing.options import Comparison, by_saving, crossing
from pricing.order import ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.spread import spread
from pricing.tariff import PAYEES, RHYTHMS

TARIFF = load().adopted(date(2024, 3, 26))
"""Tariff of all tests here; no fixture, as hypothesis would print all of it beside every example that fails."""
INHABITANTS = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000]
AGENTS = [4, 10, 40, 100, 200, 300, 600, 1_000]
QUANTITIES = [2, 5, 10, 20, 40, 60, 100]
"""Bounds of the act: every rule must hold on both sides of them."""
TICKED = ("antivirus_intervention", "demarches_simplifiees")
SMALL = 130
"""Quantity past every band of the act: some tests try every quantity up to it."""


def around(bounds: list[int], most: int) -> st.SearchStrategy[int]:
    """Generate whole numbers up to `most`, often on either side of a bound, and often small."""
    edges = sorted({bound + step for bound in bounds for step in (-1, 0, 1)})
    return st.sampled_from(edges) | st.integers(0, 7) | st.integers(0, most) | st.just(most)


CLIENTS = st.builds(
    Client,
    structure=st.sampled_from(["commune", "commune", "commune", "epci", "other"]),
    inhabitants=st.none() | around(INHABITANTS, MAX_INHABITANTS),
    agents=st.none() | around(AGENTS, MAX_AGENTS),
)
ORDERS = st.builds(
    Order,
    **{item: st.booleans() if item in TICKED else st.just(0) | around(QUANTITIES, MAX_QUANTITY) for item in ITEMS},
)
COMMUNE = Client(inhabitants=1_250, agents=6)
FULLEST = Order.model_validate({item: True if item in TICKED else MAX_QUANTITY for item in ITEMS})

FIGURES: list[Callable[..., Total]] = [Estimate.first_year, Estimate.recurring, Estimate.six_years]


def same(parts: list[Total], whole: Total) -> None:
    """Check that the parts make up the whole: its euros, and every line left out."""
    assert sum((part.amount for part in parts), Decimal(0)) == whole.amount
    assert sum(part.known for part in parts) == whole.known
    for left_out in ("on_quote", "missing", "not_stated"):
        assert sorted(id(line) for part in parts for line in getattr(part, left_out)) == sorted(
            id(line) for line in getattr(whole, left_out)
        )


# Totals


@given(client=CLIENTS, order=ORDERS)
def test_a_total_is_the_sum_of_its_lines_each_counted_or_named_as_left_out(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    known = [(line, line.amount) for line in result.lines if line.amount is not None]
    paid_over_six_years = {0: 1, 1: 6, 2: 3, 3: 2}

    assert result.first_year().amount == sum(amount for _, amount in known)
    assert result.six_years().amount == sum(amount * paid_over_six_years[line.position.every] for line, amount in known)
    assert result.recurring().amount == sum(
        amount / line.position.every for line, amount in known if line.rhythm != "setup"
    )
    for whole in (result.first_year(), result.six_years()):
        left_out = len(whole.on_quote) + len(whole.missing) + len(whole.not_stated)
        assert whole.known + whole.included + left_out == len(result.lines)
    for line in result.lines:
        if line.outcome.kind == "priced":
            assert line.outcome.amount == sum(step.amount for step in line.outcome.steps)
            assert line.outcome.amount.as_tuple().exponent == -2
            assert line.outcome.amount > 0


@given(client=CLIENTS, order=ORDERS)
def test_the_parts_of_a_total_add_up_to_it_by_payee_family_and_rhythm(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    families = {service.family for service in TARIFF.services.values()}
    for figure in FIGURES:
        whole = figure(result)
        same([figure(result, payee=payee) for payee in PAYEES], whole)
        same([figure(result, family=family) for family in families], whole)
        same([figure(result, rhythm=rhythm) for rhythm in RHYTHMS], whole)
        same([figure(result, payee=payee, rhythm=rhythm) for payee in PAYEES for rhythm in RHYTHMS], whole)


@given(client=CLIENTS, order=ORDERS)
def test_setup_and_six_times_the_recurring_cost_are_the_cash_of_six_years(client: Client, order: Order) -> None:
    for each in (TARIFF, *(other for _, _, other in TARIFF.alternatives)):
        result = estimate(client, order, each)
        for payee in (None, *PAYEES):
            setup = result.first_year(payee=payee, rhythm="setup").amount
            recurring = result.recurring(payee=payee).amount
            assert setup + 6 * recurring == result.six_years(payee=payee).amount


@given(client=CLIENTS, order=ORDERS)
def test_the_years_of_a_schedule_and_their_parts_add_up(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    plan = schedule(result)
    years = plan.years

    assert [year.number for year in years] == [1, 2, 3, 4, 5, 6]
    assert sum(year.total.amount for year in years) == result.six_years().amount
    same([years[0].total], result.first_year())
    same([years[0].of(rhythm="setup")], result.first_year(rhythm="setup"))
    for year in years:
        assert year.due == tuple(line for line in result.lines if line.due(year.number))
        assert year.of() == year.total
        same([year.of(payee=payee) for payee in PAYEES], year.total)
        same([year.of(rhythm=rhythm) for rhythm in RHYTHMS], year.total)
        same([year.of(payee=payee, rhythm=rhythm) for payee in PAYEES for rhythm in RHYTHMS], year.total)
    for year in plan.later:
        assert year.of(rhythm="setup") == total(())
    later = [year.total.amount for year in plan.later]
    assert (plan.lowest.amount, plan.highest.amount) == (min(later), max(later))
    assert plan.steady == (len(set(later)) == 1)
    for payee in (None, *PAYEES):
        alone = schedule(result, payee=payee)
        assert sum(year.total.amount for year in alone.years) == result.six_years(payee=payee).amount
        assert [year.total for year in alone.years] == [year.of(payee=payee) for year in years]
        # The later years as a whole hold each of their lines once.
        due = [line for year in alone.later for line in year.due]
        assert alone.again == total(line for line in result.select(payee=payee) if line in due)


@given(client=CLIENTS, order=ORDERS)
@example(client=Client(structure="epci"), order=Order(demarches_simplifiees=True))
@example(client=Client(structure="epci"), order=Order(demarches_simplifiees=True, certificates_cdg_3y=1))
@example(client=COMMUNE, order=Order(certificates_on_site_3y=1))
def test_a_later_year_has_a_text_wherever_a_part_of_it_is_known(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    for payee in (None, *PAYEES):
        plan = schedule(result, payee=payee)
        again, words = plan.again, plan.later_words()
        assert (words == "") == (again.partial and not again.known)
        assert (words == "aucun prix indiqué") == bool(again.not_stated and not again.known and not again.partial)
        if words.startswith("jusqu'à "):
            # The cheapest of the later years has no figure, the dearest has one.
            assert not plan.lowest.known
            assert plan.lowest.partial
            assert words == f"jusqu'à {euros(plan.highest.amount)}"
        elif "€" in words:
            amounts = (plan.lowest,) if plan.steady else (plan.lowest, plan.highest)
            assert words.replace(" à\u00a0", "|").split("|") == [euros(each.amount) for each in amounts]


# More never costs less


def more(order: Order, item: str, step: int) -> Order:
    """Return the order with `step` more of an item, or with it ticked."""
    value = True if item in TICKED else order.quantity(item) + step
    assume(value <= MAX_QUANTITY)
    return order.model_copy(update={item: value})


def unknown(result: Estimate) -> set[str]:
    """Return the charges of which an estimate leaves an amount out."""
    whole = result.six_years()
    return {line.position.charge for line in (*whole.on_quote, *whole.missing)}


def known(result: Estimate, apart: set[str]) -> Decimal:
    """Return six years' cash, without some charges."""
    return sum(
        (line.amount * line.times() for line in result.lines if line.amount and line.position.charge not in apart),
        Decimal(0),
    )


def never_less(before: Estimate, after: Estimate) -> None:
    """Check that six years cost no less after than before.

    A charge that has newly gone on quote is unknown, not zero: it is counted apart, out of both sides, and what is
    left must still not fall. Where nothing has newly gone on quote, the totals themselves are compared.
    """
    apart = unknown(after) - unknown(before)
    if not apart:
        assert after.six_years().amount >= before.six_years().amount
    assert known(after, apart) >= known(before, apart)
    assert unknown(after) >= unknown(before)


@given(client=CLIENTS, order=ORDERS, item=st.sampled_from(ITEMS), step=st.integers(1, 45))
def test_more_of_anything_never_costs_less_over_six_years(client: Client, order: Order, item: str, step: int) -> None:
    never_less(estimate(client, order, TARIFF), estimate(client, more(order, item, step), TARIFF))


@pytest.mark.parametrize(
    ("item", "beside"),
    [
        ("mailboxes_5go", {}),
        ("mailboxes_unlimited", {}),
        ("mailboxes_5go", {"mailboxes_unlimited": 3}),
        ("mailboxes_unlimited", {"mailboxes_5go": 17}),
        ("antivirus_devices", {"antivirus_intervention": True}),
        ("antivirus_devices", {}),
        ("extra_storage_go", {"backups": 1}),
        ("backups", {"extra_storage_go": 100}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value) or "alone",
)
def test_one_more_never_costs_less_across_every_band(item: str, beside: dict[str, Any]) -> None:
    present = estimate(COMMUNE, Order(**beside), TARIFF)
    for quantity in range(1, SMALL + 1):
        following = estimate(COMMUNE, Order(**{**beside, item: quantity}), TARIFF)
        never_less(present, following)
        present = following


@given(
    inhabitants=around(INHABITANTS, MAX_INHABITANTS - 5_000),
    agents=st.none() | around(AGENTS, MAX_AGENTS - 300),
    step=st.integers(1, 5_000),
    hired=st.integers(0, 300),
)
def test_a_larger_commune_never_pays_less_for_demarches_simplifiees(
    inhabitants: int, agents: int | None, step: int, hired: int
) -> None:
    order = Order(demarches_simplifiees=True)
    larger = Client(inhabitants=inhabitants + step, agents=None if agents is None else agents + hired)
    never_less(estimate(Client(inhabitants=inhabitants, agents=agents), order, TARIFF), estimate(larger, order, TARIFF))


# Text


def totals(result: Estimate) -> Iterator[Total]:
    """Yield every total that can be shown of an estimate."""
    for figure in FIGURES:
        yield figure(result)
        for family in {line.position.family for line in result.lines}:
            yield figure(result, family=family)
        for payee in PAYEES:
            for rhythm in (None, *RHYTHMS):
                yield figure(result, payee=payee, rhythm=rhythm)
    for payee in (None, *PAYEES):
        plan = schedule(result, payee=payee)
        yield plan.again
        yield from (year.total for year in plan.years)
    for year in schedule(result).years:
        yield from (year.of(payee=payee, rhythm=rhythm) for payee in (None, *PAYEES) for rhythm in (None, *RHYTHMS))


def sentences(result: Estimate, tariff: Tariff) -> Iterator[str]:
    """Yield all the French text about an estimate."""
    yield result.placement.words()
    if isinstance(result.placement, Placed):
        yield from (finding.words() for finding in result.placement.findings)
        yield from (threshold.words() for threshold in result.placement.thresholds)
    yield from (aside.why for aside in result.set_aside)
    for line in result.lines:
        yield from (line.name, line.words(), line.counted(), line.position.name)
    yield from (whole.words() for whole in totals(result))
    # Empty where all that recurs is on quote: another test checks its exact text.
    yield from filter(None, [schedule(result).later_words()])
    for option in options(result, tariff):
        yield option.label
        yield from compared(option.comparison)
    points = points_to_confirm(result, tariff)
    yield spread(result, tariff).words()
    for point in points:
        yield from (point.reading.question, point.reading.in_force, point.reading.because)
        for alternative, comparison in point.effects:
            yield alternative.label
            yield from compared(comparison)


def compared(comparison: Comparison) -> Iterator[str]:
    for part in (comparison.first_year, comparison.recurring, comparison.six_years):
        yield from (part.words(), part.plainly())


@given(client=CLIENTS, order=ORDERS)
@example(client=Client(inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS), order=FULLEST)
@example(client=Client(structure="epci"), order=FULLEST)
@example(client=Client(structure="other"), order=Order())
@example(client=Client(inhabitants=0, agents=0), order=Order(demarches_simplifiees=True))
def test_any_order_is_estimated_and_every_sentence_about_it_is_complete(client: Client, order: Order) -> None:
    for words in sentences(estimate(client, order, TARIFF), TARIFF):
        assert words.strip() == words != ""
        assert "None" not in words
        assert "{" not in words
        assert "  " not in words


@given(client=CLIENTS, order=ORDERS)
def test_a_total_that_leaves_something_out_says_so(client: Client, order: Order) -> None:
    for whole in totals(estimate(client, order, TARIFF)):
        words = whole.words()
        assert ("sur devis" in words) == bool(whole.on_quote)
        assert ("à compléter" in words) == bool(whole.missing)
        assert whole.partial == bool(whole.on_quote or whole.missing)
        if whole.known:
            assert words.startswith(euros(whole.amount))
        elif whole.partial:
            assert "€" not in words, "an unknown amount is not zero"
        elif whole.not_stated:
            assert words == "aucun prix indiqué"
        else:
            assert words == euros(Decimal(0))


# The same estimate again


@given(client=CLIENTS, order=ORDERS)
def test_an_estimate_is_the_same_when_made_again_and_after_json(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    assert estimate(client.model_copy(), order.model_copy(), TARIFF) == result
    again = Estimate.model_validate_json(result.model_dump_json())
    assert again == result
    assert again.answers == result.answers
    assert schedule(again) == schedule(result)


# Options and readings


def without_amount(whole: Total) -> list[tuple[str, int]]:
    """Return the lines that a total leaves out, by charge and quantity."""
    return [(line.position.charge, line.quantity) for line in (*whole.on_quote, *whole.missing)]


def is_the_difference(comparison: Comparison, present: Estimate) -> None:
    """Check that a comparison is the two estimates' totals, one less the other, with what each leaves out."""
    other = comparison.estimate
    assert comparison.against is present
    assert comparison.to_fibre == other.six_years(payee="fibre").amount - present.six_years(payee="fibre").amount
    for figure, part in zip(FIGURES, (comparison.first_year, comparison.recurring, comparison.six_years), strict=True):
        ours, theirs = figure(present), figure(other)
        assert part.amount == theirs.amount - ours.amount
        assert part.on_quote == len(theirs.on_quote) - len(ours.on_quote)
        assert part.missing == len(theirs.missing) - len(ours.missing)
        assert part.not_stated == len(theirs.not_stated) - len(ours.not_stated)
        if without_amount(theirs) != without_amount(ours):
            assert not part.same_unknowns
        elif not ours.partial or (theirs.on_quote, theirs.missing) == (ours.on_quote, ours.missing):
            assert part.same_unknowns
        as_many = part.on_quote == part.missing == part.not_stated == 0
        assert part.comparable == (as_many and part.same_unknowns)
        assert part.none == (part.amount == 0 and part.comparable)
        said = part.words()
        assert ("€" in said) == bool(part.amount or part.comparable)
        assert ("une autre part sur devis" in said) == (as_many and not part.same_unknowns)
        assert ("sans prix indiqué" in said) == bool(part.not_stated)
        assert ("à compléter" in said) == bool(part.missing)
        assert part.plainly() == "aucun écart" if part.none else part.plainly() != "aucun écart"


Bill = list[tuple[Decimal, list[tuple[str, int]], list[tuple[str, int]]]]
"""Amounts paid, each with the lines on quote and the lines that are missing."""


def bill(result: Estimate) -> Bill:
    """Return all that an estimate bills, by payee and rhythm."""
    return [
        (
            whole.amount,
            [(line.position.charge, line.quantity) for line in whole.on_quote],
            [(line.position.charge, line.quantity) for line in whole.missing],
        )
        for figure in FIGURES
        for payee in PAYEES
        for rhythm in RHYTHMS
        for whole in [figure(result, payee=payee, rhythm=rhythm)]
    ]


@given(client=CLIENTS, order=ORDERS)
def test_an_adopted_option_has_the_figures_it_promised(client: Client, order: Order) -> None:
    present = estimate(client, order, TARIFF)
    found = options(present, TARIFF)
    assert len({option.label for option in found}) == len(found)
    for option in found:
        promised = option.comparison.estimate
        is_the_difference(option.comparison, present)
        assert (promised.client, promised.order) != (client, order)
        # Validated again, as it would be from a link.
        adopted = Client.model_validate(promised.client.model_dump()), Order.model_validate(promised.order.model_dump())
        assert estimate(*adopted, TARIFF) == promised


@given(client=CLIENTS, order=ORDERS)
def test_the_effect_of_a_reading_is_the_estimate_under_its_tariff(client: Client, order: Order) -> None:
    present = estimate(client, order, TARIFF)
    otherwise = {(number, alternative.label): other for number, alternative, other in TARIFF.alternatives}
    for point in points_to_confirm(present, TARIFF):
        assert point.effects or point.reading.touches.kind != "difference"
        for alternative, comparison in point.effects:
            is_the_difference(comparison, present)
            read_so = estimate(client, order, otherwise[point.number, alternative.label])
            assert comparison.estimate == read_so
            assert read_so.lines != present.lines


@given(client=CLIENTS, order=ORDERS)
def test_a_reading_without_effect_leaves_the_totals_unchanged(client: Client, order: Order) -> None:
    """An alternative may also bill the same as an earlier one of its reading: the two are then shown as one."""
    present = estimate(client, order, TARIFF)
    told = {
        (point.number, alternative.label)
        for point in points_to_confirm(present, TARIFF)
        for alternative, _ in point.effects
    }
    billed: dict[str, list[Bill]] = {}
    for number, alternative, other in TARIFF.alternatives:
        before = billed.setdefault(number, [bill(present)])
        found = bill(estimate(client, order, other))
        if (number, alternative.label) in told:
            assert found not in before
            before.append(found)
        elif present.lines:
            assert found in before


@given(client=CLIENTS, order=ORDERS)
def test_a_spread_includes_every_reading(client: Client, order: Order) -> None:
    present = estimate(client, order, TARIFF)
    found = spread(present, TARIFF)
    others = [estimate(client, order, other).answers for _, _, other in TARIFF.alternatives]
    for bounds, figure in ((found.first_year, "first_year"), (found.six_years, "six_years")):
        amounts = [getattr(each, figure).amount for each in (present.answers, *others)]
        assert bounds[0] <= min(amounts)
        assert max(amounts) <= bounds[1]
    partial = any(each.six_years.partial for each in (present.answers, *others))
    assert partial == bool(found.left_out)


@given(client=CLIENTS, order=ORDERS)
def test_options_that_leave_more_unknown_come_after_those_that_leave_the_same(client: Client, order: Order) -> None:
    present = estimate(client, order, TARIFF)
    choices = options(present, TARIFF)
    ordered = [option.comparison.six_years for option in by_saving(choices)]
    assert sorted(map(repr, ordered)) == sorted(repr(option.comparison.six_years) for option in choices)
    more = [any(part > 0 for part in (each.on_quote, each.missing, each.not_stated)) for each in ordered]
    comparable = [rank for rank, each in enumerate(ordered) if each.comparable]
    assert not any(unknown for rank, unknown in enumerate(more) if comparable and rank < max(comparable))
    assert [ordered[rank].amount for rank in comparable] == sorted(ordered[rank].amount for rank in comparable)


@given(client=CLIENTS, order=ORDERS)
def test_crossing_is_the_only_option_of_a_higher_category(client: Client, order: Order) -> None:
    present = estimate(client, order, TARIFF)
    choices = options(present, TARIFF)
    higher = [
        option
        for option in choices
        if option.choice == "category" and (option.comparison.estimate.category or "") > (present.category or "")
    ]
    assert crossing(present, TARIFF) == (higher[0] if higher else None)
    assert len(higher) <= 1
    placed = order.demarches_simplifiees and isinstance(present.placement, Placed)
    assert bool(higher) == (placed and present.category != "I")


def test_every_alternative_reading_is_a_valid_tariff() -> None:
    assert len(TARIFF.alternatives) == sum(len(reading.alternatives) for reading in TARIFF.readings.values()) > 0
    for _, _, other in TARIFF.alternatives:
        assert Tariff.model_validate(other.model_dump()) == other
        assert other != TARIFF


@given(client=CLIENTS, order=ORDERS, rank=st.integers(0, 30))
def test_any_order_is_estimated_under_every_alternative_reading(client: Client, order: Order, rank: int) -> None:
    _, _, other = TARIFF.alternatives[rank % len(TARIFF.alternatives)]
    result = estimate(client, order, other)
    assert all(sentences(result, other))
    assert Estimate.model_validate_json(result.model_dump_json()) == result


def lines_of(result: Estimate, charge: str) -> list[Line]:
    return [line for line in result.lines if line.position.charge == charge]


@given(client=CLIENTS, order=ORDERS)
def test_an_item_that_cannot_be_ordered_alone_has_no_line(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    aside = {each.item for each in result.set_aside}
    assert aside == {
        item
        for item, needed in (("extra_storage_go", "backups"), ("antivirus_intervention", "antivirus_devices"))
        if order.quantity(item) and not order.quantity(needed)
    }
    if "extra_storage_go" in aside:
        assert not lines_of(result, "backup.extra_storage")
    if "antivirus_intervention" in aside:
        assert not lines_of(result, "antivirus.setup")
