"""Messages that the guard lets pass to Streamlit's socket, its answers to the others, and its log of them."""

import asyncio
import logging

import pytest
from starlette.types import Message, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.attacks.attacks import HANDSHAKES, hostile
from tests.serving import free_port, get, leaks, run, started, wait_until_healthy
from tests.visitor import Visitor, rerun, socket
from views import share as shares
from views.guard import Guard, paced, unwelcome
from views.journal import discreet
from views.messages import refusal
from views.share import MOST_SOCKETS, MOST_WAITING, OF_A_SOCKET, Rate, Share, network
from views.turn import Turns

FIELD = "$$ID-9dd2ec803a4336e084d6e83b34498da3-"


def with_state(key: str, **value: object) -> bytes:
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add(id=f"{FIELD}{key}")
    for name, each in value.items():
        if name == "string_array_value":
            state.string_array_value.data.append(str(each))
        else:
            setattr(state, name, each)
    return message.SerializeToString()


def naming(fields: int = 0, hashes: int = 0, page: str = "") -> bytes:
    message = rerun(fields={f"{FIELD}domains{rank}": 1 for rank in range(fields)})
    message.rerun_script.cached_message_hashes.extend(["a" * 32] * hashes)
    message.rerun_script.page_name = page
    return message.SerializeToString()


def of_table(edits: str, key: str = "table-communes") -> bytes:
    message = rerun()
    state = message.rerun_script.widget_states.widgets.add()
    state.id = f"$$STREAMLIT_INTERNAL_KEY_{FIELD}{key}__events"
    state.json_trigger_value = f'[{{"event":"edits","value":[{edits}]}}]'
    return message.SerializeToString()


@pytest.mark.parametrize(
    "sent",
    [
        BackMsg(app_heartbeat=True).SerializeToString(),
        BackMsg(stop_script=True).SerializeToString(),
        naming(fields=500, hashes=2_000),
        with_state("domains", int_value=50_000),
        with_state("domains"),
        with_state("inhabitants", int_value=2_000_000),
        with_state("agents", int_value=0),
        with_state("demarches_simplifiees", bool_value=True),
        with_state("structure", string_array_value="Commune"),
        with_state("commune", string_value="Ruitz (62620)\n"),
        with_state("nom-scenario", string_value="é\x1b[2J"),
        with_state("qr", trigger_value=True),
        with_state("tableau-choix", bool_value=True),
        of_table('{"code":"62063","field":"agents","value":12},{"code":"2A004","field":"domains","value":null}'),
        of_table('{"code":"62063","field":"counted","value":false},{"code":"62063","field":"","value":null}'),
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
    ("sent", "word"),
    [
        (with_state("domains", int_value=50_001), "champ"),
        (of_table('{"code":"62063","field":"agents","value":"12"}'), "champ"),
        (of_table('{"code":"62063","field":"agents","value":[[[]]]}'), "champ"),
        (of_table('{"code":"62063","field":"agents","value":12,"more":1}'), "champ"),
        (of_table(""), "champ"),
        (of_table(",".join(['{"code":"62063","field":"agents","value":12}'] * 3_000)), "champ"),
        (of_table('{"code":"62063","field":"agents","value":12}', key="another"), "champ"),
        (with_state("inhabitants", int_value=2_000_001), "champ"),
        (with_state("inhabitants", int_value=-1), "champ"),
        (with_state("agents", int_value=50_001), "champ"),
        (with_state("demarches_simplifiees", int_value=1), "champ"),
        (with_state("domains", double_value=1.5), "champ"),
        (with_state("inhabitants", string_value="1"), "champ"),
        (naming(fields=501), "trop"),
        (naming(hashes=2_001), "trop"),
        (naming(page="autre"), "page"),
    ],
)
def test_what_no_field_holds_is_refused(sent: bytes, word: str) -> None:
    assert word in refusal(sent)


def handshake(*protocols: str, host: str = "a.fr", **headers: str) -> Scope:
    named = [(name.encode(), value.encode()) for name, value in {"host": host, **headers}.items()]
    return {"type": "websocket", "headers": named, "subprotocols": list(protocols), "client": ("192.0.2.1", 1)}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (handshake(), ""),  # a program sends no origin
        (handshake(origin="http://a.fr:8501", host="a.fr:8501"), ""),
        (handshake(origin="HTTPS://A.FR:8501", host="a.fr:8501"), ""),
        (handshake(origin="http://a.fr", host="a.fr:80"), ""),
        (handshake(origin="https://a.fr:443"), ""),
        (handshake(origin="https://other.fr"), ""),
        (handshake("streamlit", "PLACEHOLDER_AUTH_TOKEN"), ""),
        (handshake("streamlit", "a.b-c_d" * 40, "session"), ""),
        (handshake("2|0c0cfbb8|1e1e|1700000000"), "protocole"),
        (handshake("", "streamlit"), "protocole"),
        *(
            (handshake(origin=origin, host="a.fr:8501"), "autre site")
            for origin in ("https://evil.example", "null", "http://[::1", "http://a.fr", "http://a.fr:8501.evil", "")
        ),
    ],
)
def test_a_socket_is_for_the_page_its_hosts_and_allowed_sites(asked: Scope, said: str) -> None:
    answer = unwelcome(asked, ["https://other.fr:443/"])
    assert said in answer
    assert bool(answer) == bool(said)
    assert "site" not in unwelcome(asked, None)


@pytest.mark.parametrize(
    ("host", "whose"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("127.0.1.1", "127.0.1.1"),
        ("127.0.0.1", ""),
        ("::ffff:127.0.0.1", ""),
        ("::1", ""),
        ("unknown", ""),
        (None, ""),
    ],
)
def test_visitors_are_grouped_by_network_address(host: str | None, whose: str) -> None:
    assert network(host) == whose


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time, which stands still until a test changes it or something sleeps."""
    now = [100.0]

    async def sleep(seconds: float) -> None:
        now[0] += max(seconds, 0)

    monkeypatch.setattr(shares, "monotonic", lambda: now[0])
    monkeypatch.setattr(shares.asyncio, "sleep", sleep)
    return now


def test_a_rate_allows_a_burst_and_then_delays(clock: list[float]) -> None:
    rate = Rate(10, 3)
    assert [rate.take() for _ in range(5)] == pytest.approx([0, 0, 0, 0.1, 0.2])
    clock[0] += 1
    assert [rate.take() for _ in range(4)] == pytest.approx([0, 0, 0, 0.1])
    assert rate.take(10) == pytest.approx(1.1)


def test_what_is_refused_to_an_address_is_logged_once_a_minute(
    clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    share = Share("192.0.2.1", Turns())
    for clock[0] in (100.0, 101.0, 159.0, 160.0, 161.0):
        share.refuse("Une connexion est refusée", str(clock[0]))
    assert [message.rpartition(" : ")[2] for message in caplog.messages] == ["100.0.", "160.0."]


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

    run(ask())


@pytest.mark.parametrize(("size", "number"), [(0, 1), (60_000, 4)])
def test_a_socket_reads_no_faster_than_its_rate_and_only_accepted_messages(
    clock: list[float], size: int, number: int
) -> None:
    good = rerun("é" * (size // 2)).SerializeToString()
    bad = [*hostile(), b"", None, *[b"\xff" * size] * 60]
    messages = [{"bytes": each} for each in (*bad, *[good] * 2 * OF_A_SOCKET[1])]
    sent = iter([{"type": "websocket.receive", **each} for each in messages] + [{"type": "websocket.disconnect"}])

    async def receive() -> Message:
        return next(sent)

    async def read() -> list[Message]:
        reading = paced(Share("a", Turns()), receive)
        received = [await reading()]
        while received[-1]["type"] != "websocket.disconnect":
            received.append(await reading())
        return received

    assert [each.get("bytes") for each in run(read())] == [good] * 2 * OF_A_SOCKET[1] + [None]
    large = 60 + 2 * OF_A_SOCKET[1]
    counted = len(messages) - large + large * number
    assert clock[0] - 100 == pytest.approx((counted - OF_A_SOCKET[1]) / OF_A_SOCKET[0], rel=0.02)


def test_a_network_address_has_a_limited_number_of_sockets() -> None:
    opened: list[int] = []
    answered: list[str] = []

    async def app(scope: Scope, *_: object) -> None:
        assert b"origin" not in dict(scope["headers"])  # which Streamlit would check at a third party
        opened.append(guard.share("192.0.2.1").sockets)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        answered.append(message["type"])

    guard = Guard(app)
    share = guard.share("192.0.2.1")
    for before, answer in ((MOST_SOCKETS - 1, []), (MOST_SOCKETS, ["websocket.close"])):
        share.sockets = before
        run(guard(handshake(origin="https://a.fr"), receive, send))
        assert (share.sockets, opened, answered) == (before, [MOST_SOCKETS], answer)


@pytest.mark.parametrize("name", ["streamlit.some", "uvicorn.error"])
def test_a_fault_is_logged_in_one_line_without_typed_text(name: str, caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger(name)
    log.addHandler(caplog.handler)
    try:
        with discreet():
            try:
                raise ValueError("CCAS de Ruitz\nhabitants=1")
            except ValueError:
                log.exception("For %s", "CCAS de Ruitz")
            log.error("The fragment %s has %d", "x\n\x1b[2J", 3)
            log.error("The fragment %(name)s", {"name": "CCAS de Ruitz"})
            logging.getLogger("simulateur").error("Remède : %s", "une\nautre")
        log.error("After %s", "that")
    finally:
        log.removeHandler(caplog.handler)
    first, *others = [record.getMessage() for record in dict.fromkeys(caplog.records)]
    assert first.startswith("Erreur ValueError : test_guard.py:")
    assert others == ["The fragment … has 3", "The fragment …", "Remède : une\nautre", "After that"]
    assert not any(record.exc_info for record in caplog.records)
    assert leaks("\n".join([first, *others])) == []


def test_a_server_under_attack_serves_its_visitor_and_logs_nothing_of_the_attack() -> None:
    port = free_port()

    async def attack() -> None:
        async with Visitor(port, "192.0.2.1") as visitor:
            await visitor.open()
            async with socket(port, {"X-Forwarded-For": "192.0.2.2"}) as attacker:
                for sent in (*hostile(), with_state("tableau-choix", string_value="CCAS de Ruitz"), "habitants=1"):
                    await attacker.send(sent)
                # A refused message is skipped: the page of its sender goes on.
                await attacker.send(rerun().SerializeToString())
                finished = False
                while not finished:
                    received = await asyncio.wait_for(attacker.recv(), 60)
                    assert isinstance(received, bytes)
                    finished = ForwardMsg.FromString(received).HasField("script_finished")
            await asyncio.gather(*(knock(port, each) for each in HANDSHAKES))
            await visitor.edit()
            assert not visitor.saw_an_error

    with started(port) as (process, log):
        wait_until_healthy(port, process, log)
        run(attack())
        assert get(port, "/_stcore/stream")[0].status == 404
    refused = [line for line in log().splitlines() if "refusé" in line]
    assert {"message" in line for line in refused} == {True, False}  # sockets too
    assert all(len(line) < 200 and line.isprintable() for line in refused)


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
