"""A new book from the body of ``spreadsheets.create``."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from tests.sheets_server.book.change import Change
from tests.sheets_server.book.formats import DEFAULT_FORMAT, THEME
from tests.sheets_server.book.model import Json, Refused, Sheet
from tests.sheets_server.book.places import check_places
from tests.sheets_server.book.requests import carry_out
from tests.sheets_server.book.requests.cells import write_rows, writer
from tests.sheets_server.book.requests.sheets import fresh_sheet
from tests.sheets_server.book.state import State
from tests.sheets_server.errors import ApiError


def opened(body: Mapping[str, Any], random: Random) -> State:
    given = dict(body.get("properties") or {})
    properties: Json = {
        "title": given.get("title") or "Untitled spreadsheet",
        "locale": given.get("locale") or "en_US",
        "autoRecalc": given.get("autoRecalc") or "ON_CHANGE",
        "timeZone": given.get("timeZone") or "Etc/GMT",
        "defaultFormat": DEFAULT_FORMAT,
        "spreadsheetTheme": given.get("spreadsheetTheme") or THEME,
    }
    if "iterativeCalculationSettings" in given:
        properties["iterativeCalculationSettings"] = given["iterativeCalculationSettings"]
    state = State(properties)
    change = Change(state, random, lambda: 0.0)
    try:
        check_places(properties)
        for one in body.get("sheets") or [{"properties": {"sheetId": 0}}]:
            _found_sheet(change, one)
        _found_names(change, body)
    except Refused as refused:
        raise ApiError(refused.status, refused.message) from refused
    return state


def _found_sheet(change: Change, given: Mapping[str, Any]) -> None:
    """Only the worksheet that nobody asked for has the identifier 0; others have what was said or a random one."""
    chosen = change.new_id(sheet.id for sheet in change.state.sheets)
    sheet = fresh_sheet(change.state, given.get("properties") or {}, chosen)
    change.state.sheets.append(sheet)
    write = writer("*")
    for data in given.get("data") or []:
        top, left = int(data.get("startRow") or 0), int(data.get("startColumn") or 0)
        rows = data.get("rowData") or []
        sheet.resize_rows(max(sheet.row_count, top + len(rows)))
        width = max((len(row.get("values") or []) for row in rows), default=0)
        sheet.resize_columns(max(sheet.column_count, left + width))
        write_rows(sheet, top, left, rows, write)
        for kind, first in (("ROWS", top), ("COLUMNS", left)):
            _found_dimensions(change, sheet, kind, first, data)
    for request in _requests_for(given, sheet):
        carry_out(change, request, 0)


def _found_dimensions(change: Change, sheet: Sheet, kind: str, first: int, data: Mapping[str, Any]) -> None:
    """Heights, widths and what is hidden."""
    found = data.get("rowMetadata" if kind == "ROWS" else "columnMetadata") or []
    for at, properties in enumerate(found, start=first):
        fields = [name for name in ("pixelSize", "hiddenByUser") if name in properties]
        if fields:
            span = {"sheetId": sheet.id, "dimension": kind, "startIndex": at, "endIndex": at + 1}
            body = {"range": span, "properties": dict(properties), "fields": ",".join(fields)}
            carry_out(change, {"updateDimensionProperties": body}, 0)


def _requests_for(given: Mapping[str, Any], sheet: Sheet) -> Iterator[dict[str, Any]]:
    """What else a sheet comes with, as the requests that would add it; a range without a sheet means its own."""
    for merge in given.get("merges") or []:
        yield {"mergeCells": {"range": _own(merge, sheet), "mergeType": "MERGE_ALL"}}
    for at, rule in enumerate(given.get("conditionalFormats") or []):
        ranges = [_own(each, sheet) for each in rule.get("ranges") or []]
        yield {"addConditionalFormatRule": {"rule": {**rule, "ranges": ranges}, "index": at}}
    if given.get("basicFilter"):
        yield {"setBasicFilter": {"filter": _placed(given["basicFilter"], sheet)}}
    for names, kind, name in _OBJECTS:
        for one in given.get(names) or []:
            yield {kind: {name: _placed(one, sheet)}}
    for one in given.get("developerMetadata") or []:
        location = one.get("location") or {"sheetId": sheet.id}
        yield {"createDeveloperMetadata": {"developerMetadata": {**one, "location": location}}}


_OBJECTS = (
    ("filterViews", "addFilterView", "filter"),
    ("protectedRanges", "addProtectedRange", "protectedRange"),
    ("bandedRanges", "addBanding", "bandedRange"),
)


def _placed(one: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    return {**one, "range": _own(one.get("range") or {}, sheet)}


def _own(found: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    return {"sheetId": sheet.id, **found}


def _found_names(change: Change, body: Mapping[str, Any]) -> None:
    for one in body.get("namedRanges") or []:
        carry_out(change, {"addNamedRange": {"namedRange": one}}, 0)
    for one in body.get("developerMetadata") or []:
        entry = {"location": {"spreadsheet": True}, **one}
        carry_out(change, {"createDeveloperMetadata": {"developerMetadata": entry}}, 0)
