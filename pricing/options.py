"""Costs of the same order with one choice changed, and of the same tariff read another way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pricing.category import Placed
from pricing.estimate import Estimate, Total, estimate
from pricing.money import counted, euros, signed_euros
from pricing.order import MAX_QUANTITY, Client, Order
from pricing.prices import Stairstep
from pricing.tariff import Alternative, ByDifference, ByQuantity, BySetAside, Instead, Reading, Tariff, uncapital

Choice = Literal["instead", "ticked", "band", "category"]
"""Kind of choice that an option changes."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Difference between two totals; where unknown amounts differ, it says so and claims no gain or loss."""

    amount: Decimal
    """Additional euros including tax (negative: fewer), of the lines that have a price."""
    on_quote: int
    """Additional lines (negative: fewer) left out of the total because they are on quote."""
    missing: int = 0
    """Additional lines (negative: fewer) left out because the client has not said what they depend on."""
    not_stated: int = 0
    """Additional lines (negative: fewer) for which the act states no price."""
    same_unknowns: bool = True
    """True if the lines without an amount are the same, in the same quantities, in both totals."""

    @property
    def none(self) -> bool:
        """True if nothing separates the totals."""
        return self.same_unknowns and not (self.amount or self.on_quote or self.missing or self.not_stated)

    @property
    def comparable(self) -> bool:
        """True if the amount is the whole difference."""
        return self.same_unknowns and not (self.on_quote or self.missing or self.not_stated)

    def words(self, of_amount: str = "") -> str:
        """Return the difference in French: ``+27,00 €``, ``−50,00 €, mais 1 montant sur devis de plus``.

        `of_amount` is written after the amount, which it qualifies.
        """
        return self._with_unknowns(signed_euros(self.amount) + of_amount if self.amount or self.comparable else "")

    def plainly(self) -> str:
        """Return the difference in plain French: ``27,00 € de plus``, ``280,80 € de moins``, ``aucun écart``."""
        amount = f"{euros(abs(self.amount))} {_more(self.amount)}" if self.amount else ""
        return self._with_unknowns(amount) or "aucun écart"

    def _with_unknowns(self, amount: str) -> str:
        """Add what is more or less unknown to an amount in words; « mais » where one rises and the other falls."""
        counts = (
            (self.on_quote, "sur devis"),
            (self.missing, "à compléter"),
            (self.not_stated, "sans prix indiqué"),
        )
        unknown = " et ".join(
            f"{counted(abs(lines), 'montant', 'montants')} {why} {_more(lines)}" for lines, why in counts if lines
        )
        if not unknown and not self.same_unknowns:
            unknown = "une autre part sur devis"
        if not (amount and unknown):
            return amount or unknown
        against = any(lines * self.amount < 0 for lines, _ in counts)
        return f"{amount}, mais {unknown}" if against else f"{amount} et {unknown}"


def _more(value: Decimal | int) -> str:
    return "de plus" if value > 0 else "de moins"


def difference(to: Total, from_: Total, *, over_years: bool = False) -> Difference:
    """Subtract one total from another; over several years, the number of payments of an unknown amount counts too."""
    return Difference(
        amount=to.amount - from_.amount,
        on_quote=len(to.on_quote) - len(from_.on_quote),
        missing=len(to.missing) - len(from_.missing),
        not_stated=len(to.not_stated) - len(from_.not_stated),
        same_unknowns=not (to.partial or from_.partial)
        or _unknowns(to, over_years=over_years) == _unknowns(from_, over_years=over_years),
    )


def _unknowns(total: Total, *, over_years: bool) -> list[tuple[str, int, int]]:
    return [
        (line.position.charge, line.quantity, line.position.every if over_years else 0)
        for line in (*total.on_quote, *total.missing)
    ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another estimate set against the present one."""

    estimate: Estimate
    """The other estimate."""
    against: Estimate
    """The one it is set against."""
    first_year: Difference
    """Difference in cash of year 1."""
    recurring: Difference
    """Difference in recurring cost per year."""
    six_years: Difference
    """Difference in cash of six years."""

    @property
    def unknown_to_fibre(self) -> int:
        """Number of additional lines without an amount that La Fibre Numérique 59-62 bills (negative: fewer)."""
        ours, theirs = (each.six_years(payee="fibre") for each in (self.against, self.estimate))
        return len((*theirs.on_quote, *theirs.missing)) - len((*ours.on_quote, *ours.missing))

    @property
    def to_fibre(self) -> Decimal:
        """Additional euros including tax that La Fibre Numérique 59-62 bills over six years (negative: fewer)."""
        return self.estimate.six_years(payee="fibre").amount - self.against.six_years(payee="fibre").amount


def compare(to: Estimate, from_: Estimate) -> Comparison:
    """Set one estimate against another."""
    ours, theirs = from_.answers, to.answers
    return Comparison(
        estimate=to,
        against=from_,
        first_year=difference(theirs.first_year, ours.first_year),
        recurring=difference(theirs.recurring, ours.recurring),
        six_years=difference(theirs.six_years, ours.six_years, over_years=True),
    )


@dataclass(frozen=True, slots=True)
class Option:
    """The same order with one choice changed."""

    choice: Choice
    """Kind of choice that is changed."""
    label: str
    """The changed choice, in French."""
    comparison: Comparison
    """The changed estimate against the present one; it holds the client and order to adopt."""

    @property
    def adoptable(self) -> bool:
        """True if the client can choose it; nobody chooses the size of the commune."""
        return self.choice != "category"


def options(present: Estimate, tariff: Tariff) -> tuple[Option, ...]:
    """Return every option of an order, in the order of the page; `tariff` is the one the estimate was made under."""
    return tuple(
        Option(choice, label, compare(estimate(client, order, tariff), present))
        for choice, label, client, order in _changes(present, tariff)
    )


def crossing(present: Estimate, tariff: Tariff) -> Option | None:
    """Return the option of the category above; None in the last category, or where no price depends on it."""
    services, above = _by_category(present, tariff), _above(present)
    if not services or above is None:
        return None
    category, client = above
    changed = estimate(client, present.order, tariff)
    return Option("category", _category(category, services), compare(changed, present))


def by_saving(choices: Iterable[Option]) -> tuple[Option, ...]:
    """Sort options by what they save over six years; those that leave more unknown come last."""
    return tuple(sorted(choices, key=lambda option: _rank(option.comparison.six_years)))


def _rank(six_years: Difference) -> tuple[bool, Decimal]:
    counts = (six_years.on_quote, six_years.missing, six_years.not_stated)
    another_unknown = not (six_years.same_unknowns or any(counts))
    return another_unknown or any(count > 0 for count in counts), six_years.amount


def _changes(present: Estimate, tariff: Tariff) -> Iterator[tuple[Choice, str, Client, Order]]:
    client, order = present.client, present.order
    for service in tariff.services.values():
        if service.instead:
            for label, changed in _all_as_one(order, service.instead):
                yield "instead", label, client, changed
        for key, item in service.items.items():
            if item.taken and order.quantity(item.requires):
                taken = order.quantity(key)
                yield "ticked", item.left if taken else item.taken, client, order.asking(**{key: 1 - taken})
    for label, changed in _bands(present, tariff):
        yield "band", label, client, changed
    if services := _by_category(present, tariff):
        for category, changed in _categories(present, tariff):
            yield "category", _category(category, services), changed, order


def _by_category(present: Estimate, tariff: Tariff) -> str:
    """Return the services asked for whose price goes by category; empty where there is none."""
    found = (
        position.service
        for position in tariff.positions
        if position.price.kind == "by_category" and any(map(present.order.quantity, position.items))
    )
    return " et ".join(dict.fromkeys(found))


def _all_as_one(order: Order, instead: Instead) -> Iterator[tuple[str, Order]]:
    """Yield the order with all its units of items that stand for one another as each of them in turn."""
    units = sum(map(order.quantity, instead.items))
    if units > MAX_QUANTITY:
        return
    for item, words in instead.items.items():
        changed = order.asking(**dict.fromkeys(instead.items, 0) | {item: units})
        if changed != order:
            yield f"{instead.one if units == 1 else instead.all} {words}", changed


def _bands(present: Estimate, tariff: Tariff) -> Iterator[tuple[str, Order]]:
    """Yield the order with one unit more, or one less, where that changes the price of a stairstep."""
    order = present.order
    for position in tariff.positions:
        if not isinstance(position.price, Stairstep):
            continue
        item = next((item for item in position.items if order.quantity(item)), None)
        if item is None or (position.only_with and not order.quantity(position.only_with)):
            continue
        for step, label in ((1, "1 {unit} de plus"), (-1, "1 {unit} de moins")):
            quantity = order.quantity(item) + step
            if not sum(order.quantity(each) for each in position.items) + step >= 1 or quantity > MAX_QUANTITY:
                continue
            changed = order.asking(**{item: quantity})
            if _charged(estimate(present.client, changed, tariff), position.charge) != _charged(
                present, position.charge
            ):
                which = f" ({uncapital(tariff.items[item].label)})" if len(position.items) > 1 else ""
                yield f"{position.service} : {label.format(unit=position.unit.one)}{which}", changed


def _charged(present: Estimate, charge: str) -> list[Decimal | None]:
    return [line.amount for line in present.lines if line.position.charge == charge]


def _categories(present: Estimate, tariff: Tariff) -> Iterator[tuple[str, Client]]:
    """Yield the category below and the one above, by the client's own criteria."""
    placement, categories = present.placement, tariff.categories
    if not isinstance(placement, Placed):
        return
    rank = categories.names.index(placement.category)
    if rank > 0:
        below = categories.names[rank - 1]
        bounds = categories.up_to[below]
        values = {
            finding.criterion: min(finding.value, getattr(bounds, finding.criterion)) for finding in placement.findings
        }
        yield below, present.client.model_copy(update=values)
    if above := _above(present):
        yield above


def _above(present: Estimate) -> tuple[str, Client] | None:
    """Return the category above, with the client just large enough for it; None where there is none."""
    placement = present.placement
    if not isinstance(placement, Placed) or not placement.thresholds:
        return None
    above = min(placement.thresholds, key=lambda threshold: threshold.criterion != placement.decided_by)
    return above.category, present.client.model_copy(update={above.criterion: above.at})


def _category(name: str, services: str) -> str:
    return f"Catégorie {name} de {services}"


@dataclass(frozen=True, slots=True)
class PointToConfirm:
    """A reading that touches an estimate, with what each alternative would change."""

    number: str
    """The reading's number, R1 to R17."""
    reading: Reading
    """The question, what is in force, and why."""
    effects: tuple[tuple[Alternative, Comparison], ...]
    """Each alternative that changes a line of this estimate, against the present one."""


def points_to_confirm(present: Estimate, tariff: Tariff) -> tuple[PointToConfirm, ...]:
    """Return the readings that touch an estimate; `tariff` is the one it was made under."""
    effects: dict[str, list[tuple[Alternative, Comparison]]] = {}
    billed = _billed(present)
    if present.lines:
        for number, alternative, otherwise in tariff.alternatives:
            other = estimate(present.client, present.order, otherwise)
            if other.lines == present.lines:
                continue
            found = effects.setdefault(number, [])
            # Two alternatives of a reading with the same result for this order count as one.
            if _billed(other) not in (billed, *(_billed(comparison.estimate) for _, comparison in found)):
                found.append((alternative, compare(other, present)))
    return tuple(
        PointToConfirm(number, reading, tuple(effects.get(number, ())))
        for number, reading in tariff.readings.items()
        if _touches(reading, present, touched=bool(effects.get(number)))
    )


def _billed(present: Estimate) -> Mapping[tuple[str, ...], Decimal]:
    """Return what each payee bills, by rhythm and interval; a line with no amount counts by its charge and quantity."""
    billed: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for line in present.lines:
        if line.amount is None:
            billed[line.payee, line.rhythm, line.position.charge, line.outcome.kind] += line.quantity
        elif line.amount:
            billed[line.payee, line.rhythm, str(line.position.every)] += line.amount
    return billed


def _touches(reading: Reading, present: Estimate, *, touched: bool) -> bool:
    match reading.touches:
        case ByDifference():
            return touched
        case ByQuantity(at_least=at_least):
            return any(present.order.quantity(item) >= least for item, least in at_least.items())
        case BySetAside():
            return bool(present.set_aside)
        case _:
            return bool(present.lines)
