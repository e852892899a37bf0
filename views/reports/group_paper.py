"""The paper on many communes, as a tagged PDF (PDF/UA-1): the answer for all of them, then a row a commune.

The words and figures are those of the summary; group_paper.typ only sets them.
"""

from typing import Any

from pricing.money import counted
from views.reports.group_change import Change, change
from views.reports.group_handout import GroupHandout
from views.reports.group_parts import COMMUNES
from views.reports.group_summary import GroupSummary
from views.reports.parts import FIRST_YEAR, LATER, SIX_YEARS
from views.reports.summary import ASSUMED, LEFT_OUT
from views.reports.typeset import chart, typeset
from views.reports.wording import INDICATIVE

CATEGORIES = (
    "Catégorie",
    "Communes",
    f"Chacune, {FIRST_YEAR}",
    f"Ensemble, {FIRST_YEAR}",
    f"Ensemble, {SIX_YEARS.lower()}",
)
"""Headings of the categories."""
AMOUNTS = ("Habitants", FIRST_YEAR, LATER, SIX_YEARS)
"""Headings of the rows whose column is aligned right."""
_SAID = (
    *("title", "answer", "made", "figures", "billing", "quotes", "left_out", "not_counted", "asked", "exceptions"),
    *("per_head", "points", "assumptions"),
)
"""Parts of the summary that the template uses, by name."""


def group_paper(handout: GroupHandout) -> bytes:
    """Return the paper as a PDF. The same handout gives the same bytes."""
    summary = GroupSummary(handout)
    return typeset("group_paper.typ", _data(summary), handout.link, handout.day)


def _data(summary: GroupSummary) -> dict[str, Any]:
    handout, both = summary.handout, change(summary.handout)
    categorised = bool(summary.portfolio.grids)
    # Without a category, its column would be empty.
    shown = [rank for rank, heading in enumerate(COMMUNES) if categorised or heading != "Catégorie"]
    partial = any(row.left_out for row in summary.rows)
    shown = shown if partial else shown[:-1]
    return {name: getattr(summary, name) for name in _SAID} | {
        "name": handout.name,
        "indicative": INDICATIVE,
        "chart": chart(summary.years) if summary.rows else None,
        "category_heads": CATEGORIES,
        "categories": [
            (each.name, each.communes, each.each, each.figures[0], each.figures[2])
            for each in (summary.categories if categorised else ())
        ],
        "whole": (f"Ensemble, {counted(len(summary.rows), 'commune', 'communes')}", summary.figures),
        "heads": [COMMUNES[rank] for rank in shown],
        "rows": [[row.cells[rank] for rank in shown] for row in summary.rows],
        "amounts": [
            rank for rank, column in enumerate(shown) if COMMUNES[column] in (FIRST_YEAR, LATER, SIX_YEARS, "Habitants")
        ],
        "partial": partial,
        "left_out_heading": LEFT_OUT,
        "assumed": ASSUMED,
        "both": _both(both) if both else None,
    }


def _both(both: Change) -> dict[str, Any]:
    return {"acts": f"{both.acts[:1].upper()}{both.acts[1:]}.", "mark": both.mark, "sentences": both.sentences}
