"""The lock: everything that the page and its tests need is pinned, and installed in the pinned version."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.serving import ROOT

PAGE, TESTS = "requirements.txt", "tests/requirements.txt"
ASKED = "streamlit pandas altair pydantic babel segno typst xlsxwriter docxtpl python-docx uvloop"
"""Packages that the page itself needs."""


def pinned(*files: str) -> dict[str, Requirement]:
    """Return the requirements of files by name, without those of a file that one includes."""
    lines = [line.partition("#")[0].strip() for file in files for line in (ROOT / file).read_text().splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith("-r")]
    return {canonicalize_name(each.name): each for each in found}


def needed(requirement: Requirement, seen: set[str]) -> Iterator[str]:
    """Yield each package that one needs here, directly or in turn."""
    try:
        declared = [Requirement(each) for each in requires(requirement.name) or ()]
    except PackageNotFoundError:
        return
    for each in declared:
        if each.marker and not any(each.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
            continue
        yield canonicalize_name(each.name)
        if str(each) not in seen:
            seen.add(str(each))
            yield from needed(each, seen)


@pytest.mark.parametrize("files", [[PAGE], [PAGE, TESTS]], ids=len)
def test_every_package_that_is_needed_in_turn_is_pinned_and_installed_so(files: list[str]) -> None:
    found, seen = pinned(*files), set[str]()
    for name, each in found.items():
        [specifier] = each.specifier
        assert specifier.operator == "==", f"{name} is not pinned"
        if each.marker is None or each.marker.evaluate():
            assert version(name) == specifier.version, f"{name} {version(name)} is installed"
    assert {name for each in found.values() for name in needed(each, seen)} <= set(found)


def test_no_package_is_pinned_without_need() -> None:
    page, seen = pinned(PAGE), set[str]()
    assert set(page) - {name for each in page.values() for name in needed(each, seen)} <= set(ASKED.split())
