"""The same order with one choice changed, and the same tariff read another way: what each would cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pricing.category import Placed
from pricing.estimate import Estimate, Total, estimate
from pricing.money import counted, euros, signed_euros
from pricing.order import MAX_QUANTITY, Client, Order
from pricing.prices import Stairstep
from pricing.tariff import Alternative, Always, ByDifference, ByQuantity, BySetAside, Reading, Tariff

Choice = Literal["mailboxes", "certificates", "intervention", "band", "category"]
"""What an option changes."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What separates one total from another."""

    amount: Decimal
    """Euros including tax more (or, negative, less), of what has a price."""
    on_quote: int
    """Lines more (or less) that are left out of the total because they are on quote."""
    missing: int = 0
    """Lines more (or less) that are left out because the client has not said what they depend on."""

    @property
    def none(self) -> bool:
        """Whether nothing separates them."""
        return not (self.amount or self.on_quote or self.missing)

    def words(self) -> str:
        """The difference in French: ``+27,00 €``, ``−50,00 € et 1 poste sur devis de plus``."""
        return " et ".join([signed_euros(self.amount), *self._left_out()])

    def plainly(self) -> str:
        """The difference in plain French: ``27,00 € de plus``, ``280,80 € de moins``, ``aucun écart``."""
        amount = [f"{euros(abs(self.amount))} {_more(self.amount)}"] if self.amount else []
        return " et ".join([*amount, *self._left_out()]) or "aucun écart"

    def _left_out(self) -> list[str]:
        return [
            f"{counted(abs(lines), 'poste', 'postes')} {why} {_more(lines)}"
            for lines, why in ((self.on_quote, "sur devis"), (self.missing, "à compléter"))
            if lines
        ]


def _more(value: Decimal | int) -> str:
    return "de plus" if value > 0 else "de moins"


def difference(to: Total, from_: Total) -> Difference:
    """What `to` costs more than `from_`."""
    return Difference(
        amount=to.amount - from_.amount,
        on_quote=len(to.on_quote) - len(from_.on_quote),
        missing=len(to.missing) - len(from_.missing),
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another estimate set against the present one."""

    estimate: Estimate
    """The other estimate."""
    first_year: Difference
    """In cash of year 1."""
    recurring: Difference
    """In recurring cost per year."""
    six_years: Difference
    """In cash of six years."""


def compare(to: Estimate, from_: Estimate) -> Comparison:
    """Set one estimate against another."""
    ours, theirs = from_.answers, to.answers
    return Comparison(
        estimate=to,
        first_year=difference(theirs.first_year, ours.first_year),
        recurring=difference(theirs.recurring, ours.recurring),
        six_years=difference(theirs.six_years, ours.six_years),
    )


@dataclass(frozen=True, slots=True)
class Option:
    """The same order with one choice changed."""

    choice: Choice
    """What is changed."""
    label: str
    """The changed choice, in French."""
    comparison: Comparison
    """The changed estimate against the present one; it holds the client and order to adopt."""

    @property
    def adoptable(self) -> bool:
        """Whether the client can choose it; nobody chooses the size of the commune."""
        return self.choice != "category"


def options(present: Estimate, tariff: Tariff) -> tuple[Option, ...]:
    """Every option an order leaves open, in the order of the page; `tariff` is the one the estimate was made under."""
    return tuple(
        Option(choice, label, compare(estimate(client, order, tariff), present))
        for choice, label, client, order in _changes(present, tariff)
    )


def by_saving(choices: Iterable[Option]) -> tuple[Option, ...]:
    """Options in the order of what they save over six years; those that put more on quote save nothing known."""
    return tuple(
        sorted(
            choices, key=lambda option: (option.comparison.six_years.on_quote > 0, option.comparison.six_years.amount)
        )
    )


def _changes(present: Estimate, tariff: Tariff) -> Iterator[tuple[Choice, str, Client, Order]]:
    client, order = present.client, present.order
    for label, changed in _mailboxes(order):
        yield "mailboxes", label, client, changed
    for label, changed in _certificates(order, tariff):
        yield "certificates", label, client, changed
    if order.antivirus_devices:
        label = f"{'Sans' if order.antivirus_intervention else 'Avec'} intervention pour l'antivirus"
        changed = _order(order, antivirus_intervention=not order.antivirus_intervention)
        yield "intervention", label, client, changed
    for label, changed in _bands(present, tariff):
        yield "band", label, client, changed
    if order.demarches_simplifiees:
        for label, changed in _categories(present, tariff):
            yield "category", label, changed, order


def _order(order: Order, **changes: Any) -> Order:
    return order.model_copy(update=changes)


def _mailboxes(order: Order) -> Iterator[tuple[str, Order]]:
    accounts = order.mailboxes_5go + order.mailboxes_unlimited
    if accounts > MAX_QUANTITY:
        return
    if order.mailboxes_unlimited:
        yield "Tous les comptes en 5 Go", _order(order, mailboxes_5go=accounts, mailboxes_unlimited=0)
    if order.mailboxes_5go:
        yield "Tous les comptes en illimité", _order(order, mailboxes_5go=0, mailboxes_unlimited=accounts)


def _certificates(order: Order, tariff: Tariff) -> Iterator[tuple[str, Order]]:
    items = [key for key, item in tariff.items.items() if item.term_years]
    certificates = sum(order.quantity(item) for item in items)
    if not 1 <= certificates <= MAX_QUANTITY:
        return
    for item in items:
        changed = _order(order, **dict.fromkeys(items, 0) | {item: certificates})
        if changed != order:
            yield f"Tous les certificats {tariff.items[item].label.removeprefix('Certificat ')}", changed


def _bands(present: Estimate, tariff: Tariff) -> Iterator[tuple[str, Order]]:
    """One unit more, or one less, where that changes what a stairstep costs."""
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
            changed = _order(order, **{item: quantity})
            if _charged(estimate(present.client, changed, tariff), position.charge) != _charged(
                present, position.charge
            ):
                yield f"{position.service} : {label.format(unit=position.unit.one)}", changed


def _charged(present: Estimate, charge: str) -> list[Decimal | None]:
    return [line.amount for line in present.lines if line.position.charge == charge]


def _categories(present: Estimate, tariff: Tariff) -> Iterator[tuple[str, Client]]:
    """The category above and the one below, by the client's own criteria."""
    client, placement, categories = present.client, present.placement, tariff.categories
    if not isinstance(placement, Placed):
        return
    rank = categories.names.index(placement.category)
    if rank > 0:
        below = categories.names[rank - 1]
        bounds = categories.up_to[below]
        values = {
            finding.criterion: min(finding.value, getattr(bounds, finding.criterion)) for finding in placement.findings
        }
        yield _category(below), client.model_copy(update=values)
    if placement.thresholds:
        above = min(placement.thresholds, key=lambda threshold: threshold.criterion != placement.decided_by)
        yield _category(above.category), client.model_copy(update={above.criterion: above.at})


def _category(name: str) -> str:
    return f"Catégorie {name} de Démarches simplifiées"


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
    """The readings that touch an estimate; `tariff` is the one it was made under."""
    effects: dict[str, list[tuple[Alternative, Comparison]]] = {}
    billed = _billed(present)
    if present.lines:
        for number, alternative, otherwise in tariff.alternatives:
            other = estimate(present.client, present.order, otherwise)
            if other.lines != present.lines and _billed(other) != billed:
                effects.setdefault(number, []).append((alternative, compare(other, present)))
    return tuple(
        PointToConfirm(number, reading, tuple(effects.get(number, ())))
        for number, reading in tariff.readings.items()
        if _touches(reading, present, touched=number in effects)
    )


def _billed(present: Estimate) -> Mapping[tuple[str, ...], Decimal]:
    """What is billed by whom and when; what has no amount counts by its charge and quantity."""
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
        case Always():
            return bool(present.lines)
