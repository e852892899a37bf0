"""Costs of the same order with one choice changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pricing.category import Placed
from pricing.compare import Comparison, Difference, compare
from pricing.estimate import Estimate, estimate
from pricing.order import MAX_QUANTITY, Client, Order
from pricing.tariff import Tariff, uncapital

Choice = Literal["mailboxes", "certificates", "intervention", "band", "category"]
"""Kind of choice that an option changes."""


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
    above = _above(present) if present.order.demarches_simplifiees else None
    if above is None:
        return None
    label, client = above
    return Option("category", label, compare(estimate(client, present.order, tariff), present))


def by_saving(choices: Iterable[Option]) -> tuple[Option, ...]:
    """Sort options by what they save over six years; those that leave more unknown come last."""
    return tuple(sorted(choices, key=lambda option: _rank(option.comparison.six_years)))


def _rank(six_years: Difference) -> tuple[bool, Decimal]:
    another_unknown = not (six_years.same_unknowns or any(six_years.counts))
    return another_unknown or any(count > 0 for count in six_years.counts), six_years.amount


def _changes(present: Estimate, tariff: Tariff) -> Iterator[tuple[Choice, str, Client, Order]]:
    client, order = present.client, present.order
    mailboxes = {"mailboxes_5go": "en 5 Go", "mailboxes_unlimited": "en illimité"}
    for label, changed in _all_as_one(order, mailboxes, "Le compte", "Tous les comptes"):
        yield "mailboxes", label, client, changed
    certificates = {
        key: item.label.removeprefix("Certificat ") for key, item in tariff.items.items() if item.term_years
    }
    for label, changed in _all_as_one(order, certificates, "Le certificat", "Tous les certificats"):
        yield "certificates", label, client, changed
    if order.antivirus_devices:
        label = f"{'Sans' if order.antivirus_intervention else 'Avec'} intervention pour l'antivirus"
        changed = order.model_copy(update={"antivirus_intervention": not order.antivirus_intervention})
        yield "intervention", label, client, changed
    for label, changed in _bands(present, tariff):
        yield "band", label, client, changed
    if order.demarches_simplifiees:
        for label, changed in _categories(present, tariff):
            yield "category", label, changed, order


def _all_as_one(order: Order, items: Mapping[str, str], one: str, many: str) -> Iterator[tuple[str, Order]]:
    """Yield the order with all its units of these items as each of them in turn; `items` has their labels."""
    units = sum(order.quantity(item) for item in items)
    if units > MAX_QUANTITY:
        return
    for item, label in items.items():
        changed = order.model_copy(update=dict.fromkeys(items, 0) | {item: units})
        if changed != order:
            yield f"{one if units == 1 else many} {label}", changed


def _bands(present: Estimate, tariff: Tariff) -> Iterator[tuple[str, Order]]:
    """Yield the order with one unit more, or one less, where that changes the price of a stairstep."""
    order = present.order
    for position in tariff.positions:
        item = next((item for item in position.items if order.quantity(item)), None)
        if position.price.kind != "stairstep" or item is None:
            continue
        now = _charged(present, position.charge)
        for step, label in ((1, "1 {unit} de plus"), (-1, "1 {unit} de moins")):
            quantity = order.quantity(item) + step
            if sum(order.quantity(each) for each in position.items) + step < 1 or quantity > MAX_QUANTITY:
                continue
            changed = order.model_copy(update={item: quantity})
            if _charged(estimate(present.client, changed, tariff), position.charge) != now:
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
        yield _category(below), present.client.model_copy(update=values)
    if above := _above(present):
        yield above


def _above(present: Estimate) -> tuple[str, Client] | None:
    """Return the category above, with the client just large enough for it; None where there is none."""
    placement = present.placement
    if not isinstance(placement, Placed) or not placement.thresholds:
        return None
    above = min(placement.thresholds, key=lambda threshold: threshold.criterion != placement.decided_by)
    return _category(above.category), present.client.model_copy(update={above.criterion: above.at})


def _category(name: str) -> str:
    return f"Catégorie {name} de Démarches simplifiées"
