"""The page run by Streamlit's own test harness: opened at an address, and what its address then holds."""

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

from tests.serving import ROOT


def open_at(parameters: Mapping[str, list[str]]) -> AppTest:
    """Open the page with these parameters in its address."""
    page = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
    for name, values in parameters.items():
        page.query_params[name] = values
    return page.run()


def at_section(page: AppTest, section: str) -> AppTest:
    """Open one of the sections of a page, where it has any."""
    if section == "Le détail" or not [each for each in page.segmented_control if each.key == "section"]:
        return page
    page.segmented_control(key="section").set_value(section)
    return page.run()


def address(page: AppTest) -> dict[str, list[str]]:
    """Return what the address bar holds after a run."""
    return {name: values if isinstance(values, list) else [values] for name, values in page.query_params.items()}
