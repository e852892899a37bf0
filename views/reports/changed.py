"""Changes between two choices, in words short enough to be read from the back of a room."""

from pricing.money import number
from pricing.simulation import Choice
from pricing.tariff import Tariff

UNKNOWN = "?"
"""Text in place of a number that was not given."""


def changes(to: Choice, from_: Choice, tariff: Tariff) -> list[str]:
    """Return each number or tick that changed: ``Noms de domaine : 1 → 2``, ``Démarches simplifiées : ajouté``."""
    ours, theirs = from_.client, to.client
    sizes = (
        ("Habitants", ours.inhabitants, theirs.inhabitants),
        ("Agents", ours.agents, theirs.agents),
    )
    said = [f"{name} : {_number(then)} → {_number(now)}" for name, then, now in sizes if then != now]
    for key, item in tariff.items.items():
        then, now = from_.order.quantity(key), to.order.quantity(key)
        if then != now:
            ticked = "ajouté" if now else "retiré"
            said.append(f"{item.label} : {ticked if item.ticked else f'{number(then)} → {number(now)}'}")
    return said


def _number(value: int | None) -> str:
    return UNKNOWN if value is None else number(value)
