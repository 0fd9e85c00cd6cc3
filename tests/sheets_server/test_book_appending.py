"""Appending values: which table a range touches, and what becomes of the grid."""

import pytest

from tests.sheets_server.books import RAW, book_of, formulas_of, held
from tests.sheets_server.errors import ApiError

NEW = {"values": [["x", "y", "z"]]}
TWO_TABLES = [
    ["a", "b", "c"],
    ["d", "e", "f"],
    [],
    ["", "g", "h", "i"],
    ["", "j", "k", "l"],
]


@pytest.mark.parametrize(
    ("rows", "asked", "table", "lands"),
    [
        ([], "Sheet1", None, "Sheet1!A1:C1"),
        ([["a", "", "c"]], "Sheet1", "Sheet1!C1", "Sheet1!C2:E2"),
        ([["a", "", "c"]], "Sheet1!A1", "Sheet1!A1", "Sheet1!A2:C2"),
        ([["a", "b", "c"], ["", "", "d"]], "Sheet1", "Sheet1!A1:C2", "Sheet1!A3:C3"),
        ([["a", "b", "c"], ["d", "", "f"]], "Sheet1", "Sheet1!A1:C2", "Sheet1!A3:C3"),
        ([[], ["", "a"]], "Sheet1", "Sheet1!B2", "Sheet1!B3:D3"),
        (TWO_TABLES, "Sheet1", "Sheet1!B4:D5", "Sheet1!B6:D6"),
        (TWO_TABLES, "C5:D5", "Sheet1!B4:D5", "Sheet1!B6:D6"),
        (TWO_TABLES, "B2:D4", "Sheet1!B4:D5", "Sheet1!B6:D6"),
        (TWO_TABLES, "A3:G10", "Sheet1!B4:D5", "Sheet1!B6:D6"),
        (TWO_TABLES, "A1", "Sheet1!A1:C2", "Sheet1!A3:C3"),
        (TWO_TABLES, "E4", None, "Sheet1!E4:G4"),
        (TWO_TABLES, "A4", None, "Sheet1!A4:C4"),
        ([["a", "b"], ["", "c"]], "A2", "Sheet1!A1:B2", "Sheet1!A3:C3"),
    ],
)
def test_rows_go_below_the_table(rows: list[list[str]], asked: str, table: str | None, lands: str) -> None:
    answer = book_of(rows).values_append(asked, NEW, RAW)
    assert answer.get("tableRange") == table
    assert answer["updates"] == {
        "spreadsheetId": "kitap",
        "updatedRange": lands,
        "updatedRows": 1,
        "updatedColumns": 3,
        "updatedCells": 3,
    }


def test_an_append_overwrites_what_stands_below_unless_rows_are_inserted() -> None:
    book = book_of(TWO_TABLES)
    book.values_append("A1", {"values": [["x"], ["y"]]}, RAW)
    assert held(book, "A3:B5") == [["x"], ["y", "g"], ["", "j"]]
    book = book_of([*TWO_TABLES, ["", "=SUM(B1:B5)"]])
    answer = book.values_append("A1", {"values": [["x"], ["y"]]}, {**RAW, "insertDataOption": "INSERT_ROWS"})
    assert answer["updates"]["updatedRange"] == "Sheet1!A3:A4"
    assert held(book, "A3:B7") == [["x"], ["y"], [], ["", "g"], ["", "j"]]
    assert formulas_of(book, "B8") == [["=SUM(B1:B7)"]]


def test_the_grid_grows_for_an_append() -> None:
    book = book_of([["a"]] * 20)
    answer = book.values_append("Sheet1", {"values": [["x"] * 12] * 3}, RAW)
    assert answer["updates"]["updatedRange"] == "Sheet1!A21:L23"
    grid = book.resource()["sheets"][0]["properties"]["gridProperties"]
    assert grid == {"rowCount": 23, "columnCount": 12}


def test_an_append_gives_the_values_back_on_demand() -> None:
    answer = book_of([["a"]]).values_append("Sheet1", NEW, {**RAW, "includeValuesInResponse": "true"})
    assert answer["updates"]["updatedData"] == {
        "range": "Sheet1!A2:C2",
        "majorDimension": "ROWS",
        "values": [["x", "y", "z"]],
    }


def test_an_unknown_way_of_inserting_is_refused() -> None:
    with pytest.raises(ApiError, match="insert_data_option"):
        book_of().values_append("Sheet1", NEW, {**RAW, "insertDataOption": "PUSH"})
