"""Every case worked by hand in examples/ equals the computed result to the cent, line by line and total by total."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import ValidationError

from pricing import Catalogue, Client, Estimate, Line, Order, estimate, schedule
from pricing.category import Placed
from pricing.frozen import Frozen
from pricing.tariff import Payee, Rhythm

FILES = sorted((Path(__file__).parent / "examples").glob("*.toml"))


class ExpectedLine(Frozen, frozen=True):
    """Line of a case, as its author worked it out."""

    charge: str
    payee: Payee
    rhythm: Rhythm
    every: int
    quantity: int
    amount: Decimal | Literal["included", "on_quote", "not_stated", "missing"]


class ExpectedTotals(Frozen, frozen=True):
    """Totals of a case; set-up, yearly and certificates are those of year 1."""

    setup: Decimal
    yearly: Decimal
    certificates: Decimal
    first_year: Decimal
    recurring: Decimal
    years: tuple[Decimal, ...]
    six_years: Decimal
    fibre_first_year: Decimal
    cdg_first_year: Decimal
    fibre_recurring: Decimal
    cdg_recurring: Decimal
    on_quote: tuple[str, ...]
    not_stated: tuple[str, ...]
    missing: tuple[str, ...]


class Expected(Frozen, frozen=True):
    """Expected result of a case; `category` is a letter, "none" for an other structure, or "missing"."""

    category: str
    set_aside: tuple[str, ...]
    lines: tuple[ExpectedLine, ...]
    totals: ExpectedTotals


class Case(Frozen, frozen=True):
    """Situation with everything that must come out of it."""

    title: str
    why: str
    tariff: date
    client: Client
    order: Order
    expected: Expected


def parse(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)


def found(result: Estimate) -> Expected:
    """Convert an estimate to the form of a case."""
    whole = result.six_years()
    placement = result.placement
    unplaced = {"on_quote": "none", "missing": "missing"}
    return Expected(
        category=placement.category if isinstance(placement, Placed) else unplaced[placement.outcome.kind],
        set_aside=tuple(aside.item for aside in result.set_aside),
        lines=tuple(found_line(line) for line in result.lines),
        totals=ExpectedTotals(
            setup=result.first_year(rhythm="setup").amount,
            yearly=result.first_year(rhythm="yearly").amount,
            certificates=result.first_year(rhythm="term").amount,
            first_year=result.answers.first_year.amount,
            recurring=result.answers.recurring.amount,
            years=tuple(year.total.amount for year in schedule(result).years),
            six_years=result.answers.six_years.amount,
            fibre_first_year=result.first_year(payee="fibre").amount,
            cdg_first_year=result.first_year(payee="cdg").amount,
            fibre_recurring=result.recurring(payee="fibre").amount,
            cdg_recurring=result.recurring(payee="cdg").amount,
            on_quote=tuple(line.position.charge for line in whole.on_quote),
            not_stated=tuple(line.position.charge for line in whole.not_stated),
            missing=tuple(line.position.charge for line in whole.missing),
        ),
    )


def found_line(line: Line) -> ExpectedLine:
    return ExpectedLine(
        charge=line.position.charge,
        payee=line.payee,
        rhythm=line.rhythm,
        every=line.position.every,
        quantity=line.quantity,
        amount=line.outcome.amount if line.outcome.kind == "priced" else line.outcome.kind,
    )


def differences(expected: Expected, computed: Expected) -> Iterator[str]:
    """Yield the differences of the two, one readable line each."""
    for name in ("category", "set_aside"):
        yield from difference(name, getattr(expected, name), getattr(computed, name))
    for rank, (ours, theirs) in enumerate(zip_longest(expected.lines, computed.lines), start=1):
        yield from difference(f"line {rank}", written(ours), written(theirs))
    for name in ExpectedTotals.model_fields:
        yield from difference(name, getattr(expected.totals, name), getattr(computed.totals, name))


def difference(name: str, ours: object, theirs: object) -> Iterator[str]:
    if ours != theirs:
        yield f"  {name}\n      worked by hand: {shown(ours)}\n      computed:       {shown(theirs)}"


def written(line: ExpectedLine | None) -> str:
    if line is None:
        return "no line"
    amount = line.amount if isinstance(line.amount, str) else f"{line.amount:.2f}"
    return f"{line.charge} {line.payee} {line.rhythm} every {line.every}: {line.quantity} -> {amount}"


def shown(value: object) -> str:
    return ", ".join(map(str, value)) or "nothing" if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_case_worked_by_hand_equals_the_estimate_to_the_cent(file: Path, catalogue: Catalogue) -> None:
    case = Case.model_validate(parse(file))

    result = estimate(case.client, case.order, catalogue.adopted(case.tariff))

    unlike = list(differences(case.expected, found(result)))
    assert not unlike, "\n".join([f"{file.name}: {case.title}", f"({case.why})", *unlike])


def test_there_are_at_least_forty_cases() -> None:
    assert len(FILES) >= 40


def test_no_two_cases_have_the_same_title() -> None:
    titles = [parse(file)["title"] for file in FILES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("table", ["", "client", "order", "expected", "expected.totals"])
def test_an_unknown_key_in_a_case_is_refused(table: str) -> None:
    data = parse(FILES[0])
    target = data
    for key in filter(None, table.split(".")):
        target = target[key]
    target["mailbox"] = 1
    with pytest.raises(ValidationError, match="mailbox"):
        Case.model_validate(data)


def test_an_unknown_key_in_a_line_of_a_case_is_refused() -> None:
    data = parse(next(file for file in FILES if parse(file)["expected"]["lines"]))
    data["expected"]["lines"][0]["price"] = Decimal(1)
    with pytest.raises(ValidationError, match="price"):
        Case.model_validate(data)


def test_a_wrong_figure_is_reported_with_both_figures() -> None:
    case = Case.model_validate(parse(next(file for file in FILES if file.stem == "01-domain-and-web-page")))
    totals = case.expected.totals.model_copy(update={"setup": Decimal("151.00")})
    wrong = case.expected.model_copy(update={"totals": totals})

    [told] = differences(wrong, case.expected)

    assert told == "  setup\n      worked by hand: 151.00\n      computed:       150.00"
