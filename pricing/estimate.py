"""An estimate: a client's order under a tariff, as lines, with their totals by payee, rhythm and family."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from pricing.category import Placed, Placement, place
from pricing.frozen import Frozen
from pricing.money import ZERO, counted, euros, to_cents
from pricing.order import Client, Order
from pricing.prices import OnQuote
from pricing.rating import Missing, Outcome, explained, rate
from pricing.tariff import Payee, Position, Rhythm, Tariff

HORIZON = 6
"""Years of a municipal mandate, the smallest horizon in which terms of 1, 2 and 3 years all close."""


@dataclass(frozen=True, slots=True)
class Line:
    """One charge of an order, with its quantity and its outcome."""

    position: Position
    """Charge, with its payee, its rhythm and its place in the act."""
    quantity: int
    """Number of units."""
    outcome: Outcome
    """The amount each time it is paid, or why there is none."""

    @property
    def payee(self) -> Payee:
        """Body that bills the charge."""
        return self.position.payee

    @property
    def rhythm(self) -> Rhythm:
        """Rhythm at which the charge is paid."""
        return self.position.rhythm

    @property
    def name(self) -> str:
        """Service and charge together: ``Messagerie : mise en service``."""
        return self.position.name

    @property
    def amount(self) -> Decimal | None:
        """Euros including tax each time the charge is paid; None when the outcome is not an amount."""
        if self.outcome.kind == "priced":
            return self.outcome.amount
        return ZERO if self.outcome.kind == "included" else None

    def due(self, year: int) -> bool:
        """Tell if the charge is paid in a year, counted from 1."""
        return self.position.due(year)

    def times(self, years: int = HORIZON) -> int:
        """Count the payments in a number of years."""
        every = self.position.every
        return 1 if every == 0 else -(-years // every)

    def words(self) -> str:
        """Explain the line in French, with the quantity on quote: ``21 ordinateurs, sur devis au-delà de 20``."""
        words = explained(self.outcome)
        if self.outcome.kind not in ("on_quote", "included") or self.position.price.kind == "by_category":
            return words  # The steps of an amount say the quantity, and a price by category has none.
        return f"{self.counted()}, {words}"

    def counted(self) -> str:
        """Return the quantity with its unit, in French."""
        return self.position.unit.counted(self.quantity)


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of lines, with the lines it leaves out."""

    amount: Decimal
    """Euros including tax of everything that has a price."""
    on_quote: tuple[Line, ...] = ()
    """The lines left out because they are on quote."""
    missing: tuple[Line, ...] = ()
    """The lines left out because the client has not said what they depend on."""
    not_stated: tuple[Line, ...] = ()
    """The lines for which the act states no price: nothing is counted for them, and they are not called free."""
    known: int = 0
    """Number of lines that have a price."""
    included: int = 0
    """Number of lines the act includes for free (0 €)."""

    @property
    def partial(self) -> bool:
        """True if an unknown amount is left out."""
        return bool(self.on_quote or self.missing)

    def words(self) -> str:
        """Return the total in French, always with what it leaves out: ``1 240,00 € + 1 montant sur devis``."""
        return " + ".join([*filter(None, [self.known_words()]), *self.left_out()])

    def known_words(self) -> str:
        """Return the amount in French, without what is left out; empty, or other words, where nothing has an amount."""
        if self.known or not (self.partial or self.not_stated):
            return euros(self.amount)
        return "" if self.partial else "aucun prix indiqué"

    def left_out(self) -> list[str]:
        """List what the total leaves out, in French: ``["1 montant sur devis"]``; empty when nothing is."""
        return [
            f"{counted(len(lines), 'montant', 'montants')} {why}"
            for lines, why in ((self.on_quote, "sur devis"), (self.missing, "à compléter"))
            if lines
        ]


def total(lines: Iterable[Line], times: Callable[[Line], int] | None = None) -> Total:
    """Add lines up, each as often as `times` says (once by default); one that counts 0 times is skipped."""
    amount = ZERO
    known = included = 0
    on_quote: list[Line] = []
    missing: list[Line] = []
    not_stated: list[Line] = []
    for line in lines:
        count = 1 if times is None else times(line)
        if not count:
            continue
        outcome = line.outcome
        if outcome.kind == "priced":
            amount += outcome.amount * count
            known += 1
        elif outcome.kind == "included":
            included += 1
        elif outcome.kind == "not_stated":
            not_stated.append(line)
        elif outcome.kind == "missing":
            missing.append(line)
        else:
            on_quote.append(line)
    return Total(amount, tuple(on_quote), tuple(missing), tuple(not_stated), known, included)


@dataclass(frozen=True, slots=True)
class Answers:
    """The three figures that answer a client."""

    first_year: Total
    """Cash of year 1."""
    recurring: Total
    """Recurring cost per year."""
    six_years: Total
    """Cash of six years."""


class SetAside(Frozen, frozen=True):
    """Something asked for that can't be ordered alone, so that nothing is priced for it (R16)."""

    item: str
    """The item asked for."""
    why: str
    """Reason in French, which names what the item needs."""


class Estimate(Frozen, frozen=True):
    """Cost of an order for a client under a tariff. Every figure shown anywhere comes from here."""

    tariff: date
    """The day the tariff was adopted: its name."""
    client: Client
    """Public body that asks."""
    order: Order
    """Services asked for, with their quantities."""
    placement: Placement
    """The client's category, or why it has none."""
    lines: tuple[Line, ...]
    """One line for each charge that arises, in the order of the act."""
    set_aside: tuple[SetAside, ...]
    """Items asked for that can't be ordered alone."""
    unsold: tuple[str, ...] = ()
    """Keys of the items asked for that the act does not sell: nothing is priced for them."""

    @property
    def category(self) -> str | None:
        """The category's letter; None when the client has none."""
        return self.placement.category if isinstance(self.placement, Placed) else None

    @cached_property
    def answers(self) -> Answers:
        """Year 1, each year and six years, all payees together."""
        once = total(line for line in self.lines if not line.position.every)
        first_year = total(self.lines)
        six_years = total(self.lines, Line.times)
        recurring = total(line for line in self.lines if line.position.every)
        return Answers(first_year, replace(recurring, amount=_each_year(six_years.amount - once.amount)), six_years)

    def select(
        self, *, payee: Payee | None = None, rhythm: Rhythm | None = None, family: str | None = None
    ) -> tuple[Line, ...]:
        """Return the lines of a payee, a rhythm, a family, or any combination of these; all lines by default."""
        if payee is None and rhythm is None and family is None:
            return self.lines
        return tuple(
            line
            for line in self.lines
            if (payee is None or line.payee == payee)
            and (rhythm is None or line.rhythm == rhythm)
            and (family is None or line.position.family == family)
        )

    def first_year(
        self, *, payee: Payee | None = None, rhythm: Rhythm | None = None, family: str | None = None
    ) -> Total:
        """Return the cash of year 1: set-up, yearly charges and every certificate."""
        return total(self.select(payee=payee, rhythm=rhythm, family=family))

    def recurring(
        self, *, payee: Payee | None = None, rhythm: Rhythm | None = None, family: str | None = None
    ) -> Total:
        """Return the recurring cost per year: yearly charges, and each certificate's price divided by its term.

        Over the horizon, set-up + 6 x recurring is the sum of the six years' cash; only a certificate whose price
        does not divide by its term to the cent is rounded, once.
        """
        lines = [line for line in self.select(payee=payee, rhythm=rhythm, family=family) if line.position.every]
        return replace(total(lines), amount=_each_year(total(lines, Line.times).amount))

    def six_years(
        self, *, payee: Payee | None = None, rhythm: Rhythm | None = None, family: str | None = None
    ) -> Total:
        """Return the cash of six years, a municipal mandate."""
        return total(self.select(payee=payee, rhythm=rhythm, family=family), Line.times)


def _each_year(over_horizon: Decimal) -> Decimal:
    return to_cents(over_horizon / HORIZON)


def estimate(client: Client, order: Order, tariff: Tariff) -> Estimate:
    """Price an order for a client under a tariff. Any order within bounds has an estimate; nothing is raised."""
    placement = place(client, tariff.categories)
    set_aside = tuple(_set_aside(order, tariff))
    unavailable = {aside.item for aside in set_aside}
    quantities = {item: 0 if item in unavailable else order.quantity(item) for item in tariff.items}
    lines: list[Line] = []
    for position in tariff.positions:
        items = position.items
        quantity = quantities[items[0]] if len(items) == 1 else sum([quantities[item] for item in items])
        if quantity and (not position.only_with or quantities[position.only_with]):
            lines += _lines(position, quantity, placement.decides if position.price.kind == "by_category" else "")
    return Estimate(
        tariff=tariff.adopted,
        client=client,
        order=order,
        placement=placement,
        lines=tuple(lines),
        set_aside=set_aside,
        unsold=tuple(item for item in order.quantities if item not in tariff.items),
    )


@lru_cache(maxsize=16_384)
def _lines(position: Position, quantity: int, category: str | OnQuote | Missing) -> tuple[Line, ...]:
    """Return the lines of a position; cached, since options and readings ask for the same few again and again."""
    return tuple(
        Line(position, part, outcome)
        for part, outcome in rate(position.price, quantity, position.unit, position.every, category)
    )


def _set_aside(order: Order, tariff: Tariff) -> Iterable[SetAside]:
    for key, item in tariff.requiring:
        if order.quantity(key) and not order.quantity(item.requires):
            unit = tariff.items[item.requires].unit
            yield SetAside(item=key, why=f"« {item.label} » demande au moins 1 {unit} : rien n'est compté.")
