"""The page in presentation mode, on projectors, read from the last row of the room."""

import re

import pytest
from playwright.sync_api import Locator, expect
from screen import EXAMPLE, FIGURES, KEPT, SCENARIO, TARIFF, Screen, boxes

ROOM = {**EXAMPLE, "vue": "presentation"}
CHARTS = {"Six ans": "6e année", "Par service": "Antivirus", "Scénarios": "Cette"}
"""Each chart, and a text that only it holds."""
SCREENS = ("Six ans", "Par service", "Devis", "Autres choix", "Scénarios", "Autres services")
PROJECTORS = ((1280, 720), (1366, 768), (1024, 768), (1920, 1080))
LONGEST = {
    **TARIFF,
    "commune": "62826",
    "habitants": "4200",
    "agents": "300",
    "messagerie-5go": "300",
    "messagerie-illimitee": "20",
    "domaines": "12",
    "sauvegardes": "2",
    "stockage-go": "400",
    "antivirus": "90",
    "intervention": "oui",
    "demarches": "oui",
    "vue": "presentation",
}
"""Order with long words everywhere: amounts on quote, not stated, and a question on a quantity."""

SMALL = """() => {
  const size = (each) => parseFloat(getComputedStyle(each).fontSize) * each.currentCSSZoom;
  const seen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && Math.min(each.getBoundingClientRect().width, each.getBoundingClientRect().height) > 2;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (text.data.trim() && !parent.closest("script, style, .unseen") && seen(parent) && size(parent) < 19.9)
      small.push(text.data.trim());
  }
  const fields = [...document.querySelectorAll("input:not([type=checkbox])")].filter(seen);
  return [...small, ...fields.filter((each) => size(each) < 19.9).map((each) => each.value)];
}"""
"""Script that lists every text that the back of a room could not read."""
CUT = """() => [...document.querySelectorAll(
  ".presented *, .st-key-tete *, .st-key-ecarts *, .st-key-ecrans *, .st-key-code-presente *, .st-key-bandeau label *")]
  .filter((each) => each.checkVisibility() && !each.closest(".unseen, svg") && each.textContent.trim()
    && getComputedStyle(each).overflow !== "visible" && each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.textContent)"""
"""Script that lists the texts that are wider than their place."""
FILLS = """() => {
  const svg = document.querySelector("[data-testid=stVegaLiteChart] svg")?.getBoundingClientRect();
  const place = document.querySelector(".stPrintGraphic")?.getBoundingClientRect();
  return svg && place && ["x", "y", "width", "height"].every((each) => Math.abs(svg[each] - place[each]) < 2);
}"""
"""Script that tells if the chart fills its place."""


def chart(screen: Screen) -> Locator:
    return screen.page.locator("[data-testid=stVegaLiteChart] svg")


def strip(screen: Screen) -> Locator:
    return screen.page.locator(".st-key-bandeau")


def changed(screen: Screen) -> Locator:
    return screen.page.locator(".changed")


def turn_to(screen: Screen, name: str) -> None:
    """Show one of the screens."""
    choice = screen.page.get_by_role("radio", name=name, exact=True)
    choice.click()
    expect(choice).to_be_checked()
    screen.settle()


def open_in_the_room(screen: Screen, width: int = 1280, height: int = 720) -> None:
    screen.resize(width, height)
    screen.open([*ROOM.items(), *(("scenario", each) for each in KEPT)])
    screen.expect_charts()
    screen.page.wait_for_function(FILLS)


# What is read from the last row


@pytest.mark.parametrize("size", PROJECTORS)
def test_every_screen_fits_a_projector_with_nothing_cut_or_small(screen: Screen, size: tuple[int, int]) -> None:
    open_in_the_room(screen, *size)
    code = screen.page.get_by_role("img", name="QR code")
    screen.type("mailboxes_5go", 23)
    expect(changed(screen)).to_contain_text("4 → 23")
    wrong: dict[str, list[str]] = {}
    for name in SCREENS:
        turn_to(screen, name)
        if name in CHARTS:
            expect(chart(screen)).to_contain_text(CHARTS[name])
            screen.page.wait_for_function(FILLS)
        fields = strip(screen).locator("input[type=number]:visible")
        expect(fields).to_have_count(6)
        whole = (screen.answer, changed(screen), code, fields, *map(screen.button, ("Garder", "Quitter")))
        wrong[name] = [*screen.cut_labels(), *screen.outside(*whole), *screen.page.evaluate(CUT), *screen.cut_choices()]
        wrong[name] += screen.overlapping(screen.answer, strip(screen), screen.page.locator(".st-key-ecran-et-code"))
        assert screen.overflow() <= 0, name
        if size >= (1280, 720):
            assert screen.at_last(lambda: screen.page.evaluate(SMALL)) == [], name
    assert not any(wrong.values()), wrong


@pytest.mark.parametrize("size", PROJECTORS)
def test_the_longest_words_cut_nothing_either(screen: Screen, size: tuple[int, int]) -> None:
    screen.resize(*size)
    screen.open(LONGEST)
    screen.type("domains", 45)
    notes = screen.page.locator(".st-key-notes-presentees")
    expect(notes).to_contain_text("Non compris :")
    expect(screen.answer.locator(".quote").first).to_be_visible()
    screen.page.wait_for_function(FILLS)
    zones = (screen.answer, changed(screen), chart(screen), notes, strip(screen))
    assert screen.outside(*zones) == []
    assert screen.overlapping(*zones) == []
    assert [*screen.cut_labels(), *screen.page.evaluate(CUT)] == []


def test_a_finer_screen_shows_the_same_larger(screen: Screen) -> None:
    def heights() -> list[float]:
        screen.page.wait_for_function(FILLS)
        words = (screen.figures, chart(screen).locator("text"), strip(screen).locator("label"), changed(screen))
        return [boxes(each.first)[0]["height"] for each in words]

    open_in_the_room(screen)
    coarse = heights()
    screen.resize(1920, 1080)
    assert heights() == pytest.approx([each * 1.5 for each in coarse], rel=0.05)
    expect(screen.page.get_by_text("Estimation indicative")).to_be_visible()


def test_titles_say_over_how_many_years(screen: Screen) -> None:
    open_in_the_room(screen)
    for name in ("Six ans", "Par service", "Autres choix", "Scénarios"):
        turn_to(screen, name)
        expect(screen.page.locator(".title")).to_contain_text("sur six ans")


# What changed


def test_the_room_reads_what_changed_and_by_how_much(screen: Screen) -> None:
    open_in_the_room(screen)
    expect(changed(screen)).to_have_text("Rien n'a changé depuis le départ.")
    at_first = boxes(chart(screen))
    screen.type("domains", 3)
    expect(changed(screen)).to_have_text("Depuis le départ : Noms de domaine : 1 → 3")
    expect(screen.answer.locator(".change strong")).to_have_text(["+30,00 €", "+30,00 € en moyenne", "+180,00 €"])
    screen.type("agents", 12)
    expect(changed(screen)).to_contain_text("Agents : 6 → 12")
    turn_to(screen, "Autres services")
    screen.tick("demarches_simplifiees")
    expect(changed(screen)).to_contain_text("Démarches simplifiées : retiré")
    screen.type("web_pages", 2)
    screen.type("extra_storage_go", 5)
    expect(changed(screen)).to_contain_text("et 2 autres")
    line = changed(screen).evaluate("each => parseFloat(getComputedStyle(each).lineHeight)")
    assert boxes(changed(screen))[0]["height"] <= 2 * line + 1
    turn_to(screen, "Six ans")
    assert screen.at_last(lambda: boxes(chart(screen)) != at_first) is False, "the chart has kept its place"


def bars(screen: Screen, color: str) -> list[float]:
    """Return the heights of the bars of six years in a colour, drawn as a line around them, once the chart is whole."""
    screen.settle()
    screen.page.wait_for_function(FILLS)
    return chart(screen).evaluate(
        "(svg, color) => [...svg.querySelectorAll('.mark-rect path')]"
        ".filter((each) => each.getAttribute('stroke')?.toUpperCase() === color)"
        ".map((each) => each.getBoundingClientRect().height).filter((height) => height > 1)",
        color,
    )


def test_the_start_is_an_outline_on_a_scale_that_stands_still(screen: Screen) -> None:
    open_in_the_room(screen)
    assert bars(screen, "#1B2733") == []
    fibre = bars(screen, "#1F5A99")
    screen.type("agents", 7)  # changes no amount
    screen.settle()
    screen.type("domains", 3)
    expect(chart(screen)).to_contain_text("1 210,00 €")
    expect(screen.page.get_by_text("au départ", exact=True)).to_be_visible()
    now, start = bars(screen, "#1F5A99"), bars(screen, "#1B2733")
    assert len(start) == 6
    assert max(now) > max(fibre), "dearer is larger"
    screen.type("domains", 300)
    expect(chart(screen)).to_contain_text("5 665,00 €")
    assert screen.at_last(lambda: max(bars(screen, "#1F5A99")) < 2 * max(bars(screen, "#1B2733"))) is False
    screen.type("domains", 0)
    expect(chart(screen)).to_contain_text("1 165,00 €")
    assert screen.at_last(lambda: bars(screen, "#1B2733") != pytest.approx(start, abs=1)) is False


def test_counting_from_here_is_explained_said_and_taken_back(screen: Screen) -> None:
    open_in_the_room(screen)
    screen.type("domains", 3)
    here = screen.button("Repartir d'ici")
    here.hover()
    expect(screen.page.get_by_text("Les écarts se compteront depuis ce qui est affiché maintenant.")).to_be_visible()
    here.click()
    expect(changed(screen)).to_have_text("Rien n'a changé depuis le départ.")
    expect(screen.page.get_by_text("Les écarts se comptent maintenant depuis ce qui est affiché.")).to_be_visible()
    screen.type("domains", 4)
    expect(changed(screen)).to_contain_text("3 → 4")
    screen.button("Annuler").click()
    expect(changed(screen)).to_contain_text("1 → 4")


def test_the_order_of_the_start_can_be_shown_again(screen: Screen) -> None:
    open_in_the_room(screen)
    screen.type("domains", 3)
    screen.button("Revenir au départ").click()
    screen.expect_figures(*FIGURES)
    expect(strip(screen).locator(".st-key-domains input")).to_have_value("1")
    screen.button("Annuler").click()
    expect(changed(screen)).to_contain_text("1 → 3")


# Without leaving


def test_a_scenario_is_kept_and_taken_back(screen: Screen) -> None:
    open_in_the_room(screen)
    screen.type("domains", 3)
    expect(changed(screen)).to_contain_text("1 → 3")
    screen.button("Garder").click()
    expect(screen.page.get_by_text("Cette simulation est gardée : « Noms de domaine : 1 → 3 ».")).to_be_visible()
    screen.button("Fermer").click()
    screen.type("domains", 5)
    turn_to(screen, "Scénarios")
    expect(chart(screen)).to_contain_text("3. Noms de domaine")
    screen.button("Reprendre 3").click()
    expect(changed(screen)).to_contain_text("1 → 3")
    screen.button("Annuler").click()
    expect(changed(screen)).to_contain_text("1 → 5")
    screen.button("Garder").click()
    screen.button("Fermer").click()  # otherwise the next click could count as the second one of a double click
    screen.type("domains", 6)
    expect(changed(screen)).to_contain_text("1 → 6")
    screen.button("Garder").click()
    expect(screen.page.get_by_text("4 scénarios sont gardés : retirez-en un pour en garder un autre.")).to_be_visible()
    screen.button("Retirer 1").click()
    screen.button("Garder").click()
    expect(screen.page.get_by_text("Cette simulation est gardée")).to_be_visible()


def test_both_quotes_and_another_commune_are_shown_without_leaving(screen: Screen) -> None:
    open_in_the_room(screen)
    turn_to(screen, "Devis")
    table = screen.page.get_by_role("table", name="Ce que chacun des deux organismes facturera")
    expect(table.locator("td")).to_have_text(
        ["915,00 €", "660,00 € à 750,00 €", "4 305,00 €", "265,00 €", "150,00 €", "1 015,00 €"]
    )
    screen.button("Chercher la commune").click()
    field = screen.page.get_by_role("combobox", name="Commune")
    field.fill("houchin")
    field.press("Enter")
    expect(screen.category).to_contain_text("Houchin")
    expect(changed(screen)).to_have_text("Rien n'a changé depuis le départ.")
    expect(screen.button("Changer de commune")).to_be_visible()
    expect(screen.button("Quitter")).to_be_visible()


def test_a_press_adopts_another_choice(screen: Screen) -> None:
    open_in_the_room(screen)
    turn_to(screen, "Autres choix")
    expect(screen.page.locator(".title")).to_contain_text("pressez-en un pour l'adopter")
    screen.page.get_by_role("button", name="Tous les comptes en illimité").click()
    expect(changed(screen)).to_contain_text("Comptes de messagerie illimités : 0 → 4")
    screen.button("Annuler").click()
    expect(changed(screen)).to_have_text("Rien n'a changé depuis le départ.")


def test_other_services_have_the_name_of_their_service_and_cover_no_figure(screen: Screen) -> None:
    open_in_the_room(screen)
    at_first = boxes(strip(screen).locator(".stNumberInput"))
    turn_to(screen, "Autres services")
    others = screen.page.locator(".st-key-famille-services")
    for name in ("Clé de signature", "Antivirus"):
        expect(others.get_by_role("heading", name=name)).to_have_count(1)
    assert screen.overlapping(screen.answer, changed(screen), others, strip(screen)) == []
    screen.type("antivirus_devices", 4)
    # One more device: 17 a year.
    screen.expect_figures("1 197,00 €", "827,00 € à 917,00 €", "5 422,00 €")
    screen.type("extra_storage_go", 101)
    expect(screen.answer.locator(".quote")).to_have_count(3)
    screen.number("inhabitants").fill("99999999")
    assert boxes(strip(screen).locator(".stNumberInput")) == at_first, "no field of the strip ever moves"


# On a small window


def test_on_a_screen_half_as_wide_no_control_is_cut(screen: Screen) -> None:
    screen.resize(720, 450)
    screen.open([*ROOM.items(), SCENARIO])
    screen.type("domains", 3)
    for width in (720, 390):
        screen.resize(width, 844)
        screen.expect_charts()
        for name in ("Repartir d'ici", "Revenir au départ", "Garder", "Quitter", "Agrandir le code"):
            words = screen.button(name).locator("p")
            assert words.evaluate("each => each.scrollWidth <= each.parentElement.clientWidth + 1"), (width, name)
        assert screen.overflow() <= 0
        assert screen.cut_choices() == []
    screen.button("Garder").click()
    told = screen.page.locator(".st-key-fait")
    expect(told).to_be_visible()
    for width in (720, 390):
        screen.resize(width, 844)
        main = screen.page.locator("[data-testid=stMain]")
        main.evaluate("each => each.scrollTo(0, each.scrollHeight)")
        assert screen.overlapping(told, strip(screen)) == [], width


def test_on_a_telephone_the_line_on_the_last_gesture_covers_no_button_for_good(screen: Screen) -> None:
    screen.resize(390, 844)
    screen.open({**EXAMPLE, "vue": "presentation-choix"})
    screen.page.get_by_role("button", name=re.compile("^Tous les comptes en illimité")).click()
    expect(screen.page.get_by_role("status").filter(has_text="Choix adopté")).to_be_visible()
    for name in ("Garder", "Quitter"):
        screen.page.get_by_role("button", name=name, exact=True).click(trial=True)
    screen.number("backups").click(trial=True)
