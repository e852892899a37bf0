"""The documents on many communes: the one list of them, and the link from which alone each is made."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from pricing import Tariff
from pricing.group import DEPARTMENT, LIST, Group, belonging
from pricing.money import counted, number
from pricing.portfolio import Portfolio, grouped, portfolio
from pricing.simulation import Simulation, leave, take_up_tariff
from views import kept
from views.documents import EXCEL, FOLDER, NOTHING_ASKED, Document, OtherKindError, UnreadableLinkError
from views.reports.group_archive import whole_archive
from views.reports.group_handout import GroupHandout
from views.reports.group_mail import mail_merge_csv, mail_merge_workbook
from views.reports.group_paper import group_paper
from views.reports.group_tables import group_csv
from views.reports.group_workbook import group_workbook

GROUP_DOCUMENTS: tuple[Document[GroupHandout], ...] = (
    Document(
        "communes-note",
        f"{FOLDER}/communes.pdf",
        "Note sur toutes les communes (PDF)",
        "description",
        group_paper,
        "application/pdf",
        kind="communes",
    ),
    Document(
        "communes-classeur",
        f"{FOLDER}/communes.xlsx",
        "Classeur, une ligne par commune (Excel)",
        "table",
        group_workbook,
        EXCEL,
        kind="communes",
    ),
    Document(
        "communes-tableau",
        f"{FOLDER}/communes.csv",
        "Tableau des communes (CSV)",
        "table_rows",
        group_csv,
        "text/csv",
        kind="communes",
    ),
    Document(
        "publipostage",
        f"{FOLDER}/publipostage.xlsx",
        "Liste pour un publipostage (Excel)",
        "mail",
        mail_merge_workbook,
        EXCEL,
        kind="publipostage",
    ),
    Document(
        "publipostage-csv",
        f"{FOLDER}/publipostage.csv",
        "Liste pour un publipostage (CSV)",
        "mail",
        mail_merge_csv,
        "text/csv",
        kind="publipostage",
    ),
)
"""All documents but the archive, in the order of the page."""
ARCHIVE: Document[GroupHandout] = Document(
    "notes",
    f"{FOLDER}/notes.zip",
    "Une note par commune (ZIP)",
    "folder_zip",
    whole_archive,
    "application/zip",
    kind="notes",
)
"""The papers of all communes; its route makes them one by one."""
NO_MAILS: Mapping[str, str] = MappingProxyType({})
"""No mail address: a link has none."""


def handed_over(simulation: Simulation, site: str, day: date, mails: Mapping[str, str] = NO_MAILS) -> GroupHandout:
    """Return what the documents of a simulation's group are made from, on a day.

    `site` is the page's URL, with its « / »; `mails` are addresses by INSEE code. Raises ValueError without a
    group.
    """
    if simulation.group is None:
        raise ValueError("the simulation has no group")
    tariffs = kept.tariffs()
    tariff = tariffs.adopted(simulation.tariff) if simulation.tariff else tariffs.nearest(day)
    shown = leave(take_up_tariff(simulation, tariff.adopted))
    priced = gathered(shown, tariff)
    another = neighbour(tariff)
    unsold = dict.fromkeys(item for each in priced.estimates for item in each.unsold)
    return GroupHandout(
        portfolio=priced,
        name=group_name(simulation.group),
        day=day,
        link=f"{site}?{kept.links().query(shown)}",
        site=site,
        links=kept.links(),
        own=frozenset(each.code for each in simulation.group.own),
        whole=kept.links().holds(shown),
        other=portfolio(priced.members, another) if another else None,
        unsold={item: tariffs.why_unsold(item, tariff) for item in unsold},
        purposes=kept.service_words().services,
        mails=mails,
    )


def of_many(simulation: Simulation, site: str, day: date) -> GroupHandout:
    """Return what a link's documents are made from. Raises UnreadableLinkError where none can be."""
    if simulation.group is None:
        raise OtherKindError("Ce lien est celui d'une seule collectivité, et ce document celui de plusieurs communes.")
    handout = handed_over(simulation, site, day)
    if not handout.portfolio.members:
        raise UnreadableLinkError("Ce lien ne retient aucune commune : il n'y a rien à chiffrer.")
    if all(each.order.empty for each in handout.portfolio.estimates):
        raise UnreadableLinkError(NOTHING_ASKED)
    return handout


def gathered(simulation: Simulation, tariff: Tariff) -> Portfolio:
    """Price the communes of a simulation's group under a tariff; none without a group."""
    group, for_size = simulation.group, kept.proposals(tariff).for_size
    members = grouped(group, simulation.choice.order, for_size, kept.communes()) if group else ()
    return portfolio(members, tariff)


def neighbour(tariff: Tariff) -> Tariff | None:
    """Return the act that applies after a tariff, or else before it; None where there is no other."""
    acts = kept.tariffs().tariffs
    rank = acts.index(tariff)
    return next(iter((*acts[rank + 1 :], *reversed(acts[:rank]))), None)


def group_name(group: Group) -> str:
    """Return the name of a group: ``Pas-de-Calais``, ``CC du Ternois, 3 communes sur 12``, ``12 communes``."""
    all_ = [each.code for each in belonging(group, kept.communes())]
    some = [code for code in all_ if code not in group.without]
    communes = counted(len(some), "commune", "communes")
    if group.of == LIST:
        return communes
    name = "Pas-de-Calais" if group.of == DEPARTMENT else kept.epcis().get(group.of, "")
    without = f"{communes} sur {number(len(all_))}" if len(some) < len(all_) else ""
    return ", ".join(filter(None, (name, without)))
