"""Charts of an estimate: the rows of figures and labels that are drawn, and the same as text.

Every label is prepared here, with its lines, for a wide place and for a narrow one; `vega` only chooses by width. The
only floats of the project are here, for the lengths of bars.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from textwrap import wrap
from typing import Any

import pyarrow as pa

from pricing.estimate import Estimate, Line, Total, total
from pricing.money import ZERO, euros
from pricing.options import Option, by_saving
from pricing.schedule import Schedule
from pricing.tariff import PAYEES, Tariff
from views.reports import vega
from views.reports.palette import Look
from views.reports.parts import SERIES, year_name
from views.reports.vega import Series

_NBSP = "\u00a0"
_NAME_LENGTH = 34
"""Largest number of characters on one of the two lines of a bar's name."""
_TEXT = ("name", "place", "series", "amount", "total", "total_narrow", "left_out", "left_out_narrow")
_COLUMNS = pa.schema(
    [(name, pa.string()) for name in _TEXT]
    + [(name, pa.int32()) for name in ("rank", "parts", "lines")]
    + [(name, pa.float64()) for name in ("low", "middle", "high")]
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


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar in parts."""

    name: str
    """Its name, in French."""
    total: Total
    """Sum of its parts, and what that leaves out."""
    parts: Mapping[Series, Decimal]
    """Euros of each series, in the order of the stack."""
    labels: dict[str, Any]
    """Columns of its end: its total in words."""

    def words(self) -> str:
        """Return the bar as text: ``Antivirus : 306,00 € (La Fibre 59-62 306,00 €).``."""
        parts = " ; ".join(f"{series.name} {euros(amount)}" for series, amount in self.parts.items() if amount)
        return f"{self.name} : {self.total.words()}{f' ({parts})' if parts else ''}."


def six_years(schedule: Schedule, tariff: Tariff, look: Look) -> Chart:
    """Chart six years of cash: a bar a year, stacked by payee and rhythm."""
    series = [
        Series(f"{tariff.payees[payee].short}, {words}", payee, rhythm)
        for payee in PAYEES
        for rhythm, words in SERIES.items()
    ]
    bars = [
        _Bar(
            year_name(year.number),
            year.total,
            {each: year.of(payee=each.payee, rhythm=each.rhythm).amount for each in series},
            _above(year.total),
        )
        for year in schedule.years
    ]
    return _in_parts(bars, vega.columns, look, "Dépenses de six ans, une barre par année.")


def _above(of: Total) -> dict[str, Any]:
    """Return the labels of a total above its bar: its amount and, on lines under it, what it leaves out."""
    amount, left_out = _apart(of)
    first = [""] if amount else []
    wide, narrow = [f"{count}\n{why}" for count, why in left_out], [why.replace(" ", "\n") for _, why in left_out]
    return {
        "total": "".join(amount),
        "lines": 2 * len(left_out),
        "left_out": "\n+ ".join(first + wide).removeprefix("\n"),
        "left_out_narrow": "\n+ ".join(first + narrow).removeprefix("\n"),
    }


def services(estimate: Estimate, tariff: Tariff, look: Look) -> Chart:
    """Chart six years of cash by service, in the order of the act."""
    by_service = groupby(estimate.lines, key=lambda line: line.position.service)
    return by_payee([(service, tuple(lines)) for service, lines in by_service], tariff, look)


def by_payee(named: Sequence[tuple[str, Sequence[Line]]], tariff: Tariff, look: Look) -> Chart:
    """Chart six years of cash: a bar for the lines of each name, split between the two payees."""
    series = [Series(tariff.payees[payee].short, payee, "yearly") for payee in PAYEES]
    totals = [(name, lines, total(lines, Line.times)) for name, lines in named]
    reasons = max((len(of.left_out()) for _, _, of in totals), default=0)
    bars = [
        _Bar(
            name,
            of,
            {each: total((line for line in lines if line.payee == each.payee), Line.times).amount for each in series},
            _beside(of, short=reasons > 1),
        )
        for name, lines, of in totals
    ]
    return _in_parts(bars, vega.rows, look, "Une barre par ligne, partagée entre les deux organismes.")


def _beside(of: Total, *, short: bool) -> dict[str, Any]:
    """Return the label of a total beside its bar; `short` leaves out the word that two reasons share."""
    amount, left_out = _apart(of)
    if short:
        left_out = [(count.partition(_NBSP)[0], why) for count, why in left_out]
    return {
        "total": " + ".join([*amount, *(f"{count} {why}" for count, why in left_out)]),
        "total_narrow": " + ".join([*amount, *(why for _, why in left_out)]),
    }


def _apart(of: Total) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the amount of a total, if any, and what it leaves out: ``["15,00 €"], [("2 montants", "sur devis")]``."""
    amount = of.known_words()
    counted = [each.partition(" ") for each in of.left_out()]
    return [amount] if amount else [], [(count, why) for count, _, why in counted]


def _in_parts(bars: Sequence[_Bar], specify: Callable[..., dict[str, Any]], look: Look, alt: str) -> Chart:
    legend = tuple(each for each in (bars[0].parts if bars else ()) if any(bar.parts[each] for bar in bars))
    reasons = max((len(bar.total.left_out()) for bar in bars), default=0)
    rows: list[dict[str, Any]] = []
    for rank, bar in enumerate(bars):
        named = _named(bar.name, rank)
        parts = [(each.name, bar.parts[each]) for each in legend if bar.parts[each]]
        low = ZERO
        for series, amount in parts:
            high = low + amount
            place = {"low": float(low), "middle": float((low + high) / 2), "high": float(high), "parts": len(parts)}
            rows.append(named | place | {"series": series, "amount": euros(amount)})
            low = high
        rows.append(named | {"high": float(low)} | bar.labels)
    return Chart(
        spec=specify(legend, look, reasons),
        rows=pa.Table.from_pylist(rows, _COLUMNS),
        alt=alt,
        words=" ".join(bar.words() for bar in bars),
        legend=legend,
    )


def options(choices: Sequence[Option], look: Look) -> Chart:
    """Chart what each option adds to six years of cash, or saves: a bar an option, the greatest saving first."""
    differences = [(option.label, option.comparison.six_years) for option in by_saving(choices)]
    rows = [
        _named(name, rank) | {"high": float(difference.amount), "total": difference.words()}
        for rank, (name, difference) in enumerate(differences)
    ]
    less = any(difference.amount < 0 for _, difference in differences)
    more = any(difference.amount >= 0 for _, difference in differences)
    return Chart(
        spec=vega.differences(look, less, more),
        rows=pa.Table.from_pylist(rows, _COLUMNS),
        alt="Écart de chaque choix sur six ans, du plus économique au plus cher.",
        words=f"{' ; '.join(f'{name} : {difference.words()}' for name, difference in differences)}.",
    )


def _named(name: str, rank: int) -> dict[str, Any]:
    """Return the columns of every row of a bar: its name, and the lines of its name, which give its position."""
    whole = re.sub(r"(\d) (?=Go\b)", rf"\1{_NBSP}", name)
    lines = wrap(whole, _NAME_LENGTH, max_lines=2, placeholder="…")
    return {"rank": rank, "name": name, "place": "\n".join([*lines, name])}
