"""Words of an act that do not have the numbers of the values beside them: a copied file whose prices were changed.

Each is a key of the file, the problem and the remedy in French.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest
from typing import Any, assert_never

from pricing.category import CRITERIA
from pricing.money import number, unit_euros
from pricing.prices import Criterion, Price
from pricing.references import numbers, texts
from pricing.tariff import Tariff

Found = tuple[tuple[str | int, ...], str, str]
"""Place of a text in the file, the problem and the remedy in French."""

_EUROS = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)([.,]\d{1,4})?[ \u00a0\u202f]?€")
"""Amount as an act writes it: ``76.8 €``, ``1 277 €``."""
_COUNT = re.compile(r"(moins de |(?:plus|\+) de |au-delà de )?(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)", re.IGNORECASE)
"""Number as an act writes it, with the words before it that say whether it is included."""
_NAME = re.compile(r"\d+ \w+")
"""Number that is part of a name: ``5 Go``."""
_COPY = "recopier ici les mots du nouvel acte, ou corriger le tarif"


def disagreeing(tariff: Tariff) -> Iterator[Found]:
    """Yield each text quoted from the act that has other amounts or bounds than the prices that cite it."""
    citing: dict[str, dict[str, dict[str, Price]]] = {}
    for key, service in tariff.services.items():
        for name, charge in service.charges.items():
            citing.setdefault(charge.source.text, {}).setdefault(key, {})[name] = charge.price
    names = _names(tariff)
    for text, cited in citing.items():
        for service, problem in _told(text, cited, names):
            yield ("services", service, "charges", next(iter(cited[service])), "source", "text"), problem, _COPY
    yield from _grids(tariff)


def _told(text: str, cited: Mapping[str, Mapping[str, Price]], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each service that cites a text wrongly, with the problem; `cited` are the prices that cite it, by service.

    A new service that still has the words of the one it was copied from is the one told.
    """
    if not (problem := _differing(text, [price for prices in cited.values() for price in prices.values()], names)):
        return
    first, *others = cited
    alone = {service: _differing(text, prices.values(), names) for service, prices in cited.items()}
    if all(alone.values()):
        yield first, problem
    elif any(alone.values()):
        yield from ((service, its_own) for service, its_own in alone.items() if its_own)
    else:
        yield from ((service, f"ces mots de l'acte sont ceux que cite « services.{first} »") for service in others)


def _differing(text: str, prices: Iterable[Price], names: Iterable[str]) -> str:
    """Return the problem of a text beside the prices that cite it; empty where it has their numbers."""
    priced = [price for price in prices if price.kind != "by_category"]
    return (_amounts(text, priced) or _counts(text, priced, names)) if priced else ""


def _amounts(text: str, prices: Iterable[Price]) -> str:
    quoted = [_decimal(found[1], found[2]) for found in _EUROS.finditer(text)]
    for said, priced in zip_longest(quoted, [amount for price in prices for amount in amounts(price)]):
        if said is None and priced is not None:
            return f"ces mots de l'acte ne disent pas « {unit_euros(priced)} », que dit le tarif"
        if said is not None and said != priced:
            there = f" là où le tarif dit {unit_euros(priced)}" if priced is not None else ", que le tarif ne dit pas"
            return f"ces mots de l'acte disent {unit_euros(said)}{there}"
    return ""


def _counts(text: str, prices: Iterable[Price], names: Iterable[str]) -> str:
    quoted = {int(re.sub(r"\D", "", each)) for each in numbers(_EUROS.sub("", text), tuple(names))}
    needed = [count for price in prices for count in bounds(price)]
    allowed = {1, *needed, *(count + 1 for count in needed)}
    if absent := [count for count in needed if count not in quoted]:
        return f"ces mots de l'acte ne disent pas « {number(absent[0])} », que dit le tarif"
    if others := sorted(quoted - allowed):
        return f"ces mots de l'acte disent « {number(others[0])} », que le tarif ne dit pas"
    return ""


def _decimal(whole: str, cents: str | None) -> Decimal:
    return Decimal(re.sub(r"\D", "", whole) + (cents or "").replace(",", "."))


def amounts(price: Price) -> list[Decimal]:
    """Return every amount of a price outside the grids, in euros, in the order of the file."""
    match price.kind:
        case "per_unit" | "flat":
            return [price.amount]
        case "per_head":
            return [price.amount, *(amount for amount in (price.floor, price.cap) if amount is not None)]
        case "by_term":
            return [term.price for term in price.terms]
        case "stairstep" | "volume":
            beyond = [] if price.beyond.kind == "on_quote" else [price.beyond.price]
            return [*(band.price for band in price.bands), *beyond]
        case "by_category" | "included" | "not_stated" | "on_quote":
            return []
        case _:
            assert_never(price.kind)


def bounds(price: Price) -> list[int]:
    """Return every number of units, heads or years that a price depends on, in the order of the file."""
    match price.kind:
        case "per_unit":
            return [price.limit.up_to] if price.limit else []
        case "per_head":
            return [price.free] if price.free else []
        case "by_term":
            return [term.years for term in price.terms]
        case "stairstep" | "volume":
            size = [price.beyond.size] if price.beyond.kind == "blocks" and price.beyond.size > 1 else []
            return [*(band.up_to for band in price.bands), *size]
        case "flat" | "by_category" | "included" | "not_stated" | "on_quote":
            return []
        case _:
            assert_never(price.kind)


def _grids(tariff: Tariff) -> Iterator[Found]:
    """Yield the categories whose quoted text has other bounds than their own and those of the category before."""
    for key, grid in tariff.grids.items():
        before: dict[Criterion, int] = {}
        rows = [(name, ("up_to", name), bounds.text, bounds) for name, bounds in grid.up_to.items()]
        for name, place, text, own in [*rows, (grid.beyond.name, ("beyond",), grid.beyond.text, None)]:
            allowed: set[tuple[str, int]] = set()
            for criterion in CRITERIA:
                last = getattr(own, criterion) if own else None
                below = before.get(criterion)
                if below is not None:
                    allowed |= {("", below + 1), ("plus de", below), ("au-delà de", below)}
                if last is not None:
                    # « moins de 1 000 » may hold 1 000 itself where the next category begins at 1 001 (R11).
                    allowed |= {("", last), ("moins de", last), ("moins de", last + 1)}
                    before[criterion] = last
            for words, count in _COUNT.findall(text.removeprefix(name)):
                said = int(re.sub(r"\D", "", count))
                if (words.strip().lower().replace("+", "plus"), said) not in allowed:
                    problem = f"ces mots de l'acte disent « {number(said)} », que ces bornes ne disent pas"
                    yield ("grids", key, *place, "text"), problem, _COPY
                    break


def _names(tariff: Tariff) -> set[str]:
    """Return the names that hold a number of their own: of the two bodies, of services and of items without a term."""
    bodies = (name for body in tariff.payees.values() for name in (body.label, body.short))
    labels = [service.label for service in tariff.services.values()]
    labels += [item.label for item in tariff.items.values() if not item.term_years]
    return {*bodies, *(name for label in labels for name in _NAME.findall(label))}


def repeating(data: Mapping[str, Any], tariff: Tariff) -> Iterator[Found]:
    """Yield each text of a file's readings and quotes that repeats a number instead of referring to its value."""
    names = tuple(_names(tariff))
    for place, text in texts(data):
        if (place[0] == "readings" or place[-1] == "why") and (repeated := numbers(text, names)):
            like = _reference(data, repeated[0])
            problem = f"« {repeated[0]} » est écrit en chiffres : il ne suivrait pas le tarif"
            yield place, problem, f"écrire à sa place {{{like}}}" if like else "l'écrire sans ce nombre"


def _reference(data: Mapping[str, Any], written: str) -> str:
    """Return the key of a value of the file that is written so; empty where there is none."""
    wanted = _decimal(written, None)
    return next((key for key, value in _values(data) if value == wanted), "")


def _values(data: Any, key: str = "") -> Iterator[tuple[str, Decimal]]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name != "readings":
                yield from _values(value, f"{key}.{name}" if key else name)
    elif isinstance(data, list):
        for rank, value in enumerate(data, start=1):
            yield from _values(value, f"{key}.{rank}")
    elif isinstance(data, int | Decimal) and not isinstance(data, bool):
        yield key, Decimal(data)
