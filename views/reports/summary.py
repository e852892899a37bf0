"""The answer as data: every figure, line and sentence that a page or a document shows of an estimate, in French.

Page, mail, paper, draft and workbook lay it out; its headings are written here and nowhere else.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from pricing.estimate import Estimate, Line, Total, total
from pricing.money import ZERO, euros
from pricing.options import Difference, Option, compare
from pricing.schedule import schedule
from pricing.spread import spread
from pricing.tariff import PAYEES, Body, Payee, Rhythm, Source
from views.reports.handout import Handout, long_date
from views.reports.wording import (
    INDICATIVE,
    NO_AMOUNT,
    RECURRING_TITLE,
    THIS_ESTIMATE,
    act_words,
    assumptions,
    category_words,
    changes,
    effect_words,
    how_often,
    later_note,
    left_out,
    not_counted,
    setup_note,
    title_of,
)

FIRST_YEAR, LATER, SIX_YEARS = "1re année", "Chaque année ensuite", "Six ans"
"""Headings of the three figures."""
COMPARED = (FIRST_YEAR, RECURRING_TITLE, SIX_YEARS)
"""Headings of the figures by which estimates are compared."""
DIFFERENCE = "Écart sur six ans"
"""Heading of what separates an estimate from the present one."""
ONE_QUOTE, TWO_QUOTES = "Un seul devis", "Deux devis"
"""Headings of what one body bills alone, and of what both bill."""
LEFT_OUT = "Non compris dans ces montants"
"""Heading of what the figures leave out."""
DETAIL = ("Tarif", "Calcul", "Facturé par", "Montant TTC")
"""Headings of the columns of the lines."""
ASSUMED = "Ce qui est supposé"
"""Heading of the assumptions."""
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


@dataclass(frozen=True)
class Summary:
    """All that is said of an estimate, each part made when it is first asked for."""

    handout: Handout
    """The estimate, and what is computed beside it."""

    @cached_property
    def title(self) -> str:
        """The title of what is handed over."""
        return title_of(self.handout.name)

    @cached_property
    def made(self) -> str:
        """The day it was made, and by which act."""
        return f"Établie le {long_date(self.handout.day)} d'après {act_words(self.handout.tariff)}."

    @cached_property
    def made_briefly(self) -> str:
        """The day it was made, the tariff, and what it is worth."""
        day, adopted = long_date(self.handout.day), long_date(self.handout.tariff.adopted)
        return f"Établie le {day} aux tarifs TTC adoptés le {adopted} par le CDG 62. {INDICATIVE}"

    @cached_property
    def category(self) -> str:
        """The client's category and why; empty where nothing asked for goes by it."""
        return category_words(self.handout.estimate, self.handout.tariff)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Year 1, each later year and six years, each with its note."""
        estimate = self.handout.estimate
        return _figures(estimate, notes=(setup_note(estimate), later_note(estimate), "la durée d'un mandat"))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """What each body bills."""
        estimate = self.handout.estimate
        billed = {line.payee for line in estimate.lines if line.outcome.kind not in ("included", "not_stated")}
        return tuple(
            Quote(payee, self.handout.tariff.payees[payee], payee in (billed or PAYEES), _figures(estimate, payee))
            for payee in PAYEES
        )

    @cached_property
    def billing(self) -> str:
        """The heading of the quotes."""
        return TWO_QUOTES if all(quote.billed for quote in self.quotes) else ONE_QUOTE

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Every line, by service."""
        by_service = groupby(
            self.handout.estimate.lines, key=lambda line: (line.position.family, line.position.service)
        )
        return tuple(Service(name, family, tuple(map(self._row, lines))) for (family, name), lines in by_service)

    def _row(self, line: Line) -> Row:
        outcome, position = line.outcome, line.position
        amount = euros(outcome.amount) if outcome.kind == "priced" else NO_AMOUNT[outcome.kind]
        billed_by, when = self.handout.tariff.payees[line.payee].short, how_often(position)
        words = (position.label, line.words(), line.payee, billed_by, amount, when)
        return Row(*words, outcome.kind, position.source)

    @cached_property
    def closing(self) -> tuple[Figure, ...]:
        """The total of the lines paid equally often, with what each body bills of it; none of a single line."""
        every = sorted({line.position.every for line in self.handout.estimate.lines})
        return tuple(map(self._closing, every)) if len(self.handout.estimate.lines) > 1 else ()

    def _closing(self, every: int) -> Figure:
        lines = [line for line in self.handout.estimate.lines if line.position.every == every]
        billed = [line for line in lines if line.outcome.kind != "included"]
        notes = (
            f"{self.handout.tariff.payees[payee].short} : {total(of_payee).words()}"
            for payee in PAYEES
            if (of_payee := [line for line in billed if line.payee == payee])
        )
        return figure(f"En tout, {how_often(lines[0].position)}", total(lines), " ; ".join(notes))

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """Six years of cash."""
        bodies = self.handout.tariff.payees
        return tuple(
            Year(
                figure(year_name(year.number), year.total),
                tuple(
                    Part(f"{bodies[payee].short}, {words}", payee, rhythm, amount)
                    for payee in PAYEES
                    for rhythm, words in SERIES.items()
                    if (amount := year.of(payee=payee, rhythm=rhythm).amount) != ZERO
                ),
            )
            for year in self.handout.schedule.years
        )

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """What has no amount yet, service by service, with the reason."""
        return tuple(left_out(self.handout.estimate))

    @cached_property
    def not_counted(self) -> tuple[str, ...]:
        """What was asked for and is not counted, with the reason."""
        return tuple(not_counted(self.handout.estimate))

    @cached_property
    def scenarios(self) -> tuple[Variant, ...]:
        """The present estimate and the scenarios kept beside it; empty where none is."""
        present = self.handout.estimate
        kept = [
            variant(name, each, present, changes(each, present, self.handout.tariff))
            for name, each in self.handout.scenarios
        ]
        return (Variant(THIS_ESTIMATE, _compared(present)), *kept) if kept else ()

    @cached_property
    def cheaper(self) -> tuple[str, ...]:
        """The choices that surely cost less, the greatest saving first."""
        saving = (option for option in self.handout.options if _saves(option))
        return tuple(f"{each.label} : {each.comparison.six_years.plainly()} sur six ans." for each in saving)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points to confirm."""
        return tuple(
            Point(
                point.reading.question,
                point.reading.in_force,
                point.reading.because,
                tuple((other.label, effect_words(effect, self.handout.tariff)) for other, effect in point.effects),
            )
            for point in self.handout.points
        )

    @cached_property
    def spread(self) -> str:
        """Between what and what the points to confirm leave the figures; empty where there are none."""
        return spread(self.handout.estimate, self.handout.tariff).words() if self.handout.points else ""

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """What the estimate takes for granted."""
        return assumptions(self.handout.tariff)


def year_name(number: int) -> str:
    """A budget year, counted from 1: ``1re année``, ``2e année``."""
    return "1re année" if number == 1 else f"{number}e année"


def figure(heading: str, of: Total, note: str = "", amount: str | None = None) -> Figure:
    """A total under a heading; `amount` stands for it where it is a range."""
    known = of.known_words() if amount is None else amount
    left_out = (f"+ {each}" if known or rank else each for rank, each in enumerate(of.left_out()))
    return Figure(heading, known, tuple(left_out), note)


def _figures(
    estimate: Estimate, payee: Payee | None = None, notes: tuple[str, str, str] = ("", "", "")
) -> tuple[Figure, ...]:
    years = schedule(estimate, payee=payee)
    return (
        figure(FIRST_YEAR, estimate.first_year(payee=payee), notes[0]),
        figure(LATER, years.again, notes[1], years.later_words()),
        figure(SIX_YEARS, estimate.six_years(payee=payee), notes[2]),
    )


def variant(name: str, other: Estimate, present: Estimate, otherwise: str = "") -> Variant:
    """An estimate set against the present one; `otherwise` is what it asks for otherwise, in words."""
    return Variant(name, _compared(other), compare(other, present).six_years, otherwise)


def _compared(estimate: Estimate) -> tuple[Figure, ...]:
    answers = estimate.answers
    totals = (answers.first_year, answers.recurring, answers.six_years)
    return tuple(figure(heading, of) for heading, of in zip(COMPARED, totals, strict=True))


def _saves(option: Option) -> bool:
    """Tell if an option surely costs less: what it leaves unknown is no more than before."""
    six_years = option.comparison.six_years
    return option.adoptable and six_years.amount < ZERO and six_years.same_unknowns and six_years.not_stated <= 0
