"""Route of the papers of many communes as one ZIP, sent while they are made.

A paper is begun while no page is being run, and others' documents come between two papers: a visitor who asks for the
whole department delays nobody by more than a paper. One who leaves ends it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from time import monotonic

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from views import kept
from views.document_routes import FAILED, NO_SITE, Asker, Documents, address_of_site, problem, read, unreadable
from views.documents import UnreadableLinkError
from views.group_documents import ARCHIVE, of_many
from views.journal import OURS, fault_in_words
from views.reports.group_archive import archive
from views.turn import PAGE

PAPERS = "X-Papers"
"""Header with the number of papers, so that a browser can say how many have come."""
UNDERWAY = 4
"""Number of archives that a replica sends at once; one for each network address."""
BEFORE_REFUSAL = 3.0
"""Seconds that an archive waits for another to end: one that was stopped ends with the paper that is being made."""
MANY = 150
"""Number of papers above which an archive is for nobody who waits for it: no intercommunalité has as many communes."""
REST, REST_OF_MANY = 0.25, 1.0
"""Rests after each paper, in multiples of the time that it took."""
LONGEST, AGAIN = 0.5, 0.004
"""Most seconds that a paper waits until no page is run, and seconds between two looks."""
BUSY = (
    "Archive en attente",
    "Une autre archive de notes est déjà en cours, ici ou sur votre réseau. Réessayez quand elle sera finie.",
    503,
)
"""Answer where another archive does not end."""

_LOG = logging.getLogger(OURS)


class Archives:
    """Answers archives, a bounded number at once; `documents` are those with which it shares its place."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._underway = asyncio.Semaphore(UNDERWAY)

    def route(self) -> Route:
        """Return the route."""
        return Route(f"/{ARCHIVE.address}", self.answer)

    async def answer(self, request: Request) -> Response:
        """Return the archive, or a page in French that says why there is none."""
        written = request.scope["query_string"].decode("ascii", errors="replace")
        site, asker = address_of_site(request), self._documents.asker(request)
        if not site:
            return problem(*NO_SITE)
        if not await self._begin(asker):
            return problem(*BUSY, written)
        sent = False
        try:
            async with self._documents.at_once:
                handout = await to_thread.run_sync(read, of_many, site, written, kept.today())
            name, count = ARCHIVE.file_name(handout), len(handout.portfolio.members)
            headers = {"Content-Disposition": f'attachment; filename="{name}"', PAPERS: str(count)}
            if request.method == "HEAD":
                return Response(headers=headers, media_type=ARCHIVE.media_type)
            rest = REST if count <= MANY else REST_OF_MANY
            pieces = self._pieces(asker, archive(handout, _failed), rest)
            sent = True
            return _Sent(pieces, lambda: self._end(asker), headers)
        except UnreadableLinkError as error:
            return unreadable(error, ARCHIVE, written)
        except Exception as error:  # whatever it is, tell the visitor in French, and log it once
            _failed(error)
            return problem("Document indisponible", FAILED, 500, written)
        finally:
            if not sent:
                self._end(asker)

    async def _begin(self, asker: Asker) -> bool:
        """Wait a little for a place of this address, and of this replica; tell if there is one."""
        try:
            async with asyncio.timeout(BEFORE_REFUSAL):
                await asker.archive.acquire()
        except TimeoutError:
            return False
        if self._underway.locked():
            asker.archive.release()
            return False
        await self._underway.acquire()
        return True

    def _end(self, asker: Asker) -> None:
        asker.archive.release()
        self._underway.release()

    async def _pieces(self, asker: Asker, made: Iterator[bytes], rest: float) -> AsyncIterator[bytes]:
        """Yield the pieces of an archive, each in its turn among the documents of its address and of all others."""
        while True:
            async with asker.alone:
                await _quiet()
                async with self._documents.at_once:
                    started = monotonic()
                    piece = await to_thread.run_sync(next, made, None)
                    took = monotonic() - started
            if piece is None:
                return
            yield piece
            await asyncio.sleep(rest * took)


async def _quiet() -> None:
    """Wait until no page is run, though not for ever."""
    until = monotonic() + LONGEST
    while PAGE.taken and monotonic() < until:
        await asyncio.sleep(AGAIN)


def _failed(error: Exception) -> None:
    _LOG.error("Le document %s a échoué. %s", ARCHIVE.address, fault_in_words(error))


class _Sent(StreamingResponse):
    """An archive being sent, which gives back its place however it ends."""

    def __init__(self, pieces: AsyncIterator[bytes], end: Callable[[], None], headers: dict[str, str]) -> None:
        super().__init__(pieces, headers=headers, media_type=ARCHIVE.media_type)
        self._end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, unless its visitor leaves."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._end()
