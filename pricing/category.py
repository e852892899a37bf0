"""The category of the act that a client belongs to, the reason, and the distance to the next threshold."""

import re
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, StrictStr, ValidationInfo, field_validator
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

    def containing(self, criterion: Criterion, value: int) -> str:
        """Return the category that holds `value` inhabitants or agents."""
        for name, bounds in self.up_to.items():
            if value <= getattr(bounds, criterion):
                return name
        return self.beyond.name

    def floor(self, name: str, criterion: Criterion) -> int:
        """Return the smallest number of inhabitants or agents of a category; 0 for the first."""
        rank = self.names.index(name)
        return getattr(self.up_to[self.names[rank - 1]], criterion) + 1 if rank else 0


class Finding(Frozen, frozen=True):
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

    def words(self) -> str:
        """Return the finding in French: ``1 250 habitants, entre 1 001 et 2 000``."""
        return f"{self.counted()}, {self._range()}"

    def counted(self) -> str:
        """Return the value with its unit in French: ``1 250 habitants``."""
        return _UNIT[self.criterion].counted(self.value)

    def _range(self) -> str:
        if self.last is None:
            return f"plus de {number(self.first - 1)}"
        if self.first == 0:
            return f"{number(self.last)} au plus"
        return f"entre {number(self.first)}\u00a0et\u00a0{number(self.last)}"


class Threshold(Frozen, frozen=True):
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


class Placed(Frozen, frozen=True):
    """A client with a category."""

    kind: Literal["placed"] = "placed"
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
        decisive = next(finding for finding in self.findings if finding.criterion == self.decided_by)
        other = self.disagreement
        if other is None:
            words = " ; ".join(finding.words() for finding in self.findings)
            agents_alone = all(finding.criterion == "agents" for finding in self.findings)
            may_rise = agents_alone and self.rule != "agents" and self.thresholds
            return f"{words}. Le nombre d'habitants peut encore l'élever" if may_rise else words
        rule = "la plus élevée est retenue" if self.rule == "higher" else "ce critère n'est pas retenu"
        return f"{decisive.words()} ; avec {other.words()}, ce serait la catégorie {other.category} ({rule})"


class Unplaced(Frozen, frozen=True):
    """A client without a category, with the outcome of prices by category."""

    kind: Literal["unplaced"] = "unplaced"
    outcome: Annotated[OnQuote | Missing, Field(discriminator="kind")]
    """On quote for a structure the grid is not for (R14); missing when nothing is known."""

    @property
    def decides(self) -> OnQuote | Missing:
        """Outcome of a price by category."""
        return self.outcome

    def words(self) -> str:
        """Return the reason in French, after the name of what is priced by category."""
        return f"à compléter : {self.outcome.why}" if self.outcome.kind == "missing" else self.outcome.why


Placement = Annotated[Placed | Unplaced, Field(discriminator="kind")]
"""Category of a client, or the reason why it has none."""


def place(client: Client, categories: Categories) -> Placed | Unplaced:
    """Find a client's category by inhabitants and agents; the rule says which decides (R11, R12, R14)."""
    if client.structure not in categories.structures:
        why = "sur devis, comme l'acte le prévoit pour les autres structures"
        return Unplaced(outcome=OnQuote(kind="on_quote", why=why))
    findings = [_find(criterion, client, categories) for criterion in CRITERIA if _value(client, criterion) is not None]
    if not findings:
        return Unplaced(outcome=Missing(why="nombre d'habitants à préciser, la catégorie en dépend"))
    counting = [finding for finding in findings if finding.criterion == categories.rule] or findings
    decisive = max(counting, key=lambda finding: categories.names.index(finding.category))
    return Placed(
        category=decisive.category,
        rule=categories.rule,
        decided_by=decisive.criterion,
        findings=tuple(findings),
        thresholds=tuple(_thresholds(decisive.category, counting, categories)),
    )


def _value(client: Client, criterion: Criterion) -> int | None:
    return client.inhabitants if criterion == "inhabitants" else client.agents


def _find(criterion: Criterion, client: Client, categories: Categories) -> Finding:
    value = _value(client, criterion)
    assert value is not None
    category = categories.containing(criterion, value)
    bounds = categories.up_to.get(category)
    return Finding(
        criterion=criterion,
        value=value,
        category=category,
        first=categories.floor(category, criterion),
        last=getattr(bounds, criterion) if bounds else None,
    )


def _thresholds(category: str, counting: list[Finding], categories: Categories) -> list[Threshold]:
    if category == categories.beyond.name:
        return []
    higher = categories.names[categories.names.index(category) + 1]
    found = []
    for finding in counting:
        at = categories.floor(higher, finding.criterion)
        found.append(Threshold(criterion=finding.criterion, at=at, away=at - finding.value, category=higher))
    return found
