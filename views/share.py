"""Limits on what one visitor and one network address may ask of the server; the rest waits and is not lost."""

import asyncio
import logging
from ipaddress import IPv6Address, ip_address
from time import monotonic

from views.journal import OURS
from views.turn import Turns

ADDRESSES = 4_096
"""Number of network addresses whose share is remembered."""
OF_A_SOCKET = 10.0, 20
"""Messages per second, and messages at once, of one socket: more than anyone sends by hand."""
OF_AN_ADDRESS = 30.0, 40
"""The same for all the sockets of one network address: a meeting room that opens the same QR code waits a second."""
MOST_WAITING = 4
"""Largest number of page runs of one address that wait for their turn; beyond it, no message of it is read."""
MOST_SOCKETS = 500
"""Largest number of sockets of one address: a replica carries half as many people."""
BYTES_OF_ONE = 20_000
"""Bytes that count as one message: a page of fields is 3 000."""
TOLD_EVERY = 60.0
"""Seconds between two lines in the log on what is refused to one address."""
AGAIN = 0.05
"""Seconds between two checks of the turns of an address that has too many."""

_LOG = logging.getLogger(OURS)


def network(host: str | None) -> str:
    """Return the network a visitor asks from: an IPv4 address, or the half of an IPv6 address that a provider gives.

    Empty for this machine, as Streamlit names none for it, and for what is no address.
    """
    try:
        address = ip_address(host or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return "" if address.is_loopback else address.exploded[:19]
        address = address.ipv4_mapped
    return "" if str(address) == "127.0.0.1" else str(address)


class Rate:
    """A number of things allowed at once, and a number allowed per second after that."""

    def __init__(self, each_second: float, at_once: int) -> None:
        self.each_second = each_second
        self.at_once = at_once
        self._left = float(at_once)
        self._counted = monotonic()

    def take(self, count: int = 1) -> float:
        """Take `count` things and return the seconds after which they are due."""
        now = monotonic()
        self._left = min(self.at_once, self._left + (now - self._counted) * self.each_second) - count
        self._counted = now
        return max(0.0, -self._left / self.each_second)


class Share:
    """Allowance that all the sockets of one network address share, each message in the order it came."""

    def __init__(self, address: str, turns: Turns) -> None:
        self.address = address
        self.sockets = 0
        self._turns = turns
        self._rate = Rate(*OF_AN_ADDRESS)
        self._next = asyncio.Lock()
        self._told = -TOLD_EVERY

    def refuse(self, what: str, reason: str) -> None:
        """Log that something of this address is refused, which is said once in a while."""
        if monotonic() - self._told >= TOLD_EVERY:
            self._told = monotonic()
            _LOG.warning("%s, et ce qui suit pendant une minute : %s.", what, reason)

    async def take(self, count: int = 1) -> None:
        """Wait until `count` more messages of this address may pass."""
        async with self._next:
            await asyncio.sleep(self._rate.take(count))
            while self._turns.waiting(self.address) >= MOST_WAITING:
                await asyncio.sleep(AGAIN)
