"""data/communes.csv holds the right communes, and the script that makes it refuses wrong data."""

import csv
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from data.make_communes import Commune, SourceError, as_csv, check, communes_of

TABLE = Path(__file__).parents[1] / "data" / "communes.csv"

UP_TO = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000]
"""Last number of inhabitants of the categories A to H; I is open."""


def read_table() -> list[Commune]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [
            Commune(
                code=row["code"],
                name=row["name"],
                postal_codes=row["postal_codes"],
                population=int(row["population"]),
                siren=row["siren"],
                epci=row["epci"],
            )
            for row in rows
        ]


COMMUNES = read_table()
BY_NAME = {commune.name: commune for commune in COMMUNES}


# The table


def test_the_table_has_every_commune_once() -> None:
    assert len(COMMUNES) == 887
    assert len({commune.code for commune in COMMUNES}) == 887
    assert len({commune.name for commune in COMMUNES}) == 887
    assert len({commune.siren for commune in COMMUNES}) == 887


def test_names_stay_distinct_without_case_and_accents() -> None:
    def folded(name: str) -> str:
        plain = unicodedata.normalize("NFD", name.lower().replace("œ", "oe"))
        return "".join(letter for letter in plain if not unicodedata.combining(letter))

    assert len({folded(commune.name) for commune in COMMUNES}) == 887


def test_the_table_is_written_as_the_script_writes_it() -> None:
    assert TABLE.read_bytes() == as_csv(sorted(COMMUNES)).encode("utf-8")
    assert b"\r" not in TABLE.read_bytes()


def test_populations_are_the_municipales_of_2023() -> None:
    assert sum(commune.population for commune in COMMUNES) == 1_457_905


def test_populations_run_from_guinecourt_to_calais() -> None:
    smallest = min(COMMUNES, key=lambda commune: commune.population)
    largest = max(COMMUNES, key=lambda commune: commune.population)
    assert (smallest.name, smallest.population) == ("Guinecourt", 13)
    assert (largest.name, largest.population) == ("Calais", 67_571)


def test_each_category_has_its_number_of_communes() -> None:
    found = Counter("ABCDEFGHI"[bisect_left(UP_TO, commune.population)] for commune in COMMUNES)
    assert found == {"A": 631, "B": 106, "C": 76, "D": 49, "E": 17, "F": 3, "G": 4, "H": 1}
    assert found["I"] == 0


@pytest.mark.parametrize(
    ("name", "code", "postal_codes", "population", "siren", "epci"),
    [
        ("Ruitz", "62727", "62620", 1_478, "216207274", "200072460"),
        ("Calais", "62193", "62100", 67_571, "216201939", "200090751"),
        ("Arras", "62041", "62000", 42_875, "216200410", "200033579"),
        ("Nœux-les-Mines", "62617", "62290", 11_590, "216206177", "200072460"),
        ("Saint-Augustin", "62691", "62120 62129", 880, "200057099", "200069037"),
    ],
)
def test_known_communes_have_their_known_data(
    name: str, code: str, postal_codes: str, population: int, siren: str, epci: str
) -> None:
    assert BY_NAME[name] == Commune(code, name, postal_codes, population, siren, epci)


def test_ten_names_hold_an_oe_ligature() -> None:
    assert sorted(commune.name for commune in COMMUNES if "œ" in commune.name.lower()) == [
        "Dennebrœucq",
        "Escœuilles",
        "Humerœuille",
        "Marœuil",
        "Nœux-les-Mines",
        "Nœux-lès-Auxi",
        "Quœux-Haut-Maînil",
        "Rœux",
        "Saint-Denœux",
        "Œuf-en-Ternois",
    ]


def test_accents_are_composed_letters() -> None:
    assert all(unicodedata.is_normalized("NFC", commune.name) for commune in COMMUNES)


def test_codes_are_of_the_department() -> None:
    for commune in COMMUNES:
        assert re.fullmatch(r"62\d{3}", commune.code), commune
        assert re.fullmatch(r"62\d{3}( 62\d{3})*", commune.postal_codes), commune
        assert re.fullmatch(r"\d{9}", commune.siren), commune


def test_only_saint_augustin_has_two_postal_codes() -> None:
    assert [commune.name for commune in COMMUNES if " " in commune.postal_codes] == ["Saint-Augustin"]


def test_every_commune_is_in_one_of_twenty_epcis() -> None:
    assert all(re.fullmatch(r"\d{9}", commune.epci) for commune in COMMUNES)
    assert len({commune.epci for commune in COMMUNES}) == 20


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
    return {"code": code, "membres": [{"code": member, "populationMunicipale": 1} for member in members]}


def test_the_script_keeps_the_current_communes_of_the_department_by_code() -> None:
    deleguee = {"code": "62002", "nom": "Vieux-Bourg", "type": "commune-deleguee", "departement": "62"}
    communes = [
        commune("62002", "Bourg-Neuf", codesPostaux=["62998", "62997"], population=1_200),
        deleguee,  # it has the code of the commune it is part of
        commune("59001", "Ailleurs", departement="59"),
        commune("62001", "Œuvre, la Petite"),
    ]
    rows = communes_of("62", communes, [epci("200000001", "62002", "59001")])

    assert rows == [
        Commune("62001", "Œuvre, la Petite", "62999", 100, "216262001", ""),
        Commune("62002", "Bourg-Neuf", "62997 62998", 1_200, "216262002", "200000001"),
    ]
    assert as_csv(rows) == (
        "code,name,postal_codes,population,siren,epci\n"
        '62001,"Œuvre, la Petite",62999,100,216262001,\n'
        "62002,Bourg-Neuf,62997 62998,1200,216262002,200000001\n"
    )


@pytest.mark.parametrize("population", [None, 0, "1200"])
def test_the_script_refuses_a_commune_without_population(population: object) -> None:
    communes = [commune("62001", "Bourg-Neuf", population=population)]
    with pytest.raises(SourceError, match=r"62001 \(Bourg-Neuf\): population"):
        communes_of("62", communes, [])


def test_a_population_missing_elsewhere_does_not_matter() -> None:
    assert communes_of("62", [commune("59001", "Ailleurs", departement="59", population=None)], []) == []


@pytest.mark.parametrize("key", ["nom", "codesPostaux", "siren"])
def test_the_script_refuses_a_commune_without_name_postal_code_or_siren(key: str) -> None:
    record = commune("62001", "Bourg-Neuf")
    del record[key]
    with pytest.raises(SourceError, match=f"62001 .*: {key} is missing"):
        communes_of("62", [record], [])


def test_the_script_refuses_a_commune_of_two_epcis() -> None:
    with pytest.raises(SourceError, match="62001 is a member of two EPCI, 200000001 and 200000002"):
        communes_of("62", [], [epci("200000001", "62001"), epci("200000002", "62001")])


def test_the_script_refuses_another_number_of_communes() -> None:
    rows = communes_of("62", [commune("62001", "Bourg-Neuf")], [])
    check(rows, 1)
    with pytest.raises(SourceError, match="1 current communes found, 2 expected"):
        check(rows, 2)


def test_the_script_refuses_the_same_code_or_name_twice() -> None:
    same_code = communes_of("62", [commune("62001", "Bourg-Neuf"), commune("62001", "Vieux-Bourg")], [])
    with pytest.raises(SourceError, match="the same code stands more than once: 62001"):
        check(same_code, 2)
    same_name = communes_of("62", [commune("62001", "Bourg-Neuf"), commune("62002", "Bourg-Neuf")], [])
    with pytest.raises(SourceError, match="the same name stands more than once: Bourg-Neuf"):
        check(same_name, 2)
