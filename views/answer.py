"""The answer: three figures first, then the two quotes, six years of cash, every line, and the points to confirm."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

import streamlit as st

from pricing import Estimate, Tariff, estimate
from pricing.category import Placed
from pricing.compare import Comparison
from pricing.money import number
from pricing.options import crossing
from pricing.simulation import View
from views import kept, session
from views.asked import asked
from views.figures import LAST_CHANGE, beside, figures, more, notes, quotes
from views.markup import figure, quote, table, text, total
from views.named import sizes
from views.reports import charts
from views.reports.handout import Handout
from views.reports.parts import ConfirmedPoint, Point, Row, Series, Service
from views.reports.summary import CONFIRMED, DETAIL, Summary
from views.reports.terms import rhythm_titles
from views.reports.wording import categories
from views.visit import Visit


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
    st.html(f"{quotes(summary)}{beside(summary)}{notes(summary)}{asked('quotes', summary.handout.tariff)}")


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
