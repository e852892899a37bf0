"""Twenty visitors wait about as long beside each attacker as alone; ``python -m tests.attacks`` measures for longer."""

import asyncio

from tests.attacks.attacks import ATTACKS
from tests.attacks.measure import Visitors, attacked, held

SECONDS = 2.0
"""Seconds for which the visitors edit alone, and then beside each attacker."""
TRIES = 3
"""Number of tries: a machine that is busy with something else makes anybody wait."""


async def waits(port: int) -> tuple[float, dict[str, float]]:
    """Return the seconds that the visitors wait alone, and beside each attacker."""
    visitors = Visitors(port)
    await visitors.come()
    alone = await visitors.edit(SECONDS)
    beside: dict[str, float] = {}
    for name in ATTACKS:
        for _ in range(TRIES):
            with attacked(name, port, SECONDS + 5):
                beside[name] = await visitors.edit(SECONDS)
            if held(alone, beside[name]):
                break
    await visitors.leave()
    assert not visitors.saw_an_error
    return alone, beside


def test_no_attacker_slows_the_page_for_the_other_visitors(port: int) -> None:
    alone, beside = asyncio.run(waits(port))
    assert {name: seconds for name, seconds in beside.items() if not held(alone, seconds)} == {}, alone
