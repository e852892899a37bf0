"""A number that is no whole number is refused and said, never read as another one; hints cover no field."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, Screen

from pricing.money import number
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY

WHOLE = "Un nombre entier, sans virgule ni signe : vérifiez ce nombre."
REFUSED = "Nombre refusé : les montants affichés ne le comptent pas. Il faut un nombre entier, de 0 à {}."
TYPED = {
    **dict.fromkeys(["4,5", "4.5", "4e5", "4E5", "4+5", "4-5", "4,5,6", "4,"], "4"),
    **dict.fromkeys(["-45", "+45", ",45"], ""),
    "45,6": "45",
}
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
    """A number's field, emptied and taken up, whatever was typed into it before."""
    field = screen.number(key)
    field.blur()
    field.fill("7")
    field.fill("")
    return field


def told(field: Locator) -> str:
    """What the style sheet says under a number's field."""
    content = field.evaluate("each => getComputedStyle(each.closest('[data-testid=stNumberInput]'), '::after').content")
    return "" if content == "none" else content.strip('"')


def paste(screen: Screen, words: str) -> None:
    """Put words on the clipboard, as a visitor does who copies them elsewhere on the page."""
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
def test_a_typed_sign_and_what_follows_it_are_refused_and_the_number_is_to_be_checked(
    another_screen: Callable[..., Screen], locale: str
) -> None:
    screen = another_screen(locale=locale)
    screen.open(EXAMPLE)
    for typed, kept in TYPED.items():
        field = emptied(screen, "mailboxes_5go")
        assert told(field) == "", typed
        screen.page.keyboard.type(typed)
        assert (field.input_value(), told(field)) == (kept, WHOLE), typed


def test_what_is_pasted_is_taken_whole_or_refused(screen: Screen) -> None:
    screen.open(EXAMPLE)
    for pasted, kept, words in (
        ("4,5", "", WHOLE),
        ("4.5", "", WHOLE),
        ("-45", "", WHOLE),
        ("4e5", "", WHOLE),
        ("45", "45", ""),
    ):
        paste(screen, pasted)
        field = emptied(screen, "mailboxes_5go")
        assert told(field) == "", pasted
        field.press("Control+v")
        assert (field.input_value(), told(field)) == (kept, words), pasted


def test_the_number_to_check_is_told_until_it_is_changed(screen: Screen) -> None:
    screen.open(EXAMPLE)
    agents = emptied(screen, "agents")
    screen.page.keyboard.type("45,5")
    agents.press("Enter")
    expect(screen.category).to_contain_text("45 agents, entre 41 et")
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


def test_a_number_refused_is_told_before_one_to_check_and_in_the_place_of_its_hint(screen: Screen) -> None:
    screen.open(EXAMPLE)
    agents = emptied(screen, "agents")
    screen.page.keyboard.type("999999999,9")
    agents.press("Enter")
    expect(agents).to_have_attribute("aria-invalid", "true")
    assert told(agents) == REFUSED.format(number(MAX_AGENTS)) == REFUSED.format(number(MAX_QUANTITY))
    inhabitants = emptied(screen, "inhabitants")
    screen.page.keyboard.type("99999999")
    expect(screen.page.locator(HINT).filter(has_text=re.compile("."))).to_be_hidden()
    assert told(inhabitants) == REFUSED.format(number(MAX_INHABITANTS))


def test_signs_are_typed_wherever_no_number_is_asked_for(screen: Screen) -> None:
    screen.open(EXAMPLE)
    name = screen.section("Comparer").get_by_role("textbox", name="Nom du scénario")
    name.click()
    screen.page.keyboard.type("Été, 1.5 + e-mail")
    expect(name).to_have_value("Été, 1.5 + e-mail")


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
