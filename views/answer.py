"""The answer first: category, year 1, each later year, six years, and what each of the two bodies will bill."""

import streamlit as st

from pricing import Estimate, Option, Schedule, Tariff, Total, schedule
from pricing.category import Placed
from pricing.options import Comparison, Difference
from pricing.tariff import PAYEES
from views.markup import quote, table, text, total
from views.reports.wording import (
    billing,
    later_note,
    left_out,
    not_counted,
    services_by_category,
    setup_words,
    without_category,
)

FEWEST_LETTERS = 12
"""Of a figure: what stands under it needs some width too."""


def show_category(estimate: Estimate, tariff: Tariff, above: Option | None) -> None:
    """Show the category with its reason, where something depends on it; `above` is the estimate in the next one."""
    if category := _category(estimate, tariff, above):
        st.html(category)


def show(estimate: Estimate, six_years: Schedule, tariff: Tariff, change: Comparison | None) -> None:
    """Show the answer, with what the last change changed; its figures stay in view while services are filled in."""
    with st.container(key="reponse"):
        st.html(
            '<section class="answer" aria-label="Résultat de l\'estimation" aria-live="polite">'
            f"{figures(estimate, six_years, change, 'Dernier changement')}</section>"
        )
    st.html(f"{_two_quotes(estimate, tariff)}{_notes(estimate)}")


def invite() -> None:
    """Say what the page will answer, before anything is typed."""
    st.html(
        '<section class="answer"><h2>Combien coûtent vos services numériques ?</h2><p>Dites qui vous êtes, puis '
        "les services souhaités. Vous verrez ici ce qu'ils coûtent la première année, chaque année ensuite et sur "
        "six ans, et lequel des deux organismes facture quoi.</p></section>"
    )


def _category(estimate: Estimate, tariff: Tariff, above: Option | None) -> str:
    placement = estimate.placement
    if not isinstance(placement, Placed):
        return "".join(
            f'<p class="category"><strong>{text(each)}</strong> {text(placement.words())}.</p>'
            for each in without_category(estimate)
        )
    cost = f" : {above.comparison.six_years.words()} sur six ans" if above else ""
    nearest = placement.next_words()
    note = f'<span class="note">Seuil suivant : {text(nearest)}{text(cost)}.</span>' if nearest else ""
    services = services_by_category(tariff)
    of = f"pour {text(services)}\u00a0: " if services else ""
    return (
        f'<p class="category"><strong>Catégorie {text(placement.category)}</strong> '
        f"{of}{text(placement.words())}. {note}</p>"
    )


def figures(estimate: Estimate, six_years: Schedule, change: Comparison | None, since: str) -> str:
    """The three figures as HTML, each with its note and what has changed in it since.

    Each takes of the width what its letters ask for, and all three are of a size in which they stand on one line.
    """
    answers = estimate.answers
    amounts = (answers.first_year.known_words(), six_years.later_words(), answers.six_years.known_words())
    first, later, whole = amounts
    letters = sum(_letters(amount) for amount in amounts)
    varied = change is not None and not (six_years.steady and schedule(change.against).steady)
    return (
        f'<dl class="figures" style="--letters: {letters}">'
        + _figure("1re année", first, answers.first_year, setup_words(estimate))
        + _changed(since, change and change.first_year)
        + "</dd></div>"
        + _figure("Chaque année ensuite", later, six_years.again, later_note(estimate, six_years))
        + _changed(since, change and change.recurring, " en moyenne" if varied else "")
        + "</dd></div>"
        + _figure("Six ans", whole, answers.six_years, "la durée d'un mandat")
        + _changed(since, change and change.six_years)
        + "</dd></div></dl>"
    )


def _letters(amount: str) -> int:
    return max(len(amount), FEWEST_LETTERS)


def _figure(label: str, amount: str, of: Total, note: str) -> str:
    figure = f'<span class="figure">{text(amount)}</span>' if amount else ""
    left_out = "".join(f" {quote(f'+ {each}' if amount else each)}" for each in of.left_out())
    return (
        f'<div style="flex-grow: {_letters(amount)}"><dt>{label} <abbr title="toutes taxes comprises">TTC</abbr></dt>'
        f"<dd>{figure}{left_out}"
        f'<span class="note">{text(note)}</span>'
    )


def _changed(since: str, change: Difference | None, of_amount: str = "") -> str:
    if not change or change.none:
        return ""
    words = f"<strong>{text(change.words(of_amount))}</strong>"
    return f'<span class="change"><span class="since">{since} : </span>{words}</span>'


def _two_quotes(estimate: Estimate, tariff: Tariff) -> str:
    rows = []
    for payee in PAYEES:
        of_payee = schedule(estimate, payee=payee)
        first, whole = estimate.first_year(payee=payee), estimate.six_years(payee=payee)
        later = of_payee.again
        rows.append(
            (
                f'<span class="payee {payee}">{text(tariff.payees[payee].label)}</span> '
                f'<span class="note">pour {text(tariff.payees[payee].bills)}</span>',
                total(first),
                total(later, of_payee.later_words()),
                total(whole),
            )
        )
    sent = "Vos deux devis" if len(billing(estimate)) > 1 else "Un seul devis"
    return table(
        "Ce que chacun des deux organismes facturera, par devis séparé",
        (sent, "1re année", "Chaque année ensuite", "Six ans"),
        rows,
        amounts=(1, 2, 3),
    )


def _notes(estimate: Estimate) -> str:
    listed = "".join(f"<li>{text(each)}</li>" for each in left_out(estimate))
    unknown = f"<p>Non compris dans ces montants :</p><ul>{listed}</ul>" if listed else ""
    besides = "".join(f"<p>{text(each)}</p>" for each in not_counted(estimate))
    return f'<div class="left-out">{unknown}{besides}</div>' if unknown or besides else ""
