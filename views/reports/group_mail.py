"""The list for a mail merge: a row a commune, with the mail to write, its link, and the name of its paper's file."""

import pandas as pd

from pricing.exported import as_csv, as_workbook
from views.reports.group_handout import GroupHandout
from views.reports.mail import short
from views.reports.summary import Summary

HEADINGS = ("Code INSEE", "Commune", "Courriel", "Objet", "Texte", "Lien", "Note")
"""Headings of the columns; the list can be pasted back, with the mail addresses that are filled in."""


def mail_merge(handout: GroupHandout) -> pd.DataFrame:
    """Return a row a commune; the mail address is empty where the list had none."""
    codes = (each.choice.commune for each in handout.portfolio.members)
    summaries = (Summary(each) for each in handout.alone())
    rows = [
        (
            code,
            each.handout.name,
            handout.mails.get(code, ""),
            each.title,
            short(each),
            each.handout.link,
            each.handout.file_name("pdf"),
        )
        for code, each in zip(codes, summaries, strict=True)
    ]
    return pd.DataFrame(rows, columns=[*HEADINGS], dtype=object)


def mail_merge_csv(handout: GroupHandout) -> bytes:
    """Write the list as CSV."""
    return as_csv(mail_merge(handout))


def mail_merge_workbook(handout: GroupHandout) -> bytes:
    """Write the list as an Excel workbook."""
    return as_workbook(mail_merge(handout), "Publipostage")
