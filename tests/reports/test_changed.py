"""Changes since the start of a presentation, as the room reads them."""

from datetime import date

import pytest

from pricing.catalogue import load
from pricing.order import Client, Order
from pricing.simulation import Choice
from tests.french import plain
from views.reports.changed import changes

ACT = load().nearest(date(2024, 3, 26))


def choice(inhabitants: int | None = 1250, agents: int | None = 6, **quantities: int) -> Choice:
    return Choice(client=Client(inhabitants=inhabitants, agents=agents), order=Order(**quantities))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (choice(domains=1), []),
        (choice(domains=3), ["Noms de domaine : 1 → 3"]),
        (choice(), ["Noms de domaine : 1 → 0"]),
        (choice(inhabitants=12500, domains=1), ["Habitants : 1 250 → 12 500"]),
        (choice(agents=None, domains=1), ["Agents : 6 → ?"]),
        (choice(domains=1, demarches_simplifiees=1), ["Démarches simplifiées : ajouté"]),
    ],
)
def test_each_number_and_tick_that_changed_is_named(now: Choice, said: list[str]) -> None:
    assert [plain(each) for each in changes(now, choice(domains=1), ACT)] == said


def test_a_tick_taken_away_is_said_so() -> None:
    assert [plain(each) for each in changes(choice(), choice(demarches_simplifiees=1), ACT)] == [
        "Démarches simplifiées : retiré"
    ]
