"""Many communes that documents are made of, and what each document says of them, as amounts in words."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO, StringIO

import pandas as pd
from openpyxl import load_workbook
from pypdf import PdfReader

from pricing import Order, Tariff
from pricing.catalogue import communes, load
from pricing.link import Links
from pricing.portfolio import Member, portfolio, wanting
from tests.french import plain
from views.reports.group_handout import GroupHandout
from views.reports.group_paper import group_paper
from views.reports.group_tables import group_csv
from views.reports.group_workbook import group_workbook

SITE = "https://simulateur.example/"
COMMUNES = communes()
ARTOIS = [commune for commune in COMMUNES.values() if commune.epci == "200069482"]
ASKED = Order(mailboxes_5go=3, domains=1, backups=1, demarches_simplifiees=True)
"""Order of each of the 96 communes of Artois, in the question of the board."""
ANSWER = (
    "96 communes : 93 en catégorie A à 959,00 €, 3 en catégorie B à 1 009,00 €. Ensemble 92 214,00 € la 1re année, "
    "66 294,00 € chaque année ensuite, 423 684,00 € sur six ans (La Fibre Numérique 59-62 : 341 154,00 €, "
    "CDG 62 : 82 530,00 €)."
)
"""The board's answer, worked by hand from the act."""


def handout(members: Iterable[Member], tariff: Tariff, name: str = "CC des Campagnes de l'Artois") -> GroupHandout:
    """Price communes, to be handed over."""
    priced = portfolio(members, tariff)
    return GroupHandout(priced, name, date(2026, 11, 1), f"{SITE}?groupe=200069482", SITE, Links(load().tariffs))


def artois(tariff: Tariff, order: Order = ASKED) -> GroupHandout:
    """Return the 96 communes of Artois, which all ask for the same."""
    return handout(wanting(ARTOIS, order), tariff)


def in_workbook(of: GroupHandout) -> Iterator[dict[str, object]]:
    """Yield each row of the first sheet of the workbook by its headings."""
    rows = [*load_workbook(BytesIO(group_workbook(of)), data_only=True)["Communes"].iter_rows(values_only=True)]
    head = next(rank for rank, row in enumerate(rows) if row[0] == "Code INSEE")
    for row in rows[head + 1 :]:
        yield dict(zip(map(str, rows[head]), row, strict=True))


def in_csv(of: GroupHandout) -> pd.DataFrame:
    """Return the CSV of communes as a spreadsheet reads it."""
    return pd.read_csv(StringIO(group_csv(of).decode("utf-8-sig")), sep=";", dtype=str, keep_default_na=False)


def in_paper(of: GroupHandout) -> str:
    """Return the text of the paper, with plain spaces."""
    pages = PdfReader(BytesIO(group_paper(of))).pages
    return " ".join(plain(" ".join(page.extract_text() for page in pages)).replace("’", "'").split())
