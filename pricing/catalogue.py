"""Read data/ from disk: the tariffs, of which one is in force on a date, the communes and the proposals."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pricing import table
from pricing.checks import read, refused
from pricing.communes import COUNT, Commune
from pricing.faults import Fault, FaultyFileError
from pricing.order import ITEMS
from pricing.proposals import BySize, Example, Proposals
from pricing.tariff import Tariff
from pricing.toml_file import ORIGINAL, parse

DATA = Path(__file__).parents[1] / "data"
FOLDER = DATA / "tariffs"
COMMUNES = DATA / "communes.csv"
PROPOSALS = DATA / "proposals.toml"
DELIBERATION = DATA / "projet-de-deliberation.docx"
"""The template of the draft of a deliberation."""


class NoTariffError(LookupError):
    """Absence of a tariff for a date; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tariffs."""

    tariffs: tuple[Tariff, ...]
    """The tariffs, by the day from which they apply."""

    def in_force(self, on: date) -> Tariff:
        """Return the tariff that applies on a day. Raises NoTariffError before the first."""
        found = [tariff for tariff in self.tariffs if tariff.in_force_from <= on]
        if not found:
            raise NoTariffError(f"Aucun tarif n'était en vigueur le {on:%d/%m/%Y}.")
        return found[-1]

    def nearest(self, on: date) -> Tariff:
        """Return the tariff that applies on a day, or the first one before it: a server's clock may be years off."""
        return self.in_force(max(on, self.tariffs[0].in_force_from))

    def adopted(self, on: date) -> Tariff:
        """Return the tariff adopted on a day, which is its name. Raises NoTariffError when there is none."""
        for tariff in self.tariffs:
            if tariff.adopted == on:
                return tariff
        raise NoTariffError(f"Aucun tarif n'a été adopté le {on:%d/%m/%Y}.")


def load(folder: Path = FOLDER) -> Catalogue:
    """Read every tariff of a folder. Raises FaultyFileError with all faults of all files, or when there is no file."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        remedy = "déposer le fichier d'un tarif, nommé par sa date d'adoption, comme 2024-03-26.toml"
        raise FaultyFileError([Fault(f"{folder.name}/", "", "", "il n'y a aucun tarif", remedy)])
    faults: list[Fault] = []
    tariffs: dict[str, Tariff] = {}
    for file in files:
        try:
            tariffs[file.name] = open_file(file)
        except FaultyFileError as error:
            faults.extend(error.faults)
    faults += [*_overlooked(folder), *same_day(tariffs)]
    if faults:
        raise FaultyFileError(faults)
    return Catalogue(tuple(sorted(tariffs.values(), key=lambda tariff: tariff.in_force_from)))


def open_file(file: Path) -> Tariff:
    """Read one tariff from its file. Raises FaultyFileError with every fault found, or when it can't be opened."""
    return read(content(file), file.name)


def content(file: Path) -> bytes:
    """Return the bytes of a file. Raises FaultyFileError where it can't be opened."""
    with suppress(OSError):
        if file.is_file():  # reading a pipe could wait forever
            return file.read_bytes()
    problem, remedy = "ce fichier ne peut pas être lu", "vérifier son nom et son dossier"
    raise FaultyFileError([Fault(str(file), "", "", problem, remedy)])


def _overlooked(folder: Path) -> Iterator[Fault]:
    """Yield a fault for each file meant as a tariff but not read, because an editor changed the end of its name."""
    for file in sorted(folder.iterdir()):
        name = re.fullmatch(r"(.*)\.toml(\.txt)?", file.name, re.IGNORECASE)
        if name and not file.name.endswith(".toml"):
            remedy = f"le nommer {name[1]}.toml"
            yield Fault(file.name, "", "", "le nom de ce fichier ne finit pas par .toml", remedy)


def same_day(tariffs: Mapping[str, Tariff]) -> Iterator[Fault]:
    """Yield a fault for each tariff, by file name, that would apply from the same day as another."""
    seen: dict[date, str] = {}
    for file, tariff in tariffs.items():
        day = tariff.in_force_from
        if day in seen:
            remedy = "corriger la date de l'un des deux, ou enlever celui qui est de trop"
            yield Fault(file, "in_force_from", str(day), f"{seen[day]} s'applique dès le même jour", remedy)
        seen.setdefault(day, file)


def communes(file: Path = COMMUNES, count: int = COUNT) -> Mapping[str, Commune]:
    """Return the communes of the department by INSEE code, in the order of their names. Raises FaultyFileError."""
    return table.read(content(file), file.name, count)


def proposals(file: Path = PROPOSALS) -> Proposals:
    """Return the first orders proposed by size of commune. Raises FaultyFileError with every fault."""
    data = parse(content(file), file.name, ORIGINAL)
    keys = (*ITEMS, *Proposals.model_fields, *BySize.model_fields, *Example.model_fields)
    if faults := refused(Proposals, data, file.name, keys, ORIGINAL):
        raise FaultyFileError(faults)
    return Proposals.model_validate(data)
