"""The server's log while visitors are served: one line for a fault, and nothing that a visitor typed.

What Streamlit and uvicorn log may hold a name, a query string or a whole traceback with both. Our own lines are written
without, and pass as they are.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb

OURS = "simulateur"
"""Name of the logger of our own lines."""
FRAMES = 8
"""Largest number of places named for a fault, from the innermost."""


@contextmanager
def discreet() -> Iterator[None]:
    """Keep what visitors typed out of the log until the block ends."""
    make = logging.getLogRecordFactory()
    logging.setLogRecordFactory(lambda *args, **kwargs: _discreet(make(*args, **kwargs)))
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)


def _discreet(record: logging.LogRecord) -> logging.LogRecord:
    if record.name.partition(".")[0] == OURS:
        return record
    fault = record.exc_info[1] if record.exc_info else None
    if fault:
        record.msg, record.args, record.exc_info = fault_in_words(fault), (), None
    elif isinstance(record.args, tuple):
        record.args = tuple(each if isinstance(each, int | float) else "…" for each in record.args)
    elif record.args:
        record.args = dict.fromkeys(record.args, "…")
    return record


def fault_in_words(fault: BaseException) -> str:
    """Say in one line the kind of a fault and its places, without its message."""
    frames = extract_tb(fault.__traceback__)[: -FRAMES - 1 : -1]
    places = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
    return f"Erreur {type(fault).__name__} : {places or 'sans lieu'}"
