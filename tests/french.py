"""French words as a test can write them."""


def plain(words: str) -> str:
    """The same words with every non-breaking space, narrow or not, as an ordinary one."""
    return words.replace("\u202f", " ").replace("\u00a0", " ")
