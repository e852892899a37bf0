"""A server of the page, and a visitor in front of each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import NotInstalledError, firefox, webkit
from visitor import Visitor

ENGINES = {"firefox": firefox, "webkit": webkit}


@pytest.fixture(scope="session")
def server(port: int) -> str:
    """Return the URL of the page, served as README says."""
    return f"http://127.0.0.1:{port}/"


@pytest.fixture(params=list(ENGINES))
def visitor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Visitor]:
    """Yield a visitor with a browser of that engine, just installed."""
    try:
        with ENGINES[request.param](tmp_path) as driver:
            yield Visitor(driver, tmp_path / "downloads")
    except NotInstalledError as error:
        pytest.fail(str(error), pytrace=False)
