"""Faults that keep a file from being served, in French: the file, the place, the value, the problem and the remedy."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that break a line, reverse its direction, or control the terminal it is read on."""
_MOST_SHOWN = 120
"""Characters shown of a key or a value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that can't be served, for the file's keeper."""

    file: str
    """The file's name."""
    key: str
    """The dotted key at fault, or the line; empty for the file as a whole."""
    value: str
    """Value at fault; empty when there is none."""
    problem: str
    """Problem, in French."""
    remedy: str
    """Remedy, in French."""
    line: int = 0
    """Line of the key in the file, from 1; 0 where it is not known."""

    def __str__(self) -> str:
        """Return file, line, key, value, problem and remedy on one line."""
        where = f"{f', ligne {self.line}' if self.line else ''}{f', {self.key}' if self.key else ''}"
        value = f" = {self.value}" if self.value else ""
        return _UNSEEN.sub(" ", f"{self.file}{where}{value} : {self.problem}. Remède : {self.remedy}.")


class FaultyFileError(ValueError):
    """Files that can't be served, with every fault found in them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Put all the faults in the message, one per line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def short(words: str) -> str:
    """Return the beginning of a text, on one line."""
    words = " ".join(_UNSEEN.sub(" ", words).split())
    return words if len(words) <= _MOST_SHOWN else f"{words[: _MOST_SHOWN - 1]}…"
