"""Messages to the keeper of data/ on a table or proposals that cannot be served: file, place, value, remedy."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pricing.catalogue import DATA, communes, load, proposals, service_words
from pricing.communes import COUNT
from pricing.faults import Fault, FaultyFileError
from tests.test_catalogue import assert_french, changed

TABLE = (DATA / "communes.csv").read_text(encoding="utf-8")
WORDS = (DATA / "services.toml").read_text(encoding="utf-8")
PROPOSALS = (DATA / "proposals.toml").read_text(encoding="utf-8")
ACHICOURT = "62004,Achicourt,62217,7873,216200048,200033579\n"


def refused(read: Callable[[Path], object], file: Path, content: str | bytes | None = None) -> tuple[Fault, ...]:
    """Return the faults for which a file is refused, once it has this content."""
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FaultyFileError) as caught:
        read(file)
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    for fault in caught.value.faults:
        assert_french(fault)
    return caught.value.faults


def achicourt(find: str, replace: str) -> str:
    """Return the table with a change in one row."""
    return changed((ACHICOURT, changed((find, replace), text=ACHICOURT)), text=TABLE)


@pytest.mark.parametrize(
    ("find", "replace", "words"),
    [
        ("7873", "-4", "ligne 5, population = -4 : il faut un nombre d'habitants"),
        ("7873", "7 873", "ligne 5, population = 7 873 : "),
        ("7873", "٧٨٧٣", "ligne 5, population = ٧٨٧٣ : "),
        ("7873", "7873000", "ligne 5, population = 7873000 : "),
        ("7873", "", "ligne 5, population = rien : "),
        ("62004", "59004", "ligne 5, code = 59004 : il faut un code INSEE"),
        ("62004", "62003", "ligne 5, code = 62003 : la ligne 4 a déjà cette valeur"),
        ("Achicourt", "Acheville", "ligne 5, name = Acheville : la ligne 4 a déjà cette valeur"),
        ("Achicourt", "", "ligne 5, name = rien : il faut un nom"),
        ("Achicourt", " Achicourt", "ligne 5, name = Achicourt : il faut un nom"),
        ("62217", "6221", "ligne 5, postal_codes = 6221 : il faut des codes postaux"),
        ("62217", "", "ligne 5, postal_codes = rien : "),
        ("216200048", "21620004", "ligne 5, siren = 21620004 : "),
        ("200033579", "x", "ligne 5, epci = x : "),
        (",200033579", "", "ligne 5 = 62004,Achicourt,62217,7873,216200048 : il y a 5 valeurs sur cette ligne"),
        ("\n", "\n\n", "ligne 6 : il y a 0 valeurs sur cette ligne"),
    ],
)
def test_a_wrong_value_is_reported_with_its_row_and_its_remedy(
    find: str, replace: str, words: str, tmp_path: Path
) -> None:
    (fault,) = refused(communes, tmp_path / "communes.csv", achicourt(find, replace))
    assert str(fault).startswith(f"communes.csv, {words}")
    assert "remettre le fichier d'origine" in fault.remedy


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TABLE.replace(",", ";"), "ligne 1 = code;name;"),
        (TABLE.partition("\n")[2], "ligne 1 = 62001,Ablain-Saint-Nazaire"),
        (TABLE.encode("cp1252"), "n'est pas en UTF-8"),
        (TABLE[:20_000], "ligne "),
        (achicourt("Achicourt", '"Achi"court'), "il y a un guillemet de trop"),
        ("".join(TABLE.splitlines(keepends=True)[:444]), f"il y a 443 communes dans ce fichier, et non {COUNT}"),
        (TABLE.replace(ACHICOURT, ""), f"il y a {COUNT - 1} communes"),
        ("", "ligne 1 : les titres des colonnes ne sont pas « code,name,"),
    ],
    ids=["semicolons", "no headings", "Windows-1252", "cut", "quote", "half", "one gone", "empty"],
)
def test_an_incomplete_table_is_refused(content: str | bytes, words: str, tmp_path: Path) -> None:
    (fault,) = refused(communes, tmp_path / "communes.csv", content)
    assert words in str(fault)


def test_many_faults_are_reported_at_once_up_to_a_limit(tmp_path: Path) -> None:
    faults = refused(communes, tmp_path / "communes.csv", TABLE.replace(",2", ",x"))
    assert len(faults) == 100


@pytest.mark.parametrize(("read", "text"), [(communes, TABLE), (proposals, PROPOSALS)])
def test_a_file_as_notepad_saves_it_is_accepted(read: Callable[..., object], text: str, tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read(file) == read()


def of_the_acts(file: Path) -> object:
    return proposals(file, load().tariffs)


@pytest.mark.parametrize(
    ("find", "replace", "words"),
    [
        ("up_to = 500", "up_to = 0", "by_size[1].up_to = 0 : il faut un nombre"),
        (
            "up_to = 500",
            "upto = 500",
            "by_size[1].upto = 500 : cette clé n'existe pas. Remède : écrire « up_to »",
        ),
        (
            "up_to = 500",
            "up_to = 500.0",
            "by_size[1].up_to = 500.0 : il faut un nombre entier à partir de 1",
        ),
        (
            "up_to = 2_000",
            "up_to = 500",
            "by_size : les tailles doivent aller de la plus petite à la plus grande",
        ),
        (
            "up_to = 500",
            "up_to = 3_000",
            "by_size : les tailles doivent aller de la plus petite à la plus grande",
        ),
        (
            "mailboxes_5go = 2,",
            "mailbox_5go = 2,",
            "by_size[1].order.mailbox_5go = 2 : l'acte du 26/03/2024 ne propose rien de ce nom",
        ),
        (
            "mailboxes_5go = 2,",
            "mailboxes_5go = -2,",
            "by_size[1].order.mailboxes_5go = -2 : il faut un nombre entre",
        ),
        (
            "mailboxes_5go = 2,",
            "mailboxes_5go = 50_001,",
            "by_size[1].order.mailboxes_5go = 50001 : il faut un nombre",
        ),
        ("26.beyond]", "26.above]", "beyond : cette clé manque"),
        ("26.example]", "26.exemple]", "exemple : cette clé n'existe pas. Remède : écrire « example »"),
        (
            "inhabitants = 1_250",
            "inhabitants = -1",
            "example.inhabitants = -1 : il faut un nombre entre",
        ),
        ("agents = 6\norder", "order", "example.agents : cette clé manque"),
        ("[acts.2024-03-26.beyond]", "beyond]", "ligne 26, « beyond] » : cette ligne ferme un crochet"),
        (
            "true }\n\n[acts.2024-03-26.beyond]",
            "2 }\n\n[acts.2024-03-26.beyond]",
            "by_size[4].order.demarches_simplifiees = 2 : ce service se coche, il ne se compte pas",
        ),
    ],
)
def test_a_slip_in_the_proposals_is_reported_with_its_key_and_its_remedy(
    find: str, replace: str, words: str, tmp_path: Path
) -> None:
    message = "\n".join(
        map(str, refused(of_the_acts, tmp_path / "proposals.toml", changed((find, replace), text=PROPOSALS)))
    )
    assert words in message
    assert "tarif précédent" not in message
    [told] = [line for line in message.splitlines() if words in line]
    # A key that is missing, or an order that is wrong, is told with the first line of what is around it.
    around = {"by_size : ": "[[acts", "beyond : ": "[[acts", "example.agents": "[acts.2024-03-26.example]"}
    named = next((table for key, table in around.items() if words.startswith(key)), find)
    assert told.startswith(f"proposals.toml, ligne {line_of(named, PROPOSALS)}, ")


def line_of(find: str, text: str) -> int:
    """Return the line of a file that holds some text."""
    return text.count("\n", 0, text.index(find)) + 1


@pytest.mark.parametrize(
    ("find", "replace", "words"),
    [
        ("[help]", "[halp]", "halp : cette clé n'existe pas"),
        (
            'domains                 = "',
            'domain                  = "',
            "help.domain : aucun tarif ne propose rien de ce n",
        ),
        ('web_pages = "une page"', "web_pages = 1", "units.web_pages = 1 : il faut des mots"),
        ('"une page"', '""', 'units.web_pages = "" : il n\'y a rien entre'),
        ('"Sécurité" ', '"Sûreté" ', 'families."Sûreté" : aucun tarif ne propose rien de ce nom. Remède : '),
        (
            'backup      = "Sans',
            'backups     = "Sans',
            "without.backups : aucun tarif ne propose rien de ce nom. Remède : écrire « ba",
        ),
        ("[units]", "[units", "« [units » : un crochet ouvert sur cette ligne n'est pas fermé"),
    ],
)
def test_a_slip_in_the_words_is_reported_with_its_line(find: str, replace: str, words: str, tmp_path: Path) -> None:
    faults = refused(words_of_the_acts, tmp_path / "services.toml", changed((find, replace), text=WORDS))
    assert f"services.toml, ligne {line_of(find, WORDS)}, {words}" in "\n".join(map(str, faults))


def words_of_the_acts(file: Path) -> object:
    return service_words(file, load().tariffs)


@pytest.mark.parametrize("read", [communes, proposals])
def test_a_file_that_cannot_be_opened_is_reported(read: Callable[[Path], object], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for file in (tmp_path / "absent", tmp_path, pipe):
        (fault,) = refused(read, file)
        assert str(fault).startswith(f"{file} : ce fichier ne peut pas être lu. Remède : ")
