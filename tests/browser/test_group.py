"""Many communes in a browser: the board's question from an empty page, a list, a link, an exception, both sides."""

import re

import pytest
from playwright.sync_api import Locator, expect
from screen import SHARE, Screen
from test_accessibility import found, found_in_both
from test_group_table import ANSWER, ARTOIS

IN_WORDS = "96 communes : 93 en catégorie A à 959,00 €, 3 en catégorie B à 1 009,00 €."
SHARES = "341 154,00 €", "82 530,00 €"


def side(screen: Screen, name: str) -> None:
    screen.page.get_by_role("radiogroup", name="Pour qui ?").get_by_role("radio", name=name).click()
    screen.settle()


def choose(screen: Screen, typed: str, name: str) -> None:
    """Type a part of a name into the list of the communes, and pick one."""
    field = screen.page.locator(".st-key-groupe input")
    field.click()
    field.fill(typed)
    screen.page.get_by_role("option", name=name).click()
    screen.settle()


def ask(screen: Screen, words: str) -> None:
    screen.page.locator(".st-key-chacune").get_by_text(words, exact=True).click()
    screen.settle()


def in_all(screen: Screen) -> Locator:
    return screen.page.locator(".in-all")


def test_the_boards_question_is_answered_from_an_empty_page(screen: Screen) -> None:
    screen.open()
    side(screen, "Plusieurs communes")
    choose(screen, "artois", "CC des Campagnes de l'Artois")
    ask(screen, "La même commande pour toutes")
    for key, quantity in (("mailboxes_5go", 3), ("domains", 1), ("backups", 1)):
        screen.type(key, quantity)
    screen.tick("demarches_simplifiees")
    screen.expect_figures(*ANSWER)
    expect(in_all(screen)).to_contain_text(IN_WORDS)
    both = screen.page.get_by_role("table", name="Ce que chacun des deux organismes facturera")
    for share in SHARES:
        expect(both).to_contain_text(share)
    expect(screen.page).to_have_title("CC des Campagnes de l'Artois\u00a0: services numériques")
    for name, value in ARTOIS.items():
        screen.expect_parameter(name, value)
    assert screen.english() == []


def test_the_link_opens_the_same_elsewhere_and_after_a_reload(screen: Screen, elsewhere: Screen) -> None:
    screen.open({**ARTOIS, "sauf": "62009.62011", "propre": "62012_ag-30_dom-2"})
    screen.section(SHARE)
    link = screen.written("Lien vers cette simulation")
    elsewhere.page.goto(link)
    elsewhere.settle()
    elsewhere.page.reload()
    elsewhere.settle()
    expect(in_all(elsewhere)).to_have_text(in_all(screen).inner_text())
    expect(in_all(elsewhere)).to_contain_text("94 communes")
    assert {**elsewhere.parameters, "vue": ["partager"]} == screen.parameters


def test_a_pasted_list_is_read_and_its_bad_rows_are_told(screen: Screen) -> None:
    screen.open({"groupe": "liste", "chacune": "meme", "domaines": "1"})
    expect(screen.page.get_by_text("Collez votre liste, puis pressez", exact=False)).to_be_visible()
    screen.page.get_by_role("textbox", name="Votre liste").fill("Ruitz\t8\nRuizt\nArras\nNulle Part\nBéthune")
    screen.button("Lire la liste").click()
    screen.expect_figures("45,00 €", "45,00 €", "270,00 €")
    screen.expect_parameter("communes", "62727.62041.62119")
    screen.expect_parameter("propre", "62727_ag-8")
    faults = screen.page.locator(".faults li")
    expect(faults).to_have_count(2)
    expect(faults.first).to_contain_text("Ligne 2")
    expect(faults.last).to_contain_text("Ligne 4")
    assert screen.english() == []


def test_communes_are_left_out_by_name_in_french(screen: Screen) -> None:
    screen.open(ARTOIS)
    names = screen.page.locator(".st-key-sauf").get_by_role("combobox")
    names.click()
    names.fill("Adin")
    assert screen.english() == []
    screen.page.get_by_role("option", name="Adinfer").click()
    screen.expect_parameter("sauf", "62009")
    expect(in_all(screen)).to_contain_text("95 communes")
    assert screen.english() == []
    names.press("Backspace")
    expect(in_all(screen)).to_contain_text("96 communes")


def test_the_choice_of_communes_speaks_french_when_it_is_emptied(screen: Screen) -> None:
    screen.open(ARTOIS)
    field = screen.page.locator(".st-key-groupe input")
    field.click()
    field.fill("")
    assert screen.english() == []
    field.press("Backspace")
    assert screen.english() == []
    expect(screen.page.get_by_text("Choose an option")).to_have_count(0)
    expect(screen.page.get_by_placeholder("Choose an option")).to_have_count(0)


def test_the_list_of_communes_is_in_french_while_it_is_searched(screen: Screen) -> None:
    screen.open(ARTOIS)
    field = screen.page.locator(".st-key-groupe input")
    field.click()
    for typed in ("", "artois", "zzz"):
        field.fill(typed)
        expect(screen.page.get_by_role("listbox").or_(screen.page.get_by_text("Aucun résultat")).first).to_be_visible()
        assert screen.english() == []


def test_a_button_leads_from_an_epci_to_its_communes(screen: Screen) -> None:
    screen.open({"type": "epci", "nom": "CC des Campagnes de l'Artois", "domaines": "288"})
    screen.button("Chiffrer ses communes").click()
    expect(in_all(screen)).to_contain_text("96 communes : 93 en catégorie A")
    screen.expect_parameter("groupe", "200069482")


def test_an_exception_typed_in_the_table_is_counted_and_marked(screen: Screen) -> None:
    screen.open(ARTOIS)
    row = screen.page.locator("tr", has=screen.page.get_by_role("link", name="Agnières, nouvel onglet", exact=True))
    row.get_by_role("textbox", name="Noms de domaine").fill("2")
    row.get_by_role("textbox", name="Noms de domaine").press("Enter")
    screen.expect_figures("92 229,00 €", "66 309,00 €", "423 774,00 €")
    screen.expect_parameter("propre", "62012_dom-2")
    row.get_by_role("checkbox").first.click()
    screen.expect_parameter("sauf", "62012")
    expect(in_all(screen)).to_contain_text("95 communes")


def test_back_and_forward_go_between_both_sides(screen: Screen) -> None:
    screen.open({"habitants": "1250", "domaines": "1"})
    side(screen, "Plusieurs communes")
    screen.expect_parameter("groupe", "62")
    choose(screen, "artois", "CC des Campagnes de l'Artois")
    screen.expect_figures("1 440,00 €", "1 440,00 €", "8 640,00 €")
    screen.page.evaluate("history.go(-2)")
    screen.expect_figures("15,00 €", "15,00 €", "90,00 €")
    expect(screen.number("inhabitants")).to_have_value("1250")
    screen.page.evaluate("history.go(2)")
    screen.expect_figures("1 440,00 €", "1 440,00 €", "8 640,00 €")


def test_a_commune_of_the_table_opens_its_own_simulation_in_another_tab(screen: Screen) -> None:
    screen.open(ARTOIS)
    with screen.page.expect_popup() as tab:
        screen.page.get_by_role("link", name="Agnières, nouvel onglet", exact=True).click()
    expect(tab.value.locator(".st-key-reponse")).to_contain_text(re.compile("959,00.€"))
    assert "commune=62012" in tab.value.url
    screen.expect_figures(*ANSWER)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (390, 844), (320, 640)])
def test_nothing_is_cut_or_wider_than_the_window(screen: Screen, width: int, height: int) -> None:
    screen.resize(width, height)
    screen.open({**ARTOIS, "propre": "62012_ag-30_dom-2"})
    assert screen.overflow() == 0
    assert screen.cut_choices() == []


@pytest.mark.parametrize("width", [1440, 390])
def test_no_state_of_many_communes_has_a_fault(screen: Screen, width: int) -> None:
    screen.resize(width, 900)
    screen.open({**ARTOIS, "sauf": "62009", "propre": "62012_ag-30_go-130"})
    screen.expect_charts(3)
    assert found_in_both(screen) == []
    screen.section(SHARE)
    assert found(screen) == []
    screen.open({"groupe": "liste"})
    assert found_in_both(screen) == []
