"""Gestures on a group of communes, each a pure function from one simulation to the next.

None of them changes the simulation of one client, but for `turn_to_many`.
"""

from collections.abc import Iterable, Mapping

from pricing.communes import Commune
from pricing.group import DEPARTMENT, LIST, Asks, Group, Own, belonging
from pricing.order import Order
from pricing.simulation import Choice, Simulation

SIZES = ("inhabitants", "agents")
"""Fields of an exception that are no item of the act."""


def turn_to_many(simulation: Simulation, of: str = DEPARTMENT, last: Simulation | None = None) -> Simulation:
    """Turn to many communes: those that were on the page before, `last`, or else those of `of`.

    The first time, the order on the page becomes that of all, unless it is that of an EPCI for itself.
    """
    if simulation.group:
        return simulation
    if last and last.group:
        return last.model_copy(update={"tariff": simulation.tariff, "view": ""})
    order = Order() if simulation.choice.client.structure == "epci" else simulation.choice.order
    group = Group(of=of, asks="by_size" if order.empty else "same")
    return Simulation(tariff=simulation.tariff, choice=Choice(order=order), group=group)


def turn_to_one(simulation: Simulation, last: Simulation | None = None) -> Simulation:
    """Turn back to one client: the one that was on the page before, `last`, or else one that asks for the same."""
    if simulation.group is None:
        return simulation
    if last and last.group is None:
        return last.model_copy(update={"tariff": simulation.tariff, "view": ""})
    choice = simulation.choice if simulation.group.asks == "same" else Choice()
    return Simulation(tariff=simulation.tariff, choice=choice)


def choose_group(
    simulation: Simulation, of: str, communes: Mapping[str, Commune], last: Group | None = None
) -> Simulation:
    """Ask about the communes of an EPCI, of the department or of a list; `last` is what was asked about it before.

    Exceptions of communes that belong to it too stay, unless `last` has its own.
    """
    group = simulation.group
    if group is None or of == group.of:
        return simulation
    if last and last.of == of:
        return _with_group(simulation, last)
    codes = {each.code for each in belonging(Group(of=of), communes)}
    own = tuple(each for each in group.own if each.code in codes)
    group = Group(of=of, without=group.without & codes, asks=_of_all(simulation), own=own)
    return _with_group(simulation, group)


def _of_all(simulation: Simulation) -> Asks:
    """Return what all communes ask for where no list says what each does."""
    if simulation.group and simulation.group.asks != "own":
        return simulation.group.asks
    return "by_size" if simulation.choice.order.empty else "same"


def leave_out(simulation: Simulation, codes: Iterable[str]) -> Simulation:
    """Leave out these communes and no others."""
    return _changing(simulation, without=frozenset(codes))


def count(simulation: Simulation, code: str, *, counted: bool) -> Simulation:
    """Count one commune of the group, or leave it out."""
    if simulation.group is None:
        return simulation
    without = simulation.group.without
    return leave_out(simulation, without - {code} if counted else without | {code})


def ask_for(simulation: Simulation, asks: Asks) -> Simulation:
    """Ask for the proposal by size, the same order for all, or what is each one's own; exceptions stay."""
    return _changing(simulation, asks=asks)


def set_own(
    simulation: Simulation, code: str, field: str, value: int | None, otherwise: int | None = None
) -> Simulation:
    """Give one commune its own number of inhabitants, of agents, or of an item.

    None, or the number that it has `otherwise`, takes that back. Raises ValidationError, in French, beyond bounds.
    """
    if simulation.group is None:
        return simulation
    own = {each.code: each for each in simulation.group.own}
    before = own.get(code, Own(code=code))
    kept = None if value == otherwise else value
    if field in SIZES:
        changes: dict[str, object] = {field: kept}
    else:
        quantities = dict(before.quantities)
        if kept is None:
            quantities.pop(field, None)
        else:
            quantities[field] = kept
        changes = {"quantities": tuple(quantities.items())}
    own[code] = Own.model_validate(before.model_dump() | changes)
    return _excepting(simulation, own.values())


def clear_own(simulation: Simulation, code: str = "") -> Simulation:
    """Take back all that one commune has otherwise than the others; without a code, that of every commune."""
    if simulation.group is None:
        return simulation
    return _excepting(simulation, (each for each in simulation.group.own if code and each.code != code))


def take_list(simulation: Simulation, choices: Iterable[Choice], communes: Mapping[str, Commune]) -> Simulation:
    """Ask about the communes of a list; the order of a choice is what the list says of its quantities.

    Where it says any, each commune asks for that; otherwise for what all were asked for before.
    """
    listed = tuple(choices)
    own = [
        Own(
            code=each.commune,
            inhabitants=_unlike_table(each, communes),
            agents=each.client.agents,
            quantities=tuple(each.order.quantities.items()),
        )
        for each in listed
    ]
    asks: Asks = "own" if any(each.quantities for each in own) else _of_all(simulation)
    group = Group(of=LIST, listed=tuple(each.commune for each in listed), asks=asks)
    return _excepting(_with_group(simulation, group), own)


def _unlike_table(choice: Choice, communes: Mapping[str, Commune]) -> int | None:
    inhabitants, commune = choice.client.inhabitants, communes.get(choice.commune)
    return None if commune and commune.population == inhabitants else inhabitants


def _excepting(simulation: Simulation, own: Iterable[Own]) -> Simulation:
    """Keep exceptions that say something, in the order of their codes."""
    said = (each for each in own if each != Own(code=each.code))
    return _changing(simulation, own=tuple(sorted(said, key=lambda each: each.code)))


def _changing(simulation: Simulation, **changes: object) -> Simulation:
    return _with_group(simulation, simulation.group.model_copy(update=changes)) if simulation.group else simulation


def _with_group(simulation: Simulation, group: Group) -> Simulation:
    return simulation.model_copy(update={"group": group})
