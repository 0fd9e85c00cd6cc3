"""Requests on sheets and on the spreadsheet itself."""

from collections.abc import Mapping
from typing import Any

from tests.sheets_server.book import formulas, shaping
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.edits import COLUMNS, ROWS
from tests.sheets_server.book.formats import twinned, with_twins
from tests.sheets_server.book.masks import merged, paths
from tests.sheets_server.book.model import Json, Refused, Sheet, new_sheet
from tests.sheets_server.book.places import check_places
from tests.sheets_server.book.resource import properties
from tests.sheets_server.book.state import State

_GRID_FLAGS = ("frozenRowCount", "frozenColumnCount")
_SETTABLE = ("title", "locale", "timeZone", "autoRecalc")


def fresh_sheet(state: State, given: Mapping[str, Any], chosen_id: int) -> Sheet:
    """A new sheet from SheetProperties, checked; it is not yet in the book."""
    sheet_type = given.get("sheetType", "GRID")
    if sheet_type not in ("GRID", "SHEET_TYPE_UNSPECIFIED"):
        raise Refused(f"this stand-in does not make sheets of type {sheet_type}", status=501)
    sheet_id = given.get("sheetId", chosen_id)
    _check_id(state, sheet_id)
    title = given.get("title") or free_title(state, "Sheet{}", len(state.sheets) + 1)
    check_title(state, title, None)
    grid = given.get("gridProperties") or {}
    rows, columns = grid.get("rowCount") or 1000, grid.get("columnCount") or 26
    if rows < 0 or columns < 0:
        raise Refused("A sheet must have at least one row and one column.")
    kept = {
        name: value
        for name, value in twinned(given).items()
        if name not in ("sheetId", "index", "sheetType", "gridProperties", "title")
        and value not in (False, {})
    }
    flags = {name: value for name, value in grid.items() if name not in ("rowCount", "columnCount") and value}
    sheet = new_sheet({"sheetId": sheet_id, "title": title, "gridProperties": flags, **kept}, rows, columns)
    _check_frozen(sheet)
    return sheet


def _check_id(state: State, sheet_id: int) -> None:
    if sheet_id < 0:
        raise Refused("sheetId must be non-negative")
    if any(sheet.id == sheet_id for sheet in state.sheets):
        raise Refused(
            f"A sheet with the ID {sheet_id} already exists. Please choose another ID or leave it out."
        )


_LONGEST_TITLE = 100


def free_title(state: State, pattern: str, first: int) -> str:
    number = first
    while state.sheet_titled(pattern.format(number)):
        number += 1
    return pattern.format(number)


def check_title(state: State, title: str, own: Sheet | None) -> None:
    if not title:
        raise Refused("The sheet name cannot be empty.")
    if len(title) > _LONGEST_TITLE:
        raise Refused(f"The sheet name cannot be greater than {_LONGEST_TITLE} characters.")
    taken = state.sheet_titled(title)
    if taken is not None and taken is not own:
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _place(state: State, sheet: Sheet, index: int | None) -> None:
    state.sheets.insert(len(state.sheets) if index is None else max(0, min(index, len(state.sheets))), sheet)


def _add(change: Change, body: Json) -> Json:
    given = body.get("properties") or {}
    chosen = change.new_id(sheet.id for sheet in change.state.sheets)
    sheet = fresh_sheet(change.state, given, chosen)
    _place(change.state, sheet, given.get("index"))
    return {"properties": properties(sheet, change.state)}


def _delete(change: Change, body: Json) -> None:
    state = change.state
    sheet = state.sheet(int(body.get("sheetId") or 0), "sheet")
    if not any(other is not sheet and not other.properties.get("hidden") for other in state.sheets):
        raise Refused("You can't remove all the sheets in a document.")
    title, sheet_id = sheet.title, sheet.id
    state.sheets = [other for other in state.sheets if other is not sheet]
    state.named_ranges = [
        named for named in state.named_ranges if int(named["range"].get("sheetId") or 0) != sheet_id
    ]
    state.metadata = [entry for entry in state.metadata if not _on_sheet(entry, sheet_id)]
    for other in state.sheets:
        if other.has_formulas:
            shaping.change_formulas(other, lambda text: _without_sheet(text, title))


def _on_sheet(entry: Mapping[str, Any], sheet_id: int) -> bool:
    location = entry["location"]
    span = location.get("dimensionRange")
    if span is not None:
        return int(span.get("sheetId") or 0) == sheet_id
    return bool(location.get("sheetId") == sheet_id)


def _without_sheet(text: str, title: str) -> str:
    def change(found: formulas.Reference) -> str:
        gone = found.sheet is not None and found.sheet.casefold() == title.casefold()
        return "#REF!" if gone else found.text()

    return formulas.rewritten(text, change)


def copied(sheet: Sheet, sheet_id: int, title: str) -> Sheet:
    """The sheet again, under another id and title; what belongs to it points to the copy."""
    twin = sheet.clone()
    rest = {name: value for name, value in sheet.properties.items() if name != "hidden"}
    twin.properties = {**rest, "sheetId": sheet_id, "title": title}
    twin.objects = {
        name: [_readdressed(item, sheet_id) for item in found] for name, found in sheet.objects.items()
    }
    twin.basic_filter = _readdressed(sheet.basic_filter, sheet_id)
    return twin


def _readdressed(found: Any, sheet_id: int) -> Any:
    if isinstance(found, list):
        return [_readdressed(item, sheet_id) for item in found]
    if not isinstance(found, Mapping):
        return found
    result = {name: _readdressed(value, sheet_id) for name, value in found.items() if name != "sheetId"}
    placed = any(name in found for name in _PLACED)
    if sheet_id and (placed or "sheetId" in found):
        result = {"sheetId": sheet_id, **result}
    return result


def renumber(change: Change, sheet: Sheet) -> None:
    """Objects of a copied sheet need ids of their own."""
    for name, id_name in OBJECT_IDS.items():
        taken = {int(item[id_name]) for other in change.state.sheets for item in other.list(name)}
        if sheet.list(name):
            sheet.objects[name] = [{**item, id_name: change.new_id(taken)} for item in sheet.list(name)]


_PLACED = ("startRowIndex", "startColumnIndex", "dimension", "rowIndex", "columnIndex")
OBJECT_IDS = {
    "protectedRanges": "protectedRangeId",
    "filterViews": "filterViewId",
    "charts": "chartId",
    "bandedRanges": "bandedRangeId",
    "slicers": "slicerId",
}


def _duplicate(change: Change, body: Json) -> Json:
    state = change.state
    source = state.sheet(int(body.get("sourceSheetId") or 0), "sheet")
    sheet_id = body.get("newSheetId")
    if sheet_id is None:
        sheet_id = change.new_id(sheet.id for sheet in state.sheets)
    else:
        _check_id(state, int(sheet_id))
    title = body.get("newSheetName") or copy_title(state, source.title)
    check_title(state, title, None)
    twin = copied(source, int(sheet_id), title)
    renumber(change, twin)
    index = body.get("insertSheetIndex", 0)
    _place(state, twin, index)
    return {"properties": properties(twin, state)}


def copy_title(state: State, title: str) -> str:
    first = f"Copy of {title}"
    return first if state.sheet_titled(first) is None else free_title(state, first + " {}", 1)


def _update(change: Change, body: Json) -> None:
    given = needed(body, "properties")
    named = with_twins(paths(body.get("fields")))
    state = change.state
    sheet = state.sheet(int(given.get("sheetId") or 0), "sheet")
    if () in named:
        named = [
            (name,) for name in ("title", "index", "hidden", "gridProperties", "tabColorStyle", "tabColor")
        ]
        named = [path for path in named if path[0] != "index" or "index" in given]
    old = properties(sheet, state)
    new = merged(
        old, twinned(given), [path for path in named if path[0] not in ("sheetId", "sheetType", "index")]
    )
    if new.get("title") != sheet.title:
        _rename(state, sheet, new.get("title", ""))
    _resize(state, sheet, new.get("gridProperties") or {})
    kept = {
        name: value
        for name, value in new.items()
        if name not in ("index", "sheetType") and value not in (False, {})
    }
    grid = new.get("gridProperties") or {}
    flags = {name: value for name, value in grid.items() if name not in ("rowCount", "columnCount") and value}
    sheet.properties = {**kept, "sheetId": sheet.id, "title": sheet.title, "gridProperties": flags}
    _check_frozen(sheet)
    if all(other.properties.get("hidden") for other in state.sheets):
        raise Refused("You can't hide all the sheets in a document.")
    if ("index",) in named:
        _reorder(state, sheet, int(given.get("index") or 0))


def _rename(state: State, sheet: Sheet, title: str) -> None:
    check_title(state, title, sheet)
    old = sheet.title
    sheet.properties = {**sheet.properties, "title": title}
    for other in state.sheets:
        if other.has_formulas:
            shaping.change_formulas(other, lambda text: formulas.renamed(text, old, title))


def _resize(state: State, sheet: Sheet, grid: Mapping[str, Any]) -> None:
    for dimension, name in ((ROWS, "rowCount"), (COLUMNS, "columnCount")):
        count, have = int(grid.get(name) or 0), shaping.size(sheet, dimension)
        if count < have:
            shaping.delete(state, sheet, dimension, max(0, count), have)
        elif dimension == ROWS:
            sheet.resize_rows(count)
        else:
            sheet.resize_columns(count)


def _check_frozen(sheet: Sheet) -> None:
    grid = sheet.properties["gridProperties"]
    rows, columns = (int(grid.get(name) or 0) for name in _GRID_FLAGS)
    if rows >= sheet.row_count or rows < 0:
        raise Refused("You can't freeze all visible rows on the sheet.")
    if columns >= sheet.column_count or columns < 0:
        raise Refused("You can't freeze all visible columns on the sheet.")


def _reorder(state: State, sheet: Sheet, index: int) -> None:
    """Places are counted before the move; the sheet's own place and the one after it mean no move."""
    here = next(at for at, other in enumerate(state.sheets) if other is sheet)
    if not 0 <= index <= len(state.sheets):
        raise Refused(f"Sheet index {index} is out of bounds.")
    if index in (here, here + 1):
        return
    del state.sheets[here]
    state.sheets.insert(index - 1 if index > here else index, sheet)


def _update_spreadsheet(change: Change, body: Json) -> None:
    given = body.get("properties") or {}
    names = {path[0] if path else "*" for path in paths(body.get("fields"))}
    chosen = set(_SETTABLE) & set(given) if "*" in names else names
    others = {"iterativeCalculationSettings", "spreadsheetTheme", "importFunctionsExternalUrlAccessAllowed"}
    changed = dict(change.state.properties)
    for name in chosen:
        if name in _SETTABLE:
            if not given.get(name):
                raise Refused(f"properties.{name} must be specified")
            changed[name] = given[name]
        elif name in others:
            changed.pop(name, None)
            if name in given:
                changed[name] = given[name]
        else:
            raise Refused(f"properties.{name} cannot be changed")
    check_places(changed)
    change.state.properties = changed


KINDS: dict[str, Handler] = {
    "addSheet": _add,
    "deleteSheet": _delete,
    "duplicateSheet": _duplicate,
    "updateSheetProperties": _update,
    "updateSpreadsheetProperties": _update_spreadsheet,
}
