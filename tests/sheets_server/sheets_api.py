"""The methods of Sheets v4: whose spreadsheet, may he, and which of the book's methods."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.sheets_server.book import Book
from tests.sheets_server.drive.model import File, at_least, new_id
from tests.sheets_server.drive.store import Drive
from tests.sheets_server.history import History
from tests.sheets_server.masks import Mask, wants
from tests.sheets_server.wire import Refusal
from tests.sheets_server.write_masks import check_write_masks

_NOT_FOUND = "Requested entity was not found."
_FORBIDDEN = "The caller does not have permission"
_READS = {"getByDataFilter", "batchGetByDataFilter", "search"}
_NO_SHEET = "This operation is not supported for this document"


def is_read(verb: str, name: str) -> bool:
    """Whether a method only reads: some that take a body do."""
    return verb == "GET" or name.rpartition(".")[2] in _READS


_COLOUR = ("sheets", "data", "rowData", "values", "effectiveFormat", "backgroundColor")


@dataclass(slots=True)
class Sheets:
    """Carries out checked calls of Sheets."""

    drive: Drive
    history: History

    def create(self, user: str, body: Mapping[str, Any], *, owns_storage: bool) -> Any:
        """``spreadsheets.create``: a service account without storage may not."""
        if not owns_storage:
            raise Refusal(403, _FORBIDDEN)
        book = Book(new_id(), body)
        self.drive.add_spreadsheet(book, user)
        return book.resource(include_grid_data=False)

    def read(
        self, name: str, user: str, params: dict[str, Any], body: Mapping[str, Any], mask: Mask, back: int
    ) -> Any:
        """A method that changes nothing, of the state ``back`` revisions ago."""
        file = self._file(user, params["spreadsheetId"], "reader")
        book = self.history.before(file, back)
        if name == "spreadsheets.get":
            grid = wants(mask, "sheets", "data") if mask else bool(params.get("includeGridData"))
            paint = not mask or wants(mask, *_COLOUR)
            told = book.resource(ranges=params.get("ranges") or (), include_grid_data=grid, paint=paint)
            return _with_owner(told, file.owner)
        if name == "spreadsheets.getByDataFilter":
            grid = wants(mask, "sheets", "data") if mask else bool(body.get("includeGridData"))
            told = book.resource_by_filter(body.get("dataFilters") or [], include_grid_data=grid)
            return _with_owner(told, file.owner)
        return _READERS[name](book, params, body)

    def write(self, name: str, user: str, params: dict[str, Any], body: Mapping[str, Any]) -> Any:
        """A method that changes the spreadsheet; Drive hears of it at once."""
        file = self._file(user, params["spreadsheetId"], "writer" if "copyTo" not in name else "reader")
        if name == "spreadsheets.sheets.copyTo":
            target = self._file(user, body.get("destinationSpreadsheetId") or "", "writer")
            self.history.keep(target)
            told: Any = _book(file).copy_sheet_to(params["sheetId"], _book(target))
            self.drive.written(target, user)
            return told
        self.history.keep(file)
        book = _book(file)
        before = book.revision
        try:
            told = _WRITERS[name](book, params, body)
        finally:
            if book.revision != before:
                self.drive.written(file, user)
        if "updatedSpreadsheet" in told:
            told["updatedSpreadsheet"] = _with_owner(told["updatedSpreadsheet"], file.owner)
        return told

    def _file(self, user: str, identifier: str, needed: str) -> File:
        file = self.drive.files.get(identifier)
        if file is None:
            raise Refusal(404, _NOT_FOUND)
        if not at_least(self.drive.role(user, file), needed):
            raise Refusal(403, _FORBIDDEN)
        if file.book is None:
            raise Refusal(400, _NO_SHEET, name="FAILED_PRECONDITION")
        return file


def _book(file: File) -> Book:
    if file.book is None:
        raise Refusal(400, _NO_SHEET, name="FAILED_PRECONDITION")
    return file.book


def _with_owner(spreadsheet: dict[str, Any], owner: str) -> dict[str, Any]:
    """A spreadsheet whose protected ranges name the file's owner among their editors: he may always edit. The answer
    to the protecting request itself does not name him (both as recorded from the real service)."""
    if owner:
        for sheet in spreadsheet["sheets"]:
            if "protectedRanges" in sheet:
                sheet["protectedRanges"] = [_edited_by(owner, one) for one in sheet["protectedRanges"]]
    return spreadsheet


def _edited_by(owner: str, protected: Mapping[str, Any]) -> dict[str, Any]:
    editors = protected.get("editors") or {}
    users = editors.get("users") or []
    if owner.lower() in (user.lower() for user in users):
        return dict(protected)
    return {**protected, "editors": {**editors, "users": [*users, owner]}}


_Done = Callable[[Book, dict[str, Any], Mapping[str, Any]], Any]


def _ranges(params: Mapping[str, Any]) -> Sequence[str]:
    found: Sequence[str] = params.get("ranges") or ()
    return found


def _batch_update(book: Book, body: Mapping[str, Any]) -> Any:
    check_write_masks(body.get("requests") or [])
    return book.batch_update(body)


_READERS: Mapping[str, _Done] = {
    "spreadsheets.developerMetadata.get": lambda book, params, body: book.metadata(params["metadataId"]),
    "spreadsheets.developerMetadata.search": lambda book, params, body: book.search_metadata(body),
    "spreadsheets.values.get": lambda book, params, body: book.values_get(params["range"], params),
    "spreadsheets.values.batchGet": lambda book, params, body: book.values_batch_get(_ranges(params), params),
    "spreadsheets.values.batchGetByDataFilter": lambda book, params, body: book.values_batch_get_by_filter(
        body
    ),
}
_WRITERS: Mapping[str, _Done] = {
    "spreadsheets.batchUpdate": lambda book, params, body: _batch_update(book, body),
    "spreadsheets.values.update": lambda book, params, body: book.values_update(
        params["range"], body, params
    ),
    "spreadsheets.values.append": lambda book, params, body: book.values_append(
        params["range"], body, params
    ),
    "spreadsheets.values.clear": lambda book, params, body: book.values_clear(params["range"]),
    "spreadsheets.values.batchUpdate": lambda book, params, body: book.values_batch_update(body),
    "spreadsheets.values.batchClear": lambda book, params, body: book.values_batch_clear(body),
    "spreadsheets.values.batchUpdateByDataFilter": lambda book, params, body: (
        book.values_batch_update_by_filter(body)
    ),
    "spreadsheets.values.batchClearByDataFilter": lambda book, params, body: (
        book.values_batch_clear_by_filter(body)
    ),
}
