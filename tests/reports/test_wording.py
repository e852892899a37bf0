"""The words beside and behind every field, exactly."""

from decimal import Decimal

import pytest

from pricing import Client, Order, Tariff, estimate, points_to_confirm, schedule
from pricing.category import Placed, place
from pricing.options import compare
from pricing.order import CHOICES, ITEMS
from pricing.prices import OnQuote
from pricing.rating import Missing
from pricing.tariff import RHYTHMS
from tests.french import plain
from views.reports.wording import (
    RHYTHM_TITLE,
    assumptions,
    at_place,
    billing,
    category_words,
    changes,
    effect_words,
    how_often,
    later_note,
    left_out,
    not_counted,
    of_place,
    price_beside,
    prices_in_full,
    setup_words,
    spread_words,
    without_category,
)

BESIDE = {
    "mailboxes_5go": (
        "20,00 € par compte et par an ; mise en service 10,00 € par compte ; accompagnement selon le nombre"
    ),
    "mailboxes_unlimited": (
        "27,00 € par compte et par an ; mise en service 10,00 € par compte ; accompagnement selon le nombre"
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
    "antivirus_intervention": "mise en service selon le nombre",
    "demarches_simplifiees": "101,00 € par an ; mise en service 50,00 €",
}
IN_FULL = {
    "mailboxes_5go": [
        "Mise en service (CDG 62) : 10,00 € par compte, une fois",
        "Compte 5 Go (La Fibre 59-62) : 20,00 € par compte et par an",
        "Accompagnement (CDG 62) : chaque année, 1 à 2 comptes : 25,00 € ; 3 à 5 comptes : 50,00 "
        "€ ; 6 à 10 comptes : 100,00 € ; 11 à 20 comptes : 150,00 € ; au-delà de 20 : 150,00 € + "
        "50,00 € par tranche de 20 entamée au-delà de 20",
    ],
    "mailboxes_unlimited": [
        "Mise en service (CDG 62) : 10,00 € par compte, une fois",
        "Compte illimité (La Fibre 59-62) : 27,00 € par compte et par an",
        "Accompagnement (CDG 62) : chaque année, 1 à 2 comptes : 25,00 € ; 3 à 5 comptes : 50,00 "
        "€ ; 6 à 10 comptes : 100,00 € ; 11 à 20 comptes : 150,00 € ; au-delà de 20 : 150,00 € + "
        "50,00 € par tranche de 20 entamée au-delà de 20",
    ],
    "domains": [
        "Abonnement (La Fibre 59-62) : 15,00 € par nom de domaine et par an",
    ],
    "web_pages": [
        "Abonnement (La Fibre 59-62) : 14,00 € par compte et par an",
        "Mise en service (CDG 62) : 50,00 € par compte, une fois",
    ],
    "certificates_cdg_1y": [
        "Certificat de 1 an, remis au CDG (La Fibre 59-62) : 76,80 € par certificat et par an",
        "Accompagnement (certificat de 1 an, remis au CDG) (CDG 62) : inclus",
    ],
    "certificates_cdg_2y": [
        "Certificat de 2 ans, remis au CDG (La Fibre 59-62) : 84,00 € par certificat, tous les 2 ans",
        "Accompagnement (certificat de 2 ans, remis au CDG) (CDG 62) : inclus",
    ],
    "certificates_cdg_3y": [
        "Certificat de 3 ans, remis au CDG (La Fibre 59-62) : 90,00 € par certificat, tous les 3 ans",
        "Accompagnement (certificat de 3 ans, remis au CDG) (CDG 62) : inclus",
    ],
    "certificates_on_site_1y": [
        "Certificat de 1 an, remis sur site (La Fibre 59-62) : 172,80 € par certificat et par an",
        "Accompagnement (certificat de 1 an, remis sur site) (CDG 62) : aucun prix indiqué dans l'acte",
    ],
    "certificates_on_site_2y": [
        "Certificat de 2 ans, remis sur site (La Fibre 59-62) : 180,00 € par certificat, tous les 2 ans",
        "Accompagnement (certificat de 2 ans, remis sur site) (CDG 62) : aucun prix indiqué dans l'acte",
    ],
    "certificates_on_site_3y": [
        "Certificat de 3 ans, remis sur site (La Fibre 59-62) : 186,00 € par certificat, tous les 3 ans",
        "Accompagnement (certificat de 3 ans, remis sur site) (CDG 62) : aucun prix indiqué dans l'acte",
    ],
    "backups": [
        "Mise en service (La Fibre 59-62) : 115,00 € par sauvegarde, une fois",
        "Accompagnement de la mise en service (CDG 62) : 75,00 € par sauvegarde, une fois",
        "Abonnement (La Fibre 59-62) : 463,00 € par sauvegarde et par an",
        "Accompagnement (CDG 62) : 50,00 € par sauvegarde et par an",
    ],
    "extra_storage_go": [
        "Stockage supplémentaire (La Fibre 59-62) : 11,00 € par Go et par an, jusqu'à 100 Go ; au-delà sur devis",
    ],
    "antivirus_devices": [
        "Abonnement (La Fibre 59-62) : 17,00 € par ordinateur et par an",
        "Mise en service (CDG 62) : 1 à 2 ordinateurs : 50,00 € ; 3 à 5 ordinateurs : 100,00 € ; "
        "6 à 10 ordinateurs : 200,00 € ; 11 à 20 ordinateurs : 300,00 € ; au-delà de 20 : sur devis",
    ],
    "antivirus_intervention": [
        "Mise en service (CDG 62) : 1 à 2 ordinateurs : 50,00 € ; 3 à 5 ordinateurs : 100,00 € ; "
        "6 à 10 ordinateurs : 200,00 € ; 11 à 20 ordinateurs : 300,00 € ; au-delà de 20 : sur devis",
    ],
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
    """The client's category, or why it has none."""
    placement = place(client, tariff.categories)
    return placement.category if isinstance(placement, Placed) else placement.outcome


def test_every_item_is_here() -> None:
    assert tuple(BESIDE) == tuple(IN_FULL) == ITEMS


@pytest.mark.parametrize("item", ITEMS)
def test_the_price_beside_a_field_is_worded_so(item: str, tariff: Tariff) -> None:
    assert plain(price_beside(tariff, item, "B")) == BESIDE[item]


@pytest.mark.parametrize("item", ITEMS)
def test_every_price_behind_a_field_is_worded_so(item: str, tariff: Tariff) -> None:
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
def test_a_price_by_category_is_the_clients_own(client: Client, words: str, tariff: Tariff) -> None:
    assert plain(price_beside(tariff, "demarches_simplifiees", category_of(client, tariff))) == words


def test_only_the_prices_by_category_depend_on_who_asks(tariff: Tariff) -> None:
    for item in ITEMS:
        words = {
            price_beside(tariff, item, category_of(client, tariff))
            for client in (Client(inhabitants=500), Client(inhabitants=40_000), Client(), Client(structure="epci"))
        }
        assert (len(words) == 1) == (item != "demarches_simplifiees")


def test_a_unit_is_named_beside_every_amount_of_what_is_counted_and_of_nothing_else(tariff: Tariff) -> None:
    for item in ITEMS:
        words = plain(price_beside(tariff, item, "B"))
        amounts, unit = words.count("€"), f"€ par {tariff.items[item].unit}"
        assert words.count(unit) == (0 if item in CHOICES else amounts), item


def test_every_rhythm_has_its_words() -> None:
    assert set(RHYTHM_TITLE) == set(RHYTHMS)
    assert list(RHYTHM_TITLE.values()) == ["Mise en service", "Chaque année", "Certificats, pour leur durée"]


def test_how_often_a_charge_is_paid_is_said_after_its_amount(tariff: Tariff) -> None:
    assert {(position.rhythm, position.every, how_often(position)) for position in tariff.positions} == {
        ("setup", 0, "une fois"),
        ("yearly", 1, "par an"),
        ("term", 1, "par an"),
        ("term", 2, "tous les 2 ans"),
        ("term", 3, "tous les 3 ans"),
    }


def test_a_charge_is_paid_as_often_as_its_words_say(tariff: Tariff) -> None:
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
def test_prices_that_another_tariff_may_have_are_worded_too(
    key: str, price: dict[str, object], item: str, beside: str, in_full: list[str], tariff: Tariff
) -> None:
    changed = tariff.changed({key: price})
    assert plain(price_beside(changed, item, "B")) == beside
    assert [plain(each) for each in prices_in_full(changed, item)] == in_full


# What is said of a whole estimate

DEMARCHES = Order(demarches_simplifiees=True)


def test_what_every_estimate_takes_for_granted_is_said(tariff: Tariff) -> None:
    assert assumptions(tariff) == (
        "Montants en euros, toutes taxes comprises.",
        "Années complètes, prix de 2024 sans hausse, tous les comptes nouveaux.",
        "Un certificat arrivé à son terme est repris au même prix.",
    )


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (
            Client(inhabitants=1_250, agents=6),
            DEMARCHES,
            "Catégorie B pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10.",
        ),
        (
            Client(inhabitants=500, agents=6),
            DEMARCHES,
            "Catégorie B pour Démarches simplifiées : 6 agents, entre 5 et 10 ; avec 500 habitants, 1 000 au plus, "
            "ce serait la catégorie A (la plus élevée est retenue).",
        ),
        (
            Client(agents=6),
            DEMARCHES,
            "Catégorie B pour Démarches simplifiées : 6 agents, entre 5 et 10. Le nombre d'habitants peut encore "
            "l'élever.",
        ),
        (
            Client(structure="epci"),
            Order(domains=1, demarches_simplifiees=True),
            "Démarches simplifiées sur devis, comme l'acte le prévoit pour les autres structures.",
        ),
        (Client(structure="epci"), Order(domains=1), ""),
    ],
)
def test_a_category_is_told_with_its_reason(client: Client, order: Order, words: str, tariff: Tariff) -> None:
    assert plain(category_words(estimate(client, order, tariff), tariff)) == words


def test_a_tariff_in_which_no_price_goes_by_the_category_names_no_service(tariff: Tariff) -> None:
    quote = {"kind": "on_quote", "why": "sur devis"}
    charges = tariff.services["demarches"].charges
    changed = tariff.changed({f"services.demarches.charges.{key}.price": quote for key in charges})
    words = category_words(estimate(Client(inhabitants=1_250), DEMARCHES, changed), changed)
    assert plain(words) == "Catégorie B : 1 250 habitants, entre 1 001 et 2 000."


def test_each_service_without_a_category_is_named(tariff: Tariff) -> None:
    by_category = tariff.services["demarches"].charges["support"].price
    changed = tariff.changed({"services.domain.charges.subscription.price": by_category.model_dump()})
    assert plain(
        category_words(
            estimate(Client(structure="epci"), Order(domains=1, demarches_simplifiees=True), changed), changed
        )
    ) == (
        "Nom de domaine sur devis, comme l'acte le prévoit pour les autres structures. "
        "Démarches simplifiées sur devis, comme l'acte le prévoit pour les autres structures."
    )


@pytest.mark.parametrize(
    ("client", "services"),
    [
        (Client(inhabitants=1_250), ()),
        (Client(inhabitants=200_000), ()),
        (Client(), ("Démarches simplifiées",)),
        (Client(structure="epci"), ("Démarches simplifiées",)),
    ],
)
def test_a_service_lacks_an_amount_for_want_of_a_category_only_where_the_client_has_none(
    client: Client, services: tuple[str, ...], tariff: Tariff
) -> None:
    order = Order(domains=1, antivirus_devices=21, antivirus_intervention=True, demarches_simplifiees=True)
    assert without_category(estimate(client, order, tariff)) == services


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Order(domains=1), ""),
        (Order(backups=1), "dont 190,00 € de mise en service, une seule fois"),
        (
            Order(backups=1, antivirus_devices=21, antivirus_intervention=True),
            "dont 190,00 € + 1 montant sur devis de mise en service, une seule fois",
        ),
    ],
)
def test_how_much_of_the_first_year_is_paid_once_is_said_where_something_is(
    order: Order, words: str, tariff: Tariff
) -> None:
    assert plain(setup_words(estimate(Client(), order, tariff))) == words


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Order(domains=1, certificates_cdg_1y=1), ""),
        # 15,00 € par an, et 90,00 € tous les 3 ans
        (
            Order(domains=1, certificates_cdg_3y=1),
            "selon les certificats à renouveler ; 45,00 € par an en les répartissant",
        ),
    ],
)
def test_why_later_years_differ_is_said_where_they_do(order: Order, words: str, tariff: Tariff) -> None:
    result = estimate(Client(), order, tariff)
    assert plain(later_note(result, schedule(result))) == words


def test_what_is_left_out_is_said_by_service_and_reason(tariff: Tariff) -> None:
    order = Order(
        backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True, demarches_simplifiees=True
    )
    on_quote = [
        "Sauvegarde 60 Go et partage de fichiers 5 Go, stockage supplémentaire : 101\u00a0Go, sur devis et sous "
        "réserve de faisabilité au-delà de 100 Go",
        "Antivirus, mise en service : 21\u00a0ordinateurs, sur devis au-delà de 20 ordinateurs",
    ]
    services = "Démarches simplifiées, abonnement, mise en service et accompagnement"
    assert left_out(estimate(Client(inhabitants=1_250), order, tariff)) == on_quote
    assert left_out(estimate(Client(), order, tariff)) == [
        *on_quote,
        f"{services} : indiquez le nombre d'habitants, dont dépend la catégorie",
    ]
    assert left_out(estimate(Client(structure="epci"), order, tariff)) == [
        *on_quote,
        f"{services} : sur devis, comme l'acte le prévoit pour les autres structures",
    ]


def test_what_is_not_counted_is_said_with_the_reason(tariff: Tariff) -> None:
    order = Order(domains=1, certificates_on_site_1y=1, certificates_on_site_2y=1, extra_storage_go=3)
    assert not_counted(estimate(Client(), order, tariff)) == [
        "Clé de signature, accompagnement (certificat de 1 an, remis sur site) et accompagnement (certificat de 2 ans, "
        "remis sur site) : aucun prix indiqué dans l'acte, rien n'est compté.",
        "« Stockage supplémentaire » demande au moins 1 sauvegarde : rien n'est compté.",
    ]


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (Client(inhabitants=1_250), Order(domains=1), "Aucun ne change les totaux."),
        (
            Client(inhabitants=1_250),
            Order(mailboxes_5go=4),
            "Si un seul d'entre eux se lisait autrement : la 1re année ne changerait pas ; "
            "le total de six ans irait de 570,00 € à 820,00 €.",
        ),
        (
            Client(structure="other"),
            Order(domains=1, demarches_simplifiees=True),
            "Si un seul d'entre eux se lisait autrement : la 1re année serait de 15,00 € + 3 montants à compléter ; "
            "le total de six ans serait de 90,00 € + 3 montants à compléter.",
        ),
        (
            Client(inhabitants=500, agents=6),
            DEMARCHES,
            "Si un seul d'entre eux se lisait autrement : la 1re année irait de 101,00 € à 151,00 € ; "
            "le total de six ans irait de 356,00 € à 656,00 €.",
        ),
    ],
)
def test_between_what_the_points_leave_the_estimate_is_said(
    client: Client, order: Order, words: str, tariff: Tariff
) -> None:
    result = estimate(client, order, tariff)
    assert plain(spread_words(result, points_to_confirm(result, tariff))) == words


@pytest.mark.parametrize(
    ("client", "order", "effects"),
    [
        (
            Client(inhabitants=500, agents=6),
            Order(mailboxes_5go=4, demarches_simplifiees=True),
            {
                "R1": "Total inchangé : 40,00 € passent du devis du CDG 62 à celui de La Fibre Numérique 59-62.",
                "R2": "1re année inchangée, −250,00 € sur six ans.",
                "R12": "−50,00 € la 1re année, −300,00 € sur six ans.",
                "R13": "Total inchangé : 50,00 € passent du devis de La Fibre Numérique 59-62 à celui du CDG 62.",
            },
        ),
        (
            Client(structure="epci"),
            DEMARCHES,
            {
                "R13": "Total inchangé : un montant qui n'est pas chiffré passe du devis de La Fibre Numérique 59-62 à "
                "celui du CDG 62.",
                "R14": "3 montants sur devis de moins et 3 montants à compléter de plus la 1re année, "
                "3 montants sur devis de moins et 3 montants à compléter de plus sur six ans.",
            },
        ),
    ],
)
def test_what_another_reading_changes_is_said_in_a_sentence(
    client: Client, order: Order, effects: dict[str, str], tariff: Tariff
) -> None:
    points = points_to_confirm(estimate(client, order, tariff), tariff)
    said = [(point.number, plain(effect_words(effect, tariff))) for point in points for _, effect in point.effects]
    assert said == list(effects.items())


def test_even_a_few_cents_pass_from_one_quote_to_the_other(tariff: Tariff) -> None:
    cents = tariff.changed({"services.mailbox.charges.setup.price.amount": Decimal("0.50")})
    [point] = [
        each
        for each in points_to_confirm(estimate(Client(), Order(mailboxes_5go=1), cents), cents)
        if each.number == "R1"
    ]
    [(_, effect)] = point.effects
    assert plain(effect_words(effect, cents)) == (
        "Total inchangé : 0,50 € passent du devis du CDG 62 à celui de La Fibre Numérique 59-62."
    )


def test_an_unknown_amount_that_passes_to_the_other_quote_is_said_both_ways(tariff: Tariff) -> None:
    by_cdg = tariff.changed({"services.demarches.charges.setup.payee": "cdg"})
    here, there = (estimate(Client(structure="epci"), DEMARCHES, each) for each in (tariff, by_cdg))
    said = "Total inchangé : un montant qui n'est pas chiffré passe du devis"
    assert plain(effect_words(compare(there, here), tariff)) == f"{said} de La Fibre Numérique 59-62 à celui du CDG 62."
    assert plain(effect_words(compare(here, there), tariff)) == f"{said} du CDG 62 à celui de La Fibre Numérique 59-62."
    unknown = "Effet inconnu : il porte sur un montant qui n'est pas chiffré."
    assert effect_words(compare(here, here), tariff) == unknown


def test_blocks_counted_from_the_first_unit_are_said_to_replace_the_last_band(tariff: Tariff) -> None:
    changed = tariff.changed({"services.mailbox.charges.support.price.beyond.counted_from": "first_unit"})
    assert plain(prices_in_full(changed, "mailboxes_5go")[-1]).endswith(
        "11 à 20 comptes : 150,00 € ; au-delà de 20 : 50,00 € par tranche de 20 entamée"
    )


# What a scenario asks for otherwise, and who sends a quote


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (Client(inhabitants=1_250, agents=6), Order(domains=1, backups=1), ""),
        (Client(inhabitants=1_250, agents=6), Order(domains=1), "Sauvegardes : 0 au lieu de 1"),
        (
            Client(inhabitants=12_500, agents=6),
            Order(domains=2, backups=1, demarches_simplifiees=True),
            "Habitants : 12 500 au lieu de 1 250 ; Noms de domaine : 2 au lieu de 1 ; avec « Démarches simplifiées »",
        ),
        (
            Client(structure="epci"),
            Order(domains=1, backups=1),
            "autre type de structure ; Habitants : non renseigné au lieu de 1 250 ; Agents : non renseigné au lieu "
            "de 6",
        ),
    ],
)
def test_what_a_scenario_asks_for_otherwise_is_said(client: Client, order: Order, words: str, tariff: Tariff) -> None:
    present = estimate(Client(inhabitants=1_250, agents=6), Order(domains=1, backups=1), tariff)
    assert plain(changes(estimate(client, order, tariff), present, tariff)) == words


def test_what_is_no_longer_chosen_is_said_too(tariff: Tariff) -> None:
    chosen = estimate(Client(), Order(domains=1, demarches_simplifiees=True), tariff)
    assert changes(estimate(Client(), Order(domains=1), tariff), chosen, tariff) == "sans « Démarches simplifiées »"


@pytest.mark.parametrize(
    ("order", "payees"),
    [
        (Order(), ("fibre", "cdg")),
        (Order(domains=1), ("fibre",)),
        (Order(certificates_cdg_3y=1), ("fibre",)),  # the CDG's support is included
        (Order(certificates_on_site_3y=1), ("fibre",)),  # the act states no price for it
        (Order(mailboxes_5go=1), ("fibre", "cdg")),
        (Order(demarches_simplifiees=True), ("fibre", "cdg")),
    ],
)
def test_a_body_sends_a_quote_where_it_has_something_to_bill(
    order: Order, payees: tuple[str, ...], tariff: Tariff
) -> None:
    assert billing(estimate(Client(structure="epci"), order, tariff)) == payees


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
def test_a_commune_is_named_by_its_article(name: str, of: str, at: str) -> None:
    assert (of_place(name), at_place(name)) == (of, at)
