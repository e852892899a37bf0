"""Links as mail programs leave them: a cut one is reported, other damage repaired, and an unreadable one recognised."""

from collections.abc import Callable
from urllib.parse import parse_qs, quote_plus, urlencode

import pytest
from hypothesis import example, given, settings

from pricing import Client, Order
from pricing.link import Opened, query, read
from pricing.simulation import Choice, Scenario, Simulation
from tests.french import plain
from tests.test_link import ACT, SIMULATIONS

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


def opened(address: str) -> Opened:
    """Open a query string as Streamlit parses it."""
    return read(parse_qs(address, keep_blank_values=True), lambda day: day == ACT)


# Cut


def named(name: str) -> Simulation:
    return CCAS.model_copy(update={"name": name})


@given(SIMULATIONS)
@settings(max_examples=40)
@example(COMPARED)
@example(named("100 %"))
@example(named("100 %2"))
@example(named("A & B"))
@example(named("A &"))
@example(named("Prix en €"))
@example(named("Été"))
@example(named("Mairie 🏛"))
@example(named("a\ufffd"))
@example(Simulation(scenarios=(Scenario(name="100 %", choice=RUITZ),)))
@example(Simulation(choice=Choice(commune="62727")))
def test_a_link_cut_anywhere_is_reported_and_is_never_another_simulation(simulation: Simulation) -> None:
    address = query(simulation)
    for length in range(1, len(address)):
        result = read(parse_qs(address[:length], keep_blank_values=True))
        assert result.cut or result.nothing or result.simulation == simulation, address[:length]
    assert not opened_whole(address).cut


def opened_whole(address: str) -> Opened:
    return read(parse_qs(address, keep_blank_values=True))


@pytest.mark.parametrize(
    "lost", ["antivirus=12&demarches=oui", "&demarches=oui", "&messagerie-5go=40", "&habitants=1478"]
)
def test_a_link_that_lost_a_part_is_reported_as_cut(lost: str) -> None:
    assert lost in query(WHOLE)
    assert opened(query(WHOLE).replace(lost, "")).cut


def test_a_cut_link_is_reported_whatever_was_added_after_it() -> None:
    cut = query(WHOLE).removesuffix("&demarches=oui")
    assert opened(cut).cut
    assert opened(f"{cut}&utm_source=lettre&fbclid=IwAR0123456789abcdefghijk").cut
    assert opened(f"{cut}.").cut


@pytest.mark.parametrize("more", ["", "&utm_source=lettre", "&embed=true", ".", ")", "%E2%80%8B", "&"])
def test_a_whole_link_is_not_reported_as_cut_whatever_was_added_after_it(more: str) -> None:
    for simulation in (WHOLE, CCAS, COMPARED):
        result = opened(query(simulation) + more)
        assert (result.cut, result.nothing, result.simulation.choice) == (False, False, simulation.choice)


def test_a_link_edited_by_hand_is_not_reported_as_cut() -> None:
    address = query(WHOLE)
    for edited in (address.replace("=40", "=41"), address.replace("=40", "=100"), f"{address}&sauvegardes=1"):
        assert edited != address
        assert (opened(edited).cut, opened(edited).ignored) == (False, ())


def test_parameters_in_another_order_are_the_same_link() -> None:
    for simulation in (WHOLE, COMPARED, CCAS):
        turned = "&".join(sorted(query(simulation).split("&"), reverse=True))
        assert opened(turned).simulation.choice == simulation.choice
        assert not opened(turned).cut


def test_a_link_from_before_the_mark_is_not_reported_as_cut() -> None:
    _, _, old = query(WHOLE).partition("&")
    assert opened(old) == Opened(simulation=WHOLE)
    assert not opened(old.removesuffix("&demarches=oui")).cut


@pytest.mark.parametrize("mark", ["abc", "-5", "1e3", "999999"])
def test_a_mark_that_is_no_number_is_ignored_and_reported(mark: str) -> None:
    _, _, old = query(WHOLE).partition("&")
    result = opened(f"signes={mark}&{old}")
    assert (result.simulation, result.cut) == (WHOLE, False)
    assert [plain(each.words()) for each in result.ignored] == [f"signes « {mark} » (il faut un nombre entier)"]


# Damaged


DAMAGE: dict[str, Callable[[str], str]] = {
    "ampersands of HTML": lambda link: link.replace("&", "&amp;"),
    "ampersands of HTML, encoded": lambda link: link.replace("&", "&amp%3B"),
    "ampersands of HTML, encoded twice": lambda link: link.replace("&", "&amp%253B"),
    "ampersands of HTML, twice": lambda link: link.replace("&", "&amp;amp;"),
    "capitals": str.upper,
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
    "quoted-printable, and a full stop": lambda link: link.replace("=", "=3D") + ".",
    "quoted-printable, and ampersands of HTML": lambda link: link.replace("=", "=3D").replace("&", "&amp;"),
    **{f"{sign} behind it": lambda link, sign=sign: link + quote_plus(sign) for sign in ".,;:!?)>]}»\"'’”"},
    "several signs behind it": lambda link: f"{link}%20%C2%BB).",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_damage_of_mail_programs_to_a_link_is_repaired(damage: str) -> None:
    address = DAMAGE[damage](query(WHOLE))
    assert opened(address) == Opened(simulation=WHOLE, repaired=damage != "a space around each value"), address


@pytest.mark.parametrize("damage", [each for each in DAMAGE if "behind" not in each and "full stop" not in each])
def test_the_orders_of_damaged_scenarios_are_read(damage: str) -> None:
    result = opened(DAMAGE[damage](query(COMPARED)))
    assert [each.choice for each in result.simulation.scenarios] == [each.choice for each in COMPARED.scenarios]
    assert result.simulation.choice == COMPARED.choice
    assert (result.ignored, result.cut, result.nothing) == ((), False, False)


@pytest.mark.parametrize("damage", ["ampersands of HTML", "quoted-printable", "hyphens that do not break"])
def test_the_clients_name_is_read_from_a_damaged_link(damage: str) -> None:
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


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_link_that_is_cut_too_is_never_another_simulation(damage: str) -> None:
    address = DAMAGE[damage](query(WHOLE))
    for length in range(1, len(address)):
        result = opened(address[:length])
        assert result.cut or result.nothing or result.simulation == WHOLE, address[:length]


@given(SIMULATIONS)
@settings(max_examples=30)
def test_nothing_of_a_whole_link_is_taken_for_damage(simulation: Simulation) -> None:
    assert not opened_whole(query(simulation)).repaired


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("Habitants=abc", "habitants « abc » (il faut un nombre entier)"),
        ("amp;prix=1", "amp;prix « 1 » (ce paramètre n'existe pas)"),
        ("habitants=<b>5</b>", "habitants « <b>5</b> » (il faut un nombre entier)"),
        ("demarches=peut-être.", "demarches « peut-être. » (il faut oui ou non)"),
        ("habitants=1.250", "habitants « 1.250 » (il faut un nombre entier)"),
    ],
)
def test_a_part_that_cannot_be_repaired_is_reported_as_it_came(address: str, words: str) -> None:
    assert [plain(each.words()) for each in opened(f"{address}&domaines=1").ignored] == [words]


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


# The client

POPULATIONS = {"62727": 1_478, "62041": 42_875}


def choice(address: str) -> Choice:
    return read(parse_qs(address, keep_blank_values=True), populations=POPULATIONS).simulation.choice


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
    assert choice(f"{address}&domaines=1").client.inhabitants == inhabitants


@pytest.mark.parametrize(
    ("compact", "inhabitants"),
    [("insee-62727", 1_478), ("insee-62727_hab-", None), ("insee-62727_hab-1500", 1_500), ("epci_insee-62727", None)],
)
def test_a_commune_of_a_scenario_has_its_own_inhabitants(compact: str, inhabitants: int | None) -> None:
    result = read({"scenario": [f"{compact}_dom-1~A"]}, populations=POPULATIONS)
    [scenario] = result.simulation.scenarios
    assert scenario.choice.client.inhabitants == inhabitants
    assert result.ignored == ()


def test_inhabitants_left_empty_stay_empty_and_are_not_reported() -> None:
    emptied = Choice(order=Order(domains=1), commune="62727")
    simulation = Simulation(choice=emptied, scenarios=(Scenario(name="A", choice=emptied),))
    address = query(simulation)
    assert "&habitants=&" in address
    assert "insee-62727_hab-_dom-1" in address
    assert read(parse_qs(address, keep_blank_values=True), populations=POPULATIONS) == Opened(simulation=simulation)


def test_another_body_has_no_commune_and_a_commune_has_no_name() -> None:
    assert choice("type=autre&commune=62727&agents=4") == Choice(client=Client(structure="other", agents=4))
    assert opened("type=autre&commune=62727&agents=4").ignored == ()
    assert opened("commune=62727&nom=Ruitz") == Opened(simulation=Simulation(choice=Choice(commune="62727")))
    odd = Choice(client=Client(structure="epci"), order=Order(domains=1), commune="62727")
    assert "62727" not in query(Simulation(choice=odd, scenarios=(Scenario(name="A", choice=odd),)))
    assert "nom=" not in query(Simulation(choice=RUITZ, name="Ruitz"))


def test_one_of_two_equal_scenarios_is_kept_and_the_other_reported() -> None:
    result = opened(urlencode({"scenario": ["dom-1~A", "dom-1~B", "dom-1~A", "5go-1~A"]}, doseq=True))
    assert [(each.name, each.choice.order) for each in result.simulation.scenarios] == [
        ("A", Order(domains=1)),
        ("B", Order(domains=1)),
        ("A", Order(mailboxes_5go=1)),
    ]
    assert [each.words() for each in result.ignored] == ["scenario « A » (répété)"]
