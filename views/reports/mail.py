"""A summary of an estimate as plain text, complete enough for a mail to the mayor."""

from collections.abc import Sequence

from pricing.category import Placed
from pricing.estimate import Estimate, Line
from pricing.money import euros
from pricing.options import compare
from views.reports.handout import Handout, long_date
from views.reports.wording import (
    INDICATIVE,
    assumptions,
    billing,
    category_words,
    changes,
    how_often,
    later_in_full,
    later_note,
    left_out,
    not_counted,
    setup_words,
)


def subject(name: str) -> str:
    """The subject of the mail; `name` is the collectivité's, or empty."""
    return f"Estimation des services numériques{f' : {name}' if name else ''}"


def short(handout: Handout) -> str:
    """The mail without its detail, short enough for any mail program to open it from a link."""
    return _text([*_summary(handout), [handout.link]])


def body(handout: Handout) -> str:
    """The whole mail: the answer, the two quotes, every line, what is left out, the scenarios kept, and the link."""
    estimate = handout.estimate
    kept = [_scenario(name, kept, handout) for name, kept in handout.scenarios]
    besides = [f"- {each}" for each in (*left_out(estimate), *not_counted(estimate))]
    detail = [_line(line) for line in estimate.lines]
    return _text(
        [
            *_summary(handout),
            *([["Non compris dans ces montants :", *besides]] if besides else []),
            *([["Le détail :", *detail]] if detail else []),
            *([["Les scénarios gardés :", *kept]] if kept else []),
            ["Ce qui est supposé :", *(f"- {each}" for each in assumptions(handout.tariff))],
            ["Retrouver et modifier cette simulation :", handout.link],
        ]
    )


def _text(paragraphs: Sequence[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs)


def _summary(handout: Handout) -> list[list[str]]:
    estimate, tariff, years = handout.estimate, handout.tariff, handout.schedule
    answers = estimate.answers
    return [
        [
            subject(handout.name),
            f"Tarifs TTC adoptés le {long_date(tariff.adopted)} par le CDG 62. {INDICATIVE}",
        ],
        [
            *([category_words(estimate, tariff)] if isinstance(estimate.placement, Placed) else []),
            f"1re année : {_noted(answers.first_year.words(), setup_words(estimate))}",
            f"Chaque année ensuite : {_noted(later_in_full(years), later_note(estimate, years))}",
            f"Six ans : {answers.six_years.words()}",
        ],
        [
            "Deux devis :" if len(billing(estimate)) > 1 else "Un seul devis :",
            *(
                f"- {tariff.payees[payee].label}, pour {tariff.payees[payee].bills} : "
                f"{estimate.first_year(payee=payee).words()} la 1re année, "
                f"{estimate.six_years(payee=payee).words()} sur six ans"
                for payee in billing(estimate)
            ),
        ],
    ]


def _noted(figure: str, note: str) -> str:
    return f"{figure}, {note}" if note else figure


def _scenario(name: str, kept: Estimate, handout: Handout) -> str:
    """A scenario with its total, what separates it from the present estimate, and what it asks for otherwise."""
    whole, difference = kept.answers.six_years.words(), compare(kept, handout.estimate).six_years
    changed = changes(kept, handout.estimate, handout.tariff)
    return f"- {name} : {whole} sur six ans, {difference.plainly()}{f' ({changed})' if changed else ''}"


def _line(line: Line) -> str:
    words = line.words()
    if line.outcome.kind == "priced":
        return f"- {line.name} : {euros(line.outcome.amount)} {how_often(line.position)} ({words})"
    return f"- {line.name} : {words}"
