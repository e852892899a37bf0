"""Figures and words of the charts of many communes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby

import pytest

from pricing import Order, Tariff
from pricing.catalogue import communes, load
from pricing.communes import Commune
from pricing.link import Links
from pricing.portfolio import portfolio, wanting
from tests.french import plain
from views.reports import group_charts
from views.reports.charts import Chart
from views.reports.group_handout import GroupHandout
from views.reports.group_summary import GroupSummary
from views.reports.palette import Look

LIGHT = Look("light")
ASKED = Order(mailboxes_5go=3, domains=1, backups=1, demarches_simplifiees=True)


def summary(tariff: Tariff, of: Iterable[Commune], order: Order = ASKED) -> GroupSummary:
    priced = portfolio(wanting(of, order), tariff)
    return GroupSummary(GroupHandout(priced, "", date(2024, 4, 2), "", "", Links(load().tariffs)))


@pytest.fixture
def artois(tariff: Tariff) -> GroupSummary:
    """Return the 96 communes of Artois, as the board asks about them."""
    return summary(tariff, (each for each in communes().values() if each.epci == "200069482"))


def ends(chart: Chart) -> list[tuple[str, str]]:
    """Return the name of each bar and the words at its end."""
    rows = (list(rows)[-1] for _, rows in groupby(chart.rows.to_pylist(), lambda row: row["rank"]))
    return [(plain(row["name"]), plain(row["total"])) for row in rows]


def test_each_category_has_a_bar_with_its_communes_and_what_they_pay(artois: GroupSummary) -> None:
    assert ends(group_charts.by_category(artois, LIGHT)) == [
        ("Catégorie A, 93 communes", "409 572,00 €"),
        ("Catégorie B, 3 communes", "14 112,00 €"),
    ]


def test_six_years_are_those_of_all_communes_together(artois: GroupSummary) -> None:
    said = plain(group_charts.six_years(artois, LIGHT).words)
    assert said.startswith("1re année : 92 214,00 € (")
    assert "6e année : 66 294,00 € (" in said


def test_a_chart_of_a_presentation_outlines_what_was_paid_at_the_start(artois: GroupSummary) -> None:
    same = [total.amount for total in artois.portfolio.cash]
    large = Look("light", large=True)
    assert not group_charts.six_years(artois, large, same).outlined
    less = [amount - 96 for amount in same]
    assert group_charts.six_years(artois, large, less).outlined


def test_each_commune_is_in_the_class_of_its_cost_per_inhabitant(artois: GroupSummary) -> None:
    costs = [row.per_head for row in artois.rows if row.per_head is not None]
    assert len(costs) == 96

    def between(least: float, most: float) -> int:
        return sum(least <= cost < most for cost in costs)

    assert [(plain(name), count) for name, count in group_charts.classes(artois)] == [
        ("moins de 0,50 €", between(0, 0.5)),
        ("0,50 € à moins de 1 €", between(0.5, 1)),
        ("1 € à moins de 2 €", between(1, 2)),
        ("2 € à moins de 5 €", between(2, 5)),
        ("5 € à moins de 10 €", between(5, 10)),
        ("10 € à moins de 20 €", between(10, 20)),
        ("20 € et plus", between(20, 1_000)),
    ]


def test_the_bars_of_the_classes_are_as_long_as_their_communes(artois: GroupSummary) -> None:
    chart = group_charts.per_head(artois, LIGHT)
    classes = group_charts.classes(artois)
    assert [row["high"] for row in chart.rows.to_pylist()] == [count for _, count in classes]
    assert "47 communes" in plain(chart.words)


@pytest.mark.parametrize(
    ("inhabitants", "name"),
    [(1, "500 € à moins de 1 000 €"), (734, "1 € à moins de 2 €"), (738, "0,50 € à moins de 1 €")],
)
def test_a_cost_on_a_bound_begins_the_class_above_it(tariff: Tariff, inhabitants: int, name: str) -> None:
    commune = next(iter(communes().values())).model_copy(update={"population": inhabitants})
    found = group_charts.classes(summary(tariff, [commune]))
    assert [(plain(words), count) for words, count in found] == [(name, 1)]


def test_a_commune_without_an_amount_is_in_no_class(tariff: Tariff) -> None:
    assert group_charts.classes(summary(tariff, communes().values(), Order())) == []


def test_bounds_are_exact_and_grow() -> None:
    assert group_charts.BOUNDS[:4] == (Decimal("0.01"), Decimal("0.02"), Decimal("0.05"), Decimal("0.1"))
    assert list(group_charts.BOUNDS) == sorted(group_charts.BOUNDS)
