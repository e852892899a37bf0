"""Exact messages to a tariff's keeper: the place of the slip, the value there, the problem and the remedy."""

import re
import tomllib
from dataclasses import astuple
from itertools import takewhile
from pathlib import Path

import pytest

from pricing import checks
from pricing.checks import read
from pricing.faults import Fault, short
from tests.test_catalogue import ADOPTED, FILE, assert_french, changed, refused

SLIPS = sorted((Path(__file__).parent / "invalid").glob("*.toml"))
WITHOUT_READINGS = f"{ADOPTED.partition('[readings.R1]')[0]}[readings]\n"
"""Adopted act without its points to confirm, each of which would need all of it to be read once more."""
LABEL = 'label  = "Nom de domaine"'
NOT_TOML = (
    'cette ligne n\'est pas du TOML. Remède : écrire « clé = valeur », les mots entre guillemets "…", les nombres sans '
    "espace ni signe €."
)
OPEN = "un crochet ouvert sur cette ligne n'est pas fermé. Remède : le fermer par « ] » après ce qu'il entoure."
THREE = """ces guillemets ne se ferment pas. Remède : mettre un seul guillemet droit " de chaque côté des mots."""
NOT_UTF8 = (
    "le fichier n'est pas en UTF-8. Remède : enregistrer le fichier au format UTF-8 "
    "(dans le Bloc-notes : Enregistrer sous, Encodage)."
)
MISSING = "cette clé manque. Remède : l'ajouter, comme dans le tarif précédent."
KEYS = ("adopted", "in_force_from", "title", "body", "payees", "services", "readings")


def said(content: str | bytes) -> list[str]:
    """Return the lines with which a file is refused, each without the file's name and the line in it."""
    faults = refused(content)
    for fault in faults:
        assert fault.file == FILE
        assert fault.key
        assert all(isinstance(part, str) for part in astuple(fault)[:-1])
        assert_french(fault)
    return [re.sub(rf"^{FILE}, (ligne \d+, (?!«))?", "", str(fault)) for fault in faults]


@pytest.mark.parametrize("path", SLIPS, ids=lambda path: path.stem)
def test_a_slip_is_answered_with_its_exact_message(path: Path) -> None:
    slip = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(slip) == {"slip", "find", "replace", "said"}
    assert slip["slip"].endswith(".")
    assert said(changed((slip["find"], slip["replace"]))) == slip["said"]


@pytest.mark.parametrize("path", SLIPS, ids=lambda path: path.stem)
def test_the_line_of_a_fault_is_the_line_of_its_key(path: Path) -> None:
    """Or of the table or the value around it that begins a line."""
    slip = tomllib.loads(path.read_text(encoding="utf-8"))
    written = changed((slip["find"], slip["replace"])).split("\n")
    for fault in refused("\n".join(written)):
        if not fault.line:
            assert fault.key.startswith("ligne ") or not any(line.startswith(fault.key) for line in written)
            continue
        above = written[: fault.line]
        header = next(line for line in reversed(["", *above]) if not line or line.startswith("["))
        shown = written[fault.line - 1]
        table = header.strip("[]").split("]")[0]
        first = shown
        if shown.startswith("  {"):  # a value of a list over several lines
            start = max(number for number, line in enumerate(above) if line.endswith("= ["))
            assert f"[{fault.line - 1 - start}]" in fault.key
            first = above[start]
        key = "" if shown == header else first.partition("=")[0].strip()
        place, rest = bare(f"{table}.{key}".strip(".")), bare(fault.key)
        assert f"{rest}.".startswith(f"{place}.")
        if rank := re.search(r"^readings\.\w+\.alternatives\[(\d+)\]", fault.key):
            assert above.count(f"[[{table.removesuffix('.changes').removesuffix('.first_year')}]]") == int(rank[1])
        # Nothing nearer begins a line: what is left of the key is within the value, or is missing.
        left = rest.removeprefix(place).strip(".").split(".")[0]
        following = written[fault.line :]
        within = list(takewhile(lambda line: not line.startswith("["), following)) if shown == header else []
        assert not left or not any(re.match(rf'"?{re.escape(left)}"?\s*=', line) for line in within)
        assert not left or not any(line.strip("[]").startswith(f"{table}.{left}") for line in following)


def bare(key: str) -> str:
    """Return a dotted key without quotes and without ranks."""
    return re.sub(r'\[\d+\]|"', "", key)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (ADOPTED.encode("cp1252", "replace"), [f"ligne 1 : {NOT_UTF8}"]),
        (b"\na = 1\nc = '\xe9'\n", [f"ligne 3 : {NOT_UTF8}"]),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", [f"ligne 2 : {NOT_UTF8}"]),
        (b"", [f"{key} : {MISSING}" for key in KEYS]),
        (b"Tarifs 2027\n", [f"ligne 1, « Tarifs 2027 » : {NOT_TOML}"]),
        (b"a = 1\rb = 2\r", [f"ligne 1, « a = 1 b = 2 » : {NOT_TOML}"]),
        (b"adopted = [", [f"ligne 1, « adopted = [ » : {OPEN}"]),
        (b"adopted = [\n\n", [f"ligne 1, « adopted = [ » : {OPEN}"]),
        (b'a = """b"\nc = 1\n', [f'ligne 1, « a = """b" » : {THREE}']),
        (("é" * 121).encode(), [f"ligne 1, « {'é' * 119}… » : {NOT_TOML}"]),
    ],
    ids=[
        "Windows-1252", "one word in Windows-1252", "PDF", "empty", "plain words", "old Mac line ends", "cut short",
        "cut at a line's end", "three quotes for one", "a long line",
    ],
)  # fmt: skip
def test_a_file_that_is_no_tariff_is_answered_with_its_exact_message(content: bytes, lines: list[str]) -> None:
    assert said(content) == lines


@pytest.mark.parametrize(
    "content",
    [
        ADOPTED.encode("utf-8-sig"),
        ADOPTED.replace("\n", "\r\n").encode(),
        ADOPTED.rstrip().encode(),
        changed(('short      = "dom"', 'short      = "dom"\nrequires   = ""')).encode(),
    ],
    ids=["with the mark that Notepad puts first", "Windows line ends", "no last line end", "an empty default written"],
)  # fmt: skip
def test_a_file_as_notepad_saves_it_is_accepted(content: bytes) -> None:
    assert read(content, FILE) == read(ADOPTED.encode(), FILE)


def test_a_text_cites_a_price_with_all_its_decimals() -> None:
    dearer = changed(("amount = 17 }", "amount = 17.125 }"), ("Abonnement 17 €", "Abonnement 17,125 €"))
    assert "l'abonnement de 17,125\u00a0€ par poste" in read(dearer.encode(), FILE).readings["R10"].in_force


def test_all_slips_of_a_file_are_reported_at_once() -> None:
    """No slip hides another, be it within a value, between two tables or in a reading."""
    text = changed(
        ("in_force_from = 2024-03-26", "in_force_from = 2023-03-26"),
        ('label  = "Nom de domaine"\n', ""),
        ("price = 76.80 }", "price = 76.805 }"),
        ('payee  = "fibre"            # R13', 'payee  = "Fibre"            # R13'),
        ('of     = ["web_pages"]\nprice  = { kind = "per_unit", amount = 14 }', 'of     = ["web_page"]\nprice  = 14'),
        ("F = 400\n", ""),
        ("  { up_to = 10, price = 200 },", "  { up_to = 5, price = 200 },"),
        ("antivirus_devices = 21", "antivirus_device = 21"),
        ('"grids.demarches.rule" = "agents"', '"grids.demarches.rules" = "agents"'),
        ('"grids.demarches.rule" = "inhabitants"', '"grids.demarches.rule" = "higher"'),
        ('"services.backup.charges.extra_storage.rhythm" = "setup"', '"services.backup.label" = 12'),
        ('requires   = "backups"', 'requires   = "backup"'),
    )
    assert {fault.key for fault in refused(text)} == {
        "in_force_from",
        "services.domain.label",
        "services.certificate.charges.cdg.price.terms[1].price",
        "services.demarches.charges.setup.payee",
        "services.web_page.charges.subscription.of[1]",
        "services.web_page.charges.subscription.price",
        "services.demarches.charges.support.price.amounts.F",
        "services.antivirus.charges.setup.price.bands[3].up_to",
        "readings.R10.touches.at_least.antivirus_device",
        'readings.R12.alternatives[2].changes."grids.demarches.rules"',
        'readings.R12.alternatives[1].changes."grids.demarches.rule"',
        'readings.R6.alternatives[1].changes."services.backup.label"',
        "services.backup.items.extra_storage_go.requires",
    }


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("-inf", "-inf"),
        ("1e1000", "1E+1000"),
        (f'"{"z" * 120}"', f'"{"z" * 120}"'),
        (f'"{"z" * 121}"', f'"{"z" * 119}…"'),
        (r'"a\u202eb\u0085c"', '"a b c"'),
    ],
)
def test_a_value_is_shown_as_the_file_has_it(written: str, shown: str) -> None:
    (line,) = said(changed(("F = 400", f"F = {written}"), text=WITHOUT_READINGS))
    assert line.startswith(f"services.demarches.charges.support.price.amounts.F = {shown} : ")


@pytest.mark.parametrize(
    ("line", "shown", "remedy"),
    [
        ("structure = 1", "structure", "écrire « structures », ou l'enlever"),
        ("structures = 1", "structures", "la corriger ou l'enlever"),
        ('"label " = 1', '"label"', "écrire « label », ou l'enlever"),
        ("zzz = 1", "zzz", "la corriger ou l'enlever"),
        (f'"{"é" * 121}" = 1', f'"{"é" * 119}…"', "la corriger ou l'enlever"),
    ],
)
def test_an_unknown_key_is_answered_with_the_most_similar_one(line: str, shown: str, remedy: str) -> None:
    answer = f"services.domain.{shown} = 1 : cette clé n'existe pas. Remède : {remedy}."
    assert said(changed((LABEL, f"{LABEL}\n{line}"), text=WITHOUT_READINGS)) == [answer]


@pytest.mark.parametrize(
    ("find", "replace", "answers"),
    [
        (
            'rhythm = "yearly"\nof     = ["domains"]', 'rythm = "yearly"\nof     = ["domains"]',
            ['charges.subscription.rythm = "yearly" : cette clé n\'existe pas. Remède : écrire « rhythm ».'],
        ),
        (
            'kind = "per_unit", amount = 15', 'Kind = "per_unit", amount = 15',
            ['charges.subscription.price.Kind = "per_unit" : cette clé n\'existe pas. Remède : écrire « kind ».'],
        ),
        (  # another kind of price has this key
            "amount = 15 }", "amounts = 15 }",
            ["charges.subscription.price.amounts = 15 : cette clé n'existe pas. Remède : écrire « amount »."],
        ),
        (
            'source = { row = "Nom de domaine"', 'sources = { row = "Nom de domaine"',
            ["charges.subscription.sources : cette clé n'existe pas. Remède : écrire « source »."],
        ),
        (  # what is missing from another table is told
            f"{LABEL}\n\n[services.domain.items.domains]\n",
            'labl = "a"\n\n[services.domain.items.domains]\nlabl = "b"\n',
            [
                'labl = "a" : cette clé n\'existe pas. Remède : écrire « label ».',
                'items.domains.labl = "b" : cette clé n\'existe pas. Remède : écrire « label », ou l\'enlever.',
            ],
        ),
        (
            'unit       = "nom de domaine"\nunits ', 'unite = "nom de domaine"\nzzz ',
            [
                "items.domains.units : cette clé manque. Remède : l'ajouter, comme dans le tarif précédent.",
                'items.domains.zzz = "noms de domaine" : cette clé n\'existe pas. Remède : la corriger ou l\'enlever.',
                'items.domains.unite = "nom de domaine" : cette clé n\'existe pas. Remède : écrire « unit ».',
            ],
        ),
    ],
    ids=["key", "kind", "key of another kind", "table", "other table", "two keys"],
)  # fmt: skip
def test_a_misspelt_key_is_not_told_as_missing_too(find: str, replace: str, answers: list[str]) -> None:
    told = said(changed((find, replace), text=WITHOUT_READINGS))
    assert sorted(told) == sorted(f"services.domain.{answer}" for answer in answers)


@pytest.mark.parametrize(
    "empty",
    ["", "}", "{ kind = }", '{ amount = , kind = "flat" }', '{ "amount" = }', '{ kind = "flat", amount = } # 15'],
)
def test_a_value_that_is_missing_is_told(empty: str) -> None:
    (told,) = said(changed(('{ kind = "per_unit", amount = 15 }', empty)))
    assert told.partition("» : ")[2].startswith("il manque une valeur après « = ». Remède : l'y écrire ;")


def test_a_list_that_is_missing_is_told() -> None:
    (told,) = said(changed(('of     = ["domains"]', "of = ]")))
    assert told.partition(" : ")[0].endswith("« of = ] »")
    assert "il manque une valeur après « = »" in told


def test_a_fault_without_its_own_message_is_reported_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of pydantic may find faults that this one does not."""
    monkeypatch.setattr(checks, "PROBLEMS", {})
    assert said(changed((LABEL, "label = 15"), text=WITHOUT_READINGS)) == [
        "services.domain.label = 15 : cette valeur n'est pas acceptée. Remède : l'écrire comme dans le tarif précédent."
    ]


def test_a_fault_is_one_line_without_characters_that_reverse_or_break_it() -> None:
    fault = Fault("a\x1b.toml", "k\u202e", "v\u2028", "p\x00", "r\x7f")
    assert str(fault) == "a .toml, k  = v  : p . Remède : r ."
    assert str(Fault("a.toml", "", "", "p", "r")) == "a.toml : p. Remède : r."
    assert short("a\u202e \n b") == "a b"
