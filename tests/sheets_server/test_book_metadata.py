"""Developer metadata: made, found, changed, deleted, and where it goes."""

from typing import Any

import pytest

from tests.sheets_server.book import Book
from tests.sheets_server.books import area, book_of, do, span
from tests.sheets_server.errors import ApiError

ROW = {"dimensionRange": span("ROWS", 2, 3)}
COLUMN = {"dimensionRange": span("COLUMNS", 1, 2)}
SHEET = {"sheetId": 0}
WHOLE = {"spreadsheet": True}


def _tag(book: Book, location: dict[str, Any], **rest: Any) -> Any:
    given = {"metadataKey": "k", "visibility": "DOCUMENT", "location": location, **rest}
    return do(book, "createDeveloperMetadata", developerMetadata=given)["developerMetadata"]


def _tagged() -> Book:
    book = book_of()
    places: list[dict[str, Any]] = [ROW, COLUMN, SHEET, WHOLE]
    for number, location in enumerate(places, start=1):
        _tag(book, location, metadataId=number, metadataKey=f"k{number}", metadataValue="v")
    return book


def _found(book: Book, data_filter: dict[str, Any]) -> list[int]:
    told = book.search_metadata({"dataFilters": [data_filter]})
    return [one["developerMetadata"]["metadataId"] for one in told.get("matchedDeveloperMetadata", [])]


def test_metadata_is_kept_as_google_answers_it() -> None:
    book = book_of()
    made = _tag(book, ROW, metadataId=7, metadataValue="MHT-1")
    assert made == {
        "metadataId": 7,
        "metadataKey": "k",
        "metadataValue": "MHT-1",
        "location": {
            "locationType": "ROW",
            "dimensionRange": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3},
        },
        "visibility": "DOCUMENT",
    }
    assert book.metadata(7) == made
    assert _tag(book, WHOLE)["location"] == {"locationType": "SPREADSHEET", "spreadsheet": True}
    assert _tag(book, SHEET)["metadataId"] not in (0, 7)


def test_metadata_shows_where_it_stands() -> None:
    told = _tagged().resource(include_grid_data=True)
    [data] = told["sheets"][0]["data"]
    assert [one["metadataId"] for one in told["developerMetadata"]] == [4]
    assert [one["metadataId"] for one in told["sheets"][0]["developerMetadata"]] == [3]
    assert data["rowMetadata"][2]["developerMetadata"][0]["metadataId"] == 1
    assert data["columnMetadata"][1]["developerMetadata"][0]["metadataId"] == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"metadataKey": ""}, "metadataKey must be specified"),
        ({"visibility": "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"}, "visibility must be specified"),
        ({"location": {}}, "location must be specified"),
        ({"location": {"dimensionRange": span("ROWS", 2, 4)}}, "a single row or column"),
        ({"location": {"dimensionRange": span("ROWS", 20, 21)}}, "exceeds the grid"),
        ({"location": {"sheetId": 9}}, "No grid with id: 9"),
        (
            {"metadataId": 1},
            "Cannot add developer metadata with ID [1] because developer metadata with that ID",
        ),
    ],
)
def test_faulty_metadata_is_refused(given: dict[str, Any], message: str) -> None:
    book = _tagged()
    with pytest.raises(ApiError) as caught:
        _tag(book, **{"location": ROW, **given})
    assert (caught.value.status, book.revision) == (400, 5)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("lookup", "found"),
    [
        ({"metadataId": 2}, [2]),
        ({"metadataKey": "k3"}, [3]),
        ({"metadataValue": "v"}, [1, 2, 3, 4]),
        ({"metadataValue": "yok"}, []),
        ({"visibility": "PROJECT"}, []),
        ({"locationType": "ROW"}, [1]),
        ({"locationType": "SPREADSHEET"}, [4]),
        ({"metadataLocation": SHEET}, [1, 2, 3]),
        ({"metadataLocation": SHEET, "locationMatchingStrategy": "EXACT_LOCATION"}, [3]),
        ({"metadataLocation": ROW}, [1, 2, 3]),
        ({"metadataLocation": ROW, "locationMatchingStrategy": "EXACT_LOCATION"}, [1]),
        ({"metadataLocation": {"dimensionRange": span("ROWS", 5, 6)}, "locationType": "ROW"}, []),
        ({"metadataLocation": WHOLE}, [4]),
    ],
)
def test_metadata_is_looked_up(lookup: dict[str, Any], found: list[int]) -> None:
    assert _found(_tagged(), {"developerMetadataLookup": lookup}) == found


@pytest.mark.parametrize(
    ("data_filter", "found"),
    [
        ({"a1Range": "Sheet1"}, [1, 2, 3]),
        ({"a1Range": "3:3"}, [1]),
        ({"a1Range": "A3"}, []),
        ({"a1Range": "B:C"}, [2]),
        ({"gridRange": {"startRowIndex": 2}}, [1]),
    ],
)
def test_metadata_is_found_by_range(data_filter: dict[str, Any], found: list[int]) -> None:
    assert _found(_tagged(), data_filter) == found


@pytest.mark.parametrize("data_filter", [{}, {"a1Range": "Yok!A1"}, {"gridRange": {"sheetId": 5}}])
def test_a_faulty_filter_is_refused(data_filter: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as caught:
        _tagged().search_metadata({"dataFilters": [data_filter]})
    assert caught.value.status == 400


def test_metadata_goes_with_its_row_and_with_its_sheet() -> None:
    book = _tagged()
    do(book, "insertDimension", range=span("ROWS", 0, 2))
    assert book.metadata(1)["location"]["dimensionRange"]["startIndex"] == 4
    do(book, "moveDimension", source=span("ROWS", 4, 5), destinationIndex=0)
    assert book.metadata(1)["location"]["dimensionRange"]["startIndex"] == 0
    do(book, "deleteDimension", range=span("ROWS", 0, 1))
    with pytest.raises(ApiError) as caught:
        book.metadata(1)
    assert caught.value.status == 404
    do(book, "addSheet", properties={"title": "B", "sheetId": 8})
    do(book, "deleteSheet", sheetId=0)
    assert [
        one for one in (1, 2, 3, 4) if _found(book, {"developerMetadataLookup": {"metadataId": one}})
    ] == [4]


def test_metadata_is_changed_and_deleted_by_filters() -> None:
    book = _tagged()
    by_key = {"developerMetadataLookup": {"metadataKey": "k1"}}
    given = {"metadataValue": "yeni", "metadataKey": "anahtar", "metadataId": 99}
    told = do(
        book, "updateDeveloperMetadata", dataFilters=[by_key], developerMetadata=given, fields="metadataValue"
    )
    assert [
        (one["metadataId"], one["metadataKey"], one["metadataValue"]) for one in told["developerMetadata"]
    ] == [(1, "k1", "yeni")]
    moved = {"location": {"dimensionRange": span("ROWS", 9, 10)}}
    do(book, "updateDeveloperMetadata", dataFilters=[by_key], developerMetadata=moved, fields="location")
    assert book.metadata(1)["location"]["dimensionRange"]["startIndex"] == 9
    gone = do(book, "deleteDeveloperMetadata", dataFilter={"developerMetadataLookup": {"metadataValue": "v"}})
    assert [one["metadataId"] for one in gone["deletedDeveloperMetadata"]] == [2, 3, 4]
    assert (
        do(book, "deleteDeveloperMetadata", dataFilter=by_key)["deletedDeveloperMetadata"][0]["metadataId"]
        == 1
    )
    assert do(book, "deleteDeveloperMetadata", dataFilter=by_key) == {}


def test_a_tag_in_the_batch_of_a_write_makes_the_write_happen_once() -> None:
    book = book_of()
    requests = [
        {
            "appendCells": {
                "rows": [{"values": [{"userEnteredValue": {"stringValue": "MHT"}}]}],
                "fields": "*",
            }
        },
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataId": 5,
                    "metadataKey": "işlem",
                    "visibility": "DOCUMENT",
                    "location": WHOLE,
                }
            }
        },
    ]
    book.batch_update({"requests": requests})
    with pytest.raises(ApiError, match="already exists"):
        book.batch_update({"requests": requests})
    assert book.values_get("Sheet1", {})["values"] == [["MHT"]]


def test_a_named_range_and_a_grid_range_leave_out_the_first_sheets_id() -> None:
    book = book_of()
    do(book, "addNamedRange", namedRange={"name": "ad", "range": area(0, 1, 0, 1)})
    assert "sheetId" not in book.resource()["namedRanges"][0]["range"]
