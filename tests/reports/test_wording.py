"""The exact text beside and behind the fields, for each kind of price; names of communes and questions of doubt."""

from decimal import Decimal

import pytest

from pricing import Client, Order, Tariff, estimate
from tests.french import plain
from tests.links import ACT, CHOICES, ITEMS
from tests.reports.documents import EPCI, OTHER
from views.reports.price_words import price_beside, prices_in_full
from views.reports.wording import at_place, doubt, how_often, of_place

_INSTALLED = (
    "Mise en service (CDG 62) : 1 à 2 ordinateurs : 50,00 € ; 3 à 5 ordinateurs : 100,00 € ; 6 à 10 ordinateurs : "
    "200,00 € ; 11 à 20 ordinateurs : 300,00 € ; au-delà de 20 : sur devis"
)
_STEPS = "mise en service : 50,00 € jusqu'à 2 ordinateurs, 100,00 € jusqu'à 5, 200,00 € jusqu'à 10, 300,00 € jusqu'à 20"
TEXTS = {
    "mailboxes_5go": (
        "20,00 € par compte et par an ; mise en service 10,00 € par compte ; accompagnement par an : 25,00 € "
        "jusqu'à 2 comptes, 50,00 € jusqu'à 5, 100,00 € jusqu'à 10, 150,00 € jusqu'à 20, puis 50,00 € par tranche de "
        "20 de plus",
        [
            "Mise en service (CDG 62) : 10,00 € par compte, une fois",
            "Compte 5 Go (La Fibre 59-62) : 20,00 € par compte et par an",
            "Accompagnement (CDG 62) : chaque année, 1 à 2 comptes : 25,00 € ; 3 à 5 comptes : 50,00 € ; 6 à 10 "
            "comptes : 100,00 € ; 11 à 20 comptes : 150,00 € ; au-delà de 20 : 150,00 € + 50,00 € par tranche de 20 "
            "entamée au-delà de 20",
        ],
    ),
    "certificates_cdg_1y": (
        "76,80 € par certificat, pour 1 an",
        [
            "Certificat de 1 an, remis au CDG (La Fibre 59-62) : 76,80 € par certificat et par an",
            "Accompagnement (certificat de 1 an, remis au CDG) (CDG 62) : inclus",
        ],
    ),
    "certificates_on_site_2y": (
        "180,00 € par certificat, pour 2 ans",
        [
            "Certificat de 2 ans, remis sur site (La Fibre 59-62) : 180,00 € par certificat, tous les 2 ans",
            "Accompagnement (certificat de 2 ans, remis sur site) (CDG 62) : aucun prix indiqué dans l'acte",
        ],
    ),
    "backups": (
        "513,00 € par sauvegarde et par an ; mise en service 190,00 € par sauvegarde",
        [
            "Mise en service (La Fibre 59-62) : 115,00 € par sauvegarde, une fois",
            "Accompagnement de la mise en service (CDG 62) : 75,00 € par sauvegarde, une fois",
            "Abonnement (La Fibre 59-62) : 463,00 € par sauvegarde et par an",
            "Accompagnement (CDG 62) : 50,00 € par sauvegarde et par an",
        ],
    ),
    "extra_storage_go": (
        "11,00 € par Go et par an",
        ["Stockage supplémentaire (La Fibre 59-62) : 11,00 € par Go et par an, jusqu'à 100 Go ; au-delà sur devis"],
    ),
    "antivirus_devices": (
        "17,00 € par ordinateur et par an",
        ["Abonnement (La Fibre 59-62) : 17,00 € par ordinateur et par an", _INSTALLED],
    ),
    "antivirus_intervention": (f"{_STEPS}, sur devis au-delà", [_INSTALLED]),
    "demarches_simplifiees": (
        "101,00 € par an ; mise en service 50,00 €",
        [
            "Abonnement (La Fibre 59-62) : chaque année, catégorie A : 26,00 € ; B : 51,00 € ; C : 128,00 € ; "
            "D : 256,00 € ; E : 639,00 € ; F : 1 277,00 € ; G : 2 553,00 € ; H : 5 106,00 € ; I : 10 212,00 €",
            "Mise en service (La Fibre 59-62) : catégorie A : 50,00 € ; B : 50,00 € ; C : 200,00 € ; D : 200,00 € ; "
            "E : 200,00 € ; F : 200,00 € ; G : 200,00 € ; H : 200,00 € ; I : 200,00 €",
            "Accompagnement (CDG 62) : chaque année, catégorie A : 25,00 € ; B : 50,00 € ; C : 100,00 € ; D : 100,00 "
            "€ ; E : 200,00 € ; F : 400,00 € ; G : sur devis ; H : sur devis ; I : sur devis",
        ],
    ),
}
"""Text beside a field and those behind it, for a client of category B."""


OF_B = estimate(Client(inhabitants=1_250), Order(), ACT)


@pytest.mark.parametrize(("item", "texts"), TEXTS.items(), ids=list(TEXTS))
def test_the_prices_of_a_field_have_their_exact_text(item: str, texts: tuple[str, list[str]], tariff: Tariff) -> None:
    assert (plain(price_beside(tariff, item, OF_B)), [plain(each) for each in prices_in_full(tariff, item)]) == texts


@pytest.mark.parametrize(
    ("client", "words"),
    [
        (Client(inhabitants=25_000), "1 677,00 € par an ; mise en service 200,00 €"),
        (Client(inhabitants=40_000), "2 553,00 € par an ; mise en service 200,00 € ; accompagnement sur devis"),
        (Client(), "prix selon la catégorie"),
        (EPCI, "sur devis"),
        (OTHER, "sur devis"),
    ],
)
def test_only_a_price_by_category_depends_on_the_client(client: Client, words: str, tariff: Tariff) -> None:
    present = estimate(client, Order(), tariff)
    beside = {item: plain(price_beside(tariff, item, present)) for item in ITEMS}
    assert beside["demarches_simplifiees"] == words
    assert [item for item, text in beside.items() if text != plain(price_beside(tariff, item, OF_B))] == [
        "demarches_simplifiees"
    ]


def test_a_unit_is_named_beside_every_amount_of_a_counted_item_and_no_other(tariff: Tariff) -> None:
    for item in ITEMS:
        words = plain(price_beside(tariff, item, OF_B))
        amounts, unit = words.partition(" : ")[0].count("€"), f"€ par {tariff.items[item].unit}"
        assert words.count(unit) == (0 if item in CHOICES else amounts), item


def test_a_charge_is_paid_as_often_as_its_text_says(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=1, certificates_cdg_1y=1, certificates_cdg_2y=1, certificates_cdg_3y=1)
    lines = estimate(Client(), order, tariff).lines
    times = {"une fois": 1, "par an": 6, "tous les 2 ans": 3, "tous les 3 ans": 2}
    assert {how_often(line.position): line.times() for line in lines} == times


@pytest.mark.parametrize(
    ("key", "price", "item", "beside", "in_full"),
    [
        (
            "services.domain.charges.subscription.price",
            {"kind": "on_quote", "why": "sur devis : selon l'extension"},
            "domains",
            "abonnement sur devis",
            "Abonnement (La Fibre 59-62) : sur devis",
        ),
        (
            "services.certificate.charges.cdg.price",
            {"kind": "per_unit", "amount": Decimal(80)},
            "certificates_cdg_2y",
            "80,00 € par certificat, pour 2 ans",
            "Certificat de 2 ans, remis au CDG (La Fibre 59-62) : 80,00 € par certificat, pour la durée",
        ),
        (
            "services.antivirus.charges.setup.price.beyond",
            {"kind": "blocks", "price": Decimal(70), "size": 5, "counted_from": "first_unit"},
            "antivirus_intervention",
            f"{_STEPS}, au-delà 70,00 € par tranche de 5",
            f"{_INSTALLED.removesuffix('sur devis')}70,00 € par tranche de 5 entamée",
        ),
    ],
    ids=["on quote", "the same for every term", "blocks instead of the last band"],
)
def test_prices_that_another_tariff_may_have_get_a_text_too(
    key: str, price: dict[str, object], item: str, beside: str, in_full: str, tariff: Tariff
) -> None:
    changed = tariff.changed({key: price})
    assert plain(price_beside(changed, item, OF_B)) == beside
    assert plain(prices_in_full(changed, item)[0]) == in_full


@pytest.mark.parametrize(
    ("client", "item", "quantity", "words"),
    [
        (Client(inhabitants=500, agents=8), "antivirus_devices", 45, "45 ordinateurs pour 8 agents : est-ce bien"),
        (Client(inhabitants=500), "backups", 45, "45 sauvegardes pour 500 habitants : est-ce bien"),
        (EPCI, "antivirus_devices", 10_000, "10 000 ordinateurs : est-ce bien"),
        (Client(inhabitants=500, agents=8), "antivirus_devices", 8, ""),
        (Client(inhabitants=500, agents=8), "extra_storage_go", 100, ""),
    ],
)
def test_a_quantity_that_is_probably_a_mistake_is_questioned(
    client: Client, item: str, quantity: int, words: str, tariff: Tariff
) -> None:
    asked = plain(doubt(tariff.items[item], client, quantity))
    assert asked.startswith(words)
    assert bool(asked) == bool(words)


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Ruitz", "de Ruitz", "à Ruitz"),
        ("Arras", "d'Arras", "à Arras"),
        ("Éperlecques", "d'Éperlecques", "à Éperlecques"),
        ("Œuf-en-Ternois", "d'Œuf-en-Ternois", "à Œuf-en-Ternois"),
        ("Le Touquet-Paris-Plage", "du Touquet-Paris-Plage", "au Touquet-Paris-Plage"),
        ("Les Attaques", "des Attaques", "aux Attaques"),
        ("La Couture", "de La Couture", "à La Couture"),
        ("Hesdin", "de Hesdin", "à Hesdin"),
    ],
)
def test_a_commune_is_named_with_its_article(name: str, of: str, at: str) -> None:
    assert (of_place(name), at_place(name)) == (of, at)
