"""Every gesture of a walker: its frequency, where it is offered, with which arguments, and its action.

A gesture and its arguments are plain values, so that a walk can be printed and walked again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from tests.browser.screen import EXAMPLE, KEPT, SHARE, boxes
from tests.links import KINDS
from tests.walk.checks import handed_over
from tests.walk.page import Page, Seen
from views.keys import KIND_OF, SEVERAL_LABEL

Arguments = list[Any]

NUMBERS = {"inhabitants": (320, 1_000, 1_001, 1_478, 2_001, 50_001), "agents": (0, 1, 5, 6, 11, 101)}
QUANTITIES = (0, 1, 1, 2, 3, 4, 7, 12, 21, 100, 101)
RUBBISH = ("4,5", "4/5", "4.5", "-3", "12abc", "abc", "4e5", "99999999", "1 2", "+")
NAMES = ("Sans sauvegarde", "L'été & Cie", "=1+1", "A", "")
BODIES = ("CCAS de Ruitz", "Les Sept Vallées", "")
TOWNS = {
    "Ruitz": "62727",
    "Tincques": "62820",
    "Houchin": "62456",
    "Calonne-Ricouart": "62194",
    "Avesnes-le-Comte": "62063",
    "Boulogne-sur-Mer": "62160",
}
"""Communes whose names no other name contains."""
SIZES = ((1_440, 900), (1_440, 900), (390, 844), (1_280, 720))
ONCE = (
    "Présenter",
    "Quitter",
    "Repartir d'ici",
    "Proposition pour cette taille",
    "Remplacer par la proposition",
    "Tout remettre à zéro",
    "Partir de cet exemple",
    "Garder",
    "Reprendre",
    "Retirer",
    "Annuler",
    "Changer de commune",
    "Chercher la commune par son nom",
)
"""Buttons that count once when they are clicked twice."""
DELAYS = (0, 100, 200, 350)
"""Milliseconds between the two clicks of a double one."""
SCENARIOS = (
    KEPT[1],
    "insee-62194_hab-5452_ag-30_5go-9_dom-1~Calonne",
    "epci_dom-3~Été & Cie",
)


@dataclass(frozen=True)
class Gesture:
    """Gesture that a visitor can make."""

    weight: int
    """Frequency with which it is chosen among those offered."""
    draw: Callable[[Seen, Random], Arguments | None]
    """Function that draws its arguments from the page seen; None where it is not offered."""
    do: Callable[..., list[str] | None]
    """Function that makes it on a page with these arguments; it may return violations."""


def _pressing(*names: str) -> Callable[[Seen, Random], Arguments | None]:
    """Draw one of the buttons of these names, and its rank among those of its name."""

    def draw(seen: Seen, rng: Random) -> Arguments | None:
        offered = [[name, rank] for name in names for rank in range(seen.named(name))]
        return rng.choice(offered) if offered else None

    return draw


def _button(weight: int, *names: str) -> Gesture:
    return Gesture(weight, _pressing(*names), Page.press)


def _one_of(weight: int, of: Callable[[Seen], list[str]], do: Callable[..., list[str] | None] = Page.press) -> Gesture:
    return Gesture(weight, lambda seen, rng: [rng.choice(offered)] if (offered := of(seen)) else None, do)


def _adopted(seen: Seen) -> list[str]:
    return [name for name, key in seen.buttons if key.startswith("choix")]


# Numbers


def _fields(seen: Seen) -> list[str]:
    return [key for key in seen.fields if key in seen.reached]


def _number(seen: Seen, rng: Random) -> Arguments | None:
    if not (offered := _fields(seen)):
        return None
    key = rng.choice(offered)
    return [key, str(rng.choice(NUMBERS.get(key, QUANTITIES)))]


def _rubbish(seen: Seen, rng: Random) -> Arguments | None:
    offered = _fields(seen)
    return [rng.choice(offered), rng.choice(RUBBISH), rng.choice(["Enter", "Tab"])] if offered else None


def _stepping(weight: int, name: str) -> Gesture:
    return _one_of(
        weight,
        lambda seen: [key for each, key in seen.buttons if each == name and key in _fields(seen)],
        lambda page, key: page.page.locator(f".st-key-{key} button[aria-label='{name}']").first.click(),
    )


def _type(page: Page, key: str, text: str, then: str = "") -> None:
    field = page.number(key).first
    field.click()
    field.press("Control+a")
    page.page.keyboard.type(text)
    if then:
        page.page.keyboard.press(then)


def _kind(seen: Seen, rng: Random) -> Arguments | None:
    """Draw one of the kinds of items that stand for one another, or several of them."""
    if not seen.kinds:
        return None
    key = rng.choice(list(seen.kinds))
    offered = [words for service, words in KINDS.values() if key == f"{KIND_OF}{service}"]
    return [key, rng.choice([*offered, SEVERAL_LABEL, SEVERAL_LABEL])]


def _choose_kind(page: Page, key: str, words: str) -> None:
    page.page.locator(f".st-key-{key}").get_by_text(words, exact=True).click()


# The collectivité and the scenarios


def _choose(page: Page, name: str) -> None:
    field = page.page.locator(".st-key-commune input").first
    field.click()
    field.fill(name)
    page.page.get_by_role("option").filter(has_text=re.compile(rf"^{name}\b")).first.click()


def _write_in(page: Page, selector: str, name: str, then: str, rank: int = 0) -> None:
    field = page.page.locator(selector).nth(rank)
    field.fill(name)
    field.press(then)


def _body(seen: Seen, rng: Random) -> Arguments | None:
    return None if seen.name is None else [rng.choice(BODIES), rng.choice(["Enter", "Tab"])]


def _keep(page: Page, name: str) -> None:
    page.page.get_by_role("textbox", name="Nom du scénario").fill(name)
    page.press("Garder")


def _renamed(seen: Seen, rng: Random) -> Arguments | None:
    return [rng.randrange(len(seen.scenarios)), rng.choice(NAMES)] if seen.scenarios else None


# The browser


def _back(page: Page, by: int) -> None:
    page.page.evaluate("by => { window.left = navigation.currentEntry.key; history.go(by); }", by)
    page.page.wait_for_function("() => navigation.currentEntry.key !== window.left")


def _reload(page: Page) -> None:
    page.page.reload()


def _doubled(seen: Seen, rng: Random) -> Arguments | None:
    drawn = _pressing(*ONCE, *_adopted(seen))(seen, rng)
    return [*drawn, rng.choice(DELAYS)] if drawn else None


def _double(page: Page, name: str, rank: int, delay: int) -> None:
    found = page.find(name, rank)
    found.evaluate("each => each.scrollIntoView({ block: 'center' })")
    (box,) = boxes(found)
    place = box["left"] + box["width"] / 2, box["top"] + box["height"] / 2
    page.page.mouse.click(*place)
    page.page.wait_for_timeout(delay)  # the pace of a hand, not a wait
    page.page.mouse.click(*place)


def _look_closer(page: Page, name: str) -> None:
    page.press(name)
    page.page.get_by_role("dialog").get_by_role("img").wait_for()
    # After a delayed click the dialog takes the focus half a second later.
    page.page.wait_for_function("() => document.querySelector('[role=dialog]').contains(document.activeElement)")
    page.page.keyboard.press("Escape")
    page.page.get_by_role("dialog").wait_for(state="hidden")


# Links


def _link(_: Seen, rng: Random) -> Arguments:
    """Draw a link that somebody sent: a few parameters left out, some scenarios, of any body, in either view."""
    told = [(name, value) for name, value in EXAMPLE.items() if rng.random() < 0.8]
    told += [("scenario", each) for each in SCENARIOS if rng.random() < 0.4]
    body = [("type", rng.choice(["epci", "autre"])), ("nom", "CCAS de Ruitz")]
    commune = [("commune", rng.choice(list(TOWNS.values())))]
    view = [("vue", "presentation")] if rng.random() < 0.2 else []
    return [urlencode([*rng.choice([[], body, commune, commune]), *told, *view])]


GESTURES: Mapping[str, Gesture] = {
    "type, Enter": Gesture(14, _number, lambda page, key, text: _type(page, key, text, "Enter")),
    "type, Tab": Gesture(8, _number, lambda page, key, text: _type(page, key, text, "Tab")),
    "type": Gesture(8, _number, _type),
    "empty": _one_of(3, _fields, lambda page, key: page.type(key, "")),
    "rubbish": Gesture(5, _rubbish, _type),
    "plus": _stepping(7, "Augmenter"),
    "minus": _stepping(5, "Diminuer"),
    "tick": _one_of(6, lambda seen: [key for key in seen.ticks if key in seen.reached], Page.tick),
    "kind": Gesture(10, _kind, _choose_kind),
    "choose a commune": _one_of(14, lambda seen: [] if seen.searched is None else list(TOWNS), _choose),
    "change commune": _button(6, "Changer de commune", "Chercher la commune par son nom"),
    "leave the commune": _one_of(
        4,
        lambda seen: ["commune"] if seen.searched else [],
        lambda page, key: page.page.locator(f".st-key-{key} [aria-label='Effacer la valeur']").first.click(),
    ),
    "structure": _one_of(4, lambda seen: [each for each in seen.structures if each != seen.structure]),
    "name the body": Gesture(5, _body, lambda page, *call: _write_in(page, ".st-key-client_name input", *call)),
    "proposal": _button(5, "Proposition pour cette taille", "Remplacer par la proposition"),
    "clear": _button(2, "Tout remettre à zéro"),
    "example": _button(10, "Partir de cet exemple"),
    "section": _one_of(12, lambda seen: seen.sections),
    "adopt": _one_of(10, _adopted),
    "keep": _one_of(14, lambda seen: list(NAMES) if seen.named("Garder") else [], _keep),
    "rename": Gesture(
        6, _renamed, lambda page, rank, name: _write_in(page, "input[aria-label^='Scénario ']", name, "Enter", rank)
    ),
    "take back": _button(5, "Reprendre"),
    "remove": _button(4, "Retirer"),
    "present": _button(8, "Présenter"),
    "chart": _one_of(10, lambda seen: seen.charts),
    "start from here": _button(5, "Repartir d'ici"),
    "leave": _button(7, "Quitter"),
    "undo": _button(8, "Annuler"),
    "fold": _one_of(3, lambda seen: seen.folds),
    "hand over": Gesture(3, lambda seen, _: [] if SHARE in seen.sections else None, handed_over),
    "code": _one_of(
        1, lambda seen: [each for each in ("Afficher le QR code", "Agrandir le code") if seen.named(each)], _look_closer
    ),
    "back": Gesture(4, lambda seen, _: [-1] if seen.back else None, _back),
    "forward": Gesture(4, lambda seen, _: [1] if seen.forward else None, _back),
    "reload": Gesture(2, lambda *_: [], _reload),
    "resize": Gesture(2, lambda _, rng: list(rng.choice(SIZES)), Page.resize),
    "double": Gesture(5, _doubled, _double),
    "link": Gesture(4, _link, Page.open),
}
"""Gestures by their names."""
KEEPING = (
    *("tick", "change commune", "name the body", "section", "keep", "rename", "remove", "present", "chart"),
    *("start from here", "leave", "fold", "code"),
)
"""Gestures that leave unchanged a number that was typed just before them."""


TYPING = ("type, Enter", "type, Tab", "type", "empty", "rubbish", "plus", "minus")
"""Gestures in one field, which leave the number in another one unchanged."""
IN_PLACE = (
    *(*TYPING, "tick", "kind", "choose a commune", "leave the commune", "change commune", "structure", "name the body"),
    *("proposal", "clear", "example", "section", "adopt", "keep", "rename", "take back", "remove", "chart", "undo"),
)
"""Gestures that leave every field on the page in place: otherwise what is being typed in one would be lost."""


def choose(seen: Seen, rng: Random) -> tuple[str, Arguments]:
    """Choose one of the gestures offered, with its arguments."""
    offered = {name: drawn for name, each in GESTURES.items() if (drawn := each.draw(seen, rng)) is not None}
    name = rng.choices(list(offered), [GESTURES[each].weight for each in offered])[0]
    return name, offered[name]
