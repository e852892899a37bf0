"""Reads the proposed orders from the bytes of their file, and says in French all that keeps them from being served."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from pricing.checks import MAX_FAULTS, closest, locate, parse
from pricing.faults import Fault, FaultyFileError
from pricing.order import ITEMS
from pricing.proposals import BySize, Example, Proposals

ORIGINAL = "fichier d'origine"
"""What a file with a fault is compared with."""
PROBLEMS: Mapping[str, tuple[str, str]] = {
    "missing": ("cette clé manque", f"l'ajouter, comme dans le {ORIGINAL}"),
    "extra_forbidden": ("cette clé n'existe pas", "la corriger ou l'enlever"),
    "whole_number": ("", "l'écrire sans guillemets ni point"),
    "out_of_bounds": ("", "corriger ce nombre"),
    "positive_int": ("", "écrire un nombre entier à partir de 1, en chiffres et sans guillemets"),
    "bool_type": ("ce service se coche, il ne se compte pas", "écrire true ou false, sans guillemets"),
    "sizes_order": ("", "les ranger ainsi, chaque « up_to » une seule fois"),
    "too_short": ("il n'y a aucune taille", "en mettre au moins une"),
}
"""What pydantic finds, in French: the problem and the remedy, by the type of error; the problem may be pydantic's."""
OTHERWISE = ("cette valeur n'est pas acceptée", f"l'écrire comme dans le {ORIGINAL}")
"""The problem and the remedy for any other type of error."""
KEYS = (*ITEMS, *Proposals.model_fields, *BySize.model_fields, *Example.model_fields)
"""Every key the file can have."""


def read(content: bytes, file: str) -> Proposals:
    """Read the proposed orders. Raises FaultyFileError with the faults found."""
    data = parse(content, file, ORIGINAL)
    try:
        return Proposals.model_validate(data)
    except ValidationError as error:
        raise FaultyFileError(tuple(_faults(error, data, file))[:MAX_FAULTS]) from None


def _faults(error: ValidationError, data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    for found in error.errors():
        key, value = locate(data, found["loc"])
        problem, remedy = PROBLEMS.get(found["type"], OTHERWISE)
        if found["type"] == "extra_forbidden" and (meant := closest(key.rpartition(".")[2], KEYS)):
            remedy = f"écrire « {meant} », ou l'enlever"
        yield Fault(file, key, value, problem or found["msg"], remedy)
