"""The page in front of a walker: all that it shows at once, and whether it is settled."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator

from tests.browser.screen import Screen

LOOK = """() => {
  const shown = (selector, inside = document) =>
    [...inside.querySelectorAll(selector)].filter((each) => each.checkVisibility({ visibilityProperty: true }));
  const words = (each) => (each?.innerText ?? "").replace(/\\s+/g, " ").trim();
  const key = (each) => each.closest("[class*=st-key-]")?.className.match(/st-key-(\\S+)/)[1] ?? "";
  const lines = (each) => [each.ariaLabel ?? "", ...(each.innerText ?? "").split("\\n")].map((line) => line.trim());
  const name = (each) => each.querySelector("p")?.innerText.trim() || lines(each).findLast((line) => line) || "";
  const value = (selector) => shown(selector)[0]?.value ?? null;
  const radios = (group) => shown(`[role=radiogroup][aria-label="${group}"] [role=radio]`);
  // Nothing lies over it. What is off the screen is scrolled to.
  const reached = (each) => {
    const box = each.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !there || each.contains(there) || there.contains(each);
  };
  const chosen = (group) => words(radios(group).find((each) => each.ariaChecked === "true"));
  const labels = (key, checked = "") => shown(`.st-key-${key} label:has(input[type=radio])${checked}`).map(words);
  // The text of a cell: rows out of sight are not laid out, and have no other.
  const text = (each) => each.textContent.replace(/\\s+/g, " ").trim();
  const content = (cell) => {
    const field = cell.querySelector("input:not(.counts)");
    if (field) return field.type === "text" ? field.value : String(Number(field.checked));
    const name = cell.querySelector(".who a");
    return name ? text(name) : [...cell.children].map(text).join(" ") || text(cell);
  };
  const table = shown("table[aria-label^='Les communes']")[0];
  const columns = [...(table?.querySelectorAll("thead .sorts") ?? [])].map((each) => each.dataset.key);
  const cells = (row) => Object.fromEntries([...row.children].map((each, rank) => [columns[rank], content(each)]));
  const kinds = [...(table?.querySelectorAll("thead th") ?? [])].map((each, rank) => [columns[rank], each.className]);
  return {
    query: location.search.slice(1),
    errors: shown("[data-testid=stException], [data-testid^=stAlertContent][data-testid$=Error]").map(words),
    fields: Object.fromEntries(shown("[data-testid=stNumberInput] input").map((each) => [key(each), each.value])),
    reached: shown("[data-testid=stNumberInput] input, [data-testid=stCheckbox]").filter(reached).map(key),
    fresh: shown("input:not(table input)").filter((each) => !each.seen && (each.seen = true)).map(key),
    active: key(document.activeElement),
    kinds: Object.fromEntries(shown("[class*='st-key-sorte-'] [role=radiogroup]").map((each) =>
      [key(each), words(each.querySelector("label:has(:checked)"))])),
    ticks: Object.fromEntries(
      shown("[data-testid=stCheckbox]").map((each) => [key(each), each.querySelector("input").checked])),
    structures: radios("Type de structure").map(words),
    structure: chosen("Type de structure"),
    sections: radios("À voir").map(words),
    section: chosen("À voir"),
    charts: radios("À l'écran").filter(reached).map(words),
    commune: words(shown(".chosen strong")[0]),
    searched: value(".st-key-commune input"),
    name: value(".st-key-client_name input"),
    scenarios: shown("input[aria-label^='Scénario ']").map((each) => each.value),
    renaming: document.activeElement.matches("input[aria-label^='Scénario ']"),
    figures: shown(".answer .figure").map(words),
    fibre: shown("tr:has(.payee.fibre) td").slice(0, 3).map(words),
    cdg: shown("tr:has(.payee.cdg) td").slice(0, 3).map(words),
    presented: Boolean(shown(".presented").length),
    month: value(".st-key-mois-de-depart input"),
    sides: radios("Pour qui ?").map(words),
    side: chosen("Pour qui ?"),
    of: value(".st-key-groupe input"),
    asked: labels("chacune"),
    asks: labels("chacune", ":has(:checked)")[0] ?? "",
    without: shown(".st-key-sauf [aria-label^='Retirer ']").map((each) => each.ariaLabel.slice("Retirer ".length)),
    pastes: value(".st-key-liste textarea") !== null,
    faults: shown(".faults li").length,
    in_all: words(shown(".in-all")[0]),
    columns: Object.fromEntries(kinds),
    added: shown(".more-columns option").map((each) => each.value).filter(Boolean),
    rows: [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) => ({
      code: row.dataset.code,
      hidden: row.hidden,
      out: row.classList.contains("out"),
      apart: Boolean(row.querySelector(".apart")),
      counted: row.querySelector(".counts")?.checked ?? null,
      cells: cells(row),
    })),
    foot: table ? cells(table.querySelector("tfoot tr")) : {},
    buttons: shown("button:not(:disabled)").filter(reached).map((each) => [name(each), key(each)]),
    folds: shown("summary").map(name),
    back: navigation.canGoBack,
    forward: navigation.canGoForward,
  };
}"""
"""Script that returns all that a walker looks at."""

PRESSED = "button:not(:disabled), a, summary, [role=radio]"


@dataclass(frozen=True)
class Row:
    """A row of the table of communes."""

    code: str
    hidden: bool
    """True where a search does not show it."""
    out: bool
    """True where it is shown as left out."""
    apart: bool
    """True where it is said to have something of its own."""
    counted: bool
    cells: dict[str, str]
    """Content of each cell, by the key of its column: a text, a number, or 1 or 0 for a tick."""


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
    kinds: dict[str, str]
    """Label chosen among items that stand for one another, by the key of the choice."""
    ticks: dict[str, bool]
    structures: list[str]
    structure: str
    sections: list[str]
    section: str
    charts: list[str]
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
    month: str | None
    """First month; None where it is not asked."""
    sides: list[str]
    side: str
    """Side chosen: one client, or many communes."""
    of: str | None
    """Label of whose communes they are; None where it is not asked."""
    asked: list[str]
    asks: str
    """Label of what each of them asks for."""
    without: list[str]
    """Names in the field of those left out."""
    pastes: bool
    """True where a list can be pasted."""
    faults: int
    """Number of rows of a list that are told to be at fault."""
    in_all: str
    """Sentence on all communes."""
    columns: dict[str, str]
    """Kind of each column of the table of communes, by its key; empty where there is no table."""
    added: list[str]
    """Keys of the columns that can be added to it."""
    rows: list[Row]
    foot: dict[str, str]
    """Totals of the table, by column."""
    buttons: list[tuple[str, str]]
    """Name and key of each button that can be clicked and that nothing covers."""
    folds: list[str]
    back: bool
    forward: bool

    def named(self, name: str) -> int:
        """Return the number of buttons of that name that can be clicked."""
        return sum(each == name for each, _ in self.buttons)


class Page(Screen):
    """Window on the page, as a walker sees it and presses on it."""

    def settled(self) -> bool:
        """Wait until the page has answered everything; False where it does not."""
        try:
            self.settle()
        except AssertionError:
            return False
        return True

    def look(self) -> Seen:
        """Return all that is shown now."""
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        rows = [Row(**each) for each in seen["rows"]]
        return Seen(**{**seen, "rows": rows, "buttons": [(name, key) for name, key in seen["buttons"]]})

    def find(self, name: str, rank: int = 0) -> Locator:
        """Find what can be clicked under a name, the first or a later one."""
        pressed, named = self.page.locator(PRESSED), self.page.get_by_text(name, exact=True)
        return pressed.filter(has=named).or_(pressed.and_(named)).filter(visible=True).nth(rank)

    def press(self, name: str, rank: int = 0) -> None:
        """Click the control of that name."""
        self.find(name, rank).click()
