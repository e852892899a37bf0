"""The page in presentation mode, on a projector of 1280 by 720."""

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, FIGURES, TARIFF, Screen

ROOM = {**EXAMPLE, "vue": "presentation"}
SCENARIO = ("scenario", "hab-1250_ag-6_5go-4_dom-1_c3-1_av-3_demar~Sans sauvegarde")
CHARTS = {"Six ans": "6e année", "Par service": "Antivirus", "Autres choix": "illimité", "Scénarios": "Cette"}
"""Each chart, and a text that only it holds."""


SMALL = """() => [...document.querySelectorAll(
  ".st-key-bandeau label p, .st-key-bandeau summary p, [role=radio] p, .stButton p, .legend li, .figures dt")]
  .filter((each) => each.checkVisibility() && parseFloat(getComputedStyle(each).fontSize) < 16)
  .map((each) => each.outerHTML)"""
"""Script that lists the texts, beside the chart's own, that the back of a room could not read."""


def chart(screen: Screen) -> Locator:
    return screen.page.locator("[data-testid=stVegaLiteChart] svg")


FILLS = """() => {
  const svg = document.querySelector("[data-testid=stVegaLiteChart] svg")?.getBoundingClientRect();
  const place = document.querySelector(".stPrintGraphic")?.getBoundingClientRect();
  return svg && place && ["x", "y", "width", "height"].every((each) => Math.abs(svg[each] - place[each]) < 2);
}"""
"""Script that tells if the chart fills its place."""


def strip(screen: Screen) -> Locator:
    return screen.page.locator(".st-key-bandeau")


def open_in_the_room(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open([*ROOM.items(), SCENARIO])
    screen.expect_figures(*FIGURES)
    screen.expect_charts()


def test_a_button_opens_presentation_mode_and_another_leaves_it(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open([*EXAMPLE.items(), SCENARIO])
    screen.expect_example()
    screen.pressable("presenter").click()
    screen.expect_parameter("vue", "presentation")
    screen.expect_figures(*FIGURES)
    expect(strip(screen)).to_be_visible()
    screen.type("backups", 0)
    # Without the backup: 190 of set-up and 513 a year less, said under the figures.
    screen.expect_figures("477,00 €", "297,00 € à 387,00 €", "2 052,00 €")
    expect(screen.answer.locator(".change")).to_contain_text(["−703,00 €", "−513,00 €", "−3 268,00 €"])
    screen.button("Quitter").click()
    screen.expect_figures("477,00 €", "297,00 € à 387,00 €", "2 052,00 €")
    screen.expect_parameter("vue")
    screen.expect_parameter("scenario", SCENARIO[1])
    expect(screen.number("backups")).to_have_value("0")
    expect(screen.number("antivirus_devices")).to_have_value("3")
    expect(screen.number("inhabitants")).to_have_value("1250")


def test_each_chart_fits_one_screen_with_the_figures_and_the_strip(screen: Screen) -> None:
    open_in_the_room(screen)
    code = screen.page.get_by_role("img", name="QR code")
    fields = strip(screen).locator("input[type=number]:visible")
    expect(fields).to_have_count(6)
    cut: dict[str, list[str]] = {}
    for name, label in CHARTS.items():
        screen.page.get_by_role("radio", name=name).click()
        expect(chart(screen)).to_contain_text(label)
        whole = (screen.answer, screen.figures, chart(screen), code, fields, screen.button("Quitter"))
        for size in ((1920, 1080), (1280, 720)):
            screen.resize(*size)
            screen.page.wait_for_function(FILLS)
            cut[f"{name} {size}"] = [*screen.cut_labels(), *screen.outside(*whole)]
            assert screen.overflow() <= 0, (name, size)
            assert screen.page.evaluate(SMALL) == []
    assert not any(cut.values()), cut
    expect(screen.answer).to_contain_text("Estimation indicative")


def places(screen: Screen) -> list[tuple[int, int]]:
    """Return the positions of the fields of the strip, in whole pixels."""
    fields = strip(screen).locator(".stNumberInput:not([class*=st-key-famille] *)")
    return [(round(box["x"]), round(box["y"])) for each in fields.all() if (box := each.bounding_box())]


def test_the_other_services_open_upwards_and_no_field_of_the_strip_ever_moves(screen: Screen) -> None:
    open_in_the_room(screen)
    expect(strip(screen).locator("input[type=number]:visible")).to_have_count(6)
    at_first = places(screen)
    screen.page.get_by_text("Autres services").click()
    screen.type("antivirus_devices", 4)
    # One more device: 17 a year.
    screen.expect_figures("1 197,00 €", "827,00 € à 917,00 €", "5 422,00 €")
    assert places(screen) == at_first
    opened = strip(screen).get_by_test_id("stExpanderDetails")
    assert screen.outside(opened) == []
    screen.type("extra_storage_go", 101)
    expect(screen.answer.locator(".quote")).to_have_count(3)
    screen.page.get_by_text("Autres services").click()
    expect(opened).to_be_hidden()
    screen.number("inhabitants").fill("99999999")
    assert places(screen) == at_first
    screen.page.wait_for_function(FILLS)
    assert screen.outside(screen.answer, chart(screen), strip(screen)) == []
    assert screen.overlapping(chart(screen), strip(screen)) == []


def heights(screen: Screen) -> list[float]:
    """Return the heights of the figures, of the chart's text and of the strip's, as projected."""
    screen.page.wait_for_function(FILLS)
    words = (screen.figures, chart(screen).locator("text"), strip(screen).locator("label"))
    return [box["height"] for each in words if (box := each.first.bounding_box())]


def test_a_finer_screen_shows_the_same_at_the_same_size(screen: Screen) -> None:
    open_in_the_room(screen)
    coarse = heights(screen)
    screen.resize(1920, 1080)
    assert heights(screen) == pytest.approx([each * 1.5 for each in coarse], rel=0.05)


def test_what_the_figures_leave_out_is_shown_above_the_strip(screen: Screen) -> None:
    screen.resize(1280, 720)
    body = {**TARIFF, "type": "epci", "stockage-go": "9", "antivirus": "4", "intervention": "oui", "demarches": "oui"}
    screen.open({**body, "vue": "presentation"})
    note = screen.page.get_by_text("Non compris :")
    expect(note).to_be_visible()
    screen.page.wait_for_function(FILLS)
    assert screen.overlapping(chart(screen), note, strip(screen)) == []
    assert screen.outside(note) == []


def test_on_a_screen_half_as_wide_no_control_is_cut(screen: Screen) -> None:
    screen.resize(720, 450)
    screen.open([*ROOM.items(), SCENARIO])
    for width in (720, 390):
        screen.resize(width, 844)
        screen.expect_charts()
        for name in ("Repartir d'ici", "Quitter", "Agrandir le code"):
            words = screen.button(name).locator("p")
            assert words.evaluate("each => each.scrollWidth <= each.parentElement.clientWidth + 1"), (width, name)
        assert screen.overflow() <= 0
        assert screen.cut_choices() == []


def test_presentation_mode_of_an_empty_simulation_is_no_dead_end(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open({**TARIFF, "vue": "presentation"})
    expect(strip(screen)).to_be_visible()
    screen.type("mailboxes_5go", 4)
    screen.expect_figures("170,00 €", "130,00 €", "820,00 €")
    screen.button("Quitter").click()
    screen.expect_figures("170,00 €", "130,00 €", "820,00 €")
