"""Invariants of a settled page on many communes: it shows the package's own answer for its query string."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from pricing import Order
from pricing.estimate import Estimate
from pricing.group import DEPARTMENT, LIST, Group, belonging
from pricing.money import counted
from pricing.portfolio import Member, Portfolio, grouped, portfolio
from pricing.schedule import Schedule, later_words, schedule
from pricing.simulation import Choice, Simulation
from pricing.tariff import PAYEES, Payee
from pricing.totals import Line, Total, together
from tests.walk.facts import COMMUNES, EPCIS, PROPOSALS, TARIFFS, UNCOUNTED, plainly, tariff_of
from tests.walk.page import Row, Seen

SIDES = {False: "Une collectivité", True: "Plusieurs communes"}
"""Labels of the sides, by whether there are many communes."""
ASKS = {
    "by_size": "La proposition selon la taille",
    "same": "La même commande pour toutes",
    "own": "Ce que dit la liste",
}
GROUPS: Mapping[str, str] = {
    "Tout le Pas-de-Calais": DEPARTMENT,
    "Une liste à coller": LIST,
    **{name: siren for siren, name in EPCIS.items()},
}
"""Whose communes there are, by their label."""
AGENTS = "agents"
MOST = 6
"""Largest number of differences in the table that are told at once."""
_NAMES = {of: label for label, of in GROUPS.items()}
_AMOUNTS = ("first", "later", "six")


@dataclass(frozen=True)
class Answer:
    """The package's answer for the communes of a group, each part made when it is first asked for."""

    made: Portfolio

    @property
    def nothing(self) -> bool:
        """True where no commune asks for anything."""
        return all(each.order.empty for each in self.made.estimates)

    @cached_property
    def communes(self) -> Mapping[str, tuple[Member, Estimate]]:
        """Each commune that is counted with its estimate, by INSEE code."""
        both = zip(self.made.members, self.made.estimates, strict=True)
        return {member.choice.commune: (member, estimate) for member, estimate in both}

    @cached_property
    def amounts(self) -> Mapping[str, tuple[str, ...]]:
        """The three amounts of each commune, with what they leave out, by INSEE code."""
        of: dict[tuple[tuple[Line, ...], bool], tuple[str, ...]] = {}
        for _, estimate in self.communes.values():
            if (alike := (estimate.lines, estimate.order.empty)) not in of:
                of[alike] = _amounts(estimate)
        return {code: of[each.lines, each.order.empty] for code, (_, each) in self.communes.items()}

    def figures(self, payee: Payee | None = None, *, whole: bool = False) -> list[str]:
        """Return the three figures of all, or of what one payee bills them; `whole` with what they leave out."""
        first, _, six = self.made.total[payee]
        schedules = self._schedules(payee)
        again = together(each.again for each in schedules)
        all_years = zip(*(each.years for each in schedules), strict=True)
        years = sorted((together(due.total for due in same) for same in [*all_years][1:]), key=lambda each: each.amount)
        amounts = (first.known_words(), later_words(years[0], years[-1], again), six.known_words())
        totals = (first, again, six)
        shown = amounts if not whole else [_with(*both) for both in zip(amounts, totals, strict=True)]
        return [plainly(each) for each in shown if each or whole]

    def _schedules(self, payee: Payee | None) -> list[Schedule]:
        of: dict[tuple[Line, ...], Schedule] = {}
        for each in self.made.estimates:
            if each.lines not in of:
                of[each.lines] = schedule(each, payee=payee)
        return [of[each.lines] for each in self.made.estimates]


def _amounts(priced: Estimate) -> tuple[str, ...]:
    of = schedule(priced)
    totals = (priced.first_year(), of.again, priced.six_years())
    words = (totals[0].known_words(), of.later_words(), totals[2].known_words())
    if not priced.lines and not priced.order.empty:
        words = (UNCOUNTED,) * 3
    return tuple(plainly(_with(amount, total)) for amount, total in zip(words, totals, strict=True))


def _with(amount: str, total: Total) -> str:
    """Return an amount with what it leaves out; the first of it has no plus where there is no amount."""
    left_out = (f"+ {each}" if amount or rank else each for rank, each in enumerate(total.left_out()))
    return " ".join(filter(None, (amount, *left_out)))


@lru_cache(8)
def _answer(group: Group, order: Order, adopted: date) -> Answer:
    tariff = TARIFFS.adopted(adopted)
    return Answer(portfolio(grouped(group, order, PROPOSALS.under(tariff).for_size, COMMUNES), tariff))


def answer(held: Simulation) -> Answer:
    """Price the communes of a simulation; none where it has no group."""
    return _answer(held.group or Group(of=LIST), held.choice.order, tariff_of(held).adopted)


def choice_of(held: Simulation, code: str) -> Choice | None:
    """Return the choice of one commune; None where it is not counted."""
    found = answer(held).communes.get(code)
    return found[0].choice if found else None


def number_of(held: Simulation, field: str) -> int | None:
    """Return the number in a field of the table, ``62009 agents``; None where it is not known, or not counted."""
    code, key = field.split()
    if not (choice := choice_of(held, code)):
        return None
    return choice.client.agents if key == AGENTS else choice.order.quantity(key)


def otherwise(held: Simulation, field: str) -> int | None:
    """Return the number that a field of the table has where its commune has none of its own."""
    if not held.group:
        return None
    code, key = field.split()
    return number_of(held.model_copy(update={"group": _without(held.group, code, key)}), field)


def _without(group: Group, code: str, key: str) -> Group:
    own = [
        each.model_copy(
            update={"agents": None}
            if key == AGENTS
            else {"quantities": tuple(one for one in each.quantities if one[0] != key)}
        )
        if each.code == code
        else each
        for each in group.own
    ]
    return group.model_copy(update={"own": tuple(own)})


def differences(seen: Seen, held: Simulation, unsent: str) -> list[str]:
    """List all that is shown of many communes and does not follow from the query string."""
    group, known = held.group or Group(), answer(held)
    found: list[str] = []

    def same(what: str, wanted: object, there: object) -> None:
        if wanted != there:
            found.append(f"{what}: {there!r}, the address says {wanted!r}")

    same("figures", [] if known.nothing else known.figures(), seen.figures)
    if not seen.presented:
        same("side", SIDES[True], seen.side)
        same("whose communes", _NAMES[group.of], seen.of)
        same("what each asks", ASKS[group.asks], seen.asks)
        without = [each.name for each in belonging(group, COMMUNES) if each.code in group.without]
        same("left out by name", without, seen.without)
        same("answer in words", "" if known.nothing else plainly(known.made.words()), plainly(seen.in_all))
        for payee in PAYEES:
            quote = [] if known.nothing else known.figures(payee, whole=True)
            same(f"quote of {payee}", quote, [plainly(each) for each in getattr(seen, payee)])
    return found + (_table(seen, group, known, unsent) if seen.columns else [])


def _table(seen: Seen, group: Group, known: Answer, unsent: str) -> list[str]:
    """List what the table of communes shows otherwise than the package has it."""
    there = {row.code: row for row in seen.rows}
    codes = {each.code for each in belonging(group, COMMUNES)}
    if {*there} != codes:
        return [f"rows: {sorted({*there} ^ codes)} in the table or the address alone"]
    own = {each.code for each in group.own}
    found: list[str] = []
    for code, row in there.items():
        out = code in group.without
        if (row.out, row.counted, row.apart) != (out, not out, code in own and not out):
            found.append(f"row of {code}: out {row.out}, counted {row.counted}, apart {row.apart}")
        if not out:
            found += _cells(row, seen.columns, known, unsent)
    total = f"Ensemble, {counted(len(known.made.members), 'commune', 'communes')}"
    if plainly(seen.foot["name"]) != plainly(total):
        found.append(f"foot: {seen.foot['name']!r}, the address says {total!r}")
    return found[:MOST]


def _cells(row: Row, columns: Mapping[str, str], known: Answer, unsent: str) -> list[str]:
    member, priced = known.communes[row.code]
    client, order = member.choice.client, member.choice.order
    sizes = {"inhabitants": client.inhabitants, AGENTS: client.agents}
    wanted = {"name": member.name, "category": known.made.category(priced)}
    wanted |= dict(zip(_AMOUNTS, known.amounts[row.code], strict=True))
    for key in columns:
        if key in sizes:
            wanted[key] = "" if sizes[key] is None else str(sizes[key])
        elif columns[key] in ("number", "tick"):
            wanted[key] = str(order.quantity(key))
    return [
        f"{key} of {row.code}: {words!r}, the address says {wanted[key]!r}"
        for key, words in row.cells.items()
        if key in wanted and unsent != f"{row.code} {key}"
        if _shown(words, columns[key]) != _shown(wanted[key], columns[key])
    ]


def _shown(words: str, kind: str) -> str:
    return plainly(words).replace(" ", "") if kind in ("count", "number") else plainly(words)
