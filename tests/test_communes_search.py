"""A commune is found however its name is written."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pricing.catalogue import communes
from pricing.communes import HIDDEN, MOST_NEAR, Commune, Found, findable, folded, search

COMMUNES: Mapping[str, Commune] = communes()
LABELS: Mapping[str, str] = {code: findable(commune) for code, commune in COMMUNES.items()}


def chosen(typed: str) -> str:
    """Return the name of the commune chosen by a typed text; empty where none is."""
    found = search(typed, COMMUNES)
    assert found in (Found(chosen=found.chosen), Found(near=found.near, fitting=found.fitting))
    return COMMUNES[found.chosen].name if found.chosen else ""


# Folding


@pytest.mark.parametrize(
    ("typed", "plainly"),
    [
        ("NŒUX-les MINES", "noeux les mines"),
        ("Lætitia", "laetitia"),
        ("BÉTHUNE", "bethune"),
        ("Be\u0301thune", "bethune"),
        ("L'Écluse", "l ecluse"),
        ("L’Écluse", "l ecluse"),
        ("  Saint - Omer ", "saint omer"),
        ("Saint\u2011Omer", "saint omer"),
        ("Hénin\u00ad-Beau\u200bmont\ufeff", "henin beaumont"),
        ("\ufb01efs", "fiefs"),
        ("STE-CATHERINE", "sainte catherine"),
        ("Staple", "staple"),
        ("Mt St Éloi", "mont saint eloi"),
        ("Noyelles-lez-Vermelles", "noyelles les vermelles"),
        ("Loison s/ Lens", "loison s lens"),
        ("Loison s/s Lens", "loison s lens"),
        ("Loison ss Lens", "loison s lens"),
        ("62 290 Nœux", "62290 noeux"),
        ("…", ""),
    ],
)
def test_a_name_is_folded_to_plain_lower_case_letters(typed: str, plainly: str) -> None:
    assert folded(typed) == plainly


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_any_text_is_folded_to_plain_letters_and_answered(typed: str) -> None:
    assert set(folded(typed)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert folded(folded(typed)) == folded(typed)
    found = search(typed, COMMUNES)
    assert {found.chosen, *found.near} <= {"", *COMMUNES}
    assert len(found.near) <= MOST_NEAR


# Whole names and codes

Way = Callable[[Commune], str]
WAYS: Mapping[str, Way] = {
    "official": lambda each: each.name,
    "capitals": lambda each: each.name.upper(),
    "no accents, hyphens kept": lambda each: re.sub(
        r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", each.name.replace("œ", "oe"))
    ),
    "accents, no hyphens": lambda each: each.name.replace("-", " "),
    "decomposed accents": lambda each: unicodedata.normalize("NFD", each.name),
    "curly apostrophe": lambda each: each.name.replace("'", "’"),
    "no apostrophe": lambda each: each.name.replace("'", " "),
    "spaces around": lambda each: f" {each.name.replace('-', '  ').replace(' ', chr(0xA0))}  ",
    "St.": lambda each: re.sub(r"Saint(e?)-", r"St\1. ", each.name),
    "ST-": lambda each: re.sub(r"SAINT(E?)-", r"ST\1-", each.name.upper()),
    "s/": lambda each: re.sub(r"-(sur|sous)-", " s/ ", each.name),
    "s/s": lambda each: re.sub(r"-sous-", " s/s ", each.name),
    "ss": lambda each: re.sub(r"-sous-", " ss ", each.name),
    "lez": lambda each: re.sub(r"-l[eè]s-", "-lez-", each.name),
    "letterhead": lambda each: f"{each.postal_codes[0]} {each.name.upper()}",
    "name, then postal code": lambda each: f"{each.name} {each.postal_codes[-1]}",
}
"""Ways in which people write the name of a commune, all of which the list shows too."""
AROUND: Mapping[str, Way] = {
    "one word": lambda each: re.sub(r"[-' ]", "", each.name.replace("-lez-", "-lès-")),
    "CEDEX": lambda each: f"62999 {each.name.upper()} CEDEX 2",
    "town hall": lambda each: f"Mairie de {each.name}",
}
"""Ways in which people write more than a name, or less."""


@pytest.mark.parametrize("way", [*WAYS, *AROUND])
def test_every_commune_is_chosen_however_its_name_is_written(way: str) -> None:
    write = {**WAYS, **AROUND}[way]
    written = {write(commune): commune.name for commune in COMMUNES.values()}
    official = {commune.name for commune in COMMUNES.values()}
    changed = [(typed, name) for typed, name in written.items() if typed not in official or way == "official"]
    assert len(changed) >= 6
    for typed, name in changed[:: len(changed) // 200 or 1]:
        assert chosen(typed) == name
    if way in WAYS:
        assert all(folded(write(commune)) in LABELS[code] for code, commune in COMMUNES.items())


def test_a_label_chooses_its_commune_as_the_browser_sends_it() -> None:
    for code in ("62727", "62691", "62765"):
        assert chosen(findable(COMMUNES[code])) == chosen(COMMUNES[code].label) == COMMUNES[code].name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lens", "Lens"),  # also a part of other names
        ("aire", "Aire-sur-la-Lys"),
        ("montreuil", "Montreuil-sur-Mer"),
        ("Le Touquet", "Le Touquet-Paris-Plage"),
        ("touquet", "Le Touquet-Paris-Plage"),
        ("beaumont henin", "Hénin-Beaumont"),
        ("ruit", "Ruitz"),
        ("62620 ruit", "Ruitz"),
        ("62 100", "Calais"),
        ("62510", "Arques"),  # also the INSEE code of Liévin
        ("62727", "Ruitz"),  # an INSEE code, and nobody's postal code
        ("62727 Ruitz", "Ruitz"),
    ],
)
def test_a_part_of_only_one_name_or_a_code_chooses_its_commune(typed: str, name: str) -> None:
    assert chosen(typed) == name


@pytest.mark.parametrize(
    ("typed", "names", "fitting"),
    [
        ("noeux", ["Nœux-lès-Auxi", "Nœux-les-Mines", "Rœux", "Saint-Denœux"], 3),
        ("62620", ["Barlin", "Houchin", "Maisnil-lès-Ruitz", "Ruitz"], 4),
        ("ruits", ["Ruitz"], 0),
        ("62620 ruits", ["Ruitz"], 0),
        ("le touqet", ["Le Touquet-Paris-Plage"], 0),
        ("62620 Béthune", ["Béthune"], 0),  # a name and the postal code of others
        ("merck", ["Merck-Saint-Liévin", "Berck", "Marck"], 1),  # a short name, or a slip in another
        ("62730 merck", ["Marck", "Berck", "Merck-Saint-Liévin"], 0),  # the postal code's own first
        ("62160", ["Aix-Noulette", "Bully-les-Mines", "Grenay"], 3),  # also the INSEE code of Boulogne-sur-Mer
        ("zzzzzz", [], 0),
        ("59000", [], 0),
        ("", [], 0),
    ],
)
def test_uncertain_communes_are_only_suggested(typed: str, names: list[str], fitting: int) -> None:
    found = search(typed, COMMUNES)
    assert (found.chosen, [COMMUNES[code].name for code in found.near], found.fitting) == ("", names, fitting)


def test_where_many_communes_fit_six_are_suggested_and_all_are_counted() -> None:
    for typed in ("62130", "saint", "626", "a"):
        found = search(typed, COMMUNES)
        assert len(found.near) == MOST_NEAR < found.fitting
    sharing = [each for each in COMMUNES.values() if "62130" in each.postal_codes]
    assert search("62130", COMMUNES).fitting == len(sharing)


# Slips of one letter


def slips(word: str, rank: int) -> Iterator[str]:
    """Yield a word with one letter missing, doubled, wrong, swapped with the next or too many."""
    place = rank % len(word)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    another = ascii_lowercase[(rank * 7) % 26]
    yield before + after
    yield before + letter + letter + after
    yield before + another + after
    yield before + after[:1] + letter + after[1:]
    yield before + another + letter + after


def test_a_commune_with_one_slip_is_found_and_no_other_is_chosen() -> None:
    whole = {folded(commune.name) for commune in COMMUNES.values()}
    missed, first, tried = list[str](), 0, 0
    for rank, (code, commune) in enumerate(COMMUNES.items()):
        name = folded(commune.name)
        typed = [*slips(name, rank)][rank % 5]
        if rank % 3 or folded(typed) in whole:  # a third of them, where it is not the name of a commune
            continue
        found = search(typed, COMMUNES)
        assert found.chosen in ("", code), f"{typed} for {name} chooses {COMMUNES[found.chosen].name}"
        tried += 1
        first += found.chosen == code or found.near[:1] == (code,)
        if code not in (found.chosen, *found.near):
            missed.append(f"{typed} for {name}")
    assert tried > 270
    assert not missed
    assert first > 0.98 * tried


# The list


def test_a_label_shows_name_and_postal_codes_and_hides_plain_words() -> None:
    assert findable(COMMUNES["62727"]) == f"Ruitz (62620){HIDDEN}62620 ruitz 62620"
    assert COMMUNES["62691"].label == "Saint-Augustin (62120, 62129)"
    assert len({label.split(HIDDEN)[0] for label in LABELS.values()}) == 887
    assert all(re.fullmatch(r"[a-z0-9 ]+", label.split(HIDDEN)[1]) for label in LABELS.values())
    assert sum(len(label.encode()) for label in LABELS.values()) < 50_000


# The table


@pytest.mark.parametrize("code", ["59350", "62", "62abc", "6272", "627277", ""])
def test_a_commune_of_another_department_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        Commune(code=code, name="Ailleurs", postal_codes=("59000",), population=1)


def test_the_table_is_read_in_the_order_of_the_names_as_a_reader_expects(tmp_path: Path) -> None:
    file = tmp_path / "communes.csv"
    file.write_text(
        "code,name,postal_codes,population,siren,epci\n"
        "62002,Zé,62998 62999,12,216200022,\n"
        "62003,Orme,62999,1,216200030,200000001\n"
        "62004,Œil,62999,5,216200048,\n"
        "62005,étang,62999,1,216200055,\n",
        encoding="utf-8",
    )
    read = list(communes(file, count=4).values())
    assert [commune.name for commune in read] == ["étang", "Œil", "Orme", "Zé"]
    assert read[-1] == Commune(
        code="62002", name="Zé", postal_codes=("62998", "62999"), population=12, siren="216200022"
    )
