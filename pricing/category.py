"""The category of the act that a client belongs to, the reason, and the distance to the next threshold."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, StrictStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.money import number
from pricing.order import Client, Structure
from pricing.prices import OnQuote, PositiveInt, Unit, Words
from pricing.rating import Missing
from pricing.rules import error, refuse

Criterion = Literal["inhabitants", "agents"]
"""Number that bounds a category."""
Rule = Literal["higher", "inhabitants", "agents"]
"""Criterion that decides where the two point to different categories."""

CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
_UNIT: dict[Criterion, Unit] = {"inhabitants": Unit("habitant", "habitants"), "agents": Unit("agent", "agents")}
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

    inhabitants: PositiveInt
    """The last number of inhabitants of the category, inclusive."""
    agents: PositiveInt
    """The last number of agents of the category, inclusive."""
    text: Words
    """The act's own words for it."""


class OpenCategory(Frozen, frozen=True):
    """The last category, which has no upper bound."""

    name: Letter
    """Its letter."""
    text: Words
    """The act's own words for it."""


class Categories(Frozen, frozen=True):
    """The grid of categories, from the smallest to the open one."""

    rule: Rule
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
        bounds = [
            error("bounds_order", _NOT_ABOVE, name, of, name=name, before=before)
            for (before, lower), (name, upper) in pairwise(up_to.items())
            for of in CRITERIA
            if getattr(upper, of) <= getattr(lower, of)
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

    def find(self, criterion: Criterion, value: int) -> "Finding":
        """Return the category that holds `value` inhabitants or agents, with its bounds."""
        first = 0
        for name, bounds in self.up_to.items():
            last: int = getattr(bounds, criterion)
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
        return _UNIT[self.criterion].counted(self.value)

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
        return f"{_UNIT[self.criterion].counted(self.at)} ({number(self.away)} de plus)"


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
    findings = tuple(categories.find(criterion, value) for criterion, value in sizes.items() if value is not None)
    if not findings:
        return Unplaced(Missing(why="nombre d'habitants à préciser, la catégorie en dépend"))
    counting = [finding for finding in findings if finding.criterion == categories.rule] or findings
    decisive = max(counting, key=lambda finding: categories.names.index(finding.category))
    thresholds: list[Threshold] = []
    if bounds := categories.up_to.get(decisive.category):
        higher = categories.names[categories.names.index(decisive.category) + 1]
        for finding in counting:
            at: int = getattr(bounds, finding.criterion) + 1
            thresholds.append(Threshold(finding.criterion, at, at - finding.value, higher))
    return Placed(decisive.category, categories.rule, decisive.criterion, findings, tuple(thresholds))
