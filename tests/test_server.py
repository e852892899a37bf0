"""The page as it is published: its first bytes, its headers, and its answer to any URL."""

import gzip
import os
import re
import subprocess
import sys
from urllib.parse import urljoin

import pytest

from tests.serving import HANDSHAKE, ROOT, get
from views.documents import DOCUMENTS


@pytest.fixture(scope="module")
def html(port: int) -> str:
    return get(port, "/")[1].decode()


def test_the_first_bytes_are_french(html: str) -> None:
    assert '<html lang="fr">' in html
    assert "<title>Simulateur des services numériques, Pas-de-Calais</title>" in html
    assert re.search(r'<meta name="description" content="Ce que coûtent [^"]{100,200}"', html)
    assert "désactivé dans ce navigateur" in html[html.index("<noscript>") : html.index("</noscript>")]
    assert "You need to enable" not in html


def test_every_file_that_the_page_names_exists(port: int, html: str) -> None:
    named = re.findall(r'(?:src|href)="\./([^"]+)"', html)
    assert len(named) > 50
    assert {name: get(port, f"/{name}", method="HEAD")[0].status for name in named} == dict.fromkeys(named, 200)


def test_our_scripts_come_first_and_are_cached_by_the_browser(port: int, html: str) -> None:
    from views.assets import SCRIPTS

    linked = re.findall(r'<script type="module" src="\./((\w+)\.[0-9a-f]{12}\.js)"></script>', html)
    assert [name for _, name in linked] == list(SCRIPTS)
    assert html.index(linked[-1][0]) < html.index("./static/js/index.")
    for file, name in linked:
        response, body = get(port, f"/{file}")
        assert response.getheader("Content-Type") == "text/javascript; charset=utf-8"
        assert response.getheader("Cache-Control") == "public, max-age=31536000, immutable"
        assert body == (ROOT / "views" / f"{name}.js").read_bytes()


def test_our_style_sheet_comes_last_and_is_cached_by_the_browser(port: int, html: str) -> None:
    linked = re.findall(r'<link rel="stylesheet"[^>]* href="\./([^"]+)"', html)
    assert re.fullmatch(r"style\.[0-9a-f]{12}\.css", linked[-1])
    response, body = get(port, f"/{linked[-1]}")
    assert response.getheader("Content-Type") == "text/css; charset=utf-8"
    assert response.getheader("Cache-Control") == "public, max-age=31536000, immutable"
    assert body == (ROOT / "views" / "style.css").read_bytes()


def test_the_page_itself_is_asked_for_each_time(port: int) -> None:
    assert get(port, "/")[0].getheader("Cache-Control") == "no-cache"


def test_a_head_request_is_answered_like_a_get_without_its_body(port: int) -> None:
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
    assert response.getheader("Referrer-Policy") == "no-referrer"
    assert "camera=()" in response.getheader("Permissions-Policy", "")
    policy = response.getheader("Content-Security-Policy", "")
    assert "default-src 'none'; script-src 'self' blob:; " in policy
    assert policy.endswith("frame-ancestors 'self'")


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/upload_file/a/b",
        "/_stcore/script-health-check",
    ],
)
def test_internal_urls_are_not_public(port: int, path: str) -> None:
    for method in ("GET", "PUT", "POST", "DELETE"):
        assert get(port, path, method=method)[0].status in (404, 405)


def test_a_post_request_is_refused_in_french(port: int) -> None:
    response, body = get(port, f"/{DOCUMENTS[0].address}", method="POST")
    assert (response.status, response.getheader("Allow")) == (405, "GET, HEAD")
    assert '<a href="../">Ouvrir le simulateur</a>' in body.decode()


def test_the_sites_that_may_frame_the_page_are_a_setting() -> None:
    from views.files import headers

    policy = headers("'self' https://www.cdg62.fr")["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://www.cdg62.fr")
    for wrong in ("", " ", "'self'; script-src *", "'self',*", "'self'\nX: y"):
        with pytest.raises(ValueError, match="FRAME_ANCESTORS"):
            headers(wrong)


def test_robots_are_welcome_and_the_icon_is_ours(port: int) -> None:
    assert get(port, "/robots.txt")[1] == b"User-agent: *\nAllow: /\n"
    assert get(port, "/favicon.ico")[1] == (ROOT / "views" / "icon.svg").read_bytes()


@pytest.mark.parametrize("path", ["/wp-login.php", "/index.html", "/static/js/none.js", "/static/../streamlit_app.py"])
def test_an_unknown_url_is_not_found_in_french(port: int, path: str) -> None:
    response, body = get(port, path)
    assert response.status == 404
    assert "Page introuvable" in body.decode()


@pytest.mark.parametrize("path", ["/wp-login.php", "/static/js/none.js", "/a/b/c/d"])
def test_an_unknown_url_links_to_the_page_also_under_a_prefix(port: int, path: str) -> None:
    link = re.search('href="([^"]*)"', get(port, path)[1].decode())
    assert link
    assert urljoin(f"http://h/prefixe{path}", link[1]) == "http://h/prefixe/"


def test_an_index_that_has_changed_is_refused() -> None:
    from views.index import STATIC, index

    page = (STATIC / "index.html").read_text(encoding="utf-8")
    for was, what in (
        ('lang="en"', "language"),
        ("<title>", "title"),
        ('id="root"', "root"),
        ("noscript", "noscript"),
        ("./static", "script"),
    ):
        with pytest.raises(RuntimeError, match=what):
            index(page.replace(was, "changed"), "style.css", ["french.js"])


def test_importing_the_page_builds_nothing_and_it_shows_no_detail_of_an_error() -> None:
    # Streamlit warns of each element that is made outside of a visitor's run.
    told = (
        "import streamlit_app, streamlit;"
        "print(type(streamlit_app.app).__name__, streamlit.get_option('client.showErrorDetails'))"
    )
    environment = {**os.environ, "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "false"}  # whatever the host sets
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["App", "none"]
    assert done.stderr == ""


def test_messages_to_the_page_travel_compressed(port: int) -> None:
    response, _ = get(
        port,
        "/_stcore/stream",
        headers={**HANDSHAKE, "Sec-WebSocket-Extensions": "permessage-deflate"},
    )
    assert response.status == 101
    assert "permessage-deflate" in response.getheader("Sec-WebSocket-Extensions", "")
