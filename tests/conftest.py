"""Fixtures that every test shares: the tariffs, and a server; and the number of examples that hypothesis tries."""

import os
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from functools import cache
from types import SimpleNamespace

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from pricing import Catalogue, Tariff, load
from pricing.catalogue import acts
from tests.as_adopted import ignore_answers
from tests.serving import running

ignore_answers()  # before any test module reads the acts
settings.register_profile("here", deadline=None, max_examples=100, database=None)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the worked examples first: where a rule is broken, they fail before any document does."""
    items.sort(key=lambda item: item.path.name != "test_examples.py")


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """Search for components once: Streamlit's test harness searches all packages at each run, half of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def day_of_the_act() -> Iterator[None]:
    """Set the page's clock soon after the act of 2024, which most tests are of: another one may be in force today."""

    def now(zone: tzinfo) -> datetime:
        return datetime(2024, 4, 2, 12, tzinfo=zone)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("views.kept.datetime", SimpleNamespace(now=now))
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Load every tariff."""
    return load()


@pytest.fixture(scope="session")
def tariff() -> Tariff:
    """Return the tariff of 26 March 2024 as it was adopted, whatever points are confirmed since."""
    return next(each for each in acts() if each.adopted == date(2024, 3, 26))


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Yield the port of the page as it is published, for all the tests of a worker."""
    with running() as (port, _):
        yield port
