"""Amounts are exact, rounded once, half up, and written the French way."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from pricing.money import Euros, EurosOrQuote, counted, euros, number, signed_euros, to_cents

EUROS: TypeAdapter[Decimal] = TypeAdapter(Euros)
EUROS_OR_QUOTE: TypeAdapter[Decimal | str] = TypeAdapter(EurosOrQuote)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0", "0.00"),
        ("76.8", "76.80"),
        ("0.004", "0.00"),
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("2.675", "2.68"),
        ("2.6749", "2.67"),
        ("-0.005", "-0.01"),
        ("-2.674", "-2.67"),
        ("999999.995", "1000000.00"),
    ],
)
def test_half_a_cent_is_rounded_up(amount: str, rounded: str) -> None:
    assert str(to_cents(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0,00\u00a0€"),
        ("76.8", "76,80\u00a0€"),
        ("1240", "1\u00a0240,00\u00a0€"),
        ("1234567.89", "1\u00a0234\u00a0567,89\u00a0€"),
        ("-50", "\u221250,00\u00a0€"),
        ("-1240.5", "\u22121\u00a0240,50\u00a0€"),
        ("0.005", "0,01\u00a0€"),
    ],
)
def test_an_amount_is_written_the_french_way(amount: str, words: str) -> None:
    assert euros(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("27", "+27,00\u00a0€"),
        ("0.01", "+0,01\u00a0€"),
        ("-0.01", "\u22120,01\u00a0€"),
        ("-27", "\u221227,00\u00a0€"),
        ("0", "0,00\u00a0€"),
        ("1240", "+1\u00a0240,00\u00a0€"),
        ("-280.80", "\u2212280,80\u00a0€"),
    ],
)
def test_a_difference_is_written_with_its_sign(amount: str, words: str) -> None:
    assert signed_euros(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (999, "999"), (1_250, "1\u00a0250"), (1_465_000, "1\u00a0465\u00a0000")]
)
def test_a_number_is_written_the_french_way(value: int, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [(0, "0\u00a0compte"), (1, "1\u00a0compte"), (2, "2\u00a0comptes"), (1_250, "1\u00a0250\u00a0comptes")],
)
def test_the_plural_begins_at_two(quantity: int, words: str) -> None:
    assert counted(quantity, "compte", "comptes") == words


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (26, "26.00"),
        (0, "0.00"),
        (Decimal("76.8"), "76.80"),
        (Decimal("172.80"), "172.80"),
        (Decimal("999999.99"), "999999.99"),
        (Decimal("10.000"), "10.00"),
    ],
)
def test_a_whole_number_or_an_exact_decimal_is_an_amount_to_the_cent(value: int | Decimal, amount: str) -> None:
    assert str(EUROS.validate_python(value)) == amount


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (76.8, "ce n'est pas un montant en euros"),
        (26.0, "ce n'est pas un montant en euros"),
        ("26", "ce n'est pas un montant en euros"),
        ("on_quote", "ce n'est pas un montant en euros"),
        (True, "ce n'est pas un montant en euros"),
        (False, "ce n'est pas un montant en euros"),
        (None, "ce n'est pas un montant en euros"),
        (Decimal("NaN"), "ce n'est pas un montant en euros"),
        (Decimal("sNaN"), "ce n'est pas un montant en euros"),
        (Decimal("Infinity"), "ce n'est pas un montant en euros"),
        (Decimal("-Infinity"), "ce n'est pas un montant en euros"),
        (-1, "un prix n'est jamais négatif"),
        (Decimal("-0.01"), "un prix n'est jamais négatif"),
        (1_000_000, "un prix ne dépasse pas un million d'euros"),
        (Decimal("1e30"), "un prix ne dépasse pas un million d'euros"),
        (Decimal("76.801"), "un montant en euros a deux décimales au plus"),
    ],
    ids=str,
)
def test_a_value_that_is_no_amount_is_refused_in_french(value: Any, message: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        EUROS.validate_python(value)
    assert [error["msg"] for error in refusal.value.errors()] == [message]


def test_an_amount_is_the_same_after_json() -> None:
    assert EUROS.dump_json(Decimal("76.80")) == b'"76.80"'
    assert str(EUROS.validate_json('"76.80"')) == "76.80"


@pytest.mark.parametrize("written", ["76.8", '"76,80"', '"-1"', '"76.801"', '"NaN"', '"1e3"', '" 5"', "true", "null"])
def test_json_has_only_one_way_to_write_an_amount(written: str) -> None:
    with pytest.raises(ValidationError):
        EUROS.validate_json(written)


def test_on_quote_may_replace_an_unknown_amount() -> None:
    assert EUROS_OR_QUOTE.validate_python("on_quote") == "on_quote"
    assert EUROS_OR_QUOTE.validate_python(400) == Decimal("400.00")


@pytest.mark.parametrize("value", ["", "sur devis", "0", 76.8, None, True, -1])
def test_no_other_value_means_on_quote(value: Any) -> None:
    with pytest.raises(ValidationError):
        EUROS_OR_QUOTE.validate_python(value)


@pytest.mark.parametrize("word", [euros, signed_euros])
def test_a_float_is_never_written_as_euros_even_after_the_same_amount(word: Any) -> None:
    word(Decimal("31415.5"))
    with pytest.raises((TypeError, AttributeError)):
        word(31415.5)
