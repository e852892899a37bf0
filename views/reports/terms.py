"""The French words for what an act sells for a term of years: its own noun where it has one, general ones otherwise."""

from dataclasses import dataclass
from functools import cache

from pricing.tariff import Rhythm, Tariff


@dataclass(frozen=True)
class Terms:
    """Words for the prices that are paid for a term."""

    title: str
    """Heading of what is paid for a term: ``Certificats, pour leur durée``."""
    part: str
    """Name of that part of a total: ``certificats``."""
    recurring: str
    """Name of the recurring cost per year: yearly charges, and each price for a term divided by its years."""
    renewed: str
    """Noun of what later years depend on: ``les certificats``."""
    assumed: str
    """Sentence on the end of a term; empty where nothing is sold for one."""


NONE = Terms("Pour une durée", "pour une durée", "Par an", "les durées", "")
"""Words for an act that sells nothing for a term."""
SEVERAL = Terms(
    "Pour une durée",
    "pour une durée",
    "Par an en moyenne, durées réparties",
    "les durées",
    "Ce qui est pris pour une durée est repris à son terme, au même prix.",
)
"""Words for an act that sells things of several nouns for a term."""


@cache
def terms(tariff: Tariff) -> Terms:
    """Return the words for what a tariff sells for a term, by the unit in which its act counts it."""
    keys = {item for position in tariff.positions if position.rhythm == "term" for item in position.items}
    nouns = {(item.unit, item.units, item.feminine) for key, item in tariff.items.items() if key in keys}
    if len(nouns) != 1:
        return SEVERAL if nouns else NONE
    [(one, many, feminine)] = nouns
    e = "e" if feminine else ""
    return Terms(
        title=f"{many[:1].upper()}{many[1:]}, pour leur durée",
        part=many,
        recurring=f"Par an en moyenne, {many} réparti{e}s",
        renewed=f"les {many}",
        assumed=f"Un{e} {one} arrivé{e} à son terme est repris{e} au même prix.",
    )


def rhythm_titles(tariff: Tariff) -> dict[Rhythm, str]:
    """Return the rhythms at which an act is paid, as headings."""
    titles: dict[Rhythm, str] = {"setup": "Mise en service", "yearly": "Chaque année", "term": terms(tariff).title}
    return titles if terms(tariff) is not NONE else {"setup": titles["setup"], "yearly": titles["yearly"]}
