"""Make communes.csv: the communes of the Pas-de-Calais, with their population.

The source is the npm package `@etalab/decoupage-administratif`, version 6.0.0. Get it and run this script:

    npm pack @etalab/decoupage-administratif@6.0.0
    tar -xzf etalab-decoupage-administratif-6.0.0.tgz
    python data/make_communes.py package

The table is written beside this script, and only when every check has passed. The same package always gives
the same bytes.

Two files of the package are read:

- `data/communes.json`: code, name, postal codes, SIREN and population. This population is the *population
  municipale*; it is the only one taken.
- `data/epci.json`: only which EPCI a commune belongs to, because communes.json does not say. The populations
  in that file are of an older vintage and are never read.
"""

import argparse
import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = "@etalab/decoupage-administratif"
VERSION = "6.0.0"
DEPARTMENT = "62"
COMMUNES_EXPECTED = 887
TABLE = Path(__file__).with_name("communes.csv")


class SourceError(Exception):
    """The package does not hold what the table needs; the message says where, what and what to do."""


class Commune(NamedTuple):
    """One row of the table; the fields are its columns, in their order."""

    code: str
    """INSEE code, not a postal code."""
    name: str
    """Official name, with its accents and its œ."""
    postal_codes: str
    """One or more, separated by a space."""
    population: int
    """Inhabitants: the population municipale."""
    siren: str
    """SIREN of the commune, 9 digits."""
    epci: str
    """SIREN of the EPCI it belongs to, empty if it belongs to none."""


def communes_of(
    department: str, communes: Iterable[Mapping[str, Any]], epcis: Iterable[Mapping[str, Any]]
) -> list[Commune]:
    """The current communes of a department, by INSEE code, from the contents of communes.json and epci.json.

    Communes déléguées and associées are left out: they have no population, and a déléguée may share the code
    of the commune it is part of.
    """
    membership = _epci_by_commune(epcis)
    rows = [
        _row(record, membership.get(record["code"], ""))
        for record in communes
        if record["type"] == "commune-actuelle" and record.get("departement") == department
    ]
    return sorted(rows)


def check(rows: Sequence[Commune], expected: int) -> None:
    """Refuse a table that has not as many communes as expected, or one code or name twice."""
    if len(rows) != expected:
        raise SourceError(
            f"communes.json: {len(rows)} current communes found, {expected} expected. If communes have "
            f"merged or split, change COMMUNES_EXPECTED; if not, the package is not the right one."
        )
    for column, values in (("code", [row.code for row in rows]), ("name", [row.name for row in rows])):
        repeated = sorted(value for value, times in Counter(values).items() if times > 1)
        if repeated:
            raise SourceError(
                f"communes.json: the same {column} stands more than once: {', '.join(repeated)}. "
                f"The page finds a commune by it, so it must be unique."
            )


def as_csv(rows: Iterable[Commune]) -> str:
    """The text of the table: a line of headings, then one line a commune."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Commune._fields)
    writer.writerows(rows)
    return text.getvalue()


def _row(record: Mapping[str, Any], epci: str) -> Commune:
    population = record.get("population")
    if not isinstance(population, int) or population < 1:
        raise _incomplete(record, "population", population)
    for key in ("nom", "codesPostaux", "siren"):
        if not record.get(key):
            raise _incomplete(record, key, record.get(key))
    return Commune(
        code=record["code"],
        name=record["nom"],
        postal_codes=" ".join(sorted(record["codesPostaux"])),
        population=population,
        siren=record["siren"],
        epci=epci,
    )


def _incomplete(record: Mapping[str, Any], key: str, value: object) -> SourceError:
    return SourceError(
        f"communes.json: commune {record['code']} ({record.get('nom', 'no name')}): {key} is "
        f"{'missing' if value is None else repr(value)}. Use a package that holds it; never add it by hand."
    )


def _epci_by_commune(epcis: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    membership: dict[str, str] = {}
    for epci in epcis:
        for member in epci["membres"]:
            other = membership.setdefault(member["code"], epci["code"])
            if other != epci["code"]:
                raise SourceError(
                    f"epci.json: commune {member['code']} is a member of two EPCI, {other} and "
                    f"{epci['code']}. A commune belongs to one at most: find out which one first."
                )
    return membership


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError(
            f"{path}: no such file. Give the folder named package that {PACKAGE} {VERSION} unpacks into."
        ) from None
    except ValueError as error:
        raise SourceError(f"{path}: not readable as JSON ({error}). Unpack {PACKAGE} again.") from None


def _check_package(package: Path) -> None:
    description = _read(package / "package.json")
    found = f"{description.get('name')} {description.get('version')}"
    if found != f"{PACKAGE} {VERSION}":
        raise SourceError(
            f"{package}: holds {found}, {PACKAGE} {VERSION} expected. To take a newer one, change VERSION, "
            f"the figures in tests/test_communes.py and the vintage in data/README.md together."
        )


def main() -> None:
    """Write the table from the package named on the command line."""
    parser = argparse.ArgumentParser(description=f"Make {TABLE.name} from {PACKAGE} {VERSION}.")
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package")
    package: Path = parser.parse_args().package
    try:
        _check_package(package)
        rows = communes_of(DEPARTMENT, _read(package / "data/communes.json"), _read(package / "data/epci.json"))
        check(rows, COMMUNES_EXPECTED)
    except SourceError as error:
        sys.exit(f"{TABLE.name} was not written. {error}")
    TABLE.write_text(as_csv(rows), encoding="utf-8", newline="\n")
    print(f"{TABLE}: {len(rows)} communes, {sum(row.population for row in rows)} inhabitants.")


if __name__ == "__main__":
    main()
