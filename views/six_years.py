"""Six years of cash, as a chart and as a table; and where the money goes by service."""

import streamlit as st

from pricing import Estimate, Tariff
from views import chart
from views.markup import figure, table, total
from views.reports import charts
from views.reports.summary import Summary
from views.reports.wording import RHYTHM_TITLE


def show(summary: Summary, look: charts.Look) -> None:
    """Show what each of six years costs."""
    estimate = summary.handout.estimate
    chart.show(charts.six_years(summary.years, look), "graphique-six-ans", "<h2>Six ans de dépenses</h2>")
    in_table = st.expander("Les mêmes chiffres en tableau", key="tableau-six-ans", on_change="rerun")
    if in_table.open:
        in_table.html(
            table(
                "Dépenses de chaque année, par rythme et en tout",
                ("Année", *RHYTHM_TITLE.values(), "Total"),
                [
                    (
                        bar.figure.heading,
                        *(total(year.of(rhythm=rhythm)) for rhythm in RHYTHM_TITLE),
                        figure(bar.figure),
                    )
                    for bar, year in zip(summary.years, summary.handout.schedule.years, strict=True)
                ],
                amounts=range(1, len(RHYTHM_TITLE) + 2),
                foot=(
                    "Six ans",
                    *(total(estimate.six_years(rhythm=rhythm)) for rhythm in RHYTHM_TITLE),
                    total(estimate.answers.six_years),
                ),
            )
        )


def by_service(estimate: Estimate, tariff: Tariff, look: charts.Look) -> None:
    """Show where the money of six years goes."""
    chart.show(charts.services(estimate, tariff, look), "graphique-services", "<h3>Où va l'argent, sur six ans</h3>")
