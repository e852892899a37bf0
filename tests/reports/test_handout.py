"""File names made of the kind of document, the client and the day; dates as French writes them."""

from datetime import date

import pytest

from pricing import Tariff
from pricing.dates import long_date
from tests.reports.documents import Simulation


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 4, 1), "1er avril 2024"),
        (date(2024, 4, 2), "2 avril 2024"),
        (date(2027, 8, 11), "11 août 2027"),
    ],
)
def test_a_date_is_written_the_french_way(day: date, words: str) -> None:
    assert long_date(day) == words


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("", "deliberation-2026-11-01.docx"),
        ("  L'Écluse / Œuf !", "deliberation-l-ecluse-oeuf-2026-11-01.docx"),
        ("a" * 41, f"deliberation-{'a' * 40}-2026-11-01.docx"),
        ("a" * 39 + " b", f"deliberation-{'a' * 39}-2026-11-01.docx"),
    ],
)
def test_a_file_is_named_in_letters_digits_and_hyphens(name: str, file: str, tariff: Tariff) -> None:
    assert Simulation(name=name).handout(tariff).file_name("docx", "deliberation") == file
