"""The text for a mail, exactly: complete enough to be read without opening the page."""

from datetime import date
from urllib.parse import quote

import pytest

from pricing import Client, Estimate, Order, Tariff, estimate
from tests.french import plain
from views.reports import mail
from views.reports.handout import Handout

LINK = "https://simulateur.example/?tarif=2024-03-26&habitants=1250"

SUMMARY = """\
Estimation des services numériques : Ruitz
Tarifs TTC adoptés le 26 mars 2024 par le CDG 62. Estimation indicative : seuls les devis engagent.

Catégorie B pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10.
1re année : 1 129,00 €, dont 280,00 € de mise en service, une seule fois
Chaque année ensuite : 759,00 € à 849,00 €, selon les certificats à renouveler ; 789,00 € par an en les répartissant
Six ans : 5 014,00 €

Deux devis :
- La Fibre Numérique 59-62, pour le service : 864,00 € la 1re année, 3 999,00 € sur six ans
- CDG 62, pour l'accompagnement : 265,00 € la 1re année, 1 015,00 € sur six ans"""

WHOLE = f"""\
{SUMMARY}

Le détail :
- Messagerie : mise en service : 40,00 € une fois (4 comptes × 10,00 €)
- Messagerie : compte 5 Go : 80,00 € par an (4 comptes × 20,00 €)
- Messagerie : accompagnement : 50,00 € par an (4 comptes, tranche de 3 à 5 : 50,00 €)
- Nom de domaine : abonnement : 15,00 € par an (1 nom de domaine × 15,00 €)
- Clé de signature : certificat de 3 ans, remis au CDG : 90,00 € tous les 3 ans (1 certificat × 90,00 € pour 3 ans)
- Clé de signature : accompagnement (certificat de 3 ans, remis au CDG) : 1 certificat, inclus
- Sauvegarde 60 Go et partage de fichiers 5 Go : mise en service : 115,00 € une fois (1 sauvegarde × 115,00 €)
- Sauvegarde 60 Go et partage de fichiers 5 Go : accompagnement de la mise en service : \
75,00 € une fois (1 sauvegarde × 75,00 €)
- Sauvegarde 60 Go et partage de fichiers 5 Go : abonnement : 463,00 € par an (1 sauvegarde × 463,00 €)
- Sauvegarde 60 Go et partage de fichiers 5 Go : accompagnement : 50,00 € par an (1 sauvegarde × 50,00 €)
- Démarches simplifiées : abonnement : 51,00 € par an (catégorie B : 51,00 €)
- Démarches simplifiées : mise en service : 50,00 € une fois (catégorie B : 50,00 €)
- Démarches simplifiées : accompagnement : 50,00 € par an (catégorie B : 50,00 €)

Ce qui est supposé :
- Montants en euros, toutes taxes comprises.
- Années complètes, prix de 2024 sans hausse, tous les comptes nouveaux.
- Un certificat arrivé à son terme est repris au même prix.

Retrouver et modifier cette simulation :
https://simulateur.example/?tarif=2024-03-26&habitants=1250"""


def handout(
    present: Estimate, tariff: Tariff, name: str = "", scenarios: tuple[tuple[str, Estimate], ...] = ()
) -> Handout:
    return Handout(present, tariff, name, date(2026, 11, 22), LINK, scenarios)


def body(client: Client, order: Order, tariff: Tariff, name: str = "") -> str:
    return plain(mail.body(handout(estimate(client, order, tariff), tariff, name)))


def paragraph(words: str, first: str) -> list[str]:
    """The lines of the paragraph that begins so."""
    [found] = [each for each in words.split("\n\n") if each.startswith(first)]
    return found.split("\n")


def test_the_whole_mail_of_the_newcomers_commune(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, demarches_simplifiees=True)
    assert body(Client(inhabitants=1_250, agents=6), order, tariff, "Ruitz") == WHOLE


NEWCOMER = Client(inhabitants=1_250, agents=6)
ASKED = Order(mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, demarches_simplifiees=True)


def test_the_scenarios_kept_stand_between_the_detail_and_the_link(tariff: Tariff) -> None:
    other = ASKED.model_copy(update={"backups": 0})
    town = Client(inhabitants=40_000)
    kept: list[tuple[str, Estimate]] = [
        ("Sans sauvegarde", estimate(NEWCOMER, other, tariff)),
        ("À 40 000 habitants", estimate(town, Order(demarches_simplifiees=True), tariff)),
    ]
    present = estimate(NEWCOMER, ASKED, tariff)
    words = plain(mail.body(handout(present, tariff, "Ruitz", tuple(kept))))
    # 5 014 less 190 once and 513 six times; G: 2 553 six times, 200 once, and a quote
    scenarios = """\
Les scénarios gardés :
- Sans sauvegarde : 1 746,00 € sur six ans, 3 268,00 € de moins (Sauvegardes : 0 au lieu de 1)
- À 40 000 habitants : 15 518,00 € + 1 montant sur devis sur six ans, 10 504,00 € de plus et 1 montant sur devis de \
plus (Habitants : 40 000 au lieu de 1 250 ; Agents : non renseigné au lieu de 6 ; Comptes de messagerie 5 Go : 0 au \
lieu de 4 ; Noms de domaine : 0 au lieu de 1 ; Certificat de 3 ans, remis au CDG : 0 au lieu de 1 ; Sauvegardes : 0 \
au lieu de 1)"""
    before, after = WHOLE.split("\n\nCe qui est supposé")
    assert words == f"{before}\n\n{scenarios}\n\nCe qui est supposé{after}"


def test_a_scenario_that_asks_for_the_same_has_nothing_beside_it(tariff: Tariff) -> None:
    present = estimate(NEWCOMER, ASKED, tariff)
    words = plain(mail.body(handout(present, tariff, "Ruitz", (("Le même", present),))))
    assert paragraph(words, "Les scénarios")[1:] == ["- Le même : 5 014,00 € sur six ans, aucun écart"]


def test_without_scenarios_the_mail_does_not_speak_of_them(tariff: Tariff) -> None:
    present = estimate(NEWCOMER, ASKED, tariff)
    assert plain(mail.body(handout(present, tariff, "Ruitz"))) == WHOLE
    assert "scénario" not in WHOLE


def test_the_scenarios_come_after_what_is_set_aside(tariff: Tariff) -> None:
    present = estimate(NEWCOMER, Order(domains=1, extra_storage_go=3), tariff)
    words = plain(mail.body(handout(present, tariff, scenarios=(("Tel quel", present),))))
    heads = [each.split("\n")[0] for each in words.split("\n\n")]
    assert heads[-5:] == [
        "Non compris dans ces montants :",
        "Le détail :",
        "Les scénarios gardés :",
        "Ce qui est supposé :",
        "Retrouver et modifier cette simulation :",
    ]


# The short mail


def test_the_short_mail_is_the_summary_and_the_link(tariff: Tariff) -> None:
    words = plain(mail.short(handout(estimate(NEWCOMER, ASKED, tariff), tariff, "Ruitz")))
    assert words == f"{SUMMARY}\n\n{LINK}"


def test_the_short_mail_leaves_out_no_quote_and_no_unknown(tariff: Tariff) -> None:
    order = Order(backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True)
    present = estimate(Client(inhabitants=1_250), order, tariff)
    words = plain(mail.short(handout(present, tariff)))
    whole = plain(mail.body(handout(present, tariff)))
    assert words.removesuffix(LINK) == whole[: whole.index("Non compris dans ces montants :")]
    assert words.count("sur devis") == 8
    unknown = plain(mail.short(handout(estimate(Client(), ASKED, tariff), tariff)))
    assert "Catégorie" not in unknown
    assert paragraph(unknown, "1re année")[0] == (
        "1re année : 978,00 € + 3 montants à compléter, dont 230,00 € + 1 montant à compléter de mise en service, "
        "une seule fois"
    )


def test_the_short_mail_of_a_common_order_fits_the_address_of_a_mail(tariff: Tariff) -> None:
    """Written in an address, where every accent takes six characters; 2 000 is what mail programs open."""
    present = estimate(NEWCOMER, ASKED, tariff)
    subject, short = mail.subject("Ruitz"), mail.short(handout(present, tariff, "Ruitz"))
    assert len(f"mailto:?subject={quote(subject)}&body={quote(short)}") < 2_000


# What is left out


def test_what_is_on_quote_is_never_a_zero_and_what_is_set_aside_is_said(tariff: Tariff) -> None:
    order = Order(demarches_simplifiees=True, extra_storage_go=3)
    words = body(Client(structure="epci"), order, tariff)
    assert paragraph(words, "1re année") == [
        "1re année : 3 montants sur devis, dont 1 montant sur devis de mise en service, une seule fois",
        "Chaque année ensuite : 2 montants sur devis",
        "Six ans : 3 montants sur devis",
    ]
    assert "€" not in words
    assert "Catégorie" not in words
    assert paragraph(words, "Non compris dans ces montants") == [
        "Non compris dans ces montants :",
        "- Démarches simplifiées, abonnement, mise en service et accompagnement : sur devis, comme l'acte le prévoit "
        "pour les autres structures",
        "- « Stockage supplémentaire » demande au moins 1 sauvegarde : rien n'est compté.",
    ]


def test_a_price_that_the_act_does_not_state_is_said_in_the_mail(tariff: Tariff) -> None:
    words = body(Client(), Order(certificates_cdg_3y=1, certificates_on_site_3y=1), tariff)
    assert paragraph(words, "Non compris dans ces montants")[1:] == [
        "- Clé de signature, accompagnement (certificat de 3 ans, remis sur site) : aucun prix indiqué dans l'acte, "
        "rien n'est compté."
    ]
    assert paragraph(words, "Un seul devis") == [
        "Un seul devis :",
        "- La Fibre Numérique 59-62, pour le service : 276,00 € la 1re année, 552,00 € sur six ans",
    ]


def test_the_mail_of_an_order_of_which_nothing_counts_has_no_empty_heading(tariff: Tariff) -> None:
    assert "Le détail" not in body(Client(), Order(extra_storage_go=3), tariff)


def test_a_total_that_leaves_a_quote_out_says_so_in_every_figure(tariff: Tariff) -> None:
    order = Order(backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True)
    words = body(Client(inhabitants=1_250), order, tariff)
    assert paragraph(words, "Catégorie B") == [
        "Catégorie B pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000.",
        "1re année : 1 060,00 € + 2 montants sur devis, dont 190,00 € + 1 montant sur devis de mise en service, une "
        "seule fois",
        "Chaque année ensuite : 870,00 € + 1 montant sur devis",
        "Six ans : 5 410,00 € + 2 montants sur devis",
    ]
    assert paragraph(words, "Deux devis") == [
        "Deux devis :",
        "- La Fibre Numérique 59-62, pour le service : 935,00 € + 1 montant sur devis la 1re année, "
        "5 035,00 € + 1 montant sur devis sur six ans",
        "- CDG 62, pour l'accompagnement : 125,00 € + 1 montant sur devis la 1re année, "
        "375,00 € + 1 montant sur devis sur six ans",
    ]


def test_a_later_year_that_varies_is_given_as_a_range(tariff: Tariff) -> None:
    order = Order(domains=1, certificates_on_site_2y=1)
    assert "Chaque année ensuite : 15,00 € à 195,00 €" in body(Client(), order, tariff)


def test_the_link_stands_alone_on_the_last_line_so_that_it_can_be_clicked(tariff: Tariff) -> None:
    assert body(Client(), Order(domains=1), tariff).split("\n")[-1] == LINK


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("", "Estimation des services numériques"),
        ("Nœux-les-Mines", "Estimation des services numériques : Nœux-les-Mines"),
    ],
)
def test_the_subject_names_the_collectivite_where_it_is_known(name: str, subject: str, tariff: Tariff) -> None:
    assert mail.subject(name) == subject
    assert body(Client(), Order(domains=1), tariff, name).startswith(f"{subject}\n")


def test_every_line_of_the_estimate_is_in_the_mail_once(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=21, web_pages=2, certificates_on_site_1y=1, backups=2, extra_storage_go=10)
    result = estimate(Client(inhabitants=800), order, tariff)
    lines = paragraph(body(Client(inhabitants=800), order, tariff), "Le détail")[1:]
    assert len(lines) == len(result.lines)
    for line, said in zip(result.lines, lines, strict=True):
        assert said.startswith(f"- {plain(line.name)} : ")
        assert plain(line.words()) in said
