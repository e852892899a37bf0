"""Items that stand for one another: the price of each a year, worked out by hand, and the cheapest."""

from decimal import Decimal

import pytest

from pricing import Client, Order, Tariff, estimate
from pricing.instead import asked_kinds, cheapest, per_year, units
from pricing.tariff import Instead
from tests.french import plain
from views.reports.price_words import kind_price

TOWN = Client(inhabitants=1_250, agents=6)
"""Commune of category B by both criteria."""


def of(tariff: Tariff, service: str) -> Instead:
    """Return the items of a service that stand for one another."""
    instead = tariff.services[service].instead
    assert instead
    return instead


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("mailboxes_5go", "20,00 € par an"),
        ("mailboxes_unlimited", "27,00 € par an"),
        ("certificates_cdg_1y", "76,80 € par an"),  # 76,80 / 1
        ("certificates_cdg_2y", "42,00 € par an"),  # 84 / 2
        ("certificates_cdg_3y", "30,00 € par an"),  # 90 / 3
        ("certificates_on_site_1y", "172,80 € par an + 1 montant sans prix indiqué"),
        ("certificates_on_site_2y", "90,00 € par an + 1 montant sans prix indiqué"),
        ("certificates_on_site_3y", "62,00 € par an + 1 montant sans prix indiqué"),
    ],
)
def test_a_kind_has_the_price_of_its_act_divided_by_its_years(item: str, words: str, tariff: Tariff) -> None:
    assert plain(kind_price(per_year(item, TOWN, tariff))) == words


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ({"kind": "on_quote", "why": "sur devis"}, "1 montant sur devis"),
        ({"kind": "included"}, "inclus"),
        ({"kind": "not_stated"}, "1 montant sans prix indiqué"),
        ({"kind": "flat", "amount": Decimal(30)}, "prix selon le nombre"),
    ],
    ids=["on quote", "included", "not stated", "for all together"],
)
def test_a_kind_without_a_price_per_unit_says_so(price: dict[str, object], words: str, tariff: Tariff) -> None:
    changed = tariff.changed({"services.mailbox.charges.account_5go.price": price})
    assert plain(kind_price(per_year("mailboxes_5go", TOWN, changed))) == words


def test_an_item_is_priced_with_the_one_it_requires(tariff: Tariff) -> None:
    assert plain(kind_price(per_year("extra_storage_go", TOWN, tariff))) == "11,00 € par an"


def test_the_cheapest_is_the_one_that_costs_least_over_six_years(tariff: Tariff) -> None:
    mailbox, certificate = of(tariff, "mailbox"), of(tariff, "certificate")
    for order in (Order(), Order(mailboxes_unlimited=6, certificates_on_site_1y=2)):
        asked = estimate(TOWN, order, tariff)
        assert cheapest(asked, mailbox, tariff) == "mailboxes_5go"
        assert cheapest(asked, certificate, tariff) == "certificates_cdg_3y"


def test_the_cheapest_is_found_beside_what_else_is_asked_for(tariff: Tariff) -> None:
    dear = {"kind": "per_unit", "amount": Decimal(30)}
    path = "services.mailbox.charges.account_5go"
    changed = tariff.changed({f"{path}.price": dear}).changed({f"{path}.unless": ["backups"]})
    mailbox = of(changed, "mailbox")
    assert cheapest(estimate(TOWN, Order(), changed), mailbox, changed) == "mailboxes_unlimited"
    assert cheapest(estimate(TOWN, Order(backups=1), changed), mailbox, changed) == "mailboxes_5go"


def test_none_is_the_cheapest_where_two_cost_the_same_or_the_least_leaves_more_out(tariff: Tariff) -> None:
    asked = estimate(TOWN, Order(), tariff)
    same = tariff.changed({"services.mailbox.charges.account_unlimited.price.amount": Decimal(20)})
    assert cheapest(asked, of(same, "mailbox"), same) == ""
    on_quote = {"kind": "on_quote", "why": "sur devis"}
    unknown = tariff.changed({"services.mailbox.charges.account_5go.price": on_quote})
    assert cheapest(asked, of(unknown, "mailbox"), unknown) == ""


def test_units_of_all_kinds_are_counted_together(tariff: Tariff) -> None:
    order = Order(certificates_on_site_3y=2, certificates_cdg_1y=1, domains=4)
    assert asked_kinds(order, of(tariff, "certificate")) == ("certificates_cdg_1y", "certificates_on_site_3y")
    assert units(order, of(tariff, "certificate")) == 3
