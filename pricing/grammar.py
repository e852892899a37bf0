"""Names of a link's parameters, and their values.

They never change: old links are in council papers and mails.
"""

import re
from collections.abc import Mapping
from typing import Any

from pricing.order import CHOICES, MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY, Structure
from pricing.repair import Shapes

ITEMS: Mapping[str, tuple[str, str]] = {
    "mailboxes_5go": ("messagerie-5go", "5go"),
    "mailboxes_unlimited": ("messagerie-illimitee", "illim"),
    "domains": ("domaines", "dom"),
    "web_pages": ("pages", "page"),
    "certificates_cdg_1y": ("cles-cdg-1an", "c1"),
    "certificates_cdg_2y": ("cles-cdg-2ans", "c2"),
    "certificates_cdg_3y": ("cles-cdg-3ans", "c3"),
    "certificates_on_site_1y": ("cles-site-1an", "s1"),
    "certificates_on_site_2y": ("cles-site-2ans", "s2"),
    "certificates_on_site_3y": ("cles-site-3ans", "s3"),
    "backups": ("sauvegardes", "sauv"),
    "extra_storage_go": ("stockage-go", "go"),
    "antivirus_devices": ("antivirus", "av"),
    "antivirus_intervention": ("intervention", "interv"),
    "demarches_simplifiees": ("demarches", "demar"),
}
"""Each item's name in the query string, and its short name within a scenario."""
SHORT: Mapping[str, str] = {"commune": "insee", "habitants": "hab", "agents": "ag"} | dict(ITEMS.values())
"""Short names within a scenario, by the names in the query string."""
STRUCTURES: Mapping[str, Structure] = {"commune": "commune", "epci": "epci", "autre": "other"}
_YES_OR_NO = ({"oui": True, "non": False}, "il faut oui ou non")
WORDS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "type": (STRUCTURES, "ce type de structure n'existe pas"),
    "vue": ({"presentation": True}, "cette vue n'existe pas"),
    **{name: _YES_OR_NO for item, (name, _) in ITEMS.items() if item in CHOICES},
}
"""Parameters that are one of some words: what each word means, and the reason why another is left out."""
MOST: Mapping[str, int] = {
    "habitants": MAX_INHABITANTS,
    "agents": MAX_AGENTS,
    **{name: MAX_QUANTITY for item, (name, _) in ITEMS.items() if item not in CHOICES},
}
"""Parameters that are numbers, with the largest."""
NUMBER = re.compile(r"(-?)([0-9][0-9 \u00a0\u202f]*)")
_PART = rf"(?:{'|'.join([*STRUCTURES, *(ITEMS[item][1] for item in CHOICES)])}|[0-9a-z]+-[0-9 \u00a0\u202f]*)"
SHAPES: Shapes = {
    "signes": re.compile("[0-9]{1,5}"),
    "tarif": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "commune": re.compile(r"[0-9][0-9AB][0-9]{3}"),
    **{name: re.compile("|".join(words)) for name, (words, _) in WORDS.items()},
    **dict.fromkeys(MOST, NUMBER),
    "scenario": re.compile(f"(?:{_PART}(?:_{_PART})*)?(?:~.*)?", re.DOTALL),
    "nom": re.compile(".*", re.DOTALL),
}
"""Every parameter, with the shape of its sound values."""
_TRACKING = re.compile(r"embed|embed_options|(?:utm|mtm|pk|mc)_.*|_hs.*|[a-z]*cl(?:k)?id|_ga|_gl|igsh(?:id)?")


def is_tracking(name: str) -> bool:
    """Tell if a parameter is one that mailing tools and frames add to any link."""
    return _TRACKING.fullmatch(name) is not None
