"""Compare: the choices inside this order, and what each would change."""

from collections.abc import Sequence

import streamlit as st

from pricing import Option
from pricing.reports import charts
from pricing.reports.palette import Mode
from views.markup import table, text


def show(options: Sequence[Option], mode: Mode) -> None:
    """Show the options of the order."""
    if not options:
        st.markdown("Les choix à comparer apparaîtront ici dès qu'un service qui en offre sera demandé.")
        return
    chart = charts.options(options, mode)
    st.markdown("Ce que chaque autre choix changerait **sur six ans**, par rapport à votre demande :")
    st.vega_lite_chart(chart.rows, chart.spec, alt=chart.alt, key="graphique-options")
    st.html(
        table(
            "Chaque autre choix : ses totaux et l'écart avec votre demande",
            ("Autre choix", "1re année", "Coût annuel moyen", "Six ans", "Écart sur six ans"),
            [
                (
                    text(option.label),
                    text(option.comparison.estimate.answers.first_year.words()),
                    text(option.comparison.estimate.answers.recurring.words()),
                    text(option.comparison.estimate.answers.six_years.words()),
                    text(option.comparison.six_years.words()),
                )
                for option in options
            ],
            amounts=(1, 2, 3, 4),
        )
    )
