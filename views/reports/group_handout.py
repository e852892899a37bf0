"""Basis of every document on many communes: their estimates under one tariff, on a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pricing.link import Links
from pricing.portfolio import Member, Portfolio
from pricing.simulation import Simulation
from views.reports.handout import Handout, file_name


@dataclass(frozen=True)
class GroupHandout:
    """Communes priced together, with all that accompanies them."""

    portfolio: Portfolio
    """The communes and their estimates."""
    name: str
    """Their name: ``CC des Campagnes de l'Artois``, ``Pas-de-Calais``, ``12 communes``."""
    day: date
    """The day it is handed over."""
    link: str
    """URL that opens the same communes."""
    site: str
    """URL of the page, with its « / »."""
    links: Links
    """Links under every tariff."""
    own: frozenset[str] = frozenset()
    """INSEE codes of the communes that have something of their own."""
    whole: bool = True
    """True where the link holds all of it."""
    other: Portfolio | None = None
    """The same communes under another act."""
    other_is_draft: bool = False
    """True where that other act is not adopted."""
    unsold: Mapping[str, str] = field(default_factory=dict)
    """Sentences on what is asked for and the act does not sell, by item."""
    purposes: Mapping[str, str] = field(default_factory=dict)
    """Purpose of each service, in a line, by its key in the act."""
    mails: Mapping[str, str] = field(default_factory=dict)
    """Mail addresses of a pasted list by INSEE code; never in a link."""

    def own_link(self, member: Member) -> str:
        """Return the URL of a commune's own simulation."""
        own = Simulation(tariff=self.portfolio.tariff.adopted, choice=member.choice)
        return f"{self.site}?{self.links.query(own)}"

    def alone(self) -> Iterator[Handout]:
        """Yield the handout of each commune, as its own simulation gives it."""
        for member, estimate in zip(self.portfolio.members, self.portfolio.estimates, strict=True):
            yield Handout(
                estimate,
                self.portfolio.tariff,
                member.name,
                self.day,
                self.own_link(member),
                unsold=tuple(self.unsold[item] for item in estimate.unsold if item in self.unsold),
                paid_today=member.choice.paid_today,
                month=member.choice.month,
                purposes=self.purposes,
            )

    def file_name(self, extension: str, kind: str = "communes") -> str:
        """Return a file name with the communes and the day: ``communes-cc-de-l-artois-2026-11-22.xlsx``."""
        return file_name(self.name, self.day, extension, kind)
