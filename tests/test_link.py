"""The link is the file: what is written is read back, old links keep their meaning, junk is reported, never raised."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qs, quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pricing import Catalogue, Client, Order, load
from pricing.group import LIST, Group, Own
from pricing.link import SITE, Links, Opened
from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_PAID_TODAY, MAX_QUANTITY, Structure
from pricing.simulation import (
    MAX_CLIENT_NAME,
    MAX_NAME,
    MAX_SCENARIOS,
    Choice,
    Scenario,
    Simulation,
    View,
    fitting,
    name_client,
    name_fits,
    tidy,
)
from tests.french import plain
from tests.links import CHOICES, ITEMS, LINKS, MAX_LINK, MAX_READ, SERVICES, query, read, write

GOLDEN: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "links.toml").read_text(encoding="utf-8"))["link"]
ACT = date(2024, 3, 26)
LONGEST_VIEW: View = "present-scenarios"
POPULATIONS = {"62727": 1_478, "62041": 42_875}
NEAR = Links(load().tariffs, POPULATIONS)
"""Links that know two communes."""


def opened(address: str, populations: dict[str, int] | None = None) -> Opened:
    """Open a query string as Streamlit parses it."""
    return (NEAR if populations else LINKS).read(parse_qs(address, keep_blank_values=True))


def told(address: str, populations: dict[str, int] | None = None) -> list[str]:
    """Return the messages on the ignored parts of a query string."""
    return [plain(ignored.words()) for ignored in opened(address, populations).ignored]


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
    Choice,
    client=CLIENTS,
    order=ORDERS,
    commune=st.just("") | st.from_regex(r"62[0-9]{3}", fullmatch=True),
    in_place=st.frozensets(st.sampled_from(SERVICES)),
    paid_today=st.none() | st.integers(0, MAX_PAID_TODAY),
    month=st.none() | st.integers(1, 12),
).map(lambda choice: choice if choice.client.structure == "commune" else choice.model_copy(update={"commune": ""}))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NAMES = (WORDS | st.text("~_-&=+%#?éœ ’🙂\u200f\u202e\u0000<>", max_size=60)).filter(name_fits)


def with_what_the_link_holds_of_its_name(simulation: Simulation) -> Simulation:
    """Shorten the client's name to what fits the link: nothing for a commune, or beside the largest orders."""
    [name] = write(simulation).get("nom", [""])
    return simulation.model_copy(update={"name": tidy(name)})


SIMULATIONS = st.builds(
    Simulation,
    tariff=st.none() | st.just(ACT),
    choice=CHOICES_MADE,
    name=st.just("") | NAMES,
    scenarios=st.lists(
        st.builds(Scenario, name=NAMES, choice=CHOICES_MADE), max_size=MAX_SCENARIOS, unique=True
    ).map(tuple),
    view=st.sampled_from(get_args(View)),
).map(with_what_the_link_holds_of_its_name)  # fmt: skip


@given(SIMULATIONS)
@settings(max_examples=60)
def test_any_simulation_is_read_back_from_a_link_that_is_not_too_long(simulation: Simulation) -> None:
    address = query(simulation)
    assert SITE + len(address) <= MAX_LINK
    assert parse_qs(address, keep_blank_values=True) == write(simulation)
    assert read(write(simulation)) == Opened(simulation=simulation)


def test_an_empty_simulation_has_no_query_string() -> None:
    assert write(Simulation()) == {}
    assert query(Simulation()) == ""
    assert read({}) == Opened(simulation=Simulation())


def fullest(structure: Structure, names: list[str], client_name: str = "") -> Simulation:
    """Build the longest simulation of a kind of body, with scenarios of the largest orders under these names."""
    client = Client(structure=structure, inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS)
    order = Order.model_validate({item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS})
    choice = Choice(
        client=client,
        order=order,
        commune="62727" if structure == "commune" else "",
        in_place=frozenset(SERVICES),
        paid_today=MAX_PAID_TODAY,
        month=12,
    )
    scenarios = tuple(Scenario(name=name, choice=choice) for name in names)
    return Simulation(tariff=ACT, choice=choice, name=client_name, scenarios=scenarios, view=LONGEST_VIEW)


FULL_GROUP = Group(
    of=LIST, listed=("62727",), without=frozenset({"62041"}), asks="own", own=(Own(code="62727", agents=1),)
)
GRAMMAR = {
    *write(fullest("commune", ["x"])),
    *write(fullest("epci", ["x"], "x")),
    *write(Simulation(group=FULL_GROUP)),
    "embed",
    "embed_options",
}
"""Every parameter that means something."""
LONGEST = [f"{rank}{'x' * (MAX_NAME - 1)}" for rank in range(MAX_SCENARIOS)]
ACCENTED = ["É" * (MAX_NAME // 6), "🙂" * (MAX_NAME // 12), "x" * MAX_NAME, "œ" * (MAX_NAME // 6)]


@pytest.mark.parametrize("structure", ["commune", "epci", "other"])
@pytest.mark.parametrize("names", [LONGEST, ACCENTED, [*LONGEST[1:], f"{'x' * (MAX_NAME - 3)}%"]])
def test_the_longest_possible_simulation_fits_the_link(structure: Structure, names: list[str]) -> None:
    simulation = fullest(structure, names, "y" * MAX_NAME)
    assert len(query(simulation)) <= MAX_LINK - SITE
    result = opened(query(simulation))
    assert (result.cut, result.ignored, result.simulation.scenarios) == (False, (), simulation.scenarios)


def test_a_name_beside_the_largest_orders_keeps_the_beginning_that_fits() -> None:
    links = Links([load().adopted(ACT)])  # another act leaves more room than an order of this one needs
    room = links.longest - SITE - len(links.query(fullest("other", LONGEST))) - len("&nom=")
    whole = "CCAS de " + "Z" * MAX_CLIENT_NAME
    simulation = fullest("other", LONGEST, fitting(whole, MAX_CLIENT_NAME))
    [kept] = links.write(simulation)["nom"]
    assert 20 < len(kept) <= room < MAX_NAME
    assert whole.startswith(kept)
    assert opened(links.query(simulation)) == Opened(simulation=simulation.model_copy(update={"name": kept}))


# Names

CCAS = Choice(client=Client(structure="other"))


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
    assert Scenario(name=given_name, choice=Choice()).name == kept
    assert Simulation(name=given_name).name == kept
    assert opened(f"type=autre&nom={quote_plus(given_name)}") == Opened(simulation=Simulation(choice=CCAS, name=kept))


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
    [scenario] = opened(f"scenario=dom-1~{quote_plus('é' * 40)}").simulation.scenarios
    assert scenario.name == "é" * (MAX_NAME // 6)


@pytest.mark.parametrize(
    "name",
    [
        "Centre intercommunal d'action sociale de la communauté de communes Pays d'Opale",
        "Syndicat mixte pour l'aménagement et la gestion des eaux du bassin côtier du Boulonnais et de la Liane",
    ],
)
def test_the_name_of_a_public_body_is_whole_in_a_link(name: str) -> None:
    assert opened(query(name_client(Simulation(choice=CCAS), name))).simulation.name == name


def test_another_body_has_no_commune_and_a_commune_has_no_name() -> None:
    assert opened("type=autre&commune=62727&agents=4", POPULATIONS) == Opened(
        simulation=Simulation(choice=Choice(client=Client(structure="other", agents=4)))
    )
    assert opened("commune=62727&nom=Ruitz") == Opened(simulation=Simulation(choice=Choice(commune="62727")))
    odd = Choice(client=Client(structure="epci"), order=Order(domains=1), commune="62727")
    assert "62727" not in query(Simulation(choice=odd, scenarios=(Scenario(name="A", choice=odd),)))
    assert "nom=" not in query(Simulation(choice=Choice(commune="62727"), name="Ruitz"))


def test_a_fifth_scenario_is_refused() -> None:
    with pytest.raises(ValidationError):
        Simulation(scenarios=(Scenario(name="x", choice=Choice()),) * (MAX_SCENARIOS + 1))


# Parts that cannot be read

WHOLE = "il faut un nombre entier"
BOUNDED = "il faut un nombre entre 0 et 50 000"
BEGINNING = f"« {'x' * 29}… »"
TWICE = "répété, la dernière valeur compte"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("habitants=abc", [f"habitants « abc » ({WHOLE})"]),
        ("habitants=", [f"habitants sans valeur ({WHOLE})"]),
        ("habitants=1,5", [f"habitants « 1,5 » ({WHOLE})"]),
        ("habitants=1.250", [f"habitants « 1.250 » ({WHOLE})"]),
        ("habitants=1e3", [f"habitants « 1e3 » ({WHOLE})"]),
        ("habitants=%2B5", [f"habitants « +5 » ({WHOLE})"]),
        ("habitants=%D9%A3", [f"habitants « ٣ » ({WHOLE})"]),
        ("habitants=--5", [f"habitants « --5 » ({WHOLE})"]),
        ("habitants=2000001", ["habitants « 2000001 » (il faut un nombre entre 0 et 2 000 000)"]),
        ("agents=50001", [f"agents « 50001 » ({BOUNDED})"]),
        ("habitants=2000000&agents=50000&domaines=50000", []),
        ("domaines=50001", [f"domaines « 50001 » ({BOUNDED})"]),
        ("domaines=-1", [f"domaines « -1 » ({BOUNDED})"]),
        ("domaines=" + "9" * 31, [f"domaines « {'9' * 29}… » ({BOUNDED})"]),
        ("domaines=1&domaines=2&domaines=3", [f"domaines « 1 » ({TWICE})", f"domaines « 2 » ({TWICE})"]),
        ("demarches=1", ["demarches « 1 » (il faut oui ou non)"]),
        ("intervention=OUIS", ["intervention « OUIS » (il faut oui ou non)"]),
        ("type=mairie", ["type « mairie » (ce type de structure n'existe pas)"]),
        ("commune=Ruitz", ["commune « Ruitz » (ce n'est pas un code de commune)"]),
        ("commune=59350", ["commune « 59350 » (aucune commune du département n'a ce code)"]),
        ("tarif=2024-02-30", ["tarif « 2024-02-30 » (ce n'est pas une date ; le tarif en vigueur est appliqué)"]),
        ("tarif=26/03/2024", ["tarif « 26/03/2024 » (ce n'est pas une date ; le tarif en vigueur est appliqué)"]),
        ("tarif=2024-03-27", ["tarif « 2024-03-27 » (aucun tarif de cette date ; le tarif en vigueur est appliqué)"]),
        ("type=autre&nom=", ["nom sans valeur (il faut un nom)"]),
        ("type=autre&nom=%20%0A", ["nom sans valeur (il faut un nom)"]),
        ("type=autre&nom=" + "x" * 161, [f"nom {BEGINNING} (nom trop long, raccourci)"]),
        ("type=autre&nom=A&nom=B", [f"nom « A » ({TWICE})"]),
        ("vue=impression", ["vue « impression » (cette vue n'existe pas)"]),
        ("aujourdhui=mille", [f"aujourdhui « mille » ({WHOLE})"]),
        ("aujourdhui=1000001", ["aujourdhui « 1000001 » (il faut un nombre entre 0 et 1 000 000)"]),
        ("mois=0", ["mois « 0 » (il faut un mois, de 1 à 12)"]),
        ("mois=13", ["mois « 13 » (il faut un mois, de 1 à 12)"]),
        ("mois=mai", [f"mois « mai » ({WHOLE})"]),
        ("deja=", ["deja sans valeur (aucun service n'a ce nom)"]),
        ("deja=sauvegardes.piscine.pages", ["deja « piscine » (aucun service n'a ce nom)"]),
        ("scenario=dom-1_deja-sauv.zz~A", ["scenario « A » deja « zz » (aucun service n'a ce nom)"]),
        ("signes=abc&domaines=1", [f"signes « abc » ({WHOLE})"]),
        ("signes=999999&domaines=1", [f"signes « 999999 » ({WHOLE})"]),
        ("prix=0", ["prix « 0 » (ce paramètre n'existe pas)"]),
        ("amp;prix=1", ["amp;prix « 1 » (ce paramètre n'existe pas)"]),
        ("<script>=1", ["<script> « 1 » (ce paramètre n'existe pas)"]),
        ("Habitant=5", ["Habitant « 5 » (ce paramètre n'existe pas)"]),
        ("Habitants=abc", [f"habitants « abc » ({WHOLE})"]),
        ("embedded=1", ["embedded « 1 » (ce paramètre n'existe pas)"]),
        ("embed=true&embed_options=dark_theme", []),
        ("scenario=", ["scenario sans valeur (n'a pas pu être lu)"]),
        ("scenario=rien", ["scenario « rien » (n'a pas pu être lu)"]),
        ("scenario=rien~Nom", ["scenario « rien~Nom » (n'a pas pu être lu)"]),
        ("scenario=epci-1~Nom", ["scenario « epci-1~Nom » (n'a pas pu être lu)"]),
        ("scenario=dom-1", ["scenario « Scénario 1 » « dom-1 » (sans nom)"]),
        ("scenario=dom-1~" + "x" * 81, [f"scenario {BEGINNING} {BEGINNING} (nom trop long, raccourci)"]),
        ("scenario=dom-1_dom-2~A", [f"scenario « A » domaines « 1 » ({TWICE})"]),
        ("scenario=dom-1_5go~A", ["scenario « A » « 5go » (n'a pas pu être lu)"]),
        ("scenario=dom-x_5go-1~A", [f"scenario « A » domaines « x » ({WHOLE})"]),
        ("scenario=dom-1_insee-0~A", ["scenario « A » commune « 0 » (ce n'est pas un code de commune)"]),
        (
            "scenario=insee-62999~A",
            ["scenario « A » commune « 62999 » (aucune commune du département n'a ce code)"],
        ),
        ("scenario=dom-1~A&scenario=dom-1~B&scenario=dom-1~A", ["scenario « A » (répété)"]),
        ("&".join(f"scenario=dom-{rank}~A" for rank in range(5)), ["scenario « dom-4~A » (il y en a 4 au plus)"]),
        ("scenario=" + "dom-1~".ljust(MAX_LINK, "x"), [f"scenario {BEGINNING} {BEGINNING} (nom trop long, raccourci)"]),
        (
            "scenario=" + "dom-1~".ljust(MAX_LINK + 1, "x"),
            [f"scenario « dom-1~{'x' * 23}… » (trop long pour être lu)"],
        ),
        ("habitants=%0A%1B%5B31m5%00", [f"habitants « [31m5 » ({WHOLE})"]),
        ("habitants=%E2%80%AEabc", [f"habitants « abc » ({WHOLE})"]),
        ("prix=" + "a" * 30, [f"prix « {'a' * 30} » (ce paramètre n'existe pas)"]),
        ("prix=" + "a" * 31, [f"prix « {'a' * 29}… » (ce paramètre n'existe pas)"]),
        ("prix=%20a%E2%80%8B%20b%07%E2%80%AE%20", ["prix « a b » (ce paramètre n'existe pas)"]),
    ],
)  # fmt: skip
def test_the_ignored_parts_are_reported_in_french(address: str, words: list[str]) -> None:
    assert told(address, POPULATIONS) == words


@pytest.mark.parametrize(
    "written", ["1250", " 1250 ", "1 250", "1\u00a0250", "1\u202f250", "01250", f"{'0' * 12}1250", f"{'0' * 40}1250"]
)
def test_a_number_is_read_in_every_french_notation(written: str) -> None:
    expected = Simulation(choice=Choice(client=Client(inhabitants=1_250)), tariff=ACT, view="present")
    address = {"habitants": written, "tarif": "2024-03-26 ", "vue": "presentation\n"}
    assert opened(urlencode(address)) == Opened(simulation=expected)


def test_the_readable_parts_of_a_scenario_are_kept() -> None:
    [scenario] = opened("scenario=hab-mille_5go-4_zz_demar-peut%C3%AAtre_av-3~Mixte").simulation.scenarios
    assert scenario == Scenario(name="Mixte", choice=Choice(order=Order(mailboxes_5go=4, antivirus_devices=3)))


def test_scenarios_differ_by_name_or_order() -> None:
    scenarios = opened("scenario=dom-1~A&scenario=dom-1~B&scenario=dom-1~A&scenario=5go-1~A").simulation.scenarios
    kept = [("A", Order(domains=1)), ("B", Order(domains=1)), ("A", Order(mailboxes_5go=1))]
    assert [(each.name, each.choice.order) for each in scenarios] == kept


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=40)
def test_junk_in_a_scenario_does_not_affect_the_others(parts: str, words: str) -> None:
    result = read({"scenario": ["dom-1~Un", f"{parts}~{words}", "dom-3~Trois"]})
    assert [each.name for each in result.simulation.scenarios if each.name in ("Un", "Trois")] == ["Un", "Trois"]


@pytest.mark.parametrize(
    ("name", "values"),
    [("p", ["x" * (MAX_READ - 3)]), ("x" * (MAX_READ - 2), [""]), ("p", ["x"] * (MAX_READ // 4))],
    ids=["in a value", "in a name", "in their number"],
)
def test_a_query_string_is_refused_from_one_character_too_many(name: str, values: list[str]) -> None:
    assert not read({name: values}).refused
    refused = read({f"{name}+": values, "domaines": []})
    assert refused == Opened(simulation=Simulation(), refused=refused.refused)
    assert refused.refused == (
        "Ce lien n'a pas été ouvert : il est plus de deux fois plus long que le plus long lien de ce simulateur. "
        "Demandez-le à nouveau à qui vous l'a envoyé, ou remplissez la page."
    )


# A commune without a number of inhabitants


@pytest.mark.parametrize(
    ("address", "inhabitants"),
    [
        ("commune=62727", 1_478),
        ("commune=62041&habitants=", None),
        ("commune=62727&habitants=1500", 1_500),
        ("commune=62727&habitants=0", 0),
        ("commune=62727&habitants=abc", 1_478),
        ("type=epci&commune=62727", None),
        ("commune=62999", None),
    ],
)
def test_a_commune_without_a_number_of_inhabitants_has_its_own(address: str, inhabitants: int | None) -> None:
    assert opened(address, POPULATIONS).simulation.choice.client.inhabitants == inhabitants
    parts = address.replace("type=", "").replace("commune=", "insee-").replace("habitants=", "hab-").replace("&", "_")
    [scenario] = opened(f"scenario={parts}_dom-1~A", POPULATIONS).simulation.scenarios
    assert scenario.choice.client.inhabitants == inhabitants


def test_inhabitants_left_empty_stay_empty_and_are_not_reported() -> None:
    emptied = Choice(order=Order(domains=1), commune="62727")
    simulation = Simulation(choice=emptied, scenarios=(Scenario(name="A", choice=emptied),))
    address = query(simulation)
    assert "&habitants=&" in address
    assert "insee-62727_hab-_dom-1" in address
    assert opened(address, POPULATIONS) == Opened(simulation=simulation)


@pytest.mark.parametrize("name", ["messagerie-5go", "messagerie-illimitee", "messagerie-illimitee.messagerie-5go"])
def test_a_service_in_place_is_known_by_anything_it_sells(name: str) -> None:
    expected = Choice(order=Order(domains=1), in_place=frozenset({"mailbox"}))
    assert opened(f"domaines=1&deja={name}.").simulation.choice == expected
    assert read(write(Simulation(choice=expected))).simulation.choice == expected


def test_what_is_in_place_is_kept_beside_a_name_that_no_service_has() -> None:
    read_so = opened("deja=sauvegardes.piscine.pages&scenario=dom-1_deja-sauv.zz_auj-0_mois-9~A").simulation
    assert read_so.choice == Choice(in_place=frozenset({"backup", "web_page"}))
    of_a_scenario = Choice(order=Order(domains=1), in_place=frozenset({"backup"}), paid_today=0, month=9)
    assert [each.choice for each in read_so.scenarios] == [of_a_scenario]


# Old links


@pytest.mark.parametrize("link", GOLDEN, ids=[link["what"] for link in GOLDEN])
def test_an_old_link_opens_what_it_always_opened(link: dict[str, Any], catalogue: Catalogue) -> None:
    result = Links(catalogue.tariffs).read(parse_qs(link["query"], keep_blank_values=True))
    assert result.simulation == Simulation(
        tariff=link.get("tariff"),
        choice=choice_of(link),
        name=link.get("name", ""),
        scenarios=tuple(Scenario(name=each["name"], choice=choice_of(each)) for each in link.get("scenarios", [])),
        group=Group.model_validate(link["group"]) if "group" in link else None,
        view="present" if link.get("presentation") else link.get("view", ""),
    )
    assert sorted(plain(ignored.words()) for ignored in result.ignored) == sorted(link.get("ignored", []))
    assert (result.cut, result.nothing, result.repaired, result.refused) == (False, False, False, "")


def choice_of(written: dict[str, Any]) -> Choice:
    """Return the choice of an entry of links.toml."""
    return Choice(
        client=Client.model_validate(written.get("client", {})),
        order=Order.model_validate(written.get("order", {})),
        commune=written.get("commune", ""),
        in_place=frozenset(written.get("in_place", ())),
        paid_today=written.get("paid_today"),
        month=written.get("month"),
    )


def test_the_old_links_are_of_every_kind() -> None:
    assert len({link["query"] for link in GOLDEN}) == len(GOLDEN) >= 20
    keys = {"what", "query", "tariff", "client", "order", "commune", "name", "view", "scenarios", "group", "ignored"}
    keys |= {"in_place", "paid_today", "month"}
    keys |= {"presentation"}  # of entries from before there were more views
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
    query = Links([load().adopted(ACT)]).query  # an act before it would put its own services first
    assert [query(opened(each).simulation) for each in marked] == marked
    same = [each for each in old if query(opened(each).simulation) == f"signes={len(each)}&{each}"]
    # Two were typed by hand: a number with a space, and « non » as a word.
    assert len(same) == len(old) - 2 >= 15
