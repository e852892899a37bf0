"""Twenty ordinary visitors, and their waits alone and beside each attacker."""

import asyncio
import random
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from multiprocessing import get_context

from tests.attacks.attacks import ATTACKS
from tests.visitor import Visitor

VISITORS, THINK = 20, 2.0
"""Number of ordinary visitors, and seconds each thinks between two edits, on average."""
MOST = 3.0
"""Largest ratio of the waits during an attack to those before it."""
LEAST = 0.025
"""Seconds below which two waits count as equal: two runs of the page, on a quiet machine."""


def held(alone: float, beside: float) -> bool:
    """Tell if an attack left the visitors about as they were."""
    return beside <= MOST * max(alone, LEAST)


def attack(name: str, port: int, seconds: float) -> None:
    """Attack a server."""
    asyncio.run(ATTACKS[name](port, seconds))


async def edits(visitors: list[Visitor], seconds: float) -> float:
    """Edit for some seconds, wait for each last answer, and return the median of the seconds they waited."""
    end = time.monotonic() + seconds
    waited: list[float] = []

    async def work(visitor: Visitor, pause: random.Random) -> None:
        while (thinks := THINK * pause.uniform(0.1, 1.9)) < end - time.monotonic():
            await asyncio.sleep(thinks)
            waited.append(await visitor.edit())

    await asyncio.gather(*(work(each, random.Random(rank)) for rank, each in enumerate(visitors)))
    return statistics.median(waited)


async def waits(port: int, names: Iterable[str], seconds: float, tries: int = 1) -> tuple[float, dict[str, float]]:
    """Return the seconds that visitors wait alone and beside each attacker, who attacks from a process of its own.

    An attack that seems to slow them is tried again: a machine that is busy with something else makes anybody wait.
    """
    visitors = [Visitor(port, f"198.51.100.{rank + 1}") for rank in range(VISITORS)]
    beside: dict[str, float] = {}
    with ProcessPoolExecutor(1, get_context("spawn")) as attacker:
        attacker.submit(held, 0, 0)  # it starts, and imports what it needs, while the visitors come
        async with AsyncExitStack() as present:
            for each in visitors:
                await present.enter_async_context(each)
                await each.open()
            alone = await edits(visitors, seconds)
            for name in names:
                for _ in range(tries):
                    attacking = asyncio.wrap_future(attacker.submit(attack, name, port, seconds))
                    beside[name] = await edits(visitors, seconds)
                    await attacking
                    if held(alone, beside[name]):
                        break
    assert not any(each.saw_an_error for each in visitors), "a visitor was shown an error"
    return alone, beside
