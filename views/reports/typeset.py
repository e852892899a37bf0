"""A4 documents set by Typst as tagged PDF (PDF/UA-1): what the council paper and the requests for a quote share.

Words travel as data, so that nothing a user typed is read as markup.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache

import segno
import typst

from views.reports.handout import Handout
from views.reports.palette import LIGHT

_NOT_LATIN = re.compile("[^\u0020-\u007e\u00a0-\u024f\u2010-\u202f\u20ac]")
LEAST_CODE = 24.0
"""Smallest width of the QR code, in millimetres."""
LEAST_MODULE = 0.35
"""Smallest width of each of its squares, in millimetres: a photocopier keeps it readable."""


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that Typst carries, and none of the machine's, so that a document is the same everywhere."""
    return typst.Fonts(include_system_fonts=False)


def drawn(set_: Callable[[Handout], bytes], handout: Handout) -> bytes:
    """Return a document; where its fonts lack a character that was typed, with an empty square in its place."""
    try:
        return set_(handout)
    except typst.TypstError:
        # PDF/UA lets no character be left blank, and the fonts here have no emoji and no ideogram.
        scenarios = tuple((_drawable(name), estimate) for name, estimate in handout.scenarios)
        drawable = {"name": _drawable(handout.name), "kept_as": _drawable(handout.kept_as), "scenarios": scenarios}
        return set_(replace(handout, **drawable))


def _drawable(words: str) -> str:
    """Return a text in which characters that are neither Latin nor usual punctuation are empty squares."""
    return _NOT_LATIN.sub("\u25a1", words)


def _code(link: str) -> tuple[str, int]:
    """Return the QR code of a link as SVG, and its squares a side; empty where the link is too long for any."""
    try:
        code = segno.make_qr(link, mask=0)  # trying all eight masks would take a third of the paper's time
    except segno.DataOverflowError:
        return "", 1
    return code.svg_inline(border=0, omitsize=True, dark=LIGHT.ink), int(code.symbol_size(border=0)[0])


def typeset(template: str, handout: Handout, data: Mapping[str, object]) -> bytes:
    """Set a template with its data, beside the link and its QR code. The same handout gives the same bytes."""
    code, modules = _code(handout.link)
    width = max(LEAST_CODE, modules * LEAST_MODULE)
    whole = {**data, "code_width": width, "code_module": width / modules}
    made = typst.compile(
        template,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={
            "data": json.dumps(whole, default=vars).replace("'", "’"),
            "link": handout.link,
            "code": code,
        },
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(handout.day, time(), UTC),
    )
    assert isinstance(made, bytes)  # one file in one format
    return made
