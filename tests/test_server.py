"""The page as it is published: its first bytes, headers, weight, and no English left in the browser."""

import gzip
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
FILLED = (
    "?habitants=1250&agents=12&messagerie-5go=4&cles-cdg-3ans=1&sauvegardes=1&antivirus=21&intervention=oui"
    "&demarches=oui"
)
ENGLISH = re.compile(
    r"Help for|Increment|Decrement|\bClear\b|Dismiss|\bClose\b|\bOpen\b|No results|options? available|Press Enter|"
    r"Number is|allowed range|\bShow\b|Download|\bCopy\b|Vega|Fullscreen|visualization|mark container|Skip to|"
    r"Connect(ing|ion error)|not responding|Streamlit|Running|Please wait|JavaScript to run"
)
DRAWN = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg.marks"
SEEN = """() => {
  const said = [];
  for (const element of document.querySelectorAll("html, html *")) {
    if (["STYLE", "SCRIPT"].includes(element.tagName)) continue;
    for (const name of ["aria-label", "aria-roledescription", "title", "placeholder", "alt"])
      if (element.hasAttribute(name)) said.push(element.getAttribute(name));
    for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) said.push(child.data);
  }
  return said;
}"""


@contextmanager
def started(port: int, root: Path = ROOT) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], str]]]:
    """A server that has only been told to start, and its log so far."""
    options = (f"--server.port={port}", "--server.address=127.0.0.1")
    command = [sys.executable, "-m", "streamlit", "run", "server.py", *options]
    with TemporaryFile() as log, subprocess.Popen(command, cwd=root, stdout=log, stderr=log) as process:

        def read() -> str:
            log.seek(0)
            return log.read().decode()

        try:
            yield process, read
        finally:
            process.terminate()


@contextmanager
def running() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server that answers, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with started(port) as (process, log):
        deadline = time.monotonic() + 60
        while not healthy(port):
            assert time.monotonic() < deadline, log()
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
                pytest.fail(log())
        yield port, process


def healthy(port: int) -> bool:
    try:
        return get(port, "/_stcore/health")[1] == b"ok"
    except ConnectionError:
        return False


def get(port: int, path: str, *, method: str = "GET", encoding: str = "identity") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers={"Accept-Encoding": encoding})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running() as (port, _):
        yield port


@pytest.fixture(scope="module")
def html(port: int) -> str:
    return get(port, "/")[1].decode()


def test_the_first_bytes_are_french(html: str) -> None:
    assert '<html lang="fr">' in html
    assert "<title>Simulateur des services numériques, Pas-de-Calais</title>" in html
    assert re.search(r'<meta name="description" content="Ce que coûtent [^"]{100,200}"', html)
    assert "désactivé dans ce navigateur" in html[html.index("<noscript>") : html.index("</noscript>")]
    assert "You need to enable" not in html


def test_every_file_that_the_page_names_is_there(port: int, html: str) -> None:
    named = re.findall(r'(?:src|href)="\./([^"]+)"', html)
    assert len(named) > 50
    assert {name: get(port, f"/{name}", method="HEAD")[0].status for name in named} == dict.fromkeys(named, 200)


def test_our_script_comes_first_and_is_kept_by_the_browser(port: int, html: str) -> None:
    script = re.search(r'<script defer src="\./(french\.[0-9a-f]+\.js)">', html)
    assert script
    assert script.start() < html.index('type="module"')
    response, body = get(port, f"/{script[1]}")
    assert response.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert response.getheader("Cache-Control") == "public, max-age=31536000, immutable"
    assert body == (ROOT / "views" / "french.js").read_bytes()


def test_the_page_itself_is_asked_for_each_time(port: int) -> None:
    assert get(port, "/")[0].getheader("Cache-Control") == "no-cache"


def test_a_head_answers_as_a_get_without_its_body(port: int) -> None:
    for path in ("/", "/robots.txt"):
        response, body = get(port, path, method="HEAD")
        assert response.status == 200
        assert not body
        assert response.getheader("Content-Length") == str(len(get(port, path)[1]))


@pytest.mark.parametrize("kind", ["/", r"/static/js/index\.[\w-]+\.js", r"/static/css/[\w.-]+\.css"])
def test_text_travels_compressed(port: int, html: str, kind: str) -> None:
    found = re.search(rf"\.({kind})\"", html) if kind != "/" else None
    path = found[1] if found else "/"
    plain, body = get(port, path)
    packed, compressed = get(port, path, encoding="gzip, br")
    assert plain.getheader("Content-Encoding") is None
    assert packed.getheader("Content-Encoding") == "gzip"
    assert packed.getheader("Vary") == "Accept-Encoding"
    assert gzip.decompress(compressed) == body
    assert len(compressed) < len(body) / 2
    if path != "/":
        assert packed.getheader("Cache-Control") == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/_stcore/health", "/static/js/none.js", "/none"])
def test_every_answer_has_its_headers(port: int, path: str) -> None:
    response, _ = get(port, path)
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Referrer-Policy") == "same-origin"
    assert "camera=()" in response.getheader("Permissions-Policy", "")


def test_robots_are_welcome_and_the_icon_is_ours(port: int) -> None:
    assert get(port, "/robots.txt")[1] == b"User-agent: *\nAllow: /\n"
    assert get(port, "/favicon.ico")[1] == (ROOT / "views" / "icon.svg").read_bytes()


@pytest.mark.parametrize("path", ["/wp-login.php", "/index.html", "/static/js/none.js", "/static/../server.py"])
def test_what_is_not_there_is_not_found_in_french(port: int, path: str) -> None:
    response, body = get(port, path)
    assert response.status == 404
    assert "Page introuvable" in body.decode()


def test_an_index_that_changed_shape_is_refused() -> None:
    from server import STATIC, index

    page = (STATIC / "index.html").read_text(encoding="utf-8")
    for was, what in (
        ('lang="en"', "language"),
        ("<title>", "title"),
        ("noscript", "noscript"),
        ("./static", "script"),
    ):
        with pytest.raises(RuntimeError, match=what):
            index(page.replace(was, "changed"), "french.js")


def test_a_broken_tariff_keeps_it_from_starting_and_says_why_in_french(tmp_path: Path) -> None:
    for name in ("views", "pricing", "data", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("server.py", "streamlit_app.py"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "data" / "tariffs" / "2027-01-01.toml").write_text("adopted = demain\n", encoding="utf-8")
    with started(0, tmp_path) as (process, log):
        assert process.wait(60) != 0
        assert "2027-01-01.toml" in log()
        assert "Remède : " in log()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    options = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*options.split(), "--disable-component-update", "--disable-sync"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def visit(page: Page, port: int, address: str = "") -> None:
    page.goto(f"http://127.0.0.1:{port}/{address}")
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]")
    page.wait_for_selector("[data-testid=stNumberInput] input, .answer.presented")
    settled(page)


def settled(page: Page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def english(page: Page) -> list[str]:
    return [words for words in page.evaluate(SEEN) if ENGLISH.search(words)]


def test_without_our_script_there_is_english(page: Page, port: int) -> None:
    page.route("**/french.*.js", lambda route: route.abort())
    visit(page, port)
    assert {"Increment", "Skip to main content", "Help for Commune"} <= set(english(page))


def test_an_empty_page_holds_no_english(page: Page, port: int) -> None:
    visit(page, port)
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.get_by_role("button", name="Augmenter").count()
    assert not english(page)


def test_a_list_of_choices_holds_no_english(page: Page, port: int) -> None:
    visit(page, port)
    commune = page.get_by_role("combobox", name="Commune")
    commune.click()
    page.wait_for_selector("[role=option]")
    assert not english(page)
    commune.fill("zzzz")
    page.wait_for_selector("text=Aucun résultat")
    assert not english(page)


def test_a_number_out_of_range_is_refused_in_french(page: Page, port: int) -> None:
    visit(page, port)
    agents = page.get_by_role("spinbutton", name="Nombre d'agents")
    agents.fill("12")
    page.wait_for_selector("text=Entrée pour valider", state="attached")
    agents.fill("99999999999")
    agents.press("Enter")
    page.wait_for_selector("text=Ce nombre doit être compris entre 0 et", state="attached")
    assert not english(page)


def test_every_tab_of_a_filled_page_holds_no_english(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    page.wait_for_selector(DRAWN, state="attached")
    for tab in page.get_by_role("tab").all():
        tab.click()
        settled(page)
        assert not english(page)


def test_the_tools_and_the_dialogs_hold_no_english(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    page.get_by_role("tab", name="Partager, imprimer").click()
    page.get_by_role("button", name="Afficher le QR code").click()
    page.wait_for_selector("[role=dialog] img[alt='QR code du lien vers cette simulation']")
    settled(page)
    assert page.get_by_role("button", name="Fermer").count()
    assert not english(page)


def test_a_presentation_holds_no_english(page: Page, port: int) -> None:
    visit(page, port, f"{FILLED}&vue=presentation")
    page.wait_for_selector(DRAWN, state="attached")
    assert not english(page)
    others = page.locator("[data-testid=stExpander]").filter(has_text="Autres services")
    others.locator("summary").click()
    others.get_by_role("checkbox").first.wait_for()
    assert not english(page)
    page.get_by_role("button", name="Agrandir le code").click()
    page.wait_for_selector("[role=dialog] img[alt='QR code du lien vers cette simulation']")
    settled(page)
    assert page.get_by_role("button", name="Fermer").count()
    assert not english(page)


def test_the_header_opens_the_presentation_and_quitter_leaves_it(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    page.get_by_role("button", name="Présenter").click()
    page.wait_for_selector(".answer.presented")
    settled(page)
    page.wait_for_url("**vue=presentation**")
    page.get_by_role("button", name="Quitter").click()
    page.get_by_role("button", name="Présenter").wait_for()
    settled(page)
    assert "vue=" not in page.url
    assert not english(page)


def test_the_line_that_stands_for_the_list_of_communes_holds_no_english(page: Page, port: int) -> None:
    visit(page, port, "?commune=62727&habitants=1478&domaines=1")
    assert not english(page)
    assert not page.get_by_role("combobox", name="Commune").count()
    page.get_by_role("button", name="Changer de commune").click()
    page.get_by_role("combobox", name="Commune").wait_for()
    settled(page)
    assert not english(page)


def test_what_the_visitor_writes_is_left_as_it_is(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    page.get_by_role("tab", name="Comparer").click()
    name = page.get_by_role("textbox", name="Nom du scénario")
    name.fill("Close")
    page.wait_for_selector("[data-testid=stTextInput] >> text=Entrée pour valider")
    assert not english(page)
    page.get_by_role("button", name="Garder").click()
    page.get_by_role("button", name="Reprendre").wait_for()
    settled(page)
    assert page.get_by_role("rowheader", name="Close").or_(page.get_by_role("cell", name="Close")).count()


def test_enter_keeps_a_scenario(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    page.get_by_role("tab", name="Comparer").click()
    name = page.get_by_role("textbox", name="Nom du scénario")
    name.fill("Sans rien")
    name.press("Enter")
    page.get_by_role("rowheader", name="Sans rien").wait_for()
    settled(page)
    assert name.input_value() == ""


# A number that is no whole number

WHOLE = "Nombre entier, sans virgule : vérifiez ce nombre."
REFUSED = "Nombre refusé : les montants affichés ne le comptent pas. Il faut un nombre entier, ni négatif ni démesuré."
AGENTS = "Nombre d'agents"
MAILBOXES = "Comptes de messagerie 5 Go"
HINT = "[data-testid=stNumberInput] [data-testid=InputInstructions]"


def number(page: Page, label: str) -> Locator:
    """A number's field, emptied and taken up."""
    field = page.get_by_role("spinbutton", name=label)
    field.click()
    field.press("Control+a")
    field.press("Delete")
    assert field.input_value() == ""
    return field


def told(field: Locator) -> str:
    """What the style sheet says under a number's field."""
    content = field.evaluate("each => getComputedStyle(each.closest('[data-testid=stNumberInput]'), '::after').content")
    return "" if content == "none" else content.strip('"')


TYPED = ["4,5", "4.5", "4e5", "4E5", "4+5", "4-5", "-45", "+45", "45,", ",45"]


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_a_typed_sign_is_refused_and_the_number_is_to_be_checked(browser: Browser, port: int, locale: str) -> None:
    context = browser.new_context(locale=locale)
    try:
        page = context.new_page()
        visit(page, port, FILLED)
        for typed in TYPED:
            field = number(page, MAILBOXES)
            assert told(field) == "", typed
            page.keyboard.type(typed)
            assert (field.input_value(), told(field)) == ("45", WHOLE), typed
    finally:
        context.close()


def test_a_pasted_number_that_is_not_whole_is_refused_entirely(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    for pasted in ("4,5", "4.5", "-45", "4e5"):
        paste(page, pasted)
        field = number(page, MAILBOXES)
        assert told(field) == "", pasted
        field.press("Control+v")
        assert (field.input_value(), told(field)) == ("", WHOLE), pasted


def test_a_pasted_whole_number_is_taken(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    paste(page, "45")
    field = number(page, MAILBOXES)
    field.press("Control+v")
    assert field.input_value() == "45"
    assert told(field) == ""


def paste(page: Page, words: str) -> None:
    """Put words on the clipboard, as a visitor does who copies them elsewhere on the page."""
    page.evaluate(
        """words => {
          const area = document.body.appendChild(document.createElement("textarea"));
          area.value = words;
          area.select();
          document.execCommand("copy");
          area.remove();
        }""",
        words,
    )


def test_the_number_to_check_is_told_until_it_is_taken_up_again(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    agents = number(page, AGENTS)
    page.keyboard.type("4,5")
    agents.press("Enter")
    page.get_by_text("45 agents, entre 41 et").wait_for()
    settled(page)
    assert told(agents) == WHOLE
    other = page.get_by_role("spinbutton", name=MAILBOXES)
    other.focus()
    assert told(agents) == WHOLE
    assert told(other) == ""
    agents.focus()
    assert told(agents) == ""
    assert agents.input_value() == "45"


def test_the_number_to_check_is_told_until_it_is_emptied(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    agents = number(page, AGENTS)
    page.keyboard.type("4,5")
    agents.press("Backspace")
    assert told(agents) == WHOLE
    agents.press("Backspace")
    assert told(agents) == ""
    page.keyboard.type("7")
    assert told(agents) == ""


def test_a_number_refused_is_told_before_one_to_check(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    agents = number(page, AGENTS)
    page.keyboard.type("9,9999999999")
    agents.press("Enter")
    page.wait_for_selector("[data-testid=stNumberInput] input[aria-invalid=true]")
    assert told(agents) == REFUSED


def test_signs_are_typed_wherever_no_number_is_asked_for(page: Page, port: int) -> None:
    visit(page, port, FILLED)
    page.get_by_role("tab", name="Comparer").click()
    name = page.get_by_role("textbox", name="Nom du scénario")
    name.click()
    page.keyboard.type("Été, 1.5 + e-mail")
    assert name.input_value() == "Été, 1.5 + e-mail"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("view", "count"), [("", 15), ("&vue=presentation", 6)], ids=["page", "presentation"])
def test_the_hint_of_a_number_covers_no_field(page: Page, port: int, view: str, count: int, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, port, FILLED + view)
    page.wait_for_selector(DRAWN, state="attached")
    fields = page.locator("input[type=number]:visible")
    expect(fields).to_have_count(count)
    hint = page.locator(HINT).filter(has_text=re.compile("."))
    for rank in range(count):
        fields.nth(rank).fill("77")
        expect(hint).to_have_text("Entrée pour valider")
        assert hint.evaluate(COVERED) == [], rank
        fields.nth(rank).press("Enter")
        expect(hint).to_have_count(0)
        settled(page)


COVERED = """hint => {
  const own = hint.getBoundingClientRect();
  const meets = (box) =>
    box.left < own.right && own.left < box.right && box.top < own.bottom && own.top < box.bottom;
  return [...document.querySelectorAll("[data-testid=stNumberInputContainer], input, button, label")]
    .filter((each) => each.checkVisibility() && meets(each.getBoundingClientRect()))
    .map((each) => each.outerHTML.slice(0, 200));
}"""


def test_a_lost_connection_is_told_in_french(page: Page) -> None:
    with running() as (port, process):
        visit(page, port)
        process.terminate()
        page.wait_for_selector("[role=dialog] >> text=Connexion perdue")
        assert not english(page)


def test_a_first_view_weighs_at_most_1600_kb(page: Page, port: int) -> None:
    received: list[int] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    visit(page, port, FILLED)
    page.wait_for_selector(DRAWN, state="attached")
    page.wait_for_load_state("networkidle")
    assert sum(received) < 1_600_000
