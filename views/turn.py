"""One run of the page at a time, each in its turn.

Python executes one run at a time whatever happens. Left alone, a hundred of them share the processor by slices: none is
ready before nearly all are, and each holds its half-made page in memory meanwhile.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 30.0
"""Seconds after which a run no longer waits: should one never end, the page goes on for the others."""


class Turns:
    """A queue in front of something that one thread has at a time: first come, first served, which no lock promises."""

    def __init__(self, longest: float = LONGEST) -> None:
        """Make a queue in which nobody waits more than `longest` seconds."""
        self.longest = longest
        self._changing = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for a turn, and keep it until the block ends, however it ends."""
        mine = self._wait()
        try:
            yield
        finally:
            if mine:
                self._pass_on()

    def _wait(self) -> bool:
        """Whether the turn was given; it is not where waiting took too long."""
        with self._changing:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(self.longest):
            return True
        with self._changing:
            if called in self._waiting:
                self._waiting.remove(called)
                return False
        return True

    def _pass_on(self) -> None:
        with self._changing:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


PAGE = Turns()
"""The turns of the page."""
