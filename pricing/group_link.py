"""A group in a query string, both ways: ``groupe=200069482&sauf=62063.62070&chacune=meme&propre=62064_ag-30_5go-4``.

- ``groupe`` is the SIREN of an EPCI, ``62`` for the department, or ``liste`` for the INSEE codes in ``communes``.
- ``sauf`` has the codes of the communes left out.
- ``chacune`` is ``meme`` for the same order for all, ``propre`` for nothing but what is their own; left out by size.
- ``propre``, once an exception, is a code and what that commune has otherwise, as a scenario says it; here 0 counts.
- Exceptions beyond `ROOM` are not written: `fitting_group` says what is left of a group.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pricing.grammar import ASKS, Grammar
from pricing.group import DEPARTMENT, LIST, Asks, Group, Own

ROOM = 6_000
"""Room in a link for a group: the whole department as a list, or some hundreds of exceptions."""

_OF: Mapping[str, str] = {"62": DEPARTMENT, "liste": LIST}
_SIZES = ("habitants", "agents")
"""Parameters of a client that an exception may have; the others of it are items."""
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_BETWEEN = re.compile(r"[.,;\s]+")
"""Separators of codes: a full stop as we write it, and what people put in its place."""
_NO_COMMUNE = "aucune commune du département n'a ce code"
_NO_CODE = "ce n'est pas un code de commune"
_UNREADABLE = "n'a pas pu être lu"
_REPEATED = "répété, la dernière valeur compte"


class LeftOut(NamedTuple):
    """A part of a link that was left out, or counted otherwise than it came."""

    parameter: str
    """Name of the parameter."""
    value: str
    """Its value, or the part of it."""
    why: str
    """Reason, in French."""


def written_group(group: Group, grammar: Grammar) -> dict[str, list[str]]:
    """Return the parameters that hold a group."""
    said = {"groupe": [group.of or "liste"]}
    if group.of == LIST:
        said["communes"] = [".".join(group.listed)]
    if group.without:
        said["sauf"] = [".".join(sorted(group.without))]
    if words := [word for word, asks in ASKS.items() if asks == group.asks]:
        said["chacune"] = words
    if group.own:
        said["propre"] = ["_".join(_parts(each, grammar)) for each in group.own]
    return said


def _parts(own: Own, grammar: Grammar) -> Iterator[str]:
    yield own.code
    if own.inhabitants is not None:
        yield f"hab-{own.inhabitants}"
    if own.agents is not None:
        yield f"ag-{own.agents}"
    for key, quantity in own.quantities:
        if item := grammar.items.get(key):
            number = "non" if item.ticked else quantity
            yield item.short if item.ticked and quantity else f"{item.short}-{number}"


def fitting_group(group: Group, grammar: Grammar) -> Group:
    """Return a group with as much of it as a link has room for: where a list or its exceptions are too long, less.

    A list too long loses the communes that it leaves out anyway; then the last exceptions are missing.
    """
    if _length(group, grammar) <= ROOM:
        return group
    least = group.model_copy(update={"own": ()})
    if _length(least, grammar) > ROOM:
        listed = tuple(code for code in group.listed if code not in group.without)
        least = least.model_copy(update={"listed": listed, "without": frozenset()})
    room = ROOM - _length(least, grammar)
    own: list[Own] = []
    for each in group.own:
        room -= len(urlencode({"propre": "_".join(_parts(each, grammar))})) + len("&")
        if room < 0:
            break
        own.append(each)
    return least.model_copy(update={"own": tuple(own)})


def _length(group: Group, grammar: Grammar) -> int:
    return len(urlencode(written_group(group, grammar), doseq=True))


class GroupReader:
    """Groups read from query parameters, with what they leave out."""

    def __init__(
        self,
        grammar: Grammar,
        value: Callable[[str, str], Any],
        codes: Collection[str] | None,
        epcis: Collection[str] | None,
    ) -> None:
        """Take what reads a single value, and the INSEE codes and SIREN there are; None where any is one."""
        self.grammar, self.value, self.codes, self.epcis = grammar, value, codes, epcis

    def read(self, said: Mapping[str, Sequence[str]], left_out: list[LeftOut]) -> Group | None:
        """Return the group that parameters hold; None where they hold none. What can't be read is told."""
        last = {name: values[-1].strip() for name, values in said.items()}
        of = self._of(last, left_out)
        if of is None:
            for name in ("sauf", "chacune", "propre"):
                left_out += [LeftOut(name, each, "sans le groupe, ne compte pas") for each in said.get(name, ())]
            return None
        listed = self._codes("communes", last, left_out)
        if listed and of != LIST:
            left_out.append(LeftOut("communes", last["communes"], "ne compte que pour une liste"))
        return Group(
            of=of,
            listed=tuple(listed) if of == LIST else (),
            without=frozenset(self._codes("sauf", last, left_out)),
            asks=self._asks(last, left_out),
            own=self._exceptions(said.get("propre", ()), left_out),
        )

    def _of(self, last: Mapping[str, str], left_out: list[LeftOut]) -> str | None:
        """Return whose communes are asked about: a list where there are communes and no group can be read."""
        if (named := last.get("groupe")) is not None:
            if named in _OF:
                return _OF[named]
            if re.fullmatch("[0-9]{9}", named) and (self.epcis is None or named in self.epcis):
                return named
            left_out.append(LeftOut("groupe", named, "aucune intercommunalité du département n'a ce numéro"))
        return LIST if "communes" in last else None

    def _codes(self, name: str, last: Mapping[str, str], left_out: list[LeftOut]) -> list[str]:
        """Return the codes of communes in a parameter, each once."""
        codes: dict[str, None] = {}
        for code in filter(None, _BETWEEN.split(last.get(name, ""))):
            if code in codes:
                left_out.append(LeftOut(name, code, "répété"))
            elif why := self._unknown(code):
                left_out.append(LeftOut(name, code, why))
            else:
                codes[code] = None
        return [*codes]

    def _unknown(self, code: str) -> str:
        """Say why a code is no commune's; empty where it is one's."""
        if not _CODE.fullmatch(code):
            return _NO_CODE
        return "" if self.codes is None or code in self.codes else _NO_COMMUNE

    def _asks(self, last: Mapping[str, str], left_out: list[LeftOut]) -> Asks:
        try:
            return self.value("chacune", last["chacune"]) if "chacune" in last else "by_size"
        except ValueError as why:
            left_out.append(LeftOut("chacune", last["chacune"], str(why)))
            return "by_size"

    def _exceptions(self, values: Sequence[str], left_out: list[LeftOut]) -> tuple[Own, ...]:
        found: dict[str, Own] = {}
        for each in values:
            if own := self._own(each.strip(), left_out):
                if own.code in found:
                    left_out.append(LeftOut("propre", own.code, _REPEATED))
                found[own.code] = own
        return tuple(found[code] for code in sorted(found))

    def _own(self, one: str, left_out: list[LeftOut]) -> Own | None:
        code, *parts = one.split("_")
        if why := self._unknown(code):
            left_out.append(LeftOut("propre", one, why))
            return None
        keys = {item.address: key for key, item in self.grammar.items.items()}
        named = {short: name for name, short in self.grammar.short.items() if name in keys or name in _SIZES}
        said: dict[str, int] = {}
        for part in filter(None, parts):
            short, hyphen, value = part.partition("-")
            name = named.get(short)
            if name is None or (not hyphen and name not in self.grammar.words):
                left_out.append(LeftOut(f"propre {code}", part, _UNREADABLE))
                continue
            if name in said:
                left_out.append(LeftOut(f"propre {code}", part, _REPEATED))
            try:
                said[name] = int(self.value(name, value if hyphen else "oui"))
            except ValueError as why:
                left_out.append(LeftOut(f"propre {code}", part, str(why)))
        if not any(parts):
            left_out.append(LeftOut("propre", one, _UNREADABLE))
        if not said:
            return None
        inhabitants, agents = said.pop("habitants", None), said.pop("agents", None)
        own = tuple((keys[name], quantity) for name, quantity in said.items())
        return Own(code=code, inhabitants=inhabitants, agents=agents, quantities=own)
