"""The visit: the simulation on a visitor's page, its last gesture, and what its browser may still hold."""

from dataclasses import dataclass, field
from typing import Any

from pricing.group import Group
from pricing.link import Opened
from pricing.order import Structure
from pricing.simulation import Scenario, Simulation, View


@dataclass
class Fillings:
    """Values the fields were filled with, and those that a browser may still hold in their place.

    A browser sends all its fields with every message, even those to which a later answer, still on its way, gives
    another value. Each run that fills a field has a number; a hidden field brings back the last one received.
    """

    number: int = 0
    """Number of the present filling; each run of the page adds one."""
    received: int = 0
    """Number of the last filling that the browser had received when it sent its fields."""
    given: dict[str, Any] = field(default_factory=dict)
    """Value of its last filling, by field."""
    replaced: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)
    """Values that a browser may still hold, each with the filling that replaced it, by field."""

    def fill(self, key: str, value: Any, held: tuple[Any, ...]) -> bool:
        """Fill a field that holds a value, or none; False where neither it nor the browser can hold another one."""
        waiting = self._waiting(key, self.received)
        if held == (value,) and not waiting:
            return False
        if held not in ((), (value,)):
            given = (self.given[key],) if waiting and key in self.given else ()
            waiting += [(self.number, each) for each in (*held, *given)]
        self.replaced[key] = waiting
        self.given[key] = value
        return True

    def echoed(self, key: str, value: Any, received: str | None) -> bool:
        """Tell if a browser, which had received this filling, only sends a value that a later one replaced."""
        return any(each == value for _, each in self._waiting(key, number(received)))

    def _waiting(self, key: str, received: int) -> list[tuple[int, Any]]:
        return [each for each in self.replaced.get(key, ()) if each[0] > received]


def number(received: str | None) -> int:
    """Return the number of a filling as a browser sends it; 0 for anything else."""
    return int(received) if received and received.isdecimal() and len(received) < 10 else 0


@dataclass(frozen=True)
class Done:
    """The last gesture that replaced or removed more than one thing; numbers typed since leave it in place."""

    words: str
    """Sentence on what it did, in French."""
    before: Simulation | None = None
    """The simulation to come back to; None where there is nothing to take back."""
    set_aside: tuple[Scenario, ...] = ()
    """Scenarios of the former client that the gesture set aside."""
    after: Simulation | None = None
    """The simulation that it led to."""
    start: Simulation | None = None
    """The start of the presentation to come back to; None where the gesture left it."""

    def typed_since(self, now: Simulation) -> bool:
        """Tell if something was typed since, which coming back would take away too."""
        if self.before is None or self.after is None:
            return False
        return (now.choice, now.group) != (self.after.choice, self.after.group)


def _whose(simulation: Simulation) -> tuple[object, ...]:
    """Return whom a simulation is for: a change of another client, or of other communes, is no change of theirs."""
    group = simulation.group
    return (*simulation.choice.whose, *((group.of, group.listed) if group else ()))


@dataclass
class Visit:
    """All that is kept for one visitor while the page is open."""

    simulation: Simulation
    """Simulation on the page."""
    opened: Opened
    """Contents of the URL when it was last read."""
    written: Simulation | None
    """Simulation that the URL holds; None where it is to be written in any case."""
    done: Done | None = None
    """Last gesture that the page tells of; None where there is none."""
    against: Simulation | None = None
    """The simulation that the last change of a figure is compared with."""
    last: dict[Structure, Simulation] = field(default_factory=dict)
    """The last simulation of each other kind of body, for whoever comes back to it."""
    other_side: Simulation | None = None
    """The last simulation of one client, while many communes are on the page, and the other way round."""
    groups: dict[str, Group] = field(default_factory=dict)
    """The last group of each EPCI, of the department and of a list, for whoever comes back to it."""
    faults: tuple[str, ...] = ()
    """Rows of the last list pasted that could not be read, a French sentence each."""
    rows_read: str = ""
    """Sentence on how many rows of that list were read."""
    mails: dict[str, str] = field(default_factory=dict)
    """Mail addresses of that list by INSEE code; no link holds them."""
    entered: Simulation | None = None
    """The simulation with which presentation mode was entered; None outside of it."""
    start: Simulation | None = None
    """The simulation that presentation mode compares its figures with."""
    views: dict[bool, View] = field(default_factory=lambda: {False: "", True: "present"})
    """Last view at the desk, and last one of presentation mode (True), for whoever comes back to it."""
    rows: tuple[Scenario | None, ...] = ()
    """Scenarios listed when one was last removed, None for each one removed."""
    kinds: dict[str, str] = field(default_factory=dict)
    """Kind last chosen among items that stand for one another, or SEVERAL, by service."""
    removed: set[str] = field(default_factory=set)
    """Items that a gesture of this visit removed."""
    searching: bool = False
    """True while another commune is being looked for."""
    searched: str = ""
    """Text typed in the list of communes that chose no commune."""
    fillings: Fillings = field(default_factory=Fillings)
    """Values that the fields were filled with."""

    def go_on(self, former: "Visit") -> None:
        """Keep from a former visit what going back or forward does not change."""
        self.against, self.views = former.simulation, former.views
        self.last, self.fillings = former.last, former.fillings
        self.kinds, self.removed = former.kinds, former.removed
        self.other_side, self.groups, self.mails = former.other_side, former.groups, former.mails
        if self.simulation.presentation and former.simulation.presentation:
            self.entered, self.start = former.entered, former.start

    @property
    def listed(self) -> tuple[Scenario | None, ...]:
        """Scenarios in their list, None in the place of one removed, which keeps the next one from the mouse."""
        kept = self.simulation.scenarios
        return self.rows if tuple(filter(None, self.rows)) == kept else kept

    def begin_run(self, received: str | None) -> None:
        """Begin a run of the page, for a browser that had `received` a filling of that number."""
        if not self.simulation.presentation:
            self.entered = self.start = None
        elif self.entered is None:
            self.entered = self.start = self.simulation
        elif self.start and _whose(self.start) != _whose(self.simulation):
            self.start = self.simulation  # changes are those of one client
        self.views[self.simulation.presentation] = self.simulation.view
        self.fillings.received = number(received)
        self.fillings.number += 1

    def go_to(self, after: Simulation) -> None:
        """Show another simulation, and forget what belonged only to the former one."""
        before = self.simulation
        removed = {*before.scenarios} - {*after.scenarios}
        self.rows = tuple(None if each in removed else each for each in self.listed) if removed else after.scenarios
        if (after.choice, after.group, after.tariff) != (before.choice, before.group, before.tariff):
            self.against = before
        self.removed |= before.choice.order.quantities.keys() - after.choice.order.quantities.keys()
        if before.group:
            self.groups[before.group.of] = before.group
        if (after.group is None) != (before.group is None):
            self.other_side = before
        elif after.choice.client.structure != before.choice.client.structure:
            self.last[before.choice.client.structure] = before
        else:
            for kind, simulation in self.last.items():
                left = tuple(each for each in simulation.scenarios if each not in removed)
                self.last[kind] = simulation.model_copy(update={"scenarios": left})
        # A link that was cut stays cut, whatever is done with it.
        self.opened = Opened(simulation=self.opened.simulation, cut=self.opened.cut, confirmed=self.opened.confirmed)
        self.searched = ""
        if after.presentation != before.presentation:
            self.done = None  # its line would cover the figures of presentation mode
        kind, commune = after.choice.whose
        if kind != "commune" or commune not in ("", before.choice.commune):
            self.searching = False
        self.simulation = after
