"""One run at a time, in turns that alternate between visitors; nobody waits for ever."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from views.turn import Turns

SOON = 10.0
"""Seconds after which a test has failed: nothing here takes a tenth of that."""


@pytest.fixture
def start() -> Iterator[Callable[[Callable[[], None]], threading.Thread]]:
    """Return a function that starts a thread, and check at the end that each thread has ended."""
    threads: list[threading.Thread] = []

    def started(work: Callable[[], None]) -> threading.Thread:
        threads.append(threading.Thread(target=work, daemon=True))
        threads[-1].start()
        return threads[-1]

    yield started
    for thread in threads:
        thread.join(SOON)
        assert not thread.is_alive()


def waiting(turns: Turns, count: int, who: str = "") -> bool:
    """Wait until that many threads of one visitor are in the queue."""
    reached = threading.Event()
    for _ in range(int(SOON * 1_000)):
        if turns.waiting(who) == count:
            return True
        reached.wait(0.001)
    return False


def test_turns_come_in_the_order_of_arrival(start: Callable[[Callable[[], None]], threading.Thread]) -> None:
    turns, order = Turns(SOON), list[int]()

    def take(rank: int) -> None:
        with turns.one():
            order.append(rank)

    with turns.one():
        for rank in range(8):
            start(lambda rank=rank: take(rank))
            assert waiting(turns, rank + 1)
    with turns.one():
        assert order == list(range(8))


def test_turns_alternate_between_visitors(start: Callable[[Callable[[], None]], threading.Thread]) -> None:
    turns, order = Turns(SOON), list[str]()

    def take(who: str) -> None:
        with turns.one(who):
            order.append(who)

    threads: list[threading.Thread] = []
    with turns.one("busy"):
        for rank in range(4):
            threads.append(start(lambda: take("busy")))
            assert waiting(turns, rank + 1, "busy")
        for who in ("another", "a third"):
            threads.append(start(lambda who=who: take(who)))
            assert waiting(turns, 1, who)
        threads.append(start(lambda: take("another")))
        assert waiting(turns, 2, "another")
    for thread in threads:
        thread.join(SOON)
    # The busy one, who has had a turn, comes after both others; then each has one turn a round.
    assert order == ["another", "a third", "busy", "another", "busy", "busy", "busy"]


def test_two_runs_never_overlap(start: Callable[[Callable[[], None]], threading.Thread]) -> None:
    turns, inside, most = Turns(SOON), list[int](), list[int]()

    def take() -> None:
        for _ in range(50):
            with turns.one():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [start(take) for _ in range(4)]
    for thread in threads:
        thread.join(SOON)
    assert len(most) == 200
    assert set(most) == {1}


def test_a_run_that_fails_gives_up_its_turn() -> None:
    turns = Turns(SOON)
    for _ in range(2):
        with suppress(ZeroDivisionError), turns.one():
            raise ZeroDivisionError
    with turns.one():
        pass


def test_a_run_that_never_ends_blocks_nobody_for_ever(
    start: Callable[[Callable[[], None]], threading.Thread],
) -> None:
    turns, passed = Turns(longest=0.01), threading.Event()

    def take() -> None:
        with turns.one():
            passed.set()

    with turns.one():
        start(take)
        assert passed.wait(SOON)
        assert waiting(turns, 0)
    # The turn that was awaited in vain was given to nobody: the next one has it at once.
    with turns.one():
        assert turns.waiting("") == 0
