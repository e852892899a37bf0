"""In which category of the act a client stands, why, and how far the next threshold is."""

from typing import Annotated, Literal

from pydantic import Field

from pricing.frozen import Frozen
from pricing.money import number
from pricing.order import Client
from pricing.prices import OnQuote, Unit
from pricing.rating import Missing
from pricing.tariff import Categories, Criterion, Rule

CRITERIA: tuple[Criterion, ...] = ("inhabitants", "agents")
_UNIT: dict[Criterion, Unit] = {"inhabitants": Unit("habitant", "habitants"), "agents": Unit("agent", "agents")}


class Finding(Frozen, frozen=True):
    """What one criterion says about a client's category."""

    criterion: Criterion
    """What is counted."""
    value: int
    """The client's number of inhabitants or agents."""
    category: str
    """The category it points to."""
    first: int
    """The first value of that category."""
    last: int | None
    """The last value of that category, inclusive; None in the open category."""

    def words(self) -> str:
        """The finding in French: ``1 250 habitants, entre 1 001 et 2 000``."""
        return f"{self.counted()}, {self._range()}"

    def counted(self) -> str:
        """The value with its unit in French: ``1 250 habitants``."""
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
    """What is counted."""
    at: int
    """The first number of inhabitants or agents of the higher category."""
    away: int
    """How many more than the client has."""
    category: str
    """The higher category."""

    def words(self) -> str:
        """The distance in French: ``2 001 habitants (751 de plus)``."""
        return f"{_UNIT[self.criterion].counted(self.at)} ({number(self.away)} de plus)"


class Placed(Frozen, frozen=True):
    """A client with a category."""

    kind: Literal["placed"] = "placed"
    category: str
    """The category's letter."""
    rule: Rule
    """Which criterion decides when the two disagree (R12)."""
    decided_by: Criterion
    """The criterion that decided."""
    findings: tuple[Finding, ...]
    """What each known criterion says."""
    thresholds: tuple[Threshold, ...]
    """For each known criterion that counts, the next value that raises the category; none in the last category."""

    @property
    def decides(self) -> str:
        """What a price by category goes by."""
        return self.category

    @property
    def disagreement(self) -> Finding | None:
        """What the other criterion says where it points to another category (R12); None where they agree."""
        return next((finding for finding in self.findings if finding.category != self.category), None)

    def next_words(self) -> str:
        """The next threshold in French: ``catégorie C dès 2 001 habitants (751 de plus) ou 11 agents (5 de plus)``."""
        if not self.thresholds:
            return ""
        return f"catégorie {self.thresholds[0].category} dès {' ou '.join(each.words() for each in self.thresholds)}"

    def words(self) -> str:
        """The reason in French."""
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
    """A client without a category, with what that means for prices by category."""

    kind: Literal["unplaced"] = "unplaced"
    outcome: Annotated[OnQuote | Missing, Field(discriminator="kind")]
    """On quote for a structure the grid is not for (R14); missing when nothing is known."""

    @property
    def decides(self) -> OnQuote | Missing:
        """What a price by category comes to."""
        return self.outcome

    def words(self) -> str:
        """The reason in French, after the name of what is priced by category."""
        return f"à compléter : {self.outcome.why}" if self.outcome.kind == "missing" else self.outcome.why


Placement = Annotated[Placed | Unplaced, Field(discriminator="kind")]
"""Where a client stands."""


def place(client: Client, categories: Categories) -> Placed | Unplaced:
    """Find a client's category: the higher of what inhabitants and agents say, where the rule is so (R11, R12, R14)."""
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
