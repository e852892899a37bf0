"""Effect of another tariff: the one in force, or one adopted that is to come; and a button to take it up."""

from collections.abc import Callable, Collection
from typing import NamedTuple

import streamlit as st

from pricing import Tariff
from pricing.compare import Difference
from pricing.dates import long_date
from pricing.simulation import take_up_tariff
from views import kept, session


class Effect(NamedTuple):
    """Differences that a tariff makes to the answer on the page."""

    first_year: Difference
    """Difference in cash of year 1."""
    recurring: Difference
    """Difference in recurring cost per year."""
    six_years: Difference
    """Difference in cash of six years."""
    unsold: Collection[str]
    """Items asked for that it does not sell."""


def tell(tariff: Tariff, in_force: Tariff, effect_of: Callable[[Tariff], Effect], whom: str = "vous") -> None:
    """Say what another tariff would change for `whom`, and offer to take it up; nothing where there is none."""
    to_come = kept.tariffs().to_come(max(kept.today(), in_force.in_force_from))
    other = to_come if tariff.adopted == in_force.adopted else in_force
    if other is None:
        return
    effect = effect_of(other)
    difference = f"{effect.first_year.words()} la 1re année et de {effect.six_years.words()} sur six ans"
    from_, adopted = long_date(other.in_force_from), long_date(tariff.adopted)
    if other is not in_force:
        words = (
            f"Le tarif du {long_date(other.adopted)} s'appliquera dès le {from_} : "
            f"{effect.recurring.words(' par an')} pour {whom}."
        )
        label = "Calculer avec ce tarif"
    elif tariff.in_force_from > kept.today():
        words = (
            f"Cette simulation applique le tarif du {adopted}, qui s'appliquera dès le "
            f"{long_date(tariff.in_force_from)}. Au tarif d'aujourd'hui, l'écart serait de {difference}."
        )
        label = "Revenir au tarif d'aujourd'hui"
    else:
        words = (
            f"Cette simulation garde le tarif du {adopted}. Au tarif en vigueur depuis le {from_}, l'écart serait "
            f"de {difference}."
        )
        label = "Passer au tarif en vigueur"
    words += "".join(
        f" « {item.label} » n'y est pas proposé : rien n'y est compté."
        for key, item in tariff.items.items()
        if key in effect.unsold
    )
    row = st.container(horizontal=True, vertical_alignment="center")
    row.info(words, width="stretch")
    row.button(
        label,
        key="tarif",
        on_click=session.presses(
            lambda now: take_up_tariff(now, other.adopted), f"Le tarif du {long_date(other.adopted)} est appliqué."
        ),
    )
