"""Workbook opened in a spreadsheet engine that is not ours."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ironcalc
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string as index
from openpyxl.utils.cell import coordinate_from_string

Place = tuple[str, str]
"""Cell: its sheet and its coordinate."""
Values = Mapping[Place, Any]
"""Value that each cell shows."""


def cached(book: bytes, *, formulas: bool = False) -> dict[Place, Any]:
    """Return the values that a workbook shows in a program that does not compute, or its formulas in their place."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in load_workbook(BytesIO(book), data_only=not formulas, read_only=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and (cell.data_type == "f" or not formulas)
    }


class Spreadsheet:
    """Workbook that is computed again after each change."""

    def __init__(self, book: bytes) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "book.xlsx"
            file.write_bytes(book)
            self._model = ironcalc.load_from_xlsx(str(file), "en", "UTC", "en")
        self._places = set(cached(book)) | set(cached(book, formulas=True))
        self._sheets = [str(each.get("name")) for each in self._model.get_worksheets_properties()]
        self._before: dict[Place, object] = {}

    def values(self, changes: Mapping[Place, object] | None = None) -> dict[Place, Any]:
        """Return the values that every cell shows after some changes; None empties a cell."""
        for place, value in (self._before | dict(changes or {})).items():
            self._before.setdefault(place, self._model.get_cell_value(*self._at(place)))
            if value is None or value == "":
                self._model.clear_cell_contents(*self._at(place))
            elif isinstance(value, str):
                self._model.update_cell_with_text(*self._at(place), value)
            else:
                self._model.update_cell_with_number(*self._at(place), float(str(value)))
        self._model.evaluate()
        return {
            place: self._model.get_cell_value(*self._at(place)) for place in self._places if place[0] in self._sheets
        }

    def delete(self, sheet: str) -> None:
        """Delete a sheet."""
        self._model.delete_sheet(self._sheets.index(sheet))
        self._sheets.remove(sheet)

    def _at(self, place: Place) -> tuple[int, int, int]:
        column, row = coordinate_from_string(place[1])
        return self._sheets.index(place[0]), row, index(column)
