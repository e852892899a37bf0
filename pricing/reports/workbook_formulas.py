"""The formulas of the workbook, as text: what pricing.rating and pricing.estimate do, in a spreadsheet's own words.

Only functions that Excel and LibreOffice both have, under their English names, as the file format requires. Every
amount is rounded to the cent where it arises, so that no sum of the cells can drift from the estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pricing.estimate import HORIZON

ON_QUOTE = "sur devis"
"""In the place of an amount that only a quote can tell."""
MISSING = "à compléter"
"""In the place of an amount for which the client has not said enough."""
NOT_STATED = "non indiqué"
"""In the place of an amount that the act does not state."""
INCLUDED = "inclus"
"""In the place of a known zero."""
NOT_ASKED = "non demandé"
"""In the place of the amount of a line whose quantity is 0."""
NOTHING = "–"
"""Where nothing is paid in a year, nothing is left out of a total, or nothing stands at all."""
NO_PRICE = "aucun prix indiqué"
"""In the place of a total of lines for which the act states no price at all."""


_ONE, _MANY = "\u00a0montant ", "\u00a0montants "


def text(words: str) -> str:
    """Words as a formula writes them."""
    return '"' + words.replace('"', '""') + '"'


class Price(Protocol):
    """A price somewhere in the workbook, which knows the formula of what a quantity costs."""

    def amount(self, quantity: str) -> str:
        """The formula, without its equals sign, for a quantity of at least 1 in the cell `quantity`."""
        ...


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands in the place of an amount, whatever the quantity."""

    word: str
    """The word."""

    def amount(self, quantity: str) -> str:
        """The word itself."""
        return text(self.word)


@dataclass(frozen=True, slots=True)
class EachUnit:
    """So many euros for each unit, or for the term of each."""

    price: str
    """The cell of the price of one unit."""
    limit: str = ""
    """The cell of the limit beyond which the whole quantity is on quote (R8); empty when there is none."""

    def amount(self, quantity: str) -> str:
        """Quantity times price, within the limit."""
        times = f"ROUND({quantity}*{self.price},2)"
        return f"IF({quantity}>{self.limit},{text(ON_QUOTE)},{times})" if self.limit else times


@dataclass(frozen=True, slots=True)
class Blocks:
    """What applies beyond the last band of a stairstep."""

    price: str
    """The cell of the price of one block."""
    size: str
    """The cell of how many units make one."""
    from_first_unit: bool
    """Whether blocks replace the price of the last band, rather than come on top of it (R4)."""


@dataclass(frozen=True, slots=True)
class InBand:
    """One price for the whole quantity, by the band it falls in."""

    firsts: str
    """The range of each band's first quantity."""
    prices: str
    """The range of each band's price."""
    last: str
    """The cell of the last band's last quantity."""
    last_price: str
    """The cell of the last band's price."""
    beyond: Blocks | None
    """What applies beyond it; None when that is on quote."""

    def amount(self, quantity: str) -> str:
        """The price of the band, or what is beyond them all."""
        within = f"INDEX({self.prices},MATCH({quantity},{self.firsts},1))"
        return f"IF({quantity}>{self.last},{self._beyond(quantity)},{within})"

    def _beyond(self, quantity: str) -> str:
        if self.beyond is None:
            return text(ON_QUOTE)
        price, size = self.beyond.price, self.beyond.size
        if self.beyond.from_first_unit:
            return f"ROUND(ROUNDUP({quantity}/{size},0)*{price},2)"
        return f"ROUND({self.last_price}+ROUNDUP(({quantity}-{self.last})/{size},0)*{price},2)"


@dataclass(frozen=True, slots=True)
class InCategory:
    """One price for each category, or a word in its place."""

    prices: str
    """The range of the categories' prices."""
    letters: str
    """The range of the categories' letters."""
    category: str
    """The cell of the client's letter, or of the word for why it has none."""

    def amount(self, quantity: str) -> str:
        """The price of the category, whatever the quantity."""
        found = f"INDEX({self.prices},MATCH({self.category},{self.letters},0))"
        known = f"IF(COUNTIF({self.letters},{self.category})=0,{text(MISSING)},{found})"
        return f"IF({self.category}={text(ON_QUOTE)},{text(ON_QUOTE)},{known})"


def line(price: Price, quantity: str) -> str:
    """What a line costs each time it is paid, or the word that stands in its place."""
    return f"=IF({quantity}<1,{text(NOT_ASKED)},{price.amount(quantity)})"


def due(every: str, year: str, amount: str) -> str:
    """What a line costs in a year: its amount when it is paid in it, once or every so many years."""
    return f"=IF(IF({every}=0,{year}=1,MOD({year}-1,{every})=0),{amount},{text(NOTHING)})"


def over_years(amount: str, years: str) -> str:
    """What a line costs over a range of years, or the word that stands in its place."""
    return f"=IF(ISNUMBER({amount}),ROUND(SUM({years}),2),{amount})"


Criteria = Sequence[tuple[str, str]]
"""Which lines a total is made of: ranges, each with what its cells must be, as a formula writes it."""


def sum_of(amounts: str, criteria: Criteria) -> str:
    """The sum of a range, of the lines that meet the criteria; words in it count nothing."""
    chosen = f"SUMIFS({_arguments(amounts, *_flat(criteria))})" if criteria else f"SUM({amounts})"
    return f"ROUND({chosen},2)"


def each_year(over_horizon: str) -> str:
    """What a sum over the horizon comes to a year."""
    return f"ROUND({over_horizon}/{HORIZON},2)"


def count_of(amounts: str, words: Sequence[str], criteria: Criteria) -> str:
    """How many lines that meet the criteria show one of some words, or an amount (``>=0``)."""
    counts = [f"COUNTIFS({_arguments(amounts, text(word), *_flat(criteria))})" for word in words]
    return f"={'+'.join(counts)}"


def _flat(criteria: Criteria) -> list[str]:
    return [part for pair in criteria for part in pair]


def _arguments(*parts: str) -> str:
    return ",".join(parts)


@dataclass(frozen=True, slots=True)
class Counts:
    """The cells that count the lines of a total, as references."""

    known: str
    """How many have an amount or are included."""
    on_quote: str
    """How many are on quote."""
    missing: str
    """How many wait for something the client has not said."""
    not_stated: str
    """How many have no price in the act."""

    def amount(self, known: str) -> str:
        """The total: the formula `known`, or a word where none of its lines has an amount."""
        word = f"IF({self.on_quote}>0,{text(ON_QUOTE)},IF({self.missing}>0,{text(MISSING)},{text(NO_PRICE)}))"
        unknown = f"{self.on_quote}+{self.missing}+{self.not_stated}"
        return f"=IF(AND({self.known}=0,{unknown}>0),{word},{known})"

    def left_out(self) -> str:
        """What the total leaves out, in the words of Total.left_out, with a plus where an amount comes before."""
        after_amount = f'IF({self.known}>0,"+ ","")'
        on_quote = _positions(self.on_quote, ON_QUOTE, after_amount)
        missing = _positions(self.missing, MISSING, f'IF({self.on_quote}>0," + ",{after_amount})')
        return f"=IF({self.on_quote}+{self.missing}=0,{text(NOTHING)},{on_quote}&{missing})"


def _positions(count: str, why: str, before: str) -> str:
    noun = f"IF({count}<2,{text(_ONE + why)},{text(_MANY + why)})"
    return f'IF({count}=0,"",{before}&{count}&{noun})'
