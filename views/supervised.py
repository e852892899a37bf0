"""Signs of life for systemd, which waits until a replica is ready and restarts one that hangs.

Without systemd nobody listens, and nothing is sent.
"""

import asyncio
import os
import socket
from contextlib import suppress

READY, ALIVE = b"READY=1", b"WATCHDOG=1"
"""Messages of sd_notify(3)."""
BEAT = 2.0
"""Seconds between two signs of life; README's unit waits for four of them."""


def tell_systemd(message: bytes) -> None:
    """Send a message to the service manager that started this process, if there is one."""
    if not (address := os.environ.get("NOTIFY_SOCKET")):
        return
    if address.startswith("@"):  # a name that is no file
        address = f"\0{address[1:]}"
    kind = socket.SOCK_DGRAM | socket.SOCK_NONBLOCK
    # Drop the message where the manager is gone or busy: the next one comes soon.
    with suppress(OSError), socket.socket(socket.AF_UNIX, kind) as manager:
        manager.sendto(message, address)


async def beat() -> None:
    """Report again and again that the event loop runs, which a stopped or stuck process no longer does."""
    while True:
        tell_systemd(ALIVE)
        await asyncio.sleep(BEAT)
