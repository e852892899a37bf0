"""Six years of cash: the parts of each year, what it leaves out, and the text for a later year."""

from decimal import Decimal

import pytest

from pricing import Client, Order, Tariff, estimate, schedule
from pricing.tariff import Payee
from tests.french import plain

TOWN = Client(inhabitants=1_250, agents=6)
EPCI = Client(structure="epci", inhabitants=25_000)
"""EPCI whose Démarches simplifiées are on quote: three lines in year 1, two of them yearly, one for each payee."""
DEMARCHES = Order(demarches_simplifiees=True)
QUOTES = "2 montants sur devis"
UNSTATED = "aucun prix indiqué"


@pytest.mark.parametrize(
    ("client", "order", "payee", "later", "again"),
    [
        (TOWN, Order(), None, "0,00 €", "0,00 €"),
        (TOWN, Order(mailboxes_5go=4), None, "130,00 €", "130,00 €"),
        (TOWN, Order(mailboxes_5go=4), "cdg", "50,00 €", "50,00 €"),
        # 84 every other year
        (TOWN, Order(mailboxes_5go=4, certificates_cdg_2y=1), None, "130,00 € à 214,00 €", "214,00 €"),
        (TOWN, Order(certificates_on_site_3y=1), None, "0,00 € à 186,00 €", "186,00 €"),
        # « Inclus » is a known zero, and a price that is not stated is none
        (TOWN, Order(certificates_cdg_3y=1), "cdg", "0,00 €", "0,00 €"),
        (TOWN, Order(certificates_on_site_3y=1), "cdg", UNSTATED, UNSTATED),
        # All that recurs is on quote, or to be completed
        (EPCI, DEMARCHES, None, "", QUOTES),
        (EPCI, DEMARCHES, "cdg", "", "1 montant sur devis"),
        (Client(), DEMARCHES, None, "", "2 montants à compléter"),
        # The cheapest of the later years is wholly on quote; 90 in years 1 and 4
        (
            EPCI,
            Order(demarches_simplifiees=True, certificates_cdg_3y=1),
            None,
            "jusqu'à 90,00 €",
            f"90,00 € + {QUOTES}",
        ),
        # A known part in each of the later years: 20 + 25 a year, 90 in year 4
        (
            EPCI,
            Order(demarches_simplifiees=True, certificates_cdg_3y=1, mailboxes_5go=1),
            None,
            "45,00 € à 135,00 €",
            f"135,00 € + {QUOTES}",
        ),
    ],
)
def test_a_later_year_has_its_exact_text(
    client: Client, order: Order, payee: Payee | None, later: str, again: str, tariff: Tariff
) -> None:
    plan = schedule(estimate(client, order, tariff), payee=payee)
    assert (plain(plan.later_words()), plain(plan.again.words())) == (later, again)


def test_a_range_may_break_only_before_the_word_that_precedes_its_second_amount(tariff: Tariff) -> None:
    plan = schedule(estimate(TOWN, Order(certificates_on_site_2y=1), tariff))
    assert plan.later_words() == "0,00\u00a0€ à\u00a0180,00\u00a0€"


def test_each_year_and_each_part_of_it_says_what_it_leaves_out(tariff: Tariff) -> None:
    order = Order(demarches_simplifiees=True, mailboxes_5go=4, certificates_cdg_2y=1)
    years = schedule(estimate(EPCI, order, tariff)).years
    # 40 once; 80 + 50 a year and two quotes; 84 every other year
    quotes = f"130,00 € + {QUOTES}"
    assert [plain(year.total.words()) for year in years] == [
        "254,00 € + 3 montants sur devis",
        quotes,
        f"214,00 € + {QUOTES}",
        quotes,
        f"214,00 € + {QUOTES}",
        quotes,
    ]
    assert plain(years[0].of(payee="fibre", rhythm="yearly").words()) == "80,00 € + 1 montant sur devis"
    assert plain(years[0].of(payee="fibre", rhythm="setup").words()) == "1 montant sur devis"
    assert plain(years[0].of(rhythm="setup").words()) == "40,00 € + 1 montant sur devis"
    assert plain(years[1].of(payee="fibre", rhythm="setup").words()) == "0,00 €"


def test_the_total_of_the_later_years_counts_every_line_once(tariff: Tariff) -> None:
    # 20 + 25 a year, 76.80 five times more, 90 once more; the 10 of set-up is not paid again
    order = Order(mailboxes_5go=1, certificates_cdg_1y=1, certificates_cdg_3y=1)
    again = schedule(estimate(TOWN, order, tariff)).again
    assert (again.amount, again.known) == (Decimal("211.80"), 4)


def test_a_certificate_for_six_years_is_not_paid_again_within_six_years(tariff: Tariff) -> None:
    service = "services.certificate"
    terms = [{"years": years, "price": 90} for years in (1, 2, 6)]
    otherwise = tariff.changed(
        {f"{service}.items.certificates_cdg_3y.term_years": 6, f"{service}.charges.cdg.price.terms": terms}
    )
    result = estimate(TOWN, Order(certificates_cdg_3y=1), otherwise)
    plan = schedule(result)
    assert [year.total.amount for year in plan.years] == [90, 0, 0, 0, 0, 0]
    assert (plain(plan.again.words()), plain(plan.later_words())) == ("0,00 €", "0,00 €")
    assert (result.answers.recurring.amount, result.answers.six_years.amount) == (15, 90)
