"""The client's circumstances, in one folded part: what is in place already, what is paid today, the first month."""

from functools import partial

import streamlit as st

from pricing import Estimate, Tariff
from pricing.dates import MONTH_NAMES
from pricing.order import MAX_PAID_TODAY, MONTHS
from pricing.simulation import Choice, Simulation, have_already, set_month, set_paid_today
from views import keys, session
from views.markup import label, text


def ask(choice: Choice, tariff: Tariff, estimate: Estimate) -> None:
    """Ask for what few clients need to say; nothing of it is on the page until the part is opened."""
    folded = st.expander(
        "Préciser : déjà en place, coût actuel, mois de départ", key=keys.CIRCUMSTANCES, on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        with st.container():  # kept even when empty, so that the fields below do not move
            _ask_in_place(choice, tariff, estimate)
        st.number_input(
            "Ce que vous payez aujourd'hui, par an, en euros TTC",
            min_value=0,
            max_value=MAX_PAID_TODAY,
            value=None,
            step=1,
            placeholder="facultatif, pour ces mêmes services",
            key=session.filled(keys.PAID_TODAY, choice.paid_today),
            on_change=session.reports(keys.PAID_TODAY, set_paid_today),
        )
        st.selectbox(
            "Mois de départ, la 1re année",
            range(1, MONTHS + 1),
            index=None,
            format_func=lambda month: MONTH_NAMES[month - 1],
            filter_mode="contains",
            placeholder="facultatif : une année entière sinon",
            key=session.filled(keys.MONTH, choice.month),
            on_change=session.reports(keys.MONTH, set_month),
        )


def _ask_in_place(choice: Choice, tariff: Tariff, estimate: Estimate) -> None:
    """Ask of each service whose set-up would be due whether it is in place."""
    offered = {
        line.position.service_key
        for line in estimate.lines
        if line.position.sets_up and line.outcome.kind in ("priced", "missing", "in_place")
    }
    asked = "Cochez ce que vous avez déjà : sa mise en service n'est pas comptée."
    none = "Rien de ce qui est demandé n'a de mise en service à payer : il n'y a rien à cocher."
    st.html(f'<p class="note">{text(asked if offered else none)}</p>')
    for key, service in tariff.services.items():
        if key in offered:
            st.checkbox(
                label(f"{service.label} : déjà en place"),
                key=session.filled(f"{keys.IN_PLACE_OF}{key}", key in choice.in_place),
                on_change=session.reports(f"{keys.IN_PLACE_OF}{key}", partial(_have, key)),
            )


def _have(service: str, now: Simulation, already: bool) -> Simulation:
    return have_already(now, service, already)
