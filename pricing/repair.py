"""Undo what mail programs do to a link, as far as it can be undone with certainty.

- A name loses ``amp;`` before it, capitals, spaces and invisible characters, and gets its plain hyphens back.
- So does a value of a known shape, and the punctuation around it: ``oui).`` is ``oui``.
- ``=3D``, the quoted-printable form of ``=``, is ``=`` again, and an ``=`` that ended a line is dropped.

Free text stays as it came, since its author may have typed all of that.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

Parameters = Mapping[str, Sequence[str]]
"""Query parameters: for each name, its values in order."""
Shapes = Mapping[str, re.Pattern[str]]
"""Pattern of a sound value, by parameter name; free text matches anything."""

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters of no width, soft hyphens and marks of direction."""
_PLAIN = str.maketrans(
    "\u2010\u2011\u2012\u2013\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19", "----0123456789"
)
"""Typographic hyphens and full-width digits, with what they stand for."""
_SPACES = " \t\r\n\u00a0\u2009\u202f"
_BEFORE = f"{_SPACES}<(\"'«\u2018\u201c"
_AFTER = f"{_SPACES}.,;:!?)>]}}»\"'\u2019\u201d"
_AMP = re.compile(r"(?:amp(?:;|%3b)\s*)+")
"""HTML's ampersand after its ``&``, once or more."""
_QUOTED = "3D"
"""Beginning of a value whose ``=`` is written ``=3D``."""


def mend(parameters: Parameters, shapes: Shapes) -> tuple[dict[str, list[str]], bool]:
    """Return parameters with their damage undone, and True where there was any.

    Sound parameters, and those that cannot be mended, are returned as they came.
    """
    pairs = [(name, value) for name, values in parameters.items() for value in values]
    quoted = any(_is_quoted(known_name(name), value, shapes) for name, value in pairs)
    mended = [_mended(name, value, shapes, quoted=quoted) for name, value in pairs]
    together: dict[str, list[str]] = {}
    for name, value in mended:
        together.setdefault(name, []).append(value)
    return together, mended != pairs


def known_name(name: str) -> str:
    """Return the name that a damaged one stands for."""
    plain = _plain(name)
    amp = _AMP.match(plain)
    return plain[amp.end() :] if amp else plain


def mended_value(value: str) -> str:
    """Mend all of a value but the free text after a tilde."""
    plain, tilde, text = value.partition("~")
    mended = _plain(plain).lstrip(_BEFORE)
    return f"{mended}{tilde}{text}" if tilde else mended.rstrip(_AFTER)


def _mended(name: str, value: str, shapes: Shapes, *, quoted: bool) -> tuple[str, str]:
    known = known_name(name)
    for called, written in _unquoted(known, value) if quoted else [(known, value)]:
        for tried in (written, mended_value(written)):
            if _fits(called, tried, shapes):
                return called, tried
    if known not in shapes:
        return name, value
    if not quoted:
        return known, value
    # A value that does not begin with the whole 3D may be what is left of one that was cut there.
    return known, value.removeprefix(_QUOTED) if value.startswith(_QUOTED) else ""


def _unquoted(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs that a quoted-printable pair can stand for: on a whole line, then on a line that was broken."""
    if value.startswith(_QUOTED):
        yield name, value.removeprefix(_QUOTED)
    joined = f"{name}={value}".replace(f"={_QUOTED}", "\0").replace("=", "")
    broken, _, rest = joined.partition("\0")
    yield known_name(broken), rest


def _is_quoted(name: str, value: str, shapes: Shapes) -> bool:
    """Tell if a value is of its shape but for the ``3D`` before it."""
    rest = value.removeprefix(_QUOTED)
    return rest != value and not _fits(name, value, shapes) and _fits(name, mended_value(rest), shapes)


def _fits(name: str, value: str, shapes: Shapes) -> bool:
    return name in shapes and shapes[name].fullmatch(value.strip()) is not None


def _plain(written: str) -> str:
    return _INVISIBLE.sub("", written).translate(_PLAIN).strip().lower()
