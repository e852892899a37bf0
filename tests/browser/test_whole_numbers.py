"""A text that is no whole number is refused with a message, never read as another number; hints cover no field."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, Screen, boxes

from pricing.money import number
from pricing.order import MAX_INHABITANTS, MAX_QUANTITY

WHOLE = "Un nombre entier, en chiffres seulement : vérifiez ce nombre."
TAKEN_BACK = "{} est refusé, le nombre d'avant est gardé. Il faut un nombre entier, de 0 à {}."
REFUSED = "Nombre refusé : les montants affichés ne le comptent pas. Il faut un nombre entier, de 0 à {}."
NO_NUMBER = [
    *("4,5", "4.5", "4e5", "4+5", "4,", "-45", ",45", "1.250", "4/5", "4 ou 5", "4l5", "4 p 5", "4–5", "abc"),
]
READ = {
    **dict.fromkeys(["1 250", "1\u202f250", "1’250", "1 250 comptes", "1250 €", "1250 mess."], ("1250", "")),
    **dict.fromkeys(["06", "6 Go", "6 compte"], ("6", "")),
}
TYPED = {**dict.fromkeys(NO_NUMBER, ("", WHOLE)), **READ}
"""Number that is taken of each text, and the message; of a text that is no whole number, nothing is taken."""
PASTED = {
    **dict.fromkeys(["4,5", "-45", "4e5", "4 ou 5", "12 34", "1\n250", "4 5", "2 M"], ("", WHOLE)),
    **dict.fromkeys(["45", "45\n", "\u200b45"], ("45", "")),
    **READ,
    "12 ordinateurs": ("", WHOLE),
}
ON = ("Enter", "Tab", "Control+a", "End", "Shift+Home")
"""Keys after which a visitor who was refused types another number."""
HINT = "[data-testid=stNumberInput] [data-testid=InputInstructions]"
COVERED = """hint => {
  const own = hint.getBoundingClientRect();
  const meets = (box) =>
    box.left < own.right && own.left < box.right && box.top < own.bottom && own.top < box.bottom;
  return [...document.querySelectorAll("[data-testid=stNumberInputContainer], input, button, label")]
    .filter((each) => each.checkVisibility() && meets(each.getBoundingClientRect()))
    .map((each) => each.outerHTML.slice(0, 200));
}"""


def emptied(screen: Screen, key: str) -> Locator:
    """Return a number's field, emptied and focused, without leaving it: that would ask the page for an answer."""
    field = screen.number(key)
    for pressed in ("Control+a", "4", "Backspace"):
        field.press(pressed)
    assert shown(field) == ("", "")
    return field


def shown(field: Locator) -> tuple[str, str]:
    """Return a number and the message under it: on what was typed, or by the style sheet on the number itself."""
    return tuple(
        field.evaluate(
            """each => {
              const around = each.closest("[data-testid=stNumberInput]");
              const words = around.querySelector("[role=alert].refused");
              if (words?.checkVisibility()) return [each.value, words.textContent];
              const content = getComputedStyle(around, "::after").content;
              return [each.value, content === "none" ? "" : content.slice(1, -1)];
            }"""
        )
    )


def told(field: Locator) -> str:
    """Return the message under a number's field."""
    return shown(field)[1]


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_a_number_is_read_as_written_in_french_and_anything_else_is_refused_with_what_follows(
    screen: Screen, another_screen: Callable[..., Screen], locale: str
) -> None:
    screen = screen if locale == "en-US" else another_screen(locale=locale)
    screen.open(EXAMPLE)
    screen.several("mailbox")  # « Go » is in the name of one kind
    for typed, expected in TYPED.items():
        field = emptied(screen, "mailboxes_5go")
        screen.page.keyboard.type(typed)
        assert shown(field) == expected, typed
    field = emptied(screen, "mailboxes_5go")
    screen.page.keyboard.type("12")
    field.press("Enter")  # which selects the number: the next one replaces it
    screen.page.keyboard.type("1.250")
    assert shown(field) == ("12", WHOLE)
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.type("7")
    assert shown(field) == ("7", "")


def test_a_pasted_text_is_accepted_whole_or_refused_and_grouped_digits_are_accepted(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.several("mailbox")
    for pasted, expected in PASTED.items():
        screen.page.evaluate("words => navigator.clipboard.writeText(words)", pasted)
        field = emptied(screen, "mailboxes_5go")
        field.press("Control+v")
        assert shown(field) == expected, pasted
    field = screen.number("inhabitants")
    field.press("Control+a")
    screen.page.keyboard.type("1 478 hab.")
    assert shown(field) == ("1478", "")
    field = emptied(screen, "mailboxes_5go")
    screen.page.keyboard.type("2 M")
    field.press("Tab")
    expect(field).to_have_value("0")
    assert told(field) == WHOLE
    field = screen.number("agents")
    field.focus()
    screen.page.keyboard.type("5 6")
    field.press("Enter")
    expect(field).to_have_value("6")
    assert told(field) == WHOLE


def test_a_field_left_before_and_sent_again_changes_nothing_of_what_is_typed_into_another(screen: Screen) -> None:
    screen.open(EXAMPLE)
    left, field = screen.number("mailboxes_5go"), screen.number("inhabitants")
    for typed, following, expected in (
        ("", "1 478 hab.", ("1478", "")),
        ("1 4", "78 hab.", ("1478", "")),
        ("99", "99999999", ("1250", TAKEN_BACK.format(number(9_999_999_999), number(MAX_INHABITANTS)))),
    ):
        field.press("Control+a")
        screen.page.keyboard.type(typed)
        left.dispatch_event("focusout")
        screen.page.keyboard.type(following)
        if following.isdecimal():
            field.press("Tab")
        assert shown(field) == expected, typed
        screen.number("inhabitants").press("Control+a")
        screen.page.keyboard.type("1250")
        field.press("Tab")


def test_after_a_refusal_a_number_is_accepted_at_once(screen: Screen) -> None:
    screen.open(EXAMPLE)
    field, before = screen.number("inhabitants"), "1250"
    for taken, key in enumerate(ON, 1_478):
        screen.page.locator("h1").click()
        field.click()
        screen.page.keyboard.type("1 300,5")
        assert shown(field) == (before, WHOLE), key
        field.press(key)
        if key == "Tab":
            field.focus()
        field.select_text()
        before = str(taken)
        screen.page.keyboard.type(before)
        assert shown(field) == (before, ""), key
        field.press("Enter")
        screen.expect_parameter("habitants", before)
        screen.settle()
    # Its cross empties it, too.
    field.click()
    screen.page.keyboard.type("1 250,5")
    field.press("Enter")
    screen.page.locator(".st-key-inhabitants").get_by_role("button", name="Effacer la valeur").click()
    expect(field).to_have_value("")
    assert told(field) == ""
    screen.page.keyboard.type("1478")
    expect(field).to_have_value("1478")


def test_a_click_selects_a_number_another_places_the_caret_and_the_wheel_scrolls_the_page(screen: Screen) -> None:
    screen.open(EXAMPLE)
    field = screen.number("mailboxes_5go")
    field.hover()
    for taken_up in (False, True):
        if taken_up:
            field.click()
        before = boxes(field)[0]["top"]
        screen.page.mouse.wheel(0, 200)
        assert not screen.at_last(lambda before=before: boxes(field)[0]["top"] > before - 100)
        expect(field).to_have_value("4")
        screen.page.mouse.wheel(0, -1_000)
        screen.page.locator("h1").click()
        field.hover()
    field.click()
    screen.page.keyboard.type("7")
    expect(field).to_have_value("7")
    field.click()
    screen.page.keyboard.press("End")
    screen.page.keyboard.type("1")
    expect(field).to_have_value("71")


def test_the_number_to_check_is_named_until_it_is_changed(screen: Screen) -> None:
    screen.open(EXAMPLE)
    agents = emptied(screen, "agents")
    screen.page.keyboard.type("45")
    agents.press("Enter")
    expect(screen.category).to_contain_text("45 agents, entre 41 et")
    screen.page.keyboard.type("46,5")
    assert told(agents) == WHOLE
    other = screen.number("mailboxes_5go")
    other.focus()
    assert told(agents) == WHOLE
    assert told(other) == ""
    agents.focus()
    expect(agents).to_have_value("45")
    assert told(agents) == WHOLE
    agents.press("End")
    agents.press("6")
    expect(agents).to_have_value("456")
    assert told(agents) == ""
    for change in ("Backspace", "ArrowUp"):
        screen.page.keyboard.type(",5")
        assert told(agents) == WHOLE
        agents.press(change)
        assert told(agents) == "", change
    screen.page.keyboard.type(",")
    screen.page.locator(".st-key-agents button").last.click()
    assert told(agents) == ""


def test_a_number_out_of_bounds_is_reported_and_the_one_before_it_comes_back(screen: Screen) -> None:
    fields = {"inhabitants": MAX_INHABITANTS, "mailboxes_5go": MAX_QUANTITY}
    screen.open(EXAMPLE)
    # Each field is left in each way with its first number, another and none; so is the number that each field held.
    for column, (key, most) in enumerate(fields.items()):
        field = screen.number(key)
        for row, before in enumerate((field.input_value(), "7", "")):
            left = ("Enter", "Tab", "ArrowDown")[(row + column) % 3]
            if row:
                screen.type(key, before)
                screen.settle()
            held = field.input_value()
            field.fill("")
            screen.page.keyboard.type(str(most + 1))
            expect(screen.page.locator(HINT).filter(has_text=re.compile("."))).to_be_hidden()
            assert told(field) == REFUSED.format(number(most))
            field.press(left)
            expect(field).to_have_value(held)
            screen.settle()
            assert told(field) == TAKEN_BACK.format(number(most + 1), number(most))


@pytest.mark.parametrize("gesture", ["exemple", "proposition", "Ablain-Saint-Nazaire", "Back"])
def test_no_number_out_of_bounds_stays_in_a_field_that_receives_another(screen: Screen, gesture: str) -> None:
    screen.open({"habitants": "300"} if gesture in ("proposition", "Back") else "")
    if gesture == "Back":
        screen.type("inhabitants", 1_250)
        screen.settle()
    inhabitants = screen.number("inhabitants")
    inhabitants.fill("99999999")
    if gesture == "Back":
        screen.page.go_back()
    elif gesture.islower():
        screen.pressable(gesture).click()
    else:
        inhabitants.press("Tab")
        search = screen.page.get_by_role("combobox", name="Commune")
        search.fill(gesture)
        search.press("Enter")
        expect(screen.page.locator(".chosen strong")).to_have_text(gesture)
    screen.settle()
    expect(inhabitants).to_have_value({"exemple": "1250", "proposition": "300", "Back": "300"}.get(gesture, "1994"))


def test_a_number_out_of_bounds_gives_way_to_the_last_one_accepted(screen: Screen) -> None:
    screen.open(EXAMPLE)
    agents = screen.number("agents")
    screen.type("agents", 9)
    agents.press("ArrowUp")
    screen.page.keyboard.type("999999999")
    agents.press("Tab")
    expect(agents).to_have_value("10")
    screen.settle()
    agents.fill("11")
    agents.fill("999999999")  # 11 was typed and never accepted
    agents.press("Tab")
    expect(agents).to_have_value("10")
    screen.expect_parameter("agents", "10")


@pytest.mark.parametrize(
    ("view", "count"),
    [({}, 9), ({"messagerie-illimitee": "1", "cles-cdg-1an": "1"}, 15), ({"vue": "presentation"}, 6)],
    ids=["page", "several kinds", "presentation"],
)
def test_the_hint_of_a_number_covers_no_field_and_a_phone_shows_its_keypad(
    screen: Screen, view: dict[str, str], count: int
) -> None:
    screen.open({**EXAMPLE, **view})
    fields = screen.page.locator("input[type=number]:visible")
    hint = screen.page.locator(HINT).filter(has_text=re.compile("."))
    for width in (1440, 390):
        screen.resize(width, 900)
        expect(fields).to_have_count(count)
        for field in fields.all():
            before = field.input_value()
            field.fill("77")
            expect(hint).to_have_text("Entrée pour valider")
            assert hint.evaluate(COVERED) == [], (width, field)
            field.fill(before)  # so that leaving the field asks the page for nothing
    given = fields.evaluate_all(
        "all => all.map((each) => [each.inputMode, parseFloat(getComputedStyle(each).fontSize)])"
    )
    # A browser zooms the page in on smaller digits.
    assert all(mode == "numeric" and size >= 16 for mode, size in given), given
