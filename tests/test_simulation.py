"""Gestures on a simulation: what each changes, and what it leaves unchanged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from pricing import Client, Order
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY, Structure
from pricing.simulation import (
    MAX_SCENARIOS,
    Choice,
    Scenario,
    Simulation,
    bring_back,
    change_structure,
    choose_commune,
    choose_kind,
    keep,
    leave,
    leave_commune,
    name_client,
    name_fits,
    present,
    remove,
    rename,
    replace_choice,
    replace_order,
    set_agents,
    set_inhabitants,
    set_quantity,
    set_units,
    take_up_tariff,
)
from tests.links import CHOICES, ITEMS

ORDER = Order(mailboxes_5go=4, domains=1)
RUITZ = Choice(client=Client(inhabitants=1478, agents=8), order=ORDER, commune="62727")
OF_RUITZ = Scenario(name="Ruitz de base", choice=RUITZ)
NOBODYS = Scenario(name="Un essai", choice=Choice(client=Client(inhabitants=1250), order=ORDER))
AT_RUITZ = Simulation(tariff=date(2024, 3, 26), choice=RUITZ, scenarios=(OF_RUITZ, NOBODYS))
HOUCHIN = ("62456", 738)
OF_HOUCHIN = Scenario(name="Houchin", choice=Choice(client=Client(inhabitants=738), order=ORDER, commune="62456"))


def test_another_commune_drops_inhabitants_agents_and_scenarios_of_the_former() -> None:
    at_houchin = choose_commune(AT_RUITZ, *HOUCHIN)
    chosen = Choice(client=Client(inhabitants=738), order=ORDER, commune="62456")
    assert at_houchin == Simulation(tariff=AT_RUITZ.tariff, choice=chosen, scenarios=(NOBODYS,))
    assert bring_back(at_houchin, [OF_RUITZ]).scenarios == (OF_RUITZ, NOBODYS)


def test_choosing_the_same_commune_again_restores_its_inhabitants_alone() -> None:
    overwritten = bring_back(set_inhabitants(AT_RUITZ, 1500), [OF_HOUCHIN])
    assert choose_commune(overwritten, "62727", 1478) == bring_back(AT_RUITZ, [OF_HOUCHIN])


@pytest.mark.parametrize(
    ("client", "agents"),
    [
        (Client(agents=8), 8),
        (Client(inhabitants=738, agents=8), 8),
        (Client(inhabitants=1250, agents=8), None),
    ],
    ids=["agents typed first", "its own inhabitants typed first", "the numbers of another"],
)
def test_a_first_commune_keeps_agents_that_can_be_its_own(client: Client, agents: int | None) -> None:
    chosen = choose_commune(Simulation(choice=Choice(client=client, order=ORDER)), *HOUCHIN)
    assert chosen.choice.client == Client(inhabitants=738, agents=agents)


def test_leaving_a_commune_keeps_its_numbers() -> None:
    assert leave_commune(AT_RUITZ).choice == Choice(client=RUITZ.client, order=ORDER)


@pytest.mark.parametrize("structure", ["epci", "other"])
def test_another_kind_of_body_keeps_only_the_order_of_the_former(structure: Structure) -> None:
    turned = Simulation(tariff=AT_RUITZ.tariff, choice=Choice(client=Client(structure=structure), order=ORDER))
    assert change_structure(AT_RUITZ, structure) == change_structure(AT_RUITZ, structure, AT_RUITZ) == turned


def test_a_kind_of_body_comes_back_as_it_was_left_with_the_present_order() -> None:
    ccas = name_client(change_structure(AT_RUITZ, "other"), "CCAS de Ruitz")
    more = set_quantity(ccas, "domains", 2)
    back = change_structure(more, "commune", AT_RUITZ)
    assert back == set_quantity(AT_RUITZ, "domains", 2)
    assert change_structure(back, "commune", AT_RUITZ) == back
    assert change_structure(back, "other", more) == more


@pytest.mark.parametrize("item", ITEMS)
def test_a_quantity_changes_its_item_alone(item: str) -> None:
    most = 1 if item in CHOICES else MAX_QUANTITY
    for quantity in (0, most):
        changed = set_quantity(AT_RUITZ, item, quantity).choice.order
        assert changed.quantity(item) == quantity
        assert changed.asking(**{item: ORDER.quantity(item)}) == ORDER


def test_numbers_out_of_bounds_are_refused() -> None:
    for gesture in (
        lambda: set_quantity(AT_RUITZ, "domains", -1),
        lambda: set_quantity(AT_RUITZ, "domains", MAX_QUANTITY + 1),
        lambda: set_inhabitants(AT_RUITZ, MAX_INHABITANTS + 1),
        lambda: set_agents(AT_RUITZ, MAX_AGENTS + 1),
    ):
        with pytest.raises(ValidationError, match="il faut un nombre entre 0 et"):
            gesture()


MAILBOXES = ("mailboxes_5go", "mailboxes_unlimited")


def asking(**quantities: int) -> Simulation:
    return Simulation(choice=Choice(order=Order(domains=1, **quantities)))


def test_a_number_of_units_is_of_the_kind_asked_for_or_else_of_the_one_chosen() -> None:
    assert set_units(asking(), MAILBOXES, 3, "mailboxes_unlimited") == asking(mailboxes_unlimited=3)
    assert set_units(asking(mailboxes_5go=4), MAILBOXES, 3, "mailboxes_unlimited") == asking(mailboxes_5go=3)
    assert set_units(asking(mailboxes_5go=4), MAILBOXES, 0, "mailboxes_unlimited") == asking()
    several = asking(mailboxes_5go=4, mailboxes_unlimited=1)
    assert set_units(several, MAILBOXES, 3, "mailboxes_unlimited") == several
    with pytest.raises(ValidationError, match="il faut un nombre entre 0 et"):
        set_units(asking(), MAILBOXES, -1, "mailboxes_5go")


def test_another_kind_keeps_the_number_of_units() -> None:
    assert choose_kind(asking(mailboxes_5go=4), MAILBOXES, "mailboxes_unlimited") == asking(mailboxes_unlimited=4)
    several = asking(mailboxes_5go=4, mailboxes_unlimited=1)
    assert choose_kind(several, MAILBOXES, "mailboxes_unlimited") == asking(mailboxes_unlimited=5)
    assert choose_kind(several, MAILBOXES, "several kinds") == several
    assert choose_kind(asking(), MAILBOXES, "mailboxes_5go") == asking()
    with pytest.raises(ValidationError, match="il faut un nombre entre 0 et"):
        choose_kind(asking(mailboxes_5go=MAX_QUANTITY, mailboxes_unlimited=1), MAILBOXES, "mailboxes_5go")


def test_numbers_of_the_client_and_the_order_change_alone() -> None:
    assert set_inhabitants(AT_RUITZ, None).choice.client == Client(agents=8)
    assert set_agents(AT_RUITZ, None).choice.client == Client(inhabitants=1478)
    emptied = replace_order(set_agents(AT_RUITZ, 9), Order())
    assert set_agents(replace_order(emptied, ORDER), 8) == AT_RUITZ
    assert emptied.choice.order.empty


def test_a_scenario_is_kept_once_under_a_name() -> None:
    bare = Simulation(choice=RUITZ)
    kept = keep(bare, "  Tel   quel ")
    assert kept.scenarios == (Scenario(name="Tel quel", choice=RUITZ),)
    assert keep(kept, "Tel quel") == keep(kept) == kept
    assert [each.name for each in keep(kept, "Autrement").scenarios] == ["Tel quel", "Autrement"]


def test_a_scenario_without_a_name_gets_the_first_free_number() -> None:
    simulation = Simulation(choice=RUITZ)
    for domains in (2, 3, 4):
        simulation = keep(set_quantity(simulation, "domains", domains))
    assert [each.name for each in simulation.scenarios] == ["Scénario 1", "Scénario 2", "Scénario 3"]
    fewer = remove(simulation, simulation.scenarios[1])
    assert keep(set_quantity(fewer, "domains", 5)).scenarios[-1].name == "Scénario 2"


def test_an_empty_order_or_a_fifth_scenario_is_not_kept() -> None:
    assert keep(Simulation(), "Rien") == Simulation()
    full = Simulation(choice=RUITZ)
    for domains in range(2, 2 + MAX_SCENARIOS):
        full = keep(set_quantity(full, "domains", domains))
    assert keep(set_quantity(full, "domains", 99), "De trop").scenarios == full.scenarios


def test_no_two_kept_scenarios_have_the_same_name() -> None:
    simulation = Simulation(choice=RUITZ)
    for domains, name in enumerate(["A", "A", "A (2)", "A"], 2):
        simulation = keep(set_quantity(simulation, "domains", domains), name)
    assert [each.name for each in simulation.scenarios] == ["A", "A (2)", "A (2) (2)", "A (3)"]
    long = "é" * 13
    simulation = keep(set_quantity(AT_RUITZ, "domains", 1), long)
    simulation = keep(set_quantity(simulation, "domains", 2), long)
    assert simulation.scenarios[-1].name == "é" * 12 + " (2)"
    assert name_fits(simulation.scenarios[-1].name)


def test_a_scenario_is_renamed_in_its_place() -> None:
    renamed = rename(AT_RUITZ, OF_RUITZ, " Autre  nom ")
    assert [each.name for each in renamed.scenarios] == ["Autre nom", "Un essai"]
    assert rename(AT_RUITZ, OF_RUITZ, "  ") == AT_RUITZ


def test_renaming_never_makes_two_scenarios_equal() -> None:
    twice = keep(keep(Simulation(choice=RUITZ), "A"), "B")
    assert rename(twice, twice.scenarios[0], "A") == twice
    assert [each.name for each in rename(twice, twice.scenarios[1], "A").scenarios] == ["A", "A (2)"]


def test_a_scenario_taken_back_stays_kept_and_the_name_of_a_body_stays_with_it() -> None:
    assert replace_choice(set_quantity(AT_RUITZ, "domains", 9), RUITZ) == AT_RUITZ
    ccas = Simulation(choice=Choice(client=Client(structure="other"), order=ORDER), name="CCAS")
    assert replace_choice(ccas, ccas.choice).name == "CCAS"
    assert replace_choice(ccas, RUITZ).name == ""


def test_removing_a_scenario_removes_it_alone() -> None:
    assert remove(AT_RUITZ, OF_RUITZ).scenarios == (NOBODYS,)
    assert remove(remove(AT_RUITZ, OF_RUITZ), OF_RUITZ).scenarios == (NOBODYS,)


def test_a_long_name_is_shortened_to_fit_the_link() -> None:
    body = change_structure(Simulation(), "other")
    assert name_client(body, "x" * 200).name == "x" * 160
    assert name_client(AT_RUITZ, "CCAS") == AT_RUITZ
    assert rename(AT_RUITZ, OF_RUITZ, "é" * 40).scenarios[0].name == "é" * 13


def test_presentation_and_tariff_change_nothing_else() -> None:
    assert leave(present(AT_RUITZ)) == AT_RUITZ
    assert present(AT_RUITZ).presentation
    later = take_up_tariff(AT_RUITZ, date(2027, 1, 15))
    assert later.model_copy(update={"tariff": AT_RUITZ.tariff}) == AT_RUITZ


def test_a_simulation_without_order_or_client_is_empty_whatever_its_tariff() -> None:
    assert take_up_tariff(Simulation(), date(2024, 3, 26)).empty
    assert not set_agents(Simulation(), 0).empty
    assert not present(Simulation()).empty


NUMBERS = some.integers(min_value=0, max_value=60)
CODES = some.sampled_from(["62041", "62727"])
KINDS = some.sampled_from(["commune", "epci", "other"])
COUNTED = some.sampled_from(["domains", "backups"])
NAMES = some.sampled_from(["", "A", "B", "C"])
GESTURES = some.one_of(
    some.builds(lambda code, size: lambda now: choose_commune(now, code, size), CODES, NUMBERS),
    some.just(leave_commune),
    some.builds(lambda kind: lambda now: change_structure(now, kind), KINDS),
    some.builds(lambda item, many: lambda now: set_quantity(now, item, many), COUNTED, NUMBERS),
    some.builds(lambda name: lambda now: keep(now, name), NAMES),
    some.builds(lambda name: lambda now: rename(now, now.scenarios[0], name) if now.scenarios else now, NAMES),
    some.just(lambda now: replace_choice(now, now.scenarios[-1].choice) if now.scenarios else now),
    some.just(lambda now: remove(now, now.scenarios[0]) if now.scenarios else now),
    some.just(lambda now: replace_choice(now, RUITZ)),
)


@given(some.lists(GESTURES, max_size=25))
def test_no_gestures_keep_two_equal_scenarios_or_give_a_commune_to_another_body(gestures: list) -> None:
    simulation = AT_RUITZ
    for gesture in gestures:
        simulation = gesture(simulation)
        assert len(set(simulation.scenarios)) == len(simulation.scenarios) <= MAX_SCENARIOS
        kind, commune = simulation.choice.whose
        assert kind == "commune" or not commune
        assert Simulation.model_validate(simulation.model_dump()) == simulation
