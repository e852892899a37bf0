"""Names that an act gives its items: keys, and names within a link."""

import re
from typing import Annotated

from pydantic import AfterValidator, StrictStr
from pydantic_core import PydanticCustomError


def _key(name: str) -> str:
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        problem = "« {item} » : une clé s'écrit en petites lettres, chiffres et « _ », sans accent"
        raise PydanticCustomError("item_key", problem, {"item": name})
    return name


def _in_address(name: str) -> str:
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name):
        problem = "« {name} » : un nom dans le lien s'écrit en petites lettres, chiffres et tirets, sans accent"
        raise PydanticCustomError("in_address", problem, {"name": name})
    return name


def _short(name: str) -> str:
    if not re.fullmatch("[a-z0-9]+", name):
        problem = "« {name} » : un nom court s'écrit en petites lettres et chiffres"
        raise PydanticCustomError("in_address", problem, {"name": name})
    return name


ItemName = Annotated[StrictStr, AfterValidator(_key)]
"""Key of an item in an act and in an order."""
InAddress = Annotated[StrictStr, AfterValidator(_in_address)]
"""Name within a link."""
Short = Annotated[StrictStr, AfterValidator(_short)]
"""Short name within a scenario of a link."""
