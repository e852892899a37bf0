"""Gestures on a group of communes: what each changes, what comes back, and what it leaves unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pricing import Client, Order
from pricing.catalogue import communes, epcis
from pricing.group import DEPARTMENT, LIST, Group, Own, belonging
from pricing.group_gestures import (
    ask_for,
    choose_group,
    clear_own,
    count,
    leave_out,
    set_own,
    take_list,
    turn_to_many,
    turn_to_one,
)
from pricing.order import MAX_QUANTITY
from pricing.portfolio import grouped
from pricing.simulation import Choice, Scenario, Simulation
from tests.links import ACT
from tests.test_group_link import ARTOIS, GROUPS, LINKS, LISTED

COMMUNES = communes()
TERNOIS = next(siren for siren, name in epcis().items() if name == "CC du Ternois")
RUITZ = Simulation(
    tariff=ACT.adopted,
    choice=Choice(client=Client(inhabitants=1_478, agents=8), order=Order(mailboxes_5go=4), commune="62727"),
    scenarios=(Scenario(name="A", choice=Choice(order=Order(domains=1))),),
)
SAME = Simulation(choice=Choice(order=Order(mailboxes_5go=3)), group=Group(of=ARTOIS, asks="same"))


def group_of(simulation: Simulation) -> Group:
    assert simulation.group
    return simulation.group


# Turning


def test_the_order_of_one_becomes_that_of_all_and_an_empty_one_the_proposal_by_size() -> None:
    many = turn_to_many(RUITZ, ARTOIS)
    assert many == Simulation(
        tariff=ACT.adopted, choice=Choice(order=RUITZ.choice.order), group=Group(of=ARTOIS, asks="same")
    )
    assert turn_to_many(Simulation()).group == Group(of=DEPARTMENT, asks="by_size")


def test_what_an_epci_asks_for_itself_is_not_asked_by_each_of_its_communes() -> None:
    epci = Simulation(choice=Choice(client=Client(structure="epci"), order=Order(mailboxes_5go=288)))
    assert turn_to_many(epci, ARTOIS) == Simulation(group=Group(of=ARTOIS))


def test_what_was_typed_on_each_side_comes_back() -> None:
    many = count(turn_to_many(RUITZ, ARTOIS), "62063", counted=False)
    assert turn_to_one(many, RUITZ) == RUITZ
    assert turn_to_many(RUITZ, ARTOIS, many) == many
    later = RUITZ.model_copy(update={"tariff": None})
    assert turn_to_many(later, ARTOIS, many) == many.model_copy(update={"tariff": None})


def test_one_client_without_a_former_one_asks_for_the_order_of_all() -> None:
    assert turn_to_one(SAME) == Simulation(choice=SAME.choice)
    assert turn_to_one(ask_for(SAME, "by_size")) == Simulation()


@given(GROUPS)
def test_a_turn_that_is_made_already_changes_nothing(many: Simulation) -> None:
    assert turn_to_many(many) is many
    assert turn_to_one(RUITZ) is RUITZ


# Who


def test_another_group_keeps_the_exceptions_of_its_communes_only() -> None:
    everyone = turn_to_many(Simulation())
    for code in ("62063", "62727"):
        everyone = set_own(count(everyone, code, counted=False), code, "agents", 3)
    artois = group_of(choose_group(everyone, ARTOIS, COMMUNES))
    assert (artois.of, artois.without, [each.code for each in artois.own]) == (ARTOIS, {"62063"}, ["62063"])


def test_a_group_that_was_there_before_comes_back() -> None:
    before = group_of(count(SAME, "62063", counted=False))
    elsewhere = choose_group(SAME, TERNOIS, COMMUNES)
    assert choose_group(elsewhere, ARTOIS, COMMUNES, before).group == before
    assert choose_group(elsewhere, DEPARTMENT, COMMUNES, before).group == Group(of=DEPARTMENT, asks="same")


@pytest.mark.parametrize(("order", "asks"), [(Order(), "by_size"), (Order(domains=1), "same")])
def test_what_a_list_says_is_not_asked_of_an_epci(order: Order, asks: str) -> None:
    listed = LISTED.model_copy(update={"choice": Choice(order=order)})
    assert choose_group(listed, ARTOIS, COMMUNES).group == Group.model_validate({"of": ARTOIS, "asks": asks})


@given(GROUPS, st.sampled_from([*COMMUNES]))
def test_a_commune_left_out_is_not_priced_and_comes_back(many: Simulation, code: str) -> None:
    def codes(simulation: Simulation) -> set[str]:
        members = grouped(group_of(simulation), Order(), lambda _: Order(), COMMUNES)
        return {each.choice.commune for each in members}

    belong = {each.code for each in belonging(group_of(many), COMMUNES)}
    without = count(many, code, counted=False)
    assert codes(without) == codes(many) - {code}
    assert codes(count(without, code, counted=True)) == codes(many) | ({code} & belong)
    assert leave_out(many, group_of(many).without) == many


# Exceptions


def test_a_commune_has_its_own_numbers_until_they_are_those_of_all() -> None:
    one = set_own(set_own(SAME, "62063", "mailboxes_5go", 0, 3), "62063", "agents", 30)
    one = set_own(one, "62042", "inhabitants", 1_500, 1_400)
    assert group_of(one).own == (
        Own(code="62042", inhabitants=1_500),
        Own(code="62063", agents=30, quantities=(("mailboxes_5go", 0),)),
    )
    assert clear_own(one, "62042") == set_own(one, "62042", "inhabitants", 1_400, 1_400)
    assert set_own(set_own(one, "62063", "mailboxes_5go", 3, 3), "62063", "agents", None) == clear_own(one, "62063")
    assert clear_own(one) == SAME


def test_a_number_that_no_commune_can_have_is_refused_in_french() -> None:
    with pytest.raises(ValidationError, match="il faut un nombre entre 0 et 50"):
        set_own(SAME, "62063", "mailboxes_5go", MAX_QUANTITY + 1)
    with pytest.raises(ValidationError, match="il faut un nombre entre 0 et 50"):
        set_own(SAME, "62063", "agents", -1)


# Lists


def listed(code: str, inhabitants: int | None = None, agents: int | None = None, **quantities: int) -> Choice:
    size = COMMUNES[code].population if inhabitants is None else inhabitants
    return Choice(client=Client(inhabitants=size, agents=agents), order=Order(**quantities), commune=code)


def test_a_list_with_quantities_is_asked_for_word_by_word() -> None:
    choices = [listed("62727", agents=8, domains=1), listed("62063", inhabitants=900)]
    taken = take_list(SAME, choices, COMMUNES)
    assert taken.group == Group(
        of=LIST,
        listed=("62727", "62063"),
        asks="own",
        own=(Own(code="62063", inhabitants=900), Own(code="62727", agents=8, quantities=(("domains", 1),))),
    )
    priced = list(grouped(group_of(taken), taken.choice.order, lambda _: Order(domains=9), COMMUNES))
    assert [each.choice for each in priced] == choices


@pytest.mark.parametrize(
    ("before", "asks"), [(SAME, "same"), (ask_for(SAME, "by_size"), "by_size"), (LISTED, "by_size")]
)
def test_a_list_of_names_alone_asks_for_what_was_asked_before(before: Simulation, asks: str) -> None:
    taken = group_of(take_list(before, [listed("62727"), listed("62063")], COMMUNES))
    assert (taken.listed, taken.asks, taken.own, taken.without) == (("62727", "62063"), asks, (), frozenset())


# All


@given(GROUPS, st.data())
def test_every_gesture_leads_to_a_group_that_its_link_gives_back(many: Simulation, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from([*COMMUNES]))
    field = data.draw(st.sampled_from(["inhabitants", "agents", *ACT.items]))
    ticked = field in ACT.items and ACT.items[field].ticked
    value = data.draw(st.none() | st.integers(0, 1 if ticked else 9))
    for after in (
        set_own(many, code, field, value),
        clear_own(many, code),
        clear_own(many),
        count(many, code, counted=False),
        ask_for(many, "same"),
        choose_group(many, ARTOIS, COMMUNES),
        take_list(many, [listed(code, agents=4)], COMMUNES),
    ):
        assert LINKS.read(LINKS.write(after)).simulation == after


@pytest.mark.parametrize("view", ["", "share"])
def test_a_gesture_on_a_group_leaves_one_client_alone(view: str) -> None:
    one = RUITZ.model_copy(update={"view": view})
    assert set_own(one, "62063", "agents", 3) == clear_own(one) == count(one, "62063", counted=False) == one
    assert ask_for(one, "own") == leave_out(one, ["62063"]) == choose_group(one, ARTOIS, COMMUNES) == one
