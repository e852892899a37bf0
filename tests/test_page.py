"""The page as a whole, run by Streamlit's own test harness: its figures, collectivité, sections and states."""

import json
import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pricing.catalogue import communes, proposals
from tests.french import plain
from tests.links import ACT, ITEMS
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
    kinds = {str(each.key).replace("sorte-", "nombre-"): str(each.value) for each in page.radio}
    fields |= {item: fields.get(number, 0) for number, item in kinds.items()}
    order = held(page).choice.order
    assert all(fields.get(item, 0) == order.quantity(item) for item in ITEMS)
    return {item: order.quantity(item) for item in ITEMS if order.quantity(item)}


def figures(page: AppTest) -> str:
    """Return the three figures and the effect of the last change."""
    shown = plain(words(page))
    return shown[shown.index(FIRST_YEAR) : shown.index("Ce que chacun des deux")]


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


def test_an_empty_page_announces_its_answer_and_explains_each_family() -> None:
    page = opened()
    beside = plain(words(page).split("Combien coûtent vos services numériques")[2])
    steps, _, example = beside.partition("Exemple : ce ne sont pas vos montants")
    assert [each in steps for each in ("Qui vous êtes", "Ce que vous voulez", "Ce que vous emportez")] == [True] * 3
    assert "€" not in steps
    for said in ("1 250 habitants et 6 agents", "Noms de domaine : 1", "1 180,00 €", "5 320,00 €", "CDG 62, 265,00 €"):
        assert said in example
    assert "Exemple" not in words(turn_to(page, "Intercommunalité"))
    page = opened()
    [security] = [each.proto.body for each in page.get("html") if "<h3>Sécurité</h3>" in each.proto.body]
    assert ("<dt>Ordinateurs" in security, "<dt>Noms de domaine" in security) == (True, False)
    assert "Dernier changement" not in figures(give(page, domains=1))


@pytest.mark.parametrize(
    ("query", "said", "unsaid"),
    [
        ("habitants=500&antivirus=21&intervention=oui", ["357,00 € + 1 montant sur devis", "au-delà de 20 ord"], []),
        ("demarches=oui", ["à compléter", "nombre d'habitants à préciser"], []),
        ("stockage-go=10", ["Il faut d'abord au moins 1 "], ["Où va l'argent", "Six ans de dépenses"]),
        ("sauvegardes=1", ["Où va l'argent", "Six ans de dépenses"], ["Il faut d'abord"]),
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


# The commune, and other bodies


def place(page: AppTest) -> tuple[list[str | None], list[str]]:
    """Return the lists on the page, the one of communes or none, and the lines that replace it, as they are read."""
    lines = [element.proto.body for element in page.get("html") if 'class="chosen"' in element.proto.body]
    return [each.key for each in page.selectbox], [plain(unescape(re.sub(r"<[^>]+>", "", line))) for line in lines]


RUITZ = "Ruitz 1 478 habitants, population municipale 2023 (INSEE), en vigueur depuis le 1er janvier 2026"


def test_the_chosen_commune_replaces_the_list_of_communes() -> None:
    page = opened()
    assert place(page) == (["commune"], [])
    assert place(choose(page, "62727")) == ([], [RUITZ])
    population = communes()["62041"].population
    assert page.button(key="chercher").label == "Changer de commune"
    choose(page, "62041")
    assert page.number_input(key="inhabitants").value == population
    assert address(page) == {"tarif": ["2024-03-26"], "commune": ["62041"], "habitants": [str(population)]}
    assert place(press(page, "chercher")) == (["commune"], [])
    assert str(page.selectbox(key="commune").value).startswith("Arras ")
    page.selectbox(key="commune").set_value(None)
    assert place(page.run()) == (["commune"], [])
    assert address(page) == {"tarif": ["2024-03-26"], "habitants": [str(population)]}


def test_typed_inhabitants_replace_the_list_of_communes() -> None:
    page = give(opened(), inhabitants=1250)
    assert place(page) == ([], [])
    assert page.button(key="chercher").label == "Chercher la commune par son nom"
    press(page, "chercher")
    assert page.selectbox(key="commune").value is None
    assert page.number_input(key="inhabitants").value == 1250


def test_a_number_of_inhabitants_other_than_the_communes_is_pointed_out() -> None:
    told = "La table des communes indique 1 478 habitants ; vous avez saisi autre chose."
    page = opened("commune=62727&habitants=1478&domaines=1")
    assert told not in plain(words(page))
    assert told in plain(words(give(page, inhabitants=1500)))
    assert place(page) == ([], [RUITZ])


@pytest.mark.parametrize("structure", ["epci", "autre"])
def test_another_body_has_a_name_of_its_own_and_no_commune(structure: str) -> None:
    page = opened(f"type={structure}&habitants=1478&commune=62727&domaines=1")
    assert place(page) == ([], [])
    assert "Facultatifs ici" in words(page)
    assert not {"chercher", "exemple"} & {*offered(press(page, "zero"))}
    write_in(give(page, domains=1), "client_name", "é" * 27)
    assert page.text_input(key="client_name").value == "é" * 26
    assert address(page)["nom"] == ["é" * 26]
    assert f"Nom trop long pour le lien, raccourci : « {'é' * 26} »." in plain(words(page))
    write_in(page, "client_name", "  CCAS  de <b>Ruitz ")
    assert "Estimation pour CCAS de <b>Ruitz, 1 478 habitants" in plain(words(page))
    press(page, "presenter")
    assert any("<strong>CCAS de &lt;b&gt;Ruitz</strong>" in each.proto.body for each in page.get("html"))
    assert "client_name" not in offered(turn_to(press(page, "quitter"), "commune"))


def test_the_example_says_that_it_is_one() -> None:
    page = press(opened(), "exemple")
    assert "Un exemple, à changer à votre guise" in words(page)
    assert "Un exemple" not in words(give(page, domains=9))
    replaced = "L'exemple remplace ce qui était saisi."
    assert replaced not in plain(words(page))
    assert replaced in plain(words(press(give(opened(), inhabitants=900), "exemple")))


def test_a_proposal_fills_the_services_and_leaves_the_collectivite_alone() -> None:
    page = opened("tarif=2024-03-26&commune=62727&habitants=1500&agents=12&intervention=oui&antivirus=1")
    assert "Une simple proposition" not in words(page)
    assert "Une simple proposition" in words(press(page, "proposition"))
    proposed = proposals().under(ACT).for_size(1500)
    assert order(page) == {item: proposed.quantity(item) for item in ITEMS if proposed.quantity(item)}
    choice = held(page).choice
    assert (choice.commune, choice.client.inhabitants, choice.client.agents) == ("62727", 1500, 12)
    press(give(page, domains=9), "zero")
    assert order(page) == {}
    assert page.number_input(key="inhabitants").value == 1500


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
    "Comparer": ["Garder cette simulation pour la comparer", "D'autres choix", "Sans l'un des services"],
    "Points à confirmer": ["Ce que l'acte laisse ouvert"],
    "Partager, imprimer": ["À remettre", "Le lien", "Un texte pour un courriel"],
    "Et maintenant ?": [
        *("1. Lever les doutes", "2. Demander les devis", "3. Présenter au conseil"),
        *("4. Signer la convention tripartite", "5. Commander"),
    ],
}
FAMILIES = ["Présence en ligne", "Continuité", "Sécurité", "Gestion de la relation usagers"]


def headings(page: AppTest) -> list[str]:
    """Return the third-level headings of the page except the families of services."""
    found = [each for element in page.get("html") for each in re.findall("<h3>(.*?)</h3>", element.proto.body)]
    assert found[: len(FAMILIES)] == FAMILIES
    return found[len(FAMILIES) :]


LINK = "tarif=2024-03-26&commune=62727&habitants=1478&agents=12&messagerie-5go=4&domaines=1&demarches=oui"
SCENARIOS = "&scenario=hab-1478_5go-3~Sans+domaine&scenario=epci_dom-2~Un+EPCI"
STATES = {
    "empty": "",
    "scenarios": LINK + SCENARIOS,
    "presentation": LINK + SCENARIOS + "&vue=presentation",
    "epci": "type=epci&habitants=30000&demarches=oui&sauvegardes=2&stockage-go=101",
    "other": "type=autre&agents=12&cles-site-2ans=1",
    "unknown size": "demarches=oui&domaines=1",
    "set aside": "habitants=500&stockage-go=5&intervention=oui",
    "broken": "habitants=abc&prix=1&scenario=rien&domaines=1",
    "presentation of an epci": "type=epci&demarches=oui&vue=presentation",
}


def no_english(page: AppTest) -> None:
    for said in (words(page), *markdowns(page)):
        assert not ENGLISH.findall(said), said
    for chart in page.get("vega_lite_chart"):
        assert chart.proto.alt_text if hasattr(chart.proto, "alt_text") else chart.proto.alt


@pytest.mark.parametrize("section", SECTIONS)
def test_only_the_open_section_is_computed_and_the_page_opens_at_the_first(section: str) -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4&domaines=1", section)
    assert page.segmented_control(key="section").options == [*SECTIONS]
    assert headings(page) == SECTIONS[section]
    no_english(page)


@pytest.mark.parametrize(("rank", "state"), [*enumerate(STATES)])
def test_no_state_shows_an_english_word_or_a_traceback(rank: int, state: str) -> None:
    no_english(opened(STATES[state], [*SECTIONS][rank % len(SECTIONS)]))


def test_showing_a_chart_leaves_its_shared_specification_unchanged() -> None:
    def specs() -> list[dict[str, Any]]:
        return [json.loads(chart.proto.spec) for chart in opened(LINK + SCENARIOS, "Comparer").get("vega_lite_chart")]

    assert specs() == specs()
