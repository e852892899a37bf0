"""The visitor's simulation: read from the address, changed by gestures, written back to the address.

The only module that touches Streamlit's session state and query parameters. A field is filled from the simulation and
reports what was typed; nothing else is ever read from a field's key. Only the address survives a lost server, with what
the browser still shows, which it sends to the next one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

import streamlit as st
from pydantic import ValidationError
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

from pricing.communes import Commune
from pricing.communes import search as search_for
from pricing.grammar import is_tracking
from pricing.link import Opened, read, write
from pricing.order import Structure
from pricing.simulation import (
    Scenario,
    Simulation,
    choose_commune,
    fitting,
    keep,
    leave_commune,
    name_client,
    rename,
    take_up_tariff,
    tidy,
)
from views import kept
from views.keys import COMMUNE, NAME, RECEIVED, SCENARIO_NAME
from views.still_shown import still_shown

_VISIT = "visit"
"""Key of the visit itself."""

Gesture = Callable[[Simulation], Simulation]
"""A gesture with all that it needs but the simulation."""
Words = str | Callable[[Simulation, Simulation], str]
"""What a gesture did, in French, or a function that says it of the simulations before and after."""


class OnChange(TypedDict):
    """The arguments by which a field reports."""

    on_change: Callable[..., None]
    args: tuple[Any, ...]


class OnClick(TypedDict):
    """The arguments by which a button acts."""

    on_click: Callable[..., None]
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Done:
    """The last gesture, where it is worth a line: it replaced or removed more than one thing."""

    words: str
    """What it did, in French."""
    before: Simulation | None = None
    """The simulation to come back to; None where there is nothing to take back."""
    set_aside: tuple[Scenario, ...] = ()
    """Scenarios of the former client, which it set aside."""


@dataclass
class Visit:
    """All that is kept for one visitor while the page is open."""

    simulation: Simulation
    """What the page shows."""
    opened: Opened
    """What the address held when it was last read."""
    written: Simulation | None
    """The simulation that the address holds; None where it is to be written in any case."""
    done: Done | None = None
    """What the last gesture did."""
    against: Simulation | None = None
    """The simulation that the last change of a figure is set against."""
    last: dict[Structure, Simulation] = field(default_factory=dict)
    """The last simulation of each other kind of body, for whoever comes back to it."""
    entered: Simulation | None = None
    """The simulation with which presentation mode was entered; None outside of it."""
    start: Simulation | None = None
    """The simulation that presentation mode sets its figures against."""
    section: str = ""
    """Name of the section open below the answer; empty for the first."""
    chart: str = ""
    """Name of the chart shown in presentation mode; empty for the first."""
    searching: bool = False
    """True while another commune is being looked for."""
    searched: str = ""
    """What was typed in the list of communes, where no commune was chosen by it."""
    filling: int = 0
    """Number of the present filling: each run that gives a field another value counts one more."""
    replaced: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)
    """For each field, the values that were replaced and by which filling, until the browser has received it."""


def open_visit(in_force: date) -> Visit:
    """Return the visit: opened from the address on the first run, and again when the visitor goes back or forward."""
    run = get_script_run_ctx()
    former: Visit | None = st.session_state.get(_VISIT)
    if former is None or (run and run.is_history_navigation):
        opened = read(_address(), kept.adopted, kept.populations())
        visit = Visit(opened.simulation, opened, None if _mended(opened) else opened.simulation)
        if former is not None:
            visit.against, visit.section, visit.chart = former.simulation, former.section, former.chart
            visit.filling, visit.replaced = former.filling, former.replaced
        elif run:
            sent = {user_key_from_element_id(each.id) or "": each for each in run.session_state.get_widget_states()}
            visit.simulation = still_shown(visit.simulation, sent, kept.communes())
        st.session_state[_VISIT] = visit
    visit = _visit()
    # A tariff withdrawn while its page is open gives way to the one in force.
    if visit.simulation.tariff is None or not kept.adopted(visit.simulation.tariff):
        visit.simulation = take_up_tariff(visit.simulation, in_force)
    if visit.opened.cut or visit.opened.nothing:
        # The address stays as it came until something is changed: it is what its owner has to compare.
        visit.written = visit.written or visit.simulation
    if not visit.simulation.presentation:
        visit.entered = visit.start = None
    elif visit.entered is None:
        visit.entered = visit.start = visit.simulation
    visit.filling += 1
    return visit


def filled(key: str, value: Any) -> str:
    """Fill a field where it holds another value, and return its key."""
    visit = _visit()
    waiting = _waiting(key)
    holds = key in st.session_state
    if not holds or st.session_state[key] != value or waiting:
        if holds and st.session_state[key] != value:
            visit.replaced[key] = [*waiting, (visit.filling, st.session_state[key])]
        st.session_state[key] = value
        st.session_state[RECEIVED] = str(visit.filling)
    return key


def reports(key: str, gesture: Callable[[Simulation, Any], Simulation], said: Words = "") -> OnChange:
    """Return the arguments by which a field reports its value to a gesture; `said` is what the gesture then did."""
    return {"on_change": _reported, "args": (key, gesture, said)}


def shows(key: str, attribute: str) -> OnChange:
    """Return the arguments by which a choice of what to look at is kept in an attribute of the visit."""
    return {"on_change": _looked, "args": (key, attribute)}


def presses(gesture: Gesture, said: Words = "") -> OnClick:
    """Return the arguments by which a button acts; `said` is what the gesture then did."""
    return {"on_click": apply, "args": (gesture, said)}


def apply(gesture: Gesture, said: Words = "") -> None:
    """Make a gesture; where it replaced more than one thing, keep what it did and what to come back to.

    A value that no field of ours sends is refused by the simulation, and changes nothing.
    """
    visit = _visit()
    before = visit.simulation
    try:
        after = gesture(before)
    except ValidationError:
        return
    visit.searched = ""
    if after == before:
        return
    another = after.choice.whose != before.choice.whose
    set_aside = tuple(each for each in before.scenarios if another and each not in after.scenarios)
    words = said if isinstance(said, str) else said(before, after)
    visit.done = Done(words, before, set_aside) if words else None
    _go_to(visit, after)


def undo() -> None:
    """Come back to the simulation before the last gesture that said what it did."""
    visit = _visit()
    if visit.done and visit.done.before:
        _go_to(visit, visit.done.before)
    visit.done = None


def dismiss() -> None:
    """Close the line that says what the last gesture did."""
    _visit().done = None


def tell(words: str) -> None:
    """Say something of the last gesture that leaves nothing to take back."""
    _visit().done = Done(words)


def look_for(communes: Mapping[str, Commune], said: Words) -> None:
    """Choose the commune picked in the list or typed; keep what was typed to answer it, where it chooses none."""
    value: str | None = st.session_state[COMMUNE]
    if _echoed(COMMUNE, value):
        return
    code = search_for(value or "", communes).chosen
    if code:
        apply(lambda now: choose_commune(now, code, communes[code].population), said)
    elif value:
        _visit().searched = value
    else:
        apply(leave_commune)


def name_body() -> None:
    """Take up the name typed for a body that is in no list; say where only its beginning fits the link."""
    typed = st.session_state[NAME]
    apply(lambda now: name_client(now, typed))
    _tell_of_name(typed)


def keep_scenario() -> None:
    """Keep the choice on the page under the name typed, and say so; the name's field is emptied."""
    visit, typed = _visit(), st.session_state[SCENARIO_NAME]
    before = visit.simulation
    apply(lambda now: keep(now, typed))
    same = next((each.name for each in before.scenarios if each.choice == before.choice), "")
    if visit.simulation != before:
        st.session_state[SCENARIO_NAME] = ""
        tell(f"Cette simulation est gardée : « {visit.simulation.scenarios[-1].name} ».")
        _tell_of_name(typed)
    elif same:
        tell(f"Cette simulation est déjà gardée : « {same} ».")


def rename_scenario(key: str, scenario: Scenario) -> None:
    """Give a scenario the name typed; say where there is none, or where only its beginning fits the link."""
    typed = st.session_state[key]
    apply(lambda now: rename(now, scenario, typed))
    if tidy(typed):
        _tell_of_name(typed)
    else:
        tell("Il faut un nom : l'ancien est gardé.")


def search(searching: bool) -> None:
    """Open the list of communes in place of the one chosen, or close it."""
    _visit().searching = searching


def start_here() -> None:
    """Set the figures of presentation mode against what it shows now."""
    visit = _visit()
    visit.start = visit.simulation


def write_address() -> None:
    """Make the address hold the simulation, unless it does already, and close the filling."""
    visit = _visit()
    with st.container(key="recu-cache"):
        st.text_input("Reçu", key=RECEIVED, label_visibility="collapsed")
    if visit.simulation == visit.written:
        return
    address = {} if visit.simulation.empty else write(visit.simulation)
    if address != _address():
        st.query_params.from_dict(address)
    visit.written = visit.simulation


def _visit() -> Visit:
    return st.session_state[_VISIT]


def _mended(opened: Opened) -> bool:
    """Tell if an address is to be written again, without what could not be read of it."""
    return opened.repaired or any(not is_tracking(each.parameter) for each in opened.ignored)


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _go_to(visit: Visit, after: Simulation) -> None:
    before = visit.simulation
    if (after.choice, after.tariff) != (before.choice, before.tariff):
        visit.against = before
    if after.choice.client.structure != before.choice.client.structure:
        visit.last[before.choice.client.structure] = before
    kind, commune = after.choice.whose
    if kind != "commune" or commune not in ("", before.choice.commune):
        visit.searching = False
    visit.simulation = after


def _reported(key: str, gesture: Callable[[Simulation, Any], Simulation], said: Words) -> None:
    value = st.session_state[key]
    if not _echoed(key, value):
        apply(lambda now: gesture(now, value), said)


def _echoed(key: str, value: Any) -> bool:
    """Tell if a browser, which sends all its fields each time, only sends one that it has not received yet."""
    waiting = _waiting(key)
    return bool(waiting) and waiting[0][1] == value


def _waiting(key: str) -> list[tuple[int, Any]]:
    """Return the values of a field that were replaced by a filling that the browser has not received."""
    received = st.session_state.get(RECEIVED) or ""
    last = int(received) if received.isdecimal() else 0
    return [each for each in _visit().replaced.get(key, ()) if each[0] > last]


def _tell_of_name(typed: str) -> None:
    if (name := fitting(tidy(typed))) != tidy(typed):
        tell(f"Nom trop long pour le lien, raccourci : « {name} ».")


def _looked(key: str, attribute: str) -> None:
    setattr(_visit(), attribute, st.session_state[key])
