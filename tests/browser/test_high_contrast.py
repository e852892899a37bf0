"""The page in the colours of its reader: what a browser shows in the high contrast of Windows, light and dark."""

import io
from collections.abc import Iterator
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, SCENARIO, SECTIONS, SHARE, Screen
from test_accessibility import found

ORDER = {**EXAMPLE, "stockage-go": "130"}
"""Order of which something is on quote."""
FILLS = """(selector) => [...new Set([...document.querySelectorAll(selector)].map((each) => getComputedStyle(each))
  .map((style) => selector.includes("svg") ? style.fill : style.backgroundColor))]"""
"""Script that lists the colours that all of a selector are filled with."""
FOCUSED = """() => {
  const held = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
  const around = [held, held.closest("label"), held.parentElement?.parentElement].filter(Boolean);
  const drawn = around.map((each) => getComputedStyle(each)).some((style) =>
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  return [drawn, held.outerHTML.slice(0, 150)];
}"""
"""Script that tells if what has the focus has a frame of its own, and names it."""


@pytest.fixture(params=["light", "dark"])
def contrasted(screen: Screen, request: pytest.FixtureRequest) -> Iterator[Screen]:
    """Yield a screen in high contrast."""
    scheme: Literal["light", "dark"] = request.param
    screen.page.emulate_media(color_scheme=scheme, forced_colors="active")
    yield screen
    screen.page.emulate_media(forced_colors="none")


def luminance(colour: tuple[int, ...]) -> float:
    """Return the relative luminance of WCAG."""
    shares = [each / 255 for each in colour]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ground(zone: Locator) -> float:
    """Return the luminance of a zone's most frequent colour."""
    return luminance(_colours(zone)[0])


def legibility(zone: Locator) -> float:
    """Return the greatest contrast between a zone's most frequent colour and another of its colours."""
    first, *others = map(luminance, _colours(zone))
    return max((max(first, other) + 0.05) / (min(first, other) + 0.05) for other in [*others, first])


def _colours(zone: Locator) -> list[tuple[int, ...]]:
    """Return the colours inside a zone's edges, the most frequent one first."""
    edge = 8 if zone.evaluate("each => each.matches('.quote')") else 4  # what is behind its words, not around them
    image = Image.open(io.BytesIO(zone.screenshot())).convert("RGB")
    inside = image.crop((edge, 4, image.width - edge, image.height - 4))
    counted = inside.getcolors(inside.width * inside.height) or []
    return [colour for _, colour in sorted(counted, reverse=True) if isinstance(colour, tuple)]


def test_what_is_chosen_looks_chosen_and_every_choice_can_be_read(contrasted: Screen) -> None:
    contrasted.open(ORDER)
    for group in ("Type de structure", "À voir"):
        choices = contrasted.page.get_by_role("radiogroup", name=group)
        choices.get_by_role("radio").nth(1).hover()
        contrasted.page.mouse.move(0, 0)
        chosen = choices.get_by_role("radio", checked=True)
        expect(chosen).to_have_count(1)
        others = choices.get_by_role("radio", checked=False).all()
        assert contrasted.at_last(lambda chosen=chosen, other=others[0]: ground(chosen) == ground(other)) is False
        assert all(legibility(each) >= 4.5 for each in (chosen, *others)), group
        assert len({ground(each) for each in others}) == 1, group


def test_a_ticked_box_differs_from_one_that_is_not(contrasted: Screen) -> None:
    contrasted.open(ORDER)
    ticked, empty = (
        contrasted.page.locator(f".st-key-{key} label > div").first
        for key in ("demarches_simplifiees", "antivirus_intervention")
    )
    assert legibility(ticked) >= 3
    assert legibility(empty) < 1.5


def test_a_legend_has_the_colours_of_its_bars(contrasted: Screen) -> None:
    contrasted.open(ORDER)
    contrasted.expect_charts(2)
    bars = set(contrasted.page.evaluate(FILLS, "svg.marks path"))
    swatches = contrasted.page.evaluate(FILLS, ".swatch:not(.term)")
    assert len(swatches) == 4, "each series has its own"
    assert [each for each in swatches if each not in bars] == []
    assert set(contrasted.page.evaluate(FILLS.replace("(each))", "(each, '::before'))"), ".payee")) <= bars


def test_what_is_on_quote_or_has_changed_can_be_read(contrasted: Screen) -> None:
    contrasted.open(ORDER)
    contrasted.type("domains", 2)
    expect(contrasted.answer.locator(".change").first).to_be_visible()
    contrasted.settle()
    for zone in (
        *contrasted.answer.locator(".quote, .change, .figure").all(),
        contrasted.page.locator("td .quote").first,
    ):
        assert legibility(zone) >= 4.5, zone.inner_text()


def test_the_keyboard_s_focus_is_framed_everywhere(contrasted: Screen) -> None:
    contrasted.open(ORDER)
    contrasted.section(SHARE)
    contrasted.number("inhabitants").focus()
    reached: set[str] = set()
    for _ in range(100):
        contrasted.page.keyboard.press("Tab")
        drawn, held = contrasted.page.evaluate(FOCUSED)
        if held.startswith("<body"):  # after the last
            break
        assert drawn, held
        reached.add(held)
    assert len(reached) > 30


@pytest.mark.parametrize("query", [[*ORDER.items(), SCENARIO], {}, {**ORDER, "vue": "presentation"}])
def test_no_state_has_a_fault(contrasted: Screen, query: dict[str, str] | list[tuple[str, str]]) -> None:
    contrasted.open(query)
    for name in SECTIONS if isinstance(query, list) else ():
        contrasted.section(name)
        assert found(contrasted, within=".stMain") == [], name
    assert found(contrasted) == []
