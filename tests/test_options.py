"""Which options and which points to confirm an order has, with their exact figures, all worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from french import plain

from pricing import Client, Order, PointToConfirm, Tariff, Total, estimate, options, points_to_confirm
from pricing.estimate import total
from pricing.options import Comparison, Difference, Option, by_saving, compare, crossing, difference
from pricing.order import MAX_QUANTITY

TOWN = Client(inhabitants=1_250, agents=6)
"""Category B by both criteria."""

UNSTATED = "1 montant sans prix indiqué de plus"
"""Of a certificate handed over on site the act does not price the support."""

EPCI = Client(structure="epci", inhabitants=25_000)
ON_QUOTE = Order(demarches_simplifiees=True)
"""Of which every price is on quote for an EPCI (R14)."""

Figures = tuple[str, str, str]
"""Year 1, each year and six years, in words."""
UNCHANGED: Figures = ("0,00 €", "0,00 €", "0,00 €")


def each_with(added: str, first_year: str, recurring: str, six_years: str) -> Figures:
    """Figures that all have the same unknown part."""
    return f"{first_year} et {added}", f"{recurring} et {added}", f"{six_years} et {added}"


def words(comparison: Comparison) -> Figures:
    return (
        plain(comparison.first_year.words()),
        plain(comparison.recurring.words()),
        plain(comparison.six_years.words()),
    )


def offered(tariff: Tariff, order: Order, client: Client = TOWN) -> dict[str, Figures]:
    """The options of an order by their label, with their figures."""
    return {option.label: words(option.comparison) for option in options(estimate(client, order, tariff), tariff)}


def points(tariff: Tariff, order: Order, client: Client = TOWN) -> dict[str, PointToConfirm]:
    """The points to confirm of an order by their number."""
    return {point.number: point for point in points_to_confirm(estimate(client, order, tariff), tariff)}


def effects(tariff: Tariff, number: str, order: Order, client: Client = TOWN) -> list[Figures]:
    """What each alternative of a point that touches the order would change."""
    return [words(comparison) for _, comparison in points(tariff, order, client)[number].effects]


# Differences in words


@pytest.mark.parametrize(
    ("amount", "on_quote", "said"),
    [
        ("27", 0, "+27,00 €"),
        ("-50", 0, "−50,00 €"),
        ("0", 0, "0,00 €"),
        ("-50", 1, "−50,00 €, mais 1 montant sur devis de plus"),
        ("1240", -2, "+1 240,00 €, mais 2 montants sur devis de moins"),
        ("0", 1, "1 montant sur devis de plus"),
        ("0", 3, "3 montants sur devis de plus"),
    ],
)
def test_a_difference_says_its_sign_and_what_goes_on_quote(amount: str, on_quote: int, said: str) -> None:
    found = Difference(Decimal(amount), on_quote)
    assert plain(found.words()) == said
    assert found.none == (said == "0,00 €")
    assert found.comparable == (not on_quote)


@pytest.mark.parametrize(
    ("found", "said", "plainly"),
    [
        (Difference(Decimal(0), 0, missing=3), "3 montants à compléter de plus", "3 montants à compléter de plus"),
        (
            Difference(Decimal(0), -3, missing=3),
            "3 montants sur devis de moins et 3 montants à compléter de plus",
            "3 montants sur devis de moins et 3 montants à compléter de plus",
        ),
        (
            Difference(Decimal(96), 0, not_stated=1),
            "+96,00 € et 1 montant sans prix indiqué de plus",
            "96,00 € de plus et 1 montant sans prix indiqué de plus",
        ),
        (
            Difference(Decimal(-96), 1, missing=-1, not_stated=-2, same_unknowns=False),
            "−96,00 €, mais 1 montant sur devis de plus et 1 montant à compléter de moins "
            "et 2 montants sans prix indiqué de moins",
            "96,00 € de moins, mais 1 montant sur devis de plus et 1 montant à compléter de moins "
            "et 2 montants sans prix indiqué de moins",
        ),
        (
            Difference(Decimal(1_100), 0, same_unknowns=False),
            "+1 100,00 € et une autre part sur devis",
            "1 100,00 € de plus et une autre part sur devis",
        ),
        (Difference(Decimal(0), 0, same_unknowns=False), "une autre part sur devis", "une autre part sur devis"),
    ],
)
def test_a_difference_says_all_that_has_no_amount(found: Difference, said: str, plainly: str) -> None:
    assert (plain(found.words()), plain(found.plainly())) == (said, plainly)
    assert not found.none
    assert not found.comparable


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Difference(Decimal(228), 0), "+228,00 € en moyenne"),
        (Difference(Decimal(-228), -1), "−228,00 € en moyenne et 1 montant sur devis de moins"),
        (Difference(Decimal(228), 0, missing=-1), "+228,00 € en moyenne, mais 1 montant à compléter de moins"),
        (Difference(Decimal(0), 2), "2 montants sur devis de plus"),
    ],
)
def test_what_is_said_of_an_amount_is_not_said_of_what_has_none(found: Difference, said: str) -> None:
    assert plain(found.words(" en moyenne")) == said


def test_an_unknown_amount_that_passes_from_one_quote_to_the_other_is_seen(tariff: Tariff) -> None:
    by_cdg = tariff.changed({"services.demarches.charges.setup.payee": "cdg"})
    for client in (EPCI, Client()):
        here, there = (estimate(client, DEMARCHES, each) for each in (tariff, by_cdg))
        assert compare(there, here).unknown_to_fibre == -1
        assert compare(here, there).unknown_to_fibre == 1
        assert compare(here, here).unknown_to_fibre == 0


def test_two_quotes_for_other_quantities_are_not_said_to_cost_the_same(tariff: Tariff) -> None:
    def total(go: int) -> Total:
        return estimate(TOWN, Order(backups=1, extra_storage_go=go), tariff).answers.six_years

    assert difference(total(40_000), total(101)) == Difference(Decimal(0), 0, same_unknowns=False)
    assert difference(total(40_000), total(101)).words() == "une autre part sur devis"
    assert difference(total(101), total(101)) == Difference(Decimal(0), 0)
    # 100 × 11 × 6 = 6 600 more have no price
    assert difference(total(101), total(100)) == Difference(Decimal(-6_600), 1, same_unknowns=False)


def test_an_unknown_part_that_one_alone_has_is_not_the_same(tariff: Tariff) -> None:
    on_quote = total(line for line in estimate(EPCI, ON_QUOTE, tariff).lines if line.outcome.kind == "on_quote")
    assert on_quote.partial
    nothing = total([])
    assert not difference(on_quote, nothing).same_unknowns
    assert not difference(nothing, on_quote).same_unknowns
    assert difference(on_quote, on_quote).same_unknowns
    assert difference(nothing, nothing).same_unknowns


def test_how_often_an_unknown_part_is_paid_counts_over_several_years_only(tariff: Tariff) -> None:
    lines = [line for line in estimate(EPCI, ON_QUOTE, tariff).lines if line.outcome.kind == "on_quote"]
    once = [replace(line, position=replace(line.position, every=0)) for line in lines]
    yearly = [replace(line, position=replace(line.position, every=1)) for line in lines]
    assert difference(total(once), total(yearly)).same_unknowns
    assert not difference(total(once), total(yearly), over_years=True).same_unknowns


def test_what_neither_has_said_is_no_difference(tariff: Tariff) -> None:
    asked = Order(demarches_simplifiees=True)
    present = estimate(Client(), asked, tariff)
    with_domain = estimate(Client(), asked.model_copy(update={"domains": 1}), tariff)
    assert words(compare(with_domain, present)) == ("+15,00 €", "+15,00 €", "+90,00 €")


def test_what_a_client_has_not_said_is_told_from_what_is_on_quote(tariff: Tariff) -> None:
    missing = estimate(Client(), DEMARCHES, tariff).answers.first_year
    on_quote = estimate(Client(structure="epci"), DEMARCHES, tariff).answers.first_year
    assert difference(missing, on_quote) == Difference(Decimal(0), -3, missing=3)


@pytest.mark.parametrize(
    ("amount", "on_quote", "said"),
    [
        ("27", 0, "27,00 € de plus"),
        ("-280.80", 0, "280,80 € de moins"),
        ("0", 0, "aucun écart"),
        ("0", 1, "1 montant sur devis de plus"),
        ("-198", 1, "198,00 € de moins, mais 1 montant sur devis de plus"),
        ("1240", -2, "1 240,00 € de plus, mais 2 montants sur devis de moins"),
    ],
)
def test_a_difference_can_be_said_in_plain_words(amount: str, on_quote: int, said: str) -> None:
    assert plain(Difference(Decimal(amount), on_quote).plainly()) == said


# Which options appear


@pytest.mark.parametrize(
    ("order", "choices"),
    [
        (Order(), set()),
        (Order(domains=3, web_pages=2, backups=1, extra_storage_go=10), set()),
        (Order(mailboxes_5go=4), {"mailboxes"}),
        (Order(mailboxes_5go=5), {"mailboxes", "band"}),
        (Order(certificates_cdg_1y=1), {"certificates"}),
        (Order(antivirus_devices=4), {"intervention"}),
        (Order(antivirus_devices=5), {"intervention"}),
        (Order(antivirus_devices=5, antivirus_intervention=True), {"intervention", "band"}),
        (Order(antivirus_intervention=True), set()),
        (Order(demarches_simplifiees=True), {"category"}),
    ],
)
def test_only_the_choices_an_order_leaves_open_are_offered(order: Order, choices: set[str], tariff: Tariff) -> None:
    assert {option.choice for option in options(estimate(TOWN, order, tariff), tariff)} == choices


def test_the_options_come_in_the_order_of_the_page(tariff: Tariff) -> None:
    order = Order(
        mailboxes_5go=5,
        certificates_cdg_3y=1,
        antivirus_devices=2,
        antivirus_intervention=True,
        demarches_simplifiees=True,
    )
    choices = [option.choice for option in options(estimate(TOWN, order, tariff), tariff)]
    assert list(dict.fromkeys(choices)) == ["mailboxes", "certificates", "intervention", "band", "category"]


def test_everything_can_be_adopted_but_the_size_of_the_commune(tariff: Tariff) -> None:
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
    """The options of an order by what they save, with their six years."""
    found = by_saving(options(estimate(client, order, tariff), tariff))
    return [(option.label, plain(option.comparison.six_years.words())) for option in found]


def test_an_option_that_leaves_more_on_quote_saves_nothing_known_and_comes_last(tariff: Tariff) -> None:
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
def test_a_comparison_says_what_la_fibre_bills_more(
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
def test_another_reading_says_what_la_fibre_bills_more(
    number: str, order: Order, to_fibre: int, tariff: Tariff
) -> None:
    present = estimate(TOWN, order, tariff)
    [point] = [point for point in points_to_confirm(present, tariff) if point.number == number]
    [(_, comparison)] = point.effects
    assert comparison.against is present
    assert comparison.to_fibre == to_fibre


# Mailboxes


def test_four_accounts_of_one_type_can_all_be_of_the_other(tariff: Tariff) -> None:
    # 4 × (27 − 20) = 28 a year
    assert offered(tariff, Order(mailboxes_5go=4)) == {
        "Tous les comptes en illimité": ("+28,00 €", "+28,00 €", "+168,00 €")
    }
    assert offered(tariff, Order(mailboxes_unlimited=4)) == {
        "Tous les comptes en 5 Go": ("−28,00 €", "−28,00 €", "−168,00 €")
    }


def test_a_single_account_is_named_as_one(tariff: Tariff) -> None:
    assert offered(tariff, Order(mailboxes_5go=1)) == {"Le compte en illimité": ("+7,00 €", "+7,00 €", "+42,00 €")}
    assert offered(tariff, Order(mailboxes_unlimited=1)) == {"Le compte en 5 Go": ("−7,00 €", "−7,00 €", "−42,00 €")}


def test_accounts_of_both_types_can_all_be_of_either(tariff: Tariff) -> None:
    # 3 + 1 = 4 accounts: the band of 3 to 5 whichever type they are
    assert offered(tariff, Order(mailboxes_5go=3, mailboxes_unlimited=1)) == {
        "Tous les comptes en 5 Go": ("−7,00 €", "−7,00 €", "−42,00 €"),
        "Tous les comptes en illimité": ("+21,00 €", "+21,00 €", "+126,00 €"),
    }


@pytest.mark.parametrize(("unlimited", "number"), [(0, 1), (1, 2), (2, 0)])
def test_more_accounts_than_one_field_can_hold_are_not_put_into_one(
    unlimited: int, number: int, tariff: Tariff
) -> None:
    labels = offered(tariff, Order(mailboxes_5go=MAX_QUANTITY - 1, mailboxes_unlimited=unlimited))
    assert len([label for label in labels if label.startswith("Tous les comptes")]) == number


# Certificates


def test_a_certificate_can_have_another_term_or_be_handed_over_elsewhere(tariff: Tariff) -> None:
    # Six years now: 6 × 76.80 = 460.80. For 2 years: 3 × 84 = 252. For 3 years: 2 × 90 = 180.
    # On site: 6 × 172.80 = 1 036.80; 3 × 180 = 540; 2 × 186 = 372.
    assert offered(tariff, Order(certificates_cdg_1y=1)) == {
        "Le certificat de 2 ans, remis au CDG": ("+7,20 €", "−34,80 €", "−208,80 €"),
        "Le certificat de 3 ans, remis au CDG": ("+13,20 €", "−46,80 €", "−280,80 €"),
        "Le certificat de 1 an, remis sur site": each_with(UNSTATED, "+96,00 €", "+96,00 €", "+576,00 €"),
        "Le certificat de 2 ans, remis sur site": each_with(UNSTATED, "+103,20 €", "+13,20 €", "+79,20 €"),
        "Le certificat de 3 ans, remis sur site": (
            f"+109,20 € et {UNSTATED}",
            f"−14,80 €, mais {UNSTATED}",
            f"−88,80 €, mais {UNSTATED}",
        ),
    }


def test_a_certificate_handed_over_at_the_cdg_instead_has_every_price_stated(tariff: Tariff) -> None:
    # Now 2 × 186 = 372 over six years; at the CDG 2 × 90 = 180
    found = offered(tariff, Order(certificates_on_site_3y=1))
    assert found["Le certificat de 3 ans, remis au CDG"] == each_with(
        "1 montant sans prix indiqué de moins", "−96,00 €", "−32,00 €", "−192,00 €"
    )
    # 3 × 180 = 540 on site too: what has no price stated stays
    assert found["Le certificat de 2 ans, remis sur site"] == ("−6,00 €", "+28,00 €", "+168,00 €")


@pytest.mark.parametrize(("others", "number"), [(0, 5), (1, 6), (2, 0)])
def test_more_certificates_than_one_field_can_hold_are_not_put_into_one(
    others: int, number: int, tariff: Tariff
) -> None:
    labels = offered(tariff, Order(certificates_cdg_1y=MAX_QUANTITY - 1, certificates_cdg_3y=others))
    assert len([label for label in labels if label.startswith("Tous les certificats")]) == number


def test_certificates_of_several_kinds_can_all_be_of_one(tariff: Tariff) -> None:
    # Now: 2 × 84 + 186 = 354; six years 3 × 168 + 2 × 186 = 876. All three for 3 years at the CDG: 270 and 540.
    found = offered(tariff, Order(certificates_cdg_2y=2, certificates_on_site_3y=1))
    assert list(found) == [
        f"Tous les certificats de {term}, remis {where}"
        for where in ("au CDG", "sur site")
        for term in ("1 an", "2 ans", "3 ans")
    ]
    assert found["Tous les certificats de 3 ans, remis au CDG"] == each_with(
        "1 montant sans prix indiqué de moins", "−84,00 €", "−56,00 €", "−336,00 €"
    )


# Intervention


def test_an_intervention_can_be_asked_for_or_left_out(tariff: Tariff) -> None:
    assert offered(tariff, Order(antivirus_devices=4)) == {
        "Avec intervention pour l'antivirus": ("+100,00 €", "0,00 €", "+100,00 €")
    }
    assert offered(tariff, Order(antivirus_devices=4, antivirus_intervention=True)) == {
        "Sans intervention pour l'antivirus": ("−100,00 €", "0,00 €", "−100,00 €")
    }


def test_an_intervention_on_more_than_20_devices_takes_a_quote_in_or_out(tariff: Tariff) -> None:
    one_more = "1 montant sur devis de plus"
    one_less = "1 montant sur devis de moins"
    assert offered(tariff, Order(antivirus_devices=22)) == {
        "Avec intervention pour l'antivirus": (one_more, "0,00 €", one_more)
    }
    assert offered(tariff, Order(antivirus_devices=22, antivirus_intervention=True)) == {
        "Sans intervention pour l'antivirus": (one_less, "0,00 €", one_less)
    }


# Bands: one more or one less, only where it changes the band


@pytest.mark.parametrize(
    ("accounts", "more", "less"),
    [
        (1, None, None),
        # 2 -> 3: 10 once, 20 a year and support from 25 to 50
        (2, ("+55,00 €", "+45,00 €", "+280,00 €"), None),
        (3, None, ("−55,00 €", "−45,00 €", "−280,00 €")),
        (4, None, None),
        # 5 -> 6: 10 once, 20 a year and support from 50 to 100
        (5, ("+80,00 €", "+70,00 €", "+430,00 €"), None),
        (6, None, ("−80,00 €", "−70,00 €", "−430,00 €")),
        (10, ("+80,00 €", "+70,00 €", "+430,00 €"), None),
        (11, None, ("−80,00 €", "−70,00 €", "−430,00 €")),
        (20, ("+80,00 €", "+70,00 €", "+430,00 €"), None),
        (21, None, ("−80,00 €", "−70,00 €", "−430,00 €")),
        (22, None, None),
        (40, ("+80,00 €", "+70,00 €", "+430,00 €"), None),
        (41, None, ("−80,00 €", "−70,00 €", "−430,00 €")),
    ],
)
def test_a_band_of_accounts_has_neighbours(
    accounts: int, more: Figures | None, less: Figures | None, tariff: Tariff
) -> None:
    found = offered(tariff, Order(mailboxes_5go=accounts))
    assert found.get("Messagerie : 1 compte de plus (comptes de messagerie 5 Go)") == more
    assert found.get("Messagerie : 1 compte de moins (comptes de messagerie 5 Go)") == less
    assert len([label for label in found if label.startswith("Messagerie")]) == (more is not None) + (less is not None)


def test_the_neighbour_of_a_band_keeps_the_type_of_the_accounts(tariff: Tariff) -> None:
    # 3 -> 2 unlimited: 10 once, 27 a year and support from 50 to 25
    found = offered(tariff, Order(mailboxes_unlimited=3))
    assert found["Messagerie : 1 compte de moins (comptes de messagerie illimités)"] == (
        "−62,00 €",
        "−52,00 €",
        "−322,00 €",
    )
    assert len(found) == 2


@pytest.mark.parametrize(
    ("accounts", "more", "less"),
    [
        (1, True, False),
        (2, True, True),
        (MAX_QUANTITY - 1, True, True),
        (MAX_QUANTITY, False, True),
    ],
)
def test_a_neighbour_is_at_least_one_unit_and_no_more_than_can_be_ordered(
    accounts: int, more: bool, less: bool, tariff: Tariff
) -> None:
    price = tariff.services["mailbox"].charges["support"].price.model_dump()
    price["bands"] = ({"up_to": 1, "price": 25}, {"up_to": 2, "price": 50})
    price["beyond"] |= {"size": 1}
    found = offered(tariff.changed({"services.mailbox.charges.support.price": price}), Order(mailboxes_5go=accounts))
    assert ("Messagerie : 1 compte de plus (comptes de messagerie 5 Go)" in found) == more
    assert ("Messagerie : 1 compte de moins (comptes de messagerie 5 Go)" in found) == less


@pytest.mark.parametrize(
    ("devices", "more", "less"),
    [
        (1, None, None),
        # 2 -> 3: 17 a year and set-up from 50 to 100
        (2, ("+67,00 €", "+17,00 €", "+152,00 €"), None),
        (3, None, ("−67,00 €", "−17,00 €", "−152,00 €")),
        (5, ("+117,00 €", "+17,00 €", "+202,00 €"), None),
        (6, None, ("−117,00 €", "−17,00 €", "−202,00 €")),
        (10, ("+117,00 €", "+17,00 €", "+202,00 €"), None),
        (11, None, ("−117,00 €", "−17,00 €", "−202,00 €")),
        # 20 -> 21: 17 a year, and the 300 of set-up become a quote
        (
            20,
            ("−283,00 €, mais 1 montant sur devis de plus", "+17,00 €", "−198,00 €, mais 1 montant sur devis de plus"),
            None,
        ),
        (
            21,
            None,
            (
                "+283,00 €, mais 1 montant sur devis de moins",
                "−17,00 €",
                "+198,00 €, mais 1 montant sur devis de moins",
            ),
        ),
        (22, None, None),
    ],
)
def test_a_band_of_devices_has_neighbours(
    devices: int, more: Figures | None, less: Figures | None, tariff: Tariff
) -> None:
    found = offered(tariff, Order(antivirus_devices=devices, antivirus_intervention=True))
    assert found.get("Antivirus : 1 ordinateur de plus") == more
    assert found.get("Antivirus : 1 ordinateur de moins") == less
    assert len([label for label in found if label.startswith("Antivirus")]) == (more is not None) + (less is not None)


# Categories


DEMARCHES = Order(demarches_simplifiees=True)


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        # A: 26 + 25 a year, 50 once. B: 51 + 50, 50. C: 128 + 100, 200.
        (Client(inhabitants=400), {"B": ("+50,00 €", "+50,00 €", "+300,00 €")}),
        (
            TOWN,
            {"A": ("−50,00 €", "−50,00 €", "−300,00 €"), "C": ("+277,00 €", "+127,00 €", "+912,00 €")},
        ),
        # Agents decide. C: 228, 200. D: 356, 200. E: 839, 200.
        (
            Client(inhabitants=1_500, agents=50),
            {"C": ("−128,00 €", "−128,00 €", "−768,00 €"), "E": ("+483,00 €", "+483,00 €", "+2 898,00 €")},
        ),
        # F: 1 277 + 400. G: 2 553 and a quote.
        (
            Client(inhabitants=25_000),
            {
                "E": ("−838,00 €", "−838,00 €", "−5 028,00 €"),
                "G": (
                    "+876,00 € et 1 montant sur devis de plus",
                    "+876,00 € et 1 montant sur devis de plus",
                    "+5 256,00 € et 1 montant sur devis de plus",
                ),
            },
        ),
        # G: 2 553. H: 5 106. The quote stays.
        (
            Client(inhabitants=40_000),
            {
                "F": (
                    "−876,00 € et 1 montant sur devis de moins",
                    "−876,00 € et 1 montant sur devis de moins",
                    "−5 256,00 € et 1 montant sur devis de moins",
                ),
                "H": ("+2 553,00 €", "+2 553,00 €", "+15 318,00 €"),
            },
        ),
        # I: 10 212
        (Client(inhabitants=150_000), {"H": ("−5 106,00 €", "−5 106,00 €", "−30 636,00 €")}),
        (Client(), {}),
        (Client(structure="epci", inhabitants=25_000), {}),
        (Client(structure="other", agents=50), {}),
    ],
    ids=["A", "B", "D by its agents", "F", "G", "I", "unknown", "epci", "other"],
)
def test_the_categories_above_and_below_are_offered(
    client: Client, expected: dict[str, Figures], tariff: Tariff
) -> None:
    assert offered(tariff, DEMARCHES, client) == {
        f"Catégorie {name} de Démarches simplifiées": figures for name, figures in expected.items()
    }


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


def test_without_demarches_simplifiees_no_category_is_offered(tariff: Tariff) -> None:
    assert offered(tariff, Order(domains=1)) == {}


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
def test_crossing_is_the_category_above(client: Client, order: Order, above: str | None, tariff: Tariff) -> None:
    present = estimate(client, order, tariff)
    choices = options(present, tariff)
    found = crossing(present, tariff)
    assert (found.comparison.estimate.category if found else None) == above
    assert found is None or (found in choices and found.label == f"Catégorie {above} de Démarches simplifiées")


# Which points to confirm touch which orders


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
def test_only_the_points_that_touch_an_order_are_shown(
    client: Client, order: Order, numbers: str, tariff: Tariff
) -> None:
    assert " ".join(points(tariff, order, client)) == numbers


@pytest.mark.parametrize("number", ["R5", "R9", "R10", "R15", "R16", "R17"])
def test_a_point_without_alternative_has_no_effect_in_euros(number: str, tariff: Tariff) -> None:
    order = Order(web_pages=1, antivirus_devices=21, certificates_cdg_1y=1, extra_storage_go=5)
    assert points(tariff, order)[number].effects == ()


def test_a_reading_whose_alternative_bills_the_same_is_absent(tariff: Tariff) -> None:
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
    assert effects(tariff, "R1", order) == [UNCHANGED]
    [(_, comparison)] = points(tariff, order)["R1"].effects
    present = estimate(TOWN, order, tariff)
    other = comparison.estimate
    assert other.first_year(payee="fibre").amount - present.first_year(payee="fibre").amount == moved
    assert other.first_year(payee="cdg").amount - present.first_year(payee="cdg").amount == -moved


@pytest.mark.parametrize(
    ("accounts", "figures"),
    [
        (1, ("0,00 €", "−25,00 €", "−125,00 €")),
        (4, ("0,00 €", "−50,00 €", "−250,00 €")),
        (20, ("0,00 €", "−150,00 €", "−750,00 €")),
        (21, ("0,00 €", "−200,00 €", "−1 000,00 €")),
    ],
)
def test_r2_pays_the_support_of_mailboxes_once(accounts: int, figures: Figures, tariff: Tariff) -> None:
    assert effects(tariff, "R2", Order(mailboxes_5go=accounts)) == [figures]


@pytest.mark.parametrize(
    ("mailboxes_5go", "mailboxes_unlimited", "figures"),
    [
        # 1 + 1: 25 together, 25 + 25 apart
        (1, 1, ("+25,00 €", "+25,00 €", "+150,00 €")),
        # 4 + 2: 100 together, 50 + 25 apart
        (4, 2, ("−25,00 €", "−25,00 €", "−150,00 €")),
        # 15 + 10: 200 together, 150 + 100 apart
        (15, 10, ("+50,00 €", "+50,00 €", "+300,00 €")),
    ],
)
def test_r3_gives_each_type_of_account_its_own_band(
    mailboxes_5go: int, mailboxes_unlimited: int, figures: Figures, tariff: Tariff
) -> None:
    order = Order(mailboxes_5go=mailboxes_5go, mailboxes_unlimited=mailboxes_unlimited)
    assert effects(tariff, "R3", order) == [figures]


@pytest.mark.parametrize("accounts", [21, 40, 41, 60, 61])
def test_r4_counts_blocks_of_20_on_all_accounts(accounts: int, tariff: Tariff) -> None:
    # 21: 200 -> 100. 41: 250 -> 150. 61: 300 -> 200.
    assert effects(tariff, "R4", Order(mailboxes_5go=accounts)) == [("−100,00 €", "−100,00 €", "−600,00 €")]


def test_a_reading_is_told_whatever_else_the_same_body_bills_at_the_same_rhythm(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=21, backups=1, demarches_simplifiees=True)
    assert effects(tariff, "R4", order) == [("−100,00 €", "−100,00 €", "−600,00 €")]


def test_r6_pays_extra_storage_once(tariff: Tariff) -> None:
    # 10 × 11 = 110, six times or once
    assert effects(tariff, "R6", Order(backups=1, extra_storage_go=10)) == [("0,00 €", "−110,00 €", "−550,00 €")]


def test_r7_limits_storage_to_100_go_in_all(tariff: Tariff) -> None:
    # 60 × 11 = 660 a year, on quote
    quote = "mais 1 montant sur devis de plus"
    assert effects(tariff, "R7", Order(backups=1, extra_storage_go=60)) == [
        (f"−660,00 €, {quote}", f"−660,00 €, {quote}", f"−3 960,00 €, {quote}")
    ]


@pytest.mark.parametrize("go", [101, 120, 5_000])
def test_r8_prices_the_first_100_go_and_leaves_the_rest_on_quote(go: int, tariff: Tariff) -> None:
    assert effects(tariff, "R8", Order(backups=1, extra_storage_go=go)) == [
        each_with("une autre part sur devis", "+1 100,00 €", "+1 100,00 €", "+6 600,00 €")
    ]


def test_r6_does_not_say_that_a_quote_paid_once_costs_as_much_as_one_paid_every_year(tariff: Tariff) -> None:
    [(_, comparison)] = points(tariff, Order(backups=1, extra_storage_go=150))["R6"].effects
    assert comparison.first_year.words() == "0,00\u00a0€"
    assert plain(comparison.recurring.words()) == "1 montant sur devis de moins"
    assert not comparison.six_years.comparable
    assert not comparison.six_years.none
    assert comparison.six_years.words() == "une autre part sur devis"


def test_r7_says_for_how_many_backups_its_limit_holds(tariff: Tariff) -> None:
    [(alternative, _)] = points(tariff, Order(backups=1, extra_storage_go=60))["R7"].effects
    assert alternative.label == "100 Go en tout, donc 40 Go supplémentaires au plus pour une sauvegarde."


def test_r11_puts_exactly_1000_inhabitants_in_b(tariff: Tariff) -> None:
    # 26 + 25 = 51 -> 51 + 50 = 101 a year; 50 once in both
    assert effects(tariff, "R11", DEMARCHES, Client(inhabitants=1_000)) == [("+50,00 €", "+50,00 €", "+300,00 €")]


@pytest.mark.parametrize(
    ("client", "alternative", "figures"),
    [
        # D: 356 a year and 200 once -> B: 101 and 50
        (
            Client(inhabitants=1_500, agents=50),
            "Le nombre d'habitants décide seul.",
            ("−405,00 €", "−255,00 €", "−1 680,00 €"),
        ),
        (
            Client(inhabitants=8_000, agents=6),
            "Le nombre d'agents décide seul.",
            ("−405,00 €", "−255,00 €", "−1 680,00 €"),
        ),
        # G: 2 553 and a quote -> F: 1 277 + 400
        (
            Client(inhabitants=25_000, agents=400),
            "Le nombre d'habitants décide seul.",
            (
                "−876,00 € et 1 montant sur devis de moins",
                "−876,00 € et 1 montant sur devis de moins",
                "−5 256,00 € et 1 montant sur devis de moins",
            ),
        ),
    ],
)
def test_r12_lets_one_criterion_decide_and_shows_the_one_that_changes_something(
    client: Client, alternative: str, figures: Figures, tariff: Tariff
) -> None:
    [(found, comparison)] = points(tariff, DEMARCHES, client)["R12"].effects
    assert (found.label, words(comparison)) == (alternative, figures)


def test_r13_moves_the_setup_to_the_cdg_and_changes_no_total(tariff: Tariff) -> None:
    assert effects(tariff, "R13", DEMARCHES) == [UNCHANGED]
    [(_, comparison)] = points(tariff, DEMARCHES)["R13"].effects
    assert comparison.estimate.first_year(payee="fibre").amount == 51
    assert comparison.estimate.first_year(payee="cdg").amount == 100


def test_r14_lets_an_epci_follow_the_grid_said_once_for_both_alternatives(tariff: Tariff) -> None:
    # F: 1 277 + 400 a year, 200 once; three quotes in year 1, two of them yearly
    figures = (
        "+1 877,00 €, mais 3 montants sur devis de moins",
        "+1 677,00 €, mais 2 montants sur devis de moins",
        "+10 262,00 €, mais 3 montants sur devis de moins",
    )
    client = Client(structure="epci", inhabitants=25_000)
    assert effects(tariff, "R14", DEMARCHES, client) == [figures]
    [(alternative, _)] = points(tariff, DEMARCHES, client)["R14"].effects
    assert alternative.label == "Une intercommunalité, qui a aussi des habitants, suit la même grille qu'une commune."
    for otherwise in (other for number, _, other in tariff.alternatives if number == "R14"):
        assert estimate(client, DEMARCHES, otherwise).category == "F"


def test_r14_lets_any_other_body_follow_the_grid_by_its_agents_in_one_alternative(tariff: Tariff) -> None:
    # D: 256 + 100 a year, 200 once
    assert effects(tariff, "R14", DEMARCHES, Client(structure="other", agents=50)) == [
        (
            "+556,00 €, mais 3 montants sur devis de moins",
            "+356,00 €, mais 2 montants sur devis de moins",
            "+2 336,00 €, mais 3 montants sur devis de moins",
        )
    ]


@pytest.mark.parametrize(
    ("structure", "alternative"),
    [
        ("epci", "Une intercommunalité, qui a aussi des habitants, suit la même grille qu'une commune."),
        ("other", "Toute structure suit la grille, par ses agents quand elle n'a pas d'habitants."),
    ],
)
def test_r14_asks_a_body_of_unknown_size_what_the_grid_depends_on(
    structure: str, alternative: str, tariff: Tariff
) -> None:
    client = Client.model_validate({"structure": structure})
    [(found, comparison)] = points(tariff, DEMARCHES, client)["R14"].effects
    assert found.label == alternative
    assert words(comparison) == (
        "3 montants sur devis de moins et 3 montants à compléter de plus",
        "2 montants sur devis de moins et 2 montants à compléter de plus",
        "3 montants sur devis de moins et 3 montants à compléter de plus",
    )
