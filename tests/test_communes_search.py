"""A commune is found however its name is typed."""

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pricing.catalogue import communes
from pricing.communes import Commune, findable, folded, offered

COMMUNES: Mapping[str, Commune] = communes()
OFFERED: Mapping[str, str] = {code: findable(commune) for code, commune in COMMUNES.items()}
"""What the list of communes is searched in, by code."""


@pytest.mark.parametrize(
    ("typed", "plainly"),
    [
        ("Nœux-les-Mines", "noeux les mines"),
        ("NŒUX LES MINES", "noeux les mines"),
        ("noeux-les-mines", "noeux les mines"),
        ("Œuf-en-Ternois", "oeuf en ternois"),
        ("Lætitia", "laetitia"),
        ("Béthune", "bethune"),
        ("BÉTHUNE", "bethune"),
        ("Be\u0301thune", "bethune"),
        ("Quœux-Haut-Maînil", "quoeux haut mainil"),
        ("Noyelles-lès-Vermelles", "noyelles les vermelles"),
        ("L'Écluse", "l ecluse"),
        ("L’Écluse", "l ecluse"),
        ("  Saint - Omer ", "saint omer"),
        ("Saint\u2011Omer", "saint omer"),
        ("Saint\u00a0Omer", "saint omer"),
        ("62290", "62290"),
        ("", ""),
        ("…", ""),
    ],
)
def test_a_name_is_folded_to_what_is_typed_in_a_hurry(typed: str, plainly: str) -> None:
    assert folded(typed) == plainly


@given(st.text(max_size=30))
@settings(max_examples=50)
def test_whatever_is_typed_folds_to_plain_letters_and_stays_so(typed: str) -> None:
    assert set(folded(typed)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert folded(folded(typed)) == folded(typed)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_folds_alike_in_either_form_of_its_accents_and_in_any_case(form: Literal["NFC", "NFD"]) -> None:
    for commune in COMMUNES.values():
        written = unicodedata.normalize(form, commune.name)
        assert folded(written) == folded(written.upper()) == folded(commune.name)


def test_all_communes_are_there_in_the_order_of_their_names() -> None:
    assert len(COMMUNES) == 887
    assert all(code == commune.code for code, commune in COMMUNES.items())
    names = [folded(commune.name) for commune in COMMUNES.values()]
    assert names == sorted(names)
    first, *_, last = COMMUNES.values()
    assert (first.name, last.name) == ("Ablain-Saint-Nazaire", "Zutkerque")


def first_found(words: str) -> str:
    """The name of the first commune that the list shows for words that are typed."""
    return next(COMMUNES[code].name for code in offered(COMMUNES) if words.lower() in OFFERED[code].lower())


def test_who_types_a_whole_name_finds_that_commune_first() -> None:
    assert sorted(offered(COMMUNES)) == sorted(COMMUNES)
    for commune in COMMUNES.values():
        assert first_found(commune.name) == commune.name
        assert first_found(folded(commune.name)) == commune.name
    assert first_found("lens") == "Lens"
    assert first_found("calais") == "Calais"


def test_nearly_all_communes_are_offered_in_the_order_of_their_names() -> None:
    names = [folded(COMMUNES[code].name) for code in offered(COMMUNES)]
    moved = sum(before > after for before, after in pairwise(names))
    assert moved <= 30
    assert names[0] == "ablain saint nazaire"


def test_communes_within_each_other_are_offered_from_the_shortest_name() -> None:
    names = ["Bas-Vert-les-Bois", "Bois", "Les-Bois", "Vert-les-Bois"]
    made = {
        f"6200{rank}": Commune(code=f"6200{rank}", name=name, postal_codes=("62000",), population=1)
        for rank, name in enumerate(names)
    }
    assert [made[code].name for code in offered(made)] == ["Bois", "Les-Bois", "Vert-les-Bois", "Bas-Vert-les-Bois"]


def test_an_accent_does_not_send_a_name_to_the_end_of_the_list() -> None:
    names = [commune.name for commune in COMMUNES.values()]
    assert names.index("Œuf-en-Ternois") < names.index("Offekerque")
    assert names.index("Écoivres") < names.index("Ecques")


def test_all_labels_are_distinct_and_hold_name_and_postal_codes() -> None:
    labels = {commune.label for commune in COMMUNES.values()}
    assert len(labels) == 887
    assert COMMUNES["62727"].label == "Ruitz (62620)"
    assert COMMUNES["62691"].label == "Saint-Augustin (62120, 62129)"


@pytest.mark.parametrize(
    ("code", "offered"),
    [
        ("62617", "Nœux-les-Mines (62290) · noeux les mines"),
        ("62119", "Béthune (62400) · bethune"),
        ("62765", "Saint-Omer (62500) · saint omer · st omer · st-omer"),
        ("62691", "Saint-Augustin (62120, 62129) · saint augustin · st augustin · st-augustin"),
        ("62753", "Saint-Laurent-Blangy (62223) · saint laurent blangy · st laurent blangy · st-laurent-blangy"),
        ("62744", "Sainte-Catherine (62223) · sainte catherine · ste catherine · ste-catherine"),
        ("62727", "Ruitz (62620)"),  # typed as it is written
    ],
)
def test_a_commune_is_offered_with_its_plain_spellings(code: str, offered: str) -> None:
    assert OFFERED[code] == offered


def test_a_spelling_is_added_only_where_a_name_is_not_typed_as_it_is_written() -> None:
    for code, commune in COMMUNES.items():
        label, *others = OFFERED[code].split(" · ")
        assert label == commune.label
        plainly = folded(commune.name)
        saints = {"saint", "sainte"} & set(plainly.split())
        short = " ".join({"saint": "st", "sainte": "ste"}.get(word, word) for word in plainly.split())
        shortened = [short, short.replace(" ", "-")] if saints else []
        assert others == [*([plainly] if plainly != commune.name.lower() else []), *shortened]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("Sains-lès-Marquion", "Sains-lès-Marquion (62000) · sains les marquion"),
        ("Toussaint", "Toussaint (62000)"),
        ("Saintes", "Saintes (62000)"),
        ("Saint", "Saint (62000) · st"),
        (
            "L’Écluse-Sainte-Œuvre",
            "L’Écluse-Sainte-Œuvre (62000) · l ecluse sainte oeuvre · l ecluse ste oeuvre · l-ecluse-ste-oeuvre",
        ),
    ],
)
def test_only_a_whole_word_is_shortened(name: str, offered: str) -> None:
    assert findable(Commune(code="62001", name=name, postal_codes=("62000",), population=1)) == offered


def test_all_that_is_offered_is_distinct() -> None:
    assert len(set(OFFERED.values())) == 887


def test_every_commune_is_found_by_what_is_typed_in_a_hurry() -> None:
    for code, commune in COMMUNES.items():
        offered = OFFERED[code].lower()
        plainly = folded(commune.name)
        assert plainly in offered
        assert re.sub(r"\bsaint(e?)\b", r"st\1", plainly) in offered
        assert commune.name.lower() in offered
        assert all(postal_code in offered for postal_code in commune.postal_codes)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("noeux", "62617"),
        ("nœux", "62617"),
        ("st omer", "62765"),
        ("saint omer", "62765"),
        ("saint-omer", "62765"),
        ("62500", "62765"),
        ("ste catherine", "62744"),
        ("sainte catherine", "62744"),
        ("bethune", "62119"),
    ],
)
def test_what_people_type_finds_their_commune(typed: str, code: str) -> None:
    assert code in {found for found, offered in OFFERED.items() if typed in offered.lower()}


@pytest.mark.parametrize("code", ["59350", "62", "62abc", "6272", "627277", ""])
def test_a_commune_of_another_department_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        Commune(code=code, name="Ailleurs", postal_codes=("59000",), population=1)


def test_the_table_is_read_from_the_file_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "communes.csv"
    file.write_text(
        "code,name,postal_codes,population,siren,epci\n"
        "62002,Zé,62998 62999,12,216200022,\n"
        "62001,Œil,62999,5,216200014,\n",
        encoding="utf-8",
    )
    assert list(communes(file).values()) == [
        Commune(code="62001", name="Œil", postal_codes=("62999",), population=5),
        Commune(code="62002", name="Zé", postal_codes=("62998", "62999"), population=12),
    ]
