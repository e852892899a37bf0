"""The page behind nginx, by the very configuration of README, over two replicas; and what goes wrong around it.

Nothing that the user entered is lost in any of it.
"""

import resource
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import WebSocketRoute, expect
from screen import ENGLISH, EXAMPLE, SHARE, WORDS, Screen

from tests.hosting import Hosted, hosting
from tests.serving import BARE, running, started, wait_until_healthy
from tests.test_catalogue import changed

SCENARIO = ("scenario", "hab-1250_5go-4_sauv-1~Sans le reste")
ONE_MORE_DOMAIN = ("1 195,00 €", "825,00 € à 915,00 €", "5 410,00 €")
TWO_MORE_DOMAINS = ("1 210,00 €", "840,00 € à 930,00 €", "5 500,00 €")
DEARER_DOMAIN = ("1 181,50 €", "811,50 € à 901,50 €", "5 329,00 €")
MINUTE = 60_000
SOON = 30.0


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("nginx")) as page:
        yield page


def test_the_bare_page_runs_as_streamlit_community_cloud_runs_it(another_screen: Callable[..., Screen]) -> None:
    with running(runner=BARE) as (port, _):
        screen = another_screen(f"http://127.0.0.1:{port}/")
        screen.open(EXAMPLE)
        screen.expect_example()
        screen.type("domains", 2)
        screen.expect_figures(*ONE_MORE_DOMAIN)
        # The page brings its own French, its own guards and its own look.
        expect(screen.page.locator("html")).to_have_attribute("lang", "fr")
        expect(screen.page.get_by_role("button", name="Augmenter").first).to_be_attached()
        agents = screen.number("agents")
        agents.fill("")
        agents.press_sequentially("7,5")
        assert agents.input_value() == ""
        assert screen.page.locator(".answer").first.evaluate("each => getComputedStyle(each).borderTopWidth") == "4px"
        # What a host answers at other URLs is its own business: a document is Streamlit's own download.
        screen.section(SHARE)
        with screen.page.expect_download() as download:
            screen.button("Note pour le conseil (PDF)").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        screen.open({**EXAMPLE, "vue": "presentation"})
        screen.expect_charts()
        expect(screen.page.locator("html")).to_have_attribute("lang", "fr")
        screen.close()


def expect_logged(hosted: Hosted, *words: str) -> None:
    """Wait until the log of each replica holds some texts."""
    deadline = time.monotonic() + SOON
    for replica in hosted.replicas:
        while not all(each in replica.log() for each in words):
            assert time.monotonic() < deadline, replica.log()
            time.sleep(0.05)  # a log has no state to wait on


def expect_whole(screen: Screen) -> None:
    """Wait until the example with two more domains, and its scenario, is on the page and in its query string."""
    screen.settle()
    screen.expect_figures(*TWO_MORE_DOMAINS)
    expect(screen.number("domains")).to_have_value("3")
    expect(screen.number("inhabitants")).to_have_value("1250")
    expect(screen.number("mailboxes_5go")).to_have_value("4")
    screen.expect_parameter("domaines", "3")
    screen.expect_parameter("scenario", SCENARIO[1])
    screen.problems.clear()  # the browser says that a connection was lost


def test_a_connection_cut_for_a_minute_loses_nothing(port: int, another_screen: Callable[..., Screen]) -> None:
    screen = another_screen(f"http://127.0.0.1:{port}/")
    through: list[WebSocketRoute] = []
    is_cut = False

    def pass_on(route: WebSocketRoute) -> None:
        if is_cut:
            route.close()
        else:
            server = route.connect_to_server()
            route.on_message(lambda message: None if is_cut else server.send(message))
            through.append(route)

    screen.context.route_web_socket("**/_stcore/stream", pass_on)
    screen.page.clock.install()
    screen.open([*EXAMPLE.items(), SCENARIO])
    screen.expect_example()
    screen.type("domains", 2)
    screen.expect_figures(*ONE_MORE_DOMAIN)
    is_cut = True
    screen.context.route("**/_stcore/*", lambda route: route.abort())
    screen.type("domains", 3)  # which nobody receives
    through.pop().close()
    app = expect(screen.page.get_by_test_id("stApp"))
    app.not_to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(screen.page.get_by_role("dialog")).to_contain_text("Connexion perdue")
    assert [words for words in screen.page.evaluate(WORDS) if ENGLISH.search(words)] == []
    screen.expect_figures(*ONE_MORE_DOMAIN)
    screen.page.clock.fast_forward(MINUTE)
    app.not_to_have_attribute("data-test-connection-state", "CONNECTED")
    is_cut = False
    screen.context.unroute("**/_stcore/*")
    screen.page.clock.fast_forward(MINUTE)
    expect_whole(screen)
    screen.type("domains", 1)
    screen.expect_example()


def test_a_tariff_broken_while_serving_changes_nothing_but_the_log(
    hosted: Hosted, another_screen: Callable[..., Screen]
) -> None:
    newer = hosted.folder / "data" / "tariffs" / "2024-05-31.toml"
    screen = another_screen(hosted.address)
    screen.open({**EXAMPLE, "domaines": "2"})
    newer.write_text(changed(("amount = 15 ", 'amount = "15 €" ')), encoding="utf-8")
    expect_logged(hosted, "celles d'avant restent servies", newer.name, '"15 €"', "Remède : ")
    screen.type("domains", 1)
    screen.expect_example()
    # Once mended it is loaded, and those who had opened the page before are informed.
    newer.write_text(
        changed(
            ("adopted       = 2024-03-26", "adopted       = 2024-05-31"),
            ("in_force_from = 2024-03-26", "in_force_from = 2024-06-01"),
            ("amount = 15 ", "amount = 16.50 "),
            ("domaine 15 €", "domaine 16.50 €"),
        ),
        encoding="utf-8",
    )
    expect_logged(hosted, "2024-03-26, 2024-05-31")
    screen.type("domains", 2)
    screen.expect_figures(*ONE_MORE_DOMAIN)
    expect(screen.page.get_by_text("Cette simulation garde le tarif du 26 mars 2024.")).to_be_visible()
    screen.open({name: value for name, value in EXAMPLE.items() if name != "tarif"})
    screen.expect_figures(*DEARER_DOMAIN)


def test_a_full_disk_stops_nothing(hosted: Hosted, another_screen: Callable[..., Screen]) -> None:
    for replica in hosted.replicas:
        # From now on none of its files can grow any more.
        resource.prlimit(replica.process.pid, resource.RLIMIT_FSIZE, (0, 0))
    screen = another_screen(hosted.address)
    screen.open(EXAMPLE)
    screen.expect_example()
    screen.type("domains", 2)
    screen.expect_figures(*ONE_MORE_DOMAIN)
    screen.section(SHARE)
    # Each is made by whichever replica is asked.
    for name in ("Note pour le conseil (PDF)", "Classeur de calcul (Excel)", "Projet de délibération (Word)"):
        with screen.page.expect_download() as download:
            screen.document(name).click()
        assert download.value.path().stat().st_size > 10_000


def test_a_replica_killed_in_the_middle_of_an_edit_loses_nothing(
    hosted: Hosted, another_screen: Callable[..., Screen]
) -> None:
    screen = another_screen(hosted.address)
    screen.open([*EXAMPLE.items(), SCENARIO])
    screen.expect_example()
    screen.type("domains", 2)
    screen.expect_parameter("domaines", "2")
    screen.several("certificate")  # of one alone, which the link does not hold
    serving = next(replica for replica in hosted.replicas if replica.connections())
    serving.process.send_signal(signal.SIGSTOP)  # so that the edit is surely lost with it
    screen.type("domains", 3)
    serving.process.kill()
    serving.process.wait()
    expect_whole(screen)
    expect(screen.page.locator(".st-key-service-certificate").get_by_role("spinbutton")).to_have_count(6)
    # The other replica serves newcomers alone, and the first does too once it has restarted.
    other = another_screen(hosted.address)
    other.open(EXAMPLE)
    other.expect_example()
    with started(serving.port, hosted.folder) as (process, log):
        wait_until_healthy(serving.port, process, log)
        for replica in hosted.replicas:
            replica.process.kill()
        expect_whole(screen)
        screen.close()
        other.close()
