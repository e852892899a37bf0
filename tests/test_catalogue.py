"""The tariff that applies on a day, the faults for which a folder is refused, and the keeper's command."""

import re
import runpy
import sys
from datetime import date
from pathlib import Path

import pytest

from pricing import FaultyFileError, NoTariffError, load
from pricing import __main__ as command
from pricing.__main__ import main
from pricing.catalogue import FOLDER
from pricing.checks import read
from pricing.faults import Fault

FILE = "2024-03-26.toml"
ADOPTED = (FOLDER / FILE).read_text(encoding="utf-8")
ENGLISH = re.compile(
    r"\b(?:the|should|must|input|valid|invalid|field|required|extra|permitted|forbidden|expected|value|error|unable|"
    r"missing|found|after|statement|duplicate|cannot|overwrite|declare|twice|unclosed|illegal|character|at line|"
    r"end of document|greater|less|than|string|integer|dictionary|tuple|tag|using|discriminator|does not|match|"
    r"instance|exceeds|limit for|convert|recursion|finite|and|or|is|not|of the|type=|pydantic|unescaped|namespace)\b",
    re.IGNORECASE,
)
"""Words of pydantic, tomllib and Python that no keeper should read."""


def refused(content: str | bytes, file: str = FILE) -> tuple[Fault, ...]:
    """Return the faults for which a file is refused."""
    with pytest.raises(FaultyFileError) as caught:
        read(content.encode() if isinstance(content, str) else content, file)
    assert caught.value.faults
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    return caught.value.faults


def changed(*changes: tuple[str, str], text: str = ADOPTED) -> str:
    """Return the adopted tariff, or a part of it, with some of its text replaced."""
    for find, replace in changes:
        assert text.count(find) == 1, f"{text.count(find)} times: {find}"
        text = text.replace(find, replace)
    return text


def assert_french(fault: Fault) -> None:
    assert fault.problem
    assert fault.remedy
    assert str(fault).startswith(fault.file)
    assert f"Remède : {fault.remedy}" in str(fault)
    ours = " ".join(re.sub('«[^»]*»|"[^"]*"|“[^”]*”', "", words) for words in (fault.problem, fault.remedy))
    ours = re.sub(r"\b(kind|source|of|items|rhythm|counted|term_years|type) =", "", ours)
    assert not ENGLISH.search(ours), str(fault)


# ── A second, made-up act ────────────────────────────────────────────────────────────────────────────────────────────

SECOND = changed(
    ("adopted       = 2024-03-26", "adopted       = 2026-11-30"),
    ("in_force_from = 2024-03-26", "in_force_from = 2027-01-01"),
    ('title         = "Accompagnement', 'title         = "Nouvel accompagnement'),
    ('price  = { kind = "per_unit", amount = 15 }', 'price  = { kind = "per_unit", amount = 16.50 }'),
    ('text = "Nom de domaine 15 €', 'text = "Nom de domaine 16,50 €'),
    ("  { up_to =  5, price =  50 },", "  { up_to =  5, price =  60 },"),
    ("3 à 5 comptes : 50 €", "3 à 5 comptes : 60 €"),
)


FAULTY = changed(("F = 400\n", ""), ("price =  60 }", "price =  60.005 }"), text=SECOND)
"""The second act without one of its prices and with a price of half a cent."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with the adopted act, the second one and a file of another kind."""
    (tmp_path / "LISEZMOI.md").write_text("Un acte, un fichier.", encoding="utf-8")
    (tmp_path / FILE).write_text(ADOPTED, encoding="utf-8")
    (tmp_path / "2026-11-30.toml").write_text(SECOND, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("on", "adopted"),
    [
        (date(2024, 3, 26), date(2024, 3, 26)),
        (date(2026, 12, 31), date(2024, 3, 26)),
        (date(2027, 1, 1), date(2026, 11, 30)),
        (date(2040, 1, 1), date(2026, 11, 30)),
    ],
)
def test_a_tariff_applies_from_the_day_it_says(folder: Path, on: date, adopted: date) -> None:
    assert load(folder).in_force(on).adopted == adopted
    assert load(folder).nearest(on).adopted == adopted


@pytest.mark.parametrize("on", [date(2024, 3, 25), date(1, 1, 1)])
def test_no_tariff_is_in_force_before_the_first(folder: Path, on: date) -> None:
    with pytest.raises(NoTariffError, match=f"Aucun tarif n'était en vigueur le {on:%d/%m/%Y}"):
        load(folder).in_force(on)
    # A server's clock may be wrong by years: the page goes on with the first.
    assert load(folder).nearest(on).adopted == date(2024, 3, 26)


def test_an_act_is_found_by_its_name_whichever_applies_today(folder: Path) -> None:
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


MISNAMED = (
    "le nom de ce fichier ne finit pas par .toml. Remède : le nommer 2028-01-01.toml "
    "(Windows cache la fin des noms : Affichage, Extensions de noms de fichiers)."
)
SAME_DAY = SECOND.replace("2027-01-01", "2024-03-26").replace("2026-11-30", "2024-03-25")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "2024-03-25.toml",
            SAME_DAY,
            "2024-03-26.toml, ligne 15, in_force_from = 2024-03-26 : 2024-03-25.toml s'applique dès le même jour. "
            "Remède : corriger la date de l'un des deux, ou enlever celui qui est de trop.",
        ),
        (
            "2026-11-30 (copie).toml",
            SECOND,
            "2026-11-30 (copie).toml, ligne 14, adopted = 2026-11-30 : le fichier ne porte pas le nom de sa date. "
            "Remède : corriger la date, ou nommer le fichier 2026-11-30.toml.",
        ),
        ("2028-01-01.toml.txt", "", f"2028-01-01.toml.txt : {MISNAMED}"),
        ("2028-01-01.TOML", "", f"2028-01-01.TOML : {MISNAMED}"),
        ("2028-01-01.txt", "", f"2028-01-01.txt : {MISNAMED}"),
        ("2028-01-01", "", f"2028-01-01 : {MISNAMED}"),
    ],
)
def test_a_file_that_cannot_stand_beside_the_others_is_refused(
    folder: Path, name: str, content: str, told: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(FaultyFileError) as caught:
        load(folder)
    assert str(caught.value) == told
    for fault in caught.value.faults:
        assert_french(fault)


def test_every_fault_of_every_file_is_reported_and_nothing_is_served(folder: Path) -> None:
    (folder / "2026-11-30.toml").write_text(FAULTY, "utf-8")
    (folder / "2028-01-01.toml").write_bytes(b"\xff\xfe")
    (folder / "2029-01-01.toml").mkdir()
    with pytest.raises(FaultyFileError) as caught:
        load(folder)
    assert [(fault.file, fault.key) for fault in caught.value.faults] == [
        ("2026-11-30.toml", "services.mailbox.charges.support.price.bands[2].price"),
        ("2026-11-30.toml", "services.demarches.charges.support.price.amounts.F"),
        ("2028-01-01.toml", "ligne 1"),
        (str(folder / "2029-01-01.toml"), ""),
    ]


# ── The keeper's command ─────────────────────────────────────────────────────────────────────────────────────────────

SOUND = [
    "2024-03-26.toml : aucun défaut (21\u00a0tarifs, 17\u00a0points à confirmer), en vigueur dès le 26/03/2024.",
    "2026-11-30.toml : aucun défaut (21\u00a0tarifs, 17\u00a0points à confirmer), en vigueur dès le 01/01/2027.",
]


def line_of(written: str) -> int:
    """Return the first line of the faulty act that is written so."""
    return FAULTY.splitlines().index(written) + 1


def test_the_command_accepts_a_file_a_folder_and_all_of_the_data(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder / FILE)], folder) == main([str(folder)]) == 0
    *lines, to_check, _ = capsys.readouterr().out.splitlines()
    assert lines == [SOUND[0], *SOUND]
    assert to_check == "À vérifier :"  # the answers that go by the act of 2024 alone
    assert main([]) == 0
    said = capsys.readouterr().out
    assert SOUND[0] in said.splitlines()
    for of_data in (
        "confirmations.toml : aucun défaut (",
        "communes.csv : aucun défaut (887 communes).",
        "epci.csv : aucun défaut (20 intercommunalités).",
        "proposals.toml : aucun défaut (actes du 26/03/2024",
        "services.toml : aucun défaut (",
        "contacts.toml : aucun défaut (",
        "projet-de-deliberation.docx : aucun défaut.",
    ):
        assert f"\n{of_data}" in said


def test_the_command_reports_each_file_separately_with_all_its_faults(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = folder / "2026-11-30.toml"
    bad.write_text(FAULTY, encoding="utf-8")
    table, draft = folder / "communes.csv", folder / "projet.DOCX"
    table.write_text("", encoding="utf-8")
    draft.write_text("", encoding="utf-8")
    empty = tmp_path_factory.mktemp("empty")
    assert main([*map(str, (bad, folder / "absent.toml", table, empty, folder / FILE, draft))], folder.parent) == 1
    out, refused_draft, _ = capsys.readouterr().out.partition("projet.DOCX")
    assert refused_draft
    assert out == (
        f"2026-11-30.toml, ligne {line_of('  { up_to =  5, price =  60.005 },')}, "
        "services.mailbox.charges.support.price.bands[2].price = 60.005 : "
        "un montant en euros a deux décimales au plus. Remède : arrondir au centime, comme le fait l'acte.\n"
        f"2026-11-30.toml, ligne {line_of('[services.demarches.charges.support.price.amounts]')}, "
        "services.demarches.charges.support.price.amounts.F : cette catégorie n'a pas de prix. "
        'Remède : ajouter la ligne F = …, en euros, ou F = "on_quote".\n'
        f"{folder}/absent.toml : ce fichier ne peut pas être lu. Remède : vérifier son nom et son dossier.\n"
        "communes.csv, ligne 1 : les titres des colonnes ne sont pas « code,name,postal_codes,population,siren,epci ». "
        "Remède : remettre le fichier d'origine, ou le refaire comme le dit data/README.md.\n"
        f"{empty.name}/ : il n'y a aucun tarif. "
        "Remède : déposer le fichier d'un tarif, nommé par sa date d'adoption, comme 2024-03-26.toml.\n"
        f"{SOUND[0]}\n"
    )


def test_the_command_checks_a_new_file_against_those_in_force(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path_factory.mktemp("new") / "2026-12-01.toml"
    new.write_text(SECOND.replace("adopted       = 2026-11-30", "adopted       = 2026-12-01"), encoding="utf-8")
    assert main([str(new)], folder) == 1
    assert capsys.readouterr().out == (
        "2026-12-01.toml, ligne 15, in_force_from = 2027-01-01 : 2026-11-30.toml s'applique dès le même jour. "
        "Remède : corriger la date de l'un des deux, ou enlever celui qui est de trop.\n"
    )


@pytest.mark.parametrize(("content", "status"), [(ADOPTED, 0), ("adopted = hier", 1)])
def test_the_command_exits_with_its_status(
    tmp_path: Path, content: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["pricing", str(tmp_path / FILE)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(command.__file__, run_name="__main__")
    assert ended.value.code == status
