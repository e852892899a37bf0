"""Six years of cash, as a chart and as a table; and where the money goes by service."""

import streamlit as st

from pricing import Estimate, Schedule, Tariff
from pricing.reports import charts
from pricing.reports.wording import RHYTHM_TITLE
from views.markup import legend, table, total


def show(estimate: Estimate, schedule: Schedule, tariff: Tariff, look: charts.Look) -> None:
    """Show what each of six years costs."""
    st.header("Six ans de dépenses", anchor=False)
    chart = charts.six_years(schedule, tariff, look)
    st.html(legend(chart.legend))
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-six-ans")
    with st.expander("Les mêmes chiffres en tableau"):
        st.html(
            table(
                "Dépenses de chaque année, par rythme et en tout",
                ("Année", *RHYTHM_TITLE.values(), "Total"),
                [
                    (
                        charts.year_name(year.number),
                        *(total(year.of(rhythm=rhythm)) for rhythm in RHYTHM_TITLE),
                        total(year.total),
                    )
                    for year in schedule.years
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
    st.html("<h3>Où va l'argent, sur six ans</h3>")
    chart = charts.services(estimate, tariff, look)
    st.html(legend(chart.legend))
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-services")
