"""What a tariff's keeper reads, word for word: where the slip stands, what is there, what is wrong, what to do."""

import tomllib
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

import pytest

from pricing.checks import MAX_DEPTH, MAX_FAULTS, MAX_FILE, Fault, read
from tests.test_catalogue import ADOPTED, FILE, assert_french, changed, refused

SLIPS = sorted((Path(__file__).parent / "invalid").glob("*.toml"))
WITHOUT_READINGS = f"{ADOPTED.partition('[readings.R1]')[0]}[readings]\n"
"""The act without its points to confirm, each of which would have all of it read once more."""
SHAPELESS = (
    "il y a un nombre démesuré, ou trop de crochets les uns dans les autres. "
    "Remède : comparer le fichier au tarif précédent."
)
NOT_TOML = (
    'cette ligne n\'est pas du TOML. Remède : écrire « clé = valeur », les mots entre guillemets "…", les nombres sans '
    "espace ni signe €, et fermer chaque crochet et chaque accolade."
)
NOT_UTF8 = (
    "le fichier n'est pas en UTF-8. Remède : enregistrer le fichier au format UTF-8 "
    "(dans le Bloc-notes : Enregistrer sous, Encodage)."
)
NO_SUCH_KEY = "cette clé n'existe pas. Remède : la corriger ou l'enlever."
NO_EUROS = (
    "ce n'est pas un montant en euros. Remède : écrire les euros en chiffres, sans guillemets ni signe €, "
    "avec un point : 76.80."
)
PRICE = "services.demarches.charges.support.price.amounts.F"


def told(faults: Sequence[Fault]) -> list[str]:
    """Faults as lines, each without the file's name."""
    assert all(isinstance(part, str) for fault in faults for part in astuple(fault))
    return [str(fault).removeprefix(FILE).removeprefix(", ").removeprefix(" : ") for fault in faults]


def said(content: str | bytes) -> list[str]:
    """The lines with which a file is refused, each without the file's name."""
    return told(refused(content))


def act_for(lines: list[str]) -> str:
    """The act with its points to confirm where one of these lines is about them, and without them otherwise."""
    return ADOPTED if any("readings." in line for line in lines) else WITHOUT_READINGS


def priced(value: str) -> str:
    """The act with another price in one place."""
    return changed(("F = 400", f"F = {value}"), text=WITHOUT_READINGS)


def beside_a_label(line: str) -> str:
    """The act with another line in one place."""
    label = 'label  = "Nom de domaine"'
    return changed((label, f"{label}\n{line}"), text=WITHOUT_READINGS)


@pytest.mark.parametrize("path", SLIPS, ids=lambda path: path.stem)
def test_a_slip_is_answered_in_these_words(path: Path) -> None:
    slip = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(slip) == {"slip", "find", "replace", "said"}
    assert slip["slip"].endswith(".")
    faults = refused(changed((slip["find"], slip["replace"])))
    assert told(faults) == slip["said"]
    for fault in faults:
        assert fault.file == FILE
        assert fault.key
        assert_french(fault)


def test_a_file_is_too_long_from_one_byte_too_many() -> None:
    longest = WITHOUT_READINGS.encode().ljust(MAX_FILE, b"\n")
    assert read(longest, FILE)
    assert said(longest + b"\n") == ["ce fichier est bien trop long. Remède : comparer le fichier au tarif précédent."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xe9 = 1\n", f"ligne 1 : {NOT_UTF8}"),
        (b"\na = 1\nc = '\xe9'\n", f"ligne 3 : {NOT_UTF8}"),
        (b"adopted = [", f"ligne 1, « adopted = [ » : {NOT_TOML}"),
        (b"a = 1\nb = = 2\nc = 3", f"ligne 2, « b = = 2 » : {NOT_TOML}"),
        (f"x{'.x' * 500} = 1\n".encode(), SHAPELESS),
        (
            f"a = 1\nx{'.x' * 501} = 1\n".encode(),
            "ligne 2 : il y a bien trop de points sur cette ligne. Remède : comparer la ligne au tarif précédent.",
        ),
        (("é" * 120).encode(), f"ligne 1, « {'é' * 120} » : {NOT_TOML}"),
        (("é" * 121).encode(), f"ligne 1, « {'é' * 119}… » : {NOT_TOML}"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_in_these_words(content: bytes, words: str) -> None:
    assert said(content) == [words]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            "1e1000",
            f"{PRICE} = 1E+1000 : un prix ne dépasse pas un million d'euros. "
            "Remède : vérifier le montant : il manque peut-être un point.",
        ),
        ("1e1001", SHAPELESS),
        (
            "1e-1000",
            f"{PRICE} = 1E-1000 : un montant en euros a deux décimales au plus. "
            "Remède : arrondir au centime, comme le fait l'acte.",
        ),
        ("1e-1001", SHAPELESS),
        (
            str(2**63 - 1),
            f"{PRICE} = 9223372036854775807 : un prix ne dépasse pas un million d'euros. "
            "Remède : vérifier le montant : il manque peut-être un point.",
        ),
        (
            str(2**63),
            f"{PRICE} = 0x8000000000000000 : ce nombre est démesuré. Remède : enlever les chiffres de trop.",
        ),
        ("-inf", f"{PRICE} = -inf : {NO_EUROS}"),
        (f'"{"z" * 120}"', f'{PRICE} = "{"z" * 120}" : {NO_EUROS}'),
        (f'"{"z" * 121}"', f'{PRICE} = "{"z" * 119}…" : {NO_EUROS}'),
        (r'"a\u202eb\u0085c"', f'{PRICE} = "a b c" : {NO_EUROS}'),
    ],
)
def test_a_price_beyond_all_prices_is_told_where_it_stands_as_long_as_it_can_be(written: str, words: str) -> None:
    assert said(priced(written)) == [words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"é è" = 1', f'services.domain."é è" = 1 : {NO_SUCH_KEY}'),
        ('"" = 2', f'services.domain."" = 2 : {NO_SUCH_KEY}'),
        (f"{'k' * 120} = 1", f"services.domain.{'k' * 120} = 1 : {NO_SUCH_KEY}"),
        (f"{'k' * 121} = 1", f'services.domain."{"k" * 119}…" = 1 : {NO_SUCH_KEY}'),
        ("x = [[[]]]", f"services.domain.x : {NO_SUCH_KEY}"),
        ("amount = 3", f"services.domain.amount = 3 : {NO_SUCH_KEY}"),
    ],
)
def test_a_key_is_told_as_the_file_writes_it(line: str, words: str) -> None:
    assert said(beside_a_label(line)) == [words]


@pytest.mark.parametrize(
    ("find", "replace", "words"),
    [
        (
            'requires = "backups"', 'requires = " "',
            'services.backup.items.extra_storage_go.requires = "" : il n\'y a rien entre les guillemets. '
            "Remède : y écrire les mots qui manquent.",
        ),
        (
            'requires = "backups"', 'requires = "zzz"',
            'services.backup.items.extra_storage_go.requires = "zzz" : aucun service ne propose rien de ce nom. '
            "Remède : écrire le nom d'un service proposé.",
        ),
        (
            'certificates_cdg_1y     = { label = "Certificat de 1 an, remis au CDG",  unit = "certificat", '
            'units = "certificats", term_years = 1', 'certificates_cdg_1y     = { label = "Certificat de 1 an, remis '
            'au CDG",  unit = "certificat", units = "certificats", term_years = true',
            "services.certificate.items.certificates_cdg_1y.term_years = true : il faut un nombre entier d'années. "
            "Remède : l'écrire en chiffres, sans guillemets ni point.",
        ),
        (
            "at_least = { antivirus_devices = 21 }", "at_least = {}",
            "readings.R10.touches.at_least : ce point ne concernerait jamais personne. "
            "Remède : y mettre au moins une quantité.",
        ),
        (
            "at_least = { antivirus_devices = 21 }", "at_least = { antivirus_devices = 0 }",
            "readings.R10.touches.at_least.antivirus_devices = 0 : il faut un nombre entier à partir de 1. "
            "Remède : écrire un nombre entier à partir de 1, en chiffres et sans guillemets.",
        ),
        (
            'label  = "Nom de domaine"', 'label  = "{item} {x}"',
            'services.domain.label = "{item} {x}" : entre accolades, seul {item} est remplacé. '
            "Remède : écrire {item}, ou enlever l'accolade.",
        ),
        (
            '"categories.rule" = "agents"', '"categories.rule" = "x"',
            'readings.R12.alternatives[2].changes."categories.rule" = "x" : avec ce changement, le tarif ne se lit '
            'plus : cette valeur n\'est pas prévue. Remède : écrire "higher", "inhabitants" ou "agents".',
        ),
    ],
)  # fmt: skip
def test_other_slips_are_answered_in_these_words(find: str, replace: str, words: str) -> None:
    assert said(changed((find, replace), text=act_for([words]))) == [words]


def test_what_is_counted_is_named_in_words() -> None:
    assert said(changed(('of     = ["domains"]', 'of     = ["domains", 3]'), text=WITHOUT_READINGS)) == [
        'services.domain.charges.subscription.of[2] = 3 : il faut des mots. Remède : les écrire entre guillemets "…".'
    ]


@pytest.mark.parametrize(("name", "named"), [("J", True), ("J123", True), ("J1234", False), ("j", False), ("é", False)])
def test_a_category_is_named_by_a_letter(name: str, named: bool) -> None:
    lines = said(changed(('name = "I"', f'name = "{name}"'), text=WITHOUT_READINGS))
    words = "une catégorie se nomme par une lettre. Remède : lui donner une lettre, comme dans l'acte."
    assert (f'categories.beyond.name = "{name}" : {words}' in lines) != named


@pytest.mark.parametrize(("depth", "shapeless"), [(1, False), (MAX_DEPTH - 1, False), (MAX_DEPTH, True)])
def test_tables_and_lists_stand_within_each_other_so_many_times_at_the_most(depth: int, shapeless: bool) -> None:
    assert (said(f"x = {'[' * depth}{']' * depth}\n") == [SHAPELESS]) == shapeless
    assert (said(f"[{'.'.join('x' * depth)}]\ny = 1\n") == [SHAPELESS]) == shapeless


@pytest.mark.parametrize(("slips", "told"), [(1, 1), (MAX_FAULTS - 1, MAX_FAULTS - 1), (MAX_FAULTS, MAX_FAULTS)])
def test_so_many_faults_are_told_at_the_most(slips: int, told: int) -> None:
    lines = said("".join(f"k{rank} = 1\n" for rank in range(slips)) + WITHOUT_READINGS)
    assert lines == [f"k{rank} = 1 : {NO_SUCH_KEY}" for rank in range(told)]
    one_more = said("".join(f"k{rank} = 1\n" for rank in range(slips + 1)) + WITHOUT_READINGS)
    assert len(one_more) == min(slips + 1, MAX_FAULTS)
