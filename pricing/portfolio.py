"""Many clients priced together under one tariff, as pandas DataFrames with exact decimals.

    from datetime import date
    from pricing import Order, load
    from pricing.catalogue import communes
    from pricing.portfolio import portfolio, wanting

    order = Order(mailboxes_5go=3, domains=1)
    together = portfolio(wanting(communes().values(), order), load().in_force(date(2026, 11, 22)))
    print(together.frame, together.first_year().words())

All amounts are euros including tax, as exact Decimals; every figure of a client is that of its own `estimate`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from pricing.budget import priced
from pricing.category import Placed
from pricing.communes import Commune
from pricing.compare import Difference, compare, difference
from pricing.estimate import Estimate
from pricing.group import Group, Own, belonging
from pricing.money import ZERO, counted, number
from pricing.order import Client, Order
from pricing.schedule import Schedule, Year, schedule
from pricing.simulation import Choice
from pricing.tariff import Payee, Tariff
from pricing.totals import Line, Total, together

T = TypeVar("T")


class Member(NamedTuple):
    """One client of a portfolio."""

    name: str
    """Name of the client."""
    choice: Choice
    """The client, what it asks for, and the INSEE code of a commune of the table."""


class Figures(NamedTuple):
    """The three figures of one client, or of all, for one payee or for all."""

    first_year: Total
    """Cash of year 1."""
    recurring: Total
    """Recurring cost per year."""
    six_years: Total
    """Cash of six years."""


Shares = dict[Payee | None, Figures]
"""Figures by payee; those of all payees under None."""


@dataclass(frozen=True)
class Portfolio:
    """Clients and their estimates under one tariff, in the order given."""

    tariff: Tariff
    """The tariff."""
    members: tuple[Member, ...]
    """The clients."""
    estimates: tuple[Estimate, ...]
    """Estimate of each client."""

    @cached_property
    def grids(self) -> tuple[str, ...]:
        """Grids of categories by which something goes that is asked for."""
        prices = [line.position.price for lines in {each.lines for each in self.estimates} for line in lines]
        used = {price.grid for price in prices if price.kind == "by_category"}
        return tuple(grid for grid in self.tariff.grids if grid in used)

    def category(self, result: Estimate) -> str:
        """Return a client's category in each of these grids, after one another; empty where it has none."""
        placements = (result.placements[grid] for grid in self.grids)
        return " ".join(each.category for each in placements if isinstance(each, Placed))

    @cached_property
    def shares(self) -> tuple[Shares, ...]:
        """Figures of each client by payee; clients who pay the same lines share them."""
        return _of_each(self.estimates, lambda result: _shares(result, self.tariff))

    @cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        """Six years of each client."""
        return _of_each(self.estimates, schedule)

    @cached_property
    def total(self) -> Shares:
        """Figures of all clients together by payee, with everything that they leave out."""
        return {
            payee: Figures(*(together(shares[payee][rank] for shares in self.shares) for rank in range(3)))
            for payee in (None, *self.tariff.billing)
        }

    def share(self, payee: Payee) -> Figures:
        """Return what one payee bills all clients; nothing where the tariff has no such payee."""
        return self.total.get(payee) or Figures(Total(ZERO), Total(ZERO), Total(ZERO))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row a client: its size, category, figures, the share of each payee, and what they leave out in six years.

        A category is given only in the grids that decide a price here. An amount is that of the lines that have a
        price; `on_quote`, `missing` and `not_stated` count the others. `later_lowest` and `later_highest` are the
        cheapest and the dearest of years 2 to 6.
        """
        rows = zip(self.members, self.estimates, self.shares, self.schedules, strict=True)
        return pd.DataFrame([self._row(*each) for each in rows], columns=[*self.columns], dtype=object)

    @property
    def columns(self) -> Iterator[str]:
        """Names of the columns of the frame."""
        yield from ("code", "name", "structure", "inhabitants", "agents", "category")
        yield from (*Figures._fields, "later_lowest", "later_highest")
        yield from (f"{figure}_{payee}" for payee in self.tariff.billing for figure in Figures._fields)
        yield from ("on_quote", "missing", "not_stated")

    def _row(self, member: Member, result: Estimate, shares: Shares, years: Schedule) -> tuple[Any, ...]:
        client, left_out = member.choice.client, shares[None].six_years
        return (
            *(member.choice.commune, member.name, client.structure, client.inhabitants, client.agents),
            self.category(result),
            *(figure.amount for figure in shares[None]),
            *(years.lowest.amount, years.highest.amount),
            *(figure.amount for payee in self.tariff.billing for figure in shares[payee]),
            *(len(left_out.on_quote), len(left_out.missing), len(left_out.not_stated)),
        )

    @cached_property
    def by_category(self) -> pd.DataFrame:
        """A row a category: number of clients, and their figures together; clients without one are the row ``""``."""
        summed = ["members", *Figures._fields, "on_quote", "missing", "not_stated"]
        return pd.DataFrame(self.frame.assign(members=1).groupby("category")[summed].sum())

    @cached_property
    def cash(self) -> tuple[Total, ...]:
        """The cash of each of the six years, of all clients together."""
        return tuple(together(due.total for due in same) for same in self._years)

    @property
    def steady(self) -> bool:
        """True if each later year costs the same, of all clients together."""
        return len({total.amount for total in self.cash[1:]}) == 1

    @property
    def _years(self) -> Iterator[tuple[Year, ...]]:
        return zip(*(each.years for each in self.schedules), strict=True)

    @cached_property
    def years(self) -> pd.DataFrame:
        """A row a year, 1 to 6: what each payee bills, what all bill, and how many unknown amounts are left out."""
        rows = [
            {payee: together(due.of(payee=payee) for due in same).amount for payee in self.tariff.billing}
            | {"all": whole.amount, "left_out": len(whole.unknown)}
            for same, whole in zip(self._years, self.cash, strict=True)
        ]
        return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="year"))

    def words(self) -> str:
        """Return the answer in French: how many clients pay what in each category, and what all pay together."""
        if not self.members:
            return "Aucune commune."
        first, _, six = self.total[None]
        later = sorted({(total.amount, total.words()) for total in self.cash[1:]})
        each_year = later[0][1] if len(later) == 1 else f"de {later[0][1]} à {later[-1][1]}"
        shares = ", ".join(
            f"{self.tariff.payees[payee].label} : {self.total[payee].six_years.words()}"
            for payee in self.tariff.billing
            if any(each.select(payee=payee) for each in self.estimates)
        )
        return (
            f"{counted(len(self.members), 'commune', 'communes')}{self._by_category_words()}. "
            f"Ensemble {first.words()} la 1re année, {each_year} chaque année ensuite, {six.words()} sur six ans"
            f"{f' ({shares})' if shares else ''}."
        )

    def _by_category_words(self) -> str:
        """Say what a client pays in year 1, by category where a price goes by it."""
        groups: dict[str, list[Total]] = {}
        for result, shares in zip(self.estimates, self.shares, strict=True):
            groups.setdefault(self.category(result), []).append(shares[None].first_year)
        if {*groups} == {""}:
            return f", {_paid_words(groups[''])}{' chacune' if len(self.members) > 1 else ''} la 1re année"
        said = (
            f"{number(len(groups[category]))} {f'en catégorie {category}' if category else 'sans catégorie'} "
            f"{_paid_words(groups[category])}"
            for category in sorted(groups, key=lambda category: (not category, category))
        )
        return f" : {', '.join(said)}"


def _paid_words(totals: Sequence[Total]) -> str:
    """Return ``à 959,00 €``, or ``de 689,00 € à 959,00 €`` where they differ."""
    costs = sorted({(total.amount, total.words()) for total in totals})
    return f"à {costs[0][1]}" if len(costs) == 1 else f"de {costs[0][1]} à {costs[-1][1]}"


def wanting(communes: Iterable[Commune], order: Order | Callable[[int], Order]) -> Iterator[Member]:
    """Yield communes that all ask for one order, or each for the order that its number of inhabitants gives."""
    for commune in communes:
        client = Client(inhabitants=commune.population)
        asked = order if isinstance(order, Order) else order(commune.population)
        yield Member(commune.name, Choice(client=client, order=asked, commune=commune.code))


def grouped(
    group: Group, order: Order, for_size: Callable[[int], Order], communes: Mapping[str, Commune]
) -> Iterator[Member]:
    """Yield the communes of a group that are not left out, each with what it asks for.

    `order` is that of all where they ask for the same, `for_size` the proposal for a number of inhabitants.
    """
    own = {each.code: each for each in group.own}
    for commune in belonging(group, communes):
        if commune.code not in group.without:
            has = own.get(commune.code, Own(code=commune.code))
            inhabitants = commune.population if has.inhabitants is None else has.inhabitants
            shared = for_size(inhabitants) if group.asks == "by_size" else order if group.asks == "same" else Order()
            client = Client(inhabitants=inhabitants, agents=has.agents)
            asked = shared.asking(**dict(has.quantities)) if has.quantities else shared
            yield Member(commune.name, Choice(client=client, order=asked, commune=commune.code))


def portfolio(members: Iterable[Member], tariff: Tariff) -> Portfolio:
    """Price the orders of many clients under a tariff."""
    all_ = tuple(members)
    return Portfolio(tariff, all_, tuple(priced(each.choice, tariff) for each in all_))


def gaps(to: Figures, from_: Figures) -> tuple[Difference, Difference, Difference]:
    """Subtract three figures from others."""
    return (
        difference(to.first_year, from_.first_year),
        difference(to.recurring, from_.recurring),
        difference(to.six_years, from_.six_years, over_years=True),
    )


def differences(before: Portfolio, after: Portfolio) -> pd.DataFrame:
    """Set the same clients under two tariffs against each other, a row a client.

    `first_year`, `recurring` and `six_years` are the additional euros (negative: fewer) of the lines that have a price;
    `words` says in French what separates the six years, with what is unknown. Raises ValueError for other clients.
    """
    if before.members != after.members:
        raise ValueError("both portfolios must have the same clients, in the same order")
    rows = []
    for member, old, new in zip(before.members, before.estimates, after.estimates, strict=True):
        between = compare(new, old)
        rows.append(
            {
                "code": member.choice.commune,
                "name": member.name,
                "category_before": before.category(old),
                "category_after": after.category(new),
                "six_years_before": old.answers.six_years.amount,
                "six_years_after": new.answers.six_years.amount,
                "first_year": between.first_year.amount,
                "recurring": between.recurring.amount,
                "six_years": between.six_years.amount,
                "words": between.six_years.plainly(),
            }
        )
    return pd.DataFrame(rows, dtype=object)


def _shares(result: Estimate, tariff: Tariff) -> Shares:
    return {
        payee: Figures(result.first_year(payee=payee), result.recurring(payee=payee), result.six_years(payee=payee))
        for payee in (None, *tariff.billing)
    }


def _of_each(estimates: Iterable[Estimate], compute: Callable[[Estimate], T]) -> tuple[T, ...]:
    """Compute something of each estimate once for all that have the same lines: most communes pay the same few."""
    found: dict[tuple[Line, ...], T] = {}
    return tuple(
        found[each.lines] if each.lines in found else found.setdefault(each.lines, compute(each)) for each in estimates
    )
