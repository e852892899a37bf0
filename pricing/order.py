"""The client and its order: whole numbers within bounds that admit every public body of the department."""

from collections.abc import Container, Mapping
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.money import number

Structure = Literal["commune", "epci", "other"]
"""A commune, an EPCI (intercommunalité), or any other public body (CCAS, syndicat…)."""
STRUCTURES: tuple[Structure, ...] = get_args(Structure)

MAX_INHABITANTS = 2_000_000
"""Largest number of inhabitants; the department itself has 1.46 million."""
MAX_AGENTS = 50_000
"""Largest number of agents; the department's largest employer has about 7 000."""
MAX_QUANTITY = 50_000
"""Largest quantity of an item; no body of the department needs more of any service."""
MAX_PAID_TODAY = 1_000_000
"""Largest amount that a body pays a year today, in euros; none of the department comes near it for such services."""
MONTHS = 12
"""Number of months, and the last of them."""
FEWEST_ODD = 20
"""Quantity up to which the page never asks whether it is meant, whatever the client's size."""
ODD_PER_AGENT = 5
"""Quantity per agent beyond which the page asks whether it is meant."""
INHABITANTS_PER_ODD = 20
"""Inhabitants per unit below which the page asks, for a commune whose number of agents is not known."""
MOST_WITHOUT_SIZE = 1_000
"""Quantity beyond which the page asks, where the client's size is not known."""


def whole(value: object, most: int) -> int:
    """Accept a whole number from 0 to `most`, and refuse anything else with a French sentence."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise PydanticCustomError("whole_number", "il faut un nombre entier, en chiffres")
    if not 0 <= value <= most:
        raise PydanticCustomError("out_of_bounds", "il faut un nombre entre 0 et {most}", {"most": number(most)})
    return value


def _up_to(most: int) -> BeforeValidator:
    return BeforeValidator(lambda value: whole(value, most))


Inhabitants = Annotated[int, _up_to(MAX_INHABITANTS)]
Agents = Annotated[int, _up_to(MAX_AGENTS)]
Quantity = Annotated[int, _up_to(MAX_QUANTITY)]
Euros = Annotated[int, _up_to(MAX_PAID_TODAY)]


def a_month(value: object) -> int:
    """Accept a month, 1 to 12, and refuse anything else with a French sentence."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MONTHS:
        raise PydanticCustomError("month", "il faut un mois, de 1 à 12")
    return value


Month = Annotated[int, BeforeValidator(a_month)]


class Client(Frozen, frozen=True):
    """The public body that asks. Raises ValidationError, in French, for a number that no body can have."""

    structure: Structure = "commune"
    """Kind of body; the category grid of the act is written for communes (R14)."""
    inhabitants: Inhabitants | None = None
    """Number of inhabitants; None when unknown or without meaning for the body."""
    agents: Agents | None = None
    """Number of agents employed; None when unknown."""


class Order(Frozen, frozen=True, extra="allow"):
    """Services asked for, as quantities by item: ``Order(mailboxes_5go=4, domains=1)``; all accounts new (R17).

    An item that is ticked has a quantity of 1. The act alone knows which items there are.
    Raises ValidationError, in French, for a quantity out of bounds.
    """

    # Pydantic reads the type of its extra values here, which its own base class declares as Any.
    __pydantic_extra__: dict[str, Quantity]  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self, /, **quantities: int) -> None:
        """Ask for quantities of items, by their keys in the act."""
        super().__init__(**quantities)

    @model_validator(mode="before")
    @classmethod
    def _asked_for(cls, quantities: object) -> object:
        """Take a ticked item for 1, and leave out what is not asked for: equal orders compare as equal."""
        if not isinstance(quantities, Mapping):
            return quantities  # what is no table of quantities is refused as such
        counted = {item: 1 if value is True else value for item, value in quantities.items()}
        return {item: value for item, value in counted.items() if value is not False and value != 0}

    @property
    def quantities(self) -> Mapping[str, int]:
        """Quantities of the items that are asked for."""
        return self.__pydantic_extra__

    def quantity(self, item: str) -> int:
        """Return the quantity of an item, 0 where it is not asked for; an item that is ticked counts as 1."""
        return self.__pydantic_extra__.get(item, 0)

    def asking(self, /, **quantities: int) -> "Order":
        """Return this order with other quantities of some items. Raises ValidationError, in French, beyond bounds."""
        return Order(**{**self.__pydantic_extra__, **quantities})

    def only(self, items: Container[str]) -> "Order":
        """Return this order without what is not among some items."""
        return Order(**{item: quantity for item, quantity in self.quantities.items() if item in items})

    @property
    def empty(self) -> bool:
        """True if nothing at all is asked for."""
        return not self.__pydantic_extra__

    def __hash__(self) -> int:
        """Hash the quantities, whatever their order."""
        return hash(frozenset(self.__pydantic_extra__.items()))


def hardly_meant(client: Client, quantity: int) -> bool:
    """Tell if a quantity is too large to be meant by a client: the page then asks, but never refuses."""
    if client.agents is not None:
        return quantity > max(FEWEST_ODD, client.agents * ODD_PER_AGENT)
    if client.structure == "commune" and client.inhabitants is not None:
        return quantity > max(FEWEST_ODD, client.inhabitants // INHABITANTS_PER_ODD)
    return quantity > MOST_WITHOUT_SIZE
