"""An estimate beside its options and scenarios, and totals, as the plain values of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pricing.compare import Difference, compare
from pricing.estimate import Answers, Total
from views.reports.handout import Handout
from views.reports.wording import NO_AMOUNT

ON_QUOTE, MISSING, NOT_STATED = (NO_AMOUNT[kind] for kind in ("on_quote", "missing", "not_stated"))
NO_PRICE = "aucun prix indiqué"
"""Words in place of a total of lines for which the act states no price."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An estimate beside the present one."""

    kind: str
    """Kind of estimate: ``Choix`` or ``Scénario``."""
    label: str
    """Its name, or the changed choice."""
    answers: Answers
    """Its three figures."""
    difference: Difference
    """Difference from the present estimate over six years."""


def compared(handout: Handout) -> Iterable[Compared]:
    """Yield every option, the greatest saving first, then every scenario kept."""
    for option in handout.options:
        yield Compared("Choix", option.label, option.comparison.estimate.answers, option.comparison.six_years)
    for name, estimate in handout.scenarios:
        yield Compared("Scénario", name, estimate.answers, compare(estimate, handout.estimate).six_years)


def words_in_place(total: Total) -> Decimal | str:
    """Return a total, or the words in its place where none of its lines has an amount."""
    if total.known or not (total.partial or total.not_stated):
        return total.amount
    return ON_QUOTE if total.on_quote else MISSING if total.missing else NO_PRICE


def left_out(total: Total) -> str:
    """Say how many amounts a total leaves out, and why: ``2 sur devis``."""
    parts = ((total.on_quote, ON_QUOTE), (total.missing, MISSING))
    return " + ".join(f"{len(lines)} {why}" for lines, why in parts if lines)
