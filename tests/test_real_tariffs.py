"""Tariffs of comparable bodies, and a made-up act: each is accepted, and its worked cases hold to the cent."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pricing import Client, Order, Tariff, estimate
from pricing.checks import read

FOLDER = Path(__file__).parent / "tariffs"
ACTS = sorted(path for path in FOLDER.glob("*.toml") if not path.name.endswith(".cases.toml"))


def act(path: Path) -> Tariff:
    """Return a tariff of the folder, whose file in data/ would be named by its day."""
    text = path.read_bytes()
    return read(text, f"{tomllib.loads(text.decode())['adopted']}.toml")


CASES = [
    pytest.param(path, case, id=f"{path.stem} {rank}")
    for path in ACTS
    for rank, case in enumerate(tomllib.loads(path.with_suffix(".cases.toml").read_text(encoding="utf-8"))["case"], 1)
]


@pytest.mark.parametrize(("path", "case"), CASES)
def test_a_worked_case_of_a_real_tariff_holds(path: Path, case: dict[str, Any]) -> None:
    found = estimate(Client(**case["client"]), Order(**case["order"]), act(path))
    answers = found.answers
    totals = (answers.first_year, answers.recurring, answers.six_years)
    told = [total.words().replace("\u00a0", " ") for total in totals]
    assert told == [case["first_year"], case["each_year"], case["six_years"]]
    words = [line.words().replace("\u00a0", " ") for line in found.lines]
    assert words == case["words"]
    assert found.unsold == tuple(case.get("unsold", ()))


def test_each_real_tariff_has_five_worked_cases() -> None:
    assert len(ACTS) >= 7
    assert all(sum(each.values[0] == path for each in CASES) >= 5 for path in ACTS)
