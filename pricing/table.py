"""Read the table of communes from the bytes of its file, and say in French all that keeps it from being served."""

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
MAX_FAULTS = 100
"""Largest number of faults reported, since one mistake in making the table is in every row."""
REMEDY = "remettre le fichier d'origine, ou le refaire comme le dit data/README.md"
"""Remedy for every fault, since nobody writes the table by hand."""


def read(content: bytes, file: str, count: int = COUNT) -> Mapping[str, Commune]:
    """Read the communes by INSEE code, in the alphabetical order of their names, accents and capitals ignored.

    Raises FaultyFileError with the first faults found, or where there are not `count` communes.
    """
    try:
        rows = [next(csv.reader([line], strict=True), []) for line in decoded(content, file, REMEDY).splitlines()]
    except csv.Error:
        problem = "il y a un guillemet de trop, ou une ligne démesurée"
        raise FaultyFileError([Fault(file, "", "", problem, REMEDY)]) from None
    faults = [Fault(file, place, short(value), problem, REMEDY) for place, value, problem in _astray(rows)]
    if not faults and len(rows) != 1 + count:
        problem = f"il y a {len(rows) - 1} communes dans ce fichier, et non {count}"
        faults.append(Fault(file, "", "", problem, f"{REMEDY} ; si des communes ont fusionné, changer aussi ce nombre"))
    if faults:
        raise FaultyFileError(faults[:MAX_FAULTS])
    communes = [
        Commune(code=code, name=name, postal_codes=tuple(codes.split()), population=int(population))
        for code, name, codes, population, *_ in rows[1:]
    ]
    return {commune.code: commune for commune in sorted(communes, key=lambda commune: folded(commune.name))}


def _astray(rows: list[list[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield the place, the value and the problem of every fault; no two communes have the same code or name."""
    if rows[:1] != [[*COLUMNS]]:
        problem = f"les titres des colonnes ne sont pas « {','.join(COLUMNS)} »"
        yield "ligne 1", ",".join(rows[0]) if rows else "", problem
        return
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(COLUMNS):
            problem = f"il y a {len(row)} valeurs sur cette ligne, et non {len(COLUMNS)}"
            yield f"ligne {number}", ",".join(row), problem
            continue
        for (column, (pattern, looks)), value in zip(COLUMNS.items(), row, strict=True):
            place = f"ligne {number}, {column}"
            if not re.fullmatch(pattern, value):
                yield place, value or "rien", f"il faut {looks}"
            elif column in ("code", "name") and (first := seen.setdefault((column, value), number)) != number:
                yield place, value, f"la ligne {first} a déjà cette valeur"
