"""A text that is no whole number is refused with a message, never read as another number; hints cover no field."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, Screen

from pricing.money import number
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY

WHOLE = "Un nombre entier, en chiffres seulement : vérifiez ce nombre."
TAKEN_BACK = "{} est refusé, le nombre d'avant est gardé. Il faut un nombre entier, de 0 à {}."
REFUSED = "Nombre refusé : les montants affichés ne le comptent pas. Il faut un nombre entier, de 0 à {}."
TYPED = [
    *("4,5", "4.5", "4e5", "4E5", "4+5", "4-5", "4,5,6", "4,", "-45", "+45", ",45", "45,6", "1.250", "12e3"),
    *("4/5", "4 ou 5", "4x5", "4;5", "4 (dt 5)", "4l5", "4 à 5", "4 p 5", "4–5", "abc", "n5"),
]
"""Texts that are no whole number: nothing of them is taken."""
READ = {
    **dict.fromkeys(
        ["1 250", "1\u202f250", "1\u00a0250", "1'250", "1’250", "1 250 hab.", "1250 habitants", "1250 €"], "1250"
    ),
    **dict.fromkeys(["06", "6 agents", "6 Go", "6 postes"], "6"),
}
PASTED = {
    **dict.fromkeys(
        ["4,5", "4.5", "-45", "4e5", "4/5", "4 ou 5", "12 34", "1\n250", "4 5", "douze", "2 M"], ("", WHOLE)
    ),
    **{pasted: (number, "") for pasted, number in READ.items()},
    **dict.fromkeys(["45", "45\n", "\u200b45"], ("45", "")),
}
ON = ("Enter", "Tab", "Control+a", "End", "ArrowLeft", "Home", "Shift+Home")
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
    """Return a number's field, emptied and focused, whatever was typed into it before."""
    field = screen.number(key)
    field.fill("4")  # the example's own number, so that the page is not asked for another answer each time
    field.blur()
    field.fill("")
    return field


def told(field: Locator) -> str:
    """Return the message under a number's field: on what was typed, or by the style sheet on the number itself."""
    return field.evaluate(
        """each => {
          const around = each.closest("[data-testid=stNumberInput]");
          const words = around.querySelector("[role=alert].refused");
          if (words?.checkVisibility()) return words.textContent;
          const content = getComputedStyle(around, "::after").content;
          return content === "none" ? "" : content.slice(1, -1);
        }"""
    )


def paste(screen: Screen, words: str) -> None:
    """Put a text on the clipboard, as a visitor does who copies it elsewhere on the page."""
    screen.page.evaluate(
        """words => {
          const area = document.body.appendChild(document.createElement("textarea"));
          area.value = words;
          area.select();
          document.execCommand("copy");
          area.remove();
        }""",
        words,
    )


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_a_character_that_is_no_digit_is_refused_with_what_follows_and_the_number_must_be_checked(
    screen: Screen, another_screen: Callable[..., Screen], locale: str
) -> None:
    screen = screen if locale == "en-US" else another_screen(locale=locale)
    screen.open(EXAMPLE)
    for typed in TYPED:
        field = emptied(screen, "mailboxes_5go")
        assert told(field) == "", typed
        screen.page.keyboard.type(typed)
        assert (field.input_value(), told(field)) == ("", WHOLE), typed
    field = emptied(screen, "mailboxes_5go")
    screen.page.keyboard.type("12")
    field.press("Enter")  # which selects the number: the next one replaces it
    screen.page.keyboard.type("1.250")
    assert (field.input_value(), told(field)) == ("12", WHOLE)
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.type("7")
    assert (field.input_value(), told(field)) == ("7", "")


def test_a_number_is_read_as_written_in_french_and_a_pasted_text_is_accepted_whole_or_refused(
    screen: Screen,
) -> None:
    screen.open(EXAMPLE)
    for typed, kept in READ.items():
        field = emptied(screen, "mailboxes_5go")
        screen.page.keyboard.type(typed)
        assert (field.input_value(), told(field)) == (kept, ""), typed
    for pasted, expected in PASTED.items():
        paste(screen, pasted)
        field = emptied(screen, "mailboxes_5go")
        assert told(field) == "", pasted
        field.press("Control+v")
        assert (field.input_value(), told(field)) == expected, pasted
    # Grouped digits are accepted.
    field = screen.number("agents")
    field.focus()
    screen.page.keyboard.type("5 6")
    field.press("Enter")
    expect(field).to_have_value("6")
    assert told(field) == WHOLE


def test_after_a_refusal_a_number_is_accepted_at_once(screen: Screen) -> None:
    screen.open(EXAMPLE)
    field, before = screen.number("inhabitants"), "1250"
    for taken, key in enumerate(ON, 1_478):
        screen.page.locator("h1").click()
        field.click()
        screen.page.keyboard.type("1 300,5")
        assert (field.input_value(), told(field)) == (before, WHOLE), key
        field.press(key)
        if key == "Tab":
            field.focus()
        field.select_text()
        before = str(taken)
        screen.page.keyboard.type(before)
        assert (field.input_value(), told(field)) == (before, ""), key
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
        before = field.bounding_box()
        assert before
        screen.page.mouse.wheel(0, 200)
        screen.page.wait_for_function(
            "([top]) => document.querySelector('.st-key-mailboxes_5go input').getBoundingClientRect().top < top - 100",
            arg=[before["y"]],
        )
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


def test_a_phone_shows_its_keypad_and_does_not_zoom_the_page(screen: Screen) -> None:
    screen.resize(390, 844)
    screen.open()
    fields = screen.page.locator("input[type=number]:visible")
    expect(fields).to_have_count(15)
    given = fields.evaluate_all(
        "all => all.map((each) => [each.inputMode, parseFloat(getComputedStyle(each).fontSize)])"
    )
    assert all(mode == "numeric" and size >= 16 for mode, size in given), given
    assert screen.overflow() == 0


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
    fields = {"agents": MAX_AGENTS, "inhabitants": MAX_INHABITANTS, "mailboxes_5go": MAX_QUANTITY}
    screen.open(EXAMPLE)
    # Each field is left in each way with its first number, another and none; so is the number that each field held.
    for column, (key, most) in enumerate(fields.items()):
        field = screen.number(key)
        for row, before in enumerate((field.input_value(), "7", "")):
            left = ("Enter", "Tab", "ArrowDown")[(row + column) % 3]
            if row:
                field.fill(before)
                field.press("Enter")
                screen.settle()
            shown = field.input_value()
            field.fill("")
            screen.page.keyboard.type(str(most + 1))
            expect(screen.page.locator(HINT).filter(has_text=re.compile("."))).to_be_hidden()
            assert told(field) == REFUSED.format(number(most))
            field.press(left)
            expect(field).to_have_value(shown)
            assert told(field) == TAKEN_BACK.format(number(most + 1), number(most))
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
    agents.fill("9")
    agents.press("Enter")
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


@pytest.mark.parametrize(("view", "count"), [({}, 15), ({"vue": "presentation"}, 6)], ids=["page", "presentation"])
def test_the_hint_of_a_number_covers_no_field(screen: Screen, view: dict[str, str], count: int) -> None:
    screen.open({**EXAMPLE, **view})
    screen.expect_charts(1 if view else 2)
    fields = screen.page.locator("input[type=number]:visible")
    hint = screen.page.locator(HINT).filter(has_text=re.compile("."))
    for width, typed in ((1440, "77"), (390, "66")):
        screen.resize(width, 900)
        expect(fields).to_have_count(count)
        for rank in range(count):
            fields.nth(rank).fill(typed)
            expect(hint).to_have_text("Entrée pour valider")
            assert hint.evaluate(COVERED) == [], (width, rank)
