"""Read data/ from disk: the tariffs, of which one is in force on a date, the communes and the proposals."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pricing import table
from pricing.checks import read, refused, with_lines
from pricing.communes import COUNT, Commune
from pricing.confirmed import Confirmation, Confirmations, settled, unfit
from pricing.contacts import Contacts, Desk
from pricing.dates import long_date
from pricing.faults import Fault, FaultyFileError
from pricing.frozen import Frozen
from pricing.grammar import RESERVED
from pricing.proposals import BySize, Example, Proposals, ProposalsByAct, unsold
from pricing.questions import Question, Step, Steps
from pricing.service_words import ServiceWords, misplaced
from pricing.tariff import Item, Tariff
from pricing.toml_file import ORIGINAL, parse

DATA = Path(__file__).parents[1] / "data"
FOLDER = DATA / "tariffs"
COMMUNES = DATA / "communes.csv"
EPCI = DATA / "epci.csv"
PROPOSALS = DATA / "proposals.toml"
SERVICES = DATA / "services.toml"
CONTACTS = DATA / "contacts.toml"
CONFIRMATIONS = DATA / "confirmations.toml"
"""The answers to open points; they lie beside the folder of tariffs."""
DELIBERATION = DATA / "projet-de-deliberation.docx"
"""The template of the draft of a deliberation."""


Model = TypeVar("Model", bound=Frozen)


class NoTariffError(LookupError):
    """Absence of a tariff for a date; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tariffs."""

    tariffs: tuple[Tariff, ...]
    """The tariffs, by the day from which they apply, as their confirmed points read."""
    confirmations: tuple[Confirmation, ...] = ()
    """The answers to their open points."""
    adopted_as: tuple[Tariff, ...] = ()
    """The tariffs as their acts were adopted, in the same order, before any point was confirmed."""

    def known_on(self, tariff: Tariff, day: date | None) -> Tariff:
        """Return a tariff as its points were confirmed on a day, or before any was; a link may be from before."""
        as_adopted = self.adopted_as[self.tariffs.index(tariff)]
        return settled(as_adopted, self.confirmations, day or date.min)

    def in_force(self, on: date) -> Tariff:
        """Return the tariff that applies on a day. Raises NoTariffError before the first."""
        found = [tariff for tariff in self.tariffs if tariff.in_force_from <= on]
        if not found:
            raise NoTariffError(f"Aucun tarif n'était en vigueur le {on:%d/%m/%Y}.")
        return found[-1]

    def nearest(self, on: date) -> Tariff:
        """Return the tariff that applies on a day, or the first one before it: a server's clock may be years off."""
        return self.in_force(max(on, self.tariffs[0].in_force_from))

    def to_come(self, on: date) -> Tariff | None:
        """Return the next tariff that applies after a day; None where none is adopted."""
        return next((tariff for tariff in self.tariffs if tariff.in_force_from > on), None)

    def why_unsold(self, item: str, tariff: Tariff) -> str:
        """Say in French that a tariff does not sell an item that another one does, and that it is not counted."""
        selling = [each for each in self.tariffs if item in each.items]
        label = selling[-1].items[item].label if selling else item
        if earlier := [each for each in selling if each.in_force_from < tariff.in_force_from]:
            since = next(each for each in self.tariffs if each.in_force_from > earlier[-1].in_force_from)
            return f"« {label} » n'est plus proposé depuis le {long_date(since.in_force_from)} : rien n'est compté."
        return f"« {label} » n'était pas encore proposé au tarif du {long_date(tariff.adopted)} : rien n'est compté."

    def adopted(self, on: date) -> Tariff:
        """Return the tariff adopted on a day, which is its name. Raises NoTariffError when there is none."""
        for tariff in self.tariffs:
            if tariff.adopted == on:
                return tariff
        raise NoTariffError(f"Aucun tarif n'a été adopté le {on:%d/%m/%Y}.")


def load(folder: Path = FOLDER) -> Catalogue:
    """Read every tariff of a folder, and beside it the answers to their points, if any. Raises FaultyFileError."""
    adopted, file = acts(folder), answers_beside(folder)
    given = answers(file, adopted) if file.is_file() or _misnamed_as(file) else ()
    return Catalogue(tuple(settled(tariff, given) for tariff in adopted), given, adopted)


def acts(folder: Path = FOLDER) -> tuple[Tariff, ...]:
    """Read every tariff of a folder as its act was adopted, by the day from which they apply.

    Raises FaultyFileError with all faults of all files, or when there is no tariff.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        remedy = "déposer le fichier d'un tarif, nommé par sa date d'adoption, comme 2024-03-26.toml"
        none = Fault(f"{folder.resolve().name}/", "", "", "il n'y a aucun tarif", remedy)
        raise FaultyFileError([*overlooked(folder)] or [none])
    faults: list[Fault] = []
    tariffs: dict[Path, Tariff] = {}
    for file in files:
        try:
            tariffs[file] = open_file(file)
        except FaultyFileError as error:
            faults.extend(error.faults)
    faults += [*overlooked(folder), *clashing(tariffs)]
    if faults:
        raise FaultyFileError(faults)
    return tuple(sorted(tariffs.values(), key=lambda tariff: tariff.in_force_from))


def answers_beside(folder: Path) -> Path:
    """Return the file of the answers to the points of a folder's tariffs, which may not be there."""
    return folder.parent / CONFIRMATIONS.name


def beside(folder: Path, file: Path) -> Path:
    """Return the file of that name beside a folder of tariffs; where none is there, that of data/."""
    own = folder.parent / file.name
    return own if own.is_file() else file


def answers(file: Path, adopted: Iterable[Tariff]) -> tuple[Confirmation, ...]:
    """Read the answers to the points of some acts, none where these can't be read. Raises FaultyFileError."""
    return _read(file, Confirmations, Confirmation, tariffs=adopted, unfit=unfit).confirmed


def open_file(file: Path) -> Tariff:
    """Read one tariff from its file. Raises FaultyFileError with every fault found, or when it can't be opened."""
    return read(content(file), file.name)


def content(file: Path) -> bytes:
    """Return the bytes of a file. Raises FaultyFileError where it can't be opened."""
    with suppress(OSError):
        if file.is_file():  # reading a pipe could wait forever
            return file.read_bytes()
    problem, remedy = "ce fichier ne peut pas être lu", "vérifier son nom et son dossier"
    raise FaultyFileError([_misnamed_as(file) or Fault(str(file), "", "", problem, remedy)])


def overlooked(folder: Path) -> Iterator[Fault]:
    """Yield a fault for each file that is not read because an editor changed the end of its name."""
    with suppress(OSError):
        yield from filter(None, map(misnamed, sorted(folder.iterdir())))


def misnamed(file: Path) -> Fault | None:
    """Return the fault of a file whose name has not the end it is meant to have."""
    if not (meant := _meant(file.name)):
        return None
    remedy = f"le nommer {meant} (Windows cache la fin des noms : Affichage, Extensions de noms de fichiers)"
    return Fault(file.name, "", "", "le nom de ce fichier ne finit pas par .toml", remedy)


def _misnamed_as(file: Path) -> Fault | None:
    """Return the fault of the file that is meant as another, which is not there."""
    return next((fault for fault in overlooked(file.parent) if _meant(fault.file) == file.name), None)


def _meant(name: str) -> str:
    """Return the name that a TOML file is meant to have; empty where it has it, or is another kind of file."""
    found = re.fullmatch(r"(.+)\.toml(\.txt)?|(\d{4}-\d\d-\d\d)(\.txt)?", name, re.IGNORECASE)
    return f"{found[1] or found[3]}.toml" if found and not name.endswith(".toml") else ""


def clashing(tariffs: Mapping[Path, Tariff]) -> Iterator[Fault]:
    """Yield what keeps tariffs, by their files, from being served together: the same day, or names in a link."""
    named = {file.name: tariff for file, tariff in tariffs.items()}
    found = [*_same_day(named), *_ambiguous(named)]
    for file in tariffs:
        yield from with_lines((fault for fault in found if fault.file == file.name), content(file))


def _same_day(tariffs: Mapping[str, Tariff]) -> Iterator[Fault]:
    days: dict[date, str] = {}
    for file, tariff in tariffs.items():
        day = tariff.in_force_from
        if day in days:
            remedy = "corriger la date de l'un des deux, ou enlever celui qui est de trop"
            yield Fault(file, "in_force_from", str(day), f"{days[day]} s'applique dès le même jour", remedy)
        days.setdefault(day, file)


def _ambiguous(tariffs: Mapping[str, Tariff]) -> Iterator[Fault]:
    """Yield the items whose names in a link are those of another, or not those they had: links would open wrongly."""
    owners: dict[tuple[str, str], tuple[str, str]] = {}
    firsts: dict[str, tuple[Item, str]] = {}
    for file, tariff in tariffs.items():
        for service, key, item in (
            (service, key, item) for service, of in tariff.services.items() for key, item in of.items.items()
        ):
            first, where = firsts.setdefault(key, (item, file))
            for what, name, before in (
                ("address", item.address, first.address),
                ("short", item.short, first.short),
                ("ticked", str(item.ticked).lower(), str(first.ticked).lower()),
            ):
                place = f"services.{service}.items.{key}.{what}"
                owner, elsewhere = owners.setdefault((what, name), (key, file)) if what != "ticked" else (key, file)
                if name != before:
                    problem = f"{where} dit « {before} », et les liens déjà donnés s'en servent"
                    yield Fault(file, place, name, problem, f"écrire {before}, ou donner à ce service une autre clé")
                elif name in RESERVED:
                    yield Fault(file, place, name, "ce nom a déjà un sens dans un lien", "en choisir un autre")
                elif owner != key:
                    problem = f"c'est déjà le nom de « {owner} » dans {elsewhere}"
                    yield Fault(file, place, name, problem, "en choisir un autre")


def communes(file: Path = COMMUNES, count: int = COUNT) -> Mapping[str, Commune]:
    """Return the communes of the department by INSEE code, in the order of their names. Raises FaultyFileError."""
    return table.read(content(file), file.name, count)


def epcis(file: Path = EPCI, belonging: Iterable[Commune] = ()) -> Mapping[str, str]:
    """Return the names of the EPCI by SIREN; `belonging` are the communes whose EPCI must have one.

    Raises FaultyFileError.
    """
    read = table.read_epcis(content(file), file.name)
    if unnamed := sorted({commune.epci for commune in belonging} - {*read, ""}):
        problem = f"{COMMUNES.name} a un numéro SIREN d'intercommunalité qui n'est pas ici"
        raise FaultyFileError([Fault(file.name, "siren", siren, problem, table.REMEDY) for siren in unnamed])
    return read


def proposals(file: Path = PROPOSALS, tariffs: Iterable[Tariff] = ()) -> ProposalsByAct:
    """Return the first orders proposed by size of commune, under each act; `tariffs` say what each act sells.

    Raises FaultyFileError with every fault.
    """
    return _read(file, ProposalsByAct, Proposals, BySize, Example, tariffs=tariffs, unfit=unsold)


def service_words(file: Path = SERVICES, tariffs: Iterable[Tariff] = ()) -> ServiceWords:
    """Return the words of the page on services, which some of the tariffs sell. Raises FaultyFileError."""
    return _read(file, ServiceWords, Question, Steps, Step, tariffs=tariffs, unfit=misplaced)


def contacts(file: Path = CONTACTS) -> Contacts:
    """Return the desks to which requests for a quote are sent. Raises FaultyFileError, with the line of each fault."""
    return _read(file, Contacts, Desk)


def _read(
    file: Path,
    model: type[Model],
    *parts: type[Frozen],
    tariffs: Iterable[Tariff] = (),
    unfit: Callable[[Model, Mapping[date, Tariff], str], Iterable[Fault]] = lambda *_: (),
) -> Model:
    """Read a file as a model made of some parts, of which nothing may be unfit for the tariffs, where there are any.

    Raises FaultyFileError with every fault.
    """
    written = content(file)
    data = parse(written, file.name, ORIGINAL)
    keys = [key for each in (model, *parts) for key in each.model_fields]
    if faults := refused(model, data, file.name, keys, ORIGINAL):
        raise FaultyFileError(with_lines(faults, written))
    made, acts = model.model_validate(data), {tariff.adopted: tariff for tariff in tariffs}
    if faults := list(unfit(made, acts, file.name)) if acts else []:
        raise FaultyFileError(with_lines(faults, written))
    return made
