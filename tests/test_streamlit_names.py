"""Names that Streamlit gives to its own elements, which our styles and scripts read though it promises none of them.

Each is here, with its use; a name of our own (`st-key-…`) takes its place wherever one will do.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import streamlit

from tests.serving import ROOT

NAMES: Mapping[str, str] = {
    "stApp": "the whole page: its colours, and its state for the script that waits for an answer",
    "data-test-script-state": "tells if a run of the page is under way",
    "data-test-connection-state": "tells if the page is connected",
    "stMain": "the part that scrolls",
    "stMainBlockContainer": "its margins, and its height in a frame",
    "stColumn": "two columns become one on a narrow screen",
    "stVerticalBlock": "presentation mode shares the height of the window out",
    "stHorizontalBlock": "the strip of presentation mode",
    "stNumberInput": "a row for a service; whole numbers in French; what is typed and not sent yet",
    "InputInstructions": "the hint below a number",
    "stTextInput": "what is typed and not sent yet",
    "stSelectbox": "a press in a list is never held, and an empty list is not printed",
    "stMarkdownContainer": "texts of the page's own, which are not translated",
    "stHtml": "texts of the page's own, which are not translated",
    "stElementToolbar": "hidden, being English",
    "stPrintGraphic": "the chart of presentation mode takes the height that is left",
    "stFullScreenFrame": "the chart of presentation mode takes the height that is left",
    "stVegaLiteChart": "the chart of presentation mode takes the height that is left",
    "data-focused": "the choice of a list that Enter would take, in high contrast",
    "data-live-announcer": "the list of communes says the names alone",
}
"""Names of elements and attributes in the page that Streamlit draws, each with what it is read for."""

IN_TESTS = {
    *("stAlert", "stAlertContent", "stException", "stMetricValue", "stSkeleton"),
    *("stCheckbox", "stNumberInputContainer", "data-focus-visible", "data-focus-within"),
}
"""Names that only tests and benches read."""
OURS = {
    *("data-awaited", "data-held", "data-kept", "data-unsent", "data-label"),
    *("data-code", "data-counted", "data-key", "data-options", "data-printed"),  # of the table of communes
}
"""Attributes that our own scripts set."""
USED = re.compile(
    r"\bst[A-Z]\w+|\bInputInstructions\b|\bdata-(?!testid\b)[\w-]+|\bdataset\.(\w+)|\b(?:st-emotion-cache|e[0-9a-z]{7}\d)\b"
)
"""Pattern of a name of Streamlit's, of an attribute, and of the names that its build makes up."""
FOLDER = Path(streamlit.__file__).parent / "static"


def used(folder: str) -> dict[str, set[str]]:
    """Return the names that a folder's files use, each with the files that use it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / folder).rglob("*.*"):
        if path.suffix in (".css", ".js", ".py") and path != Path(__file__):
            for name in set(names(path.read_text(encoding="utf-8"))) - OURS:
                found.setdefault(name, set()).add(path.name)
    return found


def names(text: str) -> list[str]:
    """Return the names in a text, an attribute as a style sheet writes it."""
    return [f"data-{kebab(match[1])}" if match[1] else match[0] for match in USED.finditer(text)]


def kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def test_no_other_name_of_streamlit_is_used_and_none_is_listed_in_vain() -> None:
    on_the_page, in_tests = used("views"), used("tests")
    assert {name: files for name, files in on_the_page.items() if name not in NAMES} == {}, "list it, with its use"
    assert NAMES.keys() - on_the_page.keys() == set(), "no longer used"
    assert {name: files for name, files in in_tests.items() if name not in {*NAMES, *IN_TESTS}} == {}, "list it"
    assert IN_TESTS - in_tests.keys() == set(), "no longer used"


def test_the_installed_streamlit_still_has_every_name() -> None:
    built = {word for path in FOLDER.rglob("*.js") for word in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))}
    assert {*NAMES, *IN_TESTS} - built == set(), "renamed or gone"


def test_a_name_is_found_however_it_is_written() -> None:
    text = """.stButton {} [data-testid="stForm"] {} [data-stale] {} .st-key-mine {} first.dataset.testScriptState
    .st-emotion-cache-x1"""
    assert names(text) == ["stButton", "stForm", "data-stale", "data-test-script-state", "st-emotion-cache"]
