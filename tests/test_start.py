"""Start of a replica: its refusals, as one message in French, and its start by README's unit, without any request."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hosting import README, block, sockets
from tests.serving import HANDSHAKE, PAGE, copied, free_port, get, started, wait_until_healthy, watched
from tests.test_catalogue import changed
from views.start import check

WAIT = 90.0


def change(file: Path, find: str, replace: str) -> None:
    file.write_text(changed((find, replace), text=file.read_text(encoding="utf-8")), encoding="utf-8")


def halve(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "tariff": (
        lambda root: (root / "data/tariffs/2027-01-01.toml").write_text("adopted = demain\n", encoding="utf-8"),
        "2027-01-01.toml, ligne 1, « adopted = demain » : ",
    ),
    "no tariff": (lambda root: (root / "data/tariffs/2024-03-26.toml").unlink(), "tariffs/ : il n'y a aucun tarif"),
    "commune": (
        lambda root: change(root / "data/communes.csv", ",7873,", ",78l3,"),
        "communes.csv, ligne 5, population = 78l3 : ",
    ),
    "half of the communes": (lambda root: halve(root / "data/communes.csv"), "communes.csv : il y a 443 communes"),
    "no communes": (lambda root: (root / "data/communes.csv").unlink(), "communes.csv : ce fichier ne peut pas"),
    "proposal": (
        lambda root: change(root / "data/proposals.toml", "up_to = 500", "up_to = 0"),
        "proposals.toml, by_size[1].up_to = 0 : ",
    ),
    "style": (lambda root: (root / "views/style.css").unlink(), "views/style.css : ce fichier ne peut pas être lu"),
    "no settings": (lambda root: (root / ".streamlit/config.toml").unlink(), ".streamlit/config.toml : ce fichier"),
}
"""Ways to spoil the files, each with the beginning of its message."""


@pytest.mark.parametrize(
    "kinds",
    [("tariff", "commune", "proposal", "style"), ("no tariff", "half of the communes"), ("no communes", "no settings")],
    ids=", ".join,
)
def test_spoiled_files_prevent_the_start_and_are_all_reported_in_french_alone(
    kinds: tuple[str, ...], tmp_path: Path
) -> None:
    copied(tmp_path)
    for kind in kinds:
        SPOILED[kind][0](tmp_path)
    with started(free_port(), tmp_path) as (process, log):
        assert process.wait(WAIT) == 1
        said = log().strip().splitlines()
    begun = said.index("Le simulateur ne démarre pas :")
    assert begun == 0 or "no settings" in kinds  # without them Streamlit adds messages of its own
    told = said[begun + 1 :]
    assert [kind for kind in kinds if not any(SPOILED[kind][1] in line for line in told)] == []
    assert len(told) == len(kinds)
    assert all("Remède : " in line for line in told)


def test_unreadable_settings_prevent_the_start(tmp_path: Path) -> None:
    change(copied(tmp_path) / ".streamlit" / "config.toml", "[client]", "[client")
    with started(free_port(), tmp_path, raises="TOMLDecodeError") as (process, log):
        assert process.wait(WAIT) == 1
        *_, told = log().strip().splitlines()  # Streamlit reads them first and reports it as well
    assert re.search(r"config.toml, ligne \d+, « \[client » : cette ligne n'est pas du TOML. Remède : ", told)


def test_an_invalid_list_of_sites_is_refused_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAME_ANCESTORS", "'self'; script-src *")
    with pytest.raises(SystemExit, match=r"FRAME_ANCESTORS = 'self'; script-src \* : ") as refused:
        check()
    assert len(str(refused.value).splitlines()) == 2


# ── Run as README says ───────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def third_party() -> Iterator[tuple[str, list[bytes]]]:
    """Run a proxy through which every request to another host would go; yield its URL and the requests it received."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:  # closed: the test is over
                    return
                with line:
                    asked.append(line.recv(1_000))

        listener = threading.Thread(target=listen)
        listener.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)
    listener.join()


class Unit(ConfigParser):
    """Unit file, whose keys keep their capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@contextmanager
def systemd(folder: Path, port: int, **more: str) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """Start the command of README's unit; yield its process, and the socket on which systemd would listen to it."""
    unit = Unit(interpolation=None)
    unit.read_string(block("ini"))
    service = unit["Service"]
    assert service["WorkingDirectory"] == "/srv/simulateur"
    command = shlex.split(service["ExecStart"].replace("%i", str(port)))
    assert command[0] == "/srv/simulateur/.venv/bin/streamlit"
    command[:1] = [sys.executable, "-m", "streamlit"]
    name, _, value = shlex.split(service["Environment"].replace("'", "\\'"))[0].partition("=")
    environment = {**os.environ, name: value, "NOTIFY_SOCKET": str(folder / "notify"), **more}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(environment["NOTIFY_SOCKET"])
        manager.settimeout(WAIT)
        with watched(command, env=environment) as (process, _):
            yield process, manager


def test_the_unit_starts_a_replica_that_is_reached_through_nginx_alone(tmp_path: Path) -> None:
    port = free_port()
    with (
        third_party() as (proxy, asked),
        systemd(tmp_path, port, http_proxy=proxy, https_proxy=proxy) as (process, manager),
    ):
        said = [manager.recv(100)]
        while said[-1] != b"READY=1":
            said.append(manager.recv(100))
        # A silent replica hangs, and systemd restarts it: a live one sends two messages in that time.
        patience = re.search(r"^WatchdogSec=(\d+)$", block("ini"), re.MULTILINE)
        assert patience
        for _ in range(2):
            manager.settimeout(int(patience[1]) / 2)
            assert manager.recv(100) == b"WATCHDOG=1"
        assert "https://www.example.fr" in get(port, "/")[0].getheader("Content-Security-Policy", "")
        assert listening(process.pid) == {"0100007F"}
        for origin in ("https://simulateur.example.fr", "https://evil.example"):  # accepted or not
            get(port, "/_stcore/stream", headers={**HANDSHAKE, "Host": "simulateur.example.fr", "Origin": origin})
        assert asked == []


def listening(pid: int) -> set[str]:
    """Return the addresses, in hexadecimal, on which a process listens."""
    files = (Path(f"/proc/{pid}/net/{kind}").read_text(encoding="ascii") for kind in ("tcp", "tcp6"))
    rows = [line.split() for file in files for line in file.splitlines()[1:]]
    mine = sockets(pid)
    return {row[1].partition(":")[0] for row in rows if row[3] == "0A" and row[9] in mine}


def test_the_command_of_the_readme_makes_no_request_for_its_own_address() -> None:
    assert f".venv/bin/streamlit run {PAGE}" in README
    port = free_port()
    with third_party() as (proxy, asked):
        command = [sys.executable, "-m", "streamlit", "run", PAGE, f"--server.port={port}"]
        environment = {**os.environ, "http_proxy": proxy, "https_proxy": proxy}
        with watched(command, env=environment) as (process, log):
            wait_until_healthy(port, process, log)
            assert asked == []


def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "simulateur@.service"
    # It looks for the program, which is missing until the page is installed.
    file.write_text(block("ini").replace("/srv/simulateur/.venv/bin/streamlit", sys.executable), encoding="utf-8")
    if systemd_analyze := shutil.which("systemd-analyze"):  # elsewhere, the test above has read and run it
        done = subprocess.run([systemd_analyze, "verify", file], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
