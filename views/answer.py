"""The answer first: category, year 1, each later year, six years, and what each of the two bodies will bill."""

import streamlit as st

from pricing import Estimate, Option, Schedule, Tariff, Total, euros, schedule
from pricing.category import Placed
from pricing.options import Comparison, Difference
from pricing.tariff import PAYEES, uncapital
from views.markup import quote, table, text, total


def show(
    estimate: Estimate, six_years: Schedule, tariff: Tariff, change: Comparison | None, above: Option | None
) -> None:
    """Show the answer, with what the last change changed; its figures stay in view while services are filled in."""
    if category := _category(estimate, above):
        st.html(category)
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


def _category(estimate: Estimate, above: Option | None) -> str:
    placement = estimate.placement
    if not isinstance(placement, Placed):
        concerned = dict.fromkeys(line.position.service for line in estimate.lines if line.outcome == placement.outcome)
        return "".join(
            f'<p class="category"><strong>{text(each)}</strong> {text(placement.words())}.</p>' for each in concerned
        )
    cost = f" : {above.comparison.six_years.words()} sur six ans" if above else ""
    nearest = placement.next_words()
    note = f'<span class="note">Seuil suivant : {text(nearest)}{text(cost)}.</span>' if nearest else ""
    return (
        f'<p class="category"><strong>Catégorie {placement.category}</strong> '
        f"{text(placement.words().rstrip('.'))}. {note}</p>"
    )


def figures(estimate: Estimate, six_years: Schedule, change: Comparison | None, since: str) -> str:
    """The three figures as HTML, each with its note and what has changed in it since."""
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
    varied = change is not None and not (six_years.steady and schedule(change.against).steady)
    return (
        '<dl class="figures">'
        + _figure("1re année", answers.first_year.known_words(), answers.first_year, of_which)
        + _changed(since, change and change.first_year)
        + "</dd></div>"
        + _figure("Chaque année ensuite", six_years.later_words(), six_years.again, average)
        + _changed(since, change and change.recurring, " en moyenne" if varied else "")
        + "</dd></div>"
        + _figure("Six ans", answers.six_years.known_words(), answers.six_years, "la durée d'un mandat")
        + _changed(since, change and change.six_years)
        + "</dd></div></dl>"
    )


def _figure(label: str, amount: str, of: Total, note: str) -> str:
    figure = f'<span class="figure">{text(amount)}</span>' if amount else ""
    left_out = "".join(f" {quote(f'+ {each}' if amount else each)}" for each in of.left_out())
    return (
        f'<div><dt>{label} <abbr title="toutes taxes comprises">TTC</abbr></dt><dd>{figure}{left_out}'
        f'<span class="note">{text(note)}</span>'
    )


def _changed(since: str, change: Difference | None, of_change: str = "") -> str:
    if not change or change.none:
        return ""
    return f'<span class="change">{since} : <strong>{text(change.words())}</strong>{of_change}</span>'


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


def left_out(estimate: Estimate) -> list[str]:
    """What the totals leave out, service by service, each with the reason in French."""
    total = estimate.answers.six_years
    grouped: dict[tuple[str, str], list[str]] = {}
    for line in (*total.on_quote, *total.missing):
        grouped.setdefault((line.position.service, line.words()), []).append(uncapital(line.position.label))
    return [f"{service} ({', '.join(labels)}) : {why}" for (service, why), labels in grouped.items()]


def _notes(estimate: Estimate) -> str:
    listed = "".join(f"<li>{text(each)}</li>" for each in left_out(estimate))
    unknown = f"<p>Non compris dans ces montants :</p><ul>{listed}</ul>" if listed else ""
    unstated = "".join(
        f"<p>{text(f'{line.name} : {line.words()}, rien n’est compté')}.</p>"
        for line in estimate.answers.six_years.not_stated
    )
    aside = "".join(f"<p>{text(each.why)}</p>" for each in estimate.set_aside)
    return f'<div class="left-out">{unknown}{unstated}{aside}</div>' if unknown or unstated or aside else ""
