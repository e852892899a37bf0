"""Options and points to confirm of an order, with their exact figures, all worked out by hand."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from french import plain

from pricing import Client, Order, PointToConfirm, Tariff, Total, estimate, options, points_to_confirm
from pricing.estimate import total
from pricing.options import Comparison, Difference, Option, by_saving, compare, crossing, difference
from pricing.order import MAX_QUANTITY

CASES = tomllib.loads(Path(__file__).with_name("options.toml").read_text(encoding="utf-8"))
"""Options and effects of other readings, in French, for those who know the act."""
TOWN = Client(inhabitants=1_250, agents=6)
"""Commune of category B by both criteria."""

UNSTATED = "1 montant sans prix indiqué de plus"
"""Text for the support of a certificate handed over on site, for which the act states no price."""

EPCI = Client(structure="epci", inhabitants=25_000)
DEMARCHES = Order(demarches_simplifiees=True)
"""Order of which every price is on quote for an EPCI (R14)."""

Figures = tuple[str, str, str]
"""Figures of year 1, each year and six years, in French."""


def words(comparison: Comparison) -> Figures:
    return (
        plain(comparison.first_year.words()),
        plain(comparison.recurring.words()),
        plain(comparison.six_years.words()),
    )


def offered(tariff: Tariff, order: Order, client: Client = TOWN) -> dict[str, Figures]:
    """Return the options of an order by their label, with their figures."""
    return {option.label: words(option.comparison) for option in options(estimate(client, order, tariff), tariff)}


def points(tariff: Tariff, order: Order, client: Client = TOWN) -> dict[str, PointToConfirm]:
    """Return the points to confirm of an order by their number."""
    return {point.number: point for point in points_to_confirm(estimate(client, order, tariff), tariff)}


# Cases worked by hand


@pytest.mark.parametrize("case", CASES["options"])
def test_the_options_of_an_order_are_exact_to_the_cent(case: dict[str, Any], tariff: Tariff) -> None:
    client, order = asked(case)
    expected = {label: tuple(figures) for label, figures in case.get("offered", {}).items()}
    assert list(offered(tariff, order, client).items()) == list(expected.items())


@pytest.mark.parametrize("case", CASES["effects"])
def test_the_effects_of_other_readings_are_exact_to_the_cent(case: dict[str, Any], tariff: Tariff) -> None:
    client, order = asked(case)
    effects = points(tariff, order, client)[case["number"]].effects
    found = {alternative.label: words(comparison) for alternative, comparison in effects}
    assert found == {label: tuple(figures) for label, figures in case["readings"].items()}


def asked(case: dict[str, Any]) -> tuple[Client, Order]:
    """Return the client and the order of a case."""
    return Client.model_validate(case["client"]) if "client" in case else TOWN, Order.model_validate(case["order"])


# Differences as text


def differs(amount: str, on_quote: int = 0, missing: int = 0, not_stated: int = 0, *, same: bool = True) -> Difference:
    return Difference(Decimal(amount), on_quote, missing, not_stated, same_unknowns=same)


QUOTE_LESS = "1 montant sur devis de moins"
QUOTE_MORE = "1 montant sur devis de plus"
OTHER_PART = "une autre part sur devis"


@pytest.mark.parametrize(
    ("found", "said", "plainly"),
    [
        (differs("0"), "0,00 €", "aucun écart"),
        (differs("27"), "+27,00 €", "27,00 € de plus"),
        (differs("-280.80"), "−280,80 €", "280,80 € de moins"),
        (differs("0", 1), QUOTE_MORE, QUOTE_MORE),
        (differs("-50", 1), f"−50,00 €, mais {QUOTE_MORE}", f"50,00 € de moins, mais {QUOTE_MORE}"),
        (differs("-50", -1), f"−50,00 € et {QUOTE_LESS}", f"50,00 € de moins et {QUOTE_LESS}"),
        (
            differs("1240", -2),
            "+1 240,00 €, mais 2 montants sur devis de moins",
            "1 240,00 € de plus, mais 2 montants sur devis de moins",
        ),
        (differs("0", 0, 3), "3 montants à compléter de plus", "3 montants à compléter de plus"),
        (
            differs("0", -1, 3),
            f"{QUOTE_LESS} et 3 montants à compléter de plus",
            f"{QUOTE_LESS} et 3 montants à compléter de plus",
        ),
        (differs("96", 0, 0, 1), f"+96,00 € et {UNSTATED}", f"96,00 € de plus et {UNSTATED}"),
        (
            differs("-96", 1, -1, -2, same=False),
            f"−96,00 €, mais {QUOTE_MORE} et 1 montant à compléter de moins et 2 montants sans prix indiqué de moins",
            f"96,00 € de moins, mais {QUOTE_MORE} et 1 montant à compléter de moins "
            "et 2 montants sans prix indiqué de moins",
        ),
        (differs("1100", same=False), f"+1 100,00 € et {OTHER_PART}", f"1 100,00 € de plus et {OTHER_PART}"),
        (differs("0", same=False), OTHER_PART, OTHER_PART),
    ],
)
def test_a_difference_gives_its_amount_and_every_part_without_one(found: Difference, said: str, plainly: str) -> None:
    assert (plain(found.words()), plain(found.plainly())) == (said, plainly)
    assert found.none == (said == "0,00 €")
    assert found.comparable == (said.endswith("€"))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Difference(Decimal(228), 0), "+228,00 € en moyenne"),
        (Difference(Decimal(-228), -1), "−228,00 € en moyenne et 1 montant sur devis de moins"),
        (Difference(Decimal(228), 0, missing=-1), "+228,00 € en moyenne, mais 1 montant à compléter de moins"),
        (Difference(Decimal(0), 2), "2 montants sur devis de plus"),
    ],
)
def test_a_note_on_an_amount_is_not_added_to_parts_without_one(found: Difference, said: str) -> None:
    assert plain(found.words(" en moyenne")) == said


def test_an_unknown_amount_that_passes_from_one_quote_to_the_other_is_counted(tariff: Tariff) -> None:
    by_cdg = tariff.changed({"services.demarches.charges.setup.payee": "cdg"})
    for client in (EPCI, Client()):
        here, there = (estimate(client, DEMARCHES, each) for each in (tariff, by_cdg))
        assert compare(there, here).unknown_to_fibre == -1
        assert compare(here, there).unknown_to_fibre == 1
        assert compare(here, here).unknown_to_fibre == 0


def test_two_quotes_for_different_quantities_are_not_equal(tariff: Tariff) -> None:
    def total(go: int) -> Total:
        return estimate(TOWN, Order(backups=1, extra_storage_go=go), tariff).answers.six_years

    assert difference(total(40_000), total(101)) == Difference(Decimal(0), 0, same_unknowns=False)
    assert difference(total(40_000), total(101)).words() == "une autre part sur devis"
    assert difference(total(101), total(101)) == Difference(Decimal(0), 0)
    # 100 × 11 × 6 = 6 600 more have no price
    assert difference(total(101), total(100)) == Difference(Decimal(-6_600), 1, same_unknowns=False)


def test_an_unknown_part_of_only_one_total_is_a_difference(tariff: Tariff) -> None:
    on_quote, nothing = total(line for line in estimate(EPCI, DEMARCHES, tariff).lines), total([])
    for one, other in product((on_quote, nothing), repeat=2):
        assert difference(one, other).same_unknowns == (one is other)


def test_the_frequency_of_an_unknown_part_counts_over_several_years_only(tariff: Tariff) -> None:
    lines = estimate(EPCI, DEMARCHES, tariff).lines
    once = [replace(line, position=replace(line.position, every=0)) for line in lines]
    yearly = [replace(line, position=replace(line.position, every=1)) for line in lines]
    assert difference(total(once), total(yearly)).same_unknowns
    assert not difference(total(once), total(yearly), over_years=True).same_unknowns


def test_a_part_missing_from_both_is_no_difference(tariff: Tariff) -> None:
    present = estimate(Client(), DEMARCHES, tariff)
    with_domain = estimate(Client(), DEMARCHES.model_copy(update={"domains": 1}), tariff)
    assert words(compare(with_domain, present)) == ("+15,00 €", "+15,00 €", "+90,00 €")


def test_missing_data_of_a_client_differ_from_a_quote(tariff: Tariff) -> None:
    missing = estimate(Client(), DEMARCHES, tariff).answers.first_year
    on_quote = estimate(Client(structure="epci"), DEMARCHES, tariff).answers.first_year
    assert difference(missing, on_quote) == Difference(Decimal(0), -3, missing=3)


# Options offered


def test_the_options_are_in_the_order_of_the_page(tariff: Tariff) -> None:
    order = Order(
        mailboxes_5go=5,
        certificates_cdg_3y=1,
        antivirus_devices=2,
        antivirus_intervention=True,
        demarches_simplifiees=True,
    )
    choices = [option.choice for option in options(estimate(TOWN, order, tariff), tariff)]
    assert list(dict.fromkeys(choices)) == ["mailboxes", "certificates", "intervention", "band", "category"]


def test_every_option_can_be_adopted_except_another_category(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=5, certificates_cdg_3y=1, antivirus_devices=2, demarches_simplifiees=True)
    for option in options(estimate(TOWN, order, tariff), tariff):
        assert option.adoptable == (option.comparison.estimate.client == TOWN) == (option.choice != "category")


def test_the_options_that_save_most_over_six_years_can_come_first(tariff: Tariff) -> None:
    present = estimate(TOWN, Order(certificates_cdg_1y=1), tariff)
    saved = [plain(option.comparison.six_years.words()) for option in by_saving(options(present, tariff))]
    assert saved == [
        "−280,80 €",
        "−208,80 €",
        f"−88,80 €, mais {UNSTATED}",
        *(f"{more} et {UNSTATED}" for more in ("+79,20 €", "+576,00 €")),
    ]


def saving(tariff: Tariff, order: Order, client: Client = TOWN) -> list[tuple[str, str]]:
    """Return the options of an order by their savings, with their difference over six years."""
    found = by_saving(options(estimate(client, order, tariff), tariff))
    return [(option.label, plain(option.comparison.six_years.words())) for option in found]


def test_an_option_that_leaves_more_on_quote_comes_last(tariff: Tariff) -> None:
    assert saving(tariff, Order(mailboxes_5go=4, antivirus_devices=20, antivirus_intervention=True)) == [
        ("Sans intervention pour l'antivirus", "−300,00 €"),
        ("Tous les comptes en illimité", "+168,00 €"),
        ("Antivirus : 1 ordinateur de plus", "−198,00 €, mais 1 montant sur devis de plus"),
    ]


def test_an_option_that_leaves_another_part_on_quote_comes_last(tariff: Tariff) -> None:
    def option(order: Order) -> Option:
        return Option("band", str(order.domains), compare(estimate(TOWN, order, tariff), present))

    present = estimate(TOWN, Order(backups=1, extra_storage_go=101, domains=3), tariff)
    another = option(Order(backups=1, extra_storage_go=40_000, domains=1))
    dearer = option(Order(backups=1, extra_storage_go=101, domains=4))
    cheaper = option(Order(backups=1, extra_storage_go=101, domains=2))
    assert by_saving([another, dearer, cheaper]) == (cheaper, dearer, another)
    assert plain(another.comparison.six_years.words()) == "−180,00 € et une autre part sur devis"


@pytest.mark.parametrize(
    ("order", "client", "found"),
    [
        (
            Order(mailboxes_5go=4, antivirus_devices=22, antivirus_intervention=True),
            TOWN,
            [
                ("Sans intervention pour l'antivirus", "1 montant sur devis de moins"),
                ("Tous les comptes en illimité", "+168,00 €"),
            ],
        ),
        (
            Order(demarches_simplifiees=True),
            Client(inhabitants=40_000),
            [
                ("Catégorie F de Démarches simplifiées", "−5 256,00 € et 1 montant sur devis de moins"),
                ("Catégorie H de Démarches simplifiées", "+15 318,00 €"),
            ],
        ),
    ],
    ids=["intervention", "category"],
)
def test_an_option_that_leaves_less_unknown_is_not_put_last(
    order: Order, client: Client, found: list[tuple[str, str]], tariff: Tariff
) -> None:
    assert saving(tariff, order, client) == found


# The two estimates of a comparison


@pytest.mark.parametrize(
    ("order", "label", "six_years", "to_fibre"),
    [
        # Accounts are La Fibre's: 4 × 7 × 6
        (Order(mailboxes_5go=4), "Tous les comptes en illimité", 168, 168),
        # One account more: 20 × 6 to La Fibre; 10 once and 25 × 6 to the CDG
        (Order(mailboxes_5go=2), "Messagerie : 1 compte de plus (comptes de messagerie 5 Go)", 280, 120),
        (Order(mailboxes_5go=3), "Messagerie : 1 compte de moins (comptes de messagerie 5 Go)", -280, -120),
        # The intervention is the CDG's
        (Order(antivirus_devices=4), "Avec intervention pour l'antivirus", 100, 0),
        # A: 26 and 25 a year; B: 51 and 50; 50 once in both
        (Order(demarches_simplifiees=True), "Catégorie A de Démarches simplifiées", -300, -150),
    ],
)
def test_a_comparison_gives_the_amount_that_la_fibre_bills_more(
    order: Order, label: str, six_years: int, to_fibre: int, tariff: Tariff
) -> None:
    present = estimate(TOWN, order, tariff)
    [comparison] = [option.comparison for option in options(present, tariff) if option.label == label]
    assert comparison.against is present
    assert (comparison.six_years.amount, comparison.to_fibre) == (six_years, to_fibre)


@pytest.mark.parametrize(
    ("number", "order", "to_fibre"),
    [
        ("R1", Order(mailboxes_5go=4), 40),
        ("R2", Order(mailboxes_5go=4), 0),
        ("R6", Order(backups=1, extra_storage_go=10), -550),
        ("R13", Order(demarches_simplifiees=True), -50),
    ],
)
def test_another_reading_gives_the_amount_that_la_fibre_bills_more(
    number: str, order: Order, to_fibre: int, tariff: Tariff
) -> None:
    present = estimate(TOWN, order, tariff)
    [point] = [point for point in points_to_confirm(present, tariff) if point.number == number]
    [(_, comparison)] = point.effects
    assert comparison.against is present
    assert comparison.to_fibre == to_fibre


# Quantities


@pytest.mark.parametrize(("unlimited", "number"), [(0, 1), (1, 2), (2, 0)])
def test_more_accounts_than_one_field_can_hold_are_not_put_into_one(
    unlimited: int, number: int, tariff: Tariff
) -> None:
    labels = offered(tariff, Order(mailboxes_5go=MAX_QUANTITY - 1, mailboxes_unlimited=unlimited))
    assert len([label for label in labels if label.startswith("Tous les comptes")]) == number


@pytest.mark.parametrize(("others", "number"), [(0, 5), (1, 6), (2, 0)])
def test_more_certificates_than_one_field_can_hold_are_not_put_into_one(
    others: int, number: int, tariff: Tariff
) -> None:
    labels = offered(tariff, Order(certificates_cdg_1y=MAX_QUANTITY - 1, certificates_cdg_3y=others))
    assert len([label for label in labels if label.startswith("Tous les certificats")]) == number


# Bands: one more or one less, only where it changes the band


def neighbours(tariff: Tariff, order: Order, service: str) -> list[tuple[str, Figures]]:
    """Return the options that change the band of a service, without the names of the service and of its items."""
    found = offered(tariff, order).items()
    names = [(label.removeprefix(f"{service} : ").partition(" (")[0], figures) for label, figures in found]
    return [(name, figures) for name, figures in names if name.endswith(("de plus", "de moins"))]


# 2 to 3: 10 once, 20 a year, and support from 25 to 50. After 5: support rises by 50.
TO_3, FROM_3 = ("+55,00 €", "+45,00 €", "+280,00 €"), ("−55,00 €", "−45,00 €", "−280,00 €")
BY_50, FROM_50 = ("+80,00 €", "+70,00 €", "+430,00 €"), ("−80,00 €", "−70,00 €", "−430,00 €")


@pytest.mark.parametrize(
    ("last", "more", "less"),
    [(2, TO_3, FROM_3), *((last, BY_50, FROM_50) for last in (5, 10, 20, 40))],
)
def test_a_band_of_accounts_has_neighbours(last: int, more: Figures, less: Figures, tariff: Tariff) -> None:
    def found(accounts: int) -> list[tuple[str, Figures]]:
        return neighbours(tariff, Order(mailboxes_5go=accounts), "Messagerie")

    assert found(last - 1) == []
    assert found(last) == [("1 compte de plus", more)]
    assert found(last + 1) == [("1 compte de moins", less)]
    assert found(last + 2) == []


@pytest.mark.parametrize(
    ("accounts", "more", "less"),
    [
        (1, True, False),
        (2, True, True),
        (MAX_QUANTITY - 1, True, True),
        (MAX_QUANTITY, False, True),
    ],
)
def test_a_neighbour_is_at_least_one_unit_and_at_most_what_can_be_ordered(
    accounts: int, more: bool, less: bool, tariff: Tariff
) -> None:
    price = tariff.services["mailbox"].charges["support"].price.model_dump()
    price["bands"] = ({"up_to": 1, "price": 25}, {"up_to": 2, "price": 50})
    price["beyond"] |= {"size": 1}
    found = offered(tariff.changed({"services.mailbox.charges.support.price": price}), Order(mailboxes_5go=accounts))
    assert ("Messagerie : 1 compte de plus (comptes de messagerie 5 Go)" in found) == more
    assert ("Messagerie : 1 compte de moins (comptes de messagerie 5 Go)" in found) == less


@pytest.mark.parametrize(
    ("last", "more", "less"),
    [
        # 17 a year, and set-up from 50 to 100, to 200, to 300
        (2, ("+67,00 €", "+17,00 €", "+152,00 €"), ("−67,00 €", "−17,00 €", "−152,00 €")),
        (5, ("+117,00 €", "+17,00 €", "+202,00 €"), ("−117,00 €", "−17,00 €", "−202,00 €")),
        (10, ("+117,00 €", "+17,00 €", "+202,00 €"), ("−117,00 €", "−17,00 €", "−202,00 €")),
        # The 300 of set-up become a quote
        (
            20,
            (f"−283,00 €, mais {QUOTE_MORE}", "+17,00 €", f"−198,00 €, mais {QUOTE_MORE}"),
            (f"+283,00 €, mais {QUOTE_LESS}", "−17,00 €", f"+198,00 €, mais {QUOTE_LESS}"),
        ),
    ],
)
def test_a_band_of_devices_has_neighbours(last: int, more: Figures, less: Figures, tariff: Tariff) -> None:
    def found(devices: int) -> list[tuple[str, Figures]]:
        return neighbours(tariff, Order(antivirus_devices=devices, antivirus_intervention=True), "Antivirus")

    assert found(last - 1) == []
    assert found(last) == [("1 ordinateur de plus", more)]
    assert found(last + 1) == [("1 ordinateur de moins", less)]
    assert found(last + 2) == []


# Categories


@pytest.mark.parametrize(
    ("client", "adopted"),
    [
        (TOWN, [(1_000, 4), (2_001, 6)]),
        (Client(inhabitants=1_500, agents=50), [(1_500, 40), (1_500, 101)]),
        (Client(inhabitants=8_000, agents=6), [(5_000, 6), (10_001, 6)]),
        (Client(agents=6), [(None, 4), (None, 11)]),
    ],
)
def test_a_category_is_adopted_with_the_smallest_change_of_the_client(
    client: Client, adopted: list[tuple[int | None, int | None]], tariff: Tariff
) -> None:
    found = [option.comparison.estimate for option in options(estimate(client, DEMARCHES, tariff), tariff)]
    assert [(other.client.inhabitants, other.client.agents) for other in found] == adopted
    assert all(other.order == DEMARCHES for other in found)


@pytest.mark.parametrize(
    ("client", "order", "above"),
    [
        (Client(inhabitants=400), DEMARCHES, "B"),
        (TOWN, DEMARCHES, "C"),
        (Client(agents=6), DEMARCHES, "C"),
        (Client(inhabitants=1_500, agents=50), DEMARCHES, "E"),
        (Client(inhabitants=100_000), DEMARCHES, "I"),
        (Client(inhabitants=150_000), DEMARCHES, None),
        (Client(), DEMARCHES, None),
        (Client(structure="epci", inhabitants=25_000), DEMARCHES, None),
        (TOWN, Order(mailboxes_5go=5), None),
    ],
    ids=["A", "B", "B by its agents", "D by its agents", "H", "I", "unknown", "epci", "no price by category"],
)
def test_crossing_is_the_option_of_the_category_above(
    client: Client, order: Order, above: str | None, tariff: Tariff
) -> None:
    present = estimate(client, order, tariff)
    choices = options(present, tariff)
    found = crossing(present, tariff)
    assert (found.comparison.estimate.category if found else None) == above
    assert found is None or (found in choices and found.label == f"Catégorie {above} de Démarches simplifiées")


# Points to confirm of each order


@pytest.mark.parametrize(
    ("client", "order", "numbers"),
    [
        (TOWN, Order(), ""),
        (TOWN, Order(domains=1), "R17"),
        (TOWN, Order(mailboxes_5go=4), "R1 R2 R17"),
        (TOWN, Order(mailboxes_5go=1, mailboxes_unlimited=1), "R1 R2 R3 R17"),
        (TOWN, Order(mailboxes_5go=2, mailboxes_unlimited=1), "R1 R2 R17"),  # 50 together, 25 + 25 apart: the same
        (TOWN, Order(mailboxes_5go=20), "R1 R2 R17"),
        (TOWN, Order(mailboxes_5go=21), "R1 R2 R4 R17"),
        (TOWN, Order(mailboxes_5go=15, mailboxes_unlimited=10), "R1 R2 R3 R4 R17"),
        (TOWN, Order(web_pages=1), "R1 R5 R17"),
        (TOWN, Order(certificates_cdg_2y=1), "R15 R17"),
        (TOWN, Order(certificates_on_site_3y=1), "R15 R17"),
        (TOWN, Order(backups=1), "R17"),
        (TOWN, Order(backups=1, extra_storage_go=40), "R6 R17"),
        (TOWN, Order(backups=1, extra_storage_go=41), "R6 R7 R17"),
        (TOWN, Order(backups=1, extra_storage_go=100), "R6 R7 R17"),
        (TOWN, Order(backups=1, extra_storage_go=101), "R6 R8 R17"),
        (TOWN, Order(extra_storage_go=10), "R16"),
        (TOWN, Order(domains=1, antivirus_intervention=True), "R16 R17"),
        (TOWN, Order(antivirus_devices=20), "R9 R17"),
        (TOWN, Order(antivirus_devices=20, antivirus_intervention=True), "R1 R9 R17"),
        (TOWN, Order(antivirus_devices=21), "R9 R10 R17"),
        (TOWN, Order(antivirus_devices=21, antivirus_intervention=True), "R1 R9 R10 R17"),
        (TOWN, DEMARCHES, "R13 R17"),
        (Client(inhabitants=999), DEMARCHES, "R13 R17"),
        (Client(inhabitants=1_000), DEMARCHES, "R11 R13 R17"),
        (Client(inhabitants=1_001), DEMARCHES, "R13 R17"),
        (Client(inhabitants=1_000), Order(domains=1), "R17"),
        (Client(inhabitants=1_000, agents=6), DEMARCHES, "R12 R13 R17"),
        (Client(inhabitants=1_500, agents=50), DEMARCHES, "R12 R13 R17"),
        (Client(inhabitants=1_500, agents=50), Order(domains=1), "R17"),
        (Client(structure="epci", inhabitants=25_000), DEMARCHES, "R13 R14 R17"),
        (Client(structure="other", agents=50), DEMARCHES, "R13 R14 R17"),
        (Client(structure="epci", inhabitants=25_000), Order(domains=1), "R17"),
    ],
)
def test_only_the_points_that_concern_an_order_are_shown(
    client: Client, order: Order, numbers: str, tariff: Tariff
) -> None:
    assert " ".join(points(tariff, order, client)) == numbers


@pytest.mark.parametrize("number", ["R5", "R9", "R10", "R15", "R16", "R17"])
def test_a_point_without_alternative_has_no_effect_in_euros(number: str, tariff: Tariff) -> None:
    order = Order(web_pages=1, antivirus_devices=21, certificates_cdg_1y=1, extra_storage_go=5)
    assert points(tariff, order)[number].effects == ()


def test_a_reading_whose_alternative_bills_the_same_is_not_shown(tariff: Tariff) -> None:
    # R3: 50 for 3 accounts together, 25 + 25 apart: other lines, the same bill
    order = Order(mailboxes_5go=2, mailboxes_unlimited=1)
    present = estimate(TOWN, order, tariff)
    [otherwise] = [other for number, _, other in tariff.alternatives if number == "R3"]
    assert estimate(TOWN, order, otherwise).lines != present.lines
    assert "R3" not in points(tariff, order)


# Their effect in euros


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        (Order(mailboxes_5go=4), 40),
        (Order(web_pages=2), 100),
        (Order(antivirus_devices=4, antivirus_intervention=True), 100),
        (Order(mailboxes_5go=4, web_pages=2, antivirus_devices=4, antivirus_intervention=True), 240),
    ],
)
def test_r1_moves_the_setup_to_the_other_payee_and_changes_no_total(order: Order, moved: int, tariff: Tariff) -> None:
    [(_, comparison)] = points(tariff, order)["R1"].effects
    assert words(comparison) == ("0,00 €", "0,00 €", "0,00 €")
    present = estimate(TOWN, order, tariff)
    other = comparison.estimate
    assert other.first_year(payee="fibre").amount - present.first_year(payee="fibre").amount == moved
    assert other.first_year(payee="cdg").amount - present.first_year(payee="cdg").amount == -moved


def test_r13_moves_the_setup_to_the_cdg(tariff: Tariff) -> None:
    [(_, comparison)] = points(tariff, DEMARCHES)["R13"].effects
    assert comparison.estimate.first_year(payee="fibre").amount == 51
    assert comparison.estimate.first_year(payee="cdg").amount == 100


def test_a_quote_paid_once_is_not_comparable_to_one_paid_every_year(tariff: Tariff) -> None:
    [(_, comparison)] = points(tariff, Order(backups=1, extra_storage_go=150))["R6"].effects
    assert not comparison.six_years.comparable
    assert not comparison.six_years.none
