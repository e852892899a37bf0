"""Imports go one way, and the package is pure: no page, no clock, no environment, no disk, no float."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pricing"

ARROWS: dict[str, str] = {
    "frozen": "",
    "money": "",
    "order": "money frozen",
    "rules": "order",
    "prices": "rules order money frozen",
    "rating": "prices money",
    "category": "rating rules order prices money frozen",
    "tariff": "category rules prices order money frozen",
    "estimate": "category rating tariff order prices money",
    "schedule": "estimate tariff money",
    "compare": "estimate money",
    "options": "compare estimate category tariff order",
    "points": "compare estimate tariff money",
    "faults": "",
    "toml_file": "faults",
    "checks": "faults toml_file rules tariff frozen",
    "table": "communes faults toml_file",
    "catalogue": "checks communes faults order proposals table tariff toml_file",
    "communes": "frozen",
    "link": "grammar repair simulation order frozen",
    "grammar": "repair order",
    "repair": "",
    "simulation": "order frozen",
    "proposals": "order prices frozen",
    "__init__": "catalogue estimate faults money options order points schedule tariff",
    "__main__": "catalogue faults tariff",
}
"""Modules of the package that each module may import. A new module is a new row."""
READS_THE_DISK = {"catalogue", "__main__"}
"""Modules that may touch the disk."""
THIRD_PARTIES = {"pydantic", "pydantic_core"}
"""Packages that the package needs beside Python itself."""

FORBIDDEN_MODULES = {
    "streamlit",
    "os",
    "time",
    "random",
    "secrets",
    "socket",
    "urllib.request",
    "http",
    "requests",
    "locale",
}
"""Modules for the page, the environment, the clock, chance and the network."""
DISK_MODULES = {"pathlib", "io", "shutil", "tempfile", "glob", "fileinput", "importlib"}
CLOCK = {"today", "now", "utcnow", "fromtimestamp", "environ", "getenv", "monotonic", "perf_counter"}
"""Attributes by which a value could come from the clock or the environment."""
DISK = {"read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir", "mkdir", "unlink"}


def name_of(file: Path) -> str:
    """Return a module's row in the table: its name, or its folder's."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(file for file in PACKAGE.rglob("*.py"))
IDS = [str(file.relative_to(PACKAGE)) for file in FILES]
REPORTS = sorted((PACKAGE.parent / "views" / "reports").glob("*.py"))
"""Modules that lay out an estimate: as pure as the package, except that a chart is drawn with floats."""
PURE = [*FILES, *REPORTS]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=file.name)


def imports(file: Path) -> Iterator[str]:
    """Yield every module imported anywhere in a file, by its full name; ``from a import b`` gives a.b as well as a."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}, line {node.lineno}: imports are absolute"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(file: Path, modules: set[str]) -> set[str]:
    """Return the modules, among these or inside them, that a file imports."""
    return {name for name in imports(file) if any(f"{name}.".startswith(f"{module}.") for module in modules)}


def of_the_package(file: Path) -> set[str]:
    """Return the modules of the package that a file imports, by their rows."""
    modules = {name_of(other) for other in FILES}
    named = [parts for name in imports(file) if (parts := name.split("."))[0] == "pricing"]
    # `from pricing import estimate` and `import pricing` reach the whole package through its public face.
    return {
        parts[1] if len(parts) > 1 and parts[1] in modules else "__init__" for parts in named if parts != ["pricing"]
    }


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_every_module_imports_only_what_its_row_allows(file: Path) -> None:
    name = name_of(file)
    if name not in ARROWS:
        pytest.fail(
            f"say in ARROWS what pricing.{name} may import; it imports: {' '.join(sorted(of_the_package(file)))}"
        )
    allowed = {name, *ARROWS[name].split()}
    refused = of_the_package(file) - allowed
    assert not refused, f"pricing.{name} may import {ARROWS[name] or 'nothing'}, not {', '.join(sorted(refused))}"


def test_every_row_of_the_table_is_a_module() -> None:
    assert set(ARROWS) <= {name_of(file) for file in FILES}


def test_no_two_modules_may_import_each_other() -> None:
    def reached(name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        for other in ARROWS.get(name, "").split():
            if other not in seen:
                seen = reached(other, seen | {other})
        return seen

    assert [name for name in ARROWS if name in reached(name)] == []


def test_the_package_needs_pydantic_only() -> None:
    for file in FILES:
        # The command alone imports from outside the package, for the draft's template.
        own = {"pricing", "views"} if file.name == "__main__.py" else {"pricing"}
        roots = {name.partition(".")[0] for name in imports(file)}
        assert roots - sys.stdlib_module_names - own <= THIRD_PARTIES, file.name


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.name)
def test_reports_import_no_zone_of_the_page(file: Path) -> None:
    zones = {name for name in imports(file) if name.startswith("views.") and not name.startswith("views.reports")}
    assert zones <= {"views"}


@pytest.mark.parametrize("file", PURE, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_module_uses_the_page_the_clock_or_the_environment(file: Path) -> None:
    assert not within(file, FORBIDDEN_MODULES)
    reached = {node.attr for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)}
    assert not reached & CLOCK


@pytest.mark.parametrize("file", PURE, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_only_the_catalogue_touches_the_disk(file: Path) -> None:
    if file in FILES and name_of(file) in READS_THE_DISK:
        return
    # A document is written to memory: BytesIO is no disk.
    assert within(file, DISK_MODULES) - {"io.BytesIO"} <= ({"io"} if "io.BytesIO" in within(file, {"io"}) else set())
    nodes = list(ast.walk(tree(file)))
    assert not {node.attr for node in nodes if isinstance(node, ast.Attribute)} & DISK
    assert "open" not in {node.id for node in nodes if isinstance(node, ast.Name)}


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_no_amount_can_become_a_float(file: Path) -> None:
    nodes = list(ast.walk(tree(file)))
    assert "float" not in {node.id for node in nodes if isinstance(node, ast.Name)}
    assert not [node.lineno for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, float)]


@pytest.mark.parametrize(
    "source",
    ["import streamlit as st", "from os import environ", "import time", "from urllib.request import urlopen"],
)
def test_the_check_finds_a_forbidden_import(source: str, tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(source, encoding="utf-8")
    assert within(file, FORBIDDEN_MODULES)


SESSION = {"session_state", "query_params", "get_widget_states"}
"""Attributes by which Streamlit keeps the state of a visitor."""
PAGE = [PACKAGE.parent / "streamlit_app.py", *sorted((PACKAGE.parent / "views").rglob("*.py"))]


@pytest.mark.parametrize("file", PAGE, ids=[file.name for file in PAGE])
def test_only_the_session_touches_the_state_of_a_visitor(file: Path) -> None:
    reached = {node.attr for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)} & SESSION
    assert bool(reached) == (file.name == "session.py"), reached
