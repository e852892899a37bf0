"""The CSV as a French spreadsheet reads it: every line, and totals equal to the estimate's."""

from csv import reader
from decimal import Decimal

from hypothesis import example, given, settings

from pricing import Client, Order, Tariff
from pricing.tariff import PAYEES
from pricing.totals import Total
from tests.reports.documents import TOWN, Simulation
from tests.test_properties import CLIENTS, ORDERS
from views.reports.tables import COLUMNS, csv


def amount(cell: str) -> Decimal | None:
    """Return the amount of a cell; None for one that holds a text or nothing."""
    return Decimal(cell.replace(",", ".")) if cell.replace(",", "").isdigit() else None


def told(total: Total) -> tuple[Decimal | None, str]:
    """Return the amount of a total and the text beside it, or the text in its place."""
    if total.known or not (total.partial or total.not_stated):
        return total.amount, " + ".join(total.left_out())
    return None, total.words()


def test_the_file_opens_in_a_french_spreadsheet(tariff: Tariff) -> None:
    content = csv(Simulation(TOWN, Order(mailboxes_5go=2, certificates_cdg_2y=1)).handout(tariff))
    assert content.startswith(b"\xef\xbb\xbf" + "Famille;Service;Tarif;Quantité".encode())
    lines = content.decode("utf-8-sig").replace("\u00a0", " ").split("\r\n")
    assert lines[2] == (
        "Présence en ligne;Messagerie;Compte 5 Go;2;comptes;2 comptes × 20,00 €;"
        "La Fibre Numérique 59-62;par an;40,00;40,00;40,00;40,00;40,00;40,00;40,00;240,00"
    )
    assert lines[4].endswith(
        ";1;certificat;1 certificat × 84,00 € pour 2 ans;La Fibre Numérique 59-62;tous les 2 ans;84,00;"
        "84,00;;84,00;;84,00;;252,00"
    )
    assert lines[-2] == "Tarifs adoptés le 26 mars 2024. Estimation indicative : seuls les devis engagent." + ";" * 15


@settings(max_examples=30)
@given(CLIENTS, ORDERS)
@example(Client(), Order(certificates_on_site_1y=1))  # the CDG states no price
def test_the_lines_add_up_to_the_totals_of_the_estimate(tariff: Tariff, client: Client, order: Order) -> None:
    paper = Simulation(client, order).handout(tariff)
    head, *rows = reader(csv(paper).decode("utf-8-sig").splitlines(), delimiter=";")
    assert head == [*COLUMNS]
    read = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    lines = [row for row in read if row["Service"]]
    assert len(lines) == len(paper.estimate.lines)
    for payee in (*PAYEES, None):
        name = tariff.payees[payee].label if payee else "Les deux organismes"
        totals = [row for row in read if row["Famille"] == "Total" and row["Facturé par"] == name]
        billing = [body for body in PAYEES if paper.estimate.select(payee=body)]
        assert len(totals) == (payee in billing if payee else len(billing) == 2)
        if not totals:
            continue
        own = [row for row in lines if payee is None or row["Facturé par"] == name]
        beside = [row for row in read if row["Famille"] == "Non compris dans ce total" and row["Facturé par"] == name]
        sums = {f"Année {year.number}": year.of(payee=payee) for year in paper.schedule.years}
        for column, wanted in {**sums, "Six ans": paper.estimate.six_years(payee=payee)}.items():
            known, words = told(wanted)
            assert amount(totals[0][column]) == known
            assert known is None or sum(filter(None, (amount(row[column]) for row in own))) == known
            assert words == (totals[0][column] if known is None else beside[0][column] if beside else "")
            assert bool(words) == any(row[column] in ("sur devis", "à compléter") for row in own) or wanted.not_stated
