"""Any tariff file is either accepted and prices an order, or refused in French."""

import copy
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pricing import Client, FaultyFileError, Order, Tariff, estimate
from pricing.checks import read
from pricing.order import STRUCTURES
from tests.test_catalogue import ADOPTED, FILE, assert_french

DATA = tomllib.loads(ADOPTED, parse_float=Decimal)
OTHERS = [
    tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for path in sorted((Path(__file__).parent / "tariffs").glob("*.toml"))
    if not path.name.endswith(".cases.toml")
]
"""Real and made-up tariffs, which have every kind of price."""


def places(data: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value of a file, tables and lists included."""
    for part, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*place, part)
        if isinstance(value, dict | list):
            yield from places(value, (*place, part))


def toml(value: Any) -> str:
    """Write a value as TOML, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case Decimal() | float():
            written = str(value)
            special = {"NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"}.get(written, written)
            return special if re.search(r"[.eEni]", special) else f"{special}.0"
        case date():
            return value.isoformat()
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{quoted(key)} = {toml(part)}' for key, part in value.items())} }}"
        case _:
            raise TypeError(type(value))


def quoted(words: str) -> str:
    escaped = re.sub(r'["\\\x00-\x1f\x7f]', lambda found: f"\\u{ord(found[0]):04x}", words)
    return f'"{escaped}"'


def document(data: dict[str, Any]) -> bytes:
    return "".join(f"{quoted(key)} = {toml(value)}\n" for key, value in data.items()).encode()


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = {str(part) for data in (DATA, *OTHERS) for place in places(data) for part in place}
KNOWN = st.sampled_from([*sorted(KEYS), "on_quote", "stairstep", "each", "blocks"])
SINGLE = (
    st.booleans()
    | st.integers(-3, 200)
    | st.integers(-(2**70), 2**70)
    | st.decimals(allow_nan=True, allow_infinity=True)
    | st.decimals(0, 500, places=2)
    | st.dates(date(1, 1, 1), date(9999, 12, 31))
    | st.datetimes()
    | WORDS
    | KNOWN
)
ANY_VALUE = st.recursive(
    SINGLE, lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS | KNOWN, part, max_size=3), max_leaves=5
)


NOTHING = object()
"""Value of a key that is not there."""


def with_value(place: tuple[str | int, ...], value: Any, data: dict[str, Any] = DATA) -> dict[str, Any]:
    """Return a copy of a file's data with another value at a place, or without it."""
    data = copy.deepcopy(data)
    table: Any = data
    for part in place[:-1]:
        table = table[part]
    table[place[-1]] = value
    if value is NOTHING:
        del table[place[-1]]
    return data


def accepted_or_refused_in_french(content: bytes, file: str = FILE) -> None:
    try:
        usable(read(content, file))
    except FaultyFileError as error:
        for fault in error.faults:
            assert_french(fault)


def usable(tariff: Tariff) -> None:
    """Check that an accepted tariff prices an order of everything, under every alternative too."""
    order = Order(**dict.fromkeys(tariff.items, 1))
    for each in (tariff, *(otherwise for _, _, otherwise in tariff.alternatives if otherwise)):
        clients = [Client(structure=structure, inhabitants=1250, agents=6) for structure in STRUCTURES]
        lines = [estimate(client, order, each).lines for client in clients]
        assert any(lines)


def test_writing_the_adopted_tariff_as_toml_gives_the_same_tariff() -> None:
    assert read(document(DATA), FILE) == read(ADOPTED.encode(), FILE)


@given(place=st.sampled_from(list(places(DATA))), value=st.just(NOTHING) | ANY_VALUE)
@settings(max_examples=60)  # each reads the whole act, under every alternative
@example(("services", "domain", "charges", "subscription", "of", 0), [])
@example(("grids",), False)  # a reading changes one
@example(("services", "domain", "charges", "subscription", "price", "amount"), Decimal("1e1000"))
@example(("services", "web_page", "charges", "setup", "price", "amount"), Decimal("Infinity"))  # a text cites it
def test_any_value_in_any_place_or_none_is_accepted_or_refused_in_french(
    place: tuple[str | int, ...], value: Any
) -> None:
    accepted_or_refused_in_french(document(with_value(place, value)))


@given(st.data(), st.sampled_from(OTHERS), st.just(NOTHING) | ANY_VALUE)
@settings(max_examples=60)
def test_any_value_in_a_tariff_of_any_kind_is_accepted_or_refused_in_french(
    draw: st.DataObject, data: dict[str, Any], value: Any
) -> None:
    place = draw.draw(st.sampled_from(list(places(data))))
    accepted_or_refused_in_french(document(with_value(place, value, data)), f"{data['adopted']}.toml")


@given(st.integers(0, len(ADOPTED) - 1), st.sampled_from([*"\"'[]{}=,.#\n€ \t\x00é-", ""]))
@settings(max_examples=30)
def test_a_tariff_with_any_stray_character_is_accepted_or_refused_in_french(at: int, character: str) -> None:
    accepted_or_refused_in_french((ADOPTED[:at] + character + ADOPTED[at + 1 :]).encode())


@given(st.binary(max_size=60))
@settings(max_examples=100)
def test_any_bytes_are_refused_in_french(content: bytes) -> None:
    accepted_or_refused_in_french(content)
