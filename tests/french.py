"""French text as a test can write it."""


def plain(words: str) -> str:
    """Return the same text with every non-breaking space, narrow or not, as an ordinary one."""
    return words.replace("\u202f", " ").replace("\u00a0", " ")
