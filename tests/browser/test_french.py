"""No English is left in any state of the page, and the visitor's own text is left alone."""

from collections.abc import Callable

from playwright.sync_api import expect
from screen import ENGLISH, EXAMPLE, SECTIONS, WORDS, Screen


def english(screen: Screen) -> list[str]:
    screen.settle()
    return [words for words in screen.page.evaluate(WORDS) if ENGLISH.search(words)]


def test_without_our_script_there_is_english(another_screen: Callable[..., Screen]) -> None:
    screen = another_screen()
    screen.page.route("**/french.*.js", lambda route: route.abort())
    screen.open()
    expect(screen.number("agents")).to_be_visible()
    assert {"Increment", "Skip to main content"} <= set(english(screen))
    screen.problems.clear()  # the browser says that the script is missing


def test_an_empty_page_holds_no_english(screen: Screen) -> None:
    screen.open()
    expect(screen.page.locator("html")).to_have_attribute("lang", "fr")
    expect(screen.page).to_have_title("Simulateur des services numériques, Pas-de-Calais")
    expect(screen.page.get_by_role("button", name="Augmenter").first).to_be_attached()
    assert not english(screen)


def test_a_list_of_choices_holds_no_english(screen: Screen) -> None:
    screen.open()
    commune = screen.page.get_by_role("combobox", name="Commune")
    commune.click()
    expect(screen.page.get_by_role("option").first).to_be_visible()
    assert not english(screen)
    commune.fill("zzzz")
    expect(screen.page.get_by_role("option", name="Chercher « zzzz »")).to_be_visible()
    assert not english(screen)
    commune.press("Enter")
    expect(screen.page.get_by_role("status")).to_contain_text("Aucune commune du Pas-de-Calais")
    assert not english(screen)


def test_a_number_out_of_range_is_refused_in_french(screen: Screen) -> None:
    screen.open()
    agents = screen.number("agents")
    agents.fill("12")
    expect(screen.page.get_by_text("Entrée pour valider")).to_be_attached()
    agents.fill("99999999999")
    agents.press("Enter")
    expect(screen.page.get_by_text("99\u00a0999\u00a0999\u00a0999 est refusé")).to_be_visible()
    assert not english(screen)


def test_a_full_page_its_sections_and_its_dialog_hold_no_english(screen: Screen) -> None:
    screen.open([*EXAMPLE.items(), ("intervention", "oui"), ("scenario", "dom-1~Un nom de domaine")])
    screen.expect_charts(2)
    assert not english(screen)
    for name in SECTIONS[1:]:
        screen.section(name)
        assert not english(screen), name
    screen.button("Afficher le QR code").click()
    expect(screen.page.get_by_role("dialog").get_by_role("img", name="QR code")).to_be_visible()
    expect(screen.button("Fermer").first).to_be_attached()
    assert not english(screen)


def test_a_presentation_holds_no_english(screen: Screen) -> None:
    screen.open({**EXAMPLE, "vue": "presentation"})
    screen.expect_charts()
    assert not english(screen)
    screen.page.get_by_text("Autres services").click()
    expect(screen.page.locator(".st-key-famille-autres").get_by_role("checkbox").first).to_be_visible()
    assert not english(screen)


def test_the_line_that_replaces_the_list_of_communes_holds_no_english(screen: Screen) -> None:
    screen.open({"commune": "62727", "habitants": "1478", "domaines": "1"})
    commune = screen.page.get_by_role("combobox", name="Commune")
    expect(commune).to_have_count(0)
    assert not english(screen)
    screen.button("Changer de commune").click()
    expect(commune).to_be_visible()
    assert not english(screen)


def test_the_text_of_a_visitor_is_left_as_it_is(screen: Screen) -> None:
    screen.open(EXAMPLE)
    panel = screen.section("Comparer")
    name = panel.get_by_role("textbox", name="Nom du scénario")
    written = "Close, 1.5 + e-mail"  # also characters that no number is written with
    name.press_sequentially(written)
    expect(name).to_have_value(written)
    expect(panel.get_by_test_id("InputInstructions")).to_contain_text("Entrée pour valider")
    assert not english(screen)
    screen.button("Garder").click()
    expect(panel.get_by_role("rowheader", name=written)).to_be_visible()
