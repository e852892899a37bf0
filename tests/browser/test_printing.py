"""The page printed by the browser itself."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader
from screen import CDG, EXAMPLE, FIBRE, FIGURES, SERVICES, SHARE, Screen, boxes


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
    for control in ("Tout remettre à zéro", "Tapez son nom", "remis sur site", SHARE):
        assert control not in whole, control
    screen.section("Comparer")
    whole = " ".join(printed(screen))
    assert "Tous les comptes en illimité : 168,00 € de plus sur six ans" in whole
    for control in ("Nom du scénario", "Présenter"):
        assert control not in whole, control
    screen.section(SHARE)
    assert "Copier le lien" not in " ".join(printed(screen))


def test_the_presentation_prints_its_figures_and_its_chart(screen: Screen) -> None:
    screen.open({**EXAMPLE, "vue": "presentation"})
    screen.expect_figures(*FIGURES)
    screen.resize(794, 1123)  # as wide as the paper: a chart that must be redrawn may miss the print
    screen.expect_charts()
    whole = " ".join(printed(screen))
    for words in (FIGURES[0], FIGURES[2], "Catégorie B", "6e année", "seuls les devis engagent"):
        assert words in whole, words


def test_the_page_is_printed_on_white_no_wider_than_the_paper_and_with_no_bar_over_the_text(screen: Screen) -> None:
    screen.page.emulate_media(color_scheme="dark")
    screen.open(EXAMPLE)
    screen.expect_charts(2)
    screen.page.emulate_media(color_scheme="dark", media="print")
    for zone in (screen.category, screen.figures.first, screen.page.locator("footer summary").first):
        expect(zone).to_have_css("color", "rgb(27, 39, 51)")
    expect(screen.page.get_by_test_id("stApp")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    screen.resize(688, 1000)  # A4 between margins of 14 mm
    expect(screen.page.locator(".st-key-reponse")).to_have_css("position", "static")
    charts = screen.page.locator("svg.marks")
    assert screen.at_last(lambda: [box for box in boxes(charts) if box["right"] > 689]) == []
    assert screen.overflow() == 0
