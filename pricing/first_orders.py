"""Read the proposed orders from the bytes of their file, and say in French all that keeps them from being served."""

from pydantic import ValidationError

from pricing.checks import told
from pricing.faults import FaultyFileError
from pricing.proposals import BySize, Example, Proposals
from pricing.toml_file import parse

ORIGINAL = "fichier d'origine"
"""File that a remedy says to compare a faulty one with, in French."""
KEYS = (*Proposals.model_fields, *BySize.model_fields, *Example.model_fields)
"""Every key the file can have."""


def read(content: bytes, file: str) -> Proposals:
    """Read the proposed orders. Raises FaultyFileError with every fault."""
    data = parse(content, file, ORIGINAL)
    try:
        return Proposals.model_validate(data)
    except ValidationError as error:
        raise FaultyFileError(tuple(told(error, data, file, KEYS, ORIGINAL))) from None
