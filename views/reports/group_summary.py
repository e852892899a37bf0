"""The answer for many communes as data: every figure, row and sentence that a page or a document shows of it.

Page, table, paper, workbook and mail merge lay it out; its headings are written here only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pricing.money import counted, euros, number, to_cents
from pricing.portfolio import Portfolio
from pricing.shared_points import shared_points
from pricing.tariff import Tariff, uncapital
from pricing.totals import HORIZON, Line, Total, together
from views.reports.group_handout import GroupHandout
from views.reports.group_parts import OWN, CategoryRow, CommuneRow
from views.reports.group_sums import GroupSums, sum_of
from views.reports.parts import (
    Bar,
    Figure,
    Point,
    Quote,
    Series,
    figure,
    figures,
    notes,
    series,
    year_name,
)
from views.reports.summary import NO_QUOTE, ONE_QUOTE, TWO_QUOTES, enumerated
from views.reports.wording import NO_AMOUNT, assumptions, effect_words, made_briefly_words, made_words, title_of

MOST_NAMED = 6
"""Largest number of communes that a sentence names."""


@dataclass(frozen=True)
class GroupSummary:
    """All that is said of many communes, each part made when it is first asked for."""

    handout: GroupHandout
    """The communes, and what is computed of them."""

    @property
    def portfolio(self) -> Portfolio:
        """The communes and their estimates."""
        return self.handout.portfolio

    @property
    def tariff(self) -> Tariff:
        """The tariff."""
        return self.handout.portfolio.tariff

    @cached_property
    def sums(self) -> GroupSums:
        """Sums of the communes."""
        return GroupSums(self.portfolio)

    @cached_property
    def title(self) -> str:
        """The title of what is handed over."""
        return title_of(self.handout.name)

    @cached_property
    def made(self) -> str:
        """Sentence on the day it was made and the act it goes by."""
        return made_words(self.handout.day, self.tariff)

    @cached_property
    def made_briefly(self) -> str:
        """The same in short, with the reminder that only quotes are binding."""
        return made_briefly_words(self.handout.day, self.tariff)

    @cached_property
    def answer(self) -> str:
        """The answer in words."""
        return self.portfolio.words()

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Year 1, each later year and six years of all communes together, each with its note."""
        setup = together(self.sums.parts(lambda each, _: each.first_year(rhythm="setup")))
        average, steady = self.portfolio.total[None].recurring, self.portfolio.steady
        said = notes(setup if setup != Total(setup.amount) else None, average, self.tariff, steady=steady)
        return self.sums.figures(None, said)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Share of each of the two bodies in what all communes pay."""
        lines = [line for each, _ in self.sums.alike for line in each.lines]
        billed = {line.payee for line in lines if line.amount != 0 and line.outcome.kind != "not_stated"}
        return tuple(
            Quote(payee, self.tariff.payees[payee], payee in billed, self.sums.figures(payee))
            for payee in self.tariff.billing
        )

    @cached_property
    def billing(self) -> str:
        """The heading of the quotes, which each commune has of its own."""
        heading = (NO_QUOTE, ONE_QUOTE, TWO_QUOTES)[sum(quote.billed for quote in self.quotes)]
        return heading if heading == NO_QUOTE else f"{heading} par commune, ici additionnés"

    @cached_property
    def years(self) -> tuple[Bar, ...]:
        """Six years of cash of all communes together."""
        stack = series(self.tariff)
        return tuple(
            Bar(
                figure(year_name(rank + 1), total),
                {each: part for each in stack if (part := self.sums.cash(rank, each.payee, each.rhythm).amount)},
            )
            for rank, total in enumerate(self.portfolio.cash)
        )

    @cached_property
    def by_payee(self) -> tuple[Series, ...]:
        """The bodies that bill, as the colours of a chart."""
        return tuple(Series(self.tariff.payees[payee].short, payee, "yearly") for payee in self.tariff.billing)

    @cached_property
    def categories(self) -> tuple[CategoryRow, ...]:
        """The communes by category, those without one last."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for rank, each in enumerate(self.portfolio.estimates):
            groups[self.portfolio.category(each)].append(rank)
        return tuple(self._category(name, groups[name]) for name in sorted(groups, key=lambda name: (not name, name)))

    def _category(self, category: str, ranks: Sequence[int]) -> CategoryRow:
        name = f"Catégorie {category}" if category else "Sans catégorie" if self.portfolio.grids else ""
        shares = [self.portfolio.shares[rank] for rank in ranks]
        costs = sorted({(each[None].first_year.amount, each[None].first_year.words()) for each in shares})
        amounts = sum_of(shares, None)
        parts = {each: part for each in self.by_payee if (part := sum_of(shares, each.payee).six_years.amount)}
        communes = counted(len(ranks), "commune", "communes")
        return CategoryRow(
            name,
            len(ranks),
            communes,
            costs[0][1] if len(costs) == 1 else f"{costs[0][1]} à\u00a0{costs[-1][1]}",
            tuple(figure(heading, of) for heading, of in zip(self.sums.headings, amounts, strict=True)),
            amounts,
            Bar(figure(name or communes, amounts.six_years), parts),
        )

    @cached_property
    def rows(self) -> tuple[CommuneRow, ...]:
        """A row a commune, in the order of the portfolio."""
        found: dict[tuple[int, bool], tuple[Figure, ...]] = {}
        rows: list[CommuneRow] = []
        for member, each, shares in zip(
            self.portfolio.members, self.portfolio.estimates, self.portfolio.shares, strict=True
        ):
            alike = id(shares), each.order.empty
            if alike not in found:
                found[alike] = figures(each)
            client, six_years = member.choice.client, shares[None].six_years
            unstated = len(six_years.not_stated)
            without = (f"{counted(unstated, 'montant', 'montants')} sans prix indiqué",) if unstated else ()
            rows.append(
                CommuneRow(
                    member.choice.commune,
                    member.name,
                    client.inhabitants,
                    client.agents,
                    self.portfolio.category(each),
                    found[alike],
                    shares[None],
                    (*six_years.left_out(), *without),
                    member.choice.commune in self.handout.own,
                    _per_head(six_years, client.inhabitants),
                    each,
                    self.handout.own_link(member),
                )
            )
        return tuple(rows)

    @cached_property
    def per_head(self) -> str:
        """Sentence on the lowest and highest cost per inhabitant and year; empty where none is known."""
        known = sorted((row.per_head, row.name) for row in self.rows if row.per_head is not None)
        if not known:
            return ""
        (least, first), (most, last) = known[0], known[-1]
        but = ", hors montants non chiffrés" if any(row.left_out for row in self.rows) else ""
        if least == most:
            return f"Par habitant et par an, en moyenne sur six ans{but} : {euros(least)}."
        return (
            f"Par habitant et par an, en moyenne sur six ans{but} : de {euros(least)} ({first}) "
            f"à {euros(most)} ({last})."
        )

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """Services that the communes ask for: ``Sauvegardes : 1 par commune, 96 en tout``."""
        orders = [each.choice.order for each in self.portfolio.members]
        said = ((item, [order.quantity(key) for order in orders]) for key, item in self.tariff.items.items())
        return tuple(f"{item.label} : {_asked(of, ticked=item.ticked)}" for item, of in said if any(of))

    @cached_property
    def exceptions(self) -> str:
        """Sentence on the communes that have something of their own; empty without any."""
        names = [row.name for row in self.rows if row.own]
        if not names:
            return ""
        who = counted(len(names), "commune", "communes")
        have = "a ses" if len(names) == 1 else "ont leurs"
        return f"{who} {have} propres agents, habitants ou quantités, avec la mention « {OWN} » : {_named(names)}."

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Amounts not known yet, service by service, with the communes of which they are."""
        return self._without_amount(lambda total: (*total.on_quote, *total.missing))

    @cached_property
    def not_counted(self) -> tuple[str, ...]:
        """Items asked for and not counted, with the reason and the communes."""
        unstated = (f"{each} Rien n'est compté." for each in self._without_amount(lambda total: total.not_stated))
        aside: defaultdict[str, list[str]] = defaultdict(list)
        for member, each in zip(self.portfolio.members, self.portfolio.estimates, strict=True):
            for why in each.set_aside:
                aside[why.why].append(member.name)
        whose = (f"{self._whose(names)} : {why}" for why, names in aside.items())
        return (*unstated, *(f"{each[:1].upper()}{each[1:]}" for each in whose), *self.handout.unsold.values())

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points to confirm, each with what another reading would change for all communes together."""
        return tuple(
            Point(
                point.number,
                point.reading.question,
                point.reading.in_force,
                point.reading.because,
                tuple(
                    (other.label, f"{self._many(effect.clients)}, ensemble : {effect_words(effect, self.tariff)}")
                    for other, effect in point.effects
                ),
            )
            for point in shared_points(self.portfolio.estimates, self.tariff)
        )

    def _many(self, count: int) -> str:
        return f"{counted(count, 'commune', 'communes')} sur {number(len(self.portfolio.members))}"

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """Assumptions of all estimates."""
        return assumptions(self.tariff)

    def _without_amount(self, lines_of: Callable[[Total], Iterable[Line]]) -> tuple[str, ...]:
        """Say the lines without an amount by service and reason, with the communes concerned."""
        labels: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        reasons: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        names: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        for rank, (member, shares) in enumerate(zip(self.portfolio.members, self.portfolio.shares, strict=True)):
            for line in lines_of(shares[None].six_years):
                key = line.position.service, line.outcome.kind
                labels[key][uncapital(line.position.label)] = None
                reasons[key].add(line.words())
                names[key][rank] = member.name
        return tuple(
            f"{service}, {enumerated([*labels[service, kind]])} : "
            f"{next(iter(why)) if len(why := reasons[service, kind]) == 1 else NO_AMOUNT[kind]}, "
            f"pour {self._whose([*names[service, kind].values()])}."
            for service, kind in labels
        )

    def _whose(self, names: Sequence[str]) -> str:
        """Return communes in words: ``toutes les communes``, ``Ruitz et Arras``, ``12 communes (Ruitz, …)``."""
        if len(names) == len(self.portfolio.members) > 1:
            return "toutes les communes"
        return enumerated(names) if len(names) < 3 else f"{number(len(names))} communes ({_named(names)})"


def _per_head(six_years: Total, inhabitants: int | None) -> Decimal | None:
    return to_cents(six_years.amount / HORIZON / inhabitants) if inhabitants and six_years.known else None


def _asked(quantities: Sequence[int], *, ticked: bool) -> str:
    """Say how many communes ask for an item, and for how much of it."""
    some = [each for each in quantities if each]
    who = counted(len(some), "commune", "communes")
    if ticked:
        return who
    least, most = min(some), max(some)
    each = number(most) if least == most else f"de {number(least)} à {number(most)}"
    return f"{each} par commune, {number(sum(some))} en tout{'' if len(some) == len(quantities) else f', pour {who}'}"


def _named(names: Sequence[str]) -> str:
    """Name communes, as many as a sentence bears: ``Arras, Lens et 14 autres``."""
    if len(names) <= MOST_NAMED:
        return enumerated(names)
    return f"{', '.join(names[:MOST_NAMED])} et {number(len(names) - MOST_NAMED)} autres"
