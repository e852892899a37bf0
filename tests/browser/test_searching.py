"""A commune is found in its list as people write it, chosen when certain and asked about otherwise, and never lost."""

import unicodedata
from collections.abc import Callable

from playwright.sync_api import Locator, expect
from screen import Screen

from pricing.catalogue import communes
from pricing.communes import HIDDEN, folded

COMMUNES = communes()
POPULATION = {commune.name: commune.population for commune in COMMUNES.values()}
WRITTEN = (
    ("HENIN-BEAUMONT", "Hénin-Beaumont (62110)"),
    (unicodedata.normalize("NFD", "Béthune"), "Béthune (62400)"),
    ("62 620", "Ruitz (62620)"),
    ("Noyelles-lez-Vermelles", "Noyelles-lès-Vermelles (62980)"),
)
"""Spellings that people type, each with a commune that the list then shows."""


def field(screen: Screen) -> Locator:
    """Find the field in which a commune is searched."""
    return screen.page.get_by_role("combobox", name="Commune")


def expect_chosen(screen: Screen, name: str) -> None:
    """Wait until a commune is chosen, with its inhabitants."""
    line = screen.page.locator(".chosen")
    spaced = f"{POPULATION[name]:,}".replace(",", "\u00a0")
    expect(line).to_contain_text(f"{name} {spaced} habitants, population municipale 2023 (INSEE)")
    expect(screen.number("inhabitants")).to_have_value(str(POPULATION[name]))


def test_the_list_shows_names_only_in_their_order_and_a_commune_however_it_is_written(screen: Screen) -> None:
    screen.open()
    field(screen).click()
    options = screen.page.get_by_role("option")
    names = [commune.label for commune in COMMUNES.values()]
    expect(options.first).to_have_text(names[0])
    seen = options.all_inner_texts()
    assert len(seen) > 5
    assert seen == names[: len(seen)]
    # Nothing else is read aloud either.
    assert HIDDEN not in (screen.page.locator("body").text_content() or "")
    for typed, label in WRITTEN:
        field(screen).fill(typed)
        expect(screen.page.get_by_role("option", name=label, exact=True)).to_be_visible()
        expect(field(screen)).to_have_value(typed)
    options.filter(has_text="Noyelles-lès-Vermelles").click()
    expect_chosen(screen, "Noyelles-lès-Vermelles")


def test_a_typed_text_stays_as_it_is_wherever_the_caret_is(screen: Screen) -> None:
    screen.open()
    field(screen).press_sequentially("Omer, ")
    field(screen).press("Home")
    field(screen).press_sequentially("St. ")
    expect(field(screen)).to_have_value("St. Omer, ")
    expect(screen.page.get_by_role("option", name="Saint-Omer (62500)")).to_be_visible()
    field(screen).press("Backspace")
    expect(field(screen)).to_have_value("St.Omer, ")


LEAVE: dict[str, Callable[[Screen], None]] = {
    "by Tab": lambda screen: field(screen).press("Tab"),
    "by a press elsewhere": lambda screen: screen.page.locator("h1").click(),
    "by a press in another field": lambda screen: screen.page.locator(".st-key-agents input").click(),
    "by Enter": lambda screen: field(screen).press("Enter"),
}


def test_a_typed_text_is_searched_for_however_the_field_is_left(screen: Screen) -> None:
    screen.open()
    for leave in LEAVE.values():
        field(screen).press_sequentially("ruits")
        leave(screen)
        expect(screen.page.get_by_role("status")).to_contain_text("ne s'appelle «\u00a0ruits\u00a0»")
        expect(field(screen)).to_have_value("")
        screen.settle()
    towns = (("lens", "Lens"), ("62620 RUITZ", "Ruitz"), ("St. Omer", "Saint-Omer"), ("62100", "Calais"))
    for leave, (typed, name) in zip(LEAVE.values(), towns, strict=True):
        field(screen).press_sequentially(typed)
        leave(screen)
        expect_chosen(screen, name)
        screen.settle()
        screen.button("Changer de commune").click()
        field(screen).press("End")


def test_switching_to_another_window_while_typing_loses_nothing(screen: Screen) -> None:
    screen.open()
    field(screen).press_sequentially("ruit")
    # The window, not the field, loses the focus.
    field(screen).evaluate("field => field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))")
    expect(field(screen)).to_have_value("ruit")
    field(screen).press_sequentially("z")
    expect(field(screen)).to_have_value("ruitz")
    field(screen).press("Enter")
    expect_chosen(screen, "Ruitz")


def test_a_misspelt_name_is_asked_about(screen: Screen) -> None:
    screen.open()
    field(screen).press_sequentially("ruits")
    expect(screen.page.get_by_role("option")).to_have_text(["Chercher « ruits »"])
    field(screen).press("Enter")
    expect(screen.page.get_by_role("status")).to_contain_text("Vouliez-vous dire\u00a0:")
    screen.button("Ruitz (62620)").click()
    expect_chosen(screen, "Ruitz")
    expect(screen.button("Changer de commune")).to_be_focused()
    expect(screen.page.get_by_role("status")).to_have_count(0)


def test_enter_alone_chooses_nothing_and_an_arrow_then_enter_does(screen: Screen) -> None:
    screen.open()
    field(screen).click()
    expect(screen.page.get_by_role("option").first).to_be_visible()
    field(screen).press("Enter")
    field(screen).press("ArrowDown")
    field(screen).press("Enter")
    expect_chosen(screen, "Ablainzevelle")


def test_a_chosen_commune_is_shown_in_its_field_and_replaced_by_what_is_typed(screen: Screen) -> None:
    screen.open({"commune": "62727", "habitants": "1478"})
    screen.pressable("chercher").click()
    expect(field(screen)).to_have_value("Ruitz (62620)")
    field(screen).press("End")
    field(screen).press_sequentially("Lens")
    expect(field(screen)).to_have_value("lens")
    field(screen).press("Escape")
    expect(field(screen)).to_have_value("Ruitz (62620)")
    field(screen).press("Tab")
    screen.settle()
    screen.expect_parameter("commune", "62727")


def test_the_browser_folds_as_the_server_does(screen: Screen) -> None:
    screen.open()
    names = [form for each in COMMUNES.values() for form in (each.name, each.name.upper(), each.label)]
    odd = [
        "L’Écluse",
        "a s ss s/ b",
        "62 620",
        "Ste. Mt ST lez",
        "\ufb01efs",
        "x\u00ad\u200b\ufeffy",
        "İŞß ½ ①",
        "",
        " … ",
        "Ǆ",
    ]
    typed = [*names, *(unicodedata.normalize("NFD", name) for name in names), *odd]
    # The page's own scripts read the folded text of the field; where nothing is left, they read the text as typed.
    heard = field(screen).evaluate(
        """(field, typed) => {
          const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
          return typed.map((each) => { set.call(field, each); return field.value; });
        }""",
        typed,
    )
    assert heard == [folded(each) or each for each in typed]
