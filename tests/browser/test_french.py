"""No English is left in any state of the page, and the visitor's own text is left alone."""

from playwright.sync_api import expect
from screen import EXAMPLE, SECTIONS, Screen


def english(screen: Screen) -> list[str]:
    screen.settle()
    return screen.english()


def test_without_our_script_there_is_english(screen: Screen) -> None:
    screen.page.route("**/french.*.js", lambda route: route.abort())
    screen.open()
    assert {"Increment", "Skip to main content"} <= set(english(screen))
    screen.problems.clear()  # the browser says that the script is missing


def test_an_empty_page_its_list_its_line_and_its_refusals_hold_no_english(screen: Screen) -> None:
    screen.open()
    expect(screen.page.locator("html")).to_have_attribute("lang", "fr")
    expect(screen.page).to_have_title("Simulateur des services numériques, Pas-de-Calais")
    expect(screen.page.get_by_role("button", name="Augmenter").first).to_be_attached()
    assert not english(screen)
    agents = screen.number("agents")
    agents.fill("12")
    expect(screen.page.get_by_text("Entrée pour valider")).to_be_attached()
    agents.fill("99999999999")
    agents.press("Enter")
    expect(screen.page.get_by_text("99\u00a0999\u00a0999\u00a0999 est refusé")).to_be_visible()
    assert not english(screen)
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
    commune.fill("ruitz")
    commune.press("Enter")
    expect(commune).to_have_count(0)
    assert not english(screen)


def test_a_full_page_its_sections_and_its_dialog_hold_no_english_but_the_visitors_own(screen: Screen) -> None:
    screen.open([*EXAMPLE.items(), ("intervention", "oui"), ("scenario", "dom-1~Un nom de domaine")])
    assert not english(screen)
    for section in SECTIONS[1:]:
        screen.section(section)
        assert not english(screen), section
    screen.open_code()
    expect(screen.button("Fermer").first).to_be_attached()
    assert not english(screen)
    screen.page.keyboard.press("Escape")
    panel = screen.section("Comparer")
    name = panel.get_by_role("textbox", name="Nom du scénario")
    written = "Close, 1.5 + e-mail"  # also characters that no number is written with
    name.press_sequentially(written)
    expect(name).to_have_value(written)
    expect(panel.get_by_test_id("InputInstructions")).to_contain_text("Entrée pour valider")
    assert not english(screen)
    screen.button("Garder").click()
    expect(panel.get_by_role("rowheader", name=written)).to_be_visible()


def test_a_presentation_holds_no_english(screen: Screen) -> None:
    screen.open({**EXAMPLE, "vue": "presentation"})
    screen.page.get_by_role("radio", name="Autres services").click()
    expect(screen.page.locator(".st-key-famille-services").get_by_role("checkbox").first).to_be_visible()
    assert not english(screen)
