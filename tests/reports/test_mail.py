"""The exact text of the mail: complete enough to be read without opening the page."""

from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import given, settings

from pricing import Client, Order, Tariff
from tests.french import plain
from tests.reports.documents import DEMARCHES, EPCI, LINK, ORDINARY, Simulation
from tests.test_properties import CLIENTS, ORDERS
from views.reports import mail
from views.reports.summary import TWO_QUOTES, Summary

OPENING = """\
Bonjour,

Estimation des services numériques : Ruitz
Établie le 1er novembre 2026 aux tarifs TTC adoptés le 26 mars 2024 par le CDG 62. \
Estimation indicative : seuls les devis engagent."""
FIGURES = """\
Catégorie B pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10.
{} : 1 180,00 €, dont 280,00 € de mise en service, une seule fois
{} : 810,00 € à 900,00 €, selon les certificats à renouveler ; 840,00 € par an en moyenne
{} : 5 320,00 €, la durée d'un mandat
Selon les réponses à tous les points à confirmer, la 1re année ne changerait pas et le total de six ans irait de \
5 070,00 € à 5 320,00 €. Avec des comptes déjà ouverts et une première année incomplète : au moins 470,00 € la 1re \
année et 4 360,00 € sur six ans."""
QUOTES = f"""\
{TWO_QUOTES} :
- La Fibre Numérique 59-62, pour le service : 915,00 € la 1re année, 4 305,00 € sur six ans
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

Antivirus :
- Abonnement : 51,00 € par an (3 ordinateurs × 17,00 €)

Démarches simplifiées :
- Abonnement : 51,00 € par an (catégorie B : 51,00 €)
- Mise en service : 50,00 € une fois (catégorie B : 50,00 €)
- Accompagnement : 50,00 € par an (catégorie B : 50,00 €)"""
# 5 320 less 190 once and 513 six times
SCENARIOS = """\
Les scénarios gardés, par rapport à cette estimation :
- Sans sauvegarde : 2 052,00 € sur six ans, 3 268,00 € de moins (Sauvegardes : 0 au lieu de 1)
- Le même : 5 320,00 € sur six ans, aucun écart"""
ASSUMED = """\
Ce qui est supposé :
- Montants en euros, toutes taxes comprises.
- Années complètes, prix de 2024 sans hausse, tous les comptes nouveaux.
- Un certificat arrivé à son terme est repris au même prix."""
TO_OPEN = f"Retrouver et modifier cette simulation :\n{LINK}"


def headed(of: Summary) -> str:
    """Return the figures under the headings of the summary."""
    return FIGURES.format(*(each.heading for each in of.figures))


def test_the_whole_mail_of_the_newcomers_commune(tariff: Tariff) -> None:
    kept = {"Sans sauvegarde": ORDINARY.model_copy(update={"backups": 0}), "Le même": ORDINARY}
    for scenarios in (None, kept):
        of = Simulation(scenarios=scenarios).summary(tariff)
        paragraphs = [OPENING, headed(of), QUOTES, DETAIL, *([SCENARIOS] if scenarios else []), ASSUMED, TO_OPEN]
        assert plain(mail.body(of)) == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("client", "order", "paragraphs"),
    [
        (
            EPCI,
            DEMARCHES.model_copy(update={"extra_storage_go": 3}),
            f"""\
{TWO_QUOTES} :
- La Fibre Numérique 59-62, pour le service : 2 montants sur devis la 1re année, 2 montants sur devis sur six ans
- CDG 62, pour l'accompagnement : 1 montant sur devis la 1re année, 1 montant sur devis sur six ans

Non compris dans ces montants :
- Démarches simplifiées, abonnement, mise en service et accompagnement : sur devis, comme l'acte le prévoit pour les \
autres structures
- « Stockage supplémentaire » (3 Go) reste demandé sans sauvegarde : rien n'est compté. Il faut au moins \
1 sauvegarde, ou ne plus le demander.

Démarches simplifiées :
""",
        ),
        (
            Client(),
            Order(domains=1, certificates_cdg_3y=1, certificates_on_site_3y=1),
            """\
Un seul devis :
- La Fibre Numérique 59-62, pour le service : 291,00 € la 1re année, 642,00 € sur six ans

Non compris dans ces montants :
- Clé de signature, accompagnement (certificat de 3 ans, remis sur site) : aucun prix indiqué dans l'acte, \
rien n'est compté.

Nom de domaine :
""",
        ),
    ],
)
def test_a_line_without_an_amount_is_named_and_never_a_zero(
    client: Client, order: Order, paragraphs: str, tariff: Tariff
) -> None:
    words = plain(mail.body(Simulation(client, order).summary(tariff)))
    assert paragraphs in words
    assert " 0,00 €" not in words


# The short mail


@pytest.mark.parametrize(
    ("more", "without"),
    [
        (0, []),
        (350, ["devis :"]),
        (700, ["devis :", "Catégorie", "dont "]),
        (1_400, ["devis :", "Catégorie", "dont ", "https:"]),
    ],
    ids=["whole", "no quotes", "bare figures", "no link"],
)
def test_a_short_mail_that_would_be_too_long_is_shortened(more: int, without: list[str], tariff: Tariff) -> None:
    of = Simulation(link=LINK + "y" * more).summary(tariff)
    address = mail.address(of)
    assert address.startswith("mailto:?")
    parts = parse_qs(address.removeprefix("mailto:?"))
    assert parts["subject"] == [of.title]
    words = parts["body"][0].replace("\r\n", "\n")
    assert [each for each in ("devis :", "Catégorie", "dont ", "https:") if each not in words] == without
    assert all(plain(each.words) in words for each in of.figures)
    assert words.endswith(f"\n{mail.TOO_LONG if 'https:' in without else of.handout.link}")
    if not without:
        assert words == "\n\n".join([OPENING, headed(of), QUOTES, TO_OPEN])


def test_a_short_mail_of_exactly_the_greatest_length_is_whole(tariff: Tariff) -> None:
    room = mail.LONGEST - len(mail.address(Simulation().summary(tariff)))
    longest, longer = (mail.address(Simulation(link=LINK + "y" * more).summary(tariff)) for more in (room, room + 1))
    assert len(longest) == mail.LONGEST > len(longer)


@settings(max_examples=15)
@given(client=CLIENTS, order=ORDERS)
def test_every_mail_program_opens_the_short_mail_of_every_order(client: Client, order: Order, tariff: Tariff) -> None:
    for length in (60, 300, 1_500):
        link = f"https://simulateur.example/?{'%C5%92&=' * 200}"[:length]
        address = mail.address(Simulation(client, order, "Œ" * 26, link=link).summary(tariff))
        assert len(address) <= 2_000
        assert "%0A" not in address.replace("%0D%0A", "")
        assert not {"\u00a0", "\u202f"} & set(unquote(address))
