"""What the page keeps to itself: no other host, no cookie, nothing stored, and French from the first byte."""

import re
import urllib.request
from collections.abc import Callable

from playwright.sync_api import expect
from screen import EXAMPLE, SECTIONS, Screen


def test_no_state_of_the_page_asks_anything_of_another_host(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    for name in SECTIONS:
        screen.section(name)
    screen.open({**EXAMPLE, "vue": "presentation"})
    screen.expect_charts()
    assert screen.problems == []


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


def test_no_cookie_is_set(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    assert [cookie.get("name") for cookie in screen.context.cookies()] == []


def test_the_published_page_is_french_from_the_first_byte(screen: Screen) -> None:
    with urllib.request.urlopen(screen.address) as answer:
        assert '<html lang="fr">' in answer.read().decode()
    screen.open(EXAMPLE)
    expect(screen.page.locator("html")).to_have_attribute("lang", "fr")
    expect(screen.page).to_have_title(re.compile("Simulateur des services numériques"))
