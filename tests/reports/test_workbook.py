"""The workbook's figures equal the estimate's after any change in it: a spreadsheet engine computes them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pricing import Client, Estimate, Order, Tariff, estimate, euros, load
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY, Structure
from pricing.tariff import Payee
from pricing.totals import Total
from tests.reports.spreadsheet import Place, Spreadsheet, Values, cached
from views.reports.handout import Handout
from views.reports.palette import LIGHT
from views.reports.terms import terms
from views.reports.workbook import workbook

DAY = date(2026, 11, 22)
LINK = "https://simulateur.example/?tarif=2024-03-26&habitants=1250&agents=6"
SHEET = "Estimation"
COMMUNE = Client(inhabitants=1250, agents=6)
ORDINARY = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
MANY = Client(inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
ACT = load().adopted(date(2024, 3, 26))
MOST = Order(**{key: 1 if item.ticked else MAX_QUANTITY for key, item in ACT.items.items()})
OTHERWISE = ACT.changed(
    {
        "services.mailbox.charges.support.counted": "each",
        "services.mailbox.charges.support.label": "Accompagnement ({item})",
        "services.mailbox.charges.support.price.beyond.counted_from": "first_unit",
        "services.backup.charges.extra_storage.price.limit.beyond": "excess_on_quote",
        "services.domain.charges.subscription.price": {"kind": "on_quote", "why": "sur étude"},
        "grids.demarches.rule": "agents",
        "grids.demarches.structures": ("commune", "epci"),
    }
)
"""Act read the other way under R3, R4, R8, R12 and R14, and with a price on quote."""


def handed_over(
    act: Tariff = ACT, order: Order = ORDINARY, client: Client = COMMUNE, *, name: str = "Ruitz", **scenarios: Order
) -> Handout:
    kept = tuple((each, estimate(client, other, act)) for each, other in scenarios.items())
    return Handout(estimate(client, order, act), act, name, DAY, LINK, kept)


def yellow(book: bytes) -> list[Place]:
    """Return the cells that may be changed."""
    rows = load_workbook(BytesIO(book))[SHEET].iter_rows()
    return [(SHEET, c.coordinate) for row in rows for c in row if c.fill.fgColor.rgb == LIGHT.quote.replace("#", "FF")]


# The answer


def summary(values: Values) -> dict[tuple[str, str], str]:
    """Return every total of the answer with what it leaves out, by its title and payee."""

    def at(row: int, column: str) -> Any:
        return values.get((SHEET, f"{column}{row}"))

    def said(row: int, column: str) -> str:
        amount = at(row, column)
        known = amount if isinstance(amount, str) else euros(Decimal(repr(amount)))
        return f"{known} | {at(row + 1, column) or ''}"

    rows = [row for row in (4, 6, 8) if at(row, "G")]
    return {(at(3, column), at(row, "G")): said(row, column) for row in rows for column in "HIJKLM"}


def expected(made: Estimate, act: Tariff = ACT) -> dict[tuple[str, str], str]:
    """Return every total of the answer as the estimate has it."""

    def said(total: Total) -> str:
        counts = ((total.on_quote, "sur devis"), (total.missing, "à compléter"))
        left_out = [f"{len(lines)} {why}" for lines, why in counts if lines]
        return f"{total.known_words() or left_out[0].partition(' ')[2]} | {' + '.join(left_out)}"

    scopes: dict[str, Payee | None] = {"En tout": None}
    scopes.update({f"Devis {body.short}": payee for payee, body in act.payees.items()})
    return {
        (title, name): said(total)
        for name, payee in scopes.items()
        for title, total in {
            "1re année": made.first_year(payee=payee),
            "dont mise en service": made.first_year(payee=payee, rhythm="setup"),
            "dont chaque année": made.first_year(payee=payee, rhythm="yearly"),
            f"dont {terms(act).part}": made.first_year(payee=payee, rhythm="term"),
            terms(act).recurring: made.recurring(payee=payee),
            "Six ans": made.six_years(payee=payee),
        }.items()
    }


def lines(values: Values) -> list[list[object]]:
    """Return every line that is ordered: service, tariff, quantity, and its amount in each year and over six."""
    at = {place: value for (sheet, place), value in values.items() if sheet == SHEET}
    rows = [row for row in range(1, 100) if at.get(f"O{row}") and at.get(f"E{row}") not in (0, "Quantité")]
    return [[at.get(f"{column}{row}") for column in "ABEHIJKLMN"] for row in rows]


def expected_lines(made: Estimate) -> Iterator[list[object]]:
    words = {"included": "inclus", "on_quote": "sur devis", "missing": "à compléter", "not_stated": "non indiqué"}
    for line in made.lines:
        outcome, position = line.outcome, line.position
        amount = float(outcome.amount) if outcome.kind == "priced" else words[outcome.kind]
        years = [amount if line.due(year) else "–" for year in range(1, 7)]
        paid = [each for each in years if isinstance(each, float)]
        yield [position.service, position.label, line.quantity, *years, pytest.approx(sum(paid)) if paid else amount]


# Any change


PRICES = st.integers(0, 99_999).map(lambda cents: Decimal(cents) / 100)
QUANTITIES = st.one_of(st.integers(0, 45), st.sampled_from([0, 0, 99, 100, 101, 130, 1234]))
ORDERS = st.builds(
    Order, **{key: st.sampled_from([1, 1, 0]) if item.ticked else QUANTITIES for key, item in ACT.items.items()}
)
STRUCTURE: st.SearchStrategy[Structure] = st.sampled_from(["commune", "commune", "epci", "other"])
INHABITANTS = st.one_of(st.none(), st.sampled_from([0, 999, 1000, 1001, 5001, 60_000, 200_000]))
AGENTS = st.one_of(st.none(), st.sampled_from([0, 4, 5, 11, 601, 2_000]))
CLIENTS = st.builds(Client, structure=STRUCTURE, inhabitants=INHABITANTS, agents=AGENTS)


def rising(most: int, count: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, most), min_size=count, max_size=count, unique=True).map(sorted)


@st.composite
def changes(draw: st.DrawFn, act: Tariff) -> dict[str, Any]:
    """Draw another value for every price and bound of an act, and drop its readings, which change them again."""
    found: dict[str, Any] = {"readings": {}}
    for name, service in act.services.items():
        for key, charge in service.charges.items():
            price, path = charge.price, f"services.{name}.charges.{key}.price"
            if price.kind == "per_unit":
                found[f"{path}.amount"] = draw(PRICES)
                if price.limit:
                    found[f"{path}.limit.up_to"] = draw(st.integers(1, 150))
            elif price.kind == "by_term":
                found[f"{path}.terms"] = [{"years": term.years, "price": draw(PRICES)} for term in price.terms]
            elif price.kind == "by_category":
                found[f"{path}.amounts"] = {each: draw(PRICES | st.just("on_quote")) for each in price.amounts}
            elif price.kind == "stairstep":
                bounds = draw(rising(45, len(price.bands)))
                found[f"{path}.bands"] = [{"up_to": each, "price": draw(PRICES)} for each in bounds]
                if price.beyond.kind == "blocks":
                    found |= {f"{path}.beyond.price": draw(PRICES), f"{path}.beyond.size": draw(st.integers(1, 30))}
    for criterion, most in (("inhabitants", 70_000), ("agents", 700)):
        names = act.grids["demarches"].up_to
        for name, bound in zip(names, draw(rising(most, len(names))), strict=True):
            found[f"grids.demarches.up_to.{name}.{criterion}"] = bound
    return found


@pytest.fixture(scope="module", params=[ACT, OTHERWISE], ids=["as read", "otherwise"])
def opened(request: pytest.FixtureRequest) -> tuple[Tariff, Spreadsheet, list[Place]]:
    """Open the ordinary order's workbook, under the act as read here and under the other readings."""
    book = workbook(handed_over(request.param))
    return request.param, Spreadsheet(book), yellow(book)


def live(values: Values) -> dict[Place, object]:
    """Return what the live sheet shows; an empty cell shows as much as an empty text."""
    shown = {place: value for place, value in values.items() if place[0] == SHEET and value not in (None, "")}
    return {place: value if isinstance(value, str) else round(float(value), 2) for place, value in shown.items()}


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])  # to shrink an example would take minutes
@given(data=st.data(), client=CLIENTS, order=ORDERS)
@example(data=None, client=MANY, order=MOST)
@example(data=None, client=Client(), order=Order())
def test_a_changed_workbook_shows_what_is_written_for_the_changed_estimate(
    data: st.DataObject | None, client: Client, order: Order, opened: tuple[Tariff, Spreadsheet, list[Place]]
) -> None:
    act, sheet, cells = opened
    changed = act.changed(data.draw(st.one_of(st.just({}), changes(act)))) if data else act
    made, written = estimate(client, order, changed), cached(workbook(handed_over(changed, order, client)))
    assert summary(written) == expected(made)
    assert lines(written) == list(expected_lines(made))
    computed = sheet.values({place: written.get(place) for place in cells})
    assert not [value for value in computed.values() if str(value).startswith("#")], "an error"
    assert live(computed) == live(written)
