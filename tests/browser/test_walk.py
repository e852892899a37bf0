"""A share of the random walk (`python -m tests.walk`): whatever is done, the page shows what its link says."""

import pytest
from playwright.sync_api import Browser

from tests.walk.page import Page
from tests.walk.walk import walk


@pytest.mark.parametrize(("seed", "gestures", "rtt"), [(1, 15, 0), (2, 15, 0), (3, 15, 100)])
def test_a_random_walk_finds_no_violation(
    browser: Browser, port: int, elsewhere: Page, seed: int, gestures: int, rtt: int
) -> None:
    found = [str(each) for each in walk(browser, port, elsewhere, seed, gestures, rtt)]
    assert not found, "\n\n".join(found)
