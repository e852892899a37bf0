"""The exact text of the mail: complete enough to be read without opening the page."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import given, settings

from pricing import Client, Estimate, Order, Tariff, estimate, load
from tests.french import plain
from tests.test_properties import CLIENTS, ORDERS
from views.reports import mail
from views.reports.handout import Handout
from views.reports.summary import Summary

LINK = "https://simulateur.example/?tarif=2024-03-26&habitants=1250"
NEWCOMER = Client(inhabitants=1_250, agents=6)
ASKED = Order(mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, demarches_simplifiees=True)
ON_QUOTE = Order(backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True)

OPENING = """\
Bonjour,

Estimation des services numériques : Ruitz
Établie le 22 novembre 2026 aux tarifs TTC adoptés le 26 mars 2024 par le CDG 62. \
Estimation indicative : seuls les devis engagent."""
FIGURES = """\
Catégorie B pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10.
{} : 1 129,00 €, dont 280,00 € de mise en service, une seule fois
{} : 759,00 € à 849,00 €, selon les certificats à renouveler ; 789,00 € par an en les répartissant
{} : 5 014,00 €, la durée d'un mandat
Selon les réponses à tous les points à confirmer, la 1re année ne changerait pas et le total de six ans irait de \
4 764,00 € à 5 014,00 €."""
QUOTES = """\
Deux devis :
- La Fibre Numérique 59-62, pour le service : 864,00 € la 1re année, 3 999,00 € sur six ans
- CDG 62, pour l'accompagnement : 265,00 € la 1re année, 1 015,00 € sur six ans"""
DETAIL = """\
Messagerie :
- Mise en service : 40,00 € une fois (4 comptes × 10,00 €)
- Compte 5 Go : 80,00 € par an (4 comptes × 20,00 €)
- Accompagnement : 50,00 € par an (4 comptes, tranche de 3 à 5 : 50,00 €)

Nom de domaine :
- Abonnement : 15,00 € par an (1 nom de domaine × 15,00 €)

Clé de signature :
- Certificat de 3 ans, remis au CDG : 90,00 € tous les 3 ans (1 certificat × 90,00 € pour 3 ans)
- Accompagnement (certificat de 3 ans, remis au CDG) : 1 certificat, inclus

Sauvegarde 60 Go et partage de fichiers 5 Go :
- Mise en service : 115,00 € une fois (1 sauvegarde × 115,00 €)
- Accompagnement de la mise en service : 75,00 € une fois (1 sauvegarde × 75,00 €)
- Abonnement : 463,00 € par an (1 sauvegarde × 463,00 €)
- Accompagnement : 50,00 € par an (1 sauvegarde × 50,00 €)

Démarches simplifiées :
- Abonnement : 51,00 € par an (catégorie B : 51,00 €)
- Mise en service : 50,00 € une fois (catégorie B : 50,00 €)
- Accompagnement : 50,00 € par an (catégorie B : 50,00 €)"""
CLOSING = f"""\
Ce qui est supposé :
- Montants en euros, toutes taxes comprises.
- Années complètes, prix de 2024 sans hausse, tous les comptes nouveaux.
- Un certificat arrivé à son terme est repris au même prix.

Retrouver et modifier cette simulation :
{LINK}"""


def summary(present: Estimate, tariff: Tariff, name: str = "Ruitz", link: str = LINK, **more: Any) -> Summary:
    return Summary(Handout(present, tariff, name, date(2026, 11, 22), link, **more))


def headed(of: Summary) -> str:
    """Return the figures under the headings of the summary."""
    return FIGURES.format(*(each.heading for each in of.figures))


def body(client: Client, order: Order, tariff: Tariff) -> str:
    return plain(mail.body(summary(estimate(client, order, tariff), tariff)))


def short(of: Summary) -> tuple[str, str]:
    """Return the subject and the text that the URL of a mail holds."""
    address = mail.address(of)
    assert address.startswith("mailto:?")
    parts = parse_qs(address.removeprefix("mailto:?"), keep_blank_values=True, separator="&")
    assert set(parts) == {"subject", "body"}
    return parts["subject"][0], parts["body"][0]


def test_the_whole_mail_of_the_newcomers_commune(tariff: Tariff) -> None:
    of = summary(estimate(NEWCOMER, ASKED, tariff), tariff)
    assert plain(mail.body(of)) == "\n\n".join([OPENING, headed(of), QUOTES, DETAIL, CLOSING])


def test_the_scenarios_kept_come_between_the_detail_and_the_assumptions(tariff: Tariff) -> None:
    present = estimate(NEWCOMER, ASKED, tariff)
    kept = (
        ("Sans sauvegarde", estimate(NEWCOMER, ASKED.model_copy(update={"backups": 0}), tariff)),
        ("À 40 000 habitants", estimate(Client(inhabitants=40_000, agents=6), ASKED, tariff)),
        ("Le même", present),
    )
    # 5 014 less 190 once and 513 six times; G: 2 553 a year for 101 and 200 once for 50, and a quote
    scenarios = """\
Les scénarios gardés :
- Sans sauvegarde : 1 746,00 € sur six ans, 3 268,00 € de moins (Sauvegardes : 0 au lieu de 1)
- À 40 000 habitants : 19 876,00 € + 1 montant sur devis sur six ans, 14 862,00 € de plus et 1 montant sur devis de \
plus (Habitants : 40 000 au lieu de 1 250)
- Le même : 5 014,00 € sur six ans, aucun écart"""
    assert f"{DETAIL}\n\n{scenarios}\n\n{CLOSING}" in plain(mail.body(summary(present, tariff, scenarios=kept)))


@pytest.mark.parametrize(
    ("client", "order", "paragraphs"),
    [
        (
            Client(structure="epci"),
            Order(demarches_simplifiees=True, extra_storage_go=3),
            [
                "Deux devis :\n"
                "- La Fibre Numérique 59-62, pour le service : 2 montants sur devis la 1re année, 2 montants sur devis "
                "sur six ans\n"
                "- CDG 62, pour l'accompagnement : 1 montant sur devis la 1re année, 1 montant sur devis sur six ans",
                "Non compris dans ces montants :\n"
                "- Démarches simplifiées, abonnement, mise en service et accompagnement : sur devis, comme l'acte le "
                "prévoit pour les autres structures\n"
                "- « Stockage supplémentaire » demande au moins 1 sauvegarde : rien n'est compté.",
            ],
        ),
        (
            Client(),
            Order(domains=1, certificates_cdg_3y=1, certificates_on_site_3y=1),
            [
                "Un seul devis :\n"
                "- La Fibre Numérique 59-62, pour le service : 291,00 € la 1re année, 642,00 € sur six ans",
                "Non compris dans ces montants :\n"
                "- Clé de signature, accompagnement (certificat de 3 ans, remis sur site) : aucun prix indiqué dans "
                "l'acte, rien n'est compté.",
            ],
        ),
        (
            NEWCOMER,
            ON_QUOTE,
            [
                "Deux devis :\n"
                "- La Fibre Numérique 59-62, pour le service : 935,00 € + 1 montant sur devis la 1re année, "
                "5 035,00 € + 1 montant sur devis sur six ans\n"
                "- CDG 62, pour l'accompagnement : 125,00 € + 1 montant sur devis la 1re année, "
                "375,00 € + 1 montant sur devis sur six ans",
            ],
        ),
    ],
)
def test_a_line_without_an_amount_is_named_and_never_a_zero(
    client: Client, order: Order, paragraphs: list[str], tariff: Tariff
) -> None:
    words = body(client, order, tariff)
    assert [each for each in paragraphs if each not in words.split("\n\n")] == []
    assert " 0,00 €" not in words


def test_every_line_of_the_estimate_is_in_the_mail_once_and_no_heading_is_empty(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=21, web_pages=2, certificates_on_site_1y=1, backups=2, extra_storage_go=10)
    result = estimate(NEWCOMER, order, tariff)
    for line in result.lines:
        assert body(NEWCOMER, order, tariff).count(f"\n- {plain(line.position.label)} : ") >= 1
        assert plain(line.words()) in body(NEWCOMER, order, tariff)
    assert not any(each.endswith(":") for each in body(NEWCOMER, Order(extra_storage_go=3), tariff).split("\n\n"))


# The short mail


def test_the_short_mail_is_the_answer_and_the_link(tariff: Tariff) -> None:
    of = summary(estimate(NEWCOMER, ASKED, tariff), tariff)
    link = f"Retrouver et modifier cette simulation :\n{LINK}"
    paragraphs = [OPENING, headed(of), QUOTES, link]
    assert short(of) == (of.title, "\n\n".join(paragraphs).replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("link", "without"),
    [
        (LINK, []),
        (f"{LINK}&x={'y' * 450}", ["devis :"]),
        (f"{LINK}&x={'y' * 700}", ["devis :", "Catégorie", "dont "]),
        (f"{LINK}&x={'y' * 1_400}", ["devis :", "Catégorie", "dont ", LINK]),
    ],
    ids=["whole", "no quotes", "bare figures", "no link"],
)
def test_a_short_mail_that_would_be_too_long_is_shortened(link: str, without: list[str], tariff: Tariff) -> None:
    of = summary(estimate(NEWCOMER, ASKED, tariff), tariff, link=link)
    _, words = short(of)
    assert [each for each in ("devis :", "Catégorie", "dont ", LINK) if each not in words] == without
    assert all(plain(each.words) in words for each in of.figures)
    assert words.split("\r\n")[-1] == (mail.TOO_LONG if LINK in without else link)


@settings(max_examples=50)
@given(client=CLIENTS, order=ORDERS)
def test_every_mail_program_opens_the_short_mail_of_every_order(client: Client, order: Order) -> None:
    tariff = load().adopted(date(2024, 3, 26))
    name, link = "Œ" * 26, f"https://simulateur.example/?{'%C5%92&=' * 200}"
    for length in (60, 300, 1_500):
        of = summary(estimate(client, order, tariff), tariff, name, link=link[:length])
        address = mail.address(of)
        assert len(address) <= 2_000
        assert "%0A" not in address.replace("%0D%0A", "")
        assert not {"\u00a0", "\u202f"} & set(unquote(address))
