"""The visitor's simulation: read from the URL, changed by gestures, written back to the URL.

The only module that touches Streamlit's session state and query parameters. A field is filled from the simulation and
reports what was typed; nothing else is ever read from a field's key. Only the URL survives a lost server, with what
the browser still shows, which it sends to the next server.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st
from pydantic import ValidationError
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

from pricing import simulation
from pricing.communes import Commune
from pricing.communes import search as search_for
from pricing.grammar import is_tracking
from pricing.group_gestures import take_list
from pricing.listed import listed
from pricing.order import Order
from pricing.simulation import Scenario, Simulation, View, fitting, leave, look_at, tidy
from views import kept
from views.group_words import offered
from views.keys import COMMUNE, LIST, NAME, RECEIVED, SCENARIO_NAME, SEVERAL
from views.named import kept_as
from views.still_shown import kinds_shown, still_shown
from views.visit import Done, Visit, number
from views.whole import whole

_VISIT = "visit"
"""Key of the visit itself."""

Gesture = Callable[[Simulation], Simulation]
"""Function from the simulation before a gesture to the one after it."""
Words = str | Callable[[Simulation, Simulation], str]
"""Text on what a gesture did, in French, or a function that makes it from the simulations before and after."""
Kinds = Callable[[Any], dict[str, str]]
"""Function from the value of a field to the kind that it chooses, by service."""


def open_visit(in_force: date) -> Visit:
    """Return the visit: opened from the URL on the first run, and again when the visitor goes back or forward."""
    run = get_script_run_ctx()
    former: Visit | None = st.session_state.get(_VISIT)
    if former is None or (run and run.is_history_navigation):
        opened = kept.links().read(_url())
        visit = Visit(_under_tariff(opened.simulation, in_force), opened, written=opened.simulation)
        if opened.cut or opened.nothing or opened.refused:
            # The URL stays as it came until something is changed, so that the visitor can compare it.
            visit.written = visit.simulation
        elif opened.repaired or any(not is_tracking(each.parameter) for each in opened.ignored):
            visit.written = None
        if former is not None:
            visit.go_on(former)
        elif run:
            sent = {user_key_from_element_id(each.id) or "": each for each in run.session_state.get_widget_states()}
            sold = kept.tariffs().adopted(visit.simulation.tariff or in_force).services
            visit.kinds = kinds_shown(sent, sold)
            visit.simulation = still_shown(visit.simulation, sent, kept.communes(), kept.items(), sold, offered())
            visit.fillings.number = number(sent[RECEIVED].string_value) if RECEIVED in sent else 0
        st.session_state[_VISIT] = visit
    visit = _visit()
    visit.simulation = _under_tariff(visit.simulation, in_force)
    visit.begin_run(st.session_state.get(RECEIVED))
    return visit


def _under_tariff(shown: Simulation, in_force: date) -> Simulation:
    """Return a simulation under its tariff, or under the one in force where it has none or that one was withdrawn."""
    return shown if kept.adopted(shown.tariff) else simulation.take_up_tariff(shown, in_force)


def filled(key: str, value: Any) -> str:
    """Fill a field where it, or the browser, may hold another value, and return its key."""
    fillings = _visit().fillings
    if fillings.fill(key, value, (st.session_state[key],) if key in st.session_state else ()):
        st.session_state[key] = value
        st.session_state[RECEIVED] = str(fillings.number)
    return key


def reports(
    key: str, gesture: Callable[[Simulation, Any], Simulation], said: Words = "", kinds: Kinds | None = None
) -> Callable[[], None]:
    """Return the call by which a field reports its value to a gesture; `said` is what the gesture then did.

    `kinds` returns the kind that the value chooses among the items of a service, if any.
    """

    @whole
    def report() -> None:
        value = st.session_state[key]
        if not _echoed(key, value):
            _visit().kinds |= kinds(value) if kinds else {}
            apply(lambda now: gesture(now, value), said)

    return report


def received(key: str, event: str, take: Callable[[object], None]) -> Callable[[], None]:
    """Return the call by which a component of ours reports; `take` checks what it sent."""
    return whole(lambda: take(st.session_state[key].get(event)))


def kind(service: str, asked: Sequence[str] = ()) -> str | None:
    """Return the kind to show among the items of a service: the one asked for, or else the one last chosen.

    SEVERAL where several are asked for, or where that was chosen; None where nothing was.
    """
    kinds = _visit().kinds
    if len(asked) == 1 and kinds.get(service) != SEVERAL:
        kinds[service] = asked[0]
    return SEVERAL if len(asked) > 1 else kinds.get(service)


def was_removed(item: str) -> bool:
    """Tell if a gesture of this visit removed an item."""
    return item in _visit().removed


def shows(key: str, offered: Mapping[View, str]) -> Callable[[], None]:
    """Return the call by which a choice of what to look at is kept; `offered` has the name of each view.

    That is no gesture: it leaves what is said of the link, and of the last gesture.
    """

    @whole
    def look() -> None:
        visit = _visit()
        for view, name in offered.items():
            if name == st.session_state[key]:
                visit.simulation = look_at(visit.simulation, view)

    return look


@whole
def present() -> None:
    """Turn to presentation mode, at the screen last shown there."""
    apply(lambda now: look_at(now, _visit().views[True]))


@whole
def quit_presentation() -> None:
    """Leave presentation mode for the section last open at the desk."""
    apply(lambda now: look_at(now, _visit().views[False]))


def presses(gesture: Gesture, said: Words = "") -> Callable[[], None]:
    """Return the call by which a button acts; `said` is what the gesture then did.

    An order that a button puts in place of another shows its own kinds, whatever was chosen before.
    """

    @whole
    def press() -> None:
        before = _visit().simulation.choice.order
        apply(gesture, said)
        if _visit().simulation.choice.order != before:
            _visit().kinds.clear()

    return press


def apply(gesture: Gesture, said: Words = "") -> None:
    """Make a gesture; where it replaced more than one thing, keep what it did and the simulation to come back to.

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
    another = after.choice.whose != before.choice.whose and after.group is before.group
    set_aside = tuple(each for each in before.scenarios if another and each not in after.scenarios)
    visit.go_to(after)
    if words := said if isinstance(said, str) else said(before, after):
        visit.done = Done(words, before, set_aside, after)
    elif visit.done and not (visit.done.before or visit.done.start):
        visit.done = None


@whole
def undo(done: Done) -> None:
    """Come back to the simulation before a gesture, where that is still the last one."""
    visit = _visit()
    if visit.done is done:
        if done.before:
            visit.go_to(look_at(done.before, visit.simulation.view))
        visit.start = done.start or visit.start
        visit.done = None


@whole
def keep_set_aside(done: Done) -> None:
    """Keep again the scenarios that a gesture set aside; the gesture itself can still be taken back."""
    visit = _visit()
    apply(lambda now: simulation.bring_back(now, done.set_aside))
    if visit.done is done:
        visit.done = replace(done, set_aside=())


@whole
def dismiss() -> None:
    """Close the line that says what the last gesture did."""
    _visit().done = None


def tell(words: str) -> None:
    """Show a sentence on the last gesture, which leaves nothing to take back."""
    _visit().done = Done(words)


@whole
def look_for(communes: Mapping[str, Commune], said: Words) -> None:
    """Choose the commune picked in the list or typed; where none is chosen, keep what was typed to answer it."""
    value: str | None = st.session_state[COMMUNE]
    if _echoed(COMMUNE, value) or _visit().simulation.choice.client.structure != "commune":
        return
    code = search_for(value or "", communes).chosen
    if code:
        _visit().searching = False
        apply(lambda now: simulation.choose_commune(now, code, communes[code].population), said)
    elif value:
        _visit().searched = value
    else:
        apply(simulation.leave_commune, said)


@whole
def name_body() -> None:
    """Take up the name typed for a body that is in no list; say where only its beginning fits the link."""
    typed = st.session_state[NAME]
    if _echoed(NAME, typed) or _visit().simulation.choice.client.structure == "commune":
        return
    apply(lambda now: simulation.name_client(now, typed))
    _tell_of_name(typed, simulation.MAX_CLIENT_NAME)


@whole
def read_list(said: Words) -> None:
    """Take up the communes of the list that was pasted; what could not be read of it stays to be told."""
    visit = _visit()
    tariffs = kept.tariffs()
    tariff = tariffs.adopted(day) if (day := visit.simulation.tariff) else tariffs.nearest(kept.today())
    found = listed(st.session_state[LIST] or "", kept.communes(), tariff, Order())
    visit.faults, visit.rows_read = found.faults, found.words
    if found.members:
        visit.mails = dict(found.mails)
        choices = [each.choice for each in found.members]
        apply(lambda now: take_list(now, choices, kept.communes()), said)
    elif not found.faults:
        tell("Collez d'abord une liste : une commune par ligne.")


@whole
def keep_scenario() -> None:
    """Keep the choice on the page under the name typed, and say so; the name's field is emptied."""
    typed = st.session_state[SCENARIO_NAME]
    if _keep(typed):
        st.session_state[SCENARIO_NAME] = ""
        _tell_of_name(typed)


@whole
def keep_as(name: str) -> None:
    """Keep the choice on the page under a name, unless it is kept already, and say so."""
    now = _visit().simulation
    if len(now.scenarios) == simulation.MAX_SCENARIOS and not kept_as(now):
        tell(f"{simulation.MAX_SCENARIOS} scénarios sont gardés : retirez-en un pour en garder un autre.")
    else:
        _keep("" if kept_as(now) else name)


def _keep(name: str) -> bool:
    """Keep the choice on the page and say so; False where that changes nothing."""
    before = _visit().simulation
    apply(lambda now: simulation.keep(now, name))
    after = _visit().simulation
    if after != before:
        tell(f"Cette simulation est gardée : « {after.scenarios[-1].name} ».")
        return True
    if already := kept_as(before):
        tell(f"Cette simulation est déjà gardée : « {already.name} ».")
    return False


@whole
def rename_scenario(key: str, scenario: Scenario) -> None:
    """Give a scenario the name typed; say where there is none, or where only its beginning fits the link."""
    typed = st.session_state[key]
    apply(lambda now: simulation.rename(now, scenario, typed))
    if tidy(typed):
        _tell_of_name(typed)
    else:
        tell("Il faut un nom : l'ancien est gardé.")


@whole
def search(searching: bool) -> None:
    """Open the list of communes in place of the one chosen, or close it."""
    _visit().searching = searching


@whole
def start_here() -> None:
    """Compare the figures of presentation mode, from now on, with those it shows now, and say so."""
    visit = _visit()
    now = visit.simulation
    if visit.start and (visit.start.choice, visit.start.group) != (now.choice, now.group):
        visit.done = Done("Les écarts se comptent maintenant depuis ce qui est affiché.", start=visit.start)
        visit.start = visit.simulation


@whole
def back_to_start() -> None:
    """Show again what the presentation started with, and offer to take that back."""
    start = _visit().start
    if start:
        presses(lambda now: simulation.come_back(now, start), "Retour à la simulation de départ.")()


def write_url() -> None:
    """Make the URL hold the simulation, unless it does already, and close the filling."""
    visit = _visit()
    with st.container(key="recu-cache"):
        st.text_input("Reçu", key=RECEIVED, label_visibility="collapsed")
    as_it_came = visit.opened.cut or visit.opened.nothing or visit.opened.refused
    same_but_view = visit.written is not None and leave(visit.simulation) == leave(visit.written)
    if visit.simulation == visit.written or (as_it_came and same_but_view):
        return
    url = {} if visit.simulation.empty else kept.links().write(visit.simulation)
    if url != _url():
        st.query_params.from_dict(url)
    visit.written = visit.simulation


def _visit() -> Visit:
    return st.session_state[_VISIT]


def _url() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _echoed(key: str, value: Any) -> bool:
    """Tell if a browser, which sends all its fields each time, sends a field whose new value has not reached it yet."""
    return _visit().fillings.echoed(key, value, st.session_state.get(RECEIVED))


def _tell_of_name(typed: str, room: int = simulation.MAX_NAME) -> None:
    if (name := fitting(tidy(typed), room)) != tidy(typed):
        tell(f"Nom trop long pour le lien, raccourci : « {name} ».")
