"""A gesture of a walker, and the usual ways to make one."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.walk.page import Page, Seen

Arguments = list[Any]


@dataclass(frozen=True)
class Gesture:
    """Gesture that a visitor can make."""

    weight: int
    """Frequency with which it is chosen among those offered."""
    draw: Callable[[Seen, Random], Arguments | None]
    """Function that draws its arguments from the page seen; None where it is not offered."""
    do: Callable[..., list[str] | None]
    """Function that makes it on a page with these arguments; it may return violations."""


def pressing(*names: str) -> Callable[[Seen, Random], Arguments | None]:
    """Draw one of the buttons of these names, and its rank among those of its name."""

    def draw(seen: Seen, rng: Random) -> Arguments | None:
        offered = [[name, rank] for name in names for rank in range(seen.named(name))]
        return rng.choice(offered) if offered else None

    return draw


def button(weight: int, *names: str) -> Gesture:
    return Gesture(weight, pressing(*names), Page.press)


def one_of(weight: int, of: Callable[[Seen], list[str]], do: Callable[..., list[str] | None] = Page.press) -> Gesture:
    return Gesture(weight, lambda seen, rng: [rng.choice(offered)] if (offered := of(seen)) else None, do)
