"""One run of the page at a time, each in its turn.

Python executes one run at a time in any case. Without turns, a hundred runs share the processor by slices: none is
ready before nearly all are, and each holds its half-made page in memory meanwhile.
"""

import threading
from collections import OrderedDict, deque
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
        self._waiting: dict[str, deque[threading.Event]] = {}
        self._last: OrderedDict[str, float] = OrderedDict()

    def waiting(self, who: str) -> int:
        """Count the turns that one of those who ask waits for."""
        with self._changing:
            return len(self._waiting.get(who, ()))

    @contextmanager
    def one(self, who: str = "") -> Iterator[None]:
        """Wait for a turn, and keep it until the block ends, however it ends."""
        mine = self._wait(who)
        try:
            yield
        finally:
            if mine:
                self._pass_on(who)

    def _wait(self, who: str) -> bool:
        """Wait for the turn, and tell if it was given; it is not where waiting took too long."""
        with self._changing:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Event()
            self._waiting.setdefault(who, deque()).append(called)
            self._last.setdefault(who, monotonic())
        if called.wait(self.longest):
            return True
        with self._changing:
            if called in self._waiting.get(who, ()):
                self._leave(who, called)
                return False
        return True

    def _leave(self, who: str, called: threading.Event) -> None:
        self._waiting[who].remove(called)
        if not self._waiting[who]:
            del self._waiting[who]

    def _pass_on(self, who: str) -> None:
        """Give the turn to whoever had their last one longest ago."""
        with self._changing:
            self._last[who] = monotonic()
            self._last.move_to_end(who)
            while len(self._last) > REMEMBERED:
                self._last.popitem(last=False)
            if not self._waiting:
                self._taken = False
                return
            following = min(self._waiting, key=lambda each: self._last.get(each, 0.0))
            called = self._waiting[following][0]
            self._leave(following, called)
            called.set()


PAGE = Turns()
"""The turns of the page."""
