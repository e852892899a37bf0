"""One client or many communes; and of many, whose they are, what each asks for, and those left out."""

from functools import partial

import streamlit as st

from pricing import Client, Order, Tariff, estimate
from pricing.communes import search_epci
from pricing.group import DEPARTMENT, LIST, Asks, Group, belonging
from pricing.group_gestures import ask_for, choose_group, clear_own, leave_out, take_list, turn_to_many, turn_to_one
from pricing.listed import listed
from pricing.money import counted
from pricing.simulation import Simulation
from views import kept, keys, services, session
from views.group_words import ASKS, SIDES, Side, asks_offered, described, name_of, offered, side
from views.markup import text
from views.visit import Visit

MOST_FAULTS = 8
"""Number of rows at fault that are told at once; the others are a click away."""
LIST_HELP = (
    "Une commune par ligne : son nom ou son code INSEE, puis si vous voulez ses agents et son courriel. Avec une ligne "
    "de titres, la liste peut aussi donner les quantités de chaque service. Le tableau des communes d'une simulation "
    "se colle tel quel."
)
"""Sentence on what a list may hold."""
FOR_ITSELF = "Ici, l'intercommunalité pour elle-même, sans ses communes."
"""Sentence for whoever estimates an EPCI."""


def choose_side(visit: Visit) -> None:
    """Ask whether the estimate is for one client or for many communes; what was typed on either side comes back."""

    def turn(now: Simulation, chosen: Side) -> Simulation:
        if chosen == "many":
            return turn_to_many(now, of_client(now) or DEPARTMENT, visit.other_side)
        return turn_to_one(now, visit.other_side)

    def said(before: Simulation, after: Simulation) -> str:
        return "" if visit.other_side and visit.other_side.group else _taken_for_all(before, after)

    st.segmented_control(
        "Pour qui ?",
        options=SIDES,
        format_func=lambda each: SIDES[each],
        required=True,
        label_visibility="collapsed",
        key=session.filled(keys.SIDE, side(visit.simulation)),
        on_change=session.reports(keys.SIDE, turn, said),
    )


def of_client(simulation: Simulation) -> str:
    """Return the SIREN of the EPCI of a commune, or of the one that is named; empty where it is not known."""
    if commune := kept.communes().get(simulation.choice.commune):
        return commune.epci
    if simulation.choice.client.structure != "epci":
        return ""
    found = search_epci(simulation.name, kept.epcis()) if simulation.name else ()
    return found[0] if len(found) == 1 else ""


def offer_communes(simulation: Simulation) -> None:
    """Say that an EPCI is estimated for itself, and offer to estimate its communes."""
    of = of_client(simulation)
    row = st.container(horizontal=True, vertical_alignment="center")
    row.html(f'<p class="note">{text(FOR_ITSELF)}</p>')
    row.button(
        "Chiffrer ses communes",
        key="ses-communes",
        icon=":material/groups:",
        on_click=session.presses(lambda now: turn_to_many(now, of or DEPARTMENT)),
    )


def ask(visit: Visit, group: Group, tariff: Tariff) -> None:
    """Ask about many communes."""
    st.html("<h2>Vos communes</h2>")
    st.selectbox(
        "Lesquelles ?",
        options=[*offered()],
        format_func=lambda of: offered()[of],
        filter_mode="contains",
        placeholder="Choisissez…",
        key=session.filled(keys.GROUP, group.of),
        on_change=session.reports(
            keys.GROUP, lambda now, of: choose_group(now, of, kept.communes(), visit.groups.get(of)), _chosen
        ),
    )
    with st.container():  # kept even when empty, so that the fields below do not move
        if group.of == LIST:
            _paste(visit, tariff)
    with st.container():
        _ask_without(group)
    st.html("<h2>Ce que chacune demande</h2>")
    st.radio(
        "Ce que chacune demande",
        options=asks_offered(group),
        format_func=lambda each: ASKS[each],
        label_visibility="collapsed",
        key=session.filled(keys.ASKS, group.asks),
        on_change=session.reports(keys.ASKS, ask_for),
    )
    with st.container():
        _tell_of_own(group)
    if group.asks == "same":
        services.ask(tariff, estimate(Client(), visit.simulation.choice.order, tariff))
    else:
        st.html(f'<p class="note">{text(_NOTES[group.asks])}</p>')


_NOTES: dict[Asks, str] = {
    "by_size": (
        "Une simple proposition de départ selon le nombre d'habitants, pas un conseil. Les quantités d'une commune se "
        "changent dans le tableau."
    ),
    "own": (
        "Seules les quantités de la liste sont chiffrées. Elles se changent dans le tableau, commune par commune, ou "
        "dans la liste, à relire."
    ),
}
"""Remark on what each commune asks for, where there is no field for it."""


def _paste(visit: Visit, tariff: Tariff) -> None:
    """Ask for a list, and tell how many of its rows were read, then row by row what could not be."""
    st.text_area(
        "Votre liste",
        key=keys.LIST,
        height=140,
        placeholder="Ruitz\t8\nArras\n62063",
    )
    st.html(f"<details><summary>Ce qu'une liste peut contenir</summary>{text(LIST_HELP)}</details>")
    st.button(
        "Lire la liste",
        key="lire",
        icon=":material/checklist:",
        on_click=session.takes(keys.LIST, partial(_read_list, tariff)),
    )
    if visit.faults:
        first, others = visit.faults[:MOST_FAULTS], visit.faults[MOST_FAULTS:]
        more = f"<details><summary>{text(_others(len(others)))}</summary>{_listed(others)}</details>" if others else ""
        read = f"<p>{text(visit.rows_read)}</p>"
        st.html(f'<div class="told faults" role="status">{read}{_listed(first)}{more}</div>')


def _read_list(tariff: Tariff, pasted: str) -> None:
    """Take up the communes of the list that was pasted; what could not be read of it stays to be told."""
    visit = session.current_visit()
    found = listed(pasted, kept.communes(), tariff, Order())
    visit.faults, visit.rows_read = found.faults, found.words
    if found.members:
        visit.mails = dict(found.mails)
        choices = [each.choice for each in found.members]
        session.apply(lambda now: take_list(now, choices, kept.communes()), _read)
    elif not found.faults:
        session.tell("Collez d'abord une liste : une commune par ligne.")


def _others(count: int) -> str:
    return f"Et {counted(count, 'autre remarque', 'autres remarques')}"


def _listed(faults: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{text(each)}</li>' for each in faults)}</ul>"


def _ask_without(group: Group) -> None:
    """Ask which communes are left out."""
    names = {each.code: each.name for each in belonging(group, kept.communes())}
    if not names:
        return
    st.multiselect(
        "Sans…",
        options=[*names],
        format_func=lambda code: names[code],
        placeholder="aucune n'est laissée de côté",
        key=session.filled(keys.WITHOUT, [code for code in names if code in group.without]),
        on_change=session.reports(keys.WITHOUT, leave_out),
    )


def _tell_of_own(group: Group) -> None:
    """Say how many communes have something of their own, and offer to take all of it back."""
    if not group.own or group.asks == "own":
        return
    row = st.container(horizontal=True, vertical_alignment="center")
    have = "a ses propres nombres" if len(group.own) == 1 else "ont leurs propres nombres"
    row.html(f'<p class="note">{text(f"{_many(len(group.own))} {have}.")}</p>')
    row.button(
        "Tout remettre comme les autres",
        key="sans-exception",
        type="tertiary",
        on_click=session.presses(clear_own, f"{_many(len(group.own))} : de nouveau comme les autres."),
    )


def _many(count: int) -> str:
    return counted(count, "commune", "communes")


def _chosen(before: Simulation, after: Simulation) -> str:
    """Say what the choice of other communes replaced, where more than a name."""
    former, group = before.group, after.group
    if not former or not group or not (former.own or former.without or former.listed):
        return ""
    lost = len([each for each in former.own if each not in group.own])
    said = [f"{name_of(group) or _list(group)}, à la place {_of(former)}."]
    if lost:
        said.append(f"{_many(lost)} n'y {'a' if lost == 1 else 'ont'} plus de nombres à part.")
    if group.own:
        said.append(f"{_many(len(group.own))} y garde{'' if len(group.own) == 1 else 'nt'} des nombres à part.")
    if group.without:
        said.append(f"{_many(len(group.without))} y reste{'' if len(group.without) == 1 else 'nt'} de côté.")
    return " ".join(said)


def _of(group: Group) -> str:
    """Return a group after « à la place »: ``du Pas-de-Calais``, ``de la CC du Ternois``, ``de la liste``."""
    if group.of == DEPARTMENT:
        return f"du {name_of(group)}"
    return f"de la {name_of(group) or _list(group).lower()}"


def _list(group: Group) -> str:
    return f"Liste de {_many(len(group.listed))}" if group.listed else "Liste à coller"


def _taken_for_all(before: Simulation, after: Simulation) -> str:
    """Say that the order of one client became that of many communes."""
    if before.group or not after.group or after.choice.order.empty or after.choice.order != before.choice.order:
        return ""
    return f"La commande d'avant, pour une collectivité, vaut maintenant pour chacune : {described(after.group)}."


def _read(before: Simulation, after: Simulation) -> str:
    """Say what a list that was read replaced."""
    if not before.group or not after.group:
        return ""
    return f"Liste lue : {described(after.group)}."
