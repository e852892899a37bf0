"""Rows, words and edits of the table of communes, before a browser draws it."""

from typing import Any
from urllib.parse import parse_qs

import pytest

from pricing import Order, Tariff, estimate
from pricing.group import Group, Own
from pricing.portfolio import grouped, portfolio
from tests.french import plain
from tests.reports.groups import ASKED, COMMUNES
from views import kept
from views.group_table import contents, edits
from views.reports.group_handout import GroupHandout
from views.reports.group_summary import GroupSummary

AVESNES, RUITZ = "62063", "62727"
GROUP = Group(
    of="200069482",
    asks="same",
    without=frozenset({"62009"}),
    own=(Own(code=AVESNES, agents=30, quantities=(("domains", 0), ("web_pages", 2))),),
)


def drawn(tariff: Tariff, group: Group = GROUP, order: Order = ASKED) -> dict[str, Any]:
    """Return the table of a group."""
    priced = portfolio(grouped(group, order, lambda _: Order(), COMMUNES), tariff)
    own = frozenset(each.code for each in group.own)
    of = GroupHandout(priced, "", kept.today(), "", "https://simulateur.example/", kept.links(), own=own)
    return contents(GroupSummary(of), group, COMMUNES)


def row_of(table: dict[str, Any], code: str) -> dict[str, Any]:
    """Return a row with its amounts."""
    row = next(row for row in table["rows"] if row["code"] == code)
    return row | {"cells": row["cells"] | table["amounts"][row["amounts"]]} if "amounts" in row else row


def test_each_commune_has_a_row_in_the_order_of_the_group_those_left_out_among_them(tariff: Tariff) -> None:
    table = drawn(tariff)
    assert [row["code"] for row in table["rows"]] == [
        each.code for each in COMMUNES.values() if each.epci == "200069482"
    ]
    assert [row["code"] for row in table["rows"] if row["out"]] == ["62009"]
    assert "amounts" not in row_of(table, "62009")
    assert row_of(table, "62009")["link"] == ""


def test_each_row_has_the_amounts_of_its_commune_alone_and_opens_its_own_simulation(tariff: Tariff) -> None:
    table = drawn(tariff)
    members = list(grouped(GROUP, ASKED, lambda _: Order(), COMMUNES))
    assert len(members) == 95
    for member in members:
        row = row_of(table, member.choice.commune)
        alone = estimate(member.choice.client, member.choice.order, tariff).answers
        assert row["cells"]["first"] == [alone.first_year.words(), alone.first_year.amount * 100]
        assert row["cells"]["six"] == [alone.six_years.words(), alone.six_years.amount * 100]
        opened = kept.links().read(parse_qs(row["link"][1:]))
        assert opened.simulation.choice == member.choice
        assert opened.simulation.group is None


def test_a_row_says_what_is_its_own_and_holds_the_numbers_that_it_asks_for(tariff: Tariff) -> None:
    row = row_of(drawn(tariff), AVESNES)
    assert row["own"] == ["agents", "domains", "web_pages"]
    assert row["fields"] == {
        "agents": 30,
        "mailboxes_5go": 3,
        "web_pages": 2,
        "backups": 1,
        "demarches_simplifiees": 1,
    }


def test_what_nobody_asks_for_is_a_column_to_add_and_what_somebody_does_is_shown(tariff: Tariff) -> None:
    shown = {each["key"]: each["shown"] for each in drawn(tariff)["columns"]}
    assert shown["agents"]
    asked = {key for key in tariff.items if shown[key]}
    assert asked == {"mailboxes_5go", "domains", "backups", "demarches_simplifiees", "web_pages"}
    assert set(tariff.items) <= {*shown}


def test_the_foot_has_the_totals_of_the_communes_counted(tariff: Tariff) -> None:
    foot = {
        key: [plain(each) for each in cells]
        for key, cells in drawn(tariff, Group(of="200069482", asks="same"))["foot"].items()
    }
    assert foot["name"] == ["Ensemble, 96 communes"]
    assert foot["first"] == ["92 214,00 €"]
    assert foot["later"] == ["66 294,00 €"]
    assert foot["six"] == ["423 684,00 €"]
    assert foot["mailboxes_5go"] == ["288"]


def test_an_amount_on_quote_is_told_in_its_row_and_in_the_foot(tariff: Tariff) -> None:
    large = Group(of="62", asks="same")
    table = drawn(tariff, large)
    on_quote = [row for row in table["rows"] if "unknown" in row["kinds"]]
    assert on_quote
    assert plain(row_of(table, on_quote[0]["code"])["cells"]["six"][2]) == "+ 1 montant sur devis"
    assert plain(table["foot"]["six"][1]) == f"+ {len(on_quote)} montants sur devis"


def test_only_the_kinds_of_communes_that_there_are_can_be_shown(tariff: Tariff) -> None:
    words = [name for _, name in drawn(tariff)["kinds"]]
    assert words == [
        "Toutes les communes",
        "Catégorie A",
        "Catégorie B",
        "Catégorie C",
        "Celles qui sont à part",
        "Celles laissées de côté",
    ]
    alone = drawn(tariff, Group(of="200069482", asks="same"), Order(domains=1))
    assert [name for _, name in alone["kinds"]] == ["Toutes les communes"]
    assert "category" not in [each["key"] for each in alone["columns"]]


def test_edits_are_read_as_a_browser_of_ours_sends_them() -> None:
    sent = [
        {"code": RUITZ, "field": "agents", "value": 12},
        {"code": RUITZ, "field": "domains", "value": None},
        {"code": AVESNES, "field": "", "value": None},
        {"code": AVESNES, "field": "counted", "value": False},
    ]
    assert list(edits(sent)) == [
        (RUITZ, "agents", 12),
        (RUITZ, "domains", None),
        (AVESNES, "", None),
        (AVESNES, "counted", False),
    ]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "62063",
        {"code": "62063"},
        [None, 3, "62063"],
        [{"code": 62063, "field": "agents", "value": 1}],
        [{"code": "62063", "field": ["agents"], "value": 1}],
        [{"code": "62063", "field": "agents", "value": "1"}],
        [{"code": "62063", "field": "agents", "value": 1.5}],
        [{"field": "agents", "value": 1}],
    ],
)
def test_anything_else_that_is_sent_is_no_edit(sent: object) -> None:
    assert list(edits(sent)) == []
