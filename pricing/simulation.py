"""A simulation: all that a page shows, as one value; and each gesture, as a pure function to the next simulation.

A gesture that changes nothing returns the same simulation, so that a gesture made twice counts once.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote_plus

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.group import Group
from pricing.order import Client, Euros, Month, Order, Structure

View = Literal[
    "", "compare", "points", "tariffs", "share", "next",
    "present", "present-services", "present-quotes", "present-options", "present-scenarios", "present-others",
    "present-categories", "present-per-head", "present-communes", "present-tariffs",
]  # fmt: skip
"""Part of the page that is looked at: a section at the desk, or what fills the screen in presentation mode."""

MAX_SCENARIOS = 4
"""Number of scenarios that a simulation keeps at most."""
MAX_NAME = 80
"""Longest name of a scenario, in characters of a query string: four of them and the largest orders fit the link."""
MAX_CLIENT_NAME = 160
"""Longest name of a client, in characters of a query string: no public body of the department has a longer one."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that would reverse the direction of the text after a name on the page."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of a character, and two code points that are no character: XML holds none of them."""


def tidy(name: str) -> str:
    """Return a name on one line: no control characters, no white space at its ends or twice within."""
    return " ".join(_CONTROL.sub(" ", _TURNING.sub("", name)).split())


def name_fits(name: str, room: int = MAX_NAME) -> bool:
    """Tell if a name has at least a character and takes at most `room` characters of a query string."""
    return 0 < len(quote_plus(tidy(name))) <= room


def fitting(name: str, room: int = MAX_NAME) -> str:
    """Return the longest beginning of a name that takes at most `room` characters of a query string."""
    beginnings = (tidy(name[:length]) for length in range(room, 0, -1))
    return next((each for each in beginnings if len(quote_plus(each)) <= room), "")


def _name(name: str, room: int = MAX_NAME) -> str:
    if not name_fits(name, room):
        raise PydanticCustomError("name_fits", "il faut un nom, assez court pour tenir dans le lien")
    return tidy(name)


class Choice(Frozen, frozen=True):
    """A client and its order: the part of a simulation that can be kept under a name."""

    client: Client = Client()
    """Public body that asks."""
    order: Order = Order()
    """Services asked for, with their quantities."""
    commune: Annotated[str, Field(pattern=r"^([0-9][0-9AB][0-9]{3})?$")] = ""
    """INSEE code of the commune chosen by name; empty when none was."""
    in_place: frozenset[str] = frozenset()
    """Keys of the services that the client has already, which pay no set-up (R17)."""
    paid_today: Euros | None = None
    """Whole euros including tax that the client pays a year today; None where it was not said."""
    month: Month | None = None
    """Month of the first year from which the services are paid, 1 to 12; None where it was not said."""

    @property
    def whose(self) -> tuple[Structure, str]:
        """Client the choice is for: kind of body, and code of the commune where one was chosen."""
        return self.client.structure, self.commune


class Scenario(Frozen, frozen=True):
    """A choice kept under a name."""

    name: Annotated[str, AfterValidator(_name)]
    """Name given by its user, tidied; one that does not fit the link is refused."""
    choice: Choice
    """The choice kept."""


class Simulation(Frozen, frozen=True):
    """All that a page shows and a link holds."""

    tariff: date | None = None
    """Day the tariff was adopted; None for the one in force."""
    choice: Choice = Choice()
    """Client and order on the page."""
    name: Annotated[str, AfterValidator(lambda name: _name(name, MAX_CLIENT_NAME) if name else "")] = ""
    """Name of a body that is in no table of communes, tidied; empty when its user gave none."""
    scenarios: Annotated[tuple[Scenario, ...], Field(max_length=MAX_SCENARIOS)] = ()
    """Choices kept for comparison."""
    group: Group | None = None
    """Communes asked about together; None for one client."""
    view: View = ""
    """Part that is looked at; the first section where it is empty. A link that is handed over has none."""

    @property
    def presentation(self) -> bool:
        """True in presentation mode."""
        return self.view.startswith("present")

    @property
    def empty(self) -> bool:
        """True where nothing was said, asked for, kept or presented; neither the tariff nor a section counts."""
        return self.choice == Choice() and not (self.name or self.scenarios or self.group or self.presentation)


# Client


def choose_commune(simulation: Simulation, code: str, population: int) -> Simulation:
    """Choose a commune by its INSEE code, with its number of inhabitants.

    The agents, the scenarios and all that was said of another commune's services are forgotten: they would be handed
    over as this one's. What was typed before any commune or number of inhabitants is kept. Chosen again, a commune only
    has its own inhabitants back.
    """
    client, before = simulation.choice.client, simulation.choice.commune
    if before == code:
        return set_inhabitants(simulation, population)
    another = bool(before) or client.inhabitants not in (None, population)
    chosen = Client(inhabitants=population, agents=None if another else client.agents)
    choice = Choice(order=simulation.choice.order) if another else simulation.choice
    return _turned(simulation, choice.model_copy(update={"client": chosen, "commune": code}))


def leave_commune(simulation: Simulation) -> Simulation:
    """Go back to a commune that has no name; its numbers stay."""
    return _choosing(simulation, commune="")


def change_structure(simulation: Simulation, structure: Structure, last: Simulation | None = None) -> Simulation:
    """Turn to another kind of body; `last` is the simulation in which that kind was on the page before, if any.

    Name, commune, inhabitants, agents and scenarios of the former body are forgotten, those of `last` come back; the
    order stays.
    """
    if structure == simulation.choice.client.structure:
        return simulation
    if not last or last.choice.client.structure != structure:
        last = Simulation(choice=Choice(client=Client(structure=structure)))
    choice = last.choice.model_copy(update={"order": simulation.choice.order})
    return _turned(simulation, choice, last.name, last.scenarios)


def name_client(simulation: Simulation, name: str) -> Simulation:
    """Name a body that is in no table; where the name is too long for the link, its beginning is taken.

    A commune has the name of the table.
    """
    if simulation.choice.client.structure == "commune":
        return simulation
    return simulation.model_copy(update={"name": fitting(tidy(name), MAX_CLIENT_NAME)})


def set_inhabitants(simulation: Simulation, inhabitants: int | None) -> Simulation:
    """Set the number of inhabitants. Raises ValidationError, in French, for a number that no body can have."""
    client = {**simulation.choice.client.model_dump(), "inhabitants": inhabitants}
    return _choosing(simulation, client=Client.model_validate(client))


def set_agents(simulation: Simulation, agents: int | None) -> Simulation:
    """Set the number of agents. Raises ValidationError, in French, for a number that no body can have."""
    client = {**simulation.choice.client.model_dump(), "agents": agents}
    return _choosing(simulation, client=Client.model_validate(client))


# Order


def set_quantity(simulation: Simulation, item: str, quantity: int) -> Simulation:
    """Ask for a quantity of an item; 1 ticks a choice, 0 unticks it.

    Raises ValidationError, in French, beyond bounds.
    """
    return replace_order(simulation, simulation.choice.order.asking(**{item: quantity}))


def set_units(simulation: Simulation, items: Collection[str], units: int, otherwise: str) -> Simulation:
    """Ask for a number of units of items that stand for one another: of the kind asked for, or else of `otherwise`.

    Nothing changes where several kinds are asked for. Raises ValidationError, in French, beyond bounds.
    """
    asked = [item for item in items if simulation.choice.order.quantity(item)]
    return simulation if len(asked) > 1 else set_quantity(simulation, asked[0] if asked else otherwise, units)


def choose_kind(simulation: Simulation, items: Collection[str], item: str) -> Simulation:
    """Ask for all the units of items that stand for one another as one of them; their number stays.

    Nothing changes for an item that is not among them. Raises ValidationError, in French, beyond bounds.
    """
    order = simulation.choice.order
    if item not in items:
        return simulation
    return replace_order(simulation, order.asking(**dict.fromkeys(items, 0) | {item: sum(map(order.quantity, items))}))


def replace_order(simulation: Simulation, order: Order) -> Simulation:
    """Ask for another order: a proposal, an option adopted, or nothing at all."""
    return _choosing(simulation, order=order)


def start_over(simulation: Simulation) -> Simulation:
    """Ask for nothing at all, and forget what was said of the services: in place, paid today, and from which month."""
    return _choosing(simulation, order=Order(), in_place=frozenset(), paid_today=None, month=None)


def have_already(simulation: Simulation, service: str, already: bool) -> Simulation:
    """Say whether the client has a service already, by its key."""
    in_place = simulation.choice.in_place
    return _choosing(simulation, in_place=in_place | {service} if already else in_place - {service})


def set_paid_today(simulation: Simulation, euros: int | None) -> Simulation:
    """Set what the client pays a year today. Raises ValidationError, in French, for an amount out of bounds."""
    return _choosing(simulation, paid_today=Choice(paid_today=euros).paid_today)


def set_month(simulation: Simulation, month: int | None) -> Simulation:
    """Set the month from which the services are paid. Raises ValidationError, in French, for any other number."""
    return _choosing(simulation, month=Choice(month=month).month)


def replace_choice(simulation: Simulation, choice: Choice) -> Simulation:
    """Put another client and order on the page: the example, or a scenario taken back, which stays kept."""
    name = simulation.name if choice.whose == simulation.choice.whose else ""
    return simulation.model_copy(update={"choice": choice, "name": name})


def come_back(simulation: Simulation, start: Simulation) -> Simulation:
    """Ask again for what another simulation asked, for one client or for many communes."""
    return replace_choice(simulation, start.choice).model_copy(update={"group": start.group})


# Scenarios


def keep(simulation: Simulation, name: str = "") -> Simulation:
    """Keep the choice on the page under a name; without one, under « Scénario 1 » and so on.

    A name that another choice has is given a number: « Sans sauvegarde (2) ». Nothing changes where four are kept,
    nothing is asked for, or the choice is kept already: under that name, or under any when none is given.
    """
    choice, kept = simulation.choice, simulation.scenarios
    named = fitting(tidy(name))
    already = any(each.choice == choice and named in ("", each.name) for each in kept)
    if already or choice.order.empty or len(kept) == MAX_SCENARIOS:
        return simulation
    taken = {each.name for each in kept}
    free = (f"Scénario {rank}" for rank in range(1, MAX_SCENARIOS + 1))
    name = _unlike(named, taken) if named else next(each for each in free if each not in taken)
    return _keeping(simulation, (*kept, Scenario(name=name, choice=choice)))


def rename(simulation: Simulation, scenario: Scenario, name: str) -> Simulation:
    """Give a scenario another name, with a number where another has that name; nothing changes without one."""
    named = fitting(tidy(name))
    if named in ("", scenario.name):
        return simulation
    others = {each.name for each in simulation.scenarios if each != scenario}
    renamed = Scenario(name=_unlike(named, others), choice=scenario.choice)
    return _keeping(simulation, (renamed if each == scenario else each for each in simulation.scenarios))


def _unlike(name: str, taken: Collection[str]) -> str:
    numbers = (f" ({rank})" for rank in range(2, MAX_SCENARIOS + 2))
    numbered = (fitting(name, MAX_NAME - len(quote_plus(each))) + each for each in numbers)
    return next(each for each in (name, *numbered) if each not in taken)


def remove(simulation: Simulation, scenario: Scenario) -> Simulation:
    """Remove a scenario."""
    return _keeping(simulation, (each for each in simulation.scenarios if each != scenario))


def bring_back(simulation: Simulation, scenarios: Iterable[Scenario]) -> Simulation:
    """Keep scenarios again that a change of commune or structure had set aside, as far as there is room."""
    return _keeping(simulation, list(dict.fromkeys((*scenarios, *simulation.scenarios)))[:MAX_SCENARIOS])


# View and tariff


def look_at(simulation: Simulation, view: View) -> Simulation:
    """Look at a section, or at a screen of presentation mode."""
    return simulation.model_copy(update={"view": view})


def leave(simulation: Simulation) -> Simulation:
    """Leave the view, and with it presentation mode: what remains is what a link hands over."""
    return look_at(simulation, "")


def take_up_tariff(simulation: Simulation, adopted: date) -> Simulation:
    """Price the simulation under the tariff adopted on a day."""
    return simulation.model_copy(update={"tariff": adopted})


def _choosing(simulation: Simulation, **changes: object) -> Simulation:
    return simulation.model_copy(update={"choice": simulation.choice.model_copy(update=changes)})


def _keeping(simulation: Simulation, scenarios: Iterable[Scenario]) -> Simulation:
    return simulation.model_copy(update={"scenarios": tuple(scenarios)})


def _turned(simulation: Simulation, choice: Choice, name: str = "", scenarios: Iterable[Scenario] = ()) -> Simulation:
    """Turn to another client; scenarios of another kind of body or of another commune are set aside."""
    theirs = (choice.whose, (choice.client.structure, ""))
    kept = [each for each in simulation.scenarios if each.choice.whose in theirs]
    turned = simulation.model_copy(update={"choice": choice, "name": name, "scenarios": ()})
    return bring_back(turned, [*kept, *scenarios])
