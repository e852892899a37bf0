"""Commands for many communes, in French: ``python -m pricing communes`` and ``python -m pricing compare``."""

from argparse import ArgumentError, ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

from pandas import DataFrame

from pricing.before_after import DRAFT, acts_words, told
from pricing.catalogue import Catalogue, NoTariffError, communes, content, epcis, load, open_file, proposals
from pricing.communes import search_epci
from pricing.dates import long_date
from pricing.exported import as_csv, as_workbook, compared, table
from pricing.faults import FaultyFileError
from pricing.link import Links
from pricing.listed import listed
from pricing.order import Order
from pricing.portfolio import Member, portfolio, wanting
from pricing.tariff import Tariff

HELP = {
    "communes": """Le coût des services numériques pour plusieurs communes.

  python -m pricing communes --epci "Campagnes de l'Artois" {asked}=3 -o artois.xlsx

  --epci NOM      les communes d'une intercommunalité ; sans elle ni liste, tout le département
  --liste FICHIER une liste de communes : nom ou code INSEE, et si l'on veut agents et quantités
  --tarif JOUR    le tarif adopté ce jour, comme 2024-03-26 ; sans lui, le dernier adopté
  -o FICHIER      le tableau, en .xlsx ou en .csv ; sans lui, la réponse seule
  nom=quantité    ce que chacune demande, comme dans un lien ; sans rien, la proposition selon la taille""",
    "compare": """Deux tarifs, commune par commune.

  python -m pricing compare data/tariffs/2024-03-26.toml 2027-01-15.toml --epci "Campagnes de l'Artois"

  Chaque tarif est un fichier, ou le jour de son adoption. Le reste s'écrit comme pour « communes ».""",
}
"""Answers to ``--help``; `asked` is the name in a link of something that is counted."""


class _WrongCommandError(ValueError):
    """A command that cannot be carried out; the message says why in French."""


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _WrongCommandError("La commande ne se lit pas. Voir --help.")


class _Asked(NamedTuple):
    """Clients that a command names."""

    members: tuple[Member, ...]
    """The clients and their orders."""
    named: str
    """Who they are, in French."""
    faults: tuple[str, ...]
    """Rows of the list that could not be read."""


def run(arguments: list[str]) -> int:
    """Carry out a command; print the answer or what is wrong, in French. Returns the exit status."""
    command, *rest = arguments
    if {"-h", "--help", "/?"} & {*rest}:
        items = load().tariffs[-1].items.values()
        print(HELP[command].replace("{asked}", next(item.address for item in items if not item.ticked)))
        return 0
    try:
        options = _parsed(command, rest)
        lines = _communes(options) if command == "communes" else _compare(options)
        for line in lines:
            print(line)
    except (_WrongCommandError, FaultyFileError, NoTariffError) as error:
        print(error)
        return 1
    return 0


def _parsed(command: str, arguments: list[str]) -> Namespace:
    parser = _Parser(add_help=False, exit_on_error=False, allow_abbrev=False)
    for name in ("--epci", "--liste", "--tarif", "-o"):
        parser.add_argument(name, default="", dest=name.strip("-"))
    parser.add_argument("words", nargs="*")
    try:
        options, unknown = parser.parse_known_intermixed_args(arguments)
    except ArgumentError as error:
        raise _WrongCommandError(f"Il manque un mot après {error.argument_name}. Voir --help.") from None
    if unknown:
        raise _WrongCommandError(f"« {unknown[0]} » n'est pas connu. Voir --help.")
    options.tariffs = [word for word in options.words if "=" not in word]
    if len(options.tariffs) != (2 if command == "compare" else 0):
        needed = "Il faut deux tarifs" if command == "compare" else f"« {options.tariffs[0]} » n'est pas connu"
        raise _WrongCommandError(f"{needed}. Voir --help.")
    if command == "compare" and options.tarif:
        raise _WrongCommandError("« --tarif » ne va pas avec compare, qui nomme déjà deux tarifs. Voir --help.")
    if options.o and Path(options.o).suffix.lower() not in (".csv", ".xlsx"):
        raise _WrongCommandError(f"« {options.o} » : le nom doit finir par .xlsx ou .csv.")
    return options


def _communes(options: Namespace) -> Iterator[str]:
    catalogue = load()
    tariff = _adopted(options.tarif, catalogue) if options.tarif else catalogue.tariffs[-1]
    asked = _asked(options, tariff, catalogue.tariffs)
    priced = portfolio(asked.members, tariff)
    yield from asked.faults
    yield f"{asked.named}, tarif du {long_date(tariff.adopted)}, applicable dès le {long_date(tariff.in_force_from)}."
    yield priced.words()
    if options.o:
        yield _write(Path(options.o), table(priced, Links(catalogue.tariffs)), "Communes")


def _compare(options: Namespace) -> Iterator[str]:
    catalogue = load()
    before, after = (_tariff(each, catalogue) for each in options.tariffs)
    asked = _asked(options, before, (*catalogue.tariffs, before, after))
    old, new = portfolio(asked.members, before), portfolio(asked.members, after)
    draft = after not in catalogue.tariffs
    yield from asked.faults
    yield f"{asked.named}, {acts_words(old, new, draft=draft)}."
    yield from told(old, new)
    if options.o:
        yield _write(Path(options.o), compared(old, new), f"Écarts{f' ({DRAFT})' if draft else ''}")


def _write(path: Path, frame: DataFrame, sheet: str) -> str:
    made = as_csv(frame) if path.suffix.lower() == ".csv" else as_workbook(frame, sheet)
    try:
        path.write_bytes(made)
    except OSError:
        problem = "ne peut pas être écrit : vérifier le dossier, et fermer ce fichier"
        raise _WrongCommandError(f"« {path} » {problem}.") from None
    return f"{path} est écrit."


def _adopted(day: str, catalogue: Catalogue) -> Tariff:
    try:
        return catalogue.adopted(date.fromisoformat(day))
    except ValueError:
        raise _WrongCommandError(f"« {day} » n'est pas un jour : l'écrire comme 2024-03-26.") from None


def _tariff(named: str, catalogue: Catalogue) -> Tariff:
    """Return a tariff by its file, which may be one that is being prepared, or by the day of its adoption."""
    return open_file(Path(named)) if named.lower().endswith(".toml") else _adopted(named, catalogue)


def _asked(options: Namespace, tariff: Tariff, tariffs: tuple[Tariff, ...]) -> _Asked:
    if options.epci and options.liste:
        raise _WrongCommandError("Choisir une intercommunalité ou une liste, pas les deux.")
    order, known = _order(options.words, tariff, tariffs), communes()
    if options.liste:
        read = listed(_text(Path(options.liste)), known, tariff, order)
        return _Asked(read.members, f"Liste {Path(options.liste).name}", read.faults)
    if not options.epci:
        return _Asked(tuple(wanting(known.values(), order)), "Toutes les communes du Pas-de-Calais", ())
    names = epcis(belonging=known.values())
    found = search_epci(options.epci, names)
    if len(found) != 1:
        which = "désigne plusieurs intercommunalités" if found else "ne désigne aucune intercommunalité, parmi"
        listing = "\n".join(f"- {names[each]}" for each in found or names)
        raise _WrongCommandError(f"« {options.epci} » {which} :\n{listing}")
    members = (commune for commune in known.values() if commune.epci == found[0])
    return _Asked(tuple(wanting(members, order)), names[found[0]], ())


def _text(path: Path) -> str:
    """Return the text of a list: in UTF-8, or else as Excel writes a CSV under Windows."""
    read = content(path)
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError:
        return read.decode("cp1252", "replace")


def _order(words: list[str], tariff: Tariff, tariffs: tuple[Tariff, ...]) -> Order | Callable[[int], Order]:
    """Return what everybody asks for, as a link writes it; without it, the proposal by size."""
    given = dict(word.split("=", 1) for word in words if "=" in word)
    if not given:
        return proposals(tariffs=load().tariffs).under(tariff).for_size
    opened = Links(tariffs).read({name: [value] for name, value in given.items()})
    if opened.ignored:
        raise _WrongCommandError("\n".join(f"Demande : {each.words()}." for each in opened.ignored))
    order = opened.simulation.choice.order
    if len(order.quantities) < sum("=" in word for word in words):
        raise _WrongCommandError("Chaque mot de la demande est un service, une seule fois, au moins 1. Voir --help.")
    return order
