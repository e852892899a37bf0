"""Days in French."""

from datetime import date

from babel.dates import format_date


def long_date(day: date) -> str:
    """Return a day in French: ``26 mars 2024``, ``1er avril 2024``."""
    return ("1er" if day.day == 1 else str(day.day)) + format_date(day, " MMMM y", locale="fr")
