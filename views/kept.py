"""Data read once for the whole server: the tariffs, the communes, the proposals.

Kept by functools in a module that is imported once: the page itself is executed again for every edit, and a cache
declared there would be empty each time.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pricing
from pricing import catalogue
from pricing.communes import Commune, findable
from pricing.contacts import Contacts
from pricing.link import Links
from pricing.proposals import Proposals, ProposalsByAct, ServiceWords
from pricing.simulation import Choice
from pricing.tariff import Item
from views.journal import OURS

_LOG = logging.getLogger(OURS)


class Served:
    """The tariffs being served: read at the start, and again when their folder or the answers beside it change."""

    def __init__(self, folder: Path = catalogue.FOLDER) -> None:
        """Read a folder of tariffs. Raises FaultyFileError, in French, for a broken one."""
        self.folder = folder
        self.version = 0
        self._seen = self._listed()
        self.tariffs = pricing.load(folder)

    def renew(self) -> None:
        """Read the folder again if it has changed. Where its tariffs are refused, log why and keep the former ones."""
        listed = self._listed()
        if listed == self._seen:
            return
        self._seen = listed
        try:
            self.tariffs = pricing.load(self.folder)
        except (pricing.FaultyFileError, OSError) as error:
            _LOG.error("Les tarifs ont changé sur le disque et sont refusés, ceux d'avant restent servis.\n%s", error)
            return
        self.version += 1
        days = ", ".join(f"{tariff.adopted}" for tariff in self.tariffs.tariffs)
        _LOG.warning("Les tarifs ont changé sur le disque et sont relus : %s.", days)

    def _listed(self) -> Mapping[str, tuple[int, int]] | None:
        """Return the files of the folder, and of the answers, with sizes and times; None while it cannot be listed."""
        answers = catalogue.answers_beside(self.folder)
        try:
            files = [*self.folder.iterdir(), *([answers] if answers.is_file() else [])]
            found = {str(file): file.stat() for file in files}
        except OSError:
            return None
        return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}


@cache
def served() -> Served:
    """Return the tariffs being served. Raises FaultyFileError, in French, for a broken one at the start."""
    return Served()


def tariffs() -> pricing.Catalogue:
    """Return every tariff, checked. Raises FaultyFileError, in French, for a broken one at the start."""
    return served().tariffs


def adopted(day: date | None) -> bool:
    """Tell if a tariff was adopted on a day."""
    return any(tariff.adopted == day for tariff in tariffs().tariffs)


def today() -> date:
    """Return today's date in Pas-de-Calais."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()


@cache
def communes() -> Mapping[str, Commune]:
    """Return the communes, by INSEE code."""
    return catalogue.communes()


@cache
def populations() -> Mapping[str, int]:
    """Return the number of inhabitants of each commune, by INSEE code."""
    return {code: commune.population for code, commune in communes().items()}


@cache
def epcis() -> Mapping[str, str]:
    """Return the names of the EPCI, by SIREN."""
    return catalogue.epcis()


@cache
def listed() -> tuple[str, ...]:
    """Return the labels of the communes, in the order of their list."""
    return tuple(map(findable, communes().values()))


@cache
def proposals_by_act() -> ProposalsByAct:
    """Return the first orders proposed by size, under each act."""
    return catalogue.proposals(tariffs=tariffs().tariffs)


@lru_cache(4)
def proposals(tariff: pricing.Tariff) -> Proposals:
    """Return the first orders proposed by size, under a tariff."""
    return proposals_by_act().under(tariff)


def example(tariff: pricing.Tariff) -> Choice:
    """Return the worked example, under a tariff."""
    shown = proposals(tariff).example
    return Choice(client=shown.client, order=shown.order)


@cache
def service_words() -> ServiceWords:
    """Return the words of the page on services."""
    return catalogue.service_words()


@cache
def contacts() -> Contacts:
    """Return the desks to which requests for a quote are sent."""
    return catalogue.contacts()


def links() -> Links:
    """Return the links that can be read and written, under every tariff."""
    return _links(served().version)


@lru_cache(1)
def _links(_: int) -> Links:
    return Links(tariffs().tariffs, populations(), epcis())


def items() -> Mapping[str, Item]:
    """Return the items of every tariff, by key."""
    return links().grammar.items
