"""Lines told to a keeper: of every value of a file that can be read, and of the sign that keeps one from being read."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pricing.catalogue import DATA
from pricing.faults import FaultyFileError
from pricing.lines import Place, lines
from pricing.toml_file import parse

HERE = Path(__file__).parent
FILES = [*DATA.rglob("*.toml"), *(HERE / "tariffs").glob("*.toml")]
ACT = (HERE / "tariffs" / "cdg-62-2027.toml").read_text(encoding="utf-8")
WRITTEN = ACT.split("\n")


def values(data: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every value of a file with its place, in its order."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    yield place, data
    for key, part in parts:
        yield from values(part, (*place, key))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_each_value_of_a_file_has_the_line_it_is_written_on(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found, written = lines(text), text.split("\n")
    for place, value in values(tomllib.loads(text, parse_float=Decimal)):
        if isinstance(value, dict) and place and place not in found:
            assert any(longer[: len(place)] == place for longer in found)  # a table without a header of its own
        elif not isinstance(value, dict | list):
            line = written[found[place] - 1].replace("_", "")
            shown = str(value).lower() if isinstance(value, bool) else str(value).replace("_", "")
            assert shown.split("\n")[0] in line.replace("\\", "")
        if place and isinstance(place[-1], str) and place in found:
            assert place[-1] in written[found[place] - 1]


def test_two_values_on_two_lines_of_a_list_have_each_its_own() -> None:
    text = 'a = [\n  { b = [1,\n    2], "c.d" = 3 }, # {\n\n  4, 5,\n]\n'
    text += '[[e]]\n[e.f]\n[[e]]\ng.h = """\nb = 1\n"""\ni = 1\n'
    assert lines(text) == {
        ("a",): 1, ("a", 0): 2, ("a", 0, "b"): 2, ("a", 0, "b", 0): 2, ("a", 0, "b", 1): 3, ("a", 0, "c.d"): 3,
        ("a", 1): 5, ("a", 2): 5, ("e", 0): 7, ("e", 0, "f"): 8, ("e", 1): 9, ("e", 1, "g", "h"): 10,
        ("e", 1, "i"): 13,
    }  # fmt: skip


def told(text: str) -> int:
    """Return the line told of a file that is not TOML."""
    with pytest.raises(FaultyFileError) as refused:
        parse(text.encode(), "acte.toml")
    return int(re.findall(r"^ligne (\d+)", refused.value.faults[0].key)[0])


@pytest.mark.parametrize("times", [0, 2])
def test_a_sign_that_is_left_out_or_written_twice_is_told_with_its_line(times: int) -> None:
    """Or with the line of the bracket that it closes, where it is alone on its own."""
    opened = 0
    for number, line in enumerate(WRITTEN, start=1):
        opened = number if line.endswith("= [") else opened
        signs = re.sub(r'"[^"]*"|#.*', lambda text: "x" * len(text[0]), line)
        for sign in re.finditer(r"[][{}]", signs):
            slip = line[: sign.start()] + times * sign[0] + line[sign.end() :]
            where = opened if not slip else number
            assert told("\n".join([*WRITTEN[: number - 1], slip, *WRITTEN[number:]])) == where, slip


@pytest.mark.parametrize(
    ("slip", "line"),
    [("a = [\n  1,\n}\nb = 2\n", 1), ("a = { b = [1 }\n", 1), ("a = [\n  { b = 1,\n  { b = 2 },\n]\n", 2)],
)
def test_a_sign_closed_by_another_is_told_where_it_opens(slip: str, line: int) -> None:
    assert told(slip) == line
