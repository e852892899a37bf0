"""The links of presentation mode: the code that the room scans, and the address that keeps what is looked at."""

import io
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, KEPT, SHARE, TARIFF, Screen, boxes, parameters

ROOM = {**EXAMPLE, "vue": "presentation"}
FOUR = [("scenario", f"hab-1250_ag-6_5go-{rank}_dom-1_c3-1_sauv-1_av-3~Avec {rank} comptes") for rank in range(1, 5)]
EVERYTHING = {
    **TARIFF,
    "type": "autre",
    "habitants": "100000",
    "agents": "1000",
    "messagerie-5go": "600",
    "messagerie-illimitee": "200",
    "domaines": "20",
    "pages": "20",
    "cles-cdg-1an": "10",
    "cles-cdg-2ans": "10",
    "cles-cdg-3ans": "10",
    "cles-site-1an": "10",
    "cles-site-2ans": "10",
    "cles-site-3ans": "10",
    "sauvegardes": "20",
    "stockage-go": "200",
    "antivirus": "600",
    "intervention": "oui",
    "demarches": "oui",
    "vue": "presentation",
    "nom": "Établissement d'été dédié à l'énergie, à l'éclairage et à l'électricité",
}


def image(screen: Screen) -> Locator:
    return screen.page.locator(".st-key-code-presente").get_by_role("img", name="QR code")


def module(screen: Screen) -> float:
    """Return the size in pixels of a module of the code."""
    modules = int(unquote(image(screen).get_attribute("src") or "").partition("viewBox=")[2].split()[2].strip("\"'"))
    return boxes(image(screen))[0]["width"] / modules


@pytest.mark.parametrize(
    ("query", "without"),
    [
        ([*ROOM.items()], ""),
        ([*ROOM.items(), *FOUR], "Sans les scénarios"),
        ([*EVERYTHING.items(), *FOUR], "Sans les scénarios ni le nom"),
    ],
    ids=["usual", "four scenarios", "everything"],
)
def test_the_room_scans_the_ordinary_page_from_afar(screen: Screen, query: list[tuple[str, str]], without: str) -> None:
    screen.resize(1280, 720)
    screen.open(query)
    assert module(screen) >= 3
    assert screen.outside(image(screen), screen.button("Agrandir le code")) == []
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(image(screen).screenshot())))
    left_out = {"vue", *(["scenario"] if without else []), *(["nom"] if "nom" in without else [])}
    assert parameters(code.text) == {key: value for key, value in screen.parameters.items() if key not in left_out}
    said = screen.page.locator(".st-key-code-presente .note")
    expect(said).to_have_count(1 if without else 0)
    if without:
        expect(said).to_contain_text(without)


def test_the_screen_and_the_section_survive_a_reload_leaving_and_coming_back(screen: Screen) -> None:
    screen.open([*EXAMPLE.items(), *(("scenario", each) for each in KEPT)])
    screen.section("Comparer")
    screen.expect_parameter("vue", "comparer")
    screen.page.reload()
    screen.settle()
    expect(screen.opened("Comparer")).to_be_visible()
    screen.button("Présenter").click()
    expect(screen.page.get_by_role("radio", name="Six ans")).to_be_checked()
    screen.page.get_by_role("radio", name="Par service").click()
    screen.expect_parameter("vue", "presentation-services")
    screen.page.reload()
    screen.settle()
    expect(screen.page.get_by_role("radio", name="Par service")).to_be_checked()
    screen.page.get_by_role("radio", name="Scénarios").click()
    screen.expect_parameter("vue", "presentation-scenarios")
    screen.page.evaluate("history.back()")
    expect(screen.page.get_by_role("radio", name="Par service")).to_be_checked()
    screen.button("Quitter").click()
    expect(screen.page.get_by_role("radio", name="Le détail")).to_be_checked()
    screen.section(SHARE)
    screen.button("Présenter").click()
    expect(screen.page.get_by_role("radio", name="Par service")).to_be_checked()
    screen.button("Quitter").click()
    expect(screen.opened(SHARE)).to_be_visible()


def test_no_link_that_is_handed_over_has_a_view(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.section(SHARE)
    screen.expect_parameter("vue", "partager")
    links = [
        screen.written("Lien vers cette simulation"),
        screen.page.locator("a.document").first.get_attribute("href"),
    ]
    assert all(dict(parse_qsl(urlsplit(each or "").query)).keys() == {*EXAMPLE, "signes"} for each in links)
    assert "vue=" not in screen.written("Texte du courriel")
