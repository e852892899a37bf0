"""Walk the page at random in Chromium, and print each violation; the exit status is 1 if there is any.

.venv/bin/python -m tests.walk --seed 7 --gestures 500 --rtt 100
"""

import argparse
import json
import sys
import time

from playwright.sync_api import sync_playwright

from tests.serving import launch, running
from tests.walk.page import Page
from tests.walk.walk import replay, walk


def main() -> int:
    """Walk, and return the exit status."""
    asked = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    asked.add_argument("--seed", type=int, default=1, help="which walk")
    asked.add_argument("--gestures", type=int, default=200, help="how many gestures")
    asked.add_argument("--rtt", type=int, default=0, help="milliseconds to the server and back")
    asked.add_argument("--replay", type=json.loads, help="the gestures of a violation, as it was printed")
    told = asked.parse_args()
    start = time.monotonic()
    count = 0
    with running() as (port, _), sync_playwright() as playwright, launch(playwright) as browser:
        elsewhere = Page(browser, f"http://127.0.0.1:{port}/")
        found = (
            replay(browser, port, elsewhere, told.replay, told.rtt)
            if told.replay
            else walk(browser, port, elsewhere, told.seed, told.gestures, told.rtt)
        )
        for each in found:
            count += 1
            print(each, flush=True)
    took = time.monotonic() - start
    print(f"{count} violations; seed {told.seed}, {told.gestures} gestures, {told.rtt} ms, {took:.0f} s")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
