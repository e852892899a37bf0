"""Vega-Lite specifications of the charts, built once for each look.

They hold no figure and make no label: they place those of the rows, and choose the labels that fit the width.
"""

from functools import cache
from typing import Any

import altair as alt
from altair import ExprRef

from views.reports.palette import Look
from views.reports.parts import Series

_ROWS = alt.NamedData(name="rows")
"""Data of a chart, under any name: its rows are sent beside its specification."""
_PART, _END = "datum.series != null", "datum.series == null"
"""Rows of the parts of bars, and of their ends."""
_PARAMS = [
    {"name": "place", "expr": "containerSize()[0] + 0 * width"},
    {"name": "narrow", "expr": "place < 480"},
]
"""Width of the chart's place, read again at each change of width; and the condition for a telephone."""
_HEIGHT = 310
"""Height in pixels, where neither the bars nor presentation mode decide it."""
_TOTAL_WIDTH = ((85, 95), (145, 230), (215, 290))
"""Pixels for the totals beside bars, on a telephone and wider, by the largest number of reasons why one is partial."""
_GAP = 3
"""Pixels between the parts of a bar, edges included, so that they differ in black and white."""
_RANKS = alt.EncodingSortField(field="rank", op="min", order="ascending")
"""Order of the bars; by a field, since a chart that gets new figures keeps the order of its first rows."""
_LOWER = ExprRef("narrow ? 8 : 0")
"""Shift in pixels that makes room for the name above a horizontal bar on a telephone."""
_HORIZONTAL: dict[str, Any] = {"size": ExprRef("narrow ? 14 : min(bandwidth('y'), 60)"), "yOffset": _LOWER}
"""Size and shift of a horizontal bar, limited so that the two bars of two scenarios do not fill a large screen."""


@cache
def columns(legend: tuple[Series, ...], look: Look, reasons: int, *, lined: bool = False) -> dict[str, Any]:
    """Specify vertical bars in parts, under totals that are partial for at most `reasons` reasons.

    `lined` draws what is paid a year today as a line.
    """
    axis = alt.Axis(labelAngle=0, labelFontSize=ExprRef(f"min({look.size(13)}, place / 30)"))
    base = alt.Chart(_ROWS)
    x = alt.X("name:N", sort=_RANKS, title=None, axis=axis)
    y = alt.Y("low:Q", axis=None, scale=alt.Scale(zero=True, nice=20))
    bars = _parts(base, legend, look, ("Année", "Poste"), yOffset=-_GAP).encode(y=y, y2="high:Q")
    # A part too low for its amount shows none: the words and the table have it.
    fits = f"!narrow && scale('y', datum.low) - scale('y', datum.high) > {18 if look.large else 15}"
    labels = _labels(base, legend, look, f"{fits} ? {_for_a_sixth(look.size(13))} : 0", dy=-_GAP / 2).encode(
        y="middle:Q"
    )
    # What an amount leaves out is written between it and its bar, on lines of its own.
    height = f"(narrow ? 11 : {look.size(15)})"
    ends = base.transform_filter(_END).encode(y="top:Q")
    total: dict[str, Any] = {
        "baseline": "bottom",
        "dy": ExprRef(f"-4 - {height} * datum.lines"),
        "fontSize": ExprRef(_for_a_sixth(look.size(14))),
        "fontWeight": "bold",
    }
    reason: dict[str, Any] = {
        "baseline": "bottom",
        "dy": ExprRef(f"-4 - {height} * (datum.lines - 1)"),
        "fontSize": ExprRef(_for_a_sixth(look.size(13))),
        "lineHeight": ExprRef(height),
        "lineBreak": "\n",
        "text": ExprRef("narrow ? datum.left_out_narrow : datum.left_out"),
    }
    totals, left_out = ends.mark_text(**total).encode(text="amount:N"), ends.mark_text(**reason)
    # In presentation mode, the scale itself leaves room for the totals.
    headroom = 5 + reasons * look.size(15) if look.large else 20 + 2 * reasons * look.size(15)
    layers = [bars, labels, totals, left_out]
    if lined:
        # Behind the bars, over the whole width; the amounts above the bars are cleared of it.
        today = base.transform_filter("datum.today != null").mark_rule(
            color=look.palette.ink, strokeDash=[6, 4], strokeWidth=2 if look.large else 1.5
        )
        line = today.encode(x=alt.value(0), x2=alt.value("width"), y=alt.Y("today:Q", axis=None))
        clear = {"stroke": look.palette.ground, "strokeWidth": 5}
        cleared = [ends.mark_text(**total, **clear).encode(text="amount:N"), ends.mark_text(**reason, **clear)]
        layers = [line, bars, *cleared, labels, totals, left_out]
    if look.large:
        # Behind the bars and wider, so that it is seen whether a year now costs more or less than at the start.
        outline = base.transform_filter("datum.start != null").mark_bar(
            fillOpacity=0, stroke=look.palette.ink, strokeWidth=2, width=alt.RelativeBandSize(band=0.98)
        )
        end_of_scale = base.transform_filter("datum.scale != null").mark_bar(opacity=0)
        behind = [
            end_of_scale.encode(y=alt.Y("scale:Q", axis=None), y2="scale:Q"),
            outline.encode(y=alt.Y("low:Q", axis=None), y2="start:Q"),
        ]
        layers = [*behind, *layers]
    return _spec(alt.layer(*layers).encode(x=x), look, _HEIGHT, headroom)


def _for_a_sixth(size: int) -> str:
    """Return a font size, or a smaller one in which an amount takes no more than a sixth of the width."""
    return f"min({size}, place / max(38, 3.5 * length(datum.amount)))"


@cache
def rows(legend: tuple[Series, ...], look: Look, reasons: int) -> dict[str, Any]:
    """Specify horizontal bars in parts, beside totals that are partial for at most `reasons` reasons."""
    # The room for the totals is kept from the start, since a chart that gets new figures is not laid out again.
    narrow, wide = _TOTAL_WIDTH[reasons]
    width = ExprRef(f"max(width * 0.35, width - (narrow ? {narrow} : {look.size(wide)}))")
    base = alt.Chart(_ROWS)
    bars = _parts(base, legend, look, ("Ligne", "Facturé par"), xOffset=_GAP, **_HORIZONTAL).encode(
        x=alt.X("low:Q", axis=None, scale=alt.Scale(zero=True, range=[0, width])), x2="high:Q"
    )
    # A part too short for its amount shows none, and neither does a single part: the table or the total has it.
    fits = f"datum.parts > 1 && scale('x', datum.high) - scale('x', datum.low) > {look.size(62)}"
    labels = _labels(base, legend, look, f"{fits} ? {look.size(13)} : 0", dy=_LOWER).encode(x="middle:Q")
    totals = (
        base.transform_filter(_END)
        .mark_text(
            align="left",
            dx=8,
            dy=_LOWER,
            fontSize=ExprRef(f"narrow ? 12 : {look.size(13)}"),
            fontWeight="bold",
            text=ExprRef("narrow ? datum.total_narrow : datum.total"),
        )
        .encode(x="high:Q")
    )
    return _horizontal([bars, labels, totals], look)


@cache
def differences(look: Look, saves: bool, costs: bool) -> dict[str, Any]:
    """Specify horizontal bars from zero; `saves` and `costs` say which sides have some, and room for their amounts."""
    room = look.size(90)
    ends = [room if saves else 0, ExprRef(f"width - {room if costs else 0}")]
    base = alt.Chart(_ROWS).encode(x=alt.X("high:Q", axis=None, scale=alt.Scale(zero=True, range=ends)))
    bars = base.mark_bar(color=look.palette.muted, **_HORIZONTAL).encode(
        tooltip=[alt.Tooltip("name:N", title="Choix"), alt.Tooltip("total:N", title="Sur six ans")]
    )
    # An amount is at the outer end of its bar.
    less = base.transform_filter("datum.high < 0").mark_text(align="right", dx=-6, dy=_LOWER).encode(text="total:N")
    more = base.transform_filter("datum.high >= 0").mark_text(align="left", dx=6, dy=_LOWER).encode(text="total:N")
    return _horizontal([bars, less, more], look)


@cache
def counts(look: Look) -> dict[str, Any]:
    """Specify horizontal bars of numbers of communes, each with its number in words at its end."""
    base = alt.Chart(_ROWS).encode(
        x=alt.X("high:Q", axis=None, scale=alt.Scale(zero=True, range=[0, ExprRef(f"width - {look.size(110)}")]))
    )
    bars = base.mark_bar(color=look.palette.muted, **_HORIZONTAL).encode(
        tooltip=[alt.Tooltip("name:N", title="Coût"), alt.Tooltip("total:N", title="Communes")]
    )
    words = base.mark_text(align="left", dx=6, dy=_LOWER).encode(text="total:N")
    return _horizontal([bars, words], look)


def _horizontal(layers: list[alt.Chart], look: Look) -> dict[str, Any]:
    """Specify horizontal bars with their names beside them, or above them on a telephone.

    The position is the lines of a name, then the whole name, so that two names that begin alike stay apart.
    """
    lines = "slice(split(datum.label, '\\n'), 0, -1)"
    axis = alt.Axis(
        labelExpr=f"narrow ? '' : {lines}",
        labelBaseline=alt.condition(f"length({lines}) > 1", alt.value("bottom"), alt.value("middle")),
        labelLimit=look.size(230),
        labelPadding=8,
    )
    y = alt.Y("place:N", sort=_RANKS, title=None, axis=axis, scale=alt.Scale(paddingInner=0.35))
    above = (
        alt.Chart(_ROWS)
        .transform_filter(f"narrow && {_END}")
        .mark_text(align="left", baseline="bottom", fontSize=12, limit=ExprRef("place - 15"))
        .encode(x=alt.value(0), text="name:N")
    )
    return _spec(alt.layer(*layers, above).encode(y=y), look, _HEIGHT if look.large else alt.Step(36))


def _parts(base: alt.Chart, legend: tuple[Series, ...], look: Look, titles: tuple[str, str], **mark: Any) -> alt.Chart:
    """Return the parts of bars; `titles` are those of a bar and of a series in their tooltips."""
    of_bar, of_series = titles
    fills = _scale(legend, [look.palette.fill(each.payee, each.rhythm) for each in legend])
    edges = _scale(legend, [look.palette.edge(each.payee) for each in legend])
    dashes = _scale(legend, [[4, 3] if each.rhythm == "term" else [1, 0] for each in legend])
    bars = base.transform_filter(_PART).mark_bar(strokeWidth=1.5, **mark)
    return bars.encode(
        fill=alt.Fill("series:N", scale=fills, legend=None),
        stroke=alt.Stroke("series:N", scale=edges, legend=None),
        strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=None),
        tooltip=[
            alt.Tooltip("name:N", title=of_bar),
            alt.Tooltip("series:N", title=of_series),
            alt.Tooltip("amount:N", title="Montant"),
        ],
    )


def _labels(base: alt.Chart, legend: tuple[Series, ...], look: Look, size: str, **mark: Any) -> alt.Chart:
    """Return the amounts inside the parts of bars; `size` is the expression of their size of type."""
    inks = _scale(legend, [look.palette.on(each.rhythm) for each in legend])
    labels = base.transform_filter(_PART).mark_text(fontSize=ExprRef(size), **mark)
    return labels.encode(text="amount:N", color=alt.Color("series:N", scale=inks, legend=None))


def _scale(legend: tuple[Series, ...], values: list[Any]) -> alt.Scale:
    return alt.Scale(domain=[each.name for each in legend], range=values)


def _spec(chart: alt.LayerChart, look: Look, height: int | alt.Step, headroom: int = 5) -> dict[str, Any]:
    padding = {"top": headroom, "left": 5, "right": 5, "bottom": 5}
    spec = (
        chart.properties(width="container", height=height, padding=padding)
        .configure(font="Source Sans, Source Sans Pro, sans-serif")
        .configure_mark(aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            aria=False,
            labelColor=look.palette.ink,
            labelFontSize=look.size(13),
            labelOverlap=False,
            domain=False,
            grid=False,
            ticks=False,
        )
        .configure_text(color=look.palette.ink, fontSize=look.size(13))
        .to_dict()
    )
    del spec["data"]  # the rows come beside it
    return spec | {"params": _PARAMS}
