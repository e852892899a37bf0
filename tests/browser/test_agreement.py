"""One simulation, one figure: the screen, the paper, the workbook, the draft, the mail, the link and Python agree.

The documents are those a visitor gets by clicking; the workbook is read as written and as another engine computes it.
"""

import io
from dataclasses import dataclass
from datetime import date

import docx
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from screen import EXAMPLE, SHARE, TARIFF, Query, Screen

from pricing import Client, Estimate, Order, Tariff, estimate, schedule
from pricing.order import CHOICES, ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.simulation import Choice, Simulation
from pricing.tariff import PAYEES
from tests.french import plain
from tests.links import write
from tests.reports.spreadsheet import Spreadsheet, cached
from tests.reports.test_workbook import expected, summary

SCENARIOS = {
    "Tout compris": "hab-1250_ag-6_5go-4_dom-1_c3-1_sauv-1_av-3_demar~Tout compris",
    "Sans sauvegarde": "hab-1250_ag-6_5go-4_dom-1_c3-1_av-3_demar~Sans sauvegarde",
    "=1+1": "hab-1250_dom-1~=1+1",
    "Été & Cie": "dom-3~Été & Cie",
}
ASKED = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)


@dataclass(frozen=True)
class Case:
    """A simulation, as a link and as an order."""

    query: Query
    """Query string of the simulation."""
    client: Client
    """Client of the order."""
    order: Order
    """Quantities ordered."""
    scenarios: tuple[str, ...] = ()
    """Names of the scenarios kept beside it."""
    name: str = ""
    """Name of the client, where no table has it."""


def extreme() -> Case:
    """Return a case with the most of everything that the page takes."""
    client = Client(inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
    order = Order.model_validate({item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS})
    written = write(Simulation(tariff=date(2024, 3, 26), choice=Choice(client=client, order=order)))
    return Case([(name, value) for name, values in written.items() for value in values], client, order)


CASES = {
    "on quote": Case(
        {
            **TARIFF,
            "type": "epci",
            "messagerie-5go": "25",
            "antivirus": "21",
            "intervention": "oui",
            "demarches": "oui",
            "nom": "Les Sept Vallées",
        },
        Client(structure="epci"),
        Order(mailboxes_5go=25, antivirus_devices=21, antivirus_intervention=True, demarches_simplifiees=True),
        name="Les Sept Vallées",
    ),
    "extreme": extreme(),
    "four scenarios": Case(
        [*EXAMPLE.items(), *(("scenario", written) for written in SCENARIOS.values())],
        Client(inhabitants=1_250, agents=6),
        ASKED,
        tuple(SCENARIOS),
    ),
}


def later(made: Estimate, payee: str | None = None) -> str:
    """Return the cost of each later year in French, without what it leaves out."""
    return schedule(made, payee=next((each for each in PAYEES if each == payee), None)).later_words()


def wanted(made: Estimate) -> list[str]:
    """Return in French every total that all the documents must hold."""
    answers = made.answers
    return [
        *(of.known_words() for of in (answers.first_year, answers.six_years)),
        later(made),
        *(of.known_words() for payee in PAYEES for of in (made.first_year(payee=payee), made.six_years(payee=payee))),
        *answers.six_years.left_out(),
    ]


def downloaded(screen: Screen, name: str) -> bytes:
    """Return the document that a link gives."""
    with screen.page.expect_download() as download:
        screen.document(name).click()
    assert download.value.suggested_filename.rpartition(".")[2] in ("pdf", "xlsx", "docx")
    return download.value.path().read_bytes()


def on_screen(screen: Screen, made: Estimate) -> None:
    answers = made.answers
    figures = [of.known_words() for of in (answers.first_year, answers.six_years)]
    screen.expect_figures(figures[0], later(made), figures[1])
    for payee in PAYEES:
        cells = screen.quotes(payee)
        for rank, of in ((0, made.first_year(payee=payee)), (2, made.six_years(payee=payee))):
            said = of.known_words() or of.left_out()[0]
            expect(cells.nth(rank)).to_contain_text(said)


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_every_form_of_a_simulation_holds_the_same_totals(
    screen: Screen, elsewhere: Screen, case: Case, tariff: Tariff
) -> None:
    made = estimate(case.client, case.order, tariff)
    screen.open(case.query)
    on_screen(screen, made)

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
        assert case.name in said, name
    for scenario in case.scenarios:
        assert scenario in plain(mail)
        assert scenario in plain(texts["paper"])

    assert summary(cached(book)) == expected(made)
    if case.scenarios:  # the other orders are recalculated in test_workbook
        assert summary(Spreadsheet(book).values()) == expected(made)

    elsewhere.page.goto(link)
    elsewhere.settle()
    on_screen(elsewhere, made)
