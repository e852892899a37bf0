"""Links as mail programs leave them: a cut one is reported, other damage repaired, and an unreadable one recognised."""

from collections.abc import Callable
from urllib.parse import quote_plus

import pytest
from hypothesis import example, given, settings

from pricing import Client, Order
from pricing.link import Opened
from pricing.simulation import Choice, Scenario, Simulation
from tests.links import query
from tests.test_link import ACT, SIMULATIONS, opened

RUITZ = Choice(
    client=Client(inhabitants=1_478, agents=6),
    order=Order(mailboxes_5go=40, domains=1, antivirus_devices=12, demarches_simplifiees=True),
    commune="62727",
)
WHOLE = Simulation(tariff=ACT, choice=RUITZ)
COMPARED = WHOLE.model_copy(
    update={
        "scenarios": (
            Scenario(name="Sans démarches", choice=RUITZ.model_copy(update={"order": Order(mailboxes_5go=12)})),
            Scenario(name="Rien", choice=RUITZ.model_copy(update={"order": Order()})),
        )
    }
)
CCAS = Simulation(
    tariff=ACT, choice=Choice(client=Client(structure="other", agents=4), order=RUITZ.order), name="CCAS de Ruitz"
)


# Cut


def named(name: str) -> Simulation:
    return CCAS.model_copy(update={"name": name})


def never_another_when_cut(address: str, simulation: Simulation) -> None:
    """Check that every beginning of a link is reported as cut, opens nothing, or opens the same simulation."""
    for length in range(1, len(address)):
        result = opened(address[:length])
        assert result.cut or result.nothing or result.simulation == simulation, address[:length]


@given(SIMULATIONS.map(lambda simulation: simulation.model_copy(update={"tariff": ACT})))
@settings(max_examples=12)
@example(COMPARED)
@example(named("100 %"))
@example(named("100 %2"))
@example(named("A & B"))
@example(named("A &"))
@example(named("Prix en €"))
@example(named("Mairie 🏛"))
@example(named("a\ufffd"))
@example(Simulation(scenarios=(Scenario(name="100 %", choice=RUITZ),)))
@example(Simulation(choice=Choice(commune="62727")))
def test_a_link_cut_anywhere_is_reported_and_is_never_another_simulation(simulation: Simulation) -> None:
    never_another_when_cut(query(simulation), simulation)


def test_a_link_that_lost_a_part_is_reported_as_cut_whatever_was_added_after_it() -> None:
    for lost in ("antivirus=12&demarches=oui", "&messagerie-5go=40", "&habitants=1478"):
        assert lost in query(WHOLE)
        assert opened(query(WHOLE).replace(lost, "")).cut
    for more in ("", "&utm_source=lettre&fbclid=IwAR0123456789abcdefghijk", "."):
        assert opened(query(WHOLE).removesuffix("&demarches=oui") + more).cut


@pytest.mark.parametrize("more", ["", "&utm_source=lettre", "&embed=true", ".", ")", "%E2%80%8B", "&"])
def test_a_whole_link_is_not_reported_as_cut_whatever_was_added_after_it(more: str) -> None:
    for simulation in (WHOLE, CCAS, COMPARED):
        result = opened(query(simulation) + more)
        assert (result.cut, result.nothing, result.simulation.choice) == (False, False, simulation.choice)


def test_a_link_edited_by_hand_is_not_reported_as_cut() -> None:
    address = query(WHOLE)
    turned = "&".join(sorted(address.split("&"), reverse=True))
    for edited in (address.replace("=40", "=41"), address.replace("=40", "=100"), f"{address}&sauvegardes=1", turned):
        assert edited != address
        assert (opened(edited).cut, opened(edited).ignored) == (False, ())
    assert opened(turned).simulation == WHOLE


@pytest.mark.parametrize("mark", ["", "signes=abc&", "signes=-5&"])
def test_a_link_without_a_mark_that_can_be_read_is_not_reported_as_cut(mark: str) -> None:
    _, _, old = query(WHOLE).partition("&")
    assert (opened(mark + old).simulation, opened(mark + old).cut) == (WHOLE, False)
    assert not opened(mark + old.removesuffix("&demarches=oui")).cut


# Damaged

DAMAGE: dict[str, Callable[[str], str]] = {
    "ampersands of HTML": lambda link: link.replace("&", "&amp;"),
    "ampersands of HTML, encoded": lambda link: link.replace("&", "&amp%3B"),
    "ampersands of HTML, encoded twice": lambda link: link.replace("&", "&amp%253B"),
    "ampersands of HTML, twice": lambda link: link.replace("&", "&amp;amp;"),
    "a space before each name": lambda link: link.replace("&", "&+"),
    "a space around each value": lambda link: link.replace("=", "=+").replace("&", "+&"),
    "no-break spaces": lambda link: link.replace("&", "%C2%A0&%C2%A0"),
    "a space of no width before each ampersand": lambda link: link.replace("&", "%E2%80%8B&"),
    "a space of no width after each ampersand": lambda link: link.replace("&", "&%E2%80%8B"),
    "soft hyphens": lambda link: link.replace("-", "%C2%AD-").replace("mess", "mess%C2%AD"),
    "a mark of order at the beginning": lambda link: f"%EF%BB%BF{link}",
    "marks of direction": lambda link: link.replace("=", "=%E2%80%8E"),
    "hyphens that do not break": lambda link: link.replace("-", "%E2%80%91"),
    "hyphens of Unicode": lambda link: link.replace("-", "%E2%80%90"),
    "dashes": lambda link: link.replace("-", "%E2%80%93"),
    "digits of full width": lambda link: link.replace("=1", "=%EF%BC%91"),
    "quoted-printable": lambda link: link.replace("=", "=3D"),
    "quoted-printable, and ampersands of HTML": lambda link: link.replace("=", "=3D").replace("&", "&amp;"),
    "capitals": str.upper,
    "quoted-printable, and a full stop": lambda link: link.replace("=", "=3D") + ".",
    **{f"{sign} behind it": lambda link, sign=sign: link + quote_plus(sign) for sign in ".,;:!?)>]}»\"'’”"},
    "several signs behind it": lambda link: f"{link}%20%C2%BB).",
}
AROUND_TEXT = [damage for damage in DAMAGE if "behind" not in damage and "full stop" not in damage]
"""Damage that is not taken for the end of a name."""


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_damage_of_mail_programs_to_a_link_is_repaired(damage: str) -> None:
    address = DAMAGE[damage](query(WHOLE))
    assert opened(address) == Opened(simulation=WHOLE, repaired=damage != "a space around each value"), address
    never_another_when_cut(address, WHOLE)


@pytest.mark.parametrize("damage", AROUND_TEXT)
def test_the_texts_of_a_damaged_link_are_kept_beside_its_orders(damage: str) -> None:
    result = opened(DAMAGE[damage](query(COMPARED)))
    assert [each.choice for each in result.simulation.scenarios] == [each.choice for each in COMPARED.scenarios]
    assert result.simulation.choice == COMPARED.choice
    assert (result.ignored, result.cut, result.nothing) == ((), False, False)
    if damage in ("ampersands of HTML", "quoted-printable", "hyphens that do not break"):
        assert opened(DAMAGE[damage](query(CCAS))) == Opened(simulation=CCAS, repaired=True)


@pytest.mark.parametrize("sign", ["<", "(", '"', "«", "'", "« "])
def test_punctuation_around_a_value_is_dropped(sign: str) -> None:
    assert opened(f"habitants={quote_plus(sign)}1478)").simulation == Simulation(
        choice=Choice(client=Client(inhabitants=1_478))
    )


@pytest.mark.parametrize("columns", [20, 31, 40, 76])
def test_lines_broken_by_quoted_printable_are_joined(columns: int) -> None:
    quoted = query(WHOLE).replace("=", "=3D")
    lines: list[str] = []
    while quoted:
        # An escape is never split.
        end = columns - 1
        end = max(quoted.rfind("=", end - 2, end), 0) or end
        lines.append(quoted[:end])
        quoted = quoted[end:]
    assert opened("=".join(lines)).simulation == WHOLE


@pytest.mark.parametrize("written", ["habitants=<b>5</b>", "demarches=peut-être."])
def test_a_part_that_cannot_be_repaired_is_reported_as_it_came(written: str) -> None:
    [ignored] = opened(f"{written}&domaines=1").ignored
    assert f"{ignored.parameter}={ignored.value}" == written


# Unreadable


@pytest.mark.parametrize(
    "address",
    [
        "signes=118", "signes=1", "signes=", "signes", "sig", "tarif=2024-03-26", "signes=118&tarif=2024-03-26",
        "signes=118&tarif=2024-03-26&utm_source=lettre", "tarif=2024-03-2", "prix=1", "amp;", "habitants=abc",
        "scenario=rien", "nom=Ruitz", "id=42", "%EF%BF%BD",
    ],
)  # fmt: skip
def test_a_link_of_which_nothing_could_be_read_is_recognised(address: str) -> None:
    result = opened(address)
    assert result.nothing
    assert result.simulation.empty


@pytest.mark.parametrize(
    "address",
    [
        "", "utm_source=lettre&utm_medium=courriel", "fbclid=x", "gclid=x", "msclkid=x", "embed=true", "mc_cid=x",
        "embed_options=light_theme", query(Simulation(tariff=ACT)), "domaines=1", "commune=62727", "agents=0",
        "type=epci", "vue=presentation", "scenario=~Vide",
    ],
)  # fmt: skip
def test_a_link_with_a_simulation_or_only_foreign_parts_is_not_unreadable(address: str) -> None:
    assert not opened(address).nothing
