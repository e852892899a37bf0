"""The page in a frame of another site, by the very snippet of README."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from screen import EXAMPLE, FIGURES, SHARE

from tests.hosting import README, block
from tests.serving import running

QUERY = urlencode(EXAMPLE)
ONE_SCROLL_BAR = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  return main.scrollHeight <= main.clientHeight && main.offsetWidth === main.clientWidth;
}"""
SANDBOX = "allow-scripts allow-same-origin allow-forms allow-downloads"


@pytest.fixture(scope="module")
def framed_port() -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAME_ANCESTORS", "'self' http://localhost:*")
        with running() as (port, _):
            yield port


@contextmanager
def hosted(framed_port: int, sandbox: str = "") -> Iterator[str]:
    """Serve a page of another site that frames ours, and yield its URL."""
    words = block("html").replace("https://simulateur.example.fr/", f"http://127.0.0.1:{framed_port}/?{QUERY}")
    if sandbox:
        assert f"`{sandbox}`" in README
        words = words.replace("<iframe ", f'<iframe sandbox="{sandbox}" ')
    body = f'<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>CDG</title><h1>CDG</h1>{words}'.encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as host:
        threading.Thread(target=host.serve_forever).start()
        yield f"http://localhost:{host.server_port}/"
        host.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 700}, locale="fr-FR")
    yield context.new_page()
    context.close()


def opened(page: Page, site: str) -> FrameLocator:
    """Return the framed page, once it is complete."""
    page.goto(site)
    frame = page.frame_locator("iframe")
    app = frame.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    expect(frame.locator(".figure")).to_have_text(FIGURES)
    return frame


def test_a_frame_has_one_scroll_bar_no_margin_and_no_second_title(page: Page, framed_port: int) -> None:
    page.add_init_script(
        "window.told = []; if (window === top) addEventListener('message', ({data}) => window.told.push(data))"
    )
    with hosted(framed_port) as site:
        frame = opened(page, site)
    within = page.frames[1]
    for width in (1200, 700, 390):
        page.set_viewport_size({"width": width, "height": 700})
        within.wait_for_function(ONE_SCROLL_BAR)
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        title = frame.locator("h1").bounding_box()
        assert title
        assert max(title["width"], title["height"]) <= 1
        outer, answer = page.locator("iframe").bounding_box(), frame.locator(".stVerticalBlock").first.bounding_box()
        assert outer
        assert answer
        assert answer["x"] - outer["x"] <= 8
        assert outer["x"] + outer["width"] - answer["x"] - answer["width"] <= 8
    expect(frame.get_by_role("button", name="Présenter")).to_be_hidden()
    # It grows and shrinks with the order.
    tall = page.locator("iframe").evaluate("each => each.clientHeight")
    frame.get_by_role("button", name="Tout remettre à zéro").click()
    page.wait_for_function("tall => document.querySelector('iframe').clientHeight < tall - 300", arg=tall)
    within.wait_for_function(ONE_SCROLL_BAR)
    # It sends its height, and nothing else.
    told = [each for each in page.evaluate("window.told") if "simulateur" in each]
    assert told
    assert {tuple(each) for each in told} == {("simulateur",)}
    assert {tuple(each["simulateur"]) for each in told} == {("height",)}
    assert all(isinstance(each["simulateur"]["height"], int) for each in told)


def test_a_frame_in_a_sandbox_works(page: Page, framed_port: int) -> None:
    with hosted(framed_port, SANDBOX) as site:
        frame = opened(page, site)
    field = frame.locator(".st-key-domains").get_by_role("spinbutton")
    field.fill("2")
    field.press("Enter")
    expect(frame.locator(".figure").first).to_have_text("1 195,00 €")
    frame.get_by_role("radio", name=SHARE).click()
    with page.expect_download() as download:
        frame.get_by_role("link", name="Note pour le conseil (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    frame.get_by_role("button", name="Copier le lien").click()
    expect(frame.get_by_role("button", name="Copié")).to_be_visible()


def test_a_page_of_its_own_is_not_framed(page: Page, framed_port: int) -> None:
    page.goto(f"http://127.0.0.1:{framed_port}/?{QUERY}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("html")).not_to_have_class("framed")
