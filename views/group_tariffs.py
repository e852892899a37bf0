"""Two acts set against each other for many communes: what changes for each, and for each body that bills."""

from typing import Any

import streamlit as st

from pricing.money import counted, signed_euros
from pricing.portfolio import Figures, gaps
from pricing.tariff import PAYEES
from pricing.totals import Total
from views import group_table
from views.markup import label as joined
from views.markup import table, text, total
from views.reports.group_change import HEADINGS, Change, ChangeRow
from views.reports.group_summary import GroupSummary
from views.reports.parts import FIRST_YEAR, LATER, SIX_YEARS
from views.reports.parts import figure as figure_of

KEY = "table-tarifs"
"""Key of the table."""

_GAPS = ("first", "later", "gap")


def show(summary: GroupSummary, change: Change) -> None:
    """Show what the second act changes: in sentences, by body, and for each commune."""
    st.html(f"<h3>{text(f'Ce qui change {change.acts}')}</h3>{_sentences(change)}{bodies(change)}")
    links = {row.code: row.link for row in summary.rows}
    group_table.mount(KEY, contents(change, links), lambda _: None)


def _sentences(change: Change) -> str:
    return f"<ul>{''.join(f'<li>{text(each)}</li>' for each in change.sentences)}</ul>"


def bodies(change: Change) -> str:
    """Return what each body would bill before and after, and all together, as a table."""
    before, after = change.before, change.after
    labels = {**before.tariff.payees, **after.tariff.payees}
    rows = [
        _compared(labels[payee].label, before.share(payee), after.share(payee)) for payee in PAYEES if payee in labels
    ]
    heads = ("Qui facture", "Six ans avant", "Six ans après", *(f"Écart, {each}" for each in _periods()))
    foot = _compared("Ensemble", before.total[None], after.total[None])
    return table("Ce que chaque organisme facturerait, avant et après", heads, rows, amounts=range(1, 6), foot=foot)


def _periods() -> tuple[str, str, str]:
    return FIRST_YEAR, f"{LATER[:1].lower()}{LATER[1:]}", SIX_YEARS.lower()


def _compared(name: str, old: Figures, new: Figures) -> tuple[str, ...]:
    """Return a row: six years before and after, then the three differences."""
    both = (total(each.six_years) for each in (old, new))
    return (text(name), *both, *(text(each.words()) for each in gaps(new, old)))


def contents(change: Change, links: dict[str, str]) -> dict[str, Any]:
    """Return each commune before and after as the table of communes draws it; `links` open their own simulations."""
    name, before, after, *amounts, words = HEADINGS
    heads = zip(("before", "after", *_GAPS), amounts, strict=True)
    columns = [
        ("name", name, "name"),
        *((("was", before, "text"), ("is", after, "text")) if _graded(change) else ()),
        *((key, heading, "amount") for key, heading in heads),
        ("words", words, "words"),
    ]
    return {
        "region": "Chaque commune avant et après",
        "title": "Chaque commune avant et après : catégorie, six ans et écarts",
        "note": "",
        "filled": False,
        "own": "",
        "columns": [
            {"key": key, "label": joined(heading), "kind": kind, "shown": True} for key, heading, kind in columns
        ],
        "rows": [_row(row, links.get(row.code, "")) for row in change.rows],
        "foot": _foot(change),
        "kinds": _kinds(change),
    }


def _graded(change: Change) -> bool:
    return any(row.category_before or row.category_after for row in change.rows)


def _row(row: ChangeRow, link: str) -> dict[str, Any]:
    gap = row.amounts[-1]
    direction = "more" if gap > 0 else "less" if gap < 0 else "same"
    old, new = row.totals
    return {
        "code": row.code,
        "name": row.name,
        "link": f"?{link.partition('?')[2]}" if link else "",
        "out": False,
        "own": [],
        "found": f"{group_table.found_by(row.name)} {row.code}",
        "kinds": [direction, *(["moved"] if row.moved else [])],
        "cells": {
            "was": [row.category_before, row.category_before or None],
            "is": [row.category_after, row.category_after or None],
            "before": _amount(old),
            "after": _amount(new),
            **{
                key: [signed_euros(amount), group_table.cents(amount)]
                for key, amount in zip(_GAPS, row.amounts[2:], strict=True)
            },
            "words": [joined(row.words), None],
        },
        "fields": {},
    }


def _amount(of: Total) -> list[Any]:
    shown = figure_of("", of)
    return [shown.amount, group_table.cents(of.amount) if shown.amount else None, *shown.left_out]


def _foot(change: Change) -> dict[str, tuple[str, ...]]:
    """Return the totals, in words."""
    old, new = change.before.total[None], change.after.total[None]
    both = {key: figure_of("", of.six_years) for key, of in (("before", old), ("after", new))}
    return {
        "name": (f"Ensemble, {counted(len(change.rows), 'commune', 'communes')}",),
        **{key: (of.amount, *of.left_out) for key, of in both.items()},
        **{key: (each.words(),) for key, each in zip(_GAPS, gaps(new, old), strict=True)},
    }


def _kinds(change: Change) -> list[tuple[str, str]]:
    """Return the choices of communes to show, each with its words."""
    offered = {
        "moved": "Celles qui changent de catégorie",
        "more": "Celles qui paieraient plus sur six ans",
        "less": "Celles qui paieraient moins sur six ans",
        "same": "Celles qui paieraient autant",
    }
    some = {"moved"} if any(row.moved for row in change.rows) else set[str]()
    some |= {"more" if row.amounts[-1] > 0 else "less" if row.amounts[-1] < 0 else "same" for row in change.rows}
    return [("", "Toutes les communes"), *((key, words) for key, words in offered.items() if key in some)]
