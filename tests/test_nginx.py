"""README's nginx between the visitors and two replicas: under attack, refusing, and when a replica dies."""

import asyncio
import re
import signal
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.hosting import Hosted, hosting
from tests.serving import HANDSHAKE, free_port, get, leaks, run
from tests.visitor import Visitor, address_of

LINK = "habitants=1250&messagerie-5go=4&cles-cdg-3ans=1&sauvegardes=1&antivirus=3&demarches=oui"
MANY = 8
"""Number of visitors who ask for the page at once while a replica hangs."""
CROWD, EDITS, DOCUMENTS = 20, 10, 10
"""People who edit, beside as many who ask for documents, and what each does, while a replica is killed."""
LEFT_WITHIN = 10.0
"""Seconds after which a replica that hangs no longer keeps anybody waiting."""


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("nginx")) as page:
        yield page


def ask(port: int, path: str, address: str) -> tuple[int, bytes]:
    """Return the status and the body of nginx's answer to a network address."""
    connection = HTTPConnection("127.0.0.1", port, timeout=90, source_address=(address, 0))
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def send(port: int, words: str) -> bytes:
    """Return the beginning of the answer to bytes that no browser would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(words.encode())
        return line.recv(65_536)


def times(port: int, number: int = 20) -> float:
    """Return the median of the seconds until the page answers; anything but the page fails."""
    took: list[float] = []
    for rank in range(number):
        start = time.perf_counter()
        assert ask(port, "/", address_of(rank))[0] == 200
        took.append(time.perf_counter() - start)
    return statistics.median(took)


@pytest.fixture(scope="module")
def bearable(hosted: Hosted) -> float:
    """Return the seconds within which the page answers during an attack: little more than when nobody attacks."""
    return times(hosted.port) * 3 + 0.5


def test_the_page_comes_compressed_from_both_replicas_with_its_headers(hosted: Hosted) -> None:
    html = get(hosted.port, "/")[1].decode()
    [script] = re.findall(r'"\./(static/js/index\.[\w-]+\.js)"', html)
    for _ in range(2):
        response, body = get(hosted.port, f"/{script}", encoding="gzip")
        assert (response.status, response.getheader("Content-Encoding")) == (200, "gzip")
        assert response.getheader("Cache-Control") == "public, max-age=31536000, immutable"
        assert len(body) > 10_000
    assert "frame-ancestors" in get(hosted.port, "/")[0].getheader("Content-Security-Policy", "")
    assert get(hosted.port, "/_stcore/metrics")[0].status == 404


def test_an_archive_passes_paper_by_paper_and_ends_when_its_visitor_leaves(hosted: Hosted) -> None:
    link = "groupe=62&chacune=meme&domaines=1"
    for _ in range(2):  # the second time, this address has its place again
        connection = HTTPConnection("127.0.0.1", hosted.port, timeout=30)
        try:
            connection.request("GET", f"/documents/notes.zip?{link}")
            response = connection.getresponse()
            assert (response.status, response.getheader("X-Papers")) == (200, "887")
            assert response.read1(4).startswith(b"PK")
        finally:
            connection.close()


def test_failing_requests_take_no_replica_out_of_service(hosted: Hosted, bearable: float) -> None:
    handshake = "".join(f"{name}: {value}\r\n" for name, value in HANDSHAKE.items())
    # Streamlit answers with the whole list of protocols that it receives: more than nginx reads of a header by default.
    knock = f"GET /_stcore/stream HTTP/1.1\r\nHost: a\r\n{handshake}Sec-WebSocket-Protocol: {'a' * 7_000}\r\n\r\n"
    large = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n{'x' * 1_000_000}"
    for _ in range(4):
        assert send(hosted.port, knock).startswith(b"HTTP/1.1 403 ")
        assert times(hosted.port, 3) < bearable
    with ThreadPoolExecutor(8) as crowd:
        posts = [crowd.submit(send, hosted.port, large) for _ in range(60)]
        during = times(hosted.port)
        assert {post.result().partition(b"\r\n")[0] for post in posts} == {b"HTTP/1.1 405 Not Allowed"}
    assert during < bearable


def test_half_open_requests_block_no_visitor_and_an_address_cannot_ask_for_all_documents(
    hosted: Hosted, bearable: float
) -> None:
    with ExitStack() as held:
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", hosted.port), 30)) for _ in range(530)]
        begun = time.monotonic()
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        assert times(hosted.port) < bearable
        # Meanwhile, since nginx gives both some ten seconds:
        words = f"GET /documents/note.pdf?{LINK} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        with ThreadPoolExecutor(70) as crowd:
            answers = [each.result() for each in [crowd.submit(send, hosted.port, words) for _ in range(70)]]
        refused = [answer for answer in answers if not answer.startswith(b"HTTP/1.1 200 ")]
        assert 10 <= len(refused) <= 19
        for answer in refused:
            assert_french(answer, 429, "Trop de demandes arrivent de votre réseau.")
        for line in lines:
            with pytest.raises(ConnectionResetError):
                line.recv(1)
        assert time.monotonic() - begun < 3 * LEFT_WITHIN


def assert_french(answer: bytes, status: int, words: str) -> None:
    head, _, body = answer.decode().partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert '<html lang="fr">' in body
    assert words in body
    assert "<center>" not in body
    headers = {name: value for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])}
    assert headers["Server"] == "nginx"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 405),
        ("GARBAGE\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (f"GET /?{'a' * 20_000} HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (f"GET / HTTP/1.1\r\nHost: a\r\nX: {'a' * 40_000}\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n", 413),
    ],
    ids=["method", "no request", "no host", "control sign", "long link", "long header", "large body"],
)
def test_nginx_refuses_in_french(hosted: Hosted, words: str, status: int) -> None:
    assert_french(send(hosted.port, words), status, "ne peut pas répondre")


def test_without_any_replica_nginx_says_so_in_french(tmp_path: Path) -> None:
    page = Hosted(free_port(), tmp_path)
    page.start([free_port(), free_port()])
    try:
        answer = send(page.port, "GET /?habitants=1250 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert_french(answer, 502, "Réessayez dans une minute.")
    finally:
        page.stop()


async def look(port: int, address: str, query: str = LINK) -> None:
    """Open the page from an address, and check that it is shown."""
    async with Visitor(port, address) as visitor:
        await visitor.open(query)
        assert not visitor.saw_an_error


def test_one_network_address_cannot_hold_all_sockets(hosted: Hosted) -> None:
    async def hold() -> None:
        async with AsyncExitStack() as held:
            for _ in range(100):
                await held.enter_async_context(Visitor(hosted.port, "127.0.2.1"))
            with pytest.raises(InvalidStatus) as refused:
                await held.enter_async_context(Visitor(hosted.port, "127.0.2.1"))
            assert refused.value.response.status_code == 429
            await look(hosted.port, "127.0.2.2")

    run(hold())


def test_the_logs_hold_no_typed_text(hosted: Hosted) -> None:
    typed = f"/?{LINK}&nom=Sainte-Confidence"
    for path in (typed, f"/documents/note.pdf{typed[1:]}", f"/none?{LINK}"):
        get(hosted.port, path, headers={"Referer": f"http://127.0.0.1:{hosted.port}{typed}"})
    for words in (f"POST {typed} HTTP/1.1\r\nHost: a\r\n\r\n", f"GET {typed} HTTP/1.1\r\n\r\n"):
        send(hosted.port, words)
    run(look(hosted.port, "127.0.0.1", typed[2:]))
    written = "".join(file.read_text(encoding="utf-8") for file in hosted.folder.glob("*.log"))
    assert '"GET /documents/note.pdf" 200' in written
    assert '"POST /" 405' in written
    assert [line for log in (written, *(each.log() for each in hosted.replicas)) for line in leaks(log)] == []


def test_visitors_leave_a_replica_that_hangs(hosted: Hosted) -> None:
    replica = hosted.replicas[0]

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
        assert [status for status, _ in asked] == [200] * MANY
        assert time.monotonic() - begun < LEFT_WITHIN
        # Visitors of that replica are cut off, and come back to the other.
        while len(people) - len(staying) < number:
            cut, staying = await asyncio.wait(staying, timeout=LEFT_WITHIN + 5, return_when=asyncio.FIRST_COMPLETED)
            assert cut
        async with asyncio.timeout(LEFT_WITHIN + 15):
            await asyncio.gather(*(look(hosted.port, address_of(rank)) for rank in range(number)))
        assert not any(each.done() for each in staying)

    async def visit() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(MANY))
        async with AsyncExitStack() as present:
            visitors = [Visitor(hosted.port, address_of(rank)) for rank in range(4)]
            try:
                await hang([await present.enter_async_context(each) for each in visitors])
            finally:
                replica.process.send_signal(signal.SIGCONT)

    run(visit())


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
        status, body = ask(port, f"/documents/{kind}?{LINK}&agents={rank * 100 + turn}", address_of(rank))
        found.append(status if body.startswith(beginning) else 0)
    return found


def test_no_document_is_lost_when_a_replica_is_killed(hosted: Hosted) -> None:
    # Last test of this module: it leaves one replica.
    log = hosted.folder / "access.log"
    before = log.read_text(encoding="utf-8").count("GET /documents/")

    async def work() -> tuple[list[int], list[list[int]]]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(CROWD))
        editing = [asyncio.create_task(edit(hosted.port, rank)) for rank in range(CROWD)]
        asking = [asyncio.create_task(asyncio.to_thread(hand_over, hosted.port, rank)) for rank in range(CROWD)]
        while log.read_text(encoding="utf-8").count("GET /documents/") < before + CROWD * DOCUMENTS // 4:
            await asyncio.sleep(0.05)  # a log has no state to wait on
        hosted.replicas[0].process.kill()
        return await asyncio.gather(*editing), await asyncio.gather(*asking)

    assert run(work()) == ([EDITS] * CROWD, [[200] * DOCUMENTS] * CROWD)
