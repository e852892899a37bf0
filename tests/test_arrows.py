"""Imports go one way, and the package is pure: no page, no clock, no environment, no disk, no float."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pricing"

ARROWS: dict[str, str] = {
    "frozen": "",
    "money": "",
    "order": "money frozen",
    "rules": "",
    "references": "money",
    "prices": "references rules money frozen",
    "rating": "prices money",
    "category": "rating rules order prices money frozen",
    "names": "",
    "readings": "names prices frozen",
    "tariff": "category names readings rules prices order frozen",
    "totals": "money rating readings tariff",
    "values": "grammar order simulation",
    "estimate": "category rating readings tariff order prices money totals",
    "schedule": "estimate tariff money totals",
    "compare": "estimate money totals",
    "instead": "estimate tariff order totals",
    "options": "compare estimate category tariff order",
    "points": "category compare dates estimate readings tariff money order totals",
    "shared_points": "compare estimate points readings tariff totals",
    "quoted": "category references tariff prices money",
    "changes": "category copied money prices rating references tariff",
    "copied": "references tariff",
    "brackets": "",
    "lines": "brackets",
    "dates": "",
    "faults": "",
    "toml_file": "brackets faults",
    "checks": "faults lines quoted references toml_file rules tariff frozen",
    "table": "communes faults toml_file",
    "confirmed": "readings tariff prices frozen faults",
    "catalogue": "checks communes confirmed contacts dates faults grammar proposals questions service_words table "
    "tariff toml_file frozen",
    "communes": "frozen",
    "link": "grammar group_link opened repair simulation tariff order values",
    "opened": "simulation frozen",
    "group_link": "grammar group",
    "grammar": "group repair order simulation tariff",
    "repair": "",
    "group": "communes order frozen",
    "group_gestures": "communes group order simulation",
    "simulation": "group order frozen",
    "budget": "estimate money order readings schedule simulation tariff totals",
    "questions": "tariff prices frozen",
    "contacts": "questions tariff frozen",
    "proposals": "faults tariff order prices rules frozen",
    "service_words": "checks faults questions tariff prices rules frozen",
    "__init__": "catalogue estimate faults money options order points schedule tariff totals",
    "portfolio": "budget category communes compare estimate group money order schedule simulation tariff totals",
    "listed": "communes exported faults money order portfolio simulation tariff",
    "exported": "link money portfolio simulation totals",
    "before_after": "dates money portfolio tariff",
    "commands": "before_after catalogue communes dates exported faults link listed order portfolio tariff",
    "__main__": "catalogue changes commands confirmed faults lines money tariff",
}
"""Modules of the package that each module may import. A new module is a new row."""
READS_THE_DISK = {"catalogue", "commands", "__main__"}
"""Modules that may touch the disk."""
THIRD_PARTIES = {"babel", "pydantic", "pydantic_core"}
"""Packages that the package needs beside Python itself."""
IN_ROWS = {"portfolio", "exported", "commands"}
"""Modules that need pandas too, for what has many rows; none of them is imported with the package."""

FORBIDDEN_MODULES = {"streamlit", "os", "time", "random", "secrets", "socket", "http", "requests", "locale"}
"""Modules for the page, the environment, the clock, chance and the network."""
DISK_MODULES = {"pathlib", "io", "shutil", "tempfile", "glob", "fileinput", "importlib"}
CLOCK = {"today", "now", "utcnow", "fromtimestamp", "environ", "getenv", "monotonic", "perf_counter"}
"""Attributes by which a value could come from the clock or the environment."""
DISK = {"read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "iterdir", "mkdir", "unlink"}
"""Attributes by which a value could come from the disk or go there."""
SESSION = {"session_state", "query_params", "get_widget_states"}
"""Attributes by which Streamlit keeps the state of a visitor."""
CALLS = {"on_click", "on_change", "on_edits_change"}
"""Arguments that Streamlit calls when a control is used."""


FILES = sorted(PACKAGE.rglob("*.py"))
REPORTS = sorted((PACKAGE.parent / "views" / "reports").glob("*.py"))
"""Modules that lay out an estimate: as pure as the package, except that a chart is drawn with floats."""
PAGE = [PACKAGE.parent / "streamlit_app.py", *sorted((PACKAGE.parent / "views").rglob("*.py"))]


def each_of(*files: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("file", files, ids=[f"{file.parent.name}/{file.name}" for file in files])


@cache
def nodes(file: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=file.name)))


def imports(file: Path) -> Iterator[str]:
    """Yield every module imported anywhere in a file, by its full name; ``from a import b`` gives a.b as well as a."""
    for node in nodes(file):
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


def attributes(file: Path) -> set[str]:
    """Return the attributes that a file names."""
    return {node.attr for node in nodes(file) if isinstance(node, ast.Attribute)}


def names(file: Path) -> set[str]:
    """Return the names that a file uses."""
    return {node.id for node in nodes(file) if isinstance(node, ast.Name)}


@each_of(*FILES)
def test_every_module_imports_only_what_its_row_allows(file: Path) -> None:
    modules = {other.stem for other in FILES}
    named = [parts for name in imports(file) if (parts := name.split("."))[0] == "pricing"]
    # `from pricing import estimate` and `import pricing` reach the whole package through its public face.
    own = {parts[1] if parts[1] in modules else "__init__" for parts in named if len(parts) > 1}
    if file.stem not in ARROWS:
        pytest.fail(f"say in ARROWS what pricing.{file.stem} may import; it imports: {' '.join(sorted(own))}")
    refused = own - {file.stem, *ARROWS[file.stem].split()}
    assert not refused, f"pricing.{file.stem} may not import {', '.join(sorted(refused))}"


def test_every_row_is_a_module_and_no_two_may_import_each_other() -> None:
    assert set(ARROWS) <= {file.stem for file in FILES}
    list(TopologicalSorter({name: allowed.split() for name, allowed in ARROWS.items()}).static_order())


@each_of(*FILES)
def test_the_package_needs_pydantic_and_babel_only_and_no_amount_can_become_a_float(file: Path) -> None:
    roots = {name.partition(".")[0] for name in imports(file)} - sys.stdlib_module_names - {"pricing"}
    assert roots <= THIRD_PARTIES | ({"pandas"} if file.stem in IN_ROWS else set())
    assert "float" not in names(file)
    assert not [node for node in nodes(file) if isinstance(node, ast.Constant) and isinstance(node.value, float)]


def test_the_package_is_imported_without_pandas() -> None:
    code = "import sys, pricing; assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PACKAGE.parent)


@each_of(*REPORTS)
def test_reports_import_no_zone_of_the_page(file: Path) -> None:
    zones = {name for name in imports(file) if name.startswith("views.") and not name.startswith("views.reports")}
    assert zones <= {"views"}


@each_of(*FILES, *REPORTS)
def test_no_module_uses_the_page_the_clock_the_environment_or_but_for_the_catalogue_the_disk(file: Path) -> None:
    assert not within(file, FORBIDDEN_MODULES | {"urllib.request"})
    assert not attributes(file) & CLOCK
    if file.parent == PACKAGE and file.stem in READS_THE_DISK:
        return
    # A document is written to memory: BytesIO is no disk.
    disk = within(file, DISK_MODULES)
    assert disk <= ({"io", "io.BytesIO"} if "io.BytesIO" in disk else set())
    assert not attributes(file) & DISK
    assert "open" not in names(file)


@pytest.mark.parametrize("source", ["import streamlit as st", "from os import environ", "import os.path"])
def test_the_check_finds_a_forbidden_import(source: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    assert within(tmp_path / "module.py", FORBIDDEN_MODULES)


@each_of(*PAGE)
def test_only_the_session_touches_the_state_of_a_visitor(file: Path) -> None:
    assert bool(attributes(file) & SESSION) == (file.name == "session.py")


@each_of(*PAGE)
def test_every_gesture_is_made_whole_by_a_call_of_the_session(file: Path) -> None:
    calls = [node.value for node in nodes(file) if isinstance(node, ast.keyword) and node.arg in CALLS]
    assert [ast.unparse(each) for each in calls if not isinstance(each, ast.Constant) and not of_session(each)] == []


def of_session(value: ast.expr) -> bool:
    """Tell if a value is what a function of the session returns."""
    return isinstance(value, ast.Call) and ast.unparse(value.func).startswith("session.")
