"""The acts of data/ as they were adopted: an answer of the CDG, which may come any day, then turns no test red.

``python -m tests.as_adopted run streamlit_app.py`` serves the page so. Tests of answers bring their own.
"""

from collections.abc import Iterable
from pathlib import Path

from pricing import Tariff, catalogue
from pricing.confirmed import Confirmation

_read = catalogue.answers


def _of_other_files(file: Path, adopted: Iterable[Tariff]) -> tuple[Confirmation, ...]:
    return () if file == catalogue.CONFIRMATIONS else _read(file, adopted)


def ignore_answers() -> None:
    """Read no answer beside the acts of data/."""
    catalogue.answers = _of_other_files


if __name__ == "__main__":
    from streamlit.web import cli  # here only, since the tests need none of it

    ignore_answers()
    cli.main(prog_name="streamlit")
