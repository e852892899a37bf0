"""Page between the adoption of an act and the day it comes into force, with the made-up act of 2027 to come."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, unquote

import pytest
from streamlit.testing.v1 import AppTest

from pricing.catalogue import Catalogue
from tests.french import plain
from tests.links import ACT
from tests.pages import address, at_section, held, opened, press, words
from tests.reports.documents import DOCUMENTS
from tests.test_page import figures
from tests.test_page_links import serve
from tests.test_real_tariffs import FOLDER, act
from views import kept
from views.documents import handed_over
from views.reports import mail
from views.reports.summary import Summary

NEW = act(FOLDER / "cdg-62-2027.toml")
BEFORE, SINCE = date(2027, 1, 20), date(2027, 2, 1)
"""Days before the new act comes into force, and on which it does."""
ORDER = "habitants=1250&agents=6&messagerie-5go=4&domaines=1"
OFFERED = "Le tarif du 15 janvier 2027 s'appliquera dès le 1er février 2027 : "
UNSOLD = "« Pages internet » n'est plus proposé depuis le 1er février 2027 : rien n'est compté."
NOT_YET = "« Coffres-forts numériques » n'était pas encore proposé au tarif du 26 mars 2024 : rien n'est compté."

On = Callable[[date], None]


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Serve both acts before the new one comes into force; return the function that sets another day."""

    def set_day(day: date) -> None:
        monkeypatch.setattr(kept, "today", lambda: day)

    serve(Catalogue((ACT, NEW)), monkeypatch)
    set_day(BEFORE)
    return set_day


def told(page: AppTest) -> list[str]:
    """Return what the page says of another tariff."""
    return [plain(each.value) for each in page.info]


def summary(query: str) -> Summary:
    """Return what is handed over of a link."""
    return Summary(handed_over(kept.links().read(parse_qs(query)).simulation, "https://site.example/", kept.today()))


def document(name: str, summary: Summary) -> str:
    """Return the text of a document on one line, with plain spaces."""
    return " ".join(" ".join(DOCUMENTS[name](summary.handout)).split())


def test_an_act_to_come_is_offered_and_taken_up_and_left_again() -> None:
    page = opened(ORDER)
    # 4 × 21 € + 15 €, instead of 4 × 20 € + 15 € + 50 € of support
    assert told(page) == [f"{OFFERED}\N{MINUS SIGN}46,00 € par an pour vous."]
    assert page.button(key="tarif").label == "Calculer avec ce tarif"
    press(page, "tarif")
    assert address(page)["tarif"] == ["2027-01-15"]
    assert "99,00 €" in figures(page)
    [said] = told(page)
    assert said.startswith(
        "Cette simulation applique le tarif du 15 janvier 2027, qui s'appliquera dès le 1er février 2027. Au tarif "
        "d'aujourd'hui, l'écart serait de +86,00 € la 1re année"
    )
    assert page.button(key="tarif").label == "Revenir au tarif d'aujourd'hui"
    press(page, "tarif")
    assert address(page)["tarif"] == ["2024-03-26"]
    assert told(page)[0].startswith(OFFERED)


def test_another_act_is_offered_for_many_communes_and_compared() -> None:
    page = opened("groupe=200069482&chacune=meme&messagerie-5go=4&domaines=1")
    # 46 € fewer a year for each of the 96
    assert told(page) == [f"{OFFERED}\N{MINUS SIGN}4 416,00 € par an pour l'ensemble."]
    assert "Comparer deux tarifs" in page.segmented_control(key="section").options
    assert "4 416,00 €" in words(at_section(page, "Comparer deux tarifs"))
    press(page, "tarif")
    assert address(page)["tarif"] == ["2027-01-15"]
    assert told(page)[0].startswith("Cette simulation applique le tarif du 15 janvier 2027")


def test_header_and_documents_say_from_when_an_act_to_come_applies() -> None:
    query = f"tarif=2027-01-15&{ORDER}"
    assert "adoptés le 15 janvier 2027, applicables dès le 1er février 2027." in words(opened(query))
    assert "applicables dès le 1er février 2027" in plain(mail.body(summary(query)))
    for name in DOCUMENTS:
        assert re.search(r"(dès le|à compter du) 1er février 2027", document(name, summary(query))), name


@pytest.mark.parametrize(
    ("query", "said"),
    [("tarif=2027-01-15&habitants=1250&pages=2", UNSOLD), ("tarif=2024-03-26&habitants=1250&coffres=2", NOT_YET)],
)
@pytest.mark.parametrize("others", ["", "&domaines=1"])
def test_what_an_act_does_not_sell_is_said_everywhere_and_is_never_0_euros(query: str, said: str, others: str) -> None:
    made = summary(query + others)
    page, paper = words(opened(query + others)), document("paper", made).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for shown in (page, paper, plain(mail.body(made)), unquote(mail.address(made))):
        assert said in shown
        assert others or " 0,00 €" not in shown
    assert [each.name for each in made.services] == (["Nom de domaine"] if others else [])


def test_what_the_other_act_does_not_sell_is_said_beside_the_difference() -> None:
    [said] = told(opened(f"{ORDER}&pages=2"))
    assert said.endswith("par an pour vous. « Pages internet » n'y est pas proposé : rien n'y est compté.")


def test_a_link_without_a_tariff_takes_up_the_act_in_force_from_its_first_day(on: On) -> None:
    assert address(opened(ORDER))["tarif"] == ["2024-03-26"]
    on(SINCE)
    page = opened(ORDER)
    assert address(page)["tarif"] == ["2027-01-15"]
    assert (told(page), "99,00 €" in figures(page)) == ([], True)
    assert told(opened(f"tarif=2024-03-26&{ORDER}"))[0].startswith("Cette simulation garde le tarif du 26 mars 2024.")


def test_a_proposal_leaves_out_what_its_act_does_not_sell() -> None:
    for query, pages in (("tarif=2024-03-26&habitants=1250", 1), ("tarif=2027-01-15&habitants=1250", 0)):
        order = held(press(opened(query), "proposition")).choice.order
        assert (order.quantity("mailboxes_5go"), order.quantity("web_pages")) == (4, pages)
