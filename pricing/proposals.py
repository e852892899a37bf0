"""First orders proposed by size of commune, and the worked example of the empty page; data, not advice."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.order import Client, Order, Quantity
from pricing.prices import PositiveInt


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

    def for_size(self, inhabitants: int) -> Order:
        """Return the first order proposed to a commune with this number of inhabitants."""
        return next((each.order for each in self.by_size if inhabitants <= each.up_to), self.beyond.order)
