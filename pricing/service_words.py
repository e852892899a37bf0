"""Words of the page that are no act's: on what the acts sell, on what they leave to ask, and on the steps after."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from pricing.checks import dotted
from pricing.faults import Fault
from pricing.frozen import Frozen
from pricing.prices import Words
from pricing.questions import PLACES, Question, Steps
from pricing.rules import write_or_remove
from pricing.tariff import Tariff


class ServiceWords(Frozen, frozen=True):
    """Words of the page on services, and on what the acts leave to ask."""

    help: dict[StrictStr, Words]
    """Explanation of an item in plain French, by its key in the acts: what it is, and who needs it."""
    services: Annotated[dict[StrictStr, Words], Field(default_factory=dict)]
    """Purpose of a service in one line, for a council, by its key in the acts."""
    families: Annotated[dict[StrictStr, Words], Field(default_factory=dict)]
    """Plain words beside a heading of the acts, by that heading."""
    units: Annotated[dict[StrictStr, Words], Field(default_factory=dict)]
    """Plain word beside the unit of an item, by its key in the acts."""
    without: Annotated[dict[StrictStr, Words], Field(default_factory=dict)]
    """Label of the choice to leave a service out, by its key in the acts."""
    questions: tuple[Question, ...] = ()
    """Questions of a town hall, in their order on the page."""
    steps: Steps = Steps()
    """The steps after an estimate."""

    def asked(self, at: str, tariff: Tariff) -> tuple[Question, ...]:
        """Return the questions of a part of the page, under a tariff."""
        return tuple(each for each in self.questions if each.at == at and each.holds(tariff))

    def unread(self, tariff: Tariff) -> int:
        """Count the questions and the facts for which a tariff's act was not read."""
        return sum(not each.holds(tariff) for each in (*self.questions, *dict(self.steps).values()))


def misplaced(words: ServiceWords, tariffs: Mapping[date, Tariff], file: str) -> Iterator[Fault]:
    """Yield words on what no tariff sells, and questions never shown: at no part of the page, or of no act."""
    items = {key for tariff in tariffs.values() for key in tariff.items}
    services = {key for tariff in tariffs.values() for key in tariff.services}
    families = {service.family for tariff in tariffs.values() for service in tariff.services.values()}
    known = {"help": items, "services": services, "units": items, "families": families, "without": services}
    for name, sold in known.items():
        for key in getattr(words, name):
            if key not in sold:
                problem = "aucun tarif ne propose rien de ce nom"
                yield Fault(file, dotted(name, key), "", problem, write_or_remove(key, sold))
    places = (*PLACES, *families)
    questions = ((f"questions[{rank}]", each) for rank, each in enumerate(words.questions, start=1))
    for place, each in (*questions, *((f"steps.{name}", step) for name, step in words.steps)):
        if isinstance(each, Question) and each.at not in places:
            yield Fault(file, f"{place}.at", each.at, "la page n'a pas cet endroit", write_or_remove(each.at, places))
        for day in each.acts:
            if day not in tariffs:
                problem = "aucun tarif n'a été adopté ce jour"
                yield Fault(file, f"{place}.acts", str(day), problem, "corriger cette date")
