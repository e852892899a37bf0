"""Kinds of price in the act, told apart by `kind`; rating.py says how they apply.

Amounts are in euros including tax; under a charge that has a VAT rate, excluding tax.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.money import AnyEuros, Euros, EurosOrQuote, UnitPrice, counted
from pricing.references import REFERENCE
from pricing.rules import error, refuse


def _positive(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise PydanticCustomError("positive_int", "il faut un nombre entier à partir de 1")
    return value


def _words(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "il n'y a rien entre les guillemets")
    if reference := REFERENCE.search(value):
        problem = "{item} ne désigne aucune valeur de ce fichier"
        raise PydanticCustomError("reference", problem, {"item": reference[0]})
    if {"{", "}"} & set(value.replace("{item}", "")):
        raise PydanticCustomError("brace", "entre accolades, seul {item} est remplacé", {"item": "{item}"})
    return value


Criterion = Literal["inhabitants", "agents"]
"""Number of a client that a price or a category depends on."""
PositiveInt = Annotated[int, BeforeValidator(_positive)]
AnyInt = Annotated[int | None, BeforeValidator(lambda value: None if value is None else _positive(value))]
"""A number from 1 on, or none."""
Words = Annotated[StrictStr, AfterValidator(_words)]
"""French words for the client: never blank, and no braces but those of ``{item}``."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Unit of a quantity, in French."""

    one: str
    """The unit, singular."""
    many: str
    """The unit, plural."""

    def counted(self, quantity: int) -> str:
        """Return a quantity with its unit: ``1 compte``, ``1 250 comptes``."""
        return counted(quantity, self.one, self.many)


class Limit(Frozen, frozen=True):
    """Number of units up to which a price holds."""

    up_to: PositiveInt
    """The last unit that still has the price, inclusive."""
    beyond: Literal["whole_on_quote", "excess_on_quote"]
    """Part that goes on quote beyond the limit: the whole quantity, or only the excess (R8)."""
    why: Words
    """The French words that say so to the client."""


class PerUnit(Frozen, frozen=True):
    """A price for each unit."""

    kind: Literal["per_unit"]
    amount: UnitPrice
    """Euros for one unit."""
    limit: Limit | None = None
    """The limit of the price; None when it has none."""


class Flat(Frozen, frozen=True):
    """One price for the client, whatever the quantity."""

    kind: Literal["flat"]
    amount: Euros
    """Euros for the client."""


class PerHead(Frozen, frozen=True):
    """A price for each inhabitant or agent of the client, whatever the quantity."""

    kind: Literal["per_head"]
    by: Criterion
    """Heads that are counted."""
    amount: UnitPrice
    """Euros for one."""
    free: AnyInt = None
    """Number of the first heads that cost nothing; None when all are paid."""
    floor: AnyEuros = None
    """Least euros for the client; None when there is no least."""
    cap: AnyEuros = None
    """Most euros for the client; None when there is no most."""

    @field_validator("cap")
    @classmethod
    def _above_floor(cls, cap: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if cap is not None and cap < (info.data.get("floor") or 0):
            raise PydanticCustomError("cap_below_floor", "ce plafond est sous le minimum")
        return cap


class Band(Frozen, frozen=True):
    """One step of a stairstep: one price for any quantity within it, not per unit."""

    up_to: PositiveInt
    """The last number of the band, inclusive; the band begins just after the one before."""
    price: Euros
    """Euros for the band as a whole."""


class Blocks(Frozen, frozen=True):
    """A price beyond the last band for each block of units, full or not."""

    kind: Literal["blocks"]
    price: Euros
    """Euros for one block."""
    size: PositiveInt
    """Units in a block."""
    counted_from: Literal["last_band", "first_unit"]
    """Way of counting blocks: on top of the last band's price, or in its place for all units (R4)."""


class OnQuote(Frozen, frozen=True):
    """The act says a quote is drawn up."""

    kind: Literal["on_quote"]
    why: Words
    """The French words that say so to the client."""


class Open(Frozen, frozen=True):
    """The price above the last band: of the whole in a stairstep, of each unit in a volume price."""

    kind: Literal["price"]
    price: UnitPrice
    """Euros."""


_Banded = TypeVar("_Banded", "Band", "UnitBand")


def _bounds_rise(bands: tuple[_Banded, ...]) -> tuple[_Banded, ...]:
    problem = "cette tranche chevauche la précédente, qui va déjà jusqu'à {before}"
    refuse(
        error("bands_overlap", problem, rank, "up_to", before=before.up_to)
        for rank, (before, band) in enumerate(pairwise(bands), start=1)
        if band.up_to <= before.up_to
    )
    return bands


class Stairstep(Frozen, frozen=True):
    """One price for the whole, by the band it falls in; above the last band, `beyond` applies."""

    kind: Literal["stairstep"]
    by: Literal["quantity", Criterion] = "quantity"
    """Number that falls in a band: the quantity, or the client's inhabitants or agents."""
    bands: Annotated[tuple[Band, ...], Field(min_length=1), AfterValidator(_bounds_rise)]
    """The bands, each from just after the one before; their bounds rise."""
    beyond: Annotated[Blocks | Open | OnQuote, Field(discriminator="kind")]
    """Price above the last band."""


class UnitBand(Frozen, frozen=True):
    """One step of a volume price: the price of each unit."""

    up_to: PositiveInt
    """The last quantity of the band, inclusive; the band begins just after the one before."""
    price: UnitPrice
    """Euros for each unit."""


class Volume(Frozen, frozen=True):
    """A price for each unit, by the band the whole quantity falls in."""

    kind: Literal["volume"]
    bands: Annotated[tuple[UnitBand, ...], Field(min_length=1), AfterValidator(_bounds_rise)]
    """The bands, each from just after the one before; their bounds rise."""
    beyond: Annotated[Open | OnQuote, Field(discriminator="kind")]
    """Price above the last band."""


class ByCategory(Frozen, frozen=True):
    """A price for each unit, by the client's category."""

    kind: Literal["by_category"]
    grid: StrictStr
    """Key of the grid of categories."""
    amounts: dict[StrictStr, EurosOrQuote]
    """Euros for one unit in each category, by its name, or on quote."""


class Term(Frozen, frozen=True):
    """The price of one term."""

    years: PositiveInt
    """Length of the term, in years."""
    price: Euros
    """Euros for the whole term."""


class ByTerm(Frozen, frozen=True):
    """One price for each length of commitment, paid when it begins (R15)."""

    kind: Literal["by_term"]
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    """The terms on offer, the shortest first."""

    @field_validator("terms")
    @classmethod
    def _terms_rise(cls, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        refuse(
            error("terms_order", "cette durée n'est pas plus longue que la précédente", rank, "years")
            for rank, (before, term) in enumerate(pairwise(terms), start=1)
            if term.years <= before.years
        )
        return terms


class Included(Frozen, frozen=True):
    """The act says the service is included: a known zero."""

    kind: Literal["included"]


class NotStated(Frozen, frozen=True):
    """The act states no price here: neither free, nor on quote (R15)."""

    kind: Literal["not_stated"]


Price = Annotated[
    PerUnit | Flat | PerHead | Stairstep | Volume | ByCategory | ByTerm | Included | NotStated | OnQuote,
    Field(discriminator="kind"),
]
"""Any kind of price."""
