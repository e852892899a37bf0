"""Next year's act, written by the tariff's keeper as a copy of the last one: what the check asks of it, and answers."""

from pathlib import Path

import pytest

from pricing import Tariff
from pricing.__main__ import main
from pricing.catalogue import FOLDER
from pricing.changes import changes
from pricing.checks import read
from pricing.faults import FaultyFileError

ADOPTED = (FOLDER / "2024-03-26.toml").read_text(encoding="utf-8")
NAME = "2027-01-15.toml"
DATES = ("adopted       = 2024-03-26\nin_force_from = 2024-03-26", "adopted = 2027-01-15\nin_force_from = 2027-02-01")
COPIED = (
    DATES,
    ('{ kind = "per_unit", amount = 10 }', '{ kind = "per_unit", amount = 12 }'),
    ("amount = 20 }", "amount = 21 }"),
    ("amount = 27 }", "amount = 28.35 }"),
    ("{ up_to = 20, price = 150 }", "{ up_to = 20, price = 180 }"),
    ("price        = 50", "price        = 60"),
    ("A = { inhabitants =   1_000", "A = { inhabitants =   1_500"),
    ("{ years = 2, price = 84 }", "{ years = 2, price = 86 }"),
    ("F = 400", "F = 450"),
)
"""Dates and numbers that a keeper changes first, and nothing else."""
QUOTED = (
    ('text = "Mise en service 10 €', 'text = "Mise en service 12 €'),
    ("5 Go 20 €", "5 Go 21 €"),
    ("illimité 27 €", "illimité 28.35 €"),
    ("11 à 20 comptes : 150 € Au-delà : 50 €", "11 à 20 comptes : 180 € Au-delà : 60 €"),
    ("A moins de 1000 hab", "A moins de 1501 hab"),
    ("B de 1 001", "B de 1 501"),
    ("CDG 84 €", "CDG 86 €"),
)
"""Words of the act that go with these numbers."""
VAULT = """
[services.vault]
family = "Présence en ligne"
label  = "Coffre-fort"

[services.vault.items.vaults]
label      = "Coffres-forts"
unit       = "coffre"
units      = "coffres"
address    = "coffres"
short      = "coffre"

[services.vault.charges.subscription]
label  = "Abonnement"
payee  = "fibre"
rhythm = "yearly"
of     = ["vaults"]
price  = { kind = "per_unit", amount = 15 }
source = { row = "Coffre", column = "Tarif service TTC", text = "Nom de domaine 15 € Par nom de domaine et par an" }

[services.web_page]
"""
"""A new service, which still has the words of the one it was copied from."""
PREFIX = "ces mots de l'acte disent"


def act(*changes: tuple[str, str]) -> str:
    """Return the adopted act with each change made once."""
    text = ADOPTED
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def refused(text: str, name: str = NAME) -> list[tuple[int, str, str]]:
    """Return the line, the key and the problem of each fault of an act."""
    with pytest.raises(FaultyFileError) as found:
        read(text.encode(), name)
    return [(fault.line, fault.key, fault.problem) for fault in found.value.faults]


def checked(tmp_path: Path, *changes: tuple[str, str]) -> int:
    """Return the exit status of the command on an act beside that of 2024 alone."""
    file, folder = tmp_path / NAME, tmp_path / "tariffs"
    file.write_text(act(*changes), encoding="utf-8")
    folder.mkdir()
    (folder / "2024-03-26.toml").write_text(ADOPTED, encoding="utf-8")
    return main([str(file)], folder)


def line(text: str, beginning: str, after: str = "") -> int:
    """Return the number of the first line that begins with some words, after some others."""
    lines = text.splitlines()
    first = next((number for number, each in enumerate(lines) if each.startswith(after)), 0) if after else 0
    return next(number for number, each in enumerate(lines[first:], start=first + 1) if each.startswith(beginning))


def test_a_copy_whose_numbers_alone_were_changed_is_refused_with_all_that_is_left_to_change() -> None:
    text = act(*COPIED)
    mailbox = "services.mailbox.charges"
    assert refused(text) == [
        (line(text, "A = {"), "grids.demarches.up_to.A.text", f"{PREFIX} « 1\u00a0000 », que ces bornes ne disent pas"),
        (line(text, "B = {"), "grids.demarches.up_to.B.text", f"{PREFIX} « 1\u00a0001 », que ces bornes ne disent pas"),
        (
            line(text, "source", "[services.mailbox.charges.setup]"),
            f"{mailbox}.setup.source.text",
            f"{PREFIX} 10,00\u00a0€ là où le tarif dit 12,00\u00a0€",
        ),
        (
            line(text, "source", "[services.mailbox.charges.account_5go]"),
            f"{mailbox}.account_5go.source.text",
            f"{PREFIX} 20,00\u00a0€ là où le tarif dit 21,00\u00a0€",
        ),
        (
            line(text, "source", "[services.mailbox.charges.account_unlimited]"),
            f"{mailbox}.account_unlimited.source.text",
            f"{PREFIX} 27,00\u00a0€ là où le tarif dit 28,35\u00a0€",
        ),
        (
            line(text, "source", "[services.mailbox.charges.support]"),
            f"{mailbox}.support.source.text",
            f"{PREFIX} 150,00\u00a0€ là où le tarif dit 180,00\u00a0€",
        ),
        (
            line(text, "source", "[services.certificate.charges.cdg]"),
            "services.certificate.charges.cdg.source.text",
            f"{PREFIX} 84,00\u00a0€ là où le tarif dit 86,00\u00a0€",
        ),
    ]


def test_with_the_words_of_the_new_act_it_is_accepted_and_its_points_follow_its_values() -> None:
    tariff = read(act(*COPIED, *QUOTED).encode(), NAME)
    assert tariff.readings["R4"].in_force == (
        "180\u00a0€ pour les 20 premiers, puis 60\u00a0€ par tranche de 20 comptes entamée."
    )
    assert "d'exactement 1\u00a0500 habitants" in tariff.readings["R11"].question
    assert tariff.readings["R11"].alternatives[0].changes == {"grids.demarches.up_to.A.inhabitants": 1_499}
    assert tariff.readings["R17"].in_force.startswith("Années complètes, prix de 2027")


@pytest.mark.parametrize(
    "reference", ["services.mailbox.nothing", "services.mailbox.charges.support.price.bands.9.price"]
)
def test_a_reference_to_no_value_is_refused(reference: str) -> None:
    text = act(("La tranche parle de « comptes »", f"La tranche de {{{reference}}} parle de « comptes »"))
    assert [fault[1:] for fault in refused(text, "2024-03-26.toml")] == [
        ("readings.R3.because", f"{{{reference}}} ne désigne aucune valeur de ce fichier")
    ]


# Beside the acts before it


TAKEN = "les liens déjà donnés s'en servent. Remède : écrire"


@pytest.mark.parametrize(
    ("changes", "below", "said"),
    [
        (
            [('address    = "domaines"', 'address    = "noms"')],
            4,
            f"domain.items.domains.address = noms : 2024-03-26.toml dit « domaines », et {TAKEN} domaines",
        ),
        (
            [("[services.domain.items.domains]", "[services.domain.items.names]"), ('["domains"]', '["names"]')],
            4,
            "domain.items.names.address = domaines : c'est déjà le nom de « domains » dans 2024-03-26.toml.",
        ),
        (
            [('short      = "dom"', 'short      = "hab"')],
            5,
            f"domain.items.domains.short = hab : 2024-03-26.toml dit « dom », et {TAKEN} dom",
        ),
        (
            [('short      = "demar"\nticked     = true', 'short      = "demar"')],
            0,
            f"demarches.items.demarches_simplifiees.ticked = false : 2024-03-26.toml dit « true », et {TAKEN} true",
        ),
    ],
    ids=["another name", "a name taken", "another short name", "counted, not ticked"],
)
def test_an_act_that_would_open_old_links_wrongly_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: list[tuple[str, str]], below: int, said: str
) -> None:
    """`below` is the number of lines from the table's header to the fault."""
    assert checked(tmp_path, DATES, *changes) == 1
    header = line(act(DATES, *changes), f"[services.{said.partition(' = ')[0].rpartition('.')[0]}]")
    assert f"{NAME}, ligne {header + below}, services.{said}" in capsys.readouterr().out


# The command


def answer(tmp_path: Path, capsys: pytest.CaptureFixture[str], *changes: tuple[str, str]) -> list[str]:
    """Return the lines of the command's answer on an act."""
    assert checked(tmp_path, *changes) == 0
    return capsys.readouterr().out.splitlines()


def test_the_command_says_from_which_day_and_all_that_the_act_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = ("hors pack Mairie Connectée et", "et")
    *told, to_check, reread = answer(tmp_path, capsys, *COPIED, *QUOTED, title)
    assert to_check == "À vérifier :"
    assert reread.startswith("- services.toml : 11\u00a0réponses à relire dans cet acte")
    lines = told[:-4]
    points = ("R4, réponse : 150", "R4, autres lectures : 50", "R11, question : ", "R17, réponse : ")
    assert all(line.startswith(f"- Point {point}") for line, point in zip(told[-4:], points, strict=True))
    assert lines == [
        "2027-01-15.toml : aucun défaut (21\u00a0tarifs, 17\u00a0points à confirmer), en vigueur dès le 01/02/2027.",
        "Ce que cet acte change par rapport à celui du 26/03/2024 :",
        "- Messagerie : Mise en service, par compte : 10,00\u00a0€ → 12,00\u00a0€",
        "- Messagerie : Compte 5 Go, par compte : 20,00\u00a0€ → 21,00\u00a0€",
        "- Messagerie : Compte illimité, par compte : 27,00\u00a0€ → 28,35\u00a0€",
        "- Messagerie : Accompagnement, tranche 4 : 150,00\u00a0€ → 180,00\u00a0€",
        "- Messagerie : Accompagnement, au-delà : 50,00\u00a0€ → 60,00\u00a0€",
        "- Clé de signature : chaque choix, 2 ans : 84,00\u00a0€ → 86,00\u00a0€",
        "- Démarches simplifiées : Accompagnement, catégorie F : 400,00\u00a0€ → 450,00\u00a0€",
        "- Grille « demarches », catégorie A, jusqu'à (habitants) : 1\u00a0000 → 1\u00a0500",
    ]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ([("in_force_from = 2027-02-01", "in_force_from = 2072-02-01")], "in_force_from : le 01/02/2072"),
        ([("amount = 15 }", "amount = 150 }"), ("domaine 15 €", "domaine 150 €")], "15,00\u00a0€ → 150,00\u00a0€,"),
        ([("amount = 15 }", "amount = 1.5 }"), ("domaine 15 €", "domaine 1.5 €")], "15,00\u00a0€ → 1,50\u00a0€,"),
        (
            [("{ up_to = 10, price = 100 }", "{ up_to = 10, price = 40 }"), ("10 comptes : 100", "10 comptes : 40")],
            "50,00\u00a0€ pour la tranche entière, puis 40,00\u00a0€ pour plus, est-ce",
        ),
        ([], "comme l'acte d'avant : si l'acte a gardé ce titre, il n'y a rien à faire"),
        ([('"certificat"', '"licence"')], "« licence » se paie pour une durée : si ce mot est féminin, y ajouter"),
    ],
    ids=["a year far away", "ten times more", "ten times less", "a band that falls", "the same title", "a new noun"],
)
def test_the_command_asks_about_what_is_unlikely(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: list[tuple[str, str]], asked: str
) -> None:
    lines = answer(tmp_path, capsys, DATES, *changes)
    assert any(asked in each for each in lines[lines.index("À vérifier :") :])


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("services.mailbox.charges.setup.of", ["mailboxes_5go"], "compte : Comptes de messagerie 5 Go, Comptes"),
        ("services.domain.charges.subscription.vat", 20, "TVA en plus : rien → 20 %"),
        ("services.domain.charges.subscription.structures", ["epci"], "pour : rien → intercommunalités"),
        ("services.domain.charges.subscription.only_with", "backups", "seulement avec : rien → Sauvegardes"),
        ("services.domain.charges.subscription.unless", ["backups"], "sauf avec : rien → Sauvegardes"),
        ("services.antivirus.charges.setup.price.by", "agents", "tranche entière → le nombre d'agents"),
        ("services.backup.items.extra_storage_go.requires", "", "suppose : Sauvegardes → rien"),
        ("services.domain.items.domains.label", "Domaines", "nom : Noms de domaine → Domaines"),
        ("services.domain.items.domains.unit", "ordinateur", "unité : nom de domaine, noms de domaine → ordinateur"),
        ("grids.demarches.structures", ["commune", "other"], "pour : communes → communes, autres structures"),
        ("services.web_page.charges.setup.rhythm", "yearly", "se paie : une fois → chaque année"),
        ("readings.R9.in_force", "Toujours.", "Point R9, réponse : Seulement si la collectivité"),
    ],
)
def test_whatever_an_act_changes_is_said(key: str, value: object, told: str, tariff: Tariff) -> None:
    assert any(told in line for line in changes(tariff, tariff.changed({key: value})))


def test_what_an_act_drops_is_said_once_each(tariff: Tariff) -> None:
    without = {key: service.model_dump() for key, service in tariff.services.items() if key != "domain"}
    assert list(changes(tariff, tariff.changed({"services": without}))) == [
        "Service « Noms de domaine » : n'y est plus",
        "Nom de domaine : Abonnement : n'y est plus",
    ]


@pytest.mark.parametrize("wanted", ["--help", "-h", "/?"])
def test_the_command_explains_itself_in_french_and_for_windows(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([wanted]) == 0
    said = capsys.readouterr().out
    assert r".venv\Scripts\python -m pricing" in said
    assert "Contrôle des données" in said
