"""The page, from top to bottom, and its publication: `streamlit run streamlit_app.py`."""

import streamlit as st

import pricing
from pricing.compare import Comparison, compare
from pricing.link import Opened
from pricing.options import crossing
from pricing.simulation import Choice, present, replace_choice, take_up_tariff
from views import (
    answer,
    assets,
    collectivite,
    detail,
    done,
    footer,
    kept,
    keys,
    looked_at,
    points,
    presentation,
    services,
    session,
    six_years,
    take_away,
    told,
    turn,
)
from views import compare as comparing
from views.documents import handed_over
from views.markup import text
from views.named import whose as whose_estimate
from views.reports.charts import Look
from views.reports.handout import long_date
from views.reports.summary import Summary
from views.reports.wording import INDICATIVE
from views.share import network
from views.visit import Visit

DETAIL, COMPARE, POINTS, TAKE_AWAY = "Le détail", "Comparer", "Points à confirmer", "Partager, imprimer"
SECTIONS = {DETAIL: "detail", COMPARE: "comparer", POINTS: "points", TAKE_AWAY: "partager"}
"""Sections below the answer, each with the key of its container."""


def last_change(visit: Visit, present: pricing.Estimate, tariffs: pricing.Catalogue) -> Comparison | None:
    """Return the effect of the last change; None where nothing was asked for before it."""
    before = visit.against
    if before is None or before.choice.order.empty:
        return None
    tariff = next((each for each in tariffs.tariffs if each.adopted == before.tariff), None)
    return compare(present, pricing.estimate(before.choice.client, before.choice.order, tariff)) if tariff else None


def tell_of_link(opened: Opened) -> None:
    """Say what is wrong with the link, where it is not read whole."""
    with st.container():  # kept even when empty, so that the fields below are not made again
        if said := told.words(opened):
            st.html(said)


def tell_of_tariff(present: pricing.Estimate, in_force: pricing.Tariff) -> None:
    """Say what the tariff in force would change, where the link holds an older one."""
    other = compare(pricing.estimate(present.client, present.order, in_force), present)
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.info(
        f"Cette simulation garde le tarif du {long_date(present.tariff)}. "
        f"Au tarif en vigueur depuis le {long_date(in_force.in_force_from)}, l'écart serait "
        f"de {other.first_year.words()} la 1re année et de {other.six_years.words()} sur six ans."
    )
    right.button(
        "Passer au tarif en vigueur",
        key="tarif",
        width="stretch",
        on_click=session.presses(
            lambda now: take_up_tariff(now, in_force.adopted),
            f"Le tarif du {long_date(in_force.adopted)} est appliqué.",
        ),
    )


def show_section(section: str, visit: Visit, summary: Summary, look: Look) -> None:
    """Show the section chosen; the others are not computed."""
    estimate, tariff = summary.handout.estimate, summary.handout.tariff
    if section == DETAIL:
        detail.show(summary)
        if estimate.lines:
            six_years.by_service(estimate, tariff, look)
    elif section == COMPARE:
        with st.container():
            comparing.options(summary.handout.options, tariff, look)
        comparing.scenarios(summary, visit.simulation, look)
    elif section == POINTS:
        points.show(summary)
    elif section == TAKE_AWAY:
        if visit.opened.cut:
            st.html(f'<p class="told">{text(told.CUT)}</p>')
        take_away.show(summary)


def show_answer(visit: Visit, summary: Summary, tariffs: pricing.Catalogue, example: Choice) -> None:
    """Show the answer or, where nothing is asked for, what the page will answer, and an example."""
    choice, estimate, tariff = visit.simulation.choice, summary.handout.estimate, summary.handout.tariff
    if choice.order.empty:
        answer.invite()
        if choice.client.structure == "commune":
            st.button(
                "Voir un exemple",
                key="exemple",
                icon=":material/play_arrow:",
                on_click=session.presses(
                    lambda now: replace_choice(now, example),
                    lambda before, _: "" if before.empty else "L'exemple remplace ce qui était saisi.",
                ),
            )
        return
    in_force = tariffs.nearest(kept.today())
    # Each has a container of its own, empty or not: what is below is then changed in place, and never shown twice.
    with st.container():
        if choice == example:
            st.html('<p class="note">Un exemple, à changer à votre guise : il ne décrit aucune commune.</p>')
    with st.container():
        if tariff is not in_force:
            tell_of_tariff(estimate, in_force)
    with st.container():
        answer.show_category(estimate, tariff, crossing(estimate, tariff))
    answer.show(summary, last_change(visit, estimate, tariffs))


def page() -> None:
    """Show the whole page, at a desk or in presentation mode."""
    st.set_page_config(
        page_title="Simulateur des services numériques, Pas-de-Calais",
        page_icon=None if assets.linked else assets.content(assets.ICON),  # the index has its own
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    tariffs, communes, proposals = kept.tariffs(), kept.communes(), kept.proposals()
    in_force = tariffs.nearest(kept.today())
    visit = session.open_visit(in_force.adopted)
    current = visit.simulation
    assets.bring(presentation=current.presentation)
    tariff = tariffs.adopted(current.tariff) if current.tariff else in_force
    look = Look("dark" if st.context.theme.type == "dark" else "light", large=current.presentation)
    indicative = (
        f"Tarifs TTC du CDG 62 et de La Fibre Numérique 59-62, adoptés le "
        f"{long_date(tariff.adopted)}. "
        f"<strong>{text(INDICATIVE)}</strong>"
    )
    handout = handed_over(current, take_away.site(), kept.today())
    summary, estimate = Summary(handout), handout.estimate
    if current.presentation:
        st.html('<h1 class="unseen">Simulateur des services numériques</h1>')
        tell_of_link(visit.opened)
        done.show(visit)
        presentation.show(visit, summary, look, indicative)
        with st.container(key="bandeau"):
            presentation.ask(visit, tariff, estimate.placement)
    else:
        top = st.container(horizontal=True, vertical_alignment="center")
        whose = "" if current.empty else f'<p class="whose">{text(whose_estimate(current, communes))}</p>'
        top.html(f"<header><h1>Simulateur des services numériques</h1>{whose}<p>{indicative}</p></header>")
        if not current.choice.order.empty:
            top.button(
                "Présenter", key="presenter", icon=":material/present_to_all:", on_click=session.presses(present)
            )
        tell_of_link(visit.opened)
        done.show(visit)
        left, right = st.columns([5, 7], gap="large")
        # The answer is sent first, so that its figures show sooner: what was typed is in the session already.
        with right:
            example = Choice(client=proposals.example.client, order=proposals.example.order)
            show_answer(visit, summary, tariffs, example)
        with left:
            collectivite.ask(visit, communes)
            services.ask(tariff, current.choice, estimate.placement, proposals)
        if not estimate.order.empty:
            with right:
                with st.container():
                    if estimate.lines:
                        six_years.show(summary, look)
                section = looked_at.choose("À voir", [*SECTIONS], visit, keys.SECTION, "section")
                with st.container(key=f"section-{SECTIONS[section]}"):
                    show_section(section, visit, summary, look)
        footer.show(tariff)
    session.write_url()


if __name__ == "__main__":  # Streamlit runs this file for every edit,
    with turn.PAGE.one(network(st.context.ip_address)):
        page()
else:  # and imports it once, to serve it.
    from views import server

    app = st.App(
        __file__,
        routes=server.ROUTES,
        middleware=server.MIDDLEWARE,
        lifespan=server.lifespan,
        on_script_error=server.tell,
    )
