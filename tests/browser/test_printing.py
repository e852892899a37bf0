"""The page printed by the browser itself."""

import io
import re
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect
from pypdf import PdfReader
from screen import CDG, EXAMPLE, FIBRE, FIGURES, ONE_MORE_DOMAIN, SCENARIO, SECTIONS, SERVICES, SHARE, Screen, boxes

TICKED = {"demarches": "demarches_simplifiees", "intervention": "antivirus_intervention"}
"""Services that are ticked: their names in the address, each with its key on the page."""
NO_BACKGROUND = "*, *::before, *::after { background: none !important; }"
"""Script that does what a browser does that prints without background graphics."""
ONLY_FOR_A_SCREEN = (
    *("Tout remettre à zéro", "Tapez son nom", "Présenter", "Nom du scénario", "Reprendre"),
    *("Copier le lien", "Afficher le QR code", "Un texte pour un courriel", "Voir un exemple", "À quoi cela sert"),
    *("Dans l'acte", "Les mêmes chiffres en tableau", "Accessibilité", "Entrée pour valider", SHARE),
)
"""Words that serve on a screen alone."""


def printed(screen: Screen) -> list[str]:
    """Return the text of each page of the print, with plain spaces and no ligatures."""
    paper = PdfReader(io.BytesIO(screen.page.pdf(format="A4", print_background=True)))
    return [re.sub(r"\s+", " ", page.extract_text()).replace("ﬀ", "ff").replace("ﬁ", "fi") for page in paper.pages]


def test_the_page_prints_the_order_the_answer_and_the_open_section_without_controls(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    screen.expect_charts(2)
    pages = printed(screen)
    whole = " ".join(pages)
    for words in (
        *FIGURES[:1],
        *FIGURES[2:],
        "Catégorie B",
        "seuls les devis engagent",
        *FIBRE,
        *CDG,
        "4 comptes × 20,00 €",
        "40,00 € une fois",
        "catégorie B : 51,00 €",
        "Commune",
        "1250",
    ):
        assert words in whole, words
    assert re.search("810,00 € à 900,00 €", whole)
    for service in SERVICES:
        assert service in whole, service
    assert "Catégorie B" in pages[0], "the answer stands on the first page"
    assert FIGURES[0] in pages[0]
    assert [words for words in (*ONLY_FOR_A_SCREEN, "remis sur site") if words in whole] == [], "no control, no offer"


@pytest.mark.parametrize("name", SECTIONS)
def test_the_detail_is_printed_once_whichever_section_is_open_and_nothing_that_is_only_for_a_screen(
    screen: Screen, name: str
) -> None:
    screen.open([*EXAMPLE.items(), SCENARIO])
    screen.section(name)
    whole = " ".join(printed(screen))
    for words in ("4 comptes × 20,00 €", "40,00 € une fois", "catégorie B : 51,00 €", *FIBRE[:1], *CDG):
        assert words in whole, words
    assert whole.count("4 comptes × 20,00 €") == 1
    # The sections whose words are worth paper are printed too, but none of their controls.
    assert ("Tous les comptes en illimité : 168,00 € de plus sur six ans" in whole) == (name == "Comparer")
    assert ("Ce que l'acte laisse ouvert" in whole) == (name == "Points à confirmer")
    assert [words for words in ONLY_FOR_A_SCREEN if words in whole] == []
    detail = screen.page.get_by_role("table", name="Chaque tarif, son calcul et qui le facture")
    expect(detail).to_have_count(1 if name == SECTIONS[0] else 0)  # on a screen, in its own section alone


def darkness(zone: Locator) -> float:
    """Return the share of a zone's pixels that are dark, as grey."""
    grey = Image.open(io.BytesIO(zone.screenshot())).convert("L")
    return sum(grey.histogram()[:110]) / (grey.width * grey.height)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("backgrounds", [True, False], ids=["with backgrounds", "without"])
def test_a_ticked_box_is_printed_ticked_and_one_that_is_not_is_left_out(
    screen: Screen, scheme: Literal["light", "dark"], *, backgrounds: bool
) -> None:
    for name, key in TICKED.items():
        screen.page.emulate_media(color_scheme=scheme, media="null")
        screen.open({**{each: value for each, value in EXAMPLE.items() if each not in TICKED}, name: "oui"})
        screen.page.emulate_media(color_scheme=scheme, media="print")
        if not backgrounds:
            screen.page.add_style_tag(content=NO_BACKGROUND)
        tick = screen.page.locator(f".st-key-{key} svg")
        assert not screen.at_last(lambda tick=tick: darkness(tick) < 0.1), "a dark tick"
        assert darkness(tick) < 0.6, "on white"
        assert screen.page.locator(f".st-key-{key}").inner_text().strip()
        for other in TICKED.values():
            if other != key:
                expect(screen.page.locator(f".st-key-{other}")).to_be_hidden()


def test_what_tells_the_two_bodies_apart_is_printed_without_backgrounds_too(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.page.emulate_media(media="print")
    kept = screen.page.evaluate("""() => [...document.querySelectorAll(".swatch, .payee, .quote")].map((each) =>
      getComputedStyle(each, each.matches(".payee") ? "::before" : null).printColorAdjust)""")
    assert len(kept) > 10
    assert set(kept) == {"exact"}


def test_a_button_prints_the_page_once_what_was_typed_is_counted(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.section(SHARE)
    screen.page.evaluate(
        "() => { window.print = () => (window.printed = document.querySelector('.figures').innerText); }"
    )
    screen.button("Imprimer").click()
    screen.page.wait_for_function("() => window.printed")
    assert FIGURES[0] in screen.page.evaluate("window.printed").replace("\u00a0", " ")
    screen.page.evaluate("() => { window.printed = null; }")
    screen.number("domains").fill("2")
    screen.button("Imprimer").press("Enter")
    screen.page.wait_for_function("() => window.printed")
    assert ONE_MORE_DOMAIN[0] in screen.page.evaluate("window.printed").replace("\u00a0", " ")


@pytest.mark.parametrize("more", [{}, {"stockage-go": "130"}], ids=["all is known", "some is on quote"])
def test_the_presentation_prints_its_figures_its_chart_and_its_code_one_below_the_other(
    screen: Screen, more: dict[str, str]
) -> None:
    screen.open({**EXAMPLE, **more, "vue": "presentation"})
    screen.resize(794, 1123)  # as wide as the paper: a chart that must be redrawn may miss the print
    screen.expect_charts()
    pages = printed(screen)
    whole = " ".join(pages)
    for words in ("5 320,00 €", "Catégorie B", "6e année", "seuls les devis engagent", "Comptes de messagerie"):
        assert words in whole, words
    assert [page for page in pages if not page.strip()] == [], "no empty page"
    screen.page.emulate_media(media="print")
    code = screen.page.locator(".st-key-code-presente .code")
    expect(code).to_be_visible()
    below = (screen.answer, screen.page.locator("svg.marks"), code, screen.page.locator(".st-key-bandeau"))
    assert screen.overlapping(*below) == []


MARKS = """() => [...document.querySelectorAll(".marks, .marks *")].map((each) => getComputedStyle(each))
  .map(({ fill, stroke, backgroundColor }) => [fill, stroke, backgroundColor])"""
"""Script that lists the colours of the charts."""


@pytest.mark.parametrize("section", ["Le détail", "Comparer"])
def test_a_dark_page_is_printed_in_the_colours_of_a_light_one(screen: Screen, section: str) -> None:
    seen: dict[str, list[list[str]]] = {}
    for scheme in ("light", "dark"):
        screen.page.emulate_media(color_scheme=scheme, media="null")
        screen.open({**EXAMPLE, "stockage-go": "130"})
        screen.section(section)
        screen.expect_charts(2)
        screen.page.emulate_media(color_scheme=scheme, media="print")
        seen[scheme] = [[fill, stroke] for fill, stroke, _ in screen.page.evaluate(MARKS)]
        grounds = {ground for _, _, ground in screen.page.evaluate(MARKS)}
        assert grounds == {"rgba(0, 0, 0, 0)"}, scheme
        assert darkness(screen.page.locator("body")) < 0.15, scheme
    assert len(seen["light"]) > 50
    assert seen["dark"] == seen["light"]


def test_the_page_is_printed_no_wider_than_the_paper_and_with_no_bar_over_the_text(screen: Screen) -> None:
    screen.page.emulate_media(color_scheme="dark")
    screen.open(EXAMPLE)
    screen.expect_charts(2)
    screen.page.emulate_media(color_scheme="dark", media="print")
    for zone in (screen.category, screen.figures.first, screen.page.locator("footer summary").first):
        expect(zone).to_have_css("color", "rgb(27, 39, 51)")
    screen.resize(688, 1000)  # A4 between margins of 14 mm
    expect(screen.page.locator(".st-key-reponse")).to_have_css("position", "static")
    charts = screen.page.locator("svg.marks")
    assert screen.at_last(lambda: [box for box in boxes(charts) if box["right"] > 689]) == []
    assert screen.overflow() == 0
