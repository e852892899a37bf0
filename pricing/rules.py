"""Rules of a tariff that span several values; each reports all its instances with their places.

They read the file's own tables, not the models made of them, so that a fault in one value hides no other.
"""

import difflib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, LiteralString, TypeVar

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Made = TypeVar("Made")
Errors = Iterable[InitErrorDetails]
Table = Mapping[str, Any]
Place = tuple[str | int, ...]


def error(kind: LiteralString, problem: LiteralString, *place: str | int, **names: Any) -> InitErrorDetails:
    """Return one instance of a broken rule: its type, the French problem with its names, and its place.

    The name `close` is the word that may be meant.
    """
    return InitErrorDetails(type=PydanticCustomError(kind, problem, names), loc=place, input=None)


def refuse(errors: Errors) -> None:
    """Raise one ValidationError with all the errors, if there are any."""
    if told := list(errors):
        raise ValidationError.from_exception_data("tariff", told)


def checked(data: Any, make: Callable[[Any], Made], errors: Errors) -> Made:
    """Make a model of data. Raises one ValidationError with what the model refuses and the errors of the rules."""
    try:
        made = make(data)
    except ValidationError as refusal:
        raise ValidationError.from_exception_data("tariff", [*map(_again, refusal.errors()), *errors]) from None
    refuse(errors)
    return made


def _again(found: Any) -> InitErrorDetails:
    kind = PydanticCustomError(found["type"], found["msg"], found.get("ctx"))
    return InitErrorDetails(type=kind, loc=found["loc"], input=found["input"])


def closest(name: str, names: Iterable[str]) -> str | None:
    """Return the name most like another; None where none is."""
    return next(iter(difflib.get_close_matches(name, names)), None)


def write_or_remove(name: str, names: Iterable[str], otherwise: str = "l'enlever") -> str:
    """Return the remedy for an unknown name: the one most like it, or else what is said here."""
    close = closest(name, names)
    return f"écrire « {close} », ou l'enlever" if close else otherwise


def table(value: Any) -> Table:
    """Return a table of a file; an empty one where the value is something else."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[tuple[str, Table]]:
    """Return the tables in a table, by their names."""
    return [(name, part) for name, part in table(value).items() if isinstance(part, dict)]


def rows(value: Any) -> list[Any]:
    """Return a list of a file; an empty one where the value is something else."""
    return list(value) if isinstance(value, list | tuple) else []


PAYEES = ("fibre", "cdg")
"""The bodies that can bill."""


_OF_ITSELF: Mapping[str | int, tuple[LiteralString, LiteralString]] = {
    "unless": ("unless_itself", "ce prix compte « {item} », qui ne peut donc pas le remplacer"),
    "only_with": ("only_with_itself", "ce prix compte « {item} », qui ne peut donc pas en être la condition"),
}
"""Type and problem of a charge that depends on what it counts itself."""


def broken(
    services: Any, grids: Mapping[str, tuple[str, ...]] | None, payees: Container[str]
) -> Iterator[InitErrorDetails]:
    """Yield every instance of a rule that services break; `grids`, with their categories, are None if unreadable."""
    yield from _counted_not_offered(services)
    yield from _terms(services)
    yield from _offered(services)
    yield from _requires(services)
    yield from _instead(services)
    yield from _by_category(services, grids) if grids is not None else ()
    for place, charge, _ in _charges(services):
        if isinstance(payee := charge.get("payee"), str) and payee in PAYEES and payee not in payees:
            yield error("no_payee", "cette structure n'est pas dans [payees]", *place, "payee")


def _items(services: Any) -> Iterator[tuple[Place, str, Table]]:
    """Yield every item on offer with its place."""
    for name, service in tables(services):
        for item, described in table(service.get("items")).items():
            yield (name, "items", item), item, table(described)


def _charges(services: Any) -> Iterator[tuple[Place, Table, Table]]:
    """Yield every charge with its place, and the items of its service."""
    for name, service in tables(services):
        for key, charge in tables(service.get("charges")):
            yield (name, "charges", key), charge, table(service.get("items"))


def _counted_not_offered(services: Any) -> Iterator[InitErrorDetails]:
    """Yield the items that a charge counts twice, or also depends on, or that nobody offers."""
    offered = [item for _, item, _ in _items(services)]
    for place, charge, items in _charges(services):
        of = rows(charge.get("of"))
        for rank, item in enumerate(of):
            if isinstance(item, str) and item not in items:
                problem, close = "ce service ne propose rien de ce nom", closest(item, _without(of, items))
                yield error("unknown_item", problem, *place, "of", rank, close=close)
            if item in of[:rank]:
                yield error("item_twice", "ce nom y est déjà : il serait compté deux fois", *place, "of", rank)
        conditions: dict[Place, Any] = {("unless", rank): item for rank, item in enumerate(rows(charge.get("unless")))}
        conditions[("only_with",)] = charge.get("only_with") or None
        for part, item in conditions.items():
            if item in of:
                yield error(*_OF_ITSELF[part[0]], *place, *part, item=item)
            elif isinstance(item, str) and item not in offered:
                problem, close = "aucun service ne propose rien de ce nom", closest(item, offered)
                yield error("unknown_requires", problem, *place, *part, close=close)


def _without(named: Container[Any], items: Iterable[str]) -> list[str]:
    """Return the items that are not named yet, one of which a misspelt name may mean."""
    return [item for item in items if item not in named]


def _terms(services: Any) -> Iterator[InitErrorDetails]:
    """Yield the items paid for a term that are not counted by themselves, or lack a length or a price for it."""
    bought: list[Any] = []
    for place, charge, items in _charges(services):
        of, price = rows(charge.get("of")), table(charge.get("price"))
        years = [table(term).get("years") for term in rows(price.get("terms"))]
        readable = bool(years) and all(map(_is_length, years))
        if charge.get("rhythm") == "term":
            bought += of
            if len(of) > 1 and charge.get("counted", "together") == "together":
                yield error("term_each", "les prix pour une durée se comptent chacun à part", *place, "counted")
        elif price.get("kind") == "by_term" and charge.get("rhythm") in ("setup", "yearly"):
            yield error("term_rhythm", "un prix selon la durée se paie à chaque durée", *place, "rhythm")
        for item, described in tables(items):
            lasts = described.get("term_years")
            if item in of and _is_length(lasts) and readable and lasts not in years:
                problem = "« {item} » dure {years} an(s), une durée sans prix ici"
                yield error("no_term_price", problem, *place, "price", "terms", item=item, years=lasts)
    for place, item, described in _items(services):
        if item in bought and described and described.get("term_years") is None:
            yield error("item_term", "« {item} » se paie pour la durée", *place, "term_years", item=item)


def _is_length(years: Any) -> bool:
    """Tell if a term has a length; one that can't be read is reported by itself."""
    return isinstance(years, int) and years > 0


def _offered(services: Any) -> Iterator[InitErrorDetails]:
    """Yield the items that are offered twice, or without a price."""
    offered: dict[str, Place] = {}
    for place, item, _ in _items(services):
        if place[-1] in offered:
            problem = "« {item} » est déjà proposé par le service « {other} »"
            yield error("offered_twice", problem, *place, item=item, other=offered[item][0])
        offered.setdefault(item, place)
    priced = {
        item for _, service in tables(services) if "charges" not in service for item in table(service.get("items"))
    }
    for _, charge, items in _charges(services):
        # An `of` that can't be read is reported by itself: all items of the service then count as priced.
        priced.update(_meant(rows(charge.get("of")), items) if rows(charge.get("of")) else items)
        priced.update(_meant([charge.get("only_with")], offered))
    for item, place in offered.items():
        if item not in priced:
            yield error("item_without_price", "« {item} » n'a pas de prix", *place, item=item)


def _meant(written: Iterable[Any], items: Iterable[str]) -> Iterator[str]:
    """Yield the items that a charge names, or those it means: a misspelling is reported once, where it is made."""
    known = list(items)
    for item in written:
        if isinstance(item, str):
            yield item if item in known else closest(item, known) or item


def _requires(services: Any) -> Iterator[InitErrorDetails]:
    """Yield the items that require one not offered, or one that requires another itself."""
    requires = {item: described.get("requires") for _, item, described in _items(services)}
    for place, _, described in _items(services):
        needed = described.get("requires")
        if isinstance(needed, str) and needed and needed not in requires:
            problem, close = "aucun service ne propose rien de ce nom", closest(needed, requires)
            yield error("unknown_requires", problem, *place, "requires", close=close)
        elif isinstance(needed, str) and requires.get(needed):
            yield error("requires_in_turn", "ce service en suppose lui-même un autre", *place, "requires")


def _instead(services: Any) -> Iterator[InitErrorDetails]:
    """Yield the items that stand for one another and that their service does not offer, or told by the same words."""
    for name, service in tables(services):
        items = table(service.get("items"))
        instead = table(table(service.get("instead")).get("items"))
        told: dict[object, str] = {}
        for item, words in instead.items():
            if isinstance(words, str) and (first := told.setdefault(words.strip().lower(), item)) != item:
                problem = "ce sont les mots de « {first} » : personne ne les distinguerait"
                yield error("same_words", problem, name, "instead", "items", item, first=first)
            if item not in items:
                problem, close = "ce service ne propose rien de ce nom", closest(item, _without(instead, items))
                yield error("unknown_item", problem, name, "instead", "items", item, close=close)


def _by_category(services: Any, grids: Mapping[str, tuple[str, ...]]) -> Iterator[InitErrorDetails]:
    """Yield the prices by category of an unknown grid, or whose amounts are not those of its categories in order."""
    for charged, charge, _ in _charges(services):
        price, place = table(charge.get("price")), (*charged, "price")
        amounts, grid = price.get("amounts"), price.get("grid")
        if price.get("kind") != "by_category" or not isinstance(grid, str):
            continue
        if grid not in grids:
            problem = "aucune grille n'a ce nom"
            yield error("unknown_grid", problem, *place, "grid", close=closest(grid, grids))
        elif isinstance(amounts, dict):
            yield from _amounts(amounts, grids[grid], (*place, "amounts"))


def _amounts(amounts: Table, categories: tuple[str, ...], place: Place) -> Iterator[InitErrorDetails]:
    for name in categories:
        if name not in amounts:
            yield error("category_missing", "cette catégorie n'a pas de prix", *place, name, name=name)
    for name in amounts:
        if name not in categories:
            yield error("category_unknown", "cette catégorie n'existe pas", *place, name)
    if set(amounts) == set(categories) and tuple(amounts) != categories:
        names = ", ".join(categories)
        yield error("categories_swapped", "les catégories ne sont pas dans l'ordre", *place, names=names)
