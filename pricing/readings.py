"""Passages of an act that can be understood in more than one way, and the conditions under which each matters."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, Strict, StrictBool, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.names import ItemName
from pricing.prices import PositiveInt, Words

WHOLE_YEAR = 12
"""Months of a whole year."""


class ByDifference(Frozen, frozen=True):
    """The reading touches an estimate of which an alternative would change a line."""

    kind: Literal["difference"]


class ByQuantity(Frozen, frozen=True):
    """The reading touches an estimate that orders at least a given quantity of one of these items."""

    kind: Literal["quantity"]
    at_least: Annotated[dict[ItemName, PositiveInt], Field(min_length=1)]
    """The quantity from which each item is touched."""


class BySetAside(Frozen, frozen=True):
    """The reading touches an estimate in which something can't be ordered alone."""

    kind: Literal["set_aside"]


class Always(Frozen, frozen=True):
    """The reading touches every estimate that has a line."""

    kind: Literal["always"]


def _months(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= WHOLE_YEAR:
        raise PydanticCustomError("months", "il faut un nombre de mois, de 1 à {most}", {"most": WHOLE_YEAR})
    return value


class FirstYear(Frozen, frozen=True):
    """A first year that is not a whole one, or in which no account is new (R17)."""

    set_up_paid: StrictBool = False
    """True where the accounts are open already, so that no set-up is due."""
    months: Annotated[int, BeforeValidator(_months)] = WHOLE_YEAR
    """Months of the first year for which yearly charges are paid."""


class Alternative(Frozen, frozen=True):
    """Another way to read the act: other values of the tariff, or another first year."""

    label: Words
    """The alternative in a French sentence."""
    changes: Annotated[dict[StrictStr, Any], Field(default_factory=dict)]
    """New values by dotted key of the tariff file."""
    first_year: FirstYear | None = None
    """The first year as it would be paid; None where the alternative changes values of the tariff."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.changes) == bool(self.first_year):
            problem = "une alternative change des valeurs du tarif (« changes ») ou la 1re année (« first_year »)"
            raise PydanticCustomError("alternative", problem)
        return self


class Answer(Frozen, frozen=True):
    """Confirmation of a reading by the body that adopted the act."""

    by: Words
    """Body or person that answered."""
    on: Annotated[date, Strict()]
    """Day of the answer."""
    words: Words
    """The answer in its author's words."""


class Reading(Frozen, frozen=True):
    """Passage of the act that can be understood in more than one way."""

    question: Words
    """Open question, in French."""
    in_force: Words
    """Answer that is applied, in French."""
    because: Words
    """Reason for that answer, in French."""
    touches: Annotated[ByDifference | ByQuantity | BySetAside | Always, Field(discriminator="kind")]
    """Condition under which it concerns an estimate."""
    alternatives: tuple[Alternative, ...] = ()
    """The other ways to read it, if any."""
    confirmed: Answer | None = None
    """Confirmation of the answer that is applied; None while the point is open."""

    @model_validator(mode="after")
    def _difference_needs_alternatives(self) -> Self:
        if isinstance(self.touches, ByDifference) and not self.alternatives:
            raise PydanticCustomError("no_alternative", "un point « difference » doit avoir au moins une alternative")
        return self
