"""A new book from the body of ``spreadsheets.create``."""

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.sheets_server.book.change import Change
from tests.sheets_server.book.formats import DEFAULT_FORMAT, THEME
from tests.sheets_server.book.model import Json, Refused
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


def _found_names(change: Change, body: Mapping[str, Any]) -> None:
    for one in body.get("namedRanges") or []:
        carry_out(change, {"addNamedRange": {"namedRange": one}}, 0)
    for one in body.get("developerMetadata") or []:
        carry_out(change, {"createDeveloperMetadata": {"developerMetadata": one}}, 0)
