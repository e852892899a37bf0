"""The same page, published: a French index.html from the first byte, compressed files, headers, a warm start.

    streamlit run server.py          (or: python server.py)

Every address but the page's and Streamlit's own is not found. Behind a proxy that serves it under a prefix, the proxy
takes the prefix off: all links are relative, and `server.baseUrlPath` stays empty.
"""

import asyncio
import gc
import gzip
import hashlib
import mimetypes
import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import SessionClient, get_instance

from views import kept

ROOT = Path(__file__).parent
STATIC = Path(st.__file__).parent / "static"

SCRIPTS = ("french", "page", "runs", "unsent", "fields", "presses")
"""Our scripts in `views/`, in the order in which the index links them."""

TITLE = "Simulateur des services numériques, Pas-de-Calais"
DESCRIPTION = (
    "Ce que coûtent à une commune ou à un autre organisme public du Pas-de-Calais les services numériques de "
    "La Fibre Numérique 59-62 et l'accompagnement du CDG 62 : la première année, chaque année ensuite, sur six ans."
)
WITHOUT_SCRIPT = (
    f"<h1>{TITLE}</h1><p>Ce simulateur calcule à mesure que vous répondez : il a besoin de JavaScript, qui est "
    "désactivé dans ce navigateur. Activez-le, puis rechargez la page.</p>"
)
NOT_FOUND = (
    f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Page introuvable. {TITLE}</title></head>'
    '<body><h1>Page introuvable</h1><p><a href="/">Ouvrir le simulateur</a></p></body></html>'
)

FOREVER = "public, max-age=31536000, immutable"
"""For a file whose name changes with its content."""
A_DAY = "public, max-age=86400"
FRAMES = "FRAME_ANCESTORS"
"""The environment variable that lists, as a Content-Security-Policy does, the sites that may frame the page."""
POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    # Streamlit loads the script of a component from a blob of the page's own.
    "script-src": "'self' blob:",
    # Streamlit's styles are made in the page as it is drawn.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What the page may load, and from where: nothing but from here."""

EXAMPLE = "habitants=1250&agents=12&messagerie-5go=4&cles-cdg-3ans=1&sauvegardes=1&antivirus=3&demarches=oui"
"""A simulation that shows every chart."""
RENEWAL = 2.0
"""Seconds between two looks at the tariffs' folder: the list of a few files."""
FAILED = (
    "Cette page a rencontré une erreur, notée au journal du serveur. Rechargez-la : la simulation est gardée dans "
    "son adresse."
)
STREAMLITS = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
"""Streamlit's own addresses that the page needs; its metrics and its uploads are nobody's business."""
MADE = "/media/"
"""Where the documents made for a visitor are fetched from."""


def headers(frames: str) -> dict[str, str]:
    """What is on every answer; `frames` names the sites that may frame the page. Raises ValueError for no such list."""
    if not frames.strip() or not frames.isprintable() or set(frames) & set(";,"):
        raise ValueError(f"{FRAMES} : « {frames} » n'est pas une liste de sites séparés par des espaces.")
    policy = "; ".join(f"{name} {sources}" for name, sources in {**POLICY, "frame-ancestors": frames.strip()}.items())
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def index(page: str, scripts: Sequence[str]) -> str:
    """Streamlit's own index.html in French, with our scripts. Raises RuntimeError where it is no longer as it was."""
    ours = "".join(f'\n    <script type="module" src="./{script}"></script>' for script in scripts)
    for what, pattern, replacement in (
        ("language", r'<html lang="en">', '<html lang="fr">'),
        (
            "title",
            r"<title>Streamlit</title>",
            f'<title>{TITLE}</title>\n    <meta name="description" content="{DESCRIPTION}" />{ours}',
        ),
        ("icon", r'<link rel="shortcut icon" href="\./favicon\.png" />', '<link rel="icon" href="./icon.svg" />'),
        ("noscript", r"<noscript>.*?</noscript>", f"<noscript>{WITHOUT_SCRIPT}</noscript>"),
        # Programs are not offered a way of their own into a visitor's page: that address is closed.
        ("pointer for programs", r'\s*<link rel="service-desc" href="\./_stcore/agent/openapi\.json" />', ""),
        # It only tells a crawler when to look, and the policy allows no script written in a page.
        ("script in the page", r"\s*<script>\s*window\.prerenderReady = false\s*</script>", ""),
    ):
        page, found = re.subn(pattern, lambda _, words=replacement: words, page, flags=re.DOTALL)
        if found != 1:
            raise RuntimeError(f"Streamlit's index.html has changed: its {what} is found {found} times, not once.")
    if "./static/js/index." not in page:
        raise RuntimeError("Streamlit's index.html has changed: its script is no longer ./static/js/index.*.js.")
    return page


def answer(request: Headers, body: bytes, packed: bytes, media_type: str, caching: str) -> Response:
    """A file as the browser takes it: compressed wherever it can read that."""
    takes_gzip = "gzip" in request.get("accept-encoding", "")
    response = Response(packed if takes_gzip else body, media_type=media_type)
    response.headers.update({"Cache-Control": caching, "Vary": "Accept-Encoding"})
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def file(path: str, content: str, media_type: str, caching: str) -> Route:
    """A route to a text known at the start."""
    body = content.encode()
    packed = gzip.compress(body)

    def serve(request: Request) -> Response:
        return answer(request.headers, body, packed, media_type, caching)

    return Route(path, serve)


@cache
def packed(path: Path) -> tuple[bytes, bytes]:
    """A file of the package and the same compressed, once for all visitors: Streamlit itself compresses none."""
    body = path.read_bytes()
    return body, gzip.compress(body)


class Files:
    """Serves Streamlit's scripts and style sheets compressed, and answers « not found » where there is nothing.

    Streamlit answers any unknown address by its English index.html.
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
        if path.startswith("/static/"):
            known = self.files.get(path)
            if known is None:
                return Response(NOT_FOUND, 404, media_type="text/html")
            if known.suffix in {".js", ".css"} and scope["method"] in {"GET", "HEAD"}:
                body, compressed = await to_thread.run_sync(packed, known)
                media_type = mimetypes.types_map[known.suffix]
                return answer(Headers(scope=scope), body, compressed, media_type, FOREVER)
        elif path not in self.pages and path not in STREAMLITS and not path.startswith(MADE):
            return Response(NOT_FOUND, 404, media_type="text/html")
        return self.app


class WithHeaders:
    """Adds the headers that are on every answer."""

    def __init__(self, app: ASGIApp, every: Mapping[str, str]) -> None:
        self.app = app
        self.every = every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the rest does, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.every)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class FirstVisitor(SessionClient):
    """A visitor of before the first one, who opens the example: the whole page is imported, read and built for them."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()
        self.saw_an_error = False

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Receive what the browser would."""
        self.saw_an_error |= msg.delta.new_element.alert.body == FAILED
        if msg.HasField("script_finished"):
            self.finished.set()

    async def visit(self, address: str, color_scheme: str) -> None:
        """Open the page and wait until it is whole. Raises RuntimeError where it fails; the log says why."""
        runtime = get_instance()
        session = runtime.connect_session(self, user_info={})
        client = ClientState(query_string=address, context_info=ContextInfo(color_scheme=color_scheme))
        try:
            runtime.handle_backmsg(session, BackMsg(rerun_script=client))
            await asyncio.wait_for(self.finished.wait(), timeout=60)
        finally:
            runtime.close_session(session)
        if self.saw_an_error:
            raise RuntimeError("The page fails: see above.")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Do before the first visitor what they would wait for. Raises TariffError, in French, for a broken tariff."""
    kept.tariffs()
    for address in ("", EXAMPLE, f"{EXAMPLE}&vue=presentation"):
        for color_scheme in ("light", "dark"):
            await FirstVisitor().visit(address, color_scheme)
    gc.collect()
    gc.freeze()
    renewing = asyncio.create_task(renew())
    yield
    renewing.cancel()


async def renew() -> None:
    """Take up a new tariff soon after its file is there; one that does not read changes nothing but the log."""
    while True:
        await asyncio.sleep(RENEWAL)
        await to_thread.run_sync(kept.renew)


def tell(_: Exception) -> bool:
    """Tell the visitor in French that the page failed, in place of Streamlit's English; the log has the rest."""
    st.error(FAILED)
    return True


def routes() -> list[Route]:
    """The page itself and the small files beside it."""
    scripts = {}
    for name in SCRIPTS:
        content = (ROOT / "views" / f"{name}.js").read_text(encoding="utf-8")
        scripts[f"{name}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.js"] = content
    icon = (ROOT / "views" / "icon.svg").read_text(encoding="utf-8")
    page = index((STATIC / "index.html").read_text(encoding="utf-8"), tuple(scripts))
    return [
        file("/", page, "text/html", "no-cache"),
        *(file(f"/{name}", content, "text/javascript", FOREVER) for name, content in scripts.items()),
        file("/icon.svg", icon, "image/svg+xml", A_DAY),
        file("/favicon.ico", icon, "image/svg+xml", A_DAY),
        file("/robots.txt", "User-agent: *\nAllow: /\n", "text/plain", A_DAY),
    ]


ROUTES = routes()
app = st.App(
    ROOT / "streamlit_app.py",
    routes=ROUTES,
    middleware=[
        Middleware(WithHeaders, every=headers(os.environ.get(FRAMES, "'self'"))),
        Middleware(Files, pages=frozenset(route.path for route in ROUTES)),
    ],
    lifespan=lifespan,
    on_script_error=tell,
)

if __name__ == "__main__":
    app.run()
