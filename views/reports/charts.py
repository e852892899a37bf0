"""Charts of an estimate: the rows of figures and labels that are drawn, and the same as text.

Every label is prepared here, with its lines, for a wide place and for a narrow one; `vega` only chooses by width. The
only floats of the project are here, for the lengths of bars.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import groupby
from textwrap import wrap
from typing import Any

import pyarrow as pa

from pricing.estimate import Estimate
from pricing.money import ZERO, euros
from pricing.options import Option, by_saving
from pricing.tariff import Tariff
from pricing.totals import Line, total
from views.reports import vega
from views.reports.palette import Look
from views.reports.parts import SIX_BARS, Bar, Figure, Series, figure

_NBSP = "\u00a0"
_NAME_LENGTH = 34
"""Largest number of characters on one of the two lines of a bar's name."""
_ROOM, _STEP = Decimal("1.3"), Decimal("1.25")
"""Scale for the highest bar of the start, and step by which it grows where the bars and their totals need more."""
_WITH_TOTAL = Decimal("1.15")
"""Height of a bar with its total."""
_TEXT = ("name", "place", "series", "amount", "total", "total_narrow", "left_out", "left_out_narrow")
_SELDOM = ("start", "scale", "today")
"""Columns that a chart has only where a row fills them: every edit sends them."""
_COLUMNS = pa.schema(
    [(name, pa.string()) for name in _TEXT]
    + [(name, pa.int32()) for name in ("rank", "parts", "lines")]
    + [(name, pa.float64()) for name in ("low", "middle", "high", "top", *_SELDOM)]
)
"""Columns of every chart; a row leaves empty those that are not of its kind."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be shown."""

    spec: dict[str, Any]
    """Vega-Lite specification; shared, never changed."""
    rows: pa.Table
    """Figures and labels, a row for each mark."""
    alt: str
    """Text alternative; never changed, since the browser draws a chart again when it is."""
    words: str
    """Figures as text, for those who don't see the chart."""
    legend: tuple[Series, ...] = ()
    """Meaning of the colours, in the order of the stack."""
    outlined: bool = False
    """True where outlines show what some bars were at the start."""
    line: str = ""
    """Meaning of the line across the bars; empty where there is none."""


def six_years(years: Sequence[Bar], look: Look, start: Sequence[Decimal] = (), paid_today: int | None = None) -> Chart:
    """Chart six years of cash: a bar a year, stacked by payee and rhythm.

    Where a year was something else at the `start`, an outline shows it. With a start, the scale changes in a few
    large steps only, so that bars can be compared with those of a moment ago. What is paid a year today is a line.
    """
    # All that is ever paid is paid in the first year too.
    specify = vega.columns if paid_today is None else partial(vega.columns, lined=True)
    chart = _in_parts(years, tuple(years[0].parts), specify, look, SIX_BARS, start, paid_today=paid_today)
    if paid_today is not None:
        line = f"Payé aujourd'hui : {euros(Decimal(paid_today))} par an"
        chart = replace(chart, words=f"{chart.words} {line}.", line=line)
    if not chart.outlined:
        return chart
    before = " ; ".join(f"{bar.figure.heading} {euros(amount)}" for bar, amount in zip(years, start, strict=True))
    return replace(chart, words=f"{chart.words} Au départ : {before}.")


def services(estimate: Estimate, tariff: Tariff, look: Look) -> Chart:
    """Chart six years of cash by service, in the order of the act."""
    by_service = groupby(estimate.lines, key=lambda line: line.position.service)
    return by_payee([(service, tuple(lines)) for service, lines in by_service], tariff, look)


def scenarios(named: Sequence[tuple[str, Sequence[Line]]], tariff: Tariff, look: Look) -> Chart:
    """Chart six years of cash: a bar an estimate, with the share of the last payee below its name.

    That share is often too short for its amount.
    """
    return by_payee(named, tariff, look, share=tariff.payees[tariff.billing[-1]].short)


def by_payee(named: Sequence[tuple[str, Sequence[Line]]], tariff: Tariff, look: Look, share: str = "") -> Chart:
    """Chart six years of cash: a bar for the lines of each name, split between the two payees.

    The `share` of the payee of that name is written below the name of each bar.
    """

    def billed(lines: Sequence[Line], by: Series) -> Decimal:
        return total((line for line in lines if line.payee == by.payee), Line.over_horizon).amount

    series = [Series(tariff.payees[payee].short, payee, "yearly") for payee in tariff.billing]
    bars = [
        Bar(
            figure(name, total(lines, Line.over_horizon)),
            {each: part for each in series if (part := billed(lines, each))},
        )
        for name, lines in named
    ]
    return stacked(bars, series, look, share)


def stacked(bars: Sequence[Bar], series: Sequence[Series], look: Look, share: str = "") -> Chart:
    """Chart totals, each a bar in parts of the `series`; the `share` of that name is written below each name."""
    legend = tuple(each for each in series if any(each in bar.parts for bar in bars))
    alt = "Une barre par ligne, partagée entre les organismes qui facturent."
    return _in_parts(bars, legend, vega.rows, look, alt, share=share)


def from_zero(bars: Sequence[tuple[str, Decimal, str]], spec: dict[str, Any], alt: str) -> Chart:
    """Chart bars that begin at zero, each with its name, its length and the words at its end."""
    rows = [
        _named(name, rank) | {"high": float(length), "total": words} for rank, (name, length, words) in enumerate(bars)
    ]
    said = f"{' ; '.join(f'{name} : {words}' for name, _, words in bars)}."
    return Chart(spec=spec, rows=pa.Table.from_pylist(rows, _COLUMNS), alt=alt, words=said)


def _in_parts(
    bars: Sequence[Bar],
    legend: tuple[Series, ...],
    specify: Callable[..., dict[str, Any]],
    look: Look,
    alt: str,
    start: Sequence[Decimal] = (),
    share: str = "",
    paid_today: int | None = None,
) -> Chart:
    reasons = max((len(bar.figure.left_out) for bar in bars), default=0)
    rows: list[dict[str, Any]] = []
    scale = _scale(max(start, default=ZERO), max((sum(bar.parts.values(), ZERO) for bar in bars), default=ZERO))
    outlined = False
    for rank, bar in enumerate(bars):
        shares = (f"dont {share} : {euros(part)}" for series, part in bar.parts.items() if series.name == share)
        named = _named(bar.figure.heading, rank, next(shares, ""))
        low = ZERO
        for series, amount in bar.parts.items():
            high = low + amount
            place = {"low": float(low), "middle": float((low + high) / 2), "high": float(high)}
            rows.append(named | place | {"parts": len(bar.parts), "series": series.name, "amount": euros(amount)})
            low = high
        end = {"high": float(low), "top": float(low)}
        if rank == 0 and paid_today is not None:
            end["today"] = float(paid_today)
        if start:
            before = start[rank]
            end |= {"low": 0.0, "top": float(max(low, before)), "scale": float(scale)}
            if before not in (ZERO, low):
                end["start"], outlined = float(before), True
        rows.append(named | end | _labels(bar.figure, short=reasons > 1, large=look.large))
    table = pa.Table.from_pylist(rows, _COLUMNS)
    return Chart(
        spec=specify(legend, look, reasons),
        rows=table.drop([name for name in _SELDOM if table[name].null_count == len(rows)]),
        alt=alt,
        words=" ".join(bar.words() for bar in bars),
        legend=legend,
        outlined=outlined,
    )


def _scale(start: Decimal, highest: Decimal) -> Decimal:
    """Return the end of a scale that has room for the highest bar, in steps from the highest one of the start."""
    highest *= _WITH_TOTAL
    end = start * _ROOM or highest
    while end < highest:
        end *= _STEP
    return end


def _labels(of: Figure, *, short: bool, large: bool) -> dict[str, Any]:
    """Return the labels of a total, above its bar or beside it; `short` leaves out a word that two reasons share.

    In a `large` chart, each reason has one line above the bar, so that more height is left for the bar.
    """
    left_out = [re.findall("^([+] |)([^ ]+) (.+)$", each)[0] for each in of.left_out]
    beside = [f"{plus}{count.partition(_NBSP)[0] if short else count} {why}" for plus, count, why in left_out]
    if large:
        above = narrow = "\n".join(
            f"{plus}{count.partition(_NBSP)[0]} {why.removesuffix(' indiqué')}" for plus, count, why in left_out
        )
    else:
        above = "\n".join(f"{plus}{count}\n{why}" for plus, count, why in left_out)
        narrow = "\n".join(plus + why.replace(" ", "\n") for plus, _, why in left_out)
    return {
        "amount": of.amount,
        "lines": (1 if large else 2) * len(left_out),
        "left_out": above,
        "left_out_narrow": narrow,
        "total": " ".join(filter(None, [of.amount, *beside])),
        "total_narrow": " ".join(filter(None, [of.amount, *(plus + why for plus, _, why in left_out)])),
    }


def options(choices: Sequence[Option], look: Look) -> Chart:
    """Chart what each option adds to six years of cash, or saves: a bar an option, the greatest saving first."""
    differences = [(option.label, option.comparison.six_years) for option in by_saving(choices)]
    less = any(difference.amount < 0 for _, difference in differences)
    more = any(difference.amount >= 0 for _, difference in differences)
    bars = [(name, difference.amount, difference.words()) for name, difference in differences]
    alt = "Écart de chaque choix sur six ans, du plus économique au plus cher."
    return from_zero(bars, vega.differences(look, less, more), alt)


def _named(name: str, rank: int, below: str = "") -> dict[str, Any]:
    """Return the columns of every row of a bar: its name, and the lines of its name, which give its position.

    Where there is something `below` the name, the name has one line.
    """
    whole = re.sub(r"(\d) (?=Go\b)", rf"\1{_NBSP}", name)
    if below:
        line = whole if len(whole) <= _NAME_LENGTH else f"{whole[: _NAME_LENGTH - 1].rstrip()}…"
        return {"rank": rank, "name": f"{line}, {below}", "place": f"{line}\n{below}\n{name}"}
    lines = wrap(whole, _NAME_LENGTH, max_lines=2, placeholder="…")
    return {"rank": rank, "name": name, "place": "\n".join([*lines, name])}
