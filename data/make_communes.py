"""Make communes.csv and epci.csv: the communes of the Pas-de-Calais with their population, and their EPCI by name.

The source is the npm package `@etalab/decoupage-administratif`, version 6.0.0. Get it and run this script:

    npm pack @etalab/decoupage-administratif@6.0.0
    tar -xzf etalab-decoupage-administratif-6.0.0.tgz
    python data/make_communes.py package

The tables are written beside this script, and only when every check has passed. The same package always gives
the same bytes. Two files of the package are read:

- `data/communes.json`: code, name, postal codes, SIREN and population. This population is the *population
  municipale*; it is the only one taken.
- `data/epci.json`: only the names of the EPCI, and which one a commune belongs to, because communes.json does not
  say. The populations in that file are of an older vintage and are never read.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

PACKAGE = "@etalab/decoupage-administratif 6.0.0"
DEPARTMENT = "62"
COMMUNES_EXPECTED = 887
TABLE = Path(__file__).with_name("communes.csv")
EPCI = Path(__file__).with_name("epci.csv")
COLUMNS = {"code": "code", "nom": "name", "codesPostaux": "postal_codes", "population": "population", "siren": "siren"}
"""Columns of the table by the keys of communes.json, followed by `epci`: the SIREN of the EPCI, empty without one."""


class SourceError(Exception):
    """The package does not hold what the table needs; the message says where, what and what to do."""


def table(package: Path, expected: int) -> pd.DataFrame:
    """Return the current communes of the department by INSEE code. Raises SourceError.

    Communes déléguées and associées are left out: they have no population, and a déléguée may share the code
    of the commune it is part of.
    """
    described = _read(package / "package.json")
    found = f"{described.get('name')} {described.get('version')}"
    if found != PACKAGE:
        raise SourceError(
            f"{package}: holds {found}, {PACKAGE} expected. To take a newer one, change PACKAGE, the figures in "
            "tests/test_communes.py and the vintage in data/README.md together."
        )
    records = [
        record
        for record in _read(package / "data/communes.json")
        if record["type"] == "commune-actuelle" and record.get("departement") == DEPARTMENT
    ]
    for record in records:
        for key in COLUMNS:
            value = record.get(key)
            if not value or (key == "population" and not (isinstance(value, int) and value > 0)):
                raise SourceError(
                    f"communes.json: commune {record['code']} ({record.get('nom', 'no name')}): {key} is "
                    f"{'missing' if value is None else repr(value)}. Use a package that holds it; never add it by hand."
                )
    communes = pd.DataFrame(records, columns=[*COLUMNS])
    if len(communes) != expected:
        raise SourceError(
            f"communes.json: {len(communes)} current communes found, {expected} expected. If communes have merged or "
            "split, change COMMUNES_EXPECTED; if not, the package is not the right one."
        )
    for key in ("code", "nom"):
        _unique(communes[key], f"communes.json: the page finds a commune by its {COLUMNS[key]}, so it must be unique")
    members = pd.DataFrame(
        [(member["code"], epci["code"]) for epci in _read(package / "data/epci.json") for member in epci["membres"]],
        columns=["code", "epci"],
    ).drop_duplicates()
    _unique(members["code"], "epci.json: a commune belongs to one EPCI at most")
    communes["codesPostaux"] = communes["codesPostaux"].map(lambda codes: " ".join(sorted(codes)))
    return communes.rename(columns=COLUMNS).merge(members, "left", "code").sort_values("code")


def epcis(package: Path, communes: pd.DataFrame) -> pd.DataFrame:
    """Return SIREN and name of every EPCI that some communes belong to, by SIREN. Raises SourceError.

    An EPCI may have more members in another department: only these communes are known of it.
    """
    belonging = {*communes["epci"].dropna()}
    found = {
        epci["code"]: epci["nom"].strip() for epci in _read(package / "data/epci.json") if epci["code"] in belonging
    }
    for siren, name in found.items():
        if not name:
            raise SourceError(
                f"epci.json: EPCI {siren} has no name. Use a package that holds it; never add it by hand."
            )
    _unique(found.values(), "epci.json: the page finds an EPCI by its name, so it must be unique")
    return pd.DataFrame(sorted(found.items()), columns=["siren", "name"])


def _unique(values: Iterable[str], why: str) -> None:
    if repeated := sorted(value for value, times in Counter(values).items() if times > 1):
        raise SourceError(f"{why}; these stand more than once: {', '.join(repeated)}.")


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{path}: {error}. Give the folder that {PACKAGE} unpacks into.") from None


def main() -> None:
    """Write the tables from the package named on the command line."""
    parser = argparse.ArgumentParser(description=f"Make {TABLE.name} and {EPCI.name} from {PACKAGE}.")
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package")
    package = parser.parse_args().package
    try:
        made = table(package, COMMUNES_EXPECTED)
        named = epcis(package, made)
    except SourceError as error:
        sys.exit(f"{TABLE.name} and {EPCI.name} were not written. {error}")
    for file, frame in ((TABLE, made), (EPCI, named)):
        frame.to_csv(file, index=False, lineterminator="\n")
    print(f"{TABLE}: {len(made)} communes, {made['population'].sum()} inhabitants; {EPCI.name}: {len(named)} EPCI.")


if __name__ == "__main__":
    main()
