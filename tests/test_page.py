"""The page as a whole, run by Streamlit's own test harness: figures, and no traceback whatever is typed."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from pricing.catalogue import communes, load, proposals
from pricing.communes import findable
from pricing.link import read
from pricing.order import CHOICES, ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from pricing.simulation import Simulation
from tests.french import plain
from tests.pages import address, at_section, open_at
from tests.test_catalogue import ADOPTED, FILE, changed
from views import kept
from views.reports.parts import FIRST_YEAR, LATER, SIX_YEARS

ENGLISH = re.compile(
    r"\b(the|and|year|total cost|price|quote|with|error|invalid|none|null|nan|true|false)\b", re.IGNORECASE
)


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file("../streamlit_app.py", default_timeout=30).run()


def fill(page: AppTest, *, structure: str = "commune", **values: int | bool) -> AppTest:
    page.segmented_control(key="structure").set_value(structure)
    for key, value in values.items():
        if key in CHOICES:
            page.checkbox(key=key).set_value(bool(value))
        else:
            page.number_input(key=key).set_value(value)
    return page.run()


def words(page: AppTest) -> str:
    """Everything a reader sees, with plain spaces."""
    return re.sub(r"\s+", " ", " ".join(_texts(page)))


def _texts(page: AppTest) -> Iterator[str]:
    assert not page.exception, page.exception
    for kind in ("html", "markdown", "subheader", "warning", "info", "error"):
        for element in page.get(kind):
            body = getattr(element, "proto", element)
            yield unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", getattr(body, "body", ""), flags=re.DOTALL))


def test_an_empty_page_says_what_it_will_answer(page: AppTest) -> None:
    assert "Combien coûtent vos services numériques" in words(page)
    assert "€" not in words(page).split("Combien")[1]


def test_the_newcomers_order_gives_the_figures_a_pencil_confirms(page: AppTest) -> None:
    shown = words(
        fill(
            page,
            inhabitants=1250,
            agents=6,
            mailboxes_5go=4,
            domains=1,
            certificates_cdg_3y=1,
            backups=1,
            antivirus_devices=3,
            demarches_simplifiees=True,
        )
    )
    assert "Catégorie B" in shown
    for label in (FIRST_YEAR, LATER, SIX_YEARS):
        assert f"{label} TTC " in shown, label
    assert (
        "Seuil suivant : catégorie C dès 2 001 habitants (751 de plus) ou 11 agents (5 de plus) : "
        "+912,00 € sur six ans." in plain(shown)
    )
    for figure in ("1 180,00 €", "810,00 € à 900,00 €", "840,00 € par an", "5 320,00 €", "dont 280,00 € de mise"):
        assert figure in shown, figure
    quotes = plain(shown)
    assert "La Fibre Numérique 59-62 pour le service 915,00 € 660,00 € à 750,00 € 4 305,00 €" in quotes
    assert "CDG 62 pour l'accompagnement 265,00 € 150,00 € 1 015,00 €" in quotes


def test_an_amount_on_quote_is_never_a_zero(page: AppTest) -> None:
    shown = words(fill(page, structure="epci", demarches_simplifiees=True))
    answer = shown[shown.index("sur devis, comme l") : shown.index("Ce que chacun des deux")]
    assert "3 montants sur devis" in answer
    assert "0,00 €" not in answer


def test_a_total_that_leaves_a_quote_out_says_so(page: AppTest) -> None:
    shown = words(fill(page, inhabitants=500, antivirus_devices=21, antivirus_intervention=True))
    assert "357,00 € + 1 montant sur devis" in shown
    assert "sur devis au-delà de 20 ordinateurs" in shown


def test_what_cannot_be_ordered_alone_is_said_beside_its_field(page: AppTest) -> None:
    page = fill(page, inhabitants=500, extra_storage_go=10, antivirus_intervention=True)
    assert len(page.warning) == 2


def test_a_chart_of_services_is_drawn_only_where_there_is_one(page: AppTest) -> None:
    page = fill(page, extra_storage_go=10)
    assert "Où va l'argent" not in words(page)
    page = fill(page, backups=1)
    assert "Où va l'argent" in words(page)


def test_a_commune_that_says_nothing_is_told_what_is_missing(page: AppTest) -> None:
    shown = words(fill(page, demarches_simplifiees=True))
    assert "à compléter" in shown
    assert "nombre d'habitants à préciser" in shown


def test_the_largest_order_there_can_be_is_shown(page: AppTest) -> None:
    most: dict[str, Any] = {item: True if item in CHOICES else MAX_QUANTITY for item in ITEMS}
    shown = words(fill(page, inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS, **most))
    assert "Catégorie I" in shown
    assert "sur devis" in shown


def test_no_english_word_is_seen(page: AppTest) -> None:
    shown = words(fill(page, inhabitants=1250, agents=12, mailboxes_5go=21, backups=1, extra_storage_go=101))
    assert not ENGLISH.findall(shown)


# Opened by a link


def opened(address: str, section: str = "Le détail") -> AppTest:
    """The page as it opens by a link, at one of its sections."""
    return at_section(open_at(parse_qs(address, keep_blank_values=True)), section)


def order(page: AppTest) -> dict[str, int]:
    """What is asked for on the page, without zeros: what its fields hold, and its address too."""
    fields = {each.key: int(each.value or 0) for each in (*page.number_input, *page.checkbox)}
    order = simulation_of(page).choice.order
    assert all(fields[item] == order.quantity(item) for item in ITEMS)
    return {item: order.quantity(item) for item in ITEMS if order.quantity(item)}


def simulation_of(page: AppTest) -> Simulation:
    """The simulation that the page shows, by its address."""
    return read(address(page)).simulation


def scenario_names(page: AppTest) -> list[str]:
    """The names of the scenarios kept, by the fields in which they are renamed where those are open."""
    fields = [each.value for each in page.text_input if str(each.key).startswith("scenario-")]
    names = [scenario.name for scenario in simulation_of(page).scenarios]
    assert fields in ([], names)
    return names


def named(page: AppTest, prefix: str, rank: int = 0) -> str:
    """The key of an entry of a list, which says what it is, by its rank on the page."""
    keys = [str(each.key) for each in (*page.button, *page.text_input) if str(each.key).startswith(prefix)]
    return keys[rank]


def figures(page: AppTest) -> str:
    """The three figures and what the last change changed."""
    shown = plain(words(page))
    return shown[shown.index(FIRST_YEAR) : shown.index("Ce que chacun des deux")]


LINK = "tarif=2024-03-26&commune=62727&habitants=1478&agents=12&messagerie-5go=4&domaines=1&demarches=oui"
SCENARIOS = "&scenario=hab-1478_5go-3~Sans+domaine&scenario=epci_dom-2~Un+EPCI"


def test_a_link_fills_the_page_and_stays_in_the_address() -> None:
    page = opened(LINK + SCENARIOS)
    assert page.number_input(key="inhabitants").value == 1478
    assert page.number_input(key="agents").value == 12
    assert simulation_of(page).choice.commune == "62727"
    assert order(page) == {"mailboxes_5go": 4, "domains": 1, "demarches_simplifiees": 1}
    assert scenario_names(page) == ["Sans domaine", "Un EPCI"]
    assert address(page) == parse_qs(LINK + SCENARIOS)
    assert not page.warning
    assert notices(page) == []
    assert "Catégorie C" in words(page)


TOLD = re.compile(r'<p class="told" role="alert">([^<>]*)</p>')
BEGINNING = "Une partie du lien n'a pas pu être lue et a été laissée de côté : "
END = ". Tout le reste est repris."


def notices(page: AppTest) -> list[str]:
    """The bodies, as HTML, that say that a link could not be wholly read."""
    return [element.proto.body for element in page.get("html") if "Une partie du lien" in element.proto.body]


def notice(page: AppTest) -> str:
    """What the page says of a link that could not be wholly read, as a reader sees it: one paragraph, no tag in it."""
    [body] = notices(page)
    told = TOLD.fullmatch(body)
    assert told, body
    assert not page.warning
    assert not any("Une partie du lien" in each for each in markdowns(page))
    return plain(unescape(told[1]))


def test_a_broken_link_says_so_in_one_french_sentence_and_keeps_the_rest() -> None:
    page = opened("tarif=hier&habitants=mille&agents=12&messagerie-5go=4&domaines=-1&prix=0&scenario=rien")
    said = notice(page)
    assert said == (
        "Une partie du lien n'a pas pu être lue et a été laissée de côté : "
        "tarif « hier » (ce n'est pas une date ; le tarif en vigueur est appliqué) ; "
        "habitants « mille » (il faut un nombre entier) ; "
        "domaines « -1 » (il faut un nombre entre 0 et 50 000) ; "
        "prix « 0 » (ce paramètre n'existe pas) ; scenario « rien » (n'a pas pu être lu). Tout le reste est repris."
    )
    assert order(page) == {"mailboxes_5go": 4}
    assert page.number_input(key="agents").value == 12
    assert address(page) == {"tarif": ["2024-03-26"], "agents": ["12"], "messagerie-5go": ["4"]}


def test_six_parts_that_cannot_be_read_are_named_and_the_others_counted() -> None:
    six = " ; ".join(f"cle{rank} « v » (ce paramètre n'existe pas)" for rank in range(6))
    for count, more in ((6, ""), (7, " ; et 1 autre"), (999, " ; et 993 autres")):
        page = opened("&".join(f"cle{rank}=v" for rank in range(count)) + "&domaines=1")
        assert notice(page) == f"{BEGINNING}{six}{more}{END}"
        assert order(page) == {"domains": 1}
        assert address(page) == {"tarif": ["2024-03-26"], "domaines": ["1"]}


def test_a_link_of_which_nothing_is_read_says_so_and_stays_as_it_came() -> None:
    for link in ("&".join(f"cle{rank}=v" for rank in range(1_000)), "tarif=2024-03-26", "habitants=abc"):
        page = opened(link)
        assert "Rien n'a pu être lu dans ce lien" in words(page)
        assert address(page) == parse_qs(link)
        assert "domaines" in address(fill(page, domains=1))


def test_a_presentation_says_what_of_its_link_could_not_be_read() -> None:
    page = opened("prix=0&domaines=1&vue=presentation")
    assert notice(page) == f"{BEGINNING}prix « 0 » (ce paramètre n'existe pas){END}"


def test_an_untouched_page_leaves_the_address_bare_and_a_touched_one_names_its_tariff(page: AppTest) -> None:
    assert address(page) == {}
    assert address(fill(page, domains=2)) == {"tarif": ["2024-03-26"], "domaines": ["2"]}


@pytest.mark.parametrize("commune", ["59350", "62999"])
def test_a_commune_that_there_is_not_is_told(commune: str) -> None:
    page = opened(f"tarif=2024-03-26&commune={commune}&habitants=1478&domaines=1")
    assert notice(page) == f"{BEGINNING}commune « {commune} » (aucune commune du département n'a ce code){END}"
    assert simulation_of(page).choice.commune == ""
    assert order(page) == {"domains": 1}
    assert address(page) == {"tarif": ["2024-03-26"], "habitants": ["1478"], "domaines": ["1"]}


# The commune


def chosen(page: AppTest) -> list[str]:
    """The lines that stand for the list of communes, as a reader sees them."""
    lines = [element.proto.body for element in page.get("html") if 'class="chosen"' in element.proto.body]
    return [plain(unescape(re.sub(r"<[^>]+>", "", line))) for line in lines]


def list_of_communes(page: AppTest) -> list[str | None]:
    """The lists on the page: the one of communes or none, since there is no other."""
    assert not page.exception
    return [each.key for each in page.selectbox]


def label_of(page: AppTest, key: str) -> str:
    return page.button(key=key).label


RUITZ = "Ruitz 1 478 habitants, population municipale 2023 (INSEE), en vigueur depuis le 1er janvier 2026"


def test_the_list_of_communes_gives_way_to_the_commune_chosen(page: AppTest) -> None:
    assert list_of_communes(page) == ["commune"]
    assert chosen(page) == []
    page.selectbox(key="commune").set_value(findable(communes()["62727"]))
    page.run()
    assert list_of_communes(page) == []
    assert chosen(page) == [RUITZ]
    assert page.number_input(key="inhabitants").value == 1478
    assert address(page) == {"tarif": ["2024-03-26"], "commune": ["62727"], "habitants": ["1478"]}

    assert label_of(page, "chercher") == "Changer de commune"
    page.button(key="chercher").click()
    page.run()
    assert list_of_communes(page) == ["commune"]
    assert page.selectbox(key="commune").value == findable(communes()["62727"])
    assert chosen(page) == []
    page.selectbox(key="commune").set_value(findable(communes()["62041"]))
    page.run()
    assert list_of_communes(page) == []
    assert len(chosen(page)) == 1
    assert chosen(page)[0].startswith("Arras ")
    assert address(page)["commune"] == ["62041"]
    assert address(page)["habitants"] == [str(communes()["62041"].population)]


def test_the_list_of_communes_gives_way_to_inhabitants_typed(page: AppTest) -> None:
    page = fill(page, inhabitants=1250)
    assert list_of_communes(page) == []
    assert chosen(page) == []
    assert label_of(page, "chercher") == "Chercher la commune par son nom"
    page.button(key="chercher").click()
    page.run()
    assert page.selectbox(key="commune").value is None
    assert page.number_input(key="inhabitants").value == 1250


def test_an_emptied_commune_leaves_its_list_open() -> None:
    page = opened("commune=62727&habitants=1478&domaines=1")
    page.button(key="chercher").click()
    page.run()
    page.selectbox(key="commune").set_value(None)
    page.run()
    assert list_of_communes(page) == ["commune"]
    assert page.number_input(key="inhabitants").value == 1478
    assert "commune" not in address(page)


def test_other_inhabitants_than_those_of_the_commune_are_told() -> None:
    told = "La table des communes indique 1 478 habitants ; vous avez saisi autre chose."
    page = opened("commune=62727&habitants=1478&domaines=1")
    assert told not in plain(words(page))
    page.number_input(key="inhabitants").set_value(1500)
    page.run()
    assert told in plain(words(page))
    assert chosen(page) == [RUITZ]


@pytest.mark.parametrize("structure", ["epci", "autre"])
def test_what_is_no_commune_has_neither_list_nor_line(structure: str) -> None:
    page = opened(f"type={structure}&habitants=1478&domaines=1")
    assert list_of_communes(page) == []
    assert chosen(page) == []
    assert "chercher" not in [each.key for each in page.button]


class Skeleton(HTMLParser):
    """The tags of a piece of HTML with the names of their attributes."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, *(name for name, _ in attrs)))


def skeleton(page: AppTest) -> list[tuple[str, ...]]:
    assert not page.exception
    return [tag for element in page.get("html") for tag in Skeleton(element.proto.body).tags]


def markdowns(page: AppTest) -> list[str]:
    """Everything that Streamlit reads as Markdown."""
    bodies = [each.value for each in (*page.markdown, *page.warning, *page.info, *page.error, *page.caption)]
    labels = [
        element.proto.label
        for kind in ("button", "text_input", "number_input", "checkbox", "expander", "selectbox", "button_group")
        for element in page.get(kind)
    ]
    return [*bodies, *labels]


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</td></table><script>x</script>",
    '"><b onclick=x>',
    "[x](javascript:x)",
    "**x** `x` $x$",
    ":red[x] <u>x",
    "&lt;b&gt; &amp;",
]


def with_parameters(**parameters: list[str]) -> AppTest:
    """The page as it opens with these parameters beside an order, where scenarios are compared."""
    return at_section(open_at({"domaines": ["1"], **parameters}), "Comparer")


@pytest.mark.parametrize("names", [HOSTILE[:4], HOSTILE[4:]])
@pytest.mark.parametrize("view", [{}, {"vue": ["presentation"]}], ids=["page", "presentation"])
def test_the_name_of_a_scenario_is_never_markup(names: list[str], view: dict[str, list[str]]) -> None:
    hostile = with_parameters(scenario=[f"dom-2~{name}" for name in names], **view)
    plainly = with_parameters(scenario=[f"dom-2~Sage {rank}" for rank in range(len(names))], **view)
    assert scenario_names(hostile) == names
    assert skeleton(hostile) == skeleton(plainly)
    assert not any(name in body for name in names for body in markdowns(hostile))
    assert not any(name in element.proto.body for name in names if "<" in name for element in hostile.get("html"))


def test_a_parameter_is_never_markup() -> None:
    shown = with_parameters(habitants=HOSTILE, commune=HOSTILE, **{name: [name] for name in HOSTILE})
    plainly = with_parameters(habitants=["sage"])
    assert skeleton(shown) == skeleton(plainly)
    assert not any(name in body for name in HOSTILE for body in markdowns(shown))
    told = notice(shown)
    assert told.endswith(f" ; et {2 * len(HOSTILE) + len(HOSTILE) - 6} autres{END}")
    for value in HOSTILE[:6]:
        named = value if len(value) <= 30 else f"{value[:29]}…"
        assert f"habitants « {named} » (répété, la dernière valeur compte)" in told


UNMARKED = ["_x_", "__x__", "www.evil.fr", "https://evil.fr/", "a@evil.fr", ":material/home:", ":smile:", "1…2",
            "# x", "- x", "~~x~~", "$x$", ":red[x]", "\\*x", "<b>x"]  # fmt: skip


@pytest.mark.parametrize("value", UNMARKED)
def test_a_parameter_is_neither_a_link_nor_an_icon_nor_emphasis(value: str) -> None:
    shown = with_parameters(commune=[value], **{value: ["1"]})
    [body] = notices(shown)
    named = f"commune « {value} » (ce n'est pas un code de commune) ; {value} « 1 » (ce paramètre n'existe pas)"
    assert plain(body) == f'<p class="told" role="alert">{escape(f"{BEGINNING}{named}{END}")}</p>'
    assert markdowns(shown) == markdowns_without_parameters()


@cache
def markdowns_without_parameters() -> list[str]:
    """What Streamlit reads as Markdown where the link holds nothing else."""
    return markdowns(with_parameters())


# Changed on the page


def test_a_change_is_said_under_the_figures() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4")
    assert "Dernier changement" not in figures(page)
    page.number_input(key="mailboxes_unlimited").set_value(1)
    shown = figures(page.run())
    # 27 € a year and 10 € of set-up; five accounts are still in the band of four.
    assert re.findall(r"Dernier changement : ([^ ]+ €(?: en moyenne)?)", shown) == ["+37,00 €", "+27,00 €", "+172,00 €"]


def test_a_change_that_varies_from_year_to_year_is_said_on_average() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4&cles-cdg-3ans=1")
    page.number_input(key="mailboxes_unlimited").set_value(1)
    shown = figures(page.run())
    assert re.findall(r"Dernier changement : ([^ ]+ €(?: en moyenne)?)", shown) == [
        "+37,00 €",
        "+27,00 € en moyenne",
        "+172,00 €",
    ]


def test_a_change_that_changes_no_figure_is_not_said() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4")
    page.number_input(key="inhabitants").set_value(1300)
    assert "Dernier changement" not in figures(page.run())


def test_the_last_change_is_still_said_when_another_section_is_opened() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4")
    page.number_input(key="domains").set_value(1)
    before = figures(page.run())
    assert "Dernier changement : +15,00 €" in before
    assert figures(at_section(page, "Comparer")) == before


HEADING = re.compile(r"<h3>(.*?)</h3>")
OF_SECTION = {
    "Le détail": ["Où va l'argent, sur six ans"],
    "Comparer": ["D'autres choix", "Garder cette simulation pour la comparer"],
    "Points à confirmer": ["Ce que l'acte laisse ouvert"],
    "Partager, imprimer": ["À remettre", "Le lien", "Un texte pour un courriel"],
}
FAMILIES = ["Présence en ligne", "Continuité", "Sécurité", "Gestion de la relation usagers"]


def headings(page: AppTest) -> list[str]:
    """The third-level headings of the page but for the families of services."""
    found = [each for element in page.get("html") for each in HEADING.findall(element.proto.body)]
    assert found[: len(FAMILIES)] == FAMILIES
    return found[len(FAMILIES) :]


def test_the_page_has_these_sections_and_opens_at_the_first() -> None:
    page = AppTest.from_file("../streamlit_app.py", default_timeout=30)
    page.query_params["domaines"] = ["1"]
    page.query_params["messagerie-5go"] = ["4"]
    page.run()
    assert page.segmented_control(key="section").options == SECTIONS
    assert headings(page) == OF_SECTION["Le détail"]


@pytest.mark.parametrize("section", OF_SECTION)
def test_only_the_open_section_is_computed(section: str) -> None:
    assert (
        headings(opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4&domaines=1", section)) == OF_SECTION[section]
    )


SURE = "D'autres choix"
UNSURE = "Des choix dont l'écart n'est pas entièrement connu"
CATEGORIES = "Si la collectivité changeait de catégorie"


def test_options_stand_under_three_headings_and_a_category_cannot_be_clicked() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&agents=6&cles-cdg-3ans=1&demarches=oui", "Comparer")
    assert headings(page)[:3] == [SURE, UNSURE, CATEGORIES]
    sure = [plain(each.label) for each in page.button if re.fullmatch(r"choix-[0-9a-f]+", str(each.key))]
    unsure = [plain(each.label) for each in page.button if re.fullmatch(r"choix-incertain-[0-9a-f]+", str(each.key))]
    assert sure == [
        "Le certificat de 2 ans, remis au CDG : **72,00 € de plus** sur six ans",
        "Le certificat de 1 an, remis au CDG : **280,80 € de plus** sur six ans",
    ]
    assert unsure == [
        f"Le certificat de {term}, remis sur site : "
        f"**{amount} de plus et 1 montant sans prix indiqué de plus** sur six ans"
        for term, amount in (("3 ans", "192,00 €"), ("2 ans", "360,00 €"), ("1 an", "856,80 €"))
    ]
    [listed] = [each.proto.body for each in page.get("html") if f"<h3>{CATEGORIES}</h3>" in each.proto.body]
    assert re.findall(r"<li>(.*?)</li>", plain(listed)) == [
        "Catégorie A de Démarches simplifiées : 300,00 € de moins sur six ans",
        "Catégorie C de Démarches simplifiées : 912,00 € de plus sur six ans",
    ]
    assert not any("Catégorie" in each.label for each in page.button)


def test_an_option_whose_difference_is_not_wholly_known_can_be_adopted() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&cles-cdg-3ans=1", "Comparer")
    page.button(key=named(page, "choix-incertain-")).click()
    page.run()
    assert order(page) == {"certificates_on_site_3y": 1}
    assert "Dernier changement : +192,00 € et 1 montant sans prix indiqué de plus" in figures(page)


def test_an_order_without_any_choice_says_so_and_lists_no_category_to_click() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&demarches=oui", "Comparer")
    assert headings(page)[0] == CATEGORIES
    assert "Les choix à comparer apparaîtront ici dès qu'un service qui en offre sera demandé." in words(page)
    assert not any(str(each.key).startswith("choix") for each in page.button)


def test_adopting_an_option_changes_the_order_and_the_figures() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=2&messagerie-illimitee=2", "Comparer")
    before = figures(page)
    [button] = [each for each in page.button if "en 5 Go" in each.label]
    saving = re.search(r"\*\*(.+?) de moins\*\*", plain(button.label))
    assert saving
    button.click()
    page.run()
    assert order(page) == {"mailboxes_5go": 4}
    assert figures(page) != before
    assert f"Dernier changement : \u2212{saving[1]}" in figures(page)
    assert address(page)["messagerie-5go"] == ["4"]


def test_a_proposal_fills_the_services_and_leaves_the_collectivite_alone() -> None:
    page = opened("tarif=2024-03-26&commune=62727&habitants=1500&agents=12&intervention=oui&antivirus=1")
    page.button(key="proposition").click()
    page.run()
    proposed = proposals().for_size(1500)
    assert order(page) == {item: proposed.quantity(item) for item in ITEMS if proposed.quantity(item)}
    choice = simulation_of(page).choice
    assert (choice.commune, choice.client.inhabitants, choice.client.agents) == ("62727", 1500, 12)
    page.number_input(key="domains").set_value(9)
    page.run()
    page.button(key="zero").click()
    page.run()
    assert order(page) == {}
    assert page.number_input(key="inhabitants").value == 1500


def keep(page: AppTest, name: str) -> AppTest:
    """Keep what is on the page under a name."""
    page.text_input(key="nom-scenario").set_value(name)
    page.button(key="garder-scenario").click()
    return page.run()


def test_scenarios_are_kept_renamed_taken_up_and_removed() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4", "Comparer")
    for name, domains in (("Un <b>", 1), ("  Deux  mots ", 2)):
        page.number_input(key="domains").set_value(domains)
        keep(page.run(), name)
    assert address(page)["scenario"] == ["hab-1250_5go-4_dom-1~Un <b>", "hab-1250_5go-4_dom-2~Deux mots"]
    assert page.text_input(key="nom-scenario").value == ""

    page.text_input(key=named(page, "scenario-")).set_value("Premier")
    page.run()
    assert scenario_names(page) == ["Premier", "Deux mots"]

    page.button(key=named(page, "reprendre-")).click()
    page.run()
    assert order(page) == {"mailboxes_5go": 4, "domains": 1}
    assert len(scenario_names(page)) == 2

    page.button(key=named(page, "retirer-")).click()
    page.run()
    assert address(page)["scenario"] == ["hab-1250_5go-4_dom-2~Deux mots"]
    assert order(page) == {"mailboxes_5go": 4, "domains": 1}


def test_a_scenario_without_a_name_is_numbered_and_four_are_kept_at_most() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4", "Comparer")
    for domains, name in enumerate(("", "   ", "Autre", ""), start=1):
        page.number_input(key="domains").set_value(domains)
        keep(page.run(), name)
    names = ["Scénario 1", "Scénario 2", "Autre", "Scénario 3"]
    assert address(page)["scenario"] == [f"hab-1250_5go-4_dom-{rank}~{name}" for rank, name in enumerate(names, 1)]
    assert [page.text_input(key=named(page, "scenario-", rank)).value for rank in range(4)] == names
    assert "Les 4 scénarios sont gardés : retirez-en un pour en garder un autre." in words(page)
    assert "garder-scenario" not in [each.key for each in page.button]


def test_what_is_kept_already_is_not_kept_twice_without_a_name() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4", "Comparer")
    keep(keep(page, "Tel quel"), "")
    assert address(page)["scenario"] == ["hab-1250_5go-4~Tel quel"]
    assert "Cette simulation est déjà gardée : « Tel quel »." in plain(words(page))
    keep(page, "Sous un autre nom")
    assert len(address(page)["scenario"]) == 2


def test_a_scenarios_name_too_long_for_the_link_is_shortened_and_that_is_said() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&messagerie-5go=4", "Comparer")
    told = f"Nom trop long pour le lien, raccourci : « {'é' * 13} »."
    assert told not in plain(words(page))
    keep(page, "é" * 40)
    assert told in plain(words(page))
    assert address(page)["scenario"] == [f"hab-1250_5go-4~{'é' * 13}"]
    page.text_input(key=named(page, "scenario-")).set_value("x" * 90)
    page.run()
    assert address(page)["scenario"] == [f"hab-1250_5go-4~{'x' * 80}"]
    assert told not in plain(words(page))
    page.text_input(key=named(page, "scenario-")).set_value(" ")
    page.run()
    assert "Il faut un nom : l'ancien est gardé." in plain(words(page))
    assert address(page)["scenario"] == [f"hab-1250_5go-4~{'x' * 80}"]
    page.text_input(key=named(page, "scenario-")).set_value("Court")
    page.run()
    assert "Il faut un nom" not in plain(words(page))
    assert address(page)["scenario"] == ["hab-1250_5go-4~Court"]


# Presented


def test_the_presentation_keeps_the_simulation_there_and_back() -> None:
    page = opened(LINK + SCENARIOS, "Partager, imprimer")
    assert label_of(page, "presenter") == "Présenter"
    page.button(key="presenter").click()
    page.run()
    assert address(page) == parse_qs(f"{LINK}&vue=presentation{SCENARIOS}")
    assert [button.label for button in page.button] == ["Repartir d'ici", "Quitter", "Agrandir le code"]
    page.number_input(key="domains").set_value(3)
    page.run()
    page.button(key="quitter").click()
    page.run()
    assert address(page) == parse_qs(LINK.replace("domaines=1", "domaines=3") + SCENARIOS)
    assert chosen(page) == [RUITZ]


def test_what_is_empty_cannot_be_presented(page: AppTest) -> None:
    assert "presenter" not in [each.key for each in page.button]


STRIP = ("mailboxes_5go", "mailboxes_unlimited", "domains", "antivirus_devices")


def since(page: AppTest) -> list[str]:
    """What each figure has changed by since the presentation started."""
    assert "Dernier changement" not in words(page)
    return re.findall(r"Depuis le départ : ([^ ]+ €)", plain(words(page)))


def strip(page: AppTest) -> list[str | None]:
    """The number fields in the strip: all but those of the other services."""
    others = {each.key for each in page.expander[0].number_input}
    return [each.key for each in page.number_input if each.key not in others]


def test_the_strip_holds_the_collectivite_and_four_items_that_stay() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&domaines=1&antivirus=3&vue=presentation")
    assert strip(page) == ["inhabitants", "agents", *STRIP]
    [others] = page.expander
    assert others.label == "Autres services"
    assert {each.key for each in (*others.number_input, *others.checkbox)} == set(ITEMS) - set(STRIP)
    others.number_input(key="backups").set_value(7)
    page.number_input(key="domains").set_value(0)
    page.run()
    assert strip(page) == ["inhabitants", "agents", *STRIP]
    assert order(page) == {"backups": 7, "antivirus_devices": 3}


def test_inhabitants_and_agents_are_edited_in_the_strip() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&agents=6&demarches=oui&vue=presentation")
    assert "Catégorie B" in words(page)
    page.number_input(key="agents").set_value(11)
    page.run()
    assert "Catégorie C" in words(page)
    assert since(page)[-1] == "+912,00 €"
    page.number_input(key="inhabitants").set_value(5001)
    page.run()
    assert "Catégorie D" in words(page)
    assert address(page)["habitants"] == ["5001"]
    assert address(page)["agents"] == ["11"]


def test_changes_are_told_since_the_presentation_started_until_it_starts_afresh() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&domaines=1&vue=presentation")
    assert since(page) == []
    page.number_input(key="domains").set_value(2)
    assert since(page.run()) == ["+15,00 €", "+15,00 €", "+90,00 €"]
    page.number_input(key="domains").set_value(3)
    assert since(page.run()) == ["+30,00 €", "+30,00 €", "+180,00 €"]
    page.button(key="repartir").click()
    assert since(page.run()) == []
    page.number_input(key="domains").set_value(1)
    assert since(page.run()) == ["\u221230,00 €", "\u221230,00 €", "\u2212180,00 €"]
    page.button(key="quitter").click()
    page.run()
    page.button(key="presenter").click()
    assert since(page.run()) == []


@pytest.mark.parametrize("link", [LINK, LINK + SCENARIOS])
def test_agrandir_opens_the_code_in_a_dialog(link: str) -> None:
    page = opened(f"{link}&vue=presentation")
    scan = "Scannez ce code : il ouvre la même simulation."
    assert scan not in plain(words(page))
    assert label_of(page, "agrandir") == "Agrandir le code"
    page.button(key="agrandir").click()
    page.run()
    assert scan in plain(words(page))
    codes = [
        src for each in page.get("html") for src in re.findall(r'<img src="([^"]+)" alt="QR code', each.proto.body)
    ]
    assert len(codes) == 2
    assert codes[0] == codes[1]


def test_an_epci_has_no_category_and_keeps_no_commune() -> None:
    page = opened("tarif=2024-03-26&type=epci&commune=62727&habitants=30000&domaines=1&demarches=oui")
    shown = plain(words(page))
    assert "sur devis, comme l'acte le prévoit pour les autres structures" in shown
    assert "Catégorie" not in shown
    assert "15,00 € + 3 montants sur devis" in shown
    assert simulation_of(page).choice.commune == ""
    assert address(page)["type"] == ["epci"]


@pytest.mark.parametrize("structure", ["epci", "autre"])
def test_what_is_no_commune_is_called_as_it_says_in_the_link_and_to_a_room(structure: str) -> None:
    page = opened(f"tarif=2024-03-26&type={structure}&domaines=1")
    assert page.text_input(key="client_name").value == ""
    assert "nom" not in address(page)
    page.text_input(key="client_name").set_value("  CCAS  de <b>Ruitz ")
    page.run()
    assert address(page)["nom"] == ["CCAS de <b>Ruitz"]
    assert "Trop long" not in words(page)
    page.button(key="presenter").click()
    page.run()
    assert address(page)["nom"] == ["CCAS de <b>Ruitz"]
    assert any("<strong>CCAS de &lt;b&gt;Ruitz</strong>" in each.proto.body for each in page.get("html"))
    page.button(key="quitter").click()
    page.run()
    assert page.text_input(key="client_name").value == "CCAS de <b>Ruitz"


def test_the_inhabitants_of_a_commune_are_not_those_of_another_body() -> None:
    page = opened("tarif=2024-03-26&commune=62727&habitants=1478&domaines=1")
    for structure, inhabitants in (("epci", None), ("commune", 1_478), ("other", None)):
        page.segmented_control(key="structure").set_value(structure)
        page.run()
        assert not page.exception
        assert page.number_input(key="inhabitants").value == inhabitants, structure
    page.number_input(key="inhabitants").set_value(30_000)
    page.run()
    page.segmented_control(key="structure").set_value("commune")
    page.run()
    assert page.number_input(key="inhabitants").value == 1_478


def test_the_example_is_a_communes_and_says_that_it_is_one() -> None:
    page = opened("")
    page.segmented_control(key="structure").set_value("epci")
    page.run()
    assert "exemple" not in [each.key for each in page.button]
    page.segmented_control(key="structure").set_value("commune")
    page.run()
    page.button(key="exemple").click()
    page.run()
    assert "Un exemple, à changer à votre guise" in words(page)
    page.number_input(key="domains").set_value(9)
    page.run()
    assert "Un exemple" not in words(page)


def test_after_a_presentation_the_last_change_is_the_last_one_made_in_it() -> None:
    page = opened("tarif=2024-03-26&domaines=1&vue=presentation")
    for domains in (2, 3):
        page.number_input(key="domains").set_value(domains)
        page.run()
    page.button(key="quitter").click()
    page.run()
    assert "Dernier changement : +15,00 €" in plain(words(page))


def test_a_commune_has_the_name_of_the_table_and_a_name_comes_back_with_its_body() -> None:
    page = opened("tarif=2024-03-26&type=autre&commune=62727&domaines=1&nom=Le%20SIVOM")
    assert page.text_input(key="client_name").value == "Le SIVOM"
    page.segmented_control(key="structure").set_value("commune")
    page.run()
    assert "client_name" not in [each.key for each in page.text_input]
    assert "nom" not in address(page)
    page.segmented_control(key="structure").set_value("other")
    page.run()
    assert page.text_input(key="client_name").value == "Le SIVOM"
    assert address(page)["nom"] == ["Le SIVOM"]


def test_a_name_too_long_for_the_link_is_shortened_and_that_is_said() -> None:
    page = opened("tarif=2024-03-26&type=autre&domaines=1")
    page.text_input(key="client_name").set_value("é" * 27)
    page.run()
    assert page.text_input(key="client_name").value == "é" * 26
    assert address(page)["nom"] == ["é" * 26]
    assert f"Nom trop long pour le lien, raccourci : « {'é' * 26} »." in plain(words(page))


# An older tariff


@pytest.fixture
def newer_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up newer act in force, in which a domain name costs 1,50 € more."""
    (tmp_path / FILE).write_text(ADOPTED, encoding="utf-8")
    newer = changed(
        ("adopted       = 2024-03-26", "adopted       = 2024-05-31"),
        ("in_force_from = 2024-03-26", "in_force_from = 2024-06-01"),
        ('price  = { kind = "per_unit", amount = 15 }', 'price  = { kind = "per_unit", amount = 16.50 }'),
    )
    (tmp_path / "2024-05-31.toml").write_text(newer, encoding="utf-8")
    catalogue = load(tmp_path)
    monkeypatch.setattr(kept, "tariffs", lambda: catalogue)


@pytest.mark.usefixtures("newer_act")
def test_an_old_link_keeps_its_tariff_and_says_what_the_one_in_force_would_change() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&domaines=2")
    assert "30,00 €" in figures(page)
    [info] = page.info
    assert plain(info.value) == (
        "Cette simulation garde le tarif du 26 mars 2024. Au tarif en vigueur depuis le 1er juin 2024, l'écart serait "
        "de +3,00 € la 1re année et de +18,00 € sur six ans."
    )
    assert address(page)["tarif"] == ["2024-03-26"]
    [button] = [each for each in page.button if each.label == "Passer au tarif en vigueur"]
    button.click()
    page.run()
    assert "33,00 €" in figures(page)
    assert address(page)["tarif"] == ["2024-05-31"]
    assert not page.info


@pytest.mark.usefixtures("newer_act")
def test_a_link_without_a_tariff_has_the_one_in_force() -> None:
    page = opened("habitants=1250&domaines=2")
    assert "33,00 €" in figures(page)
    assert address(page)["tarif"] == ["2024-05-31"]
    assert not page.info


# In every state

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


SECTIONS = ["Le détail", "Comparer", "Points à confirmer", "Partager, imprimer"]


@pytest.mark.parametrize(
    ("state", "section"),
    [
        *((state, SECTIONS[rank % len(SECTIONS)]) for rank, state in enumerate(STATES)),
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


@pytest.mark.parametrize("year", [1970, 2023, 2099])
def test_a_clock_wrong_by_years_loses_nothing(year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime(year, 1, 1, tzinfo=tz)

    right = opened(LINK + SCENARIOS, "Partager, imprimer")
    monkeypatch.setattr("views.kept.datetime", Wrong)
    wrong = opened(LINK + SCENARIOS, "Partager, imprimer")
    assert not wrong.exception
    assert figures(wrong) == figures(right)
    assert order(wrong) == order(right)
    assert address(wrong) == address(right)
    bare = opened(LINK.removeprefix("tarif=2024-03-26&"))
    assert not bare.exception
    assert address(bare)["tarif"] == ["2024-03-26"]


def test_showing_a_chart_leaves_its_shared_specification_as_it_was() -> None:
    def specs() -> list[dict[str, Any]]:
        return [json.loads(chart.proto.spec) for chart in opened(LINK + SCENARIOS, "Comparer").get("vega_lite_chart")]

    assert specs() == specs()


NAMES = some.sampled_from([*parse_qs(LINK + SCENARIOS + "&vue=x&type=x"), "stockage-go", "intervention", "sauvegardes"])
VALUES = some.sampled_from(
    ["", "oui", "0", "1", "21", "101", "50000", "-1", "inf", "1e999", "2024-03-26", "epci", "autre", "presentation",
     "62727", "59350", "dom-1~A", "epci_demar~B", "~C", "<b>"]
) | some.text(some.characters(exclude_categories=["Cs"]), max_size=12)  # fmt: skip


@given(
    some.dictionaries(NAMES | some.text(min_size=1, max_size=5), some.lists(VALUES, min_size=1, max_size=3), max_size=6)
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_link_the_page_opens_and_writes_a_link_that_can_be_read(link: dict[str, list[str]]) -> None:
    page = AppTest.from_file("../streamlit_app.py", default_timeout=30)
    for name, values in link.items():
        page.query_params[name] = values
    page.run()
    assert not page.exception
    assert "<h1" in "".join(element.proto.body for element in page.get("html"))
    written = read(address(page))
    stays = read(link)
    assert written.ignored == () or stays.nothing or stays.cut
    assert {item: written.simulation.choice.order.quantity(item) for item in order(page)} == order(page)
    assert address(open_at(address(page))) == address(page)
