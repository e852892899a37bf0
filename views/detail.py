"""The detail: line by line, each with its arithmetic in words and its row of the act."""

from itertools import groupby

import streamlit as st

from pricing import Estimate, Line, Tariff, euros
from views.markup import quote, table, text
from views.reports.wording import NO_AMOUNT, how_often


def show(estimate: Estimate, tariff: Tariff) -> None:
    """Show every line of the estimate."""
    st.html(
        table(
            "Chaque tarif, son calcul et qui le facture",
            ("Tarif", "Calcul", "Facturé par", "Montant"),
            {
                f'{text(service)} <span class="note">{text(family)}</span>': [_row(line, tariff) for line in lines]
                for (family, service), lines in groupby(
                    estimate.lines, key=lambda line: (line.position.family, line.position.service)
                )
            },
            amounts=(3,),
        )
    )


def _row(line: Line, tariff: Tariff) -> tuple[str, ...]:
    position, source = line.position, line.position.source
    return (
        f"{text(position.label)}"
        f"<details><summary>Dans l'acte</summary>{text(position.family)}, ligne « {text(source.row)} », "
        f"colonne « {text(source.column)} » : « {text(source.text)} »</details>",
        text(line.words()),
        f'<span class="payee {line.payee}">{text(tariff.payees[line.payee].short)}</span>',
        _amount(line),
    )


def _amount(line: Line) -> str:
    outcome = line.outcome
    if outcome.kind == "priced":
        return f'{euros(outcome.amount)} <span class="note">{how_often(line.position)}</span>'
    words = NO_AMOUNT[outcome.kind]
    return quote(words) if outcome.kind in ("on_quote", "missing") else words
