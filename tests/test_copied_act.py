"""Words that a copied act keeps, of a service it dropped or of the one a new block was copied from: each is asked."""

from pathlib import Path

import pytest

from pricing import Tariff
from pricing.changes import doubts
from tests.test_new_act import ADOPTED, DATES, VAULT, act, checked, line

DOMAIN = "15 € Par nom de domaine et par an"
ITS_OWN = (f'"Nom de domaine {DOMAIN}" }}\n\n[services.web_page]', '"Coffre 15 €" }\n\n[services.web_page]')
"""The quoted words of the new service, without which the act is refused."""
QUOTED = '"Coffre 15 € Par coffre et par an"'
ITS_OWN_VAULT = VAULT.replace('"Nom de domaine 15 € Par nom de domaine et par an"', QUOTED)
"""The new service with its own words."""
PRICED = ITS_OWN_VAULT[ITS_OWN_VAULT.index("price ") : ITS_OWN_VAULT.index(" }\n\n[services.web_page]")]
ALERT = """
[services.alert]
family = "Sécurité"
label  = "Alertes"

[services.alert.items.alerts]
label      = "Alertes du maire"
unit       = "alerte"
units      = "alertes"
address    = "alertes"
short      = "alert"
ticked     = true
requires   = "antivirus_devices"
taken      = "Avec intervention pour l'antivirus"
left       = "Sans les alertes"

[services.alert.charges.subscription]
label  = "Abonnement"
payee  = "fibre"
rhythm = "yearly"
of     = ["alerts"]
price  = { kind = "flat", amount = 30 }
source = { row = "Alertes", column = "Tarif service TTC", text = "Alertes 30 €" }

[services.demarches]
"""


def asked(tmp_path: Path, capsys: pytest.CaptureFixture[str], *changes: tuple[str, str]) -> list[str]:
    """Return what the command asks of an act, but for its title and the words of the page."""
    assert checked(tmp_path, DATES, *changes) == 0
    said = capsys.readouterr().out.partition("À vérifier :\n")[2].splitlines()
    return [each for each in said if ", title : " not in each and "services.toml" not in each]


def block(text: str, name: str, until: str) -> str:
    """Return a service's block of the act."""
    return text[text.index(f"[services.{name}]") : text.index(until)]


@pytest.mark.parametrize(
    ("changes", "begins", "within", "question"),
    [
        (
            [("\n[services.web_page]\n", VAULT.replace('"coffre"', '"nom de domaine"', 1)), ITS_OWN],
            "unit", "[services.vault.items.vaults]", "Coffre-fort, unit : « nom de domaine », comme pour « Nom de dom",
        ),
        (
            [("\n[services.web_page]\n", VAULT.replace('row = "Coffre"', 'row = "Nom de domaine"')), ITS_OWN],
            "source", "[services.vault.charges", "Coffre-fort, row : « Nom de domaine », comme pour « Nom de domaine »",
        ),
        (
            [("\n[services.web_page]\n", VAULT.replace('"Coffre-fort"', '"Nom de domaine"')), ITS_OWN],
            "label", "[services.vault]", "services.vault, label : « Nom de domaine », comme pour « Nom de domaine »",
        ),
        (
            [("\n[services.web_page]\n", VAULT.replace('"Coffres-forts"', '"Noms de domaine"')), ITS_OWN],
            "label", "[services.vault.items", "Coffre-fort, label : « Noms de domaine », comme pour « Nom de domaine »",
        ),
        (
            [("\n[services.demarches]\n", ALERT)],
            "taken", "[services.alert.items", "Alertes, taken : « Avec intervention pour l'antivirus », comme pour « A",
        ),
    ],
    ids=["unit", "row of the act", "name", "name of an item", "words of a tick"],
)  # fmt: skip
def test_a_new_block_with_words_of_the_one_it_was_copied_from_is_asked_about(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: list[tuple[str, str]],
    begins: str,
    within: str,
    question: str,
) -> None:
    text = act(DATES, *changes)
    [said] = asked(tmp_path, capsys, *changes)
    assert said.startswith(f"- ligne {line(text, begins, within)}, {question}")


@pytest.mark.parametrize(
    ("before", "after", "begins", "question"),
    [
        (QUOTED, '"Abonnement 15 € Par compte et par an"', "source", "text : « compte » fait penser à « Messagerie »"),
        (QUOTED, '"Sauvegarde, mise en service 15 €"', "source", "text : « Sauvegarde » fait penser à « Sauvegarde 60"),
        (QUOTED, '"Abonnement 15 € Par poste et par an"', "source", "text : « poste » fait penser à « Antivirus »"),
        ('row = "Coffre"', 'row = "Coffre, antivirus"', "source", "row : « antivirus » fait penser à « Antivirus »"),
        ('units      = "coffres"', 'units      = "pages"', "units", "units : « pages » fait penser à « Page int"),
        (
            PRICED,
            'price = { kind = "on_quote", why = "avec sauvegardes" }\nsource = { row = "a", column = "b", text = "c"',
            "price", "why : « sauvegardes » fait penser à « Sauvegarde 60 Go",
        ),
    ],
    ids=["unit of the act", "name", "unit that only the act's words have", "part of a row", "plural", "on quote"],
)  # fmt: skip
def test_words_of_another_service_within_the_texts_of_a_new_one_are_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, begins: str, question: str
) -> None:
    assert before in ITS_OWN_VAULT
    changes = [("\n[services.web_page]\n", ITS_OWN_VAULT.replace(before, after))]
    [said] = asked(tmp_path, capsys, *changes)
    place = line(act(DATES, *changes), begins, "[services.vault")
    assert said.startswith(f"- ligne {place}, Coffre-fort, {question}")


@pytest.mark.parametrize(
    "own", ["Coffre 15 € Par an", "Mise en service 15 € Par coffre", "15 € par agent ou par tranche de 1 habitant"]
)
def test_words_that_any_service_may_have_are_not_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], own: str
) -> None:
    assert not asked(tmp_path, capsys, ("\n[services.web_page]\n", ITS_OWN_VAULT.replace(QUOTED, f'"{own}"')))


def test_a_block_turned_into_another_service_is_asked_about_the_words_it_keeps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = WEB_PAGE.replace("services.web_page", "services.vault").replace("web_pages", "vaults")
    turned = turned.replace('"pages"', '"coffres"').replace('"page"', '"coffre"')
    text = act(DATES, (WEB_PAGE, turned), *NO_PAGE)
    said = asked(tmp_path, capsys, (WEB_PAGE, turned), *NO_PAGE)
    for begins, within, question in (
        ("label", "[services.vault]", "services.vault, label : « Page internet », comme pour « Page internet »"),
        ("label", "[services.vault.items", "services.vault, label : « Pages internet », comme pour « Page internet »"),
        ("source", "[services.vault.charges.setup]", "services.vault, row : « Page internet, mise en service », comme"),
    ):
        assert any(each.startswith(f"- ligne {line(text, begins, within)}, {question}") for each in said)


WEB_PAGE = block(act(), "web_page", "\n\n# ── Continuité")
R5 = act()[act().index("[readings.R5]") : act().index("[readings.R6]")]
NO_PAGE = ((R5, ""), ('"services.web_page.charges.setup.payee"  = "fibre"\n', ""))
"""Changes without which an act that drops web pages is refused."""
PAGE = "« {} » fait penser à « {} », qui n'est plus dans cet acte, est-ce voulu ?"


def test_points_that_still_name_a_dropped_service_are_asked_about_with_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = act(DATES, (WEB_PAGE, ""), *NO_PAGE)
    assert asked(tmp_path, capsys, (WEB_PAGE, ""), *NO_PAGE) == [
        f"- ligne {line(text, 'question', '[readings.R1]')}, Point R1 : {PAGE.format('page', 'Pages internet')}"
    ]


@pytest.mark.parametrize(
    ("before", "after", "begins", "within", "what"),
    [
        (
            'label = "Chaque type de compte a', 'label = "Chaque page a',
            "label", "[[readings.R3.alternatives]]", "Point R3",
        ),
        (
            'because  = "L\'acte n\'en dit rien."', 'because  = "Les Pages internet n\'en disent rien."',
            "because", "[readings.R17]", "Point R17",
        ),
        ('row = "Nom de domaine"', 'row = "Page"', "source", "[services.domain.charges", "Nom de domaine"),
        (
            '"Nom de domaine 15 €', '"Nom de domaine, sans page internet 15 €',
            "source", "[services.domain.charges", "Nom de domaine",
        ),
        (
            'why = "sur devis au-delà', 'why = "sur devis, page comprise, au-delà',
            "beyond", "[services.antivirus.charges.setup.price]", "Antivirus",
        ),
        (
            'left       = "Sans intervention', 'left       = "Sans page ni intervention',
            "left", "[services.antivirus.items.antivirus_intervention]", "Antivirus",
        ),
    ],
    ids=["alternative", "reason", "row", "quoted words", "on quote", "tick"],
)  # fmt: skip
def test_every_text_that_still_names_it_is_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, begins: str, within: str, what: str
) -> None:
    of_r1 = ("de la page internet et de l'antivirus", "et de l'antivirus")
    changes = [(WEB_PAGE, ""), *NO_PAGE, of_r1, (before, after)]
    [said] = asked(tmp_path, capsys, *changes)
    assert said.lower().startswith(f"- ligne {line(act(DATES, *changes), begins, within)}, {what} : « page".lower())


def test_a_name_that_is_only_changed_is_asked_about_where_the_former_one_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = asked(tmp_path, capsys, ('label  = "Antivirus"', 'label  = "Protection"'))
    assert [each.partition(", ")[2].partition(" fait")[0] for each in said] == [
        "Protection : « antivirus »",
        "Protection : « antivirus »",
        "Protection : « Antivirus »",
        "Protection : « Antivirus »",
        "Point R1 : « antivirus »",
        "Point R9 : « antivirus »",
        "Point R16 : « antivirus »",
    ]


def test_all_that_is_left_to_change_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A price whose quoted words are the former ones, and a point of a service that is dropped."""
    assert checked(tmp_path, DATES, ("amount = 20 }", "amount = 21 }"), (WEB_PAGE, "")) == 1
    said = capsys.readouterr().out
    for key in ("account_5go.source.text", 'changes."services.web_page', "R5.question", "R5.touches.at_least"):
        assert key in said


def test_a_sound_act_that_sells_other_services_is_asked_nothing_about_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_up = (Path(__file__).parent / "tariffs" / "cdg-62-2027.toml").read_text(encoding="utf-8")
    assert checked(tmp_path, (ADOPTED, made_up)) == 0
    assert "est-ce voulu" not in capsys.readouterr().out


def test_words_that_tell_no_service_from_another_are_not_asked_about(tariff: Tariff) -> None:
    """Words of a name that any text may have, and those of the bodies' names."""
    before = tariff.changed({"services.web_page.label": "Page numérique avec ou sans service de mise en ligne"})
    assert [place for place, _ in doubts(before, tariff)] == [("title",)]


def test_questions_come_in_the_order_of_the_file_with_its_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nouns = (("certificat", "licence"),) * 2
    dearer = [("amount = 15 }", "amount = 150 }"), ("domaine 15 €", "domaine 150 €")]
    changes = [*dearer, *((f'"{before}"', f'"{after}"') for before, after in nouns)]
    text = act(DATES, *changes)
    assert [each.partition(", ")[0] for each in asked(tmp_path, capsys, *changes)] == [
        f"- ligne {line(text, 'price', '[services.domain.charges.subscription]')}",
        f"- ligne {line(text, 'unit', '[services.certificate.items.certificates_cdg_1y]')}",
    ]
