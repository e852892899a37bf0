"""Compare: the options of one order, and scenarios kept side by side in the link."""

from playwright.sync_api import expect
from screen import EXAMPLE, FIGURES, Screen

WITHOUT_BACKUP = ("477,00 €", "297,00 € à 387,00 €", "2 052,00 €")
"""Figures of the example without its backup: 190 of set-up and 513 a year less."""


BARS = """() => [...[...document.querySelectorAll('svg.marks')].pop().querySelectorAll('.role-axis-label text')]
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
  .map((each) => each.textContent.replace(/\\s/g, ''))"""
"""Script that lists the names of the last chart's bars from top to bottom, without spaces, since a name may wrap."""


def test_the_bars_of_the_options_are_in_the_order_of_their_buttons_also_after_an_edit(screen: Screen) -> None:
    screen.open({"habitants": "1250", "messagerie-5go": "8", "cles-cdg-3ans": "2", "antivirus": "4"})
    panel = screen.section("Comparer")
    screen.expect_charts(2)
    first = screen.page.evaluate(BARS)
    screen.type("mailboxes_5go", 3)
    # 3 x 7 x 6: with so few accounts, unlimited ones save less than certificates of 2 years do.
    option = panel.get_by_role("button", name="Tous les comptes en illimité")
    expect(option).to_contain_text("126,00 € de plus")
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


def test_two_scenarios_are_kept_compared_renamed_opened_and_removed(screen: Screen) -> None:
    screen.open(EXAMPLE)
    panel = screen.section("Comparer")
    panel.get_by_text("Les mêmes chiffres en tableau").click()
    option = panel.get_by_role("row", name="Tous les comptes en illimité")
    expect(option.locator("td")).to_have_text(["1 208,00 €", "868,00 €", "5 488,00 €", "+168,00 €"])
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
    panel.get_by_role("button", name="Retirer").press("Enter")  # not where the last click was
    expect(table).to_have_count(0)
    screen.expect_parameter("scenario")
    screen.expect_example()
