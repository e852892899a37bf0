"""Category of a client on both sides of every bound, with its reason and the distance to the next."""

import pytest
from french import plain

from pricing import Client, Order, Tariff, estimate
from pricing.category import Placed, Unplaced, place
from pricing.order import MAX_AGENTS, MAX_INHABITANTS

INHABITANTS = {
    "A": 1_000,
    "B": 2_000,
    "C": 5_000,
    "D": 10_000,
    "E": 20_000,
    "F": 30_000,
    "G": 50_000,
    "H": 100_000,
}
"""Last number of inhabitants of each category, from the act and TARIFF.md (R11), not from the tariff file."""
AGENTS = {"A": 4, "B": 10, "C": 40, "D": 100, "E": 200, "F": 300, "G": 600, "H": 1_000}
"""Last number of agents of each category."""


def around(bounds: dict[str, int]) -> list[tuple[int, str]]:
    """Return N - 1, N and N + 1 of every bound, with the category of each."""
    names = [*bounds, "I"]
    return [
        case
        for (name, last), following in zip(bounds.items(), names[1:], strict=True)
        for case in ((last - 1, name), (last, name), (last + 1, following))
    ]


def placed(client: Client, tariff: Tariff) -> Placed:
    placement = place(client, tariff.categories)
    assert isinstance(placement, Placed)
    return placement


def unplaced(client: Client, tariff: Tariff) -> Unplaced:
    placement = place(client, tariff.categories)
    assert isinstance(placement, Unplaced)
    return placement


def reading(tariff: Tariff, number: str, rank: int = 0) -> Tariff:
    """Return the tariff under one alternative of a reading."""
    return [other for each, _, other in tariff.alternatives if each == number][rank]


# Bounds


@pytest.mark.parametrize(("inhabitants", "category"), [(0, "A"), *around(INHABITANTS), (MAX_INHABITANTS, "I")])
def test_inhabitants_alone_place_a_commune(inhabitants: int, category: str, tariff: Tariff) -> None:
    placement = placed(Client(inhabitants=inhabitants), tariff)
    assert (placement.category, placement.decided_by) == (category, "inhabitants")
    assert placement.disagreement is None


@pytest.mark.parametrize(("agents", "category"), [(0, "A"), *around(AGENTS), (MAX_AGENTS, "I")])
def test_agents_alone_place_a_commune(agents: int, category: str, tariff: Tariff) -> None:
    placement = placed(Client(agents=agents), tariff)
    assert (placement.category, placement.decided_by) == (category, "agents")
    assert placement.disagreement is None


@pytest.mark.parametrize("first", "ABCDEFGHI")
@pytest.mark.parametrize("second", "ABCDEFGHI")
def test_the_higher_of_the_two_categories_applies(first: str, second: str, tariff: Tariff) -> None:
    client = Client(inhabitants=INHABITANTS.get(first, MAX_INHABITANTS), agents=AGENTS.get(second, MAX_AGENTS))
    placement = placed(client, tariff)
    assert placement.category == max(first, second)
    assert placement.decided_by == ("agents" if second > first else "inhabitants")
    assert (placement.disagreement is None) == (first == second)


# Text


@pytest.mark.parametrize(
    ("client", "words"),
    [
        (Client(inhabitants=850), "850 habitants, 1 000 au plus"),
        (Client(inhabitants=1), "1 habitant, 1 000 au plus"),
        (Client(inhabitants=1_250), "1 250 habitants, entre 1 001 et 2 000"),
        (Client(inhabitants=100_001), "100 001 habitants, plus de 100 000"),
        (Client(agents=3), "3 agents, 4 au plus. Le nombre d'habitants peut encore l'élever"),
        (Client(agents=6), "6 agents, entre 5 et 10. Le nombre d'habitants peut encore l'élever"),
        (Client(agents=1_001), "1 001 agents, plus de 1 000"),  # nothing is above the last category
        (Client(inhabitants=1_250, agents=6), "1 250 habitants, entre 1 001 et 2 000 ; 6 agents, entre 5 et 10"),
    ],
)
def test_the_reason_is_given_in_french(client: Client, words: str, tariff: Tariff) -> None:
    assert plain(placed(client, tariff).words()) == words


def test_where_agents_give_the_higher_category_the_text_gives_both(tariff: Tariff) -> None:
    placement = placed(Client(inhabitants=1_500, agents=50), tariff)
    assert placement.disagreement is not None
    assert (placement.disagreement.criterion, placement.disagreement.category) == ("inhabitants", "B")
    assert plain(placement.words()) == (
        "50 agents, entre 41 et 100 ; "
        "avec 1 500 habitants, entre 1 001 et 2 000, ce serait la catégorie B (la plus élevée est retenue)"
    )


def test_where_inhabitants_give_the_higher_category_the_text_gives_both(tariff: Tariff) -> None:
    placement = placed(Client(inhabitants=8_000, agents=6), tariff)
    assert placement.disagreement is not None
    assert (placement.disagreement.criterion, placement.disagreement.category) == ("agents", "B")
    assert plain(placement.words()) == (
        "8 000 habitants, entre 5 001 et 10 000 ; "
        "avec 6 agents, entre 5 et 10, ce serait la catégorie B (la plus élevée est retenue)"
    )


# Without a category


@pytest.mark.parametrize("structure", ["epci", "other"])
@pytest.mark.parametrize("size", [{}, {"inhabitants": 25_000}, {"agents": 50}, {"inhabitants": 25_000, "agents": 50}])
def test_another_structure_is_on_quote_whatever_its_size(structure: str, size: dict[str, int], tariff: Tariff) -> None:
    placement = unplaced(Client.model_validate({"structure": structure, **size}), tariff)
    assert placement.outcome.kind == "on_quote"
    assert placement.words() == "sur devis, comme l'acte le prévoit pour les autres structures"


def test_a_commune_without_numbers_is_asked_for_its_inhabitants(tariff: Tariff) -> None:
    placement = unplaced(Client(), tariff)
    assert placement.outcome.kind == "missing"
    assert placement.words() == "à compléter : nombre d'habitants à préciser, la catégorie en dépend"


def test_a_price_by_category_depends_on_the_letter_or_on_the_reason_for_none(tariff: Tariff) -> None:
    assert placed(Client(inhabitants=1_250), tariff).decides == "B"
    for client in (Client(), Client(structure="epci", inhabitants=25_000)):
        placement = unplaced(client, tariff)
        assert placement.decides == placement.outcome
        [*lines] = estimate(client, Order(demarches_simplifiees=True), tariff).lines
        assert [line.outcome for line in lines] == [placement.decides] * 3


def test_zero_inhabitants_are_known(tariff: Tariff) -> None:
    assert placed(Client(inhabitants=0), tariff).category == "A"


def test_an_estimate_has_the_category_or_none(tariff: Tariff) -> None:
    assert estimate(Client(inhabitants=1_250), Order(), tariff).category == "B"
    assert estimate(Client(structure="epci", inhabitants=1_250), Order(), tariff).category is None
    assert estimate(Client(), Order(), tariff).category is None


# Thresholds


@pytest.mark.parametrize(
    ("client", "thresholds"),
    [
        (Client(inhabitants=1_562), [("inhabitants", 2_001, 439, "C")]),
        (Client(inhabitants=2_000), [("inhabitants", 2_001, 1, "C")]),
        (Client(inhabitants=2_001), [("inhabitants", 5_001, 3_000, "D")]),
        (Client(agents=4), [("agents", 5, 1, "B")]),
        (Client(inhabitants=1_250, agents=6), [("inhabitants", 2_001, 751, "C"), ("agents", 11, 5, "C")]),
        (Client(inhabitants=1_500, agents=50), [("inhabitants", 10_001, 8_501, "E"), ("agents", 101, 51, "E")]),
        (Client(inhabitants=100_000), [("inhabitants", 100_001, 1, "I")]),
    ],
)
def test_the_next_threshold_is_given_with_its_distance(
    client: Client, thresholds: list[tuple[str, int, int, str]], tariff: Tariff
) -> None:
    assert [
        (threshold.criterion, threshold.at, threshold.away, threshold.category)
        for threshold in placed(client, tariff).thresholds
    ] == thresholds


@pytest.mark.parametrize("client", [Client(inhabitants=100_001), Client(inhabitants=12, agents=1_001)])
def test_the_last_category_has_no_threshold_above_it(client: Client, tariff: Tariff) -> None:
    placement = placed(client, tariff)
    assert placement.category == "I"
    assert placement.thresholds == ()
    assert [finding.last for finding in placement.findings if finding.category == "I"] == [None]


@pytest.mark.parametrize("inhabitants", [0, 1, 999, 1_000, 1_001, 4_321, 19_999, 20_000, 99_999])
def test_reaching_the_threshold_raises_the_category_and_one_less_does_not(inhabitants: int, tariff: Tariff) -> None:
    present = placed(Client(inhabitants=inhabitants), tariff)
    [threshold] = present.thresholds
    assert threshold.at == inhabitants + threshold.away
    assert placed(Client(inhabitants=threshold.at), tariff).category == threshold.category > present.category
    assert placed(Client(inhabitants=threshold.at - 1), tariff).category == present.category


def test_the_text_of_a_threshold_has_its_distance(tariff: Tariff) -> None:
    words = [plain(threshold.words()) for threshold in placed(Client(inhabitants=1_250, agents=6), tariff).thresholds]
    assert words == ["2 001 habitants (751 de plus)", "11 agents (5 de plus)"]


@pytest.mark.parametrize(
    ("client", "words"),
    [
        (
            Client(inhabitants=1_250, agents=6),
            "catégorie C dès 2 001 habitants (751 de plus) ou 11 agents (5 de plus)",
        ),
        (Client(inhabitants=1_250), "catégorie C dès 2 001 habitants (751 de plus)"),
        (Client(agents=6), "catégorie C dès 11 agents (5 de plus)"),
        # The category above the one that applies, by both criteria
        (
            Client(inhabitants=1_500, agents=50),
            "catégorie E dès 10 001 habitants (8 501 de plus) ou 101 agents (51 de plus)",
        ),
        (Client(inhabitants=99_999), "catégorie I dès 100 001 habitants (2 de plus)"),
        (Client(inhabitants=100_001), ""),
        (Client(inhabitants=12, agents=1_001), ""),
    ],
)
def test_the_text_of_the_next_threshold_has_its_category_and_every_way_to_it(
    client: Client, words: str, tariff: Tariff
) -> None:
    assert plain(placed(client, tariff).next_words()) == words


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        (0, "catégorie C dès 2 001 habitants (501 de plus)"),
        (1, "catégorie E dès 101 agents (51 de plus)"),
    ],
)
def test_a_criterion_that_does_not_decide_is_not_said_to_raise_the_category(
    rank: int, words: str, tariff: Tariff
) -> None:
    placement = placed(Client(inhabitants=1_500, agents=50), reading(tariff, "R12", rank))
    assert plain(placement.next_words()) == words


# Other readings


def test_every_alternative_of_a_reading_is_there(tariff: Tariff) -> None:
    numbers = [number for number, _, _ in tariff.alternatives]
    assert [numbers.count(number) for number in ("R11", "R12", "R14")] == [1, 2, 2]


@pytest.mark.parametrize(("inhabitants", "category"), [(999, "A"), (1_000, "B"), (1_001, "B"), (2_000, "B")])
def test_with_r11_read_otherwise_exactly_1000_inhabitants_are_in_b(
    inhabitants: int, category: str, tariff: Tariff
) -> None:
    placement = placed(Client(inhabitants=inhabitants), reading(tariff, "R11"))
    assert placement.category == category


def test_with_r11_read_otherwise_the_threshold_moves_too(tariff: Tariff) -> None:
    [threshold] = placed(Client(inhabitants=990), reading(tariff, "R11")).thresholds
    assert (threshold.at, threshold.away) == (1_000, 10)


@pytest.mark.parametrize(
    ("inhabitants", "agents", "by_inhabitants", "by_agents"),
    [(1_500, 50, "B", "D"), (8_000, 6, "D", "B"), (1_500, 6, "B", "B"), (1_500, None, "B", "B"), (None, 50, "D", "D")],
)
def test_with_r12_read_otherwise_one_criterion_decides_where_it_is_known(
    inhabitants: int | None, agents: int | None, by_inhabitants: str, by_agents: str, tariff: Tariff
) -> None:
    client = Client(inhabitants=inhabitants, agents=agents)
    assert placed(client, reading(tariff, "R12", 0)).category == by_inhabitants
    assert placed(client, reading(tariff, "R12", 1)).category == by_agents


def test_with_r12_read_otherwise_the_text_says_which_criterion_does_not_decide(tariff: Tariff) -> None:
    placement = placed(Client(inhabitants=1_500, agents=50), reading(tariff, "R12", 0))
    assert plain(placement.words()) == (
        "1 500 habitants, entre 1 001 et 2 000 ; "
        "avec 50 agents, entre 41 et 100, ce serait la catégorie D (ce critère n'est pas retenu)"
    )
    assert [(threshold.criterion, threshold.at) for threshold in placement.thresholds] == [("inhabitants", 2_001)]


def test_with_r12_read_otherwise_a_higher_number_of_inhabitants_does_not_decide(tariff: Tariff) -> None:
    placement = placed(Client(inhabitants=8_000, agents=6), reading(tariff, "R12", 1))
    assert plain(placement.words()) == (
        "6 agents, entre 5 et 10 ; "
        "avec 8 000 habitants, entre 5 001 et 10 000, ce serait la catégorie D (ce critère n'est pas retenu)"
    )
    assert [(threshold.criterion, threshold.at) for threshold in placement.thresholds] == [("agents", 11)]


def test_a_placement_knows_which_rule_it_follows(tariff: Tariff) -> None:
    client = Client(inhabitants=1_500, agents=50)
    assert placed(client, tariff).rule == "higher"
    assert [placed(client, reading(tariff, "R12", rank)).rule for rank in (0, 1)] == ["inhabitants", "agents"]


def test_with_agents_alone_deciding_inhabitants_are_not_said_to_raise_the_category(tariff: Tariff) -> None:
    assert plain(placed(Client(agents=6), reading(tariff, "R12", 1)).words()) == "6 agents, entre 5 et 10"


def test_with_r12_read_otherwise_a_lower_criterion_that_does_not_decide_is_not_said_to_apply(tariff: Tariff) -> None:
    placement = placed(Client(inhabitants=8_000, agents=6), reading(tariff, "R12", 0))
    assert placement.category == "D"
    assert plain(placement.words()).endswith(
        "avec 6 agents, entre 5 et 10, ce serait la catégorie B (ce critère n'est pas retenu)"
    )


def test_with_r14_read_otherwise_an_epci_follows_the_grid_and_other_bodies_do_not(tariff: Tariff) -> None:
    otherwise = reading(tariff, "R14", 0)
    assert placed(Client(structure="epci", inhabitants=25_000, agents=120), otherwise).category == "F"
    assert unplaced(Client(structure="other", agents=50), otherwise).outcome.kind == "on_quote"


def test_with_r14_read_otherwise_every_body_follows_the_grid(tariff: Tariff) -> None:
    otherwise = reading(tariff, "R14", 1)
    assert placed(Client(structure="epci", inhabitants=25_000), otherwise).category == "F"
    assert placed(Client(structure="other", agents=50), otherwise).category == "D"
    assert unplaced(Client(structure="other"), otherwise).outcome.kind == "missing"
