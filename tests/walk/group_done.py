"""Effect that a gesture on many communes should have on the query string."""

from collections.abc import Mapping
from typing import Any

from pricing.group import Group
from pricing.simulation import Simulation
from tests.walk.facts import simulation
from tests.walk.group_checks import ASKS, GROUPS, SIDES, choice_of, number_of, otherwise
from tests.walk.page import Seen

LISTS: Mapping[str, tuple[tuple[str, ...], int]] = {
    "Ruitz\t8\nRuizt\nArras\nNulle Part\nBéthune": (("62727", "62041", "62119"), 2),
    "62063\nTincques;4;mairie@tincques.fr\nruitz;;pas une adresse\nTincques": (("62063", "62820"), 2),
    "commune;agents;messagerie-5go;domaines\nRuitz;8;4;1\nHouchin;;2;\nArras;abc;1;1": (("62727", "62456"), 1),
    "Ruitz": (("62727",), 0),
    "Nulle Part\n123": ((), 2),
    "": ((), 0),
}
"""Lists to paste, each with the communes that can be read in it and the number of rows at fault."""


def change(name: str, arguments: list[Any], was: Simulation, after: Seen, typed: str) -> tuple[object, object]:
    """Return what a gesture should lead to, and what it led to; `typed` is the field typed in just before."""
    held = simulation(after.query)
    former, group = was.group or Group(), held.group or Group()
    codes = {each.code for each in group.own}
    match name, arguments:
        case (("turn to many" | "turn to one"), [label]):
            return label, SIDES[held.group is not None]
        case "choose the communes", [label, _]:
            return GROUPS[label], group.of
        case "what each asks", [label]:
            return label, ASKS[group.asks]
        case "paste a list", [text]:
            listed, faults = LISTS[text]
            return (listed or former.listed, faults), (group.listed, after.faults)
        case (("leave out by name" | "untick a commune"), [code, *_]):
            return True, code in group.without
        case (("bring back by name" | "tick a commune"), [code]):
            return False, code in group.without
        case "bring all back", _:
            return frozenset(), group.without
        case "fill in", [field, text, _]:
            return (otherwise(was, field) if text == "" else int(text)), number_of(held, field)
        case "fill in rubbish", [field, *_] if not typed:
            return number_of(was, field), number_of(held, field)
        case "tick in the table", [field]:
            return not number_of(was, field), bool(number_of(held, field))
        case "restore", [code]:
            return False, code in codes
        case "restore all", _:
            return (), group.own
        case "open a commune", [code]:
            return (code, held.choice.commune) if typed.startswith(code) else (choice_of(was, code), held.choice)
        case "its communes", _:
            return True, held.group is not None
    return True, True
