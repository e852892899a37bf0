"""Each document is what somebody looked at and approved, to the letter, the column's width and the shade of blue."""

from itertools import zip_longest

import pytest

from pricing import Tariff
from tests.reports.documents import APPROVED, DOCUMENTS, rendered


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_as_it_was_approved(name: str, tariff: Tariff) -> None:
    approved = (APPROVED / name).read_text(encoding="utf-8").splitlines()
    made = rendered(name, tariff).splitlines()
    for line, (expected, found) in enumerate(zip_longest(approved, made, fillvalue="(nothing)"), 1):
        if found != expected:
            pytest.fail(
                f"tests/reports/approved/documents/{name}, line {line}\nexpected: {expected}\nfound:    {found}\n"
                "If that is what it should be: python -m tests.reports.approve_documents, and look at the diff.",
                pytrace=False,
            )


def test_nothing_else_is_approved() -> None:
    assert sorted(path.name for path in APPROVED.iterdir()) == sorted(DOCUMENTS)
