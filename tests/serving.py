"""Server of the page, and the start of Chromium: shared by the tests and by the benches."""

import asyncio
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from playwright.sync_api import Browser, Playwright

Result = TypeVar("Result")
ROOT = Path(__file__).parents[1]
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HANDSHAKE: Mapping[str, str] = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
}
"""Headers of a browser that asks for a socket."""
STARTS_WITHIN = 90.0
PAGE = "streamlit_app.py"
"""Script of the page, which serves itself."""
STREAMLIT = "tests.as_adopted"
"""Module that runs Streamlit on the acts as they were adopted."""
BARE = "tests.bare"
"""Module that runs it alone, as a host does that does not look for an app."""
NAMES = ("Ruitz", "CCAS", "SIVOM", "Vallées", "Confidence")
"""Words of the names that tests type."""
LEAK = re.compile(
    r"[?&][^\s?&=]+=|\b(?:tarif|type|commune|habitants|agents|nom|domaines|scenario|vue)=\S|Traceback|File \""
    rf"|{'|'.join(NAMES)}|passwd|evil|203\.0\.113|[\x00-\x08\x0b-\x1f\x7f]"
)
"""Pattern of what no log may hold: query string, name, attacker's address, traceback, control character."""


class LeakError(AssertionError):
    """A server's log holds what no log may hold."""


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium where there is one, headless if possible, else Playwright's own."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=found, args=CHROMIUM)


def leaks(log: str, raises: str = "") -> list[str]:
    """Return the lines of a log that hold what no log may hold, except expected tracebacks of one kind of error."""
    if raises:
        log = re.sub(rf"^Traceback .*\n(?:[ \t].*\n)+(?:\w+\.)*{raises}\b.*$", "", log, flags=re.MULTILINE)
    return [line for line in log.split("\n") if LEAK.search(line)]


@contextmanager
def watched(
    command: Sequence[str], root: Path = ROOT, env: Mapping[str, str] | None = None, raises: str = ""
) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], str]]]:
    """Start a server; yield its process and log. Raises LeakError at the end; `raises` names an error it may log."""
    # Through a pipe, so that a server whose disk is full can still write it.
    with subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        said = bytearray()
        lines = process.stdout or ()
        reader = threading.Thread(target=lambda: deque(map(said.extend, lines), maxlen=0))
        reader.start()

        def read() -> str:
            if process.poll() is not None:
                reader.join()
            return said.decode(errors="replace")

        try:
            yield process, read
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            reader.join()
    if found := leaks(read(), raises):
        raise LeakError("\n".join(found))


@contextmanager
def started(
    port: int, root: Path = ROOT, script: str = PAGE, runner: str = STREAMLIT, raises: str = ""
) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], str]]]:
    """Start a server without waiting for it; yield its process and its log so far, searched for leaks at the end."""
    options = (f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true")
    with watched((sys.executable, "-m", runner, "run", script, *options), root, raises=raises) as server:
        yield server


@contextmanager
def running(script: str = PAGE, runner: str = STREAMLIT) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Start a server on a free port and wait for it. Raises RuntimeError, with its log, where it does not start."""
    port = free_port()
    with started(port, script=script, runner=runner) as (process, log):
        wait_until_healthy(port, process, log)
        yield port, process


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_until_healthy(port: int, process: subprocess.Popen[bytes], log: Callable[[], str]) -> None:
    """Wait until a server answers. Raises RuntimeError, with its log, where it does not start."""
    deadline = time.monotonic() + STARTS_WITHIN
    while not healthy(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The server does not start:\n{log()}")
        time.sleep(0.1)  # a server that is starting has no state to wait on yet


def copied(folder: Path) -> Path:
    """Copy all that a server needs into a folder whose files a test may spoil."""
    for name in ("views", "pricing", "data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / PAGE, folder)
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests/as_adopted.py", folder / "tests")
    return folder


def with_dearer_mailboxes(folder: Path) -> Path:
    """Write a second act into a folder: that of 2024 adopted again in 2027, a mailbox costing one euro a year more."""
    text = (ROOT / "data/tariffs/2024-03-26.toml").read_text(encoding="utf-8")
    for old, new in (
        ("2024-03-26", "2027-01-15"),
        ("amount = 20 }", "amount = 21 }"),
        ("Messagerie compte 5 Go 20 €", "Messagerie compte 5 Go 21 €"),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "2027-01-15.toml").write_text(text, encoding="utf-8")
    return folder


def healthy(port: int) -> bool:
    """Tell if a server answers."""
    try:
        return get(port, "/_stcore/health")[1] == b"ok"
    except (ConnectionError, TimeoutError):
        return False


def get(
    port: int,
    path: str,
    *,
    method: str = "GET",
    encoding: str = "identity",
    headers: Mapping[str, str] = MappingProxyType({}),
) -> tuple[HTTPResponse, bytes]:
    """Return the answer of a server, and its body as it travels."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers={"Accept-Encoding": encoding, **headers})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread of its own: the loop of a browser's driver may hold this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
