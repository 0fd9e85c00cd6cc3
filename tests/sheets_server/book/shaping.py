"""Inserting, deleting and moving rows and columns, and everything that hangs on them."""

from collections.abc import Callable
from typing import TypeVar

from tests.sheets_server.book import formulas
from tests.sheets_server.book.edits import COLUMNS, ROWS, Cut, Edit, every_range
from tests.sheets_server.book.model import (
    COLUMN_WIDTH,
    MAX_CELLS,
    ROW_HEIGHT,
    TOO_MANY_CELLS,
    Cell,
    Dimension,
    Formula,
    Json,
    Refused,
    Row,
    Sheet,
)
from tests.sheets_server.book.state import State

_T = TypeVar("_T")
_GROUPS = {ROWS: "rowGroups", COLUMNS: "columnGroups"}
_FROZEN = {ROWS: "frozenRowCount", COLUMNS: "frozenColumnCount"}
_KEPT_WHEN_EMPTY = frozenset({"charts", "slicers"})


def size(sheet: Sheet, dimension: str) -> int:
    return sheet.row_count if dimension == ROWS else sheet.column_count


def insert(
    state: State, sheet: Sheet, dimension: str, start: int, end: int, *, from_before: bool = False
) -> None:
    """New rows or columns look like the ones before or after them."""
    across = sheet.column_count if dimension == ROWS else sheet.row_count
    if (size(sheet, dimension) + end - start) * across > MAX_CELLS:
        raise Refused(TOO_MANY_CELLS)
    model = start - 1 if from_before else start
    if dimension == ROWS:
        row = _looks(sheet.rows[model]) if model < len(sheet.rows) else {}
        pattern = sheet.row_dimensions[model] if model < sheet.row_count else Dimension(ROW_HEIGHT)
        sheet.rows[start:start] = [row] * (end - start)
        sheet.row_dimensions[start:start] = [Dimension(pattern.pixels)] * (end - start)
    else:
        pattern = sheet.column_dimensions[model] if model < sheet.column_count else Dimension(COLUMN_WIDTH)
        sheet.rows = [_widened(row, start, end - start, model) for row in sheet.rows]
        sheet.column_dimensions[start:start] = [Dimension(pattern.pixels)] * (end - start)
    follow(state, Edit("insert", sheet.id, dimension, start, end))


def _looks(row: Row) -> Row:
    """The formats and rules of a row, without its content."""
    return {
        column: Cell(format=cell.format, validation=cell.validation)
        for column, cell in row.items()
        if cell.format or cell.validation
    }


def _widened(row: Row, start: int, count: int, model: int) -> Row:
    if not row:
        return row
    wider = {column + count if column >= start else column: cell for column, cell in row.items()}
    like = row.get(model)
    if like and (like.format or like.validation):
        look = Cell(format=like.format, validation=like.validation)
        wider.update(dict.fromkeys(range(start, start + count), look))
    return wider


def delete(state: State, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    if end - start >= size(sheet, dimension):
        raise Refused(f"You can't delete all the {dimension.lower()} on the sheet.")
    frozen = int(sheet.properties["gridProperties"].get(_FROZEN[dimension], 0))
    if frozen and size(sheet, dimension) - (end - start) <= frozen - max(0, min(end, frozen) - start):
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {dimension.lower()}.")
    if dimension == ROWS:
        del sheet.rows[start:end], sheet.row_dimensions[start:end]
    else:
        count = end - start
        sheet.rows = [
            {
                column - count if column >= end else column: cell
                for column, cell in row.items()
                if not start <= column < end
            }
            if row
            else row
            for row in sheet.rows
        ]
        del sheet.column_dimensions[start:end]
    follow(state, Edit("delete", sheet.id, dimension, start, end))


def move(state: State, sheet: Sheet, dimension: str, start: int, end: int, destination: int) -> None:
    """``destination`` counts places before the move."""
    edit = Edit("move", sheet.id, dimension, start, end, destination)
    if dimension == ROWS:
        _move_items(sheet.rows, edit)
        _move_items(sheet.row_dimensions, edit)
    else:
        _move_items(sheet.column_dimensions, edit)
        sheet.rows = [
            {new: cell for column, cell in row.items() if (new := edit.index(column)) is not None}
            if row
            else row
            for row in sheet.rows
        ]
    follow(state, edit)


def _move_items(items: list[_T], edit: Edit) -> None:
    block = items[edit.start : edit.end]
    del items[edit.start : edit.end]
    landing = edit.destination - edit.length if edit.destination > edit.start else edit.destination
    items[landing:landing] = block


def follow(state: State, edit: Edit) -> None:
    """Brings ranges, groups, frozen rows, metadata and formulas along after an edit of the grid."""
    for sheet in state.sheets:
        _follow_objects(sheet, edit)
    state.named_ranges = [
        {**named, "range": now}
        for named in state.named_ranges
        if (now := edit.grid_range(named["range"])) is not None
    ]
    if edit.band is None:
        sheet = state.sheet(edit.sheet_id)
        _follow_groups(sheet, edit)
        _follow_frozen(sheet, edit)
        state.metadata = [entry for entry in (_moved_entry(old, edit) for old in state.metadata) if entry]
    follow_formulas(state, edit)


def _follow_objects(sheet: Sheet, edit: Edit) -> None:
    for name, found in sheet.objects.items():
        if name in _GROUPS.values():
            continue
        changed = [every_range(item, edit.grid_range) for item in found]
        sheet.objects[name] = [
            item for item, old in zip(changed, found, strict=True) if item and _still_stands(name, item, old)
        ]
    if sheet.basic_filter is not None:
        changed_filter = every_range(sheet.basic_filter, edit.grid_range)
        sheet.basic_filter = changed_filter if "range" in changed_filter else None
    if edit.sheet_id == sheet.id:
        for name in ("charts", "slicers"):
            sheet.objects[name] = [_follow_anchor(item, edit) for item in sheet.list(name)]


def _still_stands(name: str, item: Json, old: Json) -> bool:
    """A rule, filter or protection goes with its last range; a chart stays, though it shows nothing."""
    if name in _KEPT_WHEN_EMPTY:
        return True
    if name == "conditionalFormats":
        return bool(item.get("ranges"))
    if name == "merges":
        return _cells(item) > 1
    if "range" in old:
        return "range" in item
    return True


def _cells(merge: Json) -> int:
    height = merge["endRowIndex"] - merge["startRowIndex"]
    return int(height * (merge["endColumnIndex"] - merge["startColumnIndex"]))


def _follow_anchor(item: Json, edit: Edit) -> Json:
    """A chart stays at its cell; if that goes, at the place where it was."""
    overlay = item.get("position", {}).get("overlayPosition")
    if not overlay:
        return item
    anchor = dict(overlay.get("anchorCell", {}))
    name = "rowIndex" if edit.dimension == ROWS else "columnIndex"
    now = edit.index(anchor.get(name, 0))
    anchor[name] = edit.start if now is None else now
    return {**item, "position": {**item["position"], "overlayPosition": {**overlay, "anchorCell": anchor}}}


def _follow_groups(sheet: Sheet, edit: Edit) -> None:
    name = _GROUPS[edit.dimension]
    kept = []
    for group in sheet.list(name):
        found = group["range"]
        span = edit.span(found.get("startIndex", 0), found.get("endIndex"))
        if span is not None:
            kept.append({**group, "range": {**found, "startIndex": span[0], "endIndex": span[1]}})
    if kept or sheet.list(name):
        sheet.objects[name] = kept


def _follow_frozen(sheet: Sheet, edit: Edit) -> None:
    grid = sheet.properties["gridProperties"]
    name = _FROZEN[edit.dimension]
    frozen = grid.get(name, 0)
    if not frozen or edit.kind == "move":
        return
    if edit.kind == "insert":
        frozen += edit.length if edit.start < frozen else 0
    else:
        frozen -= max(0, min(edit.end, frozen) - edit.start)
    changed = {key: value for key, value in grid.items() if key != name}
    sheet.properties = {**sheet.properties, "gridProperties": changed | ({name: frozen} if frozen else {})}


def _moved_entry(entry: Json, edit: Edit) -> Json | None:
    """Metadata of a row or column goes where that goes, and with it."""
    found = entry["location"].get("dimensionRange")
    if not found or int(found.get("sheetId") or 0) != edit.sheet_id or found["dimension"] != edit.dimension:
        return entry
    now = edit.index(found["startIndex"])
    if now is None:
        return None
    place = {**found, "startIndex": now, "endIndex": now + 1}
    return {**entry, "location": {**entry["location"], "dimensionRange": place}}


def follow_formulas(state: State, edit: Edit | Cut) -> None:
    for sheet in state.sheets:
        if sheet.has_formulas:
            change_formulas(sheet, _adjuster(state, sheet, edit))


def _adjuster(state: State, sheet: Sheet, edit: Edit | Cut) -> Callable[[str], str]:
    return lambda text: formulas.adjusted(text, edit, state, sheet.id)


def change_formulas(sheet: Sheet, change: Callable[[str], str]) -> None:
    for at, row in enumerate(sheet.rows):
        changes = {
            column: cell.valued(Formula(text))
            for column, cell in row.items()
            if isinstance(cell.value, Formula) and (text := change(cell.value.text)) != cell.value.text
        }
        if changes:
            sheet.put(at, changes)
