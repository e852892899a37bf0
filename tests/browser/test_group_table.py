"""The table of communes: sorted, filtered and filled in, with a mouse and with the keyboard."""

import re

import pytest
from playwright.sync_api import Locator, expect
from screen import TARIFF, Screen
from test_accessibility import found, found_in_both

ARTOIS = {
    **TARIFF,
    "groupe": "200069482",
    "chacune": "meme",
    "messagerie-5go": "3",
    "domaines": "1",
    "sauvegardes": "1",
    "demarches": "oui",
}
"""The question of the board: 96 communes that ask for the same."""
ANSWER = ("92 214,00 €", "66 294,00 €", "423 684,00 €")
WITHOUT_ADINFER = ("91 255,00 €", "65 605,00 €", "419 280,00 €")
"""The same without a commune of category A, which pays 959,00 €, 689,00 € and 4 404,00 €."""
AGNEZ_IN_C = ("92 541,00 €", "66 471,00 €", "424 896,00 €")
"""The same with 12 agents in one commune of 621 inhabitants, which is then in category C: +327, +177, +1 212."""


def opened(screen: Screen, *more: tuple[str, str]) -> Screen:
    screen.open([*ARTOIS.items(), *more])
    expect(table(screen)).to_be_visible()
    return screen


def table(screen: Screen) -> Locator:
    return screen.page.get_by_role("table", name="Les communes : taille")


def names(screen: Screen) -> list[str]:
    """Return the communes that are shown, in their order."""
    return table(screen).locator("tbody tr:not([hidden]) .who > :first-child").all_text_contents()


def row(screen: Screen, name: str) -> Locator:
    return table(screen).get_by_role("row").filter(has=screen.page.get_by_text(name, exact=True))


def field(screen: Screen, name: str, commune: str) -> Locator:
    return screen.page.get_by_label(re.compile(f"^{name}, {commune}"))


def counted(screen: Screen, commune: str) -> Locator:
    return screen.page.get_by_role("checkbox", name=f"Compter {commune}", exact=True)


# Sorted and filtered


def test_a_press_on_a_heading_sorts_by_it_and_another_turns_the_order_round(screen: Screen) -> None:
    opened(screen)
    assert len(names(screen)) == 96
    heading = table(screen).get_by_role("columnheader", name="Six ans")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert {*names(screen)[:3]} == {"Duisans", "Aubigny-en-Artois", "Avesnes-le-Comte"}
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert {*names(screen)[-3:]} == {"Duisans", "Aubigny-en-Artois", "Avesnes-le-Comte"}
    inhabitants = table(screen).get_by_role("columnheader", name="Habitants")
    inhabitants.get_by_role("button").click()
    expect(heading).not_to_have_attribute("aria-sort", re.compile("."))
    assert names(screen)[:2] == ["Avesnes-le-Comte", "Aubigny-en-Artois"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("agnieres", ["Agnières"]),
        ("ST AMAND", ["Saint-Amand"]),
        ("comte", ["Avesnes-le-Comte", "Magnicourt-en-Comte"]),
        ("62063", ["Avesnes-le-Comte"]),
        ("catégorie B", ["Aubigny-en-Artois", "Avesnes-le-Comte", "Duisans"]),
        ("zzz", []),
    ],
)
def test_communes_are_found_by_name_code_or_category_while_typing(screen: Screen, typed: str, shown: list[str]) -> None:
    opened(screen)
    screen.page.get_by_role("searchbox").press_sequentially(typed)
    assert names(screen) == shown
    said = f"{len(shown)} affichée" if shown else "Aucune commune"
    expect(screen.page.locator(".communes [role=status]")).to_contain_text(said)
    expect(table(screen).locator("tfoot th")).to_have_text("Ensemble, 96 communes")
    screen.page.get_by_role("searchbox").fill("")
    assert len(names(screen)) == 96


def test_one_kind_of_communes_can_be_shown_alone(screen: Screen) -> None:
    opened(screen)
    screen.page.get_by_label("Montrer").select_option("Catégorie B")
    assert names(screen) == ["Aubigny-en-Artois", "Avesnes-le-Comte", "Duisans"]


# Filled in


def test_a_number_counts_on_enter_is_marked_and_the_keyboard_and_the_page_stay_where_they_were(screen: Screen) -> None:
    opened(screen)
    agents = field(screen, "Agents", "Agnez-lès-Duisans")
    table(screen).evaluate("each => each.scrollIntoView()")
    agents.fill("12")
    place = "each => each.getBoundingClientRect().y"
    before = agents.evaluate(place)
    agents.press("Enter")
    screen.expect_figures(*AGNEZ_IN_C)
    expect(row(screen, "Agnez-lès-Duisans")).to_contain_text("à part")
    expect(agents).to_be_focused()
    expect(agents).to_have_value("12")
    assert abs(agents.evaluate(place) - before) < 8  # its row has a second line
    screen.expect_parameter("propre", "62011_ag-12")


def test_one_number_typed_after_another_counts_too_and_a_press_waits_for_the_last(screen: Screen) -> None:
    opened(screen)
    field(screen, "Agents", "Agnez-lès-Duisans").fill("12")
    field(screen, "Agents", "Agnez-lès-Duisans").press("Enter")
    field(screen, "Noms de domaine", "Agnières").fill("2")
    field(screen, "Sauvegardes", "Ambrines").fill("0")
    screen.page.get_by_role("radio", name="Partager, imprimer").click()
    screen.settle()
    expect(screen.opened("Partager, imprimer")).to_be_visible()
    screen.expect_parameter("propre", "62011_ag-12", "62012_dom-2", "62027_sauv-0")


def test_the_arrows_go_from_one_commune_to_the_next_among_those_shown(screen: Screen) -> None:
    opened(screen)
    screen.page.get_by_label("Montrer").select_option("Catégorie B")
    field(screen, "Agents", "Aubigny-en-Artois").fill("7")
    field(screen, "Agents", "Aubigny-en-Artois").press("ArrowDown")
    expect(field(screen, "Agents", "Avesnes-le-Comte")).to_be_focused()
    screen.settle()
    screen.expect_parameter("propre", "62045_ag-7")
    screen.page.keyboard.press("ArrowUp")
    expect(field(screen, "Agents", "Aubigny-en-Artois")).to_be_focused()


@pytest.mark.parametrize("typed", ["abc", "4/5", "-1", "1.250", "50001", "3 comptes"])
def test_a_number_that_is_refused_is_told_beside_its_field_and_the_one_before_is_kept(
    screen: Screen, typed: str
) -> None:
    opened(screen)
    mailboxes = field(screen, "Comptes de messagerie 5.Go", "Agnières")
    mailboxes.fill(typed)
    mailboxes.press("Tab")
    alert = row(screen, "Agnières").get_by_role("alert")
    expect(alert).to_contain_text("est refusé, le nombre d'avant est gardé. Il faut un nombre entier, de 0 à 50 000.")
    expect(mailboxes).to_have_value("3")
    expect(mailboxes).to_have_accessible_description(re.compile("est refusé"))
    screen.settle()
    screen.expect_figures(*ANSWER)
    mailboxes.fill("1 250")
    mailboxes.press("Enter")
    expect(alert).to_have_count(0)
    screen.expect_parameter("propre", "62012_5go-1250")


def test_an_empty_field_takes_the_number_of_all_again(screen: Screen) -> None:
    opened(screen, ("propre", "62012_5go-4"))
    mailboxes = field(screen, "Comptes de messagerie 5.Go", "Agnières")
    expect(mailboxes).to_have_value("4")
    mailboxes.fill("")
    mailboxes.press("Enter")
    screen.expect_figures(*ANSWER)
    expect(mailboxes).to_have_value("3")
    mailboxes.fill("")
    mailboxes.press("Enter")
    expect(mailboxes).to_have_value("3")
    expect(row(screen, "Agnières")).not_to_contain_text("à part")


def test_escape_takes_back_what_is_typed(screen: Screen) -> None:
    opened(screen)
    agents = field(screen, "Agents", "Agnières")
    agents.fill("12")
    agents.press("Escape")
    expect(agents).to_have_value("")
    agents.press("Tab")
    screen.settle()
    screen.expect_figures(*ANSWER)


def test_what_a_commune_has_of_its_own_is_taken_back_by_one_press(screen: Screen) -> None:
    opened(screen, ("propre", "62011_ag-12_dom-2"))
    screen.button("Remettre Agnez-lès-Duisans comme les autres").click()
    screen.expect_figures(*ANSWER)
    expect(field(screen, "Noms de domaine", "Agnez-lès-Duisans")).to_have_value("1")
    expect(counted(screen, "Agnez-lès-Duisans")).to_be_focused()


def test_a_service_that_nobody_asks_for_is_added_as_a_column(screen: Screen) -> None:
    opened(screen)
    assert not field(screen, "Pages internet", "Adinfer").count()
    screen.page.get_by_label("Ajouter un service à remplir").select_option("Pages internet")
    page = field(screen, "Pages internet", "Adinfer")
    expect(page).to_be_focused()
    page.fill("1")
    page.press("Enter")
    screen.expect_parameter("propre", "62009_page-1")
    page.fill("0")
    page.press("Enter")
    screen.expect_figures(*ANSWER)
    expect(page).to_be_visible()


def test_a_ticked_service_is_unticked_for_one_commune(screen: Screen) -> None:
    opened(screen)
    field(screen, "Démarches simplifiées", "Adinfer").click()
    screen.expect_parameter("propre", "62009_demar-non")


# Left out, opened, taken back


def test_a_commune_that_is_unticked_is_left_out_and_keeps_its_place(screen: Screen) -> None:
    opened(screen)
    counted(screen, "Adinfer").click()
    screen.expect_figures(*WITHOUT_ADINFER)
    assert names(screen)[0] == "Adinfer"
    expect(row(screen, "Adinfer")).to_contain_text("laissée de côté")
    expect(row(screen, "Adinfer").get_by_role("textbox")).to_have_count(0)
    expect(table(screen).locator("tfoot th")).to_have_text("Ensemble, 95 communes")
    counted(screen, "Adinfer").click()
    screen.expect_figures(*ANSWER)


def test_communes_unticked_in_a_row_are_all_left_out(screen: Screen) -> None:
    opened(screen)
    for name in ("Adinfer", "Agnières", "Ambrines", "Amplier"):
        counted(screen, name).click()
    screen.expect_parameter("sauf", "62009.62012.62027.62030")


def test_a_name_opens_the_simulation_of_its_commune_in_another_tab(screen: Screen) -> None:
    opened(screen, ("propre", "62063_ag-12"))
    with screen.page.expect_popup() as tab:
        row(screen, "Avesnes-le-Comte").get_by_role("link").click()
    expect(tab.value.locator(".st-key-reponse")).to_contain_text(re.compile("5.616,00.€"))
    expect(tab.value.get_by_role("heading", level=1)).to_be_visible()
    assert "commune=62063" in tab.value.url
    assert "agents=12" in tab.value.url
    expect(table(screen)).to_be_visible()


def test_the_order_stays_under_the_hand_that_fills_in_and_says_no_longer_that_it_is_sorted(screen: Screen) -> None:
    opened(screen)
    heading = table(screen).get_by_role("columnheader", name="Six ans")
    heading.get_by_role("button").click()
    last = names(screen)[-1]
    field(screen, "Comptes de messagerie 5.Go", last).fill("40")
    field(screen, "Comptes de messagerie 5.Go", last).press("Enter")
    screen.settle()
    assert names(screen)[-1] == last
    expect(heading).not_to_have_attribute("aria-sort", re.compile("."))
    heading.get_by_role("button").click()
    assert names(screen)[0] == last


# Seen by everybody


def test_the_table_has_no_fault_of_accessibility_and_no_english_word(screen: Screen) -> None:
    opened(screen, ("sauf", "62009"), ("propre", "62012_ag-12"))
    field(screen, "Agents", "Ambrines").fill("x")
    field(screen, "Agents", "Ambrines").press("Tab")
    assert found_in_both(screen, ".communes") == []
    assert screen.english() == []


def test_on_a_telephone_the_table_scrolls_within_itself_and_the_names_stay(screen: Screen) -> None:
    opened(screen)
    screen.resize(390, 844)
    assert screen.overflow() == 0
    place = screen.page.locator(".communes-scroll")
    place.evaluate("each => each.scrollTo(10_000, 300)")
    seen = place.evaluate(
        """each => {
          const place = each.getBoundingClientRect();
          const name = [...each.querySelectorAll("tbody th")].map((name) => name.getBoundingClientRect())
            .find((name) => name.top > place.top + 150);
          const head = each.querySelector("thead").getBoundingClientRect();
          return [name.left - place.left, head.top - place.top, each.scrollLeft > 200];
        }"""
    )
    assert abs(seen[0]) < 2
    assert abs(seen[1]) < 2
    assert seen[2]
    assert found(screen, within=".communes") == []


SPLIT = """each => [...each.querySelectorAll("thead th .sorts")].filter((button) => {
  const wide = button.scrollWidth > button.parentElement.clientWidth;
  const range = document.createRange();
  range.selectNodeContents(button);
  const lines = new Set([...range.getClientRects()].map((line) => line.top));
  return wide || lines.size > button.textContent.split(/\\s/).length;
}).map((button) => button.textContent)"""
"""Headings of which a word is broken, or cut."""
SLICED = """each => {
  const names = each.querySelector("thead th").getBoundingClientRect().right;
  return [...each.querySelectorAll("thead th:not(:first-child)")].map((head) => head.getBoundingClientRect())
    .filter((head) => head.left < names - 2 && head.right > names + 2).length;
}"""
"""Number of columns that the names cover in part."""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1366, 768)])
def test_amounts_are_whole_at_a_desk_and_no_heading_is_broken(screen: Screen, width: int, height: int) -> None:
    screen.resize(width, height)
    opened(screen, ("propre", "62011_ag-12"))
    place = screen.page.locator(".communes-scroll")
    edge = place.evaluate("each => each.getBoundingClientRect().left + each.clientWidth")
    heading = table(screen).get_by_role("columnheader", name="Six ans")
    assert heading.evaluate("each => each.getBoundingClientRect().right") <= edge - 15  # a scrollbar's width
    assert place.evaluate("each => getComputedStyle(each).overflowX") == "scroll"
    assert place.evaluate(SPLIT) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_names_cover_no_part_of_an_amount_where_scrolling_ends(screen: Screen, width: int) -> None:
    screen.resize(width, 800)
    opened(screen)
    place = screen.page.locator(".communes-scroll")
    for left in (40, 130, 255, 10_000):
        place.evaluate("(each, left) => each.scrollTo(left, 0)", left)
        assert screen.at_last(lambda: place.evaluate(SLICED)) == 0, left
    assert place.evaluate("each => each.scrollLeft") > 100


def test_every_commune_and_its_numbers_are_printed(screen: Screen) -> None:
    opened(screen)
    screen.page.emulate_media(media="print")
    cut = screen.page.locator(".communes-scroll").evaluate("each => each.scrollWidth - each.clientWidth")
    assert cut <= 0
    rows = table(screen).locator("tbody tr")
    assert rows.evaluate_all("all => all.filter((each) => each.getBoundingClientRect().height > 5).length") == 96
    printed = row(screen, "Agnières").locator("td.number").nth(1)
    assert printed.evaluate("each => getComputedStyle(each, '::after').content") == '"3"'
    expect(table(screen).get_by_role("columnheader", name="Six ans").get_by_text("Six ans")).to_be_visible()


def test_back_forgets_a_number_that_was_typed_and_not_sent(screen: Screen) -> None:
    opened(screen)
    counted(screen, "Adinfer").click()
    screen.expect_figures(*WITHOUT_ADINFER)
    screen.settle()
    agents = field(screen, "Agents", "Agnières")
    agents.fill("12")
    screen.page.go_back()
    screen.expect_figures(*ANSWER)
    expect(agents).to_have_value("")


def test_the_whole_department_is_drawn_and_filled_in_soon(screen: Screen) -> None:
    screen.open([*{**ARTOIS, "groupe": "62"}.items()])
    assert len(names(screen)) == 887
    screen.page.locator("[aria-label='Compter Ablain-Saint-Nazaire']").click()
    expect(table(screen).locator("tfoot th")).to_have_text("Ensemble, 886 communes")
