"""The CSV as a French spreadsheet reads it: every line, and totals equal to the estimate's."""

import csv as reader
from datetime import date
from decimal import Decimal

from hypothesis import given

from pricing import Client, Order, Tariff, estimate
from pricing.estimate import Total
from pricing.tariff import PAYEES
from tests.test_properties import CLIENTS, ORDERS
from views.reports.handout import Handout
from views.reports.tables import COLUMNS, csv

LEFT_OUT = "Non compris dans ce total"


def rows(handout: Handout) -> list[dict[str, str]]:
    """Return the rows of the file as a spreadsheet opens them."""
    head, *read = reader.reader(csv(handout).decode("utf-8-sig").splitlines(), delimiter=";")
    assert head == [*COLUMNS]
    assert all(len(row) == len(COLUMNS) for row in read)
    return [dict(zip(COLUMNS, row, strict=True)) for row in read]


def handout(client: Client, order: Order, tariff: Tariff) -> Handout:
    return Handout(estimate(client, order, tariff), tariff, "", date(2026, 11, 26), "https://simulateur.example/?")


def amount(cell: str) -> Decimal | None:
    """Return the amount of a cell; None for one that holds a text or nothing."""
    return Decimal(cell.replace(",", ".")) if cell.replace(",", "").isdigit() else None


def told(total: Total) -> tuple[Decimal | None, str]:
    """Return the amount of a total and the text beside it, or the text in its place."""
    if total.known or not (total.partial or total.not_stated):
        return total.amount, " + ".join(total.left_out())
    return None, total.words()


def test_the_file_opens_in_a_french_spreadsheet(tariff: Tariff) -> None:
    order = Order(mailboxes_5go=4, backups=1, extra_storage_go=130)
    content = csv(handout(Client(inhabitants=1_250, agents=6), order, tariff))
    assert content.startswith(b"\xef\xbb\xbf" + "Famille;Service;Tarif;Quantité".encode())
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[2] == (
        "Présence en ligne;Messagerie;Compte 5 Go;4;comptes;4 comptes × 20,00 €;"
        "La Fibre Numérique 59-62;par an;80,00;80,00;80,00;80,00;80,00;80,00;80,00;480,00".replace(" €", "\u00a0€")
    ).replace("4 comptes", "4\u00a0comptes")
    assert lines[-2] == (
        "Tarif du 26 mars 2024. Estimation indicative : seuls les devis engagent." + ";" * (len(COLUMNS) - 1)
    )


@given(CLIENTS, ORDERS)
def test_the_lines_add_up_to_the_totals_of_the_estimate(tariff: Tariff, client: Client, order: Order) -> None:
    paper = handout(client, order, tariff)
    read = rows(paper)
    lines = [row for row in read if row["Service"]]
    assert len(lines) == len(paper.estimate.lines)
    labels = {payee: tariff.payees[payee].label for payee in PAYEES}
    for payee in (*PAYEES, None):
        if not paper.estimate.select(payee=payee):
            continue
        name = labels[payee] if payee else "Les deux organismes"
        own = [row for row in lines if payee is None or row["Facturé par"] == name]
        beside = [row for row in read if row["Famille"] == LEFT_OUT and row["Facturé par"] == name]
        (total,) = [row for row in read if row["Famille"] == "Total" and row["Facturé par"] == name]
        sums = {f"Année {year.number}": year.of(payee=payee) for year in paper.schedule.years}
        for column, wanted in {**sums, "Six ans": paper.estimate.six_years(payee=payee)}.items():
            known, words = told(wanted)
            assert amount(total[column]) == known
            assert known is None or sum(filter(None, (amount(row[column]) for row in own))) == known
            said = total[column] if known is None else beside[0][column] if beside else ""
            assert said == words
            assert bool(words) == any(row[column] in ("sur devis", "à compléter") for row in own) or wanted.not_stated
