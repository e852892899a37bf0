"""Sentences on the state of a link as it arrives."""

from urllib.parse import parse_qs

import pytest

from pricing.link import REFUSED
from tests.french import plain
from tests.links import MAX_READ, read
from views.told import CUT, NOTHING, sentences

BEGINNING = "Une partie du lien n'a pas pu être lue et a été laissée de côté : "
REST = " Tout le reste est repris."


def told(address: str) -> list[str]:
    """Return the sentences on a query string."""
    return [plain(each) for each in sentences(read(parse_qs(address, keep_blank_values=True)))]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", []),
        ("domaines=1", []),
        ("signes=10&domaines=1", []),
        ("amp;domaines=1).", []),
        ("domaines=1&utm_source=lettre&fbclid=x", []),
        ("utm_source=lettre", []),
        ("signes=11&domaines=1", [CUT]),
        ("signes=20&domaines=1&agents", [CUT, f"{BEGINNING}agents sans valeur (il faut un nombre entier)."]),
        ("tarif=2024-03-26", [NOTHING]),
        ("signes=118", [NOTHING]),
        ("habitants=abc&prix=1", [NOTHING]),
        ("domaines=1&prix=0", [f"{BEGINNING}prix « 0 » (ce paramètre n'existe pas).{REST}"]),
        ("signes=16&tarif=2024-03-26&prix=0", [f"{BEGINNING}prix « 0 » (ce paramètre n'existe pas)."]),
        (f"domaines={'1' * (MAX_READ + 1)}", [REFUSED.refused]),
    ],
)
def test_the_state_of_a_link_is_reported(address: str, said: list[str]) -> None:
    assert told(address) == [plain(each) for each in said]


@pytest.mark.parametrize(("unread", "more"), [(6, ""), (7, " ; et 1 autre"), (8, " ; et 2 autres")])
def test_six_unreadable_parts_are_named_and_the_others_counted(unread: int, more: str) -> None:
    names = [f"p{rank}" for rank in range(unread)]
    named = " ; ".join(f"{name} « 1 » (ce paramètre n'existe pas)" for name in names[:6])
    assert told("&".join(f"{name}=1" for name in [*names, "domaines"])) == [f"{BEGINNING}{named}{more}.{REST}"]
