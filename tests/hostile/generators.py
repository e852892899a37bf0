"""Hostile input: the corpus beside this file, and strategies that go on where it ends."""

import json
import string
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pricing.grammar import SHORT, STRUCTURES
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from tests.links import ITEMS, query
from tests.test_link import GRAMMAR, SIMULATIONS

HERE = Path(__file__).parent


# The corpus


@dataclass(frozen=True)
class Entry:
    """One attack of the corpus."""

    tries: str
    """Aim of the attack."""
    written: str
    """Hostile text: a query string, a document, a name."""
    more: Mapping[str, Any]
    """Other keys of its entry in the corpus."""

    def __str__(self) -> str:
        return self.tries


def _corpus(name: str, kind: str, key: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(each["tries"], each[key] + each.get("repeats", "") * each.get("times", 0) + each.get("ends", ""), each)
        for each in tomllib.loads((HERE / name).read_text(encoding="utf-8"))[kind]
    )


ADDRESS_CORPUS = _corpus("addresses.toml", "address", "query")
ORDER_CORPUS = _corpus("orders.toml", "order", "json")
TEXTS_ALONE = tuple(
    each["text"] * each.get("times", 1) for each in json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
)


def parameters(address: str) -> dict[str, list[str]]:
    """Parse a query string as Streamlit does."""
    return parse_qs(address, keep_blank_values=True)


# Texts

_SIGNS = "<>&\"'`=+-@\t\r\n\0\x1b|!#$%*_~[](){}\\/:;,.?^ \u00a0\u202e\u2066\u200b\ufeff\u0301\ud800\udfff\ufffe🏛é٣１"
TEXTS = st.one_of(
    st.sampled_from(TEXTS_ALONE),
    st.text(max_size=40),
    st.text(st.sampled_from(_SIGNS), max_size=40),
    st.lists(st.sampled_from(TEXTS_ALONE).map(lambda text: text[:30]), min_size=2, max_size=3).map("".join),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Zl", "Zp", "Zs"]), max_size=40),
)
"""Any text that may be typed or linked where a text is wanted."""


def any_text(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test with every text of the corpus, then with any other."""
    for written in TEXTS_ALONE:
        test = example(written)(test)
    return settings(max_examples=60)(given(TEXTS)(test))


# Query strings

_NAMES = st.sampled_from(sorted(GRAMMAR)) | st.sampled_from(["", "prix", "Habitants", "__proto__", "constructor"])
_NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30).map(str),
    st.integers(-3, 50_010).map(str),
    st.sampled_from([MAX_INHABITANTS, MAX_AGENTS, MAX_QUANTITY]).flatmap(
        lambda most: st.integers(most - 1, most + 1).map(str)
    ),
    st.floats().map(str),
    st.text("0123456789 +-_.,eExX\u00a0\u202f٣１²", max_size=12),
)
_WORDS = st.sampled_from(["oui", "non", "epci", "autre", "commune", "presentation", "62727", "2A004", "2024-03-26"])
_DAYS = st.dates().map(str) | st.from_regex(r"-?[0-9]{1,5}-[0-9]{1,2}-[0-9W]{1,2}", fullmatch=True)
_PART = st.sampled_from([*SHORT.values(), *STRUCTURES, *"-_~"]) | _NUMBERS
_PARTS = st.builds("".join, st.lists(_PART, max_size=12))
_COMPACT = st.builds("{}~{}".format, _PARTS, TEXTS) | _PARTS
_VALUES = st.one_of(_NUMBERS, _WORDS, _DAYS, _COMPACT, TEXTS, st.just(""))

ADDRESSES = st.dictionaries(_NAMES | TEXTS, st.lists(_VALUES, max_size=5), max_size=8)
"""Parameters as a page may receive them, however they were written."""


@st.composite
def damaged_links(draw: st.DrawFn) -> str:
    """Draw a link of ours that was changed: letters lost, doubled, swapped or inserted, encoded again, cut short."""
    address = query(draw(SIMULATIONS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(address)))
        begin, end = address[:at], address[at:]
        put_in = draw(st.sampled_from([*string.punctuation, "%00", "%F0%9F", "%ED%A0%80", "é", "9" * 30, "&&", "~"]))
        address = draw(
            st.sampled_from([begin + put_in + end, begin + end[1:], begin, end + begin, address + "&" + address])
        )
    return draw(st.sampled_from([address, quote(address), quote(address, safe="=&"), address.lower()]))


QUERIES = st.one_of(
    damaged_links(),
    ADDRESSES.map(lambda address: urlencode(address, doseq=True, errors="surrogatepass")),
    st.text(st.sampled_from("&=%;?#+~_-oui019abcdomaines=&habitants="), max_size=80),
)
"""Query strings as the address bar shows them."""


# JSON

_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 60_000),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.sampled_from(["commune", "epci", "other", "1", "", "true"]),
    st.text(max_size=8),
)
_JSON = st.recursive(
    _LEAVES,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part, max_size=3),
    max_leaves=6,
)
_FIELDS = st.sampled_from([*ITEMS, "structure", "inhabitants", "agents", "prix", ""])


@st.composite
def order_documents(draw: st.DrawFn) -> str:
    """Draw something like the JSON of an order or a client: keys of both, any value, now and then a stray letter."""
    fitting = st.integers(0, MAX_QUANTITY) | st.booleans()
    fields = draw(st.lists(st.tuples(_FIELDS, fitting | _JSON), max_size=5))
    # Not a dictionary: the same key may come twice.
    written = "{" + ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in fields) + "}"
    if draw(st.integers(0, 3)):
        return written
    at = draw(st.integers(0, len(written)))
    return written[:at] + draw(st.sampled_from([*'{}[]",:0e-', "\0", "\\u0000", ""])) + written[at + 1 :]
