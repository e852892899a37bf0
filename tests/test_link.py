"""The link is the file: what is written is read back, old links keep their meaning, junk is reported, never raised."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pricing import Catalogue, Client, Order, estimate, load
from pricing.link import MAX_LINK, SITE, Opened, query, read, write
from pricing.options import compare
from pricing.order import CHOICES, ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY, Structure
from pricing.repair import known_name
from pricing.simulation import (
    MAX_CLIENT_NAME,
    MAX_NAME,
    MAX_SCENARIOS,
    Choice,
    Scenario,
    Simulation,
    fitting,
    name_client,
    name_fits,
    tidy,
)
from tests.french import plain
from tests.test_catalogue import ADOPTED, FILE, SECOND

GOLDEN: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "links.toml").read_text(encoding="utf-8"))["link"]
ACT = date(2024, 3, 26)
FULLEST = Order.model_validate({item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS})


def opened(address: str) -> Opened:
    """Open a query string as Streamlit parses it."""
    return read(parse_qs(address, keep_blank_values=True), lambda day: day == ACT)


def told(address: str) -> list[str]:
    """Return the messages on the ignored parts of a query string."""
    return [plain(ignored.words()) for ignored in opened(address).ignored]


# Any simulation

CLIENTS = st.builds(
    Client,
    structure=st.sampled_from(["commune", "epci", "other"]),
    inhabitants=st.none() | st.integers(0, MAX_INHABITANTS),
    agents=st.none() | st.integers(0, MAX_AGENTS),
)
ORDERS = st.builds(
    Order,
    **{item: st.booleans() if item in CHOICES else st.just(0) | st.integers(0, MAX_QUANTITY) for item in ITEMS},
)
CHOICES_MADE = st.builds(
    Choice, client=CLIENTS, order=ORDERS, commune=st.just("") | st.from_regex(r"62[0-9]{3}", fullmatch=True)
).map(
    lambda choice: choice if choice.client.structure == "commune" else choice.model_copy(update={"commune": ""}),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NAMES = (WORDS | st.text("~_-&=+%#?éœ ’🙂\u200f\u202e\u0000<>", max_size=60)).filter(name_fits)
SCENARIOS = st.builds(Scenario, name=NAMES, choice=CHOICES_MADE)


def with_what_the_link_holds_of_its_name(simulation: Simulation) -> Simulation:
    """Shorten the client's name to what fits the link: nothing for a commune, or beside the largest orders."""
    [name] = write(simulation).get("nom", [""])
    return simulation.model_copy(update={"name": tidy(name)})


SIMULATIONS = st.builds(
    Simulation,
    tariff=st.none() | st.dates(),
    choice=CHOICES_MADE,
    name=st.just("") | NAMES,
    scenarios=st.lists(SCENARIOS, max_size=MAX_SCENARIOS, unique=True).map(tuple),
    presentation=st.booleans(),
).map(with_what_the_link_holds_of_its_name)


@given(SIMULATIONS)
@settings(max_examples=60)
def test_any_simulation_is_read_back_as_it_was_written(simulation: Simulation) -> None:
    assert read(parse_qs(query(simulation), keep_blank_values=True)) == Opened(simulation=simulation)


@given(SIMULATIONS)
@settings(max_examples=20)
def test_parameters_are_read_the_same_as_their_query_string(simulation: Simulation) -> None:
    assert read(write(simulation)) == Opened(simulation=simulation)
    assert parse_qs(query(simulation), keep_blank_values=True) == write(simulation)


@given(SIMULATIONS)
@settings(max_examples=30)
def test_any_simulation_fits_the_link(simulation: Simulation) -> None:
    assert SITE + len(query(simulation)) <= MAX_LINK


def fullest(structure: Structure, names: Sequence[str], client_name: str = "") -> Simulation:
    """Build the longest simulation of a kind of body, with four scenarios of the largest orders under these names."""
    client = Client(structure=structure, inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
    choice = Choice(client=client, order=FULLEST, commune="62727" if structure == "commune" else "")
    orders = [FULLEST.model_copy(update={"domains": MAX_QUANTITY - rank}) for rank in range(len(names))]
    return Simulation(
        tariff=ACT,
        choice=choice,
        name=client_name,
        scenarios=tuple(
            Scenario(name=name, choice=choice.model_copy(update={"order": order}))
            for name, order in zip(names, orders, strict=True)
        ),
        presentation=True,
    )


LONGEST = ["x" * MAX_NAME] * MAX_SCENARIOS
ACCENTED = ["É" * (MAX_NAME // 6), "🙂" * (MAX_NAME // 12), "x" * MAX_NAME, f"{'œ' * (MAX_NAME // 6)}%"[:-1]]


@pytest.mark.parametrize("structure", ["commune", "epci", "other"])
def test_the_longest_possible_simulation_fits_the_link(structure: Structure) -> None:
    for names in (LONGEST, ACCENTED, [*LONGEST[1:], f"{'x' * (MAX_NAME - 3)}%"]):
        simulation = fullest(structure, names, "y" * MAX_NAME)
        assert len(query(simulation)) <= MAX_LINK - SITE
        result = opened(query(simulation))
        assert (result.cut, result.ignored) == (False, ())
        assert result.simulation.scenarios == simulation.scenarios


def test_a_name_beside_the_largest_orders_keeps_the_beginning_that_fits() -> None:
    room = MAX_LINK - SITE - len(query(fullest("other", LONGEST))) - len("&nom=")
    whole = "CCAS de " + "Z" * MAX_CLIENT_NAME
    simulation = fullest("other", LONGEST, fitting(whole, MAX_CLIENT_NAME))
    [kept] = write(simulation)["nom"]
    assert 20 < len(kept) <= room < MAX_NAME
    assert whole.startswith(kept)
    assert opened(query(simulation)) == Opened(simulation=simulation.model_copy(update={"name": kept}))


def test_four_full_scenarios_of_a_town_leave_room_in_the_link() -> None:
    client = Client(inhabitants=42_875, agents=350)
    order = Order.model_validate({item: True if item in CHOICES else 99 for item in ITEMS})
    choice = Choice(client=client, order=order, commune="62041")
    name = "Hypothèse élevée, avec sauvegarde"
    scenarios = tuple(Scenario(name=f"{name} {rank}", choice=choice) for rank in range(MAX_SCENARIOS))
    assert len(query(Simulation(tariff=ACT, choice=choice, scenarios=scenarios, presentation=True))) < 1_200


def test_defaults_are_not_written() -> None:
    assert write(Simulation()) == {}
    assert write(Simulation(tariff=ACT)) == {"signes": ["16"], "tarif": ["2024-03-26"]}
    assert query(Simulation()) == ""
    assert read({}) == Opened(simulation=Simulation())


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_is_in_the_query_string_only_when_it_is_ordered(item: str) -> None:
    order = Order.model_validate({item: True if item in CHOICES else 7})
    written = write(Simulation(choice=Choice(order=order)))
    assert list(written.values())[1:] == [["oui" if item in CHOICES else "7"]]


def test_zero_inhabitants_are_written_as_they_are_not_unknown() -> None:
    assert write(Simulation(choice=Choice(client=Client(inhabitants=0, agents=0)))) == {
        "signes": ["20"],
        "habitants": ["0"],
        "agents": ["0"],
    }


def test_the_parameters_are_always_in_the_same_order() -> None:
    choice = Choice(
        client=Client(structure="epci", inhabitants=1, agents=2),
        order=Order.model_validate({item: True if item in CHOICES else 3 for item in ITEMS}),
    )
    scenarios = (Scenario(name="A", choice=Choice()), Scenario(name="B", choice=Choice()))
    simulation = Simulation(tariff=ACT, choice=choice, name="Le SIVOM", scenarios=scenarios, presentation=True)
    assert list(write(simulation)) == [
        "signes", "tarif", "type", "habitants", "agents",
        "messagerie-5go", "messagerie-illimitee", "domaines", "pages",
        "cles-cdg-1an", "cles-cdg-2ans", "cles-cdg-3ans", "cles-site-1an", "cles-site-2ans", "cles-site-3ans",
        "sauvegardes", "stockage-go", "antivirus", "intervention", "demarches", "vue", "scenario", "nom",
    ]  # fmt: skip
    assert write(simulation)["scenario"] == ["~A", "~B"]
    backwards = dict(reversed(list(write(simulation).items())))
    assert query(read(backwards).simulation) == query(simulation)


# Names

CCAS = Choice(client=Client(structure="other"))


@pytest.mark.parametrize(
    "name",
    [
        "Sans sauvegarde", "a~b", "~", "~~~", "5go-3_5go-4", "a_b", "Mairie & école", "x=y", "1 + 1", "100 %", "#1",
        "?", "a;b", "« Élevé »", "L’été", "🙂", "👩\u200d🌾", "\u200fשלום", "مرحبا", "<b>gras</b>", "[x](javascript:1)",
        "$x$", ":material/home:", "1 250\u00a0€".replace("\u00a0", " "), "x" * MAX_NAME,
    ],
)  # fmt: skip
def test_a_name_is_read_back_as_it_was_given(name: str) -> None:
    simulation = Simulation(
        choice=CCAS, name=name, scenarios=(Scenario(name=name, choice=Choice(order=Order(domains=1))),)
    )
    assert opened(query(simulation)) == Opened(simulation=simulation)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("  deux   mots ", "deux mots"),
        ("une\nligne", "une ligne"),
        ("a\u00a0b\u2028c\td", "a b c d"),
        ("a\x00b\x07c\ufffed", "a b c d"),
        ("\u202etourné\u202c", "tourné"),
        ("\u2066isolé\u2069", "isolé"),
    ],
)
def test_a_name_is_tidied_so_that_it_stays_on_its_line(given_name: str, kept: str) -> None:
    assert tidy(given_name) == kept
    assert Scenario(name=given_name, choice=Choice()).name == kept
    assert Simulation(name=given_name).name == kept
    assert opened(f"type=autre&nom={quote_plus(given_name)}") == Opened(simulation=Simulation(choice=CCAS, name=kept))


@given(WORDS)
@settings(max_examples=50)
def test_a_tidied_name_stays_as_it_is(name: str) -> None:
    assert tidy(tidy(name)) == tidy(name)


@pytest.mark.parametrize("name", ["", "   ", "\n", "\x00", "\u202e", "x" * (MAX_NAME + 1), "é" * 14, "🙂" * 7])
def test_a_name_that_does_not_fit_the_link_is_refused_in_french(name: str) -> None:
    assert not name_fits(name)
    with pytest.raises(ValidationError, match="il faut un nom, assez court pour tenir dans le lien"):
        Scenario(name=name, choice=Choice())


def test_a_client_may_have_no_name_but_none_that_does_not_fit() -> None:
    assert Simulation(name="").name == ""
    for name in (" ", "x" * (MAX_CLIENT_NAME + 1)):
        with pytest.raises(ValidationError, match="il faut un nom, assez court pour tenir dans le lien"):
            Simulation(name=name)


@pytest.mark.parametrize(
    ("name", "beginning"), [("x" * 161, "x" * 160), ("é" * 27, "é" * 26), (f"{'x' * 159} y", "x" * 159), ("", "")]
)
def test_a_name_too_long_keeps_the_beginning_that_fits(name: str, beginning: str) -> None:
    assert fitting(name, MAX_CLIENT_NAME) == beginning
    assert fitting("é", 5) == fitting("x", 0) == ""
    assert opened(f"type=autre&nom={quote_plus(name)}").simulation.name == beginning


def test_a_fifth_scenario_is_refused() -> None:
    with pytest.raises(ValidationError):
        Simulation(scenarios=(Scenario(name="x", choice=Choice()),) * (MAX_SCENARIOS + 1))


# Any query string

JUNK = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["", " ", "oui", "non", "1", "-1", "1e999", "inf", "nan", "9" * 900, "0x10", "1,5", "1.5", "٣", "²", "2024-03-26",
     "2024-02-30", "9999-99-99", "<script>", "~", "_", "hab-1~", "hab-~x", "5go-1_5go-2~x", "x" * 900]
)  # fmt: skip
PARAMETERS = st.sampled_from(
    ["tarif", "type", "commune", "habitants", "agents", "vue", "scenario", "embed", "messagerie-5go", "intervention"]
)


@given(st.dictionaries(PARAMETERS | st.text(max_size=20), st.lists(JUNK, max_size=6), max_size=8))
@example({"habitants": ["9" * 100_000]})
@example({"scenario": ["~" * 100_000]})
@example({"scenario": ["_" * 10_000 + "~x"]})
@example({"scenario": [f"hab-{'9' * 10_000}~x"]})
@example({"tarif": ["\ud800"], "scenario": ["dom-1~\ud800"], "\ud800": ["\ud800"]})
@example({"\x00\x1b[31m": ["\x00"]})
@settings(max_examples=100)
def test_any_parameters_are_read_and_their_simulation_fits_a_link(address: dict[str, list[str]]) -> None:
    result = read(address, lambda day: day == ACT)
    assert opened(query(result.simulation)) == Opened(simulation=result.simulation)
    for ignored in result.ignored:
        assert ignored.words().isprintable() or "\u00a0" in ignored.words()
        assert len(ignored.words()) < 250


@given(st.dictionaries(st.text(max_size=20), st.lists(JUNK, max_size=3), max_size=5))
@settings(max_examples=40)
def test_a_simulation_is_kept_beside_any_junk(junk: dict[str, list[str]]) -> None:
    kept = Choice(client=Client(inhabitants=1_250), order=Order(mailboxes_5go=4, demarches_simplifiees=True))
    simulation = Simulation(tariff=ACT, choice=kept, scenarios=(Scenario(name="Un", choice=kept),))
    address = {name: values for name, values in junk.items() if known_name(name) not in GRAMMAR} | write(simulation)
    result = read(address)
    assert result.simulation == simulation
    told_of = {name for name, values in junk.items() if values and known_name(name) not in GRAMMAR}
    assert len(result.ignored) == sum(len(values) for name, values in junk.items() if name in told_of)


GRAMMAR = {
    *write(fullest("commune", ["x"])),
    *write(fullest("epci", ["x"], "x")),
    "embed",
    "embed_options",
}
"""Every parameter that means something."""


@given(st.sampled_from(["scenario"]), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=40)
def test_junk_in_a_scenario_does_not_affect_the_others(name: str, parts: str, words: str) -> None:
    result = read({name: ["dom-1~Un", f"{parts}~{words}", "dom-3~Trois"]})
    assert [each.name for each in result.simulation.scenarios if each.name in ("Un", "Trois")] == ["Un", "Trois"]


WHOLE = "il faut un nombre entier"
BOUNDED = "il faut un nombre entre 0 et 50 000"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("habitants=abc", [f"habitants « abc » ({WHOLE})"]),
        ("habitants=", [f"habitants sans valeur ({WHOLE})"]),
        ("habitants=1,5", [f"habitants « 1,5 » ({WHOLE})"]),
        ("habitants=1e3", [f"habitants « 1e3 » ({WHOLE})"]),
        ("habitants=%2B5", [f"habitants « +5 » ({WHOLE})"]),
        ("habitants=inf", [f"habitants « inf » ({WHOLE})"]),
        ("habitants=%D9%A3", [f"habitants « ٣ » ({WHOLE})"]),
        ("habitants=--5", [f"habitants « --5 » ({WHOLE})"]),
        ("habitants=2000001", ["habitants « 2000001 » (il faut un nombre entre 0 et 2 000 000)"]),
        ("agents=50001", [f"agents « 50001 » ({BOUNDED})"]),
        ("domaines=-1", [f"domaines « -1 » ({BOUNDED})"]),
        ("domaines=" + "9" * 31, [f"domaines « {'9' * 29}… » ({BOUNDED})"]),
        ("domaines=1&domaines=2&domaines=3", [
            "domaines « 1 » (répété, la dernière valeur compte)",
            "domaines « 2 » (répété, la dernière valeur compte)",
        ]),
        ("demarches=1", ["demarches « 1 » (il faut oui ou non)"]),
        ("intervention=OUIS", ["intervention « OUIS » (il faut oui ou non)"]),
        ("type=mairie", ["type « mairie » (ce type de structure n'existe pas)"]),
        ("commune=Ruitz", ["commune « Ruitz » (ce n'est pas un code de commune)"]),
        ("tarif=2024-02-30", ["tarif « 2024-02-30 » (ce n'est pas une date ; le tarif en vigueur est appliqué)"]),
        ("tarif=26/03/2024", ["tarif « 26/03/2024 » (ce n'est pas une date ; le tarif en vigueur est appliqué)"]),
        ("tarif=2024-03-27", ["tarif « 2024-03-27 » (aucun tarif de cette date ; le tarif en vigueur est appliqué)"]),
        ("type=autre&nom=", ["nom sans valeur (il faut un nom)"]),
        ("type=autre&nom=%20%0A", ["nom sans valeur (il faut un nom)"]),
        ("type=autre&nom=" + "x" * 161, [f"nom « {'x' * 29}… » (nom trop long, raccourci)"]),
        ("type=autre&nom=A&nom=B", ["nom « A » (répété, la dernière valeur compte)"]),
        ("vue=impression", ["vue « impression » (cette vue n'existe pas)"]),
        ("prix=0", ["prix « 0 » (ce paramètre n'existe pas)"]),
        ("<script>=1", ["<script> « 1 » (ce paramètre n'existe pas)"]),
        ("Habitant=5", ["Habitant « 5 » (ce paramètre n'existe pas)"]),
        ("embedded=1", ["embedded « 1 » (ce paramètre n'existe pas)"]),
        ("embed=true&embed_options=dark_theme", []),
        ("scenario=", ["scenario sans valeur (n'a pas pu être lu)"]),
        ("scenario=rien", ["scenario « rien » (n'a pas pu être lu)"]),
        ("scenario=rien~Nom", ["scenario « rien~Nom » (n'a pas pu être lu)"]),
        ("scenario=dom-1", ["scenario « Scénario 1 » « dom-1 » (sans nom)"]),
        ("scenario=dom-1~" + "x" * 81, [f"scenario « {'x' * 29}… » « {'x' * 29}… » (nom trop long, raccourci)"]),
        ("scenario=dom-1_dom-2~A", ["scenario « A » domaines « 1 » (répété, la dernière valeur compte)"]),
        ("scenario=dom-1_5go~A", ["scenario « A » « 5go » (n'a pas pu être lu)"]),
        ("scenario=dom-x_5go-1~A", [f"scenario « A » domaines « x » ({WHOLE})"]),
        ("scenario=dom-1_insee-0~A", ["scenario « A » commune « 0 » (ce n'est pas un code de commune)"]),
        ("habitants=%0A%1B%5B31m5%00", [f"habitants « [31m5 » ({WHOLE})"]),
        ("habitants=%E2%80%AEabc", [f"habitants « abc » ({WHOLE})"]),
    ],
)  # fmt: skip
def test_the_ignored_parts_are_reported_in_french(address: str, words: list[str]) -> None:
    assert told(address) == words


@pytest.mark.parametrize("written", ["1250", " 1250 ", "1 250", "1\u00a0250", "1\u202f250", "01250"])
def test_a_number_is_read_in_every_french_notation(written: str) -> None:
    assert opened(f"habitants={quote_plus(written)}").simulation.choice.client.inhabitants == 1_250
    assert told(f"habitants={quote_plus(written)}") == []


def test_white_space_added_by_a_mail_program_does_not_lose_the_tariff() -> None:
    assert opened("tarif=2024-03-26%20&vue=presentation%0A") == Opened(
        simulation=Simulation(tariff=ACT, presentation=True)
    )


def test_an_unknown_commune_is_reported_and_the_rest_is_kept() -> None:
    result = read(
        {"commune": ["59350"], "habitants": ["12"], "scenario": ["insee-62999_dom-1~A"]},
        populations={"62727": 1_478},
    )
    assert [ignored.words() for ignored in result.ignored] == [
        "commune « 59350 » (aucune commune du département n'a ce code)",
        "scenario « A » commune « 62999 » (aucune commune du département n'a ce code)",
    ]
    assert result.simulation.choice == Choice(client=Client(inhabitants=12))
    assert result.simulation.scenarios[0].choice == Choice(order=Order(domains=1))
    assert read({"commune": ["62727"]}, populations={"62727": 1_478}).simulation.choice.commune == "62727"


def test_the_readable_parts_of_a_scenario_are_kept() -> None:
    [scenario] = opened("scenario=hab-mille_5go-4_zz_demar-peut%C3%AAtre_av-3~Mixte").simulation.scenarios
    assert scenario == Scenario(name="Mixte", choice=Choice(order=Order(mailboxes_5go=4, antivirus_devices=3)))


def test_a_name_too_long_is_cut_where_it_fits() -> None:
    [scenario] = opened(f"scenario=dom-1~{quote_plus('é' * 40)}").simulation.scenarios
    assert scenario.name == "é" * (MAX_NAME // 6)


@pytest.mark.parametrize(
    "name",
    [
        "Communauté d'agglomération de Béthune-Bruay, Artois Lys Romane",
        "Centre intercommunal d'action sociale de la communauté de communes Pays d'Opale",
        "Syndicat mixte pour l'aménagement et la gestion des eaux du bassin côtier du Boulonnais et de la Liane",
    ],
)
def test_the_name_of_a_public_body_is_whole_in_a_link(name: str) -> None:
    assert opened(query(name_client(Simulation(choice=CCAS), name))).simulation.name == name


# Old links


@pytest.mark.parametrize("link", GOLDEN, ids=[link["what"] for link in GOLDEN])
def test_an_old_link_opens_what_it_always_opened(link: dict[str, Any], catalogue: Catalogue) -> None:
    days = {tariff.adopted for tariff in catalogue.tariffs}
    result = read(parse_qs(link["query"], keep_blank_values=True), days.__contains__)
    assert result.simulation == Simulation(
        tariff=link.get("tariff"),
        choice=choice_of(link),
        name=link.get("name", ""),
        scenarios=tuple(Scenario(name=each["name"], choice=choice_of(each)) for each in link.get("scenarios", [])),
        presentation=link.get("presentation", False),
    )
    assert [plain(ignored.words()) for ignored in result.ignored] == link.get("ignored", [])
    assert (result.cut, result.nothing, result.repaired, result.refused) == (False, False, False, "")


def choice_of(written: dict[str, Any]) -> Choice:
    """Return the choice of an entry of links.toml."""
    return Choice(
        client=Client.model_validate(written.get("client", {})),
        order=Order.model_validate(written.get("order", {})),
        commune=written.get("commune", ""),
    )


def test_the_old_links_are_of_every_kind() -> None:
    assert len(GOLDEN) >= 20
    assert len({link["query"] for link in GOLDEN}) == len(GOLDEN)
    keys = {"what", "query", "tariff", "client", "order", "commune", "name", "presentation", "scenarios", "ignored"}
    assert all(set(link) <= keys for link in GOLDEN)
    assert {name for link in GOLDEN for name in parse_qs(link["query"], keep_blank_values=True)} >= GRAMMAR - {
        "embed_options"
    }
    assert set().union(*(link.get("order", {}) for link in GOLDEN)) == set(ITEMS)


def test_the_page_still_writes_the_links_it_wrote() -> None:
    written = [link for link in GOLDEN if "tariff" in link and "ignored" not in link]
    marked = [link["query"] for link in written if link["query"].startswith("signes=")]
    old = [link["query"] for link in written if not link["query"].startswith("signes=")]
    assert len(marked) >= 5
    assert [query(opened(each).simulation) for each in marked] == marked
    same = [each for each in old if query(opened(each).simulation) == f"signes={len(each)}&{each}"]
    # Two were typed by hand: a number with a space, and « non » as a word.
    assert len(same) == len(old) - 2 >= 15


# An old tariff


@pytest.fixture
def two_acts(tmp_path: Path) -> Catalogue:
    """Load the adopted act, and a made-up later one."""
    (tmp_path / FILE).write_text(ADOPTED, encoding="utf-8")
    (tmp_path / "2026-11-30.toml").write_text(SECOND, encoding="utf-8")
    return load(tmp_path)


def test_an_old_link_keeps_its_own_tariff_and_its_figures(two_acts: Catalogue) -> None:
    days = {tariff.adopted for tariff in two_acts.tariffs}
    address = "tarif=2024-03-26&habitants=1250&messagerie-5go=4&domaines=2"
    simulation = read(parse_qs(address), days.__contains__).simulation
    in_force = two_acts.in_force(date(2027, 6, 1))
    assert simulation.tariff == ACT
    assert in_force.adopted != ACT
    choice = simulation.choice
    old = estimate(choice.client, choice.order, two_acts.adopted(ACT))
    assert plain(old.answers.recurring.words()) == "160,00 €"
    new = compare(estimate(choice.client, choice.order, in_force), old)
    assert plain(new.recurring.words()) == "+13,00 €"
    assert query(simulation) == f"signes={len(address)}&{address}"


def test_a_link_to_the_newer_act_is_read_once_the_act_is_adopted(two_acts: Catalogue) -> None:
    days = {tariff.adopted for tariff in two_acts.tariffs}
    assert read({"tarif": ["2026-11-30"]}, days.__contains__).simulation.tariff == date(2026, 11, 30)
    assert told("tarif=2026-11-30") == [
        "tarif « 2026-11-30 » (aucun tarif de cette date ; le tarif en vigueur est appliqué)"
    ]
