"""The same communes under two acts, as data: what changes in sentences, and a row a commune."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pricing.before_after import DRAFT, acts_words, told
from pricing.money import signed_euros
from pricing.portfolio import Portfolio, differences
from pricing.totals import Total
from views.reports.group_handout import GroupHandout
from views.reports.parts import FIRST_YEAR, LATER

HEADINGS = (
    *("Commune", "Catégorie avant", "Catégorie après", "Six ans avant", "Six ans après"),
    *(f"Écart, {FIRST_YEAR}", f"Écart, {LATER[:1].lower()}{LATER[1:]}", "Écart sur six ans", "En clair"),
)
"""Headings of the rows."""
AMOUNTS = ("six_years_before", "six_years_after", "first_year", "recurring", "six_years")
"""Columns of the frame of differences that are amounts."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One commune before and after."""

    code: str
    """INSEE code."""
    name: str
    """Name."""
    category_before: str
    """Category under the first act."""
    category_after: str
    """Category under the second act."""
    totals: tuple[Total, Total]
    """Six years under the first act and under the second."""
    amounts: tuple[Decimal, ...]
    """Euros of six years before and after, then what year 1, a later year and six years cost more (negative: less)."""
    words: str
    """Difference over six years in plain French."""

    @property
    def moved(self) -> bool:
        """True where it changes category."""
        return "" != self.category_before != self.category_after != ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in words, under `HEADINGS`."""
        gaps = map(signed_euros, self.amounts[2:])
        named = (self.name, self.category_before, self.category_after)
        return (*named, *(each.words() for each in self.totals), *gaps, self.words)


@dataclass(frozen=True)
class Change:
    """The same communes under two acts."""

    before: Portfolio
    """The communes under the first act."""
    after: Portfolio
    """The communes under the second act."""
    draft: bool
    """True where the second act is not adopted."""

    @cached_property
    def acts(self) -> str:
        """Both acts, in words; one that is not adopted is marked."""
        return acts_words(self.before, self.after, draft=self.draft)

    @property
    def mark(self) -> str:
        """The mark of a second act that is not adopted; empty where it is."""
        return DRAFT if self.draft else ""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """All that changes, a sentence each."""
        return tuple(each.removeprefix("- ") for each in told(self.before, self.after))

    @cached_property
    def rows(self) -> tuple[ChangeRow, ...]:
        """A row a commune, those that would pay most more first."""
        gaps: list[dict[Any, Any]] = differences(self.before, self.after).to_dict("records")
        both = zip(gaps, self.before.shares, self.after.shares, strict=True)
        rows = (
            ChangeRow(
                row["code"],
                row["name"],
                row["category_before"],
                row["category_after"],
                (old[None].six_years, new[None].six_years),
                tuple(row[key] for key in AMOUNTS),
                row["words"],
            )
            for row, old, new in both
        )
        return tuple(sorted(rows, key=lambda row: row.amounts[-1], reverse=True))


def change(handout: GroupHandout) -> Change | None:
    """Return the communes under the earlier and the later of two acts; None where there is one act only."""
    if handout.other is None:
        return None
    both = sorted((handout.portfolio, handout.other), key=lambda each: each.tariff.in_force_from)
    if handout.other_is_draft:
        both = [handout.portfolio, handout.other]
    return Change(*both, draft=handout.other_is_draft)
