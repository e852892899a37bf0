"""A link damaged on its way, or made to harm: what can be read is kept, the rest is reported, nothing is executed."""

import re

from playwright.sync_api import expect
from screen import EXAMPLE, Screen

from tests.hostile.generators import ADDRESS_CORPUS, parameters
from tests.links import read

WORST = {
    "a script as the name of a scenario",
    "to close the cell of a table, and to draw a picture with a script",
    "markup as the tariff, the view, the structure, a number and a choice",
    "markup as the name of a parameter",
    "an expression of the charts' language as a name",
    "to turn round the words that follow",
}
"""Links by what they try: one of each kind that only a browser could be harmed by."""


def test_nothing_of_a_hostile_link_is_executed(screen: Screen) -> None:
    walked = [entry for entry in ADDRESS_CORPUS if entry.tries in WORST]
    assert {entry.tries for entry in walked} == WORST
    for entry in walked:
        opened = read(parameters(entry.written))
        screen.open(entry.written)
        notice = screen.page.get_by_role("alert").filter(has_text="lien")
        expect(notice).to_have_count(1 if opened.ignored else 0)
        for scenario in opened.simulation.scenarios:
            screen.section("Comparer")
            expect(screen.page.get_by_role("textbox", name="Scénario 1", exact=True)).to_have_value(scenario.name)
            expect(screen.page.get_by_role("columnheader", name=scenario.name, exact=True)).to_be_visible()
            screen.expect_charts(2)
        assert screen.page.evaluate("typeof window.pwned") == "undefined", entry
        expect(screen.page.get_by_test_id("stException")).to_have_count(0)
        expect(screen.page.locator("body")).not_to_contain_text(re.compile("Traceback|Error:|exception"))
        assert not screen.problems, entry


def test_five_hundred_unknown_parameters_leave_the_answer_visible_and_are_gone_on_a_reload(screen: Screen) -> None:
    screen.open([*EXAMPLE.items(), *((f"p{rank}", "x" * 10) for rank in range(500))])
    screen.expect_example()
    warning = screen.page.get_by_role("alert").filter(has_text="Une partie du lien n'a pas pu être lue")
    expect(warning).to_have_count(1)
    assert not screen.outside(screen.figures)
    screen.page.reload()
    screen.expect_example()
    expect(warning).to_have_count(0)
