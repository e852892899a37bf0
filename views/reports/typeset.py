"""Papers set by Typst as tagged PDF (PDF/UA-1): words and figures travel as data, so that none is read as markup."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import segno
import typst

from pricing.money import euros
from views.reports.palette import LIGHT
from views.reports.parts import SIX_BARS, Bar

FOLDER = __file__.rpartition("typeset.py")[0]
"""Folder of the templates."""
LEAST_CODE = 24.0
"""Smallest width of the QR code, in millimetres."""
LEAST_MODULE = 0.35
"""Smallest width of each of its squares, in millimetres: a photocopier keeps it readable."""


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that Typst carries, and none of the machine's, so that a paper is the same everywhere."""
    return typst.Fonts(include_system_fonts=False)


def typeset(template: str, data: Mapping[str, Any], link: str, day: date) -> bytes:
    """Return a paper as a PDF, with the QR code of its link. The same data give the same bytes.

    Raises TypstError for a character that no font here has.
    """
    code, modules = _code(link)
    width = max(LEAST_CODE, modules * LEAST_MODULE)
    sized = {"code_width": width, "code_module": width / modules, "colours": asdict(LIGHT)}
    made = typst.compile(
        f"{FOLDER}{template}",
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={
            "data": json.dumps({**data, **sized}, default=vars).replace("'", "’"),
            "link": link,
            "code": code,
        },
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(day, time(), UTC),
    )
    assert isinstance(made, bytes)  # one file in one format
    return made


def _code(link: str) -> tuple[str, int]:
    """Return the QR code of a link as SVG, and its squares a side; empty where the link is too long for any."""
    try:
        code = segno.make_qr(link, mask=0)  # trying all eight masks would take a third of the paper's time
    except segno.DataOverflowError:
        return "", 1
    return code.svg_inline(border=0, omitsize=True, dark=LIGHT.ink), int(code.symbol_size(border=0)[0])


def chart(years: Sequence[Bar]) -> dict[str, Any] | None:
    """Return the bars of six years: each part as a share of the longest bar, with its label; None without amounts."""
    highest = max(sum(year.parts.values()) for year in years)
    if not highest:
        return None
    bars = [
        {
            "figure": year.figure,
            "parts": [
                vars(series) | {"share": float(amount / highest), "label": euros(amount)}
                for series, amount in year.parts.items()
            ],
        }
        for year in years
    ]
    return {
        "bars": bars,
        "legend": list(years[0].parts),
        "alt": " ".join([SIX_BARS, *(year.words() for year in years)]),
    }
