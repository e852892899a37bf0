"""Every word of the page whole on screens of all sizes, whatever is asked for; and an answer that leaves room."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from screen import EXAMPLE, SECTIONS, SHARE, TARIFF, Screen, boxes

from tests.serving import ROOT, copied, free_port, started, wait_until_healthy

SIZES = ((1440, 900), (1366, 768), (1280, 720), (1152, 720), (1024, 768), (1024, 576), (720, 450), (390, 844))
"""Sizes of windows: 1152 by 720 is 1440 by 900 at 125 %, 1024 by 576 is 1280 by 720, 720 by 450 is 200 %."""
A_QUARTER = ((1366, 768), (1280, 720), (1152, 720), (1024, 768))
"""Low windows, in which the answer that stays in view takes a quarter of the height at most."""
ASKED: Mapping[str, str] = {
    **TARIFF,
    "agents": "6",
    "messagerie-5go": "4",
    "domaines": "1",
    "cles-cdg-3ans": "1",
    "cles-site-2ans": "3",
    "sauvegardes": "1",
    "stockage-go": "130",
    "antivirus": "45",
    "intervention": "oui",
    "demarches": "oui",
}
"""Order of which the prices are known, asked for and on quote, with a range."""
LARGEST = dict.fromkeys(
    ("messagerie-5go", "messagerie-illimitee", "cles-cdg-3ans", "sauvegardes", "stockage-go", "antivirus"), "50000"
)
ORDERS: Mapping[str, Mapping[str, str]] = {
    "all is known": EXAMPLE,
    "some is on quote": {**EXAMPLE, "stockage-go": "130", "antivirus": "45"},
    "the inhabitants are asked for": ASKED,
    "another body": {**ASKED, "type": "epci", "nom": "Communauté d'agglomération de Béthune-Bruay, Artois-Lys Romane"},
    "the largest numbers": {**ASKED, **LARGEST, "habitants": "2000000", "agents": "50000"},
}
SCENARIO = ("scenario", "5go-4_sauv-1_demar~Avec la sauvegarde, le partage et le reste")

CUT = """() => {
  const seen = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("svg")
    && !each.closest(".unseen, caption, .since")
    && !(each.matches("input[type=text]") && each.value); // what is typed may be longer than its field, which scrolls
  const main = document.querySelector("[data-testid=stMain]");
  const inside = [...main.querySelectorAll("*")].filter((each) => seen(each)
    && each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1);
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const outside = [];
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    if (texts.currentNode.data.trim() && seen(texts.currentNode.parentElement)
      && [...range.getClientRects()].some((box) => box.left < -1 || box.right > innerWidth + 1))
      outside.push(texts.currentNode);
  }
  return [...inside, ...outside].map((each) => `${each.nodeName}: ${each.textContent.slice(0, 60)}`);
}"""
"""Script that lists what is wider than its box, and every text that is partly outside the window."""


FONT_SIZES = "all => all.map((each) => parseFloat(getComputedStyle(each).fontSize))"


def cut(screen: Screen) -> list[str]:
    """Return what is cut once all is drawn."""
    return screen.at_last(lambda: screen.page.evaluate(CUT))


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_every_word_is_whole_at_every_size_in_every_section(screen: Screen, order: Mapping[str, str]) -> None:
    screen.open([*order.items(), SCENARIO])
    screen.type("domains", 5)
    expect(screen.answer.locator(".change").first).to_be_visible()
    screen.page.get_by_text("Les mêmes chiffres en tableau").click()
    expect(screen.page.get_by_role("table", name="Dépenses de chaque année")).to_be_visible()
    for name in SECTIONS:
        panel = screen.section(name)
        for each in panel.locator("summary").all()[:3]:
            each.click()
        screen.settle()
        for size in SIZES:
            screen.resize(*size)
            assert cut(screen) == [], (name, size)
        screen.resize(*SIZES[0])


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_answer_that_stays_in_view_takes_a_quarter_of_the_height(screen: Screen, order: Mapping[str, str]) -> None:
    screen.open(dict(order))
    screen.type("domains", 5)
    expect(screen.answer.locator(".change").first).to_be_visible()
    zone = screen.page.locator(".st-key-reponse")
    for width, height in A_QUARTER:
        screen.resize(width, height)
        assert not screen.at_last(lambda height=height: boxes(zone)[0]["height"] > height / 4), (width, height)
        screen.number("antivirus_devices").scroll_into_view_if_needed()
        assert screen.outside(screen.figures, screen.answer.locator(".quote, .change")) == [], (width, height)


def test_a_low_window_has_the_notes_of_the_figures_below_them(screen: Screen) -> None:
    screen.open(EXAMPLE)
    notes = screen.answer.locator(".figures .note")
    below = screen.page.locator(".in-words")
    expect(notes.first).to_be_visible()
    expect(below).to_be_hidden()
    screen.resize(1366, 768)
    expect(notes.first).to_be_hidden()
    expect(below).to_be_visible()
    for words in notes.all_text_contents():
        expect(below).to_contain_text(words)


def test_the_text_of_the_mail_is_seen_whole_and_the_wheel_over_it_scrolls_the_page(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.section(SHARE)
    screen.written("Texte du courriel")
    mail = screen.page.get_by_role("textbox", name="Texte du courriel")
    assert mail.evaluate("field => field.scrollHeight - field.clientHeight") <= 1
    mail.hover()
    before = boxes(mail)[0]["top"]
    screen.page.mouse.wheel(0, -200)
    assert not screen.at_last(lambda: boxes(mail)[0]["top"] < before + 100)


def test_a_phone_enlarges_the_page_at_no_field(screen: Screen) -> None:
    screen.resize(390, 844)
    for query in (dict([*EXAMPLE.items(), SCENARIO]), {"type": "epci"}, {**EXAMPLE, "vue": "presentation"}):
        screen.open(query)
        for name in ("Comparer", SHARE) if "habitants" in query and "vue" not in query else ():
            screen.section(name)
            sizes = screen.page.locator("input:visible, textarea:visible").evaluate_all(FONT_SIZES)
            assert len(sizes) > 10
            assert min(sizes) >= 16, name
        assert min(screen.page.locator("input:visible").evaluate_all(FONT_SIZES)) >= 16, query


def test_the_button_of_another_tariff_is_whole(browser: Browser, tmp_path: Path) -> None:
    act = (ROOT / "tests/tariffs/cdg-62-2027.toml").read_text(encoding="utf-8")
    later = act.replace("2027-01-15", "2025-01-15").replace("2027-02-01", "2025-02-01")
    (copied(tmp_path) / "data/tariffs/2025-01-15.toml").write_text(later, encoding="utf-8")
    port = free_port()
    with started(port, tmp_path) as (process, log):
        wait_until_healthy(port, process, log)
        screen = Screen(browser, f"http://127.0.0.1:{port}/")
        screen.open(EXAMPLE)
        expect(screen.button("Passer au tarif en vigueur")).to_be_visible()
        for size in SIZES:
            screen.resize(*size)
            assert cut(screen) == [], size
        screen.close()
