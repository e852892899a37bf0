"""Answers of the CDG to open points: the act as it then reads, links from before, and slips in the file of answers."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from pricing import Catalogue, Client, FaultyFileError, Order, Tariff, estimate, load, points_to_confirm
from pricing.__main__ import main
from pricing.confirmed import Confirmation, Confirmations, unfit
from pricing.link import SITE, Links
from pricing.points import confirmed_points, spread
from pricing.simulation import MAX_NAME, Choice, Simulation
from tests.french import plain
from tests.test_catalogue import ADOPTED, FILE, assert_french
from tests.test_link import ACT, LONGEST, fullest

BETWEEN = Client(inhabitants=1_500, agents=50)
"""Commune in category B by its inhabitants, and D by its agents: R12 decides."""
DEMARCHES = Order(demarches_simplifiees=True)
D, B, BY_INHABITANTS = "2336.00", "656.00", "Le nombre d'habitants décide seul."
"""Euros over six years in each of these categories, and the reading under which it is in B."""


def entry(reading: str = "R12", on: str = "2027-03-02", alternative: object = 0, **other: str) -> str:
    """Write an answer as the keeper does; `other` are further keys, or other values, as TOML."""
    keys = {"tariff": "2024-03-26", "reading": f'"{reading}"'}
    keys |= {"alternative": str(alternative)} if alternative else {}
    keys |= {"by": '"CDG 62, service numérique"', "on": on, "words": f'"{BY_INHABITANTS}"'} | other
    return "\n".join(["[[confirmed]]", *(f"{key} = {value}" for key, value in keys.items()), ""])


def data(folder: Path, *entries: str) -> Path:
    """Make a folder of tariffs with the adopted act, beside these answers, and return it."""
    tariffs = folder / "tariffs"
    if not tariffs.exists():
        tariffs.mkdir()
        (tariffs / FILE).write_text(ADOPTED, encoding="utf-8")
    (folder / "confirmations.toml").write_text("\n".join(entries), encoding="utf-8")
    return tariffs


def answered(folder: Path, *entries: str) -> Catalogue:
    """Load the adopted act with some answers."""
    return load(data(folder, *entries))


def six_years(tariff: Tariff) -> str:
    """Return the euros over six years of the commune that R12 decides on."""
    return str(estimate(BETWEEN, DEMARCHES, tariff).answers.six_years.amount)


# The act as it then reads


def test_the_answer_applied_is_confirmed_and_changes_no_amount(tmp_path: Path, tariff: Tariff) -> None:
    [confirmed] = answered(tmp_path, entry()).tariffs
    present = estimate(BETWEEN, DEMARCHES, confirmed)
    assert present == estimate(BETWEEN, DEMARCHES, tariff)
    assert [number for number, _ in confirmed_points(present, confirmed)] == ["R12"]
    assert [each.number for each in points_to_confirm(present, confirmed)] == ["R13", "R17"]
    assert spread(present, confirmed).words().startswith("Aucun autre point à confirmer ne change les totaux. ")
    assert confirmed_points(estimate(BETWEEN, Order(domains=1), confirmed), confirmed) == ()


def test_an_alternative_that_is_confirmed_takes_the_place_of_the_answer_applied(tmp_path: Path, tariff: Tariff) -> None:
    [confirmed] = answered(tmp_path, entry(alternative=1), entry("R6", alternative=1)).tariffs
    assert (six_years(tariff), six_years(confirmed)) == (D, B)
    [(_, reading)] = confirmed_points(estimate(BETWEEN, DEMARCHES, confirmed), confirmed)
    assert reading.in_force == BY_INHABITANTS
    # What R6 said before is the only other way to read it: the point still touches who orders storage.
    stored = estimate(BETWEEN, Order(backups=1, extra_storage_go=10), confirmed)
    assert [(number, each.in_force) for number, each in confirmed_points(stored, confirmed)] == [
        ("R6", "Il se paie une seule fois.")
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([entry(alternative=1), entry(on="2027-04-01", alternative=2)], D),
        ([entry(alternative=2), entry(on="2027-04-01", alternative=1)], B),
        ([entry(on="2027-04-01"), entry(alternative=1)], D),
        ([entry(alternative=2), entry(alternative=1)], B),
    ],
    ids=["agents at last", "inhabitants at last", "taken back, written first", "the same day"],
)
def test_the_last_answer_to_a_point_counts(tmp_path: Path, entries: Sequence[str], expected: str) -> None:
    [confirmed] = answered(tmp_path, *entries).tariffs
    assert six_years(confirmed) == expected


def test_the_act_is_known_as_it_was_on_a_day(tmp_path: Path) -> None:
    catalogue = answered(tmp_path, entry(on="2027-04-01"), entry(alternative=1))
    [confirmed] = catalogue.tariffs
    days = [None, date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 31), date(2027, 4, 1)]
    assert [six_years(catalogue.known_on(confirmed, day)) for day in days] == [D, D, B, B, D]
    assert confirmed.confirmed_on == date(2027, 4, 1)


# Links


def test_a_link_holds_the_day_of_the_last_answer_only_where_there_is_one(tmp_path: Path, tariff: Tariff) -> None:
    simulation = Simulation(tariff=ACT, choice=Choice(order=DEMARCHES))
    links = Links(answered(tmp_path, entry(), entry("R6", on="2027-02-01")).tariffs)
    assert links.query(simulation) == "signes=50&tarif=2024-03-26&confirme=2027-03-02&demarches=oui"
    opened = links.read(links.write(simulation))
    assert (opened.simulation, opened.confirmed, opened.cut) == (simulation, date(2027, 3, 2), False)
    before = Links([tariff])
    assert before.read(before.write(simulation)).confirmed is None
    assert "confirme" not in before.query(simulation)
    [ignored] = links.read(parse_qs("tarif=2024-03-26&confirme=mars&demarches=oui")).ignored
    assert plain(ignored.words()) == "confirme « mars » (ce n'est pas une date)"


def test_the_longest_link_still_fits(tmp_path: Path) -> None:
    links = Links(answered(tmp_path, entry()).tariffs)
    simulation = fullest("other", LONGEST, "y" * MAX_NAME)
    assert len(links.query(simulation)) <= links.longest - SITE
    assert links.read(links.write(simulation)).simulation.scenarios == simulation.scenarios


# Slips in the file


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (entry(tariff="2024-03-27"), 'ligne 9, confirmed[2].tariff = 2024-03-27 : aucun acte n\'a été adopté le 27'),
        (entry("R99"), 'ligne 10, confirmed[2].reading = "R99" : l\'acte du 26/03/2024 n\'a pas de point de ce nom'),
        (entry(alternative=3), "ligne 11, confirmed[2].alternative = 3 : ce point n'a pas d'alternative de ce rang"),
        (entry("R5", alternative=1), "ligne 11, confirmed[2].alternative = 1 : ce point n'a pas d'alternative"),
        (entry("R17", alternative=1), "ligne 11, confirmed[2].alternative = 1 : cette alternative dépend de la collec"),
        (entry(alternative=-1), "ligne 11, confirmed[2].alternative = -1 : "),
        (entry(on="2023-03-02"), "ligne 12, confirmed[2].on = 2023-03-02 : cette réponse est d'avant l'acte du 26"),
        (entry(on='"2 mars"'), 'ligne 12, confirmed[2].on = "2 mars" : ce n\'est pas une date'),
        (entry(words='" "'), "ligne 13, confirmed[2].words"),
        (entry(who='"CDG"'), 'ligne 14, confirmed[2].who = "CDG" : cette clé n\'existe pas'),
        ('[[confirmed]]\nreading = "R6"\n', "ligne 8, confirmed[2].tariff : cette clé manque"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_french_with_its_line_and_its_remedy(tmp_path: Path, written: str, told: str) -> None:
    written = f"{entry('R6')}\n{written}"
    with pytest.raises(FaultyFileError) as caught:
        answered(tmp_path, written)
    first = caught.value.faults[0]
    assert str(first).startswith(f"confirmations.toml, {told}")
    assert_french(first)


def test_answers_that_exclude_each_other_are_told(tariff: Tariff) -> None:
    price = "services.mailbox.charges.support.price"
    changes = {"R1": {price: {"kind": "flat", "amount": 3}}, "R2": {f"{price}.beyond.counted_from": "first_unit"}}
    other = tariff.changed(
        {f"readings.{key}.alternatives": [{"label": "Non.", "changes": each}] for key, each in changes.items()}
    )
    answers = [
        Confirmation(tariff=ACT, reading=key, alternative=1, by="CDG 62", on=date(2027, 3, day), words="Non.")
        for day, key in enumerate(changes, start=1)
    ]
    [fault] = unfit(Confirmations(confirmed=tuple(answers)), {ACT: other}, "confirmations.toml")
    assert (fault.key, fault.problem) == ("confirmed[2].alternative", "cette réponse et une autre s'excluent")


def test_the_command_checks_the_answers_and_prints_no_fault_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = data(tmp_path, entry(), entry("R6"))
    file = tmp_path / "confirmations.toml"
    assert main([str(file), str(folder)], folder) == 0
    alone, first, second, tariff = map(plain, capsys.readouterr().out.splitlines())
    assert alone == "confirmations.toml : aucun défaut (2 réponses)."
    assert first.startswith("- acte du 26/03/2024, R12, réponse du 02/03/2027 : Que faire quand ")
    assert first.endswith(" ? La plus élevée des deux s'applique.")
    assert second.startswith("- acte du 26/03/2024, R6, réponse du 02/03/2027 : Le stockage supplémentaire ")
    assert tariff.startswith(f"{FILE} : aucun défaut")
    data(tmp_path, entry("R99"))
    assert main([], folder) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [each.partition(" : ")[0] for each in lines[:3]] == [
        FILE, 'confirmations.toml, ligne 3, confirmed[1].reading = "R99"', f"{tmp_path}/communes.csv",
    ]  # fmt: skip
    (folder / FILE).write_text(ADOPTED.replace("amount = 15 }", 'amount = "15" }'), encoding="utf-8")
    assert main([], folder) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len([each for each in lines if each.startswith(FILE)]) == 1
