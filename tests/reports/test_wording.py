"""The exact text beside and behind every field."""

from decimal import Decimal

import pytest

from pricing import Client, Order, Tariff, estimate
from pricing.category import Placed, place
from pricing.order import CHOICES, ITEMS
from pricing.prices import OnQuote
from pricing.rating import Missing
from pricing.tariff import RHYTHMS
from tests.french import plain
from views.reports.wording import RHYTHM_TITLE, at_place, how_often, of_place, price_beside, prices_in_full

BESIDE = {
    "mailboxes_5go": (
        "20,00 € par compte et par an ; mise en service 10,00 € par compte ; accompagnement : prix selon le "
        "nombre de comptes"
    ),
    "mailboxes_unlimited": (
        "27,00 € par compte et par an ; mise en service 10,00 € par compte ; accompagnement : prix selon le "
        "nombre de comptes"
    ),
    "domains": "15,00 € par nom de domaine et par an",
    "web_pages": "14,00 € par compte et par an ; mise en service 50,00 € par compte",
    "certificates_cdg_1y": "76,80 € par certificat, pour 1 an",
    "certificates_cdg_2y": "84,00 € par certificat, pour 2 ans",
    "certificates_cdg_3y": "90,00 € par certificat, pour 3 ans",
    "certificates_on_site_1y": "172,80 € par certificat, pour 1 an",
    "certificates_on_site_2y": "180,00 € par certificat, pour 2 ans",
    "certificates_on_site_3y": "186,00 € par certificat, pour 3 ans",
    "backups": "513,00 € par sauvegarde et par an ; mise en service 190,00 € par sauvegarde",
    "extra_storage_go": "11,00 € par Go et par an",
    "antivirus_devices": "17,00 € par ordinateur et par an",
    "antivirus_intervention": "mise en service : prix selon le nombre d'ordinateurs",
    "demarches_simplifiees": "101,00 € par an ; mise en service 50,00 €",
}
_SUPPORT = (
    "Accompagnement (CDG 62) : chaque année, 1 à 2 comptes : 25,00 € ; 3 à 5 comptes : 50,00 € ; 6 à 10 comptes : "
    "100,00 € ; 11 à 20 comptes : 150,00 € ; au-delà de 20 : 150,00 € + 50,00 € par tranche de 20 entamée au-delà de 20"
)
_INSTALLED = (
    "Mise en service (CDG 62) : 1 à 2 ordinateurs : 50,00 € ; 3 à 5 ordinateurs : 100,00 € ; 6 à 10 ordinateurs : "
    "200,00 € ; 11 à 20 ordinateurs : 300,00 € ; au-delà de 20 : sur devis"
)
IN_FULL = {
    "mailboxes_5go": [
        "Mise en service (CDG 62) : 10,00 € par compte, une fois",
        "Compte 5 Go (La Fibre 59-62) : 20,00 € par compte et par an",
        _SUPPORT,
    ],
    "mailboxes_unlimited": [
        "Mise en service (CDG 62) : 10,00 € par compte, une fois",
        "Compte illimité (La Fibre 59-62) : 27,00 € par compte et par an",
        _SUPPORT,
    ],
    "domains": ["Abonnement (La Fibre 59-62) : 15,00 € par nom de domaine et par an"],
    "web_pages": [
        "Abonnement (La Fibre 59-62) : 14,00 € par compte et par an",
        "Mise en service (CDG 62) : 50,00 € par compte, une fois",
    ],
    **{
        f"certificates_{key}_{years}y": [
            f"Certificat de {term}, {handed} (La Fibre 59-62) : {price} € par certificat{every}",
            f"Accompagnement (certificat de {term}, {handed}) (CDG 62) : {support}",
        ]
        for key, handed, support, prices in (
            ("cdg", "remis au CDG", "inclus", ("76,80", "84,00", "90,00")),
            ("on_site", "remis sur site", "aucun prix indiqué dans l'acte", ("172,80", "180,00", "186,00")),
        )
        for years, term, every, price in zip(
            (1, 2, 3),
            ("1 an", "2 ans", "3 ans"),
            (" et par an", ", tous les 2 ans", ", tous les 3 ans"),
            prices,
            strict=True,
        )
    },
    "backups": [
        "Mise en service (La Fibre 59-62) : 115,00 € par sauvegarde, une fois",
        "Accompagnement de la mise en service (CDG 62) : 75,00 € par sauvegarde, une fois",
        "Abonnement (La Fibre 59-62) : 463,00 € par sauvegarde et par an",
        "Accompagnement (CDG 62) : 50,00 € par sauvegarde et par an",
    ],
    "extra_storage_go": [
        "Stockage supplémentaire (La Fibre 59-62) : 11,00 € par Go et par an, jusqu'à 100 Go ; au-delà sur devis",
    ],
    "antivirus_devices": ["Abonnement (La Fibre 59-62) : 17,00 € par ordinateur et par an", _INSTALLED],
    "antivirus_intervention": [_INSTALLED],
    "demarches_simplifiees": [
        "Abonnement (La Fibre 59-62) : chaque année, catégorie A : 26,00 € ; B : 51,00 € ; C : 128,00 € ; "
        "D : 256,00 € ; E : 639,00 € ; F : 1 277,00 € ; G : 2 553,00 € ; H : 5 106,00 € ; I : 10 212,00 €",
        "Mise en service (La Fibre 59-62) : catégorie A : 50,00 € ; B : 50,00 € ; C : 200,00 € ; D : 200,00 € ; "
        "E : 200,00 € ; F : 200,00 € ; G : 200,00 € ; H : 200,00 € ; I : 200,00 €",
        "Accompagnement (CDG 62) : chaque année, catégorie A : 25,00 € ; B : 50,00 € ; C : 100,00 € ; D : 100,00 € ; "
        "E : 200,00 € ; F : 400,00 € ; G : sur devis ; H : sur devis ; I : sur devis",
    ],
}


def category_of(client: Client, tariff: Tariff) -> str | OnQuote | Missing:
    """Return the client's category, or the reason why it has none."""
    placement = place(client, tariff.grids["demarches"])
    return placement.category if isinstance(placement, Placed) else placement.outcome


def test_every_item_has_its_expected_text() -> None:
    assert tuple(BESIDE) == tuple(IN_FULL) == ITEMS


@pytest.mark.parametrize("item", ITEMS)
def test_the_price_beside_a_field_has_its_exact_text(item: str, tariff: Tariff) -> None:
    assert plain(price_beside(tariff, item, "B")) == BESIDE[item]


@pytest.mark.parametrize("item", ITEMS)
def test_every_price_behind_a_field_has_its_exact_text(item: str, tariff: Tariff) -> None:
    assert [plain(each) for each in prices_in_full(tariff, item)] == IN_FULL[item]


@pytest.mark.parametrize(
    ("client", "words"),
    [
        (Client(inhabitants=500), "51,00 € par an ; mise en service 50,00 €"),
        (Client(inhabitants=25_000), "1 677,00 € par an ; mise en service 200,00 €"),
        (Client(inhabitants=40_000), "2 553,00 € par an ; mise en service 200,00 € ; accompagnement sur devis"),
        (Client(inhabitants=200_000), "10 212,00 € par an ; mise en service 200,00 € ; accompagnement sur devis"),
        (Client(), "prix selon la catégorie"),
        (Client(structure="epci", inhabitants=30_000), "sur devis"),
        (Client(structure="other"), "sur devis"),
    ],
)
def test_a_price_by_category_is_that_of_the_clients_category(client: Client, words: str, tariff: Tariff) -> None:
    assert plain(price_beside(tariff, "demarches_simplifiees", category_of(client, tariff))) == words


def test_only_the_prices_by_category_depend_on_the_client(tariff: Tariff) -> None:
    for item in ITEMS:
        words = {
            price_beside(tariff, item, category_of(client, tariff))
            for client in (Client(inhabitants=500), Client(inhabitants=40_000), Client(), Client(structure="epci"))
        }
        assert (len(words) == 1) == (item != "demarches_simplifiees")


def test_a_unit_is_named_beside_every_amount_of_a_counted_item_and_no_other(tariff: Tariff) -> None:
    for item in ITEMS:
        words = plain(price_beside(tariff, item, "B"))
        amounts, unit = words.count("€"), f"€ par {tariff.items[item].unit}"
        assert words.count(unit) == (0 if item in CHOICES else amounts), item


def test_every_rhythm_has_its_title() -> None:
    assert set(RHYTHM_TITLE) == set(RHYTHMS)
    assert list(RHYTHM_TITLE.values()) == ["Mise en service", "Chaque année", "Certificats, pour leur durée"]


def test_the_frequency_of_a_charge_is_given_after_its_amount(tariff: Tariff) -> None:
    assert {(position.rhythm, position.every, how_often(position)) for position in tariff.positions} == {
        ("setup", 0, "une fois"),
        ("yearly", 1, "par an"),
        ("term", 1, "par an"),
        ("term", 2, "tous les 2 ans"),
        ("term", 3, "tous les 3 ans"),
    }


def test_a_charge_is_paid_as_often_as_its_text_says(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=1, certificates_cdg_1y=1, certificates_cdg_2y=1, certificates_cdg_3y=1)
    times = {"une fois": 1, "par an": 6, "tous les 2 ans": 3, "tous les 3 ans": 2}
    lines = estimate(Client(), order, tariff).lines
    assert {how_often(line.position) for line in lines} == set(times)
    assert all(line.times() == times[how_often(line.position)] for line in lines)


@pytest.mark.parametrize(
    ("key", "price", "item", "beside", "in_full"),
    [
        (
            "services.domain.charges.subscription.price",
            {"kind": "on_quote", "why": "sur devis : selon l'extension"},
            "domains",
            "abonnement sur devis",
            ["Abonnement (La Fibre 59-62) : sur devis"],
        ),
        (
            "services.certificate.charges.cdg.price",
            {"kind": "per_unit", "amount": Decimal(80)},
            "certificates_cdg_2y",
            "80,00 € par certificat, pour 2 ans",
            [
                "Certificat de 2 ans, remis au CDG (La Fibre 59-62) : 80,00 € par certificat, pour la durée",
                "Accompagnement (certificat de 2 ans, remis au CDG) (CDG 62) : inclus",
            ],
        ),
    ],
    ids=["on quote", "the same for every term"],
)
def test_prices_that_another_tariff_may_have_get_a_text_too(
    key: str, price: dict[str, object], item: str, beside: str, in_full: list[str], tariff: Tariff
) -> None:
    changed = tariff.changed({key: price})
    assert plain(price_beside(changed, item, "B")) == beside
    assert [plain(each) for each in prices_in_full(changed, item)] == in_full


def test_blocks_counted_from_the_first_unit_are_said_to_replace_the_last_band(tariff: Tariff) -> None:
    changed = tariff.changed({"services.mailbox.charges.support.price.beyond.counted_from": "first_unit"})
    assert plain(prices_in_full(changed, "mailboxes_5go")[-1]).endswith(
        "11 à 20 comptes : 150,00 € ; au-delà de 20 : 50,00 € par tranche de 20 entamée"
    )


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Ruitz", "de Ruitz", "à Ruitz"),
        ("Arras", "d'Arras", "à Arras"),
        ("Éperlecques", "d'Éperlecques", "à Éperlecques"),
        ("Le Touquet-Paris-Plage", "du Touquet-Paris-Plage", "au Touquet-Paris-Plage"),
        ("Les Attaques", "des Attaques", "aux Attaques"),
        ("La Couture", "de La Couture", "à La Couture"),
        ("Leforest", "de Leforest", "à Leforest"),
        ("Hesdin", "de Hesdin", "à Hesdin"),
    ],
)
def test_a_commune_is_named_with_its_article(name: str, of: str, at: str) -> None:
    assert (of_place(name), at_place(name)) == (of, at)
