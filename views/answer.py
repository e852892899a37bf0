"""The answer first: category, year 1, each later year, six years, and what each of the two bodies will bill."""

import streamlit as st

from pricing import Estimate, Tariff, schedule
from pricing.category import Placed
from pricing.compare import Comparison, Difference
from pricing.options import crossing
from views.markup import figure, quote, table, text
from views.reports.parts import Figure
from views.reports.summary import LEFT_OUT, TWO_QUOTES, Summary
from views.reports.wording import categories

FEWEST_LETTERS = 12
"""Fewest letters counted for the width of a figure: the text under it needs some width too."""


def show_category(estimate: Estimate, tariff: Tariff) -> None:
    """Show each category with its reason and the cost of the next one, where something depends on it."""
    if said := "".join(_category(estimate, tariff, *each) for each in categories(estimate, tariff)):
        st.html(said)


def show(summary: Summary, change: Comparison | None) -> None:
    """Show the answer, with what the last change changed; its figures stay in view while services are filled in."""
    with st.container(key="reponse"):
        st.html(
            '<section class="answer" aria-label="Résultat de l\'estimation" aria-live="polite">'
            f"{figures(summary, change, 'Dernier changement')}</section>"
        )
    st.html(f"{_quotes(summary)}{_notes(summary)}")


def invite() -> None:
    """Say what the page will answer, before anything is typed."""
    st.html(
        '<section class="answer"><h2>Combien coûtent vos services numériques ?</h2><p>Dites qui vous êtes, puis '
        "les services souhaités. Vous verrez ici ce qu'ils coûtent la première année, chaque année ensuite et sur "
        "six ans, et lequel des deux organismes facture quoi.</p></section>"
    )


def _category(estimate: Estimate, tariff: Tariff, grid: str, head: str, rest: str) -> str:
    placement, above = estimate.placements[grid], crossing(estimate, tariff, grid)
    cost = f" : {above.comparison.six_years.words()} sur six ans" if above else ""
    nearest = placement.next_words() if isinstance(placement, Placed) else ""
    note = f' <span class="note">Seuil suivant : {text(nearest)}{text(cost)}.</span>' if nearest else ""
    return f'<p class="category"><strong>{text(head)}</strong> {text(rest)}.{note}</p>'


def figures(summary: Summary, change: Comparison | None, since: str) -> str:
    """Return the three figures as HTML, each with its note and its change; `since` says since when.

    Each takes a share of the width by its number of letters; all three have the size at which they fit on one line.
    """
    varied = change is not None and not (summary.handout.schedule.steady and schedule(change.against).steady)
    changes = (
        (
            (change.first_year, ""),
            (change.recurring, " en moyenne" if varied else ""),
            (change.six_years, ""),
        )
        if change
        else ((None, ""),) * 3
    )
    letters = sum(map(_letters, summary.figures))
    each = (_figure(figure, since, *changed) for figure, changed in zip(summary.figures, changes, strict=True))
    return f'<dl class="figures" style="--letters: {letters}">{"".join(each)}</dl>'


def _letters(figure: Figure) -> int:
    return max(len(figure.amount), FEWEST_LETTERS)


def _figure(figure: Figure, since: str, change: Difference | None, of_amount: str) -> str:
    amount = f'<span class="figure">{text(figure.amount)}</span>' if figure.amount else ""
    left_out = "".join(f" {quote(each)}" for each in figure.left_out)
    changed = ""
    if change and not change.none:
        words = f"<strong>{text(change.words(of_amount))}</strong>"
        changed = f'<span class="change"><span class="since">{since} : </span>{words}</span>'
    return (
        f'<div style="flex-grow: {_letters(figure)}"><dt>{text(figure.heading)} '
        f'<abbr title="toutes taxes comprises">TTC</abbr></dt>'
        f'<dd>{amount}{left_out}<span class="note">{text(figure.note)}</span>{changed}</dd></div>'
    )


def _quotes(summary: Summary) -> str:
    heading = "Vos deux devis" if summary.billing == TWO_QUOTES else summary.billing
    return table(
        "Ce que chacun des deux organismes facturera, par devis séparé",
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


def _notes(summary: Summary) -> str:
    listed = "".join(f"<li>{text(each)}</li>" for each in summary.left_out)
    unknown = f"<p>{text(f'{LEFT_OUT} :')}</p><ul>{listed}</ul>" if listed else ""
    besides = "".join(f"<p>{text(each)}</p>" for each in summary.not_counted)
    return f'<div class="left-out">{unknown}{besides}</div>' if unknown or besides else ""
