"""The lock: everything that the page and its tests need is pinned, and installed in the pinned version."""

from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.metadata import requires as declared

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.serving import ROOT

PAGE, TESTS = "requirements.txt", "tests/requirements.txt"


def pinned(file: str) -> dict[str, Requirement]:
    """Return the requirements of a file by name, without those of a file that it includes."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines())
    found = [Requirement(line) for line in lines if line and not line.startswith("-r")]
    return {canonicalize_name(each.name): each for each in found}


def needed(names: Mapping[str, Requirement]) -> Iterator[tuple[str, str]]:
    """Yield each package that these need here, directly or in turn, with the one that needs it."""
    waiting = [(name, extra) for name, each in names.items() for extra in ("", *each.extras)]
    seen = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        try:
            words = declared(name) or ()
        except PackageNotFoundError:
            continue
        for each in map(Requirement, words):
            if each.marker and not each.marker.evaluate({"extra": extra}):
                continue
            yield canonicalize_name(each.name), name
            for found in ((canonicalize_name(each.name), of) for of in ("", *each.extras)):
                if found not in seen:
                    seen.add(found)
                    waiting.append(found)


@pytest.mark.parametrize("file", [PAGE, TESTS])
def test_each_version_is_pinned_and_installed(file: str) -> None:
    for name, each in pinned(file).items():
        [specifier] = each.specifier
        assert specifier.operator == "==", f"{name} is not pinned"
        if each.marker is None or each.marker.evaluate():
            assert version(name) == specifier.version, f"{name} {version(name)} is installed"


def test_every_package_that_the_page_needs_in_turn_is_pinned_too() -> None:
    page = pinned(PAGE)
    missing = {f"{name}=={version(name)} (for {by})" for name, by in needed(page) if name not in page}
    assert not missing


def test_every_package_that_the_tests_need_in_turn_is_pinned_too() -> None:
    every = pinned(PAGE) | pinned(TESTS)
    missing = {f"{name}=={version(name)} (for {by})" for name, by in needed(every) if name not in every}
    assert not missing


def test_no_package_is_pinned_without_need() -> None:
    asked = "streamlit pandas altair pydantic babel segno typst xlsxwriter docxtpl python-docx uvloop"
    page = pinned(PAGE)
    assert set(page) - {name for name, _ in needed(page)} <= set(asked.split())
