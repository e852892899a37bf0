"""The documents on many communes at their URLs, and the papers of all of them as one file, made one by one."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from tests.serving import get, run
from tests.test_documents import ORDER, told, until
from views import archive_route
from views.archive_route import PAPERS, Archives
from views.document_routes import Documents
from views.documents import DOCUMENTS, Document, read_link
from views.group_documents import ARCHIVE, GROUP_DOCUMENTS, of_many
from views.reports import group_archive
from views.reports.group_archive import MISSING, archive, whole_archive
from views.reports.group_handout import GroupHandout
from views.turn import PAGE

GROUP = "tarif=2024-03-26&groupe=200069482&chacune=meme&messagerie-5go=3&domaines=1&sauvegardes=1&demarches=oui"
LIST = "tarif=2024-03-26&groupe=liste&communes=62727.62041.62063&chacune=meme&domaines=1&demarches=oui"
OWN = f"{LIST}&propre=62041_ag-900_dom-4"
EVERY = [*GROUP_DOCUMENTS, ARCHIVE]
DAY = datetime.now(ZoneInfo("Europe/Paris")).date()


def handed_over(port: int, query: str) -> GroupHandout:
    return of_many(read_link(parse_qs(query)), f"http://127.0.0.1:{port}/", DAY)


@pytest.mark.parametrize("document", EVERY, ids=[each.key for each in EVERY])
def test_a_document_holds_the_communes_of_its_link(port: int, document: Document[GroupHandout]) -> None:
    response, body = get(port, f"/{document.address}?{OWN}")
    assert response.status == 200
    assert body == document.make(handed_over(port, OWN))
    assert response.getheader("Content-Type", "").removesuffix("; charset=utf-8") == document.media_type
    named = f"{document.kind}-3-communes-{DAY}.{document.address.rpartition('.')[2]}"
    assert response.getheader("Content-Disposition") == f'attachment; filename="{named}"'
    assert response.getheader("Cache-Control") == "private, no-store"


def test_the_paper_of_the_whole_answers_the_board(port: int) -> None:
    handout = handed_over(port, GROUP)
    assert handout.name == "CC des Campagnes de l'Artois"
    assert handout.file_name("pdf") == f"communes-cc-des-campagnes-de-l-artois-{DAY}.pdf"
    assert (handout.whole, len(handout.portfolio.members)) == (True, 96)


def test_each_paper_of_the_archive_is_the_one_that_its_commune_has_alone(port: int) -> None:
    response, body = get(port, f"/{ARCHIVE.address}?{OWN}")
    assert response.getheader(PAPERS) == "3"
    links = [urlsplit(alone.link).query for alone in handed_over(port, OWN).alone()]
    with zipfile.ZipFile(io.BytesIO(body)) as papers:
        assert papers.testzip() is None
        for file, link in zip(papers.infolist(), links, strict=True):
            alone, paper = get(port, f"/{DOCUMENTS[0].address}?{link}")
            assert alone.getheader("Content-Disposition") == f'attachment; filename="{file.filename}"'
            assert papers.read(file) == paper


def test_the_number_of_papers_is_told_before_any_is_made(port: int) -> None:
    response, body = get(port, f"/{ARCHIVE.address}?{GROUP.replace('200069482', '62')}", method="HEAD")
    assert (response.status, response.getheader(PAPERS), body) == (200, "887", b"")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tarif=2024-03-26&groupe=62&chacune=meme", "Ce lien ne demande aucun service"),
        (
            "tarif=2024-03-26&groupe=liste&communes=62727&sauf=62727&chacune=meme&domaines=1",
            "ne retient aucune commune",
        ),
        (f"{LIST}&domaines=beaucoup", "domaines « beaucoup »"),
        (f"signes=900&{LIST}", "Ce lien n'est pas entier"),
    ],
)
def test_a_link_that_gives_no_amount_gives_no_document_and_says_why(port: int, query: str, words: str) -> None:
    for document in EVERY:
        page = told(port, f"/{document.address}?{query}", 400)
        assert words in unescape(page).replace("\u00a0", " ")


def test_a_link_of_the_other_kind_is_refused_with_the_document_that_it_gives(port: int) -> None:
    for document in (*DOCUMENTS, *EVERY):
        query = LIST if document in DOCUMENTS else ORDER
        page = unescape(told(port, f"/{document.address}?{query}", 400)).replace("\u00a0", " ")
        assert ("celui de plusieurs communes" if document in DOCUMENTS else "celui d'une seule collectivité") in page
        instead = page.partition('<p><a href="')[2].partition('"')[0]
        response, _ = get(port, f"/documents/{instead}")
        assert response.status == 200, document.address


# One archive at a time, in our own event loop.


class Visitor:
    """Visitor who asks for an archive and receives it piece by piece, and may leave."""

    def __init__(self, address: str = "192.0.2.1", query: str = LIST) -> None:
        self.leaves = asyncio.Event()
        self.address, self.query = address, query
        self.pieces: list[bytes] = []
        self.status = 0

    async def ask(self, archives: Archives) -> int:
        """Ask, and receive all that is sent until this visitor leaves; return the status."""
        scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": self.query.encode()}
        scope |= {"headers": [(b"host", b"a.fr")], "client": (self.address, 1)}
        answer: Response = await archives.answer(Request(scope, self._receive))
        await answer(scope, self._receive, self._send)
        return self.status

    async def _receive(self) -> Message:
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        if body := message.get("body"):
            self.pieces.append(body)


class Making:
    """Archives of which each piece is made when it may be, and counted."""

    def __init__(self) -> None:
        self.made = self.now = self.most = 0
        self.loop = asyncio.get_running_loop()
        self.go = asyncio.Event()
        self.documents = Documents()
        self.archives = Archives(self.documents)

    def pieces(self, _: GroupHandout, __: Callable[[Exception], None]) -> Iterator[bytes]:
        async def counted() -> None:
            self.now += 1
            self.most = max(self.most, self.now)
            await self.go.wait()
            self.now -= 1
            self.made += 1

        for rank in range(20):
            asyncio.run_coroutine_threadsafe(counted(), self.loop).result(10)
            yield b"%d" % rank


def acted(scene: Callable[[Making], Coroutine[None, None, None]]) -> Callable[[pytest.MonkeyPatch], None]:
    """Make a test of a scene, which is given archives."""

    def act(monkeypatch: pytest.MonkeyPatch) -> None:
        async def within() -> None:
            making = Making()
            monkeypatch.setattr(archive_route, "archive", making.pieces)
            await scene(making)

        run(within())

    return act


@acted
async def test_an_archive_ends_with_the_paper_that_is_made_when_its_visitor_leaves(making: Making) -> None:
    visitor = Visitor()
    asked = asyncio.create_task(visitor.ask(making.archives))
    await until(lambda: making.now == 1)
    visitor.leaves.set()
    await asyncio.sleep(0)
    making.go.set()
    await asked
    assert making.made == 1
    # Its place is free again, for this address too.
    assert await Visitor().ask(making.archives) == 200
    assert making.made == 21


@acted
async def test_a_document_of_the_same_address_comes_between_two_papers(making: Making) -> None:
    asked = asyncio.create_task(Visitor().ask(making.archives))
    await until(lambda: making.now == 1)
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": LIST.encode()}
    request = Request({**scope, "headers": [(b"host", b"a.fr")], "client": ("192.0.2.1", 1)}, Visitor()._receive)
    table = asyncio.create_task(making.documents.answer(GROUP_DOCUMENTS[2], of_many, request))
    making.go.set()
    assert (await table).status_code == 200
    assert making.made < 20
    assert await asked == 200


@acted
async def test_one_address_has_one_archive_and_a_replica_a_few(making: Making) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive_route, "BEFORE_REFUSAL", 0.05)
        first = asyncio.create_task(Visitor().ask(making.archives))
        await until(lambda: making.now == 1)
        again = Visitor()
        assert await again.ask(making.archives) == 503
        assert "Une autre archive de notes est déjà en cours" in unescape(b"".join(again.pieces).decode())
        others = [Visitor(f"192.0.2.{rank}") for rank in range(2, 6)]
        asked = [asyncio.create_task(each.ask(making.archives)) for each in others]
        await until(lambda: sum(each.status == 503 for each in others) == 1)
        making.go.set()
        assert sorted([await first, *[await each for each in asked]]) == [200, 200, 200, 200, 503]
        assert making.most <= 2


@acted
async def test_a_paper_waits_while_a_page_is_run(making: Making) -> None:
    making.go.set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive_route, "LONGEST", 60.0)
        with PAGE.one("192.0.2.9"):
            visitor = Visitor()
            asked = asyncio.create_task(visitor.ask(making.archives))
            await until(lambda: visitor.status == 200)
            await asyncio.sleep(0.1)
            assert making.made == 0
        assert await asked == 200
    assert b"".join(visitor.pieces) == b"".join(b"%d" % rank for rank in range(20))


# The archive itself


def test_an_archive_is_made_paper_by_paper_and_keeps_none(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(group_archive, "paper", lambda alone: made.append(alone.name) or b"%PDF" * 5_000)
    handout = of_many(read_link(parse_qs(GROUP)), "http://a.fr/", DAY)
    failures: list[Exception] = []
    for rank, piece in enumerate(archive(handout, failures.append)):
        assert len(made) == min(rank + 1, 96)
        assert len(piece) < 25_000
    assert not failures
    assert made == [member.name for member in handout.portfolio.members]


def test_a_paper_that_fails_is_named_beside_those_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(alone: GroupHandout) -> bytes:
        if alone.name == "Arras":
            raise ValueError(alone.name)
        return b"%PDF"

    monkeypatch.setattr(group_archive, "paper", fail)
    failures: list[Exception] = []
    handout = of_many(read_link(parse_qs(LIST)), "http://a.fr/", DAY)
    with zipfile.ZipFile(io.BytesIO(b"".join(archive(handout, failures.append)))) as papers:
        assert len(papers.namelist()) == 3
        assert papers.read(MISSING).decode("utf-8-sig") == "Ces notes n'ont pas pu être faites : Arras.\r\n"
    assert [str(each) for each in failures] == ["Arras"]
    with pytest.raises(ValueError, match="Arras"):
        whole_archive(handout)
