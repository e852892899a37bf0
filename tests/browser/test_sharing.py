"""The link is the file: it is opened elsewhere, reloaded, gone back from, cut off and scanned."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from screen import EXAMPLE, FIGURES, KEPT, ONE_MORE_DOMAIN, SHARE, Screen, boxes, parameters

SIMULATION = [*EXAMPLE.items(), *(("scenario", each) for each in KEPT)]


def expect_simulation(screen: Screen) -> None:
    screen.expect_example()
    panel = screen.section("Comparer")
    for rank, scenario in enumerate(KEPT, start=1):
        name = scenario.partition("~")[2]
        expect(panel.get_by_role("textbox", name=f"Scénario {rank}")).to_have_value(name)
    table = panel.get_by_role("table", name="Les scénarios côte à côte")
    expect(table).to_contain_text("2 052,00 €")
    screen.expect_parameter("scenario", *KEPT)


def test_the_copied_link_opens_the_same_simulation_elsewhere(screen: Screen, elsewhere: Screen) -> None:
    screen.open(SIMULATION)
    expect_simulation(screen)
    screen.section(SHARE)
    link = screen.written("Lien vers cette simulation")
    assert link.startswith(screen.address)
    assert {**parameters(link), "vue": ["partager"]} == screen.parameters
    screen.button("Copier le lien").click()
    expect(screen.page.get_by_role("button", name="Copié")).to_be_visible()
    assert screen.page.evaluate("navigator.clipboard.readText()") == link
    elsewhere.page.goto(link)
    elsewhere.settle()
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
    screen.expect_parameter("scenario", *KEPT)


def test_the_qr_code_holds_the_link_and_can_be_scanned_from_afar(screen: Screen) -> None:
    screen.open(SIMULATION)
    dialog = screen.open_code()
    image = dialog.get_by_role("img", name="QR code")
    assert min(boxes(image)[0][side] for side in ("width", "height")) >= 300
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(image.screenshot())))
    assert code.text.startswith(screen.address)
    assert {**parameters(code.text), "vue": ["partager"]} == screen.parameters
