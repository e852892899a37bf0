"""Category of a client on both sides of every bound, with its reason and the distance to the next."""

from typing import Any

import pytest

from pricing import Client, Tariff
from pricing.category import Placed, Unplaced, place
from pricing.order import MAX_AGENTS, MAX_INHABITANTS
from tests.french import plain

INHABITANTS = dict(zip("ABCDEFGH", (1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000), strict=True))
"""Last number of inhabitants of each category, from the act and TARIFF.md (R11), not from the tariff file."""
AGENTS = dict(zip("ABCDEFGH", (4, 10, 40, 100, 200, 300, 600, 1_000), strict=True))
"""Last number of agents of each category."""


def placed(client: Client, tariff: Tariff) -> Placed:
    placement = place(client, tariff.grids["demarches"])
    assert isinstance(placement, Placed)
    return placement


def unplaced(client: Client, tariff: Tariff) -> Unplaced:
    placement = place(client, tariff.grids["demarches"])
    assert isinstance(placement, Unplaced)
    return placement


def reading(tariff: Tariff, number: str, rank: int = 0) -> Tariff:
    """Return the tariff under one alternative of a reading."""
    return [other for each, _, other in tariff.alternatives if other and each == number][rank]


@pytest.mark.parametrize(
    ("field", "bounds", "most"), [("inhabitants", INHABITANTS, MAX_INHABITANTS), ("agents", AGENTS, MAX_AGENTS)]
)
def test_one_number_alone_places_a_commune_and_says_when_it_rises(
    field: str, bounds: dict[str, int], most: int, tariff: Tariff
) -> None:
    def category(value: int) -> str:
        placement = placed(Client.model_validate({field: value}), tariff)
        assert (placement.decided_by, placement.disagreement) == (field, None)
        found = [(each.criterion, each.at, each.away, each.category) for each in placement.thresholds]
        if placement.category in bounds:
            last = bounds[placement.category]
            assert found == [(field, last + 1, last + 1 - value, chr(ord(placement.category) + 1))]
        else:
            assert found == []
        return placement.category

    assert (category(0), category(most)) == ("A", "I")
    for name, last in bounds.items():
        assert [category(last - 1), category(last), category(last + 1)] == [name, name, chr(ord(name) + 1)]


@pytest.mark.parametrize("first", "ABCDEFGHI")
@pytest.mark.parametrize("second", "ABCDEFGHI")
def test_the_higher_of_the_two_categories_applies(first: str, second: str, tariff: Tariff) -> None:
    client = Client(inhabitants=INHABITANTS.get(first, MAX_INHABITANTS), agents=AGENTS.get(second, MAX_AGENTS))
    placement = placed(client, tariff)
    assert placement.category == placement.decides == max(first, second)
    assert placement.decided_by == ("agents" if second > first else "inhabitants")
    assert (placement.disagreement is None) == (first == second)


@pytest.mark.parametrize(
    ("client", "words", "following"),
    [
        ({"inhabitants": 0}, "0 habitant, 1 000 au plus", "catégorie B dès 1 001 habitants (1 001 de plus)"),
        (
            {"inhabitants": 1_250},
            "1 250 habitants, entre 1 001 et 2 000",
            "catégorie C dès 2 001 habitants (751 de plus)",
        ),
        ({"inhabitants": 100_001}, "100 001 habitants, plus de 100 000", ""),
        (
            {"agents": 3},
            "3 agents, 4 au plus. Le nombre d'habitants peut encore l'élever",
            "catégorie B dès 5 agents (2 de plus)",
        ),
        ({"agents": 1_001}, "1 001 agents, plus de 1 000", ""),
        (
            {"inhabitants": 1_250, "agents": 6},
            "1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10",
            "catégorie C dès 2 001 habitants (751 de plus) ou 11 agents (5 de plus)",
        ),
        (
            {"inhabitants": 1_500, "agents": 50},
            "50 agents, entre 41 et 100 ; avec 1 500 habitants, entre 1 001 et 2 000, "
            "ce serait la catégorie B (la plus élevée est retenue)",
            "catégorie E dès 10 001 habitants (8 501 de plus) ou 101 agents (51 de plus)",
        ),
        (
            {"inhabitants": 8_000, "agents": 6},
            "8 000 habitants, entre 5 001 et 10 000 ; avec 6 agents, entre 5 et 10, "
            "ce serait la catégorie B (la plus élevée est retenue)",
            "catégorie E dès 10 001 habitants (2 001 de plus) ou 101 agents (95 de plus)",
        ),
    ],
)
def test_the_reason_and_every_way_to_the_next_category_are_given_in_french(
    client: dict[str, int], words: str, following: str, tariff: Tariff
) -> None:
    placement = placed(Client.model_validate(client), tariff)
    assert (plain(placement.words()), plain(placement.next_words())) == (words, following)


@pytest.mark.parametrize("structure", ["epci", "other"])
@pytest.mark.parametrize("size", [{}, {"inhabitants": 25_000, "agents": 50}])
def test_another_structure_is_on_quote_whatever_its_size(structure: str, size: dict[str, int], tariff: Tariff) -> None:
    placement = unplaced(Client.model_validate({"structure": structure, **size}), tariff)
    assert placement.decides.kind == "on_quote"
    assert placement.words() == "sur devis, comme l'acte le prévoit pour les autres structures"


def test_a_commune_without_numbers_is_asked_for_its_inhabitants(tariff: Tariff) -> None:
    placement = unplaced(Client(), tariff)
    assert placement.decides.kind == "missing"
    assert placement.words() == "à compléter : nombre d'habitants à préciser, la catégorie en dépend"


# Other readings


@pytest.mark.parametrize(("inhabitants", "category"), [(999, "A"), (1_000, "B"), (2_000, "B")])
def test_with_r11_read_otherwise_exactly_1000_inhabitants_are_in_b(
    inhabitants: int, category: str, tariff: Tariff
) -> None:
    assert placed(Client(inhabitants=inhabitants), reading(tariff, "R11")).category == category


@pytest.mark.parametrize(
    ("client", "rank", "category", "words", "following"),
    [
        (
            {"inhabitants": 1_500, "agents": 50},
            0,
            "B",
            "1 500 habitants, entre 1 001 et 2 000 ; avec 50 agents, entre 41 et 100, "
            "ce serait la catégorie D (ce critère n'est pas retenu)",
            "catégorie C dès 2 001 habitants (501 de plus)",
        ),
        (
            {"inhabitants": 8_000, "agents": 6},
            1,
            "B",
            "6 agents, entre 5 et 10 ; avec 8 000 habitants, entre 5 001 et 10 000, "
            "ce serait la catégorie D (ce critère n'est pas retenu)",
            "catégorie C dès 11 agents (5 de plus)",
        ),
        # Where the one that decides is not known, the other one does
        ({"agents": 6}, 1, "B", "6 agents, entre 5 et 10", "catégorie C dès 11 agents (5 de plus)"),
        (
            {"agents": 6},
            0,
            "B",
            "6 agents, entre 5 et 10. Le nombre d'habitants peut encore l'élever",
            "catégorie C dès 11 agents (5 de plus)",
        ),
    ],
)
def test_with_r12_read_otherwise_one_criterion_decides(
    client: dict[str, int], rank: int, category: str, words: str, following: str, tariff: Tariff
) -> None:
    placement = placed(Client.model_validate(client), reading(tariff, "R12", rank))
    assert placement.category == category
    assert (plain(placement.words()), plain(placement.next_words())) == (words, following)


@pytest.mark.parametrize(("rank", "other"), [(0, None), (1, "D")])
def test_with_r14_read_otherwise_an_epci_or_every_body_follows_the_grid(rank: int, other: Any, tariff: Tariff) -> None:
    otherwise = reading(tariff, "R14", rank)
    assert placed(Client(structure="epci", inhabitants=25_000, agents=120), otherwise).category == "F"
    placement = place(Client(structure="other", agents=50), otherwise.grids["demarches"])
    assert getattr(placement, "category", None) == other
