"""Reads the tariffs from disk, checks them, and picks the one in force on a date."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pricing.frozen import Frozen
from pricing.tariff import Tariff

FOLDER = Path(__file__).parents[1] / "data" / "tariffs"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a tariff file that can't be served, for the file's keeper."""

    file: str
    """The file's name."""
    key: str
    """The dotted key at fault, or the line; empty for the file as a whole."""
    value: str
    """What stands there; empty when nothing does."""
    problem: str
    """What is wrong, in French."""
    remedy: str
    """What to do about it, in French."""

    def __str__(self) -> str:
        """File, key, value, problem and remedy on one line."""
        where = f", {self.key}" if self.key else ""
        value = f" = {self.value}" if self.value else ""
        return f"{self.file}{where}{value} : {self.problem}. Remède : {self.remedy}."


class TariffError(ValueError):
    """Tariff files that can't be served, with every fault found in them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Say all the faults, one a line."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class NoTariffError(LookupError):
    """There is no tariff for a date; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every tariff there is."""

    tariffs: tuple[Tariff, ...]
    """The tariffs, by the day from which they apply."""

    def in_force(self, on: date) -> Tariff:
        """The tariff that applies on a day. Raises NoTariffError before the first."""
        found = [tariff for tariff in self.tariffs if tariff.in_force_from <= on]
        if not found:
            raise NoTariffError(f"Aucun tarif n'était en vigueur le {on:%d/%m/%Y}.")
        return found[-1]

    def adopted(self, on: date) -> Tariff:
        """The tariff adopted on a day, which is its name. Raises NoTariffError when there is none."""
        for tariff in self.tariffs:
            if tariff.adopted == on:
                return tariff
        raise NoTariffError(f"Aucun tarif n'a été adopté le {on:%d/%m/%Y}.")


def load(folder: Path = FOLDER) -> Catalogue:
    """Read every tariff of a folder. Raises TariffError with all faults of all files, or when there is no file."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        remedy = "déposer le fichier d'un tarif, nommé par sa date d'adoption, comme 2024-03-26.toml"
        raise TariffError((Fault(f"{folder.name}/", "", "", "il n'y a aucun tarif", remedy),))
    faults: list[Fault] = []
    tariffs: dict[str, Tariff] = {}
    for file in files:
        try:
            tariffs[file.name] = read(file.read_bytes(), file.name)
        except TariffError as error:
            faults.extend(error.faults)
    faults.extend(same_day(tariffs))
    if faults:
        raise TariffError(tuple(faults))
    return Catalogue(tuple(sorted(tariffs.values(), key=lambda tariff: tariff.in_force_from)))


def read(content: bytes, file: str) -> Tariff:
    """Read one tariff from the bytes of its file. Raises TariffError with every fault found."""
    data = _parse(content, file)
    faults = list(_changes_without_a_key(data, file))
    try:
        tariff = Tariff.model_validate(data)
    except ValidationError as error:
        faults = [*_faults(error, data, file), *faults]
        raise TariffError(tuple(dict.fromkeys(faults))) from None
    faults.extend(_misnamed(tariff, file))
    if not faults:
        faults.extend(_alternatives_that_fail(tariff, file))
    if faults:
        raise TariffError(tuple(faults))
    return tariff


def _parse(content: bytes, file: str) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content.count(b"\n", 0, error.start)
        line = f"ligne {before + 1}"
        remedy = "enregistrer le fichier au format UTF-8"
        raise TariffError((Fault(file, line, "", "le fichier n'est pas en UTF-8", remedy),)) from None
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise TariffError((_syntax(str(error), text, file),)) from None


def _syntax(message: str, text: str, file: str) -> Fault:
    place = re.search(r"line (\d+)", message)
    lines = text.splitlines() or [""]
    number = min(int(place[1]), len(lines)) if place else len(lines)
    written = lines[number - 1].strip()
    if message.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline")):
        problem = "cette clé est écrite deux fois"
        remedy = "n'en garder qu'une"
    else:
        problem = "cette ligne n'est pas du TOML"
        remedy = 'écrire « clé = valeur », les mots entre guillemets "…", les nombres sans espace et avec un point'
    return Fault(file, f"ligne {number}", written, problem, remedy)


# What pydantic finds, in French: the problem and the remedy, by the type of error. {expected} is what it would accept.
_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "missing": ("cette clé manque", "l'ajouter, comme dans le tarif précédent"),
    "extra_forbidden": ("cette clé n'existe pas", "la corriger ou l'enlever"),
    "literal_error": ("cette valeur n'est pas prévue", "écrire {expected}"),
    "union_tag_invalid": ("ce genre n'existe pas", "écrire kind = {expected}"),
    "union_tag_not_found": ("le genre manque", "ajouter kind = {expected}"),
    "string_type": ("il faut des mots", 'les écrire entre guillemets "…"'),
    "int_type": ("il faut un nombre entier", "l'écrire en chiffres, sans guillemets"),
    "date_type": ("ce n'est pas une date", "l'écrire comme 2027-01-31, sans guillemets"),
    "date_from_datetime_inexact": ("ce n'est pas une date", "l'écrire comme 2027-01-31, sans heure"),
    "date_from_datetime_parsing": ("ce n'est pas une date", "l'écrire comme 2027-01-31, sans guillemets"),
    "tuple_type": ("il faut une liste", "l'écrire entre crochets [ … ]"),
    "dict_type": ("il faut un tableau de clés", "l'écrire comme dans le tarif précédent"),
    "model_type": ("il faut un tableau de clés", "l'écrire comme dans le tarif précédent"),
    "too_short": ("cette liste est vide", "y mettre au moins une valeur"),
    "positive_int": ("", "écrire un nombre entier à partir de 1, en chiffres et sans guillemets"),
    "euros_type": ("", "écrire les euros en chiffres, sans guillemets ni signe €, avec un point : 76.80"),
    "euros_negative": ("", "écrire un montant positif"),
    "euros_most": ("", "vérifier le montant : il manque peut-être un point"),
    "euros_decimals": ("", "arrondir au centime, comme le fait l'acte"),
    "bands_overlap": ("", "ranger les tranches par « up_to » croissants, chacun une seule fois"),
    "terms_order": ("", "ranger les durées de la plus courte à la plus longue"),
    "term_each": ("", 'ajouter counted = "each"'),
    "term_rhythm": ("", 'écrire rhythm = "term"'),
    "unknown_item": ("", "corriger « of » ou « only_with », ou ajouter cet élément à « items »"),
    "item_term": ("", "ajouter la durée, en années, à cet élément de « items »"),
    "no_term_price": ("", "ajouter une ligne à « terms » pour cette durée"),
    "categories_order": ("", "ranger les catégories de la plus petite à la plus grande"),
    "category_gap": ("", "ajouter la catégorie qui manque, ou la remettre à sa place"),
    "no_alternative": ("", "ajouter une alternative, ou changer « touches »"),
    "no_payee": ("", "ajouter cette structure à [payees]"),
    "item_not_orderable": ("", "corriger son nom, ou faire ajouter le service à la page par un développeur"),
    "unknown_requires": ("", "corriger « requires »"),
    "item_without_price": ("", "ajouter ce service et son prix ; s'il n'en a plus, écrire un prix « on_quote »"),
}
_MISSING_REMEDIES: Mapping[str, str] = {
    "source": "dire d'où vient ce prix : source = { row = …, column = …, text = … }",
    "beyond": "dire ce qui vaut au-delà de la dernière borne : la dernière tranche reste toujours ouverte",
}
_EXTRA_REMEDIES: Mapping[str, str] = {
    "from": "l'enlever : une borne s'écrit une fois, avec « up_to », et la tranche suivante commence juste après"
}


def _faults(error: ValidationError, data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    for found in error.errors(include_url=False):
        key, value = _locate(data, found["loc"])
        kind = found["type"]
        name = key.rsplit(".", 1)[-1]
        problem, remedy = _PROBLEMS.get(
            kind, ("cette valeur n'est pas acceptée", "l'écrire comme dans le tarif précédent")
        )
        if kind == "missing":
            value, remedy = "", _MISSING_REMEDIES.get(name, remedy)
        elif kind == "extra_forbidden":
            remedy = _EXTRA_REMEDIES.get(name) or _closest(name) or remedy
        context = found.get("ctx", {})
        expected = str(context.get("expected", context.get("expected_tags", ""))).replace(" or ", " ou ")
        if kind == "union_tag_not_found":
            expected = '"…"'
        yield Fault(file, key, value, problem or found["msg"], remedy.format(expected=expected.replace("'", '"')))


def _locate(data: Any, location: tuple[int | str, ...]) -> tuple[str, str]:
    """The dotted key as the file has it, without pydantic's names for the branches of a union, and its value."""
    key = ""
    for rank, part in enumerate(location):
        if isinstance(part, int):
            key += f"[{part + 1}]"
            data = data[part] if isinstance(data, list) and part < len(data) else None
        elif isinstance(data, dict) and part in data:
            key += f".{part}" if key else part
            data = data[part]
        elif rank == len(location) - 1 and part != "[key]":
            key += f".{part}" if key else part
            data = None
    return key, _written(data)


def _written(value: Any) -> str:
    """A value as the file has it; a table is not repeated."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _closest(name: str) -> str:
    known = {field for model in Frozen.__subclasses__() for field in model.model_fields}
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"écrire « {close[0]} », ou l'enlever" if close else ""


def _changes_without_a_key(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    for place, changes in _changes(data):
        for path, value in changes.items():
            if not _stands(data, path):
                remedy = "écrire le chemin d'une valeur de ce fichier, comme services.mailbox.charges.setup.payee"
                key = f'{place}."{path}"'
                yield Fault(file, key, _written(value), "cette lecture change une valeur qui n'existe pas", remedy)


def _changes(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The changes of every alternative that can be read at all; what can't is found with the rest of the file."""
    readings = data.get("readings")
    for number, reading in readings.items() if isinstance(readings, dict) else ():
        alternatives = reading.get("alternatives") if isinstance(reading, dict) else None
        for rank, alternative in enumerate(alternatives if isinstance(alternatives, list) else (), start=1):
            changes = alternative.get("changes") if isinstance(alternative, dict) else None
            if isinstance(changes, dict):
                yield f"readings.{number}.alternatives[{rank}].changes", changes


def _stands(data: Any, path: str) -> bool:
    for part in path.split("."):
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True


def _misnamed(tariff: Tariff, file: str) -> Iterator[Fault]:
    if file != f"{tariff.adopted}.toml":
        remedy = f"nommer le fichier {tariff.adopted}.toml, ou corriger la date"
        yield Fault(file, "adopted", str(tariff.adopted), "le fichier ne porte pas le nom de sa date", remedy)
    if tariff.in_force_from < tariff.adopted:
        remedy = "vérifier les deux dates"
        problem = "un acte ne s'applique pas avant d'être adopté"
        yield Fault(file, "in_force_from", str(tariff.in_force_from), problem, remedy)


def _alternatives_that_fail(tariff: Tariff, file: str) -> Iterator[Fault]:
    for number, reading in tariff.readings.items():
        for rank, alternative in enumerate(reading.alternatives, start=1):
            key = f"readings.{number}.alternatives[{rank}].changes"
            try:
                same = tariff.changed(alternative.changes) == tariff
            except (KeyError, ValidationError):
                remedy = "y mettre une valeur que la clé accepte"
                yield Fault(file, key, "", "avec ce changement, le tarif ne se lit plus", remedy)
            else:
                if same:
                    remedy = "y mettre une autre valeur que celle en vigueur"
                    yield Fault(file, key, "", "ce changement ne change rien", remedy)


def same_day(tariffs: Mapping[str, Tariff]) -> Iterator[Fault]:
    """The faults of tariffs, by file name, that would apply from the same day."""
    seen: dict[date, str] = {}
    for file, tariff in tariffs.items():
        day = tariff.in_force_from
        if day in seen:
            remedy = "corriger la date de l'un des deux, ou enlever celui qui est de trop"
            yield Fault(file, "in_force_from", str(day), f"{seen[day]} s'applique dès le même jour", remedy)
        seen.setdefault(day, file)
