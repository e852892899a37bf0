"""The council paper: an estimate on A4 pages, two for an ordinary order, as a tagged PDF (PDF/UA-1) set by Typst.

The words and figures are those of the summary; paper.typ only sets them. They travel as data, so that nothing a user
typed is read as markup.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import typst

from views.reports.decision import DECISION
from views.reports.handout import Handout
from views.reports.summary import ASSUMED, CONFIRMED, DETAIL, LEFT_OUT, Summary
from views.reports.typeset import chart, typeset
from views.reports.wording import INDICATIVE

_NOT_LATIN = re.compile("[^\u0020-\u007e\u00a0-\u024f\u2010-\u202f\u20ac]")


def paper(handout: Handout) -> bytes:
    """Return the paper as a PDF. The same handout gives the same bytes."""
    return drawn(_set, handout)


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


def _set(handout: Handout) -> bytes:
    return typeset("paper.typ", _data(Summary(handout)), handout.link, handout.day)


_SAID = (
    *(
        "title",
        "made",
        "category",
        "figures",
        "billing",
        "quotes",
        "beside",
        "decision",
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
        "chart": chart(summary.years),
        "columns": DETAIL,
        "decision_heading": DECISION,
        "left_out_heading": LEFT_OUT,
        "assumed": ASSUMED,
        "confirmed_heading": CONFIRMED,
        "side_by_side": summary.side_by_side if summary.scenarios else None,
    }
