"""Lowest and highest of year 1 and of six years, over all that the act leaves open."""

from decimal import Decimal

import pytest

from pricing import Client, Order, Tariff, estimate
from pricing.spread import spread
from tests.french import plain

TOWN = Client(inhabitants=1_250, agents=6)
DEMARCHES = Order(demarches_simplifiees=True)
ALL = "Selon les réponses à tous les points à confirmer, la 1re année"


def said(client: Client, order: Order, tariff: Tariff) -> str:
    return plain(spread(estimate(client, order, tariff), tariff).words())


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (TOWN, Order(), "Aucun point à confirmer ne change les totaux."),
        (TOWN, Order(domains=1), "Aucun point à confirmer ne change les totaux."),
        (TOWN, Order(web_pages=2), "Aucun point à confirmer ne change les totaux."),
        # 40 once, 80 and 50 a year. R2: the 50 once.
        (TOWN, Order(mailboxes_5go=4), f"{ALL} ne changerait pas et le total de six ans irait de 570,00 € à 820,00 €."),
        # R12: B, 50 once and 101 a year, or D, 200 and 356.
        (
            Client(inhabitants=1_500, agents=50),
            DEMARCHES,
            f"{ALL} irait de 151,00 € à 556,00 € et le total de six ans irait de 656,00 € à 2 336,00 €.",
        ),
        # 20 once, 47 and 25 a year. R3: 50 a year. R2 and R3: the 25, or the 50, once.
        (
            TOWN,
            Order(mailboxes_5go=1, mailboxes_unlimited=1),
            f"{ALL} irait de 92,00 € à 117,00 € et le total de six ans irait de 327,00 € à 602,00 €.",
        ),
        # 190 once, 513 and 660 a year. R6: the 660 once. R7: a quote for them.
        (
            TOWN,
            Order(backups=1, extra_storage_go=60),
            f"{ALL} irait de 703,00 € à 1 363,00 € et le total de six ans irait de 3 268,00 € à 7 228,00 €, "
            "hors montants sur devis.",
        ),
        # Both services, each with its own readings: the lowest of both, and the highest of both.
        (
            TOWN,
            Order(mailboxes_5go=4, backups=1, extra_storage_go=60),
            f"{ALL} irait de 873,00 € à 1 533,00 € et le total de six ans irait de 3 838,00 € à 8 048,00 €, "
            "hors montants sur devis.",
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
            "Les points à confirmer ne changeraient que des montants sur devis ou à compléter.",
        ),
    ],
)
def test_the_lowest_and_the_highest_are_those_of_all_readings_together(
    client: Client, order: Order, words: str, tariff: Tariff
) -> None:
    assert said(client, order, tariff) == words


def test_readings_that_depend_on_each_other_are_combined(tariff: Tariff) -> None:
    # 60 boxes of 20 once and 25 a year. R3 and R4: 2 and 3 blocks of 50. R14 and R12: I by inhabitants, C by agents.
    boxes = spread(estimate(TOWN, Order(mailboxes_5go=21, mailboxes_unlimited=41), tariff), tariff)
    supports = [Decimal(each) for each in (300, 450, 200, 250)]  # R3 alone, all, R4 alone, both
    present = estimate(TOWN, Order(mailboxes_5go=21, mailboxes_unlimited=41), tariff).answers.first_year.amount
    lowest, highest = boxes.first_year
    assert lowest < present < highest
    assert highest - lowest == max(supports) - min(supports)


def test_two_readings_that_exclude_each_other_are_not_combined(tariff: Tariff) -> None:
    excluding = {
        "R1": {"services.mailbox.charges.support.price": {"kind": "per_unit", "amount": Decimal(3)}},
        "R2": {"services.mailbox.charges.support.price.beyond.counted_from": "first_unit"},
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
