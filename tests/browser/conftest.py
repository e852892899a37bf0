"""One real browser for all the tests here; under pytest-xdist, one for a worker."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from screen import Screen

from tests.serving import launch


@pytest.fixture(scope="session")
def server(port: int) -> str:
    """Return the URL of the page, served as README says."""
    return f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser of its own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_screen(server: str, browser: Browser) -> Iterator[Screen]:
    """Open the one page that most tests share: another query string resets it, and its files are loaded already."""
    screen = Screen(browser, server)
    yield screen
    screen.close()


@pytest.fixture
def screen(shared_screen: Screen) -> Iterator[Screen]:
    """Yield a desktop screen in light mode; whatever a test does, it makes no outside request, error or dialog."""
    shared_screen.reset()
    yield shared_screen
    assert not shared_screen.problems, shared_screen.problems


@pytest.fixture(scope="session")
def shared_elsewhere(server: str, browser: Browser) -> Iterator[Screen]:
    """Open the one page of another person that most tests share."""
    screen = Screen(browser, server)
    yield screen
    screen.close()


@pytest.fixture
def elsewhere(shared_elsewhere: Screen) -> Iterator[Screen]:
    """Yield another person's browser, that shares nothing with the first."""
    shared_elsewhere.reset()
    yield shared_elsewhere
    assert not shared_elsewhere.problems, shared_elsewhere.problems


@pytest.fixture
def another_screen(server: str, browser: Browser) -> Iterator[Callable[..., Screen]]:
    """Return a function that opens a browser new to the page, at another URL or in another language on request."""
    screens: list[Screen] = []

    def open_another(address: str = server, locale: str = "en-US") -> Screen:
        screens.append(Screen(browser, address, locale))
        return screens[-1]

    yield open_another
    for each in screens:
        each.close()
    assert not [problem for each in screens for problem in each.problems]
