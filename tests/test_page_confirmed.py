"""The page once points of the act are confirmed: they are listed, and a link from before says what changed."""

from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pricing.link import Links
from tests.french import plain
from tests.pages import address, give, opened, words
from tests.reports.documents import DOCUMENTS
from tests.test_confirmed import BETWEEN, DEMARCHES, answered, entry
from tests.test_page import figures
from views import kept
from views.documents import handed_over, read_link
from views.reports import mail
from views.reports.summary import Summary

LINK = "tarif=2024-03-26&habitants=1500&agents=50&demarches=oui"
"""Link of a commune in category B by its inhabitants, and D by its agents, from before any answer."""
BY_INHABITANTS = (
    "Depuis ce lien, un point de l'acte a été confirmé le 2 mars 2027 : « Le nombre d'habitants décide seul. » "
    "L'écart est de −405,00 € la 1re année et de −1 680,00 € sur six ans."
)
Confirm = Callable[..., None]
"""Function that serves the act with some answers."""


@pytest.fixture
def confirm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Confirm:
    """Return the function that serves the act with some answers."""

    def serve(*entries: str) -> None:
        catalogue = answered(tmp_path, *entries)
        monkeypatch.setattr(kept, "tariffs", lambda: catalogue)
        monkeypatch.setattr(kept, "links", lambda: Links(catalogue.tariffs, kept.populations()))

    return serve


def since(page: AppTest) -> str:
    """Return the sentence on the answers since a link was made; empty where there is none."""
    found = [each.proto.body for each in page.get("html") if "Depuis ce lien" in each.proto.body]
    return "".join(
        plain(unescape(each.removeprefix('<p class="told" role="alert">').removesuffix("</p>"))) for each in found
    )


def test_confirmed_points_are_listed_below_the_open_ones(confirm: Confirm) -> None:
    confirm(entry(alternative=1), entry("R6"))
    said = plain(words(opened(LINK, "Points à confirmer")))
    opens, _, closed = said.partition("Ce qui a été confirmé")
    assert "Que faire quand les habitants et les agents désignent deux catégories" not in opens
    assert "Qui facture la mise en service de Démarches simplifiées ?" in opens
    assert (
        "Que faire quand les habitants et les agents désignent deux catégories différentes ? "
        "Le nombre d'habitants décide seul. Confirmé le 2 mars 2027 par CDG 62, service numérique : "
        "« Le nombre d'habitants décide seul »."
    ) in closed.replace("  ", " ")
    assert "stockage" not in closed  # R6 does not touch this order


def test_where_every_point_is_confirmed_the_page_says_so(confirm: Confirm) -> None:
    confirm(*(entry(number) for number in ("R12", "R13", "R17")))
    said = words(opened(LINK, "Points à confirmer"))
    assert "Plus aucun point de l'acte n'est à confirmer pour cette estimation." in said
    assert said.count("Confirmé le 2 mars 2027") == 3


def test_a_link_from_before_an_answer_says_what_it_changed_until_something_is_changed(confirm: Confirm) -> None:
    confirm(entry(alternative=1))
    page = opened(LINK)
    assert since(page) == BY_INHABITANTS
    assert "151,00 €" in figures(page)
    assert address(page) == parse_qs(LINK)
    assert since(opened(f"{LINK}&vue=presentation")) == BY_INHABITANTS
    give(page, domains=1)
    assert since(page) == ""
    assert address(page)["confirme"] == ["2027-03-02"]
    assert since(opened("&".join(f"{name}={value}" for name, [value] in address(page).items()))) == ""
    assert since(give(page, domains=0)) == BY_INHABITANTS  # it is again what the link holds


@pytest.mark.parametrize(
    ("entries", "link"),
    [
        ([], LINK),
        ([entry(alternative=1)], LINK.replace("&habitants", "&confirme=2027-03-02&habitants")),
        ([entry(alternative=1)], LINK.removeprefix("tarif=2024-03-26&")),
        ([entry(alternative=1)], LINK.replace("=50", "=8")),
        ([entry(alternative=1)], LINK.replace("&demarches=oui", "")),
        ([entry(alternative=1)], f"signes=500&{LINK}"),
        ([entry(), entry("R6", alternative=1)], LINK),
        # Each kind of account in its own band, which costs four accounts no more.
        ([entry("R3", alternative=1)], "tarif=2024-03-26&messagerie-5go=4"),
    ],
    ids=["no answer", "known", "no tariff", "one category", "no order", "cut", "other points", "other lines"],
)
def test_nothing_is_said_where_nothing_was_confirmed_since_that_changes_the_estimate(
    confirm: Confirm, entries: list[str], link: str
) -> None:
    confirm(*entries)
    assert since(opened(link)) == ""


@pytest.mark.parametrize(
    ("entries", "link", "said"),
    [
        (
            [entry(alternative=2), entry(on="2027-05-01", alternative=1)],
            LINK.replace("&habitants", "&confirme=2027-03-02&habitants"),
            BY_INHABITANTS.replace("2 mars", "1er mai"),
        ),
        (
            [entry(alternative=1), entry("R6", on="2027-04-05", alternative=1), entry("R2", alternative=1)],
            f"{LINK}&sauvegardes=1&stockage-go=10",
            # Ten more Go at 11 € a year, paid once.
            "Depuis ce lien, 2 points de l'acte ont été confirmés, le 5 avril 2027 : « Il se paie une seule fois. » ; "
            "le 2 mars 2027 : « Le nombre d'habitants décide seul. » L'écart est de −405,00 € la 1re année et de "
            "−2 230,00 € sur six ans.",
        ),
        (
            [entry("R13", alternative=1)],
            LINK.replace("=50", "=8"),
            "Depuis ce lien, un point de l'acte a été confirmé le 2 mars 2027 : « Le CDG 62 facture cette mise en "
            "service. » Total inchangé : 50,00 € passent du devis de La Fibre Numérique 59-62 à celui du CDG 62.",
        ),
    ],
    ids=["known in part", "two points", "another body"],
)
def test_the_sentence_names_the_points_that_changed_the_estimate(
    confirm: Confirm, entries: list[str], link: str, said: str
) -> None:
    confirm(*entries)
    assert since(opened(link)) == said


def test_a_link_of_many_communes_says_what_an_answer_changed_for_all_of_them(confirm: Confirm) -> None:
    confirm(entry("R6", alternative=1))
    link = "groupe=200069482&chacune=meme&sauvegardes=1&stockage-go=10"
    # Ten Go at 11 € a year, paid once instead of six times by each of the 96.
    assert since(opened(f"tarif=2024-03-26&{link}")) == (
        "Depuis ce lien, un point de l'acte a été confirmé le 2 mars 2027 : « Il se paie une seule fois. » "
        "L'écart est de 0,00 € la 1re année et de −52 800,00 € sur six ans."
    )
    assert since(opened(f"tarif=2024-03-26&confirme=2027-03-02&{link}")) == ""
    assert since(opened("tarif=2024-03-26&groupe=200069482&chacune=meme&domaines=1")) == ""


def test_documents_of_a_link_from_before_go_by_the_answers_of_today(confirm: Confirm) -> None:
    confirm(entry(alternative=1))
    handout = handed_over(read_link(parse_qs(LINK)), "https://simulateur.example/", date(2027, 6, 1))
    assert (handout.estimate.client, handout.estimate.order) == (BETWEEN, DEMARCHES)
    assert plain(handout.estimate.answers.six_years.words()) == "656,00 €"
    assert "confirme=2027-03-02" in handout.link


def test_every_document_lists_what_was_confirmed_with_its_day_and_by_whom(confirm: Confirm) -> None:
    confirm(entry(alternative=1), entry("R6"))
    handout = handed_over(read_link(parse_qs(LINK)), "https://simulateur.example/", date(2027, 6, 1))
    texts = {name: "\n".join(DOCUMENTS[name](handout)) for name in DOCUMENTS} | {"mail": mail.body(Summary(handout))}
    for name, text in texts.items():
        said = " ".join(plain(text).replace("\u2019", "'").split())
        heading = "Points que le CDG 62 a confirmés." if name == "draft" else "Ce qui a été confirmé"
        _, _, listed = said.partition(heading)
        assert "deux catégories différentes ?" in listed, name
        assert "Confirmé le 2 mars 2027 par CDG 62, service numérique : « Le nombre d'habitants décide" in listed, name
        assert "stockage" not in listed, name  # R6 does not touch this order


def test_no_document_speaks_of_confirmed_points_where_none_touches_the_order(confirm: Confirm) -> None:
    confirm(entry("R6"))
    handout = handed_over(read_link(parse_qs(LINK)), "https://simulateur.example/", date(2027, 6, 1))
    texts = ["\n".join(DOCUMENTS[name](handout)) for name in DOCUMENTS] + [mail.body(Summary(handout))]
    assert not [text for text in texts if "onfirmé l" in text or "été confirmé" in text or "a confirmés" in text]
