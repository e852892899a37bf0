"""The parts of the answer for many communes: a row a commune, a row a category."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.estimate import Estimate
from pricing.money import number
from pricing.portfolio import Figures
from views.reports.parts import FIRST_YEAR, LATER, SIX_YEARS, Bar, Figure
from views.reports.wording import NO_AMOUNT

OWN = "à part"
"""Mark of a commune that has something of its own."""
COMMUNES = ("Commune", "Habitants", "Catégorie", FIRST_YEAR, LATER, SIX_YEARS, "Non compris")
"""Headings of the rows."""


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One commune, with its figures in words and as amounts."""

    code: str
    """INSEE code."""
    name: str
    """Name."""
    inhabitants: int | None
    """Number of inhabitants; None when unknown."""
    agents: int | None
    """Number of agents; None when unknown."""
    category: str
    """Category in each grid by which something goes that is asked for; empty without one."""
    figures: tuple[Figure, ...]
    """Year 1, each later year and six years."""
    amounts: Figures
    """Totals of year 1, a later year with terms spread, and six years."""
    left_out: tuple[str, ...]
    """Amounts that six years leave out: ``1 montant sur devis``; empty where nothing is."""
    own: bool
    """True where it has something of its own."""
    per_head: Decimal | None
    """Euros per inhabitant and year, six years' cash divided by six; None where no amount or no number is known."""
    estimate: Estimate
    """Estimate of the commune."""
    link: str
    """URL of its own simulation."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in words, under the headings `COMMUNES`."""
        inhabitants = "" if self.inhabitants is None else number(self.inhabitants)
        name = f"{self.name} ({OWN})" if self.own else self.name
        # What is left out has a column of its own; where no line has an amount, nothing stands in place of it.
        amounts = (
            each.amount or NO_AMOUNT["on_quote" if self.amounts.six_years.on_quote else "missing"]
            for each in self.figures
        )
        return (name, inhabitants, self.category, *amounts, " + ".join(self.left_out))


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """The communes of one category."""

    name: str
    """``Catégorie A``, ``Sans catégorie``, or empty where nothing asked for goes by one."""
    members: int
    """Number of communes."""
    communes: str
    """The same in words: ``93 communes``."""
    each: str
    """Cost of year 1 for one of them: ``959,00 €``, ``689,00 € à 959,00 €``."""
    figures: tuple[Figure, ...]
    """Year 1, a later year with terms spread, and six years, of all of them together."""
    amounts: Figures
    """The same as totals."""
    bar: Bar
    """Their six years, in parts by payee."""
