"""The three figures with what changed of them, the two quotes, and what they leave out, as HTML."""

from collections.abc import Sequence
from dataclasses import replace

from pricing import schedule
from pricing.compare import Comparison, Difference
from pricing.portfolio import Portfolio, gaps
from views.markup import figure, quote, table, text
from views.reports.group_summary import GroupSummary
from views.reports.parts import Figure
from views.reports.summary import LEFT_OUT, TWO_QUOTES, Summary

LAST_CHANGE = "Dernier changement"
"""Words before what the last change changed of a figure."""
NO_CHANGE = ("", "", "")
"""Words on the changes of three figures that are as they were."""
FEWEST_LETTERS = 12
"""Fewest letters counted for the width of a figure: the text under it needs some width too."""


def figures(summary: Summary, change: Comparison | None, since: str, *, presented: bool = False) -> str:
    """Return the three figures as HTML, each with its note and its change; `since` says since when."""
    if not change:
        return three(summary.figures, NO_CHANGE, since, presented=presented)
    steady = summary.handout.schedule.steady and schedule(change.against).steady
    differences = change.first_year, change.recurring, change.six_years
    return three(summary.figures, changed(differences, steady=steady, presented=presented), since, presented=presented)


def changed(differences: Sequence[Difference], *, steady: bool, presented: bool = False) -> Sequence[str]:
    """Return what changed of each figure in words; `steady` tells if each later year costs the same, before and after.

    In presentation mode they are short enough to be read from afar.
    """
    of_amounts = "", "" if steady else " en moyenne", ""
    return [
        "" if each.none else (each.briefly if presented else each.words)(of)
        for each, of in zip(differences, of_amounts, strict=True)
    ]


def changed_of_all(to: Portfolio, from_: Portfolio, *, presented: bool = False) -> Sequence[str]:
    """Return what changed of each figure of many communes in words."""
    between = gaps(to.total[None], from_.total[None])
    return changed(between, steady=to.steady and from_.steady, presented=presented)


def three(shown: Sequence[Figure], words: Sequence[str], since: str, *, presented: bool = False) -> str:
    """Return three figures as HTML, each with its note and what changed of it in `words`; `since` says since when.

    Each takes a share of the width by its number of letters; all three have the size at which they fit on one line.
    In presentation mode, notes are short enough to be read from afar.
    """
    letters = [max(len(each.amount), FEWEST_LETTERS) for each in shown]
    if presented:  # of their notes, only the reason why the later years differ
        reasons = "", shown[1].note.partition(" ; ")[0], ""
        shown = tuple(replace(each, note=note) for each, note in zip(shown, reasons, strict=True))
    cells = "".join(_figure(*each, since) for each in zip(shown, letters, words, strict=True))
    return (
        f'<section class="answer{" presented" if presented else ""}" aria-label="Résultat de l\'estimation" '
        f'aria-live="polite"><dl class="figures" style="--letters: {sum(letters)}">{cells}</dl></section>'
    )


def _figure(figure: Figure, letters: int, change: str, since: str) -> str:
    amount = f'<span class="figure">{text(figure.amount)}</span>' if figure.amount else ""
    left_out = "".join(f" {quote(each)}" for each in figure.left_out)
    if change:
        change = f'<span class="change"><span class="since">{since} : </span><strong>{text(change)}</strong></span>'
    return (
        f'<div style="flex-grow: {letters}"><dt>{text(figure.heading)} '
        f'<abbr title="toutes taxes comprises">TTC</abbr></dt>'
        f'<dd>{amount}{left_out}<span class="note">{text(figure.note)}</span>{change}</dd></div>'
    )


def more(summary: Summary | GroupSummary) -> str:
    """Return what the bar of a narrow screen opens upwards on: the notes it has no room for, and each body's share."""
    notes = [
        f"<dt>{text(each.heading)}</dt><dd>{text(each.note[:1].upper() + each.note[1:])}</dd>"
        for each in summary.figures
        if each.note
    ]
    billed = "".join(
        f"<dd>{text(each.body.label)} : {text(each.figures[-1].words)}</dd>" for each in summary.quotes if each.billed
    )
    shares = f"<dt>Qui facture quoi, {text(summary.figures[-1].heading.lower())}</dt>{billed}" if billed else ""
    left_out = "".join(f"<dd>{text(each)}</dd>" for each in (*summary.left_out, *summary.not_counted))
    unknown = f"<dt>{text(LEFT_OUT)}</dt>{left_out}" if left_out else ""
    return (
        '<details class="more"><summary><span>Ce que ces montants comprennent</span></summary>'
        f"<dl>{''.join(notes)}{shares}{unknown}</dl></details>"
    )


def quotes(summary: Summary | GroupSummary) -> str:
    """Return the table of what each body bills, as HTML."""
    heading = "Vos deux devis" if summary.billing == TWO_QUOTES else summary.billing
    each_body = "chacun des deux organismes" if len(summary.quotes) == 2 else "l'organisme"
    billed = table(
        f"Ce que {each_body} facturera, par devis séparé",
        (heading, *(each.heading for each in summary.figures)),
        [
            (
                f'<span class="payee {each.payee}">{text(each.body.label)}</span> '
                f'<span class="note">pour {text(each.body.bills)}</span>',
                *map(figure, each.figures),
            )
            for each in summary.quotes
        ],
        amounts=(1, 2, 3),
    )
    return f'<div class="quotes">{billed}</div>'


def beside(summary: Summary) -> str:
    """Return the sentences on what was said beside the order, as HTML."""
    said = "".join(f"<li>{text(each)}</li>" for each in summary.beside)
    return f'<ul class="beside">{said}</ul>' if said else ""


def notes(summary: Summary | GroupSummary) -> str:
    """Return what the figures leave out, and their notes for a low window, as HTML."""
    listed = "".join(f"<li>{text(each)}</li>" for each in summary.left_out)
    unknown = f"<p>{text(f'{LEFT_OUT} :')}</p><ul>{listed}</ul>" if listed else ""
    besides = "".join(f"<p>{text(each)}</p>" for each in summary.not_counted)
    left_out = f'<div class="left-out">{unknown}{besides}</div>' if unknown or besides else ""
    return f"{_in_words(summary)}{left_out}"


def _in_words(summary: Summary | GroupSummary) -> str:
    """Return the notes of the figures as a paragraph, for a window in which they would take too much room above."""
    noted = [f"{each.heading} : {each.note}." for each in summary.figures if each.note]
    return f'<p class="in-words">{text(" ".join(noted))}</p>' if noted else ""
