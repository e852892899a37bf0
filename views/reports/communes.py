"""Many communes as a table in French: the CSV and the workbook that are taken away, and the list to paste back."""

from decimal import Decimal
from io import BytesIO
from itertools import count

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from pricing.link import Links
from pricing.money import ZERO
from pricing.portfolio import Figures, Portfolio, differences
from pricing.simulation import Simulation
from views.reports.tables import as_csv
from views.reports.wording import INDICATIVE, adopted_words
from views.reports.workbook_sheets import Sheet

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
"""Heading of the address of a commune's own simulation."""


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

    The list can be read again: its headings are those that a pasted list may have.
    """
    shown = headings(portfolio)
    frame = pd.DataFrame({heading: portfolio.frame[key] for key, heading in shown.items()})
    items = portfolio.tariff.items
    asked = [key for key in items if any(each.choice.order.quantity(key) for each in portfolio.members)]
    for key in asked:
        frame[items[key].label] = [each.choice.order.quantity(key) for each in portfolio.members]
    simulations = (Simulation(tariff=portfolio.tariff.adopted, choice=each.choice) for each in portfolio.members)
    frame[LINK] = [f"{site}?{links.query(simulation)}" for simulation in simulations]
    return frame


def csv(portfolio: Portfolio, links: Links, site: str = "") -> bytes:
    """Write the table as the CSV that a spreadsheet set to French opens."""
    return as_csv(table(portfolio, links, site).astype(object).fillna(""))


def workbook(portfolio: Portfolio, links: Links, title: str, site: str = "") -> bytes:
    """Write the communes as an Excel workbook (.xlsx): sums that follow what is changed, then a row a commune."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    whole = Sheet(book, title, "Ensemble", (26, *[17] * 9))
    _together(
        whole, portfolio, title, _rows(Sheet(book, title, "Communes", _widths(portfolio)), portfolio, links, site)
    )
    book.close()
    return file.getvalue()


def _widths(portfolio: Portfolio) -> tuple[float, ...]:
    return (11, 34, 11, 9, 11, *[15] * (len(headings(portfolio)) - 5), *[12] * len(portfolio.tariff.items), 60)


def _rows(sheet: Sheet, portfolio: Portfolio, links: Links, site: str) -> dict[str, str]:
    """Write a row a commune; return the range of cells of each column by its heading."""
    frame = table(portfolio, links, site)
    sheet.head(0, [*frame.columns], right=range(2, len(frame.columns) - 1))
    for row, cells in enumerate(frame.itertuples(index=False), 1):
        for column, cell in enumerate(cells):
            looks = ("euros",) if isinstance(cell, Decimal) else ("count",) if isinstance(cell, int) else ("text",)
            sheet.put(row, column, cell, *looks)
    sheet.page.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
    sheet.page.freeze_panes(1, 2)
    sheet.page.repeat_rows(0)
    named = zip(count(), frame.columns, strict=False)
    return {name: f"Communes!${(at := xl_col_to_name(n))}$2:${at}${max(len(frame), 1) + 1}" for n, name in named}


def _together(sheet: Sheet, portfolio: Portfolio, title: str, cells: dict[str, str]) -> None:
    """Write the answer in words, then the figures by category and together, each a formula over the rows."""
    sheet.put(0, 0, title, "title")
    made = f"Tarifs {adopted_words(portfolio.tariff)}. {INDICATIVE}"
    head = sheet.across(sheet.across(1, 0, 9, portfolio.words()), 0, 9, made)
    shown = [FIGURES[figure] for figure in Figures._fields] + [*LEFT_OUT.values()]
    sheet.head(head, ["Catégorie", "Communes", *shown], right=range(1, 8))
    by_category = portfolio.by_category
    for row, (category, found) in enumerate(by_category.iterrows(), head + 1):
        name = str(category)
        sheet.put(row, 0, name or "sans catégorie", "text")
        where = f'{cells[NAMED["category"]]},"{name}"' if name else f'{cells[NAMED["category"]]},""'
        sheet.put(row, 1, (f"=COUNTIFS({where})", found["members"]), "count")
        for column, (key, heading) in enumerate((FIGURES | LEFT_OUT).items(), 2):
            look = "euros" if key in FIGURES else "count"
            sheet.put(row, column, (f"=SUMIFS({cells[heading]},{where})", found[key]), look)
    last = head + 1 + len(by_category)
    sheet.put(last, 0, "Ensemble", "total")
    sheet.put(last, 1, (f"=COUNTA({cells[NAMED['name']]})", len(portfolio.members)), "count", "total")
    for column, (key, heading) in enumerate((FIGURES | LEFT_OUT).items(), 2):
        look = "euros" if key in FIGURES else "count"
        sheet.put(last, column, (f"=SUM({cells[heading]})", _sum(portfolio, key)), look, "total")
    _by_payee(sheet, portfolio, cells, last + 2)


def _by_payee(sheet: Sheet, portfolio: Portfolio, cells: dict[str, str], head: int) -> None:
    shown = headings(portfolio)
    sheet.head(head, ["Facturé par", *FIGURES.values()], right=range(1, 4))
    for row, payee in enumerate(portfolio.tariff.billing, head + 1):
        sheet.put(row, 0, portfolio.tariff.payees[payee].label, "text")
        for column, figure in enumerate(Figures._fields, 1):
            key = f"{figure}_{payee}"
            sheet.put(row, column, (f"=SUM({cells[shown[key]]})", _sum(portfolio, key)), "euros")


def _sum(portfolio: Portfolio, column: str) -> Decimal | int:
    return sum(portfolio.frame[column], 0)


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


def compared_workbook(before: Portfolio, after: Portfolio, title: str) -> bytes:
    """Write the same communes under two tariffs as an Excel workbook, with sums that follow what is changed."""
    file, frame = BytesIO(), compared(before, after)
    book = Workbook(file, {"in_memory": True})
    sheet = Sheet(book, title, "Écarts", (11, 34, 11, 11, *[16] * 5, 50))
    sheet.put(0, 0, title, "title")
    old, new = (f"Tarifs {adopted_words(each.tariff)}. {each.words()}" for each in (before, after))
    head = sheet.across(sheet.across(1, 0, 9, f"Avant : {old}"), 0, 9, f"Après : {new}")
    sheet.head(head, [*frame.columns], right=range(4, 9))
    for row, cells in enumerate(frame.itertuples(index=False), head + 1):
        for column, cell in enumerate(cells):
            look = "text" if isinstance(cell, str) else "euros" if column < 6 else "gap"
            sheet.put(row, column, cell, look)
    first, last = head + 2, head + 1 + len(frame)
    sheet.put(last, 1, "Ensemble", "total")
    for column in range(4, 9):
        at, value = xl_col_to_name(column), sum(frame.iloc[:, column], ZERO)
        sheet.put(last, column, (f"=SUM({at}{first}:{at}{last})", value), "gap" if column > 5 else "euros", "total")
    sheet.page.autofilter(head, 0, last - 1, len(frame.columns) - 1)
    sheet.page.freeze_panes(head + 1, 2)
    sheet.page.repeat_rows(head)
    book.close()
    return file.getvalue()
