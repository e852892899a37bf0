"""The workbook's grid: the sheets of every price of the tariff, whose cells the formulas refer to."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pricing.category import CRITERIA
from pricing.prices import Blocks, ByCategory, ByTerm, PerUnit, Stairstep
from pricing.tariff import Charge, Service, Tariff, uncapital
from views.reports import workbook_formulas as formulas
from views.reports.handout import Handout, long_date
from views.reports.wording import NO_AMOUNT, RHYTHM_TITLE
from views.reports.workbook_formulas import FIX, NOTHING, ON_QUOTE
from views.reports.workbook_sheets import FIRST, HEAD, Sheet, reference, references

MAY_CHANGE = (
    "Les cases jaunes peuvent être changées\u00a0: les montants des feuilles Synthèse, Détail, Six ans et Totaux se "
    f"recalculent. Une case qui ne peut pas être lue donne «\u00a0{FIX}\u00a0»."
)
"""What the sheets that have yellow cells say of them."""
GRID_WIDTHS = (24, 34, 15, 18, 14, 14, 14, 16, 34, 44)
"""How wide the columns of the grid are."""
COUNTED = 10
"""The column of the prices that count, beside what is printed."""
CATEGORY_WIDTHS = (14, 48, 16, 16, 16, 16)
"""How wide the columns of the categories are, before those of their prices."""
PRICE_WIDTH = 26
"""How wide a column of prices by category is."""
CATEGORY = "Categorie"
"""The defined name of the cell that holds the client's category, checked."""
LETTERS = "Categories"
"""The defined name of the range of all categories."""


@dataclass(frozen=True, slots=True)
class Priced:
    """Where the price of a charge stands."""

    price: formulas.Price
    """Its formula."""
    split_from: str = ""
    """The cell of the first unit that makes a line of its own, on quote, with the rest (R8); empty when none does."""


class Grid:
    """The sheet of every price that is no category's, and where each price of the tariff stands."""

    prices: dict[tuple[str, int], Priced]
    """By charge, and by years between two payments."""

    def __init__(self, sheet: Sheet, handout: Handout) -> None:
        self._sheet, self._tariff = sheet, handout.tariff
        self._row = FIRST
        self.prices = {}
        sheet.heading(
            "Grille tarifaire",
            f"{self._tariff.body}, tarifs TTC adoptés le {long_date(self._tariff.adopted)}.",
            f"{MAY_CHANGE} Une tranche va de sa première à sa dernière unité comprise, et a un seul prix.",
        )
        columns = ("Service", "Tarif", "Facturé par", "Rythme", "À partir de", "Jusqu'à", "Taille d'une tranche")
        sheet.head(HEAD, [*columns, "Prix TTC", "Ce que couvre ce prix", "Place dans l'acte"], right=(4, 5, 6, 7))
        sheet.text(HEAD, COUNTED, "Prix compté", "head", "right")
        for key, service, charge in charges(self._tariff):
            self._charge(key, service, charge)
        last = self._row - 1
        sheet.look_where(f"F{FIRST + 1}:F{last + 1}", f'=AND(ISNUMBER($E{FIRST + 1}),$E{FIRST + 2}="{FIX}")', "fix")
        sheet.look_where(f"H{FIRST + 1}:H{last + 1}", f'=$K{FIRST + 1}="{FIX}"', "fix")
        sheet.show_what_to_fix()
        sheet.freeze(FIRST, 2)
        sheet.print_to(last)

    def _charge(self, key: str, service: Service, charge: Charge) -> None:
        price = charge.price
        unit = service.items[charge.of[0]].unit
        if price.kind == "per_unit":
            self._per_unit(key, service, charge, price, unit)
        elif price.kind == "stairstep":
            self._stairstep(key, service, charge, price, unit)
        elif price.kind == "by_term":
            self._by_term(key, service, charge, price, unit)
        elif price.kind == "by_category":
            self._next(service, charge, "selon la catégorie", "voir la feuille Catégories", input_=False)
        else:
            word = NO_AMOUNT[price.kind]
            self._next(service, charge, word, price.why if price.kind == "on_quote" else "", input_=False)
            self.keep(key, service, charge, Priced(formulas.Word(word)))

    def keep(self, key: str, service: Service, charge: Charge, priced: Priced) -> None:
        """Keep where a price stands, for every length of time that one payment of it holds."""
        terms = {service.items[item].term_years for item in charge.of}
        for every in {"setup": {0}, "yearly": {1}, "term": terms}[charge.rhythm]:
            self.prices[key, every] = priced

    def _next(
        self, service: Service, charge: Charge, price: Decimal | str, pays: str, *, label: str = "", input_: bool = True
    ) -> int:
        """Write one price, with the price that counts where it may be changed, and tell its row."""
        sheet, row = self._sheet, self._row
        sheet.text(row, 0, service.label, "text")
        sheet.text(row, 1, label or _label(service, charge), "text")
        sheet.text(row, 2, self._tariff.payees[charge.payee].short, "text", charge.payee)
        sheet.text(row, 3, RHYTHM_TITLE[charge.rhythm], "text")
        if input_:
            counted_input(sheet, row, 7, COUNTED, price)
        else:
            sheet.amount(row, 7, price)
        sheet.text(row, 8, pays or NOTHING, "text", "beside")
        sheet.text(row, 9, f"{charge.source.row} ({charge.source.column})", "text")
        self._row += 1
        return row

    def _per_unit(self, key: str, service: Service, charge: Charge, price: PerUnit, unit: str) -> None:
        sheet = self._sheet
        row = self._next(service, charge, price.amount, f"1 {unit}")
        first_beyond, split_from = "", ""
        if price.limit:
            sheet.number(row, 4, 1, "count")
            self._bound(row, price.limit.up_to, None)
            whole = price.limit.beyond == "whole_on_quote"
            beyond = self._next(service, charge, ON_QUOTE, "", input_=False)
            self._begins(beyond, price.limit.up_to + 1, row)
            what = "toute la quantité" if whole else "le seul dépassement"
            self._why(beyond, f"{what}\u00a0: {price.limit.why}", price.limit.up_to)
            sheet.text(beyond, 5, "et plus", "text", "right")
            if whole:
                first_beyond = sheet.cell(beyond, 4)
            else:
                split_from = sheet.cell(beyond, 4)
        self.keep(key, service, charge, Priced(formulas.EachUnit(sheet.cell(row, COUNTED), first_beyond), split_from))

    def _by_term(self, key: str, service: Service, charge: Charge, price: ByTerm, unit: str) -> None:
        for term in price.terms:
            lasting = [service.items[item].label for item in charge.of if service.items[item].term_years == term.years]
            pays = f"1 {unit}, pour {term.years} {'an' if term.years == 1 else 'ans'}"
            row = self._next(service, charge, term.price, pays, label=" ; ".join(lasting))
            self.prices[key, term.years] = Priced(formulas.EachUnit(self._sheet.cell(row, COUNTED)))

    def _stairstep(self, key: str, service: Service, charge: Charge, price: Stairstep, unit: str) -> None:
        sheet, first, above = self._sheet, 1, None
        top = self._row
        for band in price.bands:
            row = self._next(service, charge, band.price, "la tranche entière")
            self._begins(row, first, above)
            above, first = row, band.up_to + 1
            self._bound(row, band.up_to, row + 1 if band is not price.bands[-1] else None)
        last, blocks = self._row - 1, None
        if isinstance(price.beyond, Blocks):
            row = self._next(service, charge, price.beyond.price, _block(price.beyond, unit))
            self._size(row, price.beyond)
            from_first = price.beyond.counted_from == "first_unit"
            blocks = formulas.Blocks(sheet.cell(row, COUNTED), sheet.cell(row, 6), from_first)
        else:
            row = self._next(service, charge, ON_QUOTE, "", input_=False)
        self._begins(row, first, above)
        if not isinstance(price.beyond, Blocks):
            self._why(row, price.beyond.why, first - 1)
        sheet.text(row, 5, "et plus", "text", "right")
        in_band = formulas.InBand(
            firsts=sheet.cells(top, last, 4),
            prices=sheet.cells(top, last, COUNTED),
            first_beyond=sheet.cell(row, 4),
            last_price=sheet.cell(last, COUNTED),
            beyond=blocks,
        )
        self.keep(key, service, charge, Priced(in_band))

    def _begins(self, row: int, first: int, above: int | None) -> None:
        """Write where a band begins: after the one above it, whose bound is checked there."""
        if above is None:
            self._sheet.number(row, 4, first, "count")
        else:
            formula = formulas.next_first(reference(above, 4), reference(above, 5))
            self._sheet.formula(row, 4, formula, first, "count")

    def _bound(self, row: int, up_to: int, below: int | None) -> None:
        """Write the last unit of a band, which stays between its first and the bound of the band below it."""
        sheet, most = self._sheet, None if below is None else f"={reference(below, 5)}-1"
        sheet.number(row, 5, up_to, "count", "input")
        must = "Il faut un nombre entier\u00a0: au moins «\u00a0À partir de\u00a0»" + (
            "." if below is None else ", et moins que la borne de la tranche suivante."
        )
        sheet.whole(row, 5, f"={reference(row, 4)}", most, "La dernière unité de la tranche, comprise.", must)

    def _size(self, row: int, blocks: Blocks) -> None:
        """Write how many units make a block; its price counts only where that can be."""
        sheet, size = self._sheet, reference(row, 6)
        sheet.number(row, 6, blocks.size, "count", "input")
        sheet.whole(row, 6, 1, None, "Le nombre d'unités d'une tranche.", "Il faut un nombre entier, 1 ou plus.")
        sheet.look_where(size, formulas.is_no_size(size), "fix")
        sheet.formula(row, COUNTED, formulas.counted_price(reference(row, 7), size), blocks.price, "euros", "aside")

    def _why(self, row: int, why: str, up_to: int) -> None:
        """Write why what is beyond a bound is on quote; the bound it names is that of the sheet."""
        bound = re.search(rf"(?<!\d){up_to}(?!\d)", why)
        # A sheet writes no thousands apart, and has no room for a longer text in a formula.
        if bound and len(why) <= formulas.LONGEST:
            formula = formulas.with_bound(why[: bound.start()], why[bound.end() :], reference(row, 4))
            self._sheet.formula(row, 8, formula, why, "text", "beside")
        else:
            self._sheet.text(row, 8, why, "text", "beside")


def categories(sheet: Sheet, handout: Handout, grid: Grid) -> None:
    """Write the sheet of the categories with every price that depends on them, and tell the grid where these stand."""
    tariff = handout.tariff
    of = tariff.categories
    priced = by_category(tariff)
    sheet.heading(
        "Catégories",
        "Les bornes sont un repère\u00a0: la catégorie de la collectivité se change à la feuille Synthèse. "
        "Un prix ou «\u00a0sur devis\u00a0» peut remplacer un prix.",
        MAY_CHANGE,
    )
    prices = [
        f"{service.label}\u00a0: {_label(service, charge)} ({tariff.payees[charge.payee].short}), "
        + RHYTHM_TITLE[charge.rhythm].lower()
        for _, service, charge, _ in priced
    ]
    sheet.head(
        HEAD,
        ["Catégorie", "Dans l'acte", "Habitants, de", "à", "Agents, de", "à", *prices, *["Prix compté"] * len(prices)],
        right=range(2, 6 + 2 * len(prices)),
    )
    last = FIRST + len(of.names) - 1
    for row, name in enumerate(of.names, FIRST):
        bounds = of.up_to.get(name)
        sheet.text(row, 0, name, "bold")
        sheet.text(row, 1, bounds.text if bounds else of.beyond.text, "text")
        for column, criterion in zip((2, 4), CRITERIA, strict=True):
            sheet.number(row, column, of.floor(name, criterion), "count")
            if bounds:
                sheet.number(row, column + 1, getattr(bounds, criterion), "count")
            else:
                sheet.text(row, column + 1, "et plus", "text", "right")
        for column, (_, _, _, price) in enumerate(priced, 6):
            amount = price.amounts[name]
            counted_input(sheet, row, column, column + len(priced), ON_QUOTE if amount == "on_quote" else amount)
    sheet.define(LETTERS, sheet.cells(FIRST, last, 0))
    for column, (key, service, charge, _) in enumerate(priced, 6):
        counted = column + len(priced)
        of_price, of_counted = references(FIRST, last, column).replace("$", ""), reference(FIRST, counted)
        sheet.look_where(of_price, f'={of_counted.replace("$", "")}="{FIX}"', "fix")
        in_category = formulas.InCategory(sheet.cells(FIRST, last, counted), LETTERS, CATEGORY)
        grid.keep(key, service, charge, Priced(in_category))
    sheet.show_what_to_fix()
    sheet.freeze(FIRST, 1)
    sheet.print_to(last)


def charges(tariff: Tariff) -> list[tuple[str, Service, Charge]]:
    """Every charge of a tariff with its key and its service, in the order of the act."""
    return [
        (f"{service_key}.{charge_key}", service, charge)
        for service_key, service in tariff.services.items()
        for charge_key, charge in service.charges.items()
    ]


def by_category(tariff: Tariff) -> list[tuple[str, Service, Charge, ByCategory]]:
    """Those of them whose price depends on the category."""
    return [
        (key, service, charge, charge.price)
        for key, service, charge in charges(tariff)
        if isinstance(charge.price, ByCategory)
    ]


def counted_input(sheet: Sheet, row: int, column: int, counted: int, price: Decimal | str) -> None:
    """Write a price that may be changed, and in another column the price that counts."""
    sheet.amount(row, column, price, "input")
    sheet.price(row, column)
    sheet.formula(row, counted, formulas.counted_price(reference(row, column)), price, "euros", "aside")


def _label(service: Service, charge: Charge) -> str:
    """A charge's name where it stands for all the items it counts."""
    counted = " ; ".join(uncapital(service.items[item].label) for item in charge.of)
    return charge.label.replace(" ({item})", "").replace("{item}", counted)


def _block(blocks: Blocks, unit: str) -> str:
    if blocks.counted_from == "first_unit":
        return f"chaque tranche entamée, dès le premier {unit}, à la place des prix ci-dessus"
    return "chaque tranche entamée au-delà de la dernière, en plus du prix de celle-ci"
