"""Time to make the documents on many communes. Run with -s to read the figures."""

from itertools import islice

import pytest

from pricing.catalogue import communes
from pricing.portfolio import wanting
from tests.bench.test_speed import ACT, best
from tests.reports.groups import ASKED, artois, handout
from views.reports.group_archive import archive
from views.reports.group_handout import GroupHandout
from views.reports.group_mail import mail_merge_csv
from views.reports.group_paper import group_paper
from views.reports.group_summary import GroupSummary
from views.reports.group_workbook import group_workbook

DEPARTMENT = handout(wanting(communes().values(), ASKED), ACT, "Pas-de-Calais")


def afresh() -> GroupHandout:
    """Return the communes of the department, of which nothing is computed yet."""
    return handout(DEPARTMENT.portfolio.members, ACT, "Pas-de-Calais")


def test_the_answer_for_887_communes_takes_a_quarter_of_a_second() -> None:
    def said() -> None:
        summary = GroupSummary(afresh())
        assert summary.answer
        assert summary.figures
        assert summary.years
        assert summary.categories
        assert len(summary.rows) == 887

    assert best(said, 0.25) < 0.25


def test_a_dozen_papers_of_an_archive_take_an_eighth_of_six_seconds_less_their_rests() -> None:
    most = 6 / 8 / 1.25
    assert best(lambda: [*islice(archive(artois(ACT), print), 12)], most) < most


@pytest.mark.parametrize(("make", "most"), [(group_paper, 4.0), (group_workbook, 1.0), (mail_merge_csv, 4.0)])
def test_a_document_on_887_communes_takes_a_few_seconds(make: object, most: float) -> None:
    assert callable(make)
    assert best(lambda: make(afresh()), most, runs=2) < most
