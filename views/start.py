"""Checks before anything is served: all faults are printed in French, and the server does not start."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import streamlit as st
from streamlit import config

from pricing.catalogue import DELIBERATION, content
from pricing.faults import Fault, FaultyFileError
from pricing.toml_file import ORIGINAL, parse
from views import assets, kept
from views.reports import deliberation_check

SETTINGS = "config.toml"
"""File of Streamlit's settings: without it, Streamlit would show its tracebacks to visitors."""
FRAMES = "FRAME_ANCESTORS"
"""Environment variable that lists, as a Content-Security-Policy does, the sites that may frame the page."""


def frames() -> str:
    """Return the sites that may frame the page."""
    return os.environ.get(FRAMES, "'self'")


def check() -> None:
    """Check all that the page is made of. Exit with every fault, in French, where there is one."""
    # Whatever the host's settings, no visitor is shown the details of an error.
    st.set_option("client.showErrorDetails", "none")
    settings = [file for file in map(Path, config.get_config_files(SETTINGS)) if file.is_file()]
    sheets = (assets.SHEET, assets.FOR_PAPER, assets.FOR_PRESENTATION)
    ours = (*sheets, *(f"{script}.js" for script in assets.SCRIPTS), assets.ICON)
    reads: list[Callable[[], object]] = [
        *(lambda file=file: parse(content(file), str(file), ORIGINAL) for file in settings),
        *(kept.tariffs, kept.communes, _draft),
        *(lambda name=name: content(Path(__file__).parent / name) for name in ours),
    ]
    if found := [*_environment(), *(fault for read in reads for fault in _faults(read))]:
        sys.exit("\n".join(["Le simulateur ne démarre pas :", *map(str, found)]))


def _environment() -> Iterator[Fault]:
    if not (Path(".streamlit") / SETTINGS).is_file():
        remedy = "le remettre, et lancer depuis le dossier de streamlit_app.py"
        yield Fault(f".streamlit/{SETTINGS}", "", "", "ce fichier n'est pas là", remedy)
    sites = frames()
    if not sites.strip() or not sites.isprintable() or set(sites) & set(";,"):
        remedy = "l'écrire comme 'self' https://www.example.fr"
        yield Fault("environnement", FRAMES, sites, "ce n'est pas une liste de sites séparés par des espaces", remedy)


def _draft() -> None:
    if found := deliberation_check.faults(content(DELIBERATION), DELIBERATION.name):
        raise FaultyFileError(found)


def _faults(read: Callable[[], object]) -> tuple[Fault, ...]:
    """Return the faults that keep something from being read."""
    try:
        read()
    except FaultyFileError as error:
        return error.faults
    return ()
