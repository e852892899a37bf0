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
from configparser import RawConfigParser
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit

from tests.hosting import README, block, sockets
from tests.serving import HANDSHAKE, PAGE, copied, free_port, get, started, wait_until_healthy, watched
from tests.test_catalogue import changed
from views.start import check

WAIT = 90.0


def change(name: str, find: str, replace: str) -> Callable[[Path], object]:
    def spoil(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(changed((find, replace), text=text), encoding="utf-8")

    return spoil


def remove(pattern: str) -> Callable[[Path], object]:
    return lambda root: [each.unlink() for each in root.glob(pattern)]


SPOILED: list[tuple[str, dict[str, Callable[[Path], object]]]] = [
    (
        "",
        {
            r"2024-03-26\.toml, .* : ": change("data/tariffs/2024-03-26.toml", "amount = 15 ", 'amount = "15 €" '),
            r"communes\.csv, ligne 5, population = 78l3 : ": change("data/communes.csv", ",7873,", ",78l3,"),
            r"proposals\.toml, ligne \d+, acts\.2024-03-26\.by_size\[1\]\.up_to = 0 : ": change(
                "data/proposals.toml", "up_to = 500", "up_to = 0"
            ),
            r'contacts\.toml, ligne \d+, fibre\.phone = "12" : ': change(
                "data/contacts.toml",
                'Numérique 59-62\nmail  = ""\nphone = ""',
                'Numérique 59-62\nmail  = ""\nphone = "12"',
            ),
            r"services\.toml, ligne \d+, wthout : ": change("data/services.toml", "[without]", "[wthout]"),
            r".*projet-de-deliberation\.docx : ce fichier ": remove("data/projet-de-deliberation.docx"),
            r".*views/style\.css : ce fichier ne peut pas être lu": remove("views/style.css"),
        },
    ),
    (
        "TOMLDecodeError",  # Streamlit reads its settings first and reports them as well
        {
            r".*tariffs/ : il n'y a aucun tarif": remove("data/tariffs/*.toml"),
            r".*communes\.csv : ce fichier ne peut pas": remove("data/communes.csv"),
            r".*config\.toml, ligne \d+, « \[client » : ": change(".streamlit/config.toml", "[client]", "[client"),
        },
    ),
]
"""Ways to spoil the files, each by the beginning of its line, with the error of Streamlit's own that they cause."""


@pytest.mark.parametrize(("raises", "kinds"), SPOILED, ids=["data", "settings"])
def test_spoiled_files_prevent_the_start_and_are_all_reported_in_french_alone(
    raises: str, kinds: dict[str, Callable[[Path], object]], tmp_path: Path
) -> None:
    copied(tmp_path)
    for spoil in kinds.values():
        spoil(tmp_path)
    with started(free_port(), tmp_path, raises=raises) as (process, log):
        assert process.wait(WAIT) == 1
        said = log().strip().splitlines()
    begun = said.index("Le simulateur ne démarre pas :")
    assert begun == 0 or raises
    told = said[begun + 1 :]
    assert [kind for kind in kinds if not any(re.match(kind, line) for line in told)] == []
    assert len(told) == len(kinds)
    assert all("Remède : " in line for line in told)


@pytest.mark.parametrize("sites", ["", " ", "'self'; script-src *", "'self',*", "'self'\nX: y"])
def test_an_invalid_list_of_sites_is_refused_in_french(sites: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAME_ANCESTORS", sites)
    with pytest.raises(SystemExit, match="FRAME_ANCESTORS") as refused:
        check()
    assert len(str(refused.value).splitlines()) == 2


def test_no_settings_are_refused_and_none_shows_details_of_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamlit.set_option("client.showErrorDetails", "full")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=r"\.streamlit/config\.toml : ce fichier n'est pas là"):
        check()
    assert streamlit.get_option("client.showErrorDetails") == "none"


# ── Run as README says ───────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def third_party() -> Iterator[tuple[dict[str, str], list[bytes]]]:
    """Run a proxy for every request to another host; yield an environment that names it, and the requests it got."""
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
        proxy = f"http://127.0.0.1:{server.getsockname()[1]}"
        yield {**os.environ, "http_proxy": proxy, "https_proxy": proxy}, asked
        server.shutdown(socket.SHUT_RDWR)
    listener.join()


class Unit(RawConfigParser):
    """A unit of systemd, whose keys have capitals."""

    def optionxform(self, optionstr: str) -> str:
        """Return a key as it is written."""
        return optionstr


def test_the_unit_starts_a_replica_that_is_reached_through_nginx_alone(tmp_path: Path) -> None:
    unit, port = Unit(), free_port()
    unit.read_string(block("ini"))
    service = unit["Service"]
    program, *command = shlex.split(service["ExecStart"].replace("%i", str(port)))
    assert program == f"{service['WorkingDirectory']}/.venv/bin/streamlit"
    assert service["WorkingDirectory"] == "/srv/simulateur"
    name, _, value = shlex.split(service["Environment"].replace("'", "\\'"))[0].partition("=")
    environment = {**os.environ, name: value, "NOTIFY_SOCKET": str(tmp_path / "notify")}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(environment["NOTIFY_SOCKET"])
        manager.settimeout(WAIT)
        with watched([sys.executable, "-m", "streamlit", *command], env=environment) as (process, _):
            while manager.recv(100) != b"READY=1":
                pass
            # A silent replica hangs, and systemd restarts it: a live one sends two messages in that time.
            manager.settimeout(int(service["WatchdogSec"]) / 2)
            assert [manager.recv(100) for _ in range(2)] == [b"WATCHDOG=1"] * 2
            assert "https://www.example.fr" in get(port, "/")[0].getheader("Content-Security-Policy", "")
            assert listening(process.pid) == {"0100007F"}


def listening(pid: int) -> set[str]:
    """Return the addresses, in hexadecimal, on which a process listens."""
    files = (Path(f"/proc/{pid}/net/{kind}").read_text(encoding="ascii") for kind in ("tcp", "tcp6"))
    rows = [line.split() for file in files for line in file.splitlines()[1:]]
    mine = sockets(pid)
    return {row[1].partition(":")[0] for row in rows if row[3] == "0A" and row[9] in mine}


def test_the_command_of_the_readme_logs_nothing_and_asks_no_third_party() -> None:
    assert f".venv/bin/streamlit run {PAGE}" in README
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", PAGE, f"--server.port={port}"]
    with third_party() as (environment, asked), watched(command, env=environment) as (process, log):
        wait_until_healthy(port, process, log)
        assert log() == ""
        for origin in ("https://simulateur.example.fr", "https://evil.example"):  # accepted or not
            get(port, "/_stcore/stream", headers={**HANDSHAKE, "Host": "simulateur.example.fr", "Origin": origin})
        assert asked == []


def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "simulateur@.service"
    # It looks for the program, which is missing until the page is installed.
    file.write_text(block("ini").replace("/srv/simulateur/.venv/bin/streamlit", sys.executable), encoding="utf-8")
    if systemd_analyze := shutil.which("systemd-analyze"):  # elsewhere, the test above has read and run it
        done = subprocess.run([systemd_analyze, "verify", file], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
