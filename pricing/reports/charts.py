"""Charts of an estimate: Vega-Lite specifications built once, and the rows of figures that feed them.

Rows carry each label ready-made, so that a chart words an amount exactly as the rest of the page does; the only
floats of the project are here, for the lengths of bars.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

import altair as alt
import pyarrow as pa

from pricing.estimate import HORIZON, Estimate, Line, total
from pricing.money import ZERO, euros
from pricing.options import Option, by_saving
from pricing.reports.palette import PALETTES, Mode, Palette
from pricing.schedule import Schedule
from pricing.tariff import PAYEES, Payee, Rhythm, Tariff

_SERIES: dict[Rhythm, str] = {"yearly": "chaque année", "term": "certificats", "setup": "mise en service"}
_LOCALE = alt.Locale(
    number=alt.NumberLocale(decimal=",", thousands="\u202f", grouping=[3], currency=["", "\u00a0€"]),
)
_ROWS = alt.NamedData(name="rows")
"""Any name: a chart's rows come beside its specification."""
_FONT = "Source Sans, Source Sans Pro, sans-serif"
_NARROW = "(containerSize()[0] < 480)"
"""Whether the chart stands on a phone, in Vega's own words."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is to be seen."""

    mode: Mode
    """In light or in dark."""
    large: bool = False
    """Whether it is read from the back of a room."""

    @property
    def palette(self) -> Palette:
        """The colours of the mode."""
        return PALETTES[self.mode]

    @property
    def height(self) -> int:
        """How high a chart is, in pixels, when its bars don't decide it; a projector's screen is low."""
        return 290 if self.large else 310

    @property
    def room(self) -> int:
        """The smallest share of a bar that holds a label, as one part in so many."""
        return 9 if self.large else 14

    def size(self, points: int) -> int:
        """A size of type in pixels, for a screen or for a room."""
        return points * 4 // 3 if self.large else points


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart."""

    name: str
    """What it means, in French."""
    payee: Payee
    """Who bills it."""
    rhythm: Rhythm
    """When it is paid."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be shown."""

    spec: dict[str, Any]
    """The Vega-Lite specification; it is shared, never changed."""
    rows: pa.Table
    """The figures and their labels, a row a mark."""
    alt: str
    """What the chart shows, for those who don't see it; it never changes, since a chart is drawn anew when it does."""
    words: str
    """Its figures in words, for those who don't see it."""
    legend: tuple[Series, ...] = ()
    """What its colours mean, in the order in which they stand on each other."""


Bar = tuple[str, Mapping[Payee, Decimal], str]
"""A bar's name, its euros by payee, and its total in words."""


def year_name(number: int) -> str:
    """A budget year, counted from 1: ``1re année``, ``2e année``."""
    return "1re année" if number == 1 else f"{number}e année"


def six_years(schedule: Schedule, tariff: Tariff, look: Look) -> Chart:
    """Six years of cash, a bar a year, stacked by who bills and when."""
    highest = max(year.total.amount for year in schedule.years)
    series = [
        Series(f"{tariff.payees[payee].short}, {words}", payee, rhythm)
        for payee in PAYEES
        for rhythm, words in _SERIES.items()
    ]
    present: set[Series] = set()
    rows: list[dict[str, Any]] = []
    said: list[str] = []
    for year in schedule.years:
        name, base = year_name(year.number), ZERO
        parts: list[str] = []
        for each in series:
            amount = year.of(payee=each.payee, rhythm=each.rhythm).amount
            if amount:
                present.add(each)
                label = euros(amount) if amount * look.room >= highest else ""
                rows.append(_segment(name, each.name, base, base + amount, label))
                parts.append(f"{each.name} {euros(amount)}")
                base += amount
        left_out = " + ".join(year.total.left_out())
        rows.append(_segment(name, None, base, base, "") | {"total": year.total.known_words(), "left_out": left_out})
        said.append(_said(name, year.total.words(), parts))
    legend = tuple(each for each in series if each in present)
    return Chart(
        spec=_six_years_spec(legend, look),
        rows=pa.Table.from_pylist(rows),
        alt="Dépenses de six ans, une barre par année.",
        words=f"{'. '.join(said)}.",
        legend=legend,
    )


def _segment(name: str, series: str | None, low: Decimal, high: Decimal, label: str) -> dict[str, Any]:
    """A part of a bar, with the label inside it; a part without a series carries the bar's total."""
    return {
        "name": name,
        "series": series,
        "low": float(low),
        "high": float(high),
        "middle": float((low + high) / 2),
        "label": label,
        "amount": euros(high - low),
        "total": "",
        "left_out": "",
    }


def _said(name: str, whole: str, parts: Sequence[str]) -> str:
    """A bar in words: its name, its total and its parts."""
    return f"{name} : {whole}" + (f" ({' ; '.join(parts)})" if parts else "")


@cache
def _six_years_spec(series: tuple[Series, ...], look: Look) -> dict[str, Any]:
    palette = look.palette
    full: dict[Payee, str] = {"fibre": palette.fibre, "cdg": palette.cdg}
    half: dict[Payee, str] = {"fibre": palette.fibre_half, "cdg": palette.cdg_half}
    inside: dict[Payee, str] = {"fibre": palette.on_fibre, "cdg": palette.on_cdg}
    fills = {"yearly": full, "setup": half, "term": {"fibre": palette.ground, "cdg": palette.ground}}
    names = [each.name for each in series]
    fill = alt.Scale(domain=names, range=[fills[each.rhythm][each.payee] for each in series])
    stroke = alt.Scale(domain=names, range=[full[each.payee] for each in series])
    dash = alt.Scale(domain=names, range=[[4, 3] if each.rhythm == "term" else [1, 0] for each in series])
    text = alt.Scale(
        domain=names, range=[inside[each.payee] if each.rhythm == "yearly" else palette.ink for each in series]
    )
    years = [year_name(number) for number in range(1, HORIZON + 1)]
    x = alt.X("name:N", sort=years, title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False, aria=False))
    base = alt.Chart(_ROWS).encode(x=x)
    bars = (
        base.transform_filter("datum.series != null")
        .mark_bar(strokeWidth=1.5, aria=False)
        .encode(
            y=alt.Y("low:Q", axis=None, scale=alt.Scale(zero=True)),
            y2="high:Q",
            fill=alt.Fill("series:N", scale=fill, legend=None),
            stroke=alt.Stroke("series:N", scale=stroke, legend=None),
            strokeDash=alt.StrokeDash("series:N", scale=dash, legend=None),
            tooltip=_tooltip("Année", "Poste"),
        )
    )
    labels = (
        base.transform_filter(f"datum.series != null && !({_NARROW})")
        .mark_text(fontSize=look.size(13), aria=False)
        .encode(y="middle:Q", text="label:N", color=alt.Color("series:N", scale=text, legend=None))
    )
    # What a total leaves out stands on its own line between the bar and the amount. A phone has room for less.
    above: dict[str, Any] = {"baseline": "bottom", "color": palette.ink, "aria": False}
    small = alt.ExprRef(f"{_NARROW} ? 10 : {look.size(13)}")
    bold: dict[str, Any] = {
        "fontSize": alt.ExprRef(f"{_NARROW} ? 10 : {look.size(14)}"),
        "fontWeight": "bold",
        **above,
    }
    whole = base.transform_filter("!datum.left_out").mark_text(dy=-4, **bold)
    partial = base.transform_filter("datum.left_out").mark_text(dy=-look.size(22), **bold)
    left_out = (
        base.transform_calculate(
            shown=f"{_NARROW} ? replace(datum.left_out, regexp('[0-9]+.montants? ', 'g'), '') : datum.left_out"
        )
        .mark_text(fontSize=small, dy=-4, **above)
        .encode(y="high:Q", text="shown:N")
    )
    totals = [mark.encode(y="high:Q", text="total:N") for mark in (whole, partial)]
    chart = alt.layer(bars, labels, *totals, left_out).resolve_scale(color="independent")
    return _spec(chart, look, height=look.height, headroom=look.size(32))


def options(choices: Sequence[Option], look: Look) -> Chart:
    """What each option adds to six years of cash, or saves: a bar an option, the greatest saving first."""
    rows = [
        {
            "name": option.label,
            "amount": float(option.comparison.six_years.amount),
            "label": option.comparison.six_years.words(),
        }
        for option in by_saving(choices)
    ]
    said = " ; ".join(f"{row['name']} : {row['label']}" for row in rows)
    return Chart(
        spec=_options_spec(look),
        rows=pa.Table.from_pylist(rows),
        alt="Écart de chaque choix sur six ans, du plus économique au plus cher.",
        words=f"{said}.",
    )


@cache
def _options_spec(look: Look) -> dict[str, Any]:
    palette = look.palette
    x = alt.X("amount:Q", axis=None, scale=alt.Scale(zero=True, padding=look.size(90)))
    base = alt.Chart(_ROWS).encode(y=_names(), x=x)
    bars = base.mark_bar(color=palette.muted, aria=False).encode(
        tooltip=[alt.Tooltip("name:N", title="Choix"), alt.Tooltip("label:N", title="Sur six ans")],
    )
    # An amount stands at the outer end of its bar, whichever side that is.
    text: dict[str, Any] = {"fontSize": look.size(13), "color": palette.ink, "aria": False}
    less = base.transform_filter("datum.amount < 0").mark_text(align="right", dx=-6, **text).encode(text="label:N")
    more = base.transform_filter("datum.amount >= 0").mark_text(align="left", dx=6, **text).encode(text="label:N")
    return _spec(alt.layer(bars, less, more), look, height=look.height if look.large else alt.Step(36))


def by_payee(bars: Sequence[Bar], tariff: Tariff, look: Look) -> Chart:
    """Bars of euros, each split between the two bodies: its name, its parts, and its total in words."""
    rows: list[dict[str, Any]] = []
    longest = max([ZERO, *(sum(parts.values()) for _, parts, _ in bars)])
    said: list[str] = []
    for name, parts, words in bars:
        base = ZERO
        spoken: list[str] = []
        shared = all(parts.get(payee) for payee in PAYEES)
        for payee in PAYEES:
            amount = parts.get(payee)
            if amount:
                label = euros(amount) if shared and amount * 8 >= longest else ""
                rows.append(_segment(name, tariff.payees[payee].short, base, base + amount, label))
                base += amount
                spoken.append(f"{tariff.payees[payee].short} {euros(amount)}")
        rows.append(_segment(name, None, base, base, "") | {"total": words})
        said.append(_said(name, words, spoken))
    billing: list[Payee] = [payee for payee in PAYEES if any(parts.get(payee) for _, parts, _ in bars)]
    legend = tuple(Series(tariff.payees[payee].short, payee, "yearly") for payee in billing)
    return Chart(
        spec=_by_payee_spec(legend, look),
        rows=pa.Table.from_pylist(rows),
        alt="Une barre par ligne, partagée entre les deux organismes.",
        words=" ".join(f"{each}." for each in said),
        legend=legend,
    )


@cache
def _by_payee_spec(series: tuple[Series, ...], look: Look) -> dict[str, Any]:
    palette = look.palette
    full: dict[Payee, str] = {"fibre": palette.fibre, "cdg": palette.cdg}
    on_full: dict[Payee, str] = {"fibre": palette.on_fibre, "cdg": palette.on_cdg}
    names = [each.name for each in series]
    fill = alt.Scale(domain=names, range=[full[each.payee] for each in series])
    inside = alt.Scale(domain=names, range=[on_full[each.payee] for each in series])
    base = alt.Chart(_ROWS).encode(y=_names())
    bars = (
        base.transform_filter("datum.series != null")
        .mark_bar(aria=False)
        .encode(
            x=alt.X("low:Q", axis=None, scale=alt.Scale(zero=True)),
            x2="high:Q",
            fill=alt.Fill("series:N", scale=fill, legend=None),
            tooltip=_tooltip("Ligne", "Facturé par"),
        )
    )
    # A part too short for its amount goes without: the words and the table hold it.
    fits = f"scale('x', datum.high) - scale('x', datum.low) > {look.size(62)}"
    labels = (
        base.transform_filter("datum.series != null")
        .mark_text(fontSize=alt.ExprRef(f"{fits} ? {look.size(13)} : 0"), aria=False)
        .encode(x="middle:Q", text="label:N", color=alt.Color("series:N", scale=inside, legend=None))
    )
    totals = base.mark_text(
        align="left", dx=6, fontSize=look.size(13), fontWeight="bold", color=palette.ink, aria=False
    ).encode(x="high:Q", text="total:N")
    chart = alt.layer(bars, labels, totals).resolve_scale(color="independent")
    height = look.height if look.large else alt.Step(36)
    return _spec(chart, look, height=height, right=look.size(110))


def services(estimate: Estimate, tariff: Tariff, look: Look) -> Chart:
    """Where the money of six years goes: a bar a service, the act's order, split between the two bodies."""
    bars: list[Bar] = []
    for service, members in groupby(estimate.lines, key=lambda line: line.position.service):
        lines = tuple(members)
        of_service = total(lines, Line.times)
        parts: Mapping[Payee, Decimal] = {
            payee: total((line for line in lines if line.payee == payee), Line.times).amount for payee in PAYEES
        }
        bars.append((service, parts, of_service.words()))
    return by_payee(bars, tariff, look)


def _names() -> alt.Y:
    """The names of horizontal bars, in the order of the rows: on several lines, or cut where a phone has no room."""
    lines = "replace(replace(datum.label, regexp('(.{1,30})( |$)', 'g'), '$1|'), regexp('[|]$'), '')"
    axis = alt.Axis(
        labelExpr=f"{_NARROW} ? truncate(datum.label, 16) : split({lines}, '|')",
        labelBaseline=alt.condition(
            f"length(datum.label) > 30 && !({_NARROW})", alt.value("bottom"), alt.value("middle")
        ),
        labelOverlap=False,
        labelLimit=250,
        ticks=False,
        domain=False,
        aria=False,
        labelPadding=8,
    )
    return alt.Y("name:N", sort=None, title=None, axis=axis, scale=alt.Scale(paddingInner=0.35))


def _tooltip(name: str, series: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=name),
        alt.Tooltip("series:N", title=series),
        alt.Tooltip("amount:N", title="Montant"),
    ]


def _spec(
    chart: alt.LayerChart | alt.FacetChart, look: Look, *, height: int | alt.Step, headroom: int = 5, right: int = 5
) -> dict[str, Any]:
    padding = {"top": headroom, "left": 5, "right": right, "bottom": 5}
    spec = (
        chart.properties(width="container", height=height, padding=padding)
        .configure(locale=_LOCALE, font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=look.size(13), labelColor=look.palette.ink, grid=False)
        .to_dict()
    )
    del spec["data"]  # the rows come beside it
    return spec
