"""Amount and arithmetic of each kind of price at N-1, N and N+1, or the reason in French why it has none."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from pricing.prices import Included, NotStated, OnQuote, Price, Unit
from pricing.rating import Missing, Outcome, explained, rate
from tests.french import plain

PRICE: TypeAdapter[Price] = TypeAdapter(Price)
ACCOUNT = Unit("compte", "comptes")
BANDS = [{"up_to": up_to, "price": price} for up_to, price in ((2, 25), (5, 50), (10, 100), (20, 150))]
LIMIT = {"up_to": 100, "why": "sur devis au-delà de 100"}
BLOCKS = {"kind": "blocks", "price": 50, "size": 20}
PRICES: dict[str, Any] = {
    "each": {"kind": "per_unit", "amount": 20},
    "whole": {"kind": "per_unit", "amount": 11, "limit": {**LIMIT, "beyond": "whole_on_quote"}},
    "excess": {"kind": "per_unit", "amount": 11, "limit": {**LIMIT, "beyond": "excess_on_quote"}},
    "on top": {"kind": "stairstep", "bands": BANDS, "beyond": {**BLOCKS, "counted_from": "last_band"}},
    "from first": {"kind": "stairstep", "bands": BANDS, "beyond": {**BLOCKS, "counted_from": "first_unit"}},
    "then quote": {"kind": "stairstep", "bands": BANDS, "beyond": {"kind": "on_quote", "why": "sur devis"}},
    "terms": {"kind": "by_term", "terms": [{"years": 1, "price": Decimal("76.8")}, {"years": 3, "price": 90}]},
    "grid": {"kind": "by_category", "grid": "demarches", "amounts": {"A": 26, "B": "on_quote"}},
}


def rated(name: str, quantity: int, years: int = 0, category: Any = "") -> list[tuple[int, Outcome]]:
    return list(rate(PRICE.validate_python(PRICES[name]), quantity, ACCOUNT, years, category))


@pytest.mark.parametrize(
    ("price", "quantity", "amount", "words"),
    [
        ("each", 1, 20, "1 compte × 20,00 €"),
        ("each", 50_000, 1_000_000, "50 000 comptes × 20,00 €"),
        ("whole", 99, 1_089, "99 comptes × 11,00 €"),
        ("whole", 100, 1_100, "100 comptes × 11,00 €"),
        ("excess", 100, 1_100, "100 comptes × 11,00 €"),
        ("on top", 1, 25, "1 compte, tranche de 1 à 2 : 25,00 €"),
        ("on top", 2, 25, "2 comptes, tranche de 1 à 2 : 25,00 €"),
        ("from first", 3, 50, "3 comptes, tranche de 3 à 5 : 50,00 €"),
        ("then quote", 19, 150, "19 comptes, tranche de 11 à 20 : 150,00 €"),
        ("then quote", 20, 150, "20 comptes, tranche de 11 à 20 : 150,00 €"),
        ("from first", 20, 150, "20 comptes, tranche de 11 à 20 : 150,00 €"),
        ("on top", 21, 200, "21 comptes : 150,00 € pour les 20 premiers + 1 tranche de 20 entamée × 50,00 €"),
        ("on top", 40, 200, "40 comptes : 150,00 € pour les 20 premiers + 1 tranche de 20 entamée × 50,00 €"),
        ("on top", 41, 250, "41 comptes : 150,00 € pour les 20 premiers + 2 tranches de 20 entamées × 50,00 €"),
        ("from first", 21, 100, "2 tranches de 20 entamées × 50,00 €"),
        ("from first", 40, 100, "2 tranches de 20 entamées × 50,00 €"),
        ("from first", 41, 150, "3 tranches de 20 entamées × 50,00 €"),
    ],
)
def test_a_quantity_has_an_amount_with_its_arithmetic(price: str, quantity: int, amount: int, words: str) -> None:
    [(part, outcome)] = rated(price, quantity)
    assert outcome.kind == "priced"
    assert (part, outcome.amount, plain(explained(outcome))) == (quantity, amount, words)


@pytest.mark.parametrize(
    ("years", "amount", "words"),
    [(1, "307.20", "4 comptes × 76,80 € pour 1 an"), (3, "360.00", "4 comptes × 90,00 € pour 3 ans")],
)
def test_a_certificate_costs_the_price_of_its_term(years: int, amount: str, words: str) -> None:
    [(_, outcome)] = rated("terms", 4, years)
    assert outcome.kind == "priced"
    assert (str(outcome.amount), plain(explained(outcome))) == (amount, words)


@pytest.mark.parametrize("quantity", [101, 50_000])
def test_above_a_limit_the_whole_quantity_is_on_quote_or_only_its_excess(quantity: int) -> None:
    on_quote = OnQuote(kind="on_quote", why="sur devis au-delà de 100")
    assert rated("whole", quantity) == [(quantity, on_quote)]
    assert rated("excess", quantity) == [*rated("excess", 100), (quantity - 100, on_quote)]


@pytest.mark.parametrize("quantity", [21, 50_000])
def test_above_the_last_band_a_quantity_is_on_quote_where_the_act_says_so(quantity: int) -> None:
    assert rated("then quote", quantity) == [(quantity, OnQuote(kind="on_quote", why="sur devis"))]


def test_a_price_by_category_is_that_of_the_client_or_the_reason_for_none() -> None:
    [(_, priced)], [(_, on_quote)] = (rated("grid", 5, category=letter) for letter in "AB")
    assert plain(explained(priced)) == "5 comptes × 26,00 € (catégorie A)"
    assert priced.kind == "priced"
    assert priced.amount == 130
    assert on_quote == OnQuote(kind="on_quote", why="sur devis en catégorie B")
    for reason in (OnQuote(kind="on_quote", why="sur devis"), Missing(why="nombre d'habitants à préciser")):
        assert rated("grid", 1, category=reason) == [(1, reason)]
        assert explained(reason) == reason.why


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (Included(kind="included"), "inclus"),
        (NotStated(kind="not_stated"), "aucun prix indiqué dans l'acte"),
        (OnQuote(kind="on_quote", why="devis selon la configuration"), "devis selon la configuration"),
    ],
)
def test_a_price_without_an_amount_is_its_own_outcome(price: Included | NotStated | OnQuote, words: str) -> None:
    assert rate(price, 3, ACCOUNT, 3, "") == ((3, price),)
    assert explained(price) == words


@pytest.mark.parametrize("up_to", [0, -1, 2.0, "2", True])
def test_a_bound_is_a_whole_number_from_one(up_to: Any) -> None:
    bands = {"kind": "stairstep", "bands": [{"up_to": up_to, "price": 25}], "beyond": PRICES["then quote"]["beyond"]}
    with pytest.raises(ValidationError, match="il faut un nombre entier à partir de 1"):
        PRICE.validate_python(bands)
