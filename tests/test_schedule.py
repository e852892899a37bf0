"""Six years of cash: the parts of each year, what it leaves out, and the text for a later year."""

from decimal import Decimal

import pytest
from french import plain

from pricing import Client, Order, Tariff, estimate, schedule
from pricing.catalogue import FOLDER
from pricing.checks import read
from pricing.tariff import Payee

TOWN = Client(inhabitants=1_250, agents=6)
EPCI = Client(structure="epci", inhabitants=25_000)
"""EPCI whose Démarches simplifiées are on quote: three lines in year 1, two of them yearly, one for each payee."""
QUOTES = "2 montants sur devis"


@pytest.mark.parametrize(
    ("client", "order", "payee", "years", "later", "again"),
    [
        # Nothing recurs
        (TOWN, Order(), None, ["0,00 €"] * 6, "0,00 €", "0,00 €"),
        # 40 once; 4 × 20 = 80 and 50 a year
        (TOWN, Order(mailboxes_5go=4), None, ["170,00 €"] + ["130,00 €"] * 5, "130,00 €", "130,00 €"),
        (TOWN, Order(mailboxes_5go=4), "fibre", ["80,00 €"] * 6, "80,00 €", "80,00 €"),
        (TOWN, Order(mailboxes_5go=4), "cdg", ["90,00 €"] + ["50,00 €"] * 5, "50,00 €", "50,00 €"),
        # The same, and 84 every other year
        (
            TOWN,
            Order(mailboxes_5go=4, certificates_cdg_2y=1),
            None,
            ["254,00 €", "130,00 €", "214,00 €", "130,00 €", "214,00 €", "130,00 €"],
            "130,00 € à 214,00 €",
            "214,00 €",
        ),
        # 180 every other year; of its support the act states no price
        (
            TOWN,
            Order(certificates_on_site_2y=1),
            None,
            ["180,00 €", "0,00 €", "180,00 €", "0,00 €", "180,00 €", "0,00 €"],
            "0,00 € à 180,00 €",
            "180,00 €",
        ),
        (
            TOWN,
            Order(certificates_on_site_2y=1),
            "cdg",
            ["aucun prix indiqué", "0,00 €", "aucun prix indiqué", "0,00 €", "aucun prix indiqué", "0,00 €"],
            "aucun prix indiqué",
            "aucun prix indiqué",
        ),
        # 186 in years 1 and 4
        (
            TOWN,
            Order(certificates_on_site_3y=1),
            "fibre",
            ["186,00 €", "0,00 €", "0,00 €", "186,00 €", "0,00 €", "0,00 €"],
            "0,00 € à 186,00 €",
            "186,00 €",
        ),
        (
            TOWN,
            Order(certificates_on_site_3y=1),
            "cdg",
            ["aucun prix indiqué", "0,00 €", "0,00 €", "aucun prix indiqué", "0,00 €", "0,00 €"],
            "aucun prix indiqué",
            "aucun prix indiqué",
        ),
        # « Inclus » is a known zero
        (TOWN, Order(certificates_cdg_3y=1), "cdg", ["0,00 €"] * 6, "0,00 €", "0,00 €"),
        # All that recurs is on quote
        (EPCI, Order(demarches_simplifiees=True), None, ["3 montants sur devis"] + [QUOTES] * 5, "", QUOTES),
        (
            EPCI,
            Order(demarches_simplifiees=True),
            "cdg",
            ["1 montant sur devis"] * 6,
            "",
            "1 montant sur devis",
        ),
        # All that recurs is to be completed
        (
            Client(),
            Order(demarches_simplifiees=True),
            None,
            ["3 montants à compléter"] + ["2 montants à compléter"] * 5,
            "",
            "2 montants à compléter",
        ),
        # The cheapest of the later years is wholly on quote; 90 in years 1 and 4
        (
            EPCI,
            Order(demarches_simplifiees=True, certificates_cdg_3y=1),
            None,
            ["90,00 € + 3 montants sur devis", QUOTES, QUOTES, f"90,00 € + {QUOTES}", QUOTES, QUOTES],
            "jusqu'à 90,00 €",
            f"90,00 € + {QUOTES}",
        ),
        # A known part in each of the later years: 20 + 25 a year, 90 in year 4
        (
            EPCI,
            Order(demarches_simplifiees=True, certificates_cdg_3y=1, mailboxes_5go=1),
            None,
            [
                "145,00 € + 3 montants sur devis",
                f"45,00 € + {QUOTES}",
                f"45,00 € + {QUOTES}",
                f"135,00 € + {QUOTES}",
                f"45,00 € + {QUOTES}",
                f"45,00 € + {QUOTES}",
            ],
            "45,00 € à 135,00 €",
            f"135,00 € + {QUOTES}",
        ),
    ],
)
def test_the_years_and_a_later_year_have_their_exact_text(
    client: Client, order: Order, payee: Payee | None, years: list[str], later: str, again: str, tariff: Tariff
) -> None:
    plan = schedule(estimate(client, order, tariff), payee=payee)
    assert [plain(year.total.words()) for year in plan.years] == years
    assert plain(plan.later_words()) == later
    assert plain(plan.again.words()) == again


def test_a_range_may_break_only_before_the_word_that_precedes_its_second_amount(tariff: Tariff) -> None:
    plan = schedule(estimate(TOWN, Order(certificates_on_site_2y=1), tariff))
    assert plan.later_words() == "0,00\u00a0€ à\u00a0180,00\u00a0€"


def test_a_part_of_a_year_names_the_quote_it_leaves_out(tariff: Tariff) -> None:
    order = Order(demarches_simplifiees=True, mailboxes_5go=4)
    first, second, *_ = schedule(estimate(EPCI, order, tariff)).years
    # 4 × 20 = 80 to La Fibre and 50 to the CDG a year, each with its quote; 40 once to the CDG, and La Fibre's quote
    assert plain(first.of(payee="fibre", rhythm="yearly").words()) == "80,00 € + 1 montant sur devis"
    assert plain(first.of(payee="cdg", rhythm="yearly").words()) == "50,00 € + 1 montant sur devis"
    assert plain(first.of(payee="fibre", rhythm="setup").words()) == "1 montant sur devis"
    assert plain(first.of(payee="cdg", rhythm="setup").words()) == "40,00 €"
    assert plain(first.of(rhythm="setup").words()) == "40,00 € + 1 montant sur devis"
    assert plain(first.of(payee="fibre").words()) == "80,00 € + 2 montants sur devis"
    assert plain(first.of().words()) == plain(first.total.words()) == "170,00 € + 3 montants sur devis"
    assert plain(second.of(payee="fibre", rhythm="setup").words()) == "0,00 €"
    assert [line.position.charge for line in first.of(payee="cdg").on_quote] == ["demarches.support"]


def test_a_year_holds_the_lines_paid_in_it_in_the_order_of_the_act(tariff: Tariff) -> None:
    order = Order(domains=1, certificates_cdg_2y=1, certificates_cdg_3y=1, web_pages=1)
    result = estimate(TOWN, order, tariff)
    domain, page = "domain.subscription", "web_page.subscription"
    two_years = ["certificate.cdg 2", "certificate.cdg_support 2"]
    three_years = ["certificate.cdg 3", "certificate.cdg_support 3"]
    both = ["certificate.cdg 2", "certificate.cdg 3", "certificate.cdg_support 2", "certificate.cdg_support 3"]
    assert [
        [
            f"{line.position.charge} {line.position.every}" if line.rhythm == "term" else line.position.charge
            for line in year.due
        ]
        for year in schedule(result).years
    ] == [
        [domain, page, "web_page.setup", *both],
        [domain, page],
        [domain, page, *two_years],
        [domain, page, *three_years],
        [domain, page, *two_years],
        [domain, page],
    ]


def test_six_years_are_counted_from_one_and_five_of_them_are_later(tariff: Tariff) -> None:
    years = schedule(estimate(TOWN, Order(domains=1), tariff))
    assert [year.number for year in years.years] == [1, 2, 3, 4, 5, 6]
    assert [year.number for year in years.later] == [2, 3, 4, 5, 6]


def test_the_total_of_the_later_years_counts_every_line_once(tariff: Tariff) -> None:
    # 20 + 25 a year, 76.80 five times more, 90 once more, and two « inclus »; the 10 of set-up is not paid again
    order = Order(mailboxes_5go=1, certificates_cdg_1y=1, certificates_cdg_3y=1)
    again = schedule(estimate(TOWN, order, tariff)).again
    assert (again.amount, again.known, again.included) == (Decimal("211.80"), 4, 2)
    assert again.left_out() == []


def test_a_certificate_for_six_years_is_not_paid_again_within_six_years() -> None:
    text = (FOLDER / "2024-03-26.toml").read_text(encoding="utf-8")
    for before, after in (
        ("{ years = 3, price = 90 }", "{ years = 6, price = 90 }"),
        (
            'remis au CDG", unit = "certificat", units = "certificats", term_years = 3',
            'remis au CDG", unit = "certificat", units = "certificats", term_years = 6',
        ),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    tariff = read(text.encode(), "2024-03-26.toml")
    plan = schedule(estimate(TOWN, Order(certificates_cdg_3y=1), tariff))
    assert [plain(year.total.words()) for year in plan.years] == ["90,00 €"] + ["0,00 €"] * 5
    assert plain(plan.again.words()) == "0,00 €"
    assert plain(plan.later_words()) == "0,00 €"
