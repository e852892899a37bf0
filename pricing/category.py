"""The category of the act that a client belongs to, the reason, and the distance to the next threshold."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, StrictStr, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.money import number
from pricing.order import Client, Structure
from pricing.prices import AnyInt, Criterion, OnQuote, Words
from pricing.rating import HEADS, Missing
from pricing.rules import error, refuse

Rule = Literal["higher", "inhabitants", "agents"]
"""Criterion that decides where the two point to different categories."""

CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
_NOT_ABOVE = "la borne de la catégorie {name} ne dépasse pas celle de la catégorie {before}"
_NOT_AFTER = "cette catégorie ne vient pas après la catégorie {before}"


def _letter(name: str) -> str:
    if not re.fullmatch("[A-Z][A-Z0-9]{0,3}", name):
        raise PydanticCustomError("category_name", "une catégorie se nomme par une lettre")
    return name


Letter = Annotated[StrictStr, AfterValidator(_letter)]
"""Name of a category: a letter, then at most three capitals or digits."""


class CategoryBounds(Frozen, frozen=True):
    """The upper bounds of a category."""

    inhabitants: AnyInt = None
    """The last number of inhabitants of the category, inclusive; None where no number of inhabitants leads to it."""
    agents: AnyInt = None
    """The last number of agents of the category, inclusive; None where no number of agents leads to it."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.inhabitants is None and self.agents is None:
            raise PydanticCustomError("unbounded", "cette catégorie n'a pas de borne")
        return self

    text: Words
    """The act's own words for it."""


class OpenCategory(Frozen, frozen=True):
    """The last category, which has no upper bound."""

    name: Letter
    """Its letter."""
    text: Words
    """The act's own words for it."""


class Categories(Frozen, frozen=True):
    """A grid of categories, from the smallest to the open one."""

    rule: Rule = "higher"
    """Criterion that decides when the two disagree (R12)."""
    structures: tuple[Structure, ...]
    """Kinds of body the grid is for; for all others, prices by category are on quote (R14)."""
    up_to: dict[Letter, CategoryBounds]
    """The bounded categories, in rising order."""
    beyond: OpenCategory
    """The open category above them."""

    @field_validator("up_to")
    @classmethod
    def _bounds_rise(cls, up_to: dict[str, CategoryBounds]) -> dict[str, CategoryBounds]:
        letters = [
            error("letters_order", _NOT_AFTER, name, before=before)
            for (before, _), (name, _) in pairwise(up_to.items())
            if name <= before
        ]
        bounded = {
            of: [(name, last) for name, each in up_to.items() if (last := getattr(each, of)) is not None]
            for of in CRITERIA
        }
        bounds = [
            error("bounds_order", _NOT_ABOVE, name, of, name=name, before=before)
            for of, rising in bounded.items()
            for (before, lower), (name, upper) in pairwise(rising)
            if upper <= lower
        ]
        refuse([*letters, *bounds])
        return up_to

    @field_validator("beyond")
    @classmethod
    def _open_one_last(cls, beyond: OpenCategory, info: ValidationInfo) -> OpenCategory:
        if (up_to := info.data.get("up_to")) and beyond.name <= (before := list(up_to)[-1]):
            refuse([error("letters_order", _NOT_AFTER, "name", before=before)])
        return beyond

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The categories' letters, from the smallest."""
        return (*self.up_to, self.beyond.name)

    def counts(self, criterion: Criterion) -> bool:
        """Tell if the grid has bounds by inhabitants, or by agents."""
        return any(getattr(bounds, criterion) is not None for bounds in self.up_to.values())

    def find(self, criterion: Criterion, value: int) -> "Finding":
        """Return the category that holds `value` inhabitants or agents, with its bounds."""
        first = 0
        for name, bounds in self.up_to.items():
            last: int | None = getattr(bounds, criterion)
            if last is None:
                continue
            if value <= last:
                return Finding(criterion, value, name, first, last)
            first = last + 1
        return Finding(criterion, value, self.beyond.name, first, None)


@dataclass(frozen=True, slots=True)
class Finding:
    """Category that one criterion points to."""

    criterion: Criterion
    """Criterion that is counted."""
    value: int
    """The client's number of inhabitants or agents."""
    category: str
    """The category it points to."""
    first: int
    """The first value of that category."""
    last: int | None
    """The last value of that category, inclusive; None in the open category."""

    def counted(self) -> str:
        """Return the value with its unit in French: ``1 250 habitants``."""
        return HEADS[self.criterion].counted(self.value)

    def words(self) -> str:
        """Return the finding in French: ``1 250 habitants, entre 1 001 et 2 000``."""
        if self.last is None:
            return f"{self.counted()}, plus de {number(self.first - 1)}"
        if self.first == 0:
            return f"{self.counted()}, {number(self.last)} au plus"
        return f"{self.counted()}, entre {number(self.first)}\u00a0et\u00a0{number(self.last)}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The next value at which a client's category rises."""

    criterion: Criterion
    """Criterion that is counted."""
    at: int
    """The first number of inhabitants or agents of the higher category."""
    away: int
    """Number of inhabitants or agents that the client lacks to reach it."""
    category: str
    """The higher category."""

    def words(self) -> str:
        """Return the distance in French: ``2 001 habitants (751 de plus)``."""
        return f"{HEADS[self.criterion].counted(self.at)} ({number(self.away)} de plus)"


@dataclass(frozen=True, slots=True)
class Placed:
    """A client with a category."""

    category: str
    """The category's letter."""
    rule: Rule
    """Criterion that decides when the two disagree (R12)."""
    decided_by: Criterion
    """The criterion that decided."""
    findings: tuple[Finding, ...]
    """Findings, one for each known criterion."""
    thresholds: tuple[Threshold, ...]
    """Next value that raises the category, for each known criterion that counts; none in the last category."""

    @property
    def decides(self) -> str:
        """Letter by which a price by category is chosen."""
        return self.category

    @property
    def disagreement(self) -> Finding | None:
        """Finding of the other criterion where it points to another category (R12); None where they agree."""
        return next((finding for finding in self.findings if finding.category != self.category), None)

    def next_words(self) -> str:
        """Return the next threshold: ``catégorie C dès 2 001 habitants (751 de plus) ou 11 agents (5 de plus)``."""
        if not self.thresholds:
            return ""
        return f"catégorie {self.thresholds[0].category} dès {' ou '.join(each.words() for each in self.thresholds)}"

    def words(self) -> str:
        """Return the reason in French."""
        if other := self.disagreement:
            decisive = next(finding for finding in self.findings if finding.criterion == self.decided_by)
            rule = "la plus élevée est retenue" if self.rule == "higher" else "ce critère n'est pas retenu"
            return f"{decisive.words()} ; avec {other.words()}, ce serait la catégorie {other.category} ({rule})"
        words = " ; ".join(finding.words() for finding in self.findings)
        agents_alone = [finding.criterion for finding in self.findings] == ["agents"]
        may_rise = agents_alone and self.rule != "agents" and self.thresholds
        return f"{words}. Le nombre d'habitants peut encore l'élever" if may_rise else words


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A client without a category."""

    outcome: OnQuote | Missing
    """On quote for a structure the grid is not for (R14); missing when nothing is known."""

    @property
    def decides(self) -> OnQuote | Missing:
        """Outcome of a price by category."""
        return self.outcome

    def words(self) -> str:
        """Return the reason in French, after the name of what is priced by category."""
        return f"à compléter : {self.outcome.why}" if self.outcome.kind == "missing" else self.outcome.why


Placement = Placed | Unplaced
"""Category of a client, or the reason why it has none."""


def place(client: Client, categories: Categories) -> Placement:
    """Find a client's category by inhabitants and agents; the rule says which decides (R11, R12, R14)."""
    if client.structure not in categories.structures:
        why = "sur devis, comme l'acte le prévoit pour les autres structures"
        return Unplaced(OnQuote(kind="on_quote", why=why))
    sizes: dict[Criterion, int | None] = {"inhabitants": client.inhabitants, "agents": client.agents}
    findings = tuple(
        categories.find(criterion, value)
        for criterion, value in sizes.items()
        if value is not None and categories.counts(criterion)
    )
    if not findings:
        needed = "d'habitants" if categories.counts("inhabitants") else "d'agents"
        return Unplaced(Missing(why=f"nombre {needed} à préciser, la catégorie en dépend"))
    counting = [finding for finding in findings if finding.criterion == categories.rule] or findings
    decisive = max(counting, key=lambda finding: categories.names.index(finding.category))
    bounds = categories.up_to.get(decisive.category)
    higher = dict(pairwise(categories.names)).get(decisive.category, "")
    thresholds = tuple(
        Threshold(finding.criterion, last + 1, last + 1 - finding.value, higher)
        for finding in counting
        if (last := getattr(bounds, finding.criterion, None)) is not None
    )
    return Placed(decisive.category, categories.rule, decisive.criterion, findings, thresholds)
