"""A document depends on its link alone: the answer at its URL, whatever the link or its request holds."""

import asyncio
import io
import re
from collections.abc import Callable, Coroutine
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
from tests.serving import get, run
from views import document_routes, kept
from views.document_routes import Documents
from views.documents import ALL, DOCUMENTS, REQUESTS, Document, of_one
from views.reports.handout import Handout

ORDER = "tarif=2024-03-26&habitants=1250&agents=6&messagerie-5go=4&domaines=1"
SCENARIO = "scenario=hab-1250_ag-6_dom-1~Sans+messagerie"
NOTE, BOOK, _, DRAFT = DOCUMENTS


def marked(link: str) -> str:
    """Return a link as the page writes it, after the number of its characters."""
    return f"signes={len(link)}&{link}"


@pytest.mark.parametrize("document", ALL, ids=[each.key for each in ALL])
def test_a_document_holds_the_simulation_of_its_link(port: int, tariff: Tariff, document: Document[Handout]) -> None:
    response, body = get(port, f"/{document.address}?{ORDER}&{SCENARIO}")
    client = Client(inhabitants=1_250, agents=6)
    handout = Handout(
        estimate(client, Order(mailboxes_5go=4, domains=1), tariff),
        tariff,
        "",
        datetime.now(ZoneInfo("Europe/Paris")).date(),
        f"http://127.0.0.1:{port}/?{marked(f'{ORDER}&{SCENARIO}')}",
        (("Sans messagerie", estimate(client, Order(domains=1), tariff)),),
        purposes=kept.service_words().services,
    )
    assert response.status == 200
    assert body == document.make(handout)
    assert response.getheader("Content-Type", "").removesuffix("; charset=utf-8") == document.media_type


@pytest.mark.parametrize(
    ("document", "query", "name"),
    [
        (NOTE, "commune=62727&habitants=1478&domaines=1", "estimation-ruitz-{}.pdf"),
        (BOOK, "type=autre&nom=CCAS+de+Ruitz&domaines=1", "estimation-ccas-de-ruitz-{}.xlsx"),
        (DOCUMENTS[2], "type=epci&commune=62727&nom=Artois&domaines=1", "estimation-artois-{}.csv"),
        (DRAFT, "nom=Artois&domaines=1", "projet-deliberation-{}.docx"),
        (REQUESTS["fibre"], "commune=62727&habitants=1478&domaines=1", "demande-fibre-ruitz-{}.pdf"),
        (NOTE, "type=autre&domaines=1&nom=" + quote('"; x="y.exe\r\nX: y'), "estimation-x-y-exe-x-y-{}.pdf"),
    ],
)
def test_the_file_is_named_after_its_client_and_never_cached(
    port: int, document: Document[Handout], query: str, name: str
) -> None:
    response, _ = get(port, f"/{document.address}?{query}", method="HEAD")
    named = name.format(datetime.now(ZoneInfo("Europe/Paris")).date())
    assert response.getheader("Content-Disposition") == f'attachment; filename="{named}"'
    assert response.getheader("Cache-Control") == "private, no-store"
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert "default-src 'none'" in response.getheader("Content-Security-Policy", "")


def told(port: int, path: str, status: int, **headers: str) -> str:
    """Return the page that a visitor reads in place of a document."""
    response, body = get(port, path, headers=headers)
    assert response.status == status
    assert response.getheader("Content-Type") == "text/html; charset=utf-8"
    assert '<html lang="fr">' in body.decode()
    assert response.getheader("Content-Disposition") is None
    return body.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"{ORDER}&habitants=beaucoup", "habitants « beaucoup »"),
        (f"{ORDER}&tarif=1999-01-01", "aucun tarif de cette date"),
        ("", "Ce lien ne demande aucun service"),
        ("x=" + "y" * MAX_READ, "plus de deux fois plus long"),
        ("domaines=%00%ff%fe", "domaines"),
        ("=&&=&%=%%", "Rien n'a pu être lu dans ce lien"),
        (f"{ORDER}&" + "&".join(f"{n}=1" for n in range(50)), "et 44 autres"),
        (f"signes=200&{ORDER}", "Ce lien n'est pas entier"),
    ],
)
def test_a_link_not_fully_read_gives_no_document_and_says_why(port: int, query: str, words: str) -> None:
    for document in ALL:
        page = told(port, f"/{document.address}?{query}", 400)
        assert words in unescape(page).replace("\u00a0", " ")
        home = unescape(re.findall('href="([^"]*)">Ouvrir le simulateur</a>', page)[0])
        assert home == (f"../?{query}" if query else "../")


def test_a_body_that_bills_nothing_is_asked_for_no_quote(port: int) -> None:
    page = told(port, f"/{REQUESTS['cdg'].address}?domaines=1", 400)
    assert "CDG 62 ne facture rien de cette simulation" in unescape(page).replace("\u00a0", " ")


def test_the_text_of_a_link_is_no_markup_in_the_answer(port: int) -> None:
    hostile = quote('"><script>alert(1)</script>') + "=1&'\"><b>=<i>"
    page = told(port, f"/{NOTE.address}?{hostile.replace(' ', '+')}", 400)
    assert re.findall(r"<(?:script|b|i)\b", page) == []
    assert len(re.findall(r"<a ", page)) == 1


@pytest.mark.parametrize(
    ("host", "protocol", "prefix", "site"),
    [
        ("simulateur.example.fr", "", "", "http://simulateur.example.fr/"),
        ("simulateur.example.fr:8443", "https", "", "https://simulateur.example.fr:8443/"),
        ("[::1]:8501", "", "", "http://[::1]:8501/"),
        ("a.fr", "javascript", "/outils/simulateur", "http://a.fr/outils/simulateur/"),
        ("a.fr", "https", "/x?y=<z>", "https://a.fr/"),
    ],
)
def test_a_document_links_to_the_page_as_its_visitor_reaches_it(
    port: int, host: str, protocol: str, prefix: str, site: str
) -> None:
    named = {"Host": host, "X-Forwarded-Proto": protocol, "X-Forwarded-Prefix": prefix}
    _, body = get(port, f"/{BOOK.address}?{ORDER}", headers=named)
    sheets = load_workbook(io.BytesIO(body)).worksheets
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.startswith("http")] == [f"{site}?{marked(ORDER)}"]


@pytest.mark.parametrize("host", ["a.fr/x?", "a.fr#", 'a.fr"><b>', "user@evil.fr", "a.fr b", "é.fr", "a" * 300, ""])
def test_a_host_that_no_browser_asks_for_gets_no_document(port: int, host: str) -> None:
    page = told(port, f"/{NOTE.address}?{ORDER}", 400, Host=host)
    assert "Adresse illisible" in page
    assert host == "" or host not in page


# One request at a time, in our own event loop: the documents made are counted.


class Visitor:
    """Visitor who asks for a note, and may leave."""

    def __init__(self, query: str = ORDER, address: str = "192.0.2.1") -> None:
        self.there = True
        self.query = query
        self.address = address

    def ask(self, documents: Documents, document: Document[Handout]) -> asyncio.Task[Response]:
        scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": self.query.encode()}
        request = Request({**scope, "headers": [(b"host", b"a.fr")], "client": (self.address, 1)}, self._receive)
        return asyncio.create_task(documents.answer(document, of_one, request))

    async def _receive(self) -> Message:
        if self.there:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}


class Making:
    """A queue of documents, which counts those that are made, and the document that it makes once it may."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.now = self.most = 0
        self.loop = asyncio.get_running_loop()
        self.go = asyncio.Event()
        self.documents = Documents()
        self.document = replace(NOTE, make=self._make)

    def ask(self, *visitors: Visitor) -> list[asyncio.Task[Response]]:
        return [each.ask(self.documents, self.document) for each in visitors]

    def _make(self, handout: Handout) -> bytes:
        async def counted() -> bytes:
            self.begun.append(handout.link)
            self.now += 1
            self.most = max(self.most, self.now)
            await self.go.wait()
            self.now -= 1
            return b"made"

        return asyncio.run_coroutine_threadsafe(counted(), self.loop).result(10)


def acted(scene: Callable[[Making], Coroutine[None, None, None]]) -> Callable[[], None]:
    """Make a test of a scene, which is given a queue of documents."""

    async def act() -> None:
        await scene(Making())

    return lambda: run(act())


async def until(holds: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.001)  # another thread has no state to wait on


def visitors(count: int, address: str = "192.0.2.1") -> list[Visitor]:
    return [Visitor(f"{ORDER}&pages={number}", address) for number in range(1, count + 1)]


@acted
async def test_two_documents_are_made_at_once_and_one_for_each_network_address(making: Making) -> None:
    tasks = making.ask(*visitors(20))
    await until(lambda: making.now == 1)
    # Another visitor does not wait for them all.
    tasks += making.ask(*(Visitor(f"{ORDER}&sauvegardes={n}", f"192.0.2.{n}") for n in (2, 3, 4)))
    await until(lambda: making.now == 2)
    assert "sauvegardes=2" in making.begun[-1]
    making.go.set()
    assert {each.status_code for each in await asyncio.gather(*tasks)} == {200}
    assert (making.most, len(making.begun)) == (2, 23)


@acted
async def test_visitors_behind_one_proxy_do_not_wait_for_one_another(making: Making) -> None:
    tasks = making.ask(*visitors(2, "127.0.0.1"))
    await until(lambda: making.now == 2)
    making.go.set()
    await asyncio.gather(*tasks)


@acted
async def test_an_address_rests_twice_as_long_as_its_last_document_took(making: Making) -> None:
    first, second = making.ask(*visitors(2))
    await until(lambda: making.now == 1)
    begun = asyncio.get_running_loop().time()
    await asyncio.sleep(0.1)
    making.go.set()
    await first
    await second
    assert asyncio.get_running_loop().time() - begun >= 0.3


@acted
async def test_no_document_is_made_for_a_visitor_who_has_left(making: Making) -> None:
    many = visitors(5)
    tasks = making.ask(*many)
    await until(lambda: making.now == 1)
    for each in many[1:-1]:
        each.there = False
    making.go.set()
    assert [each.status_code for each in await asyncio.gather(*tasks)] == [200, 204, 204, 204, 200]
    assert len(making.begun) == 2


@acted
async def test_a_document_asked_for_many_times_is_made_once(making: Making) -> None:
    making.go.set()
    answers = await asyncio.gather(*making.ask(*(Visitor(address=f"192.0.2.{n}") for n in range(30))))
    assert [each.body for each in answers] == [b"made"] * 30
    assert len(making.begun) <= 2  # two may begin before either is made


@acted
async def test_a_few_documents_are_kept_for_a_short_time(making: Making) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_routes, "KEPT", 2)
        patch.setattr(document_routes, "KEPT_FOR", 0.5)
        making.go.set()
        await asyncio.gather(*making.ask(*(Visitor(each.query, f"192.0.2.{n}") for n, each in enumerate(visitors(4)))))
        assert len(making.documents.kept) == 2
        await until(lambda: not making.documents.kept)


def test_a_failed_document_is_reported_in_french_and_logged_once_without_typed_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(handout: Handout) -> bytes:
        raise ValueError(f"{handout.name} {handout.link}")

    @acted
    async def ask(making: Making) -> None:
        answer = await Visitor(f"{ORDER}&type=autre&nom=Secret").ask(making.documents, replace(NOTE, make=fail))
        assert answer.status_code == 500
        assert document_routes.FAILED in unescape(bytes(answer.body).decode()).replace("\u00a0", " ")

    ask()
    [record] = [each for each in caplog.records if each.name == "simulateur"]
    assert re.search(r"note\.pdf a échoué. Erreur ValueError : test_documents\.py:\d+ < ", record.getMessage())
    assert record.exc_info is None
    assert not re.search("Secret|1250|messagerie", record.getMessage())
