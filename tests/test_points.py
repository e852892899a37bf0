"""Points of the act to confirm: those that concern an order, their effects, and the totals under all readings."""

from decimal import Decimal
from typing import Any

import pytest

from pricing import Client, Order, PointToConfirm, Tariff, estimate, points_to_confirm, schedule
from pricing.estimate import opened
from pricing.points import spread
from pricing.readings import FirstYear
from tests.french import plain
from tests.test_options import CASES, TOWN, asked

DEMARCHES = Order(demarches_simplifiees=True)
ALL = "Selon les réponses à tous les points à confirmer, la 1re année"
NONE = "Aucun point à confirmer ne change les totaux."


def lower(first: str, six: str, but: str = "") -> str:
    """Return the sentence on a first year that costs less."""
    return (
        f"Avec en plus des comptes déjà ouverts et une première année incomplète : au moins {first} € la 1re année et "
        f"{six} € sur six ans{but}."
    )


def points(tariff: Tariff, order: Order, client: Client = TOWN) -> dict[str, PointToConfirm]:
    """Return the points to confirm of an order by their number."""
    return {point.number: point for point in points_to_confirm(estimate(client, order, tariff), tariff)}


@pytest.mark.parametrize("case", CASES["effects"])
def test_the_effects_of_other_readings_are_exact_to_the_cent(case: dict[str, Any], tariff: Tariff) -> None:
    client, order = asked(case)
    effects = points(tariff, order, client)[case["number"]].effects
    assert {plain(other.label): plain(found.six_years.words()) for other, found in effects} == case["readings"]


@pytest.mark.parametrize(
    ("client", "order", "numbers"),
    [
        (TOWN, Order(), ""),
        (TOWN, Order(domains=1), "R17"),
        (TOWN, Order(mailboxes_5go=1, mailboxes_unlimited=1), "R1 R2 R3 R17"),
        # R3: 50 together, 25 + 25 apart: other lines, the same bill
        (TOWN, Order(mailboxes_5go=2, mailboxes_unlimited=1), "R1 R2 R17"),
        (TOWN, Order(mailboxes_5go=20), "R1 R2 R17"),
        (TOWN, Order(mailboxes_5go=21), "R1 R2 R4 R17"),
        (TOWN, Order(mailboxes_5go=21, backups=1, demarches_simplifiees=True), "R1 R2 R4 R13 R17"),
        (TOWN, Order(mailboxes_5go=15, mailboxes_unlimited=10), "R1 R2 R3 R4 R17"),
        (TOWN, Order(web_pages=1), "R1 R5 R17"),
        (TOWN, Order(certificates_on_site_3y=1), "R15 R17"),
        (TOWN, Order(backups=1), "R17"),
        (TOWN, Order(backups=1, extra_storage_go=40), "R6 R17"),
        (TOWN, Order(backups=1, extra_storage_go=41), "R6 R7 R17"),
        (TOWN, Order(backups=1, extra_storage_go=100), "R6 R7 R17"),
        (TOWN, Order(backups=1, extra_storage_go=101), "R6 R8 R17"),
        (TOWN, Order(extra_storage_go=10), "R16"),
        (TOWN, Order(domains=1, antivirus_intervention=True), "R16 R17"),
        (TOWN, Order(antivirus_devices=20, antivirus_intervention=True), "R1 R9 R17"),
        (TOWN, Order(antivirus_devices=21), "R9 R10 R17"),
        (Client(inhabitants=999), DEMARCHES, "R13 R17"),
        (Client(inhabitants=1_000), DEMARCHES, "R11 R13 R17"),
        (Client(inhabitants=1_001), DEMARCHES, "R13 R17"),
        (Client(inhabitants=1_000), Order(domains=1), "R17"),
        (Client(inhabitants=1_500, agents=50), DEMARCHES, "R12 R13 R17"),
        (Client(structure="other", agents=50), DEMARCHES, "R13 R14 R17"),
    ],
)
def test_only_the_points_that_concern_an_order_are_shown(
    client: Client, order: Order, numbers: str, tariff: Tariff
) -> None:
    found = points(tariff, order, client)
    assert " ".join(found) == numbers
    without = {"R5", "R9", "R10", "R15", "R16"} | ({"R17"} if numbers == "R15 R17" else set[str]())
    assert {number for number, point in found.items() if not point.effects} == without & set(found)


# Another first year (R17)


@pytest.mark.parametrize(("months", "first", "six"), [(1, "126.75", "2859.75"), (5, "297.75", "3030.75")])
def test_a_yearly_charge_is_paid_by_twelfths_of_the_first_year_each_line_rounded_once(
    months: int, first: str, six: str, tariff: Tariff
) -> None:
    # 463 and 50 a year: 38.58 and 4.17 for a month, 192.92 and 20.83 for five. A certificate, 84 in years 1, 3 and 5.
    order = Order(backups=1, certificates_cdg_2y=1)
    found = opened(estimate(TOWN, order, tariff), FirstYear(set_up_paid=True, months=months))
    assert (found.first_year().amount, found.six_years().amount) == (Decimal(first), Decimal(six))
    assert found.recurring() == estimate(TOWN, order, tariff).recurring()
    assert schedule(found).years[0].total == found.first_year()
    assert sum(year.total.amount for year in schedule(found).years) == found.six_years().amount


def test_open_accounts_pay_no_set_up_and_the_rest_as_before(tariff: Tariff) -> None:
    present = estimate(TOWN, Order(mailboxes_5go=4, antivirus_devices=21, antivirus_intervention=True), tariff)
    found = opened(present, FirstYear(set_up_paid=True))
    assert found.lines == present.select(rhythm="yearly")
    assert (present.first_year().on_quote, found.first_year().on_quote) == (present.select(rhythm="setup")[1:], ())


# The lowest and the highest


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (TOWN, Order(), NONE),
        # 100 once, 28 a year.
        (TOWN, Order(web_pages=2), f"Aucun autre point à confirmer ne change les totaux. {lower('14,00', '154,00')}"),
        # 40 once, 80 and 50 a year. R2: the 50 once.
        (
            TOWN,
            Order(mailboxes_5go=4),
            f"{ALL} ne changerait pas et le total de six ans irait de 570,00 € à 820,00 €. {lower('40,00', '440,00')}",
        ),
        # R12: B, 50 once and 101 a year, or D, 200 and 356.
        (
            Client(inhabitants=1_500, agents=50),
            DEMARCHES,
            f"{ALL} irait de 151,00 € à 556,00 € et le total de six ans irait de 656,00 € à 2 336,00 €. "
            f"{lower('50,50', '555,50')}",
        ),
        # 20 once, 47 and 25 a year. R3: 50 a year. R2 and R3: the 25, or the 50, once.
        (
            TOWN,
            Order(mailboxes_5go=1, mailboxes_unlimited=1),
            f"{ALL} irait de 92,00 € à 117,00 € et le total de six ans irait de 327,00 € à 602,00 €. "
            f"{lower('23,50', '258,50')}",
        ),
        # 190 once, 513 and 660 a year. R6: the 660 once. R7: a quote for them. Each service has readings of its own.
        (
            TOWN,
            Order(mailboxes_5go=4, backups=1, extra_storage_go=60),
            f"{ALL} irait de 873,00 € à 1 533,00 € et le total de six ans irait de 3 838,00 € à 8 048,00 €, "
            f"hors montants sur devis. {lower('296,50', '3 261,50', ', hors montants sur devis')}",
        ),
        # Quotes alone. R14: F, 200 once and 1 677 a year.
        (
            Client(structure="epci", inhabitants=25_000),
            DEMARCHES,
            f"{ALL} irait jusqu'à 1 877,00 € et le total de six ans irait jusqu'à 10 262,00 €, "
            "hors montants sur devis.",
        ),
        (
            Client(structure="other"),
            Order(domains=1, demarches_simplifiees=True),
            "Les points à confirmer ne changeraient que des montants sur devis ou à compléter. "
            "Avec en plus une première année incomplète : au moins 7,50 € la 1re année et 82,50 € sur six ans, "
            "hors montants sur devis ou à compléter.",
        ),
    ],
)
def test_the_lowest_and_the_highest_are_those_of_all_readings_together(
    client: Client, order: Order, words: str, tariff: Tariff
) -> None:
    assert plain(spread(estimate(client, order, tariff), tariff).words()) == words


def test_readings_that_depend_on_each_other_are_combined(tariff: Tariff) -> None:
    # Support of 62 accounts: 300 together; R3, by kind, 200 + 250; R4, from the first one, 200; both, 100 + 150.
    order = Order(mailboxes_5go=21, mailboxes_unlimited=41)
    lowest, highest = spread(estimate(TOWN, order, tariff), tariff).first_year
    # 62 × 10 once, 21 × 20 and 41 × 27 a year
    assert (lowest, highest) == (2_147 + 200, 2_147 + 450)


def test_two_readings_that_exclude_each_other_are_not_combined(tariff: Tariff) -> None:
    support = "services.mailbox.charges.support.price"
    excluding = {
        "R1": {support: {"kind": "per_unit", "amount": Decimal(3)}},
        "R2": {f"{support}.beyond.counted_from": "first_unit"},
    }
    other = tariff.changed(
        {
            f"readings.{number}.alternatives": [{"label": "Autrement.", "changes": changes}]
            for number, changes in excluding.items()
        }
    )
    # 210 once, 420 and 200 a year, or 63, or 100: 21 boxes.
    found = spread(estimate(TOWN, Order(mailboxes_5go=21), other), other)
    assert found.first_year == (Decimal("693.00"), Decimal("830.00"))
