"""Options of an order, worked out by hand, and their order on the page."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pricing import Client, Option, Order, Tariff, estimate, options
from pricing.catalogue import service_words
from pricing.compare import compare
from pricing.options import by_saving, without_a_service
from pricing.order import MAX_QUANTITY
from tests.french import plain

CASES = tomllib.loads(Path(__file__).with_name("options.toml").read_text(encoding="utf-8"))
"""Options and effects of other readings, in French, for those who know the act."""
WITHOUT = service_words().without
"""Labels of the choices to leave a service out."""
TOWN = Client(inhabitants=1_250, agents=6)
"""Commune of category B by both criteria."""
UNSTATED = "1 montant sans prix indiqué de plus"
"""Text for the support of a certificate handed over on site, for which the act states no price."""


def asked(case: dict[str, Any]) -> tuple[Client, Order]:
    """Return the client and the order of a case."""
    return Client.model_validate(case["client"]) if "client" in case else TOWN, Order.model_validate(case["order"])


def offered(tariff: Tariff, order: Order, client: Client = TOWN) -> list[tuple[str, str]]:
    """Return the options of an order by what they save, with their difference over six years."""
    found = by_saving(options(estimate(client, order, tariff), tariff))
    return [(option.label, plain(option.comparison.six_years.words())) for option in found]


@pytest.mark.parametrize("case", CASES["options"])
def test_the_options_of_an_order_are_in_the_order_of_the_page(case: dict[str, Any], tariff: Tariff) -> None:
    client, order = asked(case)
    found = options(estimate(client, order, tariff), tariff)
    differences = {option.label: plain(option.comparison.six_years.words()) for option in found}
    assert list(differences.items()) == list(case.get("offered", {}).items())


def test_every_kind_of_choice_is_offered_and_all_but_another_category_can_be_adopted(tariff: Tariff) -> None:
    order = Order(
        mailboxes_5go=5,
        certificates_cdg_3y=1,
        antivirus_devices=2,
        antivirus_intervention=True,
        demarches_simplifiees=True,
    )
    found = options(estimate(TOWN, order, tariff), tariff)
    kinds = list(dict.fromkeys((option.choice, option.adoptable) for option in found))
    adoptable = ["instead", "ticked", "band"]
    assert kinds == [*((choice, True) for choice in adoptable), ("category", False)]


# By what they save


def test_the_options_that_save_most_over_six_years_come_first(tariff: Tariff) -> None:
    assert [saved for _, saved in offered(tariff, Order(certificates_cdg_1y=1))] == [
        "−280,80 €",
        "−208,80 €",
        f"−88,80 €, mais {UNSTATED}",
        *(f"{more} et {UNSTATED}" for more in ("+79,20 €", "+576,00 €")),
    ]


@pytest.mark.parametrize(
    ("devices", "found"),
    [
        (
            20,
            [
                ("Sans intervention pour l'antivirus", "−300,00 €"),
                ("Tous les comptes en illimité", "+168,00 €"),
                ("Antivirus : 1 ordinateur de plus", "−198,00 €, mais 1 montant sur devis de plus"),
            ],
        ),
        (
            22,
            [
                ("Sans intervention pour l'antivirus", "1 montant sur devis de moins"),
                ("Tous les comptes en illimité", "+168,00 €"),
            ],
        ),
    ],
)
def test_an_option_that_leaves_more_unknown_comes_last_and_one_that_leaves_less_does_not(
    devices: int, found: list[tuple[str, str]], tariff: Tariff
) -> None:
    order = Order(mailboxes_5go=4, antivirus_devices=devices, antivirus_intervention=True)
    assert offered(tariff, order) == found


def test_an_option_that_leaves_another_part_on_quote_comes_last(tariff: Tariff) -> None:
    def option(storage: int, domains: int) -> Option:
        order = Order(backups=1, extra_storage_go=storage, domains=domains)
        return Option("band", str(domains), compare(estimate(TOWN, order, tariff), present))

    present = estimate(TOWN, Order(backups=1, extra_storage_go=101, domains=3), tariff)
    another, dearer, cheaper = option(40_000, 1), option(101, 4), option(101, 2)
    assert by_saving([another, dearer, cheaper]) == (cheaper, dearer, another)


# Bounds


@pytest.mark.parametrize(("others", "accounts", "certificates"), [(0, 1, 5), (1, 2, 6), (2, 0, 0)])
def test_more_than_one_field_can_hold_is_not_put_into_one(
    others: int, accounts: int, certificates: int, tariff: Tariff
) -> None:
    most = MAX_QUANTITY - 1
    for begin, number, order in (
        ("Tous les comptes", accounts, Order(mailboxes_5go=most, mailboxes_unlimited=others)),
        ("Tous les certificats", certificates, Order(certificates_cdg_1y=most, certificates_cdg_3y=others)),
    ):
        assert len([label for label, _ in offered(tariff, order) if label.startswith(begin)]) == number


def neighbours(tariff: Tariff, order: Order) -> list[tuple[str, str]]:
    """Return the options of one more or one less, without the names of service and item."""
    names = [(label.partition(" : ")[2].partition(" (")[0], figure) for label, figure in offered(tariff, order)]
    return [each for each in names if each[0].endswith(("de plus", "de moins"))]


# 2 to 3: 10 once, 20 a year, and support from 25 to 50. After 5: support rises by 50.
@pytest.mark.parametrize(("last", "euros"), [(2, "280,00 €"), *((last, "430,00 €") for last in (5, 10, 20, 40))])
def test_a_band_of_accounts_has_neighbours(last: int, euros: str, tariff: Tariff) -> None:
    assert [neighbours(tariff, Order(mailboxes_5go=last + step)) for step in (-1, 0, 1, 2)] == [
        [],
        [("1 compte de plus", f"+{euros}")],
        [("1 compte de moins", f"−{euros}")],
        [],
    ]


@pytest.mark.parametrize(
    ("last", "more", "less"),
    [
        # 17 a year, and set-up from 50 to 100, to 200, to 300
        (2, "+152,00 €", "−152,00 €"),
        (5, "+202,00 €", "−202,00 €"),
        (10, "+202,00 €", "−202,00 €"),
        # The 300 of set-up become a quote
        (20, "−198,00 €, mais 1 montant sur devis de plus", "+198,00 €, mais 1 montant sur devis de moins"),
    ],
)
def test_a_band_of_devices_has_neighbours(last: int, more: str, less: str, tariff: Tariff) -> None:
    def found(devices: int) -> list[tuple[str, str]]:
        return neighbours(tariff, Order(antivirus_devices=devices, antivirus_intervention=True))

    assert [found(last + step) for step in (-1, 0, 1, 2)] == [
        [],
        [("1 ordinateur de plus", more)],
        [("1 ordinateur de moins", less)],
        [],
    ]
    assert neighbours(tariff, Order(antivirus_devices=last)) == []


@pytest.mark.parametrize(
    ("accounts", "found"),
    [
        (1, ["1 compte de plus"]),
        (2, ["1 compte de moins", "1 compte de plus"]),
        (MAX_QUANTITY - 1, ["1 compte de moins", "1 compte de plus"]),
        (MAX_QUANTITY, ["1 compte de moins"]),
    ],
)
def test_a_neighbour_is_at_least_one_unit_and_at_most_what_can_be_ordered(
    accounts: int, found: list[str], tariff: Tariff
) -> None:
    price = tariff.services["mailbox"].charges["support"].price.model_dump()
    price["bands"] = ({"up_to": 1, "price": 25}, {"up_to": 2, "price": 50})
    price["beyond"] |= {"size": 1}
    changed = tariff.changed({"services.mailbox.charges.support.price": price})
    assert [label for label, _ in neighbours(changed, Order(mailboxes_5go=accounts))] == found


@pytest.mark.parametrize(
    ("client", "adopted"),
    [
        (TOWN, [(1_000, 4), (2_001, 6)]),
        (Client(inhabitants=1_500, agents=50), [(1_500, 40), (1_500, 101)]),
        (Client(inhabitants=8_000, agents=6), [(5_000, 6), (10_001, 6)]),
        (Client(agents=6), [(None, 4), (None, 11)]),
    ],
)
def test_a_category_is_reached_with_the_smallest_change_of_the_client(
    client: Client, adopted: list[tuple[int | None, int | None]], tariff: Tariff
) -> None:
    found = options(estimate(client, Order(demarches_simplifiees=True), tariff), tariff)
    clients = [option.comparison.estimate.client for option in found]
    assert [(other.inhabitants, other.agents) for other in clients] == adopted


# A service left out


def left_out(tariff: Tariff, order: Order, client: Client = TOWN) -> dict[str, tuple[str, str]]:
    """Return what each service left out changes, per year and over six years, by its label."""
    found = without_a_service(estimate(client, order, tariff), tariff, WITHOUT)
    differences = {each.label: (each.comparison.recurring, each.comparison.six_years) for each in found}
    return {label: (plain(yearly.words()), plain(all_.words())) for label, (yearly, all_) in differences.items()}


def test_a_service_is_left_out_with_all_its_charges(tariff: Tariff) -> None:
    # Backup: 463 + 50 a year, 115 + 75 once. Domain: 15 a year.
    assert left_out(tariff, Order(backups=1, domains=1)) == {
        "Sans nom de domaine": ("−15,00 €", "−90,00 €"),
        "Sans la sauvegarde": ("−513,00 €", "−3 268,00 €"),
    }


def test_what_needs_a_service_that_is_left_out_goes_with_it(tariff: Tariff) -> None:
    order = Order(backups=1, extra_storage_go=30, antivirus_devices=2, antivirus_intervention=True, domains=1)
    # Backup with 30 Go: (513 + 330) a year, 190 once. Antivirus: 2 x 17 a year, 50 once.
    found = left_out(tariff, order)
    assert found["Sans la sauvegarde"] == ("−843,00 €", "−5 248,00 €")
    assert found["Sans l'antivirus"] == ("−34,00 €", "−254,00 €")
    made = without_a_service(estimate(TOWN, order, tariff), tariff, WITHOUT)
    changed = {each.label: each.comparison.estimate.order for each in made}
    assert changed["Sans la sauvegarde"] == Order(antivirus_devices=2, antivirus_intervention=True, domains=1)


def test_what_needs_an_item_of_another_service_goes_with_that_one(tariff: Tariff) -> None:
    elsewhere = tariff.changed({"services.domain.items.domains.requires": "backups"})
    stored = estimate(TOWN, Order(backups=1, domains=1, web_pages=1), elsewhere)
    [found] = [each for each in without_a_service(stored, elsewhere, WITHOUT) if each.label == "Sans la sauvegarde"]
    assert found.comparison.estimate.order == Order(web_pages=1)


def test_an_amount_on_quote_goes_with_its_service(tariff: Tariff) -> None:
    order = Order(domains=1, demarches_simplifiees=True)
    found = left_out(tariff, order, Client(structure="epci"))
    assert found["Sans Démarches simplifiées"] == ("2 montants sur devis de moins", "3 montants sur devis de moins")


@pytest.mark.parametrize(
    "order",
    [
        Order(),
        Order(backups=1, extra_storage_go=3),
        Order(backups=1, antivirus_intervention=True),  # an intervention on nothing is not priced
    ],
)
def test_the_only_service_that_is_priced_is_not_left_out(order: Order, tariff: Tariff) -> None:
    assert left_out(tariff, order) == {}


def test_a_service_without_a_label_for_it_is_left_out_by_its_name(tariff: Tariff) -> None:
    found = without_a_service(estimate(TOWN, Order(backups=1, domains=1), tariff), tariff, {"domain": "Sans domaine"})
    assert [each.label for each in found] == [
        "Sans domaine", "Sans « Sauvegarde 60 Go et partage de fichiers 5 Go »",
    ]  # fmt: skip


def test_only_choices_that_leave_as_much_serve_as_much(tariff: Tariff) -> None:
    order = Order(mailboxes_unlimited=3, antivirus_devices=2, antivirus_intervention=True, demarches_simplifiees=True)
    present = estimate(TOWN, order, tariff)
    found = [*options(present, tariff), *without_a_service(present, tariff, {})]
    assert {each.choice for each in found if each.serves_as_much} == {"instead", "ticked"}
    assert {each.choice for each in found if not each.serves_as_much} == {"band", "category", "without"}
