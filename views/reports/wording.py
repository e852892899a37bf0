"""The French words around the figures: prices beside a field, rhythms, what is left out, and what is assumed."""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import assert_never

from pricing.category import Placed, Placement
from pricing.compare import Comparison
from pricing.dates import long_date
from pricing.estimate import Estimate
from pricing.money import ZERO, counted, euros, number, unit_euros
from pricing.order import Client, Structure, hardly_meant
from pricing.prices import Band, OnQuote, Stairstep, Unit, UnitBand
from pricing.rating import HEADS
from pricing.readings import Answer
from pricing.tariff import Item, Payee, Position, Rhythm, Tariff, uncapital
from views.reports.terms import terms

STRUCTURES: Mapping[Structure, str] = {
    "commune": "Commune",
    "epci": "Intercommunalité",
    "other": "CCAS, syndicat…",
}
"""Kinds of body, as the page offers them."""
NO_AMOUNT = {"on_quote": "sur devis", "missing": "à compléter", "not_stated": "non indiqué", "included": "inclus"}
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


def assumptions(tariff: Tariff) -> tuple[str, ...]:
    """Return the assumptions of every estimate under a tariff."""
    return (
        "Montants en euros, toutes taxes comprises.",
        f"Années complètes, prix de {tariff.adopted.year} sans hausse, tous les comptes nouveaux.",
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


@cache
def services_of_grid(tariff: Tariff, grid: str) -> str:
    """Return the services whose price goes by the client's category in a grid."""
    found = (each.service for each in tariff.positions if tariff.grid(each) is tariff.grids[grid])
    return " et ".join(dict.fromkeys(found))


def categories(estimate: Estimate, tariff: Tariff) -> list[tuple[str, str, str]]:
    """Return each grid with the client's category, its services and its reason; or a service with no amount without.

    ``("demarches", "Catégorie B", "pour Démarches simplifiées : 1 250 habitants, entre 1 001 et 2 000")``
    """
    said: list[tuple[str, str, str]] = []
    for grid, placement in estimate.placements.items():
        if isinstance(placement, Placed):
            services = services_of_grid(tariff, grid)
            said.append((grid, f"Catégorie {placement.category}", f"pour {services} : {placement.words()}"))
        else:
            without = (
                line.position.service for line in estimate.lines if tariff.grid(line.position) is tariff.grids[grid]
            )
            said += [(grid, service, placement.words()) for service in dict.fromkeys(without)]
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


def price_beside(tariff: Tariff, item: str, placements: Mapping[str, Placement]) -> str:
    """Say what one more of an item costs, both bodies together: ``15,00 € par nom de domaine et par an``.

    `placements` are the client's categories; a price that depends on anything else is named only.
    """
    each: dict[Rhythm, Decimal] = {}
    besides: list[str] = []
    unplaced: list[str] = []
    for position in tariff.positions:
        if item == position.only_with:
            besides.append(_by_number(position, position.unit.many))
        elif item in position.items and not position.only_with:
            amount = _of_one(position, placements)
            if isinstance(amount, Decimal):
                each[position.rhythm] = each.get(position.rhythm, ZERO) + amount
            elif amount.startswith(uncapital(position.label)):
                besides.append(amount)
            elif amount:
                unplaced.append(amount)
    if not each and not besides:
        return unplaced[0] if unplaced else ""
    unit = "" if tariff.items[item].ticked else f" par {tariff.items[item].unit}"
    parts: list[str] = []
    if "yearly" in each:
        parts.append(f"{unit_euros(each['yearly'])}{unit}{' et' if unit else ''} par an")
    if "term" in each:
        term = counted(tariff.items[item].term_years or 0, "an", "ans")
        parts.append(f"{unit_euros(each['term'])}{unit}, pour {term}")
    if "setup" in each:
        parts.append(f"mise en service {unit_euros(each['setup'])}{unit}")
    return " ; ".join([*parts, *besides])


def _of_one(position: Position, placements: Mapping[str, Placement]) -> Decimal | str:
    """Return the euros including tax of one more unit, or words on what they depend on; empty for nothing."""
    price, label = position.price, uncapital(position.label)
    match price.kind:
        case "per_unit":
            return with_tax(price.amount, position)
        case "by_term":
            return with_tax(next(term.price for term in price.terms if term.years == position.every), position)
        case "by_category":
            category = placements[price.grid].decides
            if not isinstance(category, str):
                return "sur devis" if isinstance(category, OnQuote) else "prix selon la catégorie"
            amount = price.amounts[category]
            return f"{label} sur devis" if amount == "on_quote" else with_tax(amount, position)
        case "flat":
            return f"{label} : {unit_euros(with_tax(price.amount, position))} en tout, {how_often(position)}"
        case "volume":
            return _by_number(position, position.unit.many)
        case "stairstep":
            return _by_number(position, position.unit.many if price.by == "quantity" else HEADS[price.by].many)
        case "per_head":
            return f"{label} : {unit_euros(with_tax(price.amount, position))} par {HEADS[price.by].one}"
        case "on_quote":
            return f"{label} sur devis"
        case "included" | "not_stated":
            return ""
        case _:
            assert_never(price.kind)


def with_tax(amount: Decimal, position: Position) -> Decimal:
    """Return a price of a position with its VAT, in euros, not rounded."""
    return amount * (100 + position.vat) / 100 if position.vat else amount


def _by_number(position: Position, many: str) -> str:
    of = "d'" if many[:1] in "aeiouhé" else "de "
    return f"{uncapital(position.label)} : prix selon le nombre {of}{many}"


def prices_in_full(tariff: Tariff, item: str) -> list[str]:
    """Return every price of an item, with the body that bills it and on what condition."""
    return [
        f"{position.label} ({tariff.payees[position.payee].short}) : {_price(position)}{_condition(tariff, position)}"
        for position in tariff.positions
        if item in position.items or item == position.only_with
    ]


def _condition(tariff: Tariff, position: Position) -> str:
    """Say in brackets when a charge is due, and with which tax; empty where it always is, and includes it."""
    said: list[str] = []
    if position.vat:
        said.append(f"prix HT, plus TVA {position.vat} %".replace(".", ","))
    if position.unless:
        said.append(f"sauf avec « {' ou '.join(tariff.items[item].label for item in position.unless)} »")
    if position.structures != tuple(STRUCTURES):
        said.append(f"pour : {', '.join(STRUCTURES[each] for each in position.structures)}")
    return f" ({' ; '.join(said)})" if said else ""


def _price(position: Position) -> str:
    price, unit = position.price, position.unit.one
    yearly = "chaque année, " if position.rhythm == "yearly" else ""
    once = {"setup": ", une fois", "yearly": " et par an", "term": ", pour la durée"}[position.rhythm]
    match price.kind:
        case "per_unit":
            limit = f", jusqu'à {number(price.limit.up_to)} {unit} ; au-delà sur devis" if price.limit else ""
            return f"{unit_euros(price.amount)} par {unit}{once}{limit}"
        case "flat":
            return f"{yearly}{euros(price.amount)} en tout"
        case "per_head":
            said = [f"{unit_euros(price.amount)} par {HEADS[price.by].one}{once}"]
            said += [f"gratuit jusqu'à {HEADS[price.by].counted(price.free)}"] if price.free else []
            said += [f"au moins {euros(price.floor)}"] if price.floor is not None else []
            return ", ".join([*said, *([f"au plus {euros(price.cap)}"] if price.cap is not None else [])])
        case "stairstep":
            counted_by = position.unit if price.by == "quantity" else HEADS[price.by]
            return yearly + _bands(price.bands, counted_by, "", _beyond(price))
        case "volume":
            more = "sur devis" if price.beyond.kind == "on_quote" else f"{unit_euros(price.beyond.price)} par {unit}"
            return yearly + _bands(price.bands, position.unit, f" par {unit}", more)
        case "by_term":
            amount = next(term.price for term in price.terms if term.years == position.every)
            return f"{euros(amount)} par {unit}{' et' if position.every == 1 else ','} {how_often(position)}"
        case "by_category":
            each = "" if position.ticked else f" par {unit}"
            amounts = (
                f"{name} : {f'{euros(amount)}{each}' if isinstance(amount, Decimal) else 'sur devis'}"
                for name, amount in price.amounts.items()
            )
            return f"{yearly}catégorie {' ; '.join(amounts)}"
        case "included":
            return "inclus"
        case "not_stated":
            return "aucun prix indiqué dans l'acte"
        case "on_quote":
            return "sur devis"
        case _:
            assert_never(price.kind)


def _bands(bands: Sequence[Band | UnitBand], unit: Unit, each: str, more: str) -> str:
    first = 1
    words: list[str] = []
    for band in bands:
        words.append(f"{first} à {unit.counted(band.up_to)} : {unit_euros(band.price)}{each}")
        first = band.up_to + 1
    return " ; ".join([*words, f"au-delà de {bands[-1].up_to} : {more}"])


def _beyond(price: Stairstep) -> str:
    last, beyond = price.bands[-1], price.beyond
    if beyond.kind == "on_quote":
        return "sur devis"
    if beyond.kind == "price":
        return unit_euros(beyond.price)
    more = f"{euros(beyond.price)} par tranche de {beyond.size} entamée"
    return more if beyond.counted_from == "first_unit" else f"{euros(last.price)} + {more} au-delà de {last.up_to}"
