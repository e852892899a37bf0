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
DOMAIN = {"label": "Noms de domaine", "unit": "nom de domaine", "units": "noms de domaine", "help": "Une adresse."}


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
        ("payees", {}, [("no_payee", "payees.fibre"), ("no_payee", "payees.cdg")]),
        ("services.domain.items", {}, [
            ("unknown_item", "services.domain.charges.subscription.of.0"), ("item_not_offered", "services"),
        ]),
        ("services.domain.items", {"domains": DOMAIN, "x": DOMAIN, "backups": DOMAIN}, [
            ("not_orderable", "services.domain.items.x.[key]"), ("offered_twice", "services.backup.items.backups"),
        ]),
        (f"{ITEM}.term_years", 0, [("item_term", f"{ITEM}.term_years")]),
        (f"{ITEM}.term_years", 6, [("no_term_price", TERMS)]),
        (f"{ITEM}.term_years", True, [("years", f"{ITEM}.term_years")]),
        ("readings.R6.alternatives", (), [("no_alternative", "readings.R6")]),
        ("in_force_from", date(2024, 3, 25), [("too_early", "in_force_from")]),
        ("categories.beyond.name", "H", [("letters_order", "categories.beyond.name")]),
        ("title", " ", [("blank", "title")]),
        ("title", "{item} {label}", [("brace", "title")]),
        ("services.antivirus.charges.setup.only_with", "domains", [
            ("unknown_item", "services.antivirus.charges.setup.only_with"),
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
        (TERMS, terms(1, 2, 3, 6)),
        (GRID, dict.fromkeys("ABCDEFGHI", "on_quote")),
        ("services.domain.charges.subscription.rhythm", "setup"),
    ],
)
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
