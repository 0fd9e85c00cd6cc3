"""Values by range: read, written, cleared, one by one and in batches."""

import time
from typing import Any

import pytest

from tests.sheets_server.book import Book
from tests.sheets_server.books import RAW, TYPED, book_of, do, held, span
from tests.sheets_server.errors import ApiError


def test_what_trails_empty_is_left_out_and_values_too_where_nothing_is_left() -> None:
    book = book_of()
    book.values_update("A1", {"values": [["a", "", "c", ""], ["", ""], ["", "y", ""], [""]]}, RAW)
    assert book.values_get("A1:D9", {}) == {
        "range": "Sheet1!A1:D9",
        "majorDimension": "ROWS",
        "values": [["a", "", "c"], [], ["", "y"]],
    }
    assert book.values_get("E1:F2", {}) == {"range": "Sheet1!E1:F2", "majorDimension": "ROWS"}


def test_columns_are_read_and_written_as_columns() -> None:
    book = book_of()
    columns: dict[str, Any] = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["c"], [None, "d"]]}
    answer = book.values_update("B2", columns, RAW)
    assert answer["updatedRange"] == "Sheet1!B2:D3"
    assert held(book, "B2:D3") == [["a", "c"], ["b", "", "d"]]
    read = book.values_get("B2:D3", {"majorDimension": "COLUMNS"})
    assert (read["majorDimension"], read["values"]) == ("COLUMNS", [["a", "b"], ["c"], ["", "d"]])


def test_an_update_says_what_it_wrote() -> None:
    book = book_of()
    assert book.values_update("A1:D9", {"values": [[1, None, ""], [2]]}, RAW) == {
        "spreadsheetId": "kitap",
        "updatedRange": "Sheet1!A1:C2",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 3,
    }


def test_an_update_gives_the_values_back_on_demand() -> None:
    options = {**TYPED, "includeValuesInResponse": "true", "responseValueRenderOption": "UNFORMATTED_VALUE"}
    answer = book_of().values_update("A1:C9", {"values": [["50%", "x"]]}, options)
    assert answer["updatedData"] == {
        "range": "Sheet1!A1:C9",
        "majorDimension": "ROWS",
        "values": [[0.5, "x"]],
    }


@pytest.mark.parametrize(
    ("asked", "values", "tried"),
    [
        ("A1:B2", [["a", "b", "c"]], "column [C]"),
        ("A1:B2", [["a"], ["b"], ["c"]], "row [3]"),
        ("J1", [["a", "b"]], "column [K]"),
        ("A20", [["a"], ["b"]], "row [21]"),
        ("B:B", [["a", "b"]], "column [C]"),
        ("A1:J20", [["a"] * 11], "column [K]"),
    ],
)
def test_writing_past_the_range_is_refused(asked: str, values: list[list[str]], tried: str) -> None:
    with pytest.raises(ApiError) as caught:
        book_of().values_update(asked, {"values": values}, RAW)
    message = f"Requested writing within range [{asked}], but tried writing to {tried}"
    assert (caught.value.status, caught.value.message) == (400, message)


@pytest.mark.parametrize(
    ("options", "body", "message"),
    [
        ({}, {"values": [["a"]]}, "'valueInputOption' is required but not specified"),
        ({"valueInputOption": "LOOSE"}, {"values": [["a"]]}, "Invalid value at 'value_input_option'"),
        (RAW, {"values": [["a", {"b": 1}]]}, "Invalid values[0][1]: struct_value"),
        (RAW, {"values": [[["a"]]]}, "Invalid values[0][0]: list_value"),
        (RAW, {"values": ["a"]}, "ListValue"),
        (RAW, {"range": "B2", "values": [["a"]]}, "does not match value's range[B2]"),
    ],
)
def test_a_faulty_write_is_refused(options: dict[str, str], body: dict[str, Any], message: str) -> None:
    book = book_of()
    with pytest.raises(ApiError) as caught:
        book.values_update("A1", body, options)
    assert message in caught.value.message
    assert book.revision == 1


def test_several_ranges_are_read_at_once_in_their_order() -> None:
    book = book_of([["a", "b"], ["c", "d"]])
    answer = book.values_batch_get(["B2", "A1:B1", "D1"], {})
    assert [(one["range"], one.get("values")) for one in answer["valueRanges"]] == [
        ("Sheet1!B2", [["d"]]),
        ("Sheet1!A1:B1", [["a", "b"]]),
        ("Sheet1!D1", None),
    ]


def test_several_ranges_are_written_at_once_or_none() -> None:
    book = book_of()
    data = [{"range": "A1", "values": [["a", "b"]]}, {"range": "B3:B4", "values": [["c"], ["d"]]}]
    answer = book.values_batch_update({"valueInputOption": "RAW", "data": data})
    assert (answer["totalUpdatedRows"], answer["totalUpdatedColumns"]) == (3, 2)
    assert (answer["totalUpdatedCells"], answer["totalUpdatedSheets"]) == (4, 1)
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1:B1", "Sheet1!B3:B4"]
    revision = book.revision
    with pytest.raises(ApiError):
        book.values_batch_update(
            {
                "valueInputOption": "RAW",
                "data": [{"range": "A1", "values": [["z"]]}, {"range": "Z99", "values": [["z"]]}],
            }
        )
    assert (held(book, "A1"), book.revision) == ([["a"]], revision)


def test_rows_and_columns_that_several_ranges_write_count_once() -> None:
    book = book_of()
    data = [
        {"range": "A1:D1", "values": [["a", "b", "", "d"]]},
        {"range": "A4:D4", "values": [["a", "b", "", "d"]]},
        {"range": "C1", "values": [["c"]]},
    ]
    answer = book.values_batch_update({"valueInputOption": "RAW", "data": data})
    names = ("totalUpdatedRows", "totalUpdatedColumns", "totalUpdatedCells", "totalUpdatedSheets")
    assert [answer[name] for name in names] == [2, 4, 9, 1]
    assert [one["updatedColumns"] for one in answer["responses"]] == [4, 4, 1]


def test_a_range_that_ends_outside_is_taken_as_long_as_its_data_fit() -> None:
    book = book_of()
    assert book.values_update("I19:Z99", {"values": [["a", "b"]]}, RAW)["updatedRange"] == "Sheet1!I19:J19"
    with pytest.raises(ApiError) as caught:
        book.values_update("I19:Z99", {"values": [["a", "b", "c"]]}, RAW)
    assert caught.value.message.startswith("Range (Sheet1!I19:Z99) exceeds grid limits.")


def test_a_batch_says_which_of_its_parts_is_faulty() -> None:
    book = book_of()
    data = [{"range": "A1", "values": [["a"]]}, {"range": "Yok!A1", "values": [["a"]]}]
    with pytest.raises(ApiError) as caught:
        book.values_batch_update({"valueInputOption": "RAW", "data": data})
    assert caught.value.message == "Invalid data[1]: Unable to parse range: Yok!A1"
    with pytest.raises(ApiError, match=r"Invalid range\[0\]: Range \(Sheet1!A21:ZZ\) exceeds grid limits"):
        book.values_batch_clear({"ranges": ["A21:ZZ"]})


def test_a_cell_holds_no_more_than_it_can_and_a_book_neither() -> None:
    book = book_of()
    book.values_update("A1", {"values": [["x" * 50_000]]}, RAW)
    for option in (RAW, TYPED):
        with pytest.raises(ApiError, match="maximum of 50000 characters in a single cell"):
            book.values_update("A1", {"values": [["x" * 50_001]]}, option)
    with pytest.raises(ApiError, match="above the limit of 10000000 cells"):
        do(book, "appendDimension", dimension="ROWS", length=1_000_000)
    with pytest.raises(ApiError, match="above the limit of 10000000 cells"):
        do(book, "addSheet", properties={"gridProperties": {"rowCount": 9_999_999, "columnCount": 1}})


def test_a_bare_range_means_the_first_sheet_that_is_shown() -> None:
    book = book_of([["gizli"]])
    do(book, "addSheet", properties={"title": "B", "sheetId": 2})
    do(book, "updateSheetProperties", properties={"hidden": True}, fields="hidden")
    assert book.values_get("A1", {})["range"] == "B!A1"


def test_clearing_takes_values_and_leaves_formats_and_notes() -> None:
    book = book_of([["a", "b"], ["c", "d"]])
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "n"}
    do(
        book,
        "updateCells",
        rows=[{"values": [look]}],
        start={"rowIndex": 0, "columnIndex": 0},
        fields="userEnteredFormat,note",
    )
    assert book.values_clear("A1:A99")["clearedRange"] == "Sheet1!A1:A20"
    assert held(book) == [["", "b"], ["", "d"]]
    left = book.resource(ranges=["A1"], include_grid_data=True)["sheets"][0]["data"][0]["rowData"][0][
        "values"
    ][0]
    assert (left["note"], left["userEnteredFormat"]["textFormat"]["bold"]) == ("n", True)
    assert book.values_batch_clear({"ranges": ["B1", "B2"]})["clearedRanges"] == ["Sheet1!B1", "Sheet1!B2"]
    assert held(book) == []


def test_ranges_are_found_by_metadata_a1_and_grid() -> None:
    book = book_of([["a", "b"], ["c", "d"]])
    column = {
        "metadataKey": "sütun",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": span("COLUMNS", 1, 2)},
    }
    do(book, "createDeveloperMetadata", developerMetadata=column)
    by_key = {"developerMetadataLookup": {"metadataKey": "sütun"}}
    by_name, by_grid = {"a1Range": "A2:B2"}, {"gridRange": {"endRowIndex": 1}}
    answer = book.values_batch_get_by_filter({"dataFilters": [by_key, by_name, by_grid]})
    assert [(one["valueRange"]["range"], one["valueRange"]["values"]) for one in answer["valueRanges"]] == [
        ("Sheet1!B1:B20", [["b"], ["d"]]),
        ("Sheet1!A2:B2", [["c", "d"]]),
        ("Sheet1!A1:J1", [["a", "b"]]),
    ]
    assert answer["valueRanges"][0]["dataFilters"] == [by_key]
    written = book.values_batch_update_by_filter(
        {"valueInputOption": "RAW", "data": [{"dataFilter": by_key, "values": [["x"], ["y"]]}]}
    )
    assert written["totalUpdatedCells"] == 2
    assert written["responses"][0]["dataFilter"] == by_key
    assert held(book) == [["a", "x"], ["c", "y"]]
    assert book.values_batch_clear_by_filter({"dataFilters": [by_key]})["clearedRanges"] == ["Sheet1!B1:B20"]
    assert held(book) == [["a"], ["c"]]


def test_the_revision_grows_with_each_real_change_only() -> None:
    book = book_of()
    seen = [book.revision]
    for rows in ([["a"]], [["a"]], [["b"]], [[""]], [[""]]):
        book.values_update("A1", {"values": rows}, RAW)
        seen.append(book.revision)
    assert seen == [1, 2, 2, 3, 4, 4]
    book.values_update("A1", {"values": [[1]]}, RAW)
    book.values_update("A1", {"values": [[True]]}, RAW)
    assert book.revision == 6, "TRUE is not 1"


def test_a_person_types_and_takes_it_back() -> None:
    book = book_of([["a"]])
    book.person_types("Sheet1", "B1", "12,5")
    book.person_types("Sheet1", "A1", "b")
    book.person_undoes()
    assert held(book) == [["a", "12,5"]]
    book.person_undoes()
    book.person_undoes()
    assert held(book) == [["a"]]


def test_a_large_sheet_is_read_quickly_and_an_edit_costs_little() -> None:
    grid = {"rowCount": 5000, "columnCount": 20}
    book = Book("x", {"sheets": [{"properties": {"title": "S", "gridProperties": grid}}]})
    rows = [
        [f"{row}-{column}" if column % 3 else row * column for column in range(20)] for row in range(5000)
    ]
    book.values_update("S", {"values": rows}, RAW)
    assert _least(lambda: book.values_get("S", {})) < 0.3
    assert _least(lambda: book.values_update("S!C7", {"values": [[time.process_time()]]}, RAW)) < 0.02


def _least(act: Any) -> float:
    """The least of three times in the processor, since the machine may be busy."""
    times = []
    for _ in range(3):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times)
