"""Twenty ordinary visitors, and their waits before an attack and during it."""

import asyncio
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

from tests.serving import ROOT
from tests.visitor import Visitor

VISITORS, THINK = 20, 2.0
"""Number of ordinary visitors, and seconds each thinks between two edits, on average."""
MOST = 3.0
"""Largest ratio of the waits during an attack to those before it."""
LEAST = 0.025
"""Seconds below which two waits count as equal: two runs of the page, on a quiet machine."""


class Visitors:
    """Ordinary visitors, each of an address of their own, who are there before an attack and during it."""

    def __init__(self, port: int) -> None:
        self.everybody = [Visitor(port, f"198.51.100.{rank + 1}") for rank in range(VISITORS)]
        self._present = AsyncExitStack()

    async def come(self) -> None:
        """Open the page, one after the other."""
        for each in self.everybody:
            await self._present.enter_async_context(each)
            await each.open()

    async def edit(self, seconds: float) -> float:
        """Edit for some seconds, wait for each last answer, and return the median of the seconds they waited."""
        end = time.monotonic() + seconds
        waited: list[float] = []

        async def work(visitor: Visitor, pause: random.Random) -> None:
            while True:
                await asyncio.sleep(THINK * pause.uniform(0.1, 1.9))
                if time.monotonic() > end:
                    return
                waited.append(await visitor.edit())

        await asyncio.gather(*(work(each, random.Random(rank)) for rank, each in enumerate(self.everybody)))
        return statistics.median(waited)

    async def leave(self) -> None:
        """Close the page."""
        await self._present.aclose()

    @property
    def saw_an_error(self) -> bool:
        """Tell if any of them was shown an error."""
        return any(each.saw_an_error for each in self.everybody)


@contextmanager
def attacked(name: str, port: int, seconds: float) -> Iterator[None]:
    """Attack a server from a process of its own."""
    command = [sys.executable, "-m", "tests.attacks", "--send", name, str(port), str(seconds)]
    with subprocess.Popen(command, cwd=ROOT) as attacker:
        try:
            yield
        finally:
            attacker.terminate()


async def waits(port: int, name: str, seconds: float) -> tuple[float, float]:
    """Return the seconds visitors wait before and during an attack. Raises RuntimeError where one sees an error."""
    visitors = Visitors(port)
    await visitors.come()
    before = await visitors.edit(seconds)
    with attacked(name, port, seconds + 5):
        during = await visitors.edit(seconds)
    await visitors.leave()
    if visitors.saw_an_error:
        raise RuntimeError(f"{name}: a visitor was shown an error.")
    return before, during


def held(before: float, during: float) -> bool:
    """Tell if an attack left the visitors about as they were."""
    return during <= MOST * max(before, LEAST)
