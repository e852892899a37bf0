"""Each attack against the page as it is published: ``.venv/bin/python -m tests.attacks [NAME…]``.

Twenty visitors edit, at first alone and then beside the attacker. It prints the median of what they wait, and asserts
that it stays within three times the first one; the log is searched for what anybody typed, as every server's is. Run it
on a quiet machine.
"""

import argparse
import asyncio
import sys

from tests.attacks.attacks import ATTACKS
from tests.attacks.measure import held, waits
from tests.serving import free_port, started, wait_until_healthy


def main(names: list[str], seconds: float) -> int:
    """Measure some attacks. Returns the exit status."""
    failed = False
    for name in names:
        port = free_port()
        with started(port) as (process, log):
            wait_until_healthy(port, process, log)
            alone, beside = asyncio.run(waits(port, [name], seconds))
        failed |= not held(alone, beside[name])
        took = f"{alone * 1_000:6.0f} ms alone {beside[name] * 1_000:6.0f} ms beside it"
        print(f"{name:<12} {took}, {len(log()):6} B of log", flush=True)
    return int(failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *ATTACKS], help="attacks to measure; all of them by default")
    parser.add_argument("--seconds", type=float, default=10.0, help="seconds of edits alone, and beside an attacker")
    asked = parser.parse_args()
    sys.exit(main(asked.names or list(ATTACKS), asked.seconds))
