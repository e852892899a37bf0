"""A guard in front of Streamlit's socket: only what the page needs passes, at a rate that leaves room for the others.

Messages beyond the rate are not refused but left unread, so that the sender waits. A visitor's address is the one that
uvicorn gives. It believes `X-Forwarded-For` from 127.0.0.1 alone (or from what `FORWARDED_ALLOW_IPS` names), where
README's nginx writes the true address in place of whatever the visitor wrote: nobody can choose their own.
"""

import asyncio
import re
from collections.abc import Collection
from functools import lru_cache, partial

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from views.messages import refusal
from views.share import ADDRESSES, BYTES_OF_ONE, MOST_SOCKETS, OF_A_SOCKET, Rate, Share, network
from views.turn import PAGE

PROTOCOL = "streamlit"
"""Subprotocol that the page's browser names first, before the tokens of a host or of a cookie.

Streamlit's own answer would repeat any other, however long.
"""


class Guard:
    """Layer that passes to Streamlit only what the page's own socket sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.share = lru_cache(ADDRESSES)(partial(Share, turns=PAGE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a handshake of this page, and then the messages that the page needs."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        share = self.share(network(scope["client"][0] if scope["client"] else None))
        others = config.get_option("server.corsAllowedOrigins") if config.get_option("server.enableCORS") else None
        reason = unwelcome(scope, others)
        if not reason and share.sockets >= MOST_SOCKETS:
            reason = "cette adresse en a déjà trop"
        if reason:
            share.refuse("Une connexion est refusée", reason)
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        # Its origin is checked: to check it again, Streamlit would ask a third party.
        headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
        share.sockets += 1
        try:
            await share.take()
            await self.app({**scope, "headers": headers}, paced(share, receive), send)
        finally:
            share.sockets -= 1


def paced(share: Share, receive: Receive) -> Receive:
    """Return a function that receives the messages of one socket that pass, at its rate and within its share.

    While a message waits for its turn, the server reads no further.
    """
    rate = Rate(*OF_A_SOCKET)

    async def receive_next() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            sent: bytes | None = message.get("bytes")
            count = 1 + len(sent or message.get("text") or "") // BYTES_OF_ONE
            await asyncio.sleep(rate.take(count))
            if not (reason := refusal(sent)):
                await share.take(count)
                return message
            share.refuse("Un message d'un navigateur est refusé", reason)

    return receive_next


def unwelcome(scope: Scope, others: Collection[str] | None) -> str:
    """Say in French why a handshake is not one of this page or of other origins allowed (None for any); else empty."""
    headers = Headers(scope=scope)
    origin, host = headers.get("origin"), headers.get("host", "")
    # A program sends no origin: this check is against other sites, open in a visitor's browser.
    own = (f"http://{host}", f"https://{host}")
    if origin is not None and others is not None and _site(origin) not in map(_site, (*own, *others)):
        return "elle vient d'une page d'un autre site"
    named = scope["subprotocols"]
    if named and named[0] != PROTOCOL:
        return "son protocole n'est pas celui de la page"
    return ""


def _site(origin: str) -> str:
    """Return an origin as a browser writes it: in small letters, without the scheme's usual port."""
    return re.sub(r"(?<=^http://)(.+):80$|(?<=^https://)(.+):443$", r"\1\2", origin.lower().rstrip("/"))
