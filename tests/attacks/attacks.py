"""Attacks on a server for some seconds, each from one network address. Each ends by itself."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import WebSocketException

from tests.visitor import QUERY, Visitor, rerun, socket

ATTACKER = "203.0.113.66"
"""Network address of the attacker."""
HEADERS = f"Host: 127.0.0.1\r\nX-Forwarded-For: {ATTACKER}\r\n"
UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
KEY = "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
STREAM = f"GET /_stcore/stream HTTP/1.1\r\n{HEADERS}"
HANDSHAKES: tuple[str, ...] = (
    f"{STREAM}\r\n",
    f"{STREAM}{UPGRADE}{KEY}Origin: http://[::1\r\n\r\n",
    f"{STREAM}{UPGRADE}{KEY}Origin: https://evil.example\r\n\r\n",
    f"{STREAM}{UPGRADE}{KEY}Origin: null\r\n\r\n",
    f"{STREAM}{UPGRADE}{KEY}Sec-WebSocket-Protocol: {'a' * 7_000}\r\n\r\n",
    f"{STREAM}{UPGRADE}{KEY}Sec-WebSocket-Protocol: streamlit, x\x01y\r\n\r\n",
    f"{STREAM}{UPGRADE}Sec-WebSocket-Key: x\r\n\r\n",
    f"{STREAM}{UPGRADE}{KEY}Sec-WebSocket-Extensions: =;\r\n\r\n",
    f"{STREAM}{UPGRADE}{KEY}Content-Length: 5\r\n\r\nhello",
)
"""Beginnings of a socket that no browser of this page sends."""

Attack = Callable[[int, float], Coroutine[None, None, None]]
"""Function that attacks a port for some seconds."""


def hostile() -> list[bytes]:
    """Return messages of every kind that the page never sends."""
    known = "$$ID-9dd2ec803a4336e084d6e83b34498da3-"
    messages = [b"\xff\xfe", BackMsg(load_git_info=True).SerializeToString()]
    messages += [BackMsg(clear_cache=True).SerializeToString(), BackMsg(set_run_on_save=True).SerializeToString()]
    for identifier in ("x\n2026-11-26 Les tarifs ont changé", "\x1b[2J", "../../etc/passwd"):
        forged = rerun()
        forged.rerun_script.fragment_id = identifier
        deferred = BackMsg()
        deferred.backend_operation_request.deferred_file.file_id = identifier
        messages += [forged.SerializeToString(), deferred.SerializeToString()]
    for number in (-1, 50_001, 2**63 - 1):
        messages.append(rerun(fields={f"{known}domains": number}).SerializeToString())
    values: dict[str, object] = {"json_value": "{", "bytes_value": b"\x00", "double_value": float("nan")}
    for key in ("domains", "demarches_simplifiees", "structure", "commune", "recu", "qr", "presenter"):
        wrong = {"bool_value": True} if key in ("commune", "recu") else {"string_value": "CCAS de Ruitz"}
        for field, value in (values if key in ("qr", "presenter") else values | wrong).items():
            message = rerun()
            state = message.rerun_script.widget_states.widgets.add(id=f"{known}{key}")
            setattr(state, field, value)
            messages.append(message.SerializeToString())
    return messages


async def _send(port: int, seconds: float, messages: list[bytes], each_second: float) -> None:
    """Send messages in turn from one socket, whatever it answers."""
    end = time.monotonic() + seconds

    async def listen() -> None:
        with suppress(WebSocketException):
            async for _ in sending:
                pass

    with suppress(WebSocketException, TimeoutError):
        async with socket(port, {"X-Forwarded-For": ATTACKER}) as sending, asyncio.timeout(seconds):
            listening = asyncio.create_task(listen())
            sent = 0
            while time.monotonic() < end:
                for _ in range(max(1, round(each_second / 50))):
                    await sending.send(messages[sent % len(messages)])
                    sent += 1
                await asyncio.sleep(0.02)
            listening.cancel()


async def reruns(port: int, seconds: float) -> None:
    """Send 1 000 reruns a second from one socket."""
    await _send(port, seconds, [rerun("habitants=1").SerializeToString()], 1_000)


async def git(port: int, seconds: float) -> None:
    """Ask 200 times a second what is in the server's folder, from one socket."""
    await _send(port, seconds, [BackMsg(load_git_info=True).SerializeToString()], 200)


async def states(port: int, seconds: float) -> None:
    """Send values that no field holds, 100 times a second, from one socket."""
    await _send(port, seconds, hostile(), 100)


async def texts(port: int, seconds: float) -> None:
    """Send text from sockets, one after the other."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(WebSocketException, TimeoutError):
            async with socket(port, {"X-Forwarded-For": ATTACKER}) as sending:
                await sending.send(QUERY)
        await asyncio.sleep(0.05)


async def sockets(port: int, seconds: float) -> None:
    """Open 300 polite visitors of one address, who each wait for the page and think two seconds."""

    async def visit(rank: int) -> None:
        await asyncio.sleep(rank / 300)
        with suppress(WebSocketException):  # refused where those of an attack before are not yet closed
            async with Visitor(port, ATTACKER) as visitor:
                await visitor.open()
                while True:
                    await asyncio.sleep(2)
                    await visitor.edit()

    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as together:
            for rank in range(300):
                together.create_task(visit(rank))


async def _ask(port: int, request: bytes, seconds: float) -> None:
    """Send a request unchanged and wait for an answer, at most some seconds."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                await reader.read(1)
            finally:
                writer.close()


async def documents(port: int, seconds: float) -> None:
    """Ask for 500 different documents at once."""
    names = ("note.pdf", "classeur.xlsx", "tableau.csv", "projet-de-deliberation.docx")
    asked = (
        f"GET /documents/{names[rank % len(names)]}?habitants={1_000 + rank}&domaines=1 HTTP/1.1\r\n{HEADERS}\r\n"
        for rank in range(500)
    )
    await asyncio.gather(*(_ask(port, each.encode(), seconds) for each in asked))


async def handshakes(port: int, seconds: float) -> None:
    """Send every malformed handshake, over and over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.gather(*(_ask(port, each.encode("latin-1"), 0.2) for each in HANDSHAKES))


async def posts(port: int, seconds: float) -> None:
    """Send 60 requests with a megabyte each."""
    request = f"POST /?{QUERY} HTTP/1.1\r\n{HEADERS}Content-Length: 1000000\r\n\r\n".encode() + bytes(1_000_000)
    await asyncio.gather(*(_ask(port, request, seconds) for _ in range(60)))


ATTACKS: dict[str, Attack] = {
    each.__name__: each for each in (reruns, git, states, texts, sockets, documents, handshakes, posts)
}
"""Every attack by its name."""
