"""Base of every model, which never changes once made and refuses unknown keys."""

from pydantic import BaseModel


class Frozen(BaseModel, frozen=True, extra="forbid", use_attribute_docstrings=True):
    """A value: immutable, compared by content, with no unknown key accepted."""
