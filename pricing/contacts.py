"""Desk of each body that bills, to which a request for a quote is sent; empty where its address is not known."""

import re
from typing import Annotated

from pydantic import AfterValidator, StrictStr
from pydantic_core import PydanticCustomError

from pricing.frozen import Frozen
from pricing.questions import WebPage
from pricing.tariff import Payee

_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(0[1-9]|\+33 [1-9])( [0-9]{2}){4}")


def _mail(mail: str) -> str:
    if mail and not _MAIL.fullmatch(mail):
        raise PydanticCustomError("mail", "ce n'est pas une adresse électronique")
    return mail


def _phone(phone: str) -> str:
    if phone and not _PHONE.fullmatch(phone):
        raise PydanticCustomError("phone", "ce n'est pas un numéro de téléphone")
    return phone


class Desk(Frozen, frozen=True):
    """The desk of a body that receives requests for a quote."""

    mail: Annotated[StrictStr, AfterValidator(_mail)] = ""
    """Mail address, or empty."""
    phone: Annotated[StrictStr, AfterValidator(_phone)] = ""
    """Phone number in groups of two digits, or empty."""
    page: WebPage = ""
    """URL of its page for requests, or empty."""

    @property
    def known(self) -> bool:
        """True where there is a way to reach it."""
        return bool(self.mail or self.phone or self.page)


class Contacts(Frozen, frozen=True):
    """The desks of all bodies that bill."""

    fibre: Desk = Desk()
    """The desk of La Fibre Numérique 59-62."""
    cdg: Desk = Desk()
    """The desk of the CDG 62."""

    def of(self, payee: Payee) -> Desk:
        """Return the desk of a body."""
        return self.fibre if payee == "fibre" else self.cdg
