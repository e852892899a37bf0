"""Read the tables of communes and of EPCI from their bytes, and say in French all that keeps them from being served."""

import csv
import re
from collections.abc import Iterator, Mapping

from pricing.communes import COUNT, Commune, folded
from pricing.faults import Fault, FaultyFileError, short
from pricing.toml_file import decoded

COLUMNS: Mapping[str, tuple[str, str]] = {
    "code": ("62[0-9]{3}", "un code INSEE du Pas-de-Calais : 62 et trois chiffres"),
    "name": (r"\S(.*\S)?", "un nom, sans espace avant ni après"),
    "postal_codes": ("[0-9]{5}( [0-9]{5})*", "des codes postaux de cinq chiffres, séparés par une espace"),
    "population": ("[1-9][0-9]{0,5}", "un nombre d'habitants, en chiffres, à partir de 1"),
    "siren": ("[0-9]{9}", "un numéro SIREN de neuf chiffres"),
    "epci": ("([0-9]{9})?", "un numéro SIREN de neuf chiffres, ou rien"),
}
"""Columns of the table in their order: what a value looks like, as a pattern and in French."""
EPCI_COLUMNS: Mapping[str, tuple[str, str]] = {"siren": COLUMNS["siren"], "name": COLUMNS["name"]}
"""Columns of the table of EPCI."""
MAX_FAULTS = 100
"""Largest number of faults reported, since one mistake in making the table is in every row."""
REMEDY = "remettre le fichier d'origine, ou le refaire comme le dit data/README.md"
"""Remedy for every fault, since nobody writes the table by hand."""


def read(content: bytes, file: str, count: int = COUNT) -> Mapping[str, Commune]:
    """Read the communes by INSEE code, in the alphabetical order of their names, accents and capitals ignored.

    Raises FaultyFileError with the first faults found, or where there are not `count` communes.
    """
    rows = _rows(content, file, COLUMNS)
    if len(rows) != count:
        problem = f"il y a {len(rows)} communes dans ce fichier, et non {count}"
        remedy = f"{REMEDY} ; si des communes ont fusionné, changer aussi ce nombre"
        raise FaultyFileError([Fault(file, "", "", problem, remedy)])
    communes = [
        Commune(
            code=code,
            name=name,
            postal_codes=tuple(codes.split()),
            population=int(population),
            siren=siren,
            epci=epci,
        )
        for code, name, codes, population, siren, epci in rows
    ]
    return {commune.code: commune for commune in sorted(communes, key=lambda commune: folded(commune.name))}


def read_epcis(content: bytes, file: str) -> Mapping[str, str]:
    """Read the names of the EPCI by SIREN, in the order of the file. Raises FaultyFileError."""
    return dict(_rows(content, file, EPCI_COLUMNS))


def _rows(content: bytes, file: str, columns: Mapping[str, tuple[str, str]]) -> list[list[str]]:
    """Return the rows below the headings. Raises FaultyFileError with the first faults found."""
    try:
        rows = [next(csv.reader([line], strict=True), []) for line in decoded(content, file, REMEDY).splitlines()]
    except csv.Error:
        problem = "il y a un guillemet de trop, ou une ligne démesurée"
        raise FaultyFileError([Fault(file, "", "", problem, REMEDY)]) from None
    if faults := [
        Fault(file, place, short(value), problem, REMEDY) for place, value, problem in _astray(rows, columns)
    ]:
        raise FaultyFileError(faults[:MAX_FAULTS])
    return rows[1:]


def _astray(rows: list[list[str]], columns: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield the place, the value and the problem of every fault; no two rows have the same name, or first column."""
    if rows[:1] != [[*columns]]:
        problem = f"les titres des colonnes ne sont pas « {','.join(columns)} »"
        yield "ligne 1", ",".join(rows[0]) if rows else "", problem
        return
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(columns):
            problem = f"il y a {len(row)} valeurs sur cette ligne, et non {len(columns)}"
            yield f"ligne {number}", ",".join(row), problem
            continue
        for (column, (pattern, looks)), value in zip(columns.items(), row, strict=True):
            place = f"ligne {number}, {column}"
            if not re.fullmatch(pattern, value):
                yield place, value or "rien", f"il faut {looks}"
            elif (
                column in (next(iter(columns)), "name")
                and (first := seen.setdefault((column, value), number)) != number
            ):
                yield place, value, f"la ligne {first} a déjà cette valeur"
