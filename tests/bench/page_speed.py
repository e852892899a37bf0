"""The waits of a person at a browser, on our page and on the floor, in one run on one machine.

    .venv/bin/python -m tests.bench.page_speed

For each page, on the same server settings: the first view with an empty cache (milliseconds to the first chart, bytes
received) and edits (milliseconds from Enter to the new figure). Run it on a quiet machine; it asserts the limits.
"""

import statistics
import sys
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tests.serving import launch, running

LOADS, EDITS = 3, 30
MOST_EDIT, MOST_VIEW, MOST_BYTES = 1.4, 1.25, 1_600_000
FULL = "?habitants=1250&agents=6&messagerie-5go=4&domaines=1&cles-cdg-3ans=1&sauvegardes=1&antivirus=3&demarches=oui"

WATCH = """selector => {
  const text = () => [...document.querySelectorAll(selector)].map(each => each.innerText).join("|");
  const before = text();
  window.took = null;
  let start = null;
  document.addEventListener("keydown", event => { if (event.key === "Enter") start = performance.now(); },
    { capture: true, once: true });
  const observer = new MutationObserver(() => {
    if (start !== null && text() !== before) { window.took = performance.now() - start; observer.disconnect(); }
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@dataclass(frozen=True)
class Measured:
    """Measurements of one page."""

    view: float
    """Milliseconds to the first chart, median."""
    size: int
    """Bytes received for the first view."""
    edits: tuple[float, ...]
    """Milliseconds from Enter to the new figure."""

    def words(self) -> str:
        """Return the figures on one line."""
        edit = statistics.median(self.edits)
        worst = max(self.edits)
        return f"first chart {self.view:.0f} ms, {self.size / 1e6:.2f} MB, edit {edit:.0f} ms (worst {worst:.0f} ms)"


def measure(browser: Browser, address: str, label: str, selector: str) -> Measured:
    """Measure a page: first views in new contexts, then edits of the field with a label until a figure changes."""
    views: list[float] = []
    sizes: list[int] = []
    for _ in range(LOADS):
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR").new_page()
        sizes.append(0)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: _add(sizes, event["encodedDataLength"]))
        start = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("[data-testid=stVegaLiteChart] :is(canvas, svg)", timeout=60_000)
        views.append((time.perf_counter() - start) * 1_000)
        _idle(page)
        page.wait_for_load_state("networkidle")
        page.context.close()
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR").new_page()
    page.goto(address)
    page.wait_for_selector(selector, timeout=60_000)
    _idle(page)
    field = page.get_by_role("spinbutton", name=label).first
    edits: list[float] = []
    for rank in range(EDITS):
        page.evaluate(WATCH, selector)
        field.fill(str(2 + rank))
        field.press("Enter")
        page.wait_for_function("() => window.took !== null", timeout=30_000)  # the policy allows no eval
        edits.append(page.evaluate("window.took"))
        _idle(page)
    page.context.close()
    return Measured(statistics.median(views), max(sizes), tuple(edits))


def _add(sizes: list[int], received: float) -> None:
    sizes[-1] += int(received)


def _idle(page: Page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)


def main() -> int:
    """Measure both pages and print if ours keeps within its limits. Returns the exit status."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with running("tests/bench/floor.py") as (port, _):
            floor = measure(browser, f"http://127.0.0.1:{port}/", "Champ 1", "[data-testid=stMetricValue]")
        with running() as (port, _):
            ours = measure(browser, f"http://127.0.0.1:{port}/{FULL}", "Noms de domaine", ".figures .figure")
        browser.close()
    edit = statistics.median(ours.edits) / statistics.median(floor.edits)
    view = ours.view / floor.view
    print(f"floor: {floor.words()}\nours:  {ours.words()}")
    print(f"edit {edit:.2f} times the floor (at most {MOST_EDIT}), first view {view:.2f} (at most {MOST_VIEW})")
    return int(edit > MOST_EDIT or view > MOST_VIEW or ours.size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
