"""A chart is drawn as it was when it was last looked at: every size, colour, place and word of its specification."""

import json

import pytest

from pricing import Tariff
from tests.reports.approve_charts import APPROVED, NAMES, drawn, first_difference, path_of


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_drawn_as_it_was_approved(name: str, tariff: Tariff) -> None:
    approved = json.loads(path_of(name).read_text(encoding="utf-8"))
    if difference := first_difference(approved, drawn(name, tariff)):
        file = path_of(name).relative_to(APPROVED.parents[2])
        pytest.fail(
            f"{file} shows another chart: {difference}\n"
            "Look at the chart on the page; where it is as it should be: python -m tests.reports.approve_charts",
            pytrace=False,
        )


def test_no_approved_file_is_left_of_a_chart_that_is_no_longer_drawn() -> None:
    assert sorted(path.name for path in APPROVED.iterdir()) == sorted(f"{name}.json" for name in NAMES)


@pytest.mark.parametrize(
    ("found", "difference"),
    [
        ({"axis": {"grid": False, "ticks": [4, 3]}}, ""),
        ({"axis": {"ticks": [4, 3], "grid": False}}, ""),
        ({"axis": {"grid": True, "ticks": [4, 3]}}, "axis.grid was false, and is now true"),
        ({"axis": {"grid": 0, "ticks": [4, 3]}}, "axis.grid was false, and is now 0"),
        ({"axis": {"grid": None, "ticks": [4, 3]}}, "axis.grid was false, and is now null"),
        ({"axis": {"grid": False, "ticks": [4, 2]}}, "axis.ticks[1] was 3, and is now 2"),
        ({"axis": {"grid": False, "ticks": [4]}}, "axis.ticks was [4, 3], and is now [4]"),
        ({"axis": {"grid": False, "ticks": [4, 3], "title": "Année"}}, 'axis.title is new: "Année"'),
        ({"axis": {"ticks": [4, 3]}}, "axis.grid is gone: it was false"),
        ({}, 'axis is gone: it was {"grid": false, "ticks": [4, 3]}'),
    ],
)
def test_the_first_difference_is_told_by_its_path(found: dict[str, object], difference: str) -> None:
    assert first_difference({"axis": {"grid": False, "ticks": [4, 3]}}, found) == difference
