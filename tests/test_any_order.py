"""Gestures in any order, on the page run by Streamlit's own test harness.

After each: no failure; every field and figure is what the address says; who opens the address sees the same.
"""

import json
import re
from functools import cache
from html import unescape
from urllib.parse import parse_qs

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

from pricing import Tariff, estimate, load, schedule
from pricing.catalogue import communes
from pricing.communes import findable
from pricing.simulation import Simulation
from tests.french import plain
from tests.links import ACT, KINDS, read
from tests.pages import address, open_at
from tests.walk.checks import of_key, quantity
from views.keys import KIND_OF, NUMBER_OF, SEVERAL
from views.named import OF_STRUCTURE
from views.reports.parts import UNCOUNTED
from views.reports.wording import STRUCTURES

CODES = ["62727", "62456", "62041", "62194", "62498"]
NAMES = some.sampled_from(["", "Essai", "Sans sauvegarde", "<b>", "x" * 90, "  "])
NUMBERS = some.sampled_from([0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 40, 101])
LINKS = some.sampled_from(
    [
        "",
        "tarif=2024-03-26&commune=62063&habitants=1840&messagerie-5go=3&domaines=1&sauvegardes=1&demarches=oui",
        "commune=62727&messagerie-5go=4&scenario=insee-62727_5go-2~Base&scenario=hab-900_dom-1~Autre",
        "tarif=2024-03-26&type=autre&nom=CCAS&agents=8&antivirus=30&intervention=oui&vue=presentation",
        "habitants=abc&domaines=2&prix=1",
    ]
)


@cache
def listed(code: str) -> str:
    """Return the name of a commune, as the page writes it once chosen."""
    return communes()[code].name


class AnyOrder(RuleBasedStateMachine):
    """Visitor who does whatever the page offers."""

    page: AppTest

    @initialize(link=LINKS)
    def open(self, link: str) -> None:
        """Open the page by a link."""
        self.follow(link)

    @rule(link=LINKS)
    def follow(self, link: str) -> None:
        """Follow another link, in a page of its own."""
        self.page = open_at(parse_qs(link, keep_blank_values=True))

    # The client

    @rule(structure=some.sampled_from(list(STRUCTURES)))
    @precondition(lambda self: self.offers("structure"))
    def turn(self, structure: str) -> None:
        """Choose a kind of body."""
        self.page.segmented_control(key="structure").set_value(structure)
        self.page.run()

    @rule(code=some.sampled_from([*CODES, None]))
    @precondition(lambda self: self.offers("commune"))
    def choose(self, code: str | None) -> None:
        """Choose a commune in the list, or empty it."""
        self.page.selectbox(key="commune").set_value(findable(communes()[code]) if code else None)
        self.page.run()

    @rule()
    @precondition(lambda self: self.offers("chercher"))
    def look_for_another(self) -> None:
        """Open the list in place of the commune."""
        self.press("chercher")

    @rule()
    @precondition(lambda self: self.offers("ne-pas-chercher"))
    def look_no_more(self) -> None:
        """Close the list."""
        self.press("ne-pas-chercher")

    @rule(name=NAMES)
    @precondition(lambda self: self.offers("client_name"))
    def name_the_body(self, name: str) -> None:
        """Type the name of a body."""
        self.page.text_input(key="client_name").set_value(name)
        self.page.run()

    @rule(key=some.sampled_from(["inhabitants", "agents"]), number=some.one_of(NUMBERS, some.just(1478), some.none()))
    def size(self, key: str, number: int | None) -> None:
        """Type or empty a number of the client."""
        self.page.number_input(key=key).set_value(number)
        self.page.run()

    # The order

    @rule(number=NUMBERS, data=some.data())
    def count(self, number: int, data: some.DataObject) -> None:
        """Type a quantity."""
        data.draw(some.sampled_from(self.counted())).set_value(number)
        self.page.run()

    @rule(data=some.data())
    @precondition(lambda self: self.page.radio)
    def choose_a_kind(self, data: some.DataObject) -> None:
        """Choose another kind of what is counted, or several."""
        choice = data.draw(some.sampled_from(list(self.page.radio)))
        kinds = [key for key, (service, _) in KINDS.items() if choice.key == f"{KIND_OF}{service}"]
        choice.set_value(data.draw(some.sampled_from([*kinds, SEVERAL])))
        self.page.run()

    @rule(data=some.data())
    @precondition(lambda self: bool(self.page.checkbox))
    def tick(self, data: some.DataObject) -> None:
        """Tick a service, or untick it."""
        box = data.draw(some.sampled_from([*self.page.checkbox]))
        box.set_value(not box.value)
        self.page.run()

    @rule(number=NUMBERS, data=some.data())
    @precondition(lambda self: self.buttons())
    def count_and_press(self, number: int, data: some.DataObject) -> None:
        """Type a quantity and click a button before it is sent: both arrive at once."""
        data.draw(some.sampled_from(self.counted())).set_value(number)
        self.press(data.draw(some.sampled_from(sorted(self.buttons()))))

    @rule(data=some.data())
    @precondition(lambda self: self.buttons())
    def press_any(self, data: some.DataObject) -> None:
        """Click any button: proposal, zero, example, option, scenario, present, leave."""
        self.press(data.draw(some.sampled_from(sorted(self.buttons()))))

    @rule(data=some.data())
    @precondition(lambda self: self.buttons())
    def press_twice(self, data: some.DataObject) -> None:
        """Click a button, and again if it is still there: the second click changes nothing."""
        key = data.draw(some.sampled_from(sorted(self.buttons())))
        self.press(key)
        once = address(self.page)
        if self.offers(key) and not key.startswith(("presenter", "quitter")):
            self.press(key)
            assert address(self.page) == once, key

    # Scenarios

    @rule(name=NAMES)
    @precondition(lambda self: self.offers("garder-scenario"))
    def keep(self, name: str) -> None:
        """Keep the choice on the page under a name."""
        self.page.text_input(key="nom-scenario").set_value(name)
        self.press("garder-scenario")

    @rule(name=NAMES, data=some.data())
    @precondition(lambda self: self.scenario_fields())
    def rename(self, name: str, data: some.DataObject) -> None:
        """Give a scenario another name."""
        self.page.text_input(key=data.draw(some.sampled_from(self.scenario_fields()))).set_value(name)
        self.page.run()

    @rule(
        section=some.sampled_from(
            ["Comparer", "Comparer", "Comparer", "Le détail", "Partager, imprimer", "Et maintenant ?"]
        )
    )
    @precondition(lambda self: self.offers("section"))
    def look_at(self, section: str) -> None:
        """Open a section."""
        self.page.segmented_control(key="section").set_value(section)
        self.page.run()

    @rule(data=some.data())
    @precondition(lambda self: self.offers("ecran"))
    def project(self, data: some.DataObject) -> None:
        """Choose a chart in presentation mode."""
        choice = self.page.segmented_control(key="ecran")
        choice.set_value(data.draw(some.sampled_from(choice.options)))
        self.page.run()

    # Invariants

    @invariant()
    def nothing_fails(self) -> None:
        """Check that there is no traceback, and no English error."""
        assert not self.page.exception, self.page.exception
        assert not self.page.error

    @invariant()
    def fields_and_figures_are_those_of_the_address(self) -> None:
        """Check that every field and figure is what the link says."""
        simulation = self.simulation()
        choice = simulation.choice
        tariff = self.tariff()
        for field in (*self.counted(), *self.page.checkbox):
            assert int(field.value or 0) == quantity(choice.order, str(field.key)), field.key
        for kind in self.page.radio:
            if any(each.key == str(kind.key).replace(KIND_OF, NUMBER_OF) for each in self.counted()):
                asked = [item for item in of_key(str(kind.key)) if choice.order.quantity(item)]
                assert asked in ([], [kind.value])
        assert self.page.number_input(key="inhabitants").value == choice.client.inhabitants
        assert self.page.number_input(key="agents").value == choice.client.agents
        if not simulation.presentation:
            fields = (*self.counted(), *self.page.checkbox)
            assert {item for each in fields for item in of_key(str(each.key))} == {*tariff.items}
            assert self.page.segmented_control(key="structure").value == choice.client.structure
            assert self.title() == (listed(choice.commune) if choice.commune else simulation.name)
        if self.scenario_fields():
            names = [self.page.text_input(key=key).value for key in self.scenario_fields()]
            assert names == [scenario.name for scenario in simulation.scenarios]
        expected = estimate(choice.client, choice.order, tariff)
        amounts = expected.answers.first_year, expected.answers.six_years
        if not choice.order.empty:
            first, later, whole = (
                amounts[0].known_words(),
                schedule(expected).later_words(),
                amounts[1].known_words(),
            )
            known = [plain(each) for each in (first, later, whole) if each]
            assert self.figures() == (known if expected.lines else [UNCOUNTED] * 3)

    @invariant()
    def who_opens_the_address_sees_the_same(self) -> None:
        """Check that a second session opened with the same query string shows the same."""
        other = open_at(address(self.page))
        assert not other.exception
        assert self.everything(other) == self.everything(self.page)
        assert address(other) == address(self.page)

    # The page

    def simulation(self) -> Simulation:
        """Return the simulation that the query string holds."""
        opened = read(address(self.page))
        assert not opened.ignored
        return opened.simulation

    def tariff(self) -> Tariff:
        """Return the tariff of the query string, or the one in force."""
        day = self.simulation().tariff
        return load().adopted(day) if day else ACT

    def counted(self) -> list[NumberInput]:
        """Return the fields of quantities: in presentation mode, not all of them are on the page."""
        return [each for each in self.page.number_input if each.key not in ("inhabitants", "agents")]

    def buttons(self) -> list[str]:
        """Return the keys of the buttons offered."""
        return [str(each.key) for each in self.page.button if each.key and not each.disabled]

    def scenario_fields(self) -> list[str]:
        """Return the keys of the fields in which scenarios are renamed."""
        return [str(each.key) for each in self.page.text_input if str(each.key).startswith("scenario-")]

    def offers(self, key: str) -> bool:
        """Tell if the page offers a field or a button."""
        widgets = (*self.page.button, *self.page.selectbox, *self.page.text_input, *self.page.segmented_control)
        return any(each.key == key for each in widgets)

    def press(self, key: str) -> None:
        """Click a button."""
        self.page.button(key=key).click()
        self.page.run()

    def title(self) -> str:
        """Return the client in the title of the estimate, without its numbers; empty where it names none."""
        found = re.search(r'<p class="whose">Estimation pour (.*?)</p>', "".join(self.bodies(self.page)))
        name = re.sub(r"(, [\d ]+ (habitants?|agents?))*$", "", plain(unescape(found[1]))) if found else ""
        return "" if name in OF_STRUCTURE.values() else name

    def figures(self) -> list[str]:
        """Return the three figures as they are shown."""
        [body] = [each for each in self.bodies(self.page) if 'class="figures"' in each]
        return [plain(unescape(each)) for each in re.findall(r'<span class="figure">(.*?)</span>', body)]

    def bodies(self, page: AppTest) -> list[str]:
        """Return all HTML of a page."""
        return [each.proto.body for each in page.get("html")]

    def everything(self, page: AppTest) -> str:
        """Return the values of all fields of the simulation, and its figures without the effect of the last change.

        Whether items that stand for one another are counted together or each by itself is no part of the address.
        """
        fields = {
            str(each.key): each.value
            for each in (*page.number_input, *page.checkbox, *page.segmented_control)
            if each.key not in ("section", "ecran", *KINDS) and not str(each.key).startswith(NUMBER_OF)
        }
        answers = [each for each in self.bodies(page) if 'class="figures"' in each]
        figures = [re.sub(r'<span class="change">.*?</strong></span>', "", each) for each in answers]
        return json.dumps([fields, figures], sort_keys=True)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=6,
    stateful_step_count=20,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # one page a step is too slow to shrink
)
