"""The workbook under every kind of price: its figures equal the estimate's, as written and after any case's inputs."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from pricing import Client, Estimate, Order, Tariff, estimate
from tests.reports.spreadsheet import Spreadsheet, Values, cached
from tests.reports.test_workbook import expected, expected_lines, handed_over, lines, live, summary, yellow
from tests.test_real_tariffs import ACTS, act
from views.reports.workbook import workbook


@cache
def cases(path: Path) -> list[tuple[Client, Order]]:
    """Return the worked cases of an act, as clients and orders."""
    found = tomllib.loads(path.with_suffix(".cases.toml").read_text(encoding="utf-8"))["case"]
    return [(Client(**case["client"]), Order(**case["order"])) for case in found]


@cache
def written(path: Path, rank: int) -> tuple[Estimate, bytes]:
    """Return the estimate of a case, and its workbook."""
    client, order = cases(path)[rank]
    return estimate(client, order, act(path)), workbook(handed_over(act(path), order, client))


def assert_shows(values: Values, made: Estimate, tariff: Tariff) -> None:
    assert summary(values) == expected(made, tariff)
    assert lines(values) == list(expected_lines(made))
    assert not [value for value in values.values() if str(value).startswith("#")], "an error"


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_a_worked_case_has_the_figures_of_the_estimate_written_and_computed(path: Path) -> None:
    for rank in range(len(cases(path))):
        made, book = written(path, rank)
        assert_shows(cached(book), made, act(path))
        assert_shows(Spreadsheet(book).values(), made, act(path))


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_a_workbook_given_the_inputs_of_another_case_shows_that_case(path: Path) -> None:
    for one in range(len(cases(path))):
        _, book = written(path, one)
        sheet, cells = Spreadsheet(book), yellow(book)
        for other in range(len(cases(path))):
            made, wanted = written(path, other)[0], cached(written(path, other)[1])
            found = sheet.values({place: wanted.get(place) for place in cells})
            assert_shows(found, made, act(path))
            computed, rewritten = ({k: v for k, v in live(each).items() if k not in cells} for each in (found, wanted))
            assert computed == rewritten
