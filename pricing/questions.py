"""Answers to what a town hall asks beside the prices, and the steps after an estimate: each fact with its source."""

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Strict, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.prices import Words
from pricing.tariff import Tariff

Place = Literal["quotes", "years", "order"]
"""Part of the page where a question arises: what is billed, the six years, or the services asked for."""
PLACES: tuple[Place, ...] = get_args(Place)


def _secure(link: str) -> str:
    if link and not (link.startswith("https://") and link.isprintable() and not set(link) & set(' "<>')):
        raise PydanticCustomError("web_page", "ce n'est pas l'adresse d'une page")
    return link


WebPage = Annotated[StrictStr, AfterValidator(_secure)]
"""URL of a page that a visitor may open, or empty."""


class Sourced(Frozen, frozen=True):
    """Words with their source: an act, which speaks or is silent, or somebody else."""

    acts: tuple[Annotated[date, Strict()], ...] = ()
    """Acts that were read for it, by the day of adoption; shown under these alone. Empty for another source."""
    source: str = ""
    """Place and words in these acts, empty where they are silent; without acts, whoever says it."""
    link: WebPage = ""
    """URL of the source; empty for an act."""

    def holds(self, tariff: Tariff) -> bool:
        """Tell if it may be shown under a tariff."""
        return not self.acts or tariff.adopted in self.acts

    @property
    def silent(self) -> bool:
        """True where the acts were read and say nothing."""
        return bool(self.acts) and not self.source


class Question(Sourced, frozen=True):
    """A question of a town hall, with its answer."""

    at: Words
    """Part of the page where it is shown: a `Place`, or a heading of the acts."""
    question: Words
    """The question."""
    answer: str = ""
    """The answer; where the acts are silent, what the estimate supposes, or empty."""

    @model_validator(mode="after")
    def _sourced(self) -> "Question":
        if not (self.acts or self.source):
            raise PydanticCustomError("no_source", "cette réponse n'a pas de source")
        if self.source and not self.answer.strip():
            raise PydanticCustomError("no_answer", "cette question n'a pas de réponse")
        return self


class Step(Sourced, frozen=True):
    """A step after the estimate, as far as it is known."""

    fact: str = ""
    """Words of the acts on it; empty where they are silent."""
    to_confirm: str = ""
    """Point on which they are silent, to be asked for."""

    @model_validator(mode="after")
    def _sourced(self) -> "Step":
        if self.fact and not (self.acts and self.source):
            raise PydanticCustomError("no_source", "ce fait n'a pas de source")
        return self


class Steps(Frozen, frozen=True):
    """The steps after an estimate, in the order in which they are taken."""

    points: Step = Step()
    """Confirm the open points of the act."""
    quotes: Step = Step()
    """Ask each body for its quote."""
    council: Step = Step()
    """Put the quotes to the council."""
    convention: Step = Step()
    """Sign the convention of the three parties."""
    order: Step = Step()
    """Order the services."""
