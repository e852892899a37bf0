"""The formulas of the workbook as text: what pricing.rating and pricing.estimate do, for a spreadsheet to redo.

Only functions that Excel and LibreOffice both have, under their English names, as the file format requires. A cell
that should hold a price and holds no number is on quote: no formula takes it for 0.
"""

from collections.abc import Mapping

from pricing.category import Criterion, Rule
from pricing.estimate import HORIZON
from pricing.money import MOST
from views.reports.compared import MISSING, NO_PRICE, NOT_STATED, ON_QUOTE

NOTHING = "–"
"""Text in place of an amount that is not paid in a year, or not ordered."""

Shown = tuple[str, object]
"""A formula with the value it has on the day."""


def text(words: str) -> str:
    """Quote text for a formula."""
    return '"' + words.replace('"', '""') + '"'


_QUOTE = text(ON_QUOTE)


def joined(*parts: str | Shown) -> Shown:
    """Join text and cells: ``joined("tranche de ", ("D5", 1), …)``."""
    cells = [text(part) if isinstance(part, str) else part[0] for part in parts]
    return "=" + "&".join(cells), "".join(part if isinstance(part, str) else str(part[1]) for part in parts)


def rank(value: str, bounds: str) -> str:
    """Return the rank of the band that holds a value, from 1; each bound is the last value of its band."""
    return f"1+SUMPRODUCT(1*({bounds}<{value}))"


def price(cell: str) -> str:
    """Return the price in a cell."""
    return f"IF(ISNUMBER({cell}),{cell},{_QUOTE})"


def is_price(cell: str) -> str:
    """Return the condition for a price, or « sur devis »."""
    return f"=OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<{MOST}),{cell}={_QUOTE})"


def if_ordered(quantity: str, formula: str, otherwise: str = NOTHING) -> str:
    """Return the formula for a quantity of at least 1, which gives the words `otherwise` at 0."""
    return f"=IF({quantity}=0,{text(otherwise)},{formula})"


def amount(quantity: str, price: str, euros: str, *, may_change: bool) -> str:
    """Return the amount of a line whose price is a number, otherwise the words in its price's cell.

    A cell that may change holds any text, or nothing: both mean that the price is on quote.
    """
    words = _QUOTE if may_change else price
    return if_ordered(quantity, f"IF(ISNUMBER({price}),ROUND({euros},2),{words})")


def blocks(quantity: str, last: str, size: str, price: str, base: str) -> str:
    """Return the euros within the bands up to `last`; beyond, by blocks, on top of `base` unless that is empty (R4)."""
    counted = f"{base}+ROUNDUP(({quantity}-{last})/{size},0)" if base else f"ROUNDUP({quantity}/{size},0)"
    return f"IF({quantity}<={last},{price},{counted}*{price})"


def category(
    values: Mapping[Criterion, str], bounds: Mapping[Criterion, str], letters: str, placed: str, rule: Rule
) -> str:
    """Return the category by inhabitants and agents, or the words for why there is none (R11, R12, R14)."""
    known = {each: f"IF(ISNUMBER({value}),{rank(value, bounds[each])},0)" for each, value in values.items()}
    found = f"MAX({','.join(known.values())})"
    if rule != "higher":
        found = f"IF(ISNUMBER({values[rule]}),{known[rule]},{found})"
    letter = f"IF(COUNT({','.join(values.values())})=0,{text(MISSING)},INDEX({letters},{found}))"
    return f"=IF({placed},{letter},{_QUOTE})"


def category_alone(value: str, bounds: str, letters: str, placed: str) -> str:
    """Return the category by one criterion alone; empty where it is not known."""
    letter = f'"catégorie "&INDEX({letters},{rank(value, bounds)})'
    return f'=IF(AND({placed},ISNUMBER({value})),{letter},"")'


def by_category(prices: str, letters: str, category: str) -> str:
    """Return the price of a category, or the words for why the client has none."""
    match = f"MATCH({category},{letters},0)"
    return f"=IF(ISNUMBER({match}),{price(f'INDEX({prices},{match})')},{category})"


def total(amounts: str, criteria: list[str], *, a_year: bool) -> str:
    """Sum the lines that have an amount, divided by the years where asked; words where none of several has one.

    The criteria are ranges, each followed by what its cells must match.
    """
    known = f"SUMIFS({','.join([amounts, *criteria])})" if criteria else f"SUM({amounts})"
    quote, missing, unstated = (_count(amounts, word, criteria) for word in (ON_QUOTE, MISSING, NOT_STATED))
    words = f"IF({quote}>0,{_QUOTE},IF({missing}>0,{text(MISSING)},{text(NO_PRICE)}))"
    # Whole cents are divided, since half a cent is then exact, and every program rounds it up.
    each = f"ROUND(ROUND({known}*100,0)/{HORIZON},0)/100" if a_year else f"ROUND({known},2)"
    none = f"AND({_count(amounts, '>=0', criteria)}=0,{quote}+{missing}+{unstated}>0)"
    return f"=IF({none},{words},{each})"


def left_out(amounts: str, criteria: list[str]) -> str:
    """Return the number of lines that a total leaves out, and the reason: ``2 sur devis``; empty when it is whole."""
    quote, missing = (_count(amounts, word, criteria) for word in (ON_QUOTE, MISSING))
    parts = [f'IF({count}=0,"",{count}&{text(f" {why}")})' for count, why in ((quote, ON_QUOTE), (missing, MISSING))]
    return f'={parts[0]}&IF({quote}*{missing}=0,""," + ")&{parts[1]}'


def _count(amounts: str, word: str, criteria: list[str]) -> str:
    return f"COUNTIFS({','.join([amounts, text(word), *criteria])})"
