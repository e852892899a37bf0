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
from pricing.schedule import Schedule
from pricing.tariff import PAYEES, Payee, Rhythm, Tariff
from views.reports.palette import PALETTES, Mode, Palette

_SERIES: dict[Rhythm, str] = {"yearly": "chaque année", "term": "certificats", "setup": "mise en service"}
_LOCALE = alt.Locale(
    number=alt.NumberLocale(decimal=",", thousands="\u202f", grouping=[3], currency=["", "\u00a0€"]),
)
_ROWS = alt.NamedData(name="rows")
"""Any name: a chart's rows come beside its specification."""
_FONT = "Source Sans, Source Sans Pro, sans-serif"
_PLACE = {"name": "place", "expr": "containerSize()[0] + 0 * width"}
"""How wide a chart's place is, in Vega's own words: asked once for all that needs it, again with each width."""
_HEIGHT = 310
"""How high a chart is, in pixels, where neither its bars nor its place in a room decide it."""
_NARROW = "(place < 480)"
"""Whether the chart stands on a phone."""
_COUNTS = "regexp('[0-9]+.montants? ', 'g')"
"""How many amounts a total leaves out: what a phone has no room for."""


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
                rows.append(_segment(name, each.name, base, base + amount, euros(amount)))
                parts.append(f"{each.name} {euros(amount)}")
                base += amount
        left_out = " + ".join(year.total.left_out())
        rows.append(_segment(name, None, base, base, "") | {"total": year.total.known_words(), "left_out": left_out})
        said.append(_said(name, year.total.words(), parts))
    legend = tuple(each for each in series if each in present)
    reasons = max(len(year.total.left_out()) for year in schedule.years)
    return Chart(
        spec=_six_years_spec(legend, look, reasons),
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
def _six_years_spec(series: tuple[Series, ...], look: Look, reasons: int) -> dict[str, Any]:
    """`reasons` is how many reasons at most a year has to leave something out: they take room above its bar."""
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
    axis = alt.Axis(
        labelAngle=0,
        labelFontSize=alt.ExprRef(f"min({look.size(13)}, place / 30)"),
        labelOverlap=False,
        ticks=False,
        domain=False,
        aria=False,
    )
    base = alt.Chart(_ROWS).encode(x=alt.X("name:N", sort=years, title=None))
    bars = (
        base.transform_filter("datum.series != null")
        .mark_bar(strokeWidth=1.5, aria=False)
        .encode(
            x=alt.X("name:N", sort=years, title=None, axis=axis),
            y=alt.Y("low:Q", axis=None, scale=alt.Scale(zero=True, nice=20)),
            y2="high:Q",
            fill=alt.Fill("series:N", scale=fill, legend=None),
            stroke=alt.Stroke("series:N", scale=stroke, legend=None),
            strokeDash=alt.StrokeDash("series:N", scale=dash, legend=None),
            tooltip=_tooltip("Année", "Poste"),
        )
    )
    # A part too low for its amount goes without: the words and the table hold it.
    fits = f"scale('y', datum.low) - scale('y', datum.high) > {look.size(13)}"
    labels = (
        base.transform_filter(f"datum.series != null && !({_NARROW})")
        .mark_text(fontSize=alt.ExprRef(f"{fits} ? {_for_a_sixth(look.size(13))} : 0"), aria=False)
        .encode(y="middle:Q", text="label:N", color=alt.Color("series:N", scale=text, legend=None))
    )
    # What a total leaves out stands between the bar and the amount, on lines so short that those of two years never
    # touch. A phone has room for less.
    plus = "(datum.total ? '+ ' : '') + replace(datum.left_out, regexp(' [+] ', 'g'), '|+ ')"
    brief = f"replace(replace({plus}, {_COUNTS}, ''), regexp(' (devis|compléter)', 'g'), '|$1')"
    whole = f"replace({plus}, regexp(' (sur devis|à compléter)', 'g'), '|$1')"
    lines = f"datum.left_out ? split({_NARROW} ? {brief} : {whole}, '|') : []"
    line = f"({_NARROW} ? 11 : {look.size(15)})"
    above: dict[str, Any] = {"baseline": "bottom", "color": palette.ink, "aria": False}
    of_year = base.transform_filter("datum.series == null")
    totals = of_year.mark_text(
        dy=alt.ExprRef(f"-4 - {line} * length(datum.lines)"),
        fontSize=alt.ExprRef(_for_a_sixth(look.size(14))),
        fontWeight="bold",
        **above,
    ).encode(y="high:Q", text="total:N")
    left_out = of_year.mark_text(
        dy=alt.ExprRef(f"-4 - {line} * (length(datum.lines) - 1)"),
        fontSize=alt.ExprRef(_for_a_sixth(look.size(13))),
        lineHeight=alt.ExprRef(line),
        **above,
    ).encode(y="high:Q", text="lines:N")
    chart = alt.layer(bars, labels, totals, left_out).transform_calculate(lines=lines)
    chart = chart.resolve_scale(color="independent")
    return _spec(chart, look, height=_HEIGHT, headroom=look.size(20) + 2 * reasons * look.size(15))


def _for_a_sixth(size: int) -> str:
    """A size of type, or a smaller one in which an amount takes no more than a sixth of a chart's width."""
    return f"min({size}, place / 38)"


def options(choices: Sequence[Option], look: Look) -> Chart:
    """What each option adds to six years of cash, or saves: a bar an option, the greatest saving first."""
    rows = [
        {
            "name": option.label,
            "amount": float(option.comparison.six_years.amount),
            "label": option.comparison.six_years.words(),
            "rank": rank,
        }
        for rank, option in enumerate(by_saving(choices))
    ]
    said = " ; ".join(f"{row['name']} : {row['label']}" for row in rows)
    amounts = [row["amount"] for row in rows]
    return Chart(
        spec=_options_spec(look, any(amount < 0 for amount in amounts), any(amount >= 0 for amount in amounts)),
        rows=pa.Table.from_pylist(rows),
        alt="Écart de chaque choix sur six ans, du plus économique au plus cher.",
        words=f"{said}.",
    )


@cache
def _options_spec(look: Look, saves: bool, costs: bool) -> dict[str, Any]:
    """`saves` and `costs` are whether some option does: its amount takes room on that side."""
    palette = look.palette
    room = look.size(90)
    ends = [room if saves else 0, alt.ExprRef(f"width - {room if costs else 0}")]
    x = alt.X("amount:Q", axis=None, scale=alt.Scale(zero=True, range=ends))
    base = alt.Chart(_ROWS).encode(y=_RANKED, x=x)
    bars = base.mark_bar(color=palette.muted, aria=False, **_BESIDE_NAMES).encode(
        y=_names(look),
        tooltip=[alt.Tooltip("name:N", title="Choix"), alt.Tooltip("label:N", title="Sur six ans")],
    )
    # An amount stands at the outer end of its bar, whichever side that is.
    text: dict[str, Any] = {"fontSize": look.size(13), "color": palette.ink, "dy": _LOWER, "aria": False}
    less = base.transform_filter("datum.amount < 0").mark_text(align="right", dx=-6, **text).encode(text="label:N")
    more = base.transform_filter("datum.amount >= 0").mark_text(align="left", dx=6, **text).encode(text="label:N")
    chart = alt.layer(bars, less, more, _names_above(look, _NARROW))
    return _spec(chart, look, height=_HEIGHT if look.large else alt.Step(36))


def by_payee(bars: Sequence[Bar], tariff: Tariff, look: Look) -> Chart:
    """Bars of euros, each split between the two bodies: its name, its parts, and its total in words."""
    rows: list[dict[str, Any]] = []
    longest = max([ZERO, *(sum(parts.values()) for _, parts, _ in bars)])
    said: list[str] = []
    for rank, (name, parts, words) in enumerate(bars):
        base = ZERO
        spoken: list[str] = []
        shared = all(parts.get(payee) for payee in PAYEES)
        for payee in PAYEES:
            amount = parts.get(payee)
            if amount:
                label = euros(amount) if shared and amount * 8 >= longest else ""
                part = _segment(name, tariff.payees[payee].short, base, base + amount, label)
                rows.append(part | {"rank": rank})
                base += amount
                spoken.append(f"{tariff.payees[payee].short} {euros(amount)}")
        rows.append(_segment(name, None, base, base, "") | {"total": words, "rank": rank})
        said.append(_said(name, words, spoken))
    billing: list[Payee] = [payee for payee in PAYEES if any(parts.get(payee) for _, parts, _ in bars)]
    legend = tuple(Series(tariff.payees[payee].short, payee, "yearly") for payee in billing)
    reasons = max([0, *(words.count(" + ") for _, _, words in bars)])
    return Chart(
        spec=_by_payee_spec(legend, look, reasons),
        rows=pa.Table.from_pylist(rows),
        alt="Une barre par ligne, partagée entre les deux organismes.",
        words=" ".join(f"{each}." for each in said),
        legend=legend,
    )


@cache
def _by_payee_spec(series: tuple[Series, ...], look: Look, reasons: int) -> dict[str, Any]:
    """`reasons` is how many reasons at most a total has to leave something out: they take room beside its bar."""
    palette = look.palette
    full: dict[Payee, str] = {"fibre": palette.fibre, "cdg": palette.cdg}
    on_full: dict[Payee, str] = {"fibre": palette.on_fibre, "cdg": palette.on_cdg}
    names = [each.name for each in series]
    fill = alt.Scale(domain=names, range=[full[each.payee] for each in series])
    inside = alt.Scale(domain=names, range=[on_full[each.payee] for each in series])
    # The room for the totals is kept from the start: a chart that is fed is not laid out anew. A bar keeps its share.
    on_phone, on_screen = ((85, 95), (145, 230), (215, 290))[reasons]
    width = f"max(width * 0.35, width - ({_NARROW} ? {on_phone} : {look.size(on_screen)}))"
    base = alt.Chart(_ROWS).encode(y=_RANKED)
    bars = (
        base.transform_filter("datum.series != null")
        .mark_bar(aria=False, **_BESIDE_NAMES)
        .encode(
            y=_names(look),
            x=alt.X("low:Q", axis=None, scale=alt.Scale(zero=True, range=[0, alt.ExprRef(width)])),
            x2="high:Q",
            fill=alt.Fill("series:N", scale=fill, legend=None),
            tooltip=_tooltip("Ligne", "Facturé par"),
        )
    )
    # A part too short for its amount goes without: the words and the table hold it.
    fits = f"scale('x', datum.high) - scale('x', datum.low) > {look.size(62)}"
    labels = (
        base.transform_filter("datum.series != null")
        .mark_text(fontSize=alt.ExprRef(f"{fits} ? {look.size(13)} : 0"), dy=_LOWER, aria=False)
        .encode(x="middle:Q", text="label:N", color=alt.Color("series:N", scale=inside, legend=None))
    )
    # Two reasons are told without their common word.
    told = "datum.total" if reasons < 2 else "replace(datum.total, regexp('montants? ', 'g'), '')"
    totals = (
        base.transform_filter("datum.series == null")
        .transform_calculate(shown=f"{_NARROW} ? replace(datum.total, {_COUNTS}, '') : {told}")
        .mark_text(
            align="left",
            dx=6,
            dy=_LOWER,
            fontSize=alt.ExprRef(f"{_NARROW} ? 12 : {look.size(13)}"),
            fontWeight="bold",
            color=palette.ink,
            aria=False,
        )
        .encode(x="high:Q", text="shown:N")
    )
    chart = alt.layer(bars, labels, totals, _names_above(look, f"{_NARROW} && datum.series == null")).resolve_scale(
        color="independent"
    )
    return _spec(chart, look, height=_HEIGHT if look.large else alt.Step(36))


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


_LOWER = alt.ExprRef(f"{_NARROW} ? 8 : 0")
"""On a phone a bar makes room for its name above it."""
_THICKEST = 60
"""Of a horizontal bar, in pixels: two scenarios on a wall would else be two walls."""
_BESIDE_NAMES: dict[str, Any] = {
    "size": alt.ExprRef(f"{_NARROW} ? 14 : min(bandwidth('y'), {_THICKEST})"),
    "yOffset": _LOWER,
}
_RANKS = alt.EncodingSortField(field="rank", op="min", order="ascending")
"""The order of horizontal bars."""
_RANKED = alt.Y("name:N", sort=_RANKS, title=None)
"""The place of a horizontal bar: its axis is said once in a chart, by its bars."""


def _names(look: Look) -> alt.Y:
    """The names of horizontal bars, in the order of their ranks: beside them on two lines at most, on a phone above.

    A chart is drawn once, then fed, and would keep the order of what it was fed first.
    """
    whole = "replace(datum.label, regexp('([0-9]) Go', 'g'), '$1\u00a0Go')"
    lines = f"split(replace(replace({whole}, regexp('(.{{1,34}})( |$)', 'g'), '$1|'), regexp('[|]$'), ''), '|')"
    axis = alt.Axis(
        labelExpr=f"{_NARROW} ? '' : length({lines}) > 2 ? [{lines}[0], {lines}[1] + '…'] : {lines}",
        labelBaseline=alt.condition("length(datum.label) > 34", alt.value("bottom"), alt.value("middle")),
        labelOverlap=False,
        labelLimit=look.size(230),
        ticks=False,
        domain=False,
        aria=False,
        labelPadding=8,
    )
    return alt.Y("name:N", sort=_RANKS, title=None, axis=axis, scale=alt.Scale(paddingInner=0.35))


def _names_above(look: Look, shown: str) -> alt.Chart:
    """The names of horizontal bars where a phone has no room beside them; `shown` keeps one row of a bar."""
    return (
        alt.Chart(_ROWS)
        .transform_filter(shown)
        .mark_text(
            align="left",
            baseline="bottom",
            fontSize=12,
            limit=alt.ExprRef("place - 15"),
            color=look.palette.ink,
            aria=False,
        )
        .encode(x=alt.value(0), y=_RANKED, text="name:N")
    )


def _tooltip(name: str, series: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=name),
        alt.Tooltip("series:N", title=series),
        alt.Tooltip("amount:N", title="Montant"),
    ]


def _spec(
    chart: alt.LayerChart | alt.FacetChart, look: Look, *, height: int | alt.Step, headroom: int = 5
) -> dict[str, Any]:
    padding = {"top": headroom, "left": 5, "right": 5, "bottom": 5}
    spec = (
        chart.properties(width="container", height=height, padding=padding)
        .configure(locale=_LOCALE, font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=look.size(13), labelColor=look.palette.ink, grid=False)
        .to_dict()
    )
    del spec["data"]  # the rows come beside it
    return spec | {"params": [_PLACE]}
