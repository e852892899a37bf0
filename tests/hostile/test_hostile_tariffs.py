"""The texts of a tariff are plain text on the page, whatever they hold."""

from collections.abc import Iterator
from typing import Any

import pytest

from pricing import Catalogue, Client, Order, Tariff, estimate
from pricing.references import filled
from tests.hostile.test_hostile_addresses import Markup
from tests.pages import at_section, open_at
from tests.test_any_tariff import DATA, with_value
from views import kept
from views.reports.price_words import price_beside, prices_in_full

MARKUP = "<img src=x onerror=window.pwned=1> [x](javascript:pwned) **x** $x$ :red[x] &lt;b&gt;"
WORDS = {"label", "short", "bills", "title", "body", "unit", "units", "why", "row", "column", "text", "taken", "left",
         "one", "all", "question", "in_force", "because", "family"}  # fmt: skip


def marked(data: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the place of each text that the page shows, and the text followed by markup.

    The names of items in links are not shown, and have no characters that markup needs.
    """
    for part, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from marked(value, (*place, part))
        elif "instead" in place or (part in WORDS and not (part == "short" and "items" in place)):
            yield (*place, part), f"{value} {MARKUP}"


@pytest.fixture(scope="module")
def marked_tariff() -> Tariff:
    """Return the adopted act with markup in every text, whatever the numbers that the texts then repeat."""
    data = DATA
    for place, words in marked(DATA):
        data = with_value(place, words, data)
    return Tariff.model_validate(filled(data, data))


def test_the_texts_of_a_tariff_are_plain_text_wherever_they_are_shown(marked_tariff: Tariff) -> None:
    present = estimate(Client(inhabitants=1250), Order(), marked_tariff)
    for item in marked_tariff.items:
        assert price_beside(marked_tariff, item, present)
        assert prices_in_full(marked_tariff, item)


@pytest.mark.parametrize(
    "section", ["Le détail", "Comparer", "Points à confirmer", "Partager, imprimer", "Et maintenant ?"]
)
def test_no_markup_of_a_tariff_is_markup_on_the_page(
    section: str, marked_tariff: Tariff, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue((marked_tariff,))
    monkeypatch.setattr(kept, "tariffs", lambda: catalogue)
    opened = {"habitants": ["1250"], "messagerie-5go": ["4"], "antivirus": ["30"], "demarches": ["oui"]}
    page = at_section(open_at(opened), section)
    assert not page.exception
    for element in page.get("html"):
        Markup().feed(element.proto.body)
