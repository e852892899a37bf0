"""The keeper's command on folders and on names as an editor or a keyboard leaves them."""

import shutil
from pathlib import Path

import pytest

from pricing import FaultyFileError, load
from pricing.__main__ import main
from pricing.catalogue import DATA
from tests.links import ACT, ITEMS
from tests.test_catalogue import ADOPTED, FILE
from tests.test_new_act import NAME

READ = (
    "confirmations.toml", "communes.csv", "epci.csv", "proposals.toml", "services.toml", "contacts.toml",
    "projet-de-deliberation.docx",
)  # fmt: skip
"""Files of data/ beside the tariffs."""
PROPOSALS = """
[[acts.2024-03-26.by_size]]
up_to = 500
order = { domains = 1, web_pages = 1, backups = 1 }

[acts.2024-03-26.beyond]
order = { domains = 2, web_pages = 1, backups = 1 }

[acts.2024-03-26.example]
inhabitants = 1_250
agents = 6
order = { domains = 1 }
"""
HIDDEN = "(Windows cache la fin des noms : Affichage, Extensions de noms de fichiers)"


def copied(project: Path) -> Path:
    """Make the data folder of a project with the act of 2024 alone, and no answer, and return it."""
    data = project / "data"
    (data / "tariffs").mkdir(parents=True)
    (data / "tariffs" / FILE).write_text(ADOPTED, encoding="utf-8")
    for name in READ:
        shutil.copy(DATA / name, data)
    # Words, proposals and answers may be those of an act to come, which is not there.
    words, of_services = ("\n".join(f'{key} = "À quoi il sert."' for key in keys) for keys in (ITEMS, ACT.services))
    services = f"[help]\n{words}\n[services]\n{of_services}\n"
    for name, written in {"confirmations": "", "services": services, "proposals": PROPOSALS}.items():
        (data / f"{name}.toml").write_text(written, encoding="utf-8")
    return data


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with a data folder, in a folder whose name has a space."""
    return copied(tmp_path / "mon projet").parent


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str]]:
    """Return the status and the lines of the command."""
    status = main([*map(str, arguments)])
    return status, capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("folder", ["data", "."])
def test_the_folder_of_the_data_is_checked_as_a_whole(
    folder: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = answer(capsys, project / folder)
    assert (status, [line.partition(" : ")[0] for line in lines]) == (0, [FILE, *READ])
    assert all("aucun défaut" in line for line in lines)


def test_a_fault_of_any_file_of_a_folder_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data" / "communes.csv").unlink()
    (project / "data" / "services.toml").write_text('[help]\ndomaine = "Un nom."\n', encoding="utf-8")
    status, lines = answer(capsys, project / "data")
    assert status == 1
    assert [line.partition(" : ")[0] for line in lines if "Remède" in line] == [
        f"{project}/data/communes.csv", "services.toml, ligne 2, help.domaine",
    ]  # fmt: skip


def test_files_beside_a_tariff_are_checked_against_the_tariffs_beside_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = project / "data"
    text = (data / "proposals.toml").read_text(encoding="utf-8").replace("acts.2024-03-26", "acts.2027-01-15")
    (data / "proposals.toml").write_text(text, encoding="utf-8")
    status, lines = answer(capsys, data / "proposals.toml")
    assert (status, lines) == (
        1,
        [
            f"proposals.toml, ligne {text[: text.index('[[acts')].count(chr(10)) + 1}, acts.2027-01-15 : aucun tarif "
            "n'a été adopté le 15/01/2027. Remède : corriger cette date."
        ],
    )
    new = ADOPTED.replace("= 2024-03-26", "= 2027-01-15")
    (data / "tariffs" / NAME).write_text(new, encoding="utf-8")
    assert answer(capsys, data / "proposals.toml")[0] == 0
    status, lines = answer(capsys, data / "tariffs" / NAME)
    assert (status, lines[1]) == (0, "Ce que cet acte change par rapport à celui du 26/03/2024 :")


@pytest.mark.parametrize("there", [(), ("notes.odt",), ("2027-01-15.txt",)], ids=["empty", "no tariff", "misnamed"])
def test_a_folder_without_a_tariff_says_what_to_do(
    there: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "tarifs"
    folder.mkdir()
    for name in there:
        (folder / name).write_text("", encoding="utf-8")
    status, [line] = answer(capsys, folder)
    assert status == 1
    if "2027-01-15.txt" in there:
        assert line.startswith("2027-01-15.txt : le nom de ce fichier ne finit pas par .toml. Remède : le nommer 2027-")
    else:
        assert line.startswith("tarifs/ : il n'y a aucun tarif. Remède : déposer le fichier d'un tarif, nommé par ")


@pytest.mark.parametrize("name", [f"tariffs/{NAME}", "confirmations.toml", "proposals.toml", "services.toml"])
@pytest.mark.parametrize("end", [".txt", "upper"])
def test_a_name_that_an_editor_has_ended_otherwise_is_told_however_it_is_typed(
    name: str, end: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meant = project / "data" / name
    wrong = meant.with_suffix(".TOML") if end == "upper" else Path(f"{meant}.txt")
    meant.unlink(missing_ok=True)
    wrong.write_text(ADOPTED, encoding="utf-8")
    told = f"{wrong.name} : le nom de ce fichier ne finit pas par .toml. Remède : le nommer {meant.name} {HIDDEN}."
    assert answer(capsys, meant) == (1, [told])
    assert answer(capsys, wrong) == (1, [told])
    status, lines = answer(capsys, project / "data")
    assert (status, told in lines) == (1, True)


def test_a_second_file_beside_the_one_that_is_read_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else the keeper would go on changing the one that nobody reads."""
    (project / "data" / "proposals.toml.txt").write_text("", encoding="utf-8")
    status, lines = answer(capsys, project / "data")
    assert (status, lines[0].partition(" : ")[0]) == (1, "proposals.toml.txt")


def test_answers_under_a_wrong_name_are_not_served_without_them(project: Path) -> None:
    data = project / "data"
    (data / "confirmations.toml").rename(data / "confirmations.toml.txt")
    with pytest.raises(FaultyFileError, match=r"^confirmations\.toml\.txt : "):
        load(data / "tariffs")


def test_a_name_with_spaces_typed_without_quotes_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / "data" / "tariffs" / FILE
    before, after = str(file).split(" ")
    status, lines = answer(capsys, before, after)
    told = f'{file} : ce nom a des espaces. Remède : le taper entre guillemets : "{file}".'
    assert (status, lines) == (1, [told])
    assert answer(capsys, file)[0] == 0


def test_what_is_not_there_and_what_is_not_read_are_told_apart(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "data" / "notes.odt").write_text("", encoding="utf-8")
    status, [line] = answer(capsys, project / "data" / "notes.odt")
    assert (status, line.partition(" : ")[2][:30]) == (1, "ce fichier n'est pas de ceux q")
    for name in ("tarifs", "tariffs/2027-15-01.toml", "notes.doc"):
        told = f"{project}/data/{name} : ce fichier ne peut pas être lu. Remède : vérifier son nom et son dossier."
        assert answer(capsys, project / "data" / name) == (1, [told])
