"""The council paper: an estimate on A4 pages, two for an ordinary order, as a tagged PDF (PDF/UA-1) set by Typst.

The words and figures are those of the summary; paper.typ only sets them. They travel as data, so that nothing a user
typed is read as markup.
"""

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from functools import cache
from typing import Any

import segno
import typst

from pricing.money import euros
from views.reports.handout import Handout
from views.reports.palette import LIGHT
from views.reports.parts import SIX_BARS
from views.reports.summary import ASSUMED, CONFIRMED, DETAIL, LEFT_OUT, Summary
from views.reports.wording import INDICATIVE

TEMPLATE = __file__.removesuffix(".py") + ".typ"
_NOT_LATIN = re.compile("[^\u0020-\u007e\u00a0-\u024f\u2010-\u202f\u20ac]")
LEAST_CODE = 24.0
"""Smallest width of the QR code, in millimetres."""
LEAST_MODULE = 0.35
"""Smallest width of each of its squares, in millimetres: a photocopier keeps it readable."""


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that Typst carries, and none of the machine's, so that a paper is the same everywhere."""
    return typst.Fonts(include_system_fonts=False)


def paper(handout: Handout) -> bytes:
    """Return the paper as a PDF. The same handout gives the same bytes."""
    try:
        return _set(handout)
    except typst.TypstError:
        # PDF/UA lets no character be left blank, and the fonts here have no emoji and no ideogram.
        scenarios = tuple((_drawable(name), estimate) for name, estimate in handout.scenarios)
        drawable = {"name": _drawable(handout.name), "kept_as": _drawable(handout.kept_as), "scenarios": scenarios}
        return _set(replace(handout, **drawable))


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


def _set(handout: Handout) -> bytes:
    code, modules = _code(handout.link)
    width = max(LEAST_CODE, modules * LEAST_MODULE)
    data = _data(Summary(handout)) | {"code_width": width, "code_module": width / modules}
    made = typst.compile(
        TEMPLATE,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={
            "data": json.dumps(data, default=vars).replace("'", "’"),
            "link": handout.link,
            "code": code,
        },
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(handout.day, time(), UTC),
    )
    assert isinstance(made, bytes)  # one file in one format
    return made


_SAID = (
    *(
        "title",
        "made",
        "category",
        "figures",
        "billing",
        "quotes",
        "beside",
        "rises",
        "services",
        "closing",
        "left_out",
        "not_counted",
    ),
    *("cheaper", "spread", "points", "confirmed", "assumptions"),
)
"""Parts of the summary that the template uses, by name."""


def _data(summary: Summary) -> dict[str, Any]:
    handout = summary.handout
    return {name: getattr(summary, name) for name in _SAID} | {
        "name": handout.name,
        "indicative": INDICATIVE,
        "chart": _chart(summary),
        "columns": DETAIL,
        "left_out_heading": LEFT_OUT,
        "assumed": ASSUMED,
        "confirmed_heading": CONFIRMED,
        "side_by_side": summary.side_by_side if summary.scenarios else None,
        "colours": asdict(LIGHT),
    }


def _chart(summary: Summary) -> dict[str, Any] | None:
    """Return the bars of six years: each part as a share of the longest bar, with its label; None without amounts."""
    years = summary.years
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
