"""The page as a whole, run by Streamlit's own test harness: its figures, collectivité, sections and states."""

import json
import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pricing.catalogue import communes, proposals
from pricing.order import ITEMS
from tests.french import plain
from tests.pages import (
    address,
    at_section,
    choose,
    give,
    held,
    markdowns,
    offered,
    opened,
    press,
    turn_to,
    words,
    write_in,
)
from views.reports.parts import FIRST_YEAR, LATER, SIX_YEARS

ENGLISH = re.compile(
    r"\b(the|and|year|total cost|price|quote|with|error|invalid|none|null|nan|true|false)\b", re.IGNORECASE
)


def order(page: AppTest) -> dict[str, int]:
    """Return the order on the page, without zeros, checked to be the same in its fields and in its query string."""
    fields = {each.key: int(each.value or 0) for each in (*page.number_input, *page.checkbox)}
    order = held(page).choice.order
    assert all(fields[item] == order.quantity(item) for item in ITEMS)
    return {item: order.quantity(item) for item in ITEMS if order.quantity(item)}


def figures(page: AppTest) -> str:
    """Return the three figures and the effect of the last change."""
    shown = plain(words(page))
    return shown[shown.index(FIRST_YEAR) : shown.index("Ce que chacun des deux")]


def test_an_empty_page_announces_its_answer() -> None:
    shown = words(opened())
    assert "Combien coûtent vos services numériques" in shown
    assert "€" not in shown.split("Combien")[1]


def test_the_newcomers_order_gives_the_figures_worked_by_hand() -> None:
    asked = {"mailboxes_5go": 4, "domains": 1, "certificates_cdg_3y": 1, "backups": 1, "antivirus_devices": 3}
    shown = plain(words(give(opened(), inhabitants=1250, agents=6, demarches_simplifiees=True, **asked)))
    for said in (
        "Catégorie B", f"{FIRST_YEAR} TTC ", f"{LATER} TTC ", f"{SIX_YEARS} TTC ",
        "Seuil suivant : catégorie C dès 2 001 habitants (751 de plus) ou 11 agents (5 de plus) : +912,00 €",
        "1 180,00 €", "810,00 € à 900,00 €", "840,00 € par an", "5 320,00 €", "dont 280,00 € de mise",
        "La Fibre Numérique 59-62 pour le service 915,00 € 660,00 € à 750,00 € 4 305,00 €",
        "CDG 62 pour l'accompagnement 265,00 € 150,00 € 1 015,00 €",
    ):  # fmt: skip
        assert said in shown, said


def test_an_amount_on_quote_is_never_a_zero() -> None:
    shown = words(opened("type=epci&demarches=oui"))
    answer = shown[shown.index("sur devis, comme l") : shown.index("Ce que chacun des deux")]
    assert "3 montants sur devis" in answer
    assert "0,00 €" not in answer


@pytest.mark.parametrize(
    ("query", "said", "unsaid"),
    [
        ("habitants=500&antivirus=21&intervention=oui", ["357,00 € + 1 montant sur devis", "au-delà de 20 ord"], []),
        ("demarches=oui", ["à compléter", "nombre d'habitants à préciser"], []),
        ("stockage-go=10", [], ["Où va l'argent"]),
        ("sauvegardes=1", ["Où va l'argent"], []),
        (
            "type=epci&commune=62727&habitants=30000&domaines=1&demarches=oui",
            ["sur devis, comme l'acte le prévoit pour les autres structures", "15,00 € + 3 montants sur devis"],
            ["Catégorie"],
        ),
    ],
)
def test_unknown_and_missing_amounts_are_named(query: str, said: list[str], unsaid: list[str]) -> None:
    shown = plain(words(opened(query)))
    assert [each for each in said if each not in shown] == []
    assert [each for each in unsaid if each in shown] == []


def test_an_item_that_cannot_be_ordered_alone_has_a_warning_beside_its_field() -> None:
    assert len(opened("habitants=500&stockage-go=10&intervention=oui").warning) == 2


# The commune, and other bodies


def chosen(page: AppTest) -> list[str]:
    """Return the lines that replace the list of communes, as a reader sees them."""
    lines = [element.proto.body for element in page.get("html") if 'class="chosen"' in element.proto.body]
    return [plain(unescape(re.sub(r"<[^>]+>", "", line))) for line in lines]


def lists(page: AppTest) -> list[str | None]:
    """Return the lists on the page: the one of communes or none, since it has no other."""
    return [each.key for each in page.selectbox]


RUITZ = "Ruitz 1 478 habitants, population municipale 2023 (INSEE), en vigueur depuis le 1er janvier 2026"


def test_the_chosen_commune_replaces_the_list_of_communes() -> None:
    page = opened()
    assert (lists(page), chosen(page)) == (["commune"], [])
    for code, line in (("62727", RUITZ), ("62041", "Arras 42 875 habitants, ")):
        choose(page, code)
        assert lists(page) == []
        [said] = chosen(page)
        assert said.startswith(line)
        population = communes()[code].population
        assert page.number_input(key="inhabitants").value == population
        assert address(page) == {"tarif": ["2024-03-26"], "commune": [code], "habitants": [str(population)]}
        assert page.button(key="chercher").label == "Changer de commune"
    press(page, "chercher")
    assert lists(page) == ["commune"]
    assert str(page.selectbox(key="commune").value).startswith("Arras ")
    assert chosen(page) == []


def test_typed_inhabitants_replace_the_list_of_communes() -> None:
    page = give(opened(), inhabitants=1250)
    assert (lists(page), chosen(page)) == ([], [])
    assert page.button(key="chercher").label == "Chercher la commune par son nom"
    press(page, "chercher")
    assert page.selectbox(key="commune").value is None
    assert page.number_input(key="inhabitants").value == 1250


def test_an_emptied_commune_leaves_its_list_open() -> None:
    page = press(opened("commune=62727&habitants=1478&domaines=1"), "chercher")
    page.selectbox(key="commune").set_value(None)
    page.run()
    assert lists(page) == ["commune"]
    assert page.number_input(key="inhabitants").value == 1478
    assert "commune" not in address(page)


def test_a_number_of_inhabitants_other_than_the_communes_is_pointed_out() -> None:
    told = "La table des communes indique 1 478 habitants ; vous avez saisi autre chose."
    page = opened("commune=62727&habitants=1478&domaines=1")
    assert told not in plain(words(page))
    assert told in plain(words(give(page, inhabitants=1500)))
    assert chosen(page) == [RUITZ]


@pytest.mark.parametrize("structure", ["epci", "autre"])
def test_another_body_has_neither_list_nor_line_nor_example(structure: str) -> None:
    page = opened(f"type={structure}&habitants=1478&commune=62727")
    assert (lists(page), chosen(page)) == ([], [])
    assert not {"chercher", "exemple"} & {*offered(page)}
    assert "commune" not in address(page)


def test_the_inhabitants_of_a_commune_are_not_those_of_another_body() -> None:
    page = opened("tarif=2024-03-26&commune=62727&habitants=1478&domaines=1")
    for structure, inhabitants in (("epci", None), ("commune", 1_478), ("other", None)):
        assert turn_to(page, structure).number_input(key="inhabitants").value == inhabitants, structure
    assert turn_to(give(page, inhabitants=30_000), "commune").number_input(key="inhabitants").value == 1_478


@pytest.mark.parametrize("structure", ["epci", "autre"])
def test_another_body_is_named_as_it_says_in_the_link_and_in_presentation_mode(structure: str) -> None:
    page = opened(f"tarif=2024-03-26&type={structure}&domaines=1")
    assert page.text_input(key="client_name").value == ""
    assert "nom" not in address(page)
    write_in(page, "client_name", "  CCAS  de <b>Ruitz ")
    assert address(page)["nom"] == ["CCAS de <b>Ruitz"]
    assert "Trop long" not in words(page)
    press(page, "presenter")
    assert address(page)["nom"] == ["CCAS de <b>Ruitz"]
    assert any("<strong>CCAS de &lt;b&gt;Ruitz</strong>" in each.proto.body for each in page.get("html"))
    assert press(page, "quitter").text_input(key="client_name").value == "CCAS de <b>Ruitz"


def test_a_commune_has_its_name_in_the_table_and_another_body_keeps_its_own() -> None:
    page = opened("tarif=2024-03-26&type=autre&commune=62727&domaines=1&nom=Le%20SIVOM")
    assert page.text_input(key="client_name").value == "Le SIVOM"
    turn_to(page, "commune")
    assert "client_name" not in offered(page)
    assert "nom" not in address(page)
    assert turn_to(page, "other").text_input(key="client_name").value == "Le SIVOM"
    assert address(page)["nom"] == ["Le SIVOM"]


def test_a_name_too_long_for_the_link_is_shortened_with_a_message() -> None:
    page = write_in(opened("tarif=2024-03-26&type=autre&domaines=1"), "client_name", "é" * 27)
    assert page.text_input(key="client_name").value == "é" * 26
    assert address(page)["nom"] == ["é" * 26]
    assert f"Nom trop long pour le lien, raccourci : « {'é' * 26} »." in plain(words(page))


def test_the_example_says_that_it_is_one() -> None:
    page = press(opened(), "exemple")
    assert "Un exemple, à changer à votre guise" in words(page)
    assert "Un exemple" not in words(give(page, domains=9))


def test_a_proposal_fills_the_services_and_leaves_the_collectivite_alone() -> None:
    page = opened("tarif=2024-03-26&commune=62727&habitants=1500&agents=12&intervention=oui&antivirus=1")
    press(page, "proposition")
    proposed = proposals().for_size(1500)
    assert order(page) == {item: proposed.quantity(item) for item in ITEMS if proposed.quantity(item)}
    choice = held(page).choice
    assert (choice.commune, choice.client.inhabitants, choice.client.agents) == ("62727", 1500, 12)
    press(give(page, domains=9), "zero")
    assert order(page) == {}
    assert page.number_input(key="inhabitants").value == 1500


# Effect of a change


@pytest.mark.parametrize(
    ("query", "fields", "changes"),
    [
        # 27 € a year and 10 € of set-up; five accounts are still in the same band as four.
        ("", {"mailboxes_unlimited": 1}, ["+37,00 €", "+27,00 €", "+172,00 €"]),
        ("&cles-cdg-3ans=1", {"mailboxes_unlimited": 1}, ["+37,00 €", "+27,00 € en moyenne", "+172,00 €"]),
        ("", {"inhabitants": 1300}, []),
    ],
    ids=["steady", "on average", "no figure changed"],
)
def test_the_effect_of_a_change_is_shown_under_the_figures(
    query: str, fields: dict[str, int], changes: list[str]
) -> None:
    page = opened(f"tarif=2024-03-26&habitants=1250&messagerie-5go=4{query}")
    assert "Dernier changement" not in figures(page)
    said = figures(give(page, **fields))
    assert re.findall(r"Dernier changement : ([^ ]+ €(?: en moyenne)?)", said) == changes
    assert figures(at_section(page, "Comparer")) == said


# Sections and states


SECTIONS = {
    "Le détail": ["Où va l'argent, sur six ans"],
    "Comparer": ["D'autres choix", "Garder cette simulation pour la comparer"],
    "Points à confirmer": ["Ce que l'acte laisse ouvert"],
    "Partager, imprimer": ["À remettre", "Le lien", "Un texte pour un courriel"],
}
FAMILIES = ["Présence en ligne", "Continuité", "Sécurité", "Gestion de la relation usagers"]


def headings(page: AppTest) -> list[str]:
    """Return the third-level headings of the page except the families of services."""
    found = [each for element in page.get("html") for each in re.findall("<h3>(.*?)</h3>", element.proto.body)]
    assert found[: len(FAMILIES)] == FAMILIES
    return found[len(FAMILIES) :]


@pytest.mark.parametrize("section", SECTIONS)
def test_only_the_open_section_is_computed_and_the_page_opens_at_the_first(section: str) -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4&domaines=1", section)
    assert page.segmented_control(key="section").options == [*SECTIONS]
    assert headings(page) == SECTIONS[section]


LINK = "tarif=2024-03-26&commune=62727&habitants=1478&agents=12&messagerie-5go=4&domaines=1&demarches=oui"
SCENARIOS = "&scenario=hab-1478_5go-3~Sans+domaine&scenario=epci_dom-2~Un+EPCI"
STATES = {
    "empty": "",
    "newcomer": LINK,
    "scenarios": LINK + SCENARIOS,
    "presentation": LINK + SCENARIOS + "&vue=presentation",
    "epci": "type=epci&habitants=30000&demarches=oui&sauvegardes=2&stockage-go=101",
    "other": "type=autre&agents=12&cles-site-2ans=1",
    "unknown size": "demarches=oui&domaines=1",
    "set aside": "habitants=500&stockage-go=5&intervention=oui",
    "broken": "habitants=abc&prix=1&scenario=rien&domaines=1",
    "presentation of nothing": "vue=presentation",
    "presentation of an epci": "type=epci&demarches=oui&vue=presentation",
}


@pytest.mark.parametrize(
    ("state", "section"),
    [
        *((state, [*SECTIONS][rank % len(SECTIONS)]) for rank, state in enumerate(STATES)),
        *(("scenarios", section) for section in SECTIONS),
    ],
)
def test_no_state_shows_an_english_word_or_a_traceback(state: str, section: str) -> None:
    page = opened(STATES[state], section)
    assert not ENGLISH.findall(words(page))
    for body in markdowns(page):
        assert not ENGLISH.findall(body), body
    for chart in page.get("vega_lite_chart"):
        assert chart.proto.alt_text if hasattr(chart.proto, "alt_text") else chart.proto.alt


def test_showing_a_chart_leaves_its_shared_specification_unchanged() -> None:
    def specs() -> list[dict[str, Any]]:
        return [json.loads(chart.proto.spec) for chart in opened(LINK + SCENARIOS, "Comparer").get("vega_lite_chart")]

    assert specs() == specs()
