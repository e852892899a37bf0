"""Names of a client and of the scenarios kept beside it, on the page and on documents."""

from collections.abc import Mapping

from pricing import Estimate, Tariff
from pricing.budget import priced
from pricing.money import counted
from pricing.order import Client, Structure
from pricing.simulation import Scenario, Simulation
from views import group_words, kept
from views.index import TITLE

OF_STRUCTURE: Mapping[Structure, str] = {
    "commune": "une commune",
    "epci": "une intercommunalité",
    "other": "un autre organisme public",
}
"""Kinds of body in a title that has no name."""


def called(simulation: Simulation) -> str:
    """Return the name of the client; empty where it has none."""
    if simulation.group:
        return group_words.name_of(simulation.group)
    commune = kept.communes().get(simulation.choice.commune)
    return commune.name if commune else simulation.name


def whose(simulation: Simulation) -> str:
    """Say whose estimate it is: ``Estimation pour Ruitz, 1 478 habitants``, ``Estimation pour 12 communes``."""
    return f"Estimation pour {_described(simulation)}"


def _described(simulation: Simulation) -> str:
    if simulation.group:
        return group_words.described(simulation.group)
    client = simulation.choice.client
    return ", ".join([called(simulation) or OF_STRUCTURE[client.structure], *sizes(client)])


def sizes(client: Client) -> list[str]:
    """Return what is known of a client's size: ``1 478 habitants``, ``8 agents``."""
    numbers = (client.inhabitants, "habitant", "habitants"), (client.agents, "agent", "agents")
    return [counted(size, one, many) for size, one, many in numbers if size is not None]


def title_of_tab(simulation: Simulation) -> str:
    """Return the title of the tab: ``Ruitz : services numériques``; the simulator's where nothing is said."""
    if simulation.empty:
        return TITLE
    client = called(simulation) or _described(simulation)
    return f"{client[:1].upper()}{client[1:]}\u00a0: services numériques"


def kept_as(current: Simulation) -> Scenario | None:
    """Return the scenario that is on the page; None where the simulation is not kept."""
    return next((each for each in current.scenarios if each.choice == current.choice), None)


def estimates(current: Simulation, tariff: Tariff) -> list[tuple[str, Estimate]]:
    """Return the scenarios that are not on the page, by names that differ, each with its estimate under a tariff."""
    others = [each for each in current.scenarios if each is not kept_as(current)]
    names = [named(each, current) for each in others]
    return [
        (f"{name} ({rank})" if name in names[:rank] else name, priced(each.choice, tariff))
        for rank, (name, each) in enumerate(zip(names, others, strict=True))
    ]


def named(scenario: Scenario, current: Simulation) -> str:
    """Return the name of a scenario, with its commune where that is another one."""
    commune = commune_of(scenario, current)
    return f"{scenario.name} ({commune})" if commune else scenario.name


def commune_of(scenario: Scenario, current: Simulation) -> str:
    """Return the name of a scenario's commune where it is not the one on the page, nor in the scenario's name."""
    commune = kept.communes().get(scenario.choice.commune)
    if commune is None or commune.code == current.choice.commune or commune.name in scenario.name:
        return ""
    return commune.name
