"""One dated act as data: services and their charges, categories, readings, each price with its place in the act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, Strict, StrictStr, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pricing.category import Categories
from pricing.frozen import Frozen
from pricing.order import ITEMS
from pricing.prices import PositiveInt, Price, Unit, WholeYears, Words
from pricing.rules import broken, checked, closest, error, refuse

Payee = Literal["fibre", "cdg"]
"""Body that bills: La Fibre Numérique 59-62 the service, the CDG 62 the support."""
Rhythm = Literal["setup", "yearly", "term"]
"""Rhythm of a charge: paid once, every year, or for the length of a certificate."""

PAYEES: tuple[Payee, ...] = get_args(Payee)
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)


def _orderable(name: str) -> str:
    if name not in ITEMS:
        problem = "« {item} » n'est pas un service que la page sait demander"
        raise PydanticCustomError("not_orderable", problem, {"item": name, "close": closest(name, ITEMS)})
    return name


ItemName = Annotated[StrictStr, AfterValidator(_orderable)]
"""The name of a field of the order."""


class Body(Frozen, frozen=True):
    """One of the two bodies, in words."""

    label: Words
    """Its full name."""
    short: Words
    """Its name where space is short."""
    bills: Words
    """Part it bills, in French: ``le service``."""


class Source(Frozen, frozen=True):
    """Place of a price in the act."""

    row: Words
    """The row of the act, in words a reader of the act recognises."""
    column: Words
    """The heading of the column."""
    text: Words
    """The act's own words, white space collapsed."""


class Item(Frozen, frozen=True):
    """Something a client orders by number, or ticks."""

    label: Words
    """Its name on the page."""
    unit: Words
    """The unit it is counted in, singular."""
    units: Words
    """The same, plural."""
    help: Words
    """Explanation in one plain French sentence: what the item is, and who needs it."""
    requires: StrictStr = ""
    """The item without which it can't be ordered (R16); empty when it stands alone."""
    term_years: Annotated[Literal[0, 1, 2, 3, 6], WholeYears] = 0
    """Years for which it is bought; 0 when it is not bought for a term."""


class Charge(Frozen, frozen=True):
    """One price of a service, with its payee and its rhythm."""

    label: Words
    """Its name within the service; ``{item}`` stands for the name of what it counts."""
    payee: Payee
    """Body that bills it."""
    rhythm: Rhythm
    """Rhythm at which it is paid."""
    of: Annotated[tuple[StrictStr, ...], Field(min_length=1)]
    """The items it counts."""
    counted: Literal["together", "each"] = "together"
    """Way of counting: several items make one quantity, or each is rated by itself (R3)."""
    only_with: StrictStr = ""
    """The item that must be ticked for the charge to arise (R9); empty when it always does."""
    price: Price
    """Its price."""
    source: Source
    """Its place in the act."""


class Service(Frozen, frozen=True):
    """A digital service of La Fibre Numérique 59-62."""

    family: Words
    """Heading of the act that lists it."""
    label: Words
    """Its name in the act."""
    items: dict[ItemName, Item]
    """Items that can be ordered, by the name of the order's field."""
    charges: dict[StrictStr, Charge]
    """Charges billed for the service, by key."""


class ByDifference(Frozen, frozen=True):
    """The reading touches an estimate of which an alternative would change a line."""

    kind: Literal["difference"]


class ByQuantity(Frozen, frozen=True):
    """The reading touches an estimate that orders at least a given quantity of one of these items."""

    kind: Literal["quantity"]
    at_least: Annotated[dict[ItemName, PositiveInt], Field(min_length=1)]
    """The quantity from which each item is touched."""


class BySetAside(Frozen, frozen=True):
    """The reading touches an estimate in which something can't be ordered alone."""

    kind: Literal["set_aside"]


class Always(Frozen, frozen=True):
    """The reading touches every estimate that has a line."""

    kind: Literal["always"]


class Alternative(Frozen, frozen=True):
    """Another way to read the act, as a change of the tariff's own values."""

    label: Words
    """The alternative in a French sentence."""
    changes: Annotated[dict[StrictStr, Any], Field(min_length=1)]
    """New values by dotted key of the tariff file."""


class Reading(Frozen, frozen=True):
    """Passage of the act that can be understood in more than one way."""

    question: Words
    """Open question, in French."""
    in_force: Words
    """Answer that is applied, in French."""
    because: Words
    """Reason for that answer, in French."""
    touches: Annotated[ByDifference | ByQuantity | BySetAside | Always, Field(discriminator="kind")]
    """Condition under which it concerns an estimate."""
    alternatives: tuple[Alternative, ...] = ()
    """The other ways to read it, if any."""

    @model_validator(mode="after")
    def _difference_needs_alternatives(self) -> Self:
        if isinstance(self.touches, ByDifference) and not self.alternatives:
            raise PydanticCustomError("no_alternative", "un point « difference » doit avoir au moins une alternative")
        return self


@dataclass(frozen=True, slots=True)
class Position:
    """Possible line of an estimate: a charge, with the items whose sum it rates."""

    charge: str
    """The charge's key, ``service.charge``."""
    family: str
    """The act's heading."""
    service: str
    """The service's name."""
    label: str
    """The charge's name within the service."""
    payee: Payee
    """Body that bills it."""
    rhythm: Rhythm
    """Rhythm at which it is paid."""
    every: int
    """Years between two payments; 0 when it is paid once."""
    items: tuple[str, ...]
    """The items it counts together."""
    only_with: str
    """The item that must be ticked for it to arise; empty when it always does."""
    unit: Unit
    """Unit of the quantity, in French."""
    price: Price
    """The price."""
    source: Source
    """Its place in the act."""

    def __hash__(self) -> int:
        """Hash only the key and the items, not the whole price: every line of every estimate looks its position up."""
        return hash((self.charge, self.items))

    def due(self, year: int) -> bool:
        """Tell if it is paid in a year, counted from 1."""
        return year == 1 if self.every == 0 else (year - 1) % self.every == 0

    @property
    def name(self) -> str:
        """Service and charge together, for a reader who does not see the table."""
        return f"{self.service} : {uncapital(self.label)}"


class Tariff(Frozen, frozen=True):
    """One dated act: every price, and how its open points are read."""

    adopted: Annotated[date, Strict()]
    """The day the act was adopted; it names the file and the tariff."""
    in_force_from: Annotated[date, Strict()]
    """The first day on which it applies."""
    title: Words
    """The act's title, shortened."""
    body: Words
    """Name of the body that adopted it."""
    payees: dict[Payee, Body]
    """The two bodies, in words."""
    categories: Categories
    """The grid of categories."""
    services: dict[StrictStr, Service]
    """The services, in the order of the act."""
    readings: dict[StrictStr, Reading]
    """The readings, by their number."""

    def __hash__(self) -> int:
        """Hash only the name, not every price: caches look tariffs up often."""
        return hash(self.adopted)

    @field_validator("in_force_from")
    @classmethod
    def _once_adopted(cls, day: date, info: ValidationInfo) -> date:
        if (adopted := info.data.get("adopted")) and day < adopted:
            problem = "un acte ne s'applique pas avant d'être adopté, ici le {adopted}"
            raise PydanticCustomError("too_early", problem, {"adopted": str(adopted)})
        return day

    @field_validator("payees")
    @classmethod
    def _both_payees(cls, payees: dict[Payee, Body]) -> dict[Payee, Body]:
        refuse(error("no_payee", "il manque cette structure", payee) for payee in PAYEES if payee not in payees)
        return payees

    @field_validator("services", mode="wrap")
    @classmethod
    def _all_told(
        cls, services: Any, make: Callable[[Any], dict[str, Service]], info: ValidationInfo
    ) -> dict[str, Service]:
        categories = info.data.get("categories")
        return checked(services, make, broken(services, categories.names if categories else ()))

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item on offer, by the name of the order's field."""
        return {key: item for service in self.services.values() for key, item in service.items.items()}

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Every position an estimate can have a line for, in the order of the act."""
        return tuple(
            _position(f"{service_key}.{charge_key}", service, charge, items)
            for service_key, service in self.services.items()
            for charge_key, charge in service.charges.items()
            for items in ([charge.of] if charge.counted == "together" else [(item,) for item in charge.of])
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
        """Return this tariff with the values at some dotted keys replaced.

        Raises KeyError when a key isn't there, and a ValidationError when the changed tariff is no valid tariff.
        """
        data: Mapping[str, Any] = self.model_dump()
        for path, value in changes.items():
            data = replaced(data, path, value)
        return Tariff.model_validate(data)


def replaced(data: Mapping[str, Any], path: str, value: Any) -> Mapping[str, Any]:
    """Copy data with another value at a dotted key. Raises KeyError when the key isn't there."""
    name, dot, rest = path.partition(".")
    if not isinstance(data, Mapping) or name not in data:
        raise KeyError(path)
    return {**data, name: replaced(data[name], rest, value) if dot else value}


def _position(key: str, service: Service, charge: Charge, items: tuple[str, ...]) -> Position:
    item = service.items[items[0]]
    label = charge.label.replace("{item}", uncapital(item.label))
    return Position(
        charge=key,
        family=service.family,
        service=service.label,
        label=label[:1].upper() + label[1:],
        payee=charge.payee,
        rhythm=charge.rhythm,
        every={"setup": 0, "yearly": 1, "term": item.term_years}[charge.rhythm],
        items=items,
        only_with=charge.only_with,
        unit=Unit(item.unit, item.units),
        price=charge.price,
        source=charge.source,
    )


def uncapital(words: str) -> str:
    """Return words as they are written within a sentence, with a small first letter."""
    return words[:1].lower() + words[1:]
