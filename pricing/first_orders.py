"""Read what the page proposes and says of services from the bytes of their files; every fault is told in French."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pricing.checks import told
from pricing.faults import FaultyFileError
from pricing.proposals import BySize, Example, Proposals, ProposalsByAct, ServiceWords
from pricing.toml_file import parse

ORIGINAL = "fichier d'origine"
"""File that a remedy says to compare a faulty one with, in French."""
KEYS = tuple(key for model in (ProposalsByAct, Proposals, BySize, Example, ServiceWords) for key in model.model_fields)
"""Every key that the files have of themselves; the others are an act's."""

Model = TypeVar("Model", bound=BaseModel)


def read(content: bytes, file: str, model: type[Model]) -> Model:
    """Read a file as a model. Raises FaultyFileError with every fault."""
    data = parse(content, file, ORIGINAL)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise FaultyFileError(tuple(told(error, data, file, KEYS, ORIGINAL))) from None
