"""Sentence shown after some seconds, without any script, where the page cannot work; elsewhere it never appears."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, WebSocketRoute, expect
from screen import EXAMPLE, Screen

SAID = (
    "ne parvient pas à s'ouvrir",
    "« websockets »",
    "service informatique",
    "trop ancien",
    "garde toute la simulation",
)


def without_static_scripts(context: BrowserContext) -> None:
    context.route("**/static/js/**", lambda route: route.abort())


def without_any_script(context: BrowserContext) -> None:
    context.route("**/*.js", lambda route: route.abort())


def without_websocket(context: BrowserContext) -> None:
    context.route_web_socket("**/_stcore/stream", lambda route: route.close())


def with_silent_websocket(context: BrowserContext) -> None:
    context.route_web_socket("**/_stcore/stream", lambda _: None)


def without_websocket_of_the_browser(context: BrowserContext) -> None:
    context.add_init_script("delete window.WebSocket")


def without_what_comes_back(context: BrowserContext) -> None:
    def pass_on(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(lambda _: None)

    context.route_web_socket("**/_stcore/stream", pass_on)


def with_an_old_browser(context: BrowserContext) -> None:
    context.add_init_script("delete Object.hasOwn")  # Safari before 15.4


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


@pytest.mark.parametrize(
    "cannot",
    [
        without_static_scripts,
        without_any_script,
        without_websocket,
        with_silent_websocket,
        without_what_comes_back,
        without_websocket_of_the_browser,
        with_an_old_browser,
    ],
)
def test_a_page_that_cannot_open_says_what_to_do(
    another_screen: Callable[..., Screen], cannot: Callable[[BrowserContext], None]
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


def test_a_page_that_opens_never_shows_the_sentence(screen: Screen) -> None:
    screen.open(EXAMPLE)
    expect(sentence(screen)).to_have_count(0)


def test_a_page_whose_own_scripts_are_refused_never_shows_the_sentence(another_screen: Callable[..., Screen]) -> None:
    screen = another_screen()
    screen.context.route("**/page.*.js", lambda route: route.abort())
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
