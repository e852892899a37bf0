"""data/communes.csv holds the right communes, and the script that makes it refuses wrong data."""

import csv
import json
import sys
import unicodedata
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from data import make_communes
from data.make_communes import PACKAGE, SourceError, epcis, main, table

TABLE = Path(__file__).parents[1] / "data" / "communes.csv"
EPCI = TABLE.with_name("epci.csv")
COMMUNES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
POPULATIONS = {commune["name"]: int(commune["population"]) for commune in COMMUNES}
UP_TO = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000]
"""Last number of inhabitants of the categories A to H; I is open."""


# The table


def test_the_table_has_every_commune_once_in_order() -> None:
    for column in ("code", "name", "siren"):
        assert len({commune[column] for commune in COMMUNES}) == len(COMMUNES) == 887
    assert [commune["code"] for commune in COMMUNES] == sorted(commune["code"] for commune in COMMUNES)
    assert all(commune["epci"] for commune in COMMUNES)
    assert len({commune["epci"] for commune in COMMUNES}) == 20
    assert b"\r" not in TABLE.read_bytes()


def test_populations_are_the_municipales_of_2023() -> None:
    assert sum(POPULATIONS.values()) == 1_457_905
    assert min(POPULATIONS, key=POPULATIONS.__getitem__) == "Guinecourt"
    assert max(POPULATIONS, key=POPULATIONS.__getitem__) == "Calais"
    found = Counter("ABCDEFGHI"[bisect_left(UP_TO, population)] for population in POPULATIONS.values())
    assert found == {"A": 631, "B": 106, "C": 76, "D": 49, "E": 17, "F": 3, "G": 4, "H": 1}


def test_known_communes_have_their_known_data() -> None:
    known = """\
62041,Arras,62000,42875,216200410,200033579
62193,Calais,62100,67571,216201939,200090751
62617,Nœux-les-Mines,62290,11590,216206177,200072460
62691,Saint-Augustin,62120 62129,880,200057099,200069037
62727,Ruitz,62620,1478,216207274,200072460"""
    assert {*known.splitlines()} <= {*TABLE.read_text(encoding="utf-8").splitlines()}
    assert [commune["name"] for commune in COMMUNES if " " in commune["postal_codes"]] == ["Saint-Augustin"]


def test_names_have_their_ligatures_and_composed_accents() -> None:
    assert all(unicodedata.is_normalized("NFC", name) for name in POPULATIONS)
    assert sorted(name for name in POPULATIONS if "œ" in name.lower()) == [
        "Dennebrœucq", "Escœuilles", "Humerœuille", "Marœuil", "Nœux-les-Mines", "Nœux-lès-Auxi", "Quœux-Haut-Maînil",
        "Rœux", "Saint-Denœux", "Œuf-en-Ternois",
    ]  # fmt: skip


# The script


def commune(code: str, name: str, **changes: Any) -> dict[str, Any]:
    """Return a current commune as communes.json writes it."""
    record = {
        "code": code,
        "nom": name,
        "type": "commune-actuelle",
        "departement": "62",
        "siren": f"2162{code}",
        "codesPostaux": ["62999"],
        "population": 100,
    }
    return record | changes


def epci(code: str, *members: str) -> dict[str, Any]:
    """Return an EPCI as epci.json writes it; its populations are of another vintage."""
    return {
        "code": code,
        "nom": f"CC {code}",
        "membres": [{"code": member, "populationMunicipale": 1} for member in members],
    }


BOURG = commune("62001", "Bourg-Neuf")
PACKAGED = [
    commune("62002", "Bourg-Vieux", codesPostaux=["62998", "62997"], population=1_200),
    {"code": "62002", "nom": "Petit-Bourg", "type": "commune-deleguee", "departement": "62"},
    commune("59001", "Ailleurs", departement="59", population=None),
    commune("62001", "Œuvre, la Petite"),
]


def package(folder: Path, communes: list[Any], epcis: list[Any] | None = None, version: str = "6.0.0") -> Path:
    """Write a package as npm unpacks it."""
    (folder / "data").mkdir()
    name, _, _ = PACKAGE.partition(" ")
    (folder / "package.json").write_text(json.dumps({"name": name, "version": version}), encoding="utf-8")
    (folder / "data/communes.json").write_text(json.dumps(communes), encoding="utf-8")
    (folder / "data/epci.json").write_text(json.dumps(epcis or []), encoding="utf-8")
    return folder


def test_the_script_writes_the_current_communes_of_the_department_by_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = package(tmp_path, PACKAGED, [epci("200000001", "62002", "59001"), epci("200000001", "62002")])
    monkeypatch.setattr(make_communes, "TABLE", tmp_path / "communes.csv")
    monkeypatch.setattr(make_communes, "EPCI", tmp_path / "epci.csv")
    monkeypatch.setattr(sys, "argv", ["make_communes.py", str(packed)])
    with pytest.raises(
        SystemExit, match=r"communes\.csv and epci\.csv were not written\. .* 2 current communes found, 887 expected"
    ):
        main()
    monkeypatch.setattr(make_communes, "COMMUNES_EXPECTED", 2)
    main()
    assert capsys.readouterr().out.endswith("2 communes, 1300 inhabitants; epci.csv: 1 EPCI.\n")
    assert (tmp_path / "epci.csv").read_bytes().decode() == "siren,name\n200000001,CC 200000001\n"
    assert (tmp_path / "communes.csv").read_bytes().decode() == (
        "code,name,postal_codes,population,siren,epci\n"
        '62001,"Œuvre, la Petite",62999,100,216262001,\n'
        "62002,Bourg-Vieux,62997 62998,1200,216262002,200000001\n"
    )


@pytest.mark.parametrize(
    ("communes", "epcis", "message"),
    [
        ([commune("62001", "B", population=None)], [], r"62001 \(B\): population is missing"),
        ([commune("62001", "B", population=-1)], [], r"62001 \(B\): population is -1"),
        ([commune("62001", "B", population="1200")], [], r"62001 \(B\): population is '1200'"),
        ([commune("62001", "")], [], "62001 .*: nom is ''"),
        ([commune("62001", "B", codesPostaux=[])], [], r"62001 .*: codesPostaux is \[\]"),
        ([commune("62001", "B", siren=None)], [], "62001 .*: siren is missing"),
        ([BOURG], [epci("200000001", "62001"), epci("200000002", "62001")], "one EPCI at most; .*: 62001"),
        ([], [], "0 current communes found, 1 expected"),
        ([BOURG, commune("62001", "B")], [], "by its code, .*: 62001"),
        ([BOURG, commune("62002", "Bourg-Neuf")], [], "by its name, .*: Bourg-Neuf"),
    ],
)
def test_the_script_refuses_a_package_that_does_not_hold_the_table(
    communes: list[Any], epcis: list[Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=message):
        table(package(tmp_path, communes, epcis), expected=len(communes) or 1)


def test_the_script_refuses_another_package(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds @etalab/decoupage-administratif 5\.0\.0"):
        table(package(tmp_path, [BOURG], version="5.0.0"), 1)
    (tmp_path / "package.json").write_text("{", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(SourceError, match="Give the folder that"):
            table(folder, 1)


@pytest.mark.parametrize(
    ("names", "message"),
    [((" ", "CC B"), "EPCI 200000001 has no name"), (("CC A", "CC A"), "by its name, .*: CC A")],
)
def test_the_script_refuses_epcis_without_a_name_of_their_own(
    names: tuple[str, str], message: str, tmp_path: Path
) -> None:
    found = [epci("200000001", "62001") | {"nom": names[0]}, epci("200000002", "62002") | {"nom": names[1]}]
    packed = package(tmp_path, [BOURG, commune("62002", "B")], found)
    with pytest.raises(SourceError, match=message):
        epcis(packed, table(packed, 2))


def test_the_table_of_epcis_names_those_of_every_commune() -> None:
    written = EPCI.read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in written[1:]] == sorted({commune["epci"] for commune in COMMUNES})
    assert {"200069482,CC des Campagnes de l'Artois", '200072460,"CA de Béthune-Bruay, Artois-Lys Romane"'} < {*written}
    assert b"\r" not in EPCI.read_bytes()
