"""Answers beside the prices and steps after an estimate: each has its source, and quotes an act in its own words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pricing import Tariff, load
from pricing.catalogue import SERVICES, service_words
from pricing.questions import PLACES, Question, Sourced, Step, Steps
from tests.test_catalogue import changed
from tests.test_data_faults import refused

ACTS = Path(__file__).with_name("act")
WORDS = service_words()
STEPS: dict[str, Step] = {name: getattr(WORDS.steps, name) for name in Steps.model_fields}
SOURCED: dict[str, Sourced] = {**{each.question: each for each in WORDS.questions}, **STEPS}
TEXT = SERVICES.read_text(encoding="utf-8")
ASKED = (
    *("TTC", "TVA", "prix de 2024", "factures", "compte du budget", "année civile", "arrêter", "engagement", "six ans"),
    *("Mairie Connectée", "illimité", "besoin d'une clé", "élection", "Démarches simplifiées"),
)
"""Words of what town halls ask about the money and the services."""


def flat(words: str) -> str:
    """Return a text with plain spaces and apostrophes, in small letters."""
    return " ".join(words.replace("’", "'").lower().split())


def acts(day: str) -> str:
    """Return the whole text of an act."""
    return flat(" ".join(each.read_text(encoding="utf-8") for each in sorted(ACTS.glob(f"{day}*.txt"))))


@pytest.mark.parametrize("each", SOURCED.values(), ids=SOURCED)
def test_each_answer_has_a_source_and_an_act_is_quoted_in_its_own_words(each: Sourced) -> None:
    fact = each.answer if isinstance(each, Question) else getattr(each, "fact", "")
    assert each.acts or each.source or (isinstance(each, Step) and not fact)
    quoted = re.findall("« (.+?) »", each.source)
    for day in each.acts if each.source else ():
        assert quoted
        for words in quoted:
            assert flat(words) in acts(f"{day}"), words
    assert bool(each.link) <= (not each.acts)


def test_no_account_number_and_no_refund_of_vat_is_stated() -> None:
    said = " ".join(f"{each.answer} {each.source}" for each in WORDS.questions)
    assert not re.search(r"\b(6\d{3,5}|compte 6|FCTVA)\b|\d\s*%", said)


def test_every_question_of_a_town_hall_has_its_place_on_the_page(tariff: Tariff) -> None:
    families = {service.family for service in tariff.services.values()}
    shown = [each.question for at in (*PLACES, *families) for each in WORDS.asked(at, tariff)]
    assert len(shown) == len(WORDS.questions)
    assert [words for words in ASKED if not any(words in each for each in shown)] == []


def test_answers_read_in_one_act_are_not_shown_under_another(tariff: Tariff) -> None:
    other = tariff.model_copy(update={"adopted": tariff.adopted.replace(year=2030)})
    assert not WORDS.asked("quotes", other)
    assert not WORDS.steps.convention.holds(other)
    assert len(WORDS.asked("Continuité", other)) == 2  # from elsewhere than an act
    assert WORDS.unread(tariff) == 0 < WORDS.unread(other)


def slips() -> Iterator[tuple[str, str, str]]:
    quotes = 'at       = "quotes"\nquestion = "Quand'
    yield quotes, quotes.replace("quotes", "quote"), "questions[3].at = quote : la page n'a pas cet endroit"
    years = 'at       = "Continuité"\nquestion = "Qui'
    yield years, years.replace("té", "te"), "Remède : écrire « Continuité »"
    silent = 'combien par an ?"\nacts     = [2024-03-26]'
    yield silent, silent.replace("2024", "2023"), "questions[3].acts = 2023-03-26 : aucun tarif n'a été adopté ce jour"
    yield silent, silent.partition("\n")[0], "questions[3] : cette réponse n'a pas de source"
    yield 'fact       = "Chaque', 'facts      = "Chaque', "steps.quotes.facts = "
    yield 'link     = "https://idcite', 'link     = "idcite', "ce n'est pas l'adresse d'une page"
    yield 'mailbox     = "des', 'mailboxes   = "des', "services.mailboxes : aucun tarif ne propose rien de ce nom"


@pytest.mark.parametrize(("find", "replace", "words"), [*slips()])
def test_a_slip_is_reported_with_its_line_and_its_remedy(find: str, replace: str, words: str, tmp_path: Path) -> None:
    spoiled = changed((find, replace), text=TEXT)
    file = tmp_path / SERVICES.name
    message = "\n".join(map(str, refused(lambda each: service_words(each, load().tariffs), file, spoiled)))
    assert words in message
    line = int(message.partition("ligne ")[2].partition(",")[0])
    assert spoiled.splitlines()[line - 1]


def test_each_service_has_a_line_for_the_council(tariff: Tariff) -> None:
    assert set(WORDS.services) == set(tariff.services)
