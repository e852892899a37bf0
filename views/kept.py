"""Data read once for the whole server: the tariffs, the communes, the proposals, the icon.

Kept by functools in a module that is imported once: the page itself is executed again for every edit, and a cache
declared there would be empty each time.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pricing
from pricing import catalogue
from pricing.communes import Commune, findable
from pricing.proposals import Proposals
from views.journal import OURS

_HERE = Path(__file__).parent
_LOG = logging.getLogger(OURS)


class Served:
    """The tariffs being served: read at the start, and again when their folder changes."""

    def __init__(self, folder: Path = catalogue.FOLDER) -> None:
        """Read a folder of tariffs. Raises FaultyFileError, in French, for a broken one."""
        self.folder = folder
        self._listed = _listed(folder)
        self.tariffs = pricing.load(folder)
        self.version = 0

    def renew(self) -> None:
        """Read the folder again if it has changed. Where its tariffs are refused, log why and keep the former ones."""
        listed = _listed(self.folder)
        if listed == self._listed:
            return
        self._listed = listed
        try:
            self.tariffs = pricing.load(self.folder)
        except (pricing.FaultyFileError, OSError) as error:
            _LOG.error("Les tarifs ont changé sur le disque et sont refusés, ceux d'avant restent servis.\n%s", error)
        else:
            self.version += 1
            _LOG.warning(
                "Les tarifs ont changé sur le disque et sont relus : %s.",
                ", ".join(f"{tariff.adopted}" for tariff in self.tariffs.tariffs),
            )


def _listed(folder: Path) -> Mapping[str, tuple[int, int]] | None:
    """Return the files of a folder with their sizes and times; None while it cannot be listed."""
    try:
        found = {file.name: file.stat() for file in folder.iterdir()}
    except OSError:
        return None
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}


@cache
def _served() -> Served:
    return Served()


def tariffs() -> pricing.Catalogue:
    """Return every tariff, checked. Raises FaultyFileError, in French, for a broken one at the start."""
    return _served().tariffs


def adopted(day: date) -> bool:
    """Tell if a tariff was adopted on a day."""
    return any(tariff.adopted == day for tariff in tariffs().tariffs)


def today() -> date:
    """Return today's date in Pas-de-Calais."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def version() -> int:
    """Return the number of times the tariffs were read again: what was made before is of the former tariffs."""
    return _served().version


def renew() -> None:
    """Read the tariffs again where they have changed on disk since they were read."""
    _served().renew()


@cache
def communes() -> Mapping[str, Commune]:
    """Return the communes, by INSEE code."""
    return catalogue.communes()


@cache
def populations() -> Mapping[str, int]:
    """Return the number of inhabitants of each commune, by INSEE code."""
    return {code: commune.population for code, commune in communes().items()}


@cache
def listed() -> tuple[str, ...]:
    """Return the labels of the communes, in the order of their list."""
    return tuple(map(findable, communes().values()))


@cache
def proposals() -> Proposals:
    """Return the first orders proposed by size."""
    return catalogue.proposals()


@cache
def icon() -> str:
    """Return the page's icon: an image of our own, since a named one would be fetched from a third party."""
    return (_HERE / "icon.svg").read_text(encoding="utf-8")
