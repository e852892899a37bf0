"""Gestures on many communes. A field of the table of communes has a code and a key for its name: ``62009 agents``."""

from collections.abc import Mapping
from random import Random

from playwright.sync_api import Locator

from tests.walk.facts import COMMUNES, simulation
from tests.walk.gesture import Arguments, Gesture, button, one_of
from tests.walk.group_checks import AGENTS, GROUPS, SIDES
from tests.walk.group_done import LISTS
from tests.walk.page import Page, Row, Seen

FILLED_IN = ("0", "1", "2", "3", "7", "12", "101", "")
REFUSED = ("abc", "4/5", "-1", "1.250", "50001")
SEARCHED = ("saint", "catégorie B", "62", "zzz", "")
ARTOIS = "200069482"
"""SIREN of an EPCI of 96 communes."""
LINKS = (
    "groupe=200069482&chacune=meme&messagerie-5go=3&domaines=1&sauvegardes=1&demarches=oui",
    "groupe=200069482&sauf=62009.62012&propre=62063_ag-12_dom-2&propre=62011_5go-0",
    "groupe=liste&communes=62727.62820.62456.62041&chacune=propre&propre=62727_5go-4_dom-1&propre=62820_hab-1200_c3-1",
    "groupe=liste&communes=62727.62820&sauf=62820&chacune=meme&antivirus=21&vue=presentation-communes",
    "groupe=200069482&chacune=propre&propre=62063_av-3&vue=presentation",
    "groupe=62&chacune=meme&domaines=1",
    "groupe=liste&chacune=meme&domaines=1",
)
"""Links that somebody sent."""


def _rows(seen: Seen) -> list[Row]:
    return [row for row in seen.rows if not row.hidden]


# Which communes, and what each asks for


def _whose(seen: Seen, rng: Random) -> Arguments | None:
    """Draw other communes, and whether their name is typed whole; the whole department seldom."""
    if seen.of is None:
        return None
    labels = [label for label in GROUPS if label != seen.of]
    usual = [
        label for label in labels if GROUPS[label] in ("", ARTOIS) or (GROUPS[label] == "62" and rng.random() < 0.3)
    ]
    return [rng.choice(usual if usual and rng.random() < 0.7 else labels[2:]), rng.choice(["whole", "part"])]


def _choose_communes(page: Page, label: str, how: str) -> None:
    field = page.page.locator(".st-key-groupe input")
    field.click()
    field.fill(label if how == "whole" else label.split()[-1])  # of a long list, only what fits is drawn
    page.page.get_by_role("option", name=label, exact=True).click()


def _ask(page: Page, label: str) -> None:
    page.page.locator(".st-key-chacune").get_by_text(label, exact=True).click()


def _paste(page: Page, text: str) -> None:
    page.page.get_by_role("textbox", name="Votre liste").fill(text)
    page.press("Lire la liste")


def _without(seen: Seen, rng: Random) -> Arguments | None:
    """Draw a commune that is not left out yet, and the key that closes the list of names."""
    group = simulation(seen.query).group
    if seen.of is None or not group:
        return None
    codes = [row.code for row in seen.rows if row.code not in group.without]
    return [rng.choice(codes), rng.choice(["", "Escape", "Tab"])] if codes else None


def _leave_out(page: Page, code: str, then: str) -> None:
    field = page.page.locator(".st-key-sauf input")
    field.click()
    field.fill(COMMUNES[code].name)
    page.page.get_by_role("option", name=COMMUNES[code].name, exact=True).click()
    if then:
        field.press(then)


def _left_out(seen: Seen) -> list[str]:
    """Return the communes that are named in the field of those left out."""
    group = simulation(seen.query).group
    return [code for code in sorted(group.without) if COMMUNES[code].name in seen.without] if group else []


def _bring_back(page: Page, code: str) -> None:
    page.page.locator(f'.st-key-sauf [aria-label="Retirer {COMMUNES[code].name}"]').click()


# The table


def _drawn(seen: Seen, rng: Random, kind: str) -> str:
    """Draw a field of the table; that of the agents more often than another."""
    rows = [row.code for row in _rows(seen) if not row.out]
    keys = [key for key, each in seen.columns.items() if each == kind]
    keys += [key for key in keys if key == AGENTS] * 2
    return f"{rng.choice(rows)} {rng.choice(keys)}" if rows and keys else ""


def _filled_in(seen: Seen, rng: Random) -> Arguments | None:
    if not (field := _drawn(seen, rng, "number")):
        return None
    *_, last = (row.code for row in _rows(seen) if not row.out)
    leaving = ["Enter", "Tab"] if field.startswith(last) else ["Enter", "Tab", "ArrowDown"]
    return [field, rng.choice(FILLED_IN), rng.choice(leaving)]


def _typed_in(seen: Seen, rng: Random) -> Arguments | None:
    field = _drawn(seen, rng, "number")
    return [field, rng.choice([each for each in FILLED_IN if each])] if field else None


def _refused(seen: Seen, rng: Random) -> Arguments | None:
    field = _drawn(seen, rng, "number")
    return [field, rng.choice(REFUSED), rng.choice(["Enter", "Tab"])] if field else None


def _ticked(seen: Seen, rng: Random) -> Arguments | None:
    field = _drawn(seen, rng, "tick")
    return [field] if field else None


def _row(page: Page, code: str, what: str) -> Locator:
    """Find something in a row, and scroll to it from behind the heading and the first column."""
    found = page.page.locator(f".st-key-table-communes tr[data-code='{code}'] {what}")
    found.evaluate("each => each.scrollIntoView({ block: 'center', inline: 'center' })")
    return found


def _cell(page: Page, field: str) -> Locator:
    code, key = field.split()
    columns = [*page.look().columns]
    assert key in columns, f"there is no column {key}"
    return _row(page, code, f"> :nth-child({columns.index(key) + 1}) input")


def _fill_in(page: Page, field: str, text: str, then: str = "") -> None:
    cell = _cell(page, field)
    cell.click()
    cell.press("Control+a")
    if text:
        page.page.keyboard.type(text)
    else:
        page.page.keyboard.press("Delete")
    if then:
        page.page.keyboard.press(then)


def _search(page: Page, words: str) -> None:
    page.page.locator(".st-key-table-communes [type=search]").fill(words)


def _sort(page: Page, key: str) -> None:
    heading = page.page.locator(f".st-key-table-communes .sorts[data-key='{key}']")
    heading.evaluate("each => each.scrollIntoView({ block: 'center', inline: 'center' })")
    heading.click()


def _add(page: Page, key: str) -> None:
    page.page.locator(".st-key-table-communes .more-columns").select_option(key)


GESTURES: Mapping[str, Gesture] = {
    "turn to many": one_of(2, lambda seen: [SIDES[True]] if seen.side == SIDES[False] else []),
    "turn to one": one_of(6, lambda seen: [SIDES[False]] if seen.side == SIDES[True] else []),
    "its communes": button(6, "Chiffrer ses communes"),
    "choose the communes": Gesture(9, _whose, _choose_communes),
    "what each asks": one_of(9, lambda seen: [each for each in seen.asked if each != seen.asks], _ask),
    "paste a list": one_of(16, lambda seen: list(LISTS) if seen.pastes else [], _paste),
    "leave out by name": Gesture(6, _without, _leave_out),
    "bring back by name": one_of(4, _left_out, _bring_back),
    "bring all back": one_of(
        1,
        lambda seen: ["sauf"] if seen.without else [],
        lambda page, key: page.page.locator(f".st-key-{key} [aria-label='Tout effacer']").click(),
    ),
    "untick a commune": one_of(
        8,
        lambda seen: [row.code for row in _rows(seen) if not row.out],
        lambda page, code: _row(page, code, ".counts").click(),
    ),
    "tick a commune": one_of(
        8,
        lambda seen: [row.code for row in _rows(seen) if row.out],
        lambda page, code: _row(page, code, ".counts").click(),
    ),
    "fill in": Gesture(16, _filled_in, _fill_in),
    "type in the table": Gesture(8, _typed_in, _fill_in),
    "fill in rubbish": Gesture(4, _refused, _fill_in),
    "tick in the table": Gesture(5, _ticked, lambda page, field: _cell(page, field).click()),
    "restore": one_of(
        6,
        lambda seen: [row.code for row in _rows(seen) if row.apart and seen.columns],
        lambda page, code: _row(page, code, ".back").click(),
    ),
    "restore all": button(2, "Tout remettre comme les autres"),
    "open a commune": one_of(
        6,
        lambda seen: [] if seen.presented else [row.code for row in _rows(seen) if not row.out],
        lambda page, code: _row(page, code, "a").click(),
    ),
    "sort": one_of(3, lambda seen: [*seen.columns], _sort),
    "search": one_of(4, lambda seen: list(SEARCHED) if seen.columns else [], _search),
    "add a column": one_of(3, lambda seen: seen.added, _add),
}
"""Gestures by their names."""
