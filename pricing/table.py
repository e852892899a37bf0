"""Read the table of communes from the bytes of its file, and say in French all that keeps it from being served."""

import csv
import re
from collections.abc import Iterator, Mapping

from pricing.communes import COUNT, Commune, folded
from pricing.faults import Fault, FaultyFileError, short
from pricing.order import MAX_INHABITANTS

COLUMNS: Mapping[str, tuple[str, str]] = {
    "code": (r"62[0-9]{3}", "un code INSEE du Pas-de-Calais : 62 et trois chiffres"),
    "name": (r"\S(.*\S)?", "un nom, sans espace avant ni après"),
    "postal_codes": (r"[0-9]{5}( [0-9]{5})*", "des codes postaux de cinq chiffres, séparés par une espace"),
    "population": (r"[1-9][0-9]{0,6}", "un nombre d'habitants, en chiffres, à partir de 1"),
    "siren": (r"[0-9]{9}", "un numéro SIREN de neuf chiffres"),
    "epci": (r"([0-9]{9})?", "un numéro SIREN de neuf chiffres, ou rien"),
}
"""Columns of the table in their order: what a value looks like, as a pattern and in French."""
UNIQUE = ("code", "name")
"""Columns by which a commune is found: no two communes have the same."""
MAX_FAULTS = 100
"""Largest number of faults reported, since one mistake in making the table is in every row."""
REMEDY = "remettre le fichier d'origine, ou le refaire comme le dit data/README.md"
"""Remedy for every fault, since nobody writes the table by hand."""


def read(content: bytes, file: str, count: int = COUNT) -> Mapping[str, Commune]:
    """Read the communes by INSEE code, in the order of their names.

    Raises FaultyFileError with the first faults found, or where there are not `count` communes.
    """
    rows = _rows(content, file)
    faults = [fault for number, row in rows for fault in _astray(number, row, file)]
    faults.extend(_repeated(rows, file))
    if not faults and len(rows) != count:
        problem = f"il y a {len(rows)} communes dans ce fichier, et non {count}"
        faults.append(Fault(file, "", "", problem, f"{REMEDY} ; si des communes ont fusionné, changer aussi ce nombre"))
    if faults:
        raise FaultyFileError(tuple(faults[:MAX_FAULTS]))
    found = [_commune(row) for _, row in rows]
    return {commune.code: commune for commune in sorted(found, key=lambda commune: folded(commune.name))}


def _rows(content: bytes, file: str) -> list[tuple[int, list[str]]]:
    """Return the rows after the headings, each with its line number."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        place = f"ligne {content.count(10, 0, error.start) + 1}"
        raise FaultyFileError((Fault(file, place, "", "le fichier n'est pas en UTF-8", REMEDY),)) from None
    headings = ",".join(COLUMNS)
    if lines[:1] != [headings]:
        problem = f"les titres des colonnes ne sont pas « {headings} »"
        written = short(lines[0]) if lines else ""
        raise FaultyFileError((Fault(file, "ligne 1", written, problem, REMEDY),))
    try:
        return [(number, next(csv.reader([line], strict=True), [])) for number, line in enumerate(lines[1:], start=2)]
    except csv.Error:
        problem = "il y a un guillemet de trop, ou une ligne démesurée"
        raise FaultyFileError((Fault(file, "", "", problem, REMEDY),)) from None


def _astray(number: int, row: list[str], file: str) -> Iterator[Fault]:
    """Yield the faults in the values of a row."""
    if len(row) != len(COLUMNS):
        problem = f"il y a {len(row)} valeurs sur cette ligne, et non {len(COLUMNS)}"
        yield Fault(file, f"ligne {number}", short(",".join(row)), problem, REMEDY)
        return
    for (column, (pattern, looks)), value in zip(COLUMNS.items(), row, strict=True):
        if not re.fullmatch(pattern, value) or (column == "population" and int(value) > MAX_INHABITANTS):
            yield Fault(file, f"ligne {number}, {column}", short(value) or "rien", f"il faut {looks}", REMEDY)


def _repeated(rows: list[tuple[int, list[str]]], file: str) -> Iterator[Fault]:
    """Yield the faults of values that two rows share and only one may have."""
    for column in UNIQUE:
        seen: dict[str, int] = {}
        place = list(COLUMNS).index(column)
        for number, row in rows:
            if len(row) == len(COLUMNS) and (first := seen.setdefault(row[place], number)) != number:
                problem = f"la ligne {first} a déjà cette valeur"
                yield Fault(file, f"ligne {number}, {column}", short(row[place]), problem, REMEDY)


def _commune(row: list[str]) -> Commune:
    value = dict(zip(COLUMNS, row, strict=True))
    return Commune(
        code=value["code"],
        name=value["name"],
        postal_codes=tuple(value["postal_codes"].split()),
        population=int(value["population"]),
    )
