"""The first bytes of the page: Streamlit's own index.html in French, with our style sheets and scripts."""

import re
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

STATIC = Path(st.__file__).parent / "static"

TITLE = "Simulateur des services numériques, Pas-de-Calais"
DESCRIPTION = (
    "Ce que coûtent à une commune ou à un autre organisme public du Pas-de-Calais les services numériques de "
    "La Fibre Numérique 59-62 et l'accompagnement du CDG 62 : la première année, chaque année ensuite, sur six ans."
)
WITHOUT_SCRIPT = (
    f"<h1>{TITLE}</h1><p>Ce simulateur calcule à mesure que vous répondez : il a besoin de JavaScript, qui est "
    "désactivé dans ce navigateur. Activez-le, puis rechargez la page.</p>"
)

CANNOT_OPEN = (
    '<section class="cannot-open" role="alert"><p><strong>Cette page ne parvient pas à s\'ouvrir.</strong> '
    "Si la connexion est lente, attendez encore un peu. Sinon\u00a0:</p><ul>"
    "<li>le réseau bloque peut-être les «\u00a0websockets\u00a0» dont elle a besoin, comme le fait parfois le filtre "
    "d'une collectivité\u00a0: demandez à votre service informatique de les autoriser pour ce site\u00a0;</li>"
    "<li>ou ce navigateur est trop ancien\u00a0: mettez-le à jour, ou ouvrez la page dans un autre, ou sur un "
    "téléphone.</li></ul><p>Rien n'est perdu\u00a0: l'adresse de cette page garde toute la simulation.</p></section>"
)
"""Text that style.css shows after some seconds, without any script, until the page has its title."""
FAILED = (
    "Cette page a rencontré une erreur, notée au journal du serveur. Rechargez-la : la simulation est gardée dans "
    "son adresse."
)
"""Text for a visitor in place of a page that fails."""


def small_page(title: str, words: str, home: str) -> str:
    """Return a page in French for an answer that is not the simulator; `words` is HTML, `home` the simulator's URL."""
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title}. {TITLE}</title></head>'
        f'<body><h1>{title}</h1>{words}<p><a href="{home}">Ouvrir le simulateur</a></p></body></html>'
    )


def index(page: str, sheet: str, for_paper: str, scripts: Sequence[str]) -> str:
    """Return Streamlit's own index.html in French, with our files. Raises RuntimeError where its text has changed."""
    ours = "".join(f'\n    <script type="module" src="./{script}"></script>' for script in scripts)
    # The screen does not wait for what is for paper alone.
    sheets = f'<link rel="stylesheet" href="./{sheet}" /><link rel="stylesheet" media="print" href="./{for_paper}" />'
    for what, pattern, replacement in (
        ("language", r'<html lang="en">', '<html lang="fr">'),
        (
            "title",
            r"<title>Streamlit</title>",
            f'<title>{TITLE}</title>\n    <meta name="description" content="{DESCRIPTION}" />{ours}',
        ),
        ("icon", r'<link rel="shortcut icon" href="\./favicon\.png" />', '<link rel="icon" href="./icon.svg" />'),
        ("noscript", r"<noscript>.*?</noscript>", f"<noscript>{WITHOUT_SCRIPT}</noscript>"),
        # Streamlit adds its styles to the head while it draws: ours come after them, and before what they style.
        (
            "root",
            r'<div id="root"></div>',
            f'{sheets}\n    <div id="root"></div>\n    {CANNOT_OPEN}',
        ),
        # Programs are offered no way of their own into a visitor's page: that path is closed.
        ("pointer for programs", r'\s*<link rel="service-desc" href="\./_stcore/agent/openapi\.json" />', ""),
        # It only tells a crawler when to look, and the policy allows no script written in a page.
        ("script in the page", r"\s*<script>\s*window\.prerenderReady = false\s*</script>", ""),
    ):
        page, found = re.subn(pattern, lambda _, words=replacement: words, page, flags=re.DOTALL)
        if found != 1:
            raise RuntimeError(f"Streamlit's index.html has changed: its {what} is found {found} times, not once.")
    if "./static/js/index." not in page:
        raise RuntimeError("Streamlit's index.html has changed: its script is no longer ./static/js/index.*.js.")
    return page
