"""The workbook's figures equal the estimate's after any change in it: a spreadsheet engine computes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing import Client, Estimate, Order, Tariff, estimate, euros, schedule
from pricing.estimate import Total
from pricing.order import CHOICES, ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY, Structure
from pricing.rating import Outcome
from pricing.tariff import PAYEES, Payee
from tests.reports.spreadsheet import Place, Spreadsheet, Values, cached
from views.reports.handout import Handout
from views.reports.workbook import workbook

DAY = date(2026, 11, 22)
LINK = "https://simulateur.example/?tarif=2024-03-26&habitants=1250&agents=6"
COMMUNE = Client(inhabitants=1250, agents=6)
ORDINARY = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
MOST = Order.model_validate({item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS})
MANY = Client(inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
OTHERWISE: dict[str, object] = {
    "services.mailbox.charges.support.counted": "each",
    "services.mailbox.charges.support.label": "Accompagnement ({item})",
    "services.mailbox.charges.support.price.beyond.counted_from": "first_unit",
    "services.backup.charges.extra_storage.price.limit.beyond": "excess_on_quote",
    "services.domain.charges.subscription.price": {"kind": "on_quote", "why": "sur étude"},
    "grids.demarches.rule": "agents",
    "grids.demarches.structures": ("commune", "epci"),
}
"""Changes that this act does not need: R3, R4, R8, R12 and R14 read the other way, and a price on quote."""
SHEET = "Estimation"
SUPPORT, ANTIVIRUS = "services.mailbox.charges.support.price", "services.antivirus.charges.setup.price"
STORAGE, DEMARCHES = "services.backup.charges.extra_storage.price", "services.demarches.charges"


def handed_over(
    tariff: Tariff,
    order: Order = ORDINARY,
    client: Client = COMMUNE,
    *,
    name: str = "Ruitz",
    scenarios: Mapping[str, Order] | None = None,
) -> Handout:
    kept = tuple((each, estimate(client, other, tariff)) for each, other in (scenarios or {}).items())
    return Handout(estimate(client, order, tariff), tariff, name, DAY, LINK, kept)


# Figures shown


def rows(values: Values, begin: str, end: str = "") -> range:
    """Return the rows from under the heading of a section to another, or to the end."""
    starts = {str(value): int(place[1:]) for (sheet, place), value in values.items() if sheet == SHEET and "A" in place}
    return range(starts[begin] + 2, starts.get(end, max(starts.values()) + 1))


def at(values: Values, row: int, column: str) -> Any:
    return values.get((SHEET, f"{column}{row}"))


def said(amount: object, left_out: object) -> str:
    """Return a total with what it leaves out."""
    known = amount if isinstance(amount, str) else euros(Decimal(repr(amount)))
    return f"{known} | {left_out or ''}"


def said_of(total: Total) -> str:
    words = [
        f"{len(lines)} {why}" for lines, why in ((total.on_quote, "sur devis"), (total.missing, "à compléter")) if lines
    ]
    return f"{total.known_words() or ('sur devis' if total.on_quote else 'à compléter')} | {' + '.join(words)}"


def summary(values: Values) -> dict[tuple[str, str], str]:
    """Return every total of the answer, by its title and payee."""
    return {
        (str(at(values, 3, column)), str(at(values, row, "G"))): said(
            at(values, row, column), at(values, row + 1, column)
        )
        for row in (4, 6, 8)
        for column in "HIJKLM"
    }


def expected(made: Estimate) -> dict[tuple[str, str], str]:
    """Return every total of the answer as the estimate has it."""
    found: dict[tuple[str, str], str] = {}
    scopes: dict[str, Payee | None] = {"En tout": None, "Devis La Fibre 59-62": "fibre", "Devis CDG 62": "cdg"}
    for name, payee in scopes.items():
        totals = {
            "1re année": made.first_year(payee=payee),
            "dont mise en service": made.first_year(payee=payee, rhythm="setup"),
            "dont chaque année": made.first_year(payee=payee, rhythm="yearly"),
            "dont certificats": made.first_year(payee=payee, rhythm="term"),
            "Par an, certificats répartis": made.recurring(payee=payee),
            "Six ans": made.six_years(payee=payee),
        }
        found |= {(title, name): said_of(total) for title, total in totals.items()}
    return found


def years(values: Values) -> list[list[str]]:
    """Return the totals under the lines, year by year and over six years, of all payees and of each."""
    first = next(row for row in rows(values, "Détail", "Tranches") if at(values, row, "A") == "Total TTC")
    return [
        [said(at(values, row, column), at(values, row + 1, column)) for column in "HIJKLMN"]
        for row in range(first, first + 6, 2)
    ]


def years_of(made: Estimate) -> list[list[str]]:
    return [
        [
            said_of(total)
            for total in (*(year.total for year in schedule(made, payee=payee).years), made.six_years(payee=payee))
        ]
        for payee in (None, *PAYEES)
    ]


def lines(values: Values) -> list[tuple[object, ...]]:
    """Return every line ordered: service, tariff, quantity, amount, and its total over six years."""
    return [
        tuple(_exact(at(values, row, column)) for column in "ABEHN")
        for row in rows(values, "Détail", "Tranches")
        if at(values, row, "O") and at(values, row, "E")
    ]


def lines_of(made: Estimate) -> list[tuple[object, ...]]:
    def amount(outcome: Outcome, times: int) -> object:
        words = {"included": "inclus", "on_quote": "sur devis", "missing": "à compléter", "not_stated": "non indiqué"}
        return outcome.amount * times if outcome.kind == "priced" else words[outcome.kind]

    return [
        (
            line.position.service,
            line.position.label,
            Decimal(f"{line.quantity}.00"),
            amount(line.outcome, 1),
            amount(line.outcome, line.times()),
        )
        for line in made.lines
    ]


def _exact(value: object) -> object:
    return value if isinstance(value, str) else Decimal(repr(value)).quantize(Decimal("0.01"))


def assert_shows(values: Values, made: Estimate) -> None:
    """Check that all figures are the estimate's, and that the visible lines add up to the total under them."""
    assert not [value for value in values.values() if str(value).startswith("#")], "an error"
    assert summary(values) == expected(made)
    assert years(values) == years_of(made)
    assert lines(values) == lines_of(made)


# Cells that may be changed


def inputs(values: Values, client: Client, order: Order, tariff: Tariff) -> dict[Place, object]:
    """Return the cells of the client and of the order."""
    named = {str(at(values, row, "A")): row for row in range(7, 11 + len(tariff.items))}
    asked = {item.label: order.quantity(key) for key, item in tariff.items.items()}
    asks = {"Type de structure": KINDS[client.structure], "Habitants": client.inhabitants, "Agents": client.agents}
    return {(SHEET, f"C{named[label]}"): value for label, value in (asks | asked).items()}


def bands(values: Values, service: str) -> list[int]:
    """Return the rows of a service's bands."""
    return [row for row in rows(values, "Tranches") if at(values, row, "A") == service and at(values, row, "D")]


def categories(values: Values) -> int:
    """Return the row of the first category."""
    return next(
        row
        for (_, place), value in values.items()
        if str(value).startswith("Catégories de")
        for row in [int(place[1:]) + 2]
    )


def price(values: Values, service: str, label: str) -> Place:
    """Return the cell of a price beside its line."""
    found = rows(values, "Détail", "Tranches")
    return SHEET, f"F{next(row for row in found if (at(values, row, 'A'), at(values, row, 'B')) == (service, label))}"


PRICES = st.integers(0, 99_999).map(lambda cents: Decimal(cents) / 100)
QUANTITIES = st.one_of(st.just(0), st.integers(0, 45), st.sampled_from([99, 100, 101, 130, 1234]))
ORDERS = st.fixed_dictionaries({item: st.booleans() if item in CHOICES else QUANTITIES for item in ITEMS}).map(
    Order.model_validate
)
STRUCTURE: st.SearchStrategy[Structure] = st.sampled_from(["commune", "commune", "epci", "other"])
CLIENTS = st.builds(
    Client,
    structure=STRUCTURE,
    inhabitants=st.one_of(st.none(), st.sampled_from([0, 999, 1000, 1001, 5001, 60_000, 200_000])),
    agents=st.one_of(st.none(), st.sampled_from([0, 4, 5, 11, 601, 2_000])),
)


def rising(most: int, count: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, most), min_size=count, max_size=count, unique=True).map(sorted)


@st.composite
def tariffs(draw: st.DrawFn, tariff: Tariff, values: Values) -> tuple[dict[str, Any], dict[Place, object]]:
    """Draw other prices and bounds, as changes of the tariff and as cells of its workbook."""
    changes: dict[str, Any] = {}
    cells: dict[Place, object] = {}

    def change(key: str, place: Place, value: Decimal | int) -> None:
        changes[key], cells[place] = value, value

    if tariff.services["domain"].charges["subscription"].price.kind == "per_unit":
        change(
            "services.domain.charges.subscription.price.amount",
            price(values, "Nom de domaine", "Abonnement"),
            draw(PRICES),
        )
    change("services.backup.charges.setup.price.amount", price(values, *BACKUP, "Mise en service"), draw(PRICES))
    terms = [{"years": years, "price": draw(PRICES)} for years in (1, 2, 3)]
    changes["services.certificate.charges.on_site.price.terms"] = terms
    for term, span in zip(terms, ("1 an", "2 ans", "3 ans"), strict=True):
        cells[price(values, "Clé de signature", f"Certificat de {span}, remis sur site")] = term["price"]
    for key, service in ((SUPPORT, "Messagerie"), (ANTIVIRUS, "Antivirus")):
        found = bands(values, service)[:5]
        others = [{"up_to": up_to, "price": draw(PRICES)} for up_to in draw(rising(45, 4))]
        changes[f"{key}.bands"] = others
        for row, band in zip(found, others, strict=False):
            cells |= {(SHEET, f"E{row}"): band["up_to"], (SHEET, f"F{row}"): band["price"]}
    (*_, beyond), size = bands(values, "Messagerie"), draw(st.integers(1, 30))
    change(f"{SUPPORT}.beyond.price", (SHEET, f"F{beyond}"), draw(PRICES))
    change(f"{SUPPORT}.beyond.size", (SHEET, f"H{beyond}"), size)
    storage, _ = bands(values, *BACKUP)
    change(f"{STORAGE}.amount", (SHEET, f"F{storage}"), draw(PRICES))
    change(f"{STORAGE}.limit.up_to", (SHEET, f"E{storage}"), draw(st.integers(1, 150)))
    top = categories(values)
    for column, criterion, bounds in (
        ("C", "inhabitants", draw(rising(70_000, 8))),
        ("D", "agents", draw(rising(700, 8))),
    ):
        for row, (name, bound) in enumerate(zip("ABCDEFGH", bounds, strict=True), top):
            change(f"grids.demarches.up_to.{name}.{criterion}", (SHEET, f"{column}{row}"), bound)
    for row, name in enumerate("ABCDEFGHI", top):
        amount = draw(st.one_of(PRICES, st.just("on_quote")))
        changes[f"{DEMARCHES}.support.price.amounts.{name}"] = amount
        cells[SHEET, f"G{row}"] = "sur devis" if amount == "on_quote" else amount
    return changes, cells


KINDS = {"commune": "Commune", "epci": "Intercommunalité", "other": "CCAS ou syndicat…"}
BACKUP = ("Sauvegarde 60 Go et partage de fichiers 5 Go",)


@pytest.fixture(scope="module", params=["as read", "otherwise"])
def read(request: pytest.FixtureRequest, tariff: Tariff) -> tuple[Tariff, Values, Spreadsheet]:
    """Compute the ordinary order's workbook, under the act as read here and under the other readings."""
    act = tariff.changed(OTHERWISE) if request.param == "otherwise" else tariff
    book = workbook(handed_over(act))
    return act, cached(book), Spreadsheet(book)


@settings(max_examples=60)
@given(data=st.data())
def test_after_any_change_every_figure_is_that_of_the_changed_estimate(
    data: st.DataObject, read: tuple[Tariff, Values, Spreadsheet]
) -> None:
    act, values, sheet = read
    client, order = data.draw(CLIENTS), data.draw(ORDERS)
    changes, cells = data.draw(st.one_of(st.just(({}, {})), tariffs(act, values)))
    made = estimate(client, order, act.changed(changes))
    assert_shows(sheet.values(cells | inputs(values, client, order, act)), made)
