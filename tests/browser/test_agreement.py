"""One simulation, one figure: the screen, the documents, the requests for a quote, the mail, the link and Python agree.

The documents are those a visitor gets by clicking; the workbook is read as written and as another engine computes it.
"""

import io
from datetime import date
from urllib.parse import urlencode

import docx
import pytest
from pypdf import PdfReader
from screen import EXAMPLE, KEPT, NEXT, SHARE, TARIFF

from pricing import Client, Estimate, Order, schedule
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.simulation import Choice, Simulation
from pricing.tariff import PAYEES, Payee
from tests.french import plain
from tests.links import CHOICES, ITEMS, write
from tests.reports.spreadsheet import Spreadsheet, cached
from tests.reports.test_workbook import expected, summary
from tests.walk.checks import differences, estimated, simulation
from tests.walk.page import Page


def extreme() -> str:
    """Return a query string with the most of everything that the page takes."""
    client = Client(inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
    order = Order.model_validate({item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS})
    most = Simulation(tariff=date(2024, 3, 26), choice=Choice(client=client, order=order))
    return urlencode(write(most), doseq=True)


ON_QUOTE = {"type": "epci", "messagerie-5go": "25", "antivirus": "21", "intervention": "oui", "demarches": "oui"}
CASES = {
    "on quote": urlencode({**TARIFF, **ON_QUOTE, "nom": "Les Sept Vallées"}),
    "extreme": extreme(),
    "four scenarios": urlencode(
        [*EXAMPLE.items(), *(("scenario", each) for each in (*KEPT, "dom-1~=1+1", "dom-3~Été & Cie"))]
    ),
}
"""Query strings of three simulations."""
BODIES: dict[Payee, str] = {"fibre": "à La Fibre Numérique 59-62", "cdg": "au CDG 62"}
"""Bodies that are asked for a quote, as a request is called."""


def later(made: Estimate, payee: str | None = None) -> str:
    """Return the cost of each later year in French, without what it leaves out."""
    return schedule(made, payee=next((each for each in PAYEES if each == payee), None)).later_words()


def unbroken(text: str) -> str:
    """Return a text without spaces and hyphens, at which a line of a paper may end."""
    return plain(text).replace(" ", "").replace("-", "")


def wanted(made: Estimate) -> list[str]:
    """Return in French every total that all the documents must hold."""
    answers = made.answers
    return [
        *(of.known_words() for of in (answers.first_year, answers.six_years)),
        later(made),
        *(of.known_words() for payee in PAYEES for of in (made.first_year(payee=payee), made.six_years(payee=payee))),
        *answers.six_years.left_out(),
    ]


def downloaded(screen: Page, name: str) -> bytes:
    """Return the document that a link gives."""
    with screen.page.expect_download() as download:
        screen.document(name).click()
    assert download.value.suggested_filename.rpartition(".")[2] in ("pdf", "xlsx", "docx")
    return download.value.path().read_bytes()


@pytest.mark.parametrize("query", CASES.values(), ids=list(CASES))
def test_every_form_of_a_simulation_holds_the_same_totals(screen: Page, elsewhere: Page, query: str) -> None:
    held = simulation(query)
    made = estimated(held)
    screen.open(query)
    assert differences(screen.look()) == []

    screen.section(SHARE)
    link, mail = screen.written("Lien vers cette simulation"), screen.written("Texte du courriel")
    paper = PdfReader(io.BytesIO(downloaded(screen, "Note pour le conseil (PDF)")))
    book = downloaded(screen, "Classeur de calcul (Excel)")
    draft = docx.Document(io.BytesIO(downloaded(screen, "Projet de délibération (Word)")))

    rows = [cell.text for table in draft.tables for row in table.rows for cell in row.cells]
    texts = {
        "mail": mail,
        "paper": " ".join(page.extract_text() for page in paper.pages),
        "draft": " ".join([*(each.text for each in draft.paragraphs), *rows]),
    }
    for name, text in texts.items():
        said = " ".join(plain(text).split())
        for total in filter(None, wanted(made)):
            assert plain(total) in said, (name, total)
        assert held.name in said, name
    for scenario in held.scenarios:
        assert scenario.name in plain(mail)
        assert scenario.name in plain(texts["paper"])

    screen.section(NEXT)
    for payee, body in BODIES.items():
        if not any(line.amount or line.outcome.kind == "on_quote" for line in made.select(payee=payee)):
            continue
        part = screen.page.locator("section", has=screen.page.get_by_role("heading", name=f"Demande de devis {body},"))
        part.locator("summary").click()
        form = PdfReader(io.BytesIO(downloaded(screen, f"Demande {body.replace('Numérique ', '')} (PDF)")))
        copied = part.get_by_role("textbox").input_value()
        for text in (copied, " ".join(page.extract_text() for page in form.pages)):
            said = " ".join(plain(text).replace("’", "'").split())
            of = made.first_year(payee=payee), made.six_years(payee=payee)
            for total in filter(None, [*(each.known_words() for each in of), later(made, payee), *of[1].left_out()]):
                assert plain(total) in said, (payee, total)
            for line in made.select(payee=payee):
                assert unbroken(line.words()) in unbroken(said), (payee, line.name)

    assert summary(cached(book)) == expected(made)
    if held.scenarios:  # the other orders are recalculated in test_workbook
        assert summary(Spreadsheet(book).values()) == expected(made)

    elsewhere.open(link.partition("?")[2])
    seen = elsewhere.look()
    assert differences(seen) == []
    assert simulation(seen.query) == held
