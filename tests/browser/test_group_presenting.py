"""Many communes on a projector: the answer for all, what changed since the start, the common order."""

import pytest
from playwright.sync_api import expect
from screen import Screen
from test_accessibility import found
from test_group_table import ANSWER, ARTOIS, WITHOUT_ADINFER, counted
from test_presenting import CUT, SMALL

ROOM = {**ARTOIS, "vue": "presentation"}
SCREENS = ("Six ans", "Par catégorie", "Par habitant", "Devis", "Communes", "Autres services")
ONE_MORE = ("95 094,00 €", "68 214,00 €", "436 164,00 €")
"""The same with one mailbox more for each of the 96: 30,00 € in year 1, then 20,00 €."""


def turn_to(screen: Screen, name: str) -> None:
    choice = screen.page.get_by_role("radio", name=name, exact=True)
    choice.click()
    expect(choice).to_be_checked()
    screen.settle()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (1920, 1080)])
def test_every_screen_is_read_from_the_last_row_and_nothing_of_it_is_cut(
    screen: Screen, width: int, height: int
) -> None:
    screen.resize(width, height)
    screen.open(ROOM)
    screen.expect_figures(*ANSWER)
    for name in SCREENS:
        turn_to(screen, name)
        if width >= 1280:
            assert screen.at_last(lambda: screen.page.evaluate(SMALL)) == [], name
        assert screen.page.evaluate(CUT) == [], name
        assert screen.overflow() == 0, name
        fields = screen.page.locator(".st-key-bandeau input")
        assert screen.outside(screen.figures, fields, screen.page.locator(".st-key-code-presente img")) == [], name
        assert screen.cut_labels() == [], name


def test_one_mailbox_more_for_all_is_told_with_what_it_changes_and_taken_back(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open(ROOM)
    screen.page.locator(".st-key-bandeau").get_by_role("button", name="Augmenter").first.click()
    screen.expect_figures(*ONE_MORE)
    changed = screen.page.locator(".changed")
    expect(changed).to_contain_text("Comptes de messagerie 5 Go : 3 → 4")
    expect(screen.answer).to_contain_text("+2 880,00 €")
    expect(screen.answer).to_contain_text("+12 480,00 €")
    screen.button("Revenir au départ").click()
    screen.expect_figures(*ANSWER)
    expect(changed).to_have_text("Rien n'a changé depuis le départ.")


def test_a_commune_is_unticked_in_front_of_the_room_and_counted_from_there(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open({**ROOM, "vue": "presentation-communes"})
    counted(screen, "Adinfer").click()
    screen.expect_figures(*WITHOUT_ADINFER)
    expect(screen.page.locator(".st-key-tete")).to_contain_text("95 communes sur 96, CC des Campagnes de l'Artois")
    expect(screen.page.locator(".changed")).to_contain_text("Communes : 96 → 95")
    screen.button("Repartir d'ici").click()
    expect(screen.page.locator(".changed")).to_have_text("Rien n'a changé depuis le départ.")
    counted(screen, "Adinfer").click()
    expect(screen.page.locator(".changed")).to_contain_text("Communes : 95 → 96")
    screen.expect_figures(*ANSWER)


def test_the_room_is_told_which_communes_are_apart_and_leaves_for_the_ordinary_page(screen: Screen) -> None:
    screen.open([*ROOM.items(), ("propre", "62063_ag-12")])
    expect(screen.page.locator(".changed")).to_have_text("Rien n'a changé depuis le départ.")
    screen.button("Quitter").click()
    screen.settle()
    expect(screen.button("Présenter")).to_be_visible()
    assert "vue" not in screen.parameters
    screen.button("Présenter").click()
    screen.settle()
    expect(screen.page.locator(".presented")).to_be_visible()


def test_a_name_opens_another_tab_and_the_room_stays_where_it_was(screen: Screen) -> None:
    screen.open({**ROOM, "vue": "presentation-communes"})
    with screen.page.expect_popup() as tab:
        screen.page.get_by_role("link", name="Adinfer, nouvel onglet").click()
    expect(tab.value.locator(".st-key-reponse")).to_be_visible()
    screen.expect_figures(*ANSWER)
    expect(screen.page.locator(".presented")).to_be_visible()


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (["62063_ag-12"], "Pour chacune des 96 communes :"),
        (["62063_5go-8"], "Pour chacune des 96 communes, dont 1 à part, qui garde ses nombres :"),
        (["62063_5go-8", "62012_dom-2"], "Pour chacune des 96 communes, dont 2 à part, qui gardent leurs nombres :"),
    ],
)
def test_the_strip_says_how_many_communes_keep_their_own_numbers(screen: Screen, own: list[str], said: str) -> None:
    screen.resize(1280, 720)
    screen.open([*ROOM.items(), *(("propre", each) for each in own)])
    expect(screen.page.locator(".for-all")).to_have_text(said)
    assert screen.page.evaluate(CUT) == []


def test_without_a_common_order_the_room_is_told_where_each_commune_is_changed(screen: Screen) -> None:
    screen.open({"tarif": ROOM["tarif"], "groupe": "200069482", "vue": "presentation"})
    screen.settle()
    strip = screen.page.locator(".st-key-bandeau")
    expect(strip).to_contain_text("chaque commune se change dans « Communes »")
    assert strip.get_by_role("spinbutton").count() == 0
    assert not screen.page.get_by_role("radio", name="Autres services").count()


def test_all_communes_left_out_are_told_and_can_be_counted_again(screen: Screen) -> None:
    screen.open([*{**ROOM, "groupe": "liste"}.items(), ("communes", "62009.62012"), ("sauf", "62009.62012")])
    expect(screen.page.locator(".presented")).to_contain_text("Toutes les communes sont laissées de côté")
    counted(screen, "Adinfer").click()
    screen.expect_figures("959,00 €", "689,00 €", "4 404,00 €")


def test_presentation_of_many_communes_has_no_fault_of_accessibility_and_no_english_word(screen: Screen) -> None:
    for view in ("presentation", "presentation-communes", "presentation-habitant"):
        screen.open({**ROOM, "vue": view})
        assert found(screen) == []
        assert screen.english() == []
