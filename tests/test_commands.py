"""The commands for many communes: the answer, the tables written, and what is wrong, in French."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pricing import Order, Tariff
from pricing.catalogue import communes
from pricing.commands import run
from pricing.portfolio import portfolio, wanting
from tests.french import plain

ASKED = ("messagerie-5go=3", "domaines=1", "sauvegardes=1", "demarches=oui")
ORDER = Order(mailboxes_5go=3, domains=1, backups=1, demarches_simplifiees=True)
ARTOIS = "96 communes : 93 en catégorie A à 959,00 €, 3 en catégorie B à 1 009,00 €. Ensemble 92 214,00 €"
ACT_TO_COME = Path(__file__).parent / "tariffs" / "cdg-62-2027.toml"


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> list[str]:
    """Return the lines that a command prints."""
    assert run([*arguments]) == status
    printed = capsys.readouterr()
    assert not printed.err
    return plain(printed.out).splitlines()


def test_the_cost_of_an_epci_is_answered_in_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    title, answer = said(capsys, "communes", "--epci", "campagnes de l'artois", *ASKED)
    assert title == "CC des Campagnes de l'Artois, tarif du 26 mars 2024, applicable dès le 26 mars 2024."
    assert answer.startswith(ARTOIS)


def test_without_a_name_it_is_the_department_and_without_an_order_the_proposal_by_size(
    capsys: pytest.CaptureFixture[str],
) -> None:
    title, answer = said(capsys, "communes")
    assert title.startswith("Toutes les communes du Pas-de-Calais")
    assert answer.startswith("887 communes : 631 en catégorie A de ")
    assert "5 montants sur devis" in answer


def test_the_tables_written_hold_the_same_figures(
    tmp_path: Path, tariff: Tariff, capsys: pytest.CaptureFixture[str]
) -> None:
    together = portfolio(wanting([each for each in communes().values() if each.epci == "200033579"], ORDER), tariff)
    for name in ("arras.csv", "ARRAS.XLSX"):
        assert said(capsys, "communes", "--epci", "arras", *ASKED, "-o", str(tmp_path / name))[-1].endswith(
            "est écrit."
        )
    text = (tmp_path / "arras.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [row["Six ans"] for row in rows] == [str(cost).replace(".", ",") for cost in together.frame["six_years"]]
    assert all(row["Lien"].startswith("?signes=") and f"commune={row['Code INSEE']}" in row["Lien"] for row in rows)
    sheet = load_workbook(BytesIO((tmp_path / "ARRAS.XLSX").read_bytes()), data_only=True)["Communes"]
    heads, *cells = sheet.iter_rows(values_only=True)
    six_years = [row[heads.index("Six ans")] for row in cells]
    assert six_years == [float(cost) for cost in together.frame["six_years"]]


def test_two_tariffs_are_compared_and_one_that_is_prepared_is_called_a_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "2027-01-15.toml"
    new.write_bytes(ACT_TO_COME.read_bytes())
    out = tmp_path / "ecarts.xlsx"
    lines = said(capsys, "compare", "2024-03-26", str(new), "--epci", "arras", "domaines=1", "-o", str(out))
    assert lines[0].endswith("à celui du 15 janvier 2027 (projet, non adopté).")
    assert [line.split(" : ")[0] for line in lines[1:3]] == ["Avant", "Après"]
    (sheet,) = load_workbook(BytesIO(out.read_bytes()), data_only=True).worksheets
    assert (sheet.title, sheet.max_row) == ("Écarts (projet, non adopté)", 1 + 46)


def test_a_list_is_priced_and_its_rows_at_fault_are_named_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "liste.csv"
    given.write_text("Commune;Agents;domaines\nRuitz;7;2\nNulle-Part-Ailleurs;;\nArras;x;", encoding="utf-8")
    wrong, other, _, answer = said(capsys, "communes", "--liste", str(given))
    assert (wrong[:8], other[:8]) == ("Ligne 3 ", "Ligne 4 ")
    assert answer.startswith("1 commune, à 30,00 € la 1re année.")


def test_a_list_saved_by_excel_under_windows_keeps_its_accents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, written = tmp_path / "liste.csv", tmp_path / "vide.csv"
    given.write_bytes("Commune;Agents\r\nBéthune;\r\nŒuf-en-Ternois;3\r\n".encode("cp1252"))
    assert said(capsys, "communes", "--liste", str(given), "domaines=1")[1].startswith("2 communes, à 15,00 €")
    given.write_text("Commune;Agents", encoding="utf-8")
    said(capsys, "compare", "2024-03-26", "2024-03-26", "--liste", str(given), "-o", str(written))
    assert written.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["communes", "--epci", "artois"], "« artois » désigne plusieurs intercommunalités :"),
        (["communes", "--epci", "Lille"], "« Lille » ne désigne aucune intercommunalité, parmi :"),
        (["communes", "--epci"], "Il manque un mot après --epci. Voir --help."),
        (["communes", "--zut"], "« --zut » n'est pas connu. Voir --help."),
        (["communes", "domaines"], "« domaines » n'est pas connu. Voir --help."),
        (["communes", "domaines=x"], "Demande : domaines « x » (il faut un nombre entier)."),
        (["communes", "tarif=2024-03-26"], "Chaque mot de la demande est un service, une seule fois, au moins 1."),
        (["communes", "domaines=1", "domaines=3"], "Chaque mot de la demande est un service, une seule fois"),
        (["compare", "2024-03-26", "2024-03-26", "--tarif", "x"], "« --tarif » ne va pas avec compare"),
        (["communes", "--tarif", "hier"], "« hier » n'est pas un jour : l'écrire comme 2024-03-26."),
        (["communes", "--tarif", "2020-01-01"], "Aucun tarif n'a été adopté le 01/01/2020."),
        (["communes", "--epci", "arras", "--liste", "x"], "Choisir une intercommunalité ou une liste, pas les deux."),
        (["communes", "-o", "x.pdf"], "« x.pdf » : le nom doit finir par .xlsx ou .csv."),
        (["communes", "--liste", "absente.csv"], "absente.csv : ce fichier ne peut pas être lu."),
        (["communes", "--epci", "arras", "-o", "/nulle/part.csv"], "« /nulle/part.csv » ne peut pas être écrit"),
        (["compare", "2024-03-26"], "Il faut deux tarifs. Voir --help."),
        (["compare", "2024-03-26", "absent.toml"], "absent.toml : ce fichier ne peut pas être lu."),
    ],
)
def test_a_wrong_command_is_answered_in_french(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert any(line.startswith(words) for line in said(capsys, *arguments, status=1))


@pytest.mark.parametrize("command", ["communes", "compare"])
def test_help_is_in_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, command, "--help")
    assert any(f"python -m pricing {command}" in line for line in lines)
    assert not any("{" in line for line in lines)
