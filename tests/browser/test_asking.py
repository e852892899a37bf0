"""An order typed in, and the fields that come and go around it."""

from playwright.sync_api import expect
from screen import EXAMPLE, ONE_MORE_DOMAIN, Screen


def test_typing_an_order_gives_the_figures_worked_by_hand(screen: Screen) -> None:
    screen.open()
    expect(screen.page.get_by_role("heading", name="Combien coûtent vos services numériques ?")).to_be_visible()
    screen.type("inhabitants", 1250)
    screen.type("agents", 6)
    screen.type("mailboxes_5go", 4)
    # 4 accounts: 40 of set-up, 80 a year, 50 of support.
    screen.expect_figures("170,00 €", "130,00 €", "820,00 €")
    screen.type("domains", 1)
    screen.type("certificates_cdg_3y", 1)
    screen.type("backups", 1)
    screen.type("antivirus_devices", 3)
    screen.tick("demarches_simplifiees")
    screen.expect_example()
    for key, value in (("inhabitants", "1250"), ("mailboxes_5go", "4"), ("antivirus_devices", "3")):
        expect(screen.number(key)).to_have_value(value)
    for name, value in EXAMPLE.items():
        screen.expect_parameter(name, value)


def test_each_keystroke_of_a_quantity_counts_once(screen: Screen) -> None:
    screen.open(EXAMPLE)
    screen.expect_example()
    field = screen.number("domains")
    field.press("ArrowUp")
    screen.expect_figures(*ONE_MORE_DOMAIN)
    expect(screen.answer.locator(".change")).to_contain_text(["+15,00 €", "+15,00 €", "+90,00 €"])
    field.press("ArrowDown")
    screen.expect_example()
    expect(screen.answer.locator(".change").last).to_contain_text("−90,00 €")


ONCE = (".category", ".figures", ".whose", ".st-key-fait", ".st-key-graphique-six-ans")
MOST = """(once) => {
  window.most = Object.fromEntries(once.map((each) => [each, 0]));
  const count = () => once.forEach((each) => {
    const shown = [...document.querySelectorAll(each)].filter((one) => one.checkVisibility()).length;
    window.most[each] = Math.max(window.most[each], shown);
  });
  count();
  new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
}"""


def test_nothing_is_shown_twice_while_something_above_it_comes_or_goes(screen: Screen) -> None:
    screen.open({**EXAMPLE, "agents": "abc"})  # read in part, of the example but for the agents
    screen.page.evaluate(MOST, [*ONCE])
    for agents in (6, 45, 6, 45):  # the example's note comes and goes, and so does the warning of the link
        screen.type("agents", agents)
        expect(screen.category).to_contain_text(f"{agents} agents, entre")
        screen.settle()
    assert screen.page.evaluate("() => window.most['.category']") == 1
    assert screen.page.evaluate("() => Math.max(...Object.values(window.most))") == 1, screen.page.evaluate("most")
