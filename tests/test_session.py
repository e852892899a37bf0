"""The visitor's one simulation on the page: after any gestures in any order, the figures match what is shown."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pricing.catalogue import communes
from pricing.communes import findable
from tests.french import plain
from tests.pages import address, at_section, choose, give, held, number, offered, open_at, opened, press, turn_to

AVESNES = (
    "tarif=2024-03-26&commune=62063&habitants=1840&agents=30&messagerie-5go=3&domaines=1&sauvegardes=1&demarches=oui"
)
SCENARIO = "&scenario=insee-62063_hab-1840_ag-30_5go-3~De+base"


def whose(page: AppTest) -> str:
    """Return the client that the page names in its estimate."""
    bodies = "".join(each.proto.body for each in page.get("html"))
    found = re.search(r'class="whose">(.*?)</p>|class="category"><strong>(.*?)</strong>', bodies)
    return plain(unescape(found[1] or found[2])) if found else ""


def done(page: AppTest) -> str:
    """Return the line that says what the last gesture did."""
    bodies = [each.proto.body for each in page.get("html") if '<p role="status">' in each.proto.body]
    return plain(unescape(re.sub(r"<[^>]+>", "", bodies[0]))) if bodies else ""


def press_first(prefix: str) -> Callable[[AppTest], AppTest]:
    """Return a press of the first button with this prefix in the section « Comparer »."""
    return lambda page: press(
        page, next(key for key in offered(at_section(page, "Comparer")) if key.startswith(prefix))
    )


# Undo


UNDONE: dict[str, Callable[[AppTest], AppTest]] = {
    "Tincques remplace Avesnes-le-Comte : 818 habitants. Indiquez le nombre de ses agents. "
    "Votre scénario « De base » est laissé de côté.": lambda page: choose(page, "62820"),
    "Un autre organisme public remplace Avesnes-le-Comte. Les services demandés restent. "
    "Votre scénario « De base » est laissé de côté.": lambda page: turn_to(page, "other"),
    "La proposition remplace les services demandés.": lambda page: press(page, "proposition"),
    "Tous les services sont remis à zéro.": lambda page: press(page, "zero"),
    "Choix adopté : ": press_first("choix-"),
    "Le scénario « De base » est repris": press_first("reprendre-"),
    "Le scénario « De base » est retiré.": press_first("retirer-"),
}
"""Gestures that replace more than one thing, by the beginning of what the page says of each."""


@pytest.mark.parametrize("said", UNDONE)
def test_replacing_more_than_one_thing_is_announced_and_can_be_undone_even_after_an_edit(said: str) -> None:
    page = UNDONE[said](opened(AVESNES + SCENARIO))
    assert done(page).startswith(said)
    assert "saisi depuis" not in done(page)
    assert address(page) != parse_qs(AVESNES + SCENARIO)
    give(page, domains=7)
    assert done(page).endswith("« Annuler » enlèvera aussi ce qui a été saisi depuis.")
    press(page, "annuler")
    assert address(page) == parse_qs(AVESNES + SCENARIO)
    assert done(page) == ""
    assert "annuler" not in offered(page)


def test_a_first_proposal_replaces_nothing_and_says_nothing() -> None:
    assert done(press(opened("habitants=1250"), "proposition")) == ""


def test_the_line_of_the_last_gesture_can_be_closed_and_is_not_shown_in_presentation_mode() -> None:
    assert done(press(press(opened(AVESNES), "zero"), "fermer")) == ""
    page = choose(opened(AVESNES), "62820")
    assert done(page)
    assert done(press(page, "presenter")) == ""


def test_scenarios_set_aside_can_be_kept_and_the_gesture_still_undone() -> None:
    page = choose(opened(AVESNES + SCENARIO), "62820")
    assert held(page).scenarios == ()
    assert page.number_input(key="agents").value is None
    page.number_input(key="agents").set_value(4)  # arrives with the click
    press(page, "garder-scenarios")
    assert held(page).choice.client.agents == 4
    [scenario] = held(page).scenarios
    assert scenario.choice.commune == "62063"
    page = at_section(page, "Comparer")
    tables = "".join(each.proto.body for each in page.get("html") if "Les scénarios côte à côte" in each.proto.body)
    assert "De base (Avesnes-le-Comte)" in unescape(tables)
    assert address(press(page, "annuler")) == parse_qs(AVESNES + SCENARIO)


# Another commune, another kind of body


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
    assert not offered(page, "proche")


def test_the_list_can_be_closed_without_choosing() -> None:
    page = press(opened(AVESNES), "chercher")
    assert [each.key for each in page.selectbox] == ["commune"]
    press(page, "ne-pas-chercher")
    assert not page.selectbox
    assert address(page) == parse_qs(AVESNES)


def test_inhabitants_emptied_on_purpose_stay_empty_in_the_link() -> None:
    page = give(opened(AVESNES), inhabitants=None)
    assert open_at(address(page)).number_input(key="inhabitants").value is None


def test_another_kind_of_body_keeps_the_order_alone() -> None:
    page = turn_to(opened(AVESNES + SCENARIO), "other")
    assert held(page).choice.client.model_dump() == {"structure": "other", "inhabitants": None, "agents": None}
    assert held(page).choice.order.quantity("backups") == 1
    assert "zero" in offered(page)


# Messages of a browser


def behind(page: AppTest, received: str | None, **fields: int) -> AppTest:
    """Send the fields of a browser that had not received the last answers, with the last filling it knew."""
    page.text_input(key="recu").set_value(received)
    return give(page, **fields)


def test_a_field_that_the_browser_had_not_received_yet_changes_nothing() -> None:
    page = opened("tarif=2024-03-26&habitants=1250")
    received = page.text_input(key="recu").value
    press(page, "proposition")
    # A second message leaves before the first is answered: it holds the former fields.
    behind(page, received, mailboxes_5go=0, domains=3)
    assert (held(page).choice.order.quantity("mailboxes_5go"), held(page).choice.order.quantity("domains")) == (4, 3)
    assert number(page, "mailboxes_5go").value == 4
    # Once the browser has received them, the same number is an edit.
    give(page, mailboxes_5go=0)
    assert held(page).choice.order.quantity("mailboxes_5go") == 0


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
    assert held(page).choice.order.quantity("domains") == 2


def test_the_same_commune_typed_again_says_nothing_and_loses_no_scenario() -> None:
    link = f"{AVESNES}&scenario=insee-62456_hab-738_5go-1~Houchin"
    page = choose(opened(link), "62063")
    assert done(page) == ""
    assert address(page) == parse_qs(link)


def test_a_removed_scenario_stays_removed_after_a_change_of_body() -> None:
    page = opened(AVESNES + SCENARIO)
    turn_to(page, "epci")
    press(page, "garder-scenarios")
    press_first("retirer-")(page)
    turn_to(page, "commune")
    assert held(page).scenarios == ()


@pytest.mark.parametrize("received", ["", "-1", "9" * 5_000, "²"])
def test_the_page_works_with_any_content_of_the_hidden_field(received: str) -> None:
    page = behind(press(opened("habitants=1250"), "proposition"), received, domains=7)
    assert held(page).choice.order.quantity("domains") == 7


def test_a_number_out_of_bounds_that_no_field_sends_is_never_priced() -> None:
    page = give(opened(AVESNES), domains=10**9)
    assert held(page).choice.order.quantity("domains") in (0, 1)
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
    labels = [each.label for each in opened(query).number_input]
    assert any("est-ce bien ce que vous voulez" in each for each in labels) is asked
