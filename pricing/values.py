"""Value of one parameter of a link, as it is written: a number, a word, a day, a code, a name."""

import re
from collections.abc import Container
from datetime import date
from typing import Any

from pricing.grammar import NUMBER, Grammar
from pricing.order import a_month, whole
from pricing.simulation import tidy

_NO_NUMBER = "il faut un nombre entier"


def value_of(name: str, written: str, grammar: Grammar, communes: Container[str] | None = None) -> Any:
    """Return the value of a parameter. Raises ValueError, with the reason in French, where it has none.

    `communes` has the INSEE codes that there are; without it, any code is one.
    """
    if name in grammar.words:
        words, why = grammar.words[name]
        if written in words:
            return words[written]
        raise ValueError(why)
    if name in grammar.most:
        if not (number := NUMBER.fullmatch(written)):
            raise ValueError(_NO_NUMBER)
        # Twelve digits are enough to tell that a number is too large.
        digits = re.sub("[^0-9]", "", number[2]).lstrip("0")[:12] or "0"
        written_number = int(f"{number[1]}{digits}")
        return a_month(written_number) if name == "mois" else whole(written_number, grammar.most[name])
    if name not in grammar.shapes:
        raise ValueError("ce paramètre n'existe pas")
    if name in ("tarif", "confirme"):
        applied = " ; le tarif en vigueur est appliqué" if name == "tarif" else ""
        try:
            day = date.fromisoformat(written)
        except ValueError:
            raise ValueError(f"ce n'est pas une date{applied}") from None
        if name == "tarif" and day not in grammar.adopted:
            raise ValueError(f"aucun tarif de cette date{applied}")
        return day
    if name == "signes":
        if not grammar.shapes[name].fullmatch(written):
            raise ValueError(_NO_NUMBER)
        return int(written)
    if name == "commune":
        if not grammar.shapes[name].fullmatch(written):
            raise ValueError("ce n'est pas un code de commune")
        if communes is not None and written not in communes:
            raise ValueError("aucune commune du département n'a ce code")
        return written
    if not (tidied := tidy(written)):
        raise ValueError("il faut un nom")
    return tidied
