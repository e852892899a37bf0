"""Compare: the bars of the options of one order."""

from playwright.sync_api import expect
from screen import Screen

BARS = """() => [...[...document.querySelectorAll('svg.marks')].pop().querySelectorAll('.role-axis-label text')]
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
  .map((each) => each.textContent.replace(/\\s/g, ''))"""
"""Script that lists the names of the last chart's bars from top to bottom, without spaces, since a name may wrap."""


def test_the_bars_of_the_options_are_in_the_order_of_their_buttons_also_after_an_edit(screen: Screen) -> None:
    screen.open({"habitants": "1250", "messagerie-5go": "8", "cles-cdg-3ans": "2", "antivirus": "4"})
    panel = screen.section("Comparer")
    screen.expect_charts(2)
    first = screen.page.evaluate(BARS)
    screen.type("mailboxes_5go", 3)
    # 3 x 7 x 6: with so few accounts, unlimited ones save less than certificates of 2 years do.
    option = panel.get_by_role("button", name="Tous les comptes en illimité")
    expect(option).to_contain_text("126,00 € de plus")
    named = [each.rpartition(" : ")[0] for each in panel.locator(".st-key-choix button p").all_inner_texts()]
    assert len(named) > 3
    screen.page.wait_for_function(f"count => ({BARS})().length === count", arg=len(named))
    bars = screen.page.evaluate(BARS)
    assert bars == ["".join(each.split()) for each in named]
    assert [each for each in bars if each in first] != [each for each in first if each in bars]
