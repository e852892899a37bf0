"""Answers of the CDG to the open points of an act: who gave which, when. They change no file of an act."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Strict, StrictStr

from pricing.frozen import Frozen
from pricing.prices import AnyInt, Words
from pricing.tariff import Tariff


class Confirmation(Frozen, frozen=True):
    """One dated answer to an open point of an act."""

    tariff: Annotated[date, Strict()]
    """The day the act was adopted."""
    reading: StrictStr
    """The point's number: ``R12``."""
    alternative: AnyInt = None
    """Rank of the alternative that is confirmed, from 1; None where the answer that is applied is confirmed."""
    by: Words
    """Body or person that answered."""
    on: Annotated[date, Strict()]
    """Day of the answer."""
    words: Words
    """The answer in its author's words."""


class Confirmations(Frozen, frozen=True):
    """All answers, of all acts."""

    confirmed: tuple[Confirmation, ...] = ()
    """The answers; the last one to a point counts."""


def unknown(confirmations: Confirmations, tariffs: Mapping[date, Tariff]) -> Iterator[tuple[int, str, str]]:
    """Yield the rank, the key and the French problem of each answer to a point that no act has."""
    for rank, each in enumerate(confirmations.confirmed):
        tariff = tariffs.get(each.tariff)
        reading = tariff.readings.get(each.reading) if tariff else None
        if tariff is None:
            yield rank, "tariff", "aucun tarif n'a été adopté ce jour"
        elif reading is None:
            yield rank, "reading", "cet acte n'a pas de point de ce nom"
        elif each.alternative and each.alternative > len(reading.alternatives):
            yield rank, "alternative", f"ce point a {len(reading.alternatives)} alternative(s)"


def settled(tariff: Tariff, confirmations: Iterable[Confirmation], until: date | None = None) -> Tariff:
    """Return a tariff as its confirmed points read; `until` leaves out later answers."""
    changes: dict[str, Any] = {}
    for each in confirmations:
        if each.tariff != tariff.adopted or (until and each.on > until):
            continue
        reading = tariff.readings[each.reading]
        if each.alternative:
            alternative = reading.alternatives[each.alternative - 1]
            changes |= {**alternative.changes, f"readings.{each.reading}.in_force": alternative.label}
        answer = {"by": each.by, "on": each.on, "words": each.words}
        changes[f"readings.{each.reading}.confirmed"] = answer
    return tariff.changed(changes) if changes else tariff
