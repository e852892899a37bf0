"""The detail: line by line, each with its arithmetic in words and its row of the act."""

import streamlit as st

from views.markup import quote, table, text
from views.reports.parts import Row, Service
from views.reports.summary import DETAIL, Summary


def show(summary: Summary) -> None:
    """Show every line of the estimate."""
    groups = {
        f'{text(service.name)} <span class="note">{text(service.family)}</span>': [
            _cells(row, service) for row in service.rows
        ]
        for service in summary.services
    }
    st.html(table("Chaque tarif, son calcul et qui le facture", DETAIL, groups, amounts=(3,)))


def _cells(row: Row, service: Service) -> tuple[str, ...]:
    source = row.source
    amount = f'{row.amount} <span class="note">{row.when}</span>' if row.kind == "priced" else row.amount
    return (
        f"{text(row.label)}"
        f"<details><summary>Dans l'acte</summary>{text(service.family)}, ligne « {text(source.row)} », "
        f"colonne « {text(source.column)} » : « {text(source.text)} »</details>",
        text(row.words),
        f'<span class="payee {row.payee}">{text(row.billed_by)}</span>',
        quote(row.amount) if row.kind in ("on_quote", "missing") else amount,
    )
