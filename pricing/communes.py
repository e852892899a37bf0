"""The communes of the department: their names as people type them, and their inhabitants."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from pricing.frozen import Frozen

VINTAGE = "population municipale 2023 (INSEE), en vigueur depuis le 1er janvier 2026"
"""Which count of inhabitants the table holds, in French."""
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


class Commune(Frozen, frozen=True):
    """A commune, as the table of communes has it."""

    code: Annotated[str, Field(pattern=r"^62\d{3}$")]
    """INSEE code."""
    name: str
    """Official name."""
    postal_codes: tuple[str, ...]
    """Postal codes, at least one."""
    population: int
    """Number of inhabitants (population municipale)."""

    @property
    def label(self) -> str:
        """Name and postal codes: ``Béthune (62400)``."""
        return f"{self.name} ({', '.join(self.postal_codes)})"


def folded(words: str) -> str:
    """Words as they are typed in a hurry: no accents, ligatures, hyphens, apostrophes or capitals."""
    plain = unicodedata.normalize("NFD", words.lower().translate(_LIGATURES))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def findable(commune: Commune) -> str:
    """A commune's label with its plain spellings, so that « noeux », « st omer », « st-omer » and « 62500 » find it."""
    plain = folded(commune.name)
    short = [{"saint": "st", "sainte": "ste"}.get(word, word) for word in plain.split()]
    hyphened = ["-".join(short)] if short != plain.split() else []
    spellings = dict.fromkeys([plain, " ".join(short), *hyphened])
    others = [spelling for spelling in spellings if spelling != commune.name.lower()]
    return " · ".join([commune.label, *others])


def offered(communes: Mapping[str, Commune]) -> tuple[str, ...]:
    """The codes of communes in the order in which they are offered to who types a name.

    It is their own order, but for the few whose name stands in that of another: Lens comes before Courcelles-lès-Lens,
    so that who types it whole and presses Enter has chosen it.
    """
    searched = {code: findable(commune).lower() for code, commune in communes.items()}
    names = {code: folded(commune.name) for code, commune in communes.items()}
    placed: set[str] = set()

    def place(code: str) -> Iterator[str]:
        """A commune after those whose names stand in what it is found by."""
        if code in placed:
            return
        for other, name in names.items():
            if other != code and name in searched[code]:
                yield from place(other)
        placed.add(code)
        yield code

    return tuple(each for code in communes for each in place(code))
