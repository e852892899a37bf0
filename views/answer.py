"""The answer first: category, year 1, each later year, six years, and what each of the two bodies will bill."""

import streamlit as st

from pricing import Estimate, Option, Schedule, Tariff, Total, euros, schedule
from pricing.category import Placed
from pricing.options import Comparison, Difference
from pricing.tariff import PAYEES
from views.markup import quote, table, text, total


def show(
    estimate: Estimate, six_years: Schedule, tariff: Tariff, change: Comparison | None, above: Option | None
) -> None:
    """Show the answer, with what the last change changed; its figures stay in view while services are filled in."""
    with st.container(key="reponse"):
        st.html(
            '<section class="answer" aria-label="Résultat de l\'estimation" aria-live="polite">'
            f"{_category(estimate, above)}{figures(estimate, six_years, change)}</section>"
        )
    st.html(f"{_two_quotes(estimate, tariff)}{_notes(estimate)}")


def invite() -> None:
    """Say what the page will answer, before anything is typed."""
    st.html(
        '<section class="answer"><h2>Combien coûtent vos services numériques ?</h2><p>Choisissez votre commune, puis '
        "les services souhaités. Vous verrez ici ce qu'ils coûtent la première année, chaque année ensuite et sur "
        "six ans, et lequel des deux organismes facture quoi.</p></section>"
    )


def _category(estimate: Estimate, above: Option | None) -> str:
    placement = estimate.placement
    if not isinstance(placement, Placed):
        concerned = dict.fromkeys(line.position.service for line in estimate.lines if line.outcome == placement.outcome)
        return "".join(
            f'<p class="category"><strong>{each}</strong> {text(placement.words())}.</p>' for each in concerned
        )
    nearest = " ; ".join(threshold.words() for threshold in placement.thresholds)
    cost = f" ; elle changerait les six ans de {above.comparison.six_years.words()}" if above else ""
    note = f'<span class="note">Seuil suivant : {text(nearest)}{text(cost)}.</span>' if nearest else ""
    return (
        f'<p class="category"><strong>Catégorie {placement.category}</strong> '
        f"{text(placement.words().rstrip('.'))}. {note}</p>"
    )


def figures(estimate: Estimate, six_years: Schedule, change: Comparison | None) -> str:
    """The three figures as HTML, each with its note and what the last change changed in it."""
    answers = estimate.answers
    of_which = (
        f"dont {estimate.first_year(rhythm='setup').words()} de mise en service, une seule fois"
        if estimate.select(rhythm="setup")
        else ""
    )
    average = (
        ""
        if six_years.steady
        else f"selon les certificats à renouveler ; {euros(answers.recurring.amount)} par an en les répartissant"
    )
    later = six_years.again
    return (
        '<dl class="figures">'
        + _figure(
            "1re année", answers.first_year.known_words(), answers.first_year, of_which, change and change.first_year
        )
        + _figure(
            "Chaque année ensuite",
            six_years.later_words(),
            later,
            average,
            change and change.recurring,
            " en moyenne" if average or (change and not schedule(change.against).steady) else "",
        )
        + _figure(
            "Six ans",
            answers.six_years.known_words(),
            answers.six_years,
            "la durée d'un mandat",
            change and change.six_years,
        )
        + "</dl>"
    )


def _figure(label: str, amount: str, of: Total, note: str, change: Difference | None, of_change: str = "") -> str:
    figure = f'<span class="figure">{text(amount)}</span>' if amount else ""
    left_out = "".join(f" {quote(f'+ {each}' if amount else each)}" for each in of.left_out())
    changed = (
        '<span class="change"><span class="unseen">Dernier changement : </span>'
        f"{text(change.words())}{of_change}</span>"
        if change and not change.none
        else ""
    )
    return f'<div><dt>{label}</dt><dd>{figure}{left_out}{changed}<span class="note">{text(note)}</span></dd></div>'


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
    return table(
        "Ce que chacun des deux organismes facturera, par devis séparé",
        ("Vos deux devis", "1re année", "Chaque année ensuite", "Six ans"),
        rows,
        amounts=(1, 2, 3),
    )


def _notes(estimate: Estimate) -> str:
    left_out = estimate.answers.six_years
    listed = "".join(
        f"<li>{text(f'{line.name} : {line.words()}')}</li>" for line in (*left_out.on_quote, *left_out.missing)
    )
    unknown = f"<p>Non compris dans ces montants :</p><ul>{listed}</ul>" if listed else ""
    unstated = "".join(
        f"<p>{text(f'{line.name} : {line.words()}, rien n’est compté')}.</p>" for line in left_out.not_stated
    )
    aside = "".join(f"<p>{text(each.why)}</p>" for each in estimate.set_aside)
    return f'<div class="left-out">{unknown}{unstated}{aside}</div>' if unknown or unstated or aside else ""
