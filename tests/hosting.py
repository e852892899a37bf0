"""The page as README publishes it: its very configuration of nginx, over two replicas."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.serving import ROOT, LeakError, copied, free_port, healthy, leaks, started, wait_until_healthy

README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """Return the one block of README that is written in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return found


@dataclass
class Replica:
    """A server of the page: its port, its process, and a function that returns its log so far."""

    port: int
    process: subprocess.Popen[bytes]
    log: Callable[[], str]

    def connections(self) -> int:
        """Return the number of visitors connected: its established connections, without those that are closing."""
        established, pid = "01", self.process.pid
        lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        mine = sockets(pid)
        return sum(row.split()[3] == established and row.split()[9] in mine for row in lines)


@dataclass
class Hosted:
    """The page as it is hosted: the port on which nginx listens, the folder of its files, and its replicas."""

    port: int
    folder: Path
    replicas: list[Replica] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Return the URL a visitor types."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self, replicas: list[int]) -> None:
        """Start nginx in front of replicas at some ports, and wait until it listens."""
        file = self.folder / "nginx.conf"
        file.write_text(configuration(self.port, replicas, self.folder), encoding="utf-8")
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", file]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        self.nginx = subprocess.Popen(command)
        while not listening(self.port):
            assert self.nginx.poll() is None, (self.folder / "main.log").read_text()

    def stop(self) -> None:
        """Stop nginx: every connection through it is cut."""
        self.nginx.terminate()
        self.nginx.wait(10)


def sockets(pid: int) -> set[str]:
    """Return the numbers of the sockets that a process has open."""
    found: set[str] = set()
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found.update(re.findall(r"socket:\[(\d+)\]", str(each.readlink())))
    return found


def configuration(port: int, replicas: list[int], folder: Path) -> str:
    """Return README's configuration, with the ports and the folder of this machine."""
    words = block("nginx")
    for was, now in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8501", f"127.0.0.1:{replicas[0]}"),
        ("127.0.0.1:8502", f"127.0.0.1:{replicas[1]}"),
        ("/var/lib/nginx/simulateur", f"{folder}/cache"),
        ("/var/log/nginx/simulateur.log", f"{folder}/access.log"),
        ("/var/log/nginx/simulateur.error.log", f"{folder}/error.log"),
    ):
        assert words.count(was) == 1, was
        words = words.replace(was, now)
    (connections,) = re.findall(r"`(worker_connections \d+;)`", README)
    (descriptors,) = re.findall(r"`(worker_rlimit_nofile \d+;)`", README)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"{'user root;' if os.getuid() == 0 else ''}\ndaemon off; pid {folder}/pid; error_log {folder}/main.log;\n"
        f"{descriptors}\nevents {{ {connections} }}\n"
        f"http {{\naccess_log off; default_type text/plain;\n{temporary}{words}}}\n"
    )


def listening(port: int) -> bool:
    """Tell if anything listens on a port."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def hosting(folder: Path) -> Iterator[Hosted]:
    """Run the page behind nginx, with its files in a folder that a test may spoil."""
    page = Hosted(free_port(), copied(folder))
    with ExitStack() as stack:
        for port in (free_port(), free_port()):
            page.replicas.append(Replica(port, *stack.enter_context(started(port, folder))))
        for each in page.replicas:
            wait_until_healthy(each.port, each.process, each.log)
        page.start([each.port for each in page.replicas])
        stack.callback(page.stop)
        while not healthy(page.port):
            pass  # a replica that is busy
        yield page
    # The logs of the replicas are searched when they stop.
    if found := [line for file in folder.glob("*.log") for line in leaks(file.read_text(encoding="utf-8"))]:
        raise LeakError("\n".join(found))
