"""Lines of an estimate in French, and totals that always say what they leave out."""

from typing import Any

import pytest

from pricing import Client, Line, Order, Tariff, estimate
from tests.french import plain

TOWN = Client(inhabitants=1_250, agents=6)
EPCI = Client(structure="epci")


@pytest.mark.parametrize(
    ("charge", "order", "name", "words"),
    [
        (
            "backup.extra_storage",
            Order(backups=1, extra_storage_go=40),
            "Sauvegarde 60 Go et partage de fichiers 5 Go : stockage supplémentaire",
            "40 Go × 11,00 €",
        ),
        (
            "antivirus.setup",
            Order(antivirus_devices=4, antivirus_intervention=True),
            "Antivirus : mise en service",
            "4 ordinateurs, tranche de 3 à 5 : 100,00 €",
        ),
        (
            "antivirus.setup",
            Order(antivirus_devices=1_250, antivirus_intervention=True),
            "Antivirus : mise en service",
            "1 250 ordinateurs, sur devis au-delà de 20 ordinateurs",
        ),
        (
            "certificate.cdg_support",
            Order(certificates_cdg_3y=1),
            "Clé de signature : accompagnement (certificat de 3 ans, remis au CDG)",
            "1 certificat, inclus",
        ),
        (
            "certificate.on_site_support",
            Order(certificates_on_site_3y=2),
            "Clé de signature : accompagnement (certificat de 3 ans, remis sur site)",
            "aucun prix indiqué dans l'acte",
        ),
        (
            "demarches.support",
            Order(demarches_simplifiees=True),
            "Démarches simplifiées : accompagnement",
            "catégorie B : 50,00 €",
        ),
    ],
)
def test_a_line_is_named_and_explained(charge: str, order: Order, name: str, words: str, tariff: Tariff) -> None:
    [line] = [line for line in estimate(TOWN, order, tariff).lines if line.position.charge == charge]
    assert (line.name, plain(line.words())) == (name, words)
    assert (line.amount is None) == ("€" not in words and "inclus" not in words)


def test_a_price_by_category_without_one_says_only_why(tariff: Tariff) -> None:
    lines: tuple[Line, ...] = estimate(EPCI, Order(demarches_simplifiees=True), tariff).lines
    assert {line.words() for line in lines} == {"sur devis, comme l'acte le prévoit pour les autres structures"}


@pytest.mark.parametrize(
    ("client", "order", "only", "words"),
    [
        (TOWN, Order(), {}, "0,00 €"),
        # 115 + 75 + 463 + 50 + 21 × 17, and two quotes
        (
            TOWN,
            Order(backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True),
            {},
            "1 060,00 € + 2 montants sur devis",
        ),
        (EPCI, Order(demarches_simplifiees=True), {}, "3 montants sur devis"),
        (Client(), Order(demarches_simplifiees=True), {}, "3 montants à compléter"),
        # « Inclus » adds no zero beside an unknown price
        (TOWN, Order(certificates_cdg_3y=1), {"payee": "cdg"}, "0,00 €"),
        (TOWN, Order(certificates_cdg_3y=1, certificates_on_site_3y=1), {"payee": "cdg"}, "aucun prix indiqué"),
        (
            TOWN,
            Order(certificates_cdg_3y=1, antivirus_devices=21, antivirus_intervention=True),
            {"payee": "cdg"},
            "1 montant sur devis",
        ),
        (TOWN, Order(certificates_on_site_3y=1, mailboxes_5go=1), {"payee": "cdg", "rhythm": "yearly"}, "25,00 €"),
        (TOWN, Order(certificates_on_site_3y=1, mailboxes_5go=1), {"payee": "cdg"}, "35,00 €"),
    ],
)
def test_a_total_says_what_it_leaves_out_and_is_no_zero(
    client: Client, order: Order, only: Any, words: str, tariff: Tariff
) -> None:
    assert plain(estimate(client, order, tariff).first_year(**only).words()) == words


def test_an_item_not_counted_names_what_it_requires(tariff: Tariff) -> None:
    result = estimate(TOWN, Order(extra_storage_go=10, antivirus_intervention=True), tariff)
    assert not result.lines
    assert [plain(aside.why) for aside in result.set_aside] == [
        "« Stockage supplémentaire » (10 Go) reste demandé sans sauvegarde : rien n'est compté. Il faut au moins 1 "
        "sauvegarde, ou ne plus le demander.",
        "« Installation par un intervenant » reste demandé sans ordinateur : rien n'est compté. Il faut au moins 1 "
        "ordinateur, ou ne plus le demander.",
    ]
