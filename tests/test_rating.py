"""Amount of each kind of price at N-1, N and N+1, or the reason in French why it has none."""

from decimal import Decimal
from typing import Any, Literal

import pytest
from french import plain
from pydantic import ValidationError

from pricing import Client, Order, Tariff, estimate
from pricing.prices import (
    Band,
    Blocks,
    ByCategory,
    ByTerm,
    Included,
    Limit,
    NotStated,
    OnQuote,
    PerUnit,
    Price,
    Stairstep,
    Term,
    Unit,
)
from pricing.rating import Missing, Outcome, Priced, explained, rate

ACCOUNT = Unit("compte", "comptes")
DEVICE = Unit("ordinateur", "ordinateurs")
GO = Unit("Go", "Go")
CERTIFICATE = Unit("certificat", "certificats")
CLIENT = Unit("collectivité", "collectivités")

PER_ACCOUNT = PerUnit(kind="per_unit", amount=Decimal(20))
WHY = "au-delà de 100 Go, sur devis"


def band(up_to: int, price: int) -> Band:
    return Band(up_to=up_to, price=Decimal(price))


def blocks(counted_from: Literal["last_band", "first_unit"]) -> Blocks:
    return Blocks(kind="blocks", price=Decimal(50), size=20, counted_from=counted_from)


BANDS = (band(2, 25), band(5, 50), band(10, 100), band(20, 150))
ON_TOP = Stairstep(kind="stairstep", bands=BANDS, beyond=blocks("last_band"))
FROM_FIRST = Stairstep(kind="stairstep", bands=BANDS, beyond=blocks("first_unit"))
THEN_QUOTE = Stairstep(
    kind="stairstep", bands=BANDS, beyond=OnQuote(kind="on_quote", why="sur devis au-delà de 20 ordinateurs")
)
TERMS = ByTerm(kind="by_term", terms=(Term(years=1, price=Decimal("76.80")), Term(years=3, price=Decimal(90))))
CATEGORIES = ByCategory(kind="by_category", amounts={"A": Decimal(26), "B": "on_quote"})


def limited(beyond: Literal["whole_on_quote", "excess_on_quote"]) -> PerUnit:
    return PerUnit(kind="per_unit", amount=Decimal(11), limit=Limit(up_to=100, beyond=beyond, why=WHY))


def rated(price: Price, quantity: int, unit: Unit, years: int = 0, category: str | OnQuote | Missing = "") -> Outcome:
    """Return the one outcome of a quantity that no limit splits."""
    [(part, outcome)] = rate(price, quantity, unit, years, category)
    assert part == quantity
    return outcome


def told(outcome: Outcome) -> tuple[Decimal, str]:
    """Return the amount with the text that explains it."""
    assert isinstance(outcome, Priced)
    return outcome.amount, plain(explained(outcome))


# Per unit


@pytest.mark.parametrize(
    ("quantity", "amount", "words"),
    [
        (1, "20.00", "1 compte × 20,00 €"),
        (2, "40.00", "2 comptes × 20,00 €"),
        (1_250, "25000.00", "1 250 comptes × 20,00 €"),
        (50_000, "1000000.00", "50 000 comptes × 20,00 €"),
    ],
)
def test_units_cost_their_number_times_the_price(quantity: int, amount: str, words: str) -> None:
    assert told(rated(PER_ACCOUNT, quantity, ACCOUNT)) == (Decimal(amount), words)


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert explained(rated(PER_ACCOUNT, 1_250, ACCOUNT)) == "1\u00a0250\u00a0comptes × 20,00\u00a0€"


@pytest.mark.parametrize("beyond", ["whole_on_quote", "excess_on_quote"])
@pytest.mark.parametrize("quantity", [1, 99, 100])
def test_a_price_applies_up_to_its_limit(quantity: int, beyond: Literal["whole_on_quote", "excess_on_quote"]) -> None:
    amount, words = told(rated(limited(beyond), quantity, GO))
    assert amount == 11 * quantity
    assert words == f"{quantity} Go × 11,00 €"


@pytest.mark.parametrize("quantity", [101, 50_000])
def test_the_whole_quantity_is_on_quote_above_its_limit(quantity: int) -> None:
    outcome = rated(limited("whole_on_quote"), quantity, GO)
    assert outcome.kind == "on_quote"
    assert explained(outcome) == WHY


@pytest.mark.parametrize("quantity", [101, 120, 50_000])
def test_only_the_excess_is_on_quote_above_its_limit_where_the_act_is_read_so(quantity: int) -> None:
    (kept, priced), (excess, on_quote) = rate(limited("excess_on_quote"), quantity, GO, 1, "")
    assert (kept, excess) == (100, quantity - 100)
    assert told(priced) == (Decimal("1100.00"), "100 Go × 11,00 €")
    assert on_quote.kind == "on_quote"
    assert explained(on_quote) == WHY


# By band


@pytest.mark.parametrize("price", [ON_TOP, FROM_FIRST, THEN_QUOTE], ids=["on top", "from the first", "on quote"])
@pytest.mark.parametrize(
    ("quantity", "amount", "words"),
    [
        (1, 25, "1 compte, tranche de 1 à 2 : 25,00 €"),
        (2, 25, "2 comptes, tranche de 1 à 2 : 25,00 €"),
        (3, 50, "3 comptes, tranche de 3 à 5 : 50,00 €"),
        (4, 50, "4 comptes, tranche de 3 à 5 : 50,00 €"),
        (5, 50, "5 comptes, tranche de 3 à 5 : 50,00 €"),
        (6, 100, "6 comptes, tranche de 6 à 10 : 100,00 €"),
        (10, 100, "10 comptes, tranche de 6 à 10 : 100,00 €"),
        (11, 150, "11 comptes, tranche de 11 à 20 : 150,00 €"),
        (19, 150, "19 comptes, tranche de 11 à 20 : 150,00 €"),
        (20, 150, "20 comptes, tranche de 11 à 20 : 150,00 €"),
    ],
)
def test_a_quantity_costs_the_price_of_its_band(price: Stairstep, quantity: int, amount: int, words: str) -> None:
    assert told(rated(price, quantity, ACCOUNT)) == (Decimal(amount), words)


@pytest.mark.parametrize(
    ("quantity", "amount", "words"),
    [
        (21, 200, "21 comptes : 150,00 € pour les 20 premiers + 1 tranche de 20 entamée × 50,00 €"),
        (40, 200, "40 comptes : 150,00 € pour les 20 premiers + 1 tranche de 20 entamée × 50,00 €"),
        (41, 250, "41 comptes : 150,00 € pour les 20 premiers + 2 tranches de 20 entamées × 50,00 €"),
        (60, 250, "60 comptes : 150,00 € pour les 20 premiers + 2 tranches de 20 entamées × 50,00 €"),
        (61, 300, "61 comptes : 150,00 € pour les 20 premiers + 3 tranches de 20 entamées × 50,00 €"),
    ],
)
def test_blocks_are_added_to_the_last_band(quantity: int, amount: int, words: str) -> None:
    assert told(rated(ON_TOP, quantity, ACCOUNT)) == (Decimal(amount), words)


@pytest.mark.parametrize(
    ("quantity", "amount", "words"),
    [
        (21, 100, "2 tranches de 20 entamées × 50,00 €"),
        (40, 100, "2 tranches de 20 entamées × 50,00 €"),
        (41, 150, "3 tranches de 20 entamées × 50,00 €"),
        (60, 150, "3 tranches de 20 entamées × 50,00 €"),
        (61, 200, "4 tranches de 20 entamées × 50,00 €"),
    ],
)
def test_blocks_replace_the_bands_where_they_count_from_the_first_unit(quantity: int, amount: int, words: str) -> None:
    assert told(rated(FROM_FIRST, quantity, ACCOUNT)) == (Decimal(amount), words)


@pytest.mark.parametrize("quantity", [21, 22, 50_000])
def test_a_quantity_beyond_the_last_band_is_on_quote(quantity: int) -> None:
    outcome = rated(THEN_QUOTE, quantity, DEVICE)
    assert outcome.kind == "on_quote"
    assert explained(outcome) == "sur devis au-delà de 20 ordinateurs"


# By term and by category


@pytest.mark.parametrize(
    ("quantity", "years", "amount", "words"),
    [
        (1, 1, "76.80", "1 certificat × 76,80 € pour 1 an"),
        (4, 1, "307.20", "4 certificats × 76,80 € pour 1 an"),
        (2, 3, "180.00", "2 certificats × 90,00 € pour 3 ans"),
    ],
)
def test_a_certificate_costs_the_price_of_its_term(quantity: int, years: int, amount: str, words: str) -> None:
    assert told(rated(TERMS, quantity, CERTIFICATE, years)) == (Decimal(amount), words)


def test_a_price_by_category_is_that_of_the_client() -> None:
    assert told(rated(CATEGORIES, 1, CLIENT, category="A")) == (Decimal(26), "catégorie A : 26,00 €")


def test_a_category_on_quote_is_named_as_such() -> None:
    outcome = rated(CATEGORIES, 1, CLIENT, category="B")
    assert outcome.kind == "on_quote"
    assert explained(outcome) == "sur devis en catégorie B"


def test_a_client_without_a_category_has_the_reason_instead_of_a_price() -> None:
    on_quote = OnQuote(kind="on_quote", why="la grille est écrite pour les communes")
    missing = Missing(why="indiquez le nombre d'habitants")
    assert rated(CATEGORIES, 1, CLIENT, category=on_quote) == on_quote
    assert rated(CATEGORIES, 1, CLIENT, category=missing) == missing
    assert explained(missing) == "indiquez le nombre d'habitants"


# No amount


def test_an_included_price_is_named_as_such() -> None:
    assert explained(rated(Included(kind="included"), 3, CERTIFICATE, 3)) == "inclus"


def test_no_price_stated_is_neither_free_nor_on_quote() -> None:
    outcome = rated(NotStated(kind="not_stated"), 3, CERTIFICATE, 3)
    assert outcome.kind == "not_stated"
    assert explained(outcome) == "aucun prix indiqué dans l'acte"


def test_a_price_on_quote_gives_its_reason() -> None:
    price = OnQuote(kind="on_quote", why="devis selon la configuration")
    assert rated(price, 1, CLIENT) == price
    assert explained(price) == "devis selon la configuration"


# In an estimate: what has no amount is never a zero


def line_of(tariff: Tariff, charge: str, client: Client, order: Order) -> Any:
    [line] = [line for line in estimate(client, order, tariff).lines if line.position.charge == charge]
    return line


def test_included_counts_as_a_known_zero_and_the_others_as_no_amount(tariff: Tariff) -> None:
    client = Client()
    included = line_of(tariff, "certificate.cdg_support", client, Order(certificates_cdg_3y=1))
    not_stated = line_of(tariff, "certificate.on_site_support", client, Order(certificates_on_site_3y=1))
    missing = line_of(tariff, "demarches.support", client, Order(demarches_simplifiees=True))
    on_quote = line_of(tariff, "backup.extra_storage", client, Order(backups=1, extra_storage_go=101))
    assert included.amount == 0
    assert [line.amount for line in (not_stated, missing, on_quote)] == [None, None, None]
    assert [line.outcome.kind for line in (not_stated, missing, on_quote)] == ["not_stated", "missing", "on_quote"]


def test_a_total_names_what_it_leaves_out(tariff: Tariff) -> None:
    order = Order(backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True)
    first_year = estimate(Client(inhabitants=12_000), order, tariff).first_year
    # 115 + 75 + 463 + 50 + 21 × 17 = 1 060
    assert plain(first_year().words()) == "1 060,00 € + 2 montants sur devis"
    assert plain(first_year(payee="cdg").words()) == "125,00 € + 1 montant sur devis"
    assert plain(first_year(payee="cdg", family="Sécurité", rhythm="setup").words()) == "75,00 € + 1 montant sur devis"


def test_a_wholly_unknown_total_has_no_figure(tariff: Tariff) -> None:
    order = Order(demarches_simplifiees=True)
    assert plain(estimate(Client(structure="epci"), order, tariff).first_year().words()) == "3 montants sur devis"
    assert plain(estimate(Client(), order, tariff).first_year().words()) == "3 montants à compléter"
    assert plain(estimate(Client(), Order(), tariff).first_year().words()) == "0,00 €"


def test_the_name_of_a_line_keeps_the_unit_go(tariff: Tariff) -> None:
    line = line_of(tariff, "backup.extra_storage", Client(), Order(backups=1, extra_storage_go=10))
    assert line.name == "Sauvegarde 60 Go et partage de fichiers 5 Go : stockage supplémentaire"


def test_extra_storage_is_charged_under_its_own_name(tariff: Tariff) -> None:
    line = line_of(tariff, "backup.extra_storage", Client(), Order(backups=1, extra_storage_go=10))
    assert line.position.label == "Stockage supplémentaire"


@pytest.mark.parametrize(
    ("charge", "order", "counted"),
    [
        ("antivirus.subscription", Order(antivirus_devices=1), "1 ordinateur"),
        ("antivirus.subscription", Order(antivirus_devices=1_250), "1 250 ordinateurs"),
        ("antivirus.setup", Order(antivirus_devices=4, antivirus_intervention=True), "4 ordinateurs"),
        ("backup.subscription", Order(backups=1), "1 sauvegarde"),
        ("backup.subscription", Order(backups=2), "2 sauvegardes"),
        ("backup.extra_storage", Order(backups=1, extra_storage_go=40), "40 Go"),
    ],
)
def test_a_line_is_counted_in_the_unit_of_its_item(charge: str, order: Order, counted: str, tariff: Tariff) -> None:
    assert plain(line_of(tariff, charge, Client(), order).counted()) == counted


def test_an_intervention_says_its_band_and_its_limit_in_devices(tariff: Tariff) -> None:
    def said(devices: int) -> str:
        order = Order(antivirus_devices=devices, antivirus_intervention=True)
        return plain(line_of(tariff, "antivirus.setup", Client(), order).words())

    assert said(4) == "4 ordinateurs, tranche de 3 à 5 : 100,00 €"
    assert said(21) == "21 ordinateurs, sur devis au-delà de 20 ordinateurs"


def test_an_item_not_counted_names_what_it_requires(tariff: Tariff) -> None:
    order = Order(extra_storage_go=10, antivirus_intervention=True)
    assert [plain(aside.why) for aside in estimate(Client(), order, tariff).set_aside] == [
        "« Stockage supplémentaire » demande au moins 1 sauvegarde : rien n'est compté.",
        "« Installation par un intervenant » demande au moins 1 ordinateur : rien n'est compté.",
    ]


# Invalid prices


def test_bands_that_do_not_rise_are_refused() -> None:
    for bands in ((band(5, 50), band(2, 25)), (band(2, 25), band(2, 50))):
        with pytest.raises(ValidationError, match="chevauche la précédente"):
            Stairstep(kind="stairstep", bands=bands, beyond=blocks("last_band"))


def test_terms_that_do_not_rise_are_refused() -> None:
    twice = (Term(years=2, price=Decimal(84)), Term(years=2, price=Decimal(84)))
    with pytest.raises(ValidationError, match="pas plus longue que la précédente"):
        ByTerm(kind="by_term", terms=twice)


@pytest.mark.parametrize("up_to", [0, -1, 2.0, "2", True])
def test_a_bound_is_a_whole_number_from_one(up_to: Any) -> None:
    with pytest.raises(ValidationError, match="il faut un nombre entier à partir de 1"):
        Band(up_to=up_to, price=Decimal(25))
