"""Whatever a tariff file holds: it loads whole and prices any order, or is refused in French, with file and key."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from pricing import Catalogue, Client, Order, Tariff, TariffError, estimate, options, points_to_confirm, schedule
from pricing.__main__ import main
from pricing.checks import MAX_FAULTS, MAX_FILE, read
from pricing.order import CHOICES, ITEMS, MAX_QUANTITY
from pricing.reports.wording import price_beside, prices_in_full
from tests.hostile.generators import PLACES, TARIFF_CORPUS, tariffs_made_over, tariffs_torn
from tests.hostile.test_hostile_addresses import Markup
from tests.pages import at_section, open_at
from tests.test_catalogue import ADOPTED, DATA, FILE, assert_french, document, with_value
from views import kept

CLIENTS = (Client(), Client(inhabitants=1_250, agents=6), Client(structure="epci", inhabitants=90_000, agents=2_000))
ONE = Order.model_validate({item: item in CHOICES or 1 for item in ITEMS})
MOST = Order.model_validate({item: item in CHOICES or MAX_QUANTITY for item in ITEMS})


def loaded(content: bytes) -> Tariff | None:
    """The tariff of a file that prices any order; None where the file is refused as it should be."""
    try:
        tariff = read(content, FILE)
    except TariffError as error:
        told(error)
        return None
    for each in (tariff, *(otherwise for _, _, otherwise in tariff.alternatives)):
        for client, order in zip(CLIENTS, (ONE, MOST, ONE), strict=True):
            result = estimate(client, order, each)
            assert result.lines
            assert schedule(result).years
    options(estimate(CLIENTS[1], ONE, tariff), tariff)
    points_to_confirm(estimate(CLIENTS[1], ONE, tariff), tariff)
    return tariff


def told(error: TariffError) -> str:
    """What the keeper reads: a line a fault, each with its file, no line overlong, nothing that commands a terminal."""
    assert 0 < len(error.faults) <= MAX_FAULTS
    lines = str(error).splitlines()
    assert len(lines) == len(error.faults)
    for fault, line in zip(error.faults, lines, strict=True):
        assert fault.file == FILE
        assert line.startswith(FILE)
        assert len(line) < 1_500, line
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line), line
        assert_french(fault)
    return str(error)


# The corpus


@pytest.mark.parametrize(
    ("content", "entry"), [entry[1:] for entry in TARIFF_CORPUS], ids=[e[0] for e in TARIFF_CORPUS]
)
def test_a_file_made_to_harm_is_refused_in_french(content: bytes, entry: dict[str, Any]) -> None:
    if entry.get("accepted"):
        assert loaded(content)
        return
    with pytest.raises(TariffError) as caught:
        read(content, FILE)
    message = told(caught.value)
    assert [words for words in entry["words"] if words not in message] == [], message


def test_a_file_of_more_faults_than_anybody_corrects_is_told_the_first_of_them() -> None:
    with pytest.raises(TariffError) as caught:
        read(("".join(f"k{rank} = 1\n" for rank in range(5_000)) + ADOPTED).encode(), FILE)
    assert len(caught.value.faults) == MAX_FAULTS
    assert "k0 = 1 : cette clé n'existe pas" in told(caught.value)


def test_a_file_is_refused_from_one_byte_too_many() -> None:
    padded = ADOPTED.encode().ljust(MAX_FILE, b"\n")
    assert loaded(padded)
    with pytest.raises(TariffError, match="bien trop long"):
        read(padded + b"\n", FILE)


def test_the_act_has_room_to_grow() -> None:
    assert len(ADOPTED.encode()) * 3 < MAX_FILE


@pytest.mark.parametrize("name", ["2027-01-01.toml", "a\x1b[31m.toml", "é .toml"])
def test_the_keepers_command_prints_no_traceback(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(b"adopted = [[[[")
    assert main([str(tmp_path / name)]) == 1
    answer = capsys.readouterr()
    assert answer.err == ""
    assert "Remède" in answer.out
    assert "\x1b" not in answer.out


# Anything


@given(tariffs_made_over())
@settings(max_examples=25)
def test_whatever_is_done_to_its_tables_a_file_is_loaded_or_refused_in_french(content: bytes) -> None:
    loaded(content)


@given(tariffs_torn())
@settings(max_examples=25)
@example(b"\xef\xbb\xbf")
def test_whatever_is_done_to_its_text_a_file_is_loaded_or_refused_in_french(content: bytes) -> None:
    loaded(content)


# Markup

MARKUP = "<img src=x onerror=window.pwned=1> [x](javascript:pwned) **x** $x$ :red[x] &lt;b&gt;"
WORDS = {"label", "short", "bills", "title", "body", "unit", "units", "help", "why", "row", "column", "text",
         "question", "in_force", "because", "family"}  # fmt: skip


def marked(data: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where words stand that the page shows, each followed by markup."""
    for part, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from marked(value, (*place, part))
        elif part in WORDS:
            yield (*place, part), f"{value} {MARKUP}"


@pytest.fixture(scope="module")
def marked_tariff() -> Tariff:
    """The adopted act with markup in everything that is said."""
    data = with_value(PLACES[0], DATA[str(PLACES[0][0])])
    for place, words in marked(DATA):
        table: Any = data
        for part in place[:-1]:
            table = table[part]
        table[place[-1]] = words
    return read(document(data), FILE)


def test_the_words_of_a_tariff_are_words_wherever_they_are_said(marked_tariff: Tariff) -> None:
    for item in marked_tariff.items:
        assert price_beside(marked_tariff, item, "B")
        assert prices_in_full(marked_tariff, item)


@pytest.mark.parametrize("section", ["Le détail", "Comparer", "Points à confirmer", "Partager, imprimer"])
def test_no_markup_of_a_tariff_is_the_pages(
    section: str, marked_tariff: Tariff, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue((marked_tariff,))
    monkeypatch.setattr(kept, "tariffs", lambda: catalogue)
    opened = {"habitants": ["1250"], "messagerie-5go": ["4"], "antivirus": ["30"], "demarches": ["oui"]}
    page = at_section(open_at(opened), section)
    assert not page.exception
    for element in page.get("html"):
        Markup().feed(element.proto.body)
