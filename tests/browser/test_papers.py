"""The papers of many communes as one file: their number as they come, a way to stop, and what goes wrong, in French."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, Route, expect
from screen import Screen

from views.group_documents import ARCHIVE
from views.index import small_page

ASKED = "tarif=2024-03-26&chacune=meme&domaines=1&vue=partager"
THREE = f"{ASKED}&groupe=liste&communes=62727.62041.62063"
DEPARTMENT = f"{ASKED}&groupe=62"
FAILS = "Failed to load resource"
"""Words of the browser itself on an answer that is no success."""


def take(screen: Screen, query: str) -> Locator:
    """Open the page of many communes and ask for their papers; return the panel that tells about them."""
    screen.open(query)
    screen.document(ARCHIVE.label).click()
    return screen.page.get_by_role("region", name="Téléchargement des notes")


def test_the_papers_are_counted_and_saved_and_the_panel_closes(screen: Screen, tmp_path: Path) -> None:
    with screen.page.expect_download() as saved:
        panel = take(screen, THREE)
    file = tmp_path / "notes.zip"
    saved.value.save_as(file)
    assert saved.value.suggested_filename.startswith("notes-3-communes-")
    with ZipFile(file) as papers:
        assert papers.testzip() is None
        assert [name.split("-2")[0] for name in papers.namelist()] == [
            "estimation-ruitz",
            "estimation-arras",
            "estimation-avesnes-le-comte",
        ]
    expect(panel).to_contain_text("3 notes, dans votre dossier de téléchargements.")
    panel.get_by_role("button", name="Fermer").click()
    expect(panel).to_have_count(0)


def test_a_download_of_the_whole_department_tells_its_progress_and_can_be_stopped(screen: Screen) -> None:
    panel = take(screen, DEPARTMENT)
    expect(panel.get_by_text("2 notes sur 887")).to_be_visible()
    assert panel.get_by_role("progressbar").evaluate("bar => bar.max") == 887
    assert panel.locator("[aria-live=polite]").inner_text() == "0 note sur 887"  # next at a quarter
    screen.document(ARCHIVE.label).click()
    expect(screen.page.locator(".papers")).to_have_count(1)
    panel.get_by_role("button", name="Arrêter").click()
    expect(panel).to_have_text("Arrêté : rien n'a été enregistré.Fermer")
    assert not screen.english()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("", "Les notes n'ont pas pu être téléchargées : la connexion a été coupée. Réessayez."),
        (small_page("Archive en attente", "<p>Une autre archive est déjà en cours.</p>", "../"), "Une autre archive"),
    ],
)
def test_what_goes_wrong_is_told_in_french(screen: Screen, page: str, words: str) -> None:
    def answer(route: Route) -> None:
        if page:
            route.fulfill(status=503, body=page, content_type="text/html; charset=utf-8")
        else:
            route.abort()

    screen.page.route("**/documents/notes.zip*", answer)
    expect(take(screen, THREE)).to_contain_text(words)
    screen.problems[:] = [problem for problem in screen.problems if FAILS not in problem]


def test_without_the_script_the_link_itself_downloads_the_papers(screen: Screen) -> None:
    screen.open(THREE)
    screen.page.evaluate("() => delete window.ReadableStream")
    with screen.page.expect_download() as saved:
        screen.document(ARCHIVE.label).click()
    assert saved.value.suggested_filename.endswith(".zip")
    expect(screen.page.locator(".papers")).to_have_count(0)
