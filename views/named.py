"""Names of a client and of the scenarios kept beside it, on the page and on documents."""

from collections.abc import Mapping

from pricing import Estimate, Tariff, estimate
from pricing.money import counted
from pricing.order import Structure
from pricing.simulation import Scenario, Simulation
from views import kept

OF_STRUCTURE: Mapping[Structure, str] = {
    "commune": "une commune",
    "epci": "une intercommunalité",
    "other": "un autre organisme public",
}
"""Kinds of body in a title that has no name."""


def called(simulation: Simulation) -> str:
    """Return the name of the client; empty where it has none."""
    commune = kept.communes().get(simulation.choice.commune)
    return commune.name if commune else simulation.name


def whose(simulation: Simulation) -> str:
    """Say whose estimate it is: ``Estimation pour Ruitz, 1 478 habitants, 8 agents``."""
    client = simulation.choice.client
    sizes = (client.inhabitants, "habitant", "habitants"), (client.agents, "agent", "agents")
    known = [counted(size, one, many) for size, one, many in sizes if size is not None]
    return ", ".join([f"Estimation pour {called(simulation) or OF_STRUCTURE[client.structure]}", *known])


def estimates(current: Simulation, tariff: Tariff) -> list[tuple[str, Estimate]]:
    """Return the scenarios kept, each with its estimate under a tariff; one of another commune carries its name."""
    return [
        (named(each, current), estimate(each.choice.client, each.choice.order, tariff)) for each in current.scenarios
    ]


def named(scenario: Scenario, current: Simulation) -> str:
    """Return the name of a scenario, with its commune where that is another one."""
    commune = kept.communes().get(scenario.choice.commune)
    if commune is None or commune.code == current.choice.commune or commune.name in scenario.name:
        return scenario.name
    return f"{scenario.name} ({commune.name})"
