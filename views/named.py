"""Names of a client and of the scenarios kept beside it, on the page and on documents."""

from collections.abc import Mapping

from pricing import Estimate, Tariff, estimate
from pricing.communes import Commune
from pricing.money import counted
from pricing.order import Structure
from pricing.simulation import Scenario, Simulation

OF_STRUCTURE: Mapping[Structure, str] = {
    "commune": "une commune",
    "epci": "une intercommunalité",
    "other": "un autre organisme public",
}
"""Kinds of body in a title that has no name."""


def called(simulation: Simulation, communes: Mapping[str, Commune]) -> str:
    """Return the name of the client; empty where it has none."""
    commune = communes.get(simulation.choice.commune)
    return commune.name if commune else simulation.name


def whose(simulation: Simulation, communes: Mapping[str, Commune]) -> str:
    """Say whose estimate it is: ``Estimation pour Ruitz, 1 478 habitants, 8 agents``."""
    client = simulation.choice.client
    name = called(simulation, communes) or OF_STRUCTURE[client.structure]
    sizes = (
        counted(client.inhabitants, "habitant", "habitants") if client.inhabitants is not None else "",
        counted(client.agents, "agent", "agents") if client.agents is not None else "",
    )
    return ", ".join(filter(None, [f"Estimation pour {name}", *sizes]))


def estimates(current: Simulation, tariff: Tariff, communes: Mapping[str, Commune]) -> list[tuple[str, Estimate]]:
    """Return the scenarios kept, each with its estimate under a tariff; one of another commune carries its name."""
    return [
        (_named(scenario, current, communes), estimate(scenario.choice.client, scenario.choice.order, tariff))
        for scenario in current.scenarios
    ]


def _named(scenario: Scenario, current: Simulation, communes: Mapping[str, Commune]) -> str:
    commune = communes.get(scenario.choice.commune)
    another = commune is not None and commune.code != current.choice.commune and commune.name not in scenario.name
    return f"{scenario.name} ({commune.name})" if commune and another else scenario.name
