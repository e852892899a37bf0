"""Rate a quantity at a price: an amount with its arithmetic in French, or included, on quote, not stated, missing.

Results are slotted dataclasses, not models: they are made by the thousand, and only from values already checked.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pricing.money import counted, euros
from pricing.prices import Blocks, ByCategory, Included, NotStated, OnQuote, PerUnit, Price, Stairstep, Unit


@dataclass(frozen=True, slots=True)
class Priced:
    """A known amount."""

    amount: Decimal
    """Euros including tax, each time it is paid."""
    words: str
    """Its arithmetic in French: ``4 comptes × 10,00 €``."""
    kind: Literal["priced"] = "priced"


@dataclass(frozen=True, slots=True)
class Missing:
    """Not priced, because the client has not said what the price depends on."""

    why: str
    """Reason in French, which names the missing value."""
    kind: Literal["missing"] = "missing"


Outcome = Priced | Included | OnQuote | NotStated | Missing
"""Result of rating: an amount, or one of four outcomes that are not an amount."""


def explained(outcome: Outcome) -> str:
    """Explain an outcome in French."""
    match outcome.kind:
        case "priced":
            return outcome.words
        case "included":
            return "inclus"
        case "not_stated":
            return "aucun prix indiqué dans l'acte"
        case _:
            return outcome.why


def rate(
    price: Price, quantity: int, unit: Unit, years: int, category: str | OnQuote | Missing
) -> tuple[tuple[int, Outcome], ...]:
    """Apply a price to a quantity of at least 1.

    `years` is the term of a certificate that one payment covers; `category` is the client's, or why it has none.
    Returns the parts of the quantity, each with its outcome: nearly always one, two where a limit splits it (R8).
    """
    # Compared by kind, not by class: isinstance is slow on pydantic's models, and this is the innermost loop.
    if price.kind == "per_unit":
        return _per_unit(price, quantity, unit)
    if price.kind == "by_term":
        each = next(term.price for term in price.terms if term.years == years)
        priced = _times(quantity, unit, each)
        return ((quantity, Priced(priced.amount, f"{priced.words} pour {counted(years, 'an', 'ans')}")),)
    if price.kind == "stairstep":
        return ((quantity, _stairstep(price, quantity, unit)),)
    if price.kind == "by_category":
        return ((quantity, _by_category(price, category)),)
    return ((quantity, price),)


def _times(quantity: int, unit: Unit, price: Decimal) -> Priced:
    return Priced(quantity * price, f"{unit.counted(quantity)} × {euros(price)}")


def _per_unit(price: PerUnit, quantity: int, unit: Unit) -> tuple[tuple[int, Outcome], ...]:
    limit = price.limit
    if limit is None or quantity <= limit.up_to:
        return ((quantity, _times(quantity, unit, price.amount)),)
    on_quote = OnQuote(kind="on_quote", why=limit.why)
    if limit.beyond == "whole_on_quote":
        return ((quantity, on_quote),)
    return (limit.up_to, _times(limit.up_to, unit, price.amount)), (quantity - limit.up_to, on_quote)


def _stairstep(price: Stairstep, quantity: int, unit: Unit) -> Outcome:
    ordered, first = unit.counted(quantity), 1
    for band in price.bands:
        if quantity <= band.up_to:
            return Priced(band.price, f"{ordered}, tranche de {first} à {band.up_to} : {euros(band.price)}")
        first = band.up_to + 1
    if price.beyond.kind == "on_quote":
        return price.beyond
    if price.beyond.counted_from == "first_unit":
        return _blocks(price.beyond, quantity)
    last = price.bands[-1]
    blocks = _blocks(price.beyond, quantity - last.up_to)
    words = f"{ordered} : {euros(last.price)} pour les {last.up_to} premiers + {blocks.words}"
    return Priced(last.price + blocks.amount, words)


def _blocks(blocks: Blocks, quantity: int) -> Priced:
    unit = Unit(f"tranche de {blocks.size} entamée", f"tranches de {blocks.size} entamées")
    return _times(-(-quantity // blocks.size), unit, blocks.price)


def _by_category(price: ByCategory, category: str | OnQuote | Missing) -> Outcome:
    if not isinstance(category, str):
        return category
    amount = price.amounts[category]
    if amount == "on_quote":
        return OnQuote(kind="on_quote", why=f"sur devis en catégorie {category}")
    return Priced(amount, f"catégorie {category} : {euros(amount)}")
