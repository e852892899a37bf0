"""Six years of cash, as a chart and as a table; and where the money goes by service."""

import streamlit as st

from pricing import Estimate, Schedule, Tariff, euros
from pricing.reports import charts
from pricing.reports.palette import Mode
from pricing.reports.wording import RHYTHM_TITLE
from views.markup import table, text


def show(estimate: Estimate, schedule: Schedule, tariff: Tariff, mode: Mode) -> None:
    """Show what each of six years costs."""
    st.subheader("Six ans de dépenses", anchor=False)
    chart = charts.six_years(schedule, tariff, mode)
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-six-ans")
    with st.expander("Les mêmes chiffres en tableau"):
        st.html(
            table(
                "Dépenses de chaque année, par rythme et en tout",
                ("Année", *RHYTHM_TITLE.values(), "Total"),
                [
                    (
                        charts.year_name(year.number),
                        *(euros(year.amount(rhythm=rhythm)) for rhythm in RHYTHM_TITLE),
                        text(year.total.words()),
                    )
                    for year in schedule.years
                ],
                amounts=range(1, len(RHYTHM_TITLE) + 2),
                foot=(
                    "Six ans",
                    *(text(estimate.six_years(rhythm=rhythm).words()) for rhythm in RHYTHM_TITLE),
                    text(estimate.answers.six_years.words()),
                ),
            )
        )


def by_service(estimate: Estimate, tariff: Tariff, mode: Mode) -> None:
    """Show where the money of six years goes."""
    st.html("<h3>Où va l'argent, sur six ans</h3>")
    chart = charts.services(estimate, tariff, mode)
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-services")
