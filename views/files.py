"""Parts common to every answer of the server: its headers, its compression, and « not found » in French."""

import gzip
import mimetypes
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
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
"""Caching of an answer that says nothing else."""
FRAMES = "FRAME_ANCESTORS"
"""Environment variable that lists, as a Content-Security-Policy does, the sites that may frame the page."""
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
STREAMLITS = frozenset({"/_stcore/health", "/_stcore/host-config"})
"""Streamlit's own paths that the page needs beside its socket; its metrics and uploads are closed."""


def headers(frames: str) -> dict[str, str]:
    """Return the headers of every answer; `frames` lists the sites that may frame it. Raises ValueError for no list."""
    if not frames.strip() or not frames.isprintable() or set(frames) & set(";,"):
        raise ValueError(f"{FRAMES} : « {frames} » n'est pas une liste de sites séparés par des espaces.")
    policy = "; ".join(f"{name} {sources}" for name, sources in {**POLICY, "frame-ancestors": frames.strip()}.items())
    return {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def reads_gzip(accepted: str) -> bool:
    """Tell if a browser reads gzip, by what it accepts: ``gzip``, ``br;q=1, gzip;q=0.5``, but not ``gzip;q=0``."""
    weights = {
        name.strip(): weight.replace(" ", "").lower()
        for name, _, weight in (each.partition(";") for each in accepted.lower().split(","))
    }
    return "gzip" in weights and not re.fullmatch(r"q=0(\.0*)?", weights["gzip"])


def answer(request: Headers, body: bytes, packed: bytes, media_type: str, caching: str) -> Response:
    """Return a file as the browser takes it: compressed where the browser can read that."""
    takes_gzip = reads_gzip(request.get("accept-encoding", ""))
    response = Response(packed if takes_gzip else body, media_type=media_type)
    response.headers.update({"Cache-Control": caching, "Vary": "Accept-Encoding"})
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def refused(path: str, title: str, status: int, **more: str) -> Response:
    """Return a page in French that refuses; its link is relative, since a proxy may serve the page under a prefix."""
    up = "../" * (path.count("/") - 1) or "./"
    return Response(small_page(title, "", home=up), status, more, media_type="text/html")


def not_found(path: str) -> Response:
    """Return the answer to an unknown URL."""
    return refused(path, "Page introuvable", 404)


def file(path: str, content: str, media_type: str, caching: str) -> Route:
    """Return a route to a text known at the start."""
    body = content.encode()
    packed = gzip.compress(body)

    def serve(request: Request) -> Response:
        return answer(request.headers, body, packed, media_type, caching)

    return Route(path, serve)


@cache
def packed(path: Path) -> tuple[bytes, bytes]:
    """Return a file of the package, plain and compressed, once for all visitors: Streamlit itself compresses none."""
    body = path.read_bytes()
    return body, gzip.compress(body)


class Files:
    """Layer that serves Streamlit's scripts and style sheets compressed, and answers « not found » for unknown URLs.

    Streamlit answers any unknown URL with its English index.html.
    """

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app = app
        self.pages = pages
        files = (path for path in STATIC.rglob("*") if path.is_file())
        self.files = {f"/{path.relative_to(STATIC).as_posix()}": path for path in files}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or leave it to Streamlit."""
        app = await self._choose(scope) if scope["type"] == "http" else self.app
        await app(scope, receive, send)

    async def _choose(self, scope: Scope) -> ASGIApp:
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            return refused(path, "Cette adresse ne reçoit rien", 405, Allow="GET, HEAD")
        if path.startswith("/static/"):
            known = self.files.get(path)
            if known is None:
                return not_found(path)
            if known.suffix in {".js", ".css"}:
                body, compressed = await to_thread.run_sync(packed, known)
                media_type = mimetypes.types_map[known.suffix]
                return answer(Headers(scope=scope), body, compressed, media_type, FOREVER)
        elif path not in self.pages and path not in STREAMLITS:
            return not_found(path)
        return self.app


class WithHeaders:
    """Layer that adds the headers that are on every answer."""

    def __init__(self, app: ASGIApp, every: Mapping[str, str]) -> None:
        self.app = app
        self.every = every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the layers below do, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered.update(self.every)
                answered.setdefault("Cache-Control", NOT_KEPT)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
