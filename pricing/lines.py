"""Line numbers of the keys of a TOML file, for a keeper who looks for a fault in 560 lines."""

import re

_HEADER = re.compile(r"^\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")

Place = tuple[str | int, ...]
"""Keys and ranks that lead to a value of a file."""


def lines(text: str) -> dict[Place, int]:
    """Return the line of each table and of each key that begins a line; the first line is 1."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for line, written in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(written):
            table = _parts(header[1])
            if written.lstrip().startswith("[["):
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            else:
                table = _ranked(table, counts)
            found.setdefault(table, line)
        elif key := _KEY.match(written):
            found.setdefault((*table, *_parts(key[1])), line)
    return found


def _parts(written: str) -> Place:
    return tuple("".join(part) for part in _PART.findall(written))


def _ranked(table: Place, counts: dict[Place, int]) -> Place:
    """Return a table's place with the rank of the table of a list that it is in."""
    for length in range(len(table), 0, -1):
        if (rank := counts.get(table[:length])) is not None:
            return (*table[:length], rank, *table[length:])
    return table


def place_of(key: str) -> Place:
    """Return the place that a dotted key of a message names: ``services.domain.charges.setup.of[1]``."""
    parts = re.findall(r'"([^"]*)"|\[(\d+)\]|([^.\[\]"]+)', key)
    return tuple(int(rank) - 1 if rank else quoted or plain for quoted, rank, plain in parts)


def line_of(place: Place, found: dict[Place, int]) -> int:
    """Return the line of a value, or of the nearest key around it that begins a line; 0 where there is none."""
    return next((found[place[:length]] for length in range(len(place), 0, -1) if place[:length] in found), 0)
