"""One dated act as data: services and their charges, categories, readings, each price with its place in the act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictStr, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.order import ITEMS, Structure
from pricing.prices import ByCategory, ByTerm, PositiveInt, Price, Unit

Payee = Literal["fibre", "cdg"]
"""Which of the two bodies bills: La Fibre Numérique 59-62 the service, the CDG 62 the support."""
Rhythm = Literal["setup", "yearly", "term"]
"""When a charge is paid: once, every year, or for the length of a certificate."""
Criterion = Literal["inhabitants", "agents"]
"""What a category is bounded by."""
Rule = Literal["higher", "inhabitants", "agents"]
"""Which criterion decides where the two point to different categories."""

PAYEES: tuple[Payee, ...] = ("fibre", "cdg")
RHYTHMS: tuple[Rhythm, ...] = ("setup", "yearly", "term")


class Body(Frozen, frozen=True):
    """One of the two bodies, in words."""

    label: StrictStr
    """Its full name."""
    short: StrictStr
    """Its name where space is short."""
    bills: StrictStr
    """What it bills, in French."""


class Source(Frozen, frozen=True):
    """Where a price stands in the act."""

    row: StrictStr
    """The row of the act, in words a reader of the act recognises."""
    column: StrictStr
    """The heading of the column."""
    text: StrictStr
    """The act's own words, white space collapsed."""


class Item(Frozen, frozen=True):
    """Something a client orders by number, or ticks."""

    label: StrictStr
    """Its name on the page."""
    unit: StrictStr
    """The unit it is counted in, singular."""
    units: StrictStr
    """The same, plural."""
    help: StrictStr
    """What it is and who needs it, in one plain sentence."""
    requires: StrictStr = ""
    """The item without which it can't be ordered (R16); empty when it stands alone."""
    term_years: Annotated[int, Field(ge=0)] = 0
    """For how many years it is bought; 0 when it is not bought for a term."""


class Charge(Frozen, frozen=True):
    """One price of a service, with who bills it and when it is paid."""

    label: StrictStr
    """Its name within the service; ``{item}`` stands for the name of what it counts."""
    payee: Payee
    """Who bills it."""
    rhythm: Rhythm
    """When it is paid."""
    of: Annotated[tuple[StrictStr, ...], Field(min_length=1)]
    """The items it counts."""
    counted: Literal["together", "each"] = "together"
    """Whether several items make one quantity, or each is rated by itself (R3)."""
    only_with: StrictStr = ""
    """The item that must be ticked for the charge to arise (R9); empty when it always does."""
    price: Price
    """Its price."""
    source: Source
    """Its place in the act."""

    @model_validator(mode="after")
    def _term_counts_each(self) -> Self:
        if self.rhythm == "term" and self.counted == "together" and len(self.of) > 1:
            raise PydanticCustomError("term_each", 'un prix pour la durée se compte par certificat : counted = "each"')
        if isinstance(self.price, ByTerm) and self.rhythm != "term":
            raise PydanticCustomError("term_rhythm", 'un prix selon la durée a pour rythme "term"')
        return self


class Service(Frozen, frozen=True):
    """A digital service of La Fibre Numérique 59-62."""

    family: StrictStr
    """The act's heading it stands under."""
    label: StrictStr
    """Its name in the act."""
    items: dict[StrictStr, Item]
    """What can be ordered of it, by the name of the order's field."""
    charges: dict[StrictStr, Charge]
    """What is billed for it."""

    @model_validator(mode="after")
    def _charges_count_items(self) -> Self:
        for name, charge in self.charges.items():
            for item in (*charge.of, *filter(None, [charge.only_with])):
                if item not in self.items:
                    raise PydanticCustomError(
                        "unknown_item",
                        "le tarif « {charge} » compte « {item} », que ce service ne propose pas",
                        {"charge": name, "item": item},
                    )
                if charge.rhythm == "term" and self.items[item].term_years not in (1, 2, 3, 6):
                    raise PydanticCustomError(
                        "item_term",
                        "« {item} » se paie pour la durée : il lui faut term_years = 1, 2, 3 ou 6",
                        {"item": item},
                    )
                if isinstance(charge.price, ByTerm) and self.items[item].term_years not in {
                    term.years for term in charge.price.terms
                }:
                    raise PydanticCustomError(
                        "no_term_price",
                        "« {item} » dure {years} an(s), une durée sans prix dans « {charge} »",
                        {"charge": name, "item": item, "years": self.items[item].term_years},
                    )
        return self


class CategoryBounds(Frozen, frozen=True):
    """The upper bounds of a category."""

    inhabitants: PositiveInt
    """The last number of inhabitants of the category, inclusive."""
    agents: PositiveInt
    """The last number of agents of the category, inclusive."""
    text: StrictStr
    """The act's own words for it."""


class OpenCategory(Frozen, frozen=True):
    """The last category, which has no upper bound."""

    name: StrictStr
    """Its letter."""
    text: StrictStr
    """The act's own words for it."""


class Categories(Frozen, frozen=True):
    """The grid of categories, from the smallest to the open one."""

    rule: Rule
    """Which criterion decides when the two disagree (R12)."""
    structures: tuple[Structure, ...]
    """The kinds of body the grid is for; for all others its prices are on quote (R14)."""
    up_to: dict[StrictStr, CategoryBounds]
    """The bounded categories, in rising order."""
    beyond: OpenCategory
    """The open category above them."""

    @field_validator("up_to")
    @classmethod
    def _bounds_rise(cls, up_to: dict[str, CategoryBounds]) -> dict[str, CategoryBounds]:
        for (before, lower), (name, upper) in pairwise(up_to.items()):
            if upper.inhabitants <= lower.inhabitants or upper.agents <= lower.agents or name <= before:
                raise PydanticCustomError(
                    "categories_order",
                    "la catégorie {name} ne vient pas après la catégorie {before} : lettres et bornes doivent monter",
                    {"name": name, "before": before},
                )
        return up_to

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The categories' letters, from the smallest."""
        return (*self.up_to, self.beyond.name)

    def containing(self, criterion: Criterion, value: int) -> str:
        """The category that holds `value` inhabitants or agents."""
        for name, bounds in self.up_to.items():
            if value <= getattr(bounds, criterion):
                return name
        return self.beyond.name

    def floor(self, name: str, criterion: Criterion) -> int:
        """The smallest number of inhabitants or agents of a category; 0 for the first."""
        rank = self.names.index(name)
        return getattr(self.up_to[self.names[rank - 1]], criterion) + 1 if rank else 0


class ByDifference(Frozen, frozen=True):
    """The reading touches an estimate of which an alternative would change a line."""

    kind: Literal["difference"]


class ByQuantity(Frozen, frozen=True):
    """The reading touches an estimate in which at least so much of one of these items is ordered."""

    kind: Literal["quantity"]
    at_least: dict[StrictStr, PositiveInt]
    """The quantity from which each item is touched."""


class BySetAside(Frozen, frozen=True):
    """The reading touches an estimate in which something can't be ordered alone."""

    kind: Literal["set_aside"]


class Always(Frozen, frozen=True):
    """The reading touches every estimate that has a line."""

    kind: Literal["always"]


class Alternative(Frozen, frozen=True):
    """Another way to read the act, as a change of the tariff's own values."""

    label: StrictStr
    """The alternative in a French sentence."""
    changes: Annotated[dict[StrictStr, Any], Field(min_length=1)]
    """New values by dotted key of the tariff file."""


class Reading(Frozen, frozen=True):
    """Where the act can be understood in more than one way."""

    question: StrictStr
    """What is open, in French."""
    in_force: StrictStr
    """How it is read here."""
    because: StrictStr
    """Why."""
    touches: Annotated[ByDifference | ByQuantity | BySetAside | Always, Field(discriminator="kind")]
    """Which estimates it concerns."""
    alternatives: tuple[Alternative, ...] = ()
    """The other ways to read it, if any."""

    @model_validator(mode="after")
    def _difference_needs_alternatives(self) -> Self:
        if isinstance(self.touches, ByDifference) and not self.alternatives:
            raise PydanticCustomError("no_alternative", "un point « difference » doit avoir au moins une alternative")
        return self


@dataclass(frozen=True, slots=True)
class Position:
    """What one line of an estimate can be: a charge, with the items whose sum it rates."""

    charge: str
    """The charge's key, ``service.charge``."""
    family: str
    """The act's heading."""
    service: str
    """The service's name."""
    label: str
    """The charge's name within the service."""
    payee: Payee
    """Who bills it."""
    rhythm: Rhythm
    """When it is paid."""
    every: int
    """Years between two payments; 0 when it is paid once."""
    items: tuple[str, ...]
    """The items it counts together."""
    only_with: str
    """The item that must be ticked for it to arise; empty when it always does."""
    unit: Unit
    """What it is counted in."""
    price: Price
    """The price."""
    source: Source
    """Its place in the act."""

    def __hash__(self) -> int:
        """Hash what tells positions apart, not the whole price: this is looked up for every line of every estimate."""
        return hash((self.charge, self.items))

    def due(self, year: int) -> bool:
        """Whether it is paid in a year, counted from 1."""
        return year == 1 if self.every == 0 else (year - 1) % self.every == 0

    @property
    def name(self) -> str:
        """Service and charge together, as a reader away from the table needs it."""
        return f"{self.service} : {uncapital(self.label)}"


class Tariff(Frozen, frozen=True):
    """One dated act: every price, and how what it leaves open is read."""

    adopted: date
    """The day the act was adopted; it names the file and the tariff."""
    in_force_from: date
    """The first day on which it applies."""
    title: StrictStr
    """The act's title, shortened."""
    body: StrictStr
    """Who adopted it."""
    payees: dict[Payee, Body]
    """The two bodies, in words."""
    categories: Categories
    """The grid of categories."""
    services: dict[StrictStr, Service]
    """The services, in the order of the act."""
    readings: dict[StrictStr, Reading]
    """The readings, by their number."""

    def __hash__(self) -> int:
        """Hash the name alone, not every price: what is said once of a tariff is looked up by it."""
        return hash(self.adopted)

    @field_validator("payees")
    @classmethod
    def _both_payees(cls, payees: dict[Payee, Body]) -> dict[Payee, Body]:
        for payee in PAYEES:
            if payee not in payees:
                raise PydanticCustomError("no_payee", "il manque la structure « {payee} »", {"payee": payee})
        return payees

    @field_validator("services")
    @classmethod
    def _all_items(cls, services: dict[str, Service]) -> dict[str, Service]:
        offered = [item for service in services.values() for item in service.items]
        for item in offered:
            if item not in ITEMS:
                raise PydanticCustomError(
                    "item_not_orderable", "« {item} » n'est pas un service que la page sait demander", {"item": item}
                )
        for service in services.values():
            for item in service.items.values():
                if item.requires and item.requires not in offered:
                    raise PydanticCustomError(
                        "unknown_requires",
                        "« {item} » suppose « {requires} », qui n'est pas proposé",
                        {"item": item.label, "requires": item.requires},
                    )
        requiring = {key for service in services.values() for key, item in service.items.items() if item.requires}
        for service in services.values():
            for item in service.items.values():
                if item.requires in requiring:
                    raise PydanticCustomError(
                        "requires_in_turn",
                        "« {item} » suppose « {requires} », qui suppose lui-même autre chose",
                        {"item": item.label, "requires": item.requires},
                    )
        priced = {
            item
            for service in services.values()
            for charge in service.charges.values()
            for item in (*charge.of, charge.only_with)
        }
        for item in ITEMS:
            if item not in offered or item not in priced:
                raise PydanticCustomError("item_without_price", "« {item} » n'a pas de prix", {"item": item})
        return services

    @model_validator(mode="after")
    def _every_category_priced(self) -> Self:
        for name, service in self.services.items():
            for key, charge in service.charges.items():
                if isinstance(charge.price, ByCategory) and tuple(charge.price.amounts) != self.categories.names:
                    raise PydanticCustomError(
                        "category_gap",
                        "« {charge} » doit donner un prix à chaque catégorie, dans l'ordre : {names}",
                        {"charge": f"{name}.{key}", "names": ", ".join(self.categories.names)},
                    )
        return self

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item on offer, by the name of the order's field."""
        return {key: item for service in self.services.values() for key, item in service.items.items()}

    @cached_property
    def requiring(self) -> tuple[tuple[str, Item], ...]:
        """The items that can't be ordered alone (R16)."""
        return tuple((key, item) for key, item in self.items.items() if item.requires)

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Everything an estimate can have a line for, in the order of the act."""
        return tuple(self._positions())

    def _positions(self) -> Iterator[Position]:
        for service_key, service in self.services.items():
            for charge_key, charge in service.charges.items():
                for items in [charge.of] if charge.counted == "together" else [(item,) for item in charge.of]:
                    item = service.items[items[0]]
                    yield _shared(
                        Position(
                            charge=f"{service_key}.{charge_key}",
                            family=service.family,
                            service=service.label,
                            label=_capital(charge.label.replace("{item}", uncapital(item.label))),
                            payee=charge.payee,
                            rhythm=charge.rhythm,
                            every={"setup": 0, "yearly": 1, "term": item.term_years}[charge.rhythm],
                            items=items,
                            only_with=charge.only_with,
                            unit=Unit(item.unit, item.units),
                            price=charge.price,
                            source=charge.source,
                        )
                    )

    @cached_property
    def alternatives(self) -> tuple[tuple[str, Alternative, "Tariff"], ...]:
        """Every alternative reading with its number, and this tariff as it would be under it."""
        return tuple(
            (number, alternative, self.changed(alternative.changes))
            for number, reading in self.readings.items()
            for alternative in reading.alternatives
        )

    def changed(self, changes: Mapping[str, Any]) -> "Tariff":
        """This tariff with the values at some dotted keys replaced.

        Raises KeyError when a key isn't there, and a ValidationError when the changed tariff is no valid tariff.
        """
        data = self.model_dump()
        for path, value in changes.items():
            *parents, key = path.split(".")
            table = data
            for parent in parents:
                table = table[parent]
            if key not in table:
                raise KeyError(path)
            table[key] = value
        return Tariff.model_validate(data)


@cache
def _shared(position: Position) -> Position:
    """The first position equal to this one: tariffs that differ in a few values share all the others."""
    return position


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def uncapital(words: str) -> str:
    """Words as they stand within a sentence: the first letter small."""
    return words[:1].lower() + words[1:]
