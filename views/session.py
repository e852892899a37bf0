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
from pricing.grammar import is_tracking
from pricing.simulation import Simulation, View, fitting, leave, look_at, tidy
from views import kept
from views.group_words import offered
from views.keys import RECEIVED, SEVERAL
from views.still_shown import kinds_shown, still_shown
from views.visit import Done, Visit, number

_VISIT = "visit"
"""Key of the visit itself."""
_INTERRUPTS = "_yield_callback"
"""Name of the function that a session's state calls at each use, and that breaks off what is under way."""

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
    visit = current_visit()
    visit.simulation = _under_tariff(visit.simulation, in_force)
    visit.begin_run(st.session_state.get(RECEIVED))
    return visit


def _under_tariff(shown: Simulation, in_force: date) -> Simulation:
    """Return a simulation under its tariff, or under the one in force where it has none or that one was withdrawn."""
    return shown if kept.adopted(shown.tariff) else simulation.take_up_tariff(shown, in_force)


def filled(key: str, value: Any) -> str:
    """Fill a field where it, or the browser, may hold another value, and return its key."""
    fillings = current_visit().fillings
    if fillings.fill(key, value, (st.session_state[key],) if key in st.session_state else ()):
        st.session_state[key] = value
        st.session_state[RECEIVED] = str(fillings.number)
    return key


def empty(key: str) -> None:
    """Empty a text field that is never filled."""
    st.session_state[key] = ""


def acts(act: Callable[..., None], *arguments: Any) -> Callable[[], None]:
    """Return the call by which a control acts on the visit; every other such call is made by this one.

    Streamlit looks for a newer request of the browser at each use of the session's state, even within a callback; it
    would drop the callback, and with it what was typed. Here it looks after the call instead.
    """

    def make() -> None:
        run = get_script_run_ctx()
        assert run  # Streamlit makes no callback outside of a run
        state: dict[str, Any] = vars(run.session_state)
        interrupt, state[_INTERRUPTS] = state[_INTERRUPTS], lambda: None
        try:
            act(*arguments)
        finally:
            state[_INTERRUPTS] = interrupt

    return make


def takes(key: str, take: Callable[[Any], None]) -> Callable[[], None]:
    """Return the call by which a field hands over its value, or a button that of a field."""

    def hand_over() -> None:
        value, filling = st.session_state[key], st.session_state.get(RECEIVED)
        # A browser, which sends all its fields each time, sends one whose new value has not reached it yet.
        if not current_visit().fillings.echoed(key, value, filling):
            take(value)

    return acts(hand_over)


def reports(
    key: str, gesture: Callable[[Simulation, Any], Simulation], said: Words = "", kinds: Kinds | None = None
) -> Callable[[], None]:
    """Return the call by which a field reports its value to a gesture; `said` is what the gesture then did.

    `kinds` returns the kind that the value chooses among the items of a service, if any.
    """

    def report(value: Any) -> None:
        current_visit().kinds |= kinds(value) if kinds else {}
        apply(lambda now: gesture(now, value), said)

    return takes(key, report)


def received(key: str, event: str, take: Callable[[object], None]) -> Callable[[], None]:
    """Return the call by which a component of ours reports; `take` checks what it sent."""
    return acts(lambda: take(st.session_state[key].get(event)))


def kind(service: str, asked: Sequence[str] = ()) -> str | None:
    """Return the kind to show among the items of a service: the one asked for, or else the one last chosen.

    SEVERAL where several are asked for, or where that was chosen; None where nothing was.
    """
    kinds = current_visit().kinds
    if len(asked) == 1 and kinds.get(service) != SEVERAL:
        kinds[service] = asked[0]
    return SEVERAL if len(asked) > 1 else kinds.get(service)


def was_removed(item: str) -> bool:
    """Tell if a gesture of this visit removed an item."""
    return item in current_visit().removed


def shows(key: str, offered: Mapping[View, str]) -> Callable[[], None]:
    """Return the call by which a choice of what to look at is kept; `offered` has the name of each view.

    That is no gesture: it leaves what is said of the link, and of the last gesture.
    """

    def look() -> None:
        visit = current_visit()
        for view, name in offered.items():
            if name == st.session_state[key]:
                visit.simulation = look_at(visit.simulation, view)

    return acts(look)


def present() -> None:
    """Turn to presentation mode, at the screen last shown there."""
    apply(lambda now: look_at(now, current_visit().views[True]))


def quit_presentation() -> None:
    """Leave presentation mode for the section last open at the desk."""
    apply(lambda now: look_at(now, current_visit().views[False]))


def presses(gesture: Gesture, said: Words = "") -> Callable[[], None]:
    """Return the call by which a button acts; `said` is what the gesture then did.

    An order that a button puts in place of another shows its own kinds, whatever was chosen before.
    """

    def press() -> None:
        before = current_visit().simulation.choice.order
        apply(gesture, said)
        if current_visit().simulation.choice.order != before:
            current_visit().kinds.clear()

    return acts(press)


def apply(gesture: Gesture, said: Words = "") -> None:
    """Make a gesture; where it replaced more than one thing, keep what it did and the simulation to come back to.

    A value that no field of ours sends is refused by the simulation, and changes nothing.
    """
    visit = current_visit()
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


def undo(done: Done) -> None:
    """Come back to the simulation before a gesture, where that is still the last one."""
    visit = current_visit()
    if visit.done is done:
        if done.before:
            visit.go_to(look_at(done.before, visit.simulation.view))
        visit.start = done.start or visit.start
        visit.done = None


def keep_set_aside(done: Done) -> None:
    """Keep again the scenarios that a gesture set aside; the gesture itself can still be taken back."""
    visit = current_visit()
    apply(lambda now: simulation.bring_back(now, done.set_aside))
    if visit.done is done:
        visit.done = replace(done, set_aside=())


def dismiss() -> None:
    """Close the line that says what the last gesture did."""
    current_visit().done = None


def tell(words: str) -> None:
    """Show a sentence on the last gesture, which leaves nothing to take back."""
    current_visit().done = Done(words)


def tell_of_name(typed: str, room: int = simulation.MAX_NAME) -> None:
    """Say that only the beginning of a name fits the link, where that is so."""
    if (name := fitting(tidy(typed), room)) != tidy(typed):
        tell(f"Nom trop long pour le lien, raccourci : « {name} ».")


def start_here() -> None:
    """Compare the figures of presentation mode, from now on, with those it shows now, and say so."""
    visit = current_visit()
    now = visit.simulation
    if visit.start and (visit.start.choice, visit.start.group) != (now.choice, now.group):
        visit.done = Done("Les écarts se comptent maintenant depuis ce qui est affiché.", start=visit.start)
        visit.start = visit.simulation


def back_to_start() -> None:
    """Show again what the presentation started with, and offer to take that back."""
    start = current_visit().start
    if start:
        presses(lambda now: simulation.come_back(now, start), "Retour à la simulation de départ.")()


def write_url() -> None:
    """Make the URL hold the simulation, unless it does already, and close the filling."""
    visit = current_visit()
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


def current_visit() -> Visit:
    """Return the visit as it now is."""
    return st.session_state[_VISIT]


def _url() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
