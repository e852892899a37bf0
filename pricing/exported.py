"""Many clients as a table under French headings, as CSV or Excel: the list that is handed over and pasted back."""

from decimal import Decimal
from io import BytesIO

import pandas as pd

from pricing.link import Links
from pricing.portfolio import Figures, Portfolio, differences
from pricing.simulation import Simulation
from pricing.totals import Total

NAMED = {
    "code": "Code INSEE",
    "name": "Commune",
    "inhabitants": "Habitants",
    "agents": "Agents",
    "category": "Catégorie",
}
"""Headings of what is known of a commune."""
FIGURES = {"first_year": "1re année", "recurring": "Par an ensuite", "six_years": "Six ans"}
"""Headings of the three figures; each later year with certificates spread over their term."""
LEFT_OUT = {"on_quote": "Sur devis", "missing": "À compléter", "not_stated": "Sans prix indiqué"}
"""Headings of the numbers of amounts that the figures leave out."""
LINK = "Lien"
"""Heading of the query string of a commune's own simulation, to be written after the address of the page."""


def headings(portfolio: Portfolio) -> dict[str, str]:
    """Return the French heading of each column of the portfolio's frame that is shown."""
    shares = {
        f"{figure}_{payee}": f"{portfolio.tariff.payees[payee].short} : {FIGURES[figure].lower()}"
        for payee in portfolio.tariff.billing
        for figure in Figures._fields
    }
    return {**NAMED, **FIGURES, **shares, **LEFT_OUT}


def table(portfolio: Portfolio, links: Links, site: str = "") -> pd.DataFrame:
    """Return a row a commune under French headings, with what it asks for and the link to its own simulation.

    `site` is the URL of the page. The list can be read again: its headings are those that a pasted list may have.
    """
    shown = headings(portfolio)
    frame = pd.DataFrame({heading: portfolio.frame[key] for key, heading in shown.items()})
    for payee in (None, *portfolio.tariff.billing):
        for rank, figure in enumerate(Figures._fields):
            heading = shown[f"{figure}_{payee}" if payee else figure]
            frame[heading] = [_known(each[payee][rank]) for each in portfolio.shares]
    items = portfolio.tariff.items
    asked = [key for key in items if any(each.choice.order.quantity(key) for each in portfolio.members)]
    for key in asked:
        frame[items[key].label] = [each.choice.order.quantity(key) for each in portfolio.members]
    simulations = (Simulation(tariff=portfolio.tariff.adopted, choice=each.choice) for each in portfolio.members)
    frame[LINK] = [f"{site}?{links.query(simulation)}" for simulation in simulations]
    return frame


def _known(total: Total) -> Decimal | str:
    """Return the amount of a total, or the words in its place where none of its lines has one: that is no 0 €."""
    if total.known or not (total.partial or total.not_stated):
        return total.amount
    return "sur devis" if total.on_quote else "à compléter" if total.missing else total.known_words()


COMPARED = {
    "code": "Code INSEE",
    "name": "Commune",
    "category_before": "Catégorie avant",
    "category_after": "Catégorie après",
    "six_years_before": "Six ans avant",
    "six_years_after": "Six ans après",
    "first_year": "Écart la 1re année",
    "recurring": "Écart par an ensuite",
    "six_years": "Écart sur six ans",
    "words": "En clair",
}
"""Headings of two tariffs set against each other."""


def compared(before: Portfolio, after: Portfolio) -> pd.DataFrame:
    """Return the same communes under two tariffs, a row a commune, under French headings."""
    return differences(before, after).rename(columns=COMPARED)


def _written(cell: object) -> str:
    """Return a cell as text: pandas would write whole numbers beside empty cells with decimals."""
    return "" if cell is None else str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def as_csv(frame: pd.DataFrame) -> bytes:
    """Write a table as the CSV that a spreadsheet set to French opens: « ; », decimal comma, UTF-8 with its mark."""
    written = frame.map(_written)
    return written.to_csv(sep=";", index=False, lineterminator="\r\n").encode("utf-8-sig")


def as_workbook(frame: pd.DataFrame, sheet: str) -> bytes:
    """Write a table as an Excel workbook (.xlsx) of one sheet, amounts as numbers."""
    file = BytesIO()
    with pd.ExcelWriter(file, engine="xlsxwriter") as writer:
        frame.to_excel(writer, sheet_name=sheet, index=False, freeze_panes=(1, 2), autofilter=True)
    return file.getvalue()
