"""The page in presentation mode, on a projector of 1280 by 720."""

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, SCENARIO, TARIFF, Screen, boxes

ROOM = {**EXAMPLE, "vue": "presentation"}
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
    screen.expect_charts()


def heights(screen: Screen) -> list[float]:
    """Return the heights of the figures, of the chart's text and of the strip's, as projected."""
    screen.page.wait_for_function(FILLS)
    words = (screen.figures, chart(screen).locator("text"), strip(screen).locator("label"))
    return [boxes(each.first)[0]["height"] for each in words]


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
    coarse = heights(screen)
    screen.resize(1920, 1080)
    assert heights(screen) == pytest.approx([each * 1.5 for each in coarse], rel=0.05), "a finer screen shows the same"
    expect(screen.answer).to_contain_text("Estimation indicative")


def places(screen: Screen) -> list[tuple[int, int]]:
    """Return the positions of the fields of the strip, in whole pixels."""
    fields = strip(screen).locator(".stNumberInput:not([class*=st-key-famille] *)")
    return [(round(box["left"]), round(box["top"])) for box in boxes(fields) if box["width"]]


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
