"""Two estimates set against each other: differences in year 1, each year and six years."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.estimate import Estimate
from pricing.money import counted, euros, signed_euros
from pricing.totals import Total

_SIGNS = {True: "+", False: "\u2212"}
"""Signs of more and of less, as in amounts."""


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
    def counts(self) -> tuple[int, int, int]:
        """Additional lines without an amount: on quote, missing and not stated."""
        return self.on_quote, self.missing, self.not_stated

    @property
    def comparable(self) -> bool:
        """True if the amount is the whole difference."""
        return self.same_unknowns and not any(self.counts)

    @property
    def none(self) -> bool:
        """True if nothing separates the totals."""
        return self.comparable and not self.amount

    def words(self, of_amount: str = "") -> str:
        """Return the difference in French: ``+27,00 €``, ``−50,00 €, mais 1 montant sur devis de plus``.

        `of_amount` is written after the amount, which it qualifies.
        """
        return self._with_unknowns(signed_euros(self.amount) + of_amount if self.amount or self.comparable else "")

    def briefly(self, of_amount: str = "") -> str:
        """Return the difference in a few words, to be read from afar: ``+360,00 €, + 1 sur devis``."""
        counts = zip(self.counts, ("sur devis", "à compléter", "sans prix"), strict=True)
        unknown = [f"{_SIGNS[lines > 0]} {abs(lines)} {why}" for lines, why in counts if lines]
        if not unknown and not self.same_unknowns:
            unknown = ["une autre part sur devis"]
        amount = [signed_euros(self.amount) + of_amount] if self.amount or self.comparable else []
        return ", ".join([*amount, *unknown])

    def plainly(self) -> str:
        """Return the difference in plain French: ``27,00 € de plus``, ``280,80 € de moins``, ``aucun écart``."""
        amount = f"{euros(abs(self.amount))} {_more(self.amount)}" if self.amount else ""
        return self._with_unknowns(amount) or "aucun écart"

    def _with_unknowns(self, amount: str) -> str:
        """Add what is more or less unknown to an amount in words; « mais » where one rises and the other falls."""
        unknown = " et ".join(
            f"{counted(abs(lines), 'montant', 'montants')} {why} {_more(lines)}"
            for lines, why in zip(self.counts, ("sur devis", "à compléter", "sans prix indiqué"), strict=True)
            if lines
        )
        if not unknown and not self.same_unknowns:
            unknown = "une autre part sur devis"
        if not (amount and unknown):
            return amount or unknown
        against = any(lines * self.amount < 0 for lines in self.counts)
        return f"{amount}, mais {unknown}" if against else f"{amount} et {unknown}"


def _more(value: Decimal | int) -> str:
    return "de plus" if value > 0 else "de moins"


def difference(to: Total, from_: Total, *, over_years: bool = False) -> Difference:
    """Subtract one total from another; over several years, the number of payments of an unknown amount counts too."""

    def unknown(total: Total) -> list[tuple[str, int, int]]:
        return [(line.position.charge, line.quantity, over_years * line.position.every) for line in total.unknown]

    return Difference(
        amount=to.amount - from_.amount,
        on_quote=len(to.on_quote) - len(from_.on_quote),
        missing=len(to.missing) - len(from_.missing),
        not_stated=len(to.not_stated) - len(from_.not_stated),
        same_unknowns=unknown(to) == unknown(from_),
    )


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
    def to_fibre(self) -> Difference:
        """Difference in what La Fibre Numérique 59-62 bills over six years."""
        return difference(self.estimate.six_years(payee="fibre"), self.against.six_years(payee="fibre"))


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
