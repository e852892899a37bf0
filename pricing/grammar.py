"""Names of a link's parameters, and their values: those of the page, and those of the items of every act.

They never change: old links are in council papers and mails.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pricing.group import Asks
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_PAID_TODAY, MAX_QUANTITY, MONTHS, Structure
from pricing.repair import Shapes
from pricing.simulation import View
from pricing.tariff import Item, Tariff

STRUCTURES: Mapping[str, Structure] = {"commune": "commune", "epci": "epci", "autre": "other"}
VIEWS: Mapping[str, View] = {
    "presentation": "present",
    "presentation-services": "present-services",
    "presentation-devis": "present-quotes",
    "presentation-choix": "present-options",
    "presentation-scenarios": "present-scenarios",
    "presentation-autres": "present-others",
    "presentation-categorie": "present-categories",
    "presentation-habitant": "present-per-head",
    "presentation-communes": "present-communes",
    "presentation-tarifs": "present-tariffs",
    "comparer": "compare",
    "points": "points",
    "deux-tarifs": "tariffs",
    "partager": "share",
    "suite": "next",
}
"""Views in a link; the first section has none."""
NUMBER = re.compile(r"(-?)([0-9][0-9 \u00a0\u202f]*)")
SHORT: Mapping[str, str] = {
    "commune": "insee",
    "habitants": "hab",
    "agents": "ag",
    "deja": "deja",
    "aujourdhui": "auj",
    "mois": "mois",
}
"""Short names of what is said of a client, within a scenario, by the names in the query string."""
ASKS: Mapping[str, Asks] = {"meme": "same", "propre": "own"}
"""Words for the order of each commune of a group, in a link; the proposal for its size has no word."""
_YES_OR_NO = ({"oui": True, "non": False}, "il faut oui ou non")
_WORDS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "type": (STRUCTURES, "ce type de structure n'existe pas"),
    "vue": (VIEWS, "cette vue n'existe pas"),
    "chacune": (ASKS, "il faut meme ou propre"),
}
_SHAPES: Shapes = {
    "signes": re.compile("[0-9]{1,5}"),
    **dict.fromkeys(("tarif", "confirme"), re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    "commune": re.compile(r"[0-9][0-9AB][0-9]{3}"),
    "deja": re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"),
    "nom": re.compile(".*", re.DOTALL),
    "groupe": re.compile("62|[0-9]{9}|liste"),
    **dict.fromkeys(("communes", "sauf"), re.compile(r"[0-9][0-9AB][0-9]{3}(?:[.,; ]+[0-9][0-9AB][0-9]{3})*")),
}
OF_A_GROUP = ("groupe", "communes", "sauf", "chacune", "propre")
"""Parameters of a group."""
OF_ONE = ("type", "commune", "habitants", "agents", "deja", "aujourdhui", "mois", "nom", "scenario")
"""Parameters of one client, which a group has not."""
RESERVED = frozenset({*_SHAPES, *_WORDS, *SHORT, *SHORT.values(), *STRUCTURES, "scenario", "propre"})
"""Names of the page's own, which no item can have."""
_TRACKING = re.compile(r"embed|embed_options|(?:utm|mtm|pk|mc)_.*|_hs.*|[a-z]*cl(?:k)?id|_ga|_gl|igsh(?:id)?")


class Grammar:
    """Parameters that a link can have, under any act."""

    def __init__(self, tariffs: Iterable[Tariff]) -> None:
        """Take the items of every act, each under the name that it gives them in a link."""
        self.items: dict[str, Item] = {}
        self.services: dict[str, Item] = {}
        """Item by which each service is named in a link: its first one, in the last act that sells it."""
        self._sold_by: dict[str, str] = {}
        self.adopted = frozenset(tariff.adopted for tariff in tariffs)
        self.confirmed = {tariff.adopted: tariff.confirmed_on for tariff in tariffs}
        for tariff in tariffs:
            self.items |= tariff.items
            for service, sold in tariff.services.items():
                self._sold_by |= dict.fromkeys(sold.items, service)
                for item in list(sold.items.values())[:1]:
                    self.services[service] = item

    @cached_property
    def service(self) -> Mapping[str, str]:
        """Services by the names in the query string of all that they sell."""
        return {item.address: self._sold_by[key] for key, item in self.items.items()}

    @cached_property
    def service_in_short(self) -> Mapping[str, str]:
        """Services by the short names of all that they sell."""
        return {item.short: self._sold_by[key] for key, item in self.items.items()}

    @cached_property
    def short(self) -> Mapping[str, str]:
        """Short names within a scenario, by the names in the query string."""
        return {**SHORT, **{item.address: item.short for item in self.items.values()}}

    @cached_property
    def words(self) -> Mapping[str, tuple[Mapping[str, Any], str]]:
        """Parameters that are one of some words: what each word means, and the reason why another is left out."""
        return {**_WORDS, **{item.address: _YES_OR_NO for item in self.items.values() if item.ticked}}

    @cached_property
    def most(self) -> Mapping[str, int]:
        """Parameters that are numbers, with the largest."""
        counted = {item.address: MAX_QUANTITY for item in self.items.values() if not item.ticked}
        said = {"habitants": MAX_INHABITANTS, "agents": MAX_AGENTS, "aujourdhui": MAX_PAID_TODAY, "mois": MONTHS}
        return {**said, **counted}

    @cached_property
    def shapes(self) -> Shapes:
        """Every parameter, with the shape of its sound values."""
        alone = "|".join([*STRUCTURES, *(item.short for item in self.items.values() if item.ticked)])
        part = rf"(?:{alone}|deja-[0-9a-z.]*|[0-9a-z]+-[0-9 \u00a0\u202f]*)"
        return {
            **_SHAPES,
            **{name: re.compile("|".join(words)) for name, (words, _) in self.words.items()},
            **dict.fromkeys(self.most, NUMBER),
            "scenario": re.compile(f"(?:{part}(?:_{part})*)?(?:~.*)?", re.DOTALL),
            "propre": re.compile(f"[0-9][0-9AB][0-9]{{3}}(?:_(?:{part}|[0-9a-z]+-non))*"),
        }


def is_tracking(name: str) -> bool:
    """Tell if a parameter is one that mailing tools and frames add to any link."""
    return _TRACKING.fullmatch(name) is not None
