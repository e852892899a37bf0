"""What goes wrong around the page: nothing that the user entered is lost in any of it."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import WebSocketRoute, expect
from screen import EXAMPLE, SHARE, Screen

from tests.serving import copied, free_port, started, wait_until_healthy
from tests.test_catalogue import changed

SCENARIO = ("scenario", "hab-1250_5go-4_sauv-1~Sans le reste")
ONE_MORE_DOMAIN = ("1 195,00 €", "825,00 € à 915,00 €", "5 410,00 €")
DEARER_DOMAIN = ("1 181,50 €", "811,50 € à 901,50 €", "5 329,00 €")
MINUTE = 60_000
SOON = 30.0


@contextmanager
def serving(port: int, root: Path) -> Iterator[Callable[[], str]]:
    """A server of a copy of the page, once it answers; its log so far."""
    with started(port, root) as (process, log):
        wait_until_healthy(port, process, log)
        yield log


def expect_disconnected(screen: Screen) -> None:
    """Wait until the page knows that it has lost its server."""
    app = screen.page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")


def expect_logged(log: Callable[[], str], words: str) -> str:
    """Wait until a log says something, and give the whole of it."""
    deadline = time.monotonic() + SOON
    while words not in log():
        assert time.monotonic() < deadline, log()
        time.sleep(0.05)  # a log has no state to wait on
    return log()


def expect_whole(screen: Screen) -> None:
    """Wait until the example with one more domain, and its scenario, is on the page and in its address."""
    screen.settle()
    screen.expect_figures(*ONE_MORE_DOMAIN)
    expect(screen.number("inhabitants")).to_have_value("1250")
    expect(screen.number("mailboxes_5go")).to_have_value("4")
    screen.expect_parameter("domaines", "2")
    screen.expect_parameter("scenario", SCENARIO[1])
    screen.problems.clear()  # the browser says that a connection was lost


def test_a_server_restarted_finds_the_simulation_whole(tmp_path: Path, another_screen: Callable[..., Screen]) -> None:
    root, port = copied(tmp_path), free_port()
    with serving(port, root):
        screen = another_screen(f"http://127.0.0.1:{port}/")
        screen.open([*EXAMPLE.items(), SCENARIO])
        screen.expect_example()
        screen.type("domains", 2)
        screen.expect_figures(*ONE_MORE_DOMAIN)
    expect_disconnected(screen)
    with serving(port, root):
        expect_whole(screen)


def test_a_connection_cut_for_a_minute_loses_nothing(port: int, another_screen: Callable[..., Screen]) -> None:
    screen = another_screen(f"http://127.0.0.1:{port}/")
    through: list[WebSocketRoute] = []
    is_cut = False

    def pass_on(route: WebSocketRoute) -> None:
        if is_cut:
            route.close()
        else:
            route.connect_to_server()
            through.append(route)

    screen.context.route_web_socket("**/_stcore/stream", pass_on)
    screen.page.clock.install()
    screen.open([*EXAMPLE.items(), SCENARIO])
    screen.expect_example()
    screen.type("domains", 2)
    screen.expect_figures(*ONE_MORE_DOMAIN)
    is_cut = True
    screen.context.route("**/_stcore/*", lambda route: route.abort())
    through.pop().close()
    expect_disconnected(screen)
    screen.page.clock.fast_forward(MINUTE)
    expect_disconnected(screen)
    is_cut = False
    screen.context.unroute("**/_stcore/*")
    screen.page.clock.fast_forward(MINUTE)
    expect_whole(screen)


def test_a_tariff_broken_while_serving_changes_nothing_but_the_log(
    tmp_path: Path, another_screen: Callable[..., Screen]
) -> None:
    root, port = copied(tmp_path), free_port()
    newer = root / "data" / "tariffs" / "2024-05-31.toml"
    with serving(port, root) as log:
        screen = another_screen(f"http://127.0.0.1:{port}/")
        screen.open({**EXAMPLE, "domaines": "2"})
        newer.write_text(changed(("amount = 15 ", 'amount = "15 €" ')), encoding="utf-8")
        said = expect_logged(log, "ceux d'avant restent servis")
        assert newer.name in said
        assert '"15 €"' in said
        assert "Remède : " in said
        screen.type("domains", 1)
        screen.expect_example()
        newcomer = another_screen(screen.address)
        newcomer.open(EXAMPLE)
        newcomer.expect_example()
        # Mended, it is taken up, and who had opened the page before is told.
        newer.write_text(
            changed(
                ("adopted       = 2024-03-26", "adopted       = 2024-05-31"),
                ("in_force_from = 2024-03-26", "in_force_from = 2024-06-01"),
                ("amount = 15 ", "amount = 16.50 "),
            ),
            encoding="utf-8",
        )
        expect_logged(log, "2024-03-26, 2024-05-31")
        newcomer.open({name: value for name, value in EXAMPLE.items() if name != "tarif"})
        newcomer.expect_figures(*DEARER_DOMAIN)
        screen.type("domains", 2)
        screen.expect_figures(*ONE_MORE_DOMAIN)
        expect(screen.page.get_by_text("Cette simulation garde le tarif du 26 mars 2024.")).to_be_visible()
        screen.close()
        newcomer.close()


def test_a_full_disk_stops_nothing(tmp_path: Path, another_screen: Callable[..., Screen]) -> None:
    root, port = copied(tmp_path), free_port()
    with started(port, root) as (process, log):
        # Before its first line is read, no file of its own can grow any more, its log included.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, 0))
        wait_until_healthy(port, process, log)
        screen = another_screen(f"http://127.0.0.1:{port}/")
        screen.open(EXAMPLE)
        screen.expect_example()
        screen.type("domains", 2)
        screen.expect_figures(*ONE_MORE_DOMAIN)
        screen.section(SHARE)
        for name in ("Note pour le conseil (PDF)", "Classeur de calcul (Excel)", "Projet de délibération (Word)"):
            with screen.page.expect_download() as download:
                screen.button(name).click()
            assert download.value.path().stat().st_size > 10_000
        screen.close()
