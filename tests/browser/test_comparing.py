"""Compare: scenarios side by side, each service left out, and the bars of the options of one order."""

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, KEPT, TARIFF, Screen, boxes
from test_accessibility import found_in_both

BARS = """() => [...[...document.querySelectorAll('svg.marks')].pop().querySelectorAll('.role-axis-label text')]
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
  .map((each) => each.textContent.replace(/\\s/g, ''))"""
"""Script that lists the names of the last chart's bars from top to bottom, without spaces, since a name may wrap."""
WITHOUT_BACKUP = ("477,00 €", "297,00 € à 387,00 €", "2 052,00 €")
"""Figures of the example without its backup, worked by hand: 190 once and 513 a year less."""


def with_scenarios(*kept: str) -> list[tuple[str, str]]:
    return [*EXAMPLE.items(), *(("scenario", each) for each in kept)]


def side_by_side(panel: Locator) -> Locator:
    """Find the table of the scenarios."""
    return panel.get_by_role("table", name="Les scénarios côte à côte")


def told(screen: Screen) -> Locator:
    """Find the line on the last gesture."""
    return screen.page.locator(".st-key-fait [role=status]")


def test_a_service_is_left_out_with_what_depends_on_it_and_brought_back(screen: Screen) -> None:
    screen.open({**EXAMPLE, "stockage-go": "30"})
    panel = screen.section("Comparer")
    without = panel.locator(".st-key-choix-sans button p")
    # 463 + 50 and 30 x 11 a year; 190 of set-up.
    expect(without.first).to_have_text("Sans la sauvegarde : 843,00 € de moins par an, 5 248,00 € de moins sur six ans")
    without.first.click()
    screen.expect_figures(*WITHOUT_BACKUP)
    for key in ("backups", "extra_storage_go"):
        expect(screen.number(key)).to_have_value("0")
    expect(without.filter(has_text="sauvegarde")).to_have_count(0)
    screen.button("Annuler").click()
    expect(screen.number("extra_storage_go")).to_have_value("30")
    expect(screen.number("backups")).to_have_value("1")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_keeping_comes_first_is_confirmed_and_brings_the_table_into_view(
    screen: Screen, width: int, height: int
) -> None:
    screen.resize(width, height)
    screen.open(EXAMPLE)
    panel = screen.section("Comparer")
    expect(panel.locator("h3").first).to_have_text("Garder cette simulation pour la comparer")
    for rank, name in enumerate(("Avec", "Encore"), start=1):
        screen.settle()
        panel.get_by_label("Nom du scénario").fill(name)
        panel.get_by_role("button", name="Garder").click()
        expect(told(screen)).to_have_text(f"Cette simulation est gardée : « {name} ».")
        expect(panel.get_by_role("button", name="Retirer")).to_have_count(rank)
        screen.settle()
        heading = panel.get_by_role("heading", name="Côte à côte")
        assert screen.outside(heading, side_by_side(panel).get_by_text("1re année")) == []
        assert screen.overlapping(heading, screen.page.locator(".st-key-reponse")) == []


def test_scenarios_are_columns_beside_one_named_estimate_that_is_listed_once(screen: Screen) -> None:
    screen.open(with_scenarios(*KEPT))
    panel = screen.section("Comparer")
    table = side_by_side(panel)
    columns = table.get_by_role("columnheader")
    expect(columns).to_have_text(["Scénario", "Tout compris (cette estimation)", "Sans sauvegarde"])
    assert len({round(each["bottom"]) for each in boxes(columns)}) == 1
    gap = table.get_by_role("row", name="Écart sur six ans par rapport à « Tout compris »")
    expect(gap.get_by_role("cell")).to_have_text(["–", "−3 268,00 €"])
    expect(table.get_by_role("row", name="CDG 62").get_by_role("cell")).to_have_text(["1 015,00 €", "640,00 €"])
    expect(table.get_by_role("row", name="Sauvegardes").get_by_role("cell")).to_have_text(["1", "0"])
    expect(panel.get_by_role("heading", name="Ce que coûte chacun sur six ans")).to_be_visible()
    expect(panel.locator("svg.marks").first).to_contain_text("dont CDG 62 : 640,00 €")
    # What is typed now is the one estimate that all are compared with.
    screen.type("domains", 2)
    expect(columns).to_have_text(["Scénario", "Cette estimation", "Tout compris", "Sans sauvegarde"])
    gap = table.get_by_role("row", name="Écart sur six ans par rapport à cette estimation")
    expect(gap.get_by_role("cell")).to_have_text(["–", "−90,00 €", "−3 358,00 €"])


@pytest.mark.parametrize("width", [1440, 1366, 1280, 1024, 720, 390, 320])
def test_four_scenarios_with_long_names_are_read_whole_at_every_width(screen: Screen, width: int) -> None:
    names = ("Proposition du conseil municipal de janvier", "Antivirus", "Certificats", "W" * 60)
    kept = [f"hab-1250_ag-6_5go-{rank}_sauv-{rank}_go-101~{name}" for rank, name in enumerate(names, start=1)]
    screen.resize(width, 800)
    screen.open([*with_scenarios(*kept), ("messagerie-illimitee", "W" * 60)])
    expect(screen.page.get_by_role("alert")).to_contain_text("WWW")
    panel = screen.section("Comparer")
    expect(panel.get_by_role("button", name="Retirer")).to_have_count(4)
    assert screen.overflow() == 0
    table = side_by_side(panel)
    place = boxes(table)[0]
    texts = table.locator("td, .figure, .quote, thead th:visible")
    wider = [each for each in boxes(texts) if each["width"] and each["right"] > place["right"] + 1]
    assert wider == []
    broken = "all => all.map((each) => each.innerText.trim()).filter((each) => /[0-9]\\n|\\n€/.test(each))"
    assert table.locator("td").evaluate_all(broken) == []
    assert screen.cut_labels() == []
    stacked = table.locator("td").evaluate_all("all => all.some((each) => getComputedStyle(each).display === 'flex')")
    assert stacked == (width <= 640)


def test_taking_back_a_scenario_says_what_it_replaces_and_can_be_undone(screen: Screen) -> None:
    screen.open(with_scenarios(KEPT[1]))
    panel = screen.section("Comparer")
    panel.get_by_role("button", name="Reprendre").click()
    screen.expect_figures(*WITHOUT_BACKUP)
    expect(told(screen)).to_have_text(
        "Le scénario « Sans sauvegarde » est repris : il remplace l'estimation à l'écran, qui n'était pas gardée."
    )
    screen.button("Annuler").click()
    screen.expect_example()
    expect(panel.get_by_role("button", name="Retirer")).to_have_count(1)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_second_click_where_a_scenario_was_removed_removes_no_other(screen: Screen, width: int) -> None:
    screen.resize(width, 900)
    screen.open(with_scenarios(*KEPT))
    panel = screen.section("Comparer")
    remove = panel.get_by_role("button", name="Retirer")
    remove.first.scroll_into_view_if_needed()
    screen.settle()
    [place, _] = boxes(remove)
    x, y = (place["left"] + place["right"]) / 2, (place["top"] + place["bottom"]) / 2
    screen.page.mouse.click(x, y)
    expect(told(screen)).to_have_text("Le scénario « Tout compris » est retiré.")
    expect(remove).to_have_count(1)
    screen.settle()
    screen.page.mouse.click(x, y)
    screen.settle()
    expect(remove).to_have_count(1)
    screen.button("Annuler").click()
    expect(remove).to_have_count(2)
    screen.expect_parameter("scenario", *KEPT)


def test_a_scenario_of_another_commune_bears_its_name_in_its_column_and_its_field(screen: Screen) -> None:
    here = {**TARIFF, "commune": "62083", "domaines": "2"}
    screen.open([*here.items(), ("scenario", "insee-62727_hab-1478_dom-1~Le mien")])
    panel = screen.section("Comparer")
    columns = side_by_side(panel).get_by_role("columnheader")
    expect(columns).to_have_text(["Scénario", "Cette estimation", "Le mien (Ruitz)"])
    expect(panel.get_by_role("textbox", name="Scénario 1, Ruitz")).to_have_value("Le mien")


def test_a_comparison_with_a_scenario_just_removed_has_no_fault(screen: Screen) -> None:
    screen.open(with_scenarios(*KEPT))
    panel = screen.section("Comparer")
    panel.get_by_role("button", name="Retirer").first.click()
    expect(panel.get_by_role("button", name="Retirer")).to_have_count(1)
    assert found_in_both(screen, ".st-key-section-comparer") == []
    screen.resize(390, 844)
    assert found_in_both(screen, ".st-key-section-comparer") == []


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
