"""The answer first: category, year 1, each later year, six years, and what each of the two bodies will bill."""

import streamlit as st

from pricing import Estimate, Schedule, Tariff, Total, euros, schedule
from pricing.category import Placed
from pricing.tariff import PAYEES
from views.markup import quote, table, text


def show(estimate: Estimate, six_years: Schedule, tariff: Tariff) -> None:
    """Show the answer; its figures stay in view while the services are filled in."""
    if estimate.order.empty:
        st.html(
            '<section class="answer"><h2>Combien coûtent vos services numériques ?</h2><p>Indiquez à gauche votre '
            "collectivité et les services souhaités. Vous verrez ici ce qu'ils coûtent la première année, chaque "
            "année ensuite et sur six ans, et lequel des deux organismes facture quoi.</p></section>"
        )
        return
    with st.container(key="reponse"):
        st.html(
            '<section class="answer" aria-label="Résultat de l\'estimation" aria-live="polite">'
            f"{_category(estimate)}{_figures(estimate, six_years)}</section>"
        )
    st.html(f"{_two_quotes(estimate, tariff)}{_notes(estimate)}")


def _category(estimate: Estimate) -> str:
    placement = estimate.placement
    if not isinstance(placement, Placed):
        return f'<p class="category"><strong>Sans catégorie</strong> {text(placement.words())}.</p>'
    nearest = " ; ".join(threshold.words() for threshold in placement.thresholds)
    note = f'<span class="note">Seuil suivant : {text(nearest)}.</span>' if nearest else ""
    return (
        f'<p class="category"><strong>Catégorie {placement.category}</strong> '
        f"{text(placement.words().rstrip('.'))}. {note}</p>"
    )


def _figures(estimate: Estimate, six_years: Schedule) -> str:
    answers = estimate.answers
    setup = estimate.first_year(rhythm="setup")
    of_which = f"dont {setup.words()} de mise en service, une seule fois" if estimate.select(rhythm="setup") else ""
    average = (
        ""
        if six_years.steady
        else f"selon les certificats à renouveler ; {euros(answers.recurring.amount)} par an en les répartissant"
    )
    later = six_years.later[0].total
    return (
        '<dl class="figures">'
        + _figure("1re année", _amount(answers.first_year), answers.first_year, of_which)
        + _figure("Chaque année ensuite", _amount(later) and six_years.later_words(), later, average)
        + _figure("Six ans", _amount(answers.six_years), answers.six_years, "la durée d'un mandat municipal")
        + "</dl>"
    )


def _amount(total: Total) -> str:
    """The amount of a total, unless nothing in it has one: what is wholly on quote is not 0."""
    return euros(total.amount) if total.known or not total.partial else ""


def _figure(label: str, amount: str, total: Total, note: str) -> str:
    figure = f'<span class="figure">{text(amount)}</span>' if amount else ""
    left_out = "".join(f" {quote(f'+ {each}' if amount else each)}" for each in total.left_out())
    return f'<div><dt>{label}</dt><dd>{figure}{left_out}<span class="note">{text(note)}</span></dd></div>'


def _two_quotes(estimate: Estimate, tariff: Tariff) -> str:
    rows = []
    for payee in PAYEES:
        of_payee = schedule(estimate, payee=payee)
        later = of_payee.later[0].total
        rows.append(
            (
                f'<span class="payee {payee}">{text(tariff.payees[payee].label)}</span> '
                f'<span class="note">pour {text(tariff.payees[payee].bills)}</span>',
                _cell(_amount(estimate.first_year(payee=payee)), estimate.first_year(payee=payee)),
                _cell(_amount(later) and of_payee.later_words(), later),
                _cell(_amount(estimate.six_years(payee=payee)), estimate.six_years(payee=payee)),
            )
        )
    return table(
        "Ce que chacun des deux organismes facturera, par devis séparé",
        ("Vos deux devis", "1re année", "Chaque année ensuite", "Six ans"),
        rows,
        amounts=(1, 2, 3),
    )


def _cell(amount: str, total: Total) -> str:
    left_out = " ".join(quote(f"+ {each}" if amount else each) for each in total.left_out())
    return f"{text(amount)} {left_out}".strip()


def _notes(estimate: Estimate) -> str:
    left_out = estimate.answers.six_years
    notes = [
        *(f"{line.name} ({line.words()})" for line in left_out.on_quote),
        *(f"{line.name} : {line.words()}" for line in left_out.missing),
    ]
    unstated = [f"{line.name} : {line.words()}, rien n'est compté" for line in left_out.not_stated]
    listed = "".join(f"<li>{text(note)}</li>" for note in notes)
    on_quote = f"<p>Non compris dans les montants ci-dessus :</p><ul>{listed}</ul>" if listed else ""
    return f'<div class="left-out">{on_quote}{"".join(f"<p>{text(note)}.</p>" for note in unstated)}</div>'
