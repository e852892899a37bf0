"""The search of every server's log: whatever leaks into one fails the test that started the server."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.serving import LeakError, free_port, started

LEAKS = {
    "query string": "print('GET /documents/note.pdf?cles-cdg-3ans=1')",
    "parameter": "print('message: habitants=1250')",
    "name": "print('CCAS de Béthune')",
    "address": "print('203.0.113.66')",
    "control character": "print('a' + chr(27) + '[2J')",
    "traceback": "raise ValueError('at once')",
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_leak_into_a_log_fails_the_test_that_started_the_server(kind: str, tmp_path: Path) -> None:
    (tmp_path / "leaking.py").write_text(f"print('Bonjour')\n{LEAKS[kind]}\n", encoding="utf-8")
    with pytest.raises(LeakError) as leak, started(free_port(), tmp_path, runner="leaking") as (process, _):
        process.wait(30)
    assert "Bonjour" not in str(leak.value)


@pytest.mark.parametrize("raised", ["ValueError", "OSError"])
def test_only_the_traceback_that_a_test_asks_for_may_be_in_a_log(raised: str, tmp_path: Path) -> None:
    (tmp_path / "leaking.py").write_text("def run():\n    raise ValueError\n\nrun()\n", encoding="utf-8")
    wanted = pytest.raises(LeakError) if raised == "OSError" else nullcontext()
    with wanted, started(free_port(), tmp_path, runner="leaking", raises=raised) as (process, _):
        process.wait(30)
