"""Publication of streamlit_app.py: a French index.html from the first byte, headers, a warm start.

Every URL but the page's and Streamlit's own is not found. Behind a proxy that serves it under a prefix, the proxy
takes the prefix off: all links are relative, and `server.baseUrlPath` stays empty.
"""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TypedDict

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import Route

from views import assets, kept, start
from views.document_routes import Documents
from views.files import A_DAY, FOREVER, FRAMES, Files, WithHeaders, file, headers
from views.first_visitor import FAILED, visit_all
from views.guard import Guard
from views.index import STATIC, index
from views.journal import discreet
from views.supervised import READY, beat, tell_systemd

RENEWAL = 2.0
"""Seconds between two checks of the tariffs' folder, each the list of a few files."""
DESCRIPTORS = 16_384
"""Open descriptors that are enough for any number of visitors; a service of systemd starts with 1024."""


class Published(TypedDict):
    """Arguments of st.App besides the script."""

    routes: list[Route]
    """Routes of our own."""
    middleware: list[Middleware]
    """Layers that each request passes through before Streamlit."""
    lifespan: Callable[[st.App], AbstractAsyncContextManager[None]]
    """Work to do before the first visitor and while the page is served."""
    on_script_error: Callable[[Exception], bool]
    """Function that tells a visitor in French that the page failed."""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Build the page before the first visitor, who would otherwise wait for it, and keep it up to date."""
    assets.link()
    await visit_all()
    gc.collect()
    gc.freeze()
    allow_descriptors()
    going_on = [asyncio.create_task(renew()), asyncio.create_task(beat())]
    tell_systemd(READY)
    with discreet():
        yield
    for each in going_on:
        each.cancel()


def allow_descriptors() -> None:
    """Raise the limit of open descriptors as far as the system allows: four for a visitor, three for one who left."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # Windows has neither

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
        if soft not in (resource.RLIM_INFINITY, most):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


async def renew() -> None:
    """Read the tariffs again soon after a file changes; a file with a fault changes nothing but the log."""
    while True:
        await asyncio.sleep(RENEWAL)
        await to_thread.run_sync(kept.renew)


def tell(_: Exception) -> bool:
    """Tell the visitor in French that the page failed, in place of Streamlit's English; the log has the rest."""
    st.error(FAILED)
    return True


def routes() -> list[Route]:
    """Return the routes of the page itself and of the small files beside it."""
    scripts = {assets.hashed(f"{name}.js"): assets.content(f"{name}.js") for name in assets.SCRIPTS}
    sheet = assets.hashed(assets.SHEET)
    icon = kept.icon()
    page = index((STATIC / "index.html").read_text(encoding="utf-8"), sheet, tuple(scripts))
    return [
        file("/", page, "text/html", "no-cache"),
        file(f"/{sheet}", assets.content(assets.SHEET), "text/css", FOREVER),
        *(file(f"/{name}", content, "text/javascript", FOREVER) for name, content in scripts.items()),
        file("/icon.svg", icon, "image/svg+xml", A_DAY),
        file("/favicon.ico", icon, "image/svg+xml", A_DAY),
        file("/robots.txt", "User-agent: *\nAllow: /\n", "text/plain", A_DAY),
        *Documents().routes(),
    ]


start.check()
ROUTES = routes()
PUBLISHED: Published = {
    "routes": ROUTES,
    "middleware": [
        Middleware(WithHeaders, every=headers(os.environ.get(FRAMES, "'self'"))),
        Middleware(Files, pages=frozenset(route.path for route in ROUTES)),
        Middleware(Guard),
    ],
    "lifespan": lifespan,
    "on_script_error": tell,
}
"""Arguments with which streamlit_app.py makes its app."""
