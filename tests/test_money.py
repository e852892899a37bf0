"""Amounts are exact, rounded once, half up, and written the French way."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from pricing.money import Euros, EurosOrQuote, counted, euros, signed_euros, to_cents
from tests.french import plain

EUROS: TypeAdapter[Decimal] = TypeAdapter(Euros)
EUROS_OR_QUOTE: TypeAdapter[Decimal | str] = TypeAdapter(EurosOrQuote)
NO_AMOUNT = "ce n'est pas un montant en euros"


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0", "0.00"), ("76.8", "76.80"), ("0.004", "0.00"), ("0.005", "0.01"), ("0.025", "0.03"), ("-0.005", "-0.01")],
)
def test_half_a_cent_is_rounded_up(amount: str, rounded: str) -> None:
    assert str(to_cents(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("amount", "words", "signed"),
    [
        ("0", "0,00 €", "0,00 €"),
        ("0.005", "0,01 €", "+0,01 €"),
        ("76.8", "76,80 €", "+76,80 €"),
        ("1234567.89", "1 234 567,89 €", "+1 234 567,89 €"),
        ("-1240.5", "−1 240,50 €", "−1 240,50 €"),
    ],
)
def test_an_amount_and_a_difference_are_written_the_french_way(amount: str, words: str, signed: str) -> None:
    assert (plain(euros(Decimal(amount))), plain(signed_euros(Decimal(amount)))) == (words, signed)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [(0, "0 compte"), (1, "1 compte"), (2, "2 comptes"), (1_465_000, "1 465 000 comptes")],
)
def test_a_number_is_written_the_french_way_with_a_plural_from_two(quantity: int, words: str) -> None:
    assert plain(counted(quantity, "compte", "comptes")) == words


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert euros(Decimal(1_240)) == "1\u00a0240,00\u00a0€"
    assert counted(1_240, "Go", "Go") == "1\u00a0240\u00a0Go"


@pytest.mark.parametrize(
    ("value", "amount"),
    [(26, "26.00"), (0, "0.00"), (Decimal("76.8"), "76.80"), (Decimal("999999.99"), "999999.99")],
)
def test_a_whole_number_or_an_exact_decimal_is_an_amount_to_the_cent(value: int | Decimal, amount: str) -> None:
    assert str(EUROS.validate_python(value)) == str(EUROS_OR_QUOTE.validate_python(value)) == amount


@pytest.mark.parametrize(
    ("value", "message"),
    [
        *((value, NO_AMOUNT) for value in (76.8, "26", True, False, None)),
        *((Decimal(value), NO_AMOUNT) for value in ("NaN", "sNaN", "Infinity", "-Infinity")),
        (Decimal("-0.01"), "un prix n'est jamais négatif"),
        (1_000_000, "un prix ne dépasse pas un million d'euros"),
        (Decimal("1e30"), "un prix ne dépasse pas un million d'euros"),
        (Decimal("76.801"), "un montant en euros a deux décimales au plus"),
    ],
    ids=str,
)
def test_a_value_that_is_no_amount_is_refused_in_french(value: Any, message: str) -> None:
    for kind in (EUROS, EUROS_OR_QUOTE):
        with pytest.raises(ValidationError) as refusal:
            kind.validate_python(value)
        assert [error["msg"] for error in refusal.value.errors()] == [message]


def test_on_quote_may_replace_an_unknown_amount() -> None:
    assert EUROS_OR_QUOTE.validate_python("on_quote") == "on_quote"
    with pytest.raises(ValidationError, match=NO_AMOUNT):
        EUROS.validate_python("on_quote")
