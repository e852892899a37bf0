"""Basis of every document handed over: one simulation, priced once, on a day."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pricing.contacts import Contacts
from pricing.estimate import Estimate
from pricing.options import Option, by_saving, options
from pricing.points import PointToConfirm, confirmed_points, points_to_confirm
from pricing.readings import Reading
from pricing.schedule import Schedule, schedule
from pricing.tariff import Tariff
from views.reports.wording import THIS_ESTIMATE

LONGEST_NAME = 40
"""Largest number of characters of a collectivité's name in a file's name."""


@dataclass(frozen=True)
class Handout:
    """An estimate to hand over, with all that accompanies it."""

    estimate: Estimate
    """The estimate."""
    tariff: Tariff
    """The tariff it was made under."""
    name: str
    """The collectivité's name, or empty."""
    day: date
    """The day it is handed over."""
    link: str
    """URL that opens the same simulation."""
    scenarios: tuple[tuple[str, Estimate], ...] = ()
    """The other simulations kept beside it, by name."""
    unsold: tuple[str, ...] = ()
    """Sentences on what is asked for and the act does not sell."""
    kept_as: str = ""
    """Name of the scenario that is this very estimate; empty where it is not kept."""
    paid_today: int | None = None
    """Whole euros that the client pays a year today; None where it was not said."""
    month: int | None = None
    """Month from which the services are paid, 1 to 12; None where it was not said."""
    insee: str = ""
    """INSEE code of the commune; empty for another body, or where none was chosen."""
    siren: str = ""
    """SIREN of the commune, likewise."""
    contacts: Contacts = field(default_factory=Contacts)
    """Desks to which requests for a quote are sent."""
    purposes: Mapping[str, str] = field(default_factory=dict)
    """Purpose of each service, in a line, by its key in the act."""

    @property
    def called(self) -> str:
        """The name of this estimate among the scenarios."""
        return f"{self.kept_as} (cette estimation)" if self.kept_as else THIS_ESTIMATE

    @cached_property
    def schedule(self) -> Schedule:
        """Six years of cash."""
        return schedule(self.estimate)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The same order with one choice changed, the greatest saving first."""
        return tuple(by_saving(options(self.estimate, self.tariff)))

    @cached_property
    def points(self) -> tuple[PointToConfirm, ...]:
        """The readings that touch the estimate."""
        return tuple(points_to_confirm(self.estimate, self.tariff, self.month))

    @cached_property
    def confirmed(self) -> tuple[tuple[str, Reading], ...]:
        """The confirmed readings that touch the estimate, by number."""
        return confirmed_points(self.estimate, self.tariff)

    def file_name(self, extension: str, kind: str = "estimation") -> str:
        """Return a file name with client and day: ``estimation-ruitz-2026-11-22.pdf``; letters, digits, hyphens."""
        return file_name(self.name, self.day, extension, kind)


def file_name(name: str, day: date, extension: str, kind: str) -> str:
    """Return the name of a file: its kind, what is named, as letters, digits and hyphens, and the day."""
    plain = "".join(filter(str.isascii, unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))))
    short = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-")
    return f"{'-'.join(filter(None, [kind, short, day.isoformat()]))}.{extension}"
