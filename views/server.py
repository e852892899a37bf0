"""Publication of streamlit_app.py: a French index.html from the first byte, headers, a warm start.

Every URL but the page's and Streamlit's own is not found. Behind a proxy that serves it under a prefix, the proxy
takes the prefix off: all links are relative, and `server.baseUrlPath` stays empty.
"""

import asyncio
import gc
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import SessionClient, get_instance

from pricing.simulation import Simulation, look_at
from views import assets, kept, start
from views.archive_route import Archives
from views.document_routes import Documents
from views.files import A_DAY, FOREVER, STREAMLITS, Front, file, headers
from views.guard import Guard
from views.index import FAILED, STATIC, index
from views.journal import discreet

RENEWAL = 2.0
"""Seconds between two checks of the tariffs' folder, each the list of a few files."""
READY, ALIVE = b"READY=1", b"WATCHDOG=1"
"""Messages of sd_notify(3) to systemd, which waits until a replica is ready and restarts one that hangs."""
BEAT = 2.0
"""Seconds between two signs of life; README's unit waits for four of them."""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Build the page before the first visitor, who would otherwise wait for it, and keep it up to date."""
    assets.linked = True
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


class FirstVisitor(SessionClient):
    """A browser that opens the page and notes whether it fails."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()
        self.saw_an_error = False

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Receive a message as a browser would."""
        self.saw_an_error |= msg.delta.new_element.alert.body == FAILED
        if msg.HasField("script_finished"):
            self.finished.set()


async def visit_all() -> None:
    """Open every kind of page, in light and dark. Raises RuntimeError where one fails; the log says why."""
    runtime = get_instance()
    example = Simulation(choice=kept.example(kept.tariffs().nearest(kept.today())))
    for address in ("", *map(kept.links().query, (example, look_at(example, "present")))):
        for color_scheme in ("light", "dark"):
            visitor = FirstVisitor()
            session = runtime.connect_session(visitor, user_info={})
            client = ClientState(query_string=address, context_info=ContextInfo(color_scheme=color_scheme))
            try:
                runtime.handle_backmsg(session, BackMsg(rerun_script=client))
                await asyncio.wait_for(visitor.finished.wait(), timeout=60)
            finally:
                runtime.close_session(session)
            if visitor.saw_an_error:
                raise RuntimeError("La page échoue dès la première visite : l'erreur est écrite plus haut.")


def allow_descriptors() -> None:
    """Raise the limit of open descriptors as far as it goes: a visitor takes four, and three more after leaving."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # which Windows does not have

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def renew() -> None:
    """Read the tariffs again soon after a file changes; a file with a fault changes nothing but the log."""
    while True:
        await asyncio.sleep(RENEWAL)
        await to_thread.run_sync(kept.served().renew)


async def beat() -> None:
    """Report again and again that the event loop runs, which a stopped or stuck process no longer does."""
    while True:
        tell_systemd(ALIVE)
        await asyncio.sleep(BEAT)


def tell_systemd(message: bytes) -> None:
    """Send a message to the service manager that started this process, if there is one."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address.startswith("@"):  # a name that is no file
        address = f"\0{address[1:]}"
    if address:
        # Drop the message where the manager is gone or busy: the next one comes soon.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as manager:
            manager.sendto(message, address)


def tell(_: Exception) -> bool:
    """Tell the visitor in French that the page failed, in place of Streamlit's English; the log has the rest."""
    st.error(FAILED)
    return True


def routes() -> list[Route]:
    """Return the routes of the page itself and of the files beside it."""
    scripts = {assets.hashed(f"{name}.js"): f"{name}.js" for name in assets.SCRIPTS}
    sheet, for_paper, documents = assets.hashed(assets.SHEET), assets.hashed(assets.FOR_PAPER), Documents()
    page = index((STATIC / "index.html").read_text(encoding="utf-8"), sheet, for_paper, tuple(scripts))
    return [
        file("/", page.encode, "no-cache", "text/html"),
        *(
            file(f"/{name}", assets.content(ours).encode, FOREVER)
            for name, ours in {sheet: assets.SHEET, for_paper: assets.FOR_PAPER, **scripts}.items()
        ),
        file("/icon.svg", assets.content(assets.ICON).encode, A_DAY),
        file("/favicon.ico", assets.content(assets.ICON).encode, A_DAY, "image/svg+xml"),
        file("/robots.txt", "User-agent: *\nAllow: /\n".encode, A_DAY),
        *documents.routes(),
        Archives(documents).route(),
    ]


start.check()
ROUTES = routes()
"""Routes of our own."""
MIDDLEWARE = [
    Middleware(Front, paths=STREAMLITS.union(route.path for route in ROUTES), every=headers(start.frames())),
    Middleware(Guard),
]
"""Layers that each request passes through before Streamlit."""
