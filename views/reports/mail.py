"""A summary of an estimate as plain text, complete enough for a mail to the mayor."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from views.reports.parts import Row, Variant
from views.reports.summary import ASSUMED, CONFIRMED, LEFT_OUT, NO_QUOTE, Summary

LONGEST = 2_000
"""Largest number of characters of a URL that every mail program opens."""
TOO_LONG = "Le lien de cette simulation est trop long pour ce courriel : copiez-le depuis la page."
"""Sentence in place of a link for which a mail has no room."""


def body(summary: Summary) -> str:
    """Return the whole mail: answer, quotes, lines, what is left out, scenarios, assumptions, answers, link."""
    besides = (*summary.left_out, *summary.not_counted)
    services = [[f"{service.name} :", *_listed(map(Row.in_line, service.rows))] for service in summary.services]
    return _text(
        [
            *_opening(summary),
            _figures(summary),
            _quotes(summary),
            [*summary.beside],
            *([[f"{LEFT_OUT} :", *_listed(besides)]] if besides else []),
            *services,
            *([_scenarios(summary)] if summary.scenarios else []),
            [f"{ASSUMED} :", *_listed(summary.assumptions)],
            *([[f"{CONFIRMED} :", *_listed(each.words for each in summary.confirmed)]] if summary.confirmed else []),
            _link(summary),
        ]
    )


def short(summary: Summary) -> str:
    """Return the mail of a mail merge, for one of many mayors: answer, quotes, what the act does not sell, link.

    The spread over all points to confirm is left out: it is the sender's matter, and would be said to each of them.
    """
    opening = [
        ["Bonjour,"],
        [f"Voici l'estimation des services numériques pour {summary.handout.name}.", summary.made_briefly],
    ]
    figures = [*filter(None, [summary.category]), *_three(summary), *summary.handout.unsold]
    return _text([*opening, figures, _quotes(summary), _link(summary)])


def address(summary: Summary) -> str:
    """Return the ``mailto:`` URL of a short mail; it says less where the order would make it too long."""
    bare = [f"{each.heading} : {each.words}" for each in summary.figures]
    unsold = list(summary.handout.unsold)
    texts = (
        [*_opening(summary), [*_figures(summary), *unsold], _quotes(summary), [*summary.beside], _link(summary)],
        [*_opening(summary), [*_figures(summary), *unsold], _link(summary)],
        [*_opening(summary), [*bare, *unsold], _link(summary)],
        [*_opening(summary), bare, [TOO_LONG]],
    )
    # A mail's lines end with CR LF (RFC 6068), and a plain space is shorter in a URL than a no-break one.
    bodies = (_text(each).replace("\u00a0", " ").replace("\n", "\r\n") for each in texts)
    addresses = [f"mailto:?subject={quote(summary.title, safe='')}&body={quote(each, safe='')}" for each in bodies]
    return next((each for each in addresses if len(each) <= LONGEST), addresses[-1])


def _text(paragraphs: Iterable[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph)


def _listed(words: Iterable[str]) -> list[str]:
    return [f"- {each}" for each in words]


def _opening(summary: Summary) -> list[list[str]]:
    return [["Bonjour,"], [summary.title, summary.made_briefly]]


def _figures(summary: Summary) -> list[str]:
    return [*filter(None, [summary.category, *_three(summary), summary.spread])]


def _three(summary: Summary) -> list[str]:
    return [f"{each.heading} : {', '.join(filter(None, [each.words, each.note]))}" for each in summary.figures]


def _quotes(summary: Summary) -> list[str]:
    billed = (each for each in summary.quotes if each.billed)
    said = (
        f"{each.body.label}, pour {each.body.bills} : {each.figures[0].words} la 1re année, "
        f"{each.figures[2].words} sur six ans"
        for each in billed
    )
    none = summary.billing == NO_QUOTE
    return [f"{NO_QUOTE} : rien n'est compté."] if none else [f"{summary.billing} :", *_listed(said)]


def _link(summary: Summary) -> list[str]:
    return ["Retrouver et modifier cette simulation :", summary.handout.link]


def _scenarios(summary: Summary) -> list[str]:
    heading = f"Les scénarios gardés, {summary.side_by_side.against}"
    heading += " (cette estimation) :" if summary.handout.kept_as else " :"
    return [heading, *map(_scenario, summary.scenarios)]


def _scenario(kept: Variant) -> str:
    """Return a scenario with its total, its difference from this estimate, and what it asks for otherwise."""
    apart = kept.difference.plainly()
    changes = f" ({kept.changes})" if kept.changes else ""
    return f"- {kept.name} : {kept.figures[2].words} sur six ans, {apart}{changes}"
