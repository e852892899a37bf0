"""The workbook, read by one library and recalculated by another: neither is ours, and both must find the estimate."""

import io
import random
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import formulas
import pytest
from formulas.tokens.operand import XlError
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pricing import Client, Estimate, Order, Tariff, estimate, euros, schedule
from pricing.estimate import Line, Total, total
from pricing.money import counted
from pricing.options import compare
from pricing.order import CHOICES, ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.tariff import RHYTHMS, Payee
from views.reports.handout import Handout
from views.reports.palette import LIGHT
from views.reports.workbook import workbook
from views.reports.workbook_formulas import text

DAY = date(2026, 11, 22)
LINK = "https://simulateur.example/?tarif=2024-03-26&habitants=1250&agents=6"
COMMUNE = Client(inhabitants=1250, agents=6)
NEWCOMER = Order(
    mailboxes_5go=4, domains=1, certificates_cdg_3y=1, backups=1, antivirus_devices=3, demarches_simplifiees=True
)
MOST = Order.model_validate({item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS})
SHEETS = ["Synthèse", "Détail", "Six ans", "Totaux", "Choix", "Grille tarifaire", "Catégories", "Points à confirmer"]
SHEETS.append("Hypothèses")
OTHERWISE = {
    "services.mailbox.charges.support.counted": "each",
    "services.mailbox.charges.support.label": "Accompagnement ({item})",
    "services.mailbox.charges.support.price.beyond.counted_from": "first_unit",
    "services.backup.charges.extra_storage.price.limit.beyond": "excess_on_quote",
}
"""The readings R3, R4 and R8 the other way: the formulas that the act as it is read here does not need."""

FOLLOWED = ("B5", "C5", "D5", "E5", "F5", "G5", "B7", "C7")
"""The cells of the summary that are followed through a change: year 1 of each scope, and six years."""
YELLOW = LIGHT.quote.replace("#", "FF")

Place = tuple[str, str]
"""A cell: its sheet and its coordinate."""
Values = Mapping[Place, Any]
"""What stands in each cell."""


def handed_over(
    tariff: Tariff,
    order: Order = NEWCOMER,
    client: Client = COMMUNE,
    *,
    name: str = "Ruitz",
    scenarios: Mapping[str, Order] | None = None,
) -> Handout:
    kept = tuple((each, estimate(client, other, tariff)) for each, other in (scenarios or {}).items())
    return Handout(estimate(client, order, tariff), tariff, name, DAY, LINK, kept)


def read(data: bytes, *, values: bool = True) -> Workbook:
    return load_workbook(io.BytesIO(data), data_only=values)


def cells(book: Workbook) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


class Book:
    """A workbook in the hands of a spreadsheet engine."""

    def __init__(self, handout: Handout, folder: Path) -> None:
        data, file = workbook(handout), folder / "book.xlsx"
        file.write_bytes(data)
        self.handout, self.cached, self._written = handout, read(data), read(data, values=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._model: Any = formulas.ExcelModel().loads(str(file)).finish()
        self._following: dict[tuple[tuple[Place, ...], tuple[Place, ...]], Any] = {}

    def formulas(self) -> set[Place]:
        """Where a formula stands."""
        return {
            (sheet.title, cell.coordinate)
            for sheet in self._written.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }

    def calculated(self) -> dict[Place, Any]:
        """What the engine finds in every cell."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            solution: Any = self._model.calculate()
        named = {sheet.upper(): sheet for sheet in self.cached.sheetnames}
        found: dict[Place, Any] = {}
        for key, value in solution.items():
            where = re.fullmatch(r"'\[book\.xlsx\](.+)'!([A-Z]+[0-9]+)", str(key))
            if where:
                found[named[where[1]], where[2]] = value.value[0, 0]
        return found

    def totals(self, changes: Mapping[Place, object]) -> list[str]:
        """The totals that are followed, in words, after some cells were changed."""
        return followed(self.values(changes, [("Synthèse", each) for each in FOLLOWED]))

    def values(self, changes: Mapping[Place, object], shown: Sequence[Place]) -> list[Any]:
        """What some cells show after others were changed."""
        asked = tuple(changes), tuple(shown)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if asked not in self._following:
                self._following[asked] = self._model.compile(*([_key(each) for each in places] for places in asked))
            found = self._following[asked](*changes.values())
        # The engine gives one value by itself, and several as a list.
        return [value.value[0, 0] for value in (found if len(shown) > 1 else [found])]

    def quantities(self, changes: Mapping[str, int]) -> dict[Place, object]:
        """The cells of all items, with how many of each are asked for: always the same cells, compiled once."""
        order = self.handout.estimate.order
        asked = {item: order.quantity(item) for item in ITEMS if order.quantity(item)} | dict(changes)
        return self._cells(asked)

    def _cells(self, quantities: Mapping[str, object]) -> dict[Place, object]:
        labels = {self.handout.tariff.items[item].label: quantity for item, quantity in quantities.items()}
        rows = {str(row[0].value): row[1].coordinate for row in self.cached["Synthèse"].iter_rows(min_row=18)}
        return {("Synthèse", rows[label]): quantity for label, quantity in labels.items()}

    def category(self) -> Place:
        """The cell of the category."""
        sheet, cell = self.cached.defined_names["Categorie"].attr_text.split("!")
        return sheet.strip("'"), cell.replace("$", "").replace("D", "B")

    def asked(self, item: str) -> Place:
        """The cell of how many of an item are asked for."""
        return next(iter(self._cells({item: 0})))

    def price(self, source: str, column: str, *, rank: int = 0) -> Place:
        """A cell of the grid of prices, by what its place in the act begins with; `rank` where several rows do."""
        rows = self.cached["Grille tarifaire"].iter_rows(max_row=40)
        found = [row[0].row for row in rows if str(row[9].value).startswith(source)]
        return "Grille tarifaire", f"{column}{found[rank]}"


def _key(where: Place) -> str:
    return f"'[book.xlsx]{where[0].upper()}'!{where[1]}"


def figures(made: Estimate, payee: Payee | None) -> dict[str, Total]:
    """Every total of the summary, by its title."""
    titles = {"setup": "Mise en service", "term": "Certificats, pour leur durée"}
    titles["yearly"] = "Abonnements et accompagnement, chaque année"
    by_rhythm = {titles[rhythm]: made.first_year(payee=payee, rhythm=rhythm) for rhythm in RHYTHMS}
    later = {f"Année {year.number}": year.total for year in schedule(made, payee=payee).later}
    return {
        "1re année": made.first_year(payee=payee),
        "Par an, certificats répartis": made.recurring(payee=payee),
        "Six ans": made.six_years(payee=payee),
        **by_rhythm,
        **later,
    }


def said(amount: object, left_out: str) -> str:
    """A total and what stands beside it, as the page words a total."""
    known = amount if isinstance(amount, str) else euros(Decimal(str(amount)))
    if left_out == "–":
        return known
    return left_out if isinstance(amount, str) else f"{known} {left_out}"


def summary(values: Values) -> dict[tuple[str, str], str]:
    """Every total of the summary in words, by its title and whose it is."""
    scopes = {column: str(values["Synthèse", f"{column}4"]) for column in "BDF"}
    return {
        (str(values["Synthèse", f"A{row}"]), scope): said(
            values["Synthèse", f"{column}{row}"], str(values["Synthèse", f"{chr(ord(column) + 1)}{row}"])
        )
        for row in range(5, 16)
        for column, scope in scopes.items()
    }


def expected(made: Estimate) -> dict[tuple[str, str], str]:
    """Every total of an estimate in words, by its title and whose it is."""
    scopes: dict[str, Payee | None] = {"Ensemble": None, "Devis La Fibre 59-62": "fibre", "Devis CDG 62": "cdg"}
    return {
        (title, scope): total.words()
        for scope, payee in scopes.items()
        for title, total in figures(made, payee).items()
    }


def followed(values: Sequence[Any]) -> list[str]:
    """The totals that are followed, in words, from their cells."""
    return [said(amount, str(left_out)) for amount, left_out in zip(values[::2], values[1::2], strict=True)]


def followed_of(made: Estimate) -> list[str]:
    """The same totals of an estimate."""
    totals = (made.answers.first_year, made.first_year(payee="fibre"), made.first_year(payee="cdg"))
    return [total.words() for total in (*totals, made.answers.six_years)]


def same(one: object, other: object) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(float(str(one)) - float(str(other))) < 0.001


def some_order(seed: int) -> tuple[Order, Client]:
    chance = random.Random(seed)
    quantities = {item: chance.choice([0, 0, 1, 2, 5, 6, 11, 20, 21, 41, 100, 101]) for item in ITEMS}
    order = Order.model_validate(quantities | {item: chance.random() < 0.7 for item in CHOICES})
    return order, Client(inhabitants=chance.choice([800, 3000, 40_000]), agents=chance.choice([None, 3, 30]))


ON_QUOTE = Order(
    backups=1, extra_storage_go=101, antivirus_devices=21, antivirus_intervention=True, demarches_simplifiees=True
)
EPCI = Client(structure="epci", inhabitants=30_000)


@pytest.fixture(scope="module")
def most(tariff: Tariff, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The most of everything: every line there can be, as the act is read."""
    client = Client(inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
    return Book(handed_over(tariff, MOST, client), tmp_path_factory.mktemp("most"))


@pytest.fixture(scope="module")
def newcomer(tariff: Tariff, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """An ordinary order: most of the act is not asked for."""
    return Book(handed_over(tariff), tmp_path_factory.mktemp("newcomer"))


@pytest.fixture(scope="module")
def otherwise(tariff: Tariff, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """An order under the readings the other way, much of it on quote."""
    order = ON_QUOTE.model_copy(update={"mailboxes_5go": 21, "mailboxes_unlimited": 41, "extra_storage_go": 130})
    return Book(handed_over(tariff.changed(OTHERWISE), order, EPCI), tmp_path_factory.mktemp("otherwise"))


def assert_recalculates(book: Book) -> None:
    cached, calculated, places = cells(book.cached), book.calculated(), book.formulas()
    assert len(places) > 150
    assert places <= set(cached), "a formula without a value"
    pairs = {where: (cached[where], calculated[where]) for where in places}
    assert {where: pair for where, pair in pairs.items() if not same(*pair)} == {}
    assert not [where for where, value in cached.items() if str(value).startswith("#")], "an error"
    assert summary(cached) == expected(book.handout.estimate)


def test_every_formula_recalculates_to_the_value_written_with_it_and_every_total_is_the_estimates(
    newcomer: Book,
) -> None:
    assert_recalculates(newcomer)


def test_the_most_of_everything_recalculates(most: Book) -> None:
    assert_recalculates(most)


def test_the_act_read_otherwise_and_on_quote_recalculates(otherwise: Book) -> None:
    assert_recalculates(otherwise)


@pytest.mark.parametrize("seed", range(6))
def test_every_total_of_any_order_is_written_as_the_estimate_has_it(seed: int, tariff: Tariff) -> None:
    order, client = some_order(seed) if seed else (Order(), COMMUNE)
    otherwise = tariff.changed(OTHERWISE) if seed % 2 else tariff
    handout = handed_over(otherwise, order, client)
    assert summary(cells(read(workbook(handout)))) == expected(handout.estimate)


@pytest.mark.parametrize(
    ("order", "client", "scope", "word"),
    [
        (Order(demarches_simplifiees=True), Client(structure="epci"), "Ensemble", "sur devis"),
        (Order(demarches_simplifiees=True), Client(), "Ensemble", "à compléter"),
        (Order(certificates_on_site_2y=1), COMMUNE, "Devis CDG 62", "aucun prix indiqué"),
    ],
    ids=["on quote", "missing", "not stated"],
)
def test_a_total_of_which_nothing_is_known_is_a_word_and_never_a_zero(
    order: Order, client: Client, scope: str, word: str, tariff: Tariff
) -> None:
    handout = handed_over(tariff, order, client)
    found = summary(cells(read(workbook(handout))))
    assert found == expected(handout.estimate)
    assert word in found["Six ans", scope]
    assert "€" not in found["Six ans", scope]


def test_every_line_is_in_the_detail_in_the_order_of_the_act(tariff: Tariff) -> None:
    for order, client in ((NEWCOMER, COMMUNE), (ON_QUOTE, EPCI), (MOST, COMMUNE)):
        made = handed_over(tariff, order, client)
        detail = read(workbook(made))["Détail"]
        rows = [
            [cell.value for cell in row] for row in detail.iter_rows(min_row=5, max_row=4 + len(made.estimate.lines))
        ]
        words = {"included": "inclus", "on_quote": "sur devis", "missing": "à compléter", "not_stated": "non indiqué"}
        for row, line in zip(rows, made.estimate.lines, strict=False):
            amount = float(line.amount) if line.outcome.kind == "priced" and line.amount is not None else None
            assert row[:2] == [line.position.service, line.position.label]
            assert row[5] == line.quantity
            assert row[7] == (words[line.outcome.kind] if amount is None else amount)
            assert row[8] == line.words()
            assert str(row[9]).startswith(line.position.source.row)


def follows(book: Book, **changes: int) -> None:
    """Ask the workbook for other quantities, and the estimate too."""
    present = book.handout.estimate
    order = present.order.model_copy(update={item: bool(n) if item in CHOICES else n for item, n in changes.items()})
    made = estimate(present.client, order, book.handout.tariff)
    assert book.totals(book.quantities(changes)) == followed_of(made), changes


THRESHOLDS = [0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 40, 41]
"""On both sides of every bound of both stairsteps, and of the blocks beyond."""


def test_a_changed_quantity_is_priced_as_the_changed_order_at_every_threshold(most: Book) -> None:
    for quantity in THRESHOLDS:
        follows(most, mailboxes_5go=quantity, mailboxes_unlimited=0, antivirus_devices=quantity)
    for quantity, other in ((1, 1), (1, 2), (0, 5), (10, 10), (10, 11), (20, 41)):
        follows(most, mailboxes_5go=quantity, mailboxes_unlimited=other, antivirus_devices=other)


def test_it_is_so_under_the_other_readings_too(otherwise: Book) -> None:
    for quantity, other in zip(THRESHOLDS, reversed(THRESHOLDS), strict=True):
        follows(otherwise, mailboxes_5go=quantity, mailboxes_unlimited=other)
    for backups, storage in ((1, 99), (1, 100), (1, 101), (2, 250), (1, 0), (0, 50)):
        follows(otherwise, backups=backups, extra_storage_go=storage)


def test_a_limit_and_what_a_service_requires_follow_a_changed_quantity(most: Book) -> None:
    for backups, storage in ((1, 99), (1, 100), (1, 101), (2, 250), (1, 0), (0, 50)):
        follows(most, backups=backups, extra_storage_go=storage)
    for devices, intervention in ((5, 0), (5, 1), (0, 1), (21, 1)):
        follows(most, antivirus_devices=devices, antivirus_intervention=intervention)


def test_a_changed_category_is_priced_as_the_changed_client(tariff: Tariff, most: Book) -> None:
    clients = {
        name: Client(inhabitants=tariff.categories.floor(name, "inhabitants")) for name in tariff.categories.names
    } | {"sur devis": Client(structure="epci"), "à compléter": Client()}
    for name, client in clients.items():
        assert most.totals({most.category(): name}) == followed_of(estimate(client, MOST, tariff)), name


def test_any_order_can_be_made_of_the_most_of_everything(tariff: Tariff, most: Book) -> None:
    for seed in (101, 102):
        order, _ = some_order(seed)
        follows(most, **{item: order.quantity(item) for item in ITEMS})
    no_price = dict.fromkeys(ITEMS, 0) | {"certificates_on_site_2y": 3}
    follows(most, **no_price)
    assert most.totals(most.quantities(no_price))[2] == "aucun prix indiqué"


def test_a_changed_price_or_bound_is_followed_as_in_a_changed_tariff(tariff: Tariff, most: Book) -> None:
    quantities = {"mailboxes_5go": 11, "mailboxes_unlimited": 11, "extra_storage_go": 30, "antivirus_devices": 6}
    order = MOST.model_copy(update=quantities)
    price, up_to, size = "H", "F", "G"
    support, antivirus = "services.mailbox.charges.support.price", "services.antivirus.charges.setup.price"
    bands = {name: tariff.model_dump()["services"][name]["charges"] for name in ("mailbox", "antivirus")}

    def banded(service: str, charge: str, rank: int, **values: object) -> tuple[object, ...]:
        before = bands[service][charge]["price"]["bands"]
        return tuple(band | values if each == rank else band for each, band in enumerate(before))

    cdg = tariff.model_dump()["services"]["certificate"]["charges"]["cdg"]["price"]["terms"]
    mailboxes, devices = "Messagerie compte 5 Go et illimité", "Antivirus, mise en service"
    cases: list[tuple[Place, object, dict[str, object]]] = [
        (
            most.price("Nom de domaine", price),
            15.35,
            {"services.domain.charges.subscription.price.amount": Decimal("15.35")},
        ),
        (most.price(mailboxes, price, rank=3), 161, {f"{support}.bands": banded("mailbox", "support", 3, price=161)}),
        (most.price(mailboxes, up_to, rank=3), 22, {f"{support}.bands": banded("mailbox", "support", 3, up_to=22)}),
        (most.price(mailboxes, price, rank=4), 61, {f"{support}.beyond.price": 61}),
        (most.price(mailboxes, size, rank=4), 1, {f"{support}.beyond.size": 1}),
        (most.price(devices, up_to, rank=1), 6, {f"{antivirus}.bands": banded("antivirus", "setup", 1, up_to=6)}),
        (most.price(devices, price, rank=2), 0, {f"{antivirus}.bands": banded("antivirus", "setup", 2, price=0)}),
        (
            most.price("Clé de signature, remise au CDG", price, rank=1),
            84.01,
            {"services.certificate.charges.cdg.price.terms": [cdg[0], cdg[1] | {"price": Decimal("84.01")}, cdg[2]]},
        ),
        (
            most.price("Go de stockage supplémentaire", up_to),
            29,
            {"services.backup.charges.extra_storage.price.limit.up_to": 29},
        ),
        (
            ("Catégories", "G6"),
            52.5,
            {"services.demarches.charges.subscription.price.amounts.B": Decimal("52.5")},
        ),
        (("Catégories", "I6"), "sur devis", {"services.demarches.charges.support.price.amounts.B": "on_quote"}),
    ]
    present = most.quantities(quantities) | {most.category(): "B"}
    present |= {(sheet, cell): most.cached[sheet][cell].value for (sheet, cell), _, _ in cases}
    before = followed_of(estimate(COMMUNE, order, tariff))
    assert most.totals(present) == before
    for cell, value, changes in cases:
        changed = followed_of(estimate(COMMUNE, order, tariff.changed(changes)))
        assert changed != before, changes
        assert most.totals(present | {cell: value}) == changed, changes


# What can't be read


NOT_AVAILABLE = XlError("#N/A")
PRICES = "Grille tarifaire"
MIXED = {"mailboxes_5go": 11, "mailboxes_unlimited": 11, "extra_storage_go": 30, "antivirus_devices": 6}
"""Quantities that use a limit, a band in the middle of a stairstep, and the blocks beyond another."""
QUANTITIES = ["12", -3, 2.5, "", "oui", True, MAX_QUANTITY + 1, NOT_AVAILABLE]
TICKS = ["1", -1, 0.5, "", "oui", True, 2, NOT_AVAILABLE]
CATEGORIES = ["*", "?", "AB", "", "~A", 3, "B*", NOT_AVAILABLE]
AMOUNTS = [-5, "gratuit", "", "12", True, 1_000_000, "sur devis ?", NOT_AVAILABLE]
BOUNDS = [0, -1, 2.5, "", "dix", 2, 10, NOT_AVAILABLE]
SIZES = [0, -20, 2.5, "", "dix", True, "20", NOT_AVAILABLE]


def put_right(made: Estimate, lost: Container[tuple[str, int]]) -> list[str]:
    """The totals that are followed, where the amounts of some charges, each with its term, are to be put right."""

    def words(payee: Payee | None = None, times: Callable[[Line], int] | None = None) -> str:
        lines = made.select(payee=payee)
        kept = [line for line in lines if (line.position.charge, line.position.every) not in lost]
        count = len(lines) - len(kept)
        said = total(kept, times).words()
        return f"{said} + {counted(count, 'montant', 'montants')} à corriger" if count else said

    return [words(), words("fibre"), words("cdg"), words(times=Line.times)]


def test_what_cannot_be_read_is_no_amount_and_every_total_says_so(tariff: Tariff, most: Book) -> None:
    made = estimate(COMMUNE, MOST.model_copy(update=MIXED), tariff)
    yearly = ("domain.subscription", "web_page.subscription", "mailbox.support", "backup.extra_storage")
    demarches = {("demarches.subscription", 1), ("demarches.setup", 0), ("demarches.support", 1)}
    lost = {(each, 1) for each in yearly} | demarches | {("certificate.cdg", 3), ("antivirus.setup", 0)}
    for rank in range(len(QUANTITIES)):
        changes = {
            most.asked("domains"): QUANTITIES[rank],
            most.category(): CATEGORIES[rank],
            most.price("Page internet", "H"): AMOUNTS[rank],
            most.price("Clé de signature, remise au CDG", "H", rank=2): AMOUNTS[rank],
            most.price("Messagerie compte 5 Go et illimité", "G", rank=4): SIZES[rank],
            most.price("Antivirus, mise en service", "F", rank=1): BOUNDS[rank],
            most.price("Go de stockage supplémentaire", "F"): SIZES[rank],
        }
        found = most.totals(most.quantities(MIXED) | {most.category(): "B"} | changes)
        assert found == put_right(made, lost), rank


def test_it_is_so_of_what_is_counted_otherwise_or_shared(otherwise: Book) -> None:
    present = otherwise.handout.estimate
    order = present.order.model_copy(update={"antivirus_devices": 3})
    yearly = {(f"mailbox.{each}", 1) for each in ("support", "account_5go")} | {("backup.extra_storage", 1)}
    made = estimate(EPCI, order, otherwise.handout.tariff)
    for rank in range(len(QUANTITIES)):
        changes = {
            otherwise.asked("mailboxes_5go"): QUANTITIES[rank],
            otherwise.asked("antivirus_intervention"): TICKS[rank],
            otherwise.price("Messagerie compte 5 Go et illimité", "G", rank=4): SIZES[rank],
            otherwise.price("Go de stockage supplémentaire", "F"): SIZES[rank],
        }
        found = otherwise.totals(otherwise.quantities({"antivirus_devices": 3}) | changes)
        assert found == put_right(made, yearly | {("mailbox.setup", 0), ("antivirus.setup", 0)}), rank


def test_what_needs_a_service_whose_number_cannot_be_read_waits_for_it(tariff: Tariff, most: Book) -> None:
    for storage, lost in ((30, {("backup.extra_storage", 1)}), (0, set())):
        made = estimate(COMMUNE, MOST.model_copy(update=MIXED | {"extra_storage_go": storage}), tariff)
        backup = {(f"backup.{each}", every) for each, every in BACKUP}
        changed = most.quantities(MIXED | {"extra_storage_go": storage}) | {most.category(): "B"}
        assert most.totals(changed | {most.asked("backups"): "une"}) == put_right(made, backup | lost)


BACKUP = (("setup", 0), ("setup_support", 0), ("subscription", 1), ("subscription_support", 1))


@pytest.mark.parametrize(
    ("last", "block", "word"),
    [
        (150, 50, 200),
        (150, "sur devis", "sur devis"),
        ("Sur devis", 50, "sur devis"),
        ("sur devis", -50, "à corriger"),
        ("", "sur devis", "à corriger"),
    ],
)
def test_blocks_on_top_of_a_band_need_both_prices(last: object, block: object, word: object, most: Book) -> None:
    mailboxes = "Messagerie compte 5 Go et illimité"
    changes = {
        most.asked("mailboxes_5go"): 21,
        most.asked("mailboxes_unlimited"): 0,
        most.price(mailboxes, "H", rank=3): last,
        most.price(mailboxes, "H", rank=4): block,
    }
    (row,) = (row for row in most.cached["Détail"].iter_rows() if str(row[9].value).startswith(mailboxes))
    assert most.values(changes, [("Détail", row[7].coordinate)]) == [word]


def test_every_price_can_be_on_quote(tariff: Tariff, most: Book) -> None:
    sheets = (PRICES, "Catégories")
    prices: list[Place] = [
        (sheet, cell.coordinate)
        for sheet in sheets
        for row in most.cached[sheet].iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == YELLOW and (sheet != PRICES or cell.column == 8)
    ]
    assert len(prices) == 27 + 27
    made = estimate(COMMUNE, MOST.model_copy(update=MIXED), tariff)
    found = most.totals(most.quantities(MIXED) | {most.category(): "B"} | dict.fromkeys(prices, "sur devis"))
    for words, payee in zip(found, (None, "fibre", "cdg", None), strict=True):
        unknown = [line for line in made.select(payee=payee) if line.outcome.kind in ("priced", "on_quote")]
        assert words == f"{len(unknown)} montants sur devis"


def test_a_bound_that_is_changed_changes_the_words_beside_it(most: Book) -> None:
    bound, limit = most.price("Antivirus, mise en service", "F", rank=3), most.price("Go de stockage", "F")
    words = [most.price("Antivirus, mise en service", "I", rank=4), most.price("Go de stockage", "I", rank=1)]
    assert most.values({bound: 25, limit: 40}, words) == [
        "sur devis au-delà de 25 ordinateurs",
        "toute la quantité\u00a0: sur devis et sous réserve de faisabilité au-delà de 40 Go",
    ]
    assert most.values({bound: "dix", limit: 40}, words)[0] == "à corriger"


# What is not asked for


def test_what_is_not_asked_for_can_be_asked_for_in_the_workbook(newcomer: Book) -> None:
    note = next(row[0].coordinate for row in newcomer.cached["Détail"].iter_rows() if "repliées" in str(row[0].value))
    begun = "Autres lignes de l'acte, repliées (signe + à gauche pour les voir) : "
    added = {"web_pages": 2, "certificates_cdg_1y": 1, "mailboxes_unlimited": 18}
    follows(newcomer, **added, extra_storage_go=30, antivirus_intervention=1)
    follows(newcomer, **added, extra_storage_go=0, antivirus_intervention=0)
    changes = newcomer.quantities(dict.fromkeys(added, 0))
    assert newcomer.values(changes, [("Détail", note)]) == [f"{begun}aucune n'est demandée."]
    changes = newcomer.quantities(dict.fromkeys(added, 0) | {"web_pages": 2})
    assert newcomer.values(changes, [("Détail", note)]) == [
        f"{begun}certaines sont maintenant demandées, ou à corriger."
    ]


def test_the_lines_that_are_not_asked_for_are_folded_away_under_those_that_are(tariff: Tariff) -> None:
    handout = handed_over(tariff)
    book = read(workbook(handout))
    asked = len(handout.estimate.lines)
    for title in ("Détail", "Six ans"):
        sheet = book[title]
        folded = range(5 + asked, 5 + len(tariff.positions))
        assert [row for row, each in sheet.row_dimensions.items() if each.hidden] == list(folded)
        assert [row for row, each in sheet.row_dimensions.items() if each.collapsed] == [folded[-1] + 1]
        assert {sheet.row_dimensions[row].outlineLevel for row in folded} == {1}
        assert sheet.row_dimensions[folded.stop].collapsed
        assert str(sheet.cell(folded.stop, 1).value).endswith("aucune n'est demandée.")
        whole = {str(row[0].value) for row in sheet.iter_rows(min_row=folded.stop + 1)}
        assert not [each for each in whole if "Aucun" in each]
    assert [row[7].value for row in book["Détail"].iter_rows(min_row=folded.start, max_row=folded.stop - 1)] == (
        ["non demandé"] * len(folded)
    )
    most = read(workbook(handed_over(tariff, MOST)))
    assert not [row for sheet in most.worksheets for row, each in sheet.row_dimensions.items() if each.hidden]


def test_what_was_set_aside_is_shown_as_asked_and_counts_nothing(tariff: Tariff) -> None:
    sheet = read(workbook(handed_over(tariff, Order(extra_storage_go=5))))["Synthèse"]
    (row,) = (row for row in sheet.iter_rows(values_only=True) if row[0] == "Stockage supplémentaire")
    assert row[1:5] == (5, "Go", 0, "seulement avec : Sauvegardes")


HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2",
    "{=1}",
    "http://x",
    "mailto:a@b.fr",
    "<r><t>x</r>",
    "<b>Ruitz</b> & Cie",
    "_x0041_",
    "12",
    "&P &D &A",
    "Ruitz \U0001f3db\ufe0f é",
    "x" * 80,
    "&" * 80,
    "\U0001f3db" * 80,
]


def formula_count(book: Workbook) -> int:
    return sum(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_what_a_user_typed_stays_what_it_is(tariff: Tariff) -> None:
    scenarios = {name: Order(domains=1) for name in HOSTILE}
    book = read(workbook(handed_over(tariff, Order(domains=1), scenarios=scenarios)), values=False)
    typed = [row[0] for row in book["Scénarios"].iter_rows(min_row=6)]
    assert [str(cell.value).strip() for cell in typed] == HOSTILE
    assert {cell.data_type for cell in typed} == {"s"}
    assert all(cell.quotePrefix for cell in typed), "it could become a formula when it is edited"
    assert not [cell for cell in typed if cell.hyperlink]
    assert formula_count(book) == formula_count(read(workbook(handed_over(tariff, Order(domains=1))), values=False))


@pytest.mark.parametrize("name", ["=1+1", "<r><t>x</r>", "&P &D <b>", "&" * 80, "\U0001f3db" * 80])
def test_a_name_is_harmless_wherever_it_stands(name: str, tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, Order(), name=name)), values=False)
    assert str(book["Hypothèses"]["A15"].value).strip() == name
    assert book["Hypothèses"]["A15"].data_type == "s"
    assert book["Synthèse"]["A1"].value == book.properties.title == f"Estimation des services numériques : {name}"
    assert book["Synthèse"].HeaderFooter.oddHeader


def test_a_name_with_what_would_be_a_picture_in_the_head_of_a_page_is_there(tariff: Tariff) -> None:
    pictures = [
        re.search(r"<oddHeader>(.*?)</oddHeader>", zipped.read("xl/worksheets/sheet1.xml").decode())
        for zipped in [zipfile.ZipFile(io.BytesIO(workbook(handed_over(tariff, Order(), name="R&[Picture]"))))]
    ]
    assert [found and found[1] for found in pictures] == [
        "&amp;LEstimation des services numériques : R&amp;&amp; [Picture]&amp;RSynthèse"
    ]
    data = workbook(handed_over(tariff, Order(), name="R&G, S&g" + "&G" * 36))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        head = re.findall(r"<oddHeader>(.*?)</oddHeader>", file.read("xl/worksheets/sheet1.xml").decode())
    assert head == [
        f"&amp;LEstimation des services numériques : R&amp;&amp; G, S&amp;&amp;g{'&amp;&amp; G' * 36}&amp;RSynthèse"
    ]


@pytest.mark.parametrize(
    ("name", "written"), [("<r>x</r>", "<r>x</r> "), ("<r>x", "<r>x"), ("x</r>", "x</r>"), ("MAX", "MAX")]
)
def test_only_what_would_be_read_as_markup_gets_a_space(name: str, written: str, tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, Order(), name=name)))
    assert book["Hypothèses"]["A15"].value == written


@pytest.mark.parametrize("name", ["a\tb\nc", "a\x00b\x1fc", "a\ud800b", "a\ufffeb", "  a  b "])
def test_signs_that_no_file_can_hold_are_spaces(name: str, tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, Order(), name=name, scenarios={name: Order()})))
    assert book["Scénarios"]["A6"].value == book["Hypothèses"]["A15"].value == " ".join(re.findall("[abc]", name))


def test_the_same_handout_is_the_same_bytes_and_few_of_them(tariff: Tariff) -> None:
    scenarios = {"Avec plus": MOST, "Sans rien": Order()}
    once, twice = (workbook(handed_over(tariff, MOST, scenarios=scenarios)) for _ in range(2))
    assert once == twice
    assert len(once) < 100_000


def test_the_sheets_stand_in_their_order_with_their_heads_in_view_and_ready_to_print(tariff: Tariff) -> None:
    assert read(workbook(handed_over(tariff))).sheetnames == SHEETS
    book = read(workbook(handed_over(tariff, scenarios={"Un": NEWCOMER})))
    assert book.sheetnames == [*SHEETS[:5], "Scénarios", *SHEETS[5:]]
    for sheet in book.worksheets:
        assert sheet.freeze_panes
        assert sheet.print_area
        assert sheet.print_title_rows == ("$1:$1" if sheet.title == "Hypothèses" else "$4:$4")
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        head, foot = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
        assert "Estimation des services numériques : Ruitz" in str(head)
        assert "&P" in str(foot)


def test_it_says_whose_it_is_of_what_day_and_under_which_act(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff)))
    assert book.properties.title == "Estimation des services numériques : Ruitz"
    assert book.properties.creator == "Simulateur des services numériques"
    assert book.properties.created is not None
    assert book.properties.created.date() == DAY
    notes = " ".join(str(value) for (sheet, _), value in cells(book).items() if sheet == "Hypothèses")
    for words in ("seuls les devis engagent", "22 novembre 2026", "26 mars 2024", tariff.title, LINK, "sans hausse"):
        assert words in notes


KNOWN_TO_ALL = {
    "IF",
    "AND",
    "OR",
    "SUM",
    "SUMIFS",
    "COUNTIF",
    "COUNTIFS",
    "INDEX",
    "MATCH",
    "ROUND",
    "ROUNDUP",
    "MOD",
} | {
    "MIN",
    "MAX",
    "ISNUMBER",
    "ISTEXT",
    "INT",
    "COUNT",
    "MID",
    "EXACT",
    "SUMPRODUCT",
}
"""Functions that Excel has had since 2007, and LibreOffice too."""


def test_it_holds_no_macro_no_link_and_no_function_that_an_old_program_lacks(tariff: Tariff) -> None:
    data = workbook(handed_over(tariff, MOST, scenarios={"Un": MOST}))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
        sheets = "".join(file.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet"))
    assert not [name for name in names if re.search("vba|external|connection|metadata", name, re.IGNORECASE)]
    assert "TargetMode" not in sheets
    found = set(re.findall(r"([A-Z]+)\(", " ".join(re.findall(r"<f>(.*?)</f>", sheets))))
    assert found <= KNOWN_TO_ALL
    assert "_xlfn" not in sheets
    assert 't="array"' not in sheets


def rules(sheet: Worksheet, cell: str) -> list[DataValidation]:
    """The rules of what may be typed into a cell."""
    return [each for each in sheet.data_validations.dataValidation if cell in each.sqref]


def test_every_yellow_cell_says_what_it_may_hold_and_refuses_all_else(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff.changed(OTHERWISE))), values=False)
    found: dict[str, list[str]] = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.fill.fgColor.rgb == YELLOW:
                    (rule,) = rules(sheet, cell.coordinate)
                    assert not rule.allow_blank, "an empty cell is no amount"
                    assert rule.showErrorMessage
                    assert rule.errorTitle == "Valeur refusée"
                    assert str(rule.error).startswith("Il faut")
                    assert rule.promptTitle == "Case modifiable"
                    assert rule.prompt
                    found.setdefault(sheet.title, []).append(f"{cell.column_letter} {rule.type} {rule.operator or ''}")
    assert {title: dict(Counter(each)) for title, each in found.items()} == {
        "Synthèse": {"B whole ": 15, "B list ": 1},
        "Grille tarifaire": {
            "H custom ": 27,
            "F whole ": 6,
            "F whole greaterThanOrEqual": 3,
            "G whole greaterThanOrEqual": 1,
        },
        "Catégories": {"G custom ": 9, "H custom ": 9, "I custom ": 9},
    }


def test_a_bound_stays_between_those_around_it(tariff: Tariff) -> None:
    sheet = read(workbook(handed_over(tariff)))["Grille tarifaire"]
    (second,), (last,), (size,), (price,) = (rules(sheet, cell) for cell in ("F9", "F11", "G12", "H12"))
    assert (second.formula1, second.formula2) == ("$E$9", "$F$10-1")
    assert (last.formula1, last.formula2) == ("$E$11", None)
    assert size.formula1 == "1"
    assert price.formula1 == 'OR(AND(ISNUMBER($H$12),$H$12>=0,$H$12<1000000),COUNTIF($H$12,"sur devis")=1)'


def test_every_quantity_is_one_yellow_cell_that_may_hold_whole_numbers_only(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, MOST)))
    sheet = book["Synthèse"]
    quantities = [name for name in book.defined_names if name.startswith("Qte_")]
    assert len(quantities) == len(ITEMS)
    for name in quantities:
        _, column, row = book.defined_names[name].attr_text.split("$")
        cell = sheet[f"B{row}"]
        assert column == "D", "what counts of it stands beside it"
        assert isinstance(cell, Cell)
        assert cell.fill.fgColor.rgb == YELLOW
        assert [each.type for each in rules(sheet, cell.coordinate)] == ["whole"]


def test_choices_and_scenarios_are_the_handouts(tariff: Tariff) -> None:
    handout = handed_over(tariff, scenarios={"Un": Order(domains=2), "Deux": MOST})
    values = cells(read(workbook(handout)))
    for row, option in enumerate(handout.options, 6):
        answers = option.comparison.estimate.answers
        assert values["Choix", f"A{row}"] == option.label
        assert values["Choix", f"H{row}"] == option.comparison.six_years.words()
        assert said(values["Choix", f"B{row}"], values["Choix", f"C{row}"]) == answers.first_year.words()
        assert said(values["Choix", f"D{row}"], values["Choix", f"E{row}"]) == answers.recurring.words()
        assert said(values["Choix", f"F{row}"], values["Choix", f"G{row}"]) == answers.six_years.words()
    for sheet in ("Choix", "Scénarios"):
        assert values[sheet, "A5"] == "Cette estimation"
        present = said(values[sheet, "F5"], values[sheet, "G5"])
        assert present == handout.estimate.answers.six_years.words()
        assert values[sheet, "H5"] == "–"
    for row, (name, made) in enumerate(handout.scenarios, 6):
        assert values["Scénarios", f"A{row}"] == name
        assert said(values["Scénarios", f"F{row}"], values["Scénarios", f"G{row}"]) == made.answers.six_years.words()
        assert values["Scénarios", f"H{row}"] == compare(made, handout.estimate).six_years.words()


def test_every_price_of_the_tariff_is_in_the_grid(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff)))
    sheets = (book["Grille tarifaire"], book["Catégories"])
    shown = [cell.value for sheet in sheets for row in sheet.iter_rows(max_col=9) for cell in row]
    for position in tariff.positions:
        price = position.price
        if price.kind == "per_unit":
            amounts: list[object] = [price.amount]
        elif price.kind == "stairstep":
            amounts = [band.price for band in price.bands]
        elif price.kind == "by_term":
            amounts = [term.price for term in price.terms]
        elif price.kind == "by_category":
            amounts = ["sur devis" if amount == "on_quote" else amount for amount in price.amounts.values()]
        else:
            amounts = [{"included": "inclus", "not_stated": "non indiqué"}[price.kind]]
        for amount in amounts:
            assert (amount if isinstance(amount, str) else float(str(amount))) in shown


def test_without_a_name_and_a_category_nothing_is_said_of_the_body(tariff: Tariff) -> None:
    nameless = cells(read(workbook(handed_over(tariff, Order(domains=1), Client(structure="epci"), name=""))))
    assert "La collectivité" in cells(read(workbook(handed_over(tariff, Order(domains=1))))).values()
    assert "La collectivité" not in nameless.values()


def test_what_a_greater_quantity_would_give_rise_to_is_not_asked_for_yet(tariff: Tariff) -> None:
    changed = tariff.changed({"services.backup.charges.extra_storage.price.limit.beyond": "excess_on_quote"})
    sheet = read(workbook(handed_over(changed, Order(backups=1, extra_storage_go=100))))["Détail"]
    storage = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[1] == "Stockage supplémentaire"]
    assert [(row[5], row[7]) for row in storage] == [(100, 1100), (0, "non demandé")]


@pytest.mark.parametrize(
    ("row", "written", "pays"),
    [
        (
            12,
            [21, "et plus", 20, 50],
            "chaque tranche entamée, dès le premier compte, à la place des prix ci-dessus",
        ),
        (13, [None, None, None, "sur devis"], "sur étude"),
        (28, [1, 100, None, 11], "1 Go"),
        (
            29,
            [101, "et plus", None, "sur devis"],
            "le seul dépassement\u00a0: sur devis et sous réserve de faisabilité au-delà de 100 Go",
        ),
    ],
)
def test_the_grid_says_how_a_price_is_read_otherwise(
    row: int, written: Sequence[object], pays: str, tariff: Tariff
) -> None:
    on_quote = {"services.domain.charges.subscription.price": {"kind": "on_quote", "why": "sur étude"}}
    changed = tariff.changed(OTHERWISE | on_quote)
    sheet = read(workbook(handed_over(changed, Order())))["Grille tarifaire"]
    cells = [sheet.cell(row, column) for column in range(5, 10)]
    assert [cell.value for cell in cells] == [*written, pays]
    amount = cells[3]
    assert (amount.fill.fgColor.rgb == YELLOW) == isinstance(amount.value, int), "what is no amount is not to change"


def test_two_certificates_of_one_term_share_a_price(tariff: Tariff) -> None:
    certificate = "services.certificate"
    terms = [{"years": 1, "price": 80}, {"years": 3, "price": 90}]
    changed = tariff.changed(
        {
            f"{certificate}.items.certificates_cdg_2y.term_years": 1,
            f"{certificate}.charges.cdg.price": {"kind": "by_term", "terms": terms},
        }
    )
    sheet = read(workbook(handed_over(changed, Order())))["Grille tarifaire"]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[9]).startswith("Clé de signature, remise au")]
    assert [(row[1], row[7], row[8]) for row in rows[:2]] == [
        ("Certificat de 1 an, remis au CDG ; Certificat de 2 ans, remis au CDG", 80, "1 certificat, pour 1 an"),
        ("Certificat de 3 ans, remis au CDG", 90, "1 certificat, pour 3 ans"),
    ]


def test_two_items_of_one_label_have_two_cells(tariff: Tariff) -> None:
    changed = tariff.changed({"services.web_page.items.web_pages.label": "Noms de domaine"})
    book = read(workbook(handed_over(changed, Order(mailboxes_5go=1, domains=1, web_pages=2))))
    found = {name: defined.attr_text for name, defined in book.defined_names.items() if name.startswith("Qte_")}
    assert len(found) == len(set(found.values())) == len(ITEMS)
    assert found["Qte_Comptes_de_messagerie_5_Go"] == "'Synthèse'!$D$18"
    assert found["Qte_Noms_de_domaine_domains"] == "'Synthèse'!$D$20"
    assert found["Qte_Noms_de_domaine_web_pages"] == "'Synthèse'!$D$21"


@pytest.mark.parametrize("label", ["Noms de domaine (internet)", "noms-de-domaine internet"])
def test_labels_that_leave_the_same_name_have_two_cells(label: str, tariff: Tariff) -> None:
    labels = {"domain.items.domains": "Noms de domaine, internet", "web_page.items.web_pages": label}
    changed = tariff.changed({f"services.{key}.label": words for key, words in labels.items()})
    book = read(workbook(handed_over(changed, Order(domains=1, web_pages=2))))
    found = [name for name in book.defined_names if name.startswith("Qte_")]
    assert len({name.casefold() for name in found}) == len(ITEMS)


def test_a_charge_named_by_what_it_counts_is_named_on_every_sheet(tariff: Tariff) -> None:
    changed = tariff.changed({"services.domain.charges.subscription.label": "Location de {item}"})
    book = read(workbook(handed_over(changed, Order(domains=1))))
    words = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [each for each in words if "{" in each]
    assert "Location de noms de domaine" in words
    changed = tariff.changed({"services.mailbox.charges.setup.label": "Ouverture de {item}"})
    book = read(workbook(handed_over(changed, Order(domains=1))))
    names = [row[1].value for row in book["Grille tarifaire"].iter_rows()]
    assert "Ouverture de comptes de messagerie 5 Go ; comptes de messagerie illimités" in names


def test_a_blank_line_is_as_high_as_a_line(tariff: Tariff) -> None:
    changed = tariff.changed({"readings.R17.because": "Un." + "\n" * 20 + "Deux."})
    sheet = read(workbook(handed_over(changed, Order(domains=1))))["Points à confirmer"]
    [row] = [row[0].row for row in sheet.iter_rows() if "Deux." in str(row[3].value)]
    assert sheet.row_dimensions[row or 0].height == 21 * 15.5


def test_words_too_long_for_a_formula_or_with_a_thousand_stay_as_they_are(tariff: Tariff) -> None:
    key = "services.backup.charges.extra_storage.price.limit"
    begun, before = "au-delà de 100 Go, ", len("toute la quantité : ")
    for up_to, why, kind in (
        (100, begun + "x" * (255 - before - len(begun)), "f"),
        (100, begun + "x" * (256 - before - len(begun)), "s"),
        (1_500, "au-delà de 1 500 Go", "s"),
    ):
        changed = tariff.changed({f"{key}.up_to": up_to, f"{key}.why": why})
        book = read(workbook(handed_over(changed, Order(domains=1))), values=False)
        [cell] = [row[8] for row in book["Grille tarifaire"].iter_rows() if why[-9:] in str(row[8].value)]
        assert cell.data_type == kind


def test_words_are_quoted_in_a_formula() -> None:
    assert text('un "devis"') == '"un ""devis"""'


def test_a_label_with_the_letter_oe_names_its_cell(tariff: Tariff) -> None:
    changed = tariff.changed({"services.domain.items.domains.label": "Vœux à l'été"})
    assert "Qte_Voeux_a_l_ete" in read(workbook(handed_over(changed, Order(domains=1)))).defined_names


def test_without_any_service_each_sheet_is_as_short_as_can_be(tariff: Tariff) -> None:
    book = read(workbook(handed_over(tariff, Order(), name="")))
    for sheet in (book["Détail"], book["Six ans"]):
        assert sheet["A5"].value == "Aucun service demandé."
        rows = range(6, sheet.max_row)
        shown = [str(sheet.cell(row, 1).value) for row in rows if not sheet.row_dimensions[row].hidden]
        assert shown[0].endswith("aucune n'est demandée.")
        assert shown[2].startswith("Total TTC")
    assert book["Points à confirmer"]["A2"].value == "Aucun."
    assert {sheet.title: sheet.print_area for sheet in book.worksheets} == {
        "Synthèse": "'Synthèse'!$A$1:$G$33",
        "Détail": "'Détail'!$A$1:$J$39",
        "Six ans": "'Six ans'!$A$1:$K$42",
        "Totaux": "'Totaux'!$A$1:$I$22",
        "Choix": "'Choix'!$A$1:$H$5",
        "Grille tarifaire": "'Grille tarifaire'!$A$1:$J$38",
        "Catégories": "'Catégories'!$A$1:$I$13",
        "Points à confirmer": "'Points à confirmer'!$A$1:$E$5",
        "Hypothèses": "'Hypothèses'!$A$1:$A$19",
    }


def test_nothing_is_written_to_the_disk(tariff: Tariff, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(**_: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.mkstemp", no_file)
    assert workbook(handed_over(tariff, Order()))


def test_a_reason_that_names_no_bound_stands_as_the_tariff_has_it(tariff: Tariff) -> None:
    why = "à demander au CDG 62"
    asked = tariff.changed({"services.antivirus.charges.setup.price.beyond.why": why})
    reasons = list(read(workbook(handed_over(asked)), values=False)["Grille tarifaire"].columns)[8]
    [found] = [cell for cell in reasons if cell.value == why]
    [bounded] = [cell for cell in reasons if cell.data_type == "f"]
    assert found._style == bounded._style


def test_two_other_readings_of_a_point_stand_on_a_line_each(tariff: Tariff) -> None:
    handout = handed_over(tariff)
    point = next(each for each in handout.points if each.effects)
    label = point.effects[0][0].label

    def told(effects: int) -> tuple[str, float]:
        """What is said of a point with so many effects, and how high its row is."""
        handout.__dict__["points"] = (replace(point, effects=point.effects * effects),)
        sheet = read(workbook(handout))["Points à confirmer"]
        [cell] = [cell for row in sheet.iter_rows() for cell in row if label in str(cell.value)]
        return str(cell.value), sheet.row_dimensions[cell.row or 0].height or 15

    # No reading of this act has two that come to something else.
    (once, low), (twice, high) = told(1), told(2)
    assert twice.split("\n") == [once, once]
    assert high > low
