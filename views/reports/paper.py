"""The council paper: an estimate on two A4 pages, as a tagged PDF (PDF/UA-1) set by Typst.

The words and figures are made here; paper.typ only sets them. They travel as data, so that nothing a user typed is read
as markup.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from itertools import groupby
from typing import Any

import segno
import typst

from pricing.estimate import Estimate, Line, Total, total
from pricing.money import ZERO, euros
from pricing.options import Option, PointToConfirm, compare
from pricing.schedule import schedule
from pricing.tariff import PAYEES, Tariff
from views.reports.charts import Look, year_name
from views.reports.charts import six_years as six_years_chart
from views.reports.handout import Handout, long_date
from views.reports.palette import LIGHT
from views.reports.wording import (
    INDICATIVE,
    NO_AMOUNT,
    RECURRING_TITLE,
    THIS_ESTIMATE,
    act_words,
    assumptions,
    billing,
    category_words,
    changes,
    effect_words,
    how_often,
    later_note,
    left_out,
    not_counted,
    setup_words,
    spread_words,
)

TEMPLATE = __file__.removesuffix(".py") + ".typ"
_FOLDER = TEMPLATE.rpartition("/")[0] or TEMPLATE.rpartition("\\")[0]
_NOT_LATIN = re.compile("[^\u0020-\u007e\u00a0-\u024f\u2010-\u202f\u20ac]")
LEAST_CODE = 24.0
"""How wide the QR code is at least, in millimetres."""
LEAST_MODULE = 0.3
"""How wide each of its squares is at least, in millimetres: what survives a photocopier."""
MOST_OPTIONS = 4
"""How many of the cheaper choices the paper names."""


@cache
def _fonts() -> typst.Fonts:
    """The typefaces Typst carries; none of the machine's, so that a paper is the same everywhere."""
    return typst.Fonts(include_system_fonts=False)


def paper(handout: Handout) -> bytes:
    """The paper as a PDF. The same handout gives the same bytes."""
    try:
        return _set(handout)
    except typst.TypstError:
        # PDF/UA lets no sign be left blank, and the typefaces here have no emoji and no ideogram.
        scenarios = tuple((_drawable(name), estimate) for name, estimate in handout.scenarios)
        return _set(replace(handout, name=_drawable(handout.name), scenarios=scenarios))


def _drawable(words: str) -> str:
    """Words of which every sign that is not of the Latin script, nor a usual sign of print, is an empty square."""
    return _NOT_LATIN.sub("\u25a1", words)


def _set(handout: Handout) -> bytes:
    code = segno.make_qr(handout.link, mask=0)  # to try all eight masks takes a third of the time of the paper
    modules, _ = code.symbol_size(border=0)
    data = _data(handout) | {"code_width": max(LEAST_CODE, modules * LEAST_MODULE)}
    made = typst.compile(
        TEMPLATE,
        root=_FOLDER,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={
            "data": json.dumps(data).replace("'", "’"),
            "link": handout.link,
            "code": code.svg_inline(border=0, omitsize=True, dark=LIGHT.ink),
        },
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(handout.day, time(), UTC),
    )
    assert isinstance(made, bytes)  # one file in one format
    return made


def _data(handout: Handout) -> dict[str, Any]:
    estimate, tariff = handout.estimate, handout.tariff
    return {
        "title": f"Estimation des services numériques{f' : {handout.name}' if handout.name else ''}",
        "name": handout.name,
        "day": [handout.day.year, handout.day.month, handout.day.day],
        "made_on": long_date(handout.day),
        "act": f"{act_words(tariff)}.",
        "indicative": INDICATIVE,
        "category": category_words(estimate, tariff),
        "figures": _figures(handout),
        "billing": "Deux devis, un par organisme" if len(billing(estimate)) > 1 else "Un seul devis",
        "quotes": _quotes(estimate, tariff),
        "chart": _chart(handout),
        "services": _services(estimate, tariff),
        "totals": _totals(estimate, tariff),
        "left_out": left_out(estimate),
        "not_counted": not_counted(estimate),
        "cheaper": [_cheaper(option) for option in handout.options if _saves(option)][:MOST_OPTIONS],
        "spread": spread_words(estimate, handout.points) if handout.points else "",
        "points": [_point(point, tariff) for point in handout.points],
        "assumptions": list(assumptions(tariff)),
        "recurring": RECURRING_TITLE,
        "scenarios": _scenarios(handout),
        "colours": {"ink": LIGHT.ink, "muted": LIGHT.muted, "fibre": LIGHT.fibre, "cdg": LIGHT.cdg}
        | {"fibre_half": LIGHT.fibre_half, "cdg_half": LIGHT.cdg_half, "quote": LIGHT.quote},
    }


def _total(of: Total, amount: str | None = None) -> dict[str, Any]:
    """A total in two parts: its amount, and what it leaves out, which is set apart."""
    return {"amount": of.known_words() if amount is None else amount, "left_out": of.left_out()}


def _figures(handout: Handout) -> list[dict[str, Any]]:
    estimate, six_years = handout.estimate, handout.schedule
    answers = estimate.answers
    return [
        {"label": "1re année", "note": setup_words(estimate)} | _total(answers.first_year),
        {"label": "Chaque année ensuite", "note": later_note(estimate, six_years)}
        | _total(six_years.again, six_years.later_words()),
        {"label": "Six ans", "note": "la durée d'un mandat"} | _total(answers.six_years),
    ]


def _quotes(estimate: Estimate, tariff: Tariff) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for payee in PAYEES:
        of_payee = schedule(estimate, payee=payee)
        cells = [
            _total(estimate.first_year(payee=payee)),
            _total(of_payee.again, of_payee.later_words()),
            _total(estimate.six_years(payee=payee)),
        ]
        rows.append(
            {"payee": payee, "label": tariff.payees[payee].label, "bills": tariff.payees[payee].bills, "cells": cells}
        )
    return rows


def _chart(handout: Handout) -> dict[str, Any]:
    """The bars of six years: the length of each part as a share of the longest bar, and every label ready-made."""
    years = handout.schedule.years
    highest = max(year.total.amount for year in years)
    drawn = six_years_chart(handout.schedule, handout.tariff, Look("light"))
    bars: list[dict[str, Any]] = []
    for year in years:
        parts = [
            {"payee": payee, "rhythm": rhythm, "share": float(amount / highest), "label": euros(amount)}
            for payee in PAYEES
            for rhythm in ("yearly", "term", "setup")
            if (amount := year.of(payee=payee, rhythm=rhythm).amount) != ZERO
        ]
        bars.append({"name": year_name(year.number), "parts": parts} | _total(year.total))
    return {
        "bars": bars,
        "legend": [{"name": each.name, "payee": each.payee, "rhythm": each.rhythm} for each in drawn.legend],
        "alt": f"{drawn.alt} {drawn.words}",
    }


def _services(estimate: Estimate, tariff: Tariff) -> list[dict[str, Any]]:
    return [
        {"service": service, "family": family, "rows": [_row(line, tariff) for line in lines]}
        for (family, service), lines in groupby(
            estimate.lines, key=lambda line: (line.position.family, line.position.service)
        )
    ]


def _row(line: Line, tariff: Tariff) -> dict[str, Any]:
    return {
        "label": line.position.label,
        "words": line.words(),
        "payee": line.payee,
        "short": tariff.payees[line.payee].short,
        "amount": euros(line.outcome.amount) if line.outcome.kind == "priced" else NO_AMOUNT[line.outcome.kind],
        "rhythm": how_often(line.position) if line.outcome.kind == "priced" else "",
        "unknown": line.outcome.kind in ("on_quote", "missing"),
    }


def _totals(estimate: Estimate, tariff: Tariff) -> list[dict[str, Any]]:
    """What all lines that are paid equally often come to, and what each body bills of it; nothing of a single line."""
    if len(estimate.lines) < 2:
        return []
    rows: list[dict[str, Any]] = []
    for every in sorted({line.position.every for line in estimate.lines}):
        lines = [line for line in estimate.lines if line.position.every == every]
        of_payees = {
            tariff.payees[payee].short: billed
            for payee in PAYEES
            if (billed := [line for line in lines if line.payee == payee and line.outcome.kind != "included"])
        }
        rows.append(
            {
                "label": f"En tout, {how_often(lines[0].position)}",
                "words": " ; ".join(f"{short} : {total(billed).words()}" for short, billed in of_payees.items()),
            }
            | _total(total(lines))
        )
    return rows


def _saves(option: Option) -> bool:
    """Whether an option surely costs less: what it leaves unknown is no more than before."""
    six_years = option.comparison.six_years
    return option.adoptable and six_years.amount < ZERO and six_years.same_unknowns and six_years.not_stated <= 0


def _cheaper(option: Option) -> str:
    return f"{option.label} : {option.comparison.six_years.plainly()} sur six ans."


def _point(point: PointToConfirm, tariff: Tariff) -> dict[str, Any]:
    return {
        "question": point.reading.question,
        "in_force": point.reading.in_force,
        "effects": [
            f"{alternative.label} {effect_words(comparison, tariff)}" for alternative, comparison in point.effects
        ],
    }


def _scenarios(handout: Handout) -> list[dict[str, Any]]:
    """The present simulation first, then those kept, each with its difference to the present one."""
    kept: Iterable[tuple[str, Estimate]] = handout.scenarios
    rows = [
        {
            "name": name,
            "cells": _cells(other),
            "difference": compare(other, handout.estimate).six_years.words(),
            "changes": changes(other, handout.estimate, handout.tariff),
        }
        for name, other in kept
    ]
    if not rows:
        return []
    return [{"name": THIS_ESTIMATE, "cells": _cells(handout.estimate), "difference": "", "changes": ""}, *rows]


def _cells(estimate: Estimate) -> list[dict[str, Any]]:
    answers = estimate.answers
    return [_total(answers.first_year), _total(answers.recurring), _total(answers.six_years)]
