"""Days in French."""

from datetime import date

from babel.dates import format_date

MONTH_NAMES = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
"""Names of the months, in their order."""


def long_date(day: date) -> str:
    """Return a day in French: ``26 mars 2024``, ``1er avril 2024``."""
    return ("1er" if day.day == 1 else str(day.day)) + format_date(day, " MMMM y", locale="fr")
