"""The council paper: an estimate on A4 pages, two for an ordinary order, as a tagged PDF (PDF/UA-1) set by Typst.

The words and figures are those of the summary; paper.typ only sets them.
"""

from dataclasses import asdict
from typing import Any

from pricing.money import euros
from views.reports.handout import Handout
from views.reports.palette import LIGHT
from views.reports.parts import SIX_BARS
from views.reports.summary import ASSUMED, CONFIRMED, DETAIL, LEFT_OUT, Summary
from views.reports.typeset import drawn, typeset
from views.reports.wording import INDICATIVE

TEMPLATE = __file__.removesuffix(".py") + ".typ"


def paper(handout: Handout) -> bytes:
    """Return the paper as a PDF. The same handout gives the same bytes."""
    return drawn(lambda of: typeset(TEMPLATE, of, _data(Summary(of))), handout)


_SAID = (
    *("title", "made", "category", "figures", "billing", "quotes", "services", "closing", "left_out", "not_counted"),
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
