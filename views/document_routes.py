"""Routes of the documents: ``/documents/note.pdf?habitants=1250&domaines=1`` returns the document of that link.

Any replica answers, from the query string alone. A few documents are made at once, and one for each network address,
which then has to wait, so that the page has the server too. A document is kept for a minute, in case it is asked again.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from html import escape
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pricing.simulation import Simulation
from views import kept
from views.documents import ALL, Document, Of, OtherKindError, UnreadableLinkError, of_one, read_link
from views.group_documents import GROUP_DOCUMENTS, of_many
from views.index import small_page
from views.journal import OURS, fault_in_words
from views.markup import text
from views.share import ADDRESSES, network

AT_ONCE = 2
"""Number of documents that a replica makes at once; an address that asks for many takes one place only."""
REST = 2.0
"""Wait of an address before its next document, in multiples of the time the last one took: a person clicks later."""
KEPT, KEPT_FOR = 32, 60.0
"""Number of documents that are kept, and seconds for which each of them is."""
FAILED = (
    "Ce document n'a pas pu être fait : l'erreur est notée au journal du serveur. La simulation, elle, est intacte."
)

_HOST = re.compile(r"([A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
_PREFIX = re.compile(r"(/[A-Za-z0-9_.~-]{1,60}){0,5}")
_LOG = logging.getLogger(OURS)

NO_SITE = "Adresse illisible", "L'adresse de ce site n'est pas écrite comme il faut.", 400
"""Answer where the URL of the page is not known."""
Basis = Callable[[Simulation, str, date], Of]
"""Function from a simulation, the URL of the page and a day to what a document is made from."""
Made = tuple[bytes, str]
"""A document that was made, and the name of its file."""


class Asker:
    """One network address that asks for documents, or one request of this machine."""

    def __init__(self, address: str) -> None:
        """Start with no wait."""
        self.address = address
        self.alone = asyncio.Lock()
        self.archive = asyncio.Lock()
        self.rested = 0.0


class Documents:
    """Answers documents, a bounded number at once."""

    def __init__(self) -> None:
        """Make the queues: one for all documents, and one for each network address."""
        self.kept: dict[object, Made] = {}
        self.at_once = asyncio.Semaphore(AT_ONCE)
        self._asker = lru_cache(ADDRESSES)(Asker)

    def routes(self) -> list[Route]:
        """Return the route of each document."""
        return [
            *(Route(f"/{each.address}", partial(self.answer, each, of_one)) for each in ALL),
            *(Route(f"/{each.address}", partial(self.answer, each, of_many)) for each in GROUP_DOCUMENTS),
        ]

    async def answer(self, document: Document[Of], basis: Basis[Of], request: Request) -> Response:
        """Return a document, or a page in French that says why there is none."""
        written = request.scope["query_string"].decode("ascii", errors="replace")
        site = address_of_site(request)
        if not site:
            return problem(*NO_SITE)
        try:
            made = await self._get(document, basis, request, site, written)
        except UnreadableLinkError as error:
            return unreadable(error, document, written)
        except Exception as error:  # whatever it is, tell the visitor in French, and log it once
            _LOG.error("Le document %s a échoué. %s", document.address, fault_in_words(error))
            return problem("Document indisponible", FAILED, 500, written)
        if made is None:
            return Response(status_code=204)  # nobody is there to read it
        content, file_name = made
        named = {"Content-Disposition": f'attachment; filename="{file_name}"'}
        return Response(content, headers=named, media_type=document.media_type)

    async def _get(
        self, document: Document[Of], basis: Basis[Of], request: Request, site: str, written: str
    ) -> Made | None:
        """Return a document, made unless it is kept; None where the visitor has left while waiting."""
        day = kept.today()
        key = (document.key, site, written, day, kept.served().version)
        if made := self.kept.get(key):
            return made
        asker = self.asker(request)
        async with asker.alone:
            await asyncio.sleep(asker.rested - monotonic())
            async with self.at_once:
                if made := self.kept.get(key):
                    return made
                if await request.is_disconnected():
                    return None
                started = monotonic()
                try:
                    made = await to_thread.run_sync(make, document, basis, site, written, day)
                finally:
                    asker.rested = monotonic() + REST * (monotonic() - started)
        self._keep(key, made)
        return made

    def asker(self, request: Request) -> Asker:
        """Return who asks."""
        whose = network(request.client.host if request.client else None)
        # An empty address is this machine: people behind a proxy that hides theirs do not wait for one another.
        return self._asker(whose) if whose else Asker(whose)

    def _keep(self, key: object, made: Made) -> None:
        """Keep a document until its time is over, in place of the oldest where there are too many."""
        if len(self.kept) >= KEPT:
            del self.kept[next(iter(self.kept))]
        self.kept[key] = made
        asyncio.get_running_loop().call_later(KEPT_FOR, self.kept.pop, key, None)


def read(basis: Basis[Of], site: str, written: str, day: date) -> Of:
    """Return what a document is made from, from a query string. Raises UnreadableLinkError."""
    return basis(read_link(parse_qs(written, keep_blank_values=True)), site, day)


def make(document: Document[Of], basis: Basis[Of], site: str, written: str, day: date) -> Made:
    """Make a document from a query string. Raises UnreadableLinkError."""
    handout = read(basis, site, written, day)
    return document.make(handout), document.file_name(handout)


def address_of_site(request: Request) -> str:
    """Return the URL of the page as the visitor reaches it: a document holds a link to it.

    Empty for a host that no browser would ask for, so that no other text gets into a document.
    """
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return ""
    told = request.headers.get("x-forwarded-proto", "")
    scheme = told if told in ("http", "https") else request.scope["scheme"]
    prefix = request.headers.get("x-forwarded-prefix", "")
    return f"{scheme}://{host}{prefix if _PREFIX.fullmatch(prefix) else ''}/"


def unreadable(error: UnreadableLinkError, document: Document[Any], written: str) -> Response:
    """Return a page that says why a link gives no document, and which one it gives where it gives another."""
    more = ""
    if isinstance(error, OtherKindError):
        others = GROUP_DOCUMENTS if document in ALL else ALL
        ending = document.address.rpartition(".")[2]
        instead = next((each for each in others if each.address.endswith(ending)), others[0])
        name = instead.address.rpartition("/")[2]
        more = f'<p><a href="{escape(f"{name}?{written}")}">{text(instead.label)}</a></p>'
    return problem("Lien illisible", str(error), 400, written, more)


def problem(title: str, words: str, status: int, written: str = "", more: str = "") -> Response:
    """Return a page in French that says why there is no document, with a link to the simulation; `more` is HTML."""
    home = escape(f"../?{written}" if written else "../")
    return HTMLResponse(small_page(title, f"<p>{text(words)}</p>{more}", home), status)
