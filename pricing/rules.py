"""Rules of a tariff that span several values, each telling all its instances with their places.

They read the file's own tables, not the models made of them, so that a fault in one value hides no other.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, LiteralString, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from pricing.order import ITEMS

Made = TypeVar("Made")
Errors = Iterable[InitErrorDetails]
Table = Mapping[str, Any]
Place = tuple[str | int, ...]
Years = Literal[1, 2, 3, 6]
"""Length of a term; each divides six years, so that a mandate holds a whole number of terms."""
TERMS: tuple[Years, ...] = get_args(Years)


def error(kind: LiteralString, problem: LiteralString, *place: str | int, **names: Any) -> InitErrorDetails:
    """Return one instance of a broken rule: its type, the French problem with its names, and its place.

    The name `close` is what should perhaps stand there instead.
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
    """The name most like another; None where none is."""
    return next(iter(difflib.get_close_matches(name, names)), None)


def _meant(name: str, names: Iterable[str]) -> str:
    """A name, or the one it is a misspelling of: a slip is told where it is made, not wherever the name is used."""
    return name if name in names else closest(name, names) or name


def table(value: Any) -> Table:
    """A table of a file; an empty one where something else stands."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[tuple[str, Table]]:
    """The tables in a table, by their names."""
    return [(name, part) for name, part in table(value).items() if isinstance(part, dict)]


def rows(value: Any) -> list[Any]:
    """A list of a file; an empty one where something else stands."""
    return list(value) if isinstance(value, list | tuple) else []


def _counted(charge: Table) -> dict[Place, str]:
    """The items that a charge counts, and the one without which it does not arise, by their places."""
    counted: dict[Place, Any] = {("of", rank): item for rank, item in enumerate(rows(charge.get("of")))}
    counted[("only_with",)] = charge.get("only_with") or None
    return {place: item for place, item in counted.items() if isinstance(item, str)}


def of_service(service: Any) -> Iterator[InitErrorDetails]:
    """What is wrong between the items and the charges of a service."""
    items = table(table(service).get("items"))
    offered = [_meant(item, ITEMS) for item in items]
    bought: set[str] = set()
    for name, charge in tables(table(service).get("charges")):
        of: list[str] = []
        for place, item in _counted(charge).items():
            if item not in offered:
                problem, close = "ce service ne propose rien de ce nom", None
                if item not in ITEMS:
                    close = closest(item, offered)
                yield error("unknown_item", problem, "charges", name, *place, close=close)
            if item in of and place[0] == "of":
                yield error("item_twice", "ce nom y est déjà : il serait compté deux fois", "charges", name, *place)
            if place[0] == "of":
                of.append(item)
        yield from _of_term(name, charge, of, items)
        bought.update(of if charge.get("rhythm") == "term" else ())
    for item in items:
        if item in bought and not table(items[item]).get("term_years"):
            yield error("item_term", "« {item} » se paie pour la durée", "items", item, "term_years", item=item)


def _of_term(name: str, charge: Table, of: list[str], items: Table) -> Iterator[InitErrorDetails]:
    """What is wrong with the terms of a charge."""
    rhythm, price = charge.get("rhythm"), table(charge.get("price"))
    by_term = price.get("kind") == "by_term"
    if rhythm == "term" and charge.get("counted", "together") == "together" and len(of) > 1:
        yield error("term_each", "un prix pour la durée se compte par certificat", "charges", name, "counted")
    if by_term and rhythm in ("setup", "yearly"):
        yield error("term_rhythm", "un prix selon la durée se paie à chaque durée", "charges", name, "rhythm")
    years = [table(term).get("years") for term in rows(price.get("terms"))]
    if by_term and all(each in TERMS for each in years):
        for item in of:
            lasts = table(items.get(item)).get("term_years")
            if lasts in TERMS and lasts not in years:
                problem = "« {item} » dure {years} an(s), une durée sans prix ici"
                yield error("no_term_price", problem, "charges", name, "price", "terms", item=item, years=lasts)


def of_services(services: Any, categories: tuple[str, ...]) -> Iterator[InitErrorDetails]:
    """What is wrong between the services, and between them and the categories; none where these do not read."""
    offered: dict[str, Place] = {}
    requires: dict[str, Any] = {}
    priced: set[str] = set()
    for name, service in tables(services):
        items = table(service.get("items"))
        for item in items:
            place, meant = (name, "items", item), _meant(item, ITEMS)
            if item in offered:
                problem = "« {item} » est déjà proposé par le service « {other} »"
                yield error("offered_twice", problem, *place, item=item, other=offered[item][0])
            offered.setdefault(meant, place)
            requires[meant] = table(items[item]).get("requires")
        for charge, described in tables(service.get("charges")):
            counted = _counted(described).values()
            priced.update(_meant(item, ITEMS) for item in (counted if rows(described.get("of")) else items))
            yield from _of_grid(table(described.get("price")), categories, name, "charges", charge, "price", "amounts")
        if not isinstance(service.get("charges"), dict):
            priced.update(_meant(item, ITEMS) for item in items)
    for item, needed in requires.items():
        place = *offered[item], "requires"
        if isinstance(needed, str) and needed and needed not in offered:
            problem, close = "aucun service ne propose rien de ce nom", closest(needed, offered)
            yield error("unknown_requires", problem, *place, close=close)
        elif isinstance(needed, str) and requires.get(needed):
            yield error("requires_in_turn", "ce service en suppose lui-même un autre", *place)
    for item in ITEMS:
        if item in offered and item not in priced:
            yield error("item_without_price", "« {item} » n'a pas de prix", *offered[item], item=item)
        elif item not in offered and tables(services) and all("items" in service for _, service in tables(services)):
            yield error("item_not_offered", "aucun service ne propose « {item} »", item=item)


def _of_grid(price: Table, categories: tuple[str, ...], *place: str) -> Iterator[InitErrorDetails]:
    """What is wrong with a price by category: an amount is missing, one too many, or they are out of order."""
    amounts = price.get("amounts")
    if price.get("kind") != "by_category" or not isinstance(amounts, dict) or not categories:
        return
    for name in categories:
        if name not in amounts:
            yield error("category_missing", "cette catégorie n'a pas de prix", *place, name, name=name)
    for name in amounts:
        if name not in categories:
            yield error("category_unknown", "cette catégorie n'existe pas", *place, name)
    if set(amounts) == set(categories) and tuple(amounts) != categories:
        names = ", ".join(categories)
        yield error("categories_swapped", "les catégories ne sont pas dans l'ordre", *place, names=names)
