"""The table of communes: sorted, filtered and filled in by its visitor; each row opens the commune's own simulation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from streamlit.components.v2 import component

from pricing.communes import Commune, folded
from pricing.group import Group, belonging
from pricing.money import counted, euros, number
from pricing.order import MAX_AGENTS, MAX_QUANTITY
from pricing.totals import Total
from views import assets, session
from views.markup import label
from views.reports.group_parts import COMMUNES, OWN, CommuneRow
from views.reports.group_summary import GroupSummary
from views.reports.parts import Figure

KEY = "table-communes"
"""Key of the table."""
AGENTS = "agents"
"""Name of the field for the number of agents; that of an item has the item's key for its name."""
COUNTED = "counted"
"""Name of the tick that counts a commune, or leaves it out."""
PER_HEAD = "Par habitant et par an"
"""Heading of the cost per inhabitant."""

PRESENTED = ("name", "category", "first", "later", "six")
"""Columns of the table in presentation mode."""

_FIGURES = ("first", "later", "six")
_HTML = """<div class="communes">
<div class="communes-tools">
<label>Chercher dans le tableau<input type="search" autocomplete="off" placeholder="nom, ou catégorie A"></label>
<label>Montrer<select class="kinds"></select></label>
<label>Ajouter un service à remplir<select class="more-columns"></select></label>
<p class="note" role="status"></p>
</div>
<div class="communes-scroll" role="region" tabindex="0">
<table role="table">
<thead role="rowgroup"><tr role="row"></tr></thead><tbody role="rowgroup"></tbody>
<tfoot role="rowgroup"><tr role="row"></tr></tfoot></table>
</div>
<p class="note how-to"></p>
</div>"""
_NOTE = (
    "Les quantités de chaque service sont plus à droite. Un nombre compte dès Entrée, ou quand on quitte sa case ; "
    "vide, il redevient celui de toutes. Les flèches haut et bas passent d'une commune à l'autre. Une commune décochée "
    "n'est pas comptée."
)

Edit = Callable[[str, str, int | None], None]
"""Call for a commune's INSEE code, AGENTS or the key of an item, and its number; None for that of all communes."""


def show(
    summary: GroupSummary,
    group: Group,
    communes: Mapping[str, Commune],
    *,
    on_edit: Edit,
    on_count: Callable[[str, bool], None],
    on_restore: Callable[[str], None],
    presented: bool = False,
) -> None:
    """Show the communes of a group, those left out among them; no field of theirs in presentation mode.

    `on_count` is called with a commune's INSEE code, and False to leave it out; `on_restore` with the code of one that
    is to ask for the same as the others.
    """
    items = summary.tariff.items

    def take(sent: object) -> None:
        for code, field, value in edits(sent):
            if field == COUNTED and isinstance(value, bool):
                on_count(code, value)
            elif field == "" and value is None:
                on_restore(code)
            elif (field == AGENTS or field in items) and not isinstance(value, bool):
                on_edit(code, field, value)

    table = contents(summary, group, communes)
    if presented:
        kept = [each for each in table["columns"] if each["key"] in PRESENTED]
        table |= {"columns": kept, "note": ""}
    mount(KEY, table, take)


def mount(key: str, data: Mapping[str, Any], take: Callable[[object], None]) -> None:
    """Show a table as its data has it: `take` is called with what the browser sends."""
    sheet = assets.content("group_table.css")
    table = component("communes", html=_HTML, css=sheet, js=_script(), isolate_styles=False)
    table(key=key, data=data, on_edits_change=session.received(key, "edits", take))


@cache
def _script() -> str:
    """Return both scripts as the one module of a component."""
    return "".join(map(assets.content, ("group_fields.js", "group_table.js")))


def edits(sent: object) -> Iterator[tuple[str, str, int | bool | None]]:
    """Yield what a browser sent, as far as it can be an edit: a code, a field and its value."""
    for edit in sent if isinstance(sent, list) else ():
        if isinstance(edit, dict):
            code, field, value = edit.get("code"), edit.get("field"), edit.get("value")
            if isinstance(code, str) and isinstance(field, str) and (value is None or isinstance(value, int)):
                yield code, field, value


def contents(summary: GroupSummary, group: Group, communes: Mapping[str, Commune]) -> dict[str, Any]:
    """Return the table as its script draws it: columns, rows with words and values to sort by, totals."""
    rows = {row.code: row for row in summary.rows}
    amounts = {id(row.figures): row for row in summary.rows}  # most communes pay what others pay
    ranks = {key: rank for rank, key in enumerate(amounts)}
    own = {each.code: each for each in group.own}
    listed: list[dict[str, Any]] = []
    for commune in belonging(group, communes):
        row, has = rows.get(commune.code), own.get(commune.code)
        if row is None:
            listed.append(_left_out(commune))
        else:
            mine = [AGENTS] if has and has.agents is not None else []
            mine += [key for key, _ in has.quantities] if has else []
            listed.append(_row(row, mine, ranks[id(row.figures)]))
    return {
        "region": "Les communes, une par ligne",
        "title": "Les communes : taille, catégorie, montants, agents et quantités",
        "note": label(_NOTE),
        "filled": True,
        "own": OWN,
        "columns": _columns(summary, group),
        "amounts": [_amounts(row) for row in amounts.values()],
        "rows": listed,
        "foot": _foot(summary),
        "kinds": _kinds(summary, left_out=len(listed) > len(summary.rows)),
    }


def _columns(summary: GroupSummary, group: Group) -> list[dict[str, Any]]:
    """Return the columns; an item that nobody asks for, and that nobody goes without, is not shown at first."""
    asked = {key for row in summary.rows for key in row.estimate.order.quantities}
    asked |= {key for each in group.own for key, _ in each.quantities}
    graded = any(row.category for row in summary.rows)
    name, inhabitants, category, *figures = COMMUNES[:6]
    columns: list[dict[str, Any]] = [
        {"key": "name", "label": name, "kind": "name"},
        {"key": "inhabitants", "label": inhabitants, "kind": "count"},
        {"key": AGENTS, "label": "Agents", "kind": "number", "most": MAX_AGENTS},
        *([{"key": "category", "label": category, "kind": "text"}] if graded else []),
        *({"key": key, "label": heading, "kind": "amount"} for key, heading in zip(_FIGURES, figures, strict=True)),
    ]
    of_items = [
        {
            "key": key,
            "label": label(item.label),
            "kind": "tick" if item.ticked else "number",
            "shown": key in asked,
            "most": MAX_QUANTITY,
        }
        for key, item in summary.tariff.items.items()
    ]
    per_head = any(row.per_head is not None for row in summary.rows)
    last = [{"key": "head", "label": PER_HEAD, "kind": "count"}] if per_head else []
    return [{"shown": True} | each for each in (*columns, *of_items, *last)]


def _row(row: CommuneRow, own: list[str], amounts: int) -> dict[str, Any]:
    """Return a row; `amounts` is the rank of its figures among those that differ."""
    known = f" categorie{found_by(row.category)}" if row.category else ""
    return {
        "code": row.code,
        "name": row.name,
        "link": f"?{row.link.partition('?')[2]}",
        "out": False,
        "own": own or (["inhabitants"] if row.own else []),
        "found": f"{found_by(row.name)} {row.code}{known}",
        "kinds": [row.category, *(["own"] if row.own else []), *(["unknown"] if row.left_out else [])],
        "amounts": amounts,
        "cells": {
            "inhabitants": _count(row.inhabitants),
            "category": [row.category, row.category or None],
            "head": ["", None] if row.per_head is None else [euros(row.per_head), cents(row.per_head)],
        },
        "fields": {
            **row.estimate.order.quantities,
            **({} if row.agents is None else {AGENTS: row.agents}),
        },
    }


def _left_out(commune: Commune) -> dict[str, Any]:
    return {
        "code": commune.code,
        "name": commune.name,
        "link": "",
        "out": True,
        "own": [],
        "found": f"{found_by(commune.name)} {commune.code}",
        "kinds": ["out"],
        "cells": {"inhabitants": _count(commune.population)},
        "fields": {},
    }


@lru_cache(1_024)
def found_by(name: str) -> str:
    """Return a name in the form in which it is searched."""
    return folded(name)


def _amounts(row: CommuneRow) -> dict[str, list[Any]]:
    return {key: _amount(of, total) for key, of, total in zip(_FIGURES, row.figures, row.amounts, strict=True)}


def _count(value: int | None) -> list[Any]:
    return ["" if value is None else number(value), value]


def _amount(of: Figure, total: Total) -> list[Any]:
    """Return an amount in words, then in cents to sort by, then what it leaves out."""
    return [of.amount, cents(total.amount) if of.amount else None, *of.left_out]


def cents(amount: Decimal) -> int:
    """Return an amount in cents, to sort by."""
    return int(amount * 100)


def _foot(summary: GroupSummary) -> dict[str, Sequence[str]]:
    """Return the totals, in words."""
    known = [row.inhabitants for row in summary.rows if row.inhabitants is not None]
    quantities: dict[str, int] = {}
    for row in summary.rows:
        for key, quantity in row.estimate.order.quantities.items():
            quantities[key] = quantities.get(key, 0) + quantity
    return {
        "name": (f"Ensemble, {counted(len(summary.rows), 'commune', 'communes')}",),
        "inhabitants": (number(sum(known)),),
        **{key: (of.amount, *of.left_out) for key, of in zip(_FIGURES, summary.figures, strict=True)},
        **{key: (number(quantity),) for key, quantity in quantities.items()},
    }


def _kinds(summary: GroupSummary, *, left_out: bool) -> list[tuple[str, str]]:
    """Return the choices of communes to show, each with its words."""
    shown = [("", "Toutes les communes")]
    shown += [(category, f"Catégorie {category}") for category in sorted({row.category for row in summary.rows} - {""})]
    shown += [("own", f"Celles qui sont {OWN}")] if any(row.own for row in summary.rows) else []
    shown += [("unknown", "Celles dont un montant manque")] if any(row.left_out for row in summary.rows) else []
    return shown + ([("out", "Celles laissées de côté")] if left_out else [])
