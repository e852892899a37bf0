"""The guide of the tariff's keeper, data/README.md: every key and kind of price is in it, and its examples are read."""

import re
import tomllib
from decimal import Decimal
from typing import get_args

import pytest
from pydantic import TypeAdapter

from pricing.catalogue import DATA
from pricing.contacts import Desk
from pricing.frozen import Frozen
from pricing.prices import Price
from pricing.questions import Sourced
from pricing.readings import Alternative, FirstYear, Reading
from pricing.tariff import Charge, Item, Service

GUIDE = (DATA / "README.md").read_text(encoding="utf-8")
TYPED = [words for _, words in re.findall(r"(`+)(.+?)\1", GUIDE)]
"""All that the guide says to type, and names of keys and files."""
KINDS = get_args(get_args(Price)[0])


@pytest.mark.parametrize("model", [Desk, Sourced, Service, Item, Charge, Reading, Alternative, FirstYear, *KINDS])
def test_each_key_is_in_the_guide(model: type[Frozen]) -> None:
    written = set(re.findall(r"\w+", " ".join(TYPED)))
    assert set(model.model_fields) - {"confirmed"} <= written


def test_the_guide_has_an_example_of_each_kind_of_price_that_is_read() -> None:
    rows = [row for row in GUIDE.splitlines() if row.startswith("|") and "price = {" in row]
    prices = re.findall(r"`(?:price = )?(\{ kind = .+?\})`", "\n".join(rows))
    read = [
        TypeAdapter[object](Price).validate_python(tomllib.loads(f"price = {each}", parse_float=Decimal)["price"])
        for each in prices
    ]
    assert {type(each) for each in read} == set(KINDS)


def test_each_command_is_given_for_windows_too() -> None:
    commands = {words.replace("\\", "/").replace("/Scripts/", "/bin/") for words in TYPED if "Scripts" in words}
    assert len(commands) == 6
    assert commands == {words for words in TYPED if words.startswith(".venv/bin/")}
