"""The French words around the figures: prices beside a field, rhythms, and the assumptions of every estimate."""

from decimal import Decimal

from pricing.money import ZERO, counted, euros, number
from pricing.order import CHOICES
from pricing.prices import BeyondOnQuote, OnQuote, PerUnit, Stairstep, Unit
from pricing.rating import Missing
from pricing.tariff import Position, Rhythm, Tariff, uncapital

RHYTHM_TITLE: dict[Rhythm, str] = {
    "setup": "Mise en service",
    "yearly": "Chaque année",
    "term": "Certificats, pour leur durée",
}
"""When a charge is paid, as a heading."""


def how_often(position: Position) -> str:
    """When a charge is paid, after its amount: ``une fois``, ``par an``, ``tous les 3 ans``."""
    if position.rhythm == "setup":
        return "une fois"
    return "par an" if position.every == 1 else f"tous les {position.every} ans"


def price_beside(tariff: Tariff, item: str, category: str | OnQuote | Missing) -> str:
    """What one more of an item costs, both bodies together: ``15,00 € par nom de domaine et par an``.

    `category` is the client's, or why it has none; what depends on the number of units is named without a figure.
    """
    each: dict[Rhythm, Decimal] = {}
    besides: list[str] = []
    for position in tariff.positions:
        if item == position.only_with:
            besides.append(f"{uncapital(position.label)} selon le nombre")
        if item not in position.items or position.only_with:
            continue
        price, amount = position.price, None
        if price.kind == "per_unit":
            amount = price.amount
        elif price.kind == "by_term":
            amount = next(term.price for term in price.terms if term.years == position.every)
        elif price.kind == "by_category":
            amount = price.amounts[category] if isinstance(category, str) else None
        if isinstance(amount, Decimal):
            each[position.rhythm] = each.get(position.rhythm, ZERO) + amount
        elif price.kind == "stairstep":
            besides.append(f"{uncapital(position.label)} selon le nombre")
        elif amount == "on_quote":
            besides.append(f"{uncapital(position.label)} sur devis")
    if not each and not besides:
        return "sur devis" if isinstance(category, OnQuote) else "prix selon la catégorie"
    unit = "" if item in CHOICES else f" par {tariff.items[item].unit}"
    parts: list[str] = []
    if "yearly" in each:
        parts.append(f"{euros(each['yearly'])}{unit}{' et' if unit else ''} par an")
    if "term" in each:
        parts.append(f"{euros(each['term'])}{unit}, pour {_term(tariff, item)}")
    if "setup" in each:
        parts.append(f"mise en service {euros(each['setup'])}{unit}")
    return " ; ".join([*parts, *besides])


def _term(tariff: Tariff, item: str) -> str:
    return counted(tariff.items[item].term_years, "an", "ans")


def prices_in_full(tariff: Tariff, item: str) -> list[str]:
    """Every price an item gives rise to, with who bills it."""
    return [
        f"{position.label} ({tariff.payees[position.payee].short}) : {_price(position)}"
        for position in tariff.positions
        if item in position.items or item == position.only_with
    ]


def _price(position: Position) -> str:
    price, unit = position.price, position.unit.one
    rhythm = "" if position.rhythm == "setup" else f" {how_often(position)}"
    if price.kind == "per_unit":
        return _per_unit(price, unit, position.rhythm)
    if price.kind == "stairstep":
        return f"{'chaque année, ' if position.rhythm == 'yearly' else ''}{_bands(price, position.unit)}"
    if price.kind == "by_term":
        amount = next(term.price for term in price.terms if term.years == position.every)
        return f"{euros(amount)} par {unit}{' et' if position.every == 1 else ','}{rhythm}"
    if price.kind == "by_category":
        return f"selon la catégorie{rhythm}"
    return {"included": "inclus", "not_stated": "aucun prix indiqué dans l'acte", "on_quote": "sur devis"}[price.kind]


def _per_unit(price: PerUnit, unit: str, rhythm: Rhythm) -> str:
    once = {"setup": ", une fois", "yearly": " et par an", "term": ", pour la durée"}[rhythm]
    limit = f", jusqu'à {number(price.limit.up_to)} {unit} ; au-delà sur devis" if price.limit else ""
    return f"{euros(price.amount)} par {unit}{once}{limit}"


def _bands(price: Stairstep, unit: Unit) -> str:
    first = 1
    words: list[str] = []
    for band in price.bands:
        words.append(f"{first} à {unit.counted(band.up_to)} : {euros(band.price)}")
        first = band.up_to + 1
    words.append(f"au-delà de {price.bands[-1].up_to} : {_beyond(price)}")
    return " ; ".join(words)


def _beyond(price: Stairstep) -> str:
    last, beyond = price.bands[-1], price.beyond
    if isinstance(beyond, BeyondOnQuote):
        return "sur devis"
    block = f"{euros(beyond.price)} par tranche de {beyond.size} entamée"
    if beyond.counted_from == "first_unit":
        return block
    return f"{euros(last.price)} + {block} au-delà de {last.up_to}"
