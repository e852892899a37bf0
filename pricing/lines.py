"""Line numbers of the values of a TOML file, for a keeper who looks for a fault in 560 lines."""

import re

from pricing.brackets import Token, tokens

_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")

Place = tuple[str | int, ...]
"""Keys and ranks that lead to a value of a file."""


def lines(text: str) -> dict[Place, int]:
    """Return the line of each table, of each key and of each value of a list; the first line is 1.

    The file is TOML: what can't be parsed has no values.
    """
    return _Lines(text).found


class _Lines:
    """Lines of a file's values, found in one pass through its tokens."""

    def __init__(self, text: str) -> None:
        self.found: dict[Place, int] = {}
        self._tokens = tokens(text)
        self._counts: dict[Place, int] = {}
        table: Place = ()
        key = ""
        for token in self._tokens:
            match token.text:
                case "[":
                    table = self._header(token)
                case "\n":
                    key = ""
                case "=":
                    self._value((*table, *_parts(key)))
                case _:
                    key += token.text

    def _header(self, opening: Token) -> Place:
        """Read the rest of a table's header, and return the table's place."""
        name, signs = "", "["
        for token in self._tokens:
            if token.text == "\n":
                break
            if token.text in "[]":
                signs += token.text
            else:
                name += token.text
        table = _ranked(_parts(name), self._counts)
        if signs.startswith("[["):
            self._counts[table] = self._counts.get(table, -1) + 1
            table = (*table, self._counts[table])
        self.found.setdefault(table, opening.line)
        return table

    def _value(self, place: Place, first: Token | None = None) -> None:
        """Read a value, from the token after its first one where that is given."""
        first = first or next(self._tokens)
        self.found.setdefault(place, first.line)
        if first.text == "[":
            self._list(place)
        elif first.text == "{":
            self._inline(place)

    def _list(self, place: Place) -> None:
        rank = 0
        for token in self._tokens:
            match token.text:
                case "]":
                    return
                case ",":
                    rank += 1
                case "\n":
                    pass
                case _:
                    self._value((*place, rank), token)

    def _inline(self, place: Place) -> None:
        key = ""
        for token in self._tokens:
            match token.text:
                case "}":
                    return
                case ",":
                    key = ""
                case "=":
                    self._value((*place, *_parts(key)))
                case _:
                    key += token.text


def _parts(written: str) -> Place:
    return tuple("".join(part) for part in _PART.findall(written))


def _ranked(table: Place, counts: dict[Place, int]) -> Place:
    """Return a table's place with the rank of the table of a list that it is in."""
    for length in range(len(table) - 1, 0, -1):
        if (rank := counts.get(table[:length])) is not None:
            return (*table[:length], rank, *table[length:])
    return table


def place_of(key: str) -> Place:
    """Return the place that a dotted key of a message names: ``services.domain.charges.setup.of[1]``."""
    parts = re.findall(r'"([^"]*)"|\[(\d+)\]|([^.\[\]"]+)', key)
    return tuple(int(rank) - 1 if rank else quoted or plain for quoted, rank, plain in parts)


def line_of(place: Place, found: dict[Place, int]) -> int:
    """Return the line of a value or of the first one within it, else of the nearest one around it; 0 where none is."""
    for length in range(len(place), 0, -1):
        around = place[:length]
        within = (line for each, line in found.items() if each[:length] == around)
        if line := found.get(around) or next(within, 0):
            return line
    return 0
