"""Sentences on the state of a link, in French: cut, unreadable, readable in part, or too long."""

from pricing.grammar import is_tracking
from pricing.link import Opened

MOST_NAMED = 6
"""Largest number of unreadable parts that are named one by one."""

NOTHING = (
    "Rien n'a pu être lu dans ce lien : il a été coupé ou abîmé en chemin. "
    "Demandez-le à nouveau à qui vous l'a envoyé, copiez-le en entier dans la barre d'adresse, ou remplissez la page."
)
"""Sentence for a link from which no simulation came."""
CUT = (
    "Ce lien n'est pas entier : une partie s'est perdue en chemin, sans doute la fin. Les montants de cette page "
    "peuvent donc être faux : copiez le lien en entier, ou demandez-le à nouveau à qui vous l'a envoyé."
)
"""Sentence for a link of which a part was lost."""


def sentences(opened: Opened) -> list[str]:
    """Return all sentences on a link, in French; empty where all of it was read."""
    if opened.refused:
        return [opened.refused]
    if opened.nothing:
        return [NOTHING]
    left_out = [each.words() for each in opened.ignored if not is_tracking(each.parameter)]
    return [*([CUT] if opened.cut else []), *([_partly(left_out, opened)] if left_out else [])]


def _partly(left_out: list[str], opened: Opened) -> str:
    others = len(left_out) - MOST_NAMED
    more = [f"et {others} autre{'s' if others > 1 else ''}"] if others > 0 else []
    named = " ; ".join([*left_out[:MOST_NAMED], *more])
    rest = "" if opened.cut or opened.simulation.empty else " Tout le reste est repris."
    return f"Une partie du lien n'a pas pu être lue et a été laissée de côté : {named}.{rest}"
