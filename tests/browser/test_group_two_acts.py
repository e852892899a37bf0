"""Two acts of data/ set against each other for many communes, on the page and in front of a room."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from screen import Screen
from test_accessibility import found
from test_group_table import ARTOIS
from test_presenting import CUT, SMALL

from tests.serving import copied, free_port, started, wait_until_healthy, with_dearer_mailboxes


@pytest.fixture(scope="module")
def two_acts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the page whose data/ has a second act, in which a mailbox costs one euro a year more."""
    root = copied(tmp_path_factory.mktemp("two-acts"))
    with_dearer_mailboxes(root / "data/tariffs")
    port = free_port()
    with started(port, root) as (process, log):
        wait_until_healthy(port, process, log)
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture
def there(two_acts: str, browser: Browser) -> Iterator[Screen]:
    screen = Screen(browser, two_acts)
    with screen.watched():
        yield screen
    screen.close()


def test_each_commune_is_set_before_and_after_with_the_sums_of_each_body(there: Screen) -> None:
    there.open(ARTOIS)
    there.page.get_by_role("radio", name="Comparer deux tarifs").click()
    there.settle()
    section = there.page.locator(".st-key-section-deux-tarifs")
    expect(section.get_by_role("heading", level=3)).to_contain_text(
        "de l'acte du 26 mars 2024 à celui du 15 janvier 2027"
    )
    expect(section).to_contain_text("96 communes paieraient plus sur six ans.")
    bodies = section.get_by_role("table", name="Ce que chaque organisme facturerait")
    expect(bodies.locator("tfoot td").last).to_have_text("+1 728,00 €")
    communes = section.get_by_role("table", name="Chaque commune avant et après")
    expect(communes.locator("tbody tr")).to_have_count(96)
    one = communes.get_by_role("row").filter(has=there.page.get_by_text("Avesnes-le-Comte", exact=True))
    expect(one).to_contain_text("4 704,00 €")
    expect(one).to_contain_text("4 722,00 €")
    expect(one).to_contain_text("18,00 € de plus")
    expect(section.get_by_role("checkbox")).to_have_count(0)
    section.get_by_role("searchbox").fill("avesnes le")
    assert communes.locator("tbody tr:not([hidden])").count() == 1
    assert found(there, within=".st-key-section-deux-tarifs") == []
    assert there.english() == []
    there.resize(390, 844)
    assert there.overflow() == 0


def test_the_room_sees_what_another_act_would_change(there: Screen) -> None:
    there.resize(1280, 720)
    there.open({**ARTOIS, "vue": "presentation-tarifs"})
    shown = there.page.locator(".st-key-ecran-presente")
    expect(shown).to_contain_text("de l'acte du 26 mars 2024 à celui du 15 janvier 2027")
    expect(shown.locator("tfoot td").last).to_have_text("+1 728,00 €")
    assert there.page.evaluate(SMALL) == []
    assert there.page.evaluate(CUT) == []
    assert there.overflow() == 0
