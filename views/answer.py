"""The answer: three figures first, then the two quotes, six years of cash, every line, and the points to confirm."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import streamlit as st

from pricing import Estimate, Tariff, estimate, schedule
from pricing.category import Placed
from pricing.compare import Comparison, Difference
from pricing.money import number
from pricing.options import crossing
from pricing.simulation import View
from views import kept, session
from views.asked import asked
from views.markup import figure, quote, table, text, total
from views.named import sizes
from views.reports import charts
from views.reports.group_summary import GroupSummary
from views.reports.handout import Handout
from views.reports.parts import ConfirmedPoint, Figure, Point, Row, Series, Service
from views.reports.summary import CONFIRMED, DETAIL, LEFT_OUT, TWO_QUOTES, Summary
from views.reports.terms import rhythm_titles
from views.reports.wording import categories
from views.visit import Visit

LAST_CHANGE = "Dernier changement"
"""Words before what the last change changed of a figure."""
NO_CHANGE = ("", "", "")
"""What changed of three figures that are as they were."""
FEWEST_LETTERS = 12
"""Fewest letters counted for the width of a figure: the text under it needs some width too."""


def how(width: Literal["wide", "narrow"]) -> str:
    """Return the three steps as HTML, before anything is typed: beside the fields, or above them on a narrow screen."""
    steps = (
        ("Qui vous êtes", "votre commune, ou un autre organisme, et sa taille."),
        ("Ce que vous voulez", "les services, un par un, chacun avec son prix."),
        (
            "Ce que vous emportez",
            "ce qu'ils coûtent la 1re année, chaque année ensuite et sur six ans, qui facture quoi, une note pour le "
            "conseil et un lien pour y revenir.",
        ),
    )
    listed = "".join(f"<li><strong>{text(f'{what} :')}</strong> {text(words)}</li>" for what, words in steps)
    heading = text("Combien coûtent vos services numériques ?")
    below = '<p class="note">Un exemple vous attend au bas de la page.</p>' if width == "narrow" else ""
    return f'<section class="how {width}"><h2>{heading}</h2><ol>{listed}</ol>{below}</section>'


@lru_cache(4)
def example(tariff: Tariff) -> str:
    """Return the answer to the example as HTML, marked so that nobody takes it for their own."""
    choice = kept.example(tariff)
    summary = Summary(Handout(estimate(choice.client, choice.order, tariff), tariff, "", kept.today(), ""))
    who = " et ".join(sizes(choice.client))
    asked = "".join(
        f"<li>{text(item.label if item.ticked else f'{item.label} : {number(quantity)}')}</li>"
        for key, item in tariff.items.items()
        if (quantity := choice.order.quantity(key))
    )
    figures = "".join(
        f"<div><dt>{text(each.heading)}</dt><dd>{text(each.words)}</dd></div>" for each in summary.figures
    )
    quotes = " ; ".join(f"{each.body.label}, {each.figures[0].words}" for each in summary.quotes if each.billed)
    return (
        f'<section class="example" aria-label="Exemple"><h3>{text("Exemple : ce ne sont pas vos montants")}</h3>'
        f'<p class="note">{text(f"Pour une commune de {who} qui demande :")}</p>'
        f'<ul class="note">{asked}</ul><dl>{figures}</dl>'
        f'<p class="note">{text(f"La 1re année, par devis séparé : {quotes}.")}</p></section>'
    )


def show_category(summary: Summary) -> None:
    """Show each category with its reason and the cost of the next one, where something depends on it."""
    estimate, tariff = summary.handout.estimate, summary.handout.tariff
    if said := "".join(_category(estimate, tariff, *each) for each in categories(estimate, tariff)):
        st.html(said)


def _category(estimate: Estimate, tariff: Tariff, grid: str, head: str, rest: str) -> str:
    placement, above = estimate.placements[grid], crossing(estimate, tariff, grid)
    cost = f" : {above.comparison.six_years.words()} sur six ans" if above else ""
    nearest = placement.next_words() if isinstance(placement, Placed) else ""
    note = f' <span class="note">Seuil suivant : {text(nearest)}{text(cost)}.</span>' if nearest else ""
    return f'<p class="category"><strong>{text(head)}</strong> {text(rest)}.{note}</p>'


def show(summary: Summary, change: Comparison | None) -> None:
    """Show the answer, with what the last change changed; its figures stay in view while services are filled in."""
    with st.container(key="reponse"):
        st.html(f"{more(summary)}{figures(summary, change, LAST_CHANGE)}")
    st.html(f"{quotes(summary)}{_beside(summary)}{notes(summary)}{asked('quotes', summary.handout.tariff)}")


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


def _beside(summary: Summary) -> str:
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


def show_six_years(summary: Summary, look: charts.Look) -> None:
    """Show what each of six years costs, as a chart and as a table."""
    estimate, schedule = summary.handout.estimate, summary.handout.schedule
    show_chart(
        charts.six_years(summary.years, look, (), summary.handout.paid_today),
        "graphique-six-ans",
        "<h2>Six ans de dépenses</h2>",
    )
    in_table = st.expander("Les mêmes chiffres en tableau", key="tableau-six-ans", on_change="rerun")
    if in_table.open:
        rhythms = rhythm_titles(summary.handout.tariff)
        rows = [
            (bar.figure.heading, *(total(year.of(rhythm=each)) for each in rhythms), figure(bar.figure))
            for bar, year in zip(summary.years, schedule.years, strict=True)
        ]
        in_all = (total(estimate.six_years(rhythm=each)) for each in rhythms)
        in_table.html(
            table(
                "Dépenses de chaque année, par rythme et en tout",
                ("Année", *rhythms.values(), "Total"),
                rows,
                amounts=range(1, len(rhythms) + 2),
                foot=("Six ans", *in_all, total(estimate.answers.six_years)),
            )
        )
    if about := asked("years", summary.handout.tariff):
        st.html(about)


def show_detail(summary: Summary, look: charts.Look) -> None:
    """Show every line, and where the money goes."""
    show_lines(summary)
    if summary.services:
        chart = charts.services(summary.handout.estimate, summary.handout.tariff, look)
        show_chart(chart, "graphique-services", "<h3>Où va l'argent, sur six ans</h3>")


def show_lines(summary: Summary) -> None:
    """Show every line, each with its arithmetic in words and its row of the act."""
    groups = {
        f'{text(service.name)} <span class="note">{text(service.family)}</span>': [
            _cells(row, service) for row in service.rows
        ]
        for service in summary.services
    }
    st.html(table("Chaque tarif, son calcul et qui le facture", DETAIL, groups, amounts=(3,)))


def _cells(row: Row, service: Service) -> tuple[str, ...]:
    amount = f'{row.amount} <span class="note">{row.when}</span>' if row.kind == "priced" else row.amount
    return (
        f"{text(row.label)}"
        f"<details><summary>Dans l'acte : d'où vient ce prix</summary>{text(_place(service, row))}</details>",
        text(row.words),
        f'<span class="payee {row.payee}">{text(row.billed_by)}</span>',
        quote(row.amount) if row.kind in ("on_quote", "missing") else amount,
    )


def _place(service: Service, row: Row) -> str:
    """Return the place of a price in the deliberation, and its words there."""
    source = row.source
    return (
        f"Délibération, rubrique « {service.family} », ligne « {source.row} », colonne « {source.column} » : "
        f"« {source.text} »"
    )


def show_points(summary: Summary) -> None:
    """Show the readings that touch the estimate, with the totals they allow, then those that were confirmed."""
    left_open = "<p>Plus aucun point de l'acte n'est à confirmer pour cette estimation.</p>"
    if summary.points:
        left_open = (
            "<p>Voici les points qui touchent cette estimation, la lecture retenue, et ce qu'une autre lecture "
            f"changerait. <strong>{text(summary.spread)}</strong></p>"
            f'<ol class="points">{"".join(map(_point, summary.points))}</ol>'
        )
    confirmed = "".join(map(_confirmed, summary.confirmed))
    below = f'<h3>{text(CONFIRMED)}</h3><ul class="points">{confirmed}</ul>' if confirmed else ""
    st.html(f"<h3>Ce que l'acte laisse ouvert</h3>{left_open}{below}")


def _point(point: Point) -> str:
    effects = "".join(f"<li>{text(other)} <strong>{text(words)}</strong></li>" for other, words in point.effects)
    otherwise = f"<p>Autre lecture :</p><ul>{effects}</ul>" if effects else ""
    return (
        f"<li><h4>{text(point.question)}</h4><p><strong>{text(point.in_force)}</strong> "
        f"{text(point.because)}</p>{otherwise}</li>"
    )


def _confirmed(point: ConfirmedPoint) -> str:
    return f"<li><h4>{text(point.question)}</h4><p><strong>{text(point.in_force)}</strong> {text(point.said)}</p></li>"


def show_chart(
    chart: charts.Chart,
    key: str,
    heading: str = "",
    height: Literal["content", "stretch"] = "content",
    legend: Iterable[str] = (),
) -> None:
    """Show a chart under a heading, which is HTML, with its words and its legend, which wraps where Vega's is cut.

    The chart of a key is drawn once, then given new figures. `legend` replaces the entries of its own, as HTML.
    """
    entries = [*(legend or (f"{swatch(each)}{text(each.name)}" for each in chart.legend))]
    entries += [f'<span class="swatch today"></span>{text(chart.line)}'] if chart.line else []
    items = "".join(f"<li>{each}</li>" for each in entries)
    listed = f'<ul class="legend">{items}</ul>' if items else ""
    st.html(f'{heading}<p class="unseen">{text(chart.words)}</p>{listed}')
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key=key, height=height)


def swatch(of: Series) -> str:
    """Return the sample of a colour of a chart, as HTML."""
    return f'<span class="swatch {of.payee} {of.rhythm}"></span>'


def choose(label: str, offered: Mapping[View, str], visit: Visit, key: str) -> View:
    """Ask what to look at, by its name, and return it; the first is the default."""
    view = visit.simulation.view if visit.simulation.view in offered else next(iter(offered))
    st.segmented_control(
        label,
        [*offered.values()],
        required=True,
        label_visibility="collapsed",
        key=session.filled(key, offered[view]),
        on_change=session.shows(key, offered),
    )
    return view
