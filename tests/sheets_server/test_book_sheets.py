"""Sheets and the spreadsheet itself: made, named, ordered, copied, deleted."""

import time
from typing import Any

import pytest

from tests.sheets_server.book import Book
from tests.sheets_server.books import area, book_of, do, formulas_of, held, sheet_of, span
from tests.sheets_server.errors import ApiError


def _titles(book: Book) -> list[str]:
    return [sheet["properties"]["title"] for sheet in book.resource()["sheets"]]


def test_a_new_book_has_one_sheet_and_googles_defaults() -> None:
    told = Book("kimlik", {"properties": {"title": "Fen İşleri"}}).resource()
    assert told["spreadsheetId"] == "kimlik"
    assert told["spreadsheetUrl"] == "https://docs.google.com/spreadsheets/d/kimlik/edit"
    assert {name: told["properties"][name] for name in ("title", "locale", "autoRecalc", "timeZone")} == {
        "title": "Fen İşleri",
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
    }
    assert told["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]


def test_a_book_is_made_with_sheets_cells_and_names() -> None:
    cells = [{"values": [{"userEnteredValue": {"stringValue": "Talep No"}}, {}]}]
    body = {
        "properties": {"locale": "tr_TR", "timeZone": "Europe/Istanbul"},
        "sheets": [
            {"properties": {"title": "Talepler"}, "data": [{"startRow": 1, "rowData": cells}]},
            {"properties": {"title": "Arşiv", "sheetId": 7, "hidden": True}},
        ],
        "namedRanges": [{"name": "baş", "range": area(0, 1, 0, 2, 7)}],
        "developerMetadata": [{"metadataKey": "tür", "visibility": "DOCUMENT"}],
    }
    book = Book("x", body)
    first, second = (one["properties"] for one in book.resource()["sheets"])
    assert (first["title"], second["title"], second["sheetId"]) == ("Talepler", "Arşiv", 7)
    assert held(book, "Talepler") == [[], ["Talep No"]]
    assert book.resource()["developerMetadata"][0]["location"]["spreadsheet"] is True
    assert book.values_get("baş", {})["range"] == "'Arşiv'!A1:B1"
    assert book.title == "Untitled spreadsheet"


def test_a_sheet_comes_with_everything_that_it_is_described_with() -> None:
    bold = {"booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}}
    part = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 3}
    given = {
        "properties": {"title": "A", "sheetId": 5},
        "merges": [{**part, "endRowIndex": 1}],
        "conditionalFormats": [{"ranges": [part], **bold}],
        "basicFilter": {"range": part},
        "filterViews": [{"title": "Açık", "range": part}],
        "protectedRanges": [{"range": part, "warningOnly": True}],
        "bandedRanges": [{"range": part, "rowProperties": {"firstBandColor": {"red": 1}}}],
        "developerMetadata": [{"metadataKey": "tür", "visibility": "DOCUMENT"}],
        "data": [{"columnMetadata": [{"pixelSize": 40}, {"hiddenByUser": True}]}],
    }
    [made] = Book("x", {"sheets": [given]}).resource(include_grid_data=True)["sheets"]
    for name in set(given) - {"properties", "data"}:
        assert made[name], name
    assert made["merges"] == [{"sheetId": 5, **part, "endRowIndex": 1}]
    columns = made["data"][0]["columnMetadata"]
    assert (columns[0]["pixelSize"], columns[1]["hiddenByUser"]) == (40, True)


def test_only_the_worksheet_that_nobody_asked_for_has_the_identifier_0() -> None:
    assert Book("x", {}).resource()["sheets"][0]["properties"]["sheetId"] == 0
    named = Book("x", {"sheets": [{"properties": {"title": "A"}}]}).resource()["sheets"][0]["properties"]
    assert named["sheetId"] != 0
    said = Book("x", {"sheets": [{"properties": {"sheetId": 0, "title": "A"}}]}).resource()["sheets"][0]
    assert said["properties"]["sheetId"] == 0


def test_a_new_sheet_of_no_rows_and_columns_has_the_usual_number() -> None:
    grid = {"rowCount": 0, "columnCount": 0}
    book = Book("x", {"sheets": [{"properties": {"gridProperties": grid}}]})
    assert book.resource()["sheets"][0]["properties"]["gridProperties"] == {
        "rowCount": 1000,
        "columnCount": 26,
    }


def test_a_sheet_is_added_where_it_is_wanted() -> None:
    book = book_of()
    made = do(
        book,
        "addSheet",
        properties={"title": "B", "index": 0, "gridProperties": {"rowCount": 5, "columnCount": 3}},
    )
    assert (made["properties"]["index"], made["properties"]["gridProperties"]["rowCount"]) == (0, 5)
    assert made["properties"]["sheetId"] > 0
    do(book, "addSheet", properties={})
    assert _titles(book) == ["B", "Sheet1", "Sheet3"]


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        (
            "addSheet",
            {"properties": {"title": "sheet1"}},
            'A sheet with the name "sheet1" already exists. Please enter another name.',
        ),
        ("addSheet", {"properties": {"title": "B", "sheetId": 0}}, "A sheet with the ID 0 already exists"),
        ("addSheet", {"properties": {"gridProperties": {"rowCount": -1}}}, "at least one row"),
        ("addSheet", {"properties": {"gridProperties": {"rowCount": 10_000_001}}}, "limit of 10000000 cells"),
        ("duplicateSheet", {"newSheetId": -1}, "must be non-negative"),
        ("duplicateSheet", {"newSheetId": 0}, "A sheet with the ID 0 already exists"),
        ("deleteSheet", {"sheetId": 0}, "You can't remove all the sheets in a document."),
        ("deleteSheet", {"sheetId": 9}, "No sheet with id: 9"),
        (
            "updateSheetProperties",
            {"properties": {"hidden": True}, "fields": "hidden"},
            "You can't hide all the sheets in a document.",
        ),
        ("updateSheetProperties", {"properties": {"title": ""}, "fields": "title"}, "cannot be empty"),
        ("addSheet", {"properties": {"title": "x" * 101}}, "cannot be greater than 100 characters"),
        ("updateSheetProperties", {"properties": {"title": "B"}}, "At least one field must be listed"),
        (
            "updateSheetProperties",
            {"properties": {"gridProperties": {"frozenRowCount": 1}}, "fields": "gridProperties"},
            "You can't delete all the rows on the sheet.",
        ),
        (
            "updateSheetProperties",
            {
                "properties": {"gridProperties": {"frozenRowCount": 20}},
                "fields": "gridProperties.frozenRowCount",
            },
            "You can't freeze all visible rows on the sheet.",
        ),
        ("updateSpreadsheetProperties", {"properties": {}, "fields": "title"}, "title must be specified"),
    ],
)
def test_what_google_would_not_do_is_refused(kind: str, body: dict[str, Any], message: str) -> None:
    book = book_of([["a"]])
    before = book.resource(include_grid_data=True)
    with pytest.raises(ApiError) as caught:
        do(book, kind, **body)
    assert caught.value.status == 400
    assert caught.value.message.startswith(f"Invalid requests[0].{kind}: ")
    assert message in caught.value.message
    assert book.resource(include_grid_data=True) == before


@pytest.mark.parametrize(
    ("request_", "status", "message"),
    [
        ({}, 400, "Invalid requests[0]: No request set."),
        (
            {"deleteSheet": {}, "addSheet": {}},
            400,
            "oneof field 'kind' is already set. Cannot set 'addSheet'",
        ),
        ({"addDataSource": {}}, 501, "Invalid requests[0].addDataSource: this stand-in does not carry out"),
    ],
)
def test_a_request_of_no_known_kind_is_refused(request_: dict[str, Any], status: int, message: str) -> None:
    with pytest.raises(ApiError) as caught:
        book_of().batch_update({"requests": [request_]})
    assert caught.value.status == status
    assert message in caught.value.message


def test_a_batch_without_requests_is_refused() -> None:
    with pytest.raises(ApiError, match="Must specify at least one request"):
        book_of().batch_update({"requests": []})


def test_a_batch_is_carried_out_whole_or_not_at_all() -> None:
    book = book_of([["a"]])
    before, revision = book.resource(include_grid_data=True), book.revision
    requests = [
        {"addSheet": {"properties": {"title": "B"}}},
        {"deleteDimension": {"range": span("ROWS", 0, 1)}},
        {"updateSheetProperties": {"properties": {"title": "C"}, "fields": "title"}},
        {"deleteSheet": {"sheetId": 99}},
    ]
    with pytest.raises(ApiError, match=r"Invalid requests\[3\]\.deleteSheet: No sheet with id: 99"):
        book.batch_update({"requests": requests})
    assert (book.resource(include_grid_data=True), book.revision) == (before, revision)
    replies = book.batch_update({"requests": requests[:3]})["replies"]
    assert [list(reply) for reply in replies] == [["addSheet"], [], []]
    assert (_titles(book), book.revision) == (["C", "B"], revision + 1)


def test_a_batch_tells_the_state_after_it_on_demand() -> None:
    book = book_of([["a"]])
    write = {
        "updateCells": {
            "rows": [{"values": [{"userEnteredValue": {"numberValue": 5}}]}],
            "start": {"rowIndex": 1, "columnIndex": 1},
            "fields": "userEnteredValue",
        }
    }
    answer = book.batch_update(
        {
            "requests": [write],
            "includeSpreadsheetInResponse": True,
            "responseRanges": ["Sheet1!B2:C3"],
            "responseIncludeGridData": True,
        }
    )
    [data] = answer["updatedSpreadsheet"]["sheets"][0]["data"]
    assert (data["startRow"], data["startColumn"]) == (1, 1)
    assert data["rowData"][0]["values"][0]["formattedValue"] == "5"
    assert (len(data["rowMetadata"]), len(data["columnMetadata"])) == (2, 2)


def test_a_faulty_wish_for_the_answer_stops_the_batch_too() -> None:
    book = book_of([["a"]])
    requests = [{"deleteDimension": {"range": span("ROWS", 0, 1)}}]
    with pytest.raises(ApiError, match="Unable to parse range: Yok"):
        book.batch_update(
            {"requests": requests, "includeSpreadsheetInResponse": True, "responseRanges": ["Yok!A1"]}
        )
    assert held(book) == [["a"]]


@pytest.mark.parametrize(
    ("sheet", "index", "order"),
    [(1, 0, "BACD"), (0, 2, "BACD"), (0, 1, "ABCD"), (0, 0, "ABCD"), (3, 1, "ADBC"), (0, 4, "BCDA")],
)
def test_a_sheet_moves_to_a_place_counted_before_the_move(sheet: int, index: int, order: str) -> None:
    book = Book(
        "x", {"sheets": [{"properties": {"title": name, "sheetId": at}} for at, name in enumerate("ABCD")]}
    )
    do(book, "updateSheetProperties", properties={"sheetId": sheet, "index": index}, fields="index")
    assert "".join(_titles(book)) == order
    assert [one["properties"]["index"] for one in book.resource()["sheets"]] == [0, 1, 2, 3]


def test_a_sheets_look_is_set_and_taken_back() -> None:
    book = book_of()
    colour = {
        "properties": {"tabColorStyle": {"rgbColor": {"red": 1, "green": 0}}},
        "fields": "tabColorStyle",
    }
    do(book, "updateSheetProperties", **colour)
    grid = {"gridProperties": {"hideGridlines": True, "frozenColumnCount": 2}}
    do(
        book,
        "updateSheetProperties",
        properties=grid,
        fields="gridProperties(hideGridlines,frozenColumnCount)",
    )
    found = sheet_of(book)["properties"]
    assert (found["tabColor"], found["tabColorStyle"]) == ({"red": 1}, {"rgbColor": {"red": 1}})
    assert found["gridProperties"] == {
        "rowCount": 20,
        "columnCount": 10,
        "hideGridlines": True,
        "frozenColumnCount": 2,
    }
    do(
        book,
        "updateSheetProperties",
        properties={"tabColorStyle": {"rgbColor": None}},
        fields="tabColorStyle",
    )
    off = {"gridProperties": {"hideGridlines": False, "frozenColumnCount": 0}}
    do(
        book,
        "updateSheetProperties",
        properties=off,
        fields="gridProperties/hideGridlines,gridProperties/frozenColumnCount",
    )
    found = sheet_of(book)["properties"]
    assert "tabColor" not in found
    assert "tabColorStyle" not in found
    assert found["gridProperties"] == {"rowCount": 20, "columnCount": 10}


def test_a_sheet_grows_and_shrinks_and_what_falls_off_is_gone() -> None:
    book = book_of([["a", "b"], ["c", "d"]])
    do(book, "addNamedRange", namedRange={"name": "son", "range": area(1, 2, 0, 2)})
    small = {"gridProperties": {"rowCount": 1, "columnCount": 1}}
    do(book, "updateSheetProperties", properties=small, fields="gridProperties(rowCount,columnCount)")
    assert (held(book), "namedRanges" in book.resource()) == ([["a"]], False)
    do(
        book,
        "updateSheetProperties",
        properties={"gridProperties": {"rowCount": 3}},
        fields="gridProperties.rowCount",
    )
    assert held(book, "A1:A3") == [["a"]]


def test_formulas_follow_a_sheets_name_and_break_with_its_end() -> None:
    book = book_of([["=Veri!A1+1", "='Veri'!A:A"]])
    do(book, "addSheet", properties={"title": "Veri", "sheetId": 4})
    do(book, "updateSheetProperties", properties={"sheetId": 4, "title": "Yeni Veri"}, fields="title")
    assert formulas_of(book, "Sheet1") == [["='Yeni Veri'!A1+1", "='Yeni Veri'!A:A"]]
    do(book, "deleteSheet", sheetId=4)
    assert formulas_of(book, "Sheet1") == [["=#REF!+1", "=#REF!"]]
    assert held(book, "Sheet1!A1") == [["#REF!"]]


def test_a_duplicate_has_everything_under_ids_of_its_own() -> None:
    book = book_of([["a", "b"], ["c", "=A1"]])
    protected = do(book, "addProtectedRange", protectedRange={"range": area(0, 1, 0, 2)})
    do(book, "mergeCells", range=area(3, 5, 0, 2), mergeType="MERGE_ALL")
    made = do(
        book, "duplicateSheet", sourceSheetId=0, insertSheetIndex=1, newSheetId=42, newSheetName="Kopya"
    )
    assert (made["properties"]["sheetId"], made["properties"]["index"]) == (42, 1)
    twin = sheet_of(book, 1)
    [copy] = twin["protectedRanges"]
    assert copy["range"]["sheetId"] == 42
    assert copy["protectedRangeId"] != protected["protectedRange"]["protectedRangeId"]
    assert twin["merges"] == [area(3, 5, 0, 2, 42)]
    book.values_update("Kopya!A1", {"values": [["x"]]}, {"valueInputOption": "RAW"})
    assert (held(book, "Sheet1"), held(book, "Kopya")) == ([["a", "b"], ["c", "a"]], [["x", "b"], ["c", "x"]])
    do(book, "duplicateSheet", sourceSheetId=0)
    do(book, "duplicateSheet", sourceSheetId=0)
    assert _titles(book) == ["Copy of Sheet1 1", "Copy of Sheet1", "Sheet1", "Kopya"]


def test_a_sheet_is_copied_to_another_book_and_a_book_as_a_whole() -> None:
    book, other = book_of([["a"]]), Book("öteki", {})
    told = book.copy_sheet_to(0, other)
    assert (told["title"], told["index"]) == ("Copy of Sheet1", 1)
    assert held(other, "Copy of Sheet1") == [["a"]]
    twin = book.copy("yeni", "Kopya")
    twin.values_update("A1", {"values": [["b"]]}, {"valueInputOption": "RAW"})
    assert (twin.spreadsheet_id, twin.title, held(book), held(twin)) == ("yeni", "Kopya", [["a"]], [["b"]])
    with pytest.raises(ApiError, match="No sheet with id: 9"):
        book.copy_sheet_to(9, other)


def test_the_books_own_properties_are_set() -> None:
    book = book_of([["1,5"]])
    given = {"title": "Yeni", "locale": "tr_TR", "timeZone": "Europe/Istanbul"}
    do(book, "updateSpreadsheetProperties", properties=given, fields="title,locale,timeZone")
    assert {name: book.resource()["properties"][name] for name in given} == given
    book.person_types("Sheet1", "A2", "1,5")
    assert held(book, valueRenderOption="UNFORMATTED_VALUE") == [["1,5"], [1.5]]
    book.title = "Başka"
    assert book.title == "Başka"


def test_only_the_ranges_asked_for_are_answered() -> None:
    book = book_of([["a", "b"], ["c", "d"]])
    do(book, "addSheet", properties={"title": "B", "sheetId": 3})
    do(book, "mergeCells", range=area(10, 12, 0, 2), mergeType="MERGE_ALL")
    told = book.resource(ranges=["A2:B2", "Sheet1!B1"], include_grid_data=True)
    assert [sheet["properties"]["title"] for sheet in told["sheets"]] == ["Sheet1"]
    first, second = told["sheets"][0]["data"]
    assert [one["formattedValue"] for one in first["rowData"][0]["values"]] == ["c", "d"]
    assert (first["startRow"], second["startColumn"]) == (1, 1)
    assert "merges" not in told["sheets"][0]
    assert "data" not in book.resource(ranges=["B"])["sheets"][0]
    told = book.resource_by_filter([{"gridRange": {"sheetId": 3, "endRowIndex": 1}}], include_grid_data=True)
    assert [sheet["properties"]["title"] for sheet in told["sheets"]] == ["B"]


def test_a_whole_grid_is_answered_in_bearable_time() -> None:
    grid = {"rowCount": 5000, "columnCount": 20}
    book = Book("x", {"sheets": [{"properties": {"title": "S", "gridProperties": grid}}]})
    rows = [[f"{row}-{column}" for column in range(20)] for row in range(5000)]
    book.values_update("S", {"values": rows}, {"valueInputOption": "RAW"})
    start = time.process_time()
    told = book.resource(include_grid_data=True)
    assert len(told["sheets"][0]["data"][0]["rowData"]) == 5000
    assert time.process_time() - start < 8
