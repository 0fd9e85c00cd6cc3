"""A spreadsheet of the stand-in for Google Sheets: the public face of this package."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any, ParamSpec, TypeVar

from tests.sheets_server.book import a1, metadata, resource, values
from tests.sheets_server.book.a1 import Extent
from tests.sheets_server.book.appending import append
from tests.sheets_server.book.change import Change
from tests.sheets_server.book.formats import without_nulls
from tests.sheets_server.book.functions import now_serial
from tests.sheets_server.book.model import Json, Refused, Sheet
from tests.sheets_server.book.opening import opened
from tests.sheets_server.book.requests import carry_out
from tests.sheets_server.book.requests.sheets import copied, copy_title, renumber
from tests.sheets_server.book.state import State
from tests.sheets_server.book.values import Reading, Written
from tests.sheets_server.book.view import View
from tests.sheets_server.errors import ApiError

_MINUTE = 1 / 1440
_Given = ParamSpec("_Given")
_Done = TypeVar("_Done")


class Book:
    """One spreadsheet. Each write is carried out on a working copy and takes effect whole or not at all."""

    def __init__(self, spreadsheet_id: str, body: Mapping[str, Any]) -> None:
        self.spreadsheet_id = spreadsheet_id
        self.revision = 1
        self._random = Random(spreadsheet_id)
        self._before: list[State] = []
        self._view: View | None = None
        self._state = opened(without_nulls(body), self._random)

    @property
    def title(self) -> str:
        return str(self._state.properties["title"])

    @title.setter
    def title(self, title: str) -> None:
        with self._change() as change:
            change.state.properties = {**change.state.properties, "title": title}

    def start_anew(self, properties: Mapping[str, Any], sheets: Sequence[Mapping[str, Any]]) -> None:
        """Puts new worksheets, with identifiers of their own, in place of everything but the title and locale."""
        kept = {name: self._state.properties[name] for name in ("title", "locale")}
        self._accept(opened({"properties": {**kept, **properties}, "sheets": sheets}, self._random))

    # What spreadsheets.* answers ------------------------------------------------------------------------

    def resource(
        self, *, ranges: Sequence[str] = (), include_grid_data: bool = False, paint: bool = True
    ) -> Json:
        """``spreadsheets.get``: the whole of it, or the sheets and ranges that are named. ``paint`` says whether the
        effective formats show conditional ones and bands: that takes long, and few ask for it."""
        selection = [self._selected(text) for text in ranges] or None
        view = self._reader()
        view.paints = paint
        return resource.spreadsheet(self.spreadsheet_id, self._state, view, selection, grid=include_grid_data)

    def _selected(self, text: str) -> tuple[Sheet, Extent]:
        sheet, extent = a1.resolve(self._state, text)
        if not extent.starts_in(sheet):
            raise ApiError(400, a1.beyond(sheet, extent))
        return sheet, extent

    def resource_by_filter(self, filters: Sequence[Mapping[str, Any]], *, include_grid_data: bool) -> Json:
        """``spreadsheets.getByDataFilter``."""
        selection = [(sheet, extent) for sheet, extent, _ in metadata.ranges_by(self._state, filters)]
        chosen = selection if filters else None
        return resource.spreadsheet(
            self.spreadsheet_id, self._state, self._reader(), chosen, grid=include_grid_data
        )

    def batch_update(self, body: Mapping[str, Any]) -> Json:
        """``spreadsheets.batchUpdate``: all requests or none."""
        requests = body.get("requests") or []
        if not requests:
            raise ApiError(400, "Must specify at least one request.")
        with self._change() as change:
            replies = [carry_out(change, request, at) for at, request in enumerate(requests)]
            for text in body.get("responseRanges") or ():
                a1.resolve(change.state, text)
        answer: Json = {"spreadsheetId": self.spreadsheet_id, "replies": replies}
        if body.get("includeSpreadsheetInResponse"):
            answer["updatedSpreadsheet"] = self.resource(
                ranges=body.get("responseRanges") or (),
                include_grid_data=bool(body.get("responseIncludeGridData")),
            )
        return answer

    # Values ---------------------------------------------------------------------------------------------

    def values_get(self, range_: str, options: Mapping[str, str]) -> Json:
        sheet, box = values.located(self._state, range_)
        return values.value_range(self._reader(), sheet, box, Reading.of(options))

    def values_batch_get(self, ranges: Sequence[str], options: Mapping[str, str]) -> Json:
        found = [self.values_get(text, options) for text in ranges]
        return {"spreadsheetId": self.spreadsheet_id, **({"valueRanges": found} if found else {})}

    def values_update(self, range_: str, body: Mapping[str, Any], options: Mapping[str, str]) -> Json:
        option = values.input_option(options)
        with self._change() as change:
            written = values.write(change.state, range_, body, option)
        return self._written(written, options, body)

    def values_append(self, range_: str, body: Mapping[str, Any], options: Mapping[str, str]) -> Json:
        option = values.input_option(options)
        how = options.get("insertDataOption") or "OVERWRITE"
        if how not in ("OVERWRITE", "INSERT_ROWS"):
            raise ApiError(400, f"Invalid value at 'insert_data_option', \"{how}\"")
        with self._change() as change:
            written, table = append(change.state, range_, body, option, how)
        return {
            "spreadsheetId": self.spreadsheet_id,
            **table,
            "updates": self._written(written, options, body),
        }

    def values_clear(self, range_: str) -> Json:
        with self._change() as change:
            sheet, box = values.clear(change.state, range_)
        return {"spreadsheetId": self.spreadsheet_id, "clearedRange": a1.range_text(sheet, box)}

    def values_batch_clear(self, body: Mapping[str, Any]) -> Json:
        with self._change() as change:
            ranges = body.get("ranges") or []
            cleared = [
                _named(f"range[{at}]", values.clear, change.state, text) for at, text in enumerate(ranges)
            ]
        return self._cleared([a1.range_text(sheet, box) for sheet, box in cleared])

    def values_batch_update(self, body: Mapping[str, Any]) -> Json:
        option = values.input_option(body)
        data = body.get("data") or []
        with self._change() as change:
            done = [
                _named(f"data[{at}]", values.write, change.state, _range_of(one), one, option)
                for at, one in enumerate(data)
            ]
        responses = [self._written(written, body, one) for written, one in zip(done, data, strict=True)]
        return self._totals(done, responses)

    def values_batch_get_by_filter(self, body: Mapping[str, Any]) -> Json:
        reading, view = Reading.of(body), self._reader()
        found = [
            {
                "valueRange": values.value_range(view, sheet, extent.within(sheet), reading),
                "dataFilters": filters,
            }
            for sheet, extent, filters in metadata.ranges_by(self._state, body.get("dataFilters") or [])
        ]
        return {"spreadsheetId": self.spreadsheet_id, **({"valueRanges": found} if found else {})}

    def values_batch_update_by_filter(self, body: Mapping[str, Any]) -> Json:
        option = values.input_option(body)
        done: list[tuple[Written, Mapping[str, Any]]] = []
        with self._change() as change:
            for one in body.get("data") or []:
                for sheet, extent, _ in metadata.ranges_by(change.state, [one.get("dataFilter") or {}]):
                    text = a1.range_text(sheet, extent.within(sheet))
                    rows = values.rows_of(one)
                    done.append((values.write_at(sheet, extent, rows, option, change.state, text), one))
        responses = [
            {**self._written(written, body, one, with_id=False), "dataFilter": one.get("dataFilter")}
            for written, one in done
        ]
        return self._totals([written for written, _ in done], responses)

    def values_batch_clear_by_filter(self, body: Mapping[str, Any]) -> Json:
        cleared: list[str] = []
        with self._change() as change:
            for sheet, extent, _ in metadata.ranges_by(change.state, body.get("dataFilters") or []):
                values.clear_box(sheet, extent.within(sheet))
                cleared.append(a1.range_text(sheet, extent.within(sheet)))
        return self._cleared(cleared)

    def _cleared(self, ranges: list[str]) -> Json:
        return {"spreadsheetId": self.spreadsheet_id, **({"clearedRanges": ranges} if ranges else {})}

    def _written(
        self, written: Written, options: Mapping[str, Any], body: Mapping[str, Any], *, with_id: bool = True
    ) -> Json:
        answer = written.answer(self.spreadsheet_id)
        if not with_id:
            del answer["spreadsheetId"]
        if values.is_true(options.get("includeValuesInResponse")):
            wanted = Reading.of(options, "response")
            reading = Reading(wanted.render, wanted.dates, values.dimension_of(body))
            sheet = self._state.sheet(written.sheet.id)
            answer["updatedData"] = values.value_range(self._reader(), sheet, written.asked, reading)
        return answer

    def _totals(self, done: Sequence[Written], responses: list[Json]) -> Json:
        """A row or column that several ranges write counts once (as recorded from the real service)."""
        totals = {
            "totalUpdatedRows": len({(one.sheet.id, row) for one in done for row in one.rows}),
            "totalUpdatedColumns": len({(one.sheet.id, column) for one in done for column in one.columns}),
            "totalUpdatedCells": sum(one.cells for one in done),
            "totalUpdatedSheets": len({one.sheet.id for one in done if one.cells}),
        }
        return {
            "spreadsheetId": self.spreadsheet_id,
            **{name: count for name, count in totals.items() if count},
            **({"responses": responses} if responses else {}),
        }

    # Developer metadata ---------------------------------------------------------------------------------

    def metadata(self, metadata_id: int) -> Json:
        return metadata.by_id(self._state, metadata_id)

    def search_metadata(self, body: Mapping[str, Any]) -> Json:
        return metadata.search(self._state, body.get("dataFilters") or [])

    # Copies ---------------------------------------------------------------------------------------------

    def copy_sheet_to(self, sheet_id: int, other: "Book") -> Json:
        """``sheets.copyTo``: appends a copy to another book (or this one) and answers its properties."""
        try:
            source = self._state.sheet(sheet_id, "sheet")
        except Refused as refused:
            raise ApiError(400, refused.message) from refused
        with other._change() as change:
            new_id = change.new_id(sheet.id for sheet in change.state.sheets)
            twin = copied(source, new_id, copy_title(change.state, source.title))
            renumber(change, twin)
            change.state.sheets.append(twin)
        return resource.properties(twin, other._state)

    def copy(self, new_id: str, title: str) -> "Book":
        """The whole spreadsheet again, as Drive's ``files.copy`` makes it."""
        twin = Book(new_id, {})
        twin._state = self._state.clone()
        twin._state.properties = {**twin._state.properties, "title": title}
        return twin

    # A person at the table ------------------------------------------------------------------------------

    def person_types(self, title: str, a1_cell: str, value: str) -> None:
        """Types a text into a cell, as somebody does in the browser."""
        self._before.append(self._state)
        text = f"{a1.quoted(title)}!{a1_cell}"
        self.values_update(text, {"values": [[value]]}, {"valueInputOption": "USER_ENTERED"})

    def person_undoes(self) -> None:
        """Takes back what the person did last (and whatever was written since)."""
        if self._before:
            self._accept(self._before.pop())

    # ----------------------------------------------------------------------------------------------------

    def _now(self) -> float:
        return now_serial(datetime.now(UTC))

    def _reader(self) -> View:
        """What reads share until something changes, or TODAY may have."""
        now = self._now()
        if self._view is None or now - self._view.now > _MINUTE:
            self._view = View(self._state, now)
        return self._view

    @contextmanager
    def _change(self) -> Iterator[Change]:
        change = Change(self._state.clone(), self._random, self._now)
        try:
            yield change
        except Refused as refused:
            raise ApiError(refused.status, refused.message) from refused
        if not change.state.same_as(self._state):
            self._accept(change.state)

    def _accept(self, state: State) -> None:
        self._state = state
        self._view = None
        self.revision += 1


def _named(part: str, act: Callable[_Given, _Done], *given: _Given.args, **named: _Given.kwargs) -> _Done:
    """Does one part of a batch of values; a refusal says which part it was."""
    try:
        return act(*given, **named)
    except ApiError as error:
        raise ApiError(error.status, f"Invalid {part}: {error.message}") from error


def _range_of(one: Mapping[str, Any]) -> str:
    return str(one.get("range") or "")
