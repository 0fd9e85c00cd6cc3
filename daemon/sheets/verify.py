"""Proof before a file is put in place: what was meant is there, and nothing else changed."""

from itertools import zip_longest

from daemon.domain.cells import normal, same
from daemon.domain.sheet import CellValue
from daemon.sheets.formulas import Shift
from daemon.sheets.reading import Rows
from daemon.sheets.xlsx import Edit, clean


def expected_rows(rows: Rows, edit: Edit | None, shift: Shift | None) -> list[list[CellValue]]:
    """The worksheet's values as they should be after an edit. Without ``shift``, removed rows are emptied."""
    wanted = [list(row) for row in rows]
    if edit is None:
        return wanted
    for write in edit.writes:
        wanted.extend([] for _ in range(write.row - len(wanted)))
        row = wanted[write.row - 1]
        row.extend([None] * (write.column - len(row)))
        row[write.column - 1] = clean(write.value) if isinstance(write.value, str) else write.value
    for number in sorted(set(edit.removals), reverse=True):
        if shift is not None:
            del wanted[number - 1 : number]
        elif number <= len(wanted):
            wanted[number - 1] = []
    return wanted


def first_difference(wanted: Rows, found: Rows) -> str:
    """Where two worksheets' values differ ("row 5, column 3"), or ``""``."""
    for number, (one, other) in enumerate(zip_longest(wanted, found, fillvalue=()), 1):
        if one == other:
            continue
        for column, (value, seen) in enumerate(zip_longest(one, other), 1):
            if value != seen and not same(normal(value), normal(seen)):
                return f"row {number}, column {column}"
    return ""
