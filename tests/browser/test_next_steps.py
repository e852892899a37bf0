"""« Et maintenant ? »: two requests for a quote, whose sender only the browser knows; answers beside the prices."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from screen import EXAMPLE, NEXT, SHARE, Screen

from tests.french import plain

FIBRE, CDG = "Demande de devis à La Fibre Numérique 59-62", "Demande de devis au CDG 62"
SENDER = {"Votre nom": "Jeanne Zwicky", "Votre téléphone": "03 21 99 88 77", "Début souhaité": "lundi de Pâques"}
"""Things that a secretary types of herself: words that are nowhere else on the page."""


def request(screen: Screen, title: str) -> Locator:
    """Find the request whose title begins so."""
    return screen.page.locator("section").filter(has=screen.page.get_by_role("heading", name=title))


def text(part: Locator) -> str:
    """Return the text of a request, unfolded."""
    summary = part.locator("summary")
    if not part.locator("details[open]").count():
        summary.click()
    field = part.get_by_role("textbox")
    expect(field).not_to_have_value("")
    return plain(field.input_value())


def type_sender(page: Page) -> None:
    for label, words in SENDER.items():
        page.get_by_label(label).fill(words)


def test_a_request_is_copied_with_its_sender_who_never_leaves_the_browser(screen: Screen) -> None:
    sent: list[str] = []

    def keep(words: str | bytes) -> None:
        sent.append(words if isinstance(words, str) else words.decode("utf-8", errors="replace"))

    screen.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: keep(frame)))
    screen.page.on("request", lambda made: keep(f"{made.url} {made.post_data or ''} {made.headers}"))
    screen.open(EXAMPLE)
    screen.section(NEXT)
    assert "Contact : à compléter\nDébut souhaité : à compléter" in text(request(screen, FIBRE))
    type_sender(screen.page)
    for title, line in ((FIBRE, "- Compte 5 Go : 80,00 €"), (CDG, "- Mise en service : 40,00 €")):
        part = request(screen, title)
        assert line in text(part)
        button = part.get_by_role("button")
        button.click()
        expect(button).to_have_text("Copié")
        copied = plain(screen.page.evaluate("navigator.clipboard.readText()")).replace("\r", "")
        assert copied == text(part)
        assert "Contact : Jeanne Zwicky, 03 21 99 88 77\nDébut souhaité : lundi de Pâques" in copied
    # The figures change, the section is left and opened again: the sender is still there, in the browser alone.
    screen.type("domains", 2)
    expect(request(screen, FIBRE).get_by_role("textbox")).to_have_value(re.compile("2.noms de domaine"))
    screen.section(SHARE)
    screen.section(NEXT)
    for label, words in SENDER.items():
        expect(screen.page.get_by_label(label)).to_have_value(words)
    assert [each for each in sent if any(words in unquote(each) for words in SENDER.values())] == []
    assert "Zwicky" not in unquote(screen.page.url)
    assert screen.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").count("Zwicky") == 0
    screen.page.reload()
    screen.settle()
    expect(screen.page.get_by_label("Votre nom")).to_have_value("")


def test_a_letter_typed_into_a_name_is_no_shortcut_of_the_page(screen: Screen) -> None:
    sent: list[int] = []
    screen.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(len(frame))))
    screen.open(EXAMPLE)
    screen.section(NEXT)
    assert sent
    sent.clear()
    screen.page.get_by_label("Votre nom").press_sequentially("rcR")
    screen.settle()
    expect(screen.page.get_by_label("Votre nom")).to_have_value("rcR")
    expect(screen.page.get_by_role("dialog")).to_have_count(0)
    assert sent == []


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({}, ""),
        ({"messagerie-5go": "6", "pages": "1", "stockage-go": "30"}, "La messagerie reçoit la demande en bref."),
        ({"scenario": [f"dom-1~{'Œ' * 13}", f"dom-2~{'Œ' * 13}", f"dom-3~{'é' * 13}"]}, "La demande est trop longue"),
    ],
    ids=["whole", "in short", "to paste"],
)
def test_the_mail_program_opens_what_it_has_room_for_and_the_rest_is_copied(
    screen: Screen, more: dict[str, str | list[str]], left: str
) -> None:
    order = {"tarif": "2024-03-26", "domaines": "1", "messagerie-5go": "1"} if not more else {**EXAMPLE, **more}
    pairs = [(name, one) for name, of in order.items() for one in (of if isinstance(of, list) else [of])]
    screen.open(pairs)
    screen.section(NEXT)
    type_sender(screen.page)
    part = request(screen, FIBRE)
    address = part.get_by_role("link", name="Ouvrir dans la messagerie").get_attribute("href") or ""
    assert len(address) <= 2_000
    mail = parse_qs(urlsplit(address).query)
    assert mail["subject"][0].startswith(FIBRE)
    assert "Jeanne Zwicky, 03 21 99 88 77" in mail["body"][0]
    assert "%0A" not in address.replace("%0D%0A", "")
    said = part.locator(".left").text_content() or ""
    assert said.startswith(left)
    assert bool(said) == bool(left)
    if left:
        part.get_by_role("link", name="Ouvrir dans la messagerie").evaluate(
            "link => { link.addEventListener('click', (event) => event.preventDefault()); link.click(); }"
        )
        expect(part.get_by_role("button")).to_have_text("Copié")
        assert plain(screen.page.evaluate("navigator.clipboard.readText()")).replace("\r", "") == text(part)
    else:
        assert plain(mail["body"][0].replace("\r\n", "\n")) == text(part)


def test_a_body_that_bills_nothing_is_not_asked(screen: Screen) -> None:
    screen.open({"domaines": "1"})
    panel = screen.section(NEXT)
    expect(panel.get_by_role("heading", name=FIBRE)).to_be_visible()
    expect(panel.get_by_role("heading", name="Demande de devis")).to_have_count(1)
    expect(panel.get_by_text("Adresse inconnue de cette page")).to_have_count(1)
    screen.type("mailboxes_5go", 1)
    expect(panel.get_by_role("heading", name="Demande de devis")).to_have_count(2)
    expect(panel.get_by_role("link", name="Demande au CDG 62 (PDF)")).to_be_visible()


def test_what_a_town_hall_asks_is_answered_beside_what_it_is_about(screen: Screen) -> None:
    screen.open(EXAMPLE)
    for summary, question, answered in (
        ("Nous avons le pack « Mairie Connectée »", "", "Ces prix sont hors de ce pack"),
        (
            "Vos questions sur ces montants",
            "Quand arrivent les factures",
            "L'acte n'en dit rien : à demander au CDG 62.",
        ),
        ("Vos questions sur la durée", "Peut-on arrêter un service", "L'acte n'en dit rien : à demander au CDG 62."),
    ):
        fold = screen.page.locator("details.asked").filter(has=screen.page.get_by_text(summary))
        expect(fold.locator("dl")).not_to_be_visible()
        fold.locator("summary").click()
        expect(fold.locator("dl")).to_be_visible()
        said = plain(fold.inner_text())
        assert question in said
        assert answered in said
    for words in ("5 Go ou illimité", "Que devient-elle après une élection", "Qu'est-ce que Démarches simplifiées"):
        expect(screen.page.locator(".explained dt").get_by_text(words)).to_have_count(1)


def test_the_month_given_on_the_page_is_the_wanted_start_and_is_seen_in_its_field(screen: Screen) -> None:
    screen.open({**EXAMPLE, "mois": "9"})
    screen.section(NEXT)
    expect(screen.page.get_by_label("Début souhaité")).to_have_attribute("placeholder", "septembre")
    assert "Début souhaité : septembre" in text(request(screen, FIBRE))
    screen.page.get_by_label("Début souhaité").fill("le 15 septembre")
    assert "Début souhaité : le 15 septembre" in text(request(screen, FIBRE))
