"""Tariffs, answers, proposals and words that change on the disk while the page is served."""

import shutil
from pathlib import Path

import pytest

from pricing import FaultyFileError
from tests.test_catalogue import changed
from tests.test_confirmed import B, D, data, entry, six_years
from tests.test_keeper_command import PROPOSALS
from views import kept
from views.kept import Served

NEXT = "2027-01-01.toml"
NEWER = changed(
    ("adopted       = 2024-03-26", "adopted       = 2027-01-01"),
    ("in_force_from = 2024-03-26", "in_force_from = 2027-01-01"),
)


@pytest.fixture(autouse=True)
def proposals(tmp_path: Path) -> None:
    """Write proposals of the adopted tariff alone."""
    (tmp_path / "proposals.toml").write_text(PROPOSALS, encoding="utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """Serve a folder that holds the adopted tariff."""
    return Served(data(tmp_path))


def test_a_new_tariff_is_loaded_once(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    (served.folder / NEXT).write_text(NEWER, encoding="utf-8")
    for _ in range(2):
        served.renew()
        assert [f"{tariff.adopted}" for tariff in served.tariffs.tariffs] == ["2024-03-26", "2027-01-01"]
    assert served.version == 1
    assert caplog.messages == ["Les données ont changé sur le disque et sont relues ; tarifs : 2024-03-26, 2027-01-01."]


def test_a_broken_tariff_changes_nothing_is_logged_once_and_loaded_once_mended(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    before = served.tariffs
    (served.folder / NEXT).write_text(NEWER.replace("amount = 15 ", 'amount = "15 €" '), encoding="utf-8")
    served.renew()
    served.renew()
    assert (served.tariffs, served.version) == (before, 0)
    [message] = caplog.messages
    assert message.startswith(
        "Les données ont changé sur le disque et sont refusées, celles d'avant restent servies.\n"
    )
    assert all(words in message for words in (NEXT, '"15 €"', "Remède : "))
    with pytest.raises(FaultyFileError, match=NEXT):  # as a start would be refused
        Served(served.folder)
    (served.folder / NEXT).write_text(NEWER, encoding="utf-8")
    served.renew()
    assert len(served.tariffs.tariffs) == 2


def test_an_answer_to_a_point_is_taken_up_and_a_broken_one_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served = Served(data(tmp_path, entry()))
    assert [six_years(tariff) for tariff in served.tariffs.tariffs] == [D]
    for answers, expected in (
        ([entry(), entry(on="2027-04-01", alternative=1)], B),
        ([entry(), entry("R99", on="2027-04-01")], B),
        ([entry()], D),
    ):
        data(tmp_path, *answers)
        served.renew()
        served.renew()
        assert [six_years(tariff) for tariff in served.tariffs.tariffs] == [expected]
    assert served.version == 2
    assert [each.partition("\n")[2][:50] for each in caplog.messages] == [
        "", "confirmations.toml, ligne 10, confirmed[2].reading", "",
    ]  # fmt: skip
    (tmp_path / "confirmations.toml").unlink()
    served.renew()
    assert [tariff.confirmed_on for tariff in served.tariffs.tariffs] == [None]


def test_proposals_and_words_are_taken_up_in_any_order_with_the_act_they_are_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served = Served(data(tmp_path))
    [adopted] = served.tariffs.tariffs
    of_2027 = changed(("{ domains = 1, web", "{ domains = 7, web"), text=PROPOSALS).replace("2024-03-26", "2027-01-01")
    (tmp_path / "proposals.toml").write_text(of_2027, encoding="utf-8")
    (tmp_path / "services.toml").write_text('[help]\ndomains = "Le nom."\n', encoding="utf-8")
    served.renew()  # proposals of an act that is not there yet
    assert "aucun tarif n'a été adopté le 01/01/2027" in caplog.text
    assert "Le nom." not in served.words.help.values()
    (served.folder / NEXT).write_text(NEWER, encoding="utf-8")
    served.renew()
    assert served.version == 1
    assert served.words.help == {"domains": "Le nom."}
    assert served.proposals.under(served.tariffs.tariffs[1]).for_size(1).quantity("domains") == 7
    assert served.tariffs.tariffs[0] == adopted


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = data(tmp_path)
    for name, written in ((NEXT, "a ="), ("../proposals.toml", "b ="), ("../services.toml", "c =")):
        (folder / name).write_text(written, encoding="utf-8")
    with pytest.raises(FaultyFileError) as refused:
        Served(folder)
    assert [fault.file for fault in refused.value.faults] == [NEXT, "proposals.toml", "services.toml"]


@pytest.mark.parametrize("name", ["proposals.toml", "services.toml"])
def test_a_fault_of_one_file_alone_changes_nothing(name: str, served: Served, caplog: pytest.LogCaptureFixture) -> None:
    before = served.proposals, served.words
    (served.folder.parent / name).write_text("a =", encoding="utf-8")
    served.renew()
    assert (served.proposals, served.words, served.version) == (*before, 0)
    assert name in caplog.text


def test_the_page_proposes_what_is_served_now(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "served", lambda: served)
    [act] = served.tariffs.tariffs
    assert kept.proposals(act).for_size(1).quantity("domains") == 1
    changed_one = changed(("{ domains = 1, web", "{ domains = 7, web"), text=PROPOSALS)
    (served.folder.parent / "proposals.toml").write_text(changed_one, encoding="utf-8")
    served.renew()
    assert kept.proposals(act).for_size(1).quantity("domains") == 7


def test_a_folder_that_vanishes_changes_nothing(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    before = served.tariffs
    shutil.rmtree(served.folder)
    served.renew()
    assert served.tariffs is before
    assert len(caplog.messages) == 1
