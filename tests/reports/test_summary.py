"""The answer as data: the exact text of a whole estimate."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from pricing import Client, Order, Tariff, estimate
from pricing.compare import compare
from tests.french import plain
from tests.reports.documents import DEMARCHES, DOCUMENTS, EPCI, ON_QUOTE, ORDINARY, TOWN, Simulation
from views.reports import mail
from views.reports.paper import paper
from views.reports.parts import Figure
from views.reports.summary import DETAIL, Summary
from views.reports.wording import effect_words


def told(figures: tuple[Figure, ...]) -> list[tuple[str, ...]]:
    """Return each figure with its heading and its note, if any."""
    return [tuple(map(plain, filter(None, (each.heading, each.words, each.note)))) for each in figures]


def test_the_answer_of_the_newcomer_is_the_one_worked_by_hand(tariff: Tariff) -> None:
    of = Simulation(scenarios={"Le même": ORDINARY}).summary(tariff)
    assert told(of.figures) == [
        ("1re année", "1 180,00 €", "dont 280,00 € de mise en service, une seule fois"),
        (
            "Chaque année ensuite",
            "810,00 € à 900,00 €",
            "selon les certificats à renouveler ; 840,00 € par an en moyenne sur six ans",
        ),
        ("Six ans", "5 320,00 €", "la durée d'un mandat"),
    ]
    assert told(of.scenarios[0].figures)[1] == ("Par an en moyenne, certificats répartis", "840,00 €")
    assert [[plain(each.words) for each in quote.figures] for quote in of.quotes] == [
        ["915,00 €", "660,00 € à 750,00 €", "4 305,00 €"],
        ["265,00 €", "150,00 €", "1 015,00 €"],
    ]
    assert told(of.closing) == [
        ("En tout, une fois", "280,00 €", "La Fibre 59-62 : 165,00 € ; CDG 62 : 115,00 €"),
        ("En tout, par an", "810,00 €", "La Fibre 59-62 : 660,00 € ; CDG 62 : 150,00 €"),
        ("En tout, tous les 3 ans", "90,00 €", "La Fibre 59-62 : 90,00 €"),
    ]
    assert DETAIL == ("Tarif", "Calcul", "Facturé par", "Montant TTC")
    third, fourth = (each.figure for each in of.years[2:4])
    assert told((third, fourth)) == [("3e année", "810,00 €"), ("4e année", "900,00 €")]


def test_an_order_of_a_single_steady_line_has_no_notes_no_totals_and_no_category(tariff: Tariff) -> None:
    of = Simulation(order=Order(domains=1), name="").summary(tariff)
    assert told(of.figures)[:2] == [("1re année", "15,00 €"), ("Chaque année ensuite", "15,00 €")]
    assert (of.title, of.category, of.closing, of.scenarios) == ("Estimation des services numériques", "", (), ())


def test_a_figure_is_never_without_what_it_leaves_out(tariff: Tariff) -> None:
    order = ON_QUOTE.model_copy(update={"certificates_cdg_3y": 1, "domains": 1})
    average = "402,00 € par an en moyenne sur six ans"
    assert told(Simulation(Client(), order).summary(tariff).figures) == [
        ("1re année", "462,00 € + 1 montant sur devis", "dont 1 montant sur devis de mise en service, une seule fois"),
        ("Chaque année ensuite", "372,00 € à 462,00 €", f"selon les certificats à renouveler ; {average}"),
        ("Six ans", "2 412,00 € + 1 montant sur devis", "la durée d'un mandat"),
    ]
    figures = Simulation(EPCI, DEMARCHES).summary(tariff).figures
    assert [plain(each.words) for each in figures] == [f"{count} montants sur devis" for count in (3, 2, 3)]
    both = Simulation(Client(), ON_QUOTE.model_copy(update={"demarches_simplifiees": True})).summary(tariff)
    assert plain(both.quotes[1].figures[0].words) == "1 montant sur devis + 1 montant à compléter"
    yearly = ON_QUOTE.model_copy(update={"backups": 1, "extra_storage_go": 101, "certificates_cdg_3y": 1})
    note = plain(Simulation(Client(), yearly).summary(tariff).figures[1].note)
    assert note.endswith(" ; 900,00 € + 1 montant sur devis par an en moyenne sur six ans")


def test_each_service_without_a_category_is_named(tariff: Tariff) -> None:
    by_category = tariff.services["demarches"].charges["support"].price
    changed = tariff.changed({"services.domain.charges.subscription.price": by_category.model_dump()})
    order = Order(domains=1, demarches_simplifiees=True)
    assert plain(Simulation(EPCI, order).summary(changed).category) == (
        "Nom de domaine sur devis, comme l'acte le prévoit pour les autres structures. "
        "Démarches simplifiées sur devis, comme l'acte le prévoit pour les autres structures."
    )
    assert "pour Nom de domaine et Démarches simplifiées :" in Simulation(order=DEMARCHES).summary(changed).category


def test_lines_left_out_or_not_counted_are_named_by_service_and_reason(tariff: Tariff) -> None:
    order = ON_QUOTE.model_copy(update={"backups": 1, "extra_storage_go": 101, "demarches_simplifiees": True})
    assert [plain(each) for each in Simulation(Client(), order).summary(tariff).left_out] == [
        "Sauvegarde 60 Go et partage de fichiers 5 Go, stockage supplémentaire : 101 Go, sur devis et sous réserve de "
        "faisabilité au-delà de 100 Go",
        "Antivirus, mise en service : 21 ordinateurs, sur devis au-delà de 20 ordinateurs",
        "Démarches simplifiées, abonnement, mise en service et accompagnement : nombre d'habitants à préciser, la "
        "catégorie en dépend",
    ]
    order = Order(domains=1, certificates_on_site_1y=1, certificates_on_site_2y=1, extra_storage_go=3)
    assert tuple(map(plain, Simulation(Client(), order).summary(tariff).not_counted)) == (
        "Clé de signature, accompagnement (certificat de 1 an, remis sur site) et accompagnement (certificat de 2 ans, "
        "remis sur site) : aucun prix indiqué dans l'acte, rien n'est compté.",
        "« Stockage supplémentaire » (3 Go) reste demandé sans sauvegarde : rien n'est compté. Il faut au moins 1 "
        "sauvegarde, ou ne plus le demander.",
    )


@pytest.mark.parametrize(("price", "named"), [(20, False), (Decimal("19.99"), True)])
def test_a_choice_that_costs_the_same_is_not_called_cheaper(price: object, named: bool, tariff: Tariff) -> None:
    changed = tariff.changed({"services.mailbox.charges.account_unlimited.price.amount": price})
    said = Simulation(order=Order(mailboxes_5go=4)).summary(changed).cheaper
    assert any(each.startswith("Tous les comptes en illimité : ") for each in said) == named


def test_a_choice_that_saves_and_leaves_less_unknown_is_named_but_none_that_leaves_more(tariff: Tariff) -> None:
    def cheaper(order: Order) -> str:
        return plain(" ".join(Simulation(order=order).summary(tariff).cheaper))

    at_the_cdg = "Le certificat de 3 ans, remis au CDG : 192,00 € de moins et 1 montant sans prix indiqué de moins"
    assert f"{at_the_cdg} sur six ans." in cheaper(Order(certificates_on_site_3y=1))
    assert "remis sur site" not in cheaper(Order(certificates_cdg_1y=1))
    assert "Catégorie A" not in cheaper(ORDINARY), "nobody chooses a category"
    # With 3 accounts, one less saves 322: a council is not told to have less.
    assert "1 compte de moins" not in cheaper(Order(mailboxes_unlimited=3, domains=1))
    assert "Sans" not in cheaper(Order(backups=1, domains=1))
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
                # 90 once; the half of 80, 50 and 101 a year is less.
                "R17": "−115,50 € la 1re année, −115,50 € sur six ans.",
            },
        ),
        (
            EPCI,
            DEMARCHES,
            {
                "R13": "Total inchangé : un montant qui n'est pas chiffré passe du devis de La Fibre Numérique 59-62 à "
                "celui du CDG 62.",
                "R14": "3 montants sur devis de moins et 3 montants à compléter de plus la 1re année, "
                "3 montants sur devis de moins et 3 montants à compléter de plus sur six ans.",
                "R17": "1 montant sur devis de moins la 1re année, 1 montant sur devis de moins sur six ans.",
            },
        ),
    ],
)
def test_the_effect_of_another_reading_is_a_sentence(
    client: Client, order: Order, effects: dict[str, str], tariff: Tariff
) -> None:
    of = Simulation(client, order).summary(tariff)
    numbers = [point.number for point in of.handout.points for _ in point.effects]
    said = [plain(words) for point in of.points for _, words in point.effects]
    assert dict(zip(numbers, said, strict=True)) == effects


def test_an_effect_of_cents_of_nothing_or_towards_the_cdg_is_said_too(tariff: Tariff) -> None:
    by_cdg = tariff.changed({"services.demarches.charges.setup.payee": "cdg"})
    here, there = (estimate(EPCI, DEMARCHES, each) for each in (tariff, by_cdg))
    said = "Total inchangé : un montant qui n'est pas chiffré passe du devis du CDG 62 à celui de La Fibre Numérique"
    assert plain(effect_words(compare(here, there), tariff)) == f"{said} 59-62."
    unknown = "Effet inconnu : il porte sur un montant qui n'est pas chiffré."
    assert effect_words(compare(here, here), tariff) == unknown
    cents = tariff.changed({"services.mailbox.charges.setup.price.amount": Decimal("0.50")})
    of = Simulation(order=Order(mailboxes_5go=1)).summary(cents)
    words = next(words for point in of.points for _, words in point.effects)
    assert plain(words).startswith("Total inchangé : 0,50 € passent du devis du CDG 62 à celui de La Fibre")


@pytest.mark.parametrize(
    ("client", "order", "words"),
    [
        (TOWN, Order(domains=1, demarches_simplifiees=True), ""),
        (
            Client(inhabitants=12_500, agents=6),
            Order(domains=2, backups=1),
            "Habitants : 12 500 au lieu de 1 250 ; Noms de domaine : 2 au lieu de 1 ; Sauvegardes : 1 au lieu de 0 ; "
            "sans « Démarches simplifiées »",
        ),
        (
            EPCI,
            Order(domains=1, demarches_simplifiees=True, antivirus_intervention=True),
            "autre type de structure ; Habitants : non renseigné au lieu de 1 250 ; Agents : non renseigné au lieu "
            "de 6 ; avec « Installation par un intervenant »",
        ),
    ],
)
def test_the_differences_of_a_scenario_are_named(client: Client, order: Order, words: str, tariff: Tariff) -> None:
    present = Simulation(order=Order(domains=1, demarches_simplifiees=True)).handout(tariff)
    of = Summary(replace(present, scenarios=(("Autre", estimate(client, order, tariff)),))).scenarios
    assert [(each.name, plain(each.changes)) for each in of] == [("Autre", words)]


@pytest.mark.parametrize(
    ("order", "payees"),
    [
        (Order(), ()),
        (Order(extra_storage_go=3), ()),  # it can't be ordered alone
        (Order(certificates_cdg_3y=1), ("fibre",)),  # the CDG's support is included
        (Order(certificates_on_site_3y=1), ("fibre",)),  # the act states no price for it
        (DEMARCHES, ("fibre", "cdg")),  # all on quote
        (Order(backups=1), ("fibre", "cdg")),
    ],
)
def test_a_body_sends_a_quote_only_where_it_has_something_to_bill(
    order: Order, payees: tuple[str, ...], tariff: Tariff
) -> None:
    of = Simulation(EPCI, order).summary(tariff)
    assert tuple(each.payee for each in of.quotes if each.billed) == payees
    assert of.billing == ("Aucun devis", "Un seul devis", "Deux devis")[len(payees)]


@pytest.mark.parametrize(
    ("changes", "order", "heading"),
    [
        ({"services.domain.charges.subscription.payee": "cdg"}, Order(domains=1), "Un seul devis"),
        ({"services.domain.charges.subscription.price.amount": 0}, Order(domains=1), "Aucun devis"),
        ({"services.backup.charges.setup_support.price.amount": 0}, Order(backups=1), "Deux devis"),
        ({"services.domain.charges.subscription.price": {"kind": "included"}}, Order(domains=1), "Aucun devis"),
    ],
    ids=["the CDG alone", "free", "free once, paid each year", "included"],
)
def test_the_quotes_are_those_of_what_is_paid(
    changes: dict[str, object], order: Order, heading: str, tariff: Tariff
) -> None:
    act = tariff.changed({"readings": {}} | changes)
    of = Simulation(order=order, name="").handout(act)
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper(of))).pages)
    draft = "\n".join(DOCUMENTS["draft"](of))
    assert heading in printed
    assert f"\n{heading} :" in mail.body(Summary(of)).replace("\u00a0", " ")
    assert draft.count("Vu le devis") == ("Aucun devis", "Un seul devis", "Deux devis").index(heading)
    assert ("devis à signer ; la simulation n’en compte aucun" in plain(draft)) == (heading == "Aucun devis")


def test_no_bracket_of_a_draft_holds_another(tariff: Tariff) -> None:
    draft = plain("\n".join(DOCUMENTS["draft"](Simulation(in_place=frozenset(tariff.services)).handout(tariff))))
    assert "(rien à payer, au lieu de 4 comptes × 10,00 € pour un service nouveau)" in draft
    assert re.findall(r"\([^()]*\(", draft) == []
