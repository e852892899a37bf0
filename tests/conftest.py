"""The tariffs every test reads, once; and how hard hypothesis tries."""

import os
from datetime import date

import pytest
from hypothesis import settings

from pricing import Catalogue, Tariff, load

settings.register_profile("here", deadline=None, max_examples=200, database=None)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Every tariff there is."""
    return load()


@pytest.fixture(scope="session")
def tariff(catalogue: Catalogue) -> Tariff:
    """The tariff adopted on 26 March 2024."""
    return catalogue.adopted(date(2024, 3, 26))
