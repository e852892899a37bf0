"""A gesture made whole: a request that comes while it is being made waits until it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from streamlit.runtime.scriptrunner import get_script_run_ctx

Of = ParamSpec("Of")

_INTERRUPTS = "_yield_callback"
"""Name of the function that a session's state calls at each use, and that breaks off what is under way."""


def whole(made: Callable[Of, None]) -> Callable[Of, None]:
    """Return the same callback, which no use of the session's state breaks off.

    Streamlit looks for a newer request of the browser at each use, even within a callback; it would drop the callback,
    and with it what was typed, as if it had asked for another run. The run after it still sees the request.
    """

    @wraps(made)
    def make(*arguments: Of.args, **named: Of.kwargs) -> None:
        run = get_script_run_ctx()
        if run is None:
            return made(*arguments, **named)
        state: dict[str, Any] = vars(run.session_state)
        interrupts = state[_INTERRUPTS]
        state[_INTERRUPTS] = lambda: None
        try:
            made(*arguments, **named)
        finally:
            state[_INTERRUPTS] = interrupts

    return make
