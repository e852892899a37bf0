"""Twenty visitors wait about as long beside each attacker as alone; ``python -m tests.attacks`` measures for longer."""

import asyncio

from tests.attacks.attacks import ATTACKS
from tests.attacks.measure import held, waits


def test_no_attacker_slows_the_page_for_the_other_visitors(port: int) -> None:
    alone, beside = asyncio.run(waits(port, ATTACKS, seconds=2.0, tries=3))
    assert {name: seconds for name, seconds in beside.items() if not held(alone, seconds)} == {}, alone
