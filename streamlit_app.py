"""The page, from top to bottom, and its publication: `streamlit run streamlit_app.py`."""

from collections.abc import Callable, Collection, Mapping

import streamlit as st

import pricing
from pricing.budget import priced
from pricing.communes import VINTAGE
from pricing.compare import Comparison, compare
from pricing.dates import long_date
from pricing.opened import Opened
from pricing.simulation import View, leave, replace_choice
from views import (
    answer,
    assets,
    circumstances,
    collectivite,
    group,
    group_ask,
    group_presentation,
    kept,
    keys,
    next_steps,
    other_tariff,
    presentation,
    services,
    session,
    take_away,
    told,
    turn,
)
from views.compare import show_kept, show_options, show_scenarios
from views.documents import handed_over
from views.markup import text
from views.named import title_of_tab, whose
from views.reports.charts import Look
from views.reports.summary import Summary
from views.reports.wording import INDICATIVE, adopted_words, assumptions
from views.share import network
from views.visit import Visit

DETAIL, COMPARE, POINTS, TAKE_AWAY = "Le détail", "Comparer", "Points à confirmer", "Partager, imprimer"
NEXT = "Et maintenant ?"
SECTIONS: Mapping[View, str] = {"": DETAIL, "compare": COMPARE, "points": POINTS, "share": TAKE_AWAY, "next": NEXT}
"""Sections below the answer, by view."""
KEYS: Mapping[View, str] = {
    "": "detail",
    "compare": "comparer",
    "points": "points",
    "share": "partager",
    "next": "suite",
}
"""Keys of their containers."""

OPENED = "<style>.cannot-open:not(.stays) { display: none; }</style>"
"""Rule that comes with the page's heading: the index's sentence for a page that cannot open is hidden.

A rule on a body that has a heading (`:has()`) would slow every edit.
"""


def page() -> None:
    """Show the whole page, at a desk or in presentation mode."""
    in_force = kept.tariffs().nearest(kept.today())
    visit = session.open_visit(in_force.adopted)
    simulation = visit.simulation
    st.set_page_config(
        page_title=title_of_tab(simulation),
        page_icon=None if assets.linked else assets.content(assets.ICON),  # the index has its own
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    assets.bring(presentation=simulation.presentation)
    look = Look("dark" if st.context.theme.type == "dark" else "light", large=simulation.presentation)
    if simulation.group:
        tariff = kept.tariffs().adopted(simulation.tariff or in_force.adopted)
        if simulation.presentation:
            presented(visit, lambda: group_presentation.show(visit, look, indicative(tariff)))
        else:
            presentable = group.answered(simulation)
            at_desk(visit, tariff, lambda: group.desk(visit, tariff, in_force, look), presentable=presentable)
        session.write_url()
        return
    summary = Summary(handed_over(simulation, take_away.site(), kept.today()))
    tariff = summary.handout.tariff
    if simulation.presentation:
        presented(visit, lambda: presentation.show(visit, summary, look, indicative(tariff)))
    else:
        presentable = not simulation.choice.order.empty
        at_desk(visit, tariff, lambda: desk(visit, summary, in_force, look), presentable=presentable)
    session.write_url()


def indicative(tariff: pricing.Tariff) -> str:
    """Return the sentence below the title, as HTML."""
    adopted = f"Tarifs TTC du CDG 62 et de La Fibre Numérique 59-62, {adopted_words(tariff)}. "
    return f"{adopted}<strong>{text(INDICATIVE)}</strong>"


def presented(visit: Visit, show: Callable[[], None]) -> None:
    """Show presentation mode, below what is to be said of the link and of the last gesture."""
    st.html(f'{OPENED}<h1 class="unseen">Simulateur des services numériques</h1>')
    tell_of_link(visit)
    tell_of_gesture(visit)
    show()


def at_desk(visit: Visit, tariff: pricing.Tariff, show: Callable[[], None], *, presentable: bool) -> None:
    """Show the title, what is to be said of the link and of the last gesture, the page itself, and its foot."""
    simulation = visit.simulation
    top = st.container(horizontal=True, vertical_alignment="center")
    of = "" if simulation.empty else f'<p class="whose">{text(whose(simulation))}</p>'
    how = answer.how("narrow") if simulation.empty else ""
    top.html(
        f"{OPENED}<header><h1>Simulateur des services numériques</h1>{of}<p>{indicative(tariff)}</p></header>{how}"
    )
    if presentable:
        top.button(
            "Présenter", key="presenter", icon=":material/present_to_all:", on_click=session.acts(session.present)
        )
    tell_of_link(visit)
    tell_of_gesture(visit)
    show()
    show_foot(tariff, () if simulation.group else simulation.choice.in_place)


def tell_of_link(visit: Visit) -> None:
    """Say what is wrong with the link, where it is not read whole, and what was confirmed since it was made."""
    with st.container():  # kept even when empty, so that the fields below are not made again
        as_opened = leave(visit.simulation) == leave(visit.opened.simulation)
        since = "" if not as_opened else _confirmed_since(visit.opened)
        if said := [*told.sentences(visit.opened), *([since] if since else [])]:
            st.html("".join(f'<p class="told" role="alert">{text(each)}</p>' for each in said))


def _confirmed_since(opened: Opened) -> str:
    """Return a sentence on what was confirmed since a link was made, for one client or for many communes."""
    if opened.simulation.group:
        return group.confirmed_since(opened)
    return told.confirmed_since(opened, kept.tariffs())


def tell_of_gesture(visit: Visit) -> None:
    """Say what the last gesture did, and offer to take it back; the line keeps its place when it is empty."""
    done = visit.done
    with st.container(key="fait", horizontal=True, vertical_alignment="center"):
        if not done:
            return
        aside, words = done.set_aside, done.words
        if len(aside) == 1:
            words += f" Votre scénario « {aside[0].name} » est laissé de côté."
        elif aside:
            words += f" Vos {len(aside)} scénarios sont laissés de côté."
        if done.typed_since(visit.simulation):
            words += " « Annuler » enlèvera aussi ce qui a été saisi depuis."
        st.html(f'<p role="status">{text(words)}</p>')
        if aside:
            label = "Le garder" if len(aside) == 1 else "Les garder"
            st.button(label, key="garder-scenarios", on_click=session.acts(session.keep_set_aside, done))
        if done.before or done.start:
            st.button("Annuler", key="annuler", on_click=session.acts(session.undo, done))
        st.button("Fermer", key="fermer", type="tertiary", on_click=session.acts(session.dismiss))


def desk(visit: Visit, summary: Summary, in_force: pricing.Tariff, look: Look) -> None:
    """Show the fields on the left; on the right the answer and, below it, one section of several."""
    estimate, tariff = summary.handout.estimate, summary.handout.tariff
    left, right = st.columns([5, 7], gap="large")
    # The answer is sent first, so that its figures show sooner: what was typed is in the session already.
    with right:
        if estimate.order.empty:
            invite(visit, tariff)
        else:
            show_answer(visit, summary, in_force)
    with left:
        group_ask.choose_side(visit)
        collectivite.ask(visit)
        services.ask(tariff, estimate)
        circumstances.ask(visit.simulation.choice, tariff, estimate)
    if estimate.order.empty:
        return
    with right:
        with st.container():
            if estimate.lines:
                answer.show_six_years(summary, look)
        section = answer.choose("À voir", SECTIONS, visit, keys.SECTION)
        with st.container(key=f"section-{KEYS[section]}"):
            show_section(section, visit, summary, look)
        # Shown on paper alone, which has the detail whichever section is open.
        with st.container(key="detail-imprime"):
            if section:
                answer.show_lines(summary)


def invite(visit: Visit, tariff: pricing.Tariff) -> None:
    """Say how the page is used, show a commune an example, and list the scenarios kept."""
    st.html(answer.how("wide"))
    if visit.simulation.choice.client.structure == "commune":
        example = kept.example(tariff)
        with st.container(key="exemple-cadre"):
            st.html(answer.example(tariff))
            st.button(
                "Partir de cet exemple",
                key="exemple",
                icon=":material/play_arrow:",
                on_click=session.presses(
                    lambda now: replace_choice(now, example),
                    lambda before, _: "" if before.empty else "L'exemple remplace ce qui était saisi.",
                ),
            )
    show_kept(visit)


def show_answer(visit: Visit, summary: Summary, in_force: pricing.Tariff) -> None:
    """Show the answer, below what is to be said of it."""
    estimate, tariff = summary.handout.estimate, summary.handout.tariff
    # Each has a container of its own, empty or not: what is below is then changed in place, and never shown twice.
    with st.container():
        if visit.simulation.choice == kept.example(tariff):
            st.html('<p class="note">Un exemple, à changer à votre guise : il ne décrit aucune commune.</p>')
    with st.container():
        other_tariff.tell(tariff, in_force, lambda other: _under(other, estimate))
    with st.container():
        answer.show_category(summary)
    answer.show(summary, last_change(visit, estimate))


def _under(other: pricing.Tariff, present: pricing.Estimate) -> other_tariff.Effect:
    """Return what another tariff would change."""
    effect = compare(pricing.estimate(present.client, present.order, other, present.in_place), present)
    return other_tariff.Effect(effect.first_year, effect.recurring, effect.six_years, effect.estimate.unsold)


def last_change(visit: Visit, present: pricing.Estimate) -> Comparison | None:
    """Return the effect of the last change; None where nothing was asked for before it."""
    before = visit.against
    if before is None or before.choice.order.empty:
        return None
    tariff = next((each for each in kept.tariffs().tariffs if each.adopted == before.tariff), None)
    return compare(present, priced(before.choice, tariff)) if tariff else None


def show_section(section: View, visit: Visit, summary: Summary, look: Look) -> None:
    """Show the section chosen; the others are not computed."""
    if section == "":
        answer.show_detail(summary, look)
    elif section == "compare":
        with st.container():
            show_scenarios(summary, visit, look)
        with st.container():
            show_options(summary, look)
    elif section == "points":
        answer.show_points(summary)
    else:
        if visit.opened.cut:
            st.html(f'<p class="told">{text(told.CUT)}</p>')
        (take_away if section == "share" else next_steps).show(summary)


def show_foot(tariff: pricing.Tariff, in_place: Collection[str]) -> None:
    """Show what the estimate rests on, and what the page does and does not do; `in_place` are keys of services."""
    already = [service.label for key, service in tariff.services.items() if key in in_place]
    st.html(
        f"""<footer>
<details><summary>Sources et hypothèses</summary>
<p>Tarifs : {text(tariff.body)}, délibération du {long_date(tariff.adopted)}, « {text(tariff.title)} ».
{text(" ".join(assumptions(tariff, already)))}</p>
<p>Habitants : {VINTAGE}, d'après le découpage administratif d'Etalab (INSEE, DGCL, La Poste), sous Licence Ouverte 2.0.
La population totale, un peu différente, peut changer la catégorie d'une commune : vous pouvez corriger le nombre.</p>
</details>
<details><summary>Accessibilité : non auditée</summary>
<p>Cette page n'a pas fait l'objet d'un audit de conformité au référentiel général d'amélioration de l'accessibilité.
Elle est conçue pour être utilisée au clavier, avec un lecteur d'écran et agrandie à 200 % ; chaque graphique a un texte
et un tableau. Si quelque chose vous arrête, dites-le au CDG 62.</p>
</details>
<details><summary>Mentions et vie privée</summary>
<p>Estimation indicative et gratuite, sans valeur de devis : seuls les devis de La Fibre Numérique 59-62 et du CDG 62
engagent.</p>
<p>Rien de ce que vous saisissez n'est conservé sur le serveur : la simulation tient dans l'adresse de la page. Aucun
compte, aucune mesure d'audience, aucun appel à un autre site. Qui reçoit le lien voit la simulation.</p>
</details>
</footer>"""
    )


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
