"""Your services: the act's four families, each field with its unit and its price in words."""

from collections.abc import Callable
from functools import cache
from itertools import groupby

import streamlit as st

from pricing import Client, Estimate, Order, Tariff
from pricing.order import MAX_QUANTITY
from pricing.proposals import Proposals
from pricing.simulation import replace_order, set_quantity
from views import kept, session
from views.markup import label, text
from views.reports.wording import doubt, price_beside, prices_in_full


def ask(tariff: Tariff, estimate: Estimate) -> None:
    """Ask what the client wants; everything starts at zero, and the answers are in the session."""
    st.html("<h2>Services souhaités</h2>")
    # What comes and goes has a container of its own: otherwise it would move the fields below while somebody types.
    with st.container():
        _propose(estimate.client, estimate.order, kept.proposals(tariff))
    with st.container(key="famille-services"):
        for family, services in groupby(tariff.services.values(), key=lambda service: service.family):
            heading = _heading(tariff, family)
            for service in services:
                if len(service.items) > 1:
                    heading += f"<h4>{text(service.label)}</h4>"
                if heading:
                    st.html(heading)
                    heading = ""
                for key in service.items:
                    field(key, tariff, estimate)


def field(key: str, tariff: Tariff, estimate: Estimate) -> None:
    """Show the field of one service: its name, its price, and a question where its quantity is probably a mistake."""
    item, quantity = tariff.items[key], estimate.order.quantity(key)
    price = price_beside(tariff, key, estimate.placements)
    named = "\n\n".join(filter(None, [label(item.label), price, doubt(item, estimate.client, quantity)]))
    if item.ticked:
        st.checkbox(named, key=session.filled(key, bool(quantity)), on_change=_reports(key))
    else:
        ask_quantity(key, named, quantity)
    if item.requires:
        warned = st.container()
        if quantity and not estimate.order.quantity(item.requires):
            warned.warning(f"Il faut d'abord au moins 1 {tariff.items[item.requires].unit}.")


def ask_quantity(key: str, named: str, quantity: int) -> None:
    """Show the number field of an item; `named` is its label."""
    session.filled(key, quantity)
    st.number_input(named, min_value=0, max_value=MAX_QUANTITY, step=1, key=key, on_change=_reports(key))


def _reports(item: str) -> Callable[[], None]:
    return session.reports(item, lambda now, quantity: set_quantity(now, item, quantity))


@cache
def _heading(tariff: Tariff, family: str) -> str:
    """Return the heading of a family; one click shows an explanation of each of its services and all its prices."""
    explained = "".join(
        f"<dt>{text(item.label)}</dt><dd>{text(kept.service_words().help.get(key, ''))}<ul>"
        f"{''.join(f'<li>{text(price)}</li>' for price in prices_in_full(tariff, key))}</ul></dd>"
        for service in tariff.services.values()
        if service.family == family
        for key, item in service.items.items()
    )
    return (
        f"<h3>{text(family)}</h3>"
        f'<details class="explained"><summary>À quoi cela sert, pour qui, tous les prix</summary><dl>{explained}</dl>'
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
            on_click=session.presses(lambda now: replace_order(now, Order()), "Tous les services sont remis à zéro."),
        )
