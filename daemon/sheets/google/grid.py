"""A spreadsheet as Google answers it (``spreadsheets.get`` with grid data): worksheets, their values, their notes.

Values are kept twice: raw, as Google stores them (a day is a number), to compare and to put back; and as a person
means them, where what the cell shows, or its column, says that the number is a day. Serial day 1 is 31.12.1899
(developers.google.com/workspace/sheets/api/guides/formats, "date & time serial numbers").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from daemon.domain.cells import read_day
from daemon.domain.sheet import CellValue, Layout, Shape
from daemon.domain.text import fold
from daemon.sheets.tables import Grid, find_grid

FIELDS = (
    "properties(title),developerMetadata(metadataId,metadataKey),"
    "sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),"
    "data(startRow,startColumn,rowData(values(effectiveValue,formattedValue,note))))"
)
"""What one read asks for. Formats are not among it: Google tells them for every empty cell, too."""
EPOCH = date(1899, 12, 30)
_LIKELY_DAYS = range(20_000, 80_000)
"""1954 to 2119: in a column of days such a number is a day that somebody gave another format."""
_ERRORS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}

Raw = str | int | float | bool | None
"""A cell as Google stores it; errors as the text that people see."""
RawRow = tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet from A1 on; ``days`` are the 1-based (row, column) of numbers that are shown as days."""

    sheet_id: int
    title: str
    rows: tuple[RawRow, ...] = ()
    days: frozenset[tuple[int, int]] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    row_count: int = 1000
    column_count: int = 26

    def cell(self, row: int, column: int) -> Raw:
        line = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return line[column - 1] if 0 < column <= len(line) else None


def read_sheets(answer: Mapping[str, Any]) -> dict[str, Sheet]:
    """Worksheets by title. A worksheet that was not asked for has no rows."""
    found = (_read_sheet(each) for each in answer.get("sheets", ()))
    return {sheet.title: sheet for sheet in found}


def _read_sheet(answer: Mapping[str, Any]) -> Sheet:
    properties = answer["properties"]
    size = properties.get("gridProperties", {})
    rows: list[RawRow] = []
    days: set[tuple[int, int]] = set()
    notes: dict[tuple[int, int], str] = {}
    for block in answer.get("data", ())[:1]:
        for number, line in enumerate(block.get("rowData", ()), 1):
            rows.append(_read_row(number, line.get("values", ()), days, notes))
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(
        properties.get("sheetId", 0),
        properties.get("title", ""),
        tuple(rows),
        frozenset(days),
        notes,
        size.get("rowCount", 0),
        size.get("columnCount", 0),
    )


def _read_row(
    number: int,
    cells: Sequence[Mapping[str, Any]],
    days: set[tuple[int, int]],
    notes: dict[tuple[int, int], str],
) -> RawRow:
    if not any(cells):  # as most are: a worksheet has a thousand rows from its first day
        return ()
    row: list[Raw] = []
    for column, cell in enumerate(cells, 1):
        if not cell:
            row.append(None)
            continue
        value = raw_value(cell)
        row.append(value)
        if is_likely_day(value) and read_day(cell.get("formattedValue", "")) == _day(value):
            days.add((number, column))
        if note := str(cell.get("note", "")).strip():
            notes[number, column] = note
    return trimmed(row)


def raw_value(cell: Mapping[str, Any]) -> Raw:
    value = cell.get("effectiveValue", {})
    if "stringValue" in value:
        return str(value["stringValue"]) or None
    if "numberValue" in value:
        number = value["numberValue"]
        return int(number) if float(number).is_integer() else float(number)
    if "boolValue" in value:
        return bool(value["boolValue"])
    if "errorValue" in value:
        return _ERRORS.get(value["errorValue"].get("type", ""), "#ERROR!")
    return None


def trimmed(row: Iterable[Raw]) -> RawRow:
    """Without the empty cells at its end."""
    cells = list(row)
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def is_number(value: Raw) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# --- worksheets as people mean them -----------------------------------------------------------------------


def find_titles(sheets: Mapping[str, Sheet], layouts: Iterable[Layout]) -> dict[str, str]:
    """Our titles → those in the spreadsheet, which people may spell a little otherwise ("TALEPLER ")."""
    folded = {fold(title).strip(): title for title in reversed(list(sheets))}
    found = {
        layout.title: layout.title if layout.title in sheets else folded.get(fold(layout.title), "")
        for layout in layouts
    }
    return {ours: theirs for ours, theirs in found.items() if theirs}


def meant(layout: Layout, sheet: Sheet) -> tuple[Grid, list[list[CellValue]]]:
    """Where things are, and the values as a person means them."""
    rows: list[list[CellValue]] = [list(row) for row in sheet.rows]
    for row, column in sheet.days:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = _day(sheet.rows[row - 1][column - 1])
    grid = find_grid(layout, rows)
    for each in layout.columns:
        at = grid.columns.get(each.key, 0)
        if at and each.shape is Shape.DATE:
            for line in rows[grid.top :]:
                if at <= len(line) and is_likely_day(line[at - 1]):
                    line[at - 1] = _day(line[at - 1])
    return grid, rows


def is_likely_day(value: CellValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _LIKELY_DAYS


def _day(value: CellValue) -> CellValue:
    """Of a moment only the day."""
    if not isinstance(value, int | float):
        return value
    try:
        return EPOCH + timedelta(days=int(value))
    except OverflowError:
        return str(value)


def serial(day: date) -> int:
    return (day - EPOCH).days


# --- signs ------------------------------------------------------------------------------------------------


def sign_of(sheets: Iterable[Sheet]) -> str:
    """The same for the same contents; formats do not count, whether a number is shown as a day does."""
    seen = sha256()
    for sheet in sorted(sheets, key=lambda each: each.title):
        days = sorted(at for at in sheet.days if sheet.cell(*at) is not None)
        seen.update(repr((sheet.title, sheet.rows, days, sorted(sheet.notes.items()))).encode())
    return seen.hexdigest()


def row_sign(row: Iterable[Raw]) -> str:
    """The same for the same raw row; errors are alike, for they change by themselves."""
    alike = ["#" if isinstance(value, str) and value in _ERRORS.values() else value for value in trimmed(row)]
    return sha256(repr(alike).encode()).hexdigest()[:20]
