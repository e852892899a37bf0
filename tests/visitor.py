"""A visitor without a browser: a socket to the page, from a network address of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from views.first_visitor import FAILED

ANSWERED_WITHIN = 30.0


def address_of(rank: int) -> str:
    """A network address of this machine for each of many people."""
    return f"127.0.1.{rank + 1}"


class Visitor:
    """Somebody who has the page open."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        """Connect. Raises InvalidStatus where the socket is refused."""
        near = socket.create_connection(("127.0.0.1", port), timeout=ANSWERED_WITHIN, source_address=(address, 0))
        self.socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            sock=near,
            origin=Origin(f"http://127.0.0.1:{port}"),
            open_timeout=ANSWERED_WITHIN,
            max_size=None,
            legacy=True,  # open until it is closed, not within one block
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.socket.close()

    def look_at(self, query: str) -> list[ForwardMsg]:
        """Ask for the page at an address, as going back does, and receive the whole of it."""
        self.socket.send(BackMsg(rerun_script=ClientState(query_string=query)).SerializeToString())
        return list(self._received())

    def _received(self) -> Iterator[ForwardMsg]:
        while True:
            said = self.socket.recv(ANSWERED_WITHIN)
            assert isinstance(said, bytes)
            message = ForwardMsg.FromString(said)
            assert message.delta.new_element.alert.body != FAILED
            yield message
            if message.HasField("script_finished"):
                return


@contextmanager
def visitors(port: int, number: int) -> Iterator[list[Visitor]]:
    """Several people, each from an address of their own."""
    people = [Visitor(port, address_of(rank)) for rank in range(number)]
    try:
        yield people
    finally:
        for each in people:
            each.socket.close()
