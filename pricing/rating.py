"""Rate a quantity at a price: an amount with the steps that explain it, or included, on quote, not stated, missing.

Results are slotted dataclasses, not models: they are made by the thousand, and only from values already checked.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pricing.money import euros
from pricing.prices import (
    Blocks,
    ByCategory,
    Included,
    NotStated,
    OnQuote,
    PerUnit,
    Price,
    Stairstep,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Times:
    """A number of units at a price each."""

    quantity: int
    """Number of units."""
    unit: Unit
    """Unit of the quantity, in French."""
    price: Decimal
    """Euros including tax for one."""
    years: int = 0
    """Years that one payment covers; 0 when the price is not for a term."""
    kind: Literal["times"] = "times"

    @property
    def amount(self) -> Decimal:
        """Euros including tax of the step."""
        return self.quantity * self.price

    def words(self) -> str:
        """Return the step in French: ``4 comptes × 10,00 €``, ``1 certificat × 90,00 € pour 3 ans``."""
        words = f"{self.unit.counted(self.quantity)} × {euros(self.price)}"
        return f"{words} pour {_YEARS.counted(self.years)}" if self.years else words


@dataclass(frozen=True, slots=True)
class InBand:
    """A quantity that falls in a band, or goes beyond the last one, with one price for the whole band."""

    quantity: int
    """Number of units."""
    unit: Unit
    """Unit of the quantity, in French."""
    first: int
    """The first quantity of the band."""
    last: int
    """The last quantity of the band, inclusive."""
    price: Decimal
    """Euros including tax for the band."""
    kind: Literal["in_band"] = "in_band"

    @property
    def amount(self) -> Decimal:
        """Euros including tax of the step."""
        return self.price

    def words(self) -> str:
        """Return the step in French: ``4 comptes, tranche de 3 à 5 : 50,00 €``."""
        what = self.unit.counted(self.quantity)
        if self.quantity > self.last:
            return f"{what} : {euros(self.price)} pour les {self.last} premiers"
        return f"{what}, tranche de {self.first} à {self.last} : {euros(self.price)}"


@dataclass(frozen=True, slots=True)
class InBlocks:
    """Blocks of units begun, at a price each."""

    blocks: int
    """Number of blocks, the last one perhaps not full."""
    size: int
    """Units in a block."""
    price: Decimal
    """Euros including tax for one block."""
    kind: Literal["in_blocks"] = "in_blocks"

    @property
    def amount(self) -> Decimal:
        """Euros including tax of the step."""
        return self.blocks * self.price

    def words(self) -> str:
        """Return the step in French: ``1 tranche de 20 entamée × 50,00 €``."""
        begun = Unit(f"tranche de {self.size} entamée", f"tranches de {self.size} entamées")
        return f"{begun.counted(self.blocks)} × {euros(self.price)}"


@dataclass(frozen=True, slots=True)
class InCategory:
    """The price of the client's category."""

    category: str
    """The category's letter."""
    price: Decimal
    """Euros including tax for the client."""
    kind: Literal["in_category"] = "in_category"

    @property
    def amount(self) -> Decimal:
        """Euros including tax of the step."""
        return self.price

    def words(self) -> str:
        """Return the step in French: ``catégorie B : 51,00 €``."""
        return f"catégorie {self.category} : {euros(self.price)}"


Step = Annotated[Times | InBand | InBlocks | InCategory, Field(discriminator="kind")]
"""One step of an amount."""

_YEARS = Unit("an", "ans")


@dataclass(frozen=True, slots=True)
class Priced:
    """A known amount: the sum of its steps."""

    amount: Decimal
    """Euros including tax, each time it is paid."""
    steps: tuple[Step, ...]
    """Steps whose amounts add up to it."""
    kind: Literal["priced"] = "priced"


@dataclass(frozen=True, slots=True)
class Missing:
    """Not priced, because the client has not said what the price depends on."""

    why: str
    """Reason in French, which names the missing value."""
    kind: Literal["missing"] = "missing"


Outcome = Annotated[Priced | Included | OnQuote | NotStated | Missing, Field(discriminator="kind")]
"""Result of rating: an amount, or one of four outcomes that are not an amount."""


def explained(outcome: Outcome) -> str:
    """Explain an outcome in French."""
    if outcome.kind == "priced":
        return " + ".join(step.words() for step in outcome.steps)
    if outcome.kind == "included":
        return "inclus"
    if outcome.kind == "not_stated":
        return "aucun prix indiqué dans l'acte"
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
        return ((quantity, _priced(Times(quantity, unit, each, years))),)
    if price.kind == "stairstep":
        return ((quantity, _stairstep(price, quantity, unit)),)
    if price.kind == "by_category":
        return ((quantity, _by_category(price, category)),)
    return ((quantity, price),)


def _priced(step: Step) -> Priced:
    return Priced(step.amount, (step,))


def _per_unit(price: PerUnit, quantity: int, unit: Unit) -> tuple[tuple[int, Outcome], ...]:
    limit = price.limit
    if limit is None or quantity <= limit.up_to:
        return ((quantity, _priced(Times(quantity, unit, price.amount))),)
    on_quote = OnQuote(kind="on_quote", why=limit.why)
    if limit.beyond == "whole_on_quote":
        return ((quantity, on_quote),)
    return (limit.up_to, _priced(Times(limit.up_to, unit, price.amount))), (quantity - limit.up_to, on_quote)


def _stairstep(price: Stairstep, quantity: int, unit: Unit) -> Outcome:
    # The first band that holds the quantity, or the last band when the quantity exceeds them all.
    rank = next((rank for rank, band in enumerate(price.bands) if quantity <= band.up_to), len(price.bands) - 1)
    band = price.bands[rank]
    first = price.bands[rank - 1].up_to + 1 if rank else 1
    in_band = InBand(quantity, unit, first, band.up_to, band.price)
    if quantity <= band.up_to:
        return _priced(in_band)
    if price.beyond.kind == "on_quote":
        return price.beyond
    if price.beyond.counted_from == "first_unit":
        return _priced(_blocks(price.beyond, quantity))
    blocks = _blocks(price.beyond, quantity - band.up_to)
    return Priced(in_band.amount + blocks.amount, (in_band, blocks))


def _blocks(blocks: Blocks, quantity: int) -> InBlocks:
    return InBlocks(-(-quantity // blocks.size), blocks.size, blocks.price)


def _by_category(price: ByCategory, category: str | OnQuote | Missing) -> Outcome:
    if not isinstance(category, str):
        return category
    amount = price.amounts[category]
    if amount == "on_quote":
        return OnQuote(kind="on_quote", why=f"sur devis en catégorie {category}")
    return _priced(InCategory(category, amount))
