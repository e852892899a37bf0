"""Sentence shown after some seconds, without any script, where the page cannot work; elsewhere it never appears."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Route, WebSocketRoute, expect
from screen import EXAMPLE, Screen

SOCKET = "**/_stcore/stream"
SAID = (
    "ne parvient pas à s'ouvrir",
    "« websockets »",
    "service informatique",
    "trop ancien",
    "garde toute la simulation",
)


def refuse(route: Route) -> None:
    route.abort()


def keep_the_answers(route: WebSocketRoute) -> None:
    route.connect_to_server().on_message(lambda _: None)


CANNOT: dict[str, Callable[[BrowserContext], object]] = {
    "static scripts": lambda context: context.route("**/static/js/**", refuse),
    "any script": lambda context: context.route("**/*.js", refuse),
    "a socket": lambda context: context.route_web_socket(SOCKET, lambda route: route.close()),
    "a socket that answers": lambda context: context.route_web_socket(SOCKET, keep_the_answers),
    "WebSocket": lambda context: context.add_init_script("delete window.WebSocket"),
    "Object.hasOwn, as Safari before 15.4": lambda context: context.add_init_script("delete Object.hasOwn"),
}
"""Ways to open a context without something that the page needs."""


def sentence(screen: Screen) -> Locator:
    return screen.page.locator(".cannot-open")


def pass_seconds(said: Locator) -> float:
    """Let the sentence's delay pass, and return its seconds."""
    return said.evaluate(
        """each => {
          const [waiting] = each.getAnimations();
          waiting.finish();
          return waiting.effect.getComputedTiming().delay / 1000;
        }"""
    )


@pytest.mark.parametrize("cannot", CANNOT.values(), ids=list(CANNOT))
def test_a_page_that_cannot_open_says_what_to_do(
    another_screen: Callable[..., Screen], cannot: Callable[[BrowserContext], object]
) -> None:
    screen = another_screen()
    cannot(screen.context)
    screen.page.goto(f"{screen.address}?habitants=1250")
    said = sentence(screen)
    expect(said).to_be_attached()
    expect(said).to_be_hidden()
    assert 8 <= pass_seconds(said) <= 15
    expect(said).to_be_visible()
    for words in SAID:
        expect(said).to_contain_text(words)
    # Nothing that Streamlit draws in the meantime lies over it.
    assert said.evaluate(
        """each => {
          const { left, top, width, height } = each.getBoundingClientRect();
          return each.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }"""
    )
    screen.problems.clear()  # the browser says that something is missing


def test_a_page_that_opens_never_shows_the_sentence_even_where_its_own_scripts_are_refused(screen: Screen) -> None:
    screen.open(EXAMPLE)
    expect(sentence(screen)).to_have_count(0)
    screen.page.route("**/page.*.js", refuse)
    screen.open(EXAMPLE)
    expect(sentence(screen)).to_have_css("display", "none")
    screen.problems.clear()  # the browser says that the script is missing


def test_without_javascript_only_the_sentence_about_it_is_shown(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text("il a besoin de JavaScript")
    expect(page.locator(".cannot-open")).to_have_css("display", "none")
    context.close()
