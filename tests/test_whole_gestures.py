"""A gesture is made whole, though another request of the browser comes just before it is made."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from tests.pages import address, opened, press

CALLS = "_call_callbacks"
"""Name of the method by which Streamlit makes the gestures of a request."""
MANY = "groupe=200069482&chacune=meme&domaines=1"


@pytest.fixture
def overtaken(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function after which another request reaches the server before the next gesture is made."""
    made: Callable[..., None] = getattr(SessionState, CALLS)
    waiting: list[bool] = []

    def after_a_request(state: SessionState, **known: Any) -> None:
        run = get_script_run_ctx()
        if waiting and run and run.script_requests:
            waiting.clear()
            query, script = run.query_string, run.page_script_hash
            run.script_requests.request_rerun(RerunData(query_string=query, page_script_hash=script))
        made(state, **known)

    monkeypatch.setattr(SessionState, CALLS, after_a_request)
    return lambda: waiting.append(True)


def typed(page: AppTest) -> AppTest:
    page.number_input(key="domains").set_value(3)
    return page.run()


def left_out(page: AppTest) -> AppTest:
    page.multiselect(key="sauf").set_value(["62009"])
    return page.run()


@pytest.mark.parametrize(
    ("link", "gesture", "name", "values"),
    [
        ("habitants=1250&domaines=1", typed, "domaines", ["3"]),
        (MANY, typed, "domaines", ["3"]),
        (MANY, left_out, "sauf", ["62009"]),
        (f"{MANY}&propre=62012_dom-2", lambda page: press(page, "sans-exception"), "propre", None),
        (MANY, lambda page: press(page, "presenter"), "vue", ["presentation"]),
    ],
)
def test_a_gesture_counts_though_another_request_comes_before_it_is_made(
    overtaken: Callable[[], None],
    link: str,
    gesture: Callable[[AppTest], AppTest],
    name: str,
    values: list[str] | None,
) -> None:
    page = opened(link)
    overtaken()
    assert address(gesture(page)).get(name) == values
