"""The words by which many communes are asked about, and those on whose they are."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pricing.communes import folded
from pricing.group import DEPARTMENT, LIST, Asks, Group, belonging
from pricing.money import counted, number
from pricing.simulation import Simulation
from views import kept

Side = Literal["one", "many"]
"""One client, or many communes."""
SIDES: Mapping[Side, str] = {"one": "Une collectivité", "many": "Plusieurs communes"}
"""Both, as the page offers them."""
ASKS: Mapping[Asks, str] = {
    "by_size": "La proposition selon la taille",
    "same": "La même commande pour toutes",
    "own": "Ce que dit la liste",
}
"""Choices of what each commune asks for, as the page offers them."""
WHOLE = "Pas-de-Calais"
"""Name of the communes of the department."""


def side(simulation: Simulation) -> Side:
    """Return the side that a simulation is on."""
    return "many" if simulation.group else "one"


@cache
def offered() -> Mapping[str, str]:
    """Return the choices of many communes, by what a group is of: the department, each EPCI, a list."""
    by_name = sorted(kept.epcis().items(), key=lambda each: folded(each[1].partition(" ")[2]))
    return {DEPARTMENT: f"Tout le {WHOLE}", **dict(by_name), LIST: "Une liste à coller"}


def asks_offered(group: Group) -> list[Asks]:
    """Return what the communes of a group may ask for: what a list says, only where there is one or a link has it."""
    return [asks for asks in ASKS if asks != "own" or group.listed or group.asks == "own"]


def name_of(group: Group) -> str:
    """Return the name of a group; empty for a list."""
    return WHOLE if group.of == DEPARTMENT else kept.epcis().get(group.of, "")


def described(group: Group) -> str:
    """Return a group in words: ``95 communes sur 96, CC des Campagnes de l'Artois``."""
    codes = {each.code for each in belonging(group, kept.communes())}
    some = len(codes - group.without)
    of = f" sur {number(len(codes))}" if some < len(codes) else ""
    return ", ".join(filter(None, [f"{counted(some, 'commune', 'communes')}{of}", name_of(group)]))
