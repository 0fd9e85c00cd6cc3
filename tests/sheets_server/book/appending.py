"""``values.append``: which table a range touches, and where new rows go.

A table is a block of cells with nothing but empty cells around it, so a gap ends it: after the row ``a``, nothing,
``c`` the last table of the sheet is C1, and a row appended to the sheet lands in C2 (recorded on the real service).
https://developers.google.com/workspace/sheets/api/guides/values#append_values
"""

from collections.abc import Mapping
from typing import Any

from tests.sheets_server.book import a1
from tests.sheets_server.book.edits import ROWS
from tests.sheets_server.book.model import Box, Json, Sheet
from tests.sheets_server.book.shaping import insert
from tests.sheets_server.book.state import State
from tests.sheets_server.book.values import Written, put_rows, rows_of
from tests.sheets_server.errors import ApiError


def append(state: State, text: str, body: Mapping[str, Any], option: str, how: str) -> tuple[Written, Json]:
    """Writes below the table; the answer's first part names that table, if there is one."""
    sheet, extent = a1.resolve(state, text)
    if not extent.starts_in(sheet):
        raise ApiError(400, a1.beyond(sheet, extent))
    asked = extent.within(sheet)
    table = last_table(sheet, asked)
    top, left = (table.bottom, table.left) if table else (asked.top, asked.left)
    rows = rows_of(body)
    if how == "INSERT_ROWS" and rows and table and top < sheet.row_count:
        insert(state, sheet, ROWS, top, top + len(rows), from_before=True)
    _make_room(state, sheet, top + len(rows), left + max((len(row) for row in rows), default=0))
    start = Box(top, top + 1, left, left + 1)
    written = put_rows(sheet, start, rows, option, state, one_cell=True)
    return written, {"tableRange": a1.range_text(sheet, table)} if table else {}


def _make_room(state: State, sheet: Sheet, rows: int, columns: int) -> None:
    if rows > sheet.row_count:
        sheet.resize_rows(rows)
    if columns > sheet.column_count:
        sheet.resize_columns(columns)
    state.check_size()


def last_table(sheet: Sheet, asked: Box) -> Box | None:
    """The table of the last filled cell in the range; else the one within whose bounds the range begins."""
    for row in range(min(asked.bottom, len(sheet.rows)) - 1, asked.top - 1, -1):
        filled = [
            column
            for column, cell in sheet.rows[row].items()
            if cell.value is not None and asked.left <= column < asked.right
        ]
        if filled:
            return grown(sheet, Box(row, row + 1, max(filled), max(filled) + 1))
    return _around(sheet, asked)


def _around(sheet: Sheet, asked: Box) -> Box | None:
    """An empty cell may still lie in a table, between its filled cells."""
    top = Box(asked.top, asked.top + 1, asked.left, asked.left + 1)
    for row in range(max(0, top.top - 1), min(top.top + 2, len(sheet.rows))):
        for column, cell in sheet.rows[row].items():
            if cell.value is not None and abs(column - top.left) <= 1:
                table = grown(sheet, Box(row, row + 1, column, column + 1))
                if (top.top, top.left) in table:
                    return table
    return None


def grown(sheet: Sheet, start: Box) -> Box:
    """The block around a cell: grown on each side for as long as the cells just outside are not all empty."""
    top, bottom, left, right = start.top, start.bottom, start.left, start.right
    while True:
        before = (top, bottom, left, right)
        while top > 0 and _filled(sheet, top - 1, left - 1, right + 1):
            top -= 1
        while bottom < len(sheet.rows) and _filled(sheet, bottom, left - 1, right + 1):
            bottom += 1
        rows = range(max(0, top - 1), min(bottom + 1, len(sheet.rows)))
        while left > 0 and any(_filled(sheet, row, left - 1, left) for row in rows):
            left -= 1
        while any(_filled(sheet, row, right, right + 1) for row in rows):
            right += 1
        if before == (top, bottom, left, right):
            return Box(top, bottom, left, right)


def _filled(sheet: Sheet, row: int, left: int, right: int) -> bool:
    cells = sheet.rows[row]
    return any(
        (cell := cells.get(column)) is not None and cell.value is not None for column in range(left, right)
    )
