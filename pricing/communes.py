"""The communes of the department: their names as people write them, and their numbers of inhabitants."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import ascii_lowercase
from typing import Annotated, NamedTuple

from pydantic import Field

from pricing.frozen import Frozen

VINTAGE = "population municipale 2023 (INSEE), en vigueur depuis le 1er janvier 2026"
"""Count of inhabitants that the table holds, in French."""
COUNT = 887
"""Number of communes in the table; a table with another number is refused, since it may have been cut."""
HIDDEN = "\u2063 · "
"""Separator in a label of the list: `views/search.js` lets the browser show only the part before it."""
MOST_NEAR = 6
"""Largest number of communes suggested for one search."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mont", "lez": "les", "ss": "s"}
"""Words that are written in several ways; « s » is the short form of both « sur » and « sous »."""
_OFFICE = re.compile(r"^(mairie|commune|ville|village) (d|de|du|des) ")
"""Words that a town hall puts before its name."""
_KIND = re.compile(r"^(cc|ca|cu|communaute( (de communes|d agglomeration|urbaine))?|agglomeration)\b")
"""Words that say of what kind an EPCI is, in the table in short."""
_SMALL = {"de", "d", "du", "des", "la", "le", "les", "l", "et", "en"}
"""Words that a search for an EPCI passes over."""
_LONGEST = 80
"""Characters of a search that are read; the longest name has some thirty."""
_SHORTEST = 3
"""Fewest letters of a part of a name that choose a commune."""


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
    siren: str = ""
    """SIREN of the commune."""
    epci: str = ""
    """SIREN of the EPCI it belongs to; empty without one."""

    @property
    def label(self) -> str:
        """Name and postal codes: ``Béthune (62400)``."""
        return f"{self.name} ({', '.join(self.postal_codes)})"


class Found(Frozen, frozen=True):
    """Result of a search for a commune."""

    chosen: str = ""
    """INSEE code of the one commune that is meant; empty where that is not certain."""
    near: tuple[str, ...] = ()
    """INSEE codes to suggest, the nearest first, at most `MOST_NEAR`."""
    fitting: int = 0
    """Number of communes whose name or postal code holds what was typed; `near` may be only the first of them."""


def folded(words: str) -> str:
    """Return the plain form of a name: no accents, ligatures, hyphens, apostrophes or capitals; « st » is « saint ».

    `views/search.js` folds what is typed in the same way.
    """
    letters = unicodedata.normalize("NFKD", words.lower().translate(_LIGATURES))
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    written: list[str] = re.findall(r"[a-z0-9]+", bare)
    plain = " ".join(_WORDS.get(word, word) for word in written)
    return re.sub(r"\b62 (\d{3})\b", r"62\1", re.sub(r"\bs( s)+\b", "s", plain))


class _Written(NamedTuple):
    """Folded ways to write a name."""

    ways: tuple[str, ...]
    """Name in words; where it has « sur » or « sous », also with these shortened."""
    solid: tuple[str, ...]
    """The same ways without spaces."""
    text: str
    """The same ways and the postal codes after one another, each between two bars."""
    parts: tuple[str, ...]
    """First words of the name, with and without its article, without spaces."""


@lru_cache(maxsize=4096)
def _written(name: str, postal_codes: tuple[str, ...]) -> _Written:
    plain = folded(name)
    ways = tuple(dict.fromkeys([plain, re.sub(r"\b(sur|sous)\b", "s", plain)]))
    words = plain.split()
    article = words[0] in ("le", "la", "les", "l")
    heads = ["".join(words[:end]) for end in range(1 + article, len(words) + 1)]
    parts = (*heads, *(head.removeprefix(words[0]) for head in heads if article))
    solid = tuple(way.replace(" ", "") for way in ways)
    return _Written(ways, solid, f"|{'|'.join([*ways, *postal_codes])}|", parts)


def findable(commune: Commune) -> str:
    """Return a commune's label in the list, followed by a hidden part with every folded way to write it."""
    ways = (
        f"{code} {way} {code}"
        for way in _written(commune.name, commune.postal_codes).ways
        for code in commune.postal_codes
    )
    return f"{commune.label}{HIDDEN}{' '.join(ways)}"


def search(typed: str, communes: Mapping[str, Commune]) -> Found:
    """Find the commune that is meant by a name, a postal code or both, in any order, or by a label of the list.

    A whole name chooses its commune, and so does a part of one name only. A misspelt name chooses none, even where one
    commune alone is near: it is for the visitor to confirm. Most postal codes are also the INSEE code of another
    commune: a number is read as a postal code first.
    """
    plain = _OFFICE.sub("", folded(typed.split(HIDDEN, 1)[0][:_LONGEST])).split()
    words = [word for word in plain if not word.isdigit() and word != "cedex"]
    # A postal code with « CEDEX » is a company's, not a commune's.
    numbers = [f"|{word}" for word in plain if word.isdigit() and "cedex" not in plain]
    written = {code: _written(commune.name, commune.postal_codes) for code, commune in communes.items()}
    there = [code for code, each in written.items() if all(number in each.text for number in numbers)]
    there = there or [code for code in communes if numbers == [f"|{code}"]]
    if not words:
        return _found(there if numbers else [])

    solid = "".join(words)
    exact = [code for code, each in written.items() if solid in each.solid]
    if {*exact} & {*there}:
        return _found([code for code in exact if code in there])
    misspelt = _one_slip_away(solid)
    slips = [code for code, each in written.items() if not misspelt.isdisjoint(each.solid)]
    start = f"|{' '.join(words)}"
    whole_words = f"{start} "
    words_first = [code for code in there if whole_words in written[code].text]
    beginning = [code for code in there if start in written[code].text]
    holding = [code for code in there if all(word in written[code].text for word in words)]
    for fitting in (words_first, beginning, holding):
        if len(fitting) == 1 and len(solid) >= _SHORTEST and not exact and {*slips} <= {*fitting}:
            return _found(fitting)
    parts = [code for code, each in written.items() if not misspelt.isdisjoint(each.parts)]
    near = dict.fromkeys([*exact, *words_first, *slips, *beginning, *holding, *parts] or _alike(words, written))
    first = sorted(near, key=lambda code: code not in there)
    return Found(near=tuple(first[:MOST_NEAR]), fitting=len(holding))


def search_epci(typed: str, epcis: Mapping[str, str]) -> tuple[str, ...]:
    """Return the SIREN of every EPCI whose name holds all words that were typed; one alone where a name is whole.

    A SIREN is its own EPCI. « Communauté de communes » may be written in full, in short, or not at all.
    """
    if typed.strip() in epcis:
        return (typed.strip(),)

    def plain(name: str) -> str:
        return " ".join(word for word in _KIND.sub("", folded(name)).split() if word not in _SMALL)

    words = plain(typed[:_LONGEST])
    names = {siren: plain(name) for siren, name in epcis.items()}
    whole = tuple(siren for siren, name in names.items() if name == words)
    return whole or tuple(
        siren for siren, name in names.items() if words and all(f" {word}" in f" {name}" for word in words.split())
    )


def _found(fitting: Sequence[str]) -> Found:
    """Return the result where these communes fit equally well: one alone is chosen."""
    if len(fitting) == 1:
        return Found(chosen=fitting[0])
    return Found(near=tuple(fitting[:MOST_NEAR]), fitting=len(fitting))


def _one_slip_away(word: str) -> set[str]:
    """Return every spelling of a word with one letter missing, added, wrong or swapped with the next."""
    cuts = [(word[:rank], word[rank:]) for rank in range(len(word) + 1)]
    added = {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    wrong = {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
    missing = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    return added | wrong | missing | swapped


def _alike(words: Sequence[str], written: Mapping[str, _Written]) -> list[str]:
    """Return INSEE codes of the most similar names, the nearest first, then of those that share a long word."""
    codes = {each.solid[0]: code for code, each in written.items()}
    close = difflib.get_close_matches("".join(words), codes, n=MOST_NEAR)
    long = [word for word in words if len(word) > _SHORTEST]
    sharing = [code for code, each in written.items() if any(word in each.text for word in long)]
    return [*(codes[name] for name in close), *sharing]
