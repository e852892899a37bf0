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
from views.files import FRAMES, headers
from views.reports import deliberation_check

SETTINGS = "config.toml"
"""File of Streamlit's settings: without it, Streamlit would show its tracebacks to visitors."""
PAGE = "streamlit_app.py"
"""The page, in whose folder the settings are."""


def check() -> None:
    """Check all that the page is made of. Exit with every fault, in French, where there is one."""
    if found := [*_settings(), *_files()]:
        sys.exit("\n".join(["Le simulateur ne démarre pas :", *map(str, found)]))


def _settings() -> Iterator[Fault]:
    """Yield the faults of the settings."""
    for file in map(Path, config.get_config_files(SETTINGS)):
        if file.is_file():
            yield from _faults(lambda file=file: parse(content(file), str(file), ORIGINAL))
    if not (Path(".streamlit") / SETTINGS).is_file():
        remedy = f"le remettre, et lancer depuis le dossier de {PAGE}"
        yield Fault(f".streamlit/{SETTINGS}", "", "", "ce fichier n'est pas là", remedy)
    # Whatever the host's settings, no visitor is shown the details of an error.
    st.set_option("client.showErrorDetails", "none")
    frames = os.environ.get(FRAMES, "'self'")
    try:
        headers(frames)
    except ValueError:
        remedy = "l'écrire comme 'self' https://www.example.fr"
        yield Fault("environnement", FRAMES, frames, "ce n'est pas une liste de sites séparés par des espaces", remedy)


def _files() -> Iterator[Fault]:
    """Yield the faults of data/, and of the files beside this one."""
    for read in (kept.tariffs, kept.communes, kept.proposals):
        yield from _faults(read)
    yield from _faults(_draft)
    for name in (assets.SHEET, assets.FOR_PRESENTATION, *(f"{script}.js" for script in assets.SCRIPTS), "icon.svg"):
        yield from _faults(lambda name=name: content(Path(__file__).parent / name))


def _draft() -> None:
    """Read the draft's template. Raises FaultyFileError."""
    if found := deliberation_check.faults(content(DELIBERATION), DELIBERATION.name):
        raise FaultyFileError(found)


def _faults(read: Callable[[], object]) -> tuple[Fault, ...]:
    """Return the faults that keep something from being read; empty where there are none."""
    try:
        read()
    except FaultyFileError as error:
        return error.faults
    return ()
