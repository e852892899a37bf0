"""Kinds of price in the act, told apart by `kind`; rating.py says how they apply."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, field_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.money import Euros, EurosOrQuote, counted
from pricing.references import REFERENCE
from pricing.rules import Years, error, refuse


def _positive(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise PydanticCustomError("positive_int", "il faut un nombre entier à partir de 1")
    return value


def _years(value: object) -> int:
    if type(value) is not int:  # a Literal would take true for 1
        raise PydanticCustomError("years", "il faut un nombre entier d'années")
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


PositiveInt = Annotated[int, BeforeValidator(_positive)]
WholeYears = BeforeValidator(_years)
"""Check that a number of years is a whole number, before it is compared with the lengths allowed."""
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
    amount: Euros
    """Euros including tax for one unit."""
    limit: Limit | None = None
    """The limit of the price; None when it has none."""


class Band(Frozen, frozen=True):
    """One step of a stairstep: one price for any quantity within it, not per unit."""

    up_to: PositiveInt
    """The last quantity of the band, inclusive; the band begins just after the one before."""
    price: Euros
    """Euros including tax for the band as a whole."""


class Blocks(Frozen, frozen=True):
    """A price beyond the last band for each block of units, full or not."""

    kind: Literal["blocks"]
    price: Euros
    """Euros including tax for one block."""
    size: PositiveInt
    """Units in a block."""
    counted_from: Literal["last_band", "first_unit"]
    """Way of counting blocks: on top of the last band's price, or in its place for all units (R4)."""


class OnQuote(Frozen, frozen=True):
    """The act says a quote is drawn up."""

    kind: Literal["on_quote"]
    why: Words
    """The French words that say so to the client."""


class Stairstep(Frozen, frozen=True):
    """One price for the whole quantity, by the band it falls in; above the last band, `beyond` applies."""

    kind: Literal["stairstep"]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    """The bands, each from just after the one before; their bounds rise."""
    beyond: Annotated[Blocks | OnQuote, Field(discriminator="kind")]
    """Price above the last band."""

    @field_validator("bands")
    @classmethod
    def _bounds_rise(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        problem = "cette tranche chevauche la précédente, qui va déjà jusqu'à {before}"
        refuse(
            error("bands_overlap", problem, rank, "up_to", before=before.up_to)
            for rank, (before, band) in enumerate(pairwise(bands), start=1)
            if band.up_to <= before.up_to
        )
        return bands


class ByCategory(Frozen, frozen=True):
    """One price for each category of client."""

    kind: Literal["by_category"]
    amounts: dict[StrictStr, EurosOrQuote]
    """Euros including tax for each category, by its name, or on quote."""


class Term(Frozen, frozen=True):
    """The price of one term."""

    years: Annotated[Years, WholeYears]
    """Length of the term, in years."""
    price: Euros
    """Euros including tax for the whole term."""


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
    PerUnit | Stairstep | ByCategory | ByTerm | Included | NotStated | OnQuote, Field(discriminator="kind")
]
"""Any kind of price."""
