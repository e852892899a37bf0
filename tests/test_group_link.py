"""A link of many communes: what is written is read back, damage is mended or told, and what has no room is known."""

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pricing import Order, load
from pricing.catalogue import communes, epcis
from pricing.group import DEPARTMENT, LIST, Group, Own, belonging
from pricing.group_link import ROOM
from pricing.link import SITE, Links
from pricing.opened import Opened
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.simulation import Choice, Simulation
from tests.french import plain
from tests.links import CHOICES, ITEMS
from tests.test_link import ACT, ORDERS
from tests.test_link_damage import DAMAGE, never_another_when_cut

COMMUNES = communes()
EPCIS = epcis()
LINKS = Links(load().tariffs, {code: each.population for code, each in COMMUNES.items()}, EPCIS)
"""Links that know the communes and the EPCI of the department."""
ARTOIS = "200069482"
CODES = st.sampled_from([*COMMUNES])
SETS = st.frozensets(CODES, max_size=30)


def own_quantities(kept: list[str], quantities: list[int]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (item, min(quantity, 1) if item in CHOICES else quantity)
        for item, quantity in zip(kept, quantities, strict=False)
    )


OWN = st.builds(
    Own,
    code=CODES,
    inhabitants=st.none() | st.integers(0, MAX_INHABITANTS),
    agents=st.none() | st.integers(0, MAX_AGENTS),
    quantities=st.builds(
        own_quantities,
        st.lists(st.sampled_from(ITEMS), unique=True),
        st.lists(st.integers(0, MAX_QUANTITY), min_size=len(ITEMS), max_size=len(ITEMS)),
    ),
).filter(lambda own: own != Own(code=own.code))
EXCEPTIONS = st.lists(OWN, max_size=12, unique_by=lambda own: own.code).map(
    lambda own: tuple(sorted(own, key=lambda each: each.code))
)
ASKS = st.sampled_from(["by_size", "same", "own"])
OF_NAMES = st.builds(
    Group, of=st.sampled_from([DEPARTMENT, *EPCIS]), without=SETS, asks=ASKS, own=EXCEPTIONS
)  # fmt: skip
OF_LISTS = st.builds(
    Group, of=st.just(LIST), listed=st.lists(CODES, unique=True, max_size=60).map(tuple), without=SETS, asks=ASKS,
    own=EXCEPTIONS,
)  # fmt: skip
GROUPS = st.builds(
    Simulation,
    tariff=st.none() | st.just(ACT),
    choice=st.builds(Choice, order=ORDERS),
    group=OF_NAMES | OF_LISTS,
    view=st.sampled_from(["", "tariffs", "share", "present"]),
)
EXCEPTED = Simulation(
    tariff=ACT,
    choice=Choice(order=Order(mailboxes_5go=3, demarches_simplifiees=True)),
    group=Group(
        of=ARTOIS,
        without=frozenset({"62063", "62070"}),
        asks="same",
        own=(
            Own(code="62042", inhabitants=1_500, agents=30),
            Own(code="62099", quantities=(("mailboxes_5go", 0), ("demarches_simplifiees", 0), ("domains", 2))),
        ),
    ),
)
LISTED = Simulation(tariff=ACT, group=Group(of=LIST, listed=("62727", "62041", "62063"), asks="own"))


def opened(query: str) -> Opened:
    return LINKS.read(parse_qs(query, keep_blank_values=True))


def told(query: str) -> list[str]:
    return [plain(each.words()) for each in opened(query).ignored]


@given(GROUPS)
@settings(max_examples=60)
@example(EXCEPTED)
@example(LISTED)
@example(Simulation(group=Group()))
def test_any_group_is_read_back_from_its_link(simulation: Simulation) -> None:
    assert LINKS.holds(simulation)
    assert LINKS.read(LINKS.write(simulation)) == Opened(simulation=simulation)
    assert opened(LINKS.query(simulation)).simulation == simulation


def test_a_link_reads_in_french() -> None:
    assert LINKS.query(EXCEPTED).partition("&")[2] == (
        "tarif=2024-03-26&groupe=200069482&sauf=62063.62070&chacune=meme"
        "&propre=62042_hab-1500_ag-30&propre=62099_5go-0_demar-non_dom-2&messagerie-5go=3&demarches=oui"
    )
    assert LINKS.query(LISTED).partition("&")[2] == (
        "tarif=2024-03-26&groupe=liste&communes=62727.62041.62063&chacune=propre"
    )


# Room


def excepted(count: int, group: Group) -> Simulation:
    own = tuple(Own(code=code, agents=30, quantities=(("mailboxes_5go", 12),)) for code in sorted(COMMUNES)[:count])
    return EXCEPTED.model_copy(update={"group": group.model_copy(update={"own": own})})


def test_a_list_of_all_communes_fits_the_link() -> None:
    everyone = Simulation(group=Group(of=LIST, listed=tuple(COMMUNES), without=frozenset([*COMMUNES][:40])))
    assert LINKS.holds(everyone)
    assert opened(LINKS.query(everyone)) == Opened(simulation=everyone)


@pytest.mark.parametrize("group", [Group(), Group(of=LIST, listed=tuple(COMMUNES))])
def test_exceptions_beyond_the_room_are_known_not_to_be_held_and_the_first_are_written(group: Group) -> None:
    most = max(count for count in range(len(COMMUNES)) if LINKS.holds(excepted(count, group)))
    assert opened(LINKS.query(excepted(most, group))).simulation == excepted(most, group)
    beyond = excepted(most + 300, group)
    assert not LINKS.holds(beyond)
    assert len(LINKS.query(beyond)) <= ROOM + LINKS.longest - SITE
    assert opened(LINKS.query(beyond)) == Opened(simulation=excepted(most, group))


def test_a_list_too_long_for_the_link_loses_only_what_it_leaves_out_anyway() -> None:
    left_out = frozenset([*COMMUNES][:400])
    many = Simulation(group=Group(of=LIST, listed=tuple(COMMUNES), without=left_out))
    assert not LINKS.holds(many)
    kept = tuple(code for code in COMMUNES if code not in left_out)
    group = opened(LINKS.query(many)).simulation.group
    assert group == Group(of=LIST, listed=kept)
    assert group
    assert [each.code for each in belonging(group, COMMUNES)] == [*kept]


# Damage


@pytest.mark.parametrize("simulation", [EXCEPTED, LISTED], ids=["an EPCI", "a list"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_the_damage_of_mail_programs_is_repaired(damage: str, simulation: Simulation) -> None:
    mend: Callable[[str], str] = DAMAGE[damage]
    result = opened(mend(LINKS.query(simulation)))
    assert (result.simulation, result.ignored, result.cut) == (simulation, (), False)


@pytest.mark.parametrize("simulation", [EXCEPTED, LISTED], ids=["an EPCI", "a list"])
def test_a_link_cut_anywhere_is_noticed(simulation: Simulation) -> None:
    never_another_when_cut(LINKS.query(simulation), simulation)


@pytest.mark.parametrize("lost", ["&groupe=200069482", "&sauf=62063.62070", "&propre=62042_hab-1500_ag-30", "_ag-30"])
def test_a_link_that_lost_a_part_is_reported_as_cut(lost: str) -> None:
    assert opened(LINKS.query(EXCEPTED).replace(lost, "")).cut


# Parts that cannot be read

NONE = "aucune commune du département n'a ce code"
OF_ONE = "ne compte pas pour plusieurs communes"
ALONE = "sans le groupe, ne compte pas"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("groupe=62&propre=62063_ag-0", []),
        ("groupe=123456789", ["groupe « 123456789 » (aucune intercommunalité du département n'a ce numéro)"]),
        ("groupe=artois", ["groupe « artois » (aucune intercommunalité du département n'a ce numéro)"]),
        ("groupe=62&groupe=liste&communes=62063", ["groupe « 62 » (répété, la dernière valeur compte)"]),
        ("groupe=liste&communes=62063.62999", [f"communes « 62999 » ({NONE})"]),
        ("groupe=liste&communes=62063.Ruitz", ["communes « Ruitz » (ce n'est pas un code de commune)"]),
        ("groupe=liste&communes=62063.62063", ["communes « 62063 » (répété)"]),
        ("groupe=62&communes=62063", ["communes « 62063 » (ne compte que pour une liste)"]),
        ("groupe=62&sauf=59350", [f"sauf « 59350 » ({NONE})"]),
        ("groupe=62&chacune=toutes", ["chacune « toutes » (il faut meme ou propre)"]),
        ("groupe=62&propre=62999_ag-1", [f"propre « 62999_ag-1 » ({NONE})"]),
        ("groupe=62&propre=62063", ["propre « 62063 » (n'a pas pu être lu)"]),
        ("groupe=62&propre=62063_zz-1", ["propre 62063 « zz-1 » (n'a pas pu être lu)"]),
        ("groupe=62&propre=62063_mois-3", ["propre 62063 « mois-3 » (n'a pas pu être lu)"]),
        ("groupe=62&propre=62063_5go", ["propre 62063 « 5go » (n'a pas pu être lu)"]),
        ("groupe=62&propre=62063_ag-x", ["propre 62063 « ag-x » (il faut un nombre entier)"]),
        ("groupe=62&propre=62063_5go-50001", ["propre 62063 « 5go-50001 » (il faut un nombre entre 0 et 50 000)"]),
        ("groupe=62&propre=62063_demar-2", ["propre 62063 « demar-2 » (il faut oui ou non)"]),
        ("groupe=62&propre=62063_ag-1_ag-2", ["propre 62063 « ag-2 » (répété, la dernière valeur compte)"]),
        (
            "groupe=62&propre=62063_ag-1&propre=62063_ag-2",
            ["propre « 62063 » (répété, la dernière valeur compte)"],
        ),
        (
            "groupe=62&commune=62063&agents=4&scenario=dom-1~A",
            [f"commune « 62063 » ({OF_ONE})", f"agents « 4 » ({OF_ONE})", f"scenario « dom-1~A » ({OF_ONE})"],
        ),
        ("sauf=62063&chacune=meme&domaines=1", [f"sauf « 62063 » ({ALONE})", f"chacune « meme » ({ALONE})"]),
        ("propre=62063_ag-1&domaines=1", [f"propre « 62063_ag-1 » ({ALONE})"]),
    ],
)
def test_parts_that_cannot_be_read_are_told_in_french(query: str, words: list[str]) -> None:
    assert told(query) == words


@pytest.mark.parametrize(
    ("query", "group"),
    [
        ("groupe=62&sauf=62999.62063", Group(without=frozenset({"62063"}))),
        ("communes=62063", Group(of=LIST, listed=("62063",))),
        ("groupe=perdu&communes=62063", Group(of=LIST, listed=("62063",))),
        ("groupe=liste&communes=62063,62070%2062727", Group(of=LIST, listed=("62063", "62070", "62727"))),
        ("groupe=liste", Group(of=LIST)),
        ("groupe=62&propre=62070_ag-3&propre=62063_ag-x_dom-0", Group(own=(
            Own(code="62063", quantities=(("domains", 0),)), Own(code="62070", agents=3),
        ))),
        ("groupe=62&propre=62063_ag-1&propre=62063_ag-2", Group(own=(Own(code="62063", agents=2),))),
        ("groupe=perdu&domaines=1", None),
    ],
)  # fmt: skip
def test_what_can_be_read_is_kept(query: str, group: Group | None) -> None:
    assert opened(query).simulation.group == group


@given(st.dictionaries(st.sampled_from(["groupe", "communes", "sauf", "chacune", "propre"]), st.lists(st.text())))
@settings(max_examples=80)
def test_junk_is_never_raised(junk: dict[str, list[str]]) -> None:
    LINKS.read({**junk, "domaines": ["1"]})
    LINKS.read({**junk, "groupe": ["62"]})


def test_one_client_has_nothing_of_a_group_in_its_link() -> None:
    one = EXCEPTED.model_copy(update={"group": None})
    assert "groupe" not in LINKS.query(one)
    assert LINKS.holds(one)
