"""The page asks no other host, sets no cookie, and sends little."""

import zlib
from collections.abc import Callable

from screen import EXAMPLE, SECTIONS, Screen


def test_no_state_of_the_page_asks_another_host_or_sets_a_cookie(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    for name in SECTIONS:
        screen.section(name)
    screen.open({**EXAMPLE, "vue": "presentation"})
    screen.expect_charts()
    assert screen.problems == []
    assert screen.context.cookies() == []


def test_a_first_view_weighs_at_most_1600_kb(another_screen: Callable[..., Screen]) -> None:
    screen = another_screen()
    received: list[int] = []
    network = screen.context.new_cdp_session(screen.page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    screen.open(EXAMPLE)
    screen.expect_charts(2)
    screen.page.wait_for_load_state("networkidle")
    assert 1_000_000 < sum(received) < 1_600_000


def test_an_edit_sends_little_that_has_not_changed(another_screen: Callable[..., Screen]) -> None:
    screen = another_screen()
    received: list[bytes] = []
    screen.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(_bytes(frame))))
    screen.open(EXAMPLE)
    screen.expect_charts(2)
    screen.type("domains", 2)
    screen.expect_parameter("domaines", "2")
    screen.settle()
    received.clear()
    screen.type("domains", 3)
    screen.expect_parameter("domaines", "3")
    screen.settle()
    # They travel compressed (test_server.py), each message with the contents of those before it as its dictionary.
    travelling = zlib.compressobj()
    size = sum(len(travelling.compress(frame)) + len(travelling.flush(zlib.Z_SYNC_FLUSH)) for frame in received)
    assert sum(map(len, received)) < 40 * 1024
    assert 5 * 1024 < size < 20 * 1024


def _bytes(frame: bytes | str) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()
