"""Rate a quantity at a price: an amount with its arithmetic in French, or included, on quote, not stated, missing.

Results are slotted dataclasses, not models: they are made by the thousand, and only from values already checked.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, assert_never

from pricing.money import counted, euros, number, to_cents, unit_euros
from pricing.prices import (
    Blocks,
    ByCategory,
    Criterion,
    Included,
    NotStated,
    OnQuote,
    PerHead,
    PerUnit,
    Price,
    Stairstep,
    Unit,
    Volume,
)

HEADS: dict[Criterion, Unit] = {"inhabitants": Unit("habitant", "habitants"), "agents": Unit("agent", "agents")}
"""Units of the numbers of a client."""


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


@dataclass(frozen=True, slots=True)
class InPlace:
    """Not due, because the client has the service already (R17): a known zero."""

    otherwise: Priced
    """The amount that a new account pays."""
    kind: Literal["in_place"] = "in_place"


Outcome = Priced | Included | OnQuote | NotStated | Missing | InPlace
"""Result of rating: an amount, or one of five outcomes that are not an amount; the last is never that of a price."""
Depends = str | int | OnQuote | Missing | None
"""Value that a price goes by besides the quantity: a number of the client, its category, or why it has none."""


def explained(outcome: Outcome) -> str:
    """Explain an outcome in French."""
    match outcome.kind:
        case "priced":
            return outcome.words
        case "included":
            return "inclus"
        case "not_stated":
            return "aucun prix indiqué dans l'acte"
        case "on_quote" | "missing":
            return outcome.why
        case "in_place":
            return f"rien à payer, au lieu de {outcome.otherwise.words} pour un service nouveau"
        case _:
            assert_never(outcome.kind)


def rate(
    price: Price, quantity: int, unit: Unit | None, years: int = 0, depends: Depends = None, vat: Decimal | int = 0
) -> tuple[tuple[int, Outcome], ...]:
    """Apply a price to a quantity of at least 1, and round the amount once.

    `unit` is None for something that is ticked; `years` is the term that one payment covers; `vat` is
    the rate in percent to add, 0 where the price includes it. Returns the parts of the quantity, each with its outcome:
    nearly always one, two where a limit splits it (R8).
    """
    parts = _parts(price, quantity, unit or Unit("unité", "unités"), unit is None, years, depends)
    return tuple((part, _rounded(outcome, vat)) for part, outcome in parts)


def _rounded(outcome: Outcome, vat: Decimal | int) -> Outcome:
    if outcome.kind != "priced":
        return outcome
    if not vat:
        return replace(outcome, amount=to_cents(outcome.amount))
    rate = f"{vat}".replace(".", ",")
    return Priced(to_cents(outcome.amount * (100 + vat) / 100), f"{outcome.words} HT, plus TVA {rate}\u00a0%")


def _parts(
    price: Price, quantity: int, unit: Unit, ticked: bool, years: int, depends: Depends
) -> tuple[tuple[int, Outcome], ...]:
    # By kind, not by class: isinstance is slow on pydantic's models, and this is the innermost loop.
    match price.kind:
        case "per_unit":
            return _per_unit(price, quantity, unit)
        case "by_term":
            each = next(term.price for term in price.terms if term.years == years)
            priced = _times(quantity, unit, each)
            return ((quantity, Priced(priced.amount, f"{priced.words} pour {counted(years, 'an', 'ans')}")),)
        case "flat":
            return ((quantity, Priced(price.amount, f"forfait de {euros(price.amount)}")),)
        case "stairstep":
            return ((quantity, _stairstep(price, quantity, unit, depends)),)
        case "volume":
            return ((quantity, _volume(price, quantity, unit)),)
        case "per_head":
            return ((quantity, _per_head(price, depends)),)
        case "by_category":
            return ((quantity, _by_category(price, quantity, None if ticked else unit, depends)),)
        case "included" | "not_stated" | "on_quote":
            return ((quantity, price),)
        case _:
            assert_never(price.kind)


def _times(quantity: int, unit: Unit, price: Decimal) -> Priced:
    return Priced(quantity * price, f"{unit.counted(quantity)} × {unit_euros(price)}")


def _per_unit(price: PerUnit, quantity: int, unit: Unit) -> tuple[tuple[int, Outcome], ...]:
    limit = price.limit
    if limit is None or quantity <= limit.up_to:
        return ((quantity, _times(quantity, unit, price.amount)),)
    on_quote = OnQuote(kind="on_quote", why=limit.why)
    if limit.beyond == "whole_on_quote":
        return ((quantity, on_quote),)
    return (limit.up_to, _times(limit.up_to, unit, price.amount)), (quantity - limit.up_to, on_quote)


def _stairstep(price: Stairstep, quantity: int, unit: Unit, depends: Depends) -> Outcome:
    if price.by != "quantity":
        if not isinstance(depends, int):
            return _unknown(price.by)
        quantity, unit = depends, HEADS[price.by]
    ordered, first = unit.counted(quantity), 1
    for band in price.bands:
        if quantity <= band.up_to:
            return Priced(band.price, f"{ordered}, tranche de {first} à {band.up_to} : {euros(band.price)}")
        first = band.up_to + 1
    last, beyond = price.bands[-1], price.beyond
    if beyond.kind == "on_quote":
        return beyond
    if beyond.kind == "price":
        return Priced(beyond.price, f"{ordered}, plus de {last.up_to} : {euros(beyond.price)}")
    if beyond.counted_from == "first_unit":
        return _blocks(beyond, quantity)
    blocks = _blocks(beyond, quantity - last.up_to)
    words = f"{ordered} : {euros(last.price)} pour les {last.up_to} premiers + {blocks.words}"
    return Priced(last.price + blocks.amount, words)


def _blocks(blocks: Blocks, quantity: int) -> Priced:
    unit = Unit(f"tranche de {blocks.size} entamée", f"tranches de {blocks.size} entamées")
    return _times(-(-quantity // blocks.size), unit, blocks.price)


def _volume(price: Volume, quantity: int, unit: Unit) -> Outcome:
    for band in price.bands:
        if quantity <= band.up_to:
            return _times(quantity, unit, band.price)
    return price.beyond if price.beyond.kind == "on_quote" else _times(quantity, unit, price.beyond.price)


def _per_head(price: PerHead, depends: Depends) -> Outcome:
    if not isinstance(depends, int):
        return _unknown(price.by)
    priced = _times(max(0, depends - (price.free or 0)), HEADS[price.by], price.amount)
    words = f"{priced.words} au-delà de {number(price.free)}" if price.free else priced.words
    if price.floor is not None and priced.amount < price.floor:
        return Priced(price.floor, f"{words}, au moins {euros(price.floor)}")
    if price.cap is not None and priced.amount > price.cap:
        return Priced(price.cap, f"{words}, plafonné à {euros(price.cap)}")
    return Priced(priced.amount, words)


def _by_category(price: ByCategory, quantity: int, unit: Unit | None, category: Depends) -> Outcome:
    if not isinstance(category, str):
        assert isinstance(category, OnQuote | Missing)
        return category
    amount = price.amounts[category]
    if amount == "on_quote":
        return OnQuote(kind="on_quote", why=f"sur devis en catégorie {category}")
    if unit is None:
        return Priced(amount, f"catégorie {category} : {euros(amount)}")
    priced = _times(quantity, unit, amount)
    return Priced(priced.amount, f"{priced.words} (catégorie {category})")


def _unknown(criterion: Criterion) -> Missing:
    of = {"inhabitants": "nombre d'habitants", "agents": "nombre d'agents"}[criterion]
    return Missing(f"{of} à préciser, le prix en dépend")
