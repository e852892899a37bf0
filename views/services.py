"""Your services: the act's four families, each field with its unit and its price in words."""

from itertools import groupby

import streamlit as st

from pricing import Order, Tariff
from pricing.order import CHOICES, MAX_QUANTITY
from pricing.reports.wording import price_beside, price_in_full
from pricing.tariff import Item


def ask(tariff: Tariff, category: str | None) -> Order:
    """Ask what the client wants; everything starts at zero. `category` is the client's, if it has one."""
    st.subheader("Services souhaités", anchor=False)
    answers: dict[str, int | bool] = {}
    families = groupby(tariff.services.values(), key=lambda service: service.family)
    for rank, (family, services) in enumerate(families, start=1):
        with st.container(border=True, key=f"famille-{rank}"):
            st.html(f"<h3>{family}</h3>")
            for service in services:
                for key, item in service.items.items():
                    answers[key] = _ask(tariff, key, item, category)
                    if item.requires and answers[key] and not answers.get(item.requires):
                        needed = tariff.items[item.requires]
                        st.warning(f"Il faut d'abord au moins 1 {needed.unit} : « {needed.label} ».")
    return Order.model_validate(answers)


def _ask(tariff: Tariff, key: str, item: Item, category: str | None) -> int | bool:
    explanation = f"{item.help}\n\n{price_in_full(tariff, key)}"
    label = f"{item.label}  \n:small[:gray[{price_beside(tariff, key, category)}]]"
    if key in CHOICES:
        return st.checkbox(label, key=key, help=explanation)
    return st.number_input(label, min_value=0, max_value=MAX_QUANTITY, step=1, key=key, help=explanation)
