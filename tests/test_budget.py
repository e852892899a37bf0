"""Services in place, costs of today, a first year from a month on, rising prices: to the cent, as worked by hand."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pricing import Client, Estimate, Order, estimate, points_to_confirm, schedule
from pricing.budget import RISES, Gap, against_today, from_month, rising
from pricing.options import options, without_a_service
from pricing.points import spread
from pricing.tariff import PAYEES
from tests.links import ACT, SERVICES
from tests.test_properties import CLIENTS, ORDERS, READ

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "budget.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["case"]
IN_PLACE = some.frozensets(some.sampled_from(SERVICES))
TOWN = Client(inhabitants=1_250, agents=6)


def made(case: dict[str, Any]) -> Estimate:
    client, order = Client.model_validate(case["client"]), Order.model_validate(case["order"])
    return estimate(client, order, ACT, frozenset(case.get("in_place", ())))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_case_worked_by_hand_is_exact_to_the_cent(case: dict[str, Any]) -> None:
    result, expected = made(case), case["expected"]
    found: dict[str, Any] = {
        "first_year": result.answers.first_year.amount,
        "recurring": result.answers.recurring.amount,
        "six_years": result.answers.six_years.amount,
        "not_due": [line.position.charge for line in result.lines if line.outcome.kind == "in_place"],
    }
    if "paid_today" in case:
        gap = against_today(schedule(result), case["paid_today"])
        found["against_today"] = [gap.lowest, gap.highest, gap.six_years]
    if "month" in case:
        found["from_month"] = [total.amount for total in from_month(result, case["month"])]
    if "rising" in expected:
        found["rising"] = [rising(result, percent) for percent in RISES]
    assert found == expected, case["why"]


@given(client=CLIENTS, order=ORDERS, in_place=IN_PLACE, more=IN_PLACE)
def test_more_in_place_never_raises_a_figure_and_makes_nothing_unknown_known(
    client: Client, order: Order, in_place: frozenset[str], more: frozenset[str]
) -> None:
    for tariff in READ:
        fewer, all_ = (estimate(client, order, tariff, each) for each in (in_place, in_place | more))
        assert [(line.position, line.quantity) for line in all_.lines] == [
            (line.position, line.quantity) for line in fewer.lines
        ], "a line that is not due stays in the list"
        for payee in (None, *PAYEES):
            assert all_.first_year(payee=payee).amount <= fewer.first_year(payee=payee).amount
            assert all_.recurring(payee=payee) == fewer.recurring(payee=payee)
            assert all_.six_years(payee=payee).amount <= fewer.six_years(payee=payee).amount
            assert all_.six_years(payee=payee).unknown == fewer.six_years(payee=payee).unknown


@given(client=CLIENTS, order=ORDERS, in_place=IN_PLACE)
def test_every_estimate_beside_one_has_the_same_in_place(
    client: Client, order: Order, in_place: frozenset[str]
) -> None:
    present = estimate(client, order, ACT, in_place)
    beside = [each.comparison.estimate for each in (*options(present, ACT), *without_a_service(present, ACT, {}))]
    assert all(each.in_place == in_place for each in beside)
    for point in points_to_confirm(present, ACT):
        for alternative, effect in point.effects:
            due = alternative.label == "Ce qui est déjà en place paie quand même sa mise en service."
            assert effect.estimate.in_place == (frozenset() if due else in_place)
            within = spread(present, ACT)
            if not alternative.first_year or due:
                for bounds, total in zip(
                    (within.first_year, within.six_years),
                    (effect.estimate.first_year(), effect.estimate.six_years()),
                    strict=True,
                ):
                    assert bounds[0] <= total.amount <= bounds[1]


def test_whether_what_is_in_place_pays_its_set_up_stays_open() -> None:
    present = estimate(TOWN, Order(mailboxes_5go=4, web_pages=1), ACT, frozenset({"mailbox"}))
    [point] = [each for each in points_to_confirm(present, ACT) if each.number == "R17"]
    labels = [alternative.label for alternative, _ in point.effects]
    assert labels[0] == "Ce qui est déjà en place paie quand même sa mise en service."
    assert point.effects[0][1].six_years.amount == Decimal("40.00")
    # R2 may make the support of the mailbox a part of its set-up, which is then either due once, or not at all.
    assert spread(present, ACT).first_year == (Decimal("144.00"), Decimal("234.00"))


def test_the_point_on_the_first_year_is_about_the_month_of_the_client() -> None:
    present = estimate(TOWN, Order(backups=1), ACT)
    for month, months, effect in ((9, 4, "-342.00"), (12, 1, "-470.25")):
        [point] = points_to_confirm(present, ACT, month)
        label, found = next((of.label, by.first_year.amount) for of, by in point.effects if "ne paie que" in of.label)
        assert f"ne paie que {months} mois" in label
        assert found == Decimal(effect)
        assert spread(present, ACT, month).lowest[0] == Decimal(513) + found
    [whole] = points_to_confirm(present, ACT, 1)
    assert not [of for of, _ in whole.effects if "ne paie que" in of.label], "a year from January is whole"


def test_what_is_asked_for_besides_is_due_in_a_service_in_place() -> None:
    order = Order(antivirus_devices=3, antivirus_intervention=True)
    assert estimate(TOWN, order, ACT, frozenset(SERVICES)).lines == estimate(TOWN, order, ACT).lines


@pytest.mark.parametrize("client", [Client(structure="epci", inhabitants=30_000), Client()], ids=["quote", "missing"])
def test_an_amount_that_is_not_known_stays_unknown(client: Client) -> None:
    order = Order(demarches_simplifiees=True)
    assert estimate(client, order, ACT, frozenset({"demarches"})).lines == estimate(client, order, ACT).lines


@given(client=CLIENTS, order=ORDERS, month=some.integers(1, 12))
def test_a_later_month_never_costs_more_and_january_is_a_whole_year(client: Client, order: Order, month: int) -> None:
    present = estimate(client, order, ACT)
    twelfths, whole = from_month(present, month)
    assert whole == present.first_year()
    assert twelfths.left_out() == whole.left_out()
    assert present.first_year().amount - present.first_year(rhythm="yearly").amount <= twelfths.amount <= whole.amount
    assert from_month(present, 1)[0] == whole


@given(client=CLIENTS, order=ORDERS)
def test_prices_that_rise_never_lower_six_years(client: Client, order: Order) -> None:
    present = estimate(client, order, ACT)
    assert rising(present, 0) == present.six_years().amount <= rising(present, 1) <= rising(present, 2)


def test_the_gap_is_between_each_later_year_and_today() -> None:
    plan = schedule(estimate(TOWN, Order(certificates_cdg_3y=1, domains=1), ACT))
    assert against_today(plan, 50) == Gap(Decimal("-35.00"), Decimal("55.00"), Decimal("-30.00"))
