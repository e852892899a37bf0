"""One run of the page at a time, each in its turn.

Python executes one run at a time in any case. Without turns, a hundred runs share the processor by slices: none is
ready before nearly all are, and each holds its half-made page in memory meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

REMEMBERED = 4_096
"""Number of network addresses that are remembered, each with the time of its last turn."""
LONGEST = 30.0
"""Seconds after which a run no longer waits: if one never ends, the page goes on for the others."""


class Turns:
    """A queue in front of something that one thread has at a time, which serves those who ask in rotation.

    The next turn goes to whoever had their last one longest ago: asking for many delays only oneself. A newcomer
    comes after all who were there; the turns of one are first come, first served, which no lock guarantees.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        """Make a queue in which nobody waits more than `longest` seconds."""
        self.longest = longest
        self._changing = threading.Lock()
        self._taken = False
        self._waiting: list[tuple[str, threading.Event]] = []
        self._last: dict[str, float] = {}

    @property
    def taken(self) -> bool:
        """True while somebody has a turn."""
        return self._taken

    def waiting(self, who: str) -> int:
        """Count the turns that one of those who ask waits for."""
        with self._changing:
            return sum(each == who for each, _ in self._waiting)

    @contextmanager
    def one(self, who: str = "") -> Iterator[None]:
        """Wait for a turn, though not for ever, and keep it until the block ends, however it ends."""
        mine = (who, threading.Event())
        with self._changing:
            self._waiting.append(mine)
            self._last.setdefault(who, monotonic())
            if not self._taken:
                self._call_next()
        mine[1].wait(self.longest)
        with self._changing:
            if not mine[1].is_set():
                self._waiting.remove(mine)
        try:
            yield
        finally:
            if mine[1].is_set():
                self._pass_on(who)

    def _pass_on(self, who: str) -> None:
        with self._changing:
            self._last.pop(who, None)
            self._last[who] = monotonic()  # now the last of all
            while len(self._last) > REMEMBERED:
                del self._last[next(iter(self._last))]
            self._call_next()

    def _call_next(self) -> None:
        """Give the turn to whoever had their last one longest ago."""
        self._taken = bool(self._waiting)
        if self._waiting:
            following = min(self._waiting, key=lambda each: self._last.get(each[0], 0.0))
            self._waiting.remove(following)
            following[1].set()


PAGE = Turns()
"""The turns of the page."""
