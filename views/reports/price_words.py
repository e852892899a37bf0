"""The French words of prices: beside a field, one for each kind that can be chosen, and all of them in full."""

from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from pricing import Estimate, Tariff, Total, estimate
from pricing.money import ZERO, counted, euros, number, unit_euros
from pricing.prices import Band, OnQuote, Stairstep, Unit, UnitBand, Volume
from pricing.rating import HEADS
from pricing.tariff import Position, Rhythm, uncapital
from views.reports.wording import STRUCTURES, how_often


def price_beside(tariff: Tariff, item: str, present: Estimate, plain: str = "") -> str:
    """Say what one more of an item costs, both bodies together: ``15,00 € par nom de domaine et par an``.

    Of a price that depends on a number, say what it comes to for the order of an estimate, or its bands where nothing
    of it is asked for. `plain` is another word for the act's unit, put beside it.
    """
    each: dict[Rhythm, Decimal] = {}
    besides: list[str] = []
    unplaced: list[str] = []
    for position in tariff.positions:
        if item == position.only_with:
            besides.append(_by_number(tariff, position, present))
        elif item in position.items and not position.only_with:
            amount = _of_one(tariff, position, present)
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
    words = " ; ".join([*parts, *besides])
    return words.replace(unit, f"{unit} ({plain})", 1) if plain and unit else words


def of_units(many: str) -> str:
    """Return a unit after « nombre »: ``de comptes``, ``d'ordinateurs``."""
    return f"d'{many}" if many[:1] in tuple("aeiouhé") else f"de {many}"


def kind_price(cost: Total | None) -> str:
    """Say what one unit of a kind costs a year, with what that leaves out: ``30,00 € par an``."""
    if cost is None:
        return "prix selon le nombre"
    unstated = len(cost.not_stated)
    said = [f"{euros(cost.amount)} par an"] if cost.known else []
    said += cost.left_out()
    said += [f"{counted(unstated, 'montant', 'montants')} sans prix indiqué"] if unstated else []
    return " + ".join(said) or "inclus"


def _of_one(tariff: Tariff, position: Position, present: Estimate) -> Decimal | str:
    """Return the euros including tax of one more unit, or words on what they depend on; empty for nothing."""
    price, label = position.price, uncapital(position.label)
    match price.kind:
        case "per_unit":
            return with_tax(price.amount, position)
        case "by_term":
            return with_tax(next(term.price for term in price.terms if term.years == position.every), position)
        case "by_category":
            category = present.placements[price.grid].decides
            if not isinstance(category, str):
                return "sur devis" if isinstance(category, OnQuote) else "prix selon la catégorie"
            amount = price.amounts[category]
            return f"{label} sur devis" if amount == "on_quote" else with_tax(amount, position)
        case "flat":
            return f"{label} : {unit_euros(with_tax(price.amount, position))} en tout, {how_often(position)}"
        case "volume" | "stairstep":
            return _by_number(tariff, position, present)
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


def _by_number(tariff: Tariff, position: Position, present: Estimate) -> str:
    """Say what a price by number comes to for an order, as if what it comes with were taken; or its bands."""
    if position.only_with and not present.order.quantity(position.only_with):
        taken = present.order.asking(**{position.only_with: 1})
        present = estimate(present.client, taken, tariff, present.in_place)
    label, often = uncapital(position.label), "" if position.rhythm == "setup" else f" {how_often(position)}"
    for line in present.lines:
        if (line.position.charge, line.position.items) == (position.charge, position.items):
            amount = line.amount
            if amount is None:
                return f"{label} : {line.words()}"
            return f"{label} : {euros(amount)}{often} pour {_number_of(position, line.quantity, present)}"
    return f"{label}{often} : {_steps(position)}"


def _number_of(position: Position, quantity: int, present: Estimate) -> str:
    """Return the number that a price goes by, with its unit."""
    by, client = position.price.by if position.price.kind == "stairstep" else "quantity", present.client
    if by == "quantity":
        return position.unit.counted(quantity)
    return HEADS[by].counted((client.inhabitants if by == "inhabitants" else client.agents) or 0)


def _steps(position: Position) -> str:
    """Say the bands of a price in short: ``50,00 € jusqu'à 2 comptes, 100,00 € jusqu'à 5, sur devis au-delà``."""
    price, unit, each = position.price, position.unit, ""
    if not isinstance(price, Stairstep | Volume):
        return _price(position)
    if price.kind == "volume":
        each = f" par {unit.one}"
    elif price.by != "quantity":
        unit = HEADS[price.by]
    first, *others = (f"{unit_euros(with_tax(band.price, position))}{each} jusqu'à" for band in price.bands)
    up_to = [f"{first} {unit.counted(price.bands[0].up_to)}"]
    up_to += [f"{words} {number(band.up_to)}" for words, band in zip(others, price.bands[1:], strict=True)]
    beyond = price.beyond
    if beyond.kind == "on_quote":
        up_to.append("sur devis au-delà")
    elif beyond.kind == "price":
        up_to.append(f"{unit_euros(with_tax(beyond.price, position))}{each} au-delà")
    else:
        block = f"{unit_euros(with_tax(beyond.price, position))} par tranche de {number(beyond.size)}"
        up_to.append(f"puis {block} de plus" if beyond.counted_from == "last_band" else f"au-delà {block}")
    return ", ".join(up_to)


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
