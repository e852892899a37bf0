"""Routes of the documents: ``/documents/note.pdf?habitants=1250&domaines=1`` returns the document of that link.

Any replica answers, from the query string alone. A few documents are made at once, and one for each network address,
which then has to wait, so that the page has the server too. A document is kept for a minute, in case it is asked again.
"""

import asyncio
import logging
import re
from datetime import date
from functools import lru_cache, partial
from html import escape
from time import monotonic
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from views import kept
from views.documents import ALL, Document, UnreadableLinkError, handed_over, read_link
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

Made = tuple[bytes, str]
"""A document that was made, and the name of its file."""


class Asker:
    """One network address that asks for documents, or one request of this machine."""

    def __init__(self, address: str) -> None:
        """Start with no wait."""
        self.address = address
        self.alone = asyncio.Lock()
        self.rested = 0.0


class Documents:
    """Answers documents, a bounded number at once."""

    def __init__(self) -> None:
        """Make the queues: one for all documents, and one for each network address."""
        self.kept: dict[object, Made] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._asker = lru_cache(ADDRESSES)(Asker)

    def routes(self) -> list[Route]:
        """Return the route of each document."""
        return [Route(f"/{document.address}", partial(self.answer, document)) for document in ALL]

    async def answer(self, document: Document, request: Request) -> Response:
        """Return a document, or a page in French that says why there is none."""
        written = request.scope["query_string"].decode("ascii", errors="replace")
        site = address_of_site(request)
        if not site:
            return problem("Adresse illisible", "L'adresse de ce site n'est pas écrite comme il faut.", 400)
        try:
            made = await self._get(document, request, site, written)
        except UnreadableLinkError as error:
            return problem("Lien illisible", str(error), 400, written)
        except Exception as error:  # whatever it is, tell the visitor in French, and log it once
            _LOG.error("Le document %s a échoué. %s", document.address, fault_in_words(error))
            return problem("Document indisponible", FAILED, 500, written)
        if made is None:
            return Response(status_code=204)  # nobody is there to read it
        content, file_name = made
        named = {"Content-Disposition": f'attachment; filename="{file_name}"'}
        return Response(content, headers=named, media_type=document.media_type)

    async def _get(self, document: Document, request: Request, site: str, written: str) -> Made | None:
        """Return a document, made unless it is kept; None where the visitor has left while waiting."""
        day = kept.today()
        key = (document.key, site, written, day, kept.served().version)
        if made := self.kept.get(key):
            return made
        whose = network(request.client.host if request.client else None)
        # An empty address is this machine: people behind a proxy that hides theirs do not wait for one another.
        asker = self._asker(whose) if whose else Asker(whose)
        async with asker.alone:
            await asyncio.sleep(asker.rested - monotonic())
            async with self._at_once:
                if made := self.kept.get(key):
                    return made
                if await request.is_disconnected():
                    return None
                started = monotonic()
                try:
                    made = await to_thread.run_sync(make, document, site, written, day)
                finally:
                    asker.rested = monotonic() + REST * (monotonic() - started)
        self._keep(key, made)
        return made

    def _keep(self, key: object, made: Made) -> None:
        """Keep a document until its time is over, in place of the oldest where there are too many."""
        if len(self.kept) >= KEPT:
            del self.kept[next(iter(self.kept))]
        self.kept[key] = made
        asyncio.get_running_loop().call_later(KEPT_FOR, self.kept.pop, key, None)


def make(document: Document, site: str, written: str, day: date) -> Made:
    """Make a document from a query string. Raises UnreadableLinkError."""
    simulation = read_link(parse_qs(written, keep_blank_values=True))
    handout = handed_over(simulation, site, day)
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


def problem(title: str, words: str, status: int, written: str = "") -> Response:
    """Return a page in French that says why there is no document, with a link to the simulation."""
    home = escape(f"../?{written}" if written else "../")
    return HTMLResponse(small_page(title, f"<p>{text(words)}</p>", home), status)
