"""README's nginx between the visitors and two replicas: under attack, refusing, and when a replica dies."""

import asyncio
import signal
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.hosting import Hosted, hosting
from tests.serving import HANDSHAKE, free_port, get, leaks
from tests.visitor import Visitor, address_of

LINK = "habitants=1250&messagerie-5go=4&cles-cdg-3ans=1&sauvegardes=1&antivirus=3&demarches=oui"
NAME = "Sainte-Confidence"
"""Name that no log may hold."""
MANY = 8
"""Number of visitors who ask for the page at once while a replica hangs."""
CROWD, EDITS, DOCUMENTS = 12, 5, 8
"""People who edit, beside as many who ask for documents, and what each does, while a replica is killed."""
LEFT_WITHIN = 10.0
"""Seconds after which a replica that hangs no longer keeps anybody waiting."""


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("nginx")) as page:
        yield page


def ask(port: int, path: str, address: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    """Return nginx's answer to a network address, with the whole body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=90, source_address=(address, 0))
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def send(port: int, words: str | bytes, size: int = 65_536) -> bytes:
    """Return the beginning of the answer to bytes that no browser would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(words.encode() if isinstance(words, str) else words)
        return line.recv(size)


def times(port: int, number: int = 20) -> float:
    """Return the median of the seconds until the page answers; anything but the page fails."""
    took: list[float] = []
    for rank in range(number):
        start = time.perf_counter()
        assert ask(port, "/", address_of(rank))[0].status == 200
        took.append(time.perf_counter() - start)
    return statistics.median(took)


@pytest.fixture(scope="module")
def usual(hosted: Hosted) -> float:
    """Return the median of the seconds until the page answers when nobody attacks."""
    return times(hosted.port)


def test_failing_requests_take_no_replica_out_of_service(hosted: Hosted, usual: float) -> None:
    handshake = "".join(f"{name}: {value}\r\n" for name, value in HANDSHAKE.items())
    # Streamlit answers with the whole list of protocols that it receives: more than nginx reads of a header by default.
    knock = f"GET /_stcore/stream HTTP/1.1\r\nHost: a\r\n{handshake}Sec-WebSocket-Protocol: {'a' * 7_000}\r\n\r\n"
    large = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n{'x' * 1_000_000}"
    for _ in range(4):
        assert send(hosted.port, knock).startswith(b"HTTP/1.1 403 ")
        assert times(hosted.port, 3) < usual * 3 + 0.5
    with ThreadPoolExecutor(8) as crowd:
        posts = [crowd.submit(send, hosted.port, large) for _ in range(60)]
        during = times(hosted.port)
        assert {post.result().partition(b"\r\n")[0] for post in posts} == {b"HTTP/1.1 405 Not Allowed"}
    assert during < usual * 3 + 0.5


@pytest.fixture(scope="module")
def half_open(hosted: Hosted) -> Iterator[tuple[list[socket.socket], float]]:
    """Send only the beginning of many requests; yield their sockets and the time."""
    with ExitStack() as held:
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", hosted.port), 30)) for _ in range(530)]
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        yield lines, time.monotonic()


@pytest.mark.usefixtures("half_open")
def test_half_open_requests_block_no_visitor(hosted: Hosted, usual: float) -> None:
    assert times(hosted.port) < usual * 3 + 0.5


def test_one_network_address_cannot_ask_for_all_documents(hosted: Hosted) -> None:
    words = f"GET /documents/note.pdf?{LINK} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with ThreadPoolExecutor(70) as crowd:
        answers = [each.result() for each in [crowd.submit(send, hosted.port, words) for _ in range(70)]]
    refused = [answer for answer in answers if not answer.startswith(b"HTTP/1.1 200 ")]
    assert 10 <= len(refused) <= 19
    for answer in refused:
        assert_french(answer, 429, "Trop de demandes arrivent de votre réseau.")


def test_half_open_requests_are_closed(half_open: tuple[list[socket.socket], float]) -> None:
    lines, begun = half_open
    for line in lines:
        with pytest.raises(ConnectionResetError):
            line.recv(1)
    assert time.monotonic() - begun < 3 * LEFT_WITHIN


REFUSED = {
    "method": ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 405, "ne peut pas répondre"),
    "no request": ("GARBAGE\r\n\r\n", 400, "ne peut pas répondre"),
    "no host": ("GET / HTTP/1.1\r\n\r\n", 400, "ne peut pas répondre"),
    "control sign": ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "ne peut pas répondre"),
    "long link": (f"GET /?{'a' * 20_000} HTTP/1.1\r\nHost: a\r\n\r\n", 414, "ne peut pas répondre"),
    "long header": (f"GET / HTTP/1.1\r\nHost: a\r\nX: {'a' * 40_000}\r\n\r\n", 400, "ne peut pas répondre"),
    "large body": ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n", 413, "ne peut pas répondre"),
}


def assert_french(answer: bytes, status: int, words: str) -> None:
    head, _, body = answer.decode().partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert '<html lang="fr">' in body
    assert words in body
    assert "<center>" not in body
    lines = head.split("\r\n")[1:]
    headers = {name: value for name, _, value in (line.partition(": ") for line in lines)}
    assert headers["Server"] == "nginx"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", REFUSED)
def test_nginx_refuses_in_french(hosted: Hosted, kind: str) -> None:
    words, status, said = REFUSED[kind]
    assert_french(send(hosted.port, words), status, said)


def test_without_any_replica_nginx_says_so_in_french(tmp_path: Path) -> None:
    page = Hosted(free_port(), tmp_path)
    page.configure([free_port(), free_port()])
    page.start()
    try:
        answer = send(page.port, "GET /?habitants=1250 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert_french(answer, 502, "Réessayez dans une minute.")
    finally:
        page.cut()


def test_one_network_address_cannot_hold_all_sockets(hosted: Hosted) -> None:
    async def hold() -> None:
        async with AsyncExitStack() as held:
            for _ in range(100):
                await held.enter_async_context(Visitor(hosted.port, "127.0.2.1"))
            with pytest.raises(InvalidStatus) as refused:
                await held.enter_async_context(Visitor(hosted.port, "127.0.2.1"))
            assert refused.value.response.status_code == 429
            await look(hosted.port, "127.0.2.2")

    asyncio.run(hold())


async def look(port: int, address: str, query: str = LINK) -> None:
    """Open the page from an address, and check that it is shown."""
    async with Visitor(port, address) as visitor:
        await visitor.open(query)
        assert not visitor.saw_an_error


def test_the_logs_hold_no_typed_text(hosted: Hosted) -> None:
    typed = f"/?{LINK}&nom={NAME}"
    for path in (typed, f"/documents/note.pdf?{LINK}&nom={NAME}", f"/none?{LINK}"):
        get(hosted.port, path, headers={"Referer": f"http://127.0.0.1:{hosted.port}{typed}"})
    for words in (f"POST {typed} HTTP/1.1\r\nHost: a\r\n\r\n", f"GET {typed} HTTP/1.1\r\n\r\n"):
        send(hosted.port, words)
    asyncio.run(look(hosted.port, "127.0.0.1", f"{LINK}&nom={NAME}"))
    written = "".join(file.read_text(encoding="utf-8") for file in hosted.folder.glob("*.log"))
    assert '"GET /documents/note.pdf" 200' in written
    assert '"POST /" 405' in written
    assert [line for log in (written, *(each.log() for each in hosted.replicas)) for line in leaks(log)] == []


def test_visitors_leave_a_replica_that_hangs(hosted: Hosted) -> None:
    replica = hosted.replicas[0]

    async def come_back(address: str, begun: float) -> None:
        async with Visitor(hosted.port, address) as visitor:
            assert time.monotonic() - begun < LEFT_WITHIN + 5
            await visitor.open(LINK)
            assert not visitor.saw_an_error

    async def hang(people: list[Visitor]) -> None:
        for each in people:
            await each.open(LINK)
        number = replica.connections()
        assert 0 < number < len(people)
        replica.process.send_signal(signal.SIGSTOP)
        begun = time.monotonic()
        staying = {asyncio.create_task(each.socket.wait_closed()) for each in people}
        asked = await asyncio.gather(
            *(asyncio.to_thread(ask, hosted.port, "/", address_of(rank)) for rank in range(MANY))
        )
        assert [response.status for response, _ in asked] == [200] * MANY
        assert time.monotonic() - begun < LEFT_WITHIN
        # Visitors of that replica are cut off, and come back to the other.
        while len(people) - len(staying) < number:
            cut, staying = await asyncio.wait(staying, timeout=LEFT_WITHIN + 5, return_when=asyncio.FIRST_COMPLETED)
            assert cut
        begun = time.monotonic()
        await asyncio.gather(*(come_back(address_of(rank), begun) for rank in range(number)))
        assert not any(each.done() for each in staying)

    async def visit() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(MANY))
        async with AsyncExitStack() as present:
            visitors = [Visitor(hosted.port, address_of(rank)) for rank in range(4)]
            try:
                await hang([await present.enter_async_context(each) for each in visitors])
            finally:
                replica.process.send_signal(signal.SIGCONT)

    asyncio.run(visit())


async def edit(port: int, rank: int) -> int:
    """Edit once a second, from the start again where the server is gone; return the number of edits answered."""
    answered = lost = 0
    while answered < EDITS:
        try:
            async with Visitor(port, address_of(rank)) as visitor:
                while answered < EDITS:
                    due = time.monotonic() + 1
                    await visitor.open(f"{LINK}&domaines={answered + 1}")
                    assert not visitor.saw_an_error
                    answered += 1
                    await asyncio.sleep(due - time.monotonic())  # a person thinks
        except ConnectionClosed:
            lost += 1
            assert lost < 3
    return answered


def hand_over(port: int, rank: int) -> list[int]:
    """Ask for new documents one after the other; return the status of each."""
    found: list[int] = []
    for turn in range(DOCUMENTS):
        kind, beginning = (("note.pdf", b"%PDF"), ("projet-de-deliberation.docx", b"PK"))[turn % 2]
        response, body = ask(port, f"/documents/{kind}?{LINK}&agents={rank * 100 + turn}", address_of(rank))
        found.append(response.status if body.startswith(beginning) else 0)
    return found


def test_no_document_is_lost_when_a_replica_is_killed(hosted: Hosted) -> None:
    # Last test of this module: it leaves one replica.
    async def work() -> tuple[list[int], list[list[int]]]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(CROWD))
        editing = [asyncio.create_task(edit(hosted.port, rank)) for rank in range(CROWD)]
        asking = [asyncio.create_task(asyncio.to_thread(hand_over, hosted.port, rank)) for rank in range(CROWD)]
        while not any(each.done() for each in editing) and asked_for(hosted) < CROWD * DOCUMENTS // 4:
            await asyncio.sleep(0.05)  # a log has no state to wait on
        hosted.replicas[0].process.kill()
        return await asyncio.gather(*editing), await asyncio.gather(*asking)

    assert asyncio.run(work()) == ([EDITS] * CROWD, [[200] * DOCUMENTS] * CROWD)


def asked_for(hosted: Hosted) -> int:
    """Return the number of documents answered so far."""
    return (hosted.folder / "access.log").read_text(encoding="utf-8").count("GET /documents/")
