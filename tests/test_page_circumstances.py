"""Services in place, costs of today and the first month, said in one folded part and shown beside the figures."""

import pytest
from streamlit.testing.v1 import AppTest

from pricing.simulation import Simulation
from tests.pages import address, give, held, offered, opened, press, words
from views.keys import CIRCUMSTANCES, IN_PLACE_OF, MONTH, PAID_TODAY

ASKED = "tarif=2024-03-26&habitants=1250&agents=6&messagerie-5go=4&domaines=1&sauvegardes=1&antivirus=3"
SAID = f"{ASKED}&deja=messagerie-5go.sauvegardes&aujourdhui=840&mois=9"
TO_CONFIRM = "à confirmer : « Années incomplètes, hausses de prix, comptes déjà ouverts ? »"
MAILBOX, BACKUP = f"{IN_PLACE_OF}mailbox", f"{IN_PLACE_OF}backup"


def unfolded(query: str = ASKED, section: str = "Le détail") -> AppTest:
    """Open the page by a query string, and its folded part."""
    page = opened(query, section)
    page.session_state[CIRCUMSTANCES] = True
    return page.run()


def ticks(page: AppTest) -> dict[str, bool]:
    """Return the ticks that a service is in place."""
    return {str(each.key): each.value for each in page.checkbox if str(each.key).startswith(IN_PLACE_OF)}


def test_the_part_is_closed_until_it_is_opened_and_says_nothing_of_itself() -> None:
    page = opened(ASKED)
    assert not ticks(page)
    assert not [each for each in page.number_input if each.key == PAID_TODAY]
    assert not page.get("selectbox") or all(each.key != MONTH for each in page.selectbox)
    assert "déjà en place" not in words(page)
    assert "aujourd'hui" not in words(page)


def test_there_is_a_tick_for_each_service_asked_for_that_has_a_set_up_of_its_own() -> None:
    page = unfolded()
    # A domain name has no set-up; that of the antivirus is due only for an intervention.
    assert ticks(page) == {MAILBOX: False, BACKUP: False}
    assert {*ticks(give(page, mailboxes_5go=0, web_pages=2))} == {f"{IN_PLACE_OF}web_page", BACKUP}
    assert "il n'y a rien à cocher" in words(give(page, web_pages=0, backups=0))
    assert {*ticks(unfolded("type=epci&demarches=oui&pages=1"))} == {f"{IN_PLACE_OF}web_page"}, "on quote in any case"


def test_a_service_in_place_pays_no_set_up_and_stays_in_the_list() -> None:
    page = give(unfolded(), **{MAILBOX: True})
    assert address(page)["deja"] == ["messagerie-5go"]
    assert "899,00 €" in words(page)  # 709 € a year, and 190 € of set-up instead of 230 €
    assert "rien à payer, au lieu de 4 comptes × 10,00 € pour un service nouveau" in words(page)
    assert f"Déjà en place, donc sans mise en service : Messagerie ({TO_CONFIRM})." in words(page)
    assert "Dernier changement : −40,00 €" in words(page)
    assert "de mise en service, une seule fois" in words(page)
    both = give(page, **{BACKUP: True})
    assert "de mise en service, une seule fois" not in words(both)
    none = give(both, **{MAILBOX: False, BACKUP: False})
    assert "deja" not in address(none)


def test_what_is_paid_today_is_set_against_the_years_and_never_in_a_total() -> None:
    before = unfolded()
    totals = [each for each in words(before).split() if "€" in each]
    page = give(before, **{PAID_TODAY: 900})
    assert address(page)["aujourdhui"] == ["900"]
    said = words(page)
    assert "Payé aujourd'hui : 900,00 € par an." in said
    # 709 a year; 709 x 6 + 230 of set-up = 4 484, and 5 400 today.
    assert "Chaque année ensuite coûterait 191,00 € de moins, et les six ans 916,00 € de moins" in said
    page.number_input(key=PAID_TODAY).set_value(None)
    assert [each for each in words(page.run()).split() if "€" in each] == totals
    assert "aujourdhui" not in address(page)


def test_a_first_month_gives_the_first_year_two_bounds() -> None:
    page = unfolded()
    page.selectbox(key=MONTH).set_value(9)
    page.run()
    assert address(page)["mois"] == ["9"]
    assert "Si les services commencent en septembre, la 1re année irait de" in words(page)
    assert f"à 939,00 €, si l'année est due en entier ({TO_CONFIRM})." in words(page)
    page.selectbox(key=MONTH).set_value(None)
    assert "Si les services commencent" not in words(page.run())


def test_a_link_shows_what_was_said_with_its_part_still_closed() -> None:
    page = opened(SAID)
    assert not ticks(page)
    for said in ("Déjà en place", "Payé aujourd'hui : 840,00 €", "commencent en septembre"):
        assert said in words(page)
    page.session_state[CIRCUMSTANCES] = True
    page.run()
    assert ticks(page) == {MAILBOX: True, BACKUP: True}
    assert (page.number_input(key=PAID_TODAY).value, page.selectbox(key=MONTH).value) == (840, 9)


def test_starting_over_forgets_what_was_said_of_the_services_and_can_be_taken_back() -> None:
    page = opened(SAID)
    before = held(page)
    cleared = held(press(page, "zero"))
    assert cleared.choice.model_copy(update={"client": Simulation().choice.client}) == Simulation().choice
    assert held(press(page, "annuler")) == before


def test_an_option_adopted_keeps_what_is_in_place() -> None:
    page = opened(SAID, "Comparer")
    [without, *_] = offered(page, "choix")
    was, now = held(page).choice, held(press(page, without)).choice
    assert now.order != was.order
    assert (now.in_place, now.paid_today, now.month) == (was.in_place, 840, 9)


@pytest.mark.parametrize("section", ["Points à confirmer", "Partager, imprimer", "Comparer"])
def test_every_section_opens_with_all_that_can_be_said(section: str) -> None:
    said = words(opened(f"{SAID}&scenario=hab-1250_5go-4_deja-5go_auj-0~En+place", section))
    if section == "Points à confirmer":
        assert "Sauf ce qui est dit déjà en place : Messagerie, Sauvegarde" in said
        assert "Ce qui est déjà en place paie quand même sa mise en service. +230,00 € la 1re année" in said
