"""A group: communes asked about together, and what each of them asks for; `portfolio.grouped` prices it.

A group is part of a simulation: it is in the link, and each gesture gives another one.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from pricing.communes import Commune
from pricing.frozen import Frozen
from pricing.order import Agents, Inhabitants, Quantity

DEPARTMENT = "62"
"""All communes of the table, in place of the SIREN of an EPCI."""
LIST = ""
"""Communes of a list, in place of the SIREN of an EPCI."""

Asks = Literal["by_size", "same", "own"]
"""Order of each commune: the proposal for its size, the same order as all, or nothing but what is its own."""
Code = Annotated[str, Field(pattern=r"^[0-9][0-9AB][0-9]{3}$")]


class Own(Frozen, frozen=True):
    """All that one commune of a group has otherwise than the others, under its INSEE code."""

    code: Code
    """INSEE code of the commune."""
    inhabitants: Inhabitants | None = None
    """Its number of inhabitants; None for that of the table."""
    agents: Agents | None = None
    """Its number of agents; None when unknown."""
    quantities: tuple[tuple[str, Quantity], ...] = ()
    """Its own quantities by item, which replace those that it would ask for; 0 for an item that it goes without."""


class Group(Frozen, frozen=True):
    """Communes asked about together. The order that all of them ask for is that of the simulation."""

    of: Annotated[str, Field(pattern=r"^(62|[0-9]{9})?$")] = DEPARTMENT
    """SIREN of an EPCI, DEPARTMENT or LIST."""
    listed: tuple[Code, ...] = ()
    """INSEE codes of a list, in its order; empty for the others."""
    without: frozenset[Code] = frozenset()
    """INSEE codes of communes that are left out."""
    asks: Asks = "by_size"
    """Order of each of them."""
    own: tuple[Own, ...] = ()
    """Exceptions, each commune at most once, in the order of their codes."""


def belonging(group: Group, communes: Mapping[str, Commune]) -> tuple[Commune, ...]:
    """Return the communes of a group, those left out among them: of a list in its order, else in that of names."""
    if group.of == LIST:
        return tuple(communes[code] for code in group.listed if code in communes)
    return tuple(each for each in communes.values() if group.of in (DEPARTMENT, each.epci))
