"""The data that a page goes by, read once for a walk, and the simulation that a query string holds."""

from urllib.parse import parse_qs

import pricing
from pricing.catalogue import communes, epcis, proposals
from pricing.link import Links
from pricing.simulation import Simulation
from tests.french import plain

UNCOUNTED = "rien n'est compté"
"""Words in place of 0 € where nothing that is asked for is priced."""
TARIFFS = pricing.load()
COMMUNES = communes()
EPCIS = epcis()
PROPOSALS = proposals(tariffs=TARIFFS.tariffs)
LINKS = Links(TARIFFS.tariffs, {code: commune.population for code, commune in COMMUNES.items()}, EPCIS)


def simulation(query: str) -> Simulation:
    """Return the simulation that a query string holds."""
    return LINKS.read(parse_qs(query, keep_blank_values=True)).simulation


def tariff_of(held: Simulation) -> pricing.Tariff:
    """Return the tariff of a simulation; every query string written by the page has one."""
    return TARIFFS.adopted(held.tariff) if held.tariff else TARIFFS.tariffs[-1]


def plainly(words: str) -> str:
    """Return words with ordinary spaces, one between two words."""
    return " ".join(plain(words).split())
