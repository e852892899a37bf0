"""Invalid tariffs: every instance of a fault with its place, and for each rule the last value that breaks or keeps it.

What its keeper reads of them is in tests/invalid.
"""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from pricing import Tariff

ITEM = "services.certificate.items.certificates_on_site_1y"
BANDS = "services.antivirus.charges.setup.price.bands"
TERMS = "services.certificate.charges.on_site.price.terms"
GRID = "services.demarches.charges.support.price.amounts"
DOMAIN = {
    "label": "Noms de domaine", "unit": "nom de domaine", "units": "noms de domaine",
    "address": "domaines", "short": "dom",
}  # fmt: skip
CHARGES = [
    "mailbox.charges.account_5go", "mailbox.charges.account_unlimited", "domain.charges.subscription",
    "web_page.charges.subscription", "certificate.charges.cdg", "certificate.charges.on_site", "backup.charges.setup",
    "backup.charges.subscription", "backup.charges.extra_storage", "antivirus.charges.subscription",
    "demarches.charges.subscription", "demarches.charges.setup",
]  # fmt: skip
"""Charges that La Fibre Numérique 59-62 bills."""


def refusals(tariff: Tariff, changes: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the name and the place of every rule that a changed tariff breaks."""
    with pytest.raises(ValidationError) as caught:
        tariff.changed(changes)
    return [(error["type"], ".".join(map(str, error["loc"]))) for error in caught.value.errors()]


def bands(*bounds: int) -> list[dict[str, int]]:
    return [{"up_to": bound, "price": rank} for rank, bound in enumerate(bounds)]


def terms(*years: int) -> list[dict[str, int]]:
    return [{"years": each, "price": rank} for rank, each in enumerate(years)]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        (BANDS, bands(5, 5, 6, 6, 5), [("bands_overlap", f"{BANDS}.{rank}.up_to") for rank in (1, 3, 4)]),
        (TERMS, terms(3, 2, 2, 1), [("terms_order", f"{TERMS}.{rank}.years") for rank in (1, 2, 3)]),
        (TERMS, terms(1, 2), [("no_term_price", TERMS)]),
        (TERMS, terms(6), [("no_term_price", TERMS)] * 3),
        (GRID, dict.fromkeys("ABJCDK", 25), [
            *(("category_missing", f"{GRID}.{name}") for name in "EFGHI"),
            *(("category_unknown", f"{GRID}.{name}") for name in "JK"),
        ]),
        (GRID, dict.fromkeys("BACDEFGHI", 25), [("categories_swapped", GRID)]),
        ("grids.demarches.up_to.B", {"inhabitants": 1_000, "agents": 4, "text": "B"}, [
            ("bounds_order", f"grids.demarches.up_to.B.{of}") for of in ("inhabitants", "agents")
        ]),
        ("payees", {"cdg": {"label": "CDG 62", "short": "CDG 62", "bills": "l'accompagnement"}}, [
            ("no_payee", f"services.{charge}.payee") for charge in CHARGES
        ]),
        ("grids", {}, [
            ("unknown_grid", f"services.demarches.charges.{charge}.price.grid")
            for charge in ("subscription", "setup", "support")
        ]),
        ("grids.demarches.up_to.B", {"text": "B"}, [("unbounded", "grids.demarches.up_to.B")]),
        ("services", {}, [("too_short", "services")]),
        ("services.domain.charges.subscription.structures", (), [
            ("too_short", "services.domain.charges.subscription.structures"),
        ]),
        ("services.domain.items", {}, [("unknown_item", "services.domain.charges.subscription.of.0")]),
        ("services.domain.items", {"domains": DOMAIN, "é": DOMAIN, "X": DOMAIN, "backups": DOMAIN}, [
            ("item_key", "services.domain.items.é.[key]"), ("item_key", "services.domain.items.X.[key]"),
            ("offered_twice", "services.backup.items.backups"),
            ("item_without_price", "services.domain.items.é"), ("item_without_price", "services.domain.items.X"),
        ]),
        ("services.mailbox.instead.items", {"mailboxes_5go": "5", "domains": "d", "x": "x"}, [
            ("unknown_item", f"services.mailbox.instead.items.{item}") for item in ("domains", "x")
        ]),
        ("services.domain.charges.subscription.unless", ("x", "backups", "y"), [
            ("unknown_requires", f"services.domain.charges.subscription.unless.{rank}") for rank in (0, 2)
        ]),
        (f"{ITEM}.term_years", None, [("item_term", f"{ITEM}.term_years")]),
        (f"{ITEM}.term_years", 0, [("positive_int", f"{ITEM}.term_years")]),
        (f"{ITEM}.term_years", 6, [("no_term_price", TERMS)]),
        (f"{ITEM}.term_years", True, [("positive_int", f"{ITEM}.term_years")]),
        ("readings.R6.alternatives", (), [("no_alternative", "readings.R6")]),
        ("in_force_from", date(2024, 3, 25), [("too_early", "in_force_from")]),
        ("grids.demarches.beyond.name", "H", [("letters_order", "grids.demarches.beyond.name")]),
        ("title", " ", [("blank", "title")]),
        ("title", "{item} {label}", [("brace", "title")]),
        ("services.antivirus.charges.setup.only_with", "x", [
            ("unknown_requires", "services.antivirus.charges.setup.only_with"),
            ("item_without_price", "services.antivirus.items.antivirus_intervention"),
        ]),
    ],
)  # fmt: skip
def test_a_rule_reports_every_instance_that_breaks_it(
    key: str, value: Any, told: list[tuple[str, str]], tariff: Tariff
) -> None:
    found = [
        (kind, place.replace("by_term.", "").replace("stairstep.", ""))
        for kind, place in refusals(tariff, {key: value})
    ]
    assert found == told


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("grids.demarches.up_to.B", {"inhabitants": 1_001, "agents": 5, "text": "B"}),
        ("grids.demarches.up_to.A.agents", 1),
        ("in_force_from", date(2024, 3, 27)),
        (BANDS, bands(5, 6)),
        (BANDS, bands(1)),
        (TERMS, terms(1, 2, 3, 4)),
        ("services.antivirus.charges.subscription.only_with", "domains"),
        ("services.domain.charges.subscription.unless", ("backups",)),
        ("services.domain.charges.subscription.price", {
            "kind": "per_head", "by": "agents", "amount": 1, "floor": 50, "cap": 50,
        }),
        ("services.domain.items.domains.address", "noms-2-domaine"),
        ("services.domain.items.domains.short", "2d"),
        (GRID, dict.fromkeys("ABCDEFGHI", "on_quote")),
        ("services.domain.charges.subscription.rhythm", "setup"),
    ],
)  # fmt: skip
def test_a_rule_accepts_the_last_valid_value(key: str, value: Any, tariff: Tariff) -> None:
    assert tariff.changed({key: value}) != tariff


@pytest.mark.parametrize(("name", "named"), [("J", True), ("J123", True), ("J1234", False), ("j", False), ("é", False)])
def test_a_category_is_named_by_a_letter(name: str, named: bool, tariff: Tariff) -> None:
    told = ("category_name", "grids.demarches.beyond.name") in refusals(tariff, {"grids.demarches.beyond.name": name})
    assert told != named


@pytest.mark.parametrize(("certificates", "accepted"), [(1, True), (2, False), (3, False)])
def test_only_a_single_certificate_may_be_counted_together(certificates: int, accepted: bool, tariff: Tariff) -> None:
    key = "services.certificate.charges.on_site_support"
    of = tariff.services["certificate"].charges["on_site_support"].of[:certificates]
    changes = {f"{key}.of": of, f"{key}.counted": "together"}
    if accepted:
        assert tariff.changed(changes).services["certificate"].charges["on_site_support"].counted == "together"
    else:
        assert refusals(tariff, changes) == [("term_each", f"{key}.counted")]


@pytest.mark.parametrize("key", ["adopte", "services.domain.ammount", "body.x", "body."])
def test_a_change_of_an_unknown_key_is_refused(key: str, tariff: Tariff) -> None:
    with pytest.raises(KeyError) as caught:
        tariff.changed({key: 1})
    assert caught.value.args == (key.rpartition(".")[2],)


def test_a_change_leaves_the_original_tariff_unchanged(tariff: Tariff) -> None:
    before = tariff.model_dump()
    assert tariff.changed({"in_force_from": date(2026, 1, 1)}).in_force_from == date(2026, 1, 1)
    assert tariff.model_dump() == before


def test_a_tariff_is_hashed_by_its_name_and_compared_by_its_prices(tariff: Tariff) -> None:
    same = tariff.model_copy(deep=True)
    dearer = tariff.changed({"services.domain.charges.subscription.price.amount": 16})
    assert {tariff: "read"}[same] == "read"
    assert hash(dearer) == hash(tariff) == hash(tariff.adopted)
    assert dearer not in {tariff: "read"}
