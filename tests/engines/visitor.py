"""Visitor in front of any engine that selenium drives: reads the page by its text, and clicks and types."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

WITHIN = 15.0
"""Seconds in which the page must show what a test waits for."""

SETTLED = """
const app = document.querySelector("[data-testid=stApp]");
return app?.getAttribute("data-test-connection-state") === "CONNECTED"
  && app.getAttribute("data-test-script-state") === "notRunning"
  && Boolean(document.querySelector("h1")) && !document.querySelector("[data-testid=stSkeleton]");
"""
"""Script that tells if the page is connected, computes nothing and has every element in its place."""

FIND = "return document.querySelector(arguments[0])"

NAMED = """
const lines = (each) => [each.getAttribute("aria-label") ?? "", ...each.innerText.split("\\n")];
const names = (each) => lines(each).map((line) => line.trim());
return [...document.querySelectorAll("a, button, summary, [role=radio], [role=option]")]
  .find((each) => each.getClientRects().length && names(each).includes(arguments[0]));
"""
"""Script that finds what can be clicked under a name; an icon beside the name is a line of its own."""

SHOWN = """
return [...document.querySelectorAll(arguments[0])].filter((each) => each.getClientRects().length)
  .map((each) => `${each.innerText} ${getComputedStyle(each, "::after").content.replace(/^none$/, "")}`);
"""
"""Script that lists the text of elements, with what the style sheet writes after it."""

Seen = TypeVar("Seen")


class Visitor:
    """A visitor of the page, with a folder for what they download."""

    def __init__(self, driver: WebDriver, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads

    def open(self, url: str) -> None:
        """Open the page at a URL."""
        self.driver.get(url)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is connected and computes nothing."""
        self.wait_for("the page to settle", lambda: self.driver.execute_script(SETTLED))

    def click(self, name: str) -> None:
        """Click the link, button or choice of that name."""

        def clicked() -> bool:
            found: Any = self.driver.execute_script(NAMED, name)
            if found:
                found.click()
            return bool(found)

        self.settle()
        self.wait_for(f"« {name} » to click", clicked)
        self.settle()

    def type(self, selector: str, text: str, *, after: bool = False) -> None:
        """Type into a field, over what it holds or after it, and press Enter."""
        self.settle()
        field: Any = self.wait_for(selector, lambda: self.driver.execute_script(FIND, selector))
        field.click()
        for keys in ((Keys.END,) if after else (Keys.CONTROL, "a"), (text,), (Keys.ENTER,)):
            field.send_keys(*keys)
        self.settle()

    def text(self, selector: str) -> list[str]:
        """Return the text of each element that is shown."""
        return [" ".join(each.split()) for each in self.driver.execute_script(SHOWN, selector)]

    def value(self, selector: str) -> str:
        """Return the content of a field."""
        return self.driver.execute_script(f"{FIND}?.value", selector)

    def wait_for(self, what: str, seen: Callable[[], Seen]) -> Seen:
        """Wait until something is there, and return it. Raises TimeoutException that says what was awaited."""
        waiting = WebDriverWait(self.driver, WITHIN, 0.05, (WebDriverException,))
        return waiting.until(lambda _: seen(), f"waited for {what}")

    def expect(self, wanted: Seen, seen: Callable[..., Seen], *of: str) -> None:
        """Wait until what is seen equals what is wanted."""
        with suppress(TimeoutException):
            self.wait_for(repr(wanted), lambda: seen(*of) == wanted)
        last = seen(*of)
        assert last == wanted, f"{of}: {last}, not {wanted}"
