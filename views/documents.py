"""The documents handed over: the one list of them, and the link from which alone each is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from pricing.budget import priced
from pricing.link import Parameters
from pricing.simulation import Simulation, leave, take_up_tariff
from pricing.tariff import Payee
from views import kept
from views.named import called, estimates, kept_as
from views.reports.deliberation import deliberation
from views.reports.group_handout import GroupHandout
from views.reports.handout import Handout
from views.reports.paper import paper
from views.reports.request_paper import NothingBilledError, request_paper
from views.reports.tables import csv
from views.reports.workbook import workbook
from views.told import sentences

FOLDER = "documents"
"""Folder of the documents in the site."""
NOTHING_ASKED = "Ce lien ne demande aucun service : il n'y a rien à chiffrer."
"""Sentence for a link from which no amount comes."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Media types of Office."""


Of = TypeVar("Of", Handout, GroupHandout)
"""Basis of a document: one client, or many communes."""


class UnreadableLinkError(ValueError):
    """A link that no document can be made from; the message says why, in French."""


class OtherKindError(UnreadableLinkError):
    """A link of many communes for a document of one client, or the other way round."""


@dataclass(frozen=True)
class Document(Generic[Of]):
    """A kind of document."""

    key: str
    """The key of its button where the page offers it by itself."""
    address: str
    """Its URL within the site, without the link's query string."""
    label: str
    """Name on the page, in French."""
    icon: str
    """The name of its icon in Material Symbols."""
    make: Callable[[Of], bytes]
    """Function that makes its bytes from a handout."""
    media_type: str
    """Its media type."""
    kind: str = "estimation"
    """The first word of its file's name."""

    def file_name(self, handout: Of) -> str:
        """Return the name of the file, with the client's name and the day."""
        return handout.file_name(self.address.rpartition(".")[2], self.kind)


def _request(payee: Payee, handout: Handout) -> bytes:
    try:
        return request_paper(handout, payee)
    except NothingBilledError:
        body = handout.tariff.payees[payee].label if payee in handout.tariff.payees else "cet organisme"
        raise UnreadableLinkError(
            f"{body} ne facture rien de cette simulation : il n'y a pas de devis à lui demander."
        ) from None


def _asks(payee: Payee, label: str) -> Document[Handout]:
    """Return the kind of document that asks a body for its quote."""
    kind = f"demande-{payee}"
    make = partial(_request, payee)
    return Document(kind, f"{FOLDER}/{kind}.pdf", label, "request_quote", make, "application/pdf", kind)


NOTE = Document("note", f"{FOLDER}/note.pdf", "Note pour le conseil (PDF)", "description", paper, "application/pdf")
DRAFT = Document(
    "projet",
    f"{FOLDER}/projet-de-deliberation.docx",
    "Projet de délibération (Word)",
    "edit_document",
    deliberation,
    WORD,
    kind="projet-deliberation",
)
DOCUMENTS: tuple[Document[Handout], ...] = (
    NOTE,
    Document("classeur", f"{FOLDER}/classeur.xlsx", "Classeur de calcul (Excel)", "table", workbook, EXCEL),
    Document("tableau", f"{FOLDER}/tableau.csv", "Tableau des montants (CSV)", "table_rows", csv, "text/csv"),
    DRAFT,
)
"""Documents on the simulation, in the order of the page."""
REQUESTS: Mapping[Payee, Document[Handout]] = {
    "fibre": _asks("fibre", "Demande à La Fibre 59-62 (PDF)"),
    "cdg": _asks("cdg", "Demande au CDG 62 (PDF)"),
}
"""Requests for a quote, by the body that is asked."""
ALL: tuple[Document[Handout], ...] = (*DOCUMENTS, *REQUESTS.values())
"""All documents that the site hands over."""


def read_link(parameters: Parameters) -> Simulation:
    """Return the simulation of a link, as the page shows it. Raises UnreadableLinkError where a part can't be read.

    The page says what it has left out of a link. A document could not, and would be taken for complete.
    """
    opened = kept.links().read(parameters)
    if unclear := sentences(opened):
        raise UnreadableLinkError(" ".join([*unclear, "Ouvrez la simulation et vérifiez-la."]))
    return opened.simulation


def handed_over(simulation: Simulation, site: str, day: date) -> Handout:
    """Return what a simulation's documents are made from, on a day; `site` is the page's URL, with its « / »."""
    tariffs = kept.tariffs()
    tariff = tariffs.adopted(simulation.tariff) if simulation.tariff else tariffs.nearest(day)
    shown = leave(take_up_tariff(simulation, tariff.adopted))
    commune = kept.communes().get(shown.choice.commune)
    present = priced(shown.choice, tariff)
    return Handout(
        present,
        tariff,
        called(shown),
        day,
        f"{site}?{kept.links().query(shown)}",
        tuple(estimates(shown, tariff)),
        tuple(tariffs.why_unsold(item, tariff) for item in present.unsold),
        scenario.name if (scenario := kept_as(shown)) else "",
        shown.choice.paid_today,
        shown.choice.month,
        commune.code if commune else "",
        commune.siren if commune else "",
        kept.contacts(),
        kept.service_words().services,
    )


def of_one(simulation: Simulation, site: str, day: date) -> Handout:
    """Return what a link's documents are made from. Raises UnreadableLinkError where none can be."""
    if simulation.group:
        raise OtherKindError("Ce lien est celui de plusieurs communes, et ce document celui d'une seule.")
    if simulation.choice.order.empty:
        raise UnreadableLinkError(NOTHING_ASKED)
    return handed_over(simulation, site, day)
