"""Any query string is read within bounds or refused in a sentence, and nothing is ignored without saying so."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from streamlit.testing.v1 import AppTest

from pricing import load
from pricing.catalogue import communes
from pricing.link import Links, Opened
from pricing.repair import known_name, mend
from pricing.simulation import Simulation, tidy
from tests.french import plain
from tests.hostile.generators import ADDRESS_CORPUS, ADDRESSES, QUERIES, Entry, parameters
from tests.links import MAX_LINK, query, write
from tests.pages import at_section, markdowns, open_at
from tests.test_catalogue import ENGLISH
from tests.test_link import GRAMMAR, SIMULATIONS, SITE
from views.told import sentences

ACT = date(2024, 3, 26)
COMMUNES = {code: commune.population for code, commune in communes().items()}
LINKS = Links(load().tariffs, COMMUNES)
EMBEDDING = {"embed", "embed_options"}


def opened(address: dict[str, list[str]]) -> Opened:
    return LINKS.read(address)


def read_within_bounds(address: dict[str, list[str]]) -> Opened:
    """Open parameters, and check that the result is within bounds."""
    result = opened(address)
    simulation = result.simulation
    assert Simulation.model_validate_json(simulation.model_dump_json()) == simulation
    assert simulation.tariff in (None, ACT)
    for choice in (simulation.choice, *(each.choice for each in simulation.scenarios)):
        assert choice.commune in ("", *COMMUNES)
    assert all(tidy(each.name) == each.name for each in simulation.scenarios)
    assert SITE + len(query(simulation)) <= MAX_LINK
    assert opened(parameters(query(simulation))) == Opened(simulation=simulation)
    for each in result.ignored:
        words = plain(each.words())
        assert words.isprintable(), words
        assert len(words) < 250, words
        assert each.why, words
        assert not ENGLISH.search(each.why), words
    if result.refused:
        assert result == Opened(simulation=Simulation(), refused=result.refused)
    else:
        all_is_told(mend(address, LINKS.grammar.shapes)[0], result)
    return result


def all_is_told(address: dict[str, list[str]], result: Opened) -> None:
    """Check that each value of a query string is in the result, is reported as ignored, or asks for nothing."""
    written = write(result.simulation)
    told = [each.parameter for each in result.ignored]
    unnamed = {"nom"} if result.simulation.choice.client.structure == "commune" else {"commune"}
    for name, values in address.items():
        if name in EMBEDDING | unnamed | {"signes"}:
            continue
        begin = tidy("".join(letter if letter.isprintable() else " " for letter in name))[:29]
        said = sum(parameter.startswith(begin) for parameter in told)
        if name == "scenario":
            assert said + len(written.get(name, [])) >= len(values)
        else:
            asks_for_nothing = not values[-1].strip("-0 \u00a0\u202f") or values[-1].strip() in ("non", "commune")
            assert said + (name in written or asks_for_nothing) >= len(values), name


# The corpus


@pytest.mark.parametrize("entry", ADDRESS_CORPUS, ids=str)
def test_a_query_string_made_to_harm_is_read_within_bounds(entry: Entry) -> None:
    result = read_within_bounds(parameters(entry.written))
    assert bool(result.refused) == entry.more.get("refused", False)
    for fact in ("cut", "nothing"):
        assert entry.more.get(fact, getattr(result, fact)) == getattr(result, fact)
    if "kept" in entry.more:
        kept = [part.partition("=")[::2] for part in filter(None, entry.more["kept"].split("&"))]
        written = [
            (name, value) for name, values in write(result.simulation).items() for value in values if name != "signes"
        ]
        assert sorted(written) == sorted(kept)


# Any query string


@given(ADDRESSES)
@settings(max_examples=50)
@example({"scenario": ["insee-62999_dom-1~A", "~" * (MAX_LINK + 1), "dom-1_" * 200 + "~\u202e"]})
@example({"tarif": ["2024-W13-2", "20240326"], "\ud800": ["\udfff"]})
@example({"embed": ["x" * 9_000], "Embed": ["true"]})
@example({"scenario": ["_" * 10_000 + "~x", f"hab-{'9' * 1_000}~x"]})
@example({"\x00\x1b[31m": ["\x00"]})
def test_any_parameters_are_read_within_bounds(address: dict[str, list[str]]) -> None:
    read_within_bounds(address)


@given(QUERIES)
@settings(max_examples=50)
def test_any_query_string_is_read_within_bounds(address: str) -> None:
    read_within_bounds(parameters(address))


@given(SIMULATIONS, ADDRESSES)
@settings(max_examples=20)
def test_the_simulation_of_a_link_is_read_whatever_else_is_in_it(
    simulation: Simulation, junk: dict[str, list[str]]
) -> None:
    own = write(simulation)
    result = opened(own | {name: values for name, values in junk.items() if known_name(name) not in GRAMMAR})
    assert result.simulation == (Simulation() if result.refused else opened(own).simulation)


# The page

HARMLESS = {
    "style", "p", "strong", "span", "abbr", "mark", "br", "a", "img", "h1", "h2", "h3", "h4", "header", "footer",
    "section", "div", "dl", "dt", "dd", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th",
    "td", "details", "summary",
}  # fmt: skip
"""Tags of the page's own HTML."""
PRINT = '<button type="button" class="document print">'
"""The only button that the page writes itself; a script of its own answers it."""
ACTIVE = re.compile(r"javascript:|vbscript:|data:text", re.IGNORECASE)


class Plain(HTMLParser):
    """Parser that accepts a piece of HTML only without comment, declaration or instruction."""

    def handle_comment(self, data: str) -> None:
        """Refuse a comment."""
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        """Refuse a declaration."""
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        """Refuse a processing instruction."""
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        """Refuse an unknown declaration."""
        raise AssertionError(data)


class Markup(Plain):
    """Parser that accepts a piece of HTML only with the page's own tags, none of which does anything."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check a tag and its attributes."""
        assert tag in HARMLESS or self.get_starttag_text() == PRINT, self.get_starttag_text()
        for name, value in attrs:
            assert not name.startswith("on"), self.get_starttag_text()
            assert name not in ("src", "href") or not ACTIVE.search(value or ""), self.get_starttag_text()


def told(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.get("html") if 'class="told"' in element.proto.body]


ONLY_SEEN_ON_THE_PAGE = re.compile(r"pwned|%00|%E2%80%AE|%zz|%ED%A0%80")
SHOWN = [
    entry
    for entry in ADDRESS_CORPUS
    if ONLY_SEEN_ON_THE_PAGE.search(entry.written) or entry.more.get("times") in (60, 700, 900, 100_000)
]
"""Scripts, characters that form no text, and some entries of far too many parts: one of them is refused."""


def opened_page(address: dict[str, list[str]]) -> AppTest:
    return at_section(open_at(address), "Comparer")


def test_the_page_opens_by_any_query_string_and_shows_none_of_its_markup() -> None:
    ours = set(markdowns(opened_page({})))
    for entry in SHOWN:
        address = parameters(entry.written)
        page = opened_page(address)
        assert not page.exception, entry
        for element in page.get("html"):
            Markup().feed(element.proto.body)
        result = opened(address)
        names = [each.value for each in page.text_input if str(each.key).startswith("scenario-")]
        assert names == [each.name for each in result.simulation.scenarios], entry
        assert bool(told(page)) == bool(sentences(result)), entry
        if result.refused:
            [body] = told(page)
            assert plain(re.sub("<[^>]*>", "", body)).replace("&#x27;", "'") == result.refused
        for words in set(markdowns(page)) - ours:
            assert "pwned" not in words, entry
