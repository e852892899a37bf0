"""Things that a page hands over: its link, its mail and its documents, against its own query string."""

from playwright.sync_api import Locator
from pypdf import PdfReader

from pricing.simulation import Simulation, leave
from tests.browser.screen import SHARE
from tests.walk.checks import client, estimated, uncounted
from tests.walk.facts import UNCOUNTED, simulation
from tests.walk.group_checks import answer
from tests.walk.page import Page

PAPER = "Note pour le conseil (PDF)"
PAPER_OF_ALL = "Note sur toutes les communes (PDF)"
FEW = 12
"""Largest number of communes whose papers are asked for: more would make others wait."""


def handed_over(page: Page) -> list[str]:
    """Read the link, the mail and the documents of the page, and return what does not match the query string."""
    page.section(SHARE)
    held = simulation(page.look().query)
    link = page.written("Lien vers cette simulation")
    found = [] if simulation(link.partition("?")[2]) == leave(held) else [f"the link is {link}"]
    found += _documents(page, held)
    with page.page.expect_download() as download:
        page.document(PAPER_OF_ALL if held.group else PAPER).click()
    paper = PdfReader(download.value.path())
    texts = {"mail": page.written("Texte du courriel"), "paper": " ".join(each.extract_text() for each in paper.pages)}
    return found + [
        f"{where}: « {each} » is not in it"
        for where, text in texts.items()
        for each in _wanted(held)
        if _joined(each) not in _joined(text)
    ]


def _documents(page: Page, held: Simulation) -> list[str]:
    """Return the links to documents that open another simulation, or that answer no document."""
    links = page.page.locator("a.document[href]")
    found: list[str] = []
    for address in _addresses(links):
        if simulation(address.partition("?")[2]) != leave(held):
            found.append(f"the link to a document is {address}")
        elif "notes.zip" not in address or (held.group and len(answer(held).made.members) <= FEW):
            got = page.page.request.get(address)
            if not got.ok or "html" in got.headers.get("content-type", ""):
                found.append(f"{address} answers {got.status}, {got.headers.get('content-type')}")
    return found


def _addresses(links: Locator) -> list[str]:
    return links.evaluate_all("all => all.map((each) => each.href)")


def _wanted(held: Simulation) -> tuple[str, ...]:
    """Return what a mail and a paper say: the amounts, and whose they are."""
    if held.group:
        first, _, six = answer(held).made.total[None]
        return tuple(filter(None, (first.known_words(), six.known_words())))
    made = estimated(held)
    answers = made.answers
    amounts = (answers.first_year.known_words(), answers.six_years.known_words())
    return (*([UNCOUNTED] if uncounted(made) else amounts), client(held))


def _joined(words: str) -> str:
    """Remove the white space of a text, as a line may break within it."""
    return "".join(words.replace("’", "'").split())
