"""One dated act as data: services and their charges, categories, readings, each price with its place in the act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    Field,
    Strict,
    StrictBool,
    StrictStr,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from pricing.category import Categories
from pricing.frozen import Frozen
from pricing.names import InAddress, ItemName, Short
from pricing.order import STRUCTURES, Structure
from pricing.prices import AnyInt, Price, Unit, Words
from pricing.readings import Alternative, Reading
from pricing.rules import broken, checked

Payee = Literal["fibre", "cdg"]
"""Body that bills: La Fibre Numérique 59-62 the service, the CDG 62 the support."""
Rhythm = Literal["setup", "yearly", "term"]
"""Rhythm of a charge: paid once, every year, or for a term of years."""

PAYEES: tuple[Payee, ...] = get_args(Payee)
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)


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
    feminine: StrictBool = False
    """True where the unit is a feminine word, for what agrees with it."""
    address: InAddress
    """Its name in a link; it never changes, since old links are in council papers and mails."""
    short: Short
    """Its short name in a link, within a scenario."""
    ticked: StrictBool = False
    """True where it is ticked, not counted."""
    requires: StrictStr = ""
    """The item without which it can't be ordered (R16); empty when it stands alone."""
    taken: str = ""
    """Label of the choice to tick it, beside the estimate without it; empty where the page does not compare the two."""
    left: str = ""
    """Label of the choice not to tick it."""
    term_years: AnyInt = None
    """Years for which it is bought; None when it is not bought for a term."""


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
    """The item that must be ordered for the charge to arise (R9), of any service; empty when it always does."""
    unless: tuple[StrictStr, ...] = ()
    """The items of any service that replace it: it does not arise where one of them is ordered."""
    structures: Annotated[tuple[Structure, ...], Field(min_length=1)] = STRUCTURES
    """Kinds of body it is for."""
    vat: Annotated[Decimal, Field(ge=0, lt=100)] = Decimal(0)
    """VAT rate in percent to add to its price; 0 where the price includes it."""
    price: Price
    """Its price."""
    source: Source
    """Its place in the act."""


class Instead(Frozen, frozen=True):
    """Items of a service that stand for one another, and the words to compare them."""

    one: Words
    """One of them, before the words of an item: ``Le compte``."""
    all: Words
    """Several of them: ``Tous les comptes``."""
    items: Annotated[dict[ItemName, Words], Field(min_length=2)]
    """Each item with the words that tell it from the others: ``en 5 Go``."""


class Service(Frozen, frozen=True):
    """A digital service of La Fibre Numérique 59-62."""

    family: Words
    """Heading of the act that lists it."""
    label: Words
    """Its name in the act."""
    items: dict[ItemName, Item]
    """Items that can be ordered, by key."""
    instead: Instead | None = None
    """The items that stand for one another, if any."""
    charges: dict[StrictStr, Charge]
    """Charges billed for the service, by key."""


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
    """The item that must be ordered for it to arise; empty when it always does."""
    unless: tuple[str, ...]
    """The items that replace it."""
    structures: tuple[Structure, ...]
    """Kinds of body it is for."""
    ticked: bool
    """True where what it counts is ticked."""
    unit: Unit
    """Unit of the quantity, in French."""
    price: Price
    """The price."""
    vat: Decimal
    """VAT rate in percent to add to the price."""
    source: Source
    """Its place in the act."""

    def __hash__(self) -> int:
        """Hash only the key and the items, not the whole price: every line of every estimate looks its position up."""
        return hash((self.charge, self.items))

    def due(self, year: int) -> bool:
        """Tell if it is paid in a year, counted from 1."""
        return year == 1 if self.every == 0 else (year - 1) % self.every == 0

    @property
    def service_key(self) -> str:
        """Key of its service."""
        return self.charge.partition(".")[0]

    @property
    def sets_up(self) -> bool:
        """True for a set-up that comes with every new account, not with something that is asked for besides (R9)."""
        return self.rhythm == "setup" and not self.only_with

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
    """The bodies that bill, in words."""
    grids: Annotated[dict[StrictStr, Categories], Field(default_factory=dict)]
    """The grids of categories that prices depend on, by key."""
    services: Annotated[dict[StrictStr, Service], Field(min_length=1)]
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

    @field_validator("services", mode="wrap")
    @classmethod
    def _all_told(
        cls, services: Any, make: Callable[[Any], dict[str, Service]], info: ValidationInfo
    ) -> dict[str, Service]:
        readable = info.data.get("grids")
        grids = None if readable is None else {key: grid.names for key, grid in readable.items()}
        return checked(services, make, broken(services, grids, info.data.get("payees", PAYEES)))

    @cached_property
    def billing(self) -> tuple[Payee, ...]:
        """The bodies that bill under this act, La Fibre first."""
        return tuple(payee for payee in PAYEES if payee in self.payees)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item on offer, by key."""
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

    @property
    def confirmed_on(self) -> date | None:
        """Day of the last answer to one of its points; None where there is none."""
        return max((each.confirmed.on for each in self.readings.values() if each.confirmed), default=None)

    def grid(self, position: Position) -> Categories | None:
        """Return the grid that a position's price depends on; None where it depends on none."""
        return self.grids[position.price.grid] if position.price.kind == "by_category" else None

    @cached_property
    def alternatives(self) -> tuple[tuple[str, Alternative, "Tariff | None"], ...]:
        """Every alternative reading with its number, and this tariff as it would be under it if its values change."""
        return tuple(
            (number, alternative, self.changed(alternative.changes) if alternative.changes else None)
            for number, reading in self.readings.items()
            if not reading.confirmed
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
        label=capital(label),
        payee=charge.payee,
        rhythm=charge.rhythm,
        every={"setup": 0, "yearly": 1, "term": item.term_years or 0}[charge.rhythm],
        items=items,
        only_with=charge.only_with,
        unless=charge.unless,
        structures=charge.structures,
        ticked=item.ticked,
        unit=Unit(item.unit, item.units),
        price=charge.price,
        vat=charge.vat,
        source=charge.source,
    )


def capital(words: str) -> str:
    """Return words as they begin a line, with a capital letter."""
    return words[:1].upper() + words[1:]


def uncapital(words: str) -> str:
    """Return words as they are written within a sentence, with a small first letter."""
    return words[:1].lower() + words[1:]
