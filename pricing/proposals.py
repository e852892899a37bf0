"""First orders proposed by size of commune, and the worked example of the empty page; data, not advice."""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from pricing.faults import Fault
from pricing.frozen import Frozen
from pricing.order import Client, Order, Quantity
from pricing.prices import PositiveInt
from pricing.rules import write_or_remove
from pricing.tariff import Tariff


class BySize(Frozen, frozen=True):
    """A first order for communes up to a size."""

    up_to: PositiveInt
    """The largest number of inhabitants it is for, inclusive."""
    order: Order
    """Proposed order."""


class Beyond(Frozen, frozen=True):
    """A first order for communes above all sizes."""

    order: Order
    """Proposed order."""


class Example(Frozen, frozen=True):
    """A whole simulation to look at."""

    inhabitants: Quantity
    """Its number of inhabitants."""
    agents: Quantity
    """Its number of agents."""
    order: Order
    """Order of the example."""

    @property
    def client(self) -> Client:
        """The commune of the example."""
        return Client(inhabitants=self.inhabitants, agents=self.agents)


class Proposals(Frozen, frozen=True):
    """All first orders."""

    by_size: Annotated[tuple[BySize, ...], Field(min_length=1)]
    """Orders by size, from the smallest to the largest."""
    beyond: Beyond
    """Order for communes above the last size."""
    example: Example
    """The worked example."""

    @field_validator("by_size")
    @classmethod
    def _sizes_rise(cls, by_size: tuple[BySize, ...]) -> tuple[BySize, ...]:
        if any(larger.up_to <= smaller.up_to for smaller, larger in pairwise(by_size)):
            raise PydanticCustomError("sizes_order", "les tailles doivent aller de la plus petite à la plus grande")
        return by_size

    def only(self, items: Container[str]) -> "Proposals":
        """Return these proposals without what is not among some items: an act may have dropped a service."""
        return Proposals(
            by_size=tuple(BySize(up_to=each.up_to, order=each.order.only(items)) for each in self.by_size),
            beyond=Beyond(order=self.beyond.order.only(items)),
            example=self.example.model_copy(update={"order": self.example.order.only(items)}),
        )

    def for_size(self, inhabitants: int) -> Order:
        """Return the first order proposed to a commune with this number of inhabitants."""
        return next((each.order for each in self.by_size if inhabitants <= each.up_to), self.beyond.order)


class ProposalsByAct(Frozen, frozen=True):
    """First orders of each act, by the day it was adopted."""

    acts: Annotated[dict[date, Proposals], Field(min_length=1)]
    """Proposals of an act; one without any has those of the last act before it that has some."""

    def under(self, tariff: Tariff) -> Proposals:
        """Return the first orders proposed under an act, of what it sells."""
        before = [day for day in self.acts if day <= tariff.adopted]
        return self.acts[max(before, default=min(self.acts))].only(tariff.items)


def unsold(proposals: ProposalsByAct, tariffs: Mapping[date, Tariff], file: str) -> Iterator[Fault]:
    """Yield acts that there are not, items that an act does not sell, and those counted where they are ticked."""
    for day, act in proposals.acts.items():
        if day not in tariffs:
            yield Fault(file, f"acts.{day}", "", f"aucun tarif n'a été adopté le {day:%d/%m/%Y}", "corriger cette date")
            continue
        items = tariffs[day].items
        places = [(f"by_size[{rank}].order", each.order) for rank, each in enumerate(act.by_size, start=1)]
        for place, order in (*places, ("beyond.order", act.beyond.order), ("example.order", act.example.order)):
            for key, quantity in order.quantities.items():
                where = f"acts.{day}.{place}.{key}"
                if key not in items:
                    problem = f"l'acte du {day:%d/%m/%Y} ne propose rien de ce nom"
                    yield Fault(file, where, str(quantity), problem, write_or_remove(key, items))
                elif items[key].ticked and quantity > 1:
                    yield Fault(file, where, str(quantity), "ce service se coche, il ne se compte pas", "écrire true")
