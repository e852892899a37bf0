"""Euros including tax: exact Decimals, rounded once, and the French wording of amounts and numbers."""

import re
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Annotated, Literal

from babel.numbers import format_currency, format_decimal
from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MOST = Decimal(1_000_000)
"""Limit of a price, in euros: no unit price of a public digital service comes near it."""
LOCALE = "fr_FR"
MINUS = "\u2212"
_SPACE = "\u00a0"
"""Space within a number: a spreadsheet reads it, and any character set has it, unlike Babel's narrow one."""
_WRITTEN = re.compile(r"\d{1,7}(\.\d{1,2})?")


def to_cents(amount: Decimal) -> Decimal:
    """Round an amount in euros to the cent, half up: the only rounding of the project."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def _read_euros(value: object, info: ValidationInfo) -> Decimal:
    """Read an amount as a tariff writes it: a TOML number (or a JSON string), 0 or more, two decimals at most."""
    written = isinstance(value, str) and info.mode == "json" and _WRITTEN.fullmatch(value)
    if isinstance(value, bool) or not (written or isinstance(value, int | Decimal)):
        raise PydanticCustomError("euros_type", "ce n'est pas un montant en euros")
    amount = Decimal(str(value))
    if not amount.is_finite():
        raise PydanticCustomError("euros_type", "ce n'est pas un montant en euros")
    if abs(amount) >= MOST:
        raise PydanticCustomError("euros_most", "un prix ne dépasse pas un million d'euros")
    if amount < 0:
        raise PydanticCustomError("euros_negative", "un prix n'est jamais négatif")
    if amount != to_cents(amount):
        raise PydanticCustomError("euros_decimals", "un montant en euros a deux décimales au plus")
    return to_cents(amount)


def _read_unit_price(value: object, info: ValidationInfo) -> Decimal:
    """Read the price of one unit, which may have four decimals: it is rounded once, on the line."""
    if isinstance(value, Decimal) and value.is_finite() and value == round(value, 4):
        whole = _read_euros(value.quantize(CENT, rounding=ROUND_FLOOR), info)
        return whole if value == whole else value
    return _read_euros(value, info)


UnitPrice = Annotated[Decimal, BeforeValidator(_read_unit_price)]
"""The price of one unit as a tariff states it: euros, never negative, four decimals at most."""
Euros = Annotated[Decimal, BeforeValidator(_read_euros)]
"""An amount as a tariff states it: euros including tax, never negative, exact to the cent."""


AnyEuros = Annotated[Decimal | None, BeforeValidator(_read_euros)]
"""An amount in euros, or none."""


def _read_euros_or_quote(value: object, info: ValidationInfo) -> object:
    return value if value == "on_quote" else _read_euros(value, info)


EurosOrQuote = Annotated[Decimal | Literal["on_quote"], BeforeValidator(_read_euros_or_quote)]
"""An amount, or ``"on_quote"`` where the act states none."""


@lru_cache(maxsize=16_384, typed=True)
def euros(amount: Decimal) -> str:
    """Word an amount in euros the French way: ``1 240,00 €``."""
    return format_currency(to_cents(amount), "EUR", locale=LOCALE).replace("\u202f", _SPACE).replace("-", MINUS)


@lru_cache(maxsize=16_384, typed=True)
def unit_euros(amount: Decimal) -> str:
    """Word the price of one unit, with all its decimals: ``20,00 €``, ``0,155 €``."""
    if amount == to_cents(amount):
        return euros(amount)
    return f"{format_decimal(amount, format='#,##0.00##', locale=LOCALE)}{_SPACE}€".replace("\u202f", _SPACE)


@lru_cache(maxsize=16_384, typed=True)
def signed_euros(amount: Decimal) -> str:
    """Word a difference in euros with its sign: ``+27,00 €``, ``−27,00 €``, ``0,00 €``."""
    return f"+{euros(amount)}" if amount > 0 else euros(amount)


@lru_cache(maxsize=16_384, typed=True)
def number(value: int) -> str:
    """Word a whole number the French way: ``1 250``."""
    return format_decimal(value, locale=LOCALE).replace("\u202f", _SPACE)


def counted(quantity: int, unit: str, units: str) -> str:
    """Word a quantity with its unit, in the plural from 2 on: ``1 compte``, ``1 250 comptes``."""
    return f"{number(quantity)}\u00a0{units if quantity >= 2 else unit}"
