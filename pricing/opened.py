"""Contents of a link: a simulation, all that was left out of it, and the state in which it came."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from pricing.frozen import Frozen
from pricing.simulation import Simulation, tidy


def shortened(text: str) -> str:
    """Return the beginning of a text, on one line."""
    begin = tidy("".join(letter if letter.isprintable() else " " for letter in text[:200]))
    return begin if len(begin) <= 30 else f"{begin[:29]}…"


class Ignored(Frozen, frozen=True):
    """A part of a link that was left out."""

    parameter: str
    """Name of the parameter, shortened."""
    value: Annotated[str, AfterValidator(shortened)]
    """Its value, shortened."""
    why: str
    """Reason it was left out, in French."""

    def words(self) -> str:
        """Return the part and the reason in French: ``habitants « abc » (il faut un nombre entier)``."""
        value = f"« {self.value} »" if self.value else "sans valeur"
        return f"{self.parameter} {value} ({self.why})"


class Opened(Frozen, frozen=True):
    """Contents of a link."""

    simulation: Simulation
    """All that could be read."""
    ignored: tuple[Ignored, ...] = ()
    """All that could not be read."""
    refused: str = ""
    """Reason why none of it was read, as a French sentence; empty when it was."""
    cut: bool = False
    """True where a part of the link was lost on its way."""
    nothing: bool = False
    """True where there were parameters, but no simulation came of them."""
    confirmed: date | None = None
    """Day of the last answer to a point of its tariff when it was made; None where it names none."""
    repaired: bool = False
    """True where a mail program had damaged the link, and the damage could be undone."""


REFUSED = Opened(
    simulation=Simulation(),
    refused=(
        "Ce lien n'a pas été ouvert : il est plus de deux fois plus long que le plus long lien de ce simulateur. "
        "Demandez-le à nouveau à qui vous l'a envoyé, ou remplissez la page."
    ),
)
"""Answer to a link that is too long."""
