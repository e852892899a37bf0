"""The folded part below the services: what is in place, what is paid today, the first month."""

from playwright.sync_api import Locator, expect
from screen import EXAMPLE, Screen
from test_accessibility import found_in_both

FOLD = "Préciser : déjà en place, coût actuel, mois de départ"


def part(screen: Screen) -> Locator:
    return screen.page.locator(".st-key-precisions")


def month(screen: Screen) -> Locator:
    return screen.page.get_by_role("combobox", name="Mois de départ, la 1re année")


def test_what_is_said_in_the_folded_part_changes_the_answer_and_stays_in_the_link(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    expect(part(screen).get_by_role("checkbox")).to_have_count(0)
    part(screen).get_by_text(FOLD).click()
    expect(part(screen).get_by_role("checkbox")).to_have_count(3)

    screen.tick("deja-mailbox")
    screen.expect_parameter("deja", "messagerie-5go")
    screen.expect_figures("1 140,00 €", "810,00 € à 900,00 €", "5 280,00 €")  # 40 € of set-up fewer

    screen.type("paye-aujourdhui", 840)
    screen.expect_parameter("aujourdhui", "840")
    month(screen).click()
    screen.page.get_by_role("option", name="septembre").click()
    screen.expect_parameter("mois", "9")
    screen.expect_figures("1 140,00 €", "810,00 € à 900,00 €", "5 280,00 €")
    beside = screen.page.locator(".beside li")
    expect(beside).to_have_count(3)
    expect(beside.nth(1)).to_contain_text("de 30,00\u00a0€ de moins à 60,00\u00a0€ de plus")
    expect(screen.page.locator(".swatch.today")).to_be_visible()
    expect(screen.page.locator("svg.marks .mark-rule line")).to_have_count(1)
    assert not screen.english()
    assert not found_in_both(screen)
    assert not screen.cut_labels()

    screen.page.reload()
    screen.settle()
    expect(part(screen).get_by_role("checkbox")).to_have_count(0)
    screen.expect_figures("1 140,00 €", "810,00 € à 900,00 €", "5 280,00 €")
    expect(beside).to_have_count(3)
    part(screen).get_by_text(FOLD).click()
    expect(part(screen).get_by_role("checkbox", name="Messagerie : déjà en place")).to_be_checked()
    expect(screen.number("paye-aujourdhui")).to_have_value("840")
    expect(month(screen)).to_have_value("septembre")


def test_what_is_paid_today_is_a_line_on_the_screen_too(screen: Screen) -> None:
    screen.open({**EXAMPLE, "aujourdhui": "840", "vue": "presentation"})
    screen.settle()
    expect(screen.page.locator("svg.marks .mark-rule line")).to_have_count(1)
    expect(screen.page.locator("li:has(> .swatch.today)")).to_contain_text("Payé aujourd'hui : 840,00")
    assert not screen.cut_labels()


def test_the_folded_part_fits_a_telephone_and_takes_back_what_was_said(screen: Screen) -> None:
    screen.open({**EXAMPLE, "deja": "sauvegardes", "aujourdhui": "840", "mois": "9"})
    screen.resize(390, 844)
    part(screen).get_by_text(FOLD).click()
    expect(part(screen).get_by_role("checkbox")).to_have_count(3)
    screen.settle()
    assert screen.overflow() <= 0
    screen.page.locator(".st-key-mois-de-depart").get_by_role("button", name="Effacer la valeur").click()
    screen.expect_parameter("mois")
    screen.type("paye-aujourdhui", "")
    screen.expect_parameter("aujourdhui")
    screen.tick("deja-backup")
    screen.expect_parameter("deja")
    screen.resize(1440, 900)
    screen.expect_example()
    expect(screen.page.locator(".beside")).to_have_count(0)
