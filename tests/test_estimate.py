"""Lines of an estimate and their totals, by payee, rhythm and family; certificates are spread over their term."""

from decimal import Decimal

import pytest

from pricing import Client, Estimate, Order, Tariff, estimate
from pricing.estimate import total
from pricing.tariff import RHYTHMS
from tests.french import plain

COMMUNE = Client(inhabitants=1_250, agents=6)
ASKED = Order(mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1)
ONLINE = "Présence en ligne"


def families(result: Estimate) -> list[str]:
    return list(dict.fromkeys(line.position.family for line in result.lines))


def test_lines_are_selected_by_family_alone(tariff: Tariff) -> None:
    result = estimate(COMMUNE, ASKED, tariff)
    assert len(families(result)) > 1
    for family in families(result):
        lines = result.select(family=family)
        assert lines == tuple(line for line in result.lines if line.position.family == family)
        assert result.first_year(family=family) == total(lines)
        assert result.six_years(family=family) == total(lines, lambda line: line.times(6))
    assert result.select(family="Nulle part") == ()


def test_the_totals_of_the_families_add_up(tariff: Tariff) -> None:
    result = estimate(COMMUNE, ASKED, tariff)
    for figure, whole in (
        (result.first_year, result.answers.first_year),
        (result.recurring, result.answers.recurring),
        (result.six_years, result.answers.six_years),
    ):
        assert sum((figure(family=family).amount for family in families(result)), Decimal(0)) == whole.amount


def test_lines_are_selected_by_rhythm_alone(tariff: Tariff) -> None:
    result = estimate(COMMUNE, ASKED, tariff)
    for rhythm in RHYTHMS:
        lines = result.select(rhythm=rhythm)
        assert lines
        assert lines == tuple(line for line in result.lines if line.rhythm == rhythm)
        assert result.first_year(rhythm=rhythm) == total(lines)
        assert result.six_years(rhythm=rhythm) == total(lines, lambda line: line.times(6))


def test_a_line_that_is_never_paid_is_skipped_and_those_after_it_count(tariff: Tariff) -> None:
    lines = estimate(COMMUNE, ASKED, tariff).lines
    first, *rest = lines
    assert total(lines, lambda line: 0 if line is first else 1) == total(rest)


@pytest.mark.parametrize(
    ("order", "first_year"),
    [
        (Order(certificates_cdg_3y=1), "0,00 €"),
        (Order(certificates_on_site_3y=1), "aucun prix indiqué"),
        (Order(certificates_cdg_3y=1, certificates_on_site_3y=1), "aucun prix indiqué"),
        (
            Order(certificates_cdg_3y=1, antivirus_devices=21, antivirus_intervention=True),
            "1 montant sur devis",
        ),
        (Order(certificates_cdg_3y=1, certificates_on_site_3y=1, mailboxes_5go=1), "35,00 €"),
    ],
)
def test_an_included_line_adds_no_zero_beside_an_unknown_price(order: Order, first_year: str, tariff: Tariff) -> None:
    assert plain(estimate(COMMUNE, order, tariff).first_year(payee="cdg").words()) == first_year
