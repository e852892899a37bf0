"""The page on screens of all sizes: the answer without scrolling, a telephone, zoom at 200 %."""

from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError as TooLong
from playwright.sync_api import expect
from screen import EXAMPLE, FIGURES, SECTIONS, TARIFF, Screen


def test_the_whole_answer_is_seen_without_scrolling(screen: Screen) -> None:
    screen.open({**EXAMPLE, "antivirus": "21", "intervention": "oui"})
    # 18 more devices: 306 a year; the set-up of 21 is on quote.
    screen.expect_figures("1 486,00 €", "1 116,00 € à 1 206,00 €", "7 156,00 €")
    expect(screen.answer.locator(".quote")).to_have_count(2)
    both = screen.page.get_by_role("table", name="Ce que chacun des deux organismes facturera")
    for size in ((1440, 900), (1280, 720)):
        screen.resize(*size)
        assert screen.overflow() <= 0
        whole = (screen.category, screen.answer, screen.figures, screen.answer.locator(".quote"), both)
        assert screen.outside(*whole) == [], size
        assert screen.cut_choices() == []
        heights = {round(box["height"]) for each in screen.figures.all() if (box := each.bounding_box())}
        assert len(heights) == 1, "each of the three figures stands on one line"


def test_the_figures_stay_in_view_while_the_last_service_is_filled_in(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open(EXAMPLE)
    screen.expect_example()
    screen.page.locator(".st-key-demarches_simplifiees").scroll_into_view_if_needed()
    assert screen.outside(screen.figures) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_on_a_telephone_the_totals_stay_visible_and_all_can_be_reached(screen: Screen, width: int, height: int) -> None:
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
    screen.type("extra_storage_go", 101)
    expect(screen.answer.locator(".quote")).to_have_count(3)
    expect(screen.answer.locator(".change").first).to_have_text("Dernier changement : 1 montant sur devis de plus")
    size = bar.bounding_box()
    assert size
    assert size["height"] < min(height / 4, 127), "the bar leaves room for the form"
    assert screen.cut_choices() == []
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


def test_zoomed_to_200_percent_the_page_loses_nothing(screen: Screen) -> None:
    screen.resize(720, 450)  # 1440 by 900 at 200 %
    screen.open(EXAMPLE)
    screen.expect_example()
    assert screen.overflow() <= 0
    assert screen.cut_choices() == []
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


AS_WIDE_AS_THEIR_PLACE = """() => [...document.querySelectorAll('svg.marks')].every((svg) => Math.abs(
  svg.getBoundingClientRect().width - svg.closest('[data-testid=stFullScreenFrame]').clientWidth) < 2)"""
"""Script that tells if each chart has been redrawn for the present size of the window."""


def test_no_label_of_a_chart_is_cut(screen: Screen) -> None:
    screen.open([*EXAMPLE.items(), ("scenario", "hab-1250_5go-4_sauv-1~Sans le reste")])
    for section, charts in (("Le détail", 2), ("Comparer", 3)):
        screen.section(section)
        for size in ((1440, 900), (1280, 720), (390, 844)):
            screen.resize(*size)
            screen.expect_charts(charts)
            screen.page.wait_for_function(AS_WIDE_AS_THEIR_PLACE)
            assert screen.cut_labels() == [], (section, size)


TOUCHING = """() => [...document.querySelectorAll('svg.marks')].flatMap((svg) => {
  const texts = [...svg.querySelectorAll('text')].map((each) => [each.textContent, each.getBoundingClientRect()]);
  return texts.flatMap(([words, a], rank) => texts.slice(rank + 1).filter(([, b]) => a.width && b.width
    && a.left < b.right && b.left < a.right && a.top + 5 < b.bottom && b.top + 5 < a.bottom)
    .map(([other]) => `${words} / ${other}`));
})"""
"""Script that lists pairs of labels of a chart that touch; no glyph reaches the edges of its line."""
SHARES = """() => {
  const svg = [...document.querySelectorAll('svg.marks')].pop();
  const bars = [...svg.querySelectorAll('.mark-rect path')].map((each) => each.getBoundingClientRect().width);
  return Math.max(...bars) / svg.getBoundingClientRect().width;
}"""
"""Script that returns the share of the last chart's width that its longest bar, or part of one, takes."""


@pytest.mark.parametrize(
    "query",
    [
        {"type": "epci", "demarches": "oui"},
        {"messagerie-5go": "2", "sauvegardes": "1", "stockage-go": "101", "demarches": "oui"},
    ],
    ids=["nothing has a price", "some is on quote, some to be told"],
)
def test_the_labels_of_a_chart_touch_at_no_width(screen: Screen, query: dict[str, str]) -> None:
    screen.open({**TARIFF, **query})
    screen.expect_charts(2)
    for width in (1440, 1280, 720, 390, 320):
        screen.resize(width, 900)
        screen.page.wait_for_function(AS_WIDE_AS_THEIR_PLACE)
        assert screen.cut_labels() == [], width
        with suppress(TooLong):
            screen.page.wait_for_function(f"() => ({TOUCHING})().length === 0", timeout=3_000)
        assert screen.page.evaluate(TOUCHING) == [], width


def test_on_a_telephone_a_bar_keeps_a_third_of_the_width_beside_a_total_on_quote(screen: Screen) -> None:
    screen.resize(390, 844)
    screen.open({**EXAMPLE, "stockage-go": "101"})
    screen.expect_charts(2)
    expect(screen.page.locator("svg.marks").last).to_contain_text("Sauvegarde 60 Go et partage de fichiers 5 Go")
    assert screen.cut_labels() == []
    assert screen.page.evaluate(SHARES) > 1 / 3
