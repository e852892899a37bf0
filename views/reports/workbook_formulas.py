"""The formulas of the workbook, as text: what pricing.rating and pricing.estimate do, in a spreadsheet's own words.

Only functions that Excel and LibreOffice both have, under their English names, as the file format requires. Every
amount is rounded to the cent where it arises, so that no sum of the cells can drift from the estimate.

What a reader may change is checked once, in a cell of its own: it holds what is counted, or the word FIX. All other
formulas refer to the checked cell and pass the word on, up to the totals, which name it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pricing.estimate import HORIZON
from pricing.money import MOST

ON_QUOTE = "sur devis"
"""In the place of an amount that only a quote can tell."""
MISSING = "à compléter"
"""In the place of an amount for which the client has not said enough."""
NOT_STATED = "non indiqué"
"""In the place of an amount that the act does not state."""
NOT_ASKED = "non demandé"
"""In the place of the amount of a line whose quantity is 0."""
NOTHING = "–"
"""Where nothing is paid in a year, nothing is left out of a total, or nothing stands at all."""
FIX = "à corriger"
"""In the place of an amount that follows from a cell that can't be read."""
NO_PRICE = "aucun prix indiqué"
"""In the place of a total of lines for which the act states no price at all."""


OTHERS = "Autres lignes de l'acte, repliées (signe + à gauche pour les voir)\u00a0: "
"""Where the lines that were not asked for are folded away."""
NONE_ASKED, SOME_ASKED = "aucune n'est demandée.", "certaines sont maintenant demandées, ou à corriger."
"""What is said of them."""
_ONE, _MANY = "\u00a0montant ", "\u00a0montants "
_AND = " + "
"""What stands between two things that a total leaves out."""
LONGEST = 255
"""How many characters a text in a formula may have; what a total leaves out never takes as many."""


def text(words: str) -> str:
    """Words as a formula writes them."""
    return '"' + words.replace('"', '""') + '"'


# ── What a reader may change, checked ───────────────────────────────────────────────────────────────────────────────


def _whole(cell: str, least: object, most: object, then: str) -> str:
    """`then` where a cell holds a whole number within bounds, else FIX; there is no upper one where `most` is empty."""
    below = f"{cell}<={most}," if most != "" else ""
    inside = f"IF(AND({cell}>={least},{below}{cell}=INT({cell})),{then},{text(FIX)})"
    return f"IF(ISNUMBER({cell}),{inside},{text(FIX)})"


def counted_quantity(cell: str, most: int, requires: str) -> str:
    """How many count of what a cell asks for: none where there is none of what it `requires` (R16)."""
    with_it = f"IF({requires}=0,0,IF(OR({cell}=0,ISNUMBER({requires})),{cell},{text(FIX)}))" if requires else cell
    return f"={_whole(cell, 0, most, with_it)}"


def counted_category(cell: str, letters: str) -> str:
    """The category that counts: a letter, or the word for why there is none. MATCH alone takes * for any letter."""
    words = ",".join(f"{cell}={text(word)}" for word in (ON_QUOTE, MISSING))
    known = f"OR({words},SUMPRODUCT(1*EXACT({cell},{letters}))=1)"
    return f"=IF(ISTEXT({cell}),IF({known},{cell},{text(FIX)}),{text(FIX)})"


def counted_price(cell: str, size: str = "") -> str:
    """The price that counts, to the cent, or « sur devis »; `size` is the cell of how many units it is paid for."""
    number = f"IF(AND({cell}>=0,{cell}<{MOST}),ROUND({cell},2),{text(FIX)})"
    # COUNTIF, unlike a comparison, stays a number where the cell holds an error.
    checked = f"IF(ISNUMBER({cell}),{number},IF(COUNTIF({cell},{text(ON_QUOTE)})=1,{text(ON_QUOTE)},{text(FIX)}))"
    return f"={_whole(size, 1, '', checked) if size else checked}"


def is_price(cell: str) -> str:
    """Whether a cell holds a price, as a rule of what may be typed into it."""
    return f"=OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<{MOST}),COUNTIF({cell},{text(ON_QUOTE)})=1)"


def next_first(first: str, up_to: str) -> str:
    """Where the next band begins, after one that goes from `first` to `up_to`.

    It is FIX where the bound can't be, and so is all that begins after it: the last of a stairstep tells of them all.
    """
    # A word is greater than any number, so that no bound reaches a first quantity that is FIX.
    return f"={_whole(up_to, first, '', f'{up_to}+1')}"


def is_no_size(cell: str) -> str:
    """Whether a cell can't be how many units make a block."""
    return f"=IF(ISNUMBER({cell}),OR({cell}<1,{cell}<>INT({cell})),TRUE)"


def all_of(names: Sequence[str], only_with: str) -> str:
    """The sum of checked quantities, none without what it comes `only_with`, without its equals sign."""
    added = "+".join(names)
    if len(names) > 1:
        added = f"IF(COUNT({','.join(names)})<{len(names)},{text(FIX)},{added})"
    return f"IF(ISNUMBER({only_with}),IF({only_with}=0,0,{added}),{text(FIX)})" if only_with else added


def within(quantity: str, beyond: str) -> str:
    """How much of a quantity comes before the first unit beyond a limit."""
    return f"IF(COUNT({quantity},{beyond})<2,{text(FIX)},MIN({quantity},{beyond}-1))"


def excess(quantity: str, beyond: str) -> str:
    """How much of a quantity comes after a limit."""
    return f"IF(COUNT({quantity},{beyond})<2,{text(FIX)},MAX({quantity}-{beyond}+1,0))"


def with_bound(before: str, after: str, beyond: str) -> str:
    """Words around the last quantity before the first one beyond it."""
    return f"=IF(ISNUMBER({beyond}),{text(before)}&{beyond}-1&{text(after)},{beyond})"


# ── What a line costs ───────────────────────────────────────────────────────────────────────────────────────────────


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
    """The checked cell of the price of one unit."""
    beyond: str = ""
    """The checked cell of the first quantity that is on quote as a whole (R8); empty when there is none."""

    def amount(self, quantity: str) -> str:
        """Quantity times price, within the limit."""
        times = f"IF(ISNUMBER({self.price}),ROUND({quantity}*{self.price},2),{self.price})"
        return _before(self.beyond, quantity, times, text(ON_QUOTE)) if self.beyond else times


@dataclass(frozen=True, slots=True)
class Blocks:
    """What applies beyond the last band of a stairstep."""

    price: str
    """The checked cell of the price of one block, which is FIX where its size is."""
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
    """The range of each band's checked price."""
    first_beyond: str
    """The checked cell of the first quantity beyond the last band."""
    last_price: str
    """The checked cell of the last band's price."""
    beyond: Blocks | None
    """What applies beyond it; None when that is on quote."""

    def amount(self, quantity: str) -> str:
        """The price of the band, or what is beyond them all."""
        band = f"INDEX({self.prices},MATCH({quantity},{self.firsts},1))"
        return _before(self.first_beyond, quantity, band, self._beyond(quantity))

    def _beyond(self, quantity: str) -> str:
        if self.beyond is None:
            return text(ON_QUOTE)
        price, size, last = self.beyond.price, self.beyond.size, self.last_price
        if self.beyond.from_first_unit:
            return f"IF(ISNUMBER({price}),ROUND(ROUNDUP({quantity}/{size},0)*{price},2),{price})"
        blocks = f"ROUNDUP(({quantity}-{self.first_beyond}+1)/{size},0)"
        word = f"IF(OR({last}={text(FIX)},{price}={text(FIX)}),{text(FIX)},{text(ON_QUOTE)})"
        return f"IF(COUNT({last},{price})=2,ROUND({last}+{blocks}*{price},2),{word})"


@dataclass(frozen=True, slots=True)
class InCategory:
    """One price for each category, or a word in its place."""

    prices: str
    """The range of the categories' checked prices."""
    letters: str
    """The range of the categories' letters."""
    category: str
    """The checked cell of the client's letter, or of the word for why it has none."""

    def amount(self, quantity: str) -> str:
        """The price of the category, whatever the quantity."""
        found = f"INDEX({self.prices},MATCH({self.category},{self.letters},0))"
        return f"IF(COUNTIF({self.letters},{self.category})=0,{self.category},{found})"


def _before(first_beyond: str, quantity: str, within: str, beyond: str) -> str:
    """One formula before a first quantity, another from it on; FIX where that quantity is."""
    return f"IF(ISNUMBER({first_beyond}),IF({quantity}>={first_beyond},{beyond},{within}),{first_beyond})"


def line(price: Price, quantity: str) -> str:
    """What a line costs each time it is paid, or the word that stands in its place."""
    return f"=IF(ISNUMBER({quantity}),IF({quantity}=0,{text(NOT_ASKED)},{price.amount(quantity)}),{quantity})"


def others(quantities: str, lines: int) -> str:
    """What is said of the lines that were not asked for: whether some are by now."""
    return f"={text(OTHERS)}&IF(COUNTIF({quantities},0)={lines},{text(NONE_ASKED)},{text(SOME_ASKED)})"


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


def count_of(amounts: str, word: str, criteria: Criteria) -> str:
    """How many lines that meet the criteria show a word, or an amount (``>=0``)."""
    return f"=COUNTIFS({_arguments(amounts, text(word), *_flat(criteria))})"


def _flat(criteria: Criteria) -> list[str]:
    return [part for pair in criteria for part in pair]


def _arguments(*parts: str) -> str:
    return ",".join(parts)


@dataclass(frozen=True, slots=True)
class Counts:
    """The cells that count the lines of a total, as references."""

    known: str
    """How many have an amount."""
    on_quote: str
    """How many are on quote."""
    missing: str
    """How many wait for something the client has not said."""
    to_fix: str
    """How many follow from a cell that can't be read."""
    not_stated: str
    """How many have no price in the act."""

    def amount(self, known: str) -> str:
        """The total: the formula `known`, or a word where none of its lines has an amount."""
        word = text(NO_PRICE)
        for count, instead in ((self.missing, MISSING), (self.on_quote, ON_QUOTE), (self.to_fix, FIX)):
            word = f"IF({count}>0,{text(instead)},{word})"
        unknown = "+".join((self.on_quote, self.missing, self.to_fix, self.not_stated))
        return f"=IF(AND({self.known}=0,{unknown}>0),{word},{known})"

    def left_out(self) -> str:
        """What the total leaves out, in the words of Total.left_out, with a plus where an amount comes before."""
        counts = ((self.on_quote, ON_QUOTE), (self.missing, MISSING), (self.to_fix, FIX))
        parts = "&".join(_part(count, why) for count, why in counts)
        # Each part begins with a plus: the first keeps it only after an amount.
        words = f'IF({self.known}>0,"+ ","")&MID({parts},{len(_AND) + 1},{LONGEST})'
        return f"=IF({'+'.join(count for count, _ in counts)}=0,{text(NOTHING)},{words})"


def _part(count: str, why: str) -> str:
    noun = f"IF({count}<2,{text(_ONE + why)},{text(_MANY + why)})"
    return f'IF({count}=0,"",{text(_AND)}&{count}&{noun})'
