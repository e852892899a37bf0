"""What the page keeps to itself: no other host, no cookie, nothing stored, and French from the first byte."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect
from screen import EXAMPLE, TABS, Screen


def test_no_state_of_the_page_asks_anything_of_another_host(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    for name in TABS:
        screen.tab(name)
    screen.open({**EXAMPLE, "vue": "presentation"})
    screen.expect_charts()
    assert screen.problems == []


def test_no_cookie_is_set(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    assert [cookie.get("name") for cookie in screen.context.cookies()] == []


def test_the_published_page_is_french_from_the_first_byte(screen: Screen, script: str) -> None:
    if script != "server.py":
        pytest.skip("only server.py has an index.html of its own")
    with urllib.request.urlopen(screen.address) as answer:
        assert '<html lang="fr">' in answer.read().decode()
    screen.open(EXAMPLE)
    expect(screen.page.locator("html")).to_have_attribute("lang", "fr")
    expect(screen.page).to_have_title(re.compile("Simulateur des services numériques"))


def test_no_english_is_left_in_the_names_of_controls(screen: Screen, script: str) -> None:
    if script != "server.py":
        pytest.skip("only server.py has the script that translates them")
    screen.open(EXAMPLE)
    screen.expect_example()
    names: list[str] = screen.page.evaluate(
        "() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((each) =>"
        " ['aria-label', 'title', 'placeholder'].map((name) => each.getAttribute(name) || ''))"
    )
    english = re.compile(r"\b(open|close|clear|help|increment|decrement|choose|show|select|value|the|and)\b", re.I)
    assert [name for name in names if english.search(name)] == []
