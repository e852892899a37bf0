"""Passages of an act that can be understood in more than one way, and the conditions under which each matters."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, Strict, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.names import ItemName
from pricing.prices import PositiveInt, Words


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


class Alternative(Frozen, frozen=True):
    """Another way to read the act, as a change of the tariff's own values."""

    label: Words
    """The alternative in a French sentence."""
    changes: Annotated[dict[StrictStr, Any], Field(min_length=1)]
    """New values by dotted key of the tariff file."""


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
