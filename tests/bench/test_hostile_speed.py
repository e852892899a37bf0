"""Time to open a hostile query string beside an ordinary link. Run with -s to read the figures."""

import gc
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

import pytest
from streamlit.testing.v1 import AppTest

from tests.hostile.generators import ADDRESS_CORPUS, Entry, parameters
from tests.links import MAX_READ, read

MOST_ORDINARY_ONES = 10
"""Number of ordinary links a query string may cost to read and show; one that would cost more is refused."""
MOST_READING = 0.100
"""Seconds to read the worst query string that is not refused: 15 ms on a quiet machine, about a third of a page."""
MOST_REFUSING = 0.010
"""Seconds to refuse one of half a million characters."""

ORDINARY = "tarif=2024-03-26&commune=62727&habitants=1478&agents=12&messagerie-5go=4&domaines=1&demarches=oui"
REFUSED = "half a million characters"
PARTS = "&scenario=" + "a_" * 740
"""Scenario of the greatest length, made of parts that mean nothing."""
WORST = {
    "an ordinary link": ORDINARY,
    "a thousand parameters": ORDINARY + "&p=1" * 990,
    "a thousand others": ORDINARY + "".join(f"&p{rank}={'x' * 8}" for rank in range(990)),
    "four scenarios of nothing": ORDINARY + PARTS * 4,
    "four scenarios of something": ORDINARY + ("&scenario=" + "5go-1_" * 240 + "~x") * 4,
    "long names": ORDINARY + ("&scenario=dom-1~" + "é" * 1_450) * 9,
    "one number": ORDINARY + "&pages=" + "9" * (MAX_READ - 200),
    REFUSED: ORDINARY + "&scenario=" + "a_" * 250_000,
}


@pytest.fixture(autouse=True)
def without_collecting() -> Iterator[None]:
    """Suspend garbage collection while something is timed."""
    gc.disable()
    yield
    gc.enable()


def seconds(work: Callable[[], object], runs: int) -> float:
    """Return the seconds of one run: the median of some, after a first that is not counted."""
    work()
    taken: list[float] = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken)


def opening(address: str) -> Callable[[], object]:
    """Return a function that opens the page by a query string, for a new visitor."""

    def run() -> None:
        page = AppTest.from_file("../../streamlit_app.py", default_timeout=60)
        for name, values in parameters(address).items():
            page.query_params[name] = values
        assert not page.run().exception

    return run


def test_no_query_string_costs_more_than_ten_ordinary_links() -> None:
    ordinary = seconds(opening(ORDINARY), 4)
    taken = {
        name: seconds(opening(WORST[name]), 2) for name in ("a thousand others", "four scenarios of nothing", REFUSED)
    }
    for name, each in taken.items():
        print(f"\n{name}: {each * 1e3:.0f} ms, {each / ordinary:.1f} ordinary ones", end="")
    assert max(taken.values()) < MOST_ORDINARY_ONES * ordinary, taken


@pytest.mark.parametrize("name", [name for name in WORST if name != REFUSED])
def test_reading_the_worst_query_string_takes_little_time_beside_the_page(name: str) -> None:
    address = parameters(WORST[name])
    assert not read(address).refused
    taken = seconds(lambda: read(address), 9)
    print(f"\n{name}: {taken * 1e3:.2f} ms to read")
    assert taken < MOST_READING


@pytest.mark.parametrize("entry", [entry for entry in ADDRESS_CORPUS if entry.more.get("refused")], ids=str)
def test_refusing_a_query_string_takes_almost_no_time(entry: Entry) -> None:
    address = parameters(entry.written)
    assert read(address).refused
    assert seconds(lambda: read(address), 9) < MOST_REFUSING


def test_reading_twice_as_much_takes_twice_as_long() -> None:
    def reading(times: int) -> float:
        address = {"p": ["x"] * times, "scenario": ["a_" * times] * 4, "habitants": ["1 " * times]}
        return min(seconds(lambda: read(address), 5) for _ in range(3))

    half, whole = reading(350), reading(700)
    assert whole < 4 * half, (half, whole)
