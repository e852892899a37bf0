"""The page opened by a link: the parts read and reported, and its tariff."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pricing.catalogue import Catalogue, load
from pricing.link import Links
from tests.french import plain
from tests.links import ACT
from tests.pages import address, at_section, give, held, markdowns, offered, opened, press, words
from tests.test_catalogue import ADOPTED, FILE, changed
from tests.test_page import LINK, SCENARIOS, figures, order
from views import kept

BEGINNING = "Une partie du lien n'a pas pu être lue et a été laissée de côté : "
END = ". Tout le reste est repris."


def notices(page: AppTest) -> list[str]:
    """Return the bodies, as HTML, that say that a part of a link could not be read."""
    return [element.proto.body for element in page.get("html") if "Une partie du lien" in element.proto.body]


def notice(page: AppTest) -> str:
    """Return the message that a part of a link could not be read, checked to be one paragraph without tags."""
    [body] = notices(page)
    told = body.removeprefix('<p class="told" role="alert">').removesuffix("</p>")
    assert len(told) == len(body) - len('<p class="told" role="alert"></p>')
    assert not {"<", ">"} & {*told}
    assert not page.warning
    assert not any("Une partie du lien" in each for each in markdowns(page))
    return plain(unescape(told))


def test_a_link_fills_the_page_and_stays_in_the_query_string() -> None:
    page = opened(LINK + SCENARIOS)
    assert page.number_input(key="inhabitants").value == 1478
    assert page.number_input(key="agents").value == 12
    assert held(page).choice.commune == "62727"
    assert order(page) == {"mailboxes_5go": 4, "domains": 1, "demarches_simplifiees": 1}
    assert [each.name for each in held(page).scenarios] == ["Sans domaine", "Un EPCI"]
    assert address(page) == parse_qs(LINK + SCENARIOS)
    assert not page.warning
    assert notices(page) == []
    assert "Catégorie C" in words(page)


def test_a_broken_link_says_so_in_one_french_sentence_and_keeps_the_rest() -> None:
    page = opened("tarif=hier&habitants=mille&agents=12&messagerie-5go=4&domaines=-1&prix=0&scenario=rien")
    assert notice(page) == (
        f"{BEGINNING}tarif « hier » (ce n'est pas une date ; le tarif en vigueur est appliqué) ; "
        "habitants « mille » (il faut un nombre entier) ; "
        "domaines « -1 » (il faut un nombre entre 0 et 50 000) ; "
        f"prix « 0 » (ce paramètre n'existe pas) ; scenario « rien » (n'a pas pu être lu){END}"
    )
    assert order(page) == {"mailboxes_5go": 4}
    assert page.number_input(key="agents").value == 12
    assert address(page) == {"tarif": ["2024-03-26"], "agents": ["12"], "messagerie-5go": ["4"]}


def test_presentation_mode_names_the_parts_of_its_link_that_could_not_be_read() -> None:
    page = opened("prix=0&domaines=1&vue=presentation")
    assert notice(page) == f"{BEGINNING}prix « 0 » (ce paramètre n'existe pas){END}"


def test_an_untouched_page_has_no_query_string_and_an_edited_one_names_its_tariff() -> None:
    page = opened()
    assert address(page) == {}
    assert address(give(page, domains=2)) == {"tarif": ["2024-03-26"], "domaines": ["2"]}


@pytest.mark.parametrize(
    "link",
    [
        *("signes=76", "signes=76&habitants=1478", f"signes=300&{LINK}", "x=" + "y" * 16_000),
        *("&".join(f"cle{rank}=v" for rank in range(1_000)), "tarif=2024-03-26", "habitants=abc"),
    ],
)
def test_a_damaged_link_stays_as_it_came_until_the_first_change(link: str) -> None:
    page = opened(link)
    came = dict(page.query_params)
    assert came == opened(link).query_params
    assert set(came) == set(parse_qs(link))
    alerts = [each for each in page.get("html") if 'role="alert"' in each.proto.body]
    assert len(alerts) == 1
    if LINK in link:  # what is handed over would be of a link that was cut
        assert plain(words(at_section(page, "Partager, imprimer"))).count("Ce lien n'est pas entier") == 2
    give(page, domains=7)
    assert held(page).choice.order.quantity("domains") == 7
    assert not {"x", "cle0"} & {*page.query_params}


# An older tariff


@pytest.fixture
def newer_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a made-up newer act in force, in which a domain name costs 1,50 € more."""
    (tmp_path / FILE).write_text(ADOPTED, encoding="utf-8")
    newer = changed(
        ("adopted       = 2024-03-26", "adopted       = 2024-05-31"),
        ("in_force_from = 2024-03-26", "in_force_from = 2024-06-01"),
        ('price  = { kind = "per_unit", amount = 15 }', 'price  = { kind = "per_unit", amount = 16.50 }'),
        ('text = "Nom de domaine 15 €', 'text = "Nom de domaine 16.50 €'),
    )
    (tmp_path / "2024-05-31.toml").write_text(newer, encoding="utf-8")
    serve(load(tmp_path), monkeypatch)
    monkeypatch.setattr(kept, "today", lambda: date(2024, 6, 1))


def serve(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve other tariffs than those of data/."""
    links = Links(catalogue.tariffs, kept.populations())
    monkeypatch.setattr(kept, "tariffs", lambda: catalogue)
    monkeypatch.setattr(kept, "links", lambda: links)


@pytest.mark.usefixtures("newer_act")
def test_an_old_link_keeps_its_tariff_and_gives_the_effect_of_the_one_in_force() -> None:
    page = opened("tarif=2024-03-26&habitants=1250&domaines=2")
    assert "30,00 €" in figures(page)
    [info] = page.info
    assert plain(info.value) == (
        "Cette simulation garde le tarif du 26 mars 2024. Au tarif en vigueur depuis le 1er juin 2024, l'écart serait "
        "de +3,00 € la 1re année et de +18,00 € sur six ans."
    )
    assert address(page)["tarif"] == ["2024-03-26"]
    assert page.button(key="tarif").label == "Passer au tarif en vigueur"
    press(page, "tarif")
    bare = opened("habitants=1250&domaines=2")
    for each in (page, bare):
        assert "33,00 €" in figures(each)
        assert address(each)["tarif"] == ["2024-05-31"]
        assert not each.info


def test_a_clock_wrong_by_years_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: tuple[Callable[[AppTest], object], ...] = (figures, order, address, offered)
    serve(Catalogue((ACT,)), monkeypatch)
    right = opened(LINK + SCENARIOS, "Partager, imprimer")
    for year in (1970, 2099):
        now = datetime(year, 1, 1, tzinfo=UTC)
        monkeypatch.setattr("views.kept.datetime", SimpleNamespace(now=now.astimezone))
        wrong = opened(LINK + SCENARIOS, "Partager, imprimer")
        assert [look(wrong) for look in seen] == [look(right) for look in seen]
    assert address(opened(LINK.removeprefix("tarif=2024-03-26&")))["tarif"] == ["2024-03-26"]
