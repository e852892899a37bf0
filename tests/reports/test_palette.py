"""Contrast of every pair of colours that meet, in light and dark mode, also with colour vision deficiencies."""

import re
import tomllib
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from pricing.tariff import PAYEES, Payee, Rhythm
from views.reports.palette import DARK, LIGHT, Look, Mode, Palette
from views.reports.workbook_sheets import LOOKS

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "views" / "style.css").read_text(encoding="utf-8")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MODES: dict[Mode, Palette] = {"light": LIGHT, "dark": DARK}
RHYTHMS: list[Rhythm] = ["yearly", "term", "setup"]
SERIES: list[tuple[Payee, Rhythm]] = [*product(PAYEES, RHYTHMS)]

TEXT = 4.5
"""Least contrast of text, WCAG 2.2, 1.4.3."""
SHAPE = 3.0
"""Least contrast of shapes that mean something, WCAG 2.2, 1.4.11."""
APART = 25.0
"""Least CIE76 distance in CIELAB; about 2.3 is just noticeable, and two swatches 25 apart differ at a glance."""
VISIONS = {
    "protanopia": "0.152286 1.052583 -0.204868 0.114503 0.786281 0.099216 -0.003882 -0.048116 1.051998",
    "deuteranopia": "0.367322 0.860646 -0.227968 0.280085 0.672501 0.047413 -0.011820 0.042940 0.968881",
    "tritanopia": "1.255528 -0.076749 -0.178779 -0.078411 0.930809 0.147602 0.004733 0.691367 0.303900",
    "full colour vision": "1 0 0 0 1 0 0 0 1",
}
"""Matrices of Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB."""
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
"""Linear sRGB to CIE XYZ."""
WHITE = np.array([0.95047, 1, 1.08883])
"""White D65."""


def linear(colour: str) -> np.ndarray:
    """Return the linear sRGB of a hexadecimal colour."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG."""
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, by the WCAG formula."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, vision: str = "full colour vision") -> np.ndarray:
    """Return the CIELAB of a colour as a person sees it."""
    matrix = np.array(VISIONS[vision].split(), float).reshape(3, 3)
    ratio = XYZ @ np.clip(matrix @ linear(colour), 0, 1) / WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> Mode:
    return request.param


@pytest.fixture
def palette(mode: Mode) -> Palette:
    return MODES[mode]


def test_the_formulas_are_right_for_black_white_and_published_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert lab("#FFFFFF") == pytest.approx((100, 0, 0), abs=0.02)
    assert lab("#FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.1)
    confused = "#A0522D", "#6B6B1E"
    assert distance(*confused, "deuteranopia") < distance(*confused, "full colour vision") / 2


def test_text_has_enough_contrast_on_its_background(mode: Mode, palette: Palette) -> None:
    grounds = (palette.ground, THEME[mode]["secondaryBackgroundColor"])
    pairs = [*product((palette.ink, palette.muted, palette.fibre), grounds), (palette.ink, palette.quote)]
    pairs += [(palette.on(rhythm), palette.fill(payee, rhythm)) for payee, rhythm in SERIES]
    assert [pair for pair in pairs if contrast(*pair) < TEXT] == []


def test_the_edges_of_shapes_have_enough_contrast_on_the_page(palette: Palette) -> None:
    pairs = [(palette.muted, palette.ground), *((palette.edge(payee), palette.ground) for payee in PAYEES)]
    pairs += [(palette.edge(payee), palette.fill(payee, rhythm)) for payee, rhythm in SERIES if rhythm != "yearly"]
    assert [pair for pair in pairs if contrast(*pair) < SHAPE] == []


@pytest.mark.parametrize("vision", VISIONS)
def test_parts_differ_by_payee_and_rhythm_with_any_colour_vision(palette: Palette, vision: str) -> None:
    fill = {each: palette.fill(*each) for each in SERIES}
    for rhythm in ("yearly", "setup"):
        assert distance(fill["fibre", rhythm], fill["cdg", rhythm], vision) >= APART
    for payee in PAYEES:
        assert distance(fill[payee, "yearly"], fill[payee, "setup"], vision) >= APART
        assert distance(fill[payee, "setup"], fill[payee, "term"], vision) >= APART / 2


def test_the_cdg_is_the_lighter_payee_on_a_greyscale_copy(palette: Palette) -> None:
    """Measured: 1.57 in light and dark mode; the parts of a bar have a gap between them too."""
    assert contrast(palette.fibre, palette.cdg) >= 1.5
    assert luminance(palette.cdg) > luminance(palette.fibre)


# The same values in the style sheet and in the theme


def test_the_theme_has_the_colours_of_the_palette(mode: Mode, palette: Palette) -> None:
    assert Look(mode).palette is palette
    assert (Look(mode).size(12), Look(mode, large=True).size(12)) == (12, 18)
    names = ("primaryColor", "linkColor", "backgroundColor", "textColor")
    assert [THEME[mode][each] for each in names] == [palette.fibre, palette.fibre, palette.ground, palette.ink]


def pairs(before: str) -> set[tuple[str, str]]:
    """Return the pairs of a light and a dark colour that follow this text of the style sheet."""
    found = re.findall(rf"{before}light-dark\(#(\w+), #(\w+)\)", STYLE)
    return {(_long(light), _long(dark)) for light, dark in found}


def _long(digits: str) -> str:
    return f"#{digits if len(digits) == 6 else ''.join(each * 2 for each in digits)}".upper()


def in_both(*roles: str) -> set[tuple[str, str]]:
    """Return colours of the palette in light and dark mode."""
    return {(getattr(LIGHT, role), getattr(DARK, role)) for role in roles}


def test_the_style_sheet_has_the_colours_of_the_palette_and_no_other_background() -> None:
    for role in ("ink", "muted", "fibre", "cdg", "quote"):
        assert pairs(rf"--{role}: ") == in_both(role)
    assert pairs("background: ") == in_both("ground", "fibre_half", "cdg_half")


def test_the_legend_of_the_page_has_the_fills_and_edges_of_the_chart() -> None:
    styles = dict(re.findall(r"^\.swatch(\S*) \{(.*)\}$", STYLE, re.MULTILINE))
    for selector, *declared in (
        ("", "background: var(--fibre);", "border: 1.5px solid var(--fibre);"),
        (".cdg", "background: var(--cdg);", "border-color: var(--cdg);"),
        (".setup", f"background: light-dark({LIGHT.fibre_half}, {DARK.fibre_half});".lower()),
        (".cdg.setup", f"background: light-dark({LIGHT.cdg_half}, {DARK.cdg_half});".lower()),
        (".term", "background: transparent;", "border-style: dashed;"),
    ):
        assert [each for each in declared if each not in styles[selector]] == []


def test_the_colour_of_the_cdg_is_never_used_for_text() -> None:
    """Contrast enough for a shape and too little for a text."""
    rules = [line for line in STYLE.splitlines() if not line.strip().startswith(".marks ")]  # charts, on paper
    declared = re.findall(r"([\w-]+)\s*:\s*([^;{}]*)[;}]", "\n".join(rules))
    assert {name for name, value in declared if "var(--cdg)" in value} == {"background", "border-color", "border-left"}
    tones = LIGHT.cdg.lower(), DARK.cdg.lower()
    assert sum(any(tone in line.lower() for tone in tones) for line in rules) == 1, "its variable"
    for view in (ROOT / "views").glob("*.py"):
        assert not [tone for tone in ("var(--cdg)", *tones) if tone in view.read_text(encoding="utf-8").lower()]


def test_every_style_of_the_workbook_has_enough_contrast() -> None:
    for name, look in LOOKS.items():
        for payee in ("", "fibre", "cdg"):
            both = look | (LOOKS[payee] if payee and name == "head" else {})
            ink, ground = both.get("font_color", LIGHT.ink), both.get("bg_color", "#FFFFFF")
            assert contrast(str(ink), str(ground)) >= TEXT, name
