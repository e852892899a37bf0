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

from pricing.estimate import Estimate, Line, total
from pricing.money import ZERO, euros
from pricing.options import Option, by_saving
from pricing.reports.palette import PALETTES, Mode, Palette
from pricing.schedule import Schedule
from pricing.tariff import PAYEES, Payee, Rhythm, Tariff

_SERIES: dict[Rhythm, str] = {"yearly": "chaque année", "term": "certificats", "setup": "mise en service"}
_LOCALE = alt.Locale(
    number=alt.NumberLocale(decimal=",", thousands="\u202f", grouping=[3], currency=["", "\u00a0€"]),
)
_FONT = "Source Sans, Source Sans Pro, sans-serif"


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
    def room(self) -> int:
        """The smallest share of a bar that holds a label, as one part in so many."""
        return 9 if self.large else 11

    def size(self, points: int) -> int:
        """A size of type in pixels, for a screen or for a room."""
        return points * 4 // 3 if self.large else points


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be shown."""

    spec: dict[str, Any]
    """The Vega-Lite specification; it is shared, never changed."""
    rows: pa.Table
    """The figures and their labels, a row a mark."""
    alt: str
    """The chart in words, for those who don't see it."""


def year_name(number: int) -> str:
    """A budget year, counted from 1: ``1re année``, ``2e année``."""
    return "1re année" if number == 1 else f"{number}e année"


def series_name(tariff: Tariff, payee: Payee, rhythm: Rhythm) -> str:
    """Who bills and when, for a legend: ``La Fibre 59-62, chaque année``."""
    return f"{tariff.payees[payee].short}, {_SERIES[rhythm]}"


def six_years(schedule: Schedule, tariff: Tariff, look: Look) -> Chart:
    """Six years of cash, a bar a year, stacked by who bills and when."""
    highest = max(year.total.amount for year in schedule.years)
    rows: list[dict[str, Any]] = []
    words: list[str] = []
    for year in schedule.years:
        base = ZERO
        parts: list[str] = []
        for payee in PAYEES:
            for rhythm in _SERIES:
                amount = year.of(payee=payee, rhythm=rhythm).amount
                if not amount:
                    continue
                rows.append(
                    {
                        "year": year_name(year.number),
                        "series": series_name(tariff, payee, rhythm),
                        "low": float(base),
                        "high": float(base + amount),
                        "middle": float(base + amount / 2),
                        "label": euros(amount) if amount * look.room >= highest else "",
                        "amount": euros(amount),
                        "total": "",
                        "left_out": "",
                    }
                )
                base += amount
                parts.append(f"{series_name(tariff, payee, rhythm)} {euros(amount)}")
        words.append(_said(year_name(year.number), year.total.words(), parts))
        rows.append(
            {
                "year": year_name(year.number),
                "series": None,
                "low": float(base),
                "high": float(base),
                "middle": float(base),
                "label": "",
                "amount": "",
                "total": year.total.known_words(),
                "left_out": " + ".join(year.total.left_out()),
            }
        )
    return Chart(
        spec=_six_years_spec(tuple(_series(tariff)), look),
        rows=pa.Table.from_pylist(rows),
        alt=f"Dépenses de six ans, une barre par année. {'. '.join(words)}.",
    )


def _said(name: str, whole: str, parts: Sequence[str]) -> str:
    """A bar in words: its name, its total and its parts."""
    return f"{name} : {whole}" + (f" ({' ; '.join(parts)})" if parts else "")


def _series(tariff: Tariff) -> list[tuple[str, Payee, Rhythm]]:
    return [(series_name(tariff, payee, rhythm), payee, rhythm) for payee in PAYEES for rhythm in _SERIES]


@cache
def _six_years_spec(series: tuple[tuple[str, Payee, Rhythm], ...], look: Look) -> dict[str, Any]:
    palette = look.palette
    full: dict[Payee, str] = {"fibre": palette.fibre, "cdg": palette.cdg}
    half: dict[Payee, str] = {"fibre": palette.fibre_half, "cdg": palette.cdg_half}
    fills = {"yearly": full, "setup": half, "term": {"fibre": palette.ground, "cdg": palette.ground}}
    names = [name for name, _, _ in series]
    fill = alt.Scale(domain=names, range=[fills[rhythm][payee] for _, payee, rhythm in series])
    stroke = alt.Scale(domain=names, range=[full[payee] for _, payee, _ in series])
    years = [year_name(number) for number in range(1, 7)]
    x = alt.X("year:N", sort=years, title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False, aria=False))
    base = alt.Chart(alt.NamedData(name="rows")).encode(x=x)
    bars = (
        base.transform_filter("datum.series != null")
        .mark_bar(strokeWidth=1.5, aria=False)
        .encode(
            y=alt.Y(
                "low:Q",
                title=None,
                scale=alt.Scale(zero=True, nice=True),
                axis=alt.Axis(format="$,.0f", tickCount=4, domain=False, ticks=False, aria=False),
            ),
            y2="high:Q",
            fill=alt.Fill(
                "series:N",
                scale=fill,
                legend=alt.Legend(
                    title=None,
                    orient="top",
                    offset=look.size(32),
                    columns=3,
                    labelLimit=0,
                    symbolStrokeWidth=1.5,
                    aria=False,
                ),
            ),
            stroke=alt.Stroke("series:N", scale=stroke),
            tooltip=[
                alt.Tooltip("year:N", title="Année"),
                alt.Tooltip("series:N", title="Poste"),
                alt.Tooltip("amount:N", title="Montant"),
            ],
        )
    )
    dark_text = alt.FieldOneOfPredicate(
        field="series", oneOf=[name for name, _, rhythm in series if rhythm == "yearly"]
    )
    labels = base.mark_text(fontSize=look.size(13), aria=False).encode(
        y="middle:Q",
        text="label:N",
        color=alt.when(dark_text).then(alt.value(palette.on_fibre)).otherwise(alt.value(palette.ink)),
    )
    # What a total leaves out stands on its own line between the bar and the amount.
    above: dict[str, Any] = {"baseline": "bottom", "color": palette.ink, "aria": False}
    whole = base.transform_filter("!datum.left_out").mark_text(
        fontSize=look.size(14), fontWeight="bold", dy=-4, **above
    )
    partial = base.transform_filter("datum.left_out").mark_text(
        fontSize=look.size(14), fontWeight="bold", dy=-look.size(22), **above
    )
    left_out = base.mark_text(fontSize=look.size(13), dy=-4, **above).encode(y="high:Q", text="left_out:N")
    totals = [mark.encode(y="high:Q", text="total:N") for mark in (whole, partial)]
    return _spec(alt.layer(bars, labels, *totals, left_out), look, height=330 if look.large else 350)


def options(choices: Sequence[Option], look: Look) -> Chart:
    """What each option adds to six years of cash, or saves: a bar an option, the greatest saving first."""
    ordered = by_saving(choices)
    rows = [
        {
            "option": option.label,
            "amount": float(option.comparison.six_years.amount),
            "label": option.comparison.six_years.words(),
        }
        for option in ordered
    ]
    words = " ; ".join(f"{option.label} : {option.comparison.six_years.words()}" for option in ordered)
    return Chart(
        spec=_options_spec(look),
        rows=pa.Table.from_pylist(rows),
        alt=f"Écart de chaque option sur six ans, de la plus économique à la plus chère. {words}.",
    )


@cache
def _options_spec(look: Look) -> dict[str, Any]:
    palette = look.palette
    base = alt.Chart(alt.NamedData(name="rows")).encode(
        y=alt.Y(
            "option:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=360, ticks=False, domain=False, aria=False),
        ),
        x=alt.X(
            "amount:Q",
            title=None,
            scale=alt.Scale(zero=True, nice=True, padding=90),
            axis=alt.Axis(format="+$,.0f", tickCount=5, domain=False, ticks=False, aria=False),
        ),
    )
    bars = base.mark_bar(height=18, color=palette.muted, aria=False).encode(
        tooltip=[alt.Tooltip("option:N", title="Option"), alt.Tooltip("label:N", title="Sur six ans")],
    )
    # An amount stands at the outer end of its bar, whichever side that is.
    less = (
        base.transform_filter("datum.amount < 0")
        .mark_text(align="right", dx=-6, fontSize=look.size(13), color=palette.ink, aria=False)
        .encode(text="label:N")
    )
    more = (
        base.transform_filter("datum.amount >= 0")
        .mark_text(align="left", dx=6, fontSize=look.size(13), color=palette.ink, aria=False)
        .encode(text="label:N")
    )
    return _spec(alt.layer(bars, less, more), look, height=alt.Step(look.size(30)))


def _spec(chart: alt.LayerChart | alt.FacetChart, look: Look, *, height: int | alt.Step) -> dict[str, Any]:
    spec = (
        chart.properties(width="container", height=height)
        .configure(locale=_LOCALE, font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=look.size(12), labelColor=look.palette.muted)
        .configure_legend(labelFontSize=look.size(13), labelColor=look.palette.ink)
        .to_dict()
    )
    del spec["data"]  # the rows come beside it
    return spec


Bar = tuple[str, Mapping[Payee, Decimal], str]
"""A bar's name, its euros by payee, and its total in words."""


def by_payee(bars: Sequence[Bar], tariff: Tariff, look: Look) -> Chart:
    """Bars of euros, each split between the two bodies: its name, its parts, and its total in words."""
    rows: list[dict[str, Any]] = []
    longest = max((sum(parts.values(), ZERO) for _, parts, _ in bars), default=ZERO)
    said: list[str] = []
    for name, parts, words in bars:
        base = ZERO
        spoken: list[str] = []
        for payee in PAYEES:
            amount = parts.get(payee, ZERO)
            if amount:
                label = euros(amount) if amount * 7 >= longest else ""
                rows.append(_bar(name, tariff.payees[payee].short, base, base + amount, label, ""))
                base += amount
                spoken.append(f"{tariff.payees[payee].short} {euros(amount)}")
        said.append(_said(name, words, spoken))
        rows.append(_bar(name, None, base, base, "", words))
    return Chart(
        spec=_by_payee_spec(tuple(tariff.payees[payee].short for payee in PAYEES), look),
        rows=pa.Table.from_pylist(rows),
        alt=f"Une barre par ligne, partagée entre les deux organismes. {'. '.join(said)}.",
    )


def _bar(name: str, payee: str | None, low: Decimal, high: Decimal, label: str, total: str) -> dict[str, Any]:
    return {
        "name": name,
        "payee": payee,
        "low": float(low),
        "high": float(high),
        "middle": float((low + high) / 2),
        "label": label,
        "total": total,
        "amount": euros(high - low),
    }


@cache
def _by_payee_spec(payees: tuple[str, ...], look: Look) -> dict[str, Any]:
    palette = look.palette
    colours = alt.Scale(domain=list(payees), range=[palette.fibre, palette.cdg])
    base = alt.Chart(alt.NamedData(name="rows")).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=300, ticks=False, domain=False, aria=False))
    )
    bars = (
        base.transform_filter("datum.payee != null")
        .mark_bar(aria=False)
        .encode(
            x=alt.X(
                "low:Q",
                title=None,
                scale=alt.Scale(zero=True, nice=True),
                axis=alt.Axis(format="$,.0f", tickCount=5, domain=False, ticks=False, aria=False),
            ),
            x2="high:Q",
            color=alt.Color(
                "payee:N", scale=colours, legend=alt.Legend(title=None, orient="top", labelLimit=0, aria=False)
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Ligne"),
                alt.Tooltip("payee:N", title="Facturé par"),
                alt.Tooltip("amount:N", title="Montant"),
            ],
        )
    )
    labels = base.mark_text(fontSize=look.size(13), color=palette.on_fibre, aria=False).encode(
        x="middle:Q", text="label:N"
    )
    totals = base.mark_text(
        align="left", dx=6, fontSize=look.size(13), fontWeight="bold", color=palette.ink, aria=False
    ).encode(x="high:Q", text="total:N")
    return _spec(alt.layer(bars, labels, totals), look, height=alt.Step(look.size(34)))


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
