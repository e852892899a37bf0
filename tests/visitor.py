"""Browser as the server sees it: a socket that asks for runs of the page and waits for their end."""

import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from types import MappingProxyType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from views.index import FAILED

QUERY = "habitants=1250&agents=6&messagerie-5go=4&domaines=1&sauvegardes=1&antivirus=3&nom=CCAS+de+Ruitz"
"""Simulation with a name, which no log may hold."""
FIELD = "-domains"
"""End of the id of the field that is edited."""


def address_of(rank: int) -> str:
    """Return the network address of this machine for one of many people."""
    return f"127.0.1.{rank + 1}"


def socket(
    port: int, headers: Mapping[str, str] = MappingProxyType({}), origin: str | None = None, address: str = "127.0.0.1"
) -> AbstractAsyncContextManager[ClientConnection]:
    """Open a socket as the page's own browser does, from an address of this machine, and close it."""
    return connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=Origin(origin or f"http://127.0.0.1:{port}"),
        subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")],
        additional_headers=headers,
        open_timeout=60,
        ping_interval=None,
        max_size=None,
        proxy=None,
        local_addr=(address, 0),
    )


def rerun(query: str = QUERY, fields: Mapping[str, int] = MappingProxyType({})) -> BackMsg:
    """Return a message that asks for a run of the page, with the numbers of some fields by their id."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.widget_states.SetInParent()
    for identifier, value in fields.items():
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.int_value = identifier, value
    return message


class Visitor:
    """Visitor who opens the page, and edits one number or goes back to another link."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        """Connect from an address: as README's nginx passes it on, or from that of this machine."""
        own = address if address.startswith("127.") else "127.0.0.1"
        self.opening = socket(port, {"X-Forwarded-For": address}, address=own)
        self.saw_an_error = False
        self.field = ""
        self.domains = 1

    async def __aenter__(self) -> Self:
        self.socket = await self.opening.__aenter__()
        return self

    async def __aexit__(self, *failed: Any) -> None:
        await self.opening.__aexit__(*failed)

    async def open(self, query: str = QUERY) -> float:
        """Open the page by a link; return the seconds until it is complete."""
        return await self._run(rerun(query))

    async def edit(self) -> float:
        """Ask for one more domain; return the seconds until the page is complete."""
        self.domains += 1
        return await self._run(rerun(fields={self.field: self.domains}))

    async def _run(self, asked: BackMsg) -> float:
        start, started = time.perf_counter(), False
        await self.socket.send(asked.SerializeToString())
        while True:
            received = await self.socket.recv()
            assert isinstance(received, bytes)
            message = ForwardMsg.FromString(received)
            started |= message.HasField("new_session")
            element = message.delta.new_element
            if element.number_input.id.endswith(FIELD):
                self.field = element.number_input.id
            self.saw_an_error |= element.alert.body == FAILED or element.HasField("exception")
            if started and message.HasField("script_finished"):
                return time.perf_counter() - start
