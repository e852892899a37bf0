"""What a tariff's keeper is told of every slip, and which tariff applies on a day."""

import copy
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing import Client, NoTariffError, Order, Tariff, TariffError, estimate, load
from pricing import __main__ as command
from pricing.__main__ import main
from pricing.catalogue import FOLDER
from pricing.checks import Fault, read

FILE = "2024-03-26.toml"
ADOPTED = (FOLDER / FILE).read_text(encoding="utf-8")
TICKED = ("antivirus_intervention", "demarches_simplifiees")
ENGLISH = re.compile(
    r"\b(?:the|should|must|input|valid|invalid|field|required|extra|permitted|forbidden|expected|value|error|unable|"
    r"missing|found|after|statement|duplicate|cannot|overwrite|declare|twice|unclosed|illegal|character|at line|"
    r"end of document|greater|less|than|string|integer|dictionary|tuple|tag|using|discriminator|does not|match|"
    r"instance|exceeds|limit for|convert|recursion|finite|and|or|is|not|of the|type=|pydantic|unescaped|namespace)\b",
    re.IGNORECASE,
)
"""Words of pydantic, tomllib and Python that no keeper should read."""


def refused(content: str | bytes, file: str = FILE) -> tuple[Fault, ...]:
    """The faults for which a file is refused."""
    with pytest.raises(TariffError) as caught:
        read(content.encode() if isinstance(content, str) else content, file)
    assert caught.value.faults
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    return caught.value.faults


def changed(*changes: tuple[str, str], text: str = ADOPTED) -> str:
    """The adopted tariff, or a part of it, with some of its text replaced."""
    for find, replace in changes:
        assert text.count(find) == 1, f"{text.count(find)} times: {find}"
        text = text.replace(find, replace)
    return text


UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
"""Signs that a line shows as spaces."""


def assert_french(fault: Fault) -> None:
    assert fault.problem
    assert fault.remedy
    assert str(fault).startswith(fault.file)
    assert re.sub(f"[{UNSEEN}]", " ", f"Remède : {fault.remedy}") in str(fault)
    ours = " ".join(re.sub('«[^»]*»|"[^"]*"|“[^”]*”', "", words) for words in (fault.problem, fault.remedy))
    ours = re.sub(r"\b(kind|source|of|items|rhythm|counted|term_years|type) =", "", ours)
    assert not ENGLISH.search(ours), str(fault)


# ── A file that is no tariff ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_adopted_tariff_is_accepted() -> None:
    assert read(ADOPTED.encode(), FILE).adopted == date(2024, 3, 26)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ADOPTED.encode("cp1252", "replace"), ["ligne 1", "n'est pas en UTF-8", "Bloc-notes"]),
        (ADOPTED.encode("utf-16"), ["ligne 1", "n'est pas en UTF-8"]),
        (ADOPTED.encode().replace("Clé de signature".encode(), "Clé de signature".encode("cp1252"), 1), ["UTF-8"]),
        (b"", ["adopted", "services", "payees", "cette clé manque"]),
        (b"# rien\n", ["adopted", "cette clé manque"]),
        (b"Tarifs 2027\n", ["ligne 1", "« Tarifs 2027 »", "n'est pas du TOML"]),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", ["ligne 2", "UTF-8"]),
        (b'{"adopted": "2024-03-26"}', ["ligne 1", "n'est pas du TOML"]),
        (b"adopted;in_force_from\n2024-03-26;2024-03-26\n", ["ligne 1", "n'est pas du TOML"]),
        (ADOPTED[:20_000].encode(), ["ligne", "Remède"]),
        (f"vide = {'[' * 5000}".encode(), ["trop de crochets", "Remède"]),
        (ADOPTED.replace("F = 400", f"F = {'9' * 5000}").encode(), ["nombre démesuré", "Remède"]),
        (ADOPTED.replace("F = 400", "F = 1e99999999999999999999").encode(), ["nombre démesuré", "Remède"]),
        (ADOPTED.replace("F = 400", f"F = 0x{'f' * 5000}").encode(), ["amounts.F", "démesuré", "chiffres de trop"]),
        (ADOPTED.replace("\n", "\r").encode(), ["ligne 1", "n'est pas du TOML"]),
    ],
    ids=[
        "Windows-1252", "UTF-16", "one word in Windows-1252", "empty", "only a comment", "plain words", "PDF", "JSON",
        "CSV", "cut short", "nested without end", "5000 digits", "exponent", "hexadecimal", "old Mac line ends",
    ],
)  # fmt: skip
def test_a_file_that_is_no_tariff_at_all_is_refused_in_french(content: bytes, words: list[str]) -> None:
    faults = refused(content)
    message = "\n".join(map(str, faults))
    assert FILE in message
    assert [word for word in words if word not in message] == [], message
    for fault in faults:
        assert_french(fault)


@pytest.mark.parametrize(
    "content",
    [ADOPTED.encode("utf-8-sig"), ADOPTED.replace("\n", "\r\n").encode(), ADOPTED.rstrip().encode()],
    ids=["with the mark that Notepad puts first", "Windows line ends", "no line end after the last line"],
)
def test_what_notepad_does_to_a_file_is_accepted(content: bytes) -> None:
    assert read(content, FILE) == read(ADOPTED.encode(), FILE)


def test_all_slips_of_a_file_are_reported_at_once() -> None:
    """Whether a slip is seen within a value, between two tables or in a reading, none hides another."""
    text = changed(
        ("in_force_from = 2024-03-26", "in_force_from = 2023-03-26"),
        ('label  = "Nom de domaine"\n', ""),
        ("price = 76.80 }", "price = 76.805 }"),
        ('payee  = "fibre"            # R13', 'payee  = "Fibre"            # R13'),
        ('of     = ["web_pages"]\nprice  = { kind = "per_unit", amount = 14 }', 'of     = ["web_page"]\nprice  = 14'),
        ("F = 400\n", ""),
        ("  { up_to = 10, price = 200 },", "  { up_to = 5, price = 200 },"),
        ("antivirus_devices = 21", "antivirus_device = 21"),
        ('"categories.rule" = "agents"', '"categories.rules" = "agents"'),
        ('"categories.rule" = "inhabitants"', '"categories.rule" = "higher"'),
        ('"services.backup.charges.extra_storage.rhythm" = "setup"', '"services.backup.label" = 12'),
        ('requires = "backups"', 'requires = "backup"'),
    )
    assert {fault.key for fault in refused(text)} == {
        "in_force_from",
        "services.domain.label",
        "services.certificate.charges.cdg.price.terms[1].price",
        "services.demarches.charges.setup.payee",
        "services.web_page.charges.subscription.of[1]",
        "services.web_page.charges.subscription.price",
        "services.demarches.charges.support.price.amounts.F",
        "services.antivirus.charges.setup.price.bands",
        "readings.R10.touches.at_least.antivirus_device",
        'readings.R12.alternatives[2].changes."categories.rules"',
        'readings.R12.alternatives[1].changes."categories.rule"',
        'readings.R6.alternatives[1].changes."services.backup.label"',
        "services.backup.items.extra_storage_go.requires",
    }


# ── Any value in any place ───────────────────────────────────────────────────────────────────────────────────────────

DATA = tomllib.loads(ADOPTED, parse_float=Decimal)


def places(data: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where every value of a file stands, tables and lists among them."""
    for part, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*place, part)
        if isinstance(value, dict | list):
            yield from places(value, (*place, part))


def toml(value: Any) -> str:
    """A value as TOML, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case Decimal() | float():
            written = str(value)
            special = {"NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"}.get(written, written)
            return special if re.search(r"[.eEni]", special) else f"{special}.0"
        case date():
            return value.isoformat()
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{quoted(key)} = {toml(part)}' for key, part in value.items())} }}"
        case _:
            raise TypeError(type(value))


def quoted(words: str) -> str:
    escaped = re.sub(r'["\\\x00-\x1f\x7f]', lambda found: f"\\u{ord(found[0]):04x}", words)
    return f'"{escaped}"'


def document(data: dict[str, Any]) -> bytes:
    return "".join(f"{quoted(key)} = {toml(value)}\n" for key, value in data.items()).encode()


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KNOWN = st.sampled_from(
    [*sorted({str(part) for place in places(DATA) for part in place}), "on_quote", "stairstep", "each", "blocks"]
)
SINGLE = (
    st.booleans()
    | st.integers(-3, 200)
    | st.integers(-(2**70), 2**70)
    | st.decimals(allow_nan=True, allow_infinity=True)
    | st.decimals(0, 500, places=2)
    | st.dates(date(1, 1, 1), date(9999, 12, 31))
    | st.datetimes()
    | WORDS
    | KNOWN
)
ANY_VALUE = st.recursive(
    SINGLE, lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS | KNOWN, part, max_size=3), max_leaves=5
)


def with_value(place: tuple[str | int, ...], value: Any, data: dict[str, Any] = DATA) -> dict[str, Any]:
    data = copy.deepcopy(data)
    table: Any = data
    for part in place[:-1]:
        table = table[part]
    table[place[-1]] = value
    return data


def accepted_or_refused_in_french(content: bytes) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        usable(read(content, FILE))
    except TariffError as error:
        faults = error.faults
    for fault in faults:
        assert_french(fault)


def usable(tariff: Tariff) -> None:
    """A tariff that is accepted prices an order of everything, under every alternative too."""
    order = Order.model_validate(dict.fromkeys(Order.model_fields, 1) | dict.fromkeys(TICKED, True))
    for each in (tariff, *(otherwise for _, _, otherwise in tariff.alternatives)):
        assert estimate(Client(inhabitants=1250, agents=6), order, each).lines


def test_the_writer_of_this_test_writes_the_same_tariff() -> None:
    assert read(document(DATA), FILE) == read(ADOPTED.encode(), FILE)


@given(place=st.sampled_from(list(places(DATA))), value=ANY_VALUE)
@settings(max_examples=50)  # each reads the whole act, under every alternative
def test_whatever_stands_in_a_place_is_accepted_or_refused_in_french(place: tuple[str | int, ...], value: Any) -> None:
    accepted_or_refused_in_french(document(with_value(place, value)))


@given(place=st.sampled_from(list(places(DATA))))
@settings(max_examples=30)
def test_whatever_is_left_out_is_accepted_or_refused_in_french(place: tuple[str | int, ...]) -> None:
    data = copy.deepcopy(DATA)
    table: Any = data
    for part in place[:-1]:
        table = table[part]
    del table[place[-1]]
    accepted_or_refused_in_french(document(data))


@given(st.integers(0, len(ADOPTED) - 1), st.sampled_from([*"\"'[]{}=,.#\n€ \t\x00é-", ""]))
@settings(max_examples=30)
def test_whatever_character_slips_in_is_accepted_or_refused_in_french(at: int, character: str) -> None:
    accepted_or_refused_in_french((ADOPTED[:at] + character + ADOPTED[at + 1 :]).encode())


@given(st.binary(max_size=60))
@settings(max_examples=100)
def test_whatever_bytes_there_are_are_refused_in_french(content: bytes) -> None:
    for fault in refused(content):
        assert_french(fault)


# ── A second, made-up act ────────────────────────────────────────────────────────────────────────────────────────────

SECOND = changed(
    ("adopted       = 2024-03-26", "adopted       = 2026-11-30"),
    ("in_force_from = 2024-03-26", "in_force_from = 2027-01-01"),
    ('price  = { kind = "per_unit", amount = 15 }', 'price  = { kind = "per_unit", amount = 16.50 }'),
    ("  { up_to =  5, price =  50 },", "  { up_to =  5, price =  60 },"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the adopted act and the second one."""
    (tmp_path / FILE).write_text(ADOPTED, encoding="utf-8")
    (tmp_path / "2026-11-30.toml").write_text(SECOND, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("on", "adopted"),
    [
        (date(2024, 3, 26), date(2024, 3, 26)),
        (date(2024, 3, 27), date(2024, 3, 26)),
        (date(2026, 11, 30), date(2024, 3, 26)),
        (date(2026, 12, 31), date(2024, 3, 26)),
        (date(2027, 1, 1), date(2026, 11, 30)),
        (date(2027, 1, 2), date(2026, 11, 30)),
        (date(2040, 1, 1), date(2026, 11, 30)),
    ],
)
def test_the_tariff_in_force_changes_on_the_day_it_says(folder: Path, on: date, adopted: date) -> None:
    assert load(folder).in_force(on).adopted == adopted
    assert load(folder).nearest(on).adopted == adopted


@pytest.mark.parametrize("on", [date(2024, 3, 25), date(1, 1, 1)])
def test_there_is_no_tariff_before_the_first(folder: Path, on: date) -> None:
    with pytest.raises(NoTariffError, match=f"Aucun tarif n'était en vigueur le {on:%d/%m/%Y}"):
        load(folder).in_force(on)
    # A server's clock may be wrong by years: the page goes on with the first.
    assert load(folder).nearest(on).adopted == date(2024, 3, 26)


def test_an_order_is_priced_under_the_act_of_its_date(folder: Path) -> None:
    client, order = Client(inhabitants=1250), Order(mailboxes_5go=4, domains=2)
    catalogue = load(folder)
    before = estimate(client, order, catalogue.in_force(date(2026, 12, 31)))
    after = estimate(client, order, catalogue.in_force(date(2027, 1, 1)))
    # 4 × 20 € + tranche de 3 à 5 : 50 €, puis 60 € + 2 × 15 €, puis 2 × 16,50 €
    assert before.answers.recurring.amount == Decimal("160.00")
    assert after.answers.recurring.amount == Decimal("173.00")
    assert (before.tariff, after.tariff) == (date(2024, 3, 26), date(2026, 11, 30))
    assert estimate(client, order, catalogue.in_force(date(2026, 12, 31))) == before


def test_an_act_is_found_by_its_name_whatever_applies_today(folder: Path) -> None:
    catalogue = load(folder)
    for day in (date(2024, 3, 26), date(2026, 11, 30)):
        assert catalogue.adopted(day).adopted == day
    with pytest.raises(NoTariffError, match="Aucun tarif n'a été adopté le 01/01/2027"):
        catalogue.adopted(date(2027, 1, 1))


def test_the_order_of_the_files_does_not_matter(folder: Path) -> None:
    """An act adopted later may apply earlier, as a correction does."""
    correction = ADOPTED.replace("2024-03-26", "2026-12-15", 1)
    correction = correction.replace("adopted       = 2024-03-26", "adopted       = 2026-12-15")
    correction = correction.replace("in_force_from = 2024-03-26", "in_force_from = 2026-12-20")
    (folder / "2026-12-15.toml").write_text(correction, encoding="utf-8")
    catalogue = load(folder)
    assert [tariff.in_force_from for tariff in catalogue.tariffs] == [
        date(2024, 3, 26), date(2026, 12, 20), date(2027, 1, 1),
    ]  # fmt: skip
    assert catalogue.in_force(date(2026, 12, 31)).adopted == date(2026, 12, 15)


def test_two_acts_of_one_day_are_refused(folder: Path) -> None:
    text = SECOND.replace("in_force_from = 2027-01-01", "in_force_from = 2026-11-30")
    text = text.replace("adopted       = 2026-11-30", "adopted       = 2026-06-15")
    (folder / "2026-06-15.toml").write_text(text.replace("2026-11-30", "2027-01-01"), encoding="utf-8")
    with pytest.raises(TariffError) as caught:
        load(folder)
    (fault,) = caught.value.faults
    assert fault.key == "in_force_from"
    assert fault.value == "2027-01-01"
    assert {fault.file, fault.problem.split()[0]} == {"2026-06-15.toml", "2026-11-30.toml"}
    assert "s'applique dès le même jour" in str(fault)
    assert_french(fault)


def test_an_act_saved_twice_is_refused_by_its_name(folder: Path) -> None:
    (folder / "2026-11-30 (copie).toml").write_text(SECOND, encoding="utf-8")
    with pytest.raises(TariffError, match=r"nommer le fichier 2026-11-30\.toml"):
        load(folder)


def test_every_fault_of_every_file_is_reported_and_nothing_served(folder: Path) -> None:
    (folder / "2026-11-30.toml").write_text(SECOND.replace("F = 400\n", "").replace("16.50", "16.505"), "utf-8")
    (folder / "2028-01-01.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(TariffError) as caught:
        load(folder)
    assert [(fault.file, fault.key) for fault in caught.value.faults] == [
        ("2026-11-30.toml", "services.domain.charges.subscription.price.amount"),
        ("2026-11-30.toml", "services.demarches.charges.support.price.amounts.F"),
        ("2028-01-01.toml", "ligne 1"),
    ]


@pytest.mark.parametrize("name", ["2028-01-01.toml.txt", "2028-01-01.TOML"])
def test_a_tariff_whose_name_notepad_has_changed_is_not_passed_over(folder: Path, name: str) -> None:
    (folder / name).write_text("", encoding="utf-8")
    with pytest.raises(TariffError) as caught:
        load(folder)
    problem, remedy = "le nom de ce fichier ne finit pas par .toml", "le nommer 2028-01-01.toml"
    assert caught.value.faults == (Fault(name, "", "", problem, remedy),)


def test_what_is_no_tariff_file_may_lie_beside_them(folder: Path) -> None:
    (folder / "LISEZMOI.md").write_text("Un acte, un fichier.", encoding="utf-8")
    assert len(load(folder).tariffs) == 2


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TariffError) as caught:
        load(tmp_path)
    remedy = "déposer le fichier d'un tarif, nommé par sa date d'adoption, comme 2024-03-26.toml"
    assert caught.value.faults == (Fault(f"{tmp_path.name}/", "", "", "il n'y a aucun tarif", remedy),)


def test_a_folder_named_like_a_file_is_refused(folder: Path) -> None:
    (folder / "2028-01-01.toml").mkdir()
    with pytest.raises(TariffError) as caught:
        load(folder)
    problem, remedy = "ce fichier ne peut pas être lu", "vérifier son nom et son dossier"
    assert caught.value.faults == (Fault(str(folder / "2028-01-01.toml"), "", "", problem, remedy),)


# ── The keeper's command ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_accepts_a_good_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder / "2026-11-30.toml")]) == 0
    assert capsys.readouterr().out == "2026-11-30.toml : aucun défaut (21 tarifs, 17 points à confirmer).\n"


def test_the_command_says_all_faults_of_a_bad_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "2026-11-30.toml"
    file.write_text(SECOND.replace("F = 400\n", "").replace("16.50", "16.505"), encoding="utf-8")
    assert main([str(file)]) == 1
    assert capsys.readouterr().out == (
        "2026-11-30.toml, services.domain.charges.subscription.price.amount = 16.505 : "
        "un montant en euros a deux décimales au plus. Remède : arrondir au centime, comme le fait l'acte.\n"
        "2026-11-30.toml, services.demarches.charges.support.price.amounts.F : cette catégorie n'a pas de prix. "
        'Remède : ajouter la ligne F = …, en euros, ou F = "on_quote".\n'
    )


def test_the_command_says_that_a_file_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "2027-01-01.toml")]) == 1
    out = capsys.readouterr().out
    assert out == (
        f"{tmp_path}/2027-01-01.toml : ce fichier ne peut pas être lu. Remède : vérifier son nom et son dossier.\n"
    )


def test_the_command_checks_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2024-03-26.toml : aucun défaut (21 tarifs, 17 points à confirmer).",
        "2026-11-30.toml : aucun défaut (21 tarifs, 17 points à confirmer).",
    ]


def test_the_command_says_that_a_folder_is_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "il n'y a aucun tarif" in capsys.readouterr().out


def test_the_command_checks_all_of_the_data_when_nothing_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([], folder) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "communes.csv : aucun défaut (887 communes).",
        "proposals.toml : aucun défaut (5 tailles).",
        "projet-de-deliberation.docx : aucun défaut.",
    ]
    assert main([]) == 0
    assert FILE in capsys.readouterr().out


def test_the_command_says_each_file_apart(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder / "absent.toml"), str(folder / FILE)], folder) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert "ne peut pas être lu" in first
    assert second.startswith(f"{FILE} : aucun défaut")


def test_the_command_sets_a_new_file_beside_those_in_force(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path_factory.mktemp("new") / "2026-12-01.toml"
    new.write_text(SECOND.replace("adopted       = 2026-11-30", "adopted       = 2026-12-01"), encoding="utf-8")
    assert main([str(new)], folder) == 1
    assert capsys.readouterr().out == (
        "2026-12-01.toml, in_force_from = 2027-01-01 : 2026-11-30.toml s'applique dès le même jour. "
        "Remède : corriger la date de l'un des deux, ou enlever celui qui est de trop.\n"
    )


@pytest.mark.parametrize(("content", "status"), [(ADOPTED, 0), ("adopted = hier", 1)])
def test_the_command_ends_with_its_status(
    tmp_path: Path, content: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["pricing", str(tmp_path / FILE)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(command.__file__, run_name="__main__")
    assert ended.value.code == status


@pytest.mark.parametrize(("content", "status"), [(ADOPTED, 0), ("adopted = hier", 1)])
def test_the_command_runs_as_its_keeper_runs_it(tmp_path: Path, content: str, status: int) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pricing", str(tmp_path / FILE)],
        cwd=FOLDER.parents[1], capture_output=True, check=False, encoding="utf-8",
        env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert ran.returncode == status
    assert ran.stdout.startswith(FILE)
    assert ran.stderr == ""
