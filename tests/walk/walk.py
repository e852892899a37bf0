"""Random walk over the page: a gesture, then the invariants, again and again."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from random import Random
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from tests.relay import relayed
from tests.walk import checks
from tests.walk.gestures import GESTURES, IN_PLACE, KEEPING, TYPING, UNSENT, choose
from tests.walk.page import Page, Seen

LATE = 2.0
"""Seconds after which a difference on a settled page is a violation."""
ELSEWHERE_EVERY = 15
"""Number of gestures between two looks by another visitor who opens the same query string."""
TAILS = (1, 2, 3, 5, 8, 13)
"""Numbers of last gestures tried as enough to repeat a violation."""

Step = list[Any]
"""Name of a gesture and its arguments."""


@dataclass(frozen=True)
class Violation:
    """Violation of an invariant."""

    seed: int
    step: int
    gestures: tuple[Step, ...]
    """Gestures from a bare page that lead there; the last one caused it."""
    before: str
    after: str
    """Query string before and after the last gesture."""
    found: tuple[str, ...]

    def __str__(self) -> str:
        """Describe the violation on a few lines."""
        return "\n  ".join(
            (
                f"seed {self.seed}, gesture {self.step}: {self.gestures[-1]}",
                *self.found,
                f"before {self.before}",
                f"after  {self.after}",
                f"--replay '{json.dumps(self.gestures, ensure_ascii=False).replace(chr(39), chr(92) + 'u0027')}'",
            )
        )


@dataclass
class Walker:
    """Window on the page, and the gestures made in it since it was opened."""

    browser: Browser
    port: int
    """Port at which the page is opened, of its server or of a relay that adds the round trip."""
    elsewhere: Page
    """Window of another visitor."""
    gestures: list[Step] = field(default_factory=list)
    """Gestures made in this window."""
    queries: list[str] = field(default_factory=list)
    """Query string before each of them."""

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Open the page without a query string, in a window of its own."""
        self.page = Page(self.browser, f"http://127.0.0.1:{self.port}/")
        self.gestures, self.queries = [], []
        self.unsent = ("", "")
        self.page.open()
        self.seen = self.page.look()

    def begin_again(self) -> None:
        """Close the window and open another."""
        self.page.close()
        self.begin()

    def go(self, name: str, *arguments: Any) -> list[str]:
        """Make one gesture, and return the violations after it."""
        self.gestures.append([name, *arguments])
        self.queries.append(self.seen.query)
        typed, before = self.unsent, self.seen
        # A number stays unsent while its field keeps the focus.
        self.unsent = (arguments[0], arguments[1]) if name in UNSENT else typed if name == "resize" else ("", "")
        # A hand scrolls to what it clicks next; what is clicked at once at the same place is the same click.
        self.page.page.mouse.wheel(0, 1)
        try:
            found: list[str] = GESTURES[name].do(self.page, *arguments) or []
        except (BrowserError, AssertionError) as error:
            found = [f"« {name} » cannot be done: {str(error).splitlines()[0]}"]
        deadline = time.monotonic() + LATE
        fresh: set[str] = set()
        while True:
            settled = self.page.settled()
            self.seen = self.page.look()
            fresh |= {*self.seen.fresh}
            wrong = [f"{key}: put anew" for key in sorted(fresh & {*before.fields}) if name in IN_PLACE]
            wrong += checks.differences(self.seen, self.unsent[0] or typed[0])
            wrong += [f"English: « {each} »" for each in self.page.english()]
            wrong += checks.done(name, list(arguments), before, self.seen, typed[0])
            if typed[0] and (name in KEEPING or (name in TYPING and arguments[0] != typed[0])):
                wrong += checks.kept(*typed, before, self.seen)
            if not wrong or time.monotonic() > deadline:
                break
        found += wrong if settled else [*wrong, "the page does not settle"]
        if name == "double" and not found:
            found += self.once(before, typed, *arguments)
        found += self.problems(self.page)
        return found

    def once(self, before: Seen, typed: tuple[str, str], name: str, rank: int, _: int) -> list[str]:
        """Click once, elsewhere, what was clicked twice, and return the difference if there is one."""
        page = self.elsewhere
        page.open(before.query)
        if before.section and page.look().section != before.section:
            page.press(before.section)
            page.settled()
        there = page.look()
        if there.named(name) <= rank or typed[0] not in ("", *there.fields):
            return self.problems(page)
        if typed[0]:
            GESTURES["type"].do(page, *typed)
        page.press(name, rank)
        presented = checks.simulation(before.query).presentation
        twice, deadline = checks.what_counts(self.seen.query, presented=presented), time.monotonic() + LATE
        while page.settled() and checks.what_counts(page.look().query, presented=presented) != twice:
            if time.monotonic() > deadline:
                return [f"pressed once: {page.look().query}"]
        return self.problems(page)

    def compare(self) -> list[str]:
        """Open the query string elsewhere, and return the differences there."""
        page = self.elsewhere
        page.open(self.seen.query)
        seen = page.look()
        found = [f"elsewhere, {each}" for each in checks.differences(seen)]
        if checks.simulation(seen.query) != checks.simulation(self.seen.query):
            found.append(f"elsewhere the address becomes {seen.query}")
        if not self.unsent[0] and seen.figures != self.seen.figures:
            found.append(f"elsewhere the figures are {seen.figures}")
        return found + self.problems(page)

    def problems(self, page: Page) -> list[str]:
        """Return the faults behind the page since the last call."""
        found = [*page.problems]
        page.problems.clear()
        return found


def walk(browser: Browser, port: int, elsewhere: Page, seed: int, gestures: int, rtt: int = 0) -> Iterator[Violation]:
    """Make so many gestures over a line with that round trip in milliseconds; each violation begins a new page."""
    rng = Random(seed)
    with _walker(browser, port, elsewhere, rtt) as walker:
        for step in range(1, gestures + 1):
            name, arguments = choose(walker.seen, rng)
            found = walker.go(name, *arguments)
            if not found and step % ELSEWHERE_EVERY == 0:
                found = walker.compare()
            if found:
                before, after, done = walker.queries[-1], walker.seen.query, _shortened(walker, found)
                yield Violation(seed, step, done, before, after, tuple(found))
                walker.begin_again()


def replay(browser: Browser, port: int, elsewhere: Page, steps: Sequence[Step], rtt: int = 0) -> Iterator[Violation]:
    """Make these gestures again, until one violates an invariant."""
    with _walker(browser, port, elsewhere, rtt) as walker:
        if found := _again(walker, steps):
            done = tuple(walker.gestures)
            yield Violation(0, len(done), done, walker.queries[-1], walker.seen.query, tuple(found))


def _again(walker: Walker, steps: Sequence[Step]) -> list[str]:
    """Make these gestures, and return the violations of the first that has any."""
    for name, *arguments in steps:
        if found := walker.go(name, *arguments):
            return found
    return walker.compare()


def _shortened(walker: Walker, found: Sequence[str]) -> tuple[Step, ...]:
    """Return the fewest last gestures that, from a link to their start, repeat the violation; all if none do.

    All of them too where the last one could not be done: from a link it may not even be offered.
    """
    whole, queries = walker.gestures, walker.queries
    if any("cannot be done" in each for each in found):
        return tuple(whole)
    for length in (each for each in TAILS if each < len(whole)):
        walker.begin_again()
        steps = [["link", queries[-length]], *whole[-length:]]
        if _kinds(_again(walker, steps)) == _kinds(found) and len(walker.gestures) == len(steps):
            return tuple(steps)
    return tuple(whole)


def _kinds(found: Sequence[str]) -> list[str]:
    return [each.partition(":")[0] for each in found]


@contextmanager
def _walker(browser: Browser, port: int, elsewhere: Page, rtt: int) -> Iterator[Walker]:
    with relayed(port, rtt) if rtt else nullcontext(port) as through:
        walker = Walker(browser, through, elsewhere)
        try:
            yield walker
        finally:
            walker.page.close()
