"""The page run by Streamlit's own test harness: opened with a query string, used, read, and its query string after."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

from pricing.catalogue import communes
from pricing.communes import findable
from pricing.simulation import Simulation
from tests.links import KINDS, read
from tests.serving import ROOT
from views.keys import SEVERAL


def open_at(parameters: Mapping[str, list[str]]) -> AppTest:
    """Open the page with these parameters in its query string."""
    page = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
    for name, values in parameters.items():
        page.query_params[name] = values
    return page.run()


def opened(query: str = "", section: str = "Le détail") -> AppTest:
    """Open the page by a query string, at one of its sections."""
    return at_section(open_at(parse_qs(query, keep_blank_values=True)), section)


def at_section(page: AppTest, section: str) -> AppTest:
    """Open one of the sections of a page, where it has any."""
    if section == "Le détail" or not [each for each in page.segmented_control if each.key == "section"]:
        return page
    page.segmented_control(key="section").set_value(section)
    return page.run()


def address(page: AppTest) -> dict[str, list[str]]:
    """Return the parameters in the address bar after a run, without the mark of the link's length."""
    written = {name: values if isinstance(values, list) else [values] for name, values in page.query_params.items()}
    return {name: values for name, values in written.items() if name != "signes"}


def held(page: AppTest) -> Simulation:
    """Return the simulation that the query string holds."""
    assert not page.exception
    return read(address(page)).simulation


# Gestures


def press(page: AppTest, key: str) -> AppTest:
    """Click a button."""
    page.button(key=key).click()
    return page.run()


def give(page: AppTest, **values: int | bool | None) -> AppTest:
    """Set some fields and boxes, all at once; of items that stand for one another, the kind or a number of each."""
    for key, value in values.items():
        if isinstance(value, bool):
            page.checkbox(key=key).set_value(value)
            continue
        if key in KINDS and not _alone(page, key):
            service, _ = KINDS[key]
            kind = page.radio(key=f"sorte-{service}")
            if kind.value != key and page.number_input(key=f"nombre-{service}").value:
                kind.set_value(SEVERAL).run()
            elif kind.value != key:
                kind.set_value(key)
        number(page, key).set_value(value)
    return page.run()


def number(page: AppTest, key: str) -> NumberInput:
    """Return the number field of an item, or the one of all the items that it stands for."""
    return page.number_input(key=key if key not in KINDS or _alone(page, key) else f"nombre-{KINDS[key][0]}")


def _alone(page: AppTest, key: str) -> bool:
    return any(each.key == key for each in page.number_input)


def write_in(page: AppTest, key: str, words: str) -> AppTest:
    """Type a text into a field."""
    page.text_input(key=key).set_value(words)
    return page.run()


def turn_to(page: AppTest, structure: str) -> AppTest:
    """Choose a kind of body."""
    page.segmented_control(key="structure").set_value(structure)
    return page.run()


def choose(page: AppTest, code: str) -> AppTest:
    """Choose a commune in the list, opened first where it is closed."""
    if not page.selectbox:
        press(page, "chercher")
    page.selectbox(key="commune").set_value(findable(communes()[code]))
    return page.run()


# Reading


def offered(page: AppTest, prefix: str = "") -> list[str]:
    """Return the keys of the buttons and text fields with this prefix, in the order of the page."""
    keys = [str(each.key) for each in (*page.button, *page.text_input)]
    return [key for key in keys if key.startswith(prefix)]


def words(page: AppTest) -> str:
    """Return everything a reader sees, with plain spaces."""
    return re.sub(r"\s+", " ", " ".join(_texts(page)))


def _texts(page: AppTest) -> Iterator[str]:
    assert not page.exception, page.exception
    for kind in ("html", "markdown", "subheader", "warning", "info", "error"):
        for element in page.get(kind):
            body = getattr(element, "proto", element)
            yield unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", getattr(body, "body", ""), flags=re.DOTALL))


def markdowns(page: AppTest) -> list[str]:
    """Return everything that Streamlit reads as Markdown."""
    bodies = [each.value for each in (*page.markdown, *page.warning, *page.info, *page.error, *page.caption)]
    fields = ("button", "text_input", "number_input", "checkbox", "expander", "selectbox", "radio", "button_group")
    labels = [element.proto.label for kind in fields for element in page.get(kind)]
    choices = [each for radio in page.radio for each in (*radio.options, *radio.proto.captions)]
    return [*bodies, *labels, *choices]
