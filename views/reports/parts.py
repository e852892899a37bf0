"""The parts of the answer: figures under their headings, quotes, lines, years, variants and points."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pricing.compare import Difference, compare
from pricing.estimate import Estimate
from pricing.money import euros
from pricing.schedule import schedule
from pricing.tariff import Body, Payee, Rhythm, Source, Tariff
from pricing.totals import Total
from views.reports.terms import terms

FIRST_YEAR, LATER, SIX_YEARS = "1re année", "Chaque année ensuite", "Six ans"
"""Headings of the three figures."""
DIFFERENCE = "Écart sur six ans"
"""Heading of the difference between an estimate and the present one."""
UNCOUNTED = "rien n'est compté"
"""Words in place of an amount where the act prices nothing of what is asked for: that is no 0 €."""
SIX_BARS = "Dépenses de six ans, une barre par année."
"""Text alternative of the chart of six years, before its figures."""


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
    """Note under it; empty where there is none."""

    @property
    def words(self) -> str:
        """The figure in one line: ``1 240,00 € + 1 montant sur devis``."""
        return " ".join(filter(None, (self.amount, *self.left_out)))


@dataclass(frozen=True)
class Quote:
    """Quote of one of the two bodies."""

    payee: Payee
    """The body's key."""
    body: Body
    """The body, in words."""
    billed: bool
    """True where it will send a quote: some of its lines have a price, or will have one."""
    figures: tuple[Figure, ...]
    """Year 1, each later year and six years."""


@dataclass(frozen=True)
class Row:
    """One line of the estimate."""

    label: str
    """Name of the charge."""
    words: str
    """Calculation of the amount, in French."""
    payee: Payee
    """Key of the body that bills it."""
    billed_by: str
    """Short name of the body that bills it."""
    amount: str
    """The amount, or the words in its place."""
    when: str
    """Rhythm at which it is paid: ``par an``."""
    kind: str
    """Kind of outcome; an amount only where it is ``priced``."""
    source: Source
    """Its place in the act."""

    def in_line(self) -> str:
        """Return it as text: ``Compte 5 Go : 80,00 € par an (4 comptes × 20,00 €)``."""
        return f"{self.label} : {f'{self.amount} {self.when} ({self.words})' if self.kind == 'priced' else self.words}"


@dataclass(frozen=True)
class Service:
    """The lines of one service."""

    name: str
    """The service."""
    family: str
    """The act's heading above it."""
    rows: tuple[Row, ...]
    """Its lines, in the order of the act."""
    purpose: str = ""
    """Its purpose, in a line; empty where the page has no words for it."""


@dataclass(frozen=True)
class Series:
    """Share of one body at one rhythm: one colour of a chart."""

    name: str
    """Its meaning, in French."""
    payee: Payee
    """Key of the body."""
    rhythm: Rhythm
    """Rhythm at which it is paid."""


@dataclass(frozen=True)
class Bar:
    """A total in parts: a budget year, a service or a scenario."""

    figure: Figure
    """The total, under its name."""
    parts: Mapping[Series, Decimal]
    """Euros of each series that has some, in the order of the stack."""

    def words(self) -> str:
        """Return the bar as text: ``Antivirus : 306,00 € (La Fibre 59-62 306,00 €).``."""
        parts = " ; ".join(f"{series.name} {euros(amount)}" for series, amount in self.parts.items())
        return f"{self.figure.heading} : {self.figure.words}{f' ({parts})' if parts else ''}."


@dataclass(frozen=True)
class Variant:
    """An estimate compared with the present one: a scenario or an option."""

    name: str
    """Its name."""
    figures: tuple[Figure, ...]
    """Year 1, recurring cost per year and six years."""
    difference: Difference
    """Difference from the present estimate over six years."""
    changes: str = ""
    """Difference in what it asks for, in French; empty where there is none, or where its name says it."""


@dataclass(frozen=True)
class Point:
    """A point of the act to confirm."""

    number: str
    """Its number: ``R8``."""
    question: str
    """Open question, in French."""
    in_force: str
    """Answer that is applied, in French."""
    because: str
    """Reason for that answer, in French."""
    effects: tuple[tuple[str, str], ...]
    """Other readings, each with what it would change."""


@dataclass(frozen=True)
class ConfirmedPoint:
    """A point of the act that was confirmed."""

    number: str
    """Its number: ``R12``."""
    question: str
    """The question, in French."""
    in_force: str
    """Answer that is applied, in French."""
    said: str
    """Sentence on who confirmed it, when, and in which words."""

    @property
    def words(self) -> str:
        """The point in one line."""
        return f"{self.question} {self.in_force} {self.said}"


def headings(tariff: Tariff) -> tuple[str, str, str]:
    """Return the headings of the figures by which estimates under a tariff are compared."""
    return FIRST_YEAR, terms(tariff).recurring, SIX_YEARS


def rhythm_names(tariff: Tariff) -> dict[Rhythm, str]:
    """Return the kinds of payment in a year, in the order in which its parts are stacked."""
    return {"yearly": "chaque année", "term": terms(tariff).part, "setup": "mise en service"}


def series(tariff: Tariff) -> tuple[Series, ...]:
    """Return the shares of each body at each rhythm, in the order in which they are stacked."""
    return tuple(
        Series(f"{tariff.payees[payee].short}, {words}", payee, rhythm)
        for payee in tariff.billing
        for rhythm, words in rhythm_names(tariff).items()
    )


def notes(setup: Total | None, average: Total, tariff: Tariff, *, steady: bool) -> tuple[str, str, str]:
    """Return the notes of the three figures; `average` is a year with terms spread, said where years are not steady."""
    once = f"dont {setup.words()} de mise en service, une seule fois" if setup else ""
    renewed = f"selon {terms(tariff).renewed} à renouveler ; {average.words()} par an en moyenne sur six ans"
    return once, "" if steady else renewed, "la durée d'un mandat"


def year_name(number: int) -> str:
    """Return the name of a budget year, counted from 1: ``1re année``, ``2e année``."""
    return "1re année" if number == 1 else f"{number}e année"


def figure(heading: str, of: Total, note: str = "", amount: str | None = None) -> Figure:
    """Return a total under a heading; `amount` replaces it where it is a range."""
    known = of.known_words() if amount is None else amount
    left_out = (f"+ {each}" if known or rank else each for rank, each in enumerate(of.left_out()))
    return Figure(heading, known, tuple(left_out), note)


def figures(
    estimate: Estimate, payee: Payee | None = None, notes: tuple[str, str, str] = ("", "", "")
) -> tuple[Figure, ...]:
    """Return year 1, each later year and six years of an estimate, or of what one payee bills of it."""
    years, nothing = schedule(estimate, payee=payee), _uncounted(estimate)
    return (
        figure(FIRST_YEAR, estimate.first_year(payee=payee), notes[0], nothing),
        figure(LATER, years.again, notes[1], nothing or years.later_words()),
        figure(SIX_YEARS, estimate.six_years(payee=payee), notes[2], nothing),
    )


def _uncounted(estimate: Estimate) -> str | None:
    return None if estimate.lines or estimate.order.empty else UNCOUNTED


def variant(name: str, other: Estimate, present: Estimate, tariff: Tariff, otherwise: str = "") -> Variant:
    """Return an estimate beside the present one; `otherwise` says in French what it asks for otherwise."""
    return Variant(name, compared(other, tariff), compare(other, present).six_years, otherwise)


def compared(estimate: Estimate, tariff: Tariff) -> tuple[Figure, ...]:
    """Return the figures by which an estimate is compared; `tariff` is the one it was made under."""
    answers = estimate.answers
    totals = zip(headings(tariff), (answers.first_year, answers.recurring, answers.six_years), strict=True)
    return tuple(figure(heading, of, "", _uncounted(estimate)) for heading, of in totals)
