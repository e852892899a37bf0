"""The French words around the figures: prices beside a field, rhythms, what is left out, and what is assumed."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from pricing.category import Placed
from pricing.compare import Comparison
from pricing.estimate import Estimate
from pricing.money import ZERO, counted, euros, number
from pricing.order import CHOICES, Client, Structure, hardly_meant
from pricing.prices import OnQuote, Stairstep, Unit
from pricing.rating import Missing
from pricing.tariff import Item, Payee, Position, Rhythm, Tariff, uncapital
from views.reports.handout import long_date

STRUCTURES: Mapping[Structure, str] = {
    "commune": "Commune",
    "epci": "Intercommunalité",
    "other": "CCAS, syndicat…",
}
"""Kinds of body, as the page offers them."""
RHYTHM_TITLE: dict[Rhythm, str] = {
    "setup": "Mise en service",
    "yearly": "Chaque année",
    "term": "Certificats, pour leur durée",
}
"""Rhythms of charges, as headings."""
NO_AMOUNT = {"on_quote": "sur devis", "missing": "à compléter", "not_stated": "non indiqué", "included": "inclus"}
"""Words in place of an amount, by the kind of outcome."""
THIS_ESTIMATE = "Cette estimation"
"""Name of the present estimate in a table, beside its options and scenarios."""
RECURRING_TITLE = "Par an, certificats répartis"
"""Name of the recurring cost per year: yearly charges, and each certificate's price divided by its term."""
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


def assumptions(tariff: Tariff) -> tuple[str, ...]:
    """Return the assumptions of every estimate under a tariff."""
    return (
        "Montants en euros, toutes taxes comprises.",
        f"Années complètes, prix de {tariff.adopted.year} sans hausse, tous les comptes nouveaux.",
        "Un certificat arrivé à son terme est repris au même prix.",
    )


def act_words(tariff: Tariff) -> str:
    """Return the full name of a tariff's act: ``la délibération du 26 mars 2024, conseil d'administration du …``."""
    body = f"{uncapital(tariff.body)} ({tariff.payees['cdg'].label})"
    return f"la délibération du {long_date(tariff.adopted)}, {body}, ayant pour objet : « {tariff.title} »"


@cache
def services_by_category(tariff: Tariff) -> str:
    """Return the services whose price goes by the client's category; empty where there is none."""
    named = (each.service for each in tariff.positions if each.price.kind == "by_category")
    return " et ".join(dict.fromkeys(named))


def categories(estimate: Estimate, tariff: Tariff) -> list[tuple[str, str]]:
    """Return the client's category with its services and reason, or each service that has no amount without one.

    ``("Catégorie B", "pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000")``
    """
    placement = estimate.placement
    if isinstance(placement, Placed):
        services = services_by_category(tariff)
        return [(f"Catégorie {placement.category}", f"{f'pour {services} ' if services else ''}: {placement.words()}")]
    without = (line.position.service for line in estimate.lines if line.outcome == placement.outcome)
    return [(service, placement.words()) for service in dict.fromkeys(without)]


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


def effect_words(comparison: Comparison, tariff: Tariff) -> str:
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


def of_body(tariff: Tariff, payee: Payee) -> str:
    """Return a body's name after « of » in French: ``du CDG 62``, ``de La Fibre Numérique 59-62``."""
    label = tariff.payees[payee].label
    return f"de {label}" if label.startswith("La ") else f"du {label}"


def how_often(position: Position) -> str:
    """Say when a charge is paid, after its amount: ``une fois``, ``par an``, ``tous les 3 ans``."""
    if position.rhythm == "setup":
        return "une fois"
    return "par an" if position.every == 1 else f"tous les {position.every} ans"


def price_beside(tariff: Tariff, item: str, category: str | OnQuote | Missing) -> str:
    """Say what one more of an item costs, both bodies together: ``15,00 € par nom de domaine et par an``.

    `category` is the client's, or why it has none; a price that depends on the number of units is named only.
    """
    each: dict[Rhythm, Decimal] = {}
    besides: list[str] = []
    for position in tariff.positions:
        price = position.price
        own = item in position.items and not position.only_with
        if item == position.only_with or (own and price.kind == "stairstep"):
            many = position.unit.many
            of = "d'" if many[:1] in "aeiouhé" else "de "
            besides.append(f"{uncapital(position.label)} : prix selon le nombre {of}{many}")
        if not own:
            continue
        amount: object = price.kind
        if price.kind == "per_unit":
            amount = price.amount
        elif price.kind == "by_term":
            amount = next(term.price for term in price.terms if term.years == position.every)
        elif price.kind == "by_category" and isinstance(category, str):
            amount = price.amounts[category]
        if isinstance(amount, Decimal):
            each[position.rhythm] = each.get(position.rhythm, ZERO) + amount
        elif amount == "on_quote":
            besides.append(f"{uncapital(position.label)} sur devis")
    if not each and not besides:
        return "sur devis" if isinstance(category, OnQuote) else "prix selon la catégorie"
    unit = "" if item in CHOICES else f" par {tariff.items[item].unit}"
    parts: list[str] = []
    if "yearly" in each:
        parts.append(f"{euros(each['yearly'])}{unit}{' et' if unit else ''} par an")
    if "term" in each:
        parts.append(f"{euros(each['term'])}{unit}, pour {counted(tariff.items[item].term_years, 'an', 'ans')}")
    if "setup" in each:
        parts.append(f"mise en service {euros(each['setup'])}{unit}")
    return " ; ".join([*parts, *besides])


def prices_in_full(tariff: Tariff, item: str) -> list[str]:
    """Return every price of an item, with the body that bills it."""
    return [
        f"{position.label} ({tariff.payees[position.payee].short}) : {_price(position)}"
        for position in tariff.positions
        if item in position.items or item == position.only_with
    ]


def _price(position: Position) -> str:
    price, unit = position.price, position.unit.one
    yearly = "chaque année, " if position.rhythm == "yearly" else ""
    if price.kind == "per_unit":
        once = {"setup": ", une fois", "yearly": " et par an", "term": ", pour la durée"}[position.rhythm]
        limit = f", jusqu'à {number(price.limit.up_to)} {unit} ; au-delà sur devis" if price.limit else ""
        return f"{euros(price.amount)} par {unit}{once}{limit}"
    if price.kind == "stairstep":
        return yearly + _bands(price, position.unit)
    if price.kind == "by_term":
        amount = next(term.price for term in price.terms if term.years == position.every)
        return f"{euros(amount)} par {unit}{' et' if position.every == 1 else ','} {how_often(position)}"
    if price.kind == "by_category":
        amounts = (
            f"{name} : {euros(amount) if isinstance(amount, Decimal) else 'sur devis'}"
            for name, amount in price.amounts.items()
        )
        return f"{yearly}catégorie {' ; '.join(amounts)}"
    return {"included": "inclus", "not_stated": "aucun prix indiqué dans l'acte", "on_quote": "sur devis"}[price.kind]


def _bands(price: Stairstep, unit: Unit) -> str:
    first, last = 1, price.bands[-1]
    words: list[str] = []
    for band in price.bands:
        words.append(f"{first} à {unit.counted(band.up_to)} : {euros(band.price)}")
        first = band.up_to + 1
    more = "sur devis"
    if not isinstance(price.beyond, OnQuote):
        more = f"{euros(price.beyond.price)} par tranche de {price.beyond.size} entamée"
        if price.beyond.counted_from != "first_unit":
            more = f"{euros(last.price)} + {more} au-delà de {last.up_to}"
    return " ; ".join([*words, f"au-delà de {last.up_to} : {more}"])
