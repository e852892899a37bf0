"""The page, in the order of the page; and the same, published: `streamlit run streamlit_app.py`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

import pricing
from pricing.link import Simulation
from pricing.options import Comparison, compare, crossing
from pricing.reports.charts import Look
from pricing.reports.handout import Handout, long_date
from pricing.reports.wording import INDICATIVE
from views import (
    answer,
    assets,
    collectivite,
    detail,
    footer,
    kept,
    points,
    presentation,
    services,
    simulation,
    six_years,
    take_away,
    turn,
)
from views import compare as comparing
from views.markup import text

SECTIONS = DETAIL, COMPARE, POINTS, TAKE_AWAY = "Le détail", "Comparer", "Points à confirmer", "Partager, imprimer"
MOST_TOLD = 6  # unreadable parts of a link that are named one by one


def last_change(present: pricing.Estimate) -> Comparison | None:
    """What the last change changed: the estimate of the run before is kept until something else is typed."""
    state = st.session_state
    if state.get("shown") != present:
        state.before, state.shown = state.get("shown"), present
    return compare(present, state.before) if state.before and not state.before.order.empty else None


def tell_of_ignored() -> None:
    """Say what the link held that could not be read, or why it was not opened."""
    if refused := simulation.refused():
        st.html(f'<p class="told" role="alert">{text(refused)}</p>')
    if ignored := simulation.ignored():
        words = [each.words() for each in ignored[:MOST_TOLD]]
        others = len(ignored) - MOST_TOLD
        more = [f"et {others} autre{'s' if others > 1 else ''}"] if others > 0 else []
        st.html(
            '<p class="told" role="alert">Une partie du lien n\'a pas pu être lue et a été laissée de côté : '
            f"{text(' ; '.join([*words, *more]))}. Tout le reste est repris.</p>"
        )


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
        "Passer au tarif en vigueur", on_click=lambda: st.session_state.update(tariff=in_force.adopted), width="stretch"
    )


def choose_section() -> str:
    """What to look at below the answer: only that is computed, so that an edit of the order shows sooner."""
    st.session_state.setdefault("section", DETAIL)
    st.segmented_control("À voir", SECTIONS, required=True, key="section", label_visibility="collapsed")
    return st.session_state.section


def show_section(
    section: str,
    current: Simulation,
    estimate: pricing.Estimate,
    tariff: pricing.Tariff,
    look: Look,
    name: str,
    today: date,
) -> None:
    """Show the section chosen; the others cost nothing."""
    if section == DETAIL:
        detail.show(estimate, tariff)
        if estimate.lines:
            six_years.by_service(estimate, tariff, look)
    elif section == COMPARE:
        comparing.options(pricing.options(estimate, tariff), look)
        comparing.scenarios(estimate, current, tariff, look)
    elif section == POINTS:
        points.show(estimate, pricing.points_to_confirm(estimate, tariff), tariff)
    elif section == TAKE_AWAY:
        scenarios = tuple(comparing.estimates(current, tariff))
        take_away.show(Handout(estimate, tariff, name, today, take_away.address(current), scenarios))


def page() -> None:
    """Show the whole page, for one visitor at a desk or for a room."""
    st.set_page_config(
        page_title="Simulateur des services numériques, Pas-de-Calais",
        page_icon=kept.icon(),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    in_force = kept.tariffs().nearest(today)
    simulation.open_address(kept.adopted, kept.communes())
    assets.bring(presentation=st.session_state.presentation)
    # A tariff withdrawn while its page is open gives way to the one in force.
    held = st.session_state.tariff
    tariff = kept.tariffs().adopted(held) if held and kept.adopted(held) else in_force
    look = Look("dark" if st.context.theme.type == "dark" else "light", large=st.session_state.presentation)

    indicative = (
        f"Tarifs TTC du CDG 62 et de La Fibre Numérique 59-62, adoptés le "
        f"{long_date(tariff.adopted)}. "
        f"<strong>{text(INDICATIVE)}</strong>"
    )
    current = simulation.current(tariff.adopted)
    commune = kept.communes().get(current.choice.commune)
    name = commune.name if commune else current.name
    estimate = pricing.estimate(current.choice.client, current.choice.order, tariff)
    change = last_change(estimate)
    if st.session_state.presentation:
        st.html('<h1 class="unseen">Simulateur des services numériques</h1>')
        tell_of_ignored()
        presentation.start(estimate, tariff)
        presentation.show(current, estimate, pricing.schedule(estimate), tariff, look, name, indicative)
        with st.container(key="bandeau"):
            presentation.ask(tariff, estimate.placement)
    else:
        top = st.container(horizontal=True, vertical_alignment="center")
        top.html(f"<header><h1>Simulateur des services numériques</h1><p>{indicative}</p></header>")
        if not current.choice.order.empty:
            top.button("Présenter", key="presenter", icon=":material/present_to_all:", on_click=simulation.present)
        tell_of_ignored()
        left, right = st.columns([5, 7], gap="large")
        schedule = pricing.schedule(estimate)
        example = simulation.example(kept.proposals())
        # The answer is sent first: what was typed is in the session already, and its figures show sooner.
        with right:
            if estimate.order.empty:
                answer.invite()
                if current.choice.client.structure == "commune":
                    st.button(
                        "Voir un exemple",
                        key="exemple",
                        icon=":material/play_arrow:",
                        on_click=simulation.put_choice,
                        args=(example,),
                    )
            else:
                noted = st.container()  # its place is kept, so that the charts below are fed and not drawn anew
                if current.choice == example:
                    noted.html('<p class="note">Un exemple, à changer à votre guise : il ne décrit aucune commune.</p>')
                if tariff is not in_force:
                    tell_of_tariff(estimate, in_force)
                answer.show(estimate, schedule, tariff, change, crossing(estimate, tariff))
        with left:
            collectivite.ask(kept.communes())
            services.ask(tariff, current.choice, estimate.placement, kept.proposals())
        if not estimate.order.empty:
            with right:
                if estimate.lines:
                    six_years.show(estimate, schedule, tariff, look)
                section = choose_section()
                with st.container(key=f"section-{SECTIONS.index(section)}"):
                    show_section(section, current, estimate, tariff, look, name, today)
        footer.show(tariff)
    simulation.write_address(current)


if __name__ == "__main__":  # Streamlit runs this file for every edit,
    with turn.PAGE.one():
        page()
else:  # and imports it once, to serve it.
    from views.server import PUBLISHED

    app = st.App(__file__, **PUBLISHED)
