"""Values of a tariff file within its own texts: ``{services.domain.charges.subscription.price.amount}``.

The words of an act's readings take their amounts, bounds and dates from the values beside them, so that a copied file
whose prices were changed can't contradict itself.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pricing.money import number, unit_euros

Place = tuple[str | int, ...]
"""Keys and ranks that lead to a value of a file."""

REFERENCE = re.compile(r"\{([^{}]*\.[^{}]*)\}")
"""Reference to another value of the file: its dotted key, in which a list has ``1`` or ``last``."""
_AMOUNTS = ("amount", "price", "floor", "cap")
_MOST = 1_000_000_000
"""Largest number that a text can have in words; a larger one is a slip."""
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?")


class UnknownReferenceError(LookupError):
    """Reference to a value that the file does not have."""


def texts(data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield every text of a file with its place."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from texts(value, (*place, name))
    elif isinstance(data, list):
        for rank, value in enumerate(data):
            yield from texts(value, (*place, rank))


def filled(data: Any, file: Mapping[str, Any]) -> Any:
    """Return a part of a file with the value in place of each reference; one to no value is left as it is.

    A value written ``{ plus = 1 }`` among the changes of a reading is added to the value it changes.
    """
    match data:
        case str():
            return REFERENCE.sub(lambda found: _words_or(found[0], file, found[1]), data)
        case {"changes": dict(changes), **rest}:
            changed = {key: _relative(key, value, file) for key, value in changes.items()}
            return {**filled(rest, file), "changes": filled(changed, file)}
        case dict():
            return {name: filled(value, file) for name, value in data.items()}
        case list():
            return [filled(value, file) for value in data]
        case _:
            return data


def _words_or(otherwise: str, file: Mapping[str, Any], reference: str) -> str:
    try:
        return words(file, reference)
    except UnknownReferenceError:
        return otherwise


def _relative(key: str, value: Any, file: Mapping[str, Any]) -> Any:
    match value:
        case {"plus": int(step)} if len(value) == 1 and not isinstance(step, bool):
            try:
                before = _value(file, key)
            except UnknownReferenceError:
                return value
            return before + step if isinstance(before, int) and not isinstance(before, bool) else value
        case _:
            return value


def words(file: Mapping[str, Any], reference: str) -> str:
    """Return the value that a reference names, in French. Raises UnknownReferenceError."""
    value = _value(file, reference)
    leaf = reference.split(".")
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise UnknownReferenceError(reference)
    if isinstance(value, str):
        return value
    if not Decimal(value).is_finite() or abs(value) > _MOST:
        raise UnknownReferenceError(reference)
    if leaf[-1] in _AMOUNTS or leaf[-2] == "amounts":
        return unit_euros(Decimal(value)).replace(",00\u00a0", "\u00a0")
    return number(value) if leaf[-1] != "year" else str(value)


def _value(file: Mapping[str, Any], reference: str) -> Any:
    value: Any = file
    for part in reference.split("."):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and value and re.fullmatch("[1-9][0-9]*|last", part):
            rank = len(value) if part == "last" else int(part)
            if rank > len(value):
                raise UnknownReferenceError(reference)
            value = value[rank - 1]
        elif isinstance(value, date) and part == "year":
            value = value.year
        else:
            raise UnknownReferenceError(reference)
    return value


def numbers(text: str, names: tuple[str, ...]) -> list[str]:
    """Return the numbers that a text repeats instead of referring to them; those within a name are its own."""
    text = REFERENCE.sub("", text)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\d){re.escape(name)}(?!\w)", "", text)
    return _NUMBER.findall(text)
