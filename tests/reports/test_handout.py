"""File names made of the kind of document, the client and the day; dates as French writes them."""

from datetime import date

import pytest

from pricing import Client, Order, Tariff, estimate, options, points_to_confirm, schedule
from pricing.options import by_saving
from views.reports.handout import LONGEST_NAME, Handout, long_date

LINK = "https://simulateur.example/"


def handout(tariff: Tariff, name: str, day: date = date(2026, 11, 22)) -> Handout:
    order = Order(mailboxes_5go=4, certificates_cdg_1y=1)
    return Handout(estimate(Client(inhabitants=1_250), order, tariff), tariff, name, day, LINK)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 3, 26), "26 mars 2024"),
        (date(2024, 4, 1), "1er avril 2024"),
        (date(2024, 4, 2), "2 avril 2024"),
        (date(2027, 8, 11), "11 août 2027"),
        (date(2026, 12, 31), "31 décembre 2026"),
    ],
)
def test_a_date_is_written_the_french_way(day: date, words: str) -> None:
    assert long_date(day) == words


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ruitz", "estimation-ruitz-2026-11-22.pdf"),
        ("", "estimation-2026-11-22.pdf"),
        ("Œuf-en-Ternois", "estimation-oeuf-en-ternois-2026-11-22.pdf"),
        ("  L'Écluse / Noël !", "estimation-l-ecluse-noel-2026-11-22.pdf"),
        ("../../etc/passwd", "estimation-etc-passwd-2026-11-22.pdf"),
        ("🏛", "estimation-2026-11-22.pdf"),
        ("a" * LONGEST_NAME, f"estimation-{'a' * LONGEST_NAME}-2026-11-22.pdf"),
        ("a" * (LONGEST_NAME + 1), f"estimation-{'a' * LONGEST_NAME}-2026-11-22.pdf"),
        ("a" * (LONGEST_NAME - 1) + " b", f"estimation-{'a' * (LONGEST_NAME - 1)}-2026-11-22.pdf"),
    ],
)
def test_a_file_is_named_in_letters_digits_and_hyphens(name: str, file: str, tariff: Tariff) -> None:
    assert handout(tariff, name).file_name("pdf") == file


def test_the_name_of_a_file_begins_with_its_kind_and_ends_with_its_day(tariff: Tariff) -> None:
    of_january = handout(tariff, "Ruitz", date(2027, 1, 5))
    assert of_january.file_name("docx", "deliberation") == "deliberation-ruitz-2027-01-05.docx"


def test_the_schedule_and_options_of_a_handout_are_those_of_its_estimate(tariff: Tariff) -> None:
    made = handout(tariff, "Ruitz")
    assert made.schedule == schedule(made.estimate)
    assert made.options == by_saving(options(made.estimate, tariff))
    assert len(made.options) > 1
    assert made.points == points_to_confirm(made.estimate, tariff)
    assert made.points
