"""The documents handed over: the one list of them, and what each is made from, which is the link alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pricing import estimate
from pricing.link import Parameters, Simulation, query, read
from pricing.reports.deliberation import deliberation
from pricing.reports.handout import Handout
from pricing.reports.paper import paper
from pricing.reports.workbook import workbook
from views import kept
from views.compare import estimates

FOLDER = "documents"
"""Where the documents are in the site."""
MOST_TOLD = 6
"""How many unreadable parts of a link are named."""
_OFFICE = "application/vnd.openxmlformats-officedocument"


class UnreadableLinkError(ValueError):
    """A link that no document can be made from; the message says why, in French."""


@dataclass(frozen=True)
class Document:
    """A kind of document."""

    key: str
    """The key of its button where the page offers it by itself."""
    address: str
    """Its address in the site, without the link's query string."""
    label: str
    """What the page calls it."""
    icon: str
    """The name of its icon in Material Symbols."""
    make: Callable[[Handout], bytes]
    """What makes it."""
    media_type: str
    """Its media type."""
    kind: str = "estimation"
    """The first word of its file's name."""

    def file_name(self, handout: Handout) -> str:
        """The name of the file, with the client's and the day."""
        return handout.file_name(self.address.rpartition(".")[2], self.kind)


DOCUMENTS = (
    Document(
        "note",
        f"{FOLDER}/note.pdf",
        "Note pour le conseil (PDF)",
        "description",
        paper,
        "application/pdf",
    ),
    Document(
        "classeur",
        f"{FOLDER}/classeur.xlsx",
        "Classeur de calcul (Excel)",
        "table",
        workbook,
        f"{_OFFICE}.spreadsheetml.sheet",
    ),
    Document(
        "projet",
        f"{FOLDER}/projet-de-deliberation.docx",
        "Projet de délibération (Word)",
        "edit_document",
        deliberation,
        f"{_OFFICE}.wordprocessingml.document",
        "projet-deliberation",
    ),
)
"""Every document there is, in the order of the page."""


def read_link(parameters: Parameters) -> Simulation:
    """The simulation of a link, as the page shows it. Raises UnreadableLinkError where a part of it is not clear.

    The page says what it has left out of a link. A document could not, and would be handed over as if it were whole.
    """
    opened = read(parameters, kept.adopted, kept.communes().__contains__)
    if opened.refused:
        raise UnreadableLinkError(opened.refused)
    if opened.ignored:
        parts = [each.words() for each in opened.ignored[:MOST_TOLD]]
        if len(opened.ignored) > MOST_TOLD:
            parts.append("et d'autres")
        raise UnreadableLinkError(
            f"Une partie du lien n'a pas pu être lue : {' ; '.join(parts)}. Ouvrez la simulation, vérifiez-la, puis "
            "demandez le document sur la page."
        )
    if opened.simulation.choice.order.empty:
        raise UnreadableLinkError("Ce lien ne demande aucun service : il n'y a rien à chiffrer.")
    return opened.simulation


def handed_over(simulation: Simulation, site: str, day: date) -> Handout:
    """What the documents of a simulation are made from, on a day; `site` is the address of the page, with its « / »."""
    tariffs = kept.tariffs()
    tariff = tariffs.adopted(simulation.tariff) if simulation.tariff else tariffs.nearest(day)
    choice = simulation.choice
    of_commune = choice.client.structure == "commune"
    commune = kept.communes().get(choice.commune) if of_commune else None
    # As the page has it: a commune has its name from the table, another body the one that was typed.
    shown = simulation.model_copy(
        update={
            "tariff": tariff.adopted,
            "choice": choice if of_commune else choice.model_copy(update={"commune": ""}),
            "name": "" if of_commune else simulation.name,
            "presentation": False,
        }
    )
    return Handout(
        estimate(choice.client, choice.order, tariff),
        tariff,
        commune.name if commune else shown.name,
        day,
        f"{site}?{query(shown)}",
        tuple(estimates(shown, tariff)),
    )
