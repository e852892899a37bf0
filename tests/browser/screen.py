"""The page as its user sees and uses it, with a record of the faults behind it."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self, TypeVar
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, ViewportSize, expect
from playwright.sync_api import TimeoutError as TooLong

from tests.links import KINDS

TARIFF = {"tarif": "2024-03-26"}
EXAMPLE = {
    **TARIFF,
    "habitants": "1250",
    "agents": "6",
    "messagerie-5go": "4",
    "domaines": "1",
    "cles-cdg-3ans": "1",
    "sauvegardes": "1",
    "antivirus": "3",
    "demarches": "oui",
}
"""Order of the newcomer's test, as the query string writes it."""
FIGURES = ("1 180,00 €", "810,00 € à 900,00 €", "5 320,00 €")
"""Figures of that order for year 1, each later year and six years, worked by hand from the act."""
FIBRE = ("915,00 €", "660,00 € à 750,00 €", "4 305,00 €")
CDG = ("265,00 €", "150,00 €", "1 015,00 €")
ONE_MORE_DOMAIN = ("1 195,00 €", "825,00 € à 915,00 €", "5 410,00 €")
"""Figures of the example with two domains: +15, +15, +90."""
KEPT = (
    "hab-1250_ag-6_5go-4_dom-1_c3-1_sauv-1_av-3_demar~Tout compris",
    "hab-1250_ag-6_5go-4_dom-1_c3-1_av-3_demar~Sans sauvegarde",
)
"""Two scenarios, as the query string writes them: the example, and without its backup."""
SCENARIO = ("scenario", KEPT[1])
SERVICES = ("Messagerie", "Nom de domaine", "Clé de signature", "Sauvegarde", "Antivirus", "Démarches simplifiées")
SHARE, NEXT = "Partager, imprimer", "Et maintenant ?"
KEYS = {
    "Le détail": "detail",
    "Comparer": "comparer",
    "Points à confirmer": "points",
    SHARE: "partager",
    NEXT: "suite",
}
"""Sections below the answer, each with the key of its place."""
SECTIONS = tuple(KEYS)

CUT_LABELS = """() => [...document.querySelectorAll('svg.marks')].flatMap((svg) => {
  const whole = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < whole.left - 1 || box.right > whole.right + 1
      || box.top < whole.top - 1 || box.bottom > whole.bottom + 1);
  }).map((text) => text.textContent);
})"""

ENGLISH = re.compile(
    r"Help for|Increment|Decrement|\bClear\b|Dismiss|\bClose\b|\bOpen\b|No results|options? available|Press Enter|"
    r"Number is|allowed range|\bShow\b|Download|\bCopy\b|Vega|Fullscreen|visualization|mark container|Skip to|"
    r"Connect(ing|ion error)|not responding|Streamlit|Running|Please wait|JavaScript to run|"
    r"\b([Cc]hoose|[Ss]elect|value|the|and)\b"
)
"""Words that Streamlit or a browser leaves in English."""

WORDS = """() => {
  const said = [];
  for (const element of document.querySelectorAll("html, html *")) {
    if (["STYLE", "SCRIPT"].includes(element.tagName)) continue;
    for (const name of ["aria-label", "aria-roledescription", "title", "placeholder", "alt"])
      if (element.hasAttribute(name)) said.push(element.getAttribute(name));
    for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) said.push(child.data);
  }
  return [...new Set(said)];
}"""
"""Script that lists every text of a page, and every name of its elements."""

OVERFLOW = """() => Math.max(...[document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .map((each) => each.scrollWidth - each.clientWidth))"""

CUT_CHOICES = """groups => groups.filter((each) => each.scrollWidth > each.clientWidth + 1
  || [...each.children].some((choice) => choice.getBoundingClientRect().right > innerWidth))
  .map((each) => each.textContent)"""

SETTLED = """(call) => {
  const app = document.querySelector("[data-testid=stApp]");
  const wrong = [
    app?.getAttribute("data-test-connection-state") !== "CONNECTED" && "not connected",
    app?.getAttribute("data-test-script-state") !== "notRunning" && "running",
    document.querySelector("html:is([data-awaited], [data-held])") && "an answer is awaited",
    !document.querySelector("h1") && "no title",
    document.querySelector("[data-testid=stSkeleton]") && "a place is not filled",
    document.getAnimations().some((each) => each.effect?.getComputedTiming().endTime !== Infinity) && "it moves",
  ].filter(Boolean);
  // What was pressed may be sent, and what was received drawn, some frames later.
  const before = window.settling?.call === call ? window.settling.frames : 0;
  window.settling = { call, wrong, frames: wrong.length ? 0 : before + 1 };
  return window.settling.frames >= 5;
}"""
"""Script that tells if the page has answered everything and is drawn, for several frames in a row of one call."""

expect.set_options(timeout=15_000)  # several browsers may share two cores

CLIPBOARD = ("clipboard-read", "clipboard-write")
REDRAWN_WITHIN = 5.0

Query = dict[str, str] | Sequence[tuple[str, str]] | str
Found = TypeVar("Found")


class Screen:
    """Browser window of its own: one page, and a record of all that went wrong on it."""

    def __init__(self, browser: Browser, address: str, locale: str = "en-US", *, has_touch: bool = False) -> None:
        """Open a window; in a browser set to English by default, since that is where English shows."""
        self.address = address
        self.host = urlsplit(address).netloc
        size: ViewportSize = {"width": 1440, "height": 900}
        # Without the animations that no test looks at, which Chromium draws here without a graphics card.
        self.context = browser.new_context(
            viewport=size, locale=locale, has_touch=has_touch, reduced_motion="reduce", permissions=CLIPBOARD
        )
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.problems: list[str] = []
        self._calls = 0
        self.page.on("request", lambda request: self._host(request.url))
        self.page.on("websocket", lambda socket: self._host(socket.url))
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.problems.append(f"request to another host: {url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def close(self) -> None:
        """Close the window and forget it."""
        self.context.close()

    @contextmanager
    def watched(self) -> Iterator[Self]:
        """Return to a desktop screen in light mode; at the end, check that nothing went wrong meanwhile."""
        self.resize(1440, 900)
        self.page.emulate_media(color_scheme="light", media="null", forced_colors="none")
        self.page.unroute_all()
        self.problems.clear()
        yield self
        assert not self.problems, self.problems

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        self.page.set_viewport_size({"width": width, "height": height})

    def open(self, query: Query = "") -> None:
        """Open the page with a query string and wait until it is complete."""
        written = query if isinstance(query, str) else urlencode(query)
        self.page.goto(f"{self.address}?{written}" if written else self.address)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is connected, has answered all that was done and has drawn it."""
        self._calls += 1
        try:
            self.page.wait_for_function(SETTLED, arg=self._calls, timeout=30_000)
        except TooLong as late:
            raise AssertionError(f"The page does not settle: {self.page.evaluate('window.settling?.wrong')}") from late

    @property
    def parameters(self) -> dict[str, list[str]]:
        """Return the parameters in the address bar, without the mark of the link's length."""
        return parameters(self.page.url)

    def expect_parameter(self, name: str, *values: str) -> None:
        """Wait until the address bar holds these values of a parameter."""
        self.page.wait_for_function(
            "([name, values]) =>"
            " JSON.stringify(new URLSearchParams(location.search).getAll(name)) === JSON.stringify(values)",
            arg=[name, list(values)],
        )

    def number(self, key: str) -> Locator:
        """Find the number field of an item, or of the inhabitants or agents.

        Items that stand for one another have one field, but where there is a number for each.
        """
        service, _ = KINDS.get(key, ("", ""))
        one = f", .st-key-nombre-{service}" if service else ""
        return self.page.locator(f".st-key-{key}{one}").get_by_role("spinbutton")

    def kind(self, item: str) -> Locator:
        """Find the choice of an item among those that stand for one another."""
        service, words = KINDS[item]
        return self.page.locator(f".st-key-sorte-{service}").get_by_role("radio", name=words, exact=True)

    def choose_kind(self, item: str) -> None:
        """Choose an item among those that stand for one another."""
        service, words = KINDS[item]
        self.page.locator(f".st-key-sorte-{service}").get_by_text(words, exact=True).click()
        expect(self.kind(item)).to_be_checked()

    def several(self, service: str) -> None:
        """Ask for a number of each kind of a service."""
        self.page.locator(f".st-key-sorte-{service}").get_by_text("Plusieurs sortes", exact=True).click()
        expect(self.page.locator(f".st-key-nombre-{service}")).to_have_count(0)

    def type(self, key: str, value: int | str) -> None:
        """Type a number into a field, of the kind of an item where there is a choice, and press Enter."""
        if key in KINDS and not self.page.locator(f".st-key-{key}").count() and not self.kind(key).is_checked():
            self.choose_kind(key)
        self.number(key).fill(str(value))
        self.number(key).press("Enter")

    def tick(self, key: str) -> None:
        """Tick a box by clicking its label."""
        self.page.locator(f".st-key-{key} p").first.click()

    def button(self, name: str) -> Locator:
        """Find the button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def document(self, name: str) -> Locator:
        """Find the link to the document of that name."""
        return self.page.get_by_role("link", name=name, exact=True)

    def pressable(self, key: str) -> Locator:
        """Find the button of that key, whatever its name."""
        return self.page.locator(f".st-key-{key}").get_by_role("button").first

    def section(self, name: str) -> Locator:
        """Open a section below the answer and return it; waits until no edit still moves what is clicked."""
        self.settle()
        choice = self.page.get_by_role("radiogroup", name="À voir").get_by_role("radio", name=name)
        choice.click()
        expect(choice).to_be_checked()
        opened = self.opened(name)
        expect(opened).to_be_visible()
        self.settle()
        return opened

    def opened(self, name: str) -> Locator:
        """Find a section below the answer, once it is open."""
        return self.page.locator(f".st-key-section-{KEYS[name]}")

    @property
    def answer(self) -> Locator:
        """Find the zone of the answer."""
        return self.page.get_by_role("region", name="Résultat de l'estimation")

    @property
    def category(self) -> Locator:
        """Find the category and its reason."""
        return self.page.locator(".category")

    @property
    def figures(self) -> Locator:
        """Find the three figures."""
        return self.answer.locator(".figure")

    def expect_figures(self, first_year: str, later: str, six_years: str) -> None:
        """Wait until the page shows exactly these figures."""
        expect(self.figures).to_have_text([first_year, later, six_years])

    def expect_example(self) -> None:
        """Wait until the page answers the newcomer's order."""
        self.expect_figures(*FIGURES)
        both = self.page.get_by_role("table", name="Ce que chacun des deux organismes facturera")
        expect(both.locator("td")).to_have_text([*FIBRE, *CDG])

    def expect_charts(self, count: int = 1) -> None:
        """Wait until that many charts are drawn."""
        expect(self.page.locator("[data-testid=stVegaLiteChart] svg:visible")).to_have_count(count)

    def written(self, name: str) -> str:
        """Return a text to be copied, once it is there."""
        field = self.page.get_by_role("textbox", name=name)
        expect(field).not_to_have_value("")
        return field.input_value()

    def open_code(self) -> Locator:
        """Open the dialog of the QR code and return it."""
        self.section(SHARE)
        self.button("Afficher le QR code").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
        return dialog

    def english(self) -> list[str]:
        """Return the English texts and names on the page."""
        return [words for words in self.page.evaluate(WORDS) if ENGLISH.search(words)]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window once its charts are drawn to size."""
        return self.at_last(lambda: max(0, self.page.evaluate(OVERFLOW)))

    def cut_labels(self) -> list[str]:
        """Return the labels of charts that lie partly outside their chart once they are drawn to size."""
        return self.at_last(lambda: self.page.evaluate(CUT_LABELS))

    def cut_choices(self) -> list[str]:
        """Return the groups in which some choices lie outside the visible part of their group once all is drawn."""
        return self.at_last(lambda: self.page.get_by_role("radiogroup").evaluate_all(CUT_CHOICES))

    def overlapping(self, *zones: Locator) -> list[str]:
        """Return the pairs of these zones of which one still covers the other once all is drawn."""

        def found() -> list[str]:
            drawn = [(zone, box) for zone in zones for box in boxes(zone)]
            return [
                f"{one} and {other}"
                for rank, (one, a) in enumerate(drawn)
                for other, b in drawn[rank + 1 :]
                if a["left"] + 0.5 < b["right"]
                and b["left"] + 0.5 < a["right"]
                and a["top"] + 0.5 < b["bottom"]
                and b["top"] + 0.5 < a["bottom"]
            ]

        return self.at_last(found)

    def outside(self, *zones: Locator) -> list[str]:
        """Return those of these zones that still lie partly outside the window once all is drawn."""
        size = self.page.viewport_size
        assert size

        def found() -> list[str]:
            return [
                f"{zone}: {box}"
                for zone in zones
                for box in boxes(zone)
                if not box["width"]
                or min(box["left"], box["top"]) < -0.5
                or box["right"] > size["width"] + 0.5
                or box["bottom"] > size["height"] + 0.5
            ]

        return self.at_last(found)

    def at_last(self, wrong: Callable[[], Found]) -> Found:
        """Return what is still wrong after some seconds, since a page is redrawn some frames after it changes."""
        deadline = time.monotonic() + REDRAWN_WITHIN
        while (found := wrong()) and time.monotonic() < deadline:
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        return found


def boxes(zone: Locator) -> list[dict[str, float]]:
    """Return the edges and the sizes of all that a locator finds."""
    return zone.evaluate_all("all => all.map((each) => each.getBoundingClientRect().toJSON())")


def parameters(link: str) -> dict[str, list[str]]:
    """Return the parameters of a link, without the mark of its length."""
    held = parse_qs(urlsplit(link).query, keep_blank_values=True)
    return {name: values for name, values in held.items() if name != "signes"}
