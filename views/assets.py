"""Our style sheets and scripts: linked by the index where the app serves the page, added by the page elsewhere.

A host that does not look for an app runs the page with Streamlit's own index.html, which links none of them.
"""

import hashlib
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component

SCRIPTS = ("french", "page", "runs", "unsent", "fields", "presses", "search", "papers")
"""Our scripts in `views/`, in the order in which they run: plain modules that import and export nothing."""
SHEET, FOR_PAPER, FOR_PRESENTATION = "style.css", "print.css", "presentation.css"
"""The style sheet of every page, the one of paper, and the one of presentation mode alone."""
ICON = "icon.svg"
"""The page's icon: an image of our own, since a named one would be fetched from a third party."""

linked = False
"""True where the app serves the page: its index then links the style sheets and the scripts."""
_HERE = Path(__file__).parent


def hashed(name: str) -> str:
    """Return the name under which a browser may keep a file forever: ``style.0123456789ab.css``."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content(name).encode()).hexdigest()[:12]}.{suffix}"


@cache
def content(name: str) -> str:
    """Return the text of one of our files."""
    return (_HERE / name).read_text(encoding="utf-8")


def bring(*, presentation: bool) -> None:
    """Add to the page what the index does not link.

    presentation.css uses `:has()` on the whole page, which slows every edit: it is sent in presentation mode alone,
    and within the page, so that the page is never shown without it.
    """
    sheets = (() if linked else (SHEET, FOR_PAPER)) + ((FOR_PRESENTATION,) if presentation else ())
    if sheets:
        st.html(f"<style>{''.join(map(content, sheets))}</style>")
    if not linked:
        component("scripts", js=_module())(key="scripts")


@cache
def _module() -> str:
    """Return all scripts as the one module of a component, run once in a browser's page however often it is mounted."""
    blocks = "".join(f"{{\n{content(f'{name}.js')}}}\n" for name in SCRIPTS)
    return f"if (!window.simulateur) {{\nwindow.simulateur = true;\n{blocks}}}\nexport default () => {{}};\n"
