"""The page behind nginx, with the very configuration README gives, over two replicas; and replicas that die."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect
from screen import EXAMPLE, SHARE, Screen

from tests.serving import ROOT, free_port, get, healthy, running

SCENARIO = ("scenario", "hab-1250_5go-4_sauv-1~Sans le reste")
ONE_MORE_DOMAIN = ("1 195,00 €", "825,00 € à 915,00 €", "5 410,00 €")


@dataclass
class Hosted:
    """The page as it is hosted."""

    port: int
    """Where nginx listens."""
    folder: Path
    """Where nginx has its files."""
    replicas: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    """The servers behind it, by port."""
    nginx: subprocess.Popen[bytes] | None = None
    """nginx, while it runs."""

    @property
    def address(self) -> str:
        """The address a visitor types."""
        return f"http://127.0.0.1:{self.port}/"

    def connect(self) -> None:
        """Start nginx, and wait until it answers."""
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", self.folder / "nginx.conf"]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        self.nginx = subprocess.Popen(command)
        while not healthy(self.port):
            assert self.nginx.poll() is None, (self.folder / "error.log").read_text()

    def cut(self) -> None:
        """Stop nginx: every connection through it is cut."""
        assert self.nginx
        self.nginx.terminate()
        self.nginx.wait(10)


def configuration(port: int, replicas: list[int], folder: Path) -> str:
    """README's configuration, but for the ports and the folder of this machine."""
    found = re.search(r"```nginx\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    words = found[1]
    for was, now in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8501", f"127.0.0.1:{replicas[0]}"),
        ("127.0.0.1:8502", f"127.0.0.1:{replicas[1]}"),
        ("/var/cache/nginx/simulateur", f"{folder}/cache"),
    ):
        assert words.count(was) == 1, was
        words = words.replace(was, now)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"{'user root;' if os.getuid() == 0 else ''}\ndaemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off; default_type text/plain;\n{temporary}{words}}}\n"
    )


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    page = Hosted(free_port(), tmp_path_factory.mktemp("nginx"))
    with ExitStack() as stack:
        for _ in range(2):
            port, process = stack.enter_context(running())
            page.replicas[port] = process
        words = configuration(page.port, list(page.replicas), page.folder)
        (page.folder / "nginx.conf").write_text(words, encoding="utf-8")
        page.connect()
        stack.callback(page.cut)
        yield page


def test_the_bare_page_runs_as_streamlit_community_cloud_runs_it(another_screen: Callable[..., Screen]) -> None:
    with running("streamlit_app.py") as (port, _):
        screen = another_screen(f"http://127.0.0.1:{port}/")
        screen.open(EXAMPLE)
        screen.expect_example()
        screen.type("domains", 2)
        screen.expect_figures(*ONE_MORE_DOMAIN)
        screen.close()


def test_the_page_comes_compressed_kept_and_from_both_replicas(hosted: Hosted) -> None:
    html = get(hosted.port, "/")[1].decode()
    script = re.search(r'"\./(static/js/index\.[\w-]+\.js)"', html)
    assert script
    for _ in range(2):
        response, body = get(hosted.port, f"/{script[1]}", encoding="gzip")
        assert response.status == 200
        assert response.getheader("Content-Encoding") == "gzip"
        assert response.getheader("Cache-Control") == "public, max-age=31536000, immutable"
        assert len(body) > 10_000
    assert "frame-ancestors" in get(hosted.port, "/")[0].getheader("Content-Security-Policy", "")
    assert get(hosted.port, "/_stcore/metrics")[0].status == 404


def test_documents_are_found_whichever_replica_made_them(hosted: Hosted, another_screen: Callable[..., Screen]) -> None:
    for _ in range(2):
        screen = another_screen(hosted.address)
        screen.open(EXAMPLE)
        screen.section(SHARE)
        for _ in range(2):
            with screen.page.expect_download() as download:
                screen.button("Note pour le conseil (PDF)").click()
            assert download.value.path().read_bytes().startswith(b"%PDF")


def test_a_replica_killed_in_the_middle_of_an_edit_loses_nothing(
    hosted: Hosted, another_screen: Callable[..., Screen]
) -> None:
    screen = another_screen(hosted.address)
    screen.open([*EXAMPLE.items(), SCENARIO])
    screen.expect_example()
    screen.type("domains", 2)
    screen.expect_parameter("domaines", "2")
    for process in hosted.replicas.values():
        if connections(process.pid):
            break
    else:
        pytest.fail("no replica serves the visitor")
    screen.type("domains", 3)
    process.kill()
    process.wait()
    screen.settle()
    screen.type("domains", 2)
    screen.expect_figures(*ONE_MORE_DOMAIN)
    expect(screen.number("mailboxes_5go")).to_have_value("4")
    screen.expect_parameter("scenario", SCENARIO[1])
    screen.problems.clear()  # the browser says that a connection was lost
    # The other replica serves newcomers alone.
    other = another_screen(hosted.address)
    other.open(EXAMPLE)
    other.expect_example()


def connections(pid: int) -> int:
    """How many visitors a server's process holds: its established connections, but for those that are closing."""
    established, mine = "01", {Path(link).name for link in _sockets(pid)}
    lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return sum(row.split()[3] == established and f"socket:[{row.split()[9]}]" in mine for row in lines)


def _sockets(pid: int) -> Iterator[str]:
    for each in Path(f"/proc/{pid}/fd").iterdir():
        try:
            yield str(each.readlink())
        except FileNotFoundError:
            continue
