"""Number of units, then their kind: items that stand for one another, their prices, and what goes with another item."""

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, SHARE, TARIFF, Screen, boxes
from test_accessibility import found_in_both

from tests.french import plain

YEARS = ("certificates_cdg_1y", "certificates_cdg_2y", "certificates_cdg_3y")
PER_YEAR = {
    "De 1 an, remis au CDG": "76,80 € par an",
    "De 2 ans, remis au CDG": "42,00 € par an",
    "De 3 ans, remis au CDG": "30,00 € par an, la moins chère",
    "De 1 an, remis sur site": "172,80 € par an + 1 montant sans prix indiqué",
    "De 2 ans, remis sur site": "90,00 € par an + 1 montant sans prix indiqué",
    "De 3 ans, remis sur site": "62,00 € par an + 1 montant sans prix indiqué",
    "Plusieurs sortes": "un nombre pour chacune",
}
"""Choices of a certificate, each with what is said of it: the price of the act divided by the years of its term."""


def service(screen: Screen, name: str) -> Locator:
    return screen.page.locator(f".st-key-service-{name}")


def expect_fields(screen: Screen, name: str, *labels: str) -> None:
    """Wait until these are the number fields of a service, by the beginning of their names."""
    fields = service(screen, name).get_by_role("spinbutton")
    expect(fields).to_have_count(len(labels))
    for field, label in zip(fields.all(), labels, strict=True):
        assert plain(field.get_attribute("aria-label") or "").startswith(label)


def test_six_certificates_are_one_number_then_one_choice_with_its_price_per_year(screen: Screen) -> None:
    screen.open(TARIFF)
    expect_fields(screen, "certificate", "Clé de signature : nombre de certificats")
    choices = screen.page.get_by_role("radiogroup", name="Clé de signature : quelle sorte ?").get_by_role("radio")
    for choice, (name, price) in zip(choices.all(), PER_YEAR.items(), strict=True):
        expect(choice).to_have_accessible_name(name)
        expect(choice).to_have_accessible_description(price)
    screen.number("certificates_cdg_3y").fill("2")
    screen.number("certificates_cdg_3y").press("Enter")
    screen.expect_parameter("cles-cdg-3ans", "2")
    screen.expect_figures("180,00 €", "0,00 € à 180,00 €", "360,00 €")

    screen.choose_kind("certificates_cdg_1y")
    screen.expect_parameter("cles-cdg-1an", "2")
    screen.expect_parameter("cles-cdg-3ans")
    screen.expect_figures("153,60 €", "153,60 €", "921,60 €")
    expect(screen.number("certificates_cdg_1y")).to_have_value("2")
    expect(screen.page.locator(".st-key-nombre-certificate")).to_contain_text("76,80 € par certificat, pour 1 an")


def test_several_kinds_open_their_single_fields_and_one_kind_gathers_them_again(screen: Screen) -> None:
    screen.open({**TARIFF, "messagerie-5go": "4"})
    screen.several("mailbox")
    expect_fields(screen, "mailbox", "Comptes de messagerie 5 Go", "Comptes de messagerie illimités")
    screen.expect_parameter("messagerie-5go", "4")
    # They stay open while one kind alone is asked for, and while another zone of the page is used.
    screen.type("mailboxes_unlimited", 2)
    screen.expect_parameter("messagerie-illimitee", "2")
    screen.type("mailboxes_5go", 0)
    screen.expect_parameter("messagerie-5go")
    screen.type("domains", 1)
    screen.expect_parameter("domaines", "1")
    expect_fields(screen, "mailbox", "Comptes de messagerie 5 Go", "Comptes de messagerie illimités")

    screen.type("mailboxes_5go", 3)
    screen.choose_kind("mailboxes_5go")
    screen.expect_parameter("messagerie-5go", "5")
    expect_fields(screen, "mailbox", "Messagerie : nombre de comptes")
    expect(screen.page.get_by_role("status").filter(has_text="Tous les comptes en 5 Go.")).to_be_visible()
    screen.button("Annuler").click()
    screen.expect_parameter("messagerie-illimitee", "2")
    expect(screen.number("mailboxes_unlimited")).to_have_value("2")


def test_what_is_below_several_kinds_does_not_stand_under_their_heading(screen: Screen) -> None:
    screen.open({**TARIFF, "messagerie-5go": "4", "messagerie-illimitee": "1"})
    expect(service(screen, "mailbox").get_by_role("heading", name="Messagerie")).to_be_visible()
    of_heading, other = (boxes(screen.page.locator(f".st-key-{key}"))[0] for key in ("mailboxes_unlimited", "domains"))
    assert other["left"] < of_heading["left"]


def test_a_link_to_several_kinds_opens_them_and_an_order_of_one_kind_closes_them(screen: Screen) -> None:
    screen.open({**TARIFF, "habitants": "1250", "cles-cdg-1an": "1", "cles-site-3ans": "2"})
    expect(service(screen, "certificate").get_by_role("spinbutton")).to_have_count(6)
    expect(screen.number("certificates_on_site_3y")).to_have_value("2")
    screen.button("Remplacer par la proposition").click()
    expect_fields(screen, "certificate", "Clé de signature : nombre de certificats")
    expect(screen.number("certificates_cdg_3y")).to_have_value("1")
    screen.page.go_back()
    expect(service(screen, "certificate").get_by_role("spinbutton")).to_have_count(6)


def test_the_kind_chosen_before_any_number_is_kept(screen: Screen) -> None:
    screen.open(TARIFF)
    screen.choose_kind("mailboxes_unlimited")
    screen.type("domains", 1)
    screen.expect_parameter("domaines", "1")
    expect(screen.kind("mailboxes_unlimited")).to_be_checked()
    screen.number("mailboxes_unlimited").fill("2")
    screen.number("mailboxes_unlimited").press("Enter")
    screen.expect_parameter("messagerie-illimitee", "2")
    screen.type("mailboxes_unlimited", 0)
    screen.expect_parameter("messagerie-illimitee")
    expect(screen.kind("mailboxes_unlimited")).to_be_checked()
    screen.page.go_back()
    screen.expect_parameter("messagerie-illimitee", "2")
    expect(screen.kind("mailboxes_unlimited")).to_be_checked()
    expect(screen.number("mailboxes_unlimited")).to_have_value("2")


def test_a_number_not_sent_yet_counts_for_the_kind_that_is_clicked_next(screen: Screen) -> None:
    screen.open(TARIFF)
    screen.number("mailboxes_5go").fill("6")
    screen.choose_kind("mailboxes_unlimited")
    screen.expect_parameter("messagerie-illimitee", "6")
    screen.expect_parameter("messagerie-5go")
    expect(screen.number("mailboxes_unlimited")).to_have_value("6")


def test_a_kind_is_chosen_by_the_arrow_keys_and_the_focus_stays(screen: Screen) -> None:
    screen.open({**TARIFF, "messagerie-5go": "2"})
    screen.kind("mailboxes_5go").focus()
    screen.page.keyboard.press("ArrowDown")
    screen.expect_parameter("messagerie-illimitee", "2")
    screen.settle()
    expect(screen.kind("mailboxes_unlimited")).to_be_focused()
    screen.page.keyboard.press("ArrowDown")
    expect(service(screen, "mailbox").get_by_role("spinbutton")).to_have_count(2)
    screen.settle()
    expect(screen.page.get_by_role("radio", name="Plusieurs sortes").first).to_be_focused()


def test_an_option_adopted_is_the_kind_that_is_shown(screen: Screen) -> None:
    screen.open({**TARIFF, "messagerie-5go": "2"})
    screen.section("Comparer").get_by_role("button", name="Tous les comptes en illimité").click()
    screen.expect_parameter("messagerie-illimitee", "2")
    expect(screen.kind("mailboxes_unlimited")).to_be_checked()
    expect(screen.number("mailboxes_unlimited")).to_have_value("2")


def test_what_is_changed_in_presentation_mode_is_shown_after_it(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open({**TARIFF, "messagerie-5go": "2", "vue": "presentation"})
    screen.type("mailboxes_unlimited", 3)
    screen.expect_parameter("messagerie-illimitee", "3")
    screen.button("Quitter").click()
    expect_fields(screen, "mailbox", "Comptes de messagerie 5 Go", "Comptes de messagerie illimités")
    expect(screen.number("mailboxes_unlimited")).to_have_value("3")


def test_choices_have_no_fault_open_or_closed_and_are_seen_in_high_contrast(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.several("certificate")
    screen.page.locator(".explained summary").first.click()
    assert found_in_both(screen) == []
    names = screen.page.get_by_role("spinbutton").evaluate_all("all => all.map((each) => each.ariaLabel)")
    assert len({*names}) == len(names)
    screen.page.emulate_media(forced_colors="active")
    mark = "label:has(input:{}) > div > div:first-of-type"
    chosen, other = (
        screen.page.locator(f".st-key-sorte-mailbox {mark.format(state)}").first
        for state in ("checked", "not(:checked)")
    )
    look = "each => { const { borderWidth, borderColor } = getComputedStyle(each); return borderWidth + borderColor; }"
    assert chosen.evaluate(look) != other.evaluate(look)
    screen.page.emulate_media(forced_colors="none")


def test_only_the_kind_chosen_is_printed_and_none_where_nothing_is_asked_for(screen: Screen) -> None:
    screen.open({**TARIFF, "messagerie-5go": "2"})
    screen.page.emulate_media(media="print")
    expect(screen.page.locator(".st-key-sorte-mailbox").get_by_text("En 5 Go", exact=True)).to_be_visible()
    expect(screen.page.locator(".st-key-sorte-mailbox").get_by_text("En illimité", exact=True)).to_be_hidden()
    expect(service(screen, "certificate")).to_be_hidden()


# Prices by number, words beside those of the act


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ({}, "nombre-mailbox", "accompagnement par an : 25,00 € jusqu'à 2 comptes, 50,00 € jusqu'à 5"),
        ({"messagerie-illimitee": "6"}, "nombre-mailbox", "accompagnement : 100,00 € par an pour 6 comptes"),
        ({}, "antivirus_intervention", "mise en service : 50,00 € jusqu'à 2 ordinateurs, 100,00 € jusqu'à 5"),
        ({"antivirus": "18"}, "antivirus_intervention", "mise en service : 300,00 € pour 18 ordinateurs"),
        (
            {"antivirus": "21", "intervention": "oui"},
            "antivirus_intervention",
            "mise en service : 21 ordinateurs, sur devis au-delà de 20 ordinateurs",
        ),
        ({}, "web_pages", "14,00 € par compte (une page) et par an ; mise en service 50,00 € par compte"),
    ],
    ids=["bands", "counted", "bands of a box", "box not ticked yet", "on quote", "plain unit"],
)
def test_a_price_by_number_is_said_for_this_order(
    screen: Screen, query: dict[str, str], place: str, words: str
) -> None:
    screen.open({**TARIFF, **query})
    expect(screen.page.locator(f".st-key-{place} label")).to_contain_text(words)


def test_headings_of_the_act_have_a_plain_word_beside_them(screen: Screen) -> None:
    screen.open(EXAMPLE)
    for heading, beside in {
        "Continuité": "signer les documents par ordinateur",
        "Gestion de la relation usagers": "les démarches des habitants par internet",
    }.items():
        family = screen.page.locator(".family").filter(has=screen.page.get_by_role("heading", name=heading))
        expect(family).to_contain_text(beside)
    source = screen.page.locator("details").filter(has_text="ligne « Nom de domaine »").first
    source.get_by_text("Dans l'acte : d'où vient ce prix").click()
    expect(source).to_contain_text("Délibération, rubrique « Présence en ligne », ligne « Nom de domaine », colonne")


def test_explanations_opened_leave_the_fields_within_reach(screen: Screen) -> None:
    screen.resize(1366, 768)
    screen.open(TARIFF)
    field = screen.number("domains")
    before = boxes(field)[0]["top"]
    screen.page.locator(".explained summary").first.click()
    expect(screen.page.locator(".explained [role=region]").first).to_be_visible()
    assert boxes(field)[0]["top"] - before < 250
    screen.page.locator(".explained [role=region]").first.focus()
    expect(screen.page.locator(".explained [role=region]").first).to_be_focused()


def test_the_category_appears_once_something_depends_on_it(screen: Screen) -> None:
    screen.open({**TARIFF, "habitants": "1250", "domaines": "1"})
    expect(screen.figures.first).to_have_text("15,00 €")
    expect(screen.category).to_have_count(0)
    screen.tick("demarches_simplifiees")
    expect(screen.category).to_contain_text("Catégorie B")


def test_what_is_left_of_a_removed_item_says_so_and_what_to_do(screen: Screen) -> None:
    screen.open({**TARIFF, "sauvegardes": "1", "stockage-go": "30"})
    screen.type("backups", 0)
    expect(screen.page.get_by_role("alert").filter(has_text="Vous avez retiré « Sauvegardes »")).to_contain_text(
        "ce choix reste à 30 Go, mais rien n'est compté. Remettez au moins 1 sauvegarde, ou mettez ce nombre à 0."
    )
    screen.section(SHARE)
    assert "(30 Go) reste demandé sans sauvegarde" in screen.written("Texte du courriel").replace("\u00a0", " ")
    screen.type("extra_storage_go", 0)
    expect(screen.page.get_by_text("Vous avez retiré")).to_have_count(0)
