"""Costs of the digital services of La Fibre Numérique 59-62 for a public body of Pas-de-Calais, by the CDG 62's acts.

    from datetime import date
    from pricing import Client, Order, estimate, load, schedule

    tariff = load().in_force(date(2026, 11, 22))
    result = estimate(Client(inhabitants=1250, agents=6), Order(mailboxes_5go=4, domains=1), tariff)
    print(result.answers.first_year.words())

All amounts are euros including tax, as exact Decimals.
"""

from pricing.catalogue import Catalogue, NoTariffError, load
from pricing.estimate import Answers, Estimate, estimate
from pricing.faults import FaultyFileError
from pricing.money import euros
from pricing.options import Option, options
from pricing.order import Client, Order
from pricing.points import PointToConfirm, points_to_confirm
from pricing.schedule import Schedule, schedule
from pricing.tariff import Tariff
from pricing.totals import Line, Total

__all__ = [
    "Answers",
    "Catalogue",
    "Client",
    "Estimate",
    "FaultyFileError",
    "Line",
    "NoTariffError",
    "Option",
    "Order",
    "PointToConfirm",
    "Schedule",
    "Tariff",
    "Total",
    "estimate",
    "euros",
    "load",
    "options",
    "points_to_confirm",
    "schedule",
]
