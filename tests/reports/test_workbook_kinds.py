"""The workbook under every kind of price: its figures equal the estimate's, as written and after any change in it."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pricing import Client, Order, Tariff, estimate
from tests.reports.spreadsheet import Spreadsheet, Values, cached
from tests.reports.test_workbook import expected, expected_lines, handed_over, lines, live, summary, yellow
from tests.test_real_tariffs import ACTS, act
from views.reports.workbook import workbook

MADE_UP = act(next(path for path in ACTS if path.stem == "cdg-62-2027"))
AGENTS_BY_TEN = {
    "kind": "stairstep",
    "by": "agents",
    "bands": [{"up_to": 10, "price": 20}],
    "beyond": {"kind": "blocks", "price": 15, "size": 10, "counted_from": "first_unit"},
}
BY_INHABITANTS = {
    "kind": "stairstep",
    "by": "inhabitants",
    "bands": [{"up_to": 1_249, "price": 20}, {"up_to": 1_250, "price": 30}],
}
OPEN = {"kind": "price", "price": Decimal("40.125")}
LIMITED = {"kind": "per_head", "by": "agents", "amount": Decimal("2.125"), "free": 3, "floor": 4, "cap": 50}
UNITS = {
    "kind": "volume",
    "bands": [{"up_to": 3, "price": Decimal("0.155")}],
    "beyond": {"kind": "on_quote", "why": "non"},
}
OTHERWISE = [
    {
        "services.vault.charges.setup.price": AGENTS_BY_TEN,
        "services.vault.charges.support.price": LIMITED,
        "services.vault.charges.support.vat": Decimal("5.5"),
        "services.mailbox.charges.account_5go.price": UNITS,
        "services.antivirus.charges.subscription.vat": Decimal(20),
        "services.antivirus.charges.subscription.only_with": "packs",
        "services.demarches.charges.subscription.vat": Decimal("8.5"),
        "services.domain.charges.subscription.structures": ("epci", "other"),
        "grids.demarches.up_to.A": {"agents": 5, "text": "A"},
        "grids.demarches.rule": "agents",
    },
    {
        "services.vault.charges.support.price": BY_INHABITANTS | {"beyond": OPEN},
        "services.vault.charges.support.vat": Decimal("2.1"),
        "services.pack.charges.subscription.price": LIMITED | {"by": "inhabitants", "free": 5_000, "floor": None},
        "services.mailbox.charges.account_5go.price": BY_INHABITANTS | {"beyond": {"kind": "on_quote", "why": "non"}},
        "services.vault.charges.setup.price": {"kind": "on_quote", "why": "sur étude"},
        "services.domain.charges.subscription.unless": ("packs", "demarches_simplifiees"),
        "grids.demarches.structures": ("commune", "epci", "other"),
        "grids.demarches.up_to.B": {"inhabitants": 5_000, "text": "B"},
        "grids.postes.rule": "agents",
    },
]
"""Changes of the made-up act that bring in the kinds of price, and the conditions, that no act of the folder has."""
ALL = Order(**{key: 1 if item.ticked else 3 for key, item in MADE_UP.items.items()})
CASES = [
    (Client(inhabitants=1_250, agents=3), ALL),
    (Client(inhabitants=1_251, agents=25), ALL.asking(mailboxes_5go=4, packs=0)),
    (Client(inhabitants=6_000), ALL.asking(vaults=10, demarches_simplifiees=0)),
    (Client(structure="epci", inhabitants=0, agents=5), ALL.asking(packs=0, demarches_simplifiees=0)),
    (Client(structure="other", agents=41), ALL),
    (Client(), ALL),
]
"""Clients and orders at the bounds of those prices."""


def moved(value: Any, key: str = "") -> Any:
    """Return part of a tariff with another price, bound and size of a block in each yellow cell."""
    if isinstance(value, dict):
        return {name: {} if name == "readings" else moved(part, name) for name, part in value.items()}
    if isinstance(value, tuple):
        return tuple(moved(part, key) for part in value)
    if isinstance(value, Decimal) and key not in ("vat", "floor", "cap"):
        return value + Decimal("1.37")
    return value + 1 if type(value) is int and key in ("up_to", "inhabitants", "agents", "size") else value


def assert_live(tariff: Tariff, asked: Sequence[tuple[Client, Order]]) -> None:
    """Check each case's workbook, and what the first shows with the yellow cells of each, at these prices and others.

    Any other does the same, since all have the same formulas.
    """
    books = [workbook(handed_over(tariff, order, client)) for client, order in asked]
    first, cells = Spreadsheet(books[0]), yellow(books[0])
    for case, book in zip(asked, books, strict=True):
        assert cached(book, formulas=True) == cached(books[0], formulas=True)
        assert_shows(Spreadsheet(book).values(), tariff, case)
    for later in (tariff, Tariff.model_validate(moved(tariff.model_dump()))):
        for client, order in [*asked, asked[0]]:
            wanted = cached(workbook(handed_over(later, order, client)))
            found = first.values({place: wanted.get(place) for place in cells})
            assert_shows(wanted, later, (client, order))
            assert_shows(found, later, (client, order))
            computed, written = ({k: v for k, v in live(of).items() if k not in cells} for of in (found, wanted))
            assert computed == written


def assert_shows(values: Values, tariff: Tariff, case: tuple[Client, Order]) -> None:
    made = estimate(*case, tariff)
    assert (summary(values), lines(values)) == (expected(made, tariff), list(expected_lines(made)))
    assert not [value for value in values.values() if str(value).startswith("#")], "an error"


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_a_real_tariff_has_a_workbook_as_live_as_the_estimate(path: Path) -> None:
    cases = tomllib.loads(path.with_suffix(".cases.toml").read_text(encoding="utf-8"))["case"]
    assert_live(act(path), [(Client(**case["client"]), Order(**case["order"])) for case in cases])


@pytest.mark.parametrize("changes", OTHERWISE, ids=["as units and heads", "as bands of inhabitants"])
def test_any_kind_of_price_has_a_workbook_as_live_as_the_estimate(changes: dict[str, Any]) -> None:
    assert_live(MADE_UP.changed({"readings": {}} | changes), CASES)
