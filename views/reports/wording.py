"""The French words around the figures: names, rhythms, what is left out, and what is assumed."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from pricing.category import Placed
from pricing.compare import Comparison
from pricing.dates import long_date
from pricing.estimate import Estimate
from pricing.money import counted, euros
from pricing.order import Client, Structure, hardly_meant
from pricing.readings import Answer
from pricing.shared_points import SharedEffect
from pricing.tariff import Item, Payee, Position, Tariff, uncapital
from views.reports.terms import terms

STRUCTURES: Mapping[Structure, str] = {
    "commune": "Commune",
    "epci": "Intercommunalité",
    "other": "CCAS, syndicat…",
}
"""Kinds of body, as the page offers them."""
NO_AMOUNT = {
    "on_quote": "sur devis",
    "missing": "à compléter",
    "not_stated": "non indiqué",
    "included": "inclus",
    "in_place": "déjà en place",
}
"""Words in place of an amount, by the kind of outcome."""
THIS_ESTIMATE = "Cette estimation"
"""Name of the present estimate in a table, beside its options and scenarios."""
INDICATIVE = "Estimation indicative : seuls les devis engagent."
"""Sentence on every page and paper."""


def title_of(name: str) -> str:
    """Return the title of what is handed over; `name` is the collectivité's, or empty."""
    return f"Estimation des services numériques{f' : {name}' if name else ''}"


def of_place(name: str) -> str:
    """Return a commune's name after « commune »: ``de Ruitz``, ``d'Arras``, ``du Touquet-Paris-Plage``."""
    article, _, rest = name.partition(" ")
    if rest and article in ("Le", "Les"):
        return f"{'du' if article == 'Le' else 'des'} {rest}"
    plain = unicodedata.normalize("NFD", name)[:1].lower()
    return f"d'{name}" if plain in tuple("aeiouy\u0153") else f"de {name}"


def at_place(name: str) -> str:
    """Return a commune's name as the place of something: ``à Ruitz``, ``au Touquet-Paris-Plage``, ``aux Attaques``."""
    article, _, rest = name.partition(" ")
    return f"{'au' if article == 'Le' else 'aux'} {rest}" if rest and article in ("Le", "Les") else f"à {name}"


def assumptions(tariff: Tariff, in_place: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the assumptions of an estimate under a tariff; `in_place` are the services that pay no set-up."""
    but = f", sauf ce qui est déjà en place ({', '.join(in_place)})" if in_place else ""
    return (
        "Montants en euros, toutes taxes comprises.",
        f"Années complètes, prix de {tariff.adopted.year} sans hausse, tous les comptes nouveaux{but}.",
        *filter(None, [terms(tariff).assumed]),
    )


def adopted_words(tariff: Tariff, by: str = "") -> str:
    """Say when prices were adopted, `by` whom, and from when they apply if later: ``adoptés le 26 mars 2024``."""
    later = tariff.in_force_from != tariff.adopted
    from_ = f", applicables dès le {long_date(tariff.in_force_from)}" if later else ""
    return f"adoptés le {long_date(tariff.adopted)}{by}{from_}"


def act_words(tariff: Tariff) -> str:
    """Return the full name of a tariff's act: ``la délibération du 26 mars 2024, conseil d'administration du …``."""
    body = f"{uncapital(tariff.body)} ({tariff.payees['cdg'].label})" if "cdg" in tariff.payees else tariff.body
    later = tariff.in_force_from != tariff.adopted
    from_ = f", applicable à compter du {long_date(tariff.in_force_from)}" if later else ""
    return f"la délibération du {long_date(tariff.adopted)}, {body}, ayant pour objet : « {tariff.title} »{from_}"


def made_words(day: date, tariff: Tariff) -> str:
    """Say on which day something was made, and by which act."""
    return f"Établie le {long_date(day)} d'après {act_words(tariff)}."


def made_briefly_words(day: date, tariff: Tariff) -> str:
    """Say the same in short, with the reminder that only quotes are binding."""
    adopted = adopted_words(tariff, f" par le {tariff.payees['cdg'].short}" if "cdg" in tariff.payees else "")
    return f"Établie le {long_date(day)} aux tarifs TTC {adopted}. {INDICATIVE}"


@cache
def services_of_grid(tariff: Tariff, grid: str) -> str:
    """Return the services whose price goes by the client's category in a grid."""
    found = (each.service for each in tariff.positions if tariff.grid(each) is tariff.grids[grid])
    return " et ".join(dict.fromkeys(found))


def categories(estimate: Estimate, tariff: Tariff) -> list[tuple[str, str, str]]:
    """Return each grid that something asked for depends on, with the client's category, its services and its reason.

    A service that has no amount without a category is named with what is missing.

    ``("demarches", "Catégorie B", "pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000")``
    """
    said: list[tuple[str, str, str]] = []
    for grid, placement in estimate.placements.items():
        depending = [
            line.position.service for line in estimate.lines if tariff.grid(line.position) is tariff.grids[grid]
        ]
        if not isinstance(placement, Placed):
            said += [(grid, service, placement.words()) for service in dict.fromkeys(depending)]
        elif depending:
            services = services_of_grid(tariff, grid)
            said.append((grid, f"Catégorie {placement.category}", f"pour {services} : {placement.words()}"))
    return said


def doubt(item: Item, client: Client, quantity: int) -> str:
    """Return a question about a quantity that is probably a mistake: ``45 ordinateurs pour 8 agents : est-ce voulu ?``.

    Empty for a usual quantity. An item that completes another, as storage does, is counted in units of its own.
    """
    if item.requires or not hardly_meant(client, quantity):
        return ""
    size = ""
    if client.agents is not None:
        size = f" pour {counted(client.agents, 'agent', 'agents')}"
    elif client.structure == "commune" and client.inhabitants is not None:
        size = f" pour {counted(client.inhabitants, 'habitant', 'habitants')}"
    return f"{counted(quantity, item.unit, item.units)}{size} : est-ce bien ce que vous voulez ?"


def effect_words(comparison: Comparison | SharedEffect, tariff: Tariff) -> str:
    """Say in a sentence what another reading changes: ``+100,00 € la 1re année, +600,00 € sur six ans.``."""
    to_fibre = comparison.to_fibre
    passed, unknown = to_fibre.amount, to_fibre.on_quote + to_fibre.missing
    first_year, six_years = comparison.first_year, comparison.six_years
    if six_years.none and first_year.none:
        if not (passed or unknown):
            return "Effet inconnu : il porte sur un montant qui n'est pas chiffré."
        what = f"{euros(abs(passed))} passent" if passed else "un montant qui n'est pas chiffré passe"
        payees: tuple[Payee, Payee] = ("cdg", "fibre") if (passed or unknown) > 0 else ("fibre", "cdg")
        from_, to = (of_body(tariff, payee) for payee in payees)
        return f"Total inchangé : {what} du devis {from_} à celui {to}."
    first = "1re année inchangée" if first_year.none else f"{first_year.words()} la 1re année"
    return f"{first}, {six_years.words()} sur six ans."


def confirmed_words(answer: Answer) -> str:
    """Say who confirmed a point, when, and in which words."""
    return f"Confirmé le {long_date(answer.on)} par {answer.by} : « {answer.words.rstrip('.')} »."


def of_body(tariff: Tariff, payee: Payee) -> str:
    """Return a body's name after « of » in French: ``du CDG 62``, ``de La Fibre Numérique 59-62``."""
    label = tariff.payees[payee].label
    return f"de {label}" if label.startswith("La ") else f"du {label}"


def how_often(position: Position) -> str:
    """Say when a charge is paid, after its amount: ``une fois``, ``par an``, ``tous les 3 ans``."""
    if position.rhythm == "setup":
        return "une fois"
    return "par an" if position.every == 1 else f"tous les {position.every} ans"
