"""Real HTML tables and text from plain values; everything that comes from outside is escaped here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from pricing import Total
from views.reports.parts import Figure
from views.reports.parts import figure as figure_of

_BEFORE = re.compile(r" (?=[»:;?!€%])")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=Go\b)")
_AFTER = re.compile(r"(?<=«) ")


def text(words: str) -> str:
    """Return a text as HTML: nothing in it is read as markup, and no line breaks around French punctuation."""
    return escape(_joined(words))


def label(words: str) -> str:
    """Return the label of a field, in which no line breaks around French punctuation or before a unit."""
    return _BEFORE_UNIT.sub("\u00a0", _joined(words))


def _joined(words: str) -> str:
    """Return a text in which no line breaks around French punctuation."""
    return _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", words))


def table(
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]] | Mapping[str, Sequence[Sequence[str]]],
    *,
    amounts: Iterable[int] = (),
    foot: Sequence[str] | None = None,
) -> str:
    """Return a table of HTML cells with a spoken caption; the columns in `amounts` are aligned right, figures in line.

    A mapping of rows makes groups under their headings. Heads are plain text. Cells are HTML already: what comes from
    a user goes through `text` first.
    """
    right = set(amounts)
    head = "".join(f'<th scope="col"{_kind(rank, right)}>{text(cell)}</th>' for rank, cell in enumerate(heads))
    tail = f"<tfoot><tr>{_row(foot, right)}</tr></tfoot>" if foot else ""
    # On a phone each cell is shown under its heading, which style.css finds by the column.
    headings = "".join(f"--head-{rank}:{_quoted(cell)};" for rank, cell in enumerate(heads[1:], start=2))
    body = "".join(
        (f'<tr><th scope="rowgroup" class="group" colspan="{len(heads)}">{group}</th></tr>' if group else "")
        + "".join(f"<tr>{_row(row, right)}</tr>" for row in members)
        for group, members in ([("", rows)] if isinstance(rows, Sequence) else rows.items())
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)}">'
        f'<table style="{headings}">'
        f"<caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{tail}</table></div>"
    )


def _row(cells: Sequence[str], right: set[int]) -> str:
    first = f'<th scope="row">{cells[0]}</th>'
    return first + "".join(
        f"<td{_kind(rank, right)}><span>{cell}</span></td>" for rank, cell in enumerate(cells[1:], start=1)
    )


def _quoted(words: str) -> str:
    """Return a heading as a string of a style sheet within an attribute."""
    escaped = words.replace("\\", r"\\").replace('"', r"\"")
    return f"&quot;{text(escaped)}&quot;"


def _kind(rank: int, right: set[int]) -> str:
    return ' class="amount"' if rank in right else ""


def total(of: Total) -> str:
    """Return a total, and on its own line what it leaves out."""
    return figure(figure_of("", of))


def figure(of: Figure) -> str:
    """Return an amount, and on its own line what it leaves out."""
    return " ".join([text(of.amount), *map(quote, of.left_out)])


def wrapped(words: str) -> str:
    """Return a text that may take several lines in a column of amounts."""
    return f'<span class="wrapped">{text(words)}</span>'


def quote(words: str) -> str:
    """Return a text that says an amount is on quote, set apart from figures."""
    return f'<mark class="quote">{text(words)}</mark>'
