"""Compare: the options of one order, and scenarios kept side by side in the link."""

import re

from playwright.sync_api import Locator, expect
from screen import EXAMPLE, FIGURES, Screen

WITHOUT_BACKUP = ("477,00 €", "297,00 € à 387,00 €", "2 052,00 €")
"""The example without its backup: 190 of set-up and 513 a year less."""


def options(panel: Locator) -> Locator:
    return panel.get_by_role("button", name=re.compile("sur six ans"))


def test_each_option_says_what_it_changes(screen: Screen) -> None:
    screen.open(EXAMPLE)
    panel = screen.section("Comparer")
    # By hand, over six years: 7 x 4 x 6; 3 x 84 - 2 x 90; 6 x 76.80 - 2 x 90; 2 x 186 - 2 x 90; band of 3 devices;
    # category A: 6 x (51 - 26 + 50 - 25); category C: 200 - 50 + 6 x (128 - 51 + 100 - 50).
    for label, words in (
        ("Tous les comptes en illimité", "168,00 € de plus"),
        ("certificat de 2 ans, remis au CDG", "72,00 € de plus"),
        ("certificat de 1 an, remis au CDG", "280,80 € de plus"),
        ("certificat de 3 ans, remis sur site", "192,00 € de plus"),
        ("Avec intervention pour l'antivirus", "100,00 € de plus"),
    ):
        expect(options(panel).filter(has_text=label)).to_contain_text(words)
    # Nobody chooses the size of the commune: no button.
    expect(panel.get_by_text("Catégorie A de Démarches simplifiées : 300,00 € de moins sur six ans")).to_be_visible()
    expect(panel.get_by_text("Catégorie C de Démarches simplifiées : 912,00 € de plus sur six ans")).to_be_visible()
    expect(options(panel).filter(has_text="Catégorie")).to_have_count(0)
    panel.get_by_text("Les mêmes chiffres en tableau").click()
    row = panel.get_by_role("row", name="Tous les comptes en illimité")
    expect(row.locator("td")).to_have_text(["1 208,00 €", "868,00 €", "5 488,00 €", "+168,00 €"])


def test_adopting_an_option_changes_the_figures_and_says_by_how_much(screen: Screen) -> None:
    screen.open(EXAMPLE)
    panel = screen.section("Comparer")
    options(panel).filter(has_text="Tous les comptes en illimité").click()
    screen.expect_figures("1 208,00 €", "838,00 € à 928,00 €", "5 488,00 €")
    expect(screen.answer.locator(".change")).to_contain_text(["+28,00 €", "+28,00 €", "+168,00 €"])
    expect(screen.number("mailboxes_unlimited")).to_have_value("4")
    screen.expect_parameter("messagerie-illimitee", "4")
    options(panel).filter(has_text="Tous les comptes en 5 Go").click()
    screen.expect_example()


BARS = """() => [...[...document.querySelectorAll('svg.marks')].pop().querySelectorAll('.role-axis-label text')]
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
  .map((each) => each.textContent.replace(/\\s/g, ''))"""
"""The names of the last chart's bars from top to bottom, without spaces: a name may stand on two lines."""


def test_the_bars_of_the_options_stand_in_the_order_of_their_buttons_after_an_edit_too(screen: Screen) -> None:
    screen.open({"habitants": "1250", "messagerie-5go": "8", "cles-cdg-3ans": "2", "antivirus": "4"})
    panel = screen.section("Comparer")
    screen.expect_charts(2)
    first = screen.page.evaluate(BARS)
    screen.type("mailboxes_5go", 3)
    # 3 x 7 x 6: with so few accounts, the unlimited ones cost less more than the certificates of 2 years do.
    expect(options(panel).filter(has_text="Tous les comptes en illimité")).to_contain_text("126,00 € de plus")
    named = [each.rpartition(" : ")[0] for each in panel.locator(".st-key-choix button p").all_inner_texts()]
    assert len(named) > 3
    screen.page.wait_for_function(f"count => ({BARS})().length === count", arg=len(named))
    bars = screen.page.evaluate(BARS)
    assert bars == ["".join(each.split()) for each in named]
    assert [each for each in bars if each in first] != [each for each in first if each in bars]


def keep(screen: Screen, name: str, rank: int) -> None:
    panel = screen.opened("Comparer")
    screen.settle()  # the field is emptied a little after the figures
    panel.get_by_role("textbox", name="Nom du scénario").fill(name)
    screen.button("Garder").click()
    expect(panel.get_by_role("textbox", name=f"Scénario {rank}")).to_have_value(name)


def test_two_scenarios_are_kept_compared_renamed_taken_up_and_removed(screen: Screen) -> None:
    screen.open(EXAMPLE)
    panel = screen.section("Comparer")
    keep(screen, "Avec sauvegarde", 1)
    screen.type("backups", 0)
    screen.expect_figures(*WITHOUT_BACKUP)
    keep(screen, "Sans sauvegarde", 2)
    table = panel.get_by_role("table", name="Les scénarios côte à côte")
    rows = table.locator("tbody tr")
    expect(rows.locator("th")).to_have_text(["Cette estimation", "Avec sauvegarde", "Sans sauvegarde"])
    expect(panel.locator(".otherwise li")).to_have_text(["Avec sauvegarde Sauvegardes : 1 au lieu de 0"])
    expect(rows.nth(0).locator("td")).to_have_text(["477,00 €", "327,00 €", "2 052,00 €", "–"])
    expect(rows.nth(1).locator("td")).to_have_text(["1 180,00 €", "840,00 €", "5 320,00 €", "+3 268,00 €"])
    expect(rows.nth(2).locator("td")).to_have_text(["477,00 €", "327,00 €", "2 052,00 €", "0,00 €"])
    screen.expect_parameter(
        "scenario",
        "hab-1250_ag-6_5go-4_dom-1_c3-1_sauv-1_av-3_demar~Avec sauvegarde",
        "hab-1250_ag-6_5go-4_dom-1_c3-1_av-3_demar~Sans sauvegarde",
    )

    name = panel.get_by_role("textbox", name="Scénario 2")
    name.fill("Le moins cher")
    name.press("Enter")
    expect(rows.nth(2)).to_contain_text("Le moins cher")
    screen.expect_parameter(
        "scenario",
        "hab-1250_ag-6_5go-4_dom-1_c3-1_sauv-1_av-3_demar~Avec sauvegarde",
        "hab-1250_ag-6_5go-4_dom-1_c3-1_av-3_demar~Le moins cher",
    )

    panel.get_by_role("button", name="Reprendre").first.click()
    screen.expect_figures(*FIGURES)
    expect(screen.number("backups")).to_have_value("1")
    panel.get_by_role("button", name="Retirer").first.click()
    expect(rows).to_have_count(2)
    expect(panel.get_by_role("textbox", name="Scénario 1")).to_have_value("Le moins cher")
    screen.expect_parameter("scenario", "hab-1250_ag-6_5go-4_dom-1_c3-1_av-3_demar~Le moins cher")
    panel.get_by_role("button", name="Retirer").press("Enter")  # not where the last press was
    expect(table).to_have_count(0)
    screen.expect_parameter("scenario")
    screen.expect_example()


def test_markup_in_a_scenarios_name_stays_words(screen: Screen) -> None:
    screen.open(EXAMPLE)
    panel = screen.section("Comparer")
    name = "<img src=x onerror=alert(1)> *a* $x$"
    keep(screen, name, 1)
    row = panel.get_by_role("table", name="Les scénarios côte à côte").locator("tbody tr").last
    expect(row.locator("th")).to_have_text(name)
    expect(panel.locator("img[src=x]")).to_have_count(0)
