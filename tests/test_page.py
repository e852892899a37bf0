"""The page as a whole, run by Streamlit's own test harness: figures, and no traceback whatever is typed."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pricing.order import CHOICES, ITEMS, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY

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
            yield re.sub(r"<style>.*?</style>|<[^>]+>", " ", getattr(body, "body", ""), flags=re.DOTALL)


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
    for figure in ("1 180,00 €", "810,00 € à 900,00 €", "840,00 € par an", "5 320,00 €", "dont 280,00 € de mise"):
        assert figure in shown, figure
    assert "La Fibre Numérique 59-62 pour le service 915,00 € 660,00 € à 750,00 € 4 305,00 €" in shown
    assert "CDG 62 pour l'accompagnement 265,00 € 150,00 € 1 015,00 €" in shown.replace("&#x27;", "'")


def test_an_amount_on_quote_is_never_a_zero(page: AppTest) -> None:
    shown = words(fill(page, structure="epci", demarches_simplifiees=True))
    answer = shown[shown.index("Sans catégorie") : shown.index("Vos deux devis")]
    assert "3 postes sur devis" in answer
    assert "0,00 €" not in answer


def test_a_total_that_leaves_a_quote_out_says_so(page: AppTest) -> None:
    shown = words(fill(page, inhabitants=500, antivirus_devices=21, antivirus_intervention=True))
    assert "357,00 € + 1 poste sur devis" in shown
    assert "au-delà de 20 postes, sur devis" in shown


def test_what_cannot_be_ordered_alone_is_said_beside_its_field(page: AppTest) -> None:
    page = fill(page, inhabitants=500, extra_storage_go=10, antivirus_intervention=True)
    assert len(page.warning) == 2


def test_a_commune_that_says_nothing_is_told_what_is_missing(page: AppTest) -> None:
    shown = words(fill(page, demarches_simplifiees=True))
    assert "à compléter" in shown
    assert "indiquez le nombre d'habitants" in shown.replace("&#x27;", "'")


def test_the_largest_order_there_can_be_is_shown(page: AppTest) -> None:
    for item in ITEMS:
        page.session_state[item] = True if item in CHOICES else MAX_QUANTITY
    shown = words(fill(page, inhabitants=MAX_INHABITANTS, agents=MAX_AGENTS))
    assert "Catégorie I" in shown
    assert "sur devis" in shown


def test_no_english_word_is_seen(page: AppTest) -> None:
    shown = words(fill(page, inhabitants=1250, agents=12, mailboxes_5go=21, backups=1, extra_storage_go=101))
    assert not ENGLISH.findall(shown)
