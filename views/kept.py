"""Data read once for the whole server: the tariffs, the proposals, the words on services, the communes.

Kept by functools in a module that is imported once: the page itself is executed again for every edit, and a cache
declared there would be empty each time.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pricing
from pricing import catalogue
from pricing.communes import Commune, findable
from pricing.contacts import Contacts
from pricing.faults import Fault
from pricing.link import Links
from pricing.proposals import Proposals, ProposalsByAct
from pricing.service_words import ServiceWords
from pricing.simulation import Choice
from pricing.tariff import Item
from views.journal import OURS

_LOG = logging.getLogger(OURS)

Read = TypeVar("Read")


class Served:
    """The keeper's files being served: read at the start, and again all together when one of them changes."""

    def __init__(self, folder: Path = catalogue.FOLDER) -> None:
        """Read a folder of tariffs and the files beside it. Raises FaultyFileError, in French, for broken ones."""
        self.folder = folder
        self.version = 0
        self._seen = self._listed()
        self.tariffs, self.proposals, self.words, self.contacts = self._read()

    def renew(self) -> None:
        """Read the files again if they have changed. Where they are refused, log why and keep the former ones."""
        listed = self._listed()
        if listed == self._seen:
            return
        self._seen = listed
        try:
            self.tariffs, self.proposals, self.words, self.contacts = self._read()
        except (pricing.FaultyFileError, OSError) as error:
            _LOG.error(
                "Les données ont changé sur le disque et sont refusées, celles d'avant restent servies.\n%s", error
            )
            return
        self.version += 1
        days = ", ".join(f"{tariff.adopted}" for tariff in self.tariffs.tariffs)
        _LOG.warning("Les données ont changé sur le disque et sont relues ; tarifs : %s.", days)

    def _read(self) -> tuple[pricing.Catalogue, ProposalsByAct, ServiceWords, Contacts]:
        """Return what the files hold. Raises FaultyFileError with the faults of all of them."""
        faults: list[Fault] = []
        adopted = _or_faults(lambda: pricing.load(self.folder), faults)
        sold = adopted.tariffs if adopted else ()  # faults of tariffs are told by themselves
        orders = _or_faults(lambda: catalogue.proposals(self._beside(catalogue.PROPOSALS), sold), faults)
        words = _or_faults(lambda: catalogue.service_words(self._beside(catalogue.SERVICES)), faults)
        desks = _or_faults(lambda: catalogue.contacts(self._beside(catalogue.CONTACTS)), faults)
        if not (adopted and orders and words and desks):
            raise pricing.FaultyFileError(faults)
        return adopted, orders, words, desks

    def _beside(self, file: Path) -> Path:
        return catalogue.beside(self.folder, file)

    def _listed(self) -> Mapping[str, tuple[int, int]] | None:
        """Return the files of the folder and beside it, with sizes and times; None while they cannot be listed."""
        try:
            files = [*self.folder.iterdir(), *self.folder.parent.glob("*.toml*")]
            found = {str(file): file.stat() for file in files}
        except OSError:
            return None
        return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}


def _or_faults(read: Callable[[], Read], faults: list[Fault]) -> Read | None:
    """Return what is read; where it is refused, None, with its faults added to a list."""
    try:
        return read()
    except pricing.FaultyFileError as error:
        faults += error.faults
        return None


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
    return catalogue.epcis(belonging=communes().values())


@cache
def listed() -> tuple[str, ...]:
    """Return the labels of the communes, in the order of their list."""
    return tuple(map(findable, communes().values()))


def proposals(tariff: pricing.Tariff) -> Proposals:
    """Return the first orders proposed by size, under a tariff."""
    return served().proposals.under(tariff)


def example(tariff: pricing.Tariff) -> Choice:
    """Return the worked example, under a tariff."""
    shown = proposals(tariff).example
    return Choice(client=shown.client, order=shown.order)


def service_words() -> ServiceWords:
    """Return the words of the page on services."""
    return served().words


def contacts() -> Contacts:
    """Return the desks to which requests for a quote are sent."""
    return served().contacts


def links() -> Links:
    """Return the links that can be read and written, under every tariff."""
    return _links(served().version)


@lru_cache(1)
def _links(_: int) -> Links:
    return Links(tariffs().tariffs, populations(), epcis())


def items() -> Mapping[str, Item]:
    """Return the items of every tariff, by key."""
    return links().grammar.items
