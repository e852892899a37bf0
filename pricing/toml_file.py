"""Decode and parse a file of data/, and say in French where it is not UTF-8 or not TOML."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from pricing.faults import Fault, FaultyFileError, short

PREVIOUS = "tarif précédent"
"""File that a remedy says to compare a tariff with, in French."""
ORIGINAL = "fichier d'origine"
"""File that a remedy says to compare another file with, in French."""
_ENCODE = "enregistrer le fichier au format UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage)"
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline")
"""Beginnings of tomllib's messages about a key that is written twice."""
_NOT_TOML = "cette ligne n'est pas du TOML"
_ACCENT = "une clé n'a pas d'accent"
_HINTS = (
    ("[“”„«»]", _NOT_TOML, 'remplacer ces guillemets par des guillemets droits "…"'),
    ('"', _NOT_TOML, 'il manque un guillemet droit " au début ou à la fin des mots'),
    (r"\d,\d", _NOT_TOML, "écrire les centimes après un point : 10.50"),
    (r"=\s*\d+([/.]\d+[/.]|-\d+-)\d", "cette date n'existe pas ou est mal écrite", "l'écrire comme 2027-01-31"),
    ("[\u00a0\u202f]", _NOT_TOML, "enlever l'espace insécable de cette ligne"),
    (r"=\s*0\d", _NOT_TOML, "écrire le nombre sans zéro devant"),
    (
        r"^[^=]*[^\W\x00-\x7f][^=]*[=\]]",
        "une clé n'a pas d'accent",
        "l'écrire en petites lettres, chiffres et « _ », comme dans le {previous}",
    ),
    (
        "",
        _NOT_TOML,
        'écrire « clé = valeur », les mots entre guillemets "…", les nombres sans espace ni signe €, '
        "et fermer chaque crochet et chaque accolade",
    ),
)
"""Patterns of a mistake in a line without its quoted text and its comment, with the problem and the remedy."""


def decoded(content: bytes, file: str, remedy: str = _ENCODE) -> str:
    """Return the text of a file. Raises FaultyFileError where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"ligne {content.count(10, 0, error.start) + 1}"
        raise FaultyFileError([Fault(file, place, "", "le fichier n'est pas en UTF-8", remedy)]) from None


def parse(content: bytes, file: str, previous: str = PREVIOUS) -> dict[str, Any]:
    """Parse the bytes of a TOML file; `previous` is what a remedy says to compare it with. Raises FaultyFileError."""
    text = decoded(content, file)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FaultyFileError([_fault(str(error), text, file, previous)]) from None


def _fault(message: str, text: str, file: str, previous: str) -> Fault:
    """Return the fault of a file that is not TOML, from tomllib's message."""
    lines = text.split("\n")
    place = re.search(r"line (\d+)", message)
    number = min(int(place[1]), len(lines)) if place else len(lines)
    line = lines[number - 1].strip()
    if message.startswith(_TWICE):
        problem, remedy = "cette clé est écrite deux fois", "n'en garder qu'une"
    else:
        unquoted = re.sub(r'"[^"]*"|#.*', "", line)
        problem, remedy = next(hint for sign, *hint in _HINTS if re.search(sign, unquoted))
    shown = f", « {short(line)} »" if line else ""
    return Fault(file, f"ligne {number}{shown}", "", problem, remedy.format(previous=previous))
