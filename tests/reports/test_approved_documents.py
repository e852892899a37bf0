"""The ordinary order's documents equal the texts that a person has read and approved."""

import pytest

from pricing import Tariff
from tests.french import plain
from tests.reports.documents import APPROVED, DOCUMENTS, SIMULATIONS, lines

FIGURES = ("1 180,00 €", "840,00 €", "5 320,00 €")
"""Figures of year 1, a year with the certificates spread, and six years, worked by hand from the act."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_equals_its_approved_text(name: str, tariff: Tariff) -> None:
    answers = SIMULATIONS["ordinary"].handout(tariff).estimate.answers
    figures = tuple(plain(each.words()) for each in (answers.first_year, answers.recurring, answers.six_years))
    assert figures == FIGURES, "a figure of the estimate is wrong: see tests/examples before any document"
    assert lines(name, tariff) == (APPROVED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
