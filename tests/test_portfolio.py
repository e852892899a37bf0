"""Many clients at once: each row is the estimate of that client alone, and sums say what they leave out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing import Client, Order, Tariff, estimate, schedule
from pricing.catalogue import communes, epcis, proposals
from pricing.communes import search_epci
from pricing.portfolio import Figures, Member, Portfolio, differences, portfolio, wanting
from pricing.simulation import Choice
from tests.french import plain
from tests.test_properties import CLIENTS, ORDERS, TARIFF

COMMUNES = communes()
EPCIS = epcis(belonging=COMMUNES.values())
ASKED = Order(mailboxes_5go=3, domains=1, backups=1, demarches_simplifiees=True)
ARTOIS = [commune for commune in COMMUNES.values() if commune.epci == "200069482"]


def equal(together: Portfolio) -> None:
    """Check every row, and every sum, against estimates made one by one."""
    alone = [estimate(each.choice.client, each.choice.order, together.tariff) for each in together.members]
    rows, unknown = together.frame.to_dict("records"), ("on_quote", "missing", "not_stated")
    for row, each in zip(rows, alone, strict=True):
        years = schedule(each)
        for figure in Figures._fields:
            total = getattr(each, figure)
            assert row[figure] == total().amount
            assert all(row[f"{figure}_{payee}"] == total(payee=payee).amount for payee in together.tariff.billing)
        assert (row["later_lowest"], row["later_highest"]) == (years.lowest.amount, years.highest.amount)
        assert [row[why] for why in unknown] == [len(getattr(each.answers.six_years, why)) for why in unknown]
    for figure in Figures._fields:
        whole, singly = getattr(together.total[None], figure), [getattr(each.answers, figure) for each in alone]
        assert whole.amount == sum(row[figure] for row in rows) == sum(together.by_category[figure])
        assert [len(getattr(whole, why)) for why in unknown] == [
            sum(len(getattr(total, why)) for total in singly) for why in unknown
        ]
    assert sum(together.by_category["members"]) == len(rows)
    assert [sum(together.by_category[why]) for why in unknown] == [sum(row[why] for row in rows) for why in unknown]
    assert sum(together.years["all"]) == together.total[None].six_years.amount
    for year in together.years.to_dict("records"):
        assert year["all"] == sum(year[payee] for payee in together.tariff.billing)


@given(
    st.lists(st.builds(Member, st.just("x"), st.builds(Choice, client=CLIENTS, order=ORDERS)), min_size=1, max_size=6)
)
@settings(max_examples=60)
def test_each_row_is_the_estimate_of_that_client_alone_and_sums_are_those_of_the_rows(members: list[Member]) -> None:
    equal(portfolio([*members, members[0]], TARIFF))


@pytest.mark.parametrize("siren", EPCIS)
def test_every_commune_of_every_epci_equals_its_own_estimate(siren: str, tariff: Tariff) -> None:
    members = [commune for commune in COMMUNES.values() if commune.epci == siren]
    for order in (ASKED, proposals().under(tariff).for_size):
        equal(portfolio(wanting(members, order), tariff))


def test_the_question_before_the_96_mayors_has_its_answer(tariff: Tariff) -> None:
    together = portfolio(wanting(ARTOIS, ASKED), tariff)
    assert plain(together.words()) == (
        "96 communes : 93 en catégorie A à 959,00 €, 3 en catégorie B à 1 009,00 €. Ensemble 92 214,00 € la 1re année, "
        "66 294,00 € chaque année ensuite, 423 684,00 € sur six ans (La Fibre Numérique 59-62 : 341 154,00 €, "
        "CDG 62 : 82 530,00 €)."
    )
    assert [plain(together.total[payee].first_year.words()) for payee in tariff.billing] == [
        "70 059,00 €",
        "22 155,00 €",
    ]


def test_sums_are_partial_where_an_amount_is_on_quote_and_nothing_is_priced_without_a_client(tariff: Tariff) -> None:
    large = Member("Grande", Choice(client=Client(inhabitants=70_000), order=Order(demarches_simplifiees=True)))
    small = Member("Petite", Choice(client=Client(inhabitants=900), order=Order(demarches_simplifiees=True)))
    together = portfolio([large, small], tariff)
    assert together.total[None].first_year.partial
    assert "1 en catégorie H à 5 306,00 € + 1 montant sur devis" in plain(together.words())
    assert portfolio([], tariff).words() == "Aucune commune."
    assert portfolio([], tariff).frame.empty
    assert portfolio([], tariff).by_category.empty


def test_a_category_is_said_only_where_a_price_goes_by_it(tariff: Tariff) -> None:
    together = portfolio(wanting(ARTOIS, Order(domains=1)), tariff)
    assert {*together.frame["category"]} == {""}
    assert plain(together.words()).startswith("96 communes, à 15,00 € chacune la 1re année. ")
    assert {*portfolio(wanting(ARTOIS, ASKED), tariff).frame["category"]} == {"A", "B"}


def test_two_tariffs_are_set_against_each_other_commune_by_commune(tariff: Tariff) -> None:
    dearer = tariff.changed({"services.domain.charges.subscription.price.amount": 45})
    before, after = (portfolio(wanting(ARTOIS, ASKED), each) for each in (tariff, dearer))
    between = differences(before, after)
    assert {*between["words"]} == {"180,00\u00a0€ de plus"}
    assert sum(between["six_years"]) == after.total[None].six_years.amount - before.total[None].six_years.amount
    assert differences(before, before)["words"].unique().tolist() == ["aucun écart"]
    with pytest.raises(ValueError, match="same clients"):
        differences(before, portfolio(wanting(ARTOIS, Order(domains=1)), tariff))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CC des Campagnes de l'Artois", ["CC des Campagnes de l'Artois"]),
        ("campagnes artois", ["CC des Campagnes de l'Artois"]),
        ("Communauté de communes du Ternois", ["CC du Ternois"]),
        ("lens lievin", ["CA de Lens - Liévin"]),
        ("200069482", ["CC des Campagnes de l'Artois"]),
        ("artois", ["CC du Sud Artois", "CC des Campagnes de l'Artois", "CA de Béthune-Bruay, Artois-Lys Romane"]),
        ("Arras", ["CU d'Arras"]),
        ("communauté de communes", []),
        ("", []),
        ("Lille", []),
    ],
)
def test_an_epci_is_found_by_what_people_write(typed: str, found: list[str]) -> None:
    assert [EPCIS[siren] for siren in search_epci(typed, EPCIS)] == found


def test_every_epci_is_found_by_its_name() -> None:
    assert all(search_epci(name, EPCIS) == (siren,) for siren, name in EPCIS.items())
