"""The client and its order: whole numbers within bounds that admit every public body of the department."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, StrictBool
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.money import number

Structure = Literal["commune", "epci", "other"]
"""A commune, an EPCI (intercommunalité), or any other public body (CCAS, syndicat…)."""

MAX_INHABITANTS = 2_000_000
"""Largest number of inhabitants; the department itself has 1.46 million."""
MAX_AGENTS = 50_000
"""Largest number of agents; the department's largest employer has about 7 000."""
MAX_QUANTITY = 50_000
"""Largest quantity of an item; no body of the department needs more of any service."""
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


Quantity = Annotated[int, _up_to(MAX_QUANTITY)]


class Client(Frozen, frozen=True):
    """The public body that asks. Raises ValidationError, in French, for a number that no body can have."""

    structure: Structure = "commune"
    """Kind of body; the category grid of the act is written for communes (R14)."""
    inhabitants: Annotated[int, _up_to(MAX_INHABITANTS)] | None = None
    """Number of inhabitants; None when unknown or without meaning for the body."""
    agents: Annotated[int, _up_to(MAX_AGENTS)] | None = None
    """Number of agents employed; None when unknown."""


class Order(Frozen, frozen=True):
    """Services asked for, all accounts new (R17). Raises ValidationError, in French, for a quantity out of bounds."""

    mailboxes_5go: Quantity = 0
    """Mailboxes of 5 Go, in accounts."""
    mailboxes_unlimited: Quantity = 0
    """Mailboxes without limit, in accounts."""
    domains: Quantity = 0
    """Domain names."""
    web_pages: Quantity = 0
    """Web pages, in accounts."""
    certificates_cdg_1y: Quantity = 0
    """Signature certificates for 1 year, handed over at the CDG."""
    certificates_cdg_2y: Quantity = 0
    """Signature certificates for 2 years, handed over at the CDG."""
    certificates_cdg_3y: Quantity = 0
    """Signature certificates for 3 years, handed over at the CDG."""
    certificates_on_site_1y: Quantity = 0
    """Signature certificates for 1 year, handed over on site by the carrier."""
    certificates_on_site_2y: Quantity = 0
    """Signature certificates for 2 years, handed over on site by the carrier."""
    certificates_on_site_3y: Quantity = 0
    """Signature certificates for 3 years, handed over on site by the carrier."""
    backups: Quantity = 0
    """Backups of 60 Go with 5 Go of file sharing, in accounts."""
    extra_storage_go: Quantity = 0
    """Storage beyond the backup's 60 Go, in Go for the whole client; needs a backup (R16)."""
    antivirus_devices: Quantity = 0
    """Computers protected by the antivirus."""
    antivirus_intervention: StrictBool = False
    """True if someone comes to install the antivirus (R9); needs at least one device (R16)."""
    demarches_simplifiees: StrictBool = False
    """True if the client takes Démarches simplifiées."""

    def quantity(self, item: str) -> int:
        """Return the quantity of `item` (a field's name); a choice that is ticked counts as 1."""
        return int(self.__dict__[item])

    @property
    def empty(self) -> bool:
        """True if nothing at all is asked for."""
        return not any(self.__dict__.values())


def hardly_meant(client: Client, quantity: int) -> bool:
    """Tell if a quantity is too large to be meant by a client: the page then asks, but never refuses."""
    if client.agents is not None:
        return quantity > max(FEWEST_ODD, client.agents * ODD_PER_AGENT)
    if client.structure == "commune" and client.inhabitants is not None:
        return quantity > max(FEWEST_ODD, client.inhabitants // INHABITANTS_PER_ODD)
    return quantity > MOST_WITHOUT_SIZE


ITEMS = tuple(Order.model_fields)
"""Every item a client can order, in the order of the act."""
CHOICES = tuple(item for item, field in Order.model_fields.items() if field.annotation is bool)
"""The items that are ticked rather than counted."""
