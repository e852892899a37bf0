"""The parts of the answer: figures under their headings, quotes, lines, years, variants and points."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.estimate import Estimate, Total
from pricing.options import Difference, compare
from pricing.schedule import schedule
from pricing.tariff import Body, Payee, Rhythm, Source
from views.reports.wording import RECURRING_TITLE

FIRST_YEAR, LATER, SIX_YEARS = "1re année", "Chaque année ensuite", "Six ans"
"""Headings of the three figures."""
COMPARED = (FIRST_YEAR, RECURRING_TITLE, SIX_YEARS)
"""Headings of the figures by which estimates are compared."""
DIFFERENCE = "Écart sur six ans"
"""Heading of what separates an estimate from the present one."""
SERIES: dict[Rhythm, str] = {"yearly": "chaque année", "term": "certificats", "setup": "mise en service"}
"""When a part of a year is paid, in the order in which the parts stand on each other."""


@dataclass(frozen=True)
class Figure:
    """An amount under its heading."""

    heading: str
    """The heading."""
    amount: str
    """The amount, or a range; empty where no line has an amount."""
    left_out: tuple[str, ...]
    """The amounts left out: ``+ 1 montant sur devis``; the first has no plus where there is no amount."""
    note: str = ""
    """A note to it; empty where nothing is to be said."""

    @property
    def words(self) -> str:
        """The figure in one line: ``1 240,00 € + 1 montant sur devis``."""
        return " ".join(filter(None, (self.amount, *self.left_out)))


@dataclass(frozen=True)
class Quote:
    """What one of the two bodies bills."""

    payee: Payee
    """The body's key."""
    body: Body
    """The body, in words."""
    billed: bool
    """True where it will send a quote; both will before anything is asked for."""
    figures: tuple[Figure, ...]
    """Year 1, each later year and six years."""


@dataclass(frozen=True)
class Row:
    """One line of the estimate."""

    label: str
    """What is charged."""
    words: str
    """How the amount comes about."""
    payee: Payee
    """Who bills it."""
    billed_by: str
    """The short name of who bills it."""
    amount: str
    """The amount, or the words in its place."""
    when: str
    """When it is paid: ``par an``."""
    kind: str
    """The kind of outcome: it is an amount where it is ``priced``."""
    source: Source
    """Its place in the act."""

    @property
    def unknown(self) -> bool:
        """True where its amount is still to be known."""
        return self.kind in ("on_quote", "missing")


@dataclass(frozen=True)
class Service:
    """The lines of one service."""

    name: str
    """The service."""
    family: str
    """The act's heading above it."""
    rows: tuple[Row, ...]
    """Its lines, in the order of the act."""


@dataclass(frozen=True)
class Part:
    """What one body bills at one rhythm in one year."""

    name: str
    """Body and rhythm, in words."""
    payee: Payee
    """Who bills it."""
    rhythm: Rhythm
    """When it is paid."""
    amount: Decimal
    """Euros including tax."""


@dataclass(frozen=True)
class Year:
    """One of six budget years."""

    figure: Figure
    """Its total, under its name."""
    parts: tuple[Part, ...]
    """The parts that have an amount."""


@dataclass(frozen=True)
class Variant:
    """An estimate among those compared: the present one, a scenario or an option."""

    name: str
    """Its name."""
    figures: tuple[Figure, ...]
    """Year 1, recurring cost per year and six years."""
    difference: Difference | None = None
    """What separates its six years from the present ones; None for the present estimate itself."""
    changes: str = ""
    """What it asks for otherwise; empty where nothing, or where its name says it."""


@dataclass(frozen=True)
class Point:
    """A point of the act to confirm."""

    question: str
    """What is open."""
    in_force: str
    """How it is read."""
    because: str
    """Why."""
    effects: tuple[tuple[str, str], ...]
    """Each other reading, and what it would change."""


def year_name(number: int) -> str:
    """A budget year, counted from 1: ``1re année``, ``2e année``."""
    return "1re année" if number == 1 else f"{number}e année"


def figure(heading: str, of: Total, note: str = "", amount: str | None = None) -> Figure:
    """A total under a heading; `amount` stands for it where it is a range."""
    known = of.known_words() if amount is None else amount
    left_out = (f"+ {each}" if known or rank else each for rank, each in enumerate(of.left_out()))
    return Figure(heading, known, tuple(left_out), note)


def figures(
    estimate: Estimate, payee: Payee | None = None, notes: tuple[str, str, str] = ("", "", "")
) -> tuple[Figure, ...]:
    """Year 1, each later year and six years of an estimate, or of what one payee bills of it."""
    years = schedule(estimate, payee=payee)
    return (
        figure(FIRST_YEAR, estimate.first_year(payee=payee), notes[0]),
        figure(LATER, years.again, notes[1], years.later_words()),
        figure(SIX_YEARS, estimate.six_years(payee=payee), notes[2]),
    )


def variant(name: str, other: Estimate, present: Estimate, otherwise: str = "") -> Variant:
    """An estimate set against the present one; `otherwise` is what it asks for otherwise, in words."""
    return Variant(name, compared(other), compare(other, present).six_years, otherwise)


def compared(estimate: Estimate) -> tuple[Figure, ...]:
    """The figures by which an estimate is compared."""
    answers = estimate.answers
    totals = (answers.first_year, answers.recurring, answers.six_years)
    return tuple(figure(heading, of) for heading, of in zip(COMPARED, totals, strict=True))
