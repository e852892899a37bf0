"""Every pair of colours that meet can be read, in light, in dark, and by those who see colours otherwise."""

import re
import tomllib
from pathlib import Path

import pytest

from views.reports.palette import LIGHT, PALETTES, Mode, Palette
from views.reports.workbook_sheets import LOOKS

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "views" / "style.css").read_text(encoding="utf-8")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MODES: list[Mode] = ["light", "dark"]

TEXT = 4.5
"""WCAG 2.2, 1.4.3: contrast of text."""
SHAPE = 3.0
"""WCAG 2.2, 1.4.11: contrast of shapes that mean something."""
APART = 25.0
"""CIE76 distance in CIELAB; about 2.3 is just noticeable, and two swatches 25 apart are told apart at a glance."""

Linear = tuple[float, float, float]
Matrix = tuple[Linear, Linear, Linear]

SIMULATED: dict[str, Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "full colour vision": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB."""


def linear(colour: str) -> Linear:
    """The linear sRGB of a hexadecimal colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, by the WCAG formula."""
    darker, lighter = sorted(_luminance(linear(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Linear) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def seen(colour: str, matrix: Matrix) -> Linear:
    """A colour as it is seen with a deficiency."""
    channels = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * channel for weight, channel in zip(row, channels, strict=True))))
        for row in matrix
    )
    return red, green, blue


def lab(colour: Linear) -> tuple[float, float, float]:
    """CIELAB of a linear sRGB colour, white D65."""
    red, green, blue = colour
    x = _cube((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _cube(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _cube((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def distance(one: Linear, other: Linear) -> float:
    """How far apart two colours are seen."""
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def test_the_formulas_know_black_white_and_a_published_pair() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert lab(linear("#FFFFFF")) == pytest.approx((100, 0, 0), abs=0.02)
    assert lab(linear("#FF0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.1)
    confused = [seen(colour, SIMULATED["deuteranopia"]) for colour in ("#A0522D", "#6B6B1E")]
    assert distance(*confused) < distance(linear("#A0522D"), linear("#6B6B1E")) / 2


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "ground"),
        ("muted", "ground"),
        ("fibre", "ground"),
        ("on_fibre", "fibre"),
        ("on_cdg", "cdg"),
        ("ink", "quote"),
        ("ink", "fibre_half"),
        ("ink", "cdg_half"),
    ],
)
def test_text_can_be_read_on_its_ground(mode: Mode, text: str, ground: str) -> None:
    palette = PALETTES[mode]
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= TEXT


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("shape", ["fibre", "cdg", "muted"])
def test_shapes_stand_out_from_the_page(mode: Mode, shape: str) -> None:
    """The half tones and the outlined parts do so by their edge, which has the full tone: see test_charts.py."""
    palette = PALETTES[mode]
    assert contrast(getattr(palette, shape), palette.ground) >= SHAPE


@pytest.mark.parametrize(
    ("payee", "mode"),
    [
        ("fibre", "light"),
        ("fibre", "dark"),
        ("cdg", "light"),
        ("cdg", "dark"),
    ],
)
def test_the_edge_of_a_half_tone_stands_out_from_it(payee: str, mode: Mode) -> None:
    palette = PALETTES[mode]
    assert contrast(getattr(palette, payee), getattr(palette, f"{payee}_half")) >= SHAPE


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("vision", SIMULATED)
@pytest.mark.parametrize("tone", ["", "_half"])
def test_the_two_payees_are_told_apart_however_colours_are_seen(mode: Mode, vision: str, tone: str) -> None:
    palette, matrix = PALETTES[mode], SIMULATED[vision]
    fibre, cdg = (seen(getattr(palette, f"{payee}{tone}"), matrix) for payee in ("fibre", "cdg"))
    assert distance(fibre, cdg) >= APART


@pytest.mark.parametrize(("mode", "least"), [("light", 1.5), ("dark", 1.4)])
def test_the_two_payees_are_told_apart_on_a_grey_copy(mode: Mode, least: float) -> None:
    """Measured: 2.22 in light, where the CDG is the lighter of the two, 1.57 in dark, where it is too."""
    palette = PALETTES[mode]
    assert contrast(palette.fibre, palette.cdg) >= least
    assert _luminance(linear(palette.cdg)) > _luminance(linear(palette.fibre))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("vision", SIMULATED)
@pytest.mark.parametrize("payee", ["fibre", "cdg"])
def test_full_half_and_outlined_parts_are_told_apart_however_colours_are_seen(
    mode: Mode, vision: str, payee: str
) -> None:
    palette, matrix = PALETTES[mode], SIMULATED[vision]
    full = seen(getattr(palette, payee), matrix)
    half = seen(getattr(palette, f"{payee}_half"), matrix)
    ground = seen(palette.ground, matrix)
    assert distance(full, half) >= APART
    assert distance(half, ground) >= APART / 2


def test_every_colour_is_written_alike() -> None:
    for palette in PALETTES.values():
        for role in Palette.__dataclass_fields__:
            assert re.fullmatch("#[0-9A-F]{6}", getattr(palette, role)), role


# The same values in the style sheet and in the theme


def of_the_sheet(variable: str) -> dict[Mode, str]:
    """A variable of the style sheet, in light and in dark."""
    [(light, dark)] = re.findall(rf"--{variable}: light-dark\((#\w+), (#\w+)\);", STYLE)
    return {"light": _long(light), "dark": _long(dark)}


def _long(colour: str) -> str:
    digits = colour[1:].upper()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)


@pytest.mark.parametrize("role", ["ink", "muted", "fibre", "cdg", "quote"])
@pytest.mark.parametrize("mode", MODES)
def test_the_style_sheet_has_the_colours_of_the_palette(role: str, mode: Mode) -> None:
    assert of_the_sheet(role)[mode] == getattr(PALETTES[mode], role)


@pytest.mark.parametrize("mode", MODES)
def test_the_theme_has_the_colours_of_the_palette(mode: Mode) -> None:
    palette, theme = PALETTES[mode], THEME[mode]
    assert theme["primaryColor"] == theme["linkColor"] == palette.fibre
    assert theme["backgroundColor"] == palette.ground
    assert theme["textColor"] == palette.ink


@pytest.mark.parametrize("mode", MODES)
def test_text_can_be_read_on_the_panels_of_the_page(mode: Mode) -> None:
    palette = PALETTES[mode]
    panel = THEME[mode]["secondaryBackgroundColor"]
    for text in (palette.ink, palette.muted, palette.fibre):
        assert contrast(text, panel) >= TEXT


def test_the_style_sheet_has_no_ground_but_those_of_the_palette() -> None:
    """The page's own, behind what stays in view, and the half tones of the legend, each in light and in dark."""
    written = re.findall(r"background: light-dark\((#\w+), (#\w+)\)", STYLE)
    assert {(_long(light), _long(dark)) for light, dark in written} == {
        (getattr(PALETTES["light"], role), getattr(PALETTES["dark"], role))
        for role in ("ground", "fibre_half", "cdg_half")
    }
    assert ("#fff", "#12181f") in written


@pytest.mark.parametrize(
    ("selector", "background"),
    [
        (".swatch", "var(--fibre)"),
        (".swatch.cdg", "var(--cdg)"),
        (".swatch.setup", "light-dark(#bcd2e8, #2b4a69)"),
        (".swatch.cdg.setup", "light-dark(#f7dcc4, #6b4420)"),
        (".swatch.term", "transparent"),
    ],
)
def test_the_legend_of_the_page_has_the_fills_of_the_chart(selector: str, background: str) -> None:
    assert declared(selector)["background"] == background


@pytest.mark.parametrize("payee", ["fibre", "cdg"])
def test_the_half_tones_of_the_legend_are_those_of_the_palette(payee: str) -> None:
    background = declared(".swatch.setup" if payee == "fibre" else f".swatch.{payee}.setup")["background"]
    colours = [_long(colour) for colour in re.findall(r"#\w+", background)]
    assert colours == [getattr(PALETTES[mode], f"{payee}_half") for mode in MODES]


def test_the_legend_of_the_page_has_the_edges_of_the_chart() -> None:
    assert declared(".swatch")["border"] == "1.5px solid var(--fibre)"
    assert declared(".swatch.cdg")["border-color"] == "var(--cdg)"
    assert declared(".swatch.term")["border-style"] == "dashed"


def declared(selector: str) -> dict[str, str]:
    """What the style sheet says of exactly one selector."""
    [body] = re.findall(rf"^{re.escape(selector)} \{{(.*)\}}$", STYLE, re.MULTILINE)
    return {
        name.strip(): value.strip() for name, _, value in (each.partition(":") for each in body.split(";")) if value
    }


def test_the_tone_of_the_cdg_is_never_that_of_a_text() -> None:
    """It is for shapes: 3.17 on the page in light, enough for a shape and too little for a text."""
    used = {name for name, value in re.findall(r"([\w-]+)\s*:\s*([^;{}]*)[;}]", STYLE) if "var(--cdg)" in value}
    assert used == {"background", "border-color"}
    tones = {PALETTES[mode].cdg.lower() for mode in MODES}
    assert [line.strip() for line in STYLE.splitlines() if any(tone in line.lower() for tone in tones)] == [
        "--cdg: light-dark(#bd5b0e, #f7be85);"
    ]
    for view in sorted((ROOT / "views").glob("*.py")):
        assert not [tone for tone in ("var(--cdg)", *tones) if tone in view.read_text(encoding="utf-8").lower()]


def test_every_look_of_the_workbook_can_be_read() -> None:
    for name, look in LOOKS.items():
        for payee in ("", "fibre", "cdg"):
            both = look | (LOOKS[payee] if payee and name == "head" else {})
            ink, ground = both.get("font_color", LIGHT.ink), both.get("bg_color", "#FFFFFF")
            assert contrast(str(ink), str(ground)) >= 4.5, name
