"""The simulations that documents are made of, and each document as plain lines that a person can read.

`python -m tests.reports.documents workbook` prints the lines of one.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.table import Table
from openpyxl import load_workbook
from pypdf import PdfReader

from pricing import Client, Order, Tariff, estimate, load
from pricing.catalogue import service_words
from tests.links import CHOICES, ITEMS
from views.reports.deliberation import deliberation
from views.reports.handout import Handout
from views.reports.paper import paper
from views.reports.summary import Summary
from views.reports.workbook import workbook

APPROVED = Path(__file__).with_name("approved")
LINK = "https://simulateur.example/?habitants=1250"
TOWN, EPCI, OTHER = Client(inhabitants=1_250, agents=6), Client(structure="epci"), Client(structure="other")
OTHERWISE = {
    "services.mailbox.charges.support.counted": "each",
    "services.mailbox.charges.support.label": "Accompagnement ({item})",
    "services.mailbox.charges.support.price.beyond.counted_from": "first_unit",
    "services.backup.charges.extra_storage.price.limit.beyond": "excess_on_quote",
}
"""Changes that read the act the other way under R3, R4 and R8."""
ORDINARY = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
DEMARCHES = Order(demarches_simplifiees=True)
ON_QUOTE = Order(antivirus_devices=21, antivirus_intervention=True)
WHOLE = Order.model_validate({item: True if item in CHOICES else 21 for item in ITEMS})


@dataclass(frozen=True)
class Simulation:
    """Simulation that some documents are made of."""

    client: Client = TOWN
    """Client of the order."""
    order: Order = ORDINARY
    """Quantities ordered."""
    name: str = "Ruitz"
    """Name of the collectivité."""
    scenarios: Mapping[str, Order] | None = None
    """Scenarios kept beside it, by name."""
    otherwise: bool = False
    """True where the act is read the other way."""
    link: str = LINK
    """URL that opens the same simulation."""
    in_place: frozenset[str] = frozenset()
    """Services that the client has already."""
    paid_today: int | None = None
    """Euros paid a year today."""
    month: int | None = None
    """Month from which the services are paid."""

    def handout(self, tariff: Tariff) -> Handout:
        """Price the simulation."""
        read = tariff.changed(OTHERWISE) if self.otherwise else tariff
        kept = tuple((name, estimate(self.client, other, read)) for name, other in (self.scenarios or {}).items())
        present, said = estimate(self.client, self.order, read, self.in_place), (self.paid_today, self.month)
        does = service_words().services
        return Handout(present, read, self.name, date(2026, 11, 1), self.link, kept, (), "", *said, purposes=does)

    def summary(self, tariff: Tariff) -> Summary:
        """Say its answer."""
        return Summary(self.handout(tariff))


SIMULATIONS = {
    "ordinary": Simulation(),
    "epci-on-quote": Simulation(
        Client(structure="epci", inhabitants=30_000),
        WHOLE.model_copy(update={"mailboxes_unlimited": 61, "extra_storage_go": 130}),
        "Communauté d'agglomération & de « Béthune-Bruay » \N{CLASSICAL BUILDING}",
        {"=1+1": ORDINARY, "Sans rien": Order(), "Œuf \N{SEEDLING}": Order(backups=2), "XIV bis": Order(domains=2)},
        otherwise=True,
    ),
    "nameless": Simulation(
        Client(),
        Order(extra_storage_go=5, antivirus_devices=21, antivirus_intervention=True, demarches_simplifiees=True),
        "",
    ),
    "in-place": Simulation(in_place=frozenset({"mailbox", "backup", "demarches"}), paid_today=840, month=9),
    "on-quote-alone": Simulation(EPCI, DEMARCHES, ""),
    "empty": Simulation(OTHER, Order(), ""),
}
"""Simulations chosen so that each branch of each document is drawn."""


def _paper(handout: Handout) -> Iterator[str]:
    """Yield the text of each page, as a PDF reader extracts it."""
    for page in PdfReader(BytesIO(paper(handout))).pages:
        yield from page.extract_text().splitlines()
        yield "~ end of the page"


def _draft(handout: Handout) -> Iterator[str]:
    """Yield each paragraph with its style, and each row of a table."""
    for part in Document(BytesIO(deliberation(handout))).iter_inner_content():
        if isinstance(part, Table):
            yield from (" | ".join(cell.text for cell in row.cells) for row in part.rows)
        else:
            yield f"{part.style.name if part.style else ''}: {part.text}"


def _workbook(handout: Handout) -> Iterator[str]:
    """Yield the values of each row, as a program that does not compute shows them."""
    for sheet in load_workbook(BytesIO(workbook(handout)), data_only=True).worksheets:
        yield f"# {sheet.title}"
        for row in sheet.iter_rows(values_only=True):
            yield " | ".join("" if value is None else str(value) for value in row).rstrip(" |")


DOCUMENTS: Mapping[str, Callable[[Handout], Iterator[str]]] = {"paper": _paper, "draft": _draft, "workbook": _workbook}
"""Function that yields the lines of each document, by the name of its approved text."""


def lines(name: str, tariff: Tariff) -> list[str]:
    """Return the lines of a document of the ordinary order, with its non-breaking spaces made visible."""
    made = "\n".join(DOCUMENTS[name](SIMULATIONS["ordinary"].handout(tariff)))
    marked = made.replace("\u00a0", "␣")
    return [line for each in re.split(r"\n+", marked) if (line := each.rstrip())]


if __name__ == "__main__":
    print("\n".join(lines(sys.argv[1], load().adopted(date(2024, 3, 26)))))
