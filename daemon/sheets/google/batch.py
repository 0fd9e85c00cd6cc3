"""Changes as one ``batchUpdate``: rows copied aside, cells written, rows put below the list, rows removed.

Text goes as ``stringValue``, so nothing that came by mail becomes a formula, a link or a number; days go as serial
numbers with a day's format. New rows are put in below the list (``insertDimension``), never appended:
``values.append`` looks for "tables" and indents, and what somebody typed below the list meanwhile is pushed down
instead of written over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from daemon.domain.sheet import CellValue
from daemon.sheets.formulas import column_letters
from daemon.sheets.google import journal
from daemon.sheets.google.grid import Raw, RawRow, Sheet, serial, trimmed
from daemon.sheets.google.journal import Journal
from daemon.sheets.tables import Grid
from daemon.sheets.xlsx import Edit, Write, clean

Request = dict[str, Any]
ANSWER_FIELDS = "updatedSpreadsheet(sheets(properties(sheetId,title,gridProperties),data(rowData(values(effectiveValue)))))"  # noqa: E501
DAY_FORMAT = {"type": "DATE", "pattern": "dd.mm.yyyy"}
METADATA_KEY = "muhtarlik"
_VALUE, _DAY, _LINK = (
    "userEnteredValue",
    "userEnteredFormat.numberFormat",
    "userEnteredFormat.textFormat.link",
)
_SPARE_ROWS = 50
_NOBODY_TYPES = "muhtarlik-8f41c2d7"


def raw(value: CellValue) -> Raw:
    """A value as Google stores it."""
    match value:
        case None | "":
            return None
        case bool() | int() | float():
            return value
        case date():
            return serial(value)
        case str():
            return clean(value) or None


def cell(value: CellValue) -> Request:
    stored = raw(value)
    match stored:
        case None:
            return {}
        case bool():
            return {"boolValue": stored}
        case int() | float():
            return {"numberValue": stored}
        case str():
            return {"stringValue": stored}


# --- the batch --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scratch:
    """The hidden worksheet as last seen; 0 rows where it is not there."""

    rows: int = 0
    columns: int = 0


def body(
    edits: Mapping[str, Edit], sheets: Mapping[str, Sheet], grids: Mapping[str, Grid], plan: Journal,
    scratch: Scratch, *, former: Iterable[int] = (),
) -> Request:  # fmt: skip
    """The whole request. ``former`` are operations whose marks may go."""
    requests = [
        *_marks(plan.operation, former),
        *_scratch(plan, scratch),
        *_copies(plan),
        *(request for title, edit in edits.items() for request in _writes(edit, sheets[title], grids[title])),
    ]
    return {
        "requests": requests,
        "includeSpreadsheetInResponse": True,
        "responseRanges": [
            f"{journal.TITLE}!A1:{column_letters(max(plan.width, 2))}{max(plan.last_copy, 2)}"
        ],
        "responseIncludeGridData": True,
    }


def nothing(sheet_id: int, ranges: Iterable[str]) -> Request:
    """A request that changes nothing (a word that nobody types is replaced by itself) and shows ``ranges``."""
    cell_a1 = _range(sheet_id, 1, 1, 1)
    return {
        "requests": [
            {"findReplace": {"find": _NOBODY_TYPES, "replacement": _NOBODY_TYPES, "range": cell_a1}}
        ],
        "includeSpreadsheetInResponse": True,
        "responseRanges": list(ranges),
        "responseIncludeGridData": True,
    }


def _marks(operation: int, former: Iterable[int]) -> Iterator[Request]:
    """The operation's number as metadata: it may be given once, so a batch that comes late, after it was sent again,
    is refused as a whole."""
    for number in former:
        yield {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
    mark = {
        "metadataId": operation,
        "metadataKey": METADATA_KEY,
        "metadataValue": str(operation),
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    yield {"createDeveloperMetadata": {"developerMetadata": mark}}


def _scratch(plan: Journal, scratch: Scratch) -> Iterator[Request]:
    pieces = plan.pieces()
    rows, columns = plan.last_copy + 1, max(plan.width, len(pieces), 2)
    if not scratch.rows:
        size = {"rowCount": rows + _SPARE_ROWS, "columnCount": max(columns, 26)}
        sheet = {"sheetId": journal.SHEET_ID, "title": journal.TITLE, "hidden": True, "gridProperties": size}
        yield {"addSheet": {"properties": sheet}}
    elif rows > scratch.rows or columns > scratch.columns:
        size = {
            "rowCount": max(rows + _SPARE_ROWS, scratch.rows),
            "columnCount": max(columns, scratch.columns),
        }
        yield {
            "updateSheetProperties": {
                "properties": {"sheetId": journal.SHEET_ID, "gridProperties": size},
                "fields": "gridProperties(rowCount,columnCount)",
            }
        }
    yield {
        "updateCells": {
            "range": {"sheetId": journal.SHEET_ID, "startRowIndex": 0, "endRowIndex": 1},
            "rows": [{"values": [{_VALUE: {"stringValue": piece}} for piece in pieces]}],
            "fields": _VALUE,
        }
    }


def _copies(plan: Journal) -> Iterator[Request]:
    for block in plan.blocks:
        count = len(block.records)
        yield {
            "copyPaste": {
                "source": _range(block.sheet_id, block.first, count, block.width),
                "destination": _range(journal.SHEET_ID, block.copied_to, count, block.width),
                "pasteType": "PASTE_VALUES",
            }
        }


def _range(sheet_id: int, first: int, count: int, width: int) -> Request:
    return {
        "sheetId": sheet_id,
        "startRowIndex": first - 1,
        "endRowIndex": first - 1 + count,
        "startColumnIndex": 0,
        "endColumnIndex": width,
    }


# --- one worksheet ----------------------------------------------------------------------------------------


def _writes(edit: Edit, sheet: Sheet, grid: Grid) -> Iterator[Request]:
    yield from _cells(sheet.sheet_id, [write for write in edit.writes if write.row <= grid.last_used])
    yield from _room(edit, sheet, grid)
    yield from _cells(sheet.sheet_id, [write for write in edit.writes if write.row > grid.last_used])
    for row in sorted(set(edit.removals), reverse=True):
        place = {"sheetId": sheet.sheet_id, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}
        yield {"deleteDimension": {"range": place}}


def new_rows(edit: Edit, grid: Grid) -> int:
    return max(0, max((write.row for write in edit.writes), default=0) - grid.last_used)


def is_put_in(grid: Grid) -> bool:
    """Whether new rows are put in below others. Below a bare header they would push down where drop-downs and colours
    begin; there they are written into the empty rows."""
    return grid.last_used > grid.top


def _room(edit: Edit, sheet: Sheet, grid: Grid) -> Iterator[Request]:
    count, last = new_rows(edit, grid), grid.last_used
    if not count:
        return
    rows = {"sheetId": sheet.sheet_id, "dimension": "ROWS"}
    if is_put_in(grid) and last < sheet.row_count:
        place = {**rows, "startIndex": last, "endIndex": last + count}
        yield {"insertDimension": {"range": place, "inheritFromBefore": True}}
    elif last + count > sheet.row_count:
        yield {"appendDimension": {**rows, "length": last + count - sheet.row_count}}


def _cells(sheet_id: int, writes: Sequence[Write]) -> Iterator[Request]:
    """Neighbours that need the same fields go together: across where whole rows are written, else down."""
    by_kind: dict[str, list[Write]] = {}
    for write in writes:
        by_kind.setdefault(_fields(write), []).append(write)
    for fields, alike in by_kind.items():
        for block in _blocks(alike):
            yield _update(sheet_id, block, fields)


def _fields(write: Write) -> str:
    """Only a day needs its format, only a link its target; other formats belong to people."""
    day = f",{_DAY}" if isinstance(write.value, date) else ""
    link = f",{_LINK}" if write.link is not None else ""
    return _VALUE + day + link


def _blocks(writes: Sequence[Write]) -> Iterator[list[Write]]:
    """Rectangles: equal stretches of columns in consecutive rows."""
    stretches: list[list[Write]] = []
    for _, row in groupby(sorted(writes, key=lambda w: (w.row, w.column)), key=lambda w: w.row):
        for write in row:
            last = stretches[-1][-1] if stretches else None
            if last and (last.row, last.column + 1) == (write.row, write.column):
                stretches[-1].append(write)
            else:
                stretches.append([write])
    stretches.sort(key=lambda s: (s[0].column, len(s), s[0].row))
    block: list[Write] = []
    height = 0
    for stretch in stretches:
        first = stretch[0]
        fits = block and (block[0].column, len(block) // height, block[0].row + height) == (
            first.column, len(stretch), first.row,
        )  # fmt: skip
        if not fits and block:
            yield block
            block, height = [], 0
        block.extend(stretch)
        height += 1
    if block:
        yield block


def _update(sheet_id: int, block: Sequence[Write], fields: str) -> Request:
    rows = [
        {"values": [_cell(write) for write in row]} for _, row in groupby(block, key=lambda write: write.row)
    ]
    start = {"sheetId": sheet_id, "rowIndex": block[0].row - 1, "columnIndex": block[0].column - 1}
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def _cell(write: Write) -> Request:
    told: Request = {_VALUE: value} if (value := cell(write.value)) else {}
    shape: Request = {}
    if isinstance(write.value, date):
        shape["numberFormat"] = DAY_FORMAT
    if write.link:
        shape["textFormat"] = {"link": {"uri": write.link}}
    return told | ({"userEnteredFormat": shape} if shape else {})


# --- what it comes to -------------------------------------------------------------------------------------


def after(edit: Edit, sheet: Sheet, grid: Grid) -> Sheet:
    """The worksheet as it is once the batch took effect and nobody came in between."""
    rows: list[list[Raw]] = [list(row) for row in sheet.rows]
    days, notes = set(sheet.days), dict(sheet.notes)
    new, last = new_rows(edit, grid), grid.last_used
    grown = max(sheet.row_count, last + new)
    if new and is_put_in(grid) and last < sheet.row_count:
        rows[last:last] = [[] for _ in range(new)]
        days = {_pushed(at, last, new) for at in days}
        notes = {_pushed(at, last, new): text for at, text in notes.items()}
        grown = sheet.row_count + new
    rows.extend([] for _ in range(last + new - len(rows)))
    for write in edit.writes:
        _put(rows, days, write)
    for row in sorted(set(edit.removals), reverse=True):
        del rows[row - 1 : row]
        days = {_pushed(at, row, -1) for at in days if at[0] != row}
        notes = {_pushed(at, row, -1): text for at, text in notes.items() if at[0] != row}
        grown -= 1
    lines: list[RawRow] = [trimmed(row) for row in rows]
    while lines and not lines[-1]:
        lines.pop()
    return replace(sheet, rows=tuple(lines), days=frozenset(days), notes=notes, row_count=grown)


def _pushed(at: tuple[int, int], below: int, by: int) -> tuple[int, int]:
    return (at[0] + by, at[1]) if at[0] > below else at


def _put(rows: list[list[Raw]], days: set[tuple[int, int]], write: Write) -> None:
    row = rows[write.row - 1]
    row.extend([None] * (write.column - len(row)))
    row[write.column - 1] = raw(write.value)
    at = (write.row, write.column)
    if isinstance(write.value, date):
        days.add(at)
    elif raw(write.value) is None or isinstance(raw(write.value), str):
        days.discard(at)
