"""What a tariff can't be, whoever writes it: each rule by its name, its words, and its last value on either side."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from pricing import Tariff

A_CERTIFICATE = "services.certificate.items.certificates_on_site_1y.term_years"
BANDS = "services.antivirus.charges.setup.price.bands"
TERMS = "services.certificate.charges.cdg.price.terms"
GRID = "services.demarches.charges.support.price.amounts"
FIBRE = {"label": "La Fibre Numérique 59-62", "short": "La Fibre 59-62", "bills": "le service"}
CDG = {"label": "CDG 62", "short": "CDG 62", "bills": "l'accompagnement"}
DOMAIN = {"label": "Noms de domaine", "unit": "nom de domaine", "units": "noms de domaine", "help": "Une adresse."}
NO_TERM = "« certificates_on_site_1y » se paie pour la durée : il lui faut term_years = 1, 2, 3 ou 6"
NOT_ABOVE = "la catégorie B ne vient pas après la catégorie A : lettres et bornes doivent monter"
IN_ORDER = "les durées doivent aller de la plus courte à la plus longue, chacune une fois"
ALL_CATEGORIES = (
    "« demarches.support » doit donner un prix à chaque catégorie, dans l'ordre : A, B, C, D, E, F, G, H, I"
)
POSITIVE = "il faut un nombre entier à partir de 1"


def refusal(tariff: Tariff, changes: dict[str, Any]) -> tuple[str, str]:
    """The name and the words of the one rule that a changed tariff breaks."""
    with pytest.raises(ValidationError) as caught:
        tariff.changed(changes)
    [error] = caught.value.errors()
    return error["type"], error["msg"]


@pytest.mark.parametrize(
    ("key", "value", "rule", "words"),
    [
        (
            "services.certificate.charges.on_site_support.counted", "together",
            "term_each", 'un prix pour la durée se compte par certificat : counted = "each"',
        ),
        (
            "services.certificate.charges.cdg.rhythm", "yearly",
            "term_rhythm", 'un prix selon la durée a pour rythme "term"',
        ),
        (
            "services.domain.charges.subscription.of", ("domains", "backups"),
            "unknown_item", "le tarif « subscription » compte « backups », que ce service ne propose pas",
        ),
        (
            "services.antivirus.charges.setup.only_with", "domains",
            "unknown_item", "le tarif « setup » compte « domains », que ce service ne propose pas",
        ),
        (A_CERTIFICATE, 0, "item_term", NO_TERM),
        (A_CERTIFICATE, 4, "item_term", NO_TERM),
        (A_CERTIFICATE, 5, "item_term", NO_TERM),
        (A_CERTIFICATE, 7, "item_term", NO_TERM),
        (
            A_CERTIFICATE, 6,
            "no_term_price", "« certificates_on_site_1y » dure 6 an(s), une durée sans prix dans « on_site »",
        ),
        ("categories.up_to.B.inhabitants", 1_000, "categories_order", NOT_ABOVE),
        ("categories.up_to.B.agents", 4, "categories_order", NOT_ABOVE),
        (
            "readings.R6.alternatives", (),
            "no_alternative", "un point « difference » doit avoir au moins une alternative",
        ),
        ("payees", {"fibre": FIBRE}, "no_payee", "il manque la structure « cdg »"),
        ("payees", {"cdg": CDG}, "no_payee", "il manque la structure « fibre »"),
        (
            "services.domain.items", {"domains": DOMAIN, "domaines": DOMAIN},
            "item_not_orderable", "« domaines » n'est pas un service que la page sait demander",
        ),
        (
            "services.backup.items.extra_storage_go.requires", "backup",
            "unknown_requires", "« Stockage supplémentaire » suppose « backup », qui n'est pas proposé",
        ),
        (
            "services.backup.items.backups.requires", "domains",
            "requires_in_turn", "« Stockage supplémentaire » suppose « backups », qui suppose lui-même autre chose",
        ),
        ("services.domain.charges", {}, "item_without_price", "« domains » n'a pas de prix"),
        (GRID, {"A": 25}, "category_gap", ALL_CATEGORIES),
        (GRID, dict.fromkeys("BACDEFGHI", 25), "category_gap", ALL_CATEGORIES),
        (
            BANDS, ({"up_to": 5, "price": 1}, {"up_to": 5, "price": 2}),
            "bands_overlap", "la tranche jusqu'à 5 chevauche la précédente, qui va déjà jusqu'à 5",
        ),
        (
            BANDS, ({"up_to": 5, "price": 1}, {"up_to": 4, "price": 2}),
            "bands_overlap", "la tranche jusqu'à 4 chevauche la précédente, qui va déjà jusqu'à 5",
        ),
        (TERMS, ({"years": 2, "price": 1}, {"years": 2, "price": 2}), "terms_order", IN_ORDER),
        (TERMS, ({"years": 2, "price": 1}, {"years": 1, "price": 2}), "terms_order", IN_ORDER),
        ("categories.up_to.A.agents", 0, "positive_int", POSITIVE),
        ("categories.up_to.A.agents", "4", "positive_int", POSITIVE),
        ("categories.up_to.A.agents", True, "positive_int", POSITIVE),
    ],
)  # fmt: skip
def test_a_rule_refuses_what_breaks_it(key: str, value: Any, rule: str, words: str, tariff: Tariff) -> None:
    assert refusal(tariff, {key: value}) == (rule, words)


def test_letters_must_rise_as_the_bounds_do(tariff: Tariff) -> None:
    first, second = (tariff.categories.up_to[name].model_dump() for name in "AB")
    words = "la catégorie A ne vient pas après la catégorie B : lettres et bornes doivent monter"
    assert refusal(tariff, {"categories.up_to": {"B": first, "A": second}}) == ("categories_order", words)


def test_an_item_that_no_service_offers_has_no_price(tariff: Tariff) -> None:
    changes = {"services.domain.items": {}, "services.domain.charges": {}}
    assert refusal(tariff, changes) == ("item_without_price", "« domains » n'a pas de prix")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("categories.up_to.B.inhabitants", 1_001),
        ("categories.up_to.B.agents", 5),
        ("categories.up_to.A.agents", 1),
        (BANDS, ({"up_to": 5, "price": 1}, {"up_to": 6, "price": 2})),
        (BANDS, ({"up_to": 1, "price": 1},)),
        ("services.demarches.charges.support.price.amounts", dict.fromkeys("ABCDEFGHI", "on_quote")),
        ("services.domain.charges.subscription.rhythm", "setup"),
    ],
)
def test_a_rule_accepts_the_value_beside_it(key: str, value: Any, tariff: Tariff) -> None:
    assert tariff.changed({key: value}) != tariff


@pytest.mark.parametrize(("certificates", "accepted"), [(1, True), (2, False), (3, False)])
def test_only_a_single_certificate_may_be_counted_together(certificates: int, accepted: bool, tariff: Tariff) -> None:
    charges = {key: charge.model_dump() for key, charge in tariff.services["certificate"].charges.items()}
    charges["on_site_support"] |= {"of": charges["on_site_support"]["of"][:certificates], "counted": "together"}
    changes = {"services.certificate.charges": charges}
    if accepted:
        assert tariff.changed(changes).services["certificate"].charges["on_site_support"].counted == "together"
    else:
        assert refusal(tariff, changes)[0] == "term_each"


@pytest.mark.parametrize("key", ["adopte", "services.domain.charges.subscription.price.ammount"])
def test_a_change_of_a_key_that_is_not_there_is_refused(key: str, tariff: Tariff) -> None:
    with pytest.raises(KeyError, match=key):
        tariff.changed({key: 1})


def test_a_change_leaves_the_tariff_itself_as_it_was(tariff: Tariff) -> None:
    before = tariff.model_dump()
    assert tariff.changed({"adopted": date(2026, 1, 1)}).adopted == date(2026, 1, 1)
    assert tariff.model_dump() == before


def test_a_tariff_is_looked_up_by_its_name_and_told_apart_by_its_prices(tariff: Tariff) -> None:
    same = tariff.model_copy(deep=True)
    dearer = tariff.changed({"services.domain.charges.subscription.price.amount": 16})
    assert {tariff: "read"}[same] == "read"
    assert hash(dearer) == hash(tariff) == hash(tariff.adopted)
    assert dearer not in {tariff: "read"}
