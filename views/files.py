"""Parts common to every answer of the server: its headers, its compression, and « not found » in French."""

import gzip
import mimetypes
import re
from collections.abc import Callable, Collection, Mapping
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.index import STATIC, small_page

FOREVER = "public, max-age=31536000, immutable"
"""Caching of a file whose name changes with its content."""
A_DAY = "public, max-age=86400"
"""Caching of a small file that may change with a new version."""
NOT_KEPT = "private, no-store"
"""Caching of an answer that says nothing else: it may hold what somebody typed."""
POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    # Streamlit loads the script of a component from a blob that the page itself makes.
    "script-src": "'self' blob:",
    # Streamlit writes its styles into the page while it draws it.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""Content-Security-Policy: what the page may load by kind, and nothing from another site."""
FILES = {f"/{each.relative_to(STATIC).as_posix()}": each for each in (STATIC / "static").rglob("*.*")}
"""Streamlit's scripts, style sheets and fonts, by their paths."""
STREAMLITS = frozenset({"/_stcore/health", "/_stcore/host-config", *FILES})
"""Streamlit's own paths that the page needs beside its socket; its metrics and uploads are closed."""

_READS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))", re.IGNORECASE)


def headers(frames: str) -> dict[str, str]:
    """Return the headers of every answer; `frames` lists the sites that may frame it."""
    return {
        "Content-Security-Policy": "; ".join(map(" ".join, {**POLICY, "frame-ancestors": frames.strip()}.items())),
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def file(path: str, read: Callable[[], bytes], caching: str, media_type: str = "") -> Route:
    """Return the route of a text, read and compressed once for all visitors."""
    kind = media_type or mimetypes.guess_type(path)[0]

    @cache
    def contents() -> tuple[bytes, bytes]:
        content = read()
        return content, gzip.compress(content)

    def serve(request: Request) -> Response:
        packed = bool(_READS_GZIP.search(request.headers.get("accept-encoding", "")))
        encoding = {"Content-Encoding": "gzip"} if packed else {}
        always = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
        return Response(contents()[packed], headers=always | encoding, media_type=kind)

    return Route(path, serve)


def refused(path: str, title: str, status: int, **more: str) -> Response:
    """Return a page in French that refuses; its link is relative, since a proxy may serve the page under a prefix."""
    up = "../" * (path.count("/") - 1) or "./"
    return Response(small_page(title, "", home=up), status, more, media_type="text/html")


class Front:
    """Layer that adds the headers of every answer, compresses Streamlit's files, and answers « not found » in French.

    Streamlit compresses none of them, lets no route of ours take their place, and answers any unknown URL with its
    English index.html.
    """

    def __init__(self, app: ASGIApp, paths: Collection[str], every: Mapping[str, str]) -> None:
        self.app = app
        self.paths = paths
        self.every = every
        texts = {path: each for path, each in FILES.items() if each.suffix in (".js", ".css")}
        self.packed = {path: file(path, each.read_bytes, FOREVER) for path, each in texts.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or leave it to the layers below, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered.update(self.every)
                answered.setdefault("Cache-Control", NOT_KEPT)
            await send(message)

        path = scope["path"]
        app = self.packed.get(path, self.app)
        if scope["method"] not in ("GET", "HEAD"):
            app = refused(path, "Cette adresse ne reçoit rien", 405, Allow="GET, HEAD")
        elif path not in self.paths:
            app = refused(path, "Page introuvable", 404)
        await app(scope, receive, with_headers)
