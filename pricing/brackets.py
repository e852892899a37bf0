"""Brackets and braces of a TOML file: the first that is not closed, or not opened, where the file can't be parsed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\n\[\]{}=,"']|[^\s\[\]{}=,"'\#]+''',
    re.DOTALL,
)
"""A string, a comment, a line's end, a sign, a quote that nothing closes, or a bare word."""
_KEY = re.compile(r"\s*[\w.-]+\s*=")
_HEADER = re.compile(r"\s*\[{1,2}\s*(?!true\b|false\b|inf\b|nan\b)[A-Za-z_]")
CLOSES = {"[": "]", "{": "}"}
"""Sign that closes each opening one."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token, with its line."""

    text: str
    """Its characters."""
    line: int
    """Line on which it begins, from 1."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a file, but for its comments."""
    line = 1
    for found in _TOKEN.finditer(text):
        if not found[0].startswith("#"):
            yield Token(found[0], line)
        line += found[0].count("\n")


def alone(text: str) -> Token | None:
    """Return the first sign that opens without being closed, or closes without being open; None where there is none.

    A quote that nothing closes hides what follows: the search ends there.
    """
    written = text.split("\n")
    opened: list[Token] = []
    begins = header = True
    for token in tokens(text):
        line = written[token.line - 1]
        if begins and token.text != "\n":
            if opened and _HEADER.match(line):
                return opened[-1]
            if opened and _KEY.match(line):
                # A key within a list: its own brace was not opened, or the list is not closed.
                missing = line.count("}") > line.count("{")
                return Token("}", token.line) if missing else opened[-1]
            header = not opened and token.text == "["
        begins = token.text == "\n"
        if token.text in ('"', "'"):
            return None
        if token.text in CLOSES:
            opened.append(token)
        elif token.text in CLOSES.values():
            if not opened:
                return token
            if CLOSES[opened[-1].text] != token.text:
                return opened[-1]
            opened.pop()
        elif begins and opened and (header or opened[-1].text == "{"):
            return opened[-1]
    return opened[-1] if opened else None
