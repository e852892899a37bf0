"""The page in front of a walker: all that it shows at once, and whether it is settled."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from playwright.sync_api import Browser, ElementHandle
from playwright.sync_api import TimeoutError as TooLong

from tests.browser.screen import Screen

WITHIN = 15_000
"""Milliseconds in which the page must settle, or what is clicked must be there."""

LISTEN = """
// A run of the page is asked for by a message to the server, begins with one of its messages and ends with another.
// No answer can come before a round trip is over: a run that ends earlier is an answer to something before.
window.runs = { askedAt: 0, begun: true, ended: true };
const ASKED = 11, BEGUN = 4, ENDED = 6, EARLY = 2, LENGTH_GIVEN = 2, VARINT = 0;
function* fields(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; at < bytes.length; shift *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const tag = varint();
    const value = [VARINT, LENGTH_GIVEN].includes(tag % 8) ? varint() : 0;
    yield [Math.floor(tag / 8), value];
    if (tag % 8 === LENGTH_GIVEN) at += value;
  }
}
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      for (const [field, value] of fields(new Uint8Array(data))) {
        if (field === BEGUN && performance.now() - runs.askedAt >= ROUND_TRIP) runs.begun = true;
        if (field === ENDED && value !== EARLY && runs.begun) runs.ended = true;
      }
    });
  }
  send(data) {
    for (const [field] of fields(new Uint8Array(data))) {
      if (field === ASKED) window.runs = { askedAt: performance.now(), begun: false, ended: false };
    }
    super.send(data);
  }
};
"""

SETTLED = """(call) => {
  const app = document.querySelector("[data-testid=stApp]");
  const still = window.runs?.ended && app?.getAttribute("data-test-connection-state") === "CONNECTED"
    && app.getAttribute("data-test-script-state") === "notRunning"
    && !("held" in document.documentElement.dataset)
    && document.querySelector("h1, [data-testid=stAlertContentError]")
    && !document.querySelector("[data-testid=stSkeleton]")
    && !document.getAnimations().some((each) => each.effect?.getComputedTiming().endTime !== Infinity);
  // What was pressed may be sent, and what was received drawn, a moment later.
  const before = window.stillness?.call === call ? window.stillness.frames : 0;
  window.stillness = { call, frames: still ? before + 1 : 0 };
  return window.stillness.frames >= 3;
}"""
"""Script that tells if the page has answered everything, for three frames in a row of one call."""

LOOK = """() => {
  const shown = (selector, inside = document) =>
    [...inside.querySelectorAll(selector)].filter((each) => each.checkVisibility({ visibilityProperty: true }));
  const words = (each) => (each?.innerText ?? "").replace(/\\s+/g, " ").trim();
  const key = (each) => each.closest("[class*=st-key-]")?.className.match(/st-key-(\\S+)/)[1] ?? "";
  const lines = (each) => [each.ariaLabel ?? "", ...(each.innerText ?? "").split("\\n")].map((line) => line.trim());
  const name = (each) => each.querySelector("p")?.innerText.trim() || lines(each).findLast((line) => line) || "";
  const value = (selector) => shown(selector)[0]?.value ?? null;
  const radios = (group) => shown(`[role=radiogroup][aria-label="${group}"] [role=radio]`);
  // Nothing lies over it: the panel « Autres services » covers what is under it. What is off the screen is scrolled to.
  const reached = (each) => {
    const box = each.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !there || each.contains(there) || there.contains(each);
  };
  const chosen = (group) => words(radios(group).find((each) => each.ariaChecked === "true"));
  const said = [];
  for (const element of document.querySelectorAll("body *")) {
    if (["STYLE", "SCRIPT", "TEXTAREA"].includes(element.tagName)) continue;
    for (const each of ["aria-label", "title", "placeholder", "alt"])
      if (element.hasAttribute(each)) said.push(element.getAttribute(each));
    for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) said.push(child.data);
  }
  return {
    query: location.search.slice(1),
    errors: shown(`[data-testid=stException], [data-testid=stAlertContentError],
      [data-testid=stErrorElement]`).map(words),
    fields: Object.fromEntries(shown("[data-testid=stNumberInput] input").map((each) => [key(each), each.value])),
    reached: shown("[data-testid=stNumberInput] input, [data-testid=stCheckbox]").filter(reached).map(key),
    fresh: shown("input").filter((each) => !each.seen && (each.seen = true)).map(key),
    active: key(document.activeElement),
    ticks: Object.fromEntries(
      shown("[data-testid=stCheckbox]").map((each) => [key(each), each.querySelector("input").checked])),
    structures: radios("Type de structure").map(words),
    structure: chosen("Type de structure"),
    sections: radios("À voir").map(words),
    section: chosen("À voir"),
    charts: radios("Graphique").filter(reached).map(words),
    chart: chosen("Graphique"),
    commune: words(shown(".chosen strong")[0]),
    searched: value(".st-key-commune input"),
    name: value(".st-key-client_name input"),
    scenarios: shown("input[aria-label^='Scénario ']").map((each) => each.value),
    renaming: document.activeElement.matches("input[aria-label^='Scénario ']"),
    figures: shown(".answer .figure").map(words),
    fibre: shown("tr:has(.payee.fibre) td").slice(0, 3).map(words),
    cdg: shown("tr:has(.payee.cdg) td").slice(0, 3).map(words),
    presented: Boolean(shown(".presented").length),
    buttons: shown("button:not(:disabled)").filter(reached).map((each) => [name(each), key(each)]),
    folds: shown("summary").map(name),
    dialog: shown("[role=dialog]").map(words),
    back: navigation.canGoBack,
    forward: navigation.canGoForward,
    said: [...new Set(said)],
  };
}"""
"""Script that returns all that a walker looks at."""

NAMED = """([selector, name, rank]) => {
  const lines = (each) => [each.ariaLabel ?? "", ...(each.innerText ?? "").split("\\n")].map((line) => line.trim());
  return [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && lines(each).includes(name))[rank] ?? null;
}"""
PRESSED = "button:not(:disabled), a, summary, [role=radio]"


@dataclass(frozen=True)
class Seen:
    """The page at one moment."""

    query: str
    """Query string in the address bar."""
    errors: list[str]
    fields: dict[str, str]
    """Content of each number field, by its key."""
    reached: list[str]
    """Keys of the fields and boxes that nothing covers."""
    fresh: list[str]
    """Keys of the fields that were not on the page at the last look."""
    active: str
    """Key of the element that has the focus."""
    ticks: dict[str, bool]
    structures: list[str]
    structure: str
    sections: list[str]
    section: str
    charts: list[str]
    chart: str
    commune: str
    """Commune on its line; empty where there is none."""
    searched: str | None
    """Content of the list of communes; None where there is no list."""
    name: str | None
    """Name of the client; None where it is not asked."""
    scenarios: list[str]
    renaming: bool
    """True where the name of a scenario has the focus."""
    figures: list[str]
    fibre: list[str]
    cdg: list[str]
    presented: bool
    buttons: list[tuple[str, str]]
    """Name and key of each button that can be clicked and that nothing covers."""
    folds: list[str]
    dialog: list[str]
    back: bool
    forward: bool
    said: list[str]
    """Every text and every name on the page."""

    def named(self, name: str) -> int:
        """Return the number of buttons of that name that can be clicked."""
        return sum(each == name for each, _ in self.buttons)


class Page:
    """Window on the page, with a round trip to its server."""

    def __init__(self, browser: Browser, address: str, rtt: int = 0) -> None:
        self.screen = Screen(browser, address)
        self.screen.context.add_init_script(LISTEN.replace("ROUND_TRIP", str(rtt * 0.9)))
        self.page = self.screen.page
        self._calls = count()

    def open(self, query: str) -> None:
        """Open the page with a query string."""
        self.page.goto(f"{self.screen.address}?{query}" if query else self.screen.address)

    def settled(self) -> bool:
        """Wait until the page has answered everything; False where it does not."""
        try:
            self.page.wait_for_function(SETTLED, arg=next(self._calls), timeout=WITHIN)
        except TooLong:
            return False
        return True

    def look(self) -> Seen:
        """Return all that is shown now."""
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        return Seen(**{**seen, "buttons": [(name, key) for name, key in seen["buttons"]]})

    def find(self, name: str, rank: int = 0, selector: str = PRESSED) -> ElementHandle:
        """Find what can be clicked under a name, the first or a later one. Raises LookupError where it is gone."""
        found = self.page.evaluate_handle(NAMED, [selector, name, rank]).as_element()
        if found is None:
            raise LookupError(f"« {name} » is gone")
        return found

    def press(self, name: str, rank: int = 0) -> None:
        """Click the control of that name."""
        self.find(name, rank).click(timeout=WITHIN)

    def close(self) -> None:
        """Close the window."""
        self.screen.close()
