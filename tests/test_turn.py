"""One run at a time, in turns that alternate between visitors; nobody waits for ever."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from views.turn import Turns

SOON = 10.0
"""Seconds after which a test has failed: nothing here takes a tenth of that."""

Take = Callable[[str], threading.Thread]


@pytest.fixture
def turns() -> Turns:
    return Turns(SOON)


@pytest.fixture
def order() -> list[str]:
    """Return the visitors in the order of their turns."""
    return []


@pytest.fixture
def take(turns: Turns, order: list[str]) -> Iterator[Take]:
    """Return a function that has a visitor wait for a turn; check at the end that each has had one, by itself."""
    threads: list[threading.Thread] = []
    inside: list[str] = []

    def wait(who: str) -> None:
        with turns.one(who.rstrip("0123456789")):
            inside.append(who)
            order.append(who if len(inside) == 1 else f"{inside} at once")
            inside.pop()

    def begin(who: str) -> threading.Thread:
        threads.append(threading.Thread(target=wait, args=(who,), daemon=True))
        threads[-1].start()
        return threads[-1]

    yield begin
    for thread in threads:
        thread.join(SOON)
        assert not thread.is_alive()


def queued(turns: Turns, who: str, count: int) -> bool:
    """Wait until that many threads of one visitor are in the queue."""
    pause = threading.Event()
    return any(turns.waiting(who) == count or pause.wait(0.001) for _ in range(int(SOON * 1_000)))


def test_the_turns_of_one_come_in_the_order_of_arrival_and_alternate_with_those_of_others(
    turns: Turns, take: Take, order: list[str]
) -> None:
    arriving = ["busy1", "busy2", "busy3", "new1", "another1", "new2"]
    threads: list[threading.Thread] = []
    with turns.one("another"):
        pass
    with turns.one("busy"):
        for each in arriving:
            threads.append(take(each))
            assert queued(turns, each[:-1], int(each[-1]))
    for thread in threads:
        thread.join(SOON)
    # Whoever had their last turn longest ago, then the newcomer, then the busy one; then each has one turn a round.
    assert order == ["another1", "new1", "busy1", "new2", "busy2", "busy3"]


def test_two_runs_never_overlap(take: Take, order: list[str]) -> None:
    for thread in [take("all") for _ in range(100)]:
        thread.join(SOON)
    assert order == ["all"] * 100


def test_a_run_that_fails_gives_up_its_turn(turns: Turns, take: Take, order: list[str]) -> None:
    with suppress(ZeroDivisionError), turns.one():
        raise ZeroDivisionError
    take("next").join(SOON)
    assert order == ["next"]


def test_a_run_that_never_ends_blocks_nobody_for_ever(turns: Turns, take: Take, order: list[str]) -> None:
    turns.longest = 0.01
    with turns.one():
        take("impatient").join(SOON)
        assert order == ["impatient"]
        assert turns.waiting("impatient") == 0
        turns.longest = SOON
        take("patient")
        assert queued(turns, "patient", 1)
        assert order == ["impatient"]
