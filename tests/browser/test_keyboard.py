"""Everything by keyboard alone, in an order that makes sense, with a visible focus."""

from playwright.sync_api import expect
from screen import EXAMPLE, ONE_MORE_DOMAIN, SHARE, Screen

WHERE = """() => {
  let e = document.activeElement;
  while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
  if (!e || e === document.body) return null;
  const zone = e.closest('[class*="st-key-"]');
  const key = zone ? [...zone.classList].find((name) => name.startsWith('st-key-')).slice(7) : '';
  const name = e.getAttribute('aria-label') || e.textContent.trim();
  const changes = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    || style.boxShadow !== 'none';
  let seen = false;
  for (let at = e, up = 0; at && up < 4 && !seen; at = at.parentElement, up++) {
    const style = getComputedStyle(at);
    seen = changes(style) || at.getAttribute('data-focus-visible') !== null || at.matches('[data-focus-within]');
  }
  return { key, name, role: e.getAttribute('role') || e.tagName.toLowerCase(), seen };
}"""


def walk(screen: Screen, *, most: int = 120) -> list[dict[str, str]]:
    """Return the place to which each press of Tab leads, from the top until the page is left."""
    steps: list[dict[str, str]] = []
    for _ in range(most):
        screen.page.keyboard.press("Tab")
        where = screen.page.evaluate(WHERE)
        if where is None:
            break
        steps.append(where)
    return steps


def test_tab_goes_through_the_whole_page_in_its_order(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_charts(2)
    steps = walk(screen)
    assert len(steps) < 120, "the page is left at last"
    keys = [step["key"] for step in steps]
    in_order = [
        *("presenter", "structure", "chercher", "inhabitants", "agents", "proposition", "zero"),
        *("nombre-mailbox", "sorte-mailbox", "domains", "web_pages"),
        *("nombre-certificate", "sorte-certificate", "backups", "extra_storage_go"),
        *("antivirus_devices", "antivirus_intervention", "demarches_simplifiees"),
    ]
    assert [key for key in dict.fromkeys(keys) if key in in_order] == in_order
    names = [step["name"] for step in steps]
    assert any(name.startswith("Aller au contenu") for name in names[:1])
    for name in ("Le détail", "Dans l'acte : d'où vient ce prix", "Sources et hypothèses", "Mentions et vie privée"):
        assert name in names, name
    assert names.index("Le détail") > keys.index("demarches_simplifiees")
    assert names.index("Sources et hypothèses") > names.index("Le détail")
    unseen = [step for step in steps if not step["seen"]]
    assert not unseen, unseen


def test_an_order_is_made_by_keyboard_alone(screen: Screen) -> None:
    screen.open()
    keyboard = screen.page.keyboard

    def go_to(key: str, role: str = "input") -> None:
        for _ in range(60):
            where = screen.page.evaluate(WHERE)
            if where and where["key"] == key and where["role"] == role:
                return
            keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {key}")

    go_to("commune", "combobox")
    keyboard.type("lens")
    expect(screen.page.get_by_role("option", name="Lens (62300)", exact=True)).to_be_visible()
    keyboard.press("Enter")
    # The focus stays where the list is replaced.
    expect(screen.button("Changer de commune")).to_be_focused()
    keyboard.press("Enter")
    expect(screen.page.get_by_role("combobox", name="Commune")).to_be_focused()
    keyboard.type("achicourt")
    expect(screen.page.get_by_role("option", name="Achicourt (62217)")).to_be_visible()
    keyboard.press("Enter")
    expect(screen.number("inhabitants")).to_have_value("7873")
    go_to("nombre-mailbox")
    keyboard.type("4")
    keyboard.press("Tab")
    screen.expect_figures("170,00 €", "130,00 €", "820,00 €")
    go_to("demarches_simplifiees")
    keyboard.press("Space")
    # Category D: 200 of set-up, 256 + 100 a year.
    screen.expect_figures("726,00 €", "486,00 €", "3 156,00 €")


def test_the_qr_code_opens_and_closes_by_keyboard(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.page.get_by_role("radio", name="Le détail").focus()
    for _ in range(3):
        screen.page.keyboard.press("ArrowRight")
    screen.page.keyboard.press("Space")
    expect(screen.page.get_by_role("radio", name=SHARE)).to_be_checked()
    screen.button("Afficher le QR code").focus()
    screen.page.keyboard.press("Enter")
    dialog = screen.page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    screen.page.keyboard.press("Tab")
    assert dialog.evaluate("(dialog) => dialog.contains(document.activeElement)"), "the dialog keeps the focus"
    screen.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(screen.button("Afficher le QR code")).to_be_focused()


def test_a_presentation_is_controlled_by_keyboard(screen: Screen) -> None:
    screen.resize(1280, 720)
    screen.open({**EXAMPLE, "vue": "presentation"})
    screen.page.get_by_role("radio", name="Six ans").focus()
    screen.page.keyboard.press("ArrowRight")
    screen.page.keyboard.press("Space")
    expect(screen.page.locator("[data-testid=stVegaLiteChart] svg")).to_contain_text("Antivirus")
    screen.number("domains").focus()
    screen.page.keyboard.press("ArrowUp")
    screen.expect_figures(*ONE_MORE_DOMAIN)
    screen.button("Quitter").focus()
    screen.page.keyboard.press("Enter")
    expect(screen.number("domains")).to_have_value("2")
