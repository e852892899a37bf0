"""Contrast of every pair of colours that meet, in light and dark mode, also with colour vision deficiencies."""

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

from pricing.tariff import PAYEES
from views.reports.palette import LIGHT, PALETTES, Mode
from views.reports.vega import Series
from views.reports.workbook_sheets import LOOKS

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "views" / "style.css").read_text(encoding="utf-8")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MODES: list[Mode] = ["light", "dark"]
SERIES = [Series("", payee, rhythm) for payee, rhythm in product(PAYEES, ("yearly", "term", "setup"))]

TEXT = 4.5
"""Least contrast of text, WCAG 2.2, 1.4.3."""
SHAPE = 3.0
"""Least contrast of shapes that mean something, WCAG 2.2, 1.4.11."""
APART = 25.0
"""Least CIE76 distance in CIELAB; about 2.3 is just noticeable, and two swatches 25 apart differ at a glance."""

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
"""Matrices of Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB."""


def linear(colour: str) -> Linear:
    """Return the linear sRGB of a hexadecimal colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, by the WCAG formula."""
    darker, lighter = sorted(luminance(linear(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Linear) -> float:
    """Return the relative luminance of WCAG."""
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def seen(colour: str, matrix: Matrix) -> Linear:
    """Return a colour as a person with the deficiency sees it."""
    channels = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * channel for weight, channel in zip(row, channels, strict=True))))
        for row in matrix
    )
    return red, green, blue


def lab(colour: Linear) -> tuple[float, float, float]:
    """Return the CIELAB of a linear sRGB colour, white D65."""
    red, green, blue = colour
    x = _cube((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _cube(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _cube((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def distance(one: Linear, other: Linear) -> float:
    """Return the perceived distance of two colours."""
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def test_the_formulas_are_right_for_black_white_and_published_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert lab(linear("#FFFFFF")) == pytest.approx((100, 0, 0), abs=0.02)
    assert lab(linear("#FF0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.1)
    confused = [seen(colour, SIMULATED["deuteranopia"]) for colour in ("#A0522D", "#6B6B1E")]
    assert distance(*confused) < distance(linear("#A0522D"), linear("#6B6B1E")) / 2


@pytest.mark.parametrize("mode", MODES)
def test_text_has_enough_contrast_on_its_background(mode: Mode) -> None:
    palette = PALETTES[mode]
    grounds = (palette.ground, THEME[mode]["secondaryBackgroundColor"])
    pairs = [*product((palette.ink, palette.muted, palette.fibre), grounds), (palette.ink, palette.quote)]
    pairs += [(series.ink(palette), series.fill(palette)) for series in SERIES]
    assert [pair for pair in pairs if contrast(*pair) < TEXT] == []


@pytest.mark.parametrize("mode", MODES)
def test_the_edges_of_shapes_have_enough_contrast_on_the_page(mode: Mode) -> None:
    palette = PALETTES[mode]
    assert contrast(palette.muted, palette.ground) >= SHAPE
    for series in SERIES:
        assert contrast(series.edge(palette), palette.ground) >= SHAPE
        assert (
            series.fill(palette) == series.edge(palette)
            or contrast(series.edge(palette), series.fill(palette)) >= SHAPE
        )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("vision", SIMULATED)
def test_parts_differ_by_payee_and_rhythm_with_any_colour_vision(mode: Mode, vision: str) -> None:
    def apart(one: Series, other: Series) -> float:
        return distance(*(seen(each.fill(PALETTES[mode]), SIMULATED[vision]) for each in (one, other)))

    of = {(each.payee, each.rhythm): each for each in SERIES}
    for rhythm in ("yearly", "setup"):
        assert apart(of["fibre", rhythm], of["cdg", rhythm]) >= APART
    for payee in PAYEES:
        assert apart(of[payee, "yearly"], of[payee, "setup"]) >= APART
        assert apart(of[payee, "setup"], of[payee, "term"]) >= APART / 2


@pytest.mark.parametrize(("mode", "least"), [("light", 1.5), ("dark", 1.4)])
def test_the_cdg_is_the_lighter_payee_on_a_greyscale_copy(mode: Mode, least: float) -> None:
    """Measured: 1.57 in light and dark mode; the parts of a bar have a gap between them too."""
    palette = PALETTES[mode]
    assert contrast(palette.fibre, palette.cdg) >= least
    assert luminance(linear(palette.cdg)) > luminance(linear(palette.fibre))


# The same values in the style sheet and in the theme


@pytest.mark.parametrize("mode", MODES)
def test_the_theme_has_the_colours_of_the_palette(mode: Mode) -> None:
    palette, theme = PALETTES[mode], THEME[mode]
    assert theme["primaryColor"] == theme["linkColor"] == palette.fibre
    assert theme["backgroundColor"] == palette.ground
    assert theme["textColor"] == palette.ink


@pytest.mark.parametrize("role", ["ink", "muted", "fibre", "cdg", "quote"])
def test_the_style_sheet_has_the_colours_of_the_palette(role: str) -> None:
    assert [*pairs(rf"--{role}: ")] == [in_both(role)]


def test_the_style_sheet_has_no_background_but_those_of_the_palette() -> None:
    assert set(pairs(r"background: ")) == {in_both(role) for role in ("ground", "fibre_half", "cdg_half")}


def pairs(before: str) -> list[tuple[str, str]]:
    """Return the pairs of a light and a dark colour that follow this text of the style sheet."""
    found = re.findall(rf"{before}light-dark\((#\w+), (#\w+)\)", STYLE)
    return [(_long(light), _long(dark)) for light, dark in found]


def _long(colour: str) -> str:
    digits = colour[1:].upper()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)


def in_both(role: str) -> tuple[str, str]:
    """Return a colour of the palette in light and dark mode."""
    light, dark = (getattr(PALETTES[mode], role) for mode in MODES)
    return light, dark


@pytest.mark.parametrize(
    ("selector", "declared"),
    [
        (".swatch", {"background": "var(--fibre)", "border": "1.5px solid var(--fibre)"}),
        (".swatch.cdg", {"background": "var(--cdg)", "border-color": "var(--cdg)"}),
        (".swatch.setup", {"background": "light-dark(#bcd2e8, #2b4a69)"}),
        (".swatch.cdg.setup", {"background": "light-dark(#f7dcc4, #6b4420)"}),
        (".swatch.term", {"background": "transparent", "border-style": "dashed"}),
    ],
)
def test_the_legend_of_the_page_has_the_fills_and_edges_of_the_chart(selector: str, declared: dict[str, str]) -> None:
    [body] = re.findall(rf"^{re.escape(selector)} \{{(.*)\}}$", STYLE, re.MULTILINE)
    found = {name.strip(): value.strip() for name, _, value in (each.partition(":") for each in body.split(";"))}
    assert declared.items() <= found.items()


def test_the_colour_of_the_cdg_is_never_used_for_text() -> None:
    """Contrast enough for a shape and too little for a text."""
    used = {name for name, value in re.findall(r"([\w-]+)\s*:\s*([^;{}]*)[;}]", STYLE) if "var(--cdg)" in value}
    assert used == {"background", "border-color"}
    tones = {PALETTES[mode].cdg.lower() for mode in MODES}
    assert sum(any(tone in line.lower() for tone in tones) for line in STYLE.splitlines()) == 1, "its variable"
    for view in sorted((ROOT / "views").glob("*.py")):
        assert not [tone for tone in ("var(--cdg)", *tones) if tone in view.read_text(encoding="utf-8").lower()]


def test_every_style_of_the_workbook_has_enough_contrast() -> None:
    for name, look in LOOKS.items():
        for payee in ("", "fibre", "cdg"):
            both = look | (LOOKS[payee] if payee and name == "head" else {})
            ink, ground = both.get("font_color", LIGHT.ink), both.get("bg_color", "#FFFFFF")
            assert contrast(str(ink), str(ground)) >= TEXT, name
