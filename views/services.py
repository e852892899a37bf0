"""Your services: the act's four families, each field with its unit and its price in words."""

from itertools import groupby

import streamlit as st

from pricing import Order, Tariff
from pricing.category import Placed, Unplaced
from pricing.link import Choice
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.proposals import Proposals
from pricing.reports.wording import price_beside, price_in_full
from pricing.tariff import Item
from views import simulation
from views.markup import text


def ask(tariff: Tariff, choice: Choice, placement: Placed | Unplaced, proposals: Proposals) -> None:
    """Ask what the client wants; everything starts at zero, and the answers are in the session."""
    st.header("Services souhaités", anchor=False)
    _propose(choice, proposals)
    families = groupby(tariff.services.values(), key=lambda service: service.family)
    for rank, (family, services) in enumerate(families, start=1):
        with st.container(border=True, key=f"famille-{rank}"):
            st.html(f"<h3>{text(family)}</h3>")
            for service in services:
                if len(service.items) > 1:
                    st.html(f"<h4>{text(service.label)}</h4>")
                for key, item in service.items.items():
                    field(tariff, key, item, placement)
                    if item.requires and choice.order.quantity(key) and not choice.order.quantity(item.requires):
                        needed = tariff.items[item.requires]
                        st.warning(f"Il faut d'abord au moins 1 {needed.unit} : « {needed.label} ».")


def field(tariff: Tariff, key: str, item: Item, placement: Placed | Unplaced) -> None:
    """The field of one service, with its price beside its name and the whole of it a click away."""
    label = f"{item.label}\n\n{price_beside(tariff, key, placement.decides)}"
    explanation = f"{item.help}\n\n{price_in_full(tariff, key)}"
    if key in CHOICES:
        st.checkbox(label, key=key, help=explanation)
    else:
        st.number_input(label, min_value=0, max_value=MAX_QUANTITY, step=1, key=key, help=explanation)


def _propose(choice: Choice, proposals: Proposals) -> None:
    client, order = choice.client, choice.order
    if client.structure != "commune" or client.inhabitants is None:
        return
    proposed = proposals.for_size(client.inhabitants)
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.button(
        "Proposition pour cette taille",
        key="proposition",
        icon=":material/edit_note:",
        on_click=simulation.put_order,
        args=(proposed,),
        help="Remplit les services par une première proposition. Ce n'est pas un conseil : tout reste à ajuster.",
    )
    if order == proposed:
        right.caption("Une simple proposition de départ, à ajuster.")
    elif not order.empty:
        right.button(
            "Tout remettre à zéro", key="zero", type="tertiary", on_click=simulation.put_order, args=(Order(),)
        )
