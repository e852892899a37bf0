"""The page, in the order of the page."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_date

import pricing
from pricing.category import Placed, place
from pricing.reports.palette import Mode
from views import answer, collectivite, compare, detail, points, services, six_years


@st.cache_resource(show_spinner=False)
def catalogue() -> pricing.Catalogue:
    """Every tariff, read and checked once for the whole server."""
    return pricing.load()


@st.cache_resource(show_spinner=False)
def style() -> str:
    """The page's own style sheet, read once."""
    sheet = Path(__file__).parent / "views" / "style.css"
    return f"<style>{sheet.read_text(encoding='utf-8')}</style>"


st.set_page_config(
    page_title="Simulateur des services numériques, Pas-de-Calais",
    page_icon=":material/calculate:",
    layout="wide",
)
st.html(style())
tariff = catalogue().in_force(datetime.now(ZoneInfo("Europe/Paris")).date())
mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
st.html(
    "<header><h1>Simulateur des services numériques</h1>"
    f"<p>Tarifs TTC du CDG 62 et de La Fibre Numérique 59-62, adoptés le "
    f"{format_date(tariff.adopted, 'd MMMM y', locale='fr')}. "
    "<strong>Estimation indicative : seuls les devis engagent.</strong></p></header>"
)

left, right = st.columns([5, 7], gap="large")
with left:
    client = collectivite.ask()
    placement = place(client, tariff.categories)
    order = services.ask(tariff, placement.category if isinstance(placement, Placed) else None)
estimate = pricing.estimate(client, order, tariff)
schedule = pricing.schedule(estimate)
with right:
    answer.show(estimate, schedule, tariff)
    if estimate.lines:
        six_years.show(estimate, schedule, tariff, mode)
        tabs = st.tabs(["Le détail", "Comparer", "Points à confirmer"])
        with tabs[0]:
            detail.show(estimate, tariff)
        with tabs[1]:
            compare.show(pricing.options(estimate, tariff), mode)
        with tabs[2]:
            points.show(pricing.points_to_confirm(estimate, tariff))
