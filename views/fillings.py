"""Tell values that a browser only sends back from those that a visitor typed.

A browser sends all its fields with every message, even those to which a later answer, still on its way, gives another
value. Each run of the page that fills a field has a number; a hidden field brings back the last one received.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fillings:
    """Values the fields were filled with, and those that a browser may still hold in their place."""

    number: int = 0
    """Number of the present filling; each run of the page adds one."""
    received: int = 0
    """Number of the last filling that the browser had received when it sent its fields."""
    given: dict[str, Any] = field(default_factory=dict)
    """Value of its last filling, by field."""
    replaced: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)
    """Values that a browser may still hold, each with the filling that replaced it, by field."""

    def begin(self, received: str | None) -> None:
        """Begin a run of the page for a browser that sent this number."""
        self.received = number(received)
        self.number += 1

    def fill(self, key: str, value: Any, held: tuple[Any, ...]) -> bool:
        """Fill a field that holds a value, or none; False where neither it nor the browser can hold another one."""
        waiting = self._waiting(key, self.received)
        if held == (value,) and not waiting:
            return False
        if held not in ((), (value,)):
            given = (self.given[key],) if waiting and key in self.given else ()
            waiting += [(self.number, each) for each in (*held, *given)]
        self.replaced[key] = waiting
        self.given[key] = value
        return True

    def echoed(self, key: str, value: Any, received: str | None) -> bool:
        """Tell if a browser, which had received this filling, only sends a value that a later one replaced."""
        return any(each == value for _, each in self._waiting(key, number(received)))

    def _waiting(self, key: str, received: int) -> list[tuple[int, Any]]:
        return [each for each in self.replaced.get(key, ()) if each[0] > received]


def number(received: str | None) -> int:
    """Return the number of a filling as a browser sends it; 0 for anything else."""
    return int(received) if received and received.isascii() and received.isdecimal() and len(received) < 10 else 0
