"""The link is the file: it is opened elsewhere, reloaded, gone back from, cut off and scanned."""

import io
from collections.abc import Callable

import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from screen import EXAMPLE, FIGURES, SHARE, Screen, parameters

SCENARIOS = (
    "hab-1250_ag-6_5go-4_dom-1_c3-1_sauv-1_av-3_demar~Tout compris",
    "hab-1250_ag-6_5go-4_dom-1_c3-1_av-3_demar~Sans sauvegarde",
)
SIMULATION = [*EXAMPLE.items(), *(("scenario", each) for each in SCENARIOS)]
ONE_MORE_DOMAIN = ("1 195,00 €", "825,00 € à 915,00 €", "5 410,00 €")


def expect_simulation(screen: Screen) -> None:
    screen.expect_example()
    panel = screen.section("Comparer")
    for rank, scenario in enumerate(SCENARIOS, start=1):
        name = scenario.partition("~")[2]
        expect(panel.get_by_role("textbox", name=f"Scénario {rank}")).to_have_value(name)
    table = panel.get_by_role("table", name="Les scénarios côte à côte")
    expect(table.locator("tbody tr").nth(2)).to_contain_text("2 052,00 €")
    screen.expect_parameter("scenario", *SCENARIOS)


def test_the_copied_link_opens_the_same_simulation_elsewhere(screen: Screen, elsewhere: Screen) -> None:
    screen.open(SIMULATION)
    expect_simulation(screen)
    screen.section(SHARE)
    link = screen.written("Lien vers cette simulation")
    assert link.startswith(screen.address)
    assert parameters(link) == screen.parameters
    elsewhere.page.goto(link)
    expect_simulation(elsewhere)
    elsewhere.page.reload()
    expect_simulation(elsewhere)


def test_back_undoes_forward_redoes_and_a_reload_loses_nothing(screen: Screen) -> None:
    screen.open(SIMULATION)
    screen.expect_example()
    screen.type("domains", 2)
    screen.expect_figures(*ONE_MORE_DOMAIN)
    screen.expect_parameter("domaines", "2")
    screen.page.evaluate("history.back()")
    screen.expect_figures(*FIGURES)
    expect(screen.number("domains")).to_have_value("1")
    screen.expect_parameter("domaines", "1")
    screen.page.evaluate("history.forward()")
    screen.expect_figures(*ONE_MORE_DOMAIN)
    screen.expect_parameter("domaines", "2")
    screen.page.reload()
    screen.settle()
    screen.expect_figures(*ONE_MORE_DOMAIN)
    expect(screen.number("domains")).to_have_value("2")
    screen.expect_parameter("scenario", *SCENARIOS)


def test_the_qr_code_holds_the_link_and_can_be_scanned_from_afar(screen: Screen) -> None:
    screen.open(SIMULATION)
    dialog = screen.open_code()
    image = dialog.get_by_role("img", name="QR code")
    box = image.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 300
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(image.screenshot())))
    assert code.text.startswith(screen.address)
    assert parameters(code.text) == screen.parameters


def test_the_link_is_copied_by_its_button(another_screen: Callable[[], Screen]) -> None:
    screen = another_screen()
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.open(EXAMPLE)
    screen.section(SHARE)
    link = screen.written("Lien vers cette simulation")
    screen.button("Copier le lien").click()
    expect(screen.page.get_by_role("button", name="Copié")).to_be_visible()
    assert screen.page.evaluate("navigator.clipboard.readText()") == link
