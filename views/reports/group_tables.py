"""The table of communes as the CSV that a spreadsheet opens, and that can be pasted back."""

from pricing.exported import as_csv, table
from views.reports.group_handout import GroupHandout


def group_csv(handout: GroupHandout) -> bytes:
    """Write a row a commune, with what it asks for and the URL of its own simulation."""
    return as_csv(table(handout.portfolio, handout.links, handout.site))
