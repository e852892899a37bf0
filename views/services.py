"""Your services: the act's four families, each field with its unit and its price in words."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from itertools import groupby

import streamlit as st

from pricing import Client, Estimate, Order, Tariff
from pricing.instead import asked_kinds, cheapest, per_year, units
from pricing.money import counted
from pricing.order import MAX_QUANTITY
from pricing.proposals import Proposals
from pricing.simulation import Simulation, choose_kind, replace_order, set_quantity, set_units, start_over
from pricing.tariff import Instead, Item, Service, capital
from views import kept, session
from views.asked import answers, asked
from views.keys import KIND_OF, NUMBER_OF, SEVERAL, SEVERAL_LABEL
from views.markup import label, text
from views.reports.price_words import kind_price, of_units, price_beside, prices_in_full
from views.reports.wording import doubt


def ask(tariff: Tariff, estimate: Estimate) -> None:
    """Ask what the client wants; everything starts at zero, and the answers are in the session."""
    st.html(f"<h2>Services souhaités</h2>{asked('order', tariff)}")
    # What comes and goes has a container of its own: otherwise it would move the fields below while somebody types.
    with st.container():
        _propose(estimate.client, estimate.order, kept.proposals(tariff))
    with st.container(key="famille-services"):
        for family, services in groupby(tariff.services.items(), key=lambda named: named[1].family):
            st.html(_heading(tariff, family, kept.served().version))
            for key, service in services:
                with st.container(key=f"service-{key}") if len(service.items) > 1 else nullcontext():
                    _ask_service(key, service, tariff, estimate)


def _ask_service(key: str, service: Service, tariff: Tariff, estimate: Estimate) -> None:
    """Ask for the items of a service; of those that stand for one another, how many, then which."""
    instead = service.instead
    if instead is None or any(service.items[item].ticked for item in instead.items):
        alone = list(service.items)
    else:
        alone = [item for item in service.items if item not in instead.items]
    if len(alone) > 1:
        st.html(f"<h4>{text(service.label)}</h4>")
    if instead and len(alone) < len(service.items):
        _ask_kind(key, service, instead, tariff, estimate)
    for item in alone:
        field(item, tariff, estimate)


def _ask_kind(key: str, service: Service, instead: Instead, tariff: Tariff, estimate: Estimate) -> None:
    """Ask how many units, then of which kind; of several kinds, ask for each."""
    cheap = cheapest(estimate, instead, tariff)
    kind = session.kind(key, asked_kinds(estimate.order, instead))
    if kind is None or kind not in (SEVERAL, *instead.items):
        kind = cheap or next(iter(instead.items))
    if kind == SEVERAL:
        st.html(f"<h4>{text(service.label)}</h4>")
    else:
        item, quantity = tariff.items[kind], units(estimate.order, instead)
        ask_number(
            f"{NUMBER_OF}{key}",
            _named(kind, f"{service.label} : nombre {of_units(item.units)}", quantity, tariff, estimate),
            quantity,
            lambda now, number: set_units(now, instead.items, number, _kind_now(key, instead, kind)),
        )
    captions = {each: kind_price(per_year(each, estimate.client, tariff)) for each in instead.items}
    if cheap:
        captions[cheap] += ", la moins chère"
    st.radio(
        f"{service.label} : quelle sorte ?",
        [*instead.items, SEVERAL],
        format_func=lambda each: capital(instead.items.get(each, SEVERAL_LABEL)),
        captions=[*captions.values(), "un nombre pour chacune"],
        label_visibility="collapsed",
        width="stretch",
        key=session.filled(f"{KIND_OF}{key}", kind),
        on_change=session.reports(
            f"{KIND_OF}{key}",
            lambda now, each: choose_kind(now, instead.items, each),
            lambda before, after: _gathered(instead, before.choice.order, after.choice.order),
            kinds=lambda each: {key: each},
        ),
    )
    with st.container():  # kept even when empty
        if kind == SEVERAL:
            for each in instead.items:
                field(each, tariff, estimate, kinds=lambda _: {key: SEVERAL})


def _kind_now(service: str, instead: Instead, shown: str) -> str:
    """Return the kind chosen when a number arrives, which may have been chosen with it; else the one shown."""
    kind = session.kind(service)
    return kind if kind is not None and kind in instead.items else shown


def _gathered(instead: Instead, before: Order, after: Order) -> str:
    """Say that units of several kinds became one kind; empty where they were of one already."""
    if len(asked_kinds(before, instead)) < 2:
        return ""
    (kind,) = asked_kinds(after, instead)
    return f"{instead.all} {instead.items[kind]}."


def field(key: str, tariff: Tariff, estimate: Estimate, kinds: session.Kinds | None = None) -> None:
    """Show the field of one service: its name, its price, and a question where its quantity is probably a mistake.

    `kinds` is the kind of its service that a change of it chooses, if any.
    """
    item, quantity = tariff.items[key], estimate.order.quantity(key)
    named = _named(key, item.label, quantity, tariff, estimate)
    if item.ticked:
        st.checkbox(
            named,
            key=session.filled(key, bool(quantity)),
            on_change=session.reports(key, lambda now, ticked: set_quantity(now, key, ticked)),
        )
    else:
        ask_quantity(key, named, quantity, kinds)
    if item.requires:
        warned = st.container()
        if quantity and not estimate.order.quantity(item.requires):
            warned.warning(_without(item, tariff.items[item.requires], quantity))


def _named(key: str, name: str, quantity: int, tariff: Tariff, estimate: Estimate) -> str:
    """Return the label of a field: its name, the price of the item and, of a large quantity, a question."""
    price = price_beside(tariff, key, estimate, kept.service_words().units.get(key, ""))
    return label("\n\n".join(filter(None, [name, price, doubt(tariff.items[key], estimate.client, quantity)])))


def _without(item: Item, required: Item, quantity: int) -> str:
    """Say that an item is not counted without the one it requires, and what to do."""
    if session.was_removed(item.requires):
        asked = "reste coché" if item.ticked else f"reste à {counted(quantity, item.unit, item.units)}"
        undo = "décochez ce choix" if item.ticked else "mettez ce nombre à 0"
        return (
            f"Vous avez retiré « {required.label} » : ce choix {asked}, mais rien n'est compté. "
            f"Remettez au moins 1 {required.unit}, ou {undo}."
        )
    return f"Il faut d'abord au moins 1 {required.unit} : sans cela, rien n'est compté."


def ask_quantity(key: str, named: str, quantity: int, kinds: session.Kinds | None = None) -> None:
    """Show the number field of an item; `named` is its label."""
    ask_number(key, named, quantity, lambda now, number: set_quantity(now, key, number), kinds)


def ask_number(
    key: str,
    named: str,
    quantity: int,
    gesture: Callable[[Simulation, int], Simulation],
    kinds: session.Kinds | None = None,
) -> None:
    """Show a number field that reports to a gesture, and the kind that it then chooses, if any."""
    st.number_input(
        named,
        min_value=0,
        max_value=MAX_QUANTITY,
        step=1,
        key=session.filled(key, quantity),
        on_change=session.reports(key, gesture, kinds=kinds),
    )


@cache
def _heading(tariff: Tariff, family: str, _: int) -> str:
    """Return the heading of a family; one click shows an explanation of each of its services and all its prices."""
    explained = "".join(
        f"<dt>{text(item.label)}</dt><dd>{text(kept.service_words().help.get(key, ''))}<ul>"
        f"{''.join(f'<li>{text(price)}</li>' for price in prices_in_full(tariff, key))}</ul></dd>"
        for service in tariff.services.values()
        if service.family == family
        for key, item in service.items.items()
    )
    explained += answers(family, tariff)
    plain = kept.service_words().families.get(family, "")
    beside = f'<p class="note">{text(plain)}</p>' if plain else ""
    return (
        f'<div class="family"><h3>{text(family)}</h3>{beside}</div>'
        '<details class="explained"><summary>À quoi cela sert, pour qui, tous les prix</summary>'
        f'<div role="region" tabindex="0" aria-label="{text(family)} : explications et prix"><dl>{explained}</dl></div>'
        "</details>"
    )


def _propose(client: Client, order: Order, proposals: Proposals) -> None:
    row = st.container(horizontal=True, vertical_alignment="center")
    if client.structure == "commune" and client.inhabitants is not None:
        row.button(
            "Proposition pour cette taille" if order.empty else "Remplacer par la proposition",
            key="proposition",
            icon=":material/edit_note:",
            on_click=session.presses(
                lambda now: replace_order(now, proposals.for_size(now.choice.client.inhabitants or 0)),
                lambda before, _: "" if before.choice.order.empty else "La proposition remplace les services demandés.",
            ),
        )
        if order == proposals.for_size(client.inhabitants):
            row.html('<p class="note">Une simple proposition de départ, pas un conseil : tout reste à ajuster.</p>')
    if not order.empty:
        row.button(
            "Tout remettre à zéro",
            key="zero",
            type="tertiary",
            on_click=session.presses(start_over, "Tous les services sont remis à zéro."),
        )
