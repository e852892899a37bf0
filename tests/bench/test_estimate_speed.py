"""How fast an order is priced. Run with -s to read the figures."""

import gc
from collections.abc import Callable
from datetime import date
from time import perf_counter

import pytest

from pricing import Client, Order, Tariff, estimate, load, options, points_to_confirm, schedule
from pricing.estimate import _lines
from pricing.options import by_saving, crossing
from pricing.spread import spread
from pricing.tariff import PAYEES, RHYTHMS

MOST_TIMES_A_BARE_SUM = 30
"""How many times the cost of only adding the same integers an estimate with its lines may take, nothing kept."""
MOST_KEPT = 200e-6
"""Seconds for an estimate whose lines are kept: publicodes takes about 4 ms for one evaluation of this tariff."""
MOST_PAGE = 5e-3
"""Seconds of a rerun of the page that pricing may take."""

CLIENT = Client(inhabitants=1250, agents=6)
FULL = Order(
    mailboxes_5go=18,
    mailboxes_unlimited=7,
    domains=2,
    web_pages=1,
    certificates_cdg_1y=1,
    certificates_cdg_2y=2,
    certificates_cdg_3y=3,
    certificates_on_site_1y=1,
    certificates_on_site_2y=2,
    certificates_on_site_3y=3,
    backups=2,
    extra_storage_go=40,
    antivirus_devices=12,
    antivirus_intervention=True,
    demarches_simplifiees=True,
)
"""Every item of the act, each with a known price."""

Row = tuple[int, str, str, str, int]
"""Cents, payee, rhythm, family, and the years between two payments (0: paid once)."""


@pytest.fixture(scope="module")
def act() -> Tariff:
    """The tariff of 26 March 2024."""
    return load().adopted(date(2024, 3, 26))


def best(work: Callable[[], object], *, runs: int, seconds: float = 1.0, enough: float = 0.0) -> float:
    """Seconds of one run in the best of many short repeats, so that what else the machine does is left out.

    On a busy machine it goes on for as long as `seconds`; it stops earlier at a time that is `enough`.
    """
    found = float("inf")
    collecting = gc.isenabled()
    gc.disable()
    try:
        until = perf_counter() + seconds
        repeats = 0
        while repeats < 10 or (found > enough and perf_counter() < until):
            start = perf_counter()
            for _ in range(runs):
                work()
            found = min(found, (perf_counter() - start) / runs)
            repeats += 1
    finally:
        if collecting:
            gc.enable()
    return found


def bare_sum(rows: list[Row]) -> tuple[dict[str, int], dict[str, int], dict[str, int], list[dict[str, int]]]:
    """Only add cents up: by payee, by rhythm, by family, and six years by payee and rhythm."""
    by_payee: dict[str, int] = {}
    by_rhythm: dict[str, int] = {}
    by_family: dict[str, int] = {}
    for cents, payee, rhythm, family, _ in rows:
        by_payee[payee] = by_payee.get(payee, 0) + cents
        by_rhythm[rhythm] = by_rhythm.get(rhythm, 0) + cents
        by_family[family] = by_family.get(family, 0) + cents
    years: list[dict[str, int]] = []
    for year in range(6):
        parts: dict[str, int] = {}
        for cents, payee, rhythm, _, every in rows:
            if year % every == 0 if every else year == 0:
                key = payee + rhythm
                parts[key] = parts.get(key, 0) + cents
        years.append(parts)
    return by_payee, by_rhythm, by_family, years


def rows_of(act: Tariff) -> list[Row]:
    """The lines of the full order as bare rows; the act's « inclus » is 0, a price it does not state is left out."""
    return [
        (int(line.amount * 100), line.payee, line.rhythm, line.position.family, line.position.every)
        for line in estimate(CLIENT, FULL, act).lines
        if line.amount is not None
    ]


def priced(act: Tariff) -> None:
    """One estimate with its lines, and its six years."""
    schedule(estimate(CLIENT, FULL, act))


def test_the_full_order_leaves_nothing_unknown(act: Tariff) -> None:
    result = estimate(CLIENT, FULL, act)
    assert all(FULL.quantity(item) for item in Order.model_fields)
    assert not result.answers.six_years.partial
    assert not result.set_aside


def test_the_bare_sum_adds_the_same_amounts(act: Tariff) -> None:
    result = estimate(CLIENT, FULL, act)
    by_payee, by_rhythm, by_family, years = bare_sum(rows_of(act))
    assert by_payee == {payee: result.first_year(payee=payee).amount * 100 for payee in ("fibre", "cdg")}
    assert by_rhythm == {
        rhythm: result.first_year(rhythm=rhythm).amount * 100 for rhythm in ("setup", "yearly", "term")
    }
    assert by_family == {family: result.first_year(family=family).amount * 100 for family in by_family}
    plan = schedule(result)
    assert [sum(parts.values()) for parts in years] == [year.total.amount * 100 for year in plan.years]
    for parts, year in zip(years, plan.years, strict=True):
        for payee in PAYEES:
            for rhythm in RHYTHMS:
                assert parts.get(payee + rhythm, 0) == year.of(payee=payee, rhythm=rhythm).amount * 100


def test_an_estimate_with_its_lines_costs_little_more_than_a_bare_sum(act: Tariff) -> None:
    rows = rows_of(act)

    def with_nothing_kept() -> None:
        _lines.cache_clear()
        priced(act)

    # Measured in turns, so that a machine that slows down for a moment slows both.
    turns = [
        (best(with_nothing_kept, runs=15, seconds=0.06), best(lambda: bare_sum(rows), runs=100, seconds=0.06))
        for _ in range(8)
    ]
    ours, bare = min(ours for ours, _ in turns), min(bare for _, bare in turns)
    times = ours / bare
    figures = (
        f"{len(rows)} amounts: {ours * 1e6:.0f} µs with nothing kept, "
        f"{bare * 1e6:.1f} µs for the bare sum, {times:.1f} times as much (at most {MOST_TIMES_A_BARE_SUM})"
    )
    print(f"\n{figures}")
    assert times <= MOST_TIMES_A_BARE_SUM, figures


def test_an_estimate_whose_lines_are_kept_takes_microseconds(act: Tariff) -> None:
    priced(act)
    kept = best(lambda: priced(act), runs=15, seconds=20.0, enough=MOST_KEPT * 0.8)
    figures = f"{kept * 1e6:.0f} µs for an estimate and its six years, lines kept (at most {MOST_KEPT * 1e6:.0f} µs)"
    print(f"\n{figures}")
    assert kept <= MOST_KEPT, figures


def test_a_rerun_of_the_page_takes_little_of_it(act: Tariff) -> None:
    def page() -> None:
        result = estimate(CLIENT, FULL, act)
        years = schedule(result)
        assert result.answers.six_years.amount == sum(year.total.amount for year in years.years)
        choices = options(result, act)
        assert by_saving(choices)
        assert crossing(result, act)
        points = points_to_confirm(result, act)
        assert points

    page()
    took = best(page, runs=2, seconds=20.0, enough=MOST_PAGE * 0.8)
    figures = f"{took * 1e3:.2f} ms for all that a rerun of the page asks of pricing (at most {MOST_PAGE * 1e3:.0f} ms)"
    print(f"\n{figures}")
    assert took <= MOST_PAGE, figures


def test_a_spread_over_all_readings_takes_little(act: Tariff) -> None:
    result = estimate(CLIENT, FULL, act)
    assert spread(result, act).words()
    took = best(lambda: spread(result, act), runs=2, seconds=20.0, enough=MOST_PAGE * 0.8)
    assert took <= MOST_PAGE, f"{took * 1e3:.2f} ms for a spread over all readings (at most {MOST_PAGE * 1e3:.0f} ms)"
