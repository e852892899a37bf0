"""README's nginx between the visitors and two replicas: attacked, refused, and left by a replica in the middle."""

import os
import signal
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.hosting import Hosted, hosting
from tests.serving import HANDSHAKE, free_port, get, leaks
from tests.visitor import Visitor, address_of, visitors

LINK = "habitants=1250&messagerie-5go=4&cles-cdg-3ans=1&sauvegardes=1&antivirus=3&demarches=oui"
NAME = "Sainte-Confidence"
"""One of those that no log may hold."""
CROWD, EDITS, DOCUMENTS = 12, 5, 8
"""How many people edit beside as many who ask for documents, and what each does, while a replica is killed."""
LEFT_WITHIN = 10.0
"""Seconds after which a replica that hangs no longer keeps anybody."""


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("nginx")) as page:
        yield page


def ask(port: int, path: str, address: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    """What nginx answers to somebody at a network address, and the whole body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=90, source_address=(address, 0))
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def send(port: int, words: str | bytes, size: int = 65_536) -> bytes:
    """The beginning of what is answered to bytes that no browser would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(words.encode() if isinstance(words, str) else words)
        return line.recv(size)


def times(port: int, number: int = 20) -> float:
    """Median of the seconds in which the page is answered; anything but the page fails."""
    took: list[float] = []
    for rank in range(number):
        start = time.perf_counter()
        assert ask(port, "/", address_of(rank))[0].status == 200
        took.append(time.perf_counter() - start)
    return statistics.median(took)


@pytest.fixture(scope="module")
def usual(hosted: Hosted) -> float:
    """Median of the seconds in which the page is answered where nobody attacks."""
    return times(hosted.port)


def test_requests_that_fail_take_no_replica_from_the_others(hosted: Hosted, usual: float) -> None:
    handshake = "".join(f"{name}: {value}\r\n" for name, value in HANDSHAKE.items())
    # Streamlit answers the whole list of protocols that it is sent: more than nginx reads of a header by itself.
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
    """Requests of which only the beginning is sent, and when that was."""
    with ExitStack() as held:
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", hosted.port), 30)) for _ in range(530)]
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        yield lines, time.monotonic()


@pytest.mark.usefixtures("half_open")
def test_half_open_requests_keep_nobody_out(hosted: Hosted, usual: float) -> None:
    assert times(hosted.port) < usual * 3 + 0.5


def test_one_address_cannot_ask_for_all_documents(hosted: Hosted) -> None:
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
def test_what_nginx_refuses_it_refuses_in_french(hosted: Hosted, kind: str) -> None:
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


def test_one_address_cannot_hold_all_sockets(hosted: Hosted) -> None:
    with ExitStack() as held:
        for _ in range(100):
            held.enter_context(Visitor(hosted.port, "127.0.2.1"))
        with pytest.raises(InvalidStatus) as refused:
            Visitor(hosted.port, "127.0.2.1")
        assert refused.value.response.status_code == 429
        with Visitor(hosted.port, "127.0.2.2") as another:
            assert another.look_at(LINK)


def test_the_logs_hold_nothing_that_was_typed(hosted: Hosted) -> None:
    typed = f"/?{LINK}&nom={NAME}"
    for path in (typed, f"/documents/note.pdf?{LINK}&nom={NAME}", f"/none?{LINK}"):
        get(hosted.port, path, headers={"Referer": f"http://127.0.0.1:{hosted.port}{typed}"})
    for words in (f"POST {typed} HTTP/1.1\r\nHost: a\r\n\r\n", f"GET {typed} HTTP/1.1\r\n\r\n"):
        send(hosted.port, words)
    with Visitor(hosted.port) as somebody:
        somebody.look_at(f"{LINK}&nom={NAME}")
    written = "".join(file.read_text(encoding="utf-8") for file in hosted.folder.glob("*.log"))
    assert '"GET /documents/note.pdf" 200' in written
    assert '"POST /" 405' in written
    assert [line for log in (written, *(each.log() for each in hosted.replicas)) for line in leaks(log)] == []


def test_a_replica_that_hangs_is_left(hosted: Hosted) -> None:
    replica, enough = hosted.replicas[0], threading.Event()
    with visitors(hosted.port, 4) as people, ThreadPoolExecutor(16) as crowd:
        for each in people:
            each.look_at(LINK)
        number = replica.connections()
        assert 0 < number < len(people)
        replica.process.send_signal(signal.SIGSTOP)
        try:
            begun = time.monotonic()
            asked = [crowd.submit(ask, hosted.port, "/", address_of(rank)) for rank in range(8)]
            cut = [crowd.submit(was_cut, each, enough) for each in people]
            assert [each.result()[0].status for each in asked] == [200] * 8
            assert time.monotonic() - begun < LEFT_WITHIN
            # Those who were there are cut, and come back to the other.
            answered = as_completed(cut, LEFT_WITHIN + 5)
            assert [next(answered).result() for _ in range(number)] == [True] * number
            enough.set()
            assert sum(each.result() for each in cut) == number
            begun = time.monotonic()
            back = [crowd.submit(Visitor, hosted.port, address_of(rank)) for rank in range(number)]
            for each in back:
                with each.result() as visitor:
                    assert time.monotonic() - begun < LEFT_WITHIN + 5
                    assert visitor.look_at(LINK)
        finally:
            enough.set()
            replica.process.send_signal(signal.SIGCONT)


def was_cut(visitor: Visitor, enough: threading.Event) -> bool:
    """Whether the line of a visitor who only looks at the page is cut before it is enough."""
    while not enough.is_set():
        try:
            visitor.socket.recv(0.2)
        except TimeoutError:
            continue
        except ConnectionClosed:
            return True
    return False


def edit(port: int, rank: int, number: int) -> int:
    """Edit once a second, from the start again where the server is gone; the number of edits that were answered."""
    visitor = Visitor(port, address_of(rank))
    answered = lost = 0
    try:
        while answered < number:
            due = time.monotonic() + 1
            try:
                visitor.look_at(f"{LINK}&domaines={answered + 1}")
                answered += 1
            except ConnectionClosed:
                lost += 1
                assert lost < 3
                visitor = Visitor(port, address_of(rank))
            time.sleep(max(0.0, due - time.monotonic()))  # a person thinks
    finally:
        visitor.socket.close()
    return answered


def hand_over(port: int, rank: int, number: int) -> list[int]:
    """Ask for documents one after the other, none of which was made before; the status of each."""
    found: list[int] = []
    for turn in range(number):
        kind, beginning = (("note.pdf", b"%PDF"), ("projet-de-deliberation.docx", b"PK"))[turn % 2]
        response, body = ask(port, f"/documents/{kind}?{LINK}&agents={rank * 100 + turn}", address_of(rank))
        found.append(response.status if body.startswith(beginning) else 0)
    return found


def test_no_document_is_lost_where_a_replica_is_killed_in_the_middle(hosted: Hosted) -> None:
    # The last test of this module: it leaves one replica.
    dying = hosted.replicas[0].process
    with ThreadPoolExecutor(2 * CROWD) as crowd:
        editing = [crowd.submit(edit, hosted.port, rank, EDITS) for rank in range(CROWD)]
        asking = [crowd.submit(hand_over, hosted.port, rank, DOCUMENTS) for rank in range(CROWD)]
        while not any(each.done() for each in editing) and not asked(hosted, CROWD * DOCUMENTS // 4):
            time.sleep(0.05)  # a log has no state to wait on
        os.kill(dying.pid, signal.SIGKILL)
        assert [status for each in asking for status in each.result()] == [200] * CROWD * DOCUMENTS
        assert [each.result() for each in editing] == [EDITS] * CROWD


def asked(hosted: Hosted, number: int) -> bool:
    """Whether so many documents have been answered by now."""
    return (hosted.folder / "access.log").read_text(encoding="utf-8").count(" GET /documents/") >= number
