"""Rows and columns: inserted, deleted, moved, hidden, grouped, and what goes along with them."""

from typing import Any

import pytest

from tests.sheets_server.book import Book
from tests.sheets_server.books import area, book_of, cell_of, do, formulas_of, held, sheet_of, span
from tests.sheets_server.errors import ApiError

ROWS = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]


def _numbered() -> Book:
    return book_of([[number] for number in range(5)])


def test_rows_and_columns_are_inserted() -> None:
    book = book_of(ROWS)
    do(book, "insertDimension", range=span("ROWS", 1, 3))
    do(book, "insertDimension", range=span("COLUMNS", 0, 1))
    assert held(book) == [["", "a", "b", "c"], [], [], ["", "d", "e", "f"], ["", "g", "h", "i"]]
    assert sheet_of(book)["properties"]["gridProperties"] == {"rowCount": 22, "columnCount": 11}


@pytest.mark.parametrize(("before", "bold"), [(True, True), (False, False)])
def test_what_is_inserted_looks_like_what_stands_before_or_after(before: bool, bold: bool) -> None:
    book = book_of(ROWS)
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "kalır"}
    do(book, "repeatCell", range=area(0, 1, 0, 3), cell=look, fields="userEnteredFormat,note")
    do(book, "insertDimension", range=span("ROWS", 1, 2), inheritFromBefore=before)
    assert ("userEnteredFormat" in cell_of(book, "B2"), "note" in cell_of(book, "B2")) == (bold, False)


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        (
            "insertDimension",
            {"range": span("ROWS", 21, 22)},
            "range.startIndex is larger than current grid size (20)",
        ),
        (
            "insertDimension",
            {"range": span("ROWS", 20, 21)},
            "range.startIndex must be less than the grid size (20) if inheritFromBefore is false.",
        ),
        (
            "insertDimension",
            {"range": span("ROWS", 0, 1), "inheritFromBefore": True},
            "startIndex cannot be 0",
        ),
        ("insertDimension", {"range": {"dimension": "ROWS", "startIndex": 1}}, "endIndex must be specified"),
        ("insertDimension", {"range": {"startIndex": 1, "endIndex": 2}}, "dimension must be specified"),
        ("insertDimension", {"range": span("ROWS", 0, 1, 9)}, "No grid with id: 9"),
        ("deleteDimension", {"range": span("ROWS", 0, 20)}, "You can't delete all the rows on the sheet."),
        (
            "deleteDimension",
            {"range": span("COLUMNS", 0, 99)},
            "You can't delete all the columns on the sheet.",
        ),
        (
            "deleteDimension",
            {"range": span("ROWS", 20, 21)},
            "Cannot delete a row that doesn't exist. Tried to delete row index 20 but there are only 20 rows.",
        ),
        (
            "deleteDimension",
            {"range": span("ROWS", -1, 0)},
            "startIndex[-1] must be greater than or equal to 0",
        ),
        ("deleteDimension", {"range": span("ROWS", 3, 1)}, "endIndex[1] must be greater than or equal to"),
        ("deleteDimension", {"range": span("COLUMNS", 11, 12)}, "index 11 but there are only 10 columns."),
        ("moveDimension", {"source": span("ROWS", 1, 4), "destinationIndex": 2}, "within the source range"),
        ("appendDimension", {"dimension": "ROWS", "length": 0}, "length must be greater than 0"),
    ],
)
def test_what_does_not_fit_the_grid_is_refused(kind: str, body: dict[str, Any], message: str) -> None:
    book = book_of(ROWS)
    with pytest.raises(ApiError) as caught:
        do(book, kind, **body)
    assert message in caught.value.message
    assert caught.value.message.startswith(f"Invalid requests[0].{kind}: ")
    assert held(book) == ROWS


def test_rows_and_columns_are_deleted_and_appended() -> None:
    book = book_of(ROWS)
    do(book, "deleteDimension", range=span("ROWS", 1, 2))
    do(book, "deleteDimension", range=span("COLUMNS", 0, 1))
    do(book, "appendDimension", sheetId=0, dimension="COLUMNS", length=3)
    assert held(book) == [["b", "c"], ["h", "i"]]
    assert sheet_of(book)["properties"]["gridProperties"] == {"rowCount": 19, "columnCount": 12}


@pytest.mark.parametrize(
    ("start", "end", "destination", "order"),
    [
        (1, 3, 4, [0, 3, 1, 2, 4]),
        (3, 5, 1, [0, 3, 4, 1, 2]),
        (0, 1, 5, [1, 2, 3, 4, 0]),
        (1, 3, 1, [0, 1, 2, 3, 4]),
        (1, 3, 3, [0, 1, 2, 3, 4]),
    ],
)
def test_rows_are_moved_to_a_place_counted_before_the_move(
    start: int, end: int, destination: int, order: list[int]
) -> None:
    book = _numbered()
    do(book, "moveDimension", source=span("ROWS", start, end), destinationIndex=destination)
    assert [int(row[0]) for row in held(book)] == order


def test_a_moved_column_takes_its_width_cells_and_metadata_along() -> None:
    book = book_of(ROWS)
    tag = {
        "metadataKey": "k",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": span("COLUMNS", 0, 1)},
    }
    do(book, "createDeveloperMetadata", developerMetadata={**tag, "metadataId": 5})
    wide = {"pixelSize": 250}
    do(book, "updateDimensionProperties", range=span("COLUMNS", 0, 1), properties=wide, fields="pixelSize")
    do(book, "moveDimension", source=span("COLUMNS", 0, 1), destinationIndex=3)
    data = book.resource(ranges=["A1:C1"], include_grid_data=True)["sheets"][0]["data"][0]
    assert [one["pixelSize"] for one in data["columnMetadata"]] == [100, 100, 250]
    assert data["columnMetadata"][2]["developerMetadata"][0]["metadataId"] == 5
    assert held(book)[0] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("kind", "start", "end", "left"),
    [
        ("insertDimension", 0, 2, (4, 7)),
        ("insertDimension", 2, 3, (3, 6)),
        ("insertDimension", 3, 4, (2, 6)),
        ("insertDimension", 5, 6, (2, 5)),
        ("deleteDimension", 0, 1, (1, 4)),
        ("deleteDimension", 3, 4, (2, 4)),
        ("deleteDimension", 0, 3, (0, 2)),
        ("deleteDimension", 4, 9, (2, 4)),
        ("deleteDimension", 2, 5, None),
    ],
)
def test_ranges_follow_the_rows(kind: str, start: int, end: int, left: tuple[int, int] | None) -> None:
    book = book_of()
    place = area(2, 5, 1, 3)
    do(book, "addNamedRange", namedRange={"name": "ad", "range": place})
    do(book, "addProtectedRange", protectedRange={"range": place})
    do(book, "setBasicFilter", filter={"range": place})
    do(book, "addFilterView", filter={"range": place})
    do(book, "addBanding", bandedRange={"range": place, "rowProperties": {"firstBandColor": {"red": 1}}})
    rule = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}
    do(book, "addConditionalFormatRule", rule={"ranges": [place], "booleanRule": rule})
    do(book, "mergeCells", range=place, mergeType="MERGE_ALL")
    do(book, kind, range=span("ROWS", start, end))
    sheet = sheet_of(book)
    found = [
        *(one["range"] for one in book.resource().get("namedRanges", [])),
        *(
            one["range"]
            for name in ("protectedRanges", "filterViews", "bandedRanges")
            for one in sheet.get(name, [])
        ),
        *(one["ranges"][0] for one in sheet.get("conditionalFormats", [])),
        *sheet.get("merges", []),
        *([sheet["basicFilter"]["range"]] if "basicFilter" in sheet else []),
    ]
    expected = [] if left is None else [left] * 7
    assert [(one["startRowIndex"], one["endRowIndex"]) for one in found] == expected
    assert all((one["startColumnIndex"], one["endColumnIndex"]) == (1, 3) for one in found)


def test_a_chart_stays_at_its_cell_and_its_data_shrink() -> None:
    book = book_of(ROWS)
    sources = {"sourceRange": {"sources": [area(0, 3, 0, 1)]}}
    spec = {"title": "Talepler", "basicChart": {"chartType": "COLUMN", "domains": [{"domain": sources}]}}
    place = {"overlayPosition": {"anchorCell": {"rowIndex": 5, "columnIndex": 4}}}
    do(book, "addChart", chart={"spec": spec, "position": place})
    do(book, "deleteDimension", range=span("ROWS", 1, 2))
    [chart] = sheet_of(book)["charts"]
    assert chart["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 4, "columnIndex": 4}
    kept = chart["spec"]["basicChart"]["domains"][0]["domain"]["sourceRange"]["sources"]
    assert (kept[0]["startRowIndex"], kept[0]["endRowIndex"]) == (0, 2)


def test_frozen_rows_follow_and_cannot_be_all_that_is_left() -> None:
    book = book_of(ROWS)
    grid = {"gridProperties": {"frozenRowCount": 2}, "sheetId": 0}
    do(book, "updateSheetProperties", properties=grid, fields="gridProperties.frozenRowCount")
    do(book, "insertDimension", range=span("ROWS", 1, 2))
    assert sheet_of(book)["properties"]["gridProperties"]["frozenRowCount"] == 3
    do(book, "deleteDimension", range=span("ROWS", 0, 1))
    assert sheet_of(book)["properties"]["gridProperties"]["frozenRowCount"] == 2
    with pytest.raises(ApiError, match="not possible to delete all non-frozen rows"):
        do(book, "deleteDimension", range=span("ROWS", 2, 20))


def test_rows_are_hidden_and_shown_but_never_all() -> None:
    book = book_of(ROWS)
    hidden = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    do(book, "updateDimensionProperties", range=span("ROWS", 1, 2), **hidden)
    rows = book.resource(ranges=["A1:A3"], include_grid_data=True)["sheets"][0]["data"][0]["rowMetadata"]
    assert [one.get("hiddenByUser", False) for one in rows] == [False, True, False]
    with pytest.raises(ApiError, match="can't hide all the rows"):
        do(book, "updateDimensionProperties", range=span("ROWS", 0, 20), **hidden)


def test_columns_become_as_wide_as_their_longest_text() -> None:
    book = book_of([["x" * 200]])
    do(book, "autoResizeDimensions", dimensions=span("COLUMNS", 0, 2))
    widths = book.resource(ranges=["A1:B1"], include_grid_data=True)["sheets"][0]["data"][0]["columnMetadata"]
    assert widths[0]["pixelSize"] > 1000
    assert widths[1]["pixelSize"] == 100


def test_groups_nest_split_fold_and_follow() -> None:
    book = book_of()
    outer = do(book, "addDimensionGroup", range=span("ROWS", 1, 9))
    assert outer["dimensionGroups"] == [
        {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 9}, "depth": 1}
    ]
    inner = do(book, "addDimensionGroup", range=span("ROWS", 3, 5))
    assert [one["depth"] for one in inner["dimensionGroups"]] == [1, 2]
    with pytest.raises(ApiError, match="partially overlaps"):
        do(book, "addDimensionGroup", range=span("ROWS", 4, 12))
    folded = {"range": span("ROWS", 3, 5), "depth": 2, "collapsed": True}
    do(book, "updateDimensionGroup", dimensionGroup=folded, fields="collapsed")
    rows = book.resource(include_grid_data=True)["sheets"][0]["data"][0]["rowMetadata"]
    assert [at for at, one in enumerate(rows) if one.get("hiddenByUser")] == [3, 4]
    do(book, "insertDimension", range=span("ROWS", 0, 2))
    assert [one["range"]["startIndex"] for one in sheet_of(book)["rowGroups"]] == [3, 5]
    do(book, "deleteDimensionGroup", range=span("ROWS", 5, 7))
    left = do(book, "deleteDimensionGroup", range=span("ROWS", 5, 7))
    spans = [(one["range"]["startIndex"], one["range"]["endIndex"]) for one in left["dimensionGroups"]]
    assert spans == [(3, 5), (7, 11)]


@pytest.mark.parametrize(
    ("dimension", "name"), [("ROWS", "rowGroupControlAfter"), ("COLUMNS", "columnGroupControlAfter")]
)
def test_the_first_group_puts_its_controls_after_it_for_good(dimension: str, name: str) -> None:
    book = book_of()
    do(book, "addDimensionGroup", range=span(dimension, 0, 2))
    grid = {"rowCount": 20, "columnCount": 10, name: True}
    assert sheet_of(book)["properties"]["gridProperties"] == grid
    assert do(book, "deleteDimensionGroup", range=span(dimension, 0, 2)) == {}
    assert sheet_of(book)["properties"]["gridProperties"] == grid


def test_a_block_of_cells_moves_aside_and_back() -> None:
    book = book_of([*ROWS, ["=A3", "=B3", "=SUM(B1:B3)"]])
    do(book, "insertRange", range=area(1, 2, 1, 2), shiftDimension="ROWS")
    assert held(book) == [["a", "b", "c"], ["d", "", "f"], ["g", "e", "i"], ["g", "h", "0"], ["", "h"]]
    assert formulas_of(book, "A4:C5") == [["=A3", "h", "=SUM(B1:B4)"], ["", "=B4"]]
    do(book, "deleteRange", range=area(1, 2, 1, 2), shiftDimension="ROWS")
    assert formulas_of(book) == [*ROWS, ["=A3", "=B3", "=SUM(B1:B3)"]]
    do(book, "insertRange", range=area(0, 1, 0, 1), shiftDimension="COLUMNS")
    assert held(book, "A1:D2") == [["", "a", "b", "c"], ["d", "e", "f"]]
    do(book, "deleteRange", range=area(0, 1, 0, 2), shiftDimension="COLUMNS")
    assert held(book, "A1:D2") == [["b", "c"], ["d", "e", "f"]]
