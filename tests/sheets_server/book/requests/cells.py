"""Requests that write cells: values, formats, notes and rules, under a field mask."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.sheets_server.book import a1, condition_kinds, formulas
from tests.sheets_server.book.change import Change, Handler
from tests.sheets_server.book.formats import checked, twinned, with_twins
from tests.sheets_server.book.masks import merged, paths, under
from tests.sheets_server.book.model import (
    EMPTY,
    MAX_TEXT,
    TOO_MUCH_TEXT,
    Box,
    Cell,
    Formula,
    Json,
    Refused,
    Sheet,
    Value,
)

_READ_ONLY = {"effectiveValue", "effectiveFormat", "formattedValue", "hyperlink"}
_KNOWN = {"userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns"} | _READ_ONLY


def writer(mask: object) -> Callable[[Cell, Mapping[str, Any]], Cell]:
    """How CellData changes a cell: the fields that the mask names are taken over, or cleared where they are absent."""
    named = paths(mask)
    for path in named:
        if path and path[0] not in _KNOWN:
            raise Refused(f"this stand-in does not keep the cell's field {path[0]!r}", status=501)
    look = with_twins(under(named, "userEnteredFormat") or [])
    parts = {name: under(named, name) is not None for name in _KNOWN}

    def write(cell: Cell, data: Mapping[str, Any]) -> Cell:
        value, runs = cell.value, cell.runs
        if parts["userEnteredValue"]:
            value, runs = value_of(data.get("userEnteredValue") or {}), ()
        if parts["textFormatRuns"]:
            runs = tuple(twinned(data.get("textFormatRuns") or []))
        new_look = cell.format
        if look:
            given = checked(data.get("userEnteredFormat") or {})
            new_look = merged(cell.format or {}, given, look) or None
        return Cell(
            value,
            new_look,
            str(data.get("note") or "") if parts["note"] else cell.note,
            (data.get("dataValidation") or None) if parts["dataValidation"] else cell.validation,
            runs,
        )

    return write


def value_of(extended: Mapping[str, Any]) -> Value:
    """An ExtendedValue; an empty text empties the cell."""
    if len(extended) > 1:
        raise Refused("only one kind of value may be set in userEnteredValue")
    for kind, value in extended.items():
        match kind:
            case "stringValue":
                if len(str(value)) > MAX_TEXT:
                    raise Refused(TOO_MUCH_TEXT)
                return str(value) or None
            case "numberValue":
                return float(value)
            case "boolValue":
                return bool(value)
            case "formulaValue":
                if not str(value).startswith("="):
                    raise Refused("formulaValue must begin with '='")
                return Formula(str(value))
            case _:
                raise Refused(f"userEnteredValue.{kind} cannot be written")
    return None


def _update_cells(change: Change, body: Json) -> None:
    write = writer(body.get("fields"))
    rows = body.get("rows") or []
    if ("start" in body) == ("range" in body):
        raise Refused("exactly one of start and range must be set")
    if "start" in body:
        sheet, top, left = coordinate(change, body["start"])
        write_rows(sheet, top, left, rows, write)
        return
    sheet, box = a1.boxed(change.state, body["range"])
    _check_fits(rows, box)
    for down in range(box.height):
        data = (rows[down].get("values") or []) if down < len(rows) else []
        old = sheet.rows[box.top + down]
        filled = {box.left + at: write(old.get(box.left + at, EMPTY), given) for at, given in enumerate(data)}
        rest = {
            column: write(cell, {})
            for column, cell in old.items()
            if box.left + len(data) <= column < box.right
        }
        sheet.put(box.top + down, {**filled, **rest})


def _check_fits(rows: Sequence[Mapping[str, Any]], box: Box) -> None:
    if len(rows) > box.height:
        raise Refused(
            f"Attempting to write row: {box.bottom}, beyond the last requested row of: {box.bottom - 1}"
        )
    width = max((len(row.get("values") or []) for row in rows), default=0)
    if width > box.width:
        raise Refused(
            f"Attempting to write column: {box.right}, beyond the last requested column of: {box.right - 1}"
        )


def coordinate(change: Change, found: Mapping[str, Any]) -> tuple[Sheet, int, int]:
    """A GridCoordinate; it must lie in the grid."""
    sheet = change.state.sheet(int(found.get("sheetId") or 0))
    row, column = int(found.get("rowIndex") or 0), int(found.get("columnIndex") or 0)
    extent = a1.Extent(row, row + 1, column, column + 1)
    if not extent.starts_in(sheet) or row < 0 or column < 0:
        raise Refused(a1.beyond(sheet, extent))
    return sheet, row, column


def write_rows(
    sheet: Sheet,
    top: int,
    left: int,
    rows: Sequence[Mapping[str, Any]],
    write: Callable[[Cell, Mapping[str, Any]], Cell],
) -> None:
    _check_fits(rows, Box(top, sheet.row_count, left, sheet.column_count))
    for down, row in enumerate(rows):
        old = sheet.rows[top + down]
        sheet.put(
            top + down,
            {
                left + at: write(old.get(left + at, EMPTY), data)
                for at, data in enumerate(row.get("values") or [])
            },
        )


def _repeat_cell(change: Change, body: Json) -> None:
    write = writer(body.get("fields"))
    sheet, box = a1.boxed(change.state, body.get("range"))
    data = body.get("cell") or {}
    formula = (data.get("userEnteredValue") or {}).get("formulaValue")
    blank = write(EMPTY, data)
    for row in range(box.top, box.bottom):
        old = sheet.rows[row]
        columns = (
            range(box.left, box.right)
            if not blank.is_empty
            else [c for c in old if box.left <= c < box.right]
        )
        changes = {column: write(old[column], data) if column in old else blank for column in columns}
        if formula is not None:
            changes = {
                column: cell.valued(Formula(formulas.shifted(formula, row - box.top, column - box.left)))
                for column, cell in changes.items()
            }
        sheet.put(row, changes)


def _append_cells(change: Change, body: Json) -> None:
    if "tableId" in body:
        raise Refused("this stand-in does not append to tables by tableId", status=501)
    sheet = change.state.sheet(int(body.get("sheetId") or 0))
    write = writer(body.get("fields"))
    rows = body.get("rows") or []
    top = sheet.last_row_with_value() + 1
    if top + len(rows) > sheet.row_count:
        sheet.resize_rows(top + len(rows))
    write_rows(sheet, top, 0, rows, write)


def _set_data_validation(change: Change, body: Json) -> None:
    """A rule blocks nobody who writes through the API; it is kept with the cells."""
    sheet, box = a1.boxed(change.state, body.get("range"))
    rule = body.get("rule")
    if rule is not None and not (rule.get("condition") or {}).get("type"):
        raise Refused("rule.condition.type is required")
    if rule is not None:
        condition_kinds.check(rule["condition"], condition_kinds.Use.VALIDATION, sheet, change.view)
    for row in range(box.top, box.bottom):
        old = sheet.rows[row]
        columns = range(box.left, box.right) if rule else [c for c in old if box.left <= c < box.right]
        changes = {}
        for column in columns:
            cell = old.get(column, EMPTY)
            changes[column] = Cell(cell.value, cell.format, cell.note, rule, cell.runs)
        sheet.put(row, changes)


def _update_borders(change: Change, body: Json) -> None:
    """Outer borders of the range and inner ones between its cells; what is not named stays."""
    sheet, box = a1.boxed(change.state, body.get("range"))
    given = {name: twinned(body[name]) for name in _SIDES if name in body}
    for row in range(box.top, box.bottom):
        old = sheet.rows[row]
        changes = {}
        for column in range(box.left, box.right):
            borders = _borders(given, row, column, box)
            if borders:
                changes[column] = _bordered(old.get(column, EMPTY), borders)
        sheet.put(row, changes)


_SIDES = ("top", "bottom", "left", "right", "innerHorizontal", "innerVertical")


def _borders(given: Mapping[str, Json], row: int, column: int, box: Box) -> dict[str, Json]:
    sides = {
        "top": "top" if row == box.top else "innerHorizontal",
        "bottom": "bottom" if row == box.bottom - 1 else "innerHorizontal",
        "left": "left" if column == box.left else "innerVertical",
        "right": "right" if column == box.right - 1 else "innerVertical",
    }
    return {side: given[name] for side, name in sides.items() if name in given}


def _bordered(cell: Cell, borders: Mapping[str, Json]) -> Cell:
    look = dict(cell.format or {})
    kept = {**look.get("borders", {}), **borders}
    kept = {side: border for side, border in kept.items() if border.get("style", "NONE") != "NONE"}
    look.pop("borders", None)
    if kept:
        look["borders"] = kept
    return Cell(cell.value, look or None, cell.note, cell.validation, cell.runs)


KINDS: dict[str, Handler] = {
    "updateCells": _update_cells,
    "repeatCell": _repeat_cell,
    "appendCells": _append_cells,
    "setDataValidation": _set_data_validation,
    "updateBorders": _update_borders,
}
