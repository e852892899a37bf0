"""Twenty visitors wait about as long beside an attacker as alone; ``python -m tests.attacks`` measures for longer."""

import asyncio

import pytest

from tests.attacks.attacks import ATTACKS
from tests.attacks.measure import held, waits

SECONDS = 3.0
"""How long the visitors edit alone, and then beside an attacker."""
TRIES = 2
"""A machine that does something else meanwhile makes anybody wait."""


@pytest.mark.parametrize("name", ATTACKS)
def test_nobody_takes_the_page_from_the_others(port: int, name: str) -> None:
    measured: list[tuple[float, float]] = []
    while len(measured) < TRIES and not (measured and held(*measured[-1])):
        measured.append(asyncio.run(waits(port, name, SECONDS)))
    assert held(*measured[-1]), measured
