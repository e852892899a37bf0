"""A document depends on its link alone: the answer at its URL, whatever the link or its request holds."""

import asyncio
import io
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from pricing import Client, Order, Tariff, estimate
from tests.links import MAX_READ
from tests.serving import get
from views import document_routes
from views.document_routes import Documents, Kept, Made
from views.documents import DOCUMENTS, Document
from views.reports.handout import Handout

ORDER = "tarif=2024-03-26&habitants=1250&agents=6&messagerie-5go=4&domaines=1"
SCENARIO = "scenario=hab-1250_ag-6_dom-1~Sans+messagerie"
NOTE, BOOK, _, DRAFT = DOCUMENTS
EMPTY_FRENCH = "Ce lien ne demande aucun service"


def marked(link: str) -> str:
    """Return a link as the page writes it, after the number of its characters."""
    return f"signes={len(link)}&{link}"


def today() -> str:
    return datetime.now(ZoneInfo("Europe/Paris")).date().isoformat()


@pytest.mark.parametrize("document", DOCUMENTS, ids=[each.key for each in DOCUMENTS])
def test_a_document_holds_the_simulation_of_its_link(port: int, tariff: Tariff, document: Document) -> None:
    response, body = get(port, f"/{document.address}?{ORDER}&{SCENARIO}")
    client = Client(inhabitants=1_250, agents=6)
    handout = Handout(
        estimate(client, Order(mailboxes_5go=4, domains=1), tariff),
        tariff,
        "",
        datetime.now(ZoneInfo("Europe/Paris")).date(),
        f"http://127.0.0.1:{port}/?{marked(f'{ORDER}&{SCENARIO}')}",
        (("Sans messagerie", estimate(client, Order(domains=1), tariff)),),
    )
    assert response.status == 200
    assert body == document.make(handout)
    assert response.getheader("Content-Type") == document.media_type


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("commune=62727&habitants=1478&domaines=1", "ruitz"),
        ("type=autre&nom=CCAS+de+Ruitz&domaines=1", "ccas-de-ruitz"),
        ("type=epci&commune=62727&nom=Artois&domaines=1", "artois"),
        ("commune=62727&nom=Artois&domaines=1", "ruitz"),
        ("nom=Artois&domaines=1", ""),
        ("type=autre&domaines=1&nom=" + quote('"; filename="x.exe\r\nX: y'), "filename-x-exe-x-y"),
    ],
)
def test_the_file_is_named_after_its_client_and_never_cached(port: int, query: str, name: str) -> None:
    for document, extension in zip(DOCUMENTS, ("pdf", "xlsx", "csv", "docx"), strict=True):
        response, _ = get(port, f"/{document.address}?{query}", method="HEAD")
        kind = "projet-deliberation" if document is DRAFT else "estimation"
        file_name = "-".join(filter(None, [kind, name, today()]))
        assert response.getheader("Content-Disposition") == f'attachment; filename="{file_name}.{extension}"'
        assert response.getheader("Cache-Control") == "private, no-store"
        assert response.getheader("X-Content-Type-Options") == "nosniff"
        assert "default-src 'none'" in response.getheader("Content-Security-Policy", "")


def told(port: int, path: str, status: int, **headers: str) -> str:
    """Return the page that a visitor reads in place of a document."""
    response, body = get(port, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status == status
    assert response.getheader("Content-Type") == "text/html; charset=utf-8"
    assert '<html lang="fr">' in body.decode()
    assert response.getheader("Content-Disposition") is None
    return body.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"{ORDER}&habitants=beaucoup", "habitants « beaucoup »"),
        (f"{ORDER}&antivirus=-3", "antivirus « -3 »"),
        (f"{ORDER}&tarif=1999-01-01", "aucun tarif de cette date"),
        (f"{ORDER}&inconnu=1", "ce paramètre n'existe pas"),
        ("", EMPTY_FRENCH),
        ("habitants=1250", EMPTY_FRENCH),
        ("x=" + "y" * MAX_READ, "plus de dix fois plus long"),
        ("domaines=%00%ff%fe", "domaines"),
        ("=&&=&%=%%", "Rien n'a pu être lu dans ce lien"),
        (f"{ORDER}&" + "&".join(f"{n}=1" for n in range(50)), "et 44 autres"),
        (f"signes=200&{ORDER}", "Ce lien n'est pas entier"),
    ],
)
def test_a_link_not_fully_read_gives_no_document_and_says_why(port: int, query: str, words: str) -> None:
    for document in DOCUMENTS:
        page = unescape(told(port, f"/{document.address}?{query}", 400)).replace("\u00a0", " ")
        assert words in page
        assert page.count(">Ouvrir le simulateur</a>") == 1


def test_the_text_of_a_link_is_no_markup_in_the_answer(port: int) -> None:
    hostile = quote('"><script>alert(1)</script>') + "=1&'\"><b>=<i>"
    page = told(port, f"/{NOTE.address}?{hostile.replace(' ', '+')}", 400)
    assert re.findall(r"<(?:script|b|i)\b", page) == []
    assert len(re.findall(r"<a ", page)) == 1


def test_an_unknown_document_is_not_found_in_french(port: int) -> None:
    for path in ("/documents/", "/documents/note.doc", "/documents/note.pdf/x", "/documents/..%2fnote.pdf"):
        assert "Page introuvable" in told(port, f"{path}?{ORDER}", 404)


def link_in(port: int, **headers: str) -> str:
    """Return the URL of the page that a workbook holds."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    _, body = get(port, f"/{BOOK.address}?{ORDER}", headers=named)
    cells = [
        str(cell.value)
        for sheet in load_workbook(io.BytesIO(body)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    [link] = [cell for cell in cells if cell.startswith("http")]
    return link


@pytest.mark.parametrize(
    ("headers", "site"),
    [
        ({"Host": "simulateur.example.fr"}, "http://simulateur.example.fr/"),
        ({"Host": "simulateur.example.fr:8443", "X_Forwarded_Proto": "https"}, "https://simulateur.example.fr:8443/"),
        ({"Host": "[::1]:8501"}, "http://[::1]:8501/"),
        ({"Host": "a.fr", "X_Forwarded_Proto": "javascript"}, "http://a.fr/"),
        ({"Host": "a.fr", "X_Forwarded_Prefix": "/outils/simulateur"}, "http://a.fr/outils/simulateur/"),
        ({"Host": "a.fr", "X_Forwarded_Prefix": "/x?y=<z>"}, "http://a.fr/"),
    ],
)
def test_a_document_links_to_the_page_as_its_visitor_reaches_it(port: int, headers: dict[str, str], site: str) -> None:
    assert link_in(port, **headers) == f"{site}?{marked(ORDER)}"


@pytest.mark.parametrize("host", ["a.fr/x?", "a.fr#", 'a.fr"><b>', "user@evil.fr", "a.fr b", "é.fr", "a" * 300, ""])
def test_a_host_that_no_browser_asks_for_gets_no_document(port: int, host: str) -> None:
    page = told(port, f"/{NOTE.address}?{ORDER}", 400, Host=host)
    assert host == "" or host not in page


# One request at a time, in our own event loop: the documents made are counted.


class Asked:
    """Visitor who asks for a document."""

    def __init__(self, query: str = ORDER, address: str = "192.0.2.1") -> None:
        self.there = True
        self.request = Request(
            {
                "type": "http",
                "method": "GET",
                "scheme": "http",
                "path": f"/{NOTE.address}",
                "query_string": query.encode(),
                "headers": [(b"host", b"simulateur.example.fr")],
                "client": (address, 1),
            },
            self._receive,
        )

    async def _receive(self) -> Message:
        if self.there:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}


class Making:
    """Document that counts how often it is made, and waits for a signal."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.now = self.most = 0
        self.loop = asyncio.get_running_loop()
        self.go = asyncio.Event()
        self.document = replace(NOTE, make=self._make)

    def _make(self, handout: Handout) -> bytes:
        async def counted() -> bytes:
            self.begun.append(handout.link)
            self.now += 1
            self.most = max(self.most, self.now)
            await self.go.wait()
            self.now -= 1
            return b"made"

        return asyncio.run_coroutine_threadsafe(counted(), self.loop).result(10)


async def until(holds: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.001)  # another thread has no state to wait on


def orders(count: int) -> Iterator[str]:
    return (f"{ORDER}&pages={number}" for number in range(1, count + 1))


def test_two_documents_are_made_at_once_and_one_for_each_network_address() -> None:
    async def ask() -> None:
        making, documents = Making(), Documents()
        many = [Asked(query) for query in orders(20)]
        tasks = [asyncio.create_task(documents.answer(making.document, each.request)) for each in many]
        await until(lambda: making.now == 1)
        # Another visitor does not wait for them all.
        others = [Asked(f"{ORDER}&sauvegardes={n}", f"192.0.2.{n}") for n in (2, 3, 4)]
        tasks += [asyncio.create_task(documents.answer(making.document, each.request)) for each in others]
        await until(lambda: making.now == 2)
        assert "sauvegardes=2" in making.begun[-1]
        making.go.set()
        answers = await asyncio.gather(*tasks)
        assert {each.status_code for each in answers} == {200}
        assert making.most == 2
        assert len(making.begun) == 23

    asyncio.run(ask())


def test_a_document_asked_for_many_times_is_made_once() -> None:
    async def ask() -> None:
        making, documents = Making(), Documents()
        making.go.set()
        asked = [documents.answer(making.document, Asked(ORDER, f"192.0.2.{n}").request) for n in range(30)]
        answers = await asyncio.gather(*asked)
        assert [each.body for each in answers] == [b"made"] * 30
        assert len(making.begun) <= 2  # two may begin before either is made

    asyncio.run(ask())


def test_no_document_is_made_for_a_visitor_who_has_left() -> None:
    async def ask() -> None:
        making, documents = Making(), Documents()
        many = [Asked(query) for query in orders(5)]
        tasks = [asyncio.create_task(documents.answer(making.document, each.request)) for each in many]
        await until(lambda: making.now == 1)
        for each in many[1:-1]:
            each.there = False
        making.go.set()
        await asyncio.gather(*tasks)
        assert len(making.begun) == 2

    asyncio.run(ask())


def test_a_few_documents_are_cached_for_a_short_time() -> None:
    async def keep() -> None:
        kept = Kept(most=2)
        for number in range(3):
            kept.put(number, Made(bytes([number]), ""))
        assert [kept.get(number) for number in range(3)] == [None, Made(b"\1", ""), Made(b"\2", "")]
        short = Kept(seconds=0.01)
        short.put(1, Made(b"", ""))
        assert short.get(1) == Made(b"", "")
        await until(lambda: short.get(1) is None)

    asyncio.run(keep())


def test_visitors_behind_one_proxy_do_not_wait_for_one_another() -> None:
    async def ask() -> None:
        making, documents = Making(), Documents()
        same = [Asked(query, "127.0.0.1") for query in orders(2)]
        tasks = [asyncio.create_task(documents.answer(making.document, each.request)) for each in same]
        await until(lambda: making.now == 2)
        making.go.set()
        await asyncio.gather(*tasks)

    asyncio.run(ask())


def test_a_failed_document_is_reported_in_french_and_logged_once_without_typed_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(handout: Handout) -> bytes:
        raise ValueError(f"{handout.name} {handout.link}")

    async def ask() -> Response:
        query = f"{ORDER}&type=autre&nom=Secret"
        return await Documents().answer(replace(NOTE, make=fail), Asked(query).request)

    with caplog.at_level(logging.INFO):
        answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert document_routes.FAILED in unescape(bytes(answer.body).decode()).replace("\u00a0", " ")
    [record] = [each for each in caplog.records if each.name == "simulateur"]
    assert "ValueError" in record.getMessage()
    assert "note.pdf" in record.getMessage()
    assert record.exc_info is None
    assert not re.search("Secret|1250|messagerie", record.getMessage())
