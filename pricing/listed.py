"""A list of communes pasted from a spreadsheet or read from a CSV: a row a commune, by its name or its INSEE code.

Columns are known by their headings, in any order: commune or code, agents, habitants, mail, and the services under
their names in a link or on the page. Without headings the first column names the commune. Every row that cannot be
read is told in French, and nothing of the others is lost.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from pricing.communes import Commune, folded, search
from pricing.exported import FIGURES, LEFT_OUT, LINK, NAMED
from pricing.faults import short
from pricing.money import counted
from pricing.order import Client, Order
from pricing.portfolio import Member
from pricing.simulation import Choice
from pricing.tariff import Tariff

MOST = 2_000
"""Largest number of rows that are read; the department has 887 communes."""
_SEPARATORS = "\t;|,"
"""Separators of columns; the first that the text holds is taken."""
_HEADINGS = {
    **dict.fromkeys(["commune", "communes", "nom", "nom de la commune", "collectivite"], "name"),
    **dict.fromkeys(["code", "code insee", "insee", "code commune", "commune code insee"], "code"),
    **dict.fromkeys(["agents", "nombre d agents", "effectif", "effectifs"], "agents"),
    **dict.fromkeys(["habitants", "nombre d habitants", "population"], "inhabitants"),
    **dict.fromkeys(["mail", "mel", "courriel", "e mail", "email", "adresse", "adresse mail"], "mail"),
}
"""Contents of a column, by its folded heading."""
_OURS = tuple(map(folded, (*FIGURES.values(), *LEFT_OUT.values(), LINK, NAMED["category"], "Objet", "Texte", "Note")))
"""Ends of the headings of our own exports that a list says nothing by: they are passed over without a word."""
_LONGEST = 10_000
"""Longest line that is read whole, in characters."""
_UNREAD = "unread"
"""Key of a cell that has no heading and may mean anything."""
_YES, _NO = {"oui", "x", "1", "vrai", "true"}, {"non", "0", "", "faux", "false"}
"""Words, folded, for an item that is ticked, and for one that is not."""

_MAIL = re.compile(r"[^\s@,;<>\"=+-][^\s@,;<>\"]{0,80}@[^\s@,;<>\"]{1,80}\.[A-Za-z]{2,20}")
"""A mail address, which a spreadsheet takes for no formula."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Contents of a list."""

    members: tuple[Member, ...] = ()
    """Clients that could be read, in the order of the list."""
    faults: tuple[str, ...] = ()
    """Rows and columns that could not be read, or not word for word, a French sentence each, with its row."""
    mails: Mapping[str, str] = field(default_factory=dict)
    """Mail addresses of the clients that have one, by INSEE code."""
    rows: int = 0
    """Number of rows, without empty ones and the headings."""

    @property
    def words(self) -> str:
        """Sentence on how many were read: ``10 communes lues sur 12 lignes.``."""
        read = counted(len(self.members), "commune lue", "communes lues")
        return f"{read} sur {counted(self.rows, 'ligne', 'lignes')}."


class _RowError(ValueError):
    """A row that cannot be read; the message says why in French."""


def listed(text: str, communes: Mapping[str, Commune], tariff: Tariff, order: Order | Callable[[int], Order]) -> Listed:
    """Read a list; a row without any quantity asks for `order`, or for the one that its inhabitants give."""
    rows = [row for row in _cells(text) if any(row[1])]
    columns = _columns(rows[0][1], tariff) if rows else {}
    headed, faults = bool(columns), list[str]()
    if headed:
        others = (cell for rank, cell in enumerate(rows[0][1]) if cell and rank not in columns)
        if unknown := [short(cell) for cell in others if not folded(cell).endswith(_OURS)]:
            faults.append(f"Colonnes qui ne sont pas lues : {', '.join(unknown)}.")
        rows = rows[1:]
    if len(rows) > MOST:
        faults.append(f"Seules les {MOST} premières lignes sont lues.")
    members: dict[str, Member] = {}
    first: dict[str, int] = {}
    mails: dict[str, str] = {}
    for number, row in rows[:MOST]:
        named = ""
        try:
            said = dict(_said(row, columns if headed else None))
            commune = _commune(said, communes)
            named = f" ({commune.name})"
            if unread := said.get(_UNREAD):
                raise _RowError(f"« {short(unread)} » n'est lu que sous un titre de colonne")
            if (name := said.get("name")) and folded(name) != folded(commune.name):
                faults.append(f"Ligne {number} : « {short(name)} » est lu comme {commune.name}.")
            if not headed and any(said.get("code") in each.postal_codes for each in communes.values()):
                faults.append(f"Ligne {number} : « {said['code']} » est lu comme le code INSEE de {commune.name}.")
            if commune.code in first:
                raise _RowError(f"cette commune est déjà à la ligne {first[commune.code]}")
            members[commune.code] = _member(commune, said, tariff, order)
            first[commune.code] = number
            if mail := said.get("mail"):
                if _MAIL.fullmatch(mail):
                    mails[commune.code] = mail
                else:
                    faults.append(f"Ligne {number} : « {short(mail)} » n'est pas une adresse de courriel.")
        except _RowError as why:
            faults.append(f"Ligne {number}{named} : {why} : ligne laissée de côté.")
    return Listed(tuple(members.values()), tuple(faults), mails, len(rows))


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row, with its number from 1; a cell in quotes may have several lines."""
    lines = text.lstrip("\ufeff").splitlines()
    separator = next((each for each in _SEPARATORS if any(each in line for line in lines)), "\t")
    if (
        text.count('"') % 2 or max(map(len, lines), default=0) > _LONGEST
    ):  # a quote of somebody's own would swallow rows
        rows = (next(csv.reader([line[:_LONGEST]], delimiter=separator), []) for line in lines)
    else:
        rows = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    for number, row in enumerate(rows, start=1):
        yield number, [" ".join(cell.split()) for cell in row]


def _columns(cells: list[str], tariff: Tariff) -> dict[int, str]:
    """Return what each column holds by its heading; nothing where the row has no heading for the commune."""
    items = {name: key for key, item in tariff.items.items() for name in (folded(item.label), folded(item.address))}
    named = {**items, **_HEADINGS}
    found = {rank: named[plain] for rank, cell in enumerate(cells) if (plain := folded(cell)) in named}
    return found if {"name", "code"} & {*found.values()} else {}


def _said(cells: list[str], columns: Mapping[int, str] | None) -> Iterator[tuple[str, str]]:
    """Yield what a row says; without headings, the first cell names the commune, a number is that of its agents."""
    for rank, cell in enumerate(cells):
        if columns is not None:
            if rank in columns and cell:
                yield columns[rank], cell
        elif rank == 0:
            yield ("code" if cell.isdigit() else "name"), cell
        elif "@" in cell:
            yield "mail", cell
        elif cell.isdigit():
            yield "agents", cell
        elif cell:
            yield _UNREAD, cell


def _commune(said: Mapping[str, str], communes: Mapping[str, Commune]) -> Commune:
    code, name = said.get("code", ""), said.get("name", "")
    if code in communes:
        return communes[code]
    found = search(name or code, communes)
    if found.chosen:
        return communes[found.chosen]
    if not (name or code):
        raise _RowError("il n'y a ni commune, ni code INSEE")
    near = ", ".join(communes[each].name for each in found.near[:3])
    nearest = "la plus proche" if len(found.near) == 1 else "les plus proches"
    asked = f" ({nearest} : {near})" if near else ""
    raise _RowError(f"« {short(name or code)} » n'est pas une commune du département{asked}")


def _member(commune: Commune, said: Mapping[str, str], tariff: Tariff, order: Order | Callable[[int], Order]) -> Member:
    inhabitants = _whole(said["inhabitants"], "d'habitants") if "inhabitants" in said else commune.population
    agents = _whole(said["agents"], "d'agents") if "agents" in said else None
    own = {key: _quantity(said[key], item.ticked, item.label) for key, item in tariff.items.items() if key in said}
    try:
        client = Client(inhabitants=inhabitants, agents=agents)
        asked = Order(**own) if own else order if isinstance(order, Order) else order(inhabitants)
    except ValidationError as error:
        raise _RowError(error.errors()[0]["msg"]) from None
    return Member(commune.name, Choice(client=client, order=asked, commune=commune.code))


def _quantity(written: str, ticked: bool, label: str) -> int:
    if ticked and folded(written) in _YES | _NO:
        return int(folded(written) in _YES)
    if ticked:
        raise _RowError(f"« {short(written)} » n'est ni oui ni non pour « {label} »")
    return _whole(written, f"pour « {label} »")


def _whole(written: str, of: str) -> int:
    digits = "".join(written.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise _RowError(f"« {short(written)} » n'est pas un nombre entier {of}")
    return int(digits)
