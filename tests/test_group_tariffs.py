"""Two acts for the same communes, as the page shows them: sums, rows, and which communes to look at."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pricing import Order, Tariff, load
from pricing.portfolio import portfolio
from tests.french import plain
from tests.reports.groups import ASKED, artois
from tests.serving import with_dearer_mailboxes
from views.group_tariffs import bodies, contents
from views.reports.group_change import Change, change


@pytest.fixture
def later(tariff: Tariff, tmp_path: Path) -> Tariff:
    """Return the act of 2024 adopted again in 2027, in which a mailbox costs one euro a year more."""
    return load(with_dearer_mailboxes(tmp_path)).tariffs[0]


def between(before: Tariff, after: Tariff, order: Order = ASKED) -> Change:
    of = artois(before, order)
    found = change(replace(of, other=portfolio(of.portfolio.members, after)))
    assert found
    return found


def test_each_commune_has_its_six_years_before_and_after_and_what_separates_them(tariff: Tariff, later: Tariff) -> None:
    table = contents(between(tariff, later), {"62063": "https://simulateur.example/?commune=62063"})
    row: dict[str, Any] = next(row for row in table["rows"] if row["code"] == "62063")
    assert len(table["rows"]) == 96
    said = {key: [plain(str(each)) for each in cell] for key, cell in row["cells"].items()}
    assert said["before"] == ["4 704,00 €", "470400"]
    assert said["after"] == ["4 722,00 €", "472200"]
    assert said["first"] == ["+3,00 €", "300"]
    assert said["later"] == ["+3,00 €", "300"]
    assert said["gap"] == ["+18,00 €", "1800"]
    assert row["link"] == "?commune=62063"
    assert row["kinds"] == ["more"]


def test_the_foot_and_the_table_of_bodies_have_the_sums(tariff: Tariff, later: Tariff) -> None:
    changed = between(tariff, later)
    foot = {key: [plain(each) for each in cells] for key, cells in contents(changed, {})["foot"].items()}
    assert foot["before"] == ["423 684,00 €"]
    assert foot["after"] == ["425 412,00 €"]
    assert foot["gap"] == ["+1 728,00 €"]
    shown = plain(bodies(changed))
    assert shown.count("+1 728,00 €") == 2  # La Fibre, and all together
    assert "82 530,00 €" in shown


def test_only_the_kinds_of_change_that_there_are_can_be_shown(tariff: Tariff, later: Tariff) -> None:
    assert [name for _, name in contents(between(tariff, later), {})["kinds"]] == [
        "Toutes les communes",
        "Celles qui paieraient plus sur six ans",
    ]
    same = contents(between(tariff, later, Order(domains=1)), {})
    assert [name for _, name in same["kinds"]] == ["Toutes les communes", "Celles qui paieraient autant"]
    assert "was" not in [each["key"] for each in same["columns"]]


def test_a_price_on_quote_that_is_paid_more_often_is_said_to_differ_over_six_years(tariff: Tariff) -> None:
    on_quote = {"services.certificate.charges.cdg.price": {"kind": "on_quote", "why": "sur devis"}}
    before = tariff.changed(on_quote)
    after = before.changed({"services.certificate.items.certificates_cdg_3y.term_years": 1})
    shown = between(before, after, Order(certificates_cdg_3y=1))
    assert "une autre part sur devis" in bodies(shown)
    assert any("une autre part sur devis sur six ans" in each for each in shown.sentences)
