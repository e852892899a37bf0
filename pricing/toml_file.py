"""Decode and parse a file of data/, and say in French where it is not UTF-8 or not TOML."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from pricing.brackets import alone
from pricing.faults import Fault, FaultyFileError, short

PREVIOUS = "tarif précédent"
"""File that a remedy says to compare a tariff with, in French."""
ORIGINAL = "fichier d'origine"
"""File that a remedy says to compare another file with, in French."""
_ENCODE = "enregistrer le fichier au format UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage)"
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline")
"""Beginnings of tomllib's messages about a key that is written twice."""
_UNCLOSED = ("Unclosed array", "Unclosed inline table")
"""Beginnings of its messages about values that no comma separates, where every bracket is closed."""
_THREE = ('"""', "'''")
"""Quotes of words over several lines, which hide all that follows."""
_NOT_TOML = "cette ligne n'est pas du TOML"
_EMPTY = ("il manque une valeur après « = »", "l'y écrire ; une liste commence par « [ », et un prix par « {{ »")
"""Problem and remedy of a key without its value."""
_HINTS = (
    (r"[“”„]|[=[,]\s*«", _NOT_TOML, 'remplacer ces guillemets par des guillemets droits "…"'),
    ('"', _NOT_TOML, 'il manque un guillemet droit " au début ou à la fin des mots'),
    ("'", _NOT_TOML, 'écrire les mots entre guillemets droits "…" : une apostrophe les fermerait'),
    (r"\d,\d", _NOT_TOML, "écrire les centimes après un point : 10.50"),
    (r"\d\s*€", _NOT_TOML, "écrire les euros en chiffres, sans signe €, avec un point : 76.80"),
    (r"=\s*\d+([/.]\d+[/.]|-\d+-)\d", "cette date n'existe pas ou est mal écrite", "l'écrire comme 2027-01-31"),
    ("[\u00a0\u202f]", _NOT_TOML, "enlever l'espace insécable de cette ligne"),
    (r"\d \d", _NOT_TOML, "écrire le nombre sans espace"),
    (r"=\s*0\d", _NOT_TOML, "écrire le nombre sans zéro devant"),
    (
        r"^[^=]*[^\W\x00-\x7f][^=]*[=\]]",
        "une clé n'a pas d'accent",
        "l'écrire en petites lettres, chiffres et « _ », comme dans le {previous}",
    ),
    (r"=\s*([],}]|$)", *_EMPTY),
)
"""Patterns of a mistake in a line without its comment and with « x » for each text; the problem and the remedy."""
_ALONE = {
    "[": ("un crochet ouvert sur cette ligne n'est pas fermé", "le fermer par « ] » après ce qu'il entoure"),
    "{": ("une accolade ouverte sur cette ligne n'est pas fermée", "la fermer par « }} » sur la même ligne"),
    "]": ("cette ligne ferme un crochet qui n'est pas ouvert", "ajouter « [ » devant ce qu'il entoure, ou l'enlever"),
    "}": ("cette ligne ferme une accolade qui n'est pas ouverte", "ajouter « {{ » devant, ou l'enlever"),
}
"""Problem and remedy of a bracket or a brace that has no other."""
_OTHERWISE = (
    _NOT_TOML,
    'écrire « clé = valeur », les mots entre guillemets "…", les nombres sans espace ni signe €',
)
"""Problem and remedy of any other line."""
_NO_COMMA = ("il manque une virgule devant cette ligne, ou dans elle", "séparer les valeurs par des virgules")
"""Problem and remedy of values of a list that nothing separates."""


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


def _bare(line: str) -> str:
    """Return a line without its comment, with « x » for each text."""
    return re.sub(r"""("[^"]*"|'[^']*')|#.*""", lambda part: "x" if part[1] else "", line.strip())


def _fault(message: str, text: str, file: str, previous: str) -> Fault:
    """Return the fault of a file that is not TOML, from tomllib's message."""
    lines = text.split("\n")
    place = re.search(r"line (\d+)", message)
    number = min(int(place[1]), len(lines)) if place else len(lines)
    sign = alone(text)
    if message.startswith(_TWICE):
        problem, remedy = "cette clé est écrite deux fois", "n'en garder qu'une"
    elif message.startswith("Unterminated string") and (quotes := max(map(text.rfind, _THREE))) >= 0:
        number = text.count("\n", 0, quotes) + 1
        problem, remedy = "ces guillemets ne se ferment pas", 'mettre un seul guillemet droit " de chaque côté des mots'
    elif sign and sign.line <= number:
        number = sign.line
        problem, remedy = _EMPTY if re.search(r"=\s*[]}]", _bare(lines[number - 1])) else _ALONE[sign.text]
    else:
        known = (hint for pattern, *hint in _HINTS if re.search(pattern, _bare(lines[number - 1])))
        problem, remedy = next(known, _NO_COMMA if message.startswith(_UNCLOSED) else _OTHERWISE)
    line = lines[number - 1].strip()
    shown = f", « {short(line)} »" if line else ""
    return Fault(file, f"ligne {number}{shown}", "", problem, remedy.format(previous=previous))
