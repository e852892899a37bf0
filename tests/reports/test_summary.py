"""The answer as data: the exact text of a whole estimate."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pricing import Client, Order, Tariff, estimate, points_to_confirm
from pricing.compare import compare
from tests.french import plain
from views.reports.handout import Handout
from views.reports.summary import DETAIL, Summary
from views.reports.wording import effect_words

TOWN = Client(inhabitants=1_250, agents=6)
ASKED = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
DEMARCHES = Order(demarches_simplifiees=True)


def summary(client: Client, order: Order, tariff: Tariff, name: str = "Ruitz", **more: Any) -> Summary:
    return Summary(Handout(estimate(client, order, tariff), tariff, name, date(2026, 11, 22), "https://a.fr/", **more))


def test_each_part_of_the_answer_has_its_heading(tariff: Tariff) -> None:
    of = summary(TOWN, ASKED, tariff, scenarios=(("Le même", estimate(TOWN, ASKED, tariff)),))
    assert [each.heading for each in of.figures] == ["1re année", "Chaque année ensuite", "Six ans"]
    assert [each.heading for each in of.scenarios[1].figures] == [
        "1re année",
        "Par an, certificats répartis",
        "Six ans",
    ]
    assert DETAIL == ("Tarif", "Calcul", "Facturé par", "Montant TTC")
    assert (of.title, summary(TOWN, ASKED, tariff, "").title) == (
        "Estimation des services numériques : Ruitz",
        "Estimation des services numériques",
    )


def test_the_figures_and_quotes_of_the_newcomer_are_those_worked_by_hand(tariff: Tariff) -> None:
    of = summary(TOWN, ASKED, tariff)
    assert [(plain(each.words), plain(each.note)) for each in of.figures] == [
        ("1 180,00 €", "dont 280,00 € de mise en service, une seule fois"),
        ("810,00 € à 900,00 €", "selon les certificats à renouveler ; 840,00 € par an en les répartissant"),
        ("5 320,00 €", "la durée d'un mandat"),
    ]
    assert [[plain(each.words) for each in quote.figures] for quote in of.quotes] == [
        ["915,00 €", "660,00 € à 750,00 €", "4 305,00 €"],
        ["265,00 €", "150,00 €", "1 015,00 €"],
    ]
    assert [(each.heading, plain(each.words), plain(each.note)) for each in of.closing] == [
        ("En tout, une fois", "280,00 €", "La Fibre 59-62 : 165,00 € ; CDG 62 : 115,00 €"),
        ("En tout, par an", "810,00 €", "La Fibre 59-62 : 660,00 € ; CDG 62 : 150,00 €"),
        ("En tout, tous les 3 ans", "90,00 €", "La Fibre 59-62 : 90,00 €"),
    ]
    assert summary(TOWN, Order(domains=1), tariff).closing == ()


def test_a_figure_is_never_without_what_it_leaves_out(tariff: Tariff) -> None:
    of = summary(
        Client(), Order(certificates_cdg_3y=1, antivirus_devices=21, antivirus_intervention=True, domains=1), tariff
    )
    assert [plain(each.words) for each in of.figures] == [
        "462,00 € + 1 montant sur devis",
        "372,00 € à 462,00 €",
        "2 412,00 € + 1 montant sur devis",
    ]
    alone = summary(Client(), Order(demarches_simplifiees=True, backups=1, extra_storage_go=101), tariff).figures
    none = summary(Client(structure="epci"), DEMARCHES, tariff).figures
    assert [plain(each.words) for each in alone] == [
        "703,00 € + 1 montant sur devis + 3 montants à compléter",
        "513,00 € + 1 montant sur devis + 2 montants à compléter",
        "3 268,00 € + 1 montant sur devis + 3 montants à compléter",
    ]
    assert [each.words for each in none] == [f"{count}\u00a0montants sur devis" for count in (3, 2, 3)]
    assert none[0].note == "dont 1\u00a0montant sur devis de mise en service, une seule fois"


@pytest.mark.parametrize(
    ("order", "note"),
    [
        (Order(domains=1, certificates_cdg_1y=1), ""),
        # 15 a year, and 90 every three years
        (
            Order(domains=1, certificates_cdg_3y=1),
            "selon les certificats à renouveler ; 45,00 € par an en les répartissant",
        ),
        (
            Order(backups=1, extra_storage_go=101, certificates_cdg_3y=1),
            "selon les certificats à renouveler ; 543,00 € + 1 montant sur devis par an en les répartissant",
        ),
    ],
)
def test_the_reason_is_given_where_later_years_differ(order: Order, note: str, tariff: Tariff) -> None:
    assert plain(summary(Client(), order, tariff).figures[1].note) == note


def test_the_part_of_the_first_year_paid_once_is_given_where_there_is_one(tariff: Tariff) -> None:
    assert summary(Client(), Order(domains=1), tariff).figures[0].note == ""


def test_six_years_are_given_with_their_parts(tariff: Tariff) -> None:
    years = summary(TOWN, ASKED, tariff).years
    assert [(each.figure.heading, plain(each.figure.words)) for each in years[2:4]] == [
        ("3e année", "810,00 €"),
        ("4e année", "900,00 €"),
    ]
    assert [(each.name, amount) for each, amount in years[0].parts.items()] == [
        ("La Fibre 59-62, chaque année", Decimal(660)),
        ("La Fibre 59-62, certificats", Decimal(90)),
        ("La Fibre 59-62, mise en service", Decimal(165)),
        ("CDG 62, chaque année", Decimal(150)),
        ("CDG 62, mise en service", Decimal(115)),
    ]


def test_every_line_is_under_its_service(tariff: Tariff) -> None:
    of = summary(TOWN, ASKED, tariff)
    assert [each.name for each in of.services] == list(
        dict.fromkeys(line.position.service for line in of.handout.estimate.lines)
    )
    rows = [row for service in of.services for row in service.rows]
    assert [(row.label, row.words) for row in rows] == [
        (line.position.label, line.words()) for line in of.handout.estimate.lines
    ]
    assert [plain(f"{row.amount} {row.when}") for row in rows[4:6]] == [
        "90,00 € tous les 3 ans",
        "inclus tous les 3 ans",
    ]


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (
            TOWN,
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
        (TOWN, Order(certificates_cdg_3y=1), ""),
    ],
)
def test_a_category_is_given_with_its_reason_where_a_price_depends_on_it(
    client: Client, order: Order, words: str, tariff: Tariff
) -> None:
    assert plain(summary(client, order, tariff).category) == words


def test_each_service_without_a_category_is_named(tariff: Tariff) -> None:
    by_category = tariff.services["demarches"].charges["support"].price
    changed = tariff.changed({"services.domain.charges.subscription.price": by_category.model_dump()})
    order = Order(domains=1, demarches_simplifiees=True)
    assert plain(summary(Client(structure="epci"), order, changed).category) == (
        "Nom de domaine sur devis, comme l'acte le prévoit pour les autres structures. "
        "Démarches simplifiées sur devis, comme l'acte le prévoit pour les autres structures."
    )
    assert "pour Nom de domaine et Démarches simplifiées :" in summary(TOWN, DEMARCHES, changed).category


def test_lines_left_out_or_not_counted_are_named_by_service_and_reason(tariff: Tariff) -> None:
    order = Order(
        backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True, demarches_simplifiees=True
    )
    on_quote = [
        "Sauvegarde 60 Go et partage de fichiers 5 Go, stockage supplémentaire : 101 Go, sur devis et sous réserve de "
        "faisabilité au-delà de 100 Go",
        "Antivirus, mise en service : 21 ordinateurs, sur devis au-delà de 20 ordinateurs",
    ]
    services = "Démarches simplifiées, abonnement, mise en service et accompagnement"
    for client, last in (
        (TOWN, []),
        (Client(), [f"{services} : nombre d'habitants à préciser, la catégorie en dépend"]),
        (Client(structure="epci"), [f"{services} : sur devis, comme l'acte le prévoit pour les autres structures"]),
    ):
        assert [plain(each) for each in summary(client, order, tariff).left_out] == [*on_quote, *last]
    order = Order(domains=1, certificates_on_site_1y=1, certificates_on_site_2y=1, extra_storage_go=3)
    assert summary(Client(), order, tariff).not_counted == (
        "Clé de signature, accompagnement (certificat de 1 an, remis sur site) et accompagnement (certificat de 2 ans, "
        "remis sur site) : aucun prix indiqué dans l'acte, rien n'est compté.",
        "« Stockage supplémentaire » demande au moins 1 sauvegarde : rien n'est compté.",
    )


@pytest.mark.parametrize(("price", "named"), [(20, False), (Decimal("19.99"), True)])
def test_a_choice_that_costs_the_same_is_not_called_cheaper(price: object, named: bool, tariff: Tariff) -> None:
    changed = tariff.changed({"services.mailbox.charges.account_unlimited.price.amount": price})
    said = summary(TOWN, Order(mailboxes_5go=4), changed).cheaper
    assert any(each.startswith("Tous les comptes en illimité : ") for each in said) == named


def test_a_choice_that_saves_and_leaves_less_unknown_is_named_but_none_that_leaves_more(tariff: Tariff) -> None:
    def cheaper(order: Order) -> str:
        return plain(" ".join(summary(TOWN, order, tariff).cheaper))

    at_the_cdg = "Le certificat de 3 ans, remis au CDG : 192,00 € de moins et 1 montant sans prix indiqué de moins"
    assert at_the_cdg in cheaper(Order(certificates_on_site_3y=1))
    assert "remis sur site" not in cheaper(Order(certificates_cdg_1y=1))
    # One more device: 283 less in year 1, but the set-up is on quote.
    assert "Antivirus :" not in cheaper(Order(antivirus_devices=20, antivirus_intervention=True, domains=1))


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
def test_the_effect_of_another_reading_is_a_sentence(
    client: Client, order: Order, effects: dict[str, str], tariff: Tariff
) -> None:
    points = points_to_confirm(estimate(client, order, tariff), tariff)
    said = [(point.number, plain(effect_words(effect, tariff))) for point in points for _, effect in point.effects]
    assert said == list(effects.items())


def test_even_a_few_cents_are_said_to_pass_from_one_quote_to_the_other(tariff: Tariff) -> None:
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
def test_the_differences_of_a_scenario_are_named(client: Client, order: Order, words: str, tariff: Tariff) -> None:
    present = estimate(Client(inhabitants=1_250, agents=6), Order(domains=1, backups=1), tariff)
    of = Summary(
        Handout(present, tariff, "", date(2026, 11, 22), "", (("Autre", estimate(client, order, tariff)),))
    ).scenarios
    assert [each.name for each in of] == ["Cette estimation", "Autre"]
    assert plain(of[1].changes) == words


def test_a_choice_removed_by_a_scenario_is_named_too(tariff: Tariff) -> None:
    kept = (("Sans", estimate(TOWN, Order(domains=1), tariff)),)
    of = summary(TOWN, Order(domains=1, demarches_simplifiees=True), tariff, scenarios=kept)
    assert of.scenarios[1].changes == "sans « Démarches simplifiées »"


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
def test_a_body_sends_a_quote_only_where_it_has_something_to_bill(
    order: Order, payees: tuple[str, ...], tariff: Tariff
) -> None:
    of = summary(Client(structure="epci"), order, tariff)
    assert tuple(each.payee for each in of.quotes if each.billed) == payees
    assert of.billing == ("Deux devis" if len(payees) == 2 else "Un seul devis")
