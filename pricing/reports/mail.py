"""A summary of an estimate as plain text, complete enough for a mail to the mayor."""

from collections.abc import Sequence

from babel.dates import format_date

from pricing.category import Placed
from pricing.estimate import Estimate, Line
from pricing.money import euros
from pricing.reports.wording import RHYTHM
from pricing.schedule import schedule
from pricing.tariff import PAYEES, Tariff


def subject(name: str) -> str:
    """The subject of the mail; `name` is the collectivité's, or empty."""
    return f"Estimation des services numériques{f' : {name}' if name else ''}"


def body(estimate: Estimate, tariff: Tariff, *, name: str, link: str) -> str:
    """The whole mail: the answer, the two quotes, every line, what is left out, and the link."""
    answers, years = estimate.answers, schedule(estimate)
    paragraphs = [
        [
            f"{subject(name)}",
            f"Tarifs TTC adoptés le {format_date(tariff.adopted, 'd MMMM y', locale='fr')} par le CDG 62. "
            "Estimation indicative : seuls les devis engagent.",
        ],
        [
            *([f"Catégorie {estimate.category}"] if isinstance(estimate.placement, Placed) else []),
            f"1re année : {answers.first_year.words()}",
            f"Chaque année ensuite : {_later(years.later_words(), years.again.left_out())}",
            f"Six ans : {answers.six_years.words()}",
        ],
        [
            "Deux devis :",
            *(
                f"- {tariff.payees[payee].label}, pour {tariff.payees[payee].bills} : "
                f"{estimate.first_year(payee=payee).words()} la 1re année, "
                f"{estimate.six_years(payee=payee).words()} sur six ans"
                for payee in PAYEES
            ),
        ],
        ["Le détail :", *(_line(line) for line in estimate.lines)],
        *(
            [["Demandé, mais pas compté :", *(f"- {aside.why}" for aside in estimate.set_aside)]]
            * bool(estimate.set_aside)
        ),
        ["Retrouver et modifier cette simulation :", link],
    ]
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs)


def _later(amount: str, left_out: Sequence[str]) -> str:
    return " + ".join([*filter(None, [amount]), *left_out])


def _line(line: Line) -> str:
    words = line.words()
    if line.outcome.kind == "priced":
        return f"- {line.name} : {euros(line.outcome.amount)} {RHYTHM[line.rhythm]} ({words})"
    return f"- {line.name} : {words}"
