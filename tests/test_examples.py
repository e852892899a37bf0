"""Every case worked by hand in examples/ equals the computed result to the cent, line by line and total by total."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pricing import Catalogue, Client, Estimate, Line, Order, estimate, schedule
from pricing.category import Placed

FILES = sorted((Path(__file__).parent / "examples").glob("*.toml"))
CASES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal) for file in FILES}


def found(result: Estimate) -> dict[str, Any]:
    """Write an estimate as a case does; set-up, yearly and certificates are those of year 1."""
    whole = result.six_years()
    placement = result.placements["demarches"]
    without = {"on_quote": "none", "missing": "missing"}
    return {
        "category": placement.category if isinstance(placement, Placed) else without[placement.outcome.kind],
        "set_aside": [aside.item for aside in result.set_aside],
        "lines": [found_line(line) for line in result.lines],
        "setup": result.first_year(rhythm="setup").amount,
        "yearly": result.first_year(rhythm="yearly").amount,
        "certificates": result.first_year(rhythm="term").amount,
        "first_year": result.answers.first_year.amount,
        "recurring": result.answers.recurring.amount,
        "years": [year.total.amount for year in schedule(result).years],
        "six_years": result.answers.six_years.amount,
        "fibre_first_year": result.first_year(payee="fibre").amount,
        "cdg_first_year": result.first_year(payee="cdg").amount,
        "fibre_recurring": result.recurring(payee="fibre").amount,
        "cdg_recurring": result.recurring(payee="cdg").amount,
        "on_quote": [line.position.charge for line in whole.on_quote],
        "not_stated": [line.position.charge for line in whole.not_stated],
        "missing": [line.position.charge for line in whole.missing],
    }


def found_line(line: Line) -> dict[str, Any]:
    return {
        "charge": line.position.charge,
        "payee": line.payee,
        "rhythm": line.rhythm,
        "every": line.position.every,
        "quantity": line.quantity,
        "amount": line.outcome.amount if line.outcome.kind == "priced" else line.outcome.kind,
    }


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_worked_by_hand_equals_the_estimate_to_the_cent(case: dict[str, Any], catalogue: Catalogue) -> None:
    tariff: date = case["tariff"]
    client, order = Client.model_validate(case["client"]), Order.model_validate(case["order"])

    computed = found(estimate(client, order, catalogue.adopted(tariff)))

    by_hand = dict(case["expected"])
    totals = by_hand.pop("totals")
    assert computed == {**by_hand, **totals}, f"{case['title']} ({case['why']})"


def test_there_are_at_least_forty_cases_of_different_titles() -> None:
    assert len({case["title"] for case in CASES.values()}) == len(CASES) >= 40
