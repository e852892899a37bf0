"""The French words around the figures: prices beside a field, rhythms, and the assumptions of every estimate."""

from decimal import Decimal

from pricing.money import ZERO, counted, euros, number
from pricing.prices import Blocks, PerUnit, Stairstep
from pricing.tariff import Position, Rhythm, Tariff

RHYTHM: dict[Rhythm, str] = {"setup": "une fois", "yearly": "par an", "term": "pour la durée"}
"""When a charge is paid, after an amount."""
RHYTHM_TITLE: dict[Rhythm, str] = {
    "setup": "Mise en service",
    "yearly": "Chaque année",
    "term": "Certificats, pour leur durée",
}
"""When a charge is paid, as a heading."""


def price_beside(tariff: Tariff, item: str, category: str | None) -> str:
    """What one more of an item costs, both bodies together: ``20,00 € par an, mise en service 10,00 €``.

    `category` is the client's, if it has one; what depends on the number of units is named without a figure.
    """
    each: dict[Rhythm, Decimal] = {}
    besides: list[str] = []
    for position in tariff.positions:
        if item == position.only_with:
            besides.append(f"{_uncapital(position.label)} selon le nombre")
        if item not in position.items or position.only_with:
            continue
        price, amount = position.price, None
        if price.kind == "per_unit":
            amount = price.amount
        elif price.kind == "by_term":
            amount = next(term.price for term in price.terms if term.years == position.every)
        elif price.kind == "by_category":
            amount = price.amounts[category] if category else None
        if isinstance(amount, Decimal):
            each[position.rhythm] = each.get(position.rhythm, ZERO) + amount
        elif price.kind == "stairstep":
            besides.append(f"{_uncapital(position.label)} selon le nombre")
        elif amount == "on_quote":
            besides.append(f"{_uncapital(position.label)} sur devis")
    if not each and not besides:
        return "prix selon la catégorie"
    once = [f"mise en service {euros(each['setup'])}"] if "setup" in each else []
    term = [f"{euros(each['term'])} pour {_term(tariff, item)}"] if "term" in each else []
    yearly = [f"{euros(each['yearly'])} par an"] if "yearly" in each else []
    return ", ".join([*yearly, *term, *once, *besides])


def _term(tariff: Tariff, item: str) -> str:
    return counted(tariff.items[item].term_years, "an", "ans")


def _uncapital(words: str) -> str:
    return words[:1].lower() + words[1:]


def price_in_full(tariff: Tariff, item: str) -> str:
    """Every price an item gives rise to, with who bills it, one a line in Markdown."""
    return "\n".join(
        f"- {position.label} ({tariff.payees[position.payee].short}) : {_price(position)}"
        for position in tariff.positions
        if item in position.items or item == position.only_with
    )


def _price(position: Position) -> str:
    price, unit = position.price, position.unit.one
    rhythm = "" if position.rhythm == "setup" else f" {RHYTHM[position.rhythm]}"
    if price.kind == "per_unit":
        return _per_unit(price, unit, position.rhythm)
    if price.kind == "stairstep":
        return f"{_bands(price)}{rhythm}"
    if price.kind == "by_term":
        amount = next(term.price for term in price.terms if term.years == position.every)
        return f"{euros(amount)} par {unit}{rhythm}"
    if price.kind == "by_category":
        return f"selon la catégorie{rhythm}"
    return {"included": "inclus", "not_stated": "aucun prix indiqué dans l'acte", "on_quote": "sur devis"}[price.kind]


def _per_unit(price: PerUnit, unit: str, rhythm: Rhythm) -> str:
    once = {"setup": ", une fois", "yearly": " et par an", "term": ", pour la durée"}[rhythm]
    limit = f", jusqu'à {number(price.limit.up_to)} {unit}" if price.limit else ""
    return f"{euros(price.amount)} par {unit}{once}{limit}"


def _bands(price: Stairstep) -> str:
    first = 1
    words: list[str] = []
    for band in price.bands:
        words.append(f"{first} à {band.up_to} : {euros(band.price)}")
        first = band.up_to + 1
    if isinstance(price.beyond, Blocks):
        words.append(f"au-delà : {euros(price.beyond.price)} par tranche de {price.beyond.size} entamée")
    else:
        words.append("au-delà : sur devis")
    return ", ".join(words)
