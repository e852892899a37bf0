"""The page on screens of all sizes: the answer without scrolling, a telephone, twice enlarged."""

import pytest
from playwright.sync_api import expect
from screen import EXAMPLE, FIGURES, SECTIONS, Screen


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720)])
def test_the_whole_answer_is_seen_without_scrolling(screen: Screen, width: int, height: int) -> None:
    screen.resize(width, height)
    screen.open({**EXAMPLE, "antivirus": "21", "intervention": "oui"})
    # 18 more devices: 306 a year; the set-up of 21 is on quote.
    screen.expect_figures("1 486,00 €", "1 116,00 € à 1 206,00 €", "7 156,00 €")
    expect(screen.answer.locator(".quote")).to_have_count(2)
    both = screen.page.get_by_role("table", name="Ce que chacun des deux organismes facturera")
    assert screen.outside(screen.category, screen.answer, screen.figures, screen.answer.locator(".quote"), both) == []
    assert screen.overflow() <= 0


def test_the_figures_stay_in_view_while_the_last_service_is_filled_in(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open(EXAMPLE)
    screen.expect_example()
    screen.page.locator(".st-key-demarches_simplifiees").scroll_into_view_if_needed()
    assert screen.outside(screen.figures) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_on_a_telephone_the_totals_stay_in_view_and_all_is_reached(screen: Screen, width: int, height: int) -> None:
    screen.resize(width, height)
    screen.open(EXAMPLE)
    screen.expect_example()
    assert screen.overflow() <= 0
    bar = screen.page.locator(".st-key-reponse")
    for key in ("inhabitants", "mailboxes_5go", "certificates_cdg_3y", "antivirus_devices"):
        field = screen.number(key)
        field.focus()
        field.evaluate("(field) => field.scrollIntoView({ block: 'nearest' })")
        assert screen.outside(screen.figures) == []
        field.click(timeout=3_000)  # fails where the bar lies over it
    screen.type("domains", 2)
    screen.expect_figures("1 195,00 €", "825,00 € à 915,00 €", "5 410,00 €")
    assert screen.outside(screen.figures) == []
    size = bar.bounding_box()
    assert size
    assert size["height"] < height / 3, "the bar leaves room for the form"
    for name in SECTIONS:
        screen.section(name)
        assert screen.overflow() <= 0, name
    screen.button("Copier le lien").click()
    summary = screen.page.locator("footer summary").last
    summary.click()
    assert screen.page.locator("footer details").last.get_attribute("open") is not None


def test_on_a_telephone_a_field_reached_by_keyboard_is_not_under_the_bar(screen: Screen) -> None:
    screen.resize(390, 844)
    screen.open(EXAMPLE)
    screen.expect_example()
    bar = screen.page.locator(".st-key-reponse").bounding_box()
    assert bar
    screen.number("inhabitants").focus()
    for _ in range(24):
        screen.page.keyboard.press("Tab")
        box = screen.page.evaluate(
            "() => { const e = document.activeElement.getBoundingClientRect(); return [e.top, e.bottom] }"
        )
        assert box[1] <= bar["y"] + 1, screen.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_enlarged_twice_nothing_is_lost(screen: Screen) -> None:
    screen.resize(720, 450)  # 1440 by 900 at 200 %
    screen.open(EXAMPLE)
    screen.expect_example()
    assert screen.overflow() <= 0
    for name in SECTIONS:
        screen.section(name)
        assert screen.overflow() <= 0, name
    field = screen.number("antivirus_devices")
    field.click(timeout=3_000)
    field.fill("4")
    field.press("Enter")
    screen.expect_figures("1 197,00 €", "827,00 € à 917,00 €", "5 422,00 €")


def test_enlarged_text_breaks_nothing(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    screen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert screen.overflow() <= 0
    screen.expect_figures(*FIGURES)
    screen.page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (390, 844)])
def test_no_label_of_a_chart_is_cut(screen: Screen, width: int, height: int) -> None:
    screen.resize(width, height)
    screen.open([*EXAMPLE.items(), ("scenario", "hab-1250_5go-4_sauv-1~Sans le reste")])
    screen.expect_example()
    screen.expect_charts(2)
    assert screen.cut_labels() == []
    screen.section("Comparer")
    screen.expect_charts(3)
    assert screen.cut_labels() == []
