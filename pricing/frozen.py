"""The base of every model: it never changes once made, and it refuses what it does not know."""

from pydantic import BaseModel


class Frozen(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A value: immutable, compared by content, with no unknown key accepted."""
