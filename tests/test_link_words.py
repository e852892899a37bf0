"""Exact messages for a link too long or partly unreadable, and the length from which they appear."""

import pytest
from pydantic import ValidationError

from pricing import Client
from pricing.link import MAX_LINK, MAX_READ, Opened, read
from pricing.simulation import Choice, Scenario, Simulation

NOTHING = Opened(simulation=Simulation())


def told(name: str, *values: str) -> list[str]:
    """Return the messages on the ignored values of one parameter."""
    return [ignored.words() for ignored in read({name: list(values)}).ignored]


@pytest.mark.parametrize("others", [{}, {"habitants": ["1250"]}, {"embed": ["true"], "agents": ["6"]}])
def test_a_query_string_is_refused_from_one_character_too_many(others: dict[str, list[str]]) -> None:
    # Each value counts with its name and two characters: « ? » or « & », and « = ».
    room = MAX_READ - sum(len(name) + len(value) + 2 for name, [value] in others.items()) - len("x=") - 1
    kept = read({**others, "x": ["z" * room]})
    assert kept.refused == ""
    assert [ignored.parameter for ignored in kept.ignored] == ["x"]
    refused = read({**others, "x": ["z" * (room + 1)]})
    assert refused.simulation == NOTHING.simulation
    assert refused.ignored == ()
    assert refused.refused == (
        "Ce lien n'a pas été ouvert : il est plus de dix fois plus long que le plus long lien de ce simulateur. "
        "Demandez-le à nouveau à qui vous l'a envoyé, ou remplissez la page."
    )


def test_every_value_of_a_parameter_counts() -> None:
    half = "z" * (MAX_READ // 2 - len("x=&"))
    assert read({"x": [half, half]}).refused == ""
    assert read({"x": [half, half, ""]}).refused != ""


def test_a_scenario_is_ignored_from_one_character_too_many() -> None:
    longest = "dom-1~".ljust(MAX_LINK, "x")
    assert told("scenario", longest) == [f"scenario « {'x' * 29}… » « {'x' * 29}… » (nom trop long, raccourci)"]
    assert told("scenario", f"{longest}x") == [f"scenario « dom-1~{'x' * 23}… » (trop long pour être lu)"]
    assert read({"scenario": [f"{longest}x"]}).simulation == NOTHING.simulation


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a" * 30, "a" * 30),
        ("a" * 31, "a" * 29 + "…"),
        ("a\u200bb", "a b"),
        ("a\x07b\u202ec", "a b c"),
        ("  a  b  ", "a b"),
    ],
)
def test_an_ignored_value_is_shown_shortened_on_one_line(value: str, shown: str) -> None:
    assert told("prix", value) == [f"prix « {shown} » (ce paramètre n'existe pas)"]


@pytest.mark.parametrize("zeros", [1, 11, 12, 13, 40])
def test_zeros_before_a_number_do_not_change_it(zeros: int) -> None:
    opened = read({"habitants": ["0" * zeros + "1250"]})
    assert opened == Opened(simulation=Simulation(choice=Choice(client=Client(inhabitants=1_250))))


def test_a_name_that_does_not_fit_is_refused_with_its_exact_message() -> None:
    with pytest.raises(ValidationError) as refusal:
        Scenario(name=" ", choice=Choice())
    assert [error["msg"] for error in refusal.value.errors()] == ["il faut un nom, assez court pour tenir dans le lien"]
