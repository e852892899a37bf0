"""One real browser for all the tests here; under pytest-xdist, one for a worker."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright
from screen import Screen

from tests.serving import launch
from tests.walk.page import Page


@pytest.fixture(scope="session")
def server(port: int) -> str:
    """Return the URL of the page, served as README says."""
    return f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser of its own."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def screens(server: str, browser: Browser) -> list[Page]:
    """Open the two pages that most tests share: another query string resets them, and their files are loaded."""
    return [Page(browser, server), Page(browser, server)]


@pytest.fixture
def screen(screens: list[Page]) -> Iterator[Page]:
    """Yield a desktop screen in light mode; whatever a test does, it makes no outside request, error or dialog."""
    with screens[0].watched() as screen:
        yield screen


@pytest.fixture
def elsewhere(screens: list[Page]) -> Iterator[Page]:
    """Yield another person's browser, that shares nothing with the first."""
    with screens[1].watched() as screen:
        yield screen


@pytest.fixture
def another_screen(server: str, browser: Browser) -> Iterator[Callable[..., Screen]]:
    """Return a function that opens a browser new to the page, at another URL or in another language on request."""
    with ExitStack() as opened:

        def open_another(address: str = server, locale: str = "en-US") -> Screen:
            screen = Screen(browser, address, locale)
            opened.callback(screen.close)
            return opened.enter_context(screen.watched())

        yield open_another
