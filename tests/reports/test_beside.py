"""Sentences beside the figures: every form of each, with what it leaves out."""

from dataclasses import replace

import pytest

from pricing import Client, Order, Tariff
from tests.french import plain
from tests.reports.documents import DEMARCHES, EPCI, TOWN, Simulation
from views.reports import beside

DOMAIN = Order(domains=1)
CERTIFICATE = Order(domains=1, certificates_cdg_3y=1)


@pytest.mark.parametrize(
    ("client", "order", "paid", "sentence"),
    [
        (TOWN, DOMAIN, 100, "coûterait 85,00 € de moins, et les six ans 510,00 € de moins que six années au prix"),
        (TOWN, DOMAIN, 15, "coûterait autant, et les six ans autant que six années au prix d'aujourd'hui."),
        (TOWN, DOMAIN, 0, "coûterait 15,00 € de plus, et les six ans 90,00 € de plus que"),
        (TOWN, CERTIFICATE, 50, "coûterait de 35,00 € de moins à 55,00 € de plus, et les six ans 30,00 € de moins que"),
        (TOWN, CERTIFICATE, 15, "coûterait jusqu'à 90,00 € de plus, et les six ans 180,00 € de plus que"),
        (TOWN, CERTIFICATE, 105, "coûterait jusqu'à 90,00 € de moins, et les six ans 360,00 € de moins que"),
        (TOWN, CERTIFICATE, 200, "coûterait de 95,00 € à 185,00 € de moins, et les six ans 930,00 € de moins que"),
        (EPCI, DOMAIN.asking(demarches_simplifiees=1), 15, "prix d'aujourd'hui, sans les montants sur devis."),
        (Client(), DOMAIN.asking(demarches_simplifiees=1), 15, "prix d'aujourd'hui, sans ceux à compléter."),
        (EPCI, DEMARCHES, 15, "L'écart n'est pas connu : ce qui se paie chaque année est sur devis."),
    ],
)
def test_what_is_paid_today_is_set_against_the_years(
    client: Client, order: Order, paid: int, sentence: str, tariff: Tariff
) -> None:
    said = plain(beside.than_today(Simulation(client, order, paid_today=paid).handout(tariff)))
    assert said.startswith(f"Payé aujourd'hui : {paid},00 € par an. ")
    assert sentence in said


@pytest.mark.parametrize(
    ("client", "order", "month", "sentence"),
    [
        (TOWN, DOMAIN, 1, "Si les services commencent en janvier, la 1re année est entière : 15,00 €."),
        (
            TOWN,
            DOMAIN,
            12,
            "Si les services commencent en décembre, la 1re année irait de 1,25 €, si ce qui se paie chaque année se "
            "compte en douzièmes (1 sur 12), à 15,00 €, si l'année est due en entier (à confirmer : « Années "
            "incomplètes, hausses de prix, comptes déjà ouverts ? »).",
        ),
        (
            TOWN,
            Order(certificates_cdg_3y=1),
            9,
            "Si les services commencent en septembre, la 1re année coûte quand même 90,00 €.",
        ),
        (EPCI, DEMARCHES, 9, ""),
        (TOWN, Order(extra_storage_go=1), 9, ""),
    ],
)
def test_a_first_month_gives_two_bounds_or_none(
    client: Client, order: Order, month: int, sentence: str, tariff: Tariff
) -> None:
    assert plain(beside.first_year(Simulation(client, order, month=month).handout(tariff))) == sentence


def test_nothing_is_said_of_what_was_not_given_or_is_not_counted(tariff: Tariff) -> None:
    bare = Simulation(TOWN, DOMAIN)
    given = replace(bare, in_place=frozenset({"domain"}), order=Order(extra_storage_go=1), paid_today=5, month=2)
    assert bare.summary(tariff).beside == given.summary(tariff).beside == ()
    assert beside.rises(replace(bare, order=Order()).handout(tariff)) == ""
    assert plain(beside.rises(bare.handout(tariff))) == (
        "Six ans si les prix montent chaque année : 90,00 € à +0 %, 92,28 € à +1 %, 94,62 € à +2 %."
    )
