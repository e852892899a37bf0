"""Request for a quote to each body that bills something: its lines, what is on quote, and the questions to answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from urllib.parse import quote

from pricing.compare import difference
from pricing.contacts import Desk
from pricing.dates import MONTH_NAMES
from pricing.money import number
from pricing.points import PointToConfirm
from pricing.rating import explained
from pricing.tariff import Payee, uncapital
from pricing.totals import Line
from views.reports.parts import Quote, Row, Service
from views.reports.summary import Summary
from views.reports.wording import STRUCTURES, adopted_words

BLANK = "à compléter"
"""Words in place of what the client has to add."""
CONTACT, START = "Contact", "Début souhaité"
"""Names of what the page does not know, and a request leaves to its sender."""
TO_PASTE = "[Collez ici la demande de devis, copiée depuis la page.]"
"""Text of a mail that has no room for the request."""
COUNTS = ("priced", "included", "in_place")
"""Kinds of outcome that need no answer of the body."""


@dataclass(frozen=True)
class Text:
    """A text around the contact of its sender, which the page never learns."""

    head: str
    """The lines before it."""
    tail: str
    """The lines after it."""


@dataclass(frozen=True)
class Request:
    """A request for a quote to one body."""

    quote: Quote
    """Amounts that the estimate counts for the body."""
    desk: Desk
    """Where to send it."""
    summary: Summary
    """The answer it is taken from."""

    @property
    def payee(self) -> Payee:
        """The body's key."""
        return self.quote.payee

    @property
    def start(self) -> str:
        """The wanted start, where the client gave a month; else a blank."""
        month = self.summary.handout.month
        return MONTH_NAMES[month - 1] if month else BLANK

    @property
    def heading(self) -> str:
        """Its name: ``Demande de devis à La Fibre Numérique 59-62, pour le service``."""
        body = self.quote.body
        to = f"à {body.label}" if body.label.startswith("La ") else f"au {body.label}"
        return f"Demande de devis {to}, pour {body.bills}"

    @property
    def title(self) -> str:
        """The same with the name of its client, if any."""
        name = self.summary.handout.name
        return f"{self.heading}{f' : {name}' if name else ''}"

    @property
    def opening(self) -> str:
        """Sentence on what is asked, and by which prices it is estimated."""
        return (
            "Merci de nous adresser un devis pour les services ci-dessous. L'estimation suit les tarifs TTC "
            f"{adopted_words(self.summary.handout.tariff)}."
        )

    @property
    def client(self) -> tuple[tuple[str, str], ...]:
        """Who asks, row by row."""
        handout = self.summary.handout
        asking = handout.estimate.client
        sizes = (("Habitants", asking.inhabitants), ("Agents", asking.agents))
        commune = asking.structure == "commune"
        return (
            ("Collectivité", handout.name or BLANK),
            ("Type", STRUCTURES[asking.structure]),
            ("SIREN", handout.siren or BLANK),
            *([("Code INSEE", handout.insee or BLANK)] if commune else []),
            *((heading, number(size)) for heading, size in sizes if size is not None),
        )

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the estimate that the body bills."""
        return self.summary.handout.estimate.select(payee=self.payee)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The lines with an amount, or included, by service."""
        of_body = (replace(each, rows=tuple(filter(self._counts, each.rows))) for each in self.summary.services)
        return tuple(each for each in of_body if each.rows)

    def _counts(self, row: Row) -> bool:
        return row.payee == self.payee and row.kind in COUNTS

    @cached_property
    def on_quote(self) -> tuple[str, ...]:
        """Each amount on quote, with its quantity."""
        return tuple(_without_amount(line) for line in self.lines if line.outcome.kind == "on_quote")

    @cached_property
    def unclear(self) -> tuple[str, ...]:
        """Each line without an amount for another reason: the client has to say more, or the act states none."""
        return tuple(_without_amount(line) for line in self.lines if line.outcome.kind in ("missing", "not_stated"))

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The open points of the act as questions, each with the answer that the estimate supposes.

        The CDG, whose act it is, is asked all of them; the other body, those that change what it bills.
        """
        billed = [each.payee for each in self.summary.quotes if each.billed]
        all_of_them = self.payee == billed[-1]
        return tuple(
            f"{said.question} L'estimation suppose : {said.in_force}"
            for point, said in zip(self.summary.handout.points, self.summary.points, strict=True)
            if all_of_them or _concerns(point, self.payee)
        )

    @property
    def texts(self) -> tuple[Text, ...]:
        """The request as text, whole, in short, and as a mail to paste it into, without its sender's contact."""
        rows = [f"{heading} : {words}" for heading, words in self.client]
        figures = [f"{each.heading} : {each.words}" for each in self.quote.figures]
        services = [[f"{each.name} :", *_listed(map(Row.in_line, each.rows))] for each in self.services]
        on_quote = [["Sur devis, à chiffrer :", *_listed(self.on_quote)]] if self.on_quote else []
        total = ["Total estimé de votre devis, TTC :", *_listed(figures)]
        more = (("À préciser :", self.unclear), ("Nos questions sur l'acte :", self.questions))
        listed = [[heading, *_listed(words)] for heading, words in more if words]
        link = self.summary.handout.link
        return (
            Text(
                _text([["Bonjour,"], [self.opening], rows]),
                _text([*services, total, *on_quote, *listed, ["La simulation :", link]]),
            ),
            Text(
                _text([["Bonjour,"], ["Merci de nous adresser un devis :", *_listed(self._briefly())], rows]),
                _text([total, *on_quote, ["Détail et questions :", link]]),
            ),
            Text(_text([["Bonjour,"], [TO_PASTE]]), ""),
        )

    def _briefly(self) -> list[str]:
        """Return what is counted of each service, without amounts: ``Messagerie : compte 5 Go (6 comptes)``."""
        counted = (line for line in self.lines if line.outcome.kind in COUNTS)
        return [
            f"{service} : {' ; '.join(map(_quantity, lines))}"
            for service, lines in groupby(counted, key=lambda line: line.position.service)
        ]

    @property
    def mail(self) -> str:
        """The ``mailto:`` URL up to its text, with the address of the desk where it is known, and the subject."""
        return f"mailto:{quote(self.desk.mail, safe='@+')}?subject={quote(self.title, safe='')}&body="


def requests(summary: Summary) -> tuple[Request, ...]:
    """Return a request to each body that will send a quote."""
    contacts = summary.handout.contacts
    return tuple(Request(each, contacts.of(each.payee), summary) for each in summary.quotes if each.billed)


def _concerns(point: PointToConfirm, payee: Payee) -> bool:
    """Tell if another reading of a point changes what a body bills."""
    return any(
        not difference(other.estimate.first_year(payee=payee), other.against.first_year(payee=payee)).none
        or not difference(other.estimate.six_years(payee=payee), other.against.six_years(payee=payee)).none
        for _, other in point.effects
    )


def _without_amount(line: Line) -> str:
    quantity = "" if line.position.ticked else line.counted()
    words = ", ".join(filter(None, [quantity, explained(line.outcome)]))
    return f"{line.position.service}, {uncapital(line.position.label)} : {words}"


def _quantity(line: Line) -> str:
    label = uncapital(line.position.label)
    return label if line.position.ticked else f"{label} ({line.counted()})"


def _listed(words: Iterable[str]) -> list[str]:
    return [f"- {each}" for each in words]


def _text(paragraphs: Iterable[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs)
