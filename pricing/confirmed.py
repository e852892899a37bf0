"""Answers of the CDG to the open points of an act: who gave which, when. They change no file of an act."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import getitem
from typing import Annotated, Any

from pydantic import Strict, StrictStr, ValidationError

from pricing.faults import Fault, short
from pricing.frozen import Frozen
from pricing.prices import AnyInt, Words
from pricing.readings import Alternative, Answer
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


def unfit(confirmations: Confirmations, tariffs: Mapping[date, Tariff], file: str) -> Iterator[Fault]:
    """Yield the fault of each answer to a point that no act has; where none has, of one that excludes another."""
    found = False
    for rank, each in enumerate(confirmations.confirmed, start=1):
        tariff = tariffs.get(each.tariff)
        reading = tariff.readings.get(each.reading) if tariff else None
        if tariff is None:
            key, value, problem = "tariff", str(each.tariff), f"aucun acte n'a été adopté le {each.tariff:%d/%m/%Y}"
            remedy = f"écrire le jour d'adoption d'un tarif : {', '.join(map(str, tariffs))}"
        elif reading is None:
            key, value = "reading", f'"{short(each.reading)}"'
            problem = f"l'acte du {tariff.adopted:%d/%m/%Y} n'a pas de point de ce nom"
            remedy = f"écrire le nom d'un de ses points : {', '.join(tariff.readings)}"
        elif each.alternative and each.alternative > (count := len(reading.alternatives)):
            key, value, problem = "alternative", str(each.alternative), "ce point n'a pas d'alternative de ce rang"
            remedy = f"écrire un nombre de 1 à {count}, ou enlever cette ligne" if count else "enlever cette ligne"
        elif each.alternative and reading.alternatives[each.alternative - 1].first_year:
            key, value = "alternative", str(each.alternative)
            problem = "cette alternative dépend de la collectivité, et ne s'applique pas à toutes"
            remedy = "enlever cette ligne : le point est confirmé avec les mots de la réponse"
        elif each.on < tariff.adopted:
            key, value, problem = "on", str(each.on), f"cette réponse est d'avant l'acte du {tariff.adopted:%d/%m/%Y}"
            remedy = "corriger cette date"
        else:
            continue
        found = True
        yield Fault(file, f"confirmed[{rank}].{key}", value, problem, remedy)
    if not found:
        yield from _excluding(confirmations.confirmed, tariffs, file)


def _excluding(confirmed: Sequence[Confirmation], tariffs: Mapping[date, Tariff], file: str) -> Iterator[Fault]:
    """Yield the first answer with which those known on its day make no valid tariff."""
    for rank, each in enumerate(confirmed, start=1):
        try:
            settled(tariffs[each.tariff], confirmed, each.on)
        except (KeyError, ValidationError):
            problem, remedy = "cette réponse et une autre s'excluent", "vérifier laquelle est confirmée"
            yield Fault(file, f"confirmed[{rank}].alternative", str(each.alternative or ""), problem, remedy)
            return


def settled(tariff: Tariff, confirmations: Iterable[Confirmation], until: date | None = None) -> Tariff:
    """Return a tariff as its confirmed points read, each by its last answer; `until` leaves out later answers."""
    known = [each for each in confirmations if each.tariff == tariff.adopted and (until is None or each.on <= until)]
    last = {each.reading: each for each in sorted(known, key=lambda each: each.on)}
    changes: dict[str, Any] = {}
    for number, each in last.items():
        if each.alternative:
            changes |= _taking(tariff, number, each.alternative)
        changes[f"readings.{number}.confirmed"] = Answer(by=each.by, on=each.on, words=each.words)
    return tariff.changed(changes) if changes else tariff


def _taking(tariff: Tariff, number: str, rank: int) -> Mapping[str, Any]:
    """Return the changes by which an alternative takes the place of the answer applied, which becomes one itself."""
    reading, written = tariff.readings[number], tariff.model_dump()
    taken = reading.alternatives[rank - 1]
    undone: dict[str, Any] = {key: reduce(getitem, key.split("."), written) for key in taken.changes}
    others = [
        each if each.first_year else Alternative(label=each.label, changes=undone | each.changes)
        for each in reading.alternatives
        if each is not taken
    ]
    former = Alternative(label=reading.in_force, changes=undone)
    key = f"readings.{number}"
    return {**taken.changes, f"{key}.in_force": taken.label, f"{key}.alternatives": (former, *others)}
