"""Messages that the guard lets pass to Streamlit's socket, its answers to the others, and its log of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import pytest
from starlette.types import Message, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.attacks.attacks import HANDSHAKES, hostile
from tests.serving import free_port, get, leaks, started, wait_until_healthy
from tests.visitor import Visitor, rerun, socket
from views.guard import Guard, Socket, unwelcome
from views.journal import discreet
from views.messages import refusal
from views.share import MOST_SOCKETS, MOST_WAITING, OF_A_SOCKET, Rate, Share, network
from views.turn import Turns

DOMAINS = "$$ID-9dd2ec803a4336e084d6e83b34498da3-domains"


def with_state(key: str, **value: object) -> bytes:
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add(id=DOMAINS.replace("domains", key))
    for name, each in value.items():
        if name == "string_array_value":
            state.string_array_value.data.append(str(each))
        else:
            setattr(state, name, each)
    return message.SerializeToString()


@pytest.mark.parametrize(
    "sent",
    [
        BackMsg(app_heartbeat=True).SerializeToString(),
        BackMsg(stop_script=True).SerializeToString(),
        rerun(fields={DOMAINS: 50_000}).SerializeToString(),
        with_state("domains"),
        with_state("inhabitants", int_value=2_000_000),
        with_state("demarches_simplifiees", bool_value=True),
        with_state("structure", string_array_value="Commune"),
        with_state("commune", string_value="Ruitz (62620)\n"),
        with_state("nom-scenario", string_value="é\x1b[2J"),
        with_state("qr", trigger_value=True),
        with_state("tableau-choix", bool_value=True),
    ],
)
def test_every_message_of_the_page_passes(sent: bytes) -> None:
    assert refusal(sent) == ""


@pytest.mark.parametrize("sent", [*hostile(), None, b"", BackMsg().SerializeToString()])
def test_a_message_the_page_never_sends_is_refused_without_quoting_it(sent: bytes | None) -> None:
    assert (words := refusal(sent))
    assert words.isprintable()
    assert len(words) < 60


@pytest.mark.parametrize(
    "sent",
    [
        with_state("domains", int_value=50_001),
        with_state("inhabitants", int_value=-1),
        with_state("agents", int_value=50_001),
        with_state("demarches_simplifiees", int_value=1),
        with_state("domains", double_value=1.5),
        with_state("inhabitants", string_value="1"),
    ],
)
def test_a_value_that_its_field_cannot_hold_is_refused(sent: bytes) -> None:
    assert "champ" in refusal(sent)


def test_too_many_fields_or_hashes_are_refused() -> None:
    fields = {f"{DOMAINS}{rank}": 1 for rank in range(501)}
    assert "trop" in refusal(rerun(fields=fields).SerializeToString())
    message = rerun()
    message.rerun_script.cached_message_hashes.extend(["a" * 32] * 2_001)
    assert "trop" in refusal(message.SerializeToString())


def handshake(protocols: Sequence[str] = (), **headers: str) -> Scope:
    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "websocket", "headers": named, "subprotocols": list(protocols)}


@pytest.mark.parametrize("origin", ["http://a.fr:8501", "https://a.fr:8501", "https://other.fr", "HTTP://A.FR:8501"])
def test_a_socket_of_the_page_or_of_an_allowed_site_is_accepted(origin: str) -> None:
    assert unwelcome(handshake(["streamlit", "token"], origin=origin, host="a.fr:8501"), ["https://other.fr"]) == ""


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://[::1", "http://a.fr", "http://a.fr:8501.evil", "http://localhost", ""],
)
def test_a_page_of_another_site_is_refused_a_socket(origin: str) -> None:
    asked = handshake(origin=origin, host="a.fr:8501")
    assert "autre site" in unwelcome(asked, ())
    assert unwelcome(asked, None) == ""


@pytest.mark.parametrize("token", ["PLACEHOLDER_AUTH_TOKEN", "2|0c0cfbb8|1e1e|1700000000", "a.b-c_d" * 40])
def test_the_token_of_a_host_or_of_a_cookie_is_accepted(token: str) -> None:
    assert unwelcome(handshake(["streamlit", token, "session"], host="a.fr"), ()) == ""


@pytest.mark.parametrize(
    ("origin", "host"), [("http://a.fr", "a.fr:80"), ("https://a.fr:443", "a.fr"), ("https://b.fr", "a.fr")]
)
def test_a_default_port_may_be_written(origin: str, host: str) -> None:
    assert unwelcome(handshake(origin=origin, host=host), ["https://b.fr:443/"]) == ""


def test_refused_sockets_are_logged_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("views.share.monotonic", lambda: now[0])
    share = Share("192.0.2.1", Turns())
    for now[0], told in ((100.0, True), (101.0, False), (159.0, False), (160.0, True), (161.0, False)):
        assert share.refuse() == told


def test_a_program_without_an_origin_is_accepted() -> None:
    assert unwelcome(handshake(host="a.fr"), ()) == ""


@pytest.mark.parametrize("named", [["a" * 7_000], ["", "streamlit"], ["2|0c0cfbb8|1e1e|1700000000"]])
def test_a_protocol_that_is_not_the_pages_is_refused(named: list[str]) -> None:
    assert "protocole" in unwelcome(handshake(named), ())


@pytest.mark.parametrize(
    ("host", "whose"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::1", "2001:0db8:0001:0002"),
        ("127.0.1.1", "127.0.1.1"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("unknown", ""),
        (None, ""),
    ],
)
def test_visitors_are_grouped_by_network_address(host: str | None, whose: str) -> None:
    assert network(host) == whose


def test_a_rate_allows_a_burst_and_then_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("views.share.monotonic", lambda: now)
    rate = Rate(10, 3)
    assert [rate.take() for _ in range(5)] == pytest.approx([0, 0, 0, 0.1, 0.2])
    now += 1
    assert [rate.take() for _ in range(4)] == pytest.approx([0, 0, 0, 0.1])
    assert rate.take(10) == pytest.approx(1.1)


def test_a_network_address_with_many_waiting_runs_is_not_read_further() -> None:
    class Busy(Turns):
        queue = MOST_WAITING

        def waiting(self, who: str) -> int:
            return self.queue if who == "busy" else 0

    async def ask() -> None:
        turns = Busy()
        waiting = asyncio.create_task(Share("busy", turns).take())
        await Share("another", turns).take()
        await asyncio.wait([waiting], timeout=0.2)
        assert not waiting.done()
        turns.queue -= 1
        await asyncio.wait_for(waiting, 10)

    asyncio.run(ask())


def test_a_socket_reads_no_faster_than_its_rate_and_only_accepted_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    asked: list[Message] = [{"type": "websocket.receive", "bytes": each} for each in hostile()]
    asked += [{"type": "websocket.receive", "text": "x"}, {"type": "websocket.receive", "bytes": b""}]
    asked += [{"type": "websocket.receive", "bytes": rerun().SerializeToString()}] * 2 * OF_A_SOCKET[1]
    asked += [{"type": "websocket.disconnect", "code": 1005}]
    sent = iter(asked)

    async def receive() -> Message:
        return next(sent)

    async def slept(seconds: float) -> None:
        waits.append(seconds)

    async def read() -> list[Message]:
        reading = Socket(Share("a", Turns()), receive)
        received = [await reading.receive()]
        while received[-1]["type"] != "websocket.disconnect":
            received.append(await reading.receive())
        return received

    monkeypatch.setattr("views.share.asyncio.sleep", slept)
    received = asyncio.run(read())
    assert len(received) == 2 * OF_A_SOCKET[1] + 1
    assert max(waits) > (len(asked) - 2 * OF_A_SOCKET[1]) / OF_A_SOCKET[0]


def test_a_network_address_has_a_limited_number_of_sockets() -> None:
    answered: list[Message] = []

    async def app(*_: object) -> None:
        raise AssertionError

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        answered.append(message)

    guard = Guard(app)
    guard.share("192.0.2.1").sockets = MOST_SOCKETS
    asyncio.run(guard({**handshake(), "client": ("192.0.2.1", 1)}, receive, send))
    assert [each["type"] for each in answered] == ["websocket.close"]


@pytest.mark.parametrize("log", [logging.getLogger("streamlit.some"), logging.getLogger("uvicorn.error")])
def test_a_fault_is_logged_in_one_line_without_typed_text(
    log: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(caplog.handler)
    try:
        with discreet():
            try:
                raise ValueError("CCAS de Ruitz\nhabitants=1")
            except ValueError:
                log.exception("For %s", "CCAS de Ruitz")
            log.error("The fragment %s has %d", "x\n\x1b[2J", 3)
            logging.getLogger("simulateur").error("Remède : %s", "une\nautre")
    finally:
        log.removeHandler(caplog.handler)
    first, second = dict.fromkeys(record for record in caplog.records if record.name == log.name)
    assert "ValueError : test_guard.py:" in first.getMessage()
    assert not first.exc_info
    assert second.getMessage() == "The fragment … has 3"
    assert "Remède : une\nautre" in [record.getMessage() for record in caplog.records]
    assert leaks(first.getMessage()) == []


def test_a_server_under_attack_serves_its_visitor_and_logs_nothing_of_the_attack() -> None:
    port = free_port()

    async def attack() -> None:
        async with Visitor(port, "192.0.2.1") as visitor:
            await visitor.open()
            odd = [with_state(key, string_value="CCAS de Ruitz") for key in ("qr", "presenter", "tableau-choix")]
            for sent in (*hostile(), *odd, "habitants=1"):
                async with socket(port, {"X-Forwarded-For": "192.0.2.2"}) as attacker:
                    await attacker.send(sent)
                    await attacker.send(rerun().SerializeToString())
                    # A refused message is skipped: the page of its sender goes on.
                    while not ForwardMsg.FromString(await finished(attacker.recv)).HasField("script_finished"):
                        pass
            await asyncio.gather(*(knock(port, each) for each in HANDSHAKES))
            await visitor.edit()
            assert not visitor.saw_an_error

    with started(port) as (process, log):
        wait_until_healthy(port, process, log)
        asyncio.run(attack())
        assert get(port, "/_stcore/stream")[0].status == 404
    refused = [line for line in log().splitlines() if "refusé" in line]
    assert len(refused) >= len(hostile())
    assert all(len(line) < 200 and line.isprintable() for line in refused)


async def finished(receive: Callable[[], Awaitable[object]]) -> bytes:
    received = await asyncio.wait_for(receive(), 30)
    assert isinstance(received, bytes)
    return received


async def knock(port: int, request: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode("latin-1"))
    try:
        answer = await asyncio.wait_for(reader.read(), 0.5)
        assert not answer.startswith((b"HTTP/1.1 101", b"HTTP/1.1 200", b"HTTP/1.1 500"))
        assert b"Streamlit" not in answer
    except TimeoutError:
        pass  # uvicorn answers nothing to some; nginx gives these up
    finally:
        writer.close()
