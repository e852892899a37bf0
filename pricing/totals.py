"""Lines of an estimate, each with its price and when it is paid, and the totals that say what they leave out."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from pricing.money import ZERO, counted, euros, to_cents
from pricing.rating import Outcome, explained
from pricing.readings import WHOLE_YEAR
from pricing.tariff import Payee, Position, Rhythm

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
    months: int = WHOLE_YEAR
    """Months of the first year that it is paid for; fewer than twelve only under another reading of the act (R17)."""

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
        return ZERO if self.outcome.kind in ("included", "in_place") else None

    def due(self, year: int) -> bool:
        """Tell if the charge is paid in a year, counted from 1."""
        return self.position.due(year)

    def times(self) -> int:
        """Count the payments in six years."""
        return -(-HORIZON // self.position.every) if self.position.every else 1

    def first(self) -> Decimal:
        """Return what is paid in year 1, in euros including tax; 0 where no amount is known."""
        whole = self.amount or ZERO
        return whole if self.months == WHOLE_YEAR else to_cents(whole * self.months / WHOLE_YEAR)

    def over_horizon(self) -> Decimal:
        """Return what is paid in six years, in euros including tax; 0 where no amount is known."""
        return self.first() + (self.amount or ZERO) * (self.times() - 1)

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
    """Number of lines that have a price; one that the act includes for free has none."""

    @property
    def unknown(self) -> tuple[Line, ...]:
        """The lines left out of which the amount is unknown, rather than not stated."""
        return self.on_quote + self.missing

    @property
    def partial(self) -> bool:
        """True if an unknown amount is left out."""
        return bool(self.unknown)

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


def total(lines: Iterable[Line], paid: Callable[[Line], Decimal] | None = None) -> Total:
    """Add lines up; each counts for what `paid` says, by default for its amount each time it is paid."""
    amount = ZERO
    by_kind: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_kind[line.outcome.kind].append(line)
        if line.outcome.kind == "priced":
            amount += paid(line) if paid else line.outcome.amount
    return Total(
        amount,
        on_quote=tuple(by_kind["on_quote"]),
        missing=tuple(by_kind["missing"]),
        not_stated=tuple(by_kind["not_stated"]),
        known=len(by_kind["priced"]),
    )


def together(totals: Iterable[Total]) -> Total:
    """Add up totals of several estimates, with everything that each of them leaves out."""
    each = list(totals)
    return Total(
        sum((total.amount for total in each), ZERO),
        on_quote=tuple(line for total in each for line in total.on_quote),
        missing=tuple(line for total in each for line in total.missing),
        not_stated=tuple(line for total in each for line in total.not_stated),
        known=sum(total.known for total in each),
    )
