"""Answers to what a councillor asks of an estimate: what is decided, from when, and what remains open."""

from pricing.dates import MONTH_NAMES
from pricing.money import counted
from views.reports.handout import Handout
from views.reports.parts import Figure, Quote

DECISION = "Ce que le conseil a à décider"
"""Heading of these sentences."""


def decision(handout: Handout, figures: tuple[Figure, ...], quotes: tuple[Quote, ...]) -> tuple[tuple[str, str], ...]:
    """Return each question of a councillor with its answer; none where no body bills anything."""
    billing = [quote.body for quote in quotes if quote.billed]
    if not billing:
        return ()
    signed = "le devis" if len(billing) == 1 else "les deux devis"
    labels = (quote.body.label for quote in quotes)
    bodies = " et ".join(each if each.startswith("La ") else f"le {each}" for each in labels)
    first, later = figures[0].words, figures[1].words
    return (
        (
            "La décision",
            f"approuver la convention avec {bodies}, autoriser à la signer, et accepter {signed} : "
            f"{first} la 1re année, puis {later} par an.",
        ),
        ("À partir de quand", _start(handout)),
        ("Ce qui reste ouvert", _open(handout, figures[-1])),
    )


def _start(handout: Handout) -> str:
    if handout.month:
        return f"en {MONTH_NAMES[handout.month - 1]}, si les services sont ouverts à cette date : à confirmer."
    return "à la date convenue à la commande ; l'acte ne dit pas quand un service ouvre."


def _open(handout: Handout, six_years: Figure) -> str:
    points = len(handout.points)
    said = [f"{counted(points, 'point', 'points')} de l'acte à confirmer, plus bas"] if points else []
    left_out = [each.removeprefix("+ ") for each in six_years.left_out]
    return f"{', '.join([*said, *left_out, 'et les devis, qui seuls engagent'])}."
