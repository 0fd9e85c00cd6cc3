"""Laws that hold for every sheet: hypothesis looks for one that breaks them."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sheets_server.book import Book
from tests.sheets_server.book.a1 import Extent, extent_of, text_of
from tests.sheets_server.book.edits import Edit
from tests.sheets_server.books import FORMULA, RAW, area, book_of, do, span
from tests.sheets_server.errors import ApiError

CELLS = st.sampled_from(["", "a", "Çarşı", 1, 2.5, True, "=A1+1", "=SUM(A1:C3)", "=$B$2&A:A", "12%"])
ROWS = st.lists(st.lists(CELLS, max_size=4), max_size=6)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _all(book: Book) -> Any:
    return book.resource(include_grid_data=True)


@FEW
@given(
    rows=ROWS, at=st.integers(0, 9), count=st.integers(1, 3), dimension=st.sampled_from(["ROWS", "COLUMNS"])
)
def test_what_was_inserted_and_deleted_again_was_never_there(
    rows: list[list[object]], at: int, count: int, dimension: str
) -> None:
    book = book_of(rows)
    do(book, "addNamedRange", namedRange={"name": "ad", "range": area(1, 4, 1, 3)})
    do(book, "mergeCells", range=area(7, 9, 5, 7), mergeType="MERGE_ALL")
    before = _all(book)
    do(book, "insertDimension", range=span(dimension, at, at + count))
    do(book, "deleteDimension", range=span(dimension, at, at + count))
    assert _all(book) == before


@FEW
@given(rows=ROWS, start=st.integers(0, 5), length=st.integers(1, 3), to=st.integers(0, 9))
def test_a_move_and_the_move_back_leave_all_as_it_was(
    rows: list[list[object]], start: int, length: int, to: int
) -> None:
    if start <= to <= start + length:
        return
    book = book_of([[cell for cell in row if not str(cell).startswith("=S")] for row in rows])
    before = _all(book)
    do(book, "moveDimension", source=span("ROWS", start, start + length), destinationIndex=to)
    landed = to - length if to > start else to
    back = start if landed > start else start + length
    do(book, "moveDimension", source=span("ROWS", landed, landed + length), destinationIndex=back)
    assert _all(book) == before


@FEW
@given(rows=ROWS, column=st.integers(0, 3), order=st.sampled_from(["ASCENDING", "DESCENDING"]))
def test_a_sort_loses_and_invents_no_row_and_sorting_again_changes_nothing(
    rows: list[list[object]], column: int, order: str
) -> None:
    book = book_of()
    book.values_update("A1", {"values": rows}, RAW)
    specs = [{"dimensionIndex": column, "sortOrder": order}]
    before = _held(book)
    do(book, "sortRange", range=area(0, 20, 0, 10), sortSpecs=specs)
    once = _held(book)
    assert sorted(map(repr, filter(None, before))) == sorted(map(repr, filter(None, once)))
    revision = book.revision
    do(book, "sortRange", range=area(0, 20, 0, 10), sortSpecs=specs)
    assert (_held(book), book.revision) == (once, revision)


def _held(book: Book) -> list[list[object]]:
    found: list[list[object]] = book.values_get("Sheet1", FORMULA).get("values", [])
    return found


_REQUESTS = st.one_of(
    st.builds(lambda at: {"insertDimension": {"range": span("ROWS", at, at + 1)}}, st.integers(0, 9)),
    st.builds(lambda at: {"deleteDimension": {"range": span("COLUMNS", at, at + 2)}}, st.integers(0, 7)),
    st.builds(lambda name: {"addSheet": {"properties": {"title": name}}}, st.sampled_from(["B", "C"])),
    st.builds(
        lambda at: {"mergeCells": {"range": area(at, at + 2, 0, 2), "mergeType": "MERGE_ALL"}},
        st.integers(0, 5),
    ),
    st.just({"repeatCell": {"range": area(0, 3, 0, 3), "cell": {"note": "n"}, "fields": "note"}}),
    st.just({"updateSheetProperties": {"properties": {"title": "Yeni"}, "fields": "title"}}),
    st.just({"cutPaste": {"source": area(0, 1, 0, 2), "destination": {"rowIndex": 4}}}),
    st.just({"setBasicFilter": {"filter": {"range": area(0, 4, 0, 2)}}}),
)


@FEW
@given(rows=ROWS, requests=st.lists(_REQUESTS, max_size=5))
def test_a_batch_that_fails_leaves_no_trace(rows: list[list[object]], requests: list[dict[str, Any]]) -> None:
    book = book_of(rows)
    before, revision = _all(book), book.revision
    with pytest.raises(ApiError):
        book.batch_update({"requests": [*requests, {"deleteSheet": {"sheetId": 404}}]})
    assert (_all(book), book.revision) == (before, revision)


@FEW
@given(rows=ROWS)
def test_raw_values_come_back_as_they_were_sent(rows: list[list[object]]) -> None:
    book = book_of()
    book.values_update("A1", {"values": rows}, RAW)
    sent = [_trimmed(row) for row in rows]
    while sent and not sent[-1]:
        sent.pop()
    assert _held(book) == sent


def _trimmed(row: list[object]) -> list[object]:
    while row and row[-1] == "":
        row = row[:-1]
    return row


@FEW
@given(text=st.text(max_size=12))
def test_no_typed_text_and_no_range_breaks_anything(text: str) -> None:
    book = book_of()
    book.person_types("Sheet1", "A1", text)
    _all(book)
    with suppress(ApiError):
        book.values_get(text, {})


@FEW
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 30), st.integers(0, 30))
def test_a_range_reads_as_it_is_written(top: int, height: int, left: int, width: int) -> None:
    extent = Extent(top, top + height + 1, left, left + width + 1)
    assert extent_of(text_of(extent)) == extent


@FEW
@given(st.integers(0, 9), st.integers(1, 4), st.integers(0, 14))
def test_a_move_is_a_permutation(start: int, length: int, to: int) -> None:
    edit = Edit("move", 0, "ROWS", start, start + length, to)
    if start < to < start + length:
        return
    assert sorted(edit.index(at) or 0 for at in range(15)) == list(range(15))
