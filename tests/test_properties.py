"""Rules that hold for every client and every order, whatever the figures."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from pricing import Client, Estimate, Order, Tariff, Total, estimate, euros, load, options, points_to_confirm, schedule
from pricing.category import Placed
from pricing.compare import Comparison, Difference
from pricing.estimate import opened
from pricing.options import by_saving, crossing
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.points import spread
from pricing.tariff import PAYEES, RHYTHMS
from pricing.totals import total
from tests.links import CHOICES, ITEMS

TARIFF = load().adopted(date(2024, 3, 26))
"""Tariff of all tests here; no fixture, as hypothesis would print all of it beside every example that fails."""
READ = [TARIFF, *(other for _, _, other in TARIFF.alternatives if other)]
"""The tariff as it is read, and under each alternative that changes a value of it."""
INHABITANTS = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000]
AGENTS = [4, 10, 40, 100, 200, 300, 600, 1_000]
QUANTITIES = [2, 5, 10, 20, 40, 60, 100]
"""Bounds of the act: every rule must hold on both sides of them."""


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
    **{item: st.booleans() if item in CHOICES else st.just(0) | around(QUANTITIES, MAX_QUANTITY) for item in ITEMS},
)
FULLEST = Order.model_validate({item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS})

FIGURES: list[Callable[..., Total]] = [Estimate.first_year, Estimate.recurring, Estimate.six_years]


# Totals


def same(parts: list[Total], whole: Total) -> None:
    """Check that the parts make up the whole: its euros, and every line left out."""
    assert sum((part.amount for part in parts), Decimal(0)) == whole.amount
    assert sum(part.known for part in parts) == whole.known
    for left_out in ("on_quote", "missing", "not_stated"):
        assert sorted(id(line) for part in parts for line in getattr(part, left_out)) == sorted(
            id(line) for line in getattr(whole, left_out)
        )


@given(client=CLIENTS, order=ORDERS)
def test_a_total_is_the_sum_of_its_lines_each_counted_or_named_as_left_out(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    known = [(line, line.amount) for line in result.lines if line.amount is not None]
    paid_over_six_years = {0: 1, 1: 6, 2: 3, 3: 2}
    assert result.first_year().amount == sum(amount for _, amount in known)
    assert result.six_years().amount == sum(amount * paid_over_six_years[line.position.every] for line, amount in known)
    for whole in (result.first_year(), result.six_years()):
        left_out = len(whole.on_quote) + len(whole.missing) + len(whole.not_stated)
        included = [line for line in result.lines if line.outcome.kind == "included"]
        assert whole.known + len(included) + left_out == len(result.lines)
    assert all(
        amount > 0 and amount.as_tuple().exponent == -2 for line, amount in known if line.outcome.kind == "priced"
    )
    for figure in FIGURES:
        whole = figure(result)
        same([figure(result, payee=payee) for payee in PAYEES], whole)
        same([figure(result, payee=payee, rhythm=rhythm) for payee in PAYEES for rhythm in RHYTHMS], whole)


@given(client=CLIENTS, order=ORDERS)
def test_setup_and_six_times_the_recurring_cost_are_the_cash_of_six_years(client: Client, order: Order) -> None:
    for each in READ:
        result = estimate(client, order, each)
        for payee in (None, *PAYEES):
            setup = result.first_year(payee=payee, rhythm="setup").amount
            recurring = result.recurring(payee=payee).amount
            assert setup + 6 * recurring == result.six_years(payee=payee).amount


@given(client=CLIENTS, order=ORDERS)
def test_the_years_of_a_schedule_and_their_parts_add_up(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    plan = schedule(result)
    assert [year.number for year in plan.years] == [1, 2, 3, 4, 5, 6]
    assert sum(year.total.amount for year in plan.years) == result.six_years().amount
    assert plan.years[0].total == result.first_year()
    for year in plan.years:
        assert year.due == tuple(line for line in result.lines if line.due(year.number))
        same([year.of(payee=payee, rhythm=rhythm) for payee in PAYEES for rhythm in RHYTHMS], year.total)
    assert all(year.of(rhythm="setup") == total(()) for year in plan.later)
    later = [year.total.amount for year in plan.later]
    assert (plan.lowest.amount, plan.highest.amount) == (min(later), max(later))
    for payee in PAYEES:
        alone = schedule(result, payee=payee)
        assert [year.total for year in alone.years] == [year.of(payee=payee) for year in plan.years]
        # The later years as a whole hold each of their lines once.
        due = [line for year in alone.later for line in year.due]
        assert alone.again == total(line for line in result.select(payee=payee) if line in due)


@given(client=CLIENTS, order=ORDERS)
@example(client=Client(structure="epci"), order=Order(demarches_simplifiees=True, certificates_cdg_3y=1))
@example(client=Client(), order=Order(certificates_on_site_3y=1))
def test_a_later_year_has_a_text_wherever_a_part_of_it_is_known(client: Client, order: Order) -> None:
    result = estimate(client, order, TARIFF)
    for payee in (None, *PAYEES):
        plan = schedule(result, payee=payee)
        again, words = plan.again, plan.later_words()
        assert (words == "") == (again.partial and not again.known)
        assert (words == "aucun prix indiqué") == bool(again.not_stated and not again.known and not again.partial)
        if words.startswith("jusqu'à "):
            # The cheapest of the later years has no figure, the dearest has one.
            assert plan.lowest.partial
            assert not plan.lowest.known
            assert words == f"jusqu'à {euros(plan.highest.amount)}"
        elif "€" in words:
            amounts = (plan.lowest,) if plan.steady else (plan.lowest, plan.highest)
            assert words.replace(" à\u00a0", "|").split("|") == [euros(each.amount) for each in amounts]


# More never costs less


def unknown(result: Estimate) -> set[str]:
    """Return the charges of which an estimate leaves an amount out."""
    return {line.position.charge for line in result.six_years().unknown}


def never_less(before: Estimate, after: Estimate) -> None:
    """Check that six years cost no less after than before.

    A charge that has newly gone on quote is unknown, not zero: it is left out of both sides.
    """
    apart = unknown(after) - unknown(before)
    known = [
        sum(line.amount * line.times() for line in each.lines if line.amount and line.position.charge not in apart)
        for each in (before, after)
    ]
    assert known[1] >= known[0]
    assert unknown(after) >= unknown(before)


@given(client=CLIENTS, order=ORDERS, item=st.sampled_from(ITEMS), step=st.integers(1, 45))
def test_more_of_anything_never_costs_less_over_six_years(client: Client, order: Order, item: str, step: int) -> None:
    value = True if item in CHOICES else order.quantity(item) + step
    assume(value <= MAX_QUANTITY)
    more = order.model_copy(update={item: value})
    never_less(estimate(client, order, TARIFF), estimate(client, more, TARIFF))


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
    for payee in (None, *PAYEES):
        plan = schedule(result, payee=payee)
        yield plan.again
        for rhythm in (None, *RHYTHMS):
            yield from (figure(result, payee=payee, rhythm=rhythm) for figure in FIGURES)
            yield from (year.of(payee=payee, rhythm=rhythm) for year in plan.years)


def differences(comparison: Comparison) -> tuple[Difference, Difference, Difference]:
    return comparison.first_year, comparison.recurring, comparison.six_years


def sentences(result: Estimate, tariff: Tariff) -> Iterator[str]:
    """Yield all the French text about an estimate."""
    yield result.placements["demarches"].words()
    if isinstance(result.placements["demarches"], Placed):
        yield from (
            each.words()
            for each in (*result.placements["demarches"].findings, *result.placements["demarches"].thresholds)
        )
    yield from (aside.why for aside in result.set_aside)
    for line in result.lines:
        yield from (line.name, line.words(), line.counted())
    yield from (whole.words() for whole in totals(result))
    # Empty where all that recurs is on quote: another test checks its exact text.
    yield from filter(None, [schedule(result).later_words()])
    yield spread(result, tariff).words()
    points = points_to_confirm(result, tariff)
    compared = [
        *((option.label, option.comparison) for option in options(result, tariff)),
        *((other.label, comparison) for point in points for other, comparison in point.effects),
    ]
    for label, comparison in compared:
        yield label
        for part in differences(comparison):
            yield from (part.words(), part.plainly())


@given(client=CLIENTS, order=ORDERS, rank=st.integers(0, len(READ) - 1))
@example(client=Client(inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS), order=FULLEST, rank=0)
@example(client=Client(structure="epci"), order=FULLEST, rank=0)
@example(client=Client(structure="other"), order=Order(), rank=0)
def test_any_order_under_any_reading_is_told_in_complete_sentences(client: Client, order: Order, rank: int) -> None:
    tariff = READ[rank]
    for words in sentences(estimate(client, order, tariff), tariff):
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


# Options and readings


def is_the_difference(comparison: Comparison, present: Estimate) -> None:
    """Check that a comparison is the two estimates' totals, one less the other, with what each leaves out."""
    assert comparison.against is present
    for figure, part in zip(FIGURES, differences(comparison), strict=True):
        ours, theirs = figure(present), figure(comparison.estimate)
        assert part.amount == theirs.amount - ours.amount
        assert part.counts == tuple(
            len(getattr(theirs, each)) - len(getattr(ours, each)) for each in ("on_quote", "missing", "not_stated")
        )
        charges = [[(line.position.charge, line.quantity) for line in each.unknown] for each in (ours, theirs)]
        assert charges[0] == charges[1] or not part.same_unknowns
        assert part.same_unknowns or ours.unknown != theirs.unknown
        assert ("€" in part.words()) == bool(part.amount or part.comparable)
        assert ("une autre part sur devis" in part.words()) == (not any(part.counts) and not part.same_unknowns)
        assert (part.plainly() == "aucun écart") == part.none


def bill(result: Estimate) -> list[tuple[Decimal, list[tuple[str, str, int]]]]:
    """Return all that an estimate bills, by payee and rhythm, with what it leaves out."""
    return [
        (whole.amount, [(line.outcome.kind, line.position.charge, line.quantity) for line in whole.unknown])
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
def test_every_reading_that_bills_otherwise_is_told_and_within_the_spread(client: Client, order: Order) -> None:
    """An alternative may also bill the same as an earlier one of its reading: the two are then shown as one."""
    present = estimate(client, order, TARIFF)
    told = {
        (point.number, alternative.label): comparison
        for point in points_to_confirm(present, TARIFF)
        for alternative, comparison in point.effects
    }
    within = spread(present, TARIFF)
    billed: dict[str, list[object]] = {}
    partial = present.six_years().partial
    for number, alternative, other in TARIFF.alternatives:
        first_year = alternative.first_year
        read_so = opened(present, first_year) if first_year else estimate(client, order, other or TARIFF)
        before = billed.setdefault(number, [bill(present)])
        if comparison := told.pop((number, alternative.label), None):
            is_the_difference(comparison, present)
            assert comparison.estimate == read_so
            assert bill(read_so) not in before
            before.append(bill(read_so))
        elif present.lines:
            assert bill(read_so) in before
        lowest = within.lowest if first_year else (within.first_year[0], within.six_years[0])
        assert lowest[0] <= read_so.answers.first_year.amount <= within.first_year[1]
        assert lowest[1] <= read_so.answers.six_years.amount <= within.six_years[1]
        partial |= read_so.six_years().partial
    assert not told
    assert partial == bool(within.left_out)


@given(client=CLIENTS, order=ORDERS)
def test_options_that_leave_more_unknown_come_after_those_that_leave_the_same(client: Client, order: Order) -> None:
    present = estimate(client, order, TARIFF)
    choices = options(present, TARIFF)
    ordered = [option.comparison.six_years for option in by_saving(choices)]
    assert sorted(map(repr, ordered)) == sorted(repr(option.comparison.six_years) for option in choices)
    comparable = [rank for rank, each in enumerate(ordered) if each.comparable]
    assert not any(max(each.counts) > 0 for each in ordered[: max(comparable, default=0)])
    assert [ordered[rank].amount for rank in comparable] == sorted(ordered[rank].amount for rank in comparable)


@given(client=CLIENTS, order=ORDERS)
def test_crossing_is_the_only_option_of_a_higher_category(client: Client, order: Order) -> None:
    present = estimate(client, order, TARIFF)
    higher = [
        option
        for option in options(present, TARIFF)
        if option.choice == "category" and option.comparison.estimate.categories > present.categories
    ]
    assert [*filter(None, [crossing(present, TARIFF, "demarches")])] == higher
    depends = order.quantity("demarches_simplifiees") and isinstance(present.placements["demarches"], Placed)
    assert len(higher) == (depends and present.categories != ("I",))
