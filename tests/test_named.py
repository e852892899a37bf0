"""Names of a client on the page and in the title of its tab."""

import pytest

from tests.french import plain
from tests.links import read
from views.index import TITLE
from views.named import title_of_tab


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({}, TITLE),
        ({"tarif": "2024-03-26"}, TITLE),
        ({"commune": "62727"}, "Ruitz : services numériques"),
        ({"habitants": "1250", "agents": "6"}, "Une commune, 1 250 habitants, 6 agents : services numériques"),
        ({"domaines": "1"}, "Une commune : services numériques"),
        ({"type": "autre", "nom": "école des Vallées"}, "École des Vallées : services numériques"),
        ({"type": "epci"}, "Une intercommunalité : services numériques"),
    ],
)
def test_a_tab_bears_the_clients_name_or_what_is_known_of_it(query: dict[str, str], title: str) -> None:
    simulation = read({name: [value] for name, value in query.items()}).simulation
    assert plain(title_of_tab(simulation)) == title
