"""The answer as data: every figure, line and sentence that a page or a document shows of an estimate, in French.

Page, mail, paper, draft and workbook lay it out; its headings are written here only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pricing.estimate import Estimate
from pricing.money import ZERO, euros, number
from pricing.options import Option
from pricing.points import spread
from pricing.readings import Reading
from pricing.tariff import Tariff, uncapital
from pricing.totals import Line, total
from views.reports import beside
from views.reports.decision import decision
from views.reports.handout import Handout
from views.reports.parts import (
    Bar,
    ConfirmedPoint,
    Figure,
    Point,
    Quote,
    Row,
    Service,
    Variant,
    figure,
    figures,
    notes,
    series,
    variant,
    year_name,
)
from views.reports.side_by_side import SideBySide, known, side_by_side
from views.reports.wording import (
    NO_AMOUNT,
    assumptions,
    categories,
    confirmed_words,
    effect_words,
    how_often,
    made_briefly_words,
    made_words,
    title_of,
)

NO_QUOTE, ONE_QUOTE, TWO_QUOTES = "Aucun devis", "Un seul devis", "Deux devis"
"""Headings of the quotes, where no body bills anything, where one bills alone and where both bill."""
LEFT_OUT = "Non compris dans ces montants"
"""Heading of the amounts that the figures leave out."""
DETAIL = ("Tarif", "Calcul", "Facturé par", "Montant TTC")
"""Headings of the columns of the lines."""
CONFIRMED = "Ce qui a été confirmé"
"""Heading of the points that were confirmed."""
ASSUMED = "Ce qui est supposé"
"""Heading of the assumptions."""


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
        """Sentence on the day it was made and the act it goes by."""
        return made_words(self.handout.day, self.handout.tariff)

    @cached_property
    def made_briefly(self) -> str:
        """The same in short, with the reminder that only quotes are binding."""
        return made_briefly_words(self.handout.day, self.handout.tariff)

    @cached_property
    def category(self) -> str:
        """Category of the client and its reason; empty where nothing asked for goes by it."""
        estimate = self.handout.estimate
        if not any(line.position.price.kind == "by_category" for line in estimate.lines):
            return ""
        return " ".join(f"{head} {rest}." for _, head, rest in categories(estimate, self.handout.tariff))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Year 1, each later year and six years, each with its note."""
        estimate = self.handout.estimate
        due = any(line.outcome.kind != "in_place" for line in estimate.select(rhythm="setup"))
        setup = estimate.first_year(rhythm="setup") if due else None
        steady = self.handout.schedule.steady
        return figures(estimate, notes=notes(setup, estimate.answers.recurring, self.handout.tariff, steady=steady))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Quotes of the two bodies."""
        estimate, tariff = self.handout.estimate, self.handout.tariff
        billed = {line.payee for line in estimate.lines if line.amount != ZERO and line.outcome.kind != "not_stated"}
        return tuple(
            Quote(payee, tariff.payees[payee], payee in billed, figures(estimate, payee)) for payee in tariff.billing
        )

    @cached_property
    def billing(self) -> str:
        """The heading of the quotes."""
        return (NO_QUOTE, ONE_QUOTE, TWO_QUOTES)[sum(quote.billed for quote in self.quotes)]

    @cached_property
    def decision(self) -> tuple[tuple[str, str], ...]:
        """Decision of the council: what is decided, from when, and what remains open."""
        return decision(self.handout, self.figures, self.quotes)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Every line, by service."""
        by_service = groupby(
            self.handout.estimate.lines, key=lambda line: (line.position.family, line.position.service)
        )
        purposes = {of.label: self.handout.purposes.get(key, "") for key, of in self.handout.tariff.services.items()}
        return tuple(
            Service(name, family, tuple(map(self._row, lines)), purposes.get(name, ""))
            for (family, name), lines in by_service
        )

    def _row(self, line: Line) -> Row:
        outcome, position = line.outcome, line.position
        amount = euros(outcome.amount) if outcome.kind == "priced" else NO_AMOUNT[outcome.kind]
        billed_by, when = self.handout.tariff.payees[line.payee].short, how_often(position)
        words = (position.label, line.words(), line.payee, billed_by, amount, when)
        return Row(*words, outcome.kind, position.source)

    @cached_property
    def closing(self) -> tuple[Figure, ...]:
        """Totals of the lines paid equally often, with the share of each body; none for a single line."""
        every = sorted({line.position.every for line in self.handout.estimate.lines})
        return tuple(map(self._closing, every)) if len(self.handout.estimate.lines) > 1 else ()

    def _closing(self, every: int) -> Figure:
        lines = [line for line in self.handout.estimate.lines if line.position.every == every]
        billed = [line for line in lines if line.outcome.kind not in ("included", "in_place")]
        notes = (
            f"{self.handout.tariff.payees[payee].short} : {total(of_payee).words()}"
            for payee in self.handout.tariff.billing
            if (of_payee := [line for line in billed if line.payee == payee])
        )
        return figure(f"En tout, {how_often(lines[0].position)}", total(lines), " ; ".join(notes))

    @cached_property
    def years(self) -> tuple[Bar, ...]:
        """Six years of cash."""
        stack = series(self.handout.tariff)
        return tuple(
            Bar(
                figure(year_name(year.number), year.total),
                {each: part for each in stack if (part := year.of(payee=each.payee, rhythm=each.rhythm).amount)},
            )
            for year in self.handout.schedule.years
        )

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Amounts not known yet, service by service, with the reason."""
        total = self.handout.estimate.answers.six_years
        return tuple(_grouped((*total.on_quote, *total.missing)))

    @cached_property
    def not_counted(self) -> tuple[str, ...]:
        """Items asked for and not counted, with the reason."""
        estimate = self.handout.estimate
        unstated = (f"{each}, rien n'est compté." for each in _grouped(estimate.answers.six_years.not_stated))
        return (*unstated, *(each.why for each in estimate.set_aside), *self.handout.unsold)

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """Sentences on what the client said beside its order: in place, paid today, from which month."""
        return tuple(
            filter(None, (each(self.handout) for each in (beside.in_place, beside.than_today, beside.first_year)))
        )

    @cached_property
    def rises(self) -> str:
        """Six years at prices that rise, in a sentence; empty where nothing known is paid again."""
        return beside.rises(self.handout)

    @cached_property
    def scenarios(self) -> tuple[Variant, ...]:
        """The other simulations kept, each against this estimate."""
        present, tariff = self.handout.estimate, self.handout.tariff
        return tuple(
            variant(name, other, present, tariff, _changes(other, present, tariff))
            for name, other in self.handout.scenarios
        )

    @cached_property
    def side_by_side(self) -> SideBySide:
        """This estimate and the other simulations kept, in columns."""
        return side_by_side(self.handout)

    @cached_property
    def cheaper(self) -> tuple[str, ...]:
        """Choices that certainly cost less and serve as much, the greatest saving first."""
        saving = (option for option in self.handout.options if _saves(option))
        return tuple(f"{each.label} : {each.comparison.six_years.plainly()} sur six ans." for each in saving)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points to confirm."""
        return tuple(
            Point(
                point.number,
                point.reading.question,
                point.reading.in_force + self._but(point.reading),
                point.reading.because,
                tuple((other.label, effect_words(effect, self.handout.tariff)) for other, effect in point.effects),
            )
            for point in self.handout.points
        )

    def _but(self, reading: Reading) -> str:
        """Say which services are in place, after the reading that takes all accounts for new; empty where none is."""
        services = self.handout.estimate.set_up_already
        about = any(other.first_year and other.first_year.set_up_paid for other in reading.alternatives)
        return f" Sauf ce qui est dit déjà en place : {', '.join(services)}." if services and about else ""

    @cached_property
    def confirmed(self) -> tuple[ConfirmedPoint, ...]:
        """The points that were confirmed."""
        return tuple(
            ConfirmedPoint(number, reading.question, reading.in_force, confirmed_words(reading.confirmed))
            for number, reading in self.handout.confirmed
            if reading.confirmed
        )

    @cached_property
    def spread(self) -> str:
        """Lowest and highest figures that the points to confirm allow, in a sentence; empty where there are none."""
        of = self.handout
        return spread(of.estimate, of.tariff, of.month).words() if of.points else ""

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """Assumptions of the estimate."""
        return assumptions(self.handout.tariff, self.handout.estimate.set_up_already)


def _saves(option: Option) -> bool:
    """Tell if an option serves as much and certainly costs less: it leaves no more unknown than before."""
    six_years = option.comparison.six_years
    return option.serves_as_much and six_years.amount < ZERO and six_years.same_unknowns and six_years.not_stated <= 0


def _changes(to: Estimate, from_: Estimate, tariff: Tariff) -> str:
    """Say how one simulation differs from another: ``Sauvegardes : 0 au lieu de 1``; empty where it does not."""
    ours, theirs = from_.client, to.client
    said: list[str] = []
    if theirs.structure != ours.structure:
        said.append("autre type de structure")
    for what, now, then in (
        ("Habitants", theirs.inhabitants, ours.inhabitants),
        ("Agents", theirs.agents, ours.agents),
    ):
        if now != then:
            said.append(f"{what} : {known(now)} au lieu de {known(then)}")
    for key, item in tariff.items.items():
        now, then = to.order.quantity(key), from_.order.quantity(key)
        if now == then:
            continue
        if item.ticked:
            said.append(f"{'avec' if now else 'sans'} « {item.label} »")
        else:
            said.append(f"{item.label} : {number(now)} au lieu de {number(then)}")
    for in_place, words in ((to.set_up_already, "déjà en place"), (from_.set_up_already, "à mettre en service")):
        both = {*to.set_up_already} & {*from_.set_up_already}
        said += [f"« {each} » {words}" for each in in_place if each not in both]
    return " ; ".join(said)


def _grouped(lines: Iterable[Line]) -> list[str]:
    """Say the lines without an amount, together those of one service with the same reason."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        grouped.setdefault((line.position.service, line.words()), []).append(uncapital(line.position.label))
    return [f"{service}, {enumerated(labels)} : {why}" for (service, why), labels in grouped.items()]


def enumerated(words: Sequence[str]) -> str:
    """Join words as a French enumeration: ``abonnement, mise en service et accompagnement``."""
    *before, last = words
    return f"{', '.join(before)} et {last}" if before else last
