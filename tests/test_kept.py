"""Tariff that changes on the disk while the page is served."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pricing import FaultyFileError
from tests.test_catalogue import ADOPTED, FILE, changed
from views.kept import Served

NEXT = "2027-01-01.toml"
NEWER = (
    ("adopted       = 2024-03-26", "adopted       = 2027-01-01"),
    ("in_force_from = 2024-03-26", "in_force_from = 2027-01-01"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder that holds the adopted tariff."""
    (tmp_path / FILE).write_text(ADOPTED, encoding="utf-8")
    return tmp_path


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Capture the log."""
    with caplog.at_level(logging.INFO, logger="simulateur"):
        yield caplog


def adopted(served: Served) -> list[str]:
    """Return the names of the tariffs served."""
    return [f"{tariff.adopted}" for tariff in served.tariffs.tariffs]


def test_a_new_tariff_is_loaded(folder: Path, said: pytest.LogCaptureFixture) -> None:
    served = Served(folder)
    (folder / NEXT).write_text(changed(*NEWER), encoding="utf-8")
    served.renew()
    assert adopted(served) == ["2024-03-26", "2027-01-01"]
    assert said.messages == ["Les tarifs ont changé sur le disque et sont relus : 2024-03-26, 2027-01-01."]


def test_a_broken_tariff_changes_nothing_and_is_logged_once(folder: Path, said: pytest.LogCaptureFixture) -> None:
    served = Served(folder)
    before = served.tariffs
    (folder / FILE).write_text(changed(("amount = 15 ", 'amount = "15 €" ')), encoding="utf-8")
    served.renew()
    served.renew()
    assert served.tariffs is before
    [message] = said.messages
    assert message.startswith("Les tarifs ont changé sur le disque et sont refusés, ceux d'avant restent servis.\n")
    assert FILE in message
    assert '"15 €"' in message
    assert "Remède : " in message


def test_a_broken_tariff_is_loaded_once_mended(folder: Path) -> None:
    served = Served(folder)
    (folder / NEXT).write_text("adopted = demain\n", encoding="utf-8")
    served.renew()
    assert adopted(served) == ["2024-03-26"]
    (folder / NEXT).write_text(changed(*NEWER), encoding="utf-8")
    served.renew()
    assert adopted(served) == ["2024-03-26", "2027-01-01"]


def test_a_folder_that_vanishes_changes_nothing(folder: Path, said: pytest.LogCaptureFixture) -> None:
    served = Served(folder)
    before = served.tariffs
    shutil.rmtree(folder)
    served.renew()
    assert served.tariffs is before
    assert len(said.messages) == 1


def test_a_file_that_has_not_changed_is_not_read_again(folder: Path, said: pytest.LogCaptureFixture) -> None:
    served = Served(folder)
    before = served.tariffs
    served.renew()
    assert served.tariffs is before
    assert not said.messages


def test_a_broken_tariff_at_the_start_is_refused(folder: Path) -> None:
    (folder / NEXT).write_text("adopted = demain\n", encoding="utf-8")
    with pytest.raises(FaultyFileError, match=NEXT):
        Served(folder)
