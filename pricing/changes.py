"""What an act changes against the one before, and what is unlikely in it, in French for the tariff's keeper."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import assert_never

from pricing.category import CRITERIA
from pricing.money import number, unit_euros
from pricing.rating import HEADS
from pricing.tariff import Position, Tariff

FAR = 3
"""Number of times by which a price rises or falls before the keeper is asked whether it is meant."""
LATE = 366
"""Days between adoption and entry into force beyond which the keeper is asked."""
_RHYTHM = {"setup": "une fois", "yearly": "chaque année", "term": "pour la durée"}
_MEANT = "est-ce voulu ?"

Facts = dict[str, Decimal | str]
"""Facts of an act in the order of its file, by their French names: amounts in euros including tax, or words."""


def changes(before: Tariff, after: Tariff) -> Iterator[str]:
    """Yield a French line for each price, bound or service that an act changes, adds or drops."""
    old, new = _facts(before), _facts(after)
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was is None and now is not None:
            yield f"{name} : nouveau, {_said(now)}"
        elif was is not None and now is None:
            yield f"{name} : n'y est plus, {_said(was)} avant"
        elif was is not None and now is not None and was != now:
            yield f"{name} : {_said(was)} → {_said(now)}"


def doubts(before: Tariff | None, after: Tariff) -> Iterator[str]:
    """Yield a French question for each value that is unlikely to be meant; `before` is the act it replaces, if any."""
    if (days := (after.in_force_from - after.adopted).days) > LATE:
        yield f"in_force_from : le {after.in_force_from:%d/%m/%Y}, {number(days)} jours après l'adoption, {_MEANT}"
    if before and after.in_force_from.year - before.in_force_from.year > 10:
        yield f"in_force_from : le {after.in_force_from:%d/%m/%Y}, plus de dix ans après l'acte d'avant, {_MEANT}"
    if before and after.title == before.title:
        yield f"title : « {after.title} », comme l'acte d'avant, {_MEANT}"
    for position in after.positions:
        if position.price.kind == "stairstep":
            for band, following in pairwise(position.price.bands):
                if following.price < band.price:
                    falls = f"{unit_euros(band.price)}, puis {unit_euros(following.price)} pour plus"
                    yield f"{position.name} : {falls}, {_MEANT}"
    old = _facts(before) if before else {}
    for name, now in _facts(after).items():
        was = old.get(name)
        if isinstance(was, Decimal) and isinstance(now, Decimal) and not was <= now * FAR <= was * FAR * FAR:
            yield f"{name} : {unit_euros(was)} → {unit_euros(now)}, {_MEANT}"


def _facts(tariff: Tariff) -> Facts:
    found: Facts = {f"Service « {item.label} »": "proposé" for item in tariff.items.values()}
    for position in tariff.positions:
        found |= {f"{position.name}, {which}": fact for which, fact in _price(position)}
        found[f"{position.name}, facturé par"] = tariff.payees[position.payee].label
        found[f"{position.name}, se paie"] = _RHYTHM[position.rhythm]
    for grid in tariff.grids.values():
        services = " et ".join(dict.fromkeys(each.service for each in tariff.positions if tariff.grid(each) is grid))
        for category, bounds in grid.up_to.items():
            for criterion in CRITERIA:
                if (bound := getattr(bounds, criterion)) is not None:
                    heads = HEADS[criterion]
                    found[f"{services}, catégorie {category}, borne en {heads.many}"] = heads.counted(bound)
    return found


def _price(position: Position) -> Iterator[tuple[str, Decimal | str]]:
    """Yield the amounts and the bounds of a price, each by its French name."""
    price, unit = position.price, position.unit.one
    match price.kind:
        case "flat":
            yield "forfait", price.amount
        case "per_head":
            yield f"par {HEADS[price.by].one}", price.amount
            for name, value in (("minimum", price.floor), ("plafond", price.cap)):
                if value is not None:
                    yield name, value
            if price.free:
                yield "gratuit jusqu'à", HEADS[price.by].counted(price.free)
        case "per_unit":
            yield f"par {unit}", price.amount
            if price.limit:
                yield "limite", f"{number(price.limit.up_to)} {unit}"
        case "by_term":
            yield "prix", next(term.price for term in price.terms if term.years == position.every)
        case "stairstep" | "volume":
            for rank, band in enumerate(price.bands, start=1):
                yield f"tranche {rank}", band.price
                yield f"tranche {rank}, borne", number(band.up_to)
            yield "au-delà", "sur devis" if price.beyond.kind == "on_quote" else price.beyond.price
            if price.beyond.kind == "blocks":
                yield "au-delà, par tranche de", number(price.beyond.size)
        case "by_category":
            for category, amount in price.amounts.items():
                yield f"catégorie {category}", "sur devis" if amount == "on_quote" else amount
        case "included":
            yield "prix", "inclus"
        case "on_quote":
            yield "prix", "sur devis"
        case "not_stated":
            yield "prix", "non indiqué dans l'acte"
        case _:
            assert_never(price.kind)


def _said(fact: Decimal | str) -> str:
    return unit_euros(fact) if isinstance(fact, Decimal) else fact
