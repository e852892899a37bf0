"""The workbook's grid: the sheet of every price of the tariff, whose cells the formulas refer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pricing.category import CRITERIA
from pricing.money import number
from pricing.prices import Blocks, ByCategory, ByTerm, PerUnit, Stairstep
from pricing.reports import workbook_formulas as formulas
from pricing.reports.handout import Handout, long_date
from pricing.reports.wording import NO_AMOUNT, RHYTHM_TITLE
from pricing.reports.workbook_formulas import NOTHING, ON_QUOTE
from pricing.reports.workbook_sheets import FIRST, HEAD, Sheet, reference
from pricing.tariff import Charge, Service

MAY_CHANGE = "Les cases jaunes peuvent être changées : tous les montants se recalculent."
"""What the sheets that have yellow cells say of them."""
CATEGORY = "Categorie"
"""The defined name of the cell that holds the client's category."""
LETTERS = "Categories"
"""The defined name of the range of all categories."""


@dataclass(frozen=True, slots=True)
class Priced:
    """Where the price of a charge stands."""

    price: formulas.Price
    """Its formula."""
    split_at: str = ""
    """The cell of the limit above which the rest makes a line of its own, on quote (R8); empty when none does."""


class Grid:
    """The sheet of every price of the tariff, whose cells the formulas refer to."""

    prices: dict[tuple[str, int], Priced]
    """By charge, and by years between two payments."""

    def __init__(self, sheet: Sheet, handout: Handout) -> None:
        self._sheet, self._tariff = sheet, handout.tariff
        self._row = FIRST
        self.prices = {}
        sheet.heading(
            "Grille tarifaire",
            f"Tarifs TTC adoptés le {long_date(self._tariff.adopted)} par : {self._tariff.body}.",
            f"{MAY_CHANGE} Une tranche va de sa première à sa dernière unité comprise, et a un seul prix.",
        )
        columns = ("Service", "Tarif", "Facturé par", "Rythme", "À partir de", "Jusqu'à", "Taille d'une tranche")
        sheet.head(HEAD, [*columns, "Prix TTC", "Ce que paie ce prix", "Place dans l'acte"], right=(4, 5, 6, 7))
        by_category: list[tuple[str, Service, Charge, ByCategory]] = []
        for service_key, service in self._tariff.services.items():
            for charge_key, charge in service.charges.items():
                key = f"{service_key}.{charge_key}"
                if charge.price.kind == "by_category":
                    by_category.append((key, service, charge, charge.price))
                self._charge(key, service, charge)
        self._categories(by_category)
        sheet.freeze(FIRST, 2)
        sheet.print_to(self._row - 1)

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
            self._next(service, charge, "selon la catégorie", "voir les catégories, plus bas", input_=False)
        else:
            word = NO_AMOUNT[price.kind]
            self._next(service, charge, word, price.why if price.kind == "on_quote" else "", input_=False)
            self._keep(key, service, charge, Priced(formulas.Word(word)))

    def _keep(self, key: str, service: Service, charge: Charge, priced: Priced) -> None:
        """Keep where a price stands, for every length of time that one payment of it holds."""
        terms = {service.items[item].term_years for item in charge.of}
        for every in {"setup": {0}, "yearly": {1}, "term": terms}[charge.rhythm]:
            self.prices[key, every] = priced

    def _next(
        self, service: Service, charge: Charge, price: Decimal | str, pays: str, *, label: str = "", input_: bool = True
    ) -> int:
        """Write one price, and tell its row."""
        sheet, row = self._sheet, self._row
        sheet.text(row, 0, service.label, "text")
        sheet.text(row, 1, label or _label(service, charge), "text")
        sheet.text(row, 2, self._tariff.payees[charge.payee].short, "text", charge.payee)
        sheet.text(row, 3, RHYTHM_TITLE[charge.rhythm], "text")
        sheet.amount(row, 7, price, *(["input"] if input_ else []))
        sheet.text(row, 8, pays or NOTHING, "text", "beside")
        sheet.text(row, 9, f"{charge.source.row} ({charge.source.column})", "text")
        self._row += 1
        return row

    def _per_unit(self, key: str, service: Service, charge: Charge, price: PerUnit, unit: str) -> None:
        sheet = self._sheet
        row = self._next(service, charge, price.amount, f"1 {unit}")
        limit, split_at = "", ""
        if price.limit:
            sheet.number(row, 4, 1, "count")
            sheet.number(row, 5, price.limit.up_to, "count", "input")
            if price.limit.beyond == "excess_on_quote":
                split_at, what = sheet.cell(row, 5), "le seul dépassement"
            else:
                limit, what = sheet.cell(row, 5), "toute la quantité"
            beyond = self._next(service, charge, ON_QUOTE, f"{what} : {price.limit.why}", input_=False)
            sheet.formula(beyond, 4, f"={reference(row, 5)}+1", price.limit.up_to + 1, "count")
            sheet.text(beyond, 5, "et plus", "text", "right")
        self._keep(key, service, charge, Priced(formulas.EachUnit(sheet.cell(row, 7), limit), split_at))

    def _by_term(self, key: str, service: Service, charge: Charge, price: ByTerm, unit: str) -> None:
        for term in price.terms:
            lasting = [service.items[item].label for item in charge.of if service.items[item].term_years == term.years]
            pays = f"1 {unit}, pour {term.years} {'an' if term.years == 1 else 'ans'}"
            row = self._next(service, charge, term.price, pays, label=" ; ".join(lasting))
            self.prices[key, term.years] = Priced(formulas.EachUnit(self._sheet.cell(row, 7)))

    def _stairstep(self, key: str, service: Service, charge: Charge, price: Stairstep, unit: str) -> None:
        sheet, first = self._sheet, 1
        rows: list[int] = []
        for band in price.bands:
            row = self._next(service, charge, band.price, "la tranche entière")
            self._begins(row, first, rows)
            sheet.number(row, 5, band.up_to, "count", "input")
            rows.append(row)
            first = band.up_to + 1
        last, blocks = rows[-1], None
        if isinstance(price.beyond, Blocks):
            row = self._next(service, charge, price.beyond.price, _block(price.beyond, unit, first - 1))
            sheet.number(row, 6, price.beyond.size, "count", "input")
            from_first = price.beyond.counted_from == "first_unit"
            blocks = formulas.Blocks(sheet.cell(row, 7), sheet.cell(row, 6), from_first)
        else:
            row = self._next(service, charge, ON_QUOTE, price.beyond.why, input_=False)
        self._begins(row, first, rows)
        sheet.text(row, 5, "et plus", "text", "right")
        in_band = formulas.InBand(
            firsts=sheet.cells(rows[0], last, 4),
            prices=sheet.cells(rows[0], last, 7),
            last=sheet.cell(last, 5),
            last_price=sheet.cell(last, 7),
            beyond=blocks,
        )
        self._keep(key, service, charge, Priced(in_band))

    def _begins(self, row: int, first: int, above: Sequence[int]) -> None:
        if above:
            self._sheet.formula(row, 4, f"={reference(above[-1], 5)}+1", first, "count")
        else:
            self._sheet.number(row, 4, first, "count")

    def _categories(self, charges: Sequence[tuple[str, Service, Charge, ByCategory]]) -> None:
        sheet, categories, head = self._sheet, self._tariff.categories, self._row + 3
        sheet.text(head - 2, 0, "Catégories", "section")
        sheet.note(
            head - 1,
            "Les bornes sont un repère : la catégorie de la collectivité se change à la feuille Synthèse. "
            "Un prix ou « sur devis » peut remplacer un prix.",
        )
        columns = ["Catégorie", "Dans l'acte", "Habitants, de", "à", "Agents, de", "à"]
        sheet.head(head, columns, right=range(2, 6))
        for column, (_, service, charge, _) in enumerate(charges, 6):
            words = f"{service.label} : {charge.label} ({self._tariff.payees[charge.payee].short}), "
            sheet.text(head, column, words + RHYTHM_TITLE[charge.rhythm].lower(), "head", "right")
        first = head + 1
        for row, name in enumerate(categories.names, first):
            bounds = categories.up_to.get(name)
            sheet.text(row, 0, name, "bold")
            sheet.text(row, 1, bounds.text if bounds else categories.beyond.text, "text")
            for column, criterion in zip((2, 4), CRITERIA, strict=True):
                sheet.number(row, column, categories.floor(name, criterion), "count")
                if bounds:
                    sheet.number(row, column + 1, getattr(bounds, criterion), "count")
                else:
                    sheet.text(row, column + 1, "et plus", "text", "right")
            for column, (_, _, _, price) in enumerate(charges, 6):
                amount = price.amounts[name]
                sheet.amount(row, column, ON_QUOTE if amount == "on_quote" else amount, "input")
        last = head + len(categories.names)
        sheet.define(LETTERS, sheet.cells(first, last, 0))
        for column, (key, service, charge, _) in enumerate(charges, 6):
            in_category = formulas.InCategory(sheet.cells(first, last, column), LETTERS, CATEGORY)
            self._keep(key, service, charge, Priced(in_category))
        self._row = last + 1


def _label(service: Service, charge: Charge) -> str:
    """A charge's name where it stands for all the items it counts."""
    return charge.label.replace(" ({item})", "").replace("{item}", service.label)


def _block(blocks: Blocks, unit: str, last: int) -> str:
    if blocks.counted_from == "first_unit":
        return f"chaque tranche entamée, dès le premier {unit}, à la place des prix ci-dessus"
    return f"chaque tranche entamée au-delà de {number(last)}, en plus du prix de la dernière tranche"
