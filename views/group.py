"""Many communes: the fields on the left; on the right the answer, then one section of several."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import streamlit as st

from pricing import Catalogue, Tariff
from pricing.group import LIST, Group, Own
from pricing.group_gestures import clear_own, count, set_own
from pricing.opened import Opened
from pricing.portfolio import Portfolio, gaps, grouped, portfolio
from pricing.simulation import Simulation, View, leave
from views import (
    answer,
    figures,
    group_ask,
    group_charts,
    group_share,
    group_table,
    group_tariffs,
    kept,
    keys,
    other_tariff,
    session,
    take_away,
    told,
)
from views.group_documents import handed_over
from views.markup import figure, table, text
from views.reports.charts import Look
from views.reports.group_change import change
from views.reports.group_handout import GroupHandout
from views.reports.group_summary import GroupSummary
from views.reports.parts import FIRST_YEAR
from views.visit import Visit

SECTIONS: Mapping[View, str] = {"": "Les communes", "tariffs": "Comparer deux tarifs", "share": "Partager, imprimer"}
"""Sections below the answer, by view; two tariffs only where there is another one."""
KEYS: Mapping[View, str] = {"": "communes", "tariffs": "deux-tarifs", "share": "partager"}
"""Keys of their containers."""


def summary_of(simulation: Simulation) -> GroupSummary:
    """Return the answer for a simulation's group, priced once for all who ask for the same on a day."""
    return _summary(leave(simulation), take_away.site(), kept.today(), kept.tariffs())


@lru_cache(8)
def _summary(simulation: Simulation, site: str, day: date, _: Catalogue) -> GroupSummary:
    return GroupSummary(handed_over(simulation, site, day))


def desk(visit: Visit, tariff: Tariff, in_force: Tariff, look: Look) -> None:
    """Show the fields on the left; on the right the answer and, below it, one section of several."""
    group = visit.simulation.group or Group()
    summary = summary_of(visit.simulation)
    why = nothing(group, summary.portfolio)
    left, right = st.columns([5, 7], gap="large")
    # The answer is sent first, so that its figures show sooner.
    with right:
        if why:
            st.html(f'<p class="told" role="status">{text(why)}</p>')
        else:
            show_answer(visit, summary, in_force)
    with left:
        group_ask.choose_side(visit)
        group_ask.ask(visit, group, tariff)
    if not summary.portfolio.members:
        return
    with right:
        if why:
            show_table(visit, group, summary)
            return
        with st.container():
            group_charts.show_six_years(summary, look)
        offered: dict[View, str] = {
            view: name for view, name in SECTIONS.items() if view != "tariffs" or summary.handout.other
        }
        section = answer.choose("À voir", offered, visit, keys.SECTION)
        with st.container(key=f"section-{KEYS[section]}"):
            show_section(section, visit, group, summary, look)


def answered(simulation: Simulation) -> bool:
    """Tell if there is an answer to present."""
    return simulation.group is not None and not nothing(simulation.group, summary_of(simulation).portfolio)


def nothing(group: Group, priced: Portfolio) -> str:
    """Say why there is nothing to price, and what to do; empty where there is something."""
    if not priced.members:
        if group.of == LIST and not group.listed:
            return "Collez votre liste, puis pressez « Lire la liste » : une commune par ligne."
        return "Toutes les communes sont laissées de côté : gardez-en au moins une dans « Sans… »."
    if any(not each.order.empty for each in priced.estimates):
        return ""
    if group.asks == "same":
        return "Dites ce que chaque commune demande : la même commande vaut pour toutes."
    if group.asks == "own":
        return (
            "La liste ne demande aucun service : choisissez « La même commande pour toutes », ou donnez des quantités."
        )
    return "La proposition ne demande aucun service pour ces communes."


def show_answer(visit: Visit, summary: GroupSummary, in_force: Tariff) -> None:
    """Show the answer, below what is to be said of it."""
    # Each has a container of its own, empty or not: what is below is then changed in place.
    with st.container():
        other_tariff.tell(summary.tariff, in_force, lambda other: _under(other, summary), "l'ensemble")
    with st.container():
        if not summary.handout.whole:
            st.html(f'<p class="told" role="status">{text(group_share.NOT_WHOLE)}</p>')
    with st.container(key="reponse"):
        changed = changes(visit, summary)
        st.html(f"{figures.more(summary)}{figures.three(summary.figures, changed, figures.LAST_CHANGE)}")
    besides = "".join(f'<p class="note">{text(each)}</p>' for each in (summary.exceptions, summary.per_head) if each)
    in_all = f'<p class="in-all">{text(summary.answer)}</p>'
    st.html(f"{in_all}{figures.quotes(summary)}{figures.notes(summary)}{by_category(summary)}{besides}")


def confirmed_since(opened: Opened) -> str:
    """Return a sentence on the answers given since a link was made; empty where they change no amount."""
    both = told.then_and_now(opened, kept.tariffs())
    if both is None or not answered(opened.simulation):
        return ""
    now = summary_of(opened.simulation).portfolio
    first_year, _, six_years = gaps(now.total[None], portfolio(now.members, both[0]).total[None])
    return told.since([*told.changed_between(*both).values()], told.gap_words(first_year, six_years))


def by_category(summary: GroupSummary) -> str:
    """Return the communes by category as an HTML table; empty where nothing goes by one."""
    if len(summary.categories) < 2 and not any(each.name for each in summary.categories):
        return ""
    rows = [
        (
            f'<span class="whole">{text(each.name or each.communes)}</span>',
            text(each.communes),
            text(each.each),
            *map(figure, each.figures),
        )
        for each in summary.categories
    ]
    heads = ("Catégorie", "Communes", f"{FIRST_YEAR}, chacune", *summary.sums.headings)
    return table(
        "Les communes par catégorie : ce que paie chacune, et toutes ensemble", heads, rows, amounts=(2, 3, 4, 5)
    )


def changes(visit: Visit, summary: GroupSummary) -> Sequence[str]:
    """Return what the last change changed of each figure; nothing where other communes were on the page before it."""
    before, now = visit.against, visit.simulation
    if not before or not before.group or not now.group:
        return figures.NO_CHANGE
    if (before.group.of, before.group.listed) != (now.group.of, now.group.listed) or not kept.adopted(before.tariff):
        return figures.NO_CHANGE
    former = summary_of(before)
    if nothing(before.group, former.portfolio):
        return figures.NO_CHANGE
    return figures.changed_of_all(summary.portfolio, former.portfolio)


def _under(other: Tariff, summary: GroupSummary) -> other_tariff.Effect:
    """Return what another tariff would change for the same communes."""
    known: GroupHandout = summary.handout
    same = known.other if known.other and known.other.tariff == other else portfolio(known.portfolio.members, other)
    unsold = {item for each in same.estimates for item in each.unsold}
    return other_tariff.Effect(*gaps(same.total[None], known.portfolio.total[None]), unsold)


def show_section(section: View, visit: Visit, group: Group, summary: GroupSummary, look: Look) -> None:
    """Show the section chosen; the others are not computed."""
    if section == "":
        show_table(visit, group, summary)
        group_charts.show(summary, look)
    elif section == "tariffs" and (between := change(summary.handout)):
        group_tariffs.show(summary, between)
    elif section == "share":
        if visit.opened.cut:
            st.html(f'<p class="told">{text(told.CUT)}</p>')
        group_share.show(summary, visit.mails)


def show_table(visit: Visit, group: Group, summary: GroupSummary, *, presented: bool = False) -> None:
    """Show the table of communes, which is filled in place, or has a few columns only in presentation mode."""

    def edit(code: str, field: str, value: int | None) -> None:
        session.apply(lambda now: set_own(now, code, field, value, otherwise(now, code, field, summary.tariff)))

    group_table.show(
        summary,
        group,
        kept.communes(),
        on_edit=edit,
        on_count=lambda code, counted: session.apply(lambda now: count(now, code, counted=counted)),
        on_restore=lambda code: session.apply(lambda now: clear_own(now, code)),
        presented=presented,
    )


def otherwise(simulation: Simulation, code: str, item: str, tariff: Tariff) -> int | None:
    """Return the quantity of an item that a commune has without one of its own; None for what is no item."""
    if simulation.group is None or item not in tariff.items:
        return None
    size = [Own(code=code, inhabitants=each.inhabitants) for each in simulation.group.own if each.code == code]
    alone = Group(of=LIST, listed=(code,), asks=simulation.group.asks, own=tuple(size))
    for_size = kept.proposals(tariff).for_size
    members = grouped(alone, simulation.choice.order, for_size, kept.communes())
    return next((member.choice.order.quantity(item) for member in members), None)
