"""Clicks act on what the screen shows once all that was typed before is counted, and count once."""

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader
from screen import EXAMPLE, SHARE, Screen, boxes

from tests.relay import relayed

FORTY = ("2 410,00 €", "1 680,00 € à 1 770,00 €", "10 900,00 €")
"""Figures of the example with 40 mailboxes for 4, worked by hand from the act."""
MAILBOXES = "messagerie-5go"
SCENARIOS = [
    ("scenario", f"hab-1250_ag-6_5go-{count}~{name}") for count, name in enumerate(("Un", "Deux", "Trois", "Quatre"), 1)
]
NOTE, MAIL, LINK = "Note pour le conseil (PDF)", "Ouvrir un courriel court", "Lien vers cette simulation"

Place = tuple[float, float]
Press = Callable[[Screen, Locator], None]


@pytest.fixture(scope="module")
def shared_far(port: int, browser: Browser) -> Iterator[Screen]:
    """Open one page at the end of a slow line, where a click is held longest; its files are loaded once."""
    with relayed(port, 100) as far:
        screen = Screen(browser, f"http://127.0.0.1:{far}/", has_touch=True)
        yield screen
        screen.close()


@pytest.fixture
def far(shared_far: Screen) -> Iterator[Screen]:
    """Yield a desktop screen at the end of the line, and check that nothing went wrong on it."""
    with shared_far.watched() as far:
        yield far


def centre(control: Locator) -> Place:
    control.scroll_into_view_if_needed()
    (box,) = boxes(control)
    return box["left"] + box["width"] / 2, box["top"] + box["height"] / 2


def held_for(milliseconds: int) -> Press:
    def by_mouse(screen: Screen, control: Locator) -> None:
        screen.page.mouse.click(*centre(control), delay=milliseconds)

    return by_mouse


def by_touch(screen: Screen, control: Locator) -> None:
    screen.page.touchscreen.tap(*centre(control))


def by_keyboard(screen: Screen, control: Locator) -> None:
    control.focus()
    screen.page.keyboard.press("Enter")


def leave_unsent(screen: Screen, *, count: int = 40) -> None:
    """Type a number of mailboxes and stay in the field."""
    screen.settle()
    screen.number("mailboxes_5go").fill(str(count))


def downloaded(page: Page, press: Callable[[], None]) -> str:
    """Return the text of the paper that a click downloads."""
    with page.expect_download() as download:
        press()
    words = " ".join(page.extract_text() for page in PdfReader(download.value.path()).pages)
    return " ".join(words.split())


def watch_links(page: Page) -> None:
    """Record the link that a click opens, in place of opening it."""
    page.evaluate(
        """() => {
          window.opened = [];
          document.addEventListener("click", (event) => {
            const link = event.target.closest("a[href^=mailto]");
            if (!link) return;
            event.preventDefault();
            window.opened.push(link.href);
          });
        }"""
    )


def test_a_document_or_mail_holds_the_number_just_typed(far: Screen) -> None:
    far.open(EXAMPLE)
    mail = far.section(SHARE).get_by_role("link", name=MAIL)
    far.written(LINK)
    watch_links(far.page)
    note = far.document(NOTE)
    for count, press in enumerate((held_for(90), by_touch, by_keyboard), 40):
        leave_unsent(far, count=count)
        words = downloaded(far.page, partial(press, far, note))
        assert f"{count} comptes × 10,00 €" in words, press
    # The number has not reached the server yet.
    leave_unsent(far, count=50)
    place = centre(note)
    far.page.keyboard.press("Enter")
    assert "50 comptes × 10,00 €" in downloaded(far.page, lambda: far.page.mouse.click(*place))

    for rank, press in enumerate((held_for(0), by_keyboard)):
        leave_unsent(far, count=60 + rank)
        press(far, mail)
        far.page.wait_for_function("rank => window.opened.length > rank", arg=rank)
        assert f"{MAILBOXES}={60 + rank}" in unquote(far.page.evaluate("window.opened.at(-1)"))

    copy = far.page.get_by_role("button", name=re.compile("^(Copier le lien|Copié)$")).first
    for count, press in ((70, held_for(90)), (71, by_touch)):
        leave_unsent(far, count=count)
        press(far, copy)
        far.page.wait_for_function(
            "async (held) => (await navigator.clipboard.readText()).includes(held)", arg=f"{MAILBOXES}={count}&"
        )
        expect(copy).to_have_text("Copié")

    leave_unsent(far)
    held_for(90)(far, far.button("Afficher le QR code"))
    expect(far.page.get_by_role("dialog").get_by_role("img", name="QR code")).to_be_visible()
    expect(far.page.get_by_role("dialog")).to_be_focused()
    far.page.keyboard.press("Escape")
    expect(far.page.get_by_role("dialog")).to_be_hidden()
    far.expect_figures(*FORTY)
    far.expect_parameter(MAILBOXES, "40")


def test_a_click_acts_on_the_number_just_typed(far: Screen) -> None:
    far.open([*EXAMPLE.items(), *SCENARIOS[:3]])
    leave_unsent(far)
    by_touch(far, far.page.get_by_role("radio", name="Comparer"))
    expect(far.opened("Comparer")).to_be_visible()
    far.expect_figures(*FORTY)

    leave_unsent(far, count=41)
    held_for(90)(far, far.button("Retirer").nth(1))
    left = [SCENARIOS[0][1], SCENARIOS[2][1]]
    far.expect_parameter("scenario", *left)
    far.expect_parameter(MAILBOXES, "41")

    leave_unsent(far, count=42)
    held_for(90)(far, far.button("Garder"))
    expect(far.page.get_by_role("textbox", name="Scénario 3")).to_be_visible()
    far.settle()
    assert far.parameters["scenario"][2].startswith("hab-1250_ag-6_5go-42_dom-1_")

    # The choice that is clicked arrives with the last mailbox.
    option = far.opened("Comparer").get_by_role("button", name="Tous les comptes en illimité")
    leave_unsent(far, count=0)
    held_for(90)(far, option)
    expect(far.page.get_by_role("status").filter(has_text="n'est plus proposé")).to_be_visible()
    far.expect_parameter(MAILBOXES, *[])
    far.type("mailboxes_5go", 4)
    expect(option).to_be_visible()
    leave_unsent(far, count=43)
    held_for(90)(far, option)
    far.expect_parameter("messagerie-illimitee", "43")

    leave_unsent(far, count=44)
    held_for(150)(far, far.page.locator(".st-key-demarches_simplifiees p").first)
    far.expect_parameter("messagerie-illimitee", "44")
    expect(far.page.locator(".st-key-demarches_simplifiees input")).not_to_be_checked()

    leave_unsent(far, count=45)
    held_for(90)(far, far.button("Présenter"))
    expect(far.button("Quitter")).to_be_visible()
    far.expect_parameter("messagerie-illimitee", "45")


def test_a_scenario_just_named_is_kept_once_with_its_name(far: Screen) -> None:
    far.open(EXAMPLE)
    name = far.section("Comparer").get_by_role("textbox", name="Nom du scénario")
    keep = far.button("Garder")
    place = centre(keep)
    name.fill("Essai")
    name.press("Enter")
    far.page.mouse.click(*place)
    expect(far.page.get_by_role("textbox", name="Scénario 1")).to_have_value("Essai")
    name.fill("Autre")
    far.page.mouse.click(*centre(keep), delay=90)
    expect(far.page.get_by_role("textbox", name="Scénario 2")).to_have_value("Autre")
    far.settle()
    assert [each.partition("~")[2] for each in far.parameters["scenario"]] == ["Essai", "Autre"]


def test_quick_clicks_each_count_once(screen: Screen) -> None:
    screen.open([*EXAMPLE.items(), *SCENARIOS])
    box, up = screen.page.locator(".st-key-demarches_simplifiees"), screen.page.locator(".st-key-domains button").last
    for _ in range(3):
        held_for(0)(screen, box.locator("p").first)
    expect(box.locator("input")).not_to_be_checked()
    for _ in range(10):
        held_for(0)(screen, up)
    expect(screen.number("domains")).to_have_value("11")
    screen.expect_parameter("domaines", "11")
    screen.settle()  # the clicks on the box are held for one another
    assert "demarches" not in screen.parameters

    screen.section("Comparer")
    for removed, pause in enumerate((100, 300), 1):
        screen.page.mouse.wheel(0, 1)  # the next click, at the same place, is meant
        x, y = centre(screen.button("Retirer").first)
        began = time.monotonic()
        screen.page.mouse.click(x, y)
        screen.page.wait_for_timeout(max(0, pause - 1000 * (time.monotonic() - began)))  # the pace of a hand
        screen.page.mouse.click(x, y)
        expect_left(screen, removed)

    screen.button("Retirer").first.focus()
    for _ in range(2):
        screen.page.keyboard.press("Enter")
    expect_left(screen, 3)

    # A second click does not act either on what has moved under it.
    screen.page.mouse.dblclick(*centre(screen.button("Présenter")))
    expect(screen.button("Quitter")).to_be_visible()
    screen.settle()
    expect(screen.button("Quitter")).to_be_visible()


def expect_left(screen: Screen, removed: int) -> None:
    """Wait until the first scenarios are removed, and no other."""
    left = [written for _, written in SCENARIOS[removed:]]
    screen.expect_parameter("scenario", *left)
    screen.settle()
    assert screen.parameters["scenario"] == left


def test_a_number_just_typed_is_counted_before_it_is_printed(far: Screen) -> None:
    far.open(EXAMPLE)
    far.page.evaluate(
        "() => { window.print = () => (window.printed = document.querySelector('.figure').textContent); }"
    )
    leave_unsent(far)
    far.page.keyboard.press("Control+p")
    far.page.wait_for_function("() => window.printed")
    assert far.page.evaluate("window.printed").split() == FORTY[0].split()
    expect(far.number("mailboxes_5go")).to_be_focused()


def test_a_number_that_is_not_counted_is_not_printed(screen: Screen) -> None:
    screen.open(EXAMPLE)
    field = screen.number("mailboxes_5go")
    leave_unsent(screen)
    screen.page.evaluate(
        """() => addEventListener("beforeprint", () => {
          window.shown = document.querySelector(".st-key-nombre-mailbox input").value;
        })"""
    )
    screen.page.pdf()
    assert screen.page.evaluate("window.shown") == "4"
    expect(field).to_have_value("40")
    field.press("Enter")
    screen.expect_figures(*FORTY)
    screen.settle()
    screen.page.pdf()
    assert screen.page.evaluate("window.shown") == "40"


def test_a_name_filled_in_by_a_password_manager_is_accepted(screen: Screen) -> None:
    screen.open({"tarif": "2024-03-26", "type": "autre", "messagerie-5go": "4"})
    name = screen.page.get_by_role("textbox", name=re.compile("^Nom, pour les documents"))
    name.evaluate(
        """field => {
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, "CCAS de Ruitz");
          for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
        }"""
    )
    screen.expect_parameter("nom", "CCAS de Ruitz")


def test_edits_that_overtake_one_another_are_all_counted(far: Screen) -> None:
    far.open(EXAMPLE)
    for count in range(1, 7):
        for key in ("domains", "mailboxes_5go"):
            far.type(key, count)
    far.expect_parameter("domaines", "6")
    far.expect_parameter(MAILBOXES, "6")
