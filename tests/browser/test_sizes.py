"""The page on screens of all sizes: the answer without scrolling, a telephone, zoom at 200 %."""

import pytest
from playwright.sync_api import expect
from screen import EXAMPLE, ONE_MORE_DOMAIN, SCENARIO, SECTIONS, TARIFF, Screen, boxes


def test_the_whole_answer_is_seen_without_scrolling_and_enlarged_text_breaks_nothing(screen: Screen) -> None:
    screen.open({**EXAMPLE, "antivirus": "21", "intervention": "oui"})
    # 18 more devices: 306 a year; the set-up of 21 is on quote.
    screen.expect_figures("1 486,00 €", "1 116,00 € à 1 206,00 €", "7 156,00 €")
    expect(screen.answer.locator(".quote")).to_have_count(2)
    both = screen.page.get_by_role("table", name="Ce que chacun des deux organismes facturera")
    for size in ((1440, 900), (1280, 720)):
        screen.resize(*size)
        assert screen.overflow() == 0
        whole = (screen.category, screen.answer, screen.figures, screen.answer.locator(".quote"), both)
        assert screen.outside(*whole) == [], size
        assert screen.cut_choices() == []
        assert len({round(box["height"]) for box in boxes(screen.figures)}) == 1, "each figure stands on one line"
    screen.page.locator(".st-key-demarches_simplifiees").scroll_into_view_if_needed()
    assert screen.outside(screen.figures) == [], "the figures stay in view while the last service is filled in"
    screen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert screen.overflow() == 0
    screen.page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_on_a_telephone_the_totals_stay_visible_and_all_can_be_reached(screen: Screen, width: int, height: int) -> None:
    screen.resize(width, height)
    screen.open(EXAMPLE)
    assert screen.overflow() == 0
    bar = screen.page.locator(".st-key-reponse")
    top = boxes(bar)[0]["top"]
    screen.number("inhabitants").focus()
    for _ in range(40):  # what is reached by keyboard is not under the bar
        screen.page.keyboard.press("Tab")
        if screen.page.evaluate("document.activeElement.matches('.st-key-reponse *')"):
            break
        bottom = screen.page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert bottom <= top + 1, screen.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    expect(bar.locator("summary")).to_be_focused()
    for key in ("inhabitants", "certificates_cdg_3y", "antivirus_devices"):
        field = screen.number(key)
        field.focus()
        field.evaluate("(field) => field.scrollIntoView({ block: 'nearest' })")
        assert screen.outside(screen.figures) == []
        field.click(timeout=5_000)  # fails where the bar lies over it
    screen.type("domains", 2)
    screen.expect_figures(*ONE_MORE_DOMAIN)
    assert screen.outside(screen.figures) == []
    screen.type("extra_storage_go", 101)
    expect(screen.answer.locator(".quote")).to_have_count(3)
    expect(screen.answer.locator(".change").first).to_have_text("Dernier changement : 1 montant sur devis de plus")
    assert boxes(bar)[0]["height"] < min(height / 4, 127), "the bar leaves room for the form"
    expect_nothing_lost(screen)
    screen.button("Copier la demande").first.click()
    screen.page.locator("footer summary").last.click()
    assert screen.page.locator("footer details").last.get_attribute("open") is not None


def expect_nothing_lost(screen: Screen) -> None:
    assert screen.cut_choices() == []
    for name in SECTIONS:
        screen.section(name)
        assert screen.overflow() == 0, name


def test_zoomed_to_200_percent_the_page_loses_nothing(screen: Screen) -> None:
    screen.resize(720, 450)  # 1440 by 900 at 200 %
    screen.open(EXAMPLE)
    expect_nothing_lost(screen)
    screen.number("antivirus_devices").click(timeout=5_000)
    screen.type("antivirus_devices", 4)
    screen.expect_figures("1 197,00 €", "827,00 € à 917,00 €", "5 422,00 €")


AS_WIDE_AS_THEIR_PLACE = """() => [...document.querySelectorAll('svg.marks')].every((svg) => Math.abs(
  svg.getBoundingClientRect().width - svg.closest('[data-testid=stFullScreenFrame]').clientWidth) < 2)"""
"""Script that tells if each chart has been redrawn for the present size of the window."""


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


WIDTHS = (1440, 1280, 720, 390, 320)


@pytest.mark.parametrize(
    ("query", "section", "widths"),
    [
        ({"type": "epci", "demarches": "oui"}, "Le détail", WIDTHS),
        (
            {"messagerie-5go": "2", "sauvegardes": "1", "stockage-go": "101", "demarches": "oui"},
            "Le détail",
            WIDTHS,
        ),
        (dict([*EXAMPLE.items(), SCENARIO]), "Comparer", (1440, 1280, 390)),
    ],
    ids=["nothing has a price", "some is on quote, some to be told", "compared"],
)
def test_the_labels_of_a_chart_are_whole_and_do_not_touch(
    screen: Screen, query: dict[str, str], section: str, widths: tuple[int, ...]
) -> None:
    screen.open({**TARIFF, **query})
    if section != SECTIONS[0]:
        screen.section(section)
    screen.expect_charts(3 if section == "Comparer" else 2)
    for width in widths:
        screen.resize(width, 900)
        screen.page.wait_for_function(AS_WIDE_AS_THEIR_PLACE)
        assert screen.cut_labels() == [], width
        assert screen.at_last(lambda: screen.page.evaluate(TOUCHING)) == [], width


def test_on_a_telephone_a_bar_keeps_a_third_of_the_width_beside_a_total_on_quote(screen: Screen) -> None:
    screen.resize(390, 844)
    screen.open({**EXAMPLE, "stockage-go": "101"})
    screen.expect_charts(2)
    expect(screen.page.locator("svg.marks").last).to_contain_text("Sauvegarde 60 Go et partage de fichiers 5 Go")
    assert screen.cut_labels() == []
    assert screen.page.evaluate(SHARES) > 1 / 3
