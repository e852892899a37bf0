"""Number of characters at the beginning of a link, by which a link that was cut is recognised.

Characters are counted in the query string after the mark, in our own parameters only: what others add does not count.
Links made before there was a mark have none.
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from pricing.grammar import SHAPES
from pricing.repair import mended_value

MARK = len("signes=1500&") + len("+")
"""Room in a link for its mark, and for the space that may close its last text."""

_BROKEN = re.compile(r"(?:%[0-9A-Fa-f]?|\ufffd)\Z")
"""End of a text whose last escape was cut in the middle."""


def marked(written: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the parameters of a link behind their mark; none where there are none."""
    closed = {name: list(values) for name, values in written.items()}
    if not closed:
        return {}
    last = list(closed)[-1]
    if _BROKEN.search(closed[last][-1]):
        closed[last][-1] += " "  # only a link that was cut ends in such a text
    return {"signes": [str(len(urlencode(closed, doseq=True)))], **closed}


def is_cut(found: Mapping[str, Sequence[str]], mark: str) -> bool | None:
    """Tell if fewer characters were found than a link was marked with; None where the mark cannot be read.

    More are no fault: quantities may have been edited by hand. A cut escape can be as long as a whole one: it is
    recognised by its form.
    """
    if not SHAPES["signes"].fullmatch(mark.strip()):
        return None
    pairs = [
        (name, value if name == "nom" else mended_value(value))
        for name, values in found.items()
        if name in SHAPES and name != "signes"
        for value in values
    ]
    broken = bool(pairs) and _BROKEN.search(pairs[-1][1]) is not None
    return broken or len(urlencode(pairs, errors="replace")) < int(mark)
