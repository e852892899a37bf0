"""The search of every server's log: whatever leaks into one fails the test that started the server."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.serving import LeakError, free_port, leaks, started


@pytest.mark.parametrize(
    "line",
    [
        "GET /documents/note.pdf?cles-cdg-3ans=1",
        "message: habitants=1250",
        "CCAS de Béthune",
        "203.0.113.66",
        "a\x1b[2J",
        "Traceback (most recent call last):",
    ],
)
def test_a_log_leaks_what_was_typed_by_whom_and_where_it_failed(line: str) -> None:
    assert leaks(f"Bonjour\n{line}\n") == [line]


@pytest.mark.parametrize("raised", ["ValueError", "OSError"])
def test_only_the_traceback_that_a_test_asks_for_may_be_in_a_log(raised: str, tmp_path: Path) -> None:
    (tmp_path / "leaking.py").write_text("def run():\n    raise ValueError\n\nrun()\n", encoding="utf-8")
    wanted = pytest.raises(LeakError) if raised == "OSError" else nullcontext()
    with wanted, started(free_port(), tmp_path, runner="leaking", raises=raised) as (process, _):
        process.wait(30)
