"""The worst links of the corpus, in a real browser: nothing of them is executed, and none brings the page down."""

import re

from playwright.sync_api import expect
from screen import Screen

from tests.hostile.generators import ADDRESS_CORPUS, parameters
from tests.links import read

WORST = {
    "a script as the name of a scenario",
    "to close the cell of a table, and to draw a picture with a script",
    "markup as the tariff, the view, the structure, a number and a choice",
    "markup as the name of a parameter",
    "an expression of the charts' language as a name",
    "to turn round the words that follow",
    "an address whose length is in the name of a parameter",
}
"""Links by what they try: one of each kind that only a browser could be harmed by, and one that is refused."""


def test_nothing_of_a_hostile_link_is_executed(screen: Screen) -> None:
    walked = [entry for entry in ADDRESS_CORPUS if entry.tries in WORST]
    assert {entry.tries for entry in walked} == WORST
    for entry in walked:
        opened = read(parameters(entry.written))
        screen.open(entry.written)
        notice = screen.page.get_by_role("alert").filter(has_text="lien")
        expect(notice).to_have_count(1 if opened.ignored or opened.refused else 0)
        if opened.refused:
            expect(notice).to_contain_text("Ce lien n'a pas été ouvert")
        for scenario in opened.simulation.scenarios:
            screen.section("Comparer")
            expect(screen.page.get_by_role("textbox", name="Scénario 1", exact=True)).to_have_value(scenario.name)
            expect(screen.page.get_by_role("rowheader", name=scenario.name, exact=True)).to_be_visible()
            screen.expect_charts(2)
        assert screen.page.evaluate("typeof window.pwned") == "undefined", entry
        expect(screen.page.get_by_test_id("stException")).to_have_count(0)
        expect(screen.page.locator("body")).not_to_contain_text(re.compile("Traceback|Error:|exception"))
        assert not screen.problems, entry
