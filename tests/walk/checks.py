"""Invariants of a settled page: it shows exactly what its own query string says, in French, without an error."""

from typing import Any

import pricing
from pricing.budget import priced
from pricing.dates import MONTH_NAMES
from pricing.simulation import Choice, Simulation
from pricing.tariff import PAYEES, Payee
from tests.french import plain
from tests.links import KINDS
from tests.walk import group_checks, group_done
from tests.walk.facts import COMMUNES, UNCOUNTED, plainly, simulation, tariff_of
from tests.walk.page import Seen
from views.keys import IN_PLACE_OF, KIND_OF, NUMBER_OF, PAID_TODAY, SEVERAL_LABEL

_CLIENT = ("inhabitants", "agents")
STRUCTURES = {"commune": "Commune", "epci": "Intercommunalité", "other": "CCAS, syndicat…"}


def what_counts(query: str, *, presented: bool) -> tuple[object, ...]:
    """Return what a gesture leads to on any page; in presentation mode, the visit alone knows the rest.

    That is the section to go back to, and the start, after whose changes a scenario is named.
    """
    found = simulation(query)
    if not presented:
        return (found,)
    choices = tuple(each.choice for each in found.scenarios)
    return found.choice, found.group, found.tariff, found.name, choices, found.presentation


def estimated(held: Simulation) -> pricing.Estimate:
    """Price a simulation; every query string written by the page has its tariff."""
    return priced(held.choice, tariff_of(held))


def of_key(key: str) -> list[str]:
    """Return the items of a field: those that stand for one another, or the one that it is named by."""
    service = key.removeprefix(NUMBER_OF).removeprefix(KIND_OF)
    return [item for item, (of, _) in KINDS.items() if of == service] or [key]


def number_of(choice: Choice, key: str) -> int | None:
    """Return the number that a field shows of a choice; None where it is empty."""
    if key == PAID_TODAY:
        return choice.paid_today
    return getattr(choice.client, key) if key in _CLIENT else quantity(choice.order, key)


def is_ticked(choice: Choice, key: str) -> bool:
    """Tell if a box is ticked in a choice: an item asked for, or a service in place."""
    service = key.removeprefix(IN_PLACE_OF)
    return bool(choice.order.quantity(key)) if service == key else service in choice.in_place


def quantity(order: pricing.Order, key: str) -> int:
    """Return the number that a field shows of an order."""
    return sum(map(order.quantity, of_key(key)))


def client(held: Simulation) -> str:
    """Return the name of the client; empty where it has none."""
    commune = COMMUNES.get(held.choice.commune)
    return commune.name if commune else held.name


def differences(seen: Seen, unsent: str = "") -> list[str]:
    """List all that is shown and does not follow from the query string; `unsent` is the field still being typed in."""
    held = simulation(seen.query)
    made = estimated(held)
    order, who = held.choice.order, held.choice.client
    found = [f"error: {each}" for each in seen.errors]

    for key, kind in seen.kinds.items():
        asked = [item for item in of_key(key) if order.quantity(item)]
        told = KINDS[asked[0]][1] if len(asked) == 1 else SEVERAL_LABEL
        if asked and kind not in (told, SEVERAL_LABEL):
            found.append(f"{key}: {kind!r}, the address says {told!r}")

    def same(what: str, wanted: object, there: object) -> None:
        if wanted != there:
            found.append(f"{what}: {there!r}, the address says {wanted!r}")

    for key, value in seen.fields.items():
        number = number_of(held.choice, key)
        if not key == unsent == seen.active:
            same(key, "" if number is None else str(number), plain(value).replace(" ", ""))
    for key, ticked in seen.ticks.items():
        same(key, is_ticked(held.choice, key), ticked)
    same("presented", held.presentation, seen.presented)
    if held.group:
        return found + group_checks.differences(seen, held, unsent)
    if seen.month is not None:
        month = held.choice.month
        same("month", MONTH_NAMES[month - 1] if month else "", seen.month)
    empty = order.empty and not seen.presented
    same("figures", [] if empty else figures(made), seen.figures)
    if not seen.presented:
        same("side", group_checks.SIDES[False], seen.side)
        same("structure", STRUCTURES[who.structure], seen.structure)
        if seen.searched is None:
            same("commune", client(held) if who.structure == "commune" else "", seen.commune)
        if seen.name is not None and seen.active != "client_name":
            same("name", held.name, seen.name)
        for payee in PAYEES:
            same(f"quote of {payee}", [] if empty else quote(made, payee), getattr(seen, payee))
    if seen.section == "Comparer" and not seen.renaming:
        same("scenarios", [each.name for each in held.scenarios], seen.scenarios)
    return found


def done(name: str, arguments: list[Any], before: Seen, after: Seen, typed: str = "") -> list[str]:
    """Return the change that a gesture should have made to the query string and has not.

    `typed` is the field in which a number was typed just before.
    """
    was, held = simulation(before.query), simulation(after.query)

    def number(key: str) -> int | None:
        return number_of(held.choice, key)

    wanted: tuple[object, object] = (True, True)
    match name, arguments:
        case (("type, Enter" | "type, Tab"), [key, text]):
            wanted = int(text), number(key)
        case "empty", [key]:
            wanted = None if key in (*_CLIENT, PAID_TODAY) else 0, number(key)
        case "tick", [key]:
            wanted = not is_ticked(was.choice, key), is_ticked(held.choice, key)
        case "choose a commune", [town]:
            wanted = town, client(held)
        case "kind", [key, _]:
            wanted = quantity(was.choice.order, key), quantity(held.choice.order, key)
        case "leave the commune", _:
            wanted = "", held.choice.commune
        case "structure", [label]:
            wanted = label, STRUCTURES[held.choice.client.structure]
        case "clear", _:
            wanted = True, held.choice.order.empty
        case "take back", [button, rank]:
            rank = _rank(button, rank)
            wanted = was.scenarios[rank].choice.order, held.choice.order
        case "remove", [button, rank]:
            rank = _rank(button, rank)
            wanted = (*was.scenarios[:rank], *was.scenarios[rank + 1 :]), held.scenarios
        case "present", _:
            wanted = True, held.presentation
        case "leave", _:
            wanted = False, held.presentation
        case "month", [month]:
            wanted = month, MONTH_NAMES[held.choice.month - 1] if held.choice.month else ""
        case _:
            wanted = group_done.change(name, arguments, was, after, typed)
    return [] if wanted[0] == wanted[1] else [f"« {name} » leaves {wanted[1]!r} and not {wanted[0]!r}"]


def _rank(button: str, rank: int) -> int:
    """Return the rank of a scenario: by the number in the button's name, as in presentation mode, or by its own."""
    number = button.rpartition(" ")[2]
    return int(number) - 1 if number.isdecimal() else rank


def kept(key: str, text: str, before: Seen, after: Seen) -> list[str]:
    """Return a difference where a number, typed but not sent before another gesture, was lost."""
    was, held = simulation(before.query), simulation(after.query)
    if " " in key:  # in the table of communes, the number that all have goes with theirs
        number = group_checks.number_of(held, key)
        return [] if text in (str(number), str(group_checks.otherwise(was, key))) else [f"{key}: {text}, then {number}"]
    number = number_of(held.choice, key)
    return [] if number == int(text) else [f"{key}: {text} was typed, the address says {number}"]


def uncounted(made: pricing.Estimate) -> bool:
    """Tell if something is asked for and nothing of it is priced: an intervention without a computer."""
    return not made.lines and not made.order.empty


def figures(made: pricing.Estimate) -> list[str]:
    """Return the three figures of an estimate, without those that are unknown."""
    if uncounted(made):
        return [UNCOUNTED] * 3
    answers = made.answers
    words = (answers.first_year.known_words(), pricing.schedule(made).later_words(), answers.six_years.known_words())
    return [plainly(each) for each in words if each]


def quote(made: pricing.Estimate, payee: Payee) -> list[str]:
    """Return the three amounts of one of the two quotes, each with what it leaves out."""
    if uncounted(made):
        return [UNCOUNTED] * 3
    of = pricing.schedule(made, payee=payee)
    totals = (made.first_year(payee=payee), of.again, made.six_years(payee=payee))
    amounts = (totals[0].known_words(), of.later_words(), totals[2].known_words())
    return [
        plainly(" ".join([amount, *(f"+ {each}" if amount else each for each in total.left_out())]))
        for amount, total in zip(amounts, totals, strict=True)
    ]
