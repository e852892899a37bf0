"""Euros including tax: exact Decimals, rounded once, and the French wording of amounts and numbers."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Annotated, Literal

from babel.numbers import format_currency, format_decimal
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MOST = Decimal(1_000_000)
"""Limit of a price, in euros: no unit price of a public digital service comes near it."""
LOCALE = "fr_FR"
UNIT = "#,##0.00##\u00a0¤"
"""Pattern of the price of one unit, with its decimals."""


def to_cents(amount: Decimal) -> Decimal:
    """Round an amount in euros to the cent, half up: the only rounding of the project."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def _read_euros(value: object) -> Decimal:
    """Read an amount as a tariff writes it: a number, 0 or more, with two decimals at most."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise PydanticCustomError("euros_type", "ce n'est pas un montant en euros")
    amount = Decimal(value)
    if abs(amount) >= MOST:
        raise PydanticCustomError("euros_most", "un prix ne dépasse pas un million d'euros")
    if amount < 0:
        raise PydanticCustomError("euros_negative", "un prix n'est jamais négatif")
    if amount != to_cents(amount):
        raise PydanticCustomError("euros_decimals", "un montant en euros a deux décimales au plus")
    return to_cents(amount)


def _read_unit_price(value: object) -> Decimal:
    """Read the price of one unit, which may have four decimals: it is rounded once, on the line."""
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) >= MOST:
        return _read_euros(value)
    whole = _read_euros(value.quantize(CENT, rounding=ROUND_FLOOR))
    if value != round(value, 4):
        raise PydanticCustomError("unit_decimals", "un prix à l'unité a quatre décimales au plus")
    return whole if value == whole else value


UnitPrice = Annotated[Decimal, BeforeValidator(_read_unit_price)]
"""The price of one unit as a tariff states it: euros, never negative, four decimals at most."""
Euros = Annotated[Decimal, BeforeValidator(_read_euros)]
"""An amount as a tariff states it: euros including tax, never negative, exact to the cent."""
AnyEuros = Annotated[Decimal | None, BeforeValidator(lambda value: None if value is None else _read_euros(value))]
"""An amount in euros, or none."""
EurosOrQuote = Annotated[
    Decimal | Literal["on_quote"],
    BeforeValidator(lambda value: value if value == "on_quote" else _read_euros(value)),
]
"""An amount, or ``"on_quote"`` where the act states none."""


@lru_cache(maxsize=16_384, typed=True)
def euros(amount: Decimal) -> str:
    """Word an amount in euros the French way: ``1 240,00 €``."""
    return _french(format_currency(to_cents(amount), "EUR", locale=LOCALE))


def _french(written: str) -> str:
    """Return a number of Babel's with U+00A0 within, which spreadsheets and character sets know, and a minus sign."""
    return written.replace("\u202f", "\u00a0").replace("-", "\u2212")


@lru_cache(maxsize=16_384, typed=True)
def unit_euros(amount: Decimal) -> str:
    """Word the price of one unit, with all its decimals: ``20,00 €``, ``0,155 €``."""
    return euros(amount) if amount == to_cents(amount) else _french(format_currency(amount, "EUR", UNIT, LOCALE, False))


@lru_cache(maxsize=16_384, typed=True)
def signed_euros(amount: Decimal) -> str:
    """Word a difference in euros with its sign: ``+27,00 €``, ``−27,00 €``, ``0,00 €``."""
    return f"+{euros(amount)}" if amount > 0 else euros(amount)


@lru_cache(maxsize=16_384, typed=True)
def number(value: int | Decimal) -> str:
    """Word a number the French way: ``1 250``, ``5,5``."""
    return _french(format_decimal(value, locale=LOCALE))


def counted(quantity: int, unit: str, units: str) -> str:
    """Word a quantity with its unit, in the plural from 2 on: ``1 compte``, ``1 250 comptes``."""
    return f"{number(quantity)}\u00a0{units if quantity >= 2 else unit}"
