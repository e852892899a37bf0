"""Code of pricing/ and views/ names no service of any act: a service added, dropped or renamed is a change of data."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pricing import Tariff, load
from tests.serving import ROOT
from tests.test_real_tariffs import ACTS, act

SHORTEST = 5
"""Letters of the shortest name that is looked for."""
EXCEPTIONS = {
    "pages": "those of a paper, and of a printed sheet",
}
"""Names of items that are words of the code too, each with the reason."""
FILES = [
    each
    for folder in ("pricing", "views")
    for each in sorted((ROOT / folder).rglob("*"))
    if each.suffix in (".py", ".js", ".css", ".typ")
]
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
"""Comment of a script, a style sheet or a template; not the double slash of a URL."""


def names(tariff: Tariff) -> Iterator[str]:
    """Yield the key, the name in a link and the label of each item of an act."""
    for key, item in tariff.items.items():
        yield from (each.lower() for each in (key, item.address, item.label) if len(each) >= SHORTEST)


NAMES = {name for tariff in (*load().tariffs, *map(act, ACTS)) for name in names(tariff)}


def code(path: Path) -> str:
    """Return a file without its comments and docstrings, in lower case."""
    text = path.read_text(encoding="utf-8")
    return (_python(text) if path.suffix == ".py" else COMMENT.sub("", text)).lower()


def _python(text: str) -> str:
    tree = ast.parse(text)
    for each in ast.walk(tree):
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
            each.value = ast.Constant(value=None)
    return ast.unparse(tree)


def named(text: str) -> set[str]:
    """Return the names of items that are found as whole words in a text."""
    return {name for name in NAMES if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_names_a_service(path: Path) -> None:
    assert named(code(path)) <= {*EXCEPTIONS}


def test_each_exception_is_needed_and_names_are_found_in_code_alone(tmp_path: Path) -> None:
    assert set().union(*(named(code(path)) for path in FILES)) == {*EXCEPTIONS}
    (tmp_path / "one.py").write_text('"""All domains."""\nx = [\n    "Domaines",\n    f(domains=1),  # backups\n]\n')
    (tmp_path / "two.js").write_text('// mailboxes_5go\nconst words = ["domaines", "domains"]; /* antivirus */')
    assert named(code(tmp_path / "one.py")) == named(code(tmp_path / "two.js")) == {"domaines", "domains"}
