"""The lines of an estimate as a table, with exact amounts; and as the CSV that a town hall's accountant opens."""

from decimal import Decimal

import pandas as pd

from pricing.exported import as_csv
from pricing.tariff import Payee
from pricing.totals import HORIZON, Line, Total
from views.reports.handout import Handout
from views.reports.wording import INDICATIVE, NO_AMOUNT, adopted_words, how_often

YEARS = tuple(f"Année {number}" for number in range(1, HORIZON + 1))
COLUMNS = (
    *("Famille", "Service", "Tarif", "Quantité", "Unité", "Calcul", "Facturé par", "Payé", "Montant TTC"),
    *(*YEARS, "Six ans"),
)
"""Headings of the columns."""


def lines(handout: Handout) -> pd.DataFrame:
    """Lay each line out over six years, in euros including tax, then the totals of each body and of both.

    An amount that is not known is replaced by its word; the row under a total says what it leaves out, if anything;
    the last row is a sentence about all of them.
    """
    tariff = handout.tariff
    bodies: dict[Payee, str] = {payee: tariff.payees[payee].label for payee in tariff.billing}
    rows = [_line(line, bodies[line.payee]) for line in handout.estimate.lines]
    billing = [payee for payee in tariff.billing if handout.estimate.select(payee=payee)]
    for payee in [*billing, *([None] if len(billing) == 2 else [])]:
        name = bodies[payee] if payee else "Les deux organismes"
        totals = [year.of(payee=payee) for year in handout.schedule.years]
        totals.append(handout.estimate.six_years(payee=payee))
        first = {"Famille": "Total", "Facturé par": name}
        rows.append({**first, **dict(zip((*YEARS, "Six ans"), map(_known, totals), strict=True))})
        if any(total.known and total.partial for total in totals):
            besides = (" + ".join(total.left_out()) if total.known else "" for total in totals)
            first["Famille"] = "Non compris dans ce total"
            rows.append({**first, **dict(zip((*YEARS, "Six ans"), besides, strict=True))})
    rows.append({"Famille": f"Tarifs {adopted_words(tariff)}. {INDICATIVE}"})
    return pd.DataFrame(rows, columns=[*COLUMNS], dtype=object).fillna("")


def csv(handout: Handout) -> bytes:
    """Write the lines as CSV."""
    return as_csv(lines(handout))


def _line(line: Line, body: str) -> dict[str, object]:
    outcome, position = line.outcome, line.position
    amount = outcome.amount if outcome.kind == "priced" else NO_AMOUNT[outcome.kind]
    return {
        "Famille": position.family,
        "Service": position.service,
        "Tarif": position.label,
        "Quantité": line.quantity,
        "Unité": position.unit.many if line.quantity > 1 else position.unit.one,
        "Calcul": line.words(),
        "Facturé par": body,
        "Payé": how_often(position),
        "Montant TTC": amount,
        **{year: amount for number, year in enumerate(YEARS, 1) if line.due(number)},
        "Six ans": line.over_horizon() if isinstance(amount, Decimal) else amount,
    }


def _known(total: Total) -> Decimal | str:
    """Return the amount of a total, or the words in its place where nothing in it has one."""
    return total.amount if total.known or not (total.partial or total.not_stated) else total.words()
