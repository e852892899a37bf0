"""Two tariffs set against each other for the same clients, in French sentences."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from pricing.dates import long_date
from pricing.money import counted
from pricing.portfolio import Portfolio, differences, gaps
from pricing.tariff import PAYEES

DRAFT = "projet, non adopté"
"""Mark of an act that is not adopted."""
MOST_SHOWN = 10
"""Largest number of clients that are named among those who would pay more."""


def acts_words(before: Portfolio, after: Portfolio, *, draft: bool) -> str:
    """Name both acts: ``de l'acte du 26 mars 2024 à celui du 15 janvier 2027 (projet, non adopté)``."""
    old, new = (long_date(each.tariff.adopted) for each in (before, after))
    return f"de l'acte du {old} à celui du {new}{f' ({DRAFT})' if draft else ''}"


def told(before: Portfolio, after: Portfolio) -> Iterator[str]:
    """Yield what changes: the answer before and after, what each payee bills, who changes category, who pays more.

    Raises ValueError for other clients.
    """
    rows: list[dict[Any, Any]] = differences(before, after).to_dict("records")
    yield f"Avant : {before.words()}"
    yield f"Après : {after.words()}"
    bodies = {**before.tariff.payees, **after.tariff.payees}
    for payee in PAYEES:
        if payee not in bodies:
            continue
        first, later, six = (each.words() for each in gaps(after.share(payee), before.share(payee)))
        yield f"{bodies[payee].label} : {first} la 1re année, {later} par an ensuite, {six} sur six ans."
    moved = sum("" != row["category_before"] != row["category_after"] != "" for row in rows)
    yield f"{counted(moved, 'commune change', 'communes changent')} de catégorie."
    rising = sorted((row for row in rows if row["six_years"] > 0), key=itemgetter("six_years"), reverse=True)
    yield f"{counted(len(rising), 'commune paierait', 'communes paieraient')} plus sur six ans."
    yield from (f"- {row['name']} : {row['words']}" for row in rising[:MOST_SHOWN])
