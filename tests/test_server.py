"""The page as it is published: its first bytes, its headers, and its answer to any URL."""

import gzip
import re
from urllib.parse import urljoin

import pytest

from tests.serving import HANDSHAKE, ROOT, get
from views.assets import SCRIPTS
from views.documents import DOCUMENTS
from views.index import STATIC, index

FOREVER = "public, max-age=31536000, immutable"


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


def test_our_scripts_come_first_and_our_style_sheets_last_one_for_paper_alone(port: int, html: str) -> None:
    scripts = re.findall(r'<script type="module" src="\./((\w+)\.[0-9a-f]{12}\.js)"></script>', html)
    assert [name for _, name in scripts] == list(SCRIPTS)
    assert html.index(scripts[-1][0]) < html.index("./static/js/index.")
    *_, (_, screen), (media, paper) = re.findall(r'<link rel="stylesheet"([^>]*) href="\./([^"]+)"', html)
    assert re.fullmatch(r"style\.[0-9a-f]{12}\.css", screen)
    assert re.fullmatch(r"print\.[0-9a-f]{12}\.css", paper)
    assert media == ' media="print"'
    ours = {file: (f"{name}.js", "text/javascript") for file, name in scripts}
    ours |= {screen: ("style.css", "text/css"), paper: ("print.css", "text/css")}
    for file, (name, kind) in ours.items():
        response, body = get(port, f"/{file}")
        assert response.getheader("Content-Type") == f"{kind}; charset=utf-8"
        assert response.getheader("Cache-Control") == FOREVER
        assert body == (ROOT / "views" / name).read_bytes()


def test_a_head_request_is_answered_like_a_get_without_its_body(port: int) -> None:
    for path in ("/", "/robots.txt"):
        response, body = get(port, path, method="HEAD")
        assert (response.status, body) == (200, b"")
        assert response.getheader("Content-Length") == str(len(get(port, path)[1]))


@pytest.mark.parametrize("kind", ["/()", r"\.(/static/js/index\.[\w-]+\.js)", r"\.(/static/css/[\w.-]+\.css)"])
def test_text_travels_compressed_to_a_browser_that_reads_it(port: int, html: str, kind: str) -> None:
    found = re.search(kind, html)
    assert found
    path = found[1] or "/"
    plain, body = get(port, path, encoding="br, gzip;q=0.0, deflate")
    packed, compressed = get(port, path, encoding="br;q=1, gzip;q=0.5")
    assert plain.getheader("Content-Encoding") is None
    assert packed.getheader("Content-Encoding") == "gzip"
    assert packed.getheader("Vary") == plain.getheader("Vary") == "Accept-Encoding"
    assert gzip.decompress(compressed) == body
    assert len(compressed) < len(body) / 2
    assert packed.getheader("Cache-Control") == ("no-cache" if path == "/" else FOREVER)


def test_messages_to_the_page_travel_compressed(port: int) -> None:
    asked = {**HANDSHAKE, "Sec-WebSocket-Extensions": "permessage-deflate"}
    response, _ = get(port, "/_stcore/stream", headers=asked)
    assert response.status == 101
    assert "permessage-deflate" in response.getheader("Sec-WebSocket-Extensions", "")


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/_stcore/health", "/static/js/none.js", "/none"])
def test_every_answer_has_its_headers(port: int, path: str) -> None:
    response, _ = get(port, path)
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Referrer-Policy") == "no-referrer"
    assert "camera=()" in response.getheader("Permissions-Policy", "")
    assert response.getheader("Cross-Origin-Opener-Policy") == "same-origin"
    policy = response.getheader("Content-Security-Policy", "")
    assert policy.startswith("default-src 'none'; script-src 'self' blob:; ")
    assert policy.endswith("frame-ancestors 'self'")


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/upload_file/a/b",
        "/_stcore/script-health-check",
        "/wp-login.php",
        "/index.html",
        "/static/js/none.js",
        "/static/%2e%2e/streamlit_app.py",
        "/a/b/c/d",
        "/documents/",
        "/documents/note.doc",
        "/documents/note.pdf/x",
    ],
)
def test_any_other_url_is_not_found_in_french_and_links_to_the_page_also_under_a_prefix(port: int, path: str) -> None:
    response, body = get(port, path)
    assert response.status == 404
    assert response.getheader("Cache-Control") == "private, no-store"
    link = re.search('Page introuvable.*href="([^"]*)">Ouvrir le simulateur', body.decode())
    assert link
    assert urljoin(f"http://h/prefixe{path}", link[1]) == "http://h/prefixe/"
    for method in ("PUT", "POST", "DELETE"):
        assert get(port, path, method=method)[0].status == 405


def test_a_post_request_is_refused_in_french(port: int) -> None:
    response, body = get(port, f"/{DOCUMENTS[0].address}", method="POST")
    assert (response.status, response.getheader("Allow")) == (405, "GET, HEAD")
    assert '<a href="../">Ouvrir le simulateur</a>' in body.decode()


def test_robots_are_welcome_and_the_icon_is_ours(port: int) -> None:
    assert get(port, "/robots.txt")[1] == b"User-agent: *\nAllow: /\n"
    response, body = get(port, "/favicon.ico")
    assert response.getheader("Content-Type") == "image/svg+xml"
    assert body == (ROOT / "views" / "icon.svg").read_bytes()


@pytest.mark.parametrize(
    ("was", "what"),
    [
        ('lang="en"', "language"),
        ("<title>", "title"),
        ('id="root"', "root"),
        ("noscript", "noscript"),
        ("./static", "script"),
    ],
)
def test_an_index_that_has_changed_is_refused(was: str, what: str) -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    with pytest.raises(RuntimeError, match=what):
        index(page.replace(was, "changed"), "style.css", "print.css", ["french.js"])
