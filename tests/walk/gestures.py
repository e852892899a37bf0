"""Every gesture of a walker: its frequency, where it is offered, with which arguments, and its action.

A gesture and its arguments are plain values, so that a walk can be printed and walked again.
"""

import re
from collections.abc import Mapping
from random import Random
from urllib.parse import urlencode

from pricing.grammar import VIEWS
from pricing.simulation import MAX_SCENARIOS
from tests.browser.screen import EXAMPLE, KEPT, SHARE, boxes
from tests.links import KINDS
from tests.walk import group_gestures
from tests.walk.gesture import Arguments, Gesture, button, one_of, pressing
from tests.walk.handing_over import handed_over
from tests.walk.page import Page, Seen
from views.keys import KIND_OF, PAID_TODAY, SEVERAL_LABEL

NUMBERS = {
    "inhabitants": (320, 1_000, 1_001, 1_478, 2_001, 50_001),
    "agents": (0, 1, 5, 6, 11, 101),
    PAID_TODAY: (0, 1, 840, 12_000),
}
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
MONTHS = ("", "janvier", "mars", "septembre", "décembre")
SIZES = ((1_440, 900), (1_440, 900), (390, 844), (1_280, 720))
BY_NUMBER = {verb: [f"{verb} {rank}" for rank in range(1, MAX_SCENARIOS + 1)] for verb in ("Reprendre", "Retirer")}
"""Buttons of the scenarios in presentation mode."""
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
    "Chercher la commune",
    "Revenir au départ",
    "Les garder",
    "Le garder",
    "Fermer",
    "Chiffrer ses communes",
    "Tout remettre comme les autres",
    *BY_NUMBER["Reprendre"],
    *BY_NUMBER["Retirer"],
)
"""Buttons that count once when they are clicked twice."""
DELAYS = (0, 100, 200, 350)
"""Milliseconds between the two clicks of a double one."""
SCENARIOS = (
    KEPT[1],
    "insee-62194_hab-5452_ag-30_5go-9_dom-1~Calonne",
    "epci_dom-3~Été & Cie",
)


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
    return one_of(
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


# The circumstances

PRECISE = "Préciser : déjà en place, coût actuel, mois de départ"


def _month(seen: Seen, rng: Random) -> Arguments | None:
    return None if seen.month is None else [rng.choice([each for each in MONTHS if each != seen.month])]


def _choose_month(page: Page, month: str) -> None:
    place = page.page.locator(".st-key-mois-de-depart")
    if month:
        place.locator("input").click()
        page.page.get_by_role("option", name=month, exact=True).click()
    else:
        place.locator("[aria-label='Effacer la valeur']").click()


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
    if not page.look().presented:
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
    drawn = pressing(*ONCE, *_adopted(seen))(seen, rng)
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
    """Draw a link that somebody sent: a few parameters left out, some scenarios, of any body, in any view."""
    if rng.random() < 0.2:
        return [rng.choice(group_gestures.LINKS)]
    told = [(name, value) for name, value in EXAMPLE.items() if rng.random() < 0.8]
    told += [("scenario", each) for each in SCENARIOS if rng.random() < 0.4]
    body = [("type", rng.choice(["epci", "autre"])), ("nom", "CCAS de Ruitz")]
    commune = [("commune", rng.choice(list(TOWNS.values())))]
    view = [("vue", rng.choice([*VIEWS]))] if rng.random() < 0.3 else []
    return [urlencode([*rng.choice([[], body, commune, commune]), *told, *view])]


GESTURES: Mapping[str, Gesture] = {
    "type, Enter": Gesture(14, _number, lambda page, key, text: _type(page, key, text, "Enter")),
    "type, Tab": Gesture(8, _number, lambda page, key, text: _type(page, key, text, "Tab")),
    "type": Gesture(8, _number, _type),
    "empty": one_of(3, _fields, lambda page, key: page.type(key, "")),
    "rubbish": Gesture(5, _rubbish, _type),
    "plus": _stepping(7, "Augmenter"),
    "minus": _stepping(5, "Diminuer"),
    "tick": one_of(6, lambda seen: [key for key in seen.ticks if key in seen.reached], Page.tick),
    "kind": Gesture(10, _kind, _choose_kind),
    "choose a commune": one_of(14, lambda seen: [] if seen.searched is None else list(TOWNS), _choose),
    "change commune": button(6, "Changer de commune", "Chercher la commune par son nom", "Chercher la commune"),
    "leave the commune": one_of(
        4,
        lambda seen: ["commune"] if seen.searched else [],
        lambda page, key: page.page.locator(f".st-key-{key} [aria-label='Effacer la valeur']").first.click(),
    ),
    "structure": one_of(4, lambda seen: [each for each in seen.structures if each != seen.structure]),
    "name the body": Gesture(5, _body, lambda page, *call: _write_in(page, ".st-key-client_name input", *call)),
    "proposal": button(5, "Proposition pour cette taille", "Remplacer par la proposition"),
    "clear": button(2, "Tout remettre à zéro"),
    "example": button(10, "Partir de cet exemple"),
    "section": one_of(12, lambda seen: seen.sections),
    "adopt": one_of(10, _adopted),
    "keep": one_of(14, lambda seen: list(NAMES) if seen.named("Garder") else [], _keep),
    "rename": Gesture(
        6, _renamed, lambda page, rank, name: _write_in(page, "input[aria-label^='Scénario ']", name, "Enter", rank)
    ),
    "take back": button(5, "Reprendre", *BY_NUMBER["Reprendre"]),
    "remove": button(4, "Retirer", *BY_NUMBER["Retirer"]),
    "present": button(8, "Présenter"),
    "chart": one_of(10, lambda seen: seen.charts),
    "start from here": button(5, "Repartir d'ici"),
    "back to the start": button(3, "Revenir au départ"),
    "leave": button(7, "Quitter"),
    "undo": button(8, "Annuler"),
    "keep again": button(3, "Le garder", "Les garder"),
    "dismiss": button(1, "Fermer"),
    "be precise": one_of(2, lambda seen: [each for each in seen.folds if each == PRECISE]),
    "month": Gesture(5, _month, _choose_month),
    "fold": one_of(3, lambda seen: seen.folds),
    "hand over": Gesture(3, lambda seen, _: [] if SHARE in seen.sections else None, handed_over),
    "code": one_of(
        1, lambda seen: [each for each in ("Afficher le QR code", "Agrandir le code") if seen.named(each)], _look_closer
    ),
    "back": Gesture(4, lambda seen, _: [-1] if seen.back else None, _back),
    "forward": Gesture(4, lambda seen, _: [1] if seen.forward else None, _back),
    "reload": Gesture(2, lambda *_: [], _reload),
    "resize": Gesture(2, lambda _, rng: list(rng.choice(SIZES)), Page.resize),
    "double": Gesture(5, _doubled, _double),
    "link": Gesture(4, _link, Page.open),
    **group_gestures.GESTURES,
}
"""Gestures by their names."""
KEEPING = (
    *("tick", "change commune", "name the body", "section", "keep", "rename", "remove", "present", "chart"),
    *("start from here", "leave", "fold", "code", "be precise", "month"),
    *("tick a commune", "untick a commune", "tick in the table", "sort", "search", "add a column"),
)
"""Gestures that leave unchanged a number that was typed just before them."""

TYPING = (
    *("type, Enter", "type, Tab", "type", "empty", "rubbish", "plus", "minus"),
    *("fill in", "fill in rubbish", "type in the table"),
)
"""Gestures in one field, which leave the number in another one unchanged."""
UNSENT = ("type", "type in the table")
"""Gestures that leave unsent what was typed."""
IN_PLACE = (
    *(*TYPING, "tick", "kind", "choose a commune", "leave the commune", "change commune", "structure", "name the body"),
    *("leave out by name", "bring back by name", "bring all back", "tick a commune", "untick a commune"),
    *("tick in the table", "restore", "restore all", "sort", "search", "add a column", "keep again", "dismiss"),
    *("proposal", "clear", "example", "section", "adopt", "keep", "rename", "take back", "remove", "chart", "undo"),
)
"""Gestures that leave every field on the page in place: otherwise what is being typed in one would be lost."""


def choose(seen: Seen, rng: Random) -> tuple[str, Arguments]:
    """Choose one of the gestures offered, with its arguments."""
    offered = {name: drawn for name, each in GESTURES.items() if (drawn := each.draw(seen, rng)) is not None}
    name = rng.choices(list(offered), [GESTURES[each].weight for each in offered])[0]
    return name, offered[name]
