"""The page before anything is typed, the bar of a phone, and the title of the tab."""

from playwright.sync_api import expect
from screen import EXAMPLE, FIGURES, Screen, boxes
from test_accessibility import found_in_both
from test_printing import printed

from views.index import TITLE

STEPS = ("Qui vous êtes", "Ce que vous voulez", "Ce que vous emportez")
COUNT_RUNS = """() => {
  window.runs = 0;
  new MutationObserver(() => window.runs++).observe(
    document.querySelector("[data-testid=stApp]"), { attributeFilter: ["data-test-script-state"] });
}"""


def test_before_anything_is_typed_the_right_half_says_how_it_goes_and_shows_an_example(screen: Screen) -> None:
    screen.resize(1366, 768)
    screen.open()
    steps = screen.page.locator(".how:visible")
    expect(steps.locator("strong")).to_have_text([f"{each} :" for each in STEPS])
    example = screen.page.get_by_role("region", name="Exemple")
    expect(example.get_by_role("heading")).to_have_text("Exemple : ce ne sont pas vos montants")
    expect(example.locator("dd")).to_have_text(FIGURES)
    start = screen.button("Partir de cet exemple")
    assert screen.outside(steps, example, start) == []
    assert screen.overlapping(steps, example, start, screen.number("inhabitants")) == []
    assert boxes(steps)[0]["left"] > 1366 / 3
    # It is no answer, neither read aloud nor on paper.
    expect(screen.answer).to_have_count(0)
    assert FIGURES[0] not in " ".join(printed(screen))
    screen.type("inhabitants", 300)
    expect(example).to_be_visible()
    expect(screen.answer).to_have_count(0)
    start.click()
    screen.expect_example()
    expect(example).to_have_count(0)
    expect(screen.page.locator(".how")).to_have_count(0)


def test_on_a_phone_the_steps_come_before_the_fields_and_nothing_has_a_fault(screen: Screen) -> None:
    screen.resize(390, 844)
    screen.open()
    steps = screen.page.locator(".how:visible")
    expect(steps).to_have_count(1)
    assert screen.outside(steps) == []
    assert boxes(steps)[0]["bottom"] <= boxes(screen.page.get_by_role("combobox", name="Commune"))[0]["top"]
    assert screen.overflow() == 0
    assert found_in_both(screen) == []


def test_the_bar_of_a_phone_opens_upwards_at_a_tap_without_a_run_and_stays_open(screen: Screen) -> None:
    screen.resize(390, 844)
    screen.open({**EXAMPLE, "antivirus": "21", "intervention": "oui"})
    bar = screen.page.locator(".st-key-reponse")
    closed = boxes(bar)[0]
    more = bar.locator(".more")
    setup = more.get_by_text("Dont 280,00 € + 1 montant sur devis de mise en service, une seule fois")
    on_quote = more.get_by_text("Antivirus, mise en service : ")
    expect(setup).not_to_be_visible()
    screen.page.evaluate(COUNT_RUNS)
    screen.figures.nth(1).click(force=True)  # a tap anywhere on the bar
    for each in (setup, on_quote):
        expect(each).to_be_visible()
    screen.settle()
    assert screen.page.evaluate("window.runs") == 0
    opened = boxes(bar)[0]
    assert opened["top"] < closed["top"] - 80
    assert opened["bottom"] == closed["bottom"]
    assert screen.outside(bar, setup, on_quote) == []
    assert found_in_both(screen, ".st-key-reponse") == []
    screen.type("domains", 2)
    screen.expect_figures("1 501,00 €", "1 131,00 € à 1 221,00 €", "7 246,00 €")
    expect(setup).to_be_visible()
    summary = bar.locator("summary")
    summary.focus()
    screen.page.keyboard.press("Enter")
    # What changes at that very moment does not open it again.
    screen.page.emulate_media(color_scheme="dark")
    expect(screen.page.locator(".stApp")).to_have_css("color-scheme", "dark")
    screen.settle()
    expect(setup).not_to_be_visible()
    expect(summary).to_have_text("Ce que ces montants comprennent")
    assert found_in_both(screen, ".st-key-reponse") == []
    screen.resize(1440, 900)
    expect(summary).not_to_be_visible()
    expect(screen.answer.get_by_text("dont 280,00 € + 1 montant sur devis de mise en service")).to_be_visible()


def test_the_tab_bears_the_name_of_the_client_after_each_edit(screen: Screen) -> None:
    screen.open()
    expect(screen.page).to_have_title(TITLE)
    screen.page.get_by_role("combobox", name="Commune").fill("ruitz")
    screen.page.keyboard.press("Enter")
    expect(screen.page).to_have_title("Ruitz : services numériques")
    screen.type("domains", 1)
    screen.expect_figures("15,00 €", "15,00 €", "90,00 €")
    expect(screen.page).to_have_title("Ruitz : services numériques")
    screen.button("Présenter").click()
    expect(screen.button("Quitter")).to_be_visible()
    expect(screen.page).to_have_title("Ruitz : services numériques")
    screen.button("Quitter").click()
    screen.button("Changer de commune").click()
    screen.page.get_by_role("combobox", name="Commune").fill("barlin")
    screen.page.keyboard.press("Enter")
    expect(screen.page).to_have_title("Barlin : services numériques")
    screen.open({"type": "autre", "nom": "SIVOM des Vallées", "agents": "3"})
    expect(screen.page).to_have_title("SIVOM des Vallées : services numériques")
