"""The visitor's one simulation on the page: after any gestures in any order, the figures match what is shown."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pricing.catalogue import communes
from pricing.communes import findable
from tests.french import plain
from tests.pages import address, at_section, choose, give, held, offered, open_at, opened, press, turn_to

AVESNES = (
    "tarif=2024-03-26&commune=62063&habitants=1840&agents=30&messagerie-5go=3&domaines=1&sauvegardes=1&demarches=oui"
)
SCENARIO = "&scenario=insee-62063_hab-1840_ag-30_5go-3~De+base"
TINCQUES = ("62820", 818)


def whose(page: AppTest) -> str:
    """Return the client that the page names in its estimate."""
    bodies = "".join(each.proto.body for each in page.get("html"))
    found = re.search(r'class="whose">(.*?)</p>|class="category"><strong>(.*?)</strong>', bodies)
    return plain(unescape(found[1] or found[2])) if found else ""


def done(page: AppTest) -> str:
    """Return the line that says what the last gesture did."""
    bodies = [each.proto.body for each in page.get("html") if '<p role="status">' in each.proto.body]
    return plain(unescape(re.sub(r"<[^>]+>", "", bodies[0]))) if bodies else ""


# Another commune


@pytest.mark.parametrize("then", ["presenter", "zero", "section", "number"])
def test_another_commune_stays_chosen_after_any_gesture(then: str) -> None:
    page = choose(opened(AVESNES), TINCQUES[0])
    assert whose(page) == "Estimation pour Tincques, 818 habitants"
    if then == "section":
        at_section(page, "Comparer")
    elif then == "number":
        give(page, domains=2)
    else:
        press(page, then)
    assert (held(page).choice.commune, held(page).choice.client.inhabitants) == TINCQUES
    assert "Tincques" in whose(page) or "presenter" in then


def test_annuler_says_that_it_removes_later_edits_too() -> None:
    page = choose(opened(AVESNES), TINCQUES[0])
    assert "saisi depuis" not in done(page)
    give(page, domains=7)
    assert done(page).endswith("« Annuler » enlèvera aussi ce qui a été saisi depuis.")


def test_the_line_of_the_last_gesture_is_not_shown_in_presentation_mode() -> None:
    page = choose(opened(AVESNES), TINCQUES[0])
    assert done(page)
    assert done(press(page, "presenter")) == ""


def test_another_commune_asks_for_its_agents_and_drops_the_scenarios_of_the_first() -> None:
    page = choose(opened(AVESNES + SCENARIO), TINCQUES[0])
    assert done(page) == (
        "Tincques remplace Avesnes-le-Comte : 818 habitants. Indiquez le nombre de ses agents. "
        "Votre scénario « De base » est laissé de côté."
    )
    assert held(page).choice.client.agents is None
    assert page.number_input(key="agents").value is None
    assert held(page).scenarios == ()
    press(page, "garder-scenarios")
    [scenario] = held(page).scenarios
    assert scenario.choice.commune == "62063"
    page = at_section(page, "Comparer")
    tables = "".join(each.proto.body for each in page.get("html") if "Les scénarios côte à côte" in each.proto.body)
    assert "De base (Avesnes-le-Comte)" in unescape(tables)


def test_annuler_restores_the_commune_its_agents_and_its_scenarios() -> None:
    page = choose(opened(AVESNES + SCENARIO), TINCQUES[0])
    press(page, "annuler")
    assert address(page) == parse_qs(AVESNES + SCENARIO)
    assert done(page) == ""
    assert "annuler" not in offered(page)


def test_a_misspelt_commune_is_answered_with_the_nearest_one() -> None:
    page = opened("domaines=1")
    field = page.selectbox(key="commune")
    field.options.append("ruits")  # as typing it adds it to the list
    field.set_value("ruits")
    page.run()
    assert held(page).choice.commune == ""
    assert "Aucune commune du Pas-de-Calais ne s'appelle « ruits »" in unescape(
        plain("".join(each.proto.body for each in page.get("html")))
    )
    press(page, "proche-62727")
    assert whose(page) == "Estimation pour Ruitz, 1 478 habitants"
    assert not [key for key in offered(page) if key.startswith("proche")]


def test_the_list_can_be_closed_without_choosing() -> None:
    page = press(opened(AVESNES), "chercher")
    assert [each.key for each in page.selectbox] == ["commune"]
    press(page, "ne-pas-chercher")
    assert not page.selectbox
    assert address(page) == parse_qs(AVESNES)


def test_a_link_with_the_code_alone_has_the_inhabitants() -> None:
    page = opened("commune=62727&messagerie-5go=4&demarches=oui")
    assert page.number_input(key="inhabitants").value == 1478
    assert whose(page) == "Estimation pour Ruitz, 1 478 habitants"


def test_inhabitants_emptied_on_purpose_stay_empty_in_the_link() -> None:
    page = opened(AVESNES)
    give(page, inhabitants=None)
    assert open_at(address(page)).number_input(key="inhabitants").value is None


# Another kind of body


def test_another_kind_of_body_keeps_no_number_of_the_first_and_says_so() -> None:
    page = opened(AVESNES + SCENARIO)
    turn_to(page, "other")
    assert held(page).choice.client.model_dump() == {"structure": "other", "inhabitants": None, "agents": None}
    assert held(page).choice.order.backups == 1
    assert done(page) == (
        "Un autre organisme public remplace Avesnes-le-Comte. Les services demandés restent. "
        "Votre scénario « De base » est laissé de côté."
    )
    assert "zero" in offered(page)
    press(page, "annuler")
    assert address(page) == parse_qs(AVESNES + SCENARIO)


# Presentation mode


def test_any_gesture_is_possible_after_a_presentation() -> None:
    page = press(opened(AVESNES), "presenter")
    page.segmented_control(key="ecran").set_value("Par service")
    page.run()
    give(page, domains=4)
    press(page, "repartir")
    press(page, "quitter")
    assert page.segmented_control(key="structure").value == "commune"
    for section in ("Comparer", "Partager, imprimer", "Points à confirmer"):
        assert not at_section(page, section).exception
    press(page, "zero")
    assert held(page).choice.order.empty
    assert held(page).choice.commune == "62063"


# Undo


@pytest.mark.parametrize("key", ["proposition", "zero"])
def test_replacing_the_services_is_announced_and_can_be_undone(key: str) -> None:
    page = press(opened(AVESNES), key)
    assert done(page)
    assert address(page) != parse_qs(AVESNES)
    press(page, "annuler")
    assert address(page) == parse_qs(AVESNES)


def test_a_first_proposal_replaces_nothing_and_says_nothing() -> None:
    page = press(opened("habitants=1250"), "proposition")
    assert done(page) == ""


def test_opening_or_removing_a_scenario_can_be_undone() -> None:
    link = AVESNES + SCENARIO
    for prefix, words in (("reprendre-", "est repris"), ("retirer-", "est retiré")):
        page = at_section(opened(link), "Comparer")
        [key] = [each for each in offered(page) if each.startswith(prefix)]
        assert words in done(press(page, key))
        assert address(press(page, "annuler")) == parse_qs(link)


def test_adopting_an_option_can_be_undone() -> None:
    page = at_section(opened(AVESNES), "Comparer")
    key = next(each for each in offered(page) if each.startswith("choix-"))
    assert done(press(page, key)).startswith("Choix adopté : ")
    assert address(press(page, "annuler")) == parse_qs(AVESNES)


def test_the_line_of_the_last_gesture_stays_during_edits_and_can_be_closed() -> None:
    page = press(opened(AVESNES), "zero")
    give(page, domains=2)
    press(page, "annuler")
    assert address(page) == parse_qs(AVESNES)
    assert done(press(press(page, "zero"), "fermer")) == ""


def test_keeping_the_scenarios_after_giving_the_agents_can_still_be_undone() -> None:
    page = choose(opened(AVESNES + SCENARIO), TINCQUES[0])
    page.number_input(key="agents").set_value(4)
    press(page, "garder-scenarios")
    assert held(page).choice.client.agents == 4
    assert len(held(page).scenarios) == 1
    press(page, "annuler")
    assert address(page) == parse_qs(AVESNES + SCENARIO)


# Messages of a browser


def test_a_click_acts_on_the_number_that_arrives_with_it() -> None:
    page = opened("tarif=2024-03-26&habitants=900")
    page.number_input(key="inhabitants").set_value(12_000)
    press(page, "proposition")
    assert held(page).choice.order == held(press(opened("habitants=12000"), "proposition")).choice.order


def test_a_field_that_the_browser_had_not_received_yet_changes_nothing() -> None:
    page = opened("tarif=2024-03-26&habitants=1250")
    received = page.text_input(key="recu").value
    press(page, "proposition")
    proposed = held(page)
    # A second message leaves before the first is answered: it holds the former fields.
    page.number_input(key="mailboxes_5go").set_value(0)
    page.number_input(key="domains").set_value(3)
    page.text_input(key="recu").set_value(received)
    page.run()
    assert held(page).choice.order.mailboxes_5go == proposed.choice.order.mailboxes_5go == 4
    assert held(page).choice.order.domains == 3
    assert page.number_input(key="mailboxes_5go").value == 4
    # Once the browser has received them, the same number is an edit.
    give(page, mailboxes_5go=0)
    assert held(page).choice.order.mailboxes_5go == 0


def behind(page: AppTest, received: str | None, **fields: int | str) -> AppTest:
    """Send the fields of a browser that had not received the last answers, with the last filling it knew."""
    for key, value in fields.items():
        if isinstance(value, int):
            page.number_input(key=key).set_value(value)
        else:
            page.text_input(key=key).set_value(value)
    page.text_input(key="recu").set_value(received)
    return page.run()


def test_numbers_of_two_communes_chosen_at_once_are_never_mixed() -> None:
    page = press(opened("habitants=900&domaines=1"), "chercher")
    known = page.text_input(key="recu").value
    choose(page, "62727")
    first = page.text_input(key="recu").value
    press(page, "chercher")
    page.selectbox(key="commune").set_value(findable(communes()["62119"]))
    behind(page, known, inhabitants=900)
    bethune = communes()["62119"].population
    assert (held(page).choice.commune, held(page).choice.client.inhabitants) == ("62119", bethune)
    behind(page, first, inhabitants=1478, domains=2)  # between the two answers
    assert held(page).choice.client.inhabitants == bethune
    assert held(page).choice.order.domains == 2


def test_the_same_commune_typed_again_says_nothing_and_loses_no_scenario() -> None:
    link = f"{AVESNES}&scenario=insee-62456_hab-738_5go-1~Houchin"
    page = choose(opened(link), "62063")
    assert done(page) == ""
    assert address(page) == parse_qs(link)


def test_a_removed_scenario_stays_removed_after_a_change_of_body() -> None:
    page = opened(AVESNES + SCENARIO)
    turn_to(page, "epci")
    press(page, "garder-scenarios")
    at_section(page, "Comparer")
    press(page, next(key for key in offered(page) if key.startswith("retirer-")))
    turn_to(page, "commune")
    assert held(page).scenarios == ()


@pytest.mark.parametrize("received", ["", "-1", "abc", "9" * 40, "²"])
def test_the_page_works_with_any_content_of_the_hidden_field(received: str) -> None:
    page = press(opened("habitants=1250"), "proposition")
    page.text_input(key="recu").set_value(received)
    give(page, domains=7)
    assert held(page).choice.order.domains == 7


def test_a_number_out_of_bounds_that_no_field_sends_is_never_priced() -> None:
    page = opened(AVESNES)
    give(page, domains=10**9)
    assert held(page).choice.order.domains in (0, 1)
    assert not page.error


# Improbable quantities


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("agents=8&antivirus=40", False),
        ("agents=8&antivirus=41", True),
        ("agents=1&antivirus=20", False),
        ("agents=1&antivirus=21", True),
        ("habitants=1250&messagerie-5go=62", False),
        ("habitants=1250&messagerie-5go=63", True),
        ("messagerie-5go=1000", False),
        ("messagerie-5go=1001", True),
        ("agents=8&sauvegardes=1&stockage-go=100", False),
    ],
)
def test_an_improbable_quantity_is_questioned_beside_its_field(query: str, asked: bool) -> None:
    page = opened(query)
    labels = [each.label for each in page.number_input]
    assert any("est-ce bien ce que vous voulez" in each for each in labels) is asked
