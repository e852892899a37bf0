"""Differences between two estimates, as text and as counts of what each leaves out."""

from decimal import Decimal

import pytest

from pricing import Client, Order, Tariff, Total, estimate
from pricing.compare import Difference, compare, difference
from tests.french import plain

TOWN = Client(inhabitants=1_250, agents=6)
EPCI = Client(structure="epci", inhabitants=25_000)
DEMARCHES = Order(demarches_simplifiees=True)
"""Order of which every price is on quote for an EPCI (R14)."""
LESS = "1 montant sur devis de moins"
MORE = "1 montant sur devis de plus"
OTHER = "une autre part sur devis"
THREE = "1 montant sur devis de plus et 1 montant à compléter de moins et 2 montants sans prix indiqué de moins"


@pytest.mark.parametrize(
    ("amount", "counts", "same", "said", "plainly"),
    [
        ("0", (0, 0, 0), True, "0,00 €", "aucun écart"),
        ("27", (0, 0, 0), True, "+27,00 €", "27,00 € de plus"),
        ("-280.80", (0, 0, 0), True, "−280,80 €", "280,80 € de moins"),
        ("0", (1, 0, 0), True, MORE, MORE),
        ("-50", (1, 0, 0), True, f"−50,00 €, mais {MORE}", f"50,00 € de moins, mais {MORE}"),
        ("-50", (-1, 0, 0), True, f"−50,00 € et {LESS}", f"50,00 € de moins et {LESS}"),
        ("0", (0, 3, 0), True, "3 montants à compléter de plus", "3 montants à compléter de plus"),
        ("-96", (1, -1, -2), False, f"−96,00 €, mais {THREE}", f"96,00 € de moins, mais {THREE}"),
        ("1100", (0, 0, 0), False, f"+1 100,00 € et {OTHER}", f"1 100,00 € de plus et {OTHER}"),
        ("0", (0, 0, 0), False, OTHER, OTHER),
    ],
)
def test_a_difference_gives_its_amount_and_every_part_without_one(
    amount: str, counts: tuple[int, int, int], same: bool, said: str, plainly: str
) -> None:
    found = Difference(Decimal(amount), *counts, same_unknowns=same)
    assert (plain(found.words()), plain(found.plainly())) == (said, plainly)
    assert found.none == (said == "0,00 €")
    assert found.comparable == said.endswith("€")


def test_a_note_on_an_amount_is_not_added_to_parts_without_one() -> None:
    assert plain(Difference(Decimal(228), 0).words(" en moyenne")) == "+228,00 € en moyenne"
    assert plain(Difference(Decimal(-228), -1).words(" en moyenne")) == f"−228,00 € en moyenne et {LESS}"
    assert plain(Difference(Decimal(0), 1).words(" en moyenne")) == MORE


def test_a_difference_read_from_afar_is_a_few_words() -> None:
    assert plain(Difference(Decimal(360), 1).briefly()) == "+360,00 €, + 1 sur devis"
    assert plain(Difference(Decimal(-50), -2, missing=1).briefly(" en moyenne")) == (
        "−50,00 € en moyenne, − 2 sur devis, + 1 à compléter"
    )
    assert plain(Difference(Decimal(0), 0, not_stated=1).briefly()) == "+ 1 sans prix"
    assert plain(Difference(Decimal(0), 0, same_unknowns=False).briefly()) == "une autre part sur devis"


def test_two_quotes_for_different_quantities_are_not_equal(tariff: Tariff) -> None:
    def total(go: int) -> Total:
        return estimate(TOWN, Order(backups=1, extra_storage_go=go), tariff).answers.six_years

    assert difference(total(40_000), total(101)) == Difference(Decimal(0), 0, same_unknowns=False)
    assert difference(total(101), total(101)) == Difference(Decimal(0), 0)
    # 100 × 11 × 6 = 6 600 more have no price
    assert difference(total(101), total(100)) == Difference(Decimal(-6_600), 1, same_unknowns=False)


def test_the_frequency_of_an_unknown_part_counts_over_several_years_only(tariff: Tariff) -> None:
    once = tariff.changed({"services.demarches.charges.support.rhythm": "setup"})
    comparison = compare(estimate(EPCI, DEMARCHES, once), estimate(EPCI, DEMARCHES, tariff))
    assert comparison.first_year.none
    assert comparison.recurring.on_quote == -1
    assert not comparison.six_years.same_unknowns


def test_a_part_missing_from_both_is_no_difference_and_differs_from_a_quote(tariff: Tariff) -> None:
    missing, on_quote = (estimate(client, DEMARCHES, tariff) for client in (Client(), EPCI))
    with_domain = estimate(Client(), Order(demarches_simplifiees=True, domains=1), tariff)
    assert plain(compare(with_domain, missing).six_years.words()) == "+90,00 €"
    assert compare(missing, on_quote).recurring == Difference(Decimal(0), -2, missing=2)


@pytest.mark.parametrize(
    ("client", "charge", "order", "amount", "unknown"),
    [
        (TOWN, "mailbox.charges.setup.payee", Order(mailboxes_5go=4), 40, 0),
        (TOWN, "demarches.charges.setup.payee", DEMARCHES, -50, 0),
        (EPCI, "demarches.charges.setup.payee", DEMARCHES, 0, -1),
    ],
)
def test_what_passes_from_one_quote_to_the_other_is_counted(
    client: Client, charge: str, order: Order, amount: int, unknown: int, tariff: Tariff
) -> None:
    payee = "fibre" if amount > 0 else "cdg"
    here, there = (estimate(client, order, each) for each in (tariff, tariff.changed({f"services.{charge}": payee})))
    comparison = compare(there, here)
    assert comparison.six_years.none
    assert (comparison.to_fibre.amount, comparison.to_fibre.on_quote) == (amount, unknown)
    assert comparison.against is here
