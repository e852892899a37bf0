"""One real server and one real browser for all the tests here; under pytest-xdist, one of each for a worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from screen import Screen

ROOT = Path(__file__).parents[2]
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS_WITHIN = 90.0


@pytest.fixture(scope="session")
def script() -> str:
    """What is served: the published page where there is one."""
    return "server.py" if (ROOT / "server.py").exists() else "streamlit_app.py"


@pytest.fixture(scope="session")
def server(script: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page, served as README says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    with log.open("wb") as written:
        process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=written, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}/"
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not _healthy(address):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{script} does not start:\n{log.read_text(errors='replace')}", pytrace=False)
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}_stcore/health", timeout=2) as answer:
            return answer.read() == b"ok"
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium where there is one, else Playwright's own."""
    with sync_playwright() as playwright:
        found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_screen(server: str, browser: Browser) -> Iterator[Screen]:
    """The one page that most tests share: opening an address anew resets it."""
    screen = Screen(browser, server)
    yield screen
    screen.close()


@pytest.fixture
def screen(shared_screen: Screen) -> Iterator[Screen]:
    """A desktop screen, in light; whatever a test does on it, no outside request, no error, no dialog."""
    shared_screen.reset()
    yield shared_screen
    assert not shared_screen.problems, shared_screen.problems


@pytest.fixture
def another_screen(server: str, browser: Browser) -> Iterator[Callable[[], Screen]]:
    """Somebody else's browser, that shares nothing with the first."""
    screens: list[Screen] = []

    def open_another() -> Screen:
        screens.append(Screen(browser, server))
        return screens[-1]

    yield open_another
    for each in screens:
        each.close()
    assert not [problem for each in screens for problem in each.problems]
