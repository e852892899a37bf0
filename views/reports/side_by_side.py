"""The estimate and the scenarios kept beside it as one table: a column each, a row for each thing that differs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pricing.compare import compare
from pricing.estimate import Estimate
from pricing.money import number
from pricing.order import Client
from pricing.tariff import Item, Tariff
from views.reports.handout import Handout
from views.reports.parts import DIFFERENCE, Figure, compared, figures, headings
from views.reports.wording import STRUCTURES

IN_ALL, BY_BODY, DIFFERS = "Les montants, TTC", "Six ans, par organisme", "Ce qui change"
"""Headings of the rows."""
ITSELF = "–"
"""Text in place of the difference between the estimate and itself, and of nothing."""


@dataclass(frozen=True)
class Row:
    """One thing in which estimates are compared."""

    label: str
    """Its name."""
    cells: tuple[Figure, ...]
    """Its amount or quantity in each estimate."""


@dataclass(frozen=True)
class SideBySide:
    """The estimates in columns, the one that all are compared with first."""

    names: tuple[str, ...]
    """Names of the estimates."""
    against: str
    """Name of the one that all are compared with: ``par rapport à « Tout compris »``."""
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    """Rows under their headings."""
    alike: str
    """Sentence on what all of them ask for alike; empty where there is nothing."""


def side_by_side(of: Handout) -> SideBySide:
    """Set an estimate beside the other scenarios."""
    tariff, present = of.tariff, of.estimate
    estimates = [present, *(each for _, each in of.scenarios)]
    against = f"par rapport à {f'« {of.kept_as} »' if of.kept_as else 'cette estimation'}"
    differs = (
        *_clients([each.client for each in estimates]),
        *_items(estimates, tariff, alike=False),
        *_in_place(estimates),
    )
    alike = [f"{row.label} : {row.cells[0].amount}" for row in _items(estimates, tariff, alike=True)]
    by_body = [
        Row(tariff.payees[payee].label, tuple(figures(each, payee)[2] for each in estimates))
        for payee in tariff.billing
    ]
    in_columns = zip(*(compared(each, tariff) for each in estimates), strict=True)
    in_all = [Row(heading, cells) for heading, cells in zip(headings(tariff), in_columns, strict=True)]
    gaps = (_cell(compare(each, present).six_years.words()) for each in estimates[1:])
    in_all.append(Row(f"{DIFFERENCE} {against}", (_cell(ITSELF), *gaps)))
    groups = (IN_ALL, tuple(in_all)), (BY_BODY, tuple(by_body)), (DIFFERS, differs)
    return SideBySide(
        (of.called, *(name for name, _ in of.scenarios)),
        against,
        tuple((heading, rows) for heading, rows in groups if rows),
        f"Ce qui ne change pas : {' ; '.join(alike)}." if alike and of.scenarios else "",
    )


def _cell(words: str) -> Figure:
    return Figure("", words, ())


def _clients(clients: Sequence[Client]) -> Iterator[Row]:
    """Yield what tells the clients apart."""
    about: tuple[tuple[str, Callable[[Client], str]], ...] = (
        ("Type de structure", lambda client: STRUCTURES[client.structure]),
        ("Habitants", lambda client: known(client.inhabitants)),
        ("Agents", lambda client: known(client.agents)),
    )
    for label, words in about:
        if len({*map(words, clients)}) > 1:
            yield Row(label, tuple(_cell(words(client)) for client in clients))


def known(value: int | None) -> str:
    """Return a number, or words where it was not given."""
    return "non renseigné" if value is None else number(value)


def _items(estimates: Sequence[Estimate], tariff: Tariff, *, alike: bool) -> Iterator[Row]:
    """Yield the items of which all estimates ask for as many, or those of which they do not."""
    for key, item in tariff.items.items():
        asked = [each.order.quantity(key) for each in estimates]
        if any(asked) and (len({*asked}) == 1) == alike:
            yield Row(item.label, tuple(_cell(_quantity(item, each)) for each in asked))


def _in_place(estimates: Sequence[Estimate]) -> Iterator[Row]:
    """Yield what is in place in each estimate, where that tells them apart."""
    services = [", ".join(each.set_up_already) or ITSELF for each in estimates]
    if len({*services}) > 1:
        yield Row("Déjà en place", tuple(map(_cell, services)))


def _quantity(item: Item, quantity: int) -> str:
    return ("oui" if quantity else "non") if item.ticked else number(quantity)
