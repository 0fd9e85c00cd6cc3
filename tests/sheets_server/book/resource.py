"""The Spreadsheet resource: what ``spreadsheets.get`` answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.sheets_server.book.a1 import Extent
from tests.sheets_server.book.metadata import place_of
from tests.sheets_server.book.model import Box, Cell, Dimension, Formula, Json, Sheet
from tests.sheets_server.book.operands import Fault, Scalar, fault_json
from tests.sheets_server.book.painting import painted
from tests.sheets_server.book.state import State
from tests.sheets_server.book.view import View, json_number

_OBJECTS = (
    "merges",
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "charts",
    "bandedRanges",
    "rowGroups",
    "columnGroups",
    "slicers",
    "tables",
)
Selection = list[tuple[Sheet, Extent]]


def spreadsheet(
    spreadsheet_id: str, state: State, view: View, selection: Selection | None, *, grid: bool
) -> Json:
    """The whole spreadsheet, or only the sheets and ranges of a selection."""
    chosen = state.sheets if selection is None else _in_order(state, selection)
    answer: Json = {
        "spreadsheetId": spreadsheet_id,
        "properties": state.properties,
        "sheets": [_sheet(sheet, state, view, selection, grid=grid) for sheet in chosen],
    }
    if state.named_ranges:
        answer["namedRanges"] = state.named_ranges
    answer["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit"
    held = [entry for entry in state.metadata if entry["location"]["locationType"] == "SPREADSHEET"]
    if held:
        answer["developerMetadata"] = held
    return answer


def _in_order(state: State, selection: Selection) -> list[Sheet]:
    named = {id(sheet) for sheet, _ in selection}
    return [sheet for sheet in state.sheets if id(sheet) in named]


def properties(sheet: Sheet, state: State) -> Json:
    """SheetProperties; ``sheetId`` and ``index`` are written even when they are 0."""
    grid = {
        "rowCount": sheet.row_count,
        "columnCount": sheet.column_count,
        **{
            name: value
            for name, value in sheet.properties.get("gridProperties", {}).items()
            if name not in ("rowCount", "columnCount")
        },
    }
    rest = {name: value for name, value in sheet.properties.items() if name not in _LEADING}
    return {
        "sheetId": sheet.id,
        "title": sheet.title,
        "index": next(at for at, other in enumerate(state.sheets) if other is sheet),
        "sheetType": "GRID",
        "gridProperties": grid,
        **rest,
    }


_LEADING = ("sheetId", "title", "index", "sheetType", "gridProperties")


def _sheet(sheet: Sheet, state: State, view: View, selection: Selection | None, *, grid: bool) -> Json:
    answer: Json = {"properties": properties(sheet, state)}
    extents = [Extent()] if selection is None else [extent for other, extent in selection if other is sheet]
    if grid:
        answer["data"] = [_data(sheet, extent.within(sheet), state, view) for extent in extents]
    for name in _OBJECTS:
        found = sheet.list(name)
        if name == "merges" and selection is not None:
            found = [merge for merge in found if _meets(merge, sheet, extents)]
        if found:
            answer[name] = found
    if sheet.basic_filter is not None:
        answer["basicFilter"] = sheet.basic_filter
    held = [entry for entry in state.metadata if entry["location"].get("sheetId") == sheet.id]
    if held:
        answer["developerMetadata"] = held
    return answer


def _meets(merge: Mapping[str, Any], sheet: Sheet, extents: Iterable[Extent]) -> bool:
    box = Box(
        merge["startRowIndex"], merge["endRowIndex"], merge["startColumnIndex"], merge["endColumnIndex"]
    )
    return any(extent.within(sheet).meets(box) for extent in extents)


def _data(sheet: Sheet, box: Box, state: State, view: View) -> Json:
    """GridData; rows and cells that trail empty are left out."""
    answer: Json = {}
    if box.top:
        answer["startRow"] = box.top
    if box.left:
        answer["startColumn"] = box.left
    rows = [_row(sheet, at, box, view) for at in range(box.top, box.bottom)]
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        answer["rowData"] = rows
    tagged = _tagged(sheet, state)
    answer["rowMetadata"] = _dimensions(sheet.row_dimensions[box.top : box.bottom], tagged["ROW"], box.top)
    columns = sheet.column_dimensions[box.left : box.right]
    answer["columnMetadata"] = _dimensions(columns, tagged["COLUMN"], box.left)
    return answer


def _tagged(sheet: Sheet, state: State) -> dict[str, dict[int, list[Json]]]:
    found: dict[str, dict[int, list[Json]]] = {"ROW": {}, "COLUMN": {}}
    for entry in state.metadata:
        place = place_of(entry["location"])
        if place.sheet_id == sheet.id and place.extent is not None and place.kind in found:
            at = place.extent.top if place.kind == "ROW" else place.extent.left
            found[place.kind].setdefault(at or 0, []).append(entry)
    return found


def _dimensions(found: list[Dimension], tagged: Mapping[int, list[Json]], first: int) -> list[Json]:
    return [
        {**dimension.to_json(), **({"developerMetadata": tagged[at]} if at in tagged else {})}
        for at, dimension in enumerate(found, start=first)
    ]


def _row(sheet: Sheet, at: int, box: Box, view: View) -> Json:
    row = sheet.rows[at]
    held = [column for column in row if box.left <= column < box.right]
    if not held:
        return {}
    last = max(held)
    return {
        "values": [
            cell_data(sheet, at, column, row[column], view) if column in row else {}
            for column in range(box.left, last + 1)
        ]
    }


def cell_data(sheet: Sheet, row: int, column: int, cell: Cell, view: View) -> Json:
    answer: Json = {}
    link = view.link(sheet, row, column, cell)
    if cell.value is not None:
        held = _effective(view.value(sheet, row, column))
        answer["userEnteredValue"] = _entered(cell, held)
        if held:
            answer["effectiveValue"] = held
        shown = view.formatted(sheet, row, column, cell)
        if shown:
            answer["formattedValue"] = shown
    if cell.format:
        answer["userEnteredFormat"] = cell.format
    if cell.value is not None or cell.format:
        look = view.look(sheet, cell, link)
        answer["effectiveFormat"] = (
            painted(look, sheet, row, column, view) if view.paints and _has_rules(sheet) else look
        )
    if link:
        answer["hyperlink"] = link
    if cell.note:
        answer["note"] = cell.note
    if cell.runs:
        answer["textFormatRuns"] = list(cell.runs)
    if cell.validation:
        answer["dataValidation"] = cell.validation
    return answer


def _has_rules(sheet: Sheet) -> bool:
    return bool(sheet.list("conditionalFormats") or sheet.list("bandedRanges"))


def _entered(cell: Cell, held: Json) -> Json:
    return {"formulaValue": cell.value.text} if isinstance(cell.value, Formula) else held


def _effective(value: Scalar) -> Json:
    if isinstance(value, Fault):
        return {"errorValue": fault_json(value)}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, float):
        return {"numberValue": json_number(value)}
    return {} if value is None else {"stringValue": value}
