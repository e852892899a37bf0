"""Faults that axe-core can find of WCAG 2.1 A and AA, and its good practices, in every state of the page: none."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from playwright.sync_api import expect
from screen import EXAMPLE, FIGURES, KEYS, SCENARIO, SECTIONS, Screen

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Rules that a page may break in dark mode though it keeps them in light mode."""


def found_in_both(screen: Screen, within: str = "html") -> list[str]:
    """Return the faults that axe finds in the page, or a part of it, in light mode and then in dark mode."""
    in_light = found(screen, within=within)
    screen.page.emulate_media(color_scheme="dark")
    expect(screen.page.locator(".stApp")).to_have_css("color-scheme", "dark")
    in_dark = found(screen, OF_COLOUR, within)
    screen.page.emulate_media(color_scheme="light")
    expect(screen.page.locator(".stApp")).to_have_css("color-scheme", "light")
    return in_light + in_dark


def found(screen: Screen, rules: Mapping[str, Any] = TAGS, within: str = "html") -> list[str]:
    """Return the faults that axe finds in the page, or a part of it, except Streamlit's own."""
    screen.settle()
    if not screen.page.evaluate("'axe' in window"):
        screen.page.evaluate(AXE)
    violations: list[dict[str, Any]] = screen.page.evaluate(
        "async ([rules, within]) =>"
        " (await axe.run(within, { runOnly: rules, resultTypes: ['violations'] })).violations",
        [rules, within],
    )
    # Streamlit hangs its dropdown on the body, outside of all landmarks: good practice, not WCAG.
    return [
        f"{each['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for each in violations
        for node in each["nodes"]
        if not (each["id"] == "region" and 'role="listbox"' in node["html"])
    ]


def open_whole(screen: Screen, *more: tuple[str, str]) -> None:
    screen.open([*EXAMPLE.items(), *more])
    screen.expect_figures(*FIGURES)
    screen.expect_charts(1 if ("vue", "presentation") in more else 2)


def test_an_empty_page_and_its_dropdown_have_no_fault(screen: Screen) -> None:
    screen.open()
    assert found_in_both(screen) == []
    open_list(screen)
    assert found(screen) == []
    screen.page.keyboard.press("Escape")
    screen.page.emulate_media(color_scheme="dark")
    open_list(screen)
    assert found(screen, OF_COLOUR) == []


def open_list(screen: Screen) -> None:
    screen.page.get_by_role("combobox", name="Commune").click()
    expect(screen.page.get_by_role("option").first).to_be_visible()


def test_a_full_page_with_each_section_its_tables_its_warning_and_its_dialog_has_no_fault(screen: Screen) -> None:
    open_whole(screen, ("inconnu", "1"), SCENARIO)
    expect(screen.page.get_by_role("alert").first).to_be_visible()
    for name in SECTIONS:
        panel = screen.section(name)
        for each in panel.locator("summary").all()[:3]:
            each.click()
        # The rest of the page has not changed; at the end it is checked as a whole.
        assert found_in_both(screen, f".st-key-section-{KEYS[name]}") == [], name
    for each in screen.page.locator("footer summary").all():
        each.click()
    assert found_in_both(screen) == []
    names: list[str] = screen.page.locator("[aria-label]").evaluate_all("all => all.map((each) => each.ariaLabel)")
    assert len(names) > 20
    assert [name for name in names if ":small" in name or "[" in name or "**" in name] == [], "read aloud"
    screen.resize(390, 844)
    assert found(screen) == []
    screen.resize(1440, 900)
    screen.open_code()
    assert found_in_both(screen) == []


def test_an_order_on_quote_with_warnings_and_points_to_confirm_has_no_fault(screen: Screen) -> None:
    screen.open({"type": "epci", "demarches": "oui", "stockage-go": "10", "intervention": "oui", "messagerie-5go": "3"})
    expect(screen.page.get_by_test_id("stAlert").first).to_be_visible()
    screen.section("Points à confirmer")
    assert found(screen) == []


def test_a_presentation_has_no_fault(screen: Screen) -> None:
    screen.resize(1280, 720)
    open_whole(screen, ("vue", "presentation"), SCENARIO)
    screen.type("domains", 3)
    screen.button("Garder").click()
    expect(screen.button("Fermer")).to_be_visible()
    for each in screen.page.get_by_role("radiogroup", name="À l'écran").get_by_role("radio").all():
        each.click()
        expect(each).to_be_checked()
        screen.settle()
        assert found_in_both(screen) == [], each.text_content()
    screen.button("Chercher la commune").click()
    open_list(screen)
    assert found(screen) == []
