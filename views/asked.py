"""Questions that a town hall asks, folded beside what they are about, each with its answer and its source."""

from functools import lru_cache
from html import escape

from pricing import Tariff
from pricing.dates import long_date
from pricing.questions import Place, Sourced
from views import kept
from views.markup import text

SILENT = "L'acte n'en dit rien : à demander au CDG 62."
"""Sentence where an act was read for an answer and has none."""
TITLES: dict[Place, str] = {
    "quotes": "Vos questions sur ces montants",
    "years": "Vos questions sur la durée",
    "order": "Vos questions sur ces services",
}
"""Name of the questions of each part of the page, where there are several."""


def asked(at: Place, tariff: Tariff) -> str:
    """Return the questions of a part of the page as HTML, behind one line; empty where there are none."""
    return _asked(at, tariff, kept.served().version)


@lru_cache(64)
def _asked(at: Place, tariff: Tariff, _: int) -> str:
    questions = kept.service_words().asked(at, tariff)
    if not questions:
        return ""
    alone = len(questions) == 1
    listed = answer(questions[0], questions[0].answer, tariff) if alone else answers(at, tariff)
    title = questions[0].question if alone else TITLES[at]
    return f'<details class="asked"><summary>{text(title)}</summary><dl>{listed}</dl></details>'


def answers(at: str, tariff: Tariff) -> str:
    """Return the questions of a part of the page, or of a heading of the acts, as the entries of a list of HTML."""
    return "".join(
        f"<dt>{text(each.question)}</dt>{answer(each, each.answer, tariff)}"
        for each in kept.service_words().asked(at, tariff)
    )


def answer(of: Sourced, words: str, tariff: Tariff) -> str:
    """Return an answer with its source, as HTML; one on which the act is silent says so first."""
    said = " ".join(filter(None, [SILENT if of.silent else "", words]))
    return f"<dd>{text(said)}{source(of, tariff)}</dd>"


def source(of: Sourced, tariff: Tariff) -> str:
    """Return where words come from, as a note of HTML; empty where the act is silent."""
    if not of.source:
        return ""
    if of.acts:
        return f' <span class="note">{text(f"Délibération du {long_date(tariff.adopted)}, {of.source}.")}</span>'
    named = text(of.source)
    linked = f'<a href="{escape(of.link)}" rel="noreferrer" target="_blank">{named}</a>' if of.link else named
    return f' <span class="note">{text("Source :")} {linked}.</span>'
