"""Sorting, merging, copying, cutting, filling, pasting, and requests that look into texts."""

from typing import Any

import pytest

from tests.sheets_server.books import (
    RAW,
    area,
    book_of,
    cell_of,
    do,
    formulas_of,
    held,
    plain,
    sheet_of,
    span,
)
from tests.sheets_server.errors import ApiError

ASCENDING, DESCENDING = {"sortOrder": "ASCENDING"}, {"sortOrder": "DESCENDING"}


@pytest.mark.parametrize(
    ("order", "sorted_"),
    [
        ("ASCENDING", [2, 10, "10", "Çarşı", "dağ", "Iğdır", "İnci", "zil", False, True]),
        ("DESCENDING", [True, False, "zil", "İnci", "Iğdır", "dağ", "Çarşı", "10", 10, 2]),
    ],
)
def test_kinds_are_sorted_apart_and_empty_cells_last(order: str, sorted_: list[object]) -> None:
    rows: list[list[object]] = [
        ["zil"],
        [10],
        [""],
        ["İnci"],
        [True],
        ["Iğdır"],
        [2],
        ["dağ"],
        ["Çarşı"],
        [False],
        ["10"],
    ]
    book = book_of()
    book.values_update("A1", {"values": rows}, RAW)
    do(book, "sortRange", range=area(0, 15, 0, 1), sortSpecs=[{"dimensionIndex": 0, "sortOrder": order}])
    assert [row[0] for row in plain(book)] == sorted_


def test_a_sort_takes_cells_and_looks_along_and_leaves_heights_and_metadata() -> None:
    book = book_of([["c", 1], ["a", 2], ["b", 2]])
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "n"}
    do(book, "repeatCell", range=area(0, 1, 0, 1), cell=bold, fields="userEnteredFormat,note")
    do(book, "updateDimensionProperties", range=span("ROWS", 0, 1), properties={"pixelSize": 50}, fields="*")
    tag = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"dimensionRange": span("ROWS", 0, 1)}}
    do(book, "createDeveloperMetadata", developerMetadata=tag)
    specs = [{"dimensionIndex": 1, **DESCENDING}, {"dimensionIndex": 0, **ASCENDING}]
    do(book, "sortRange", range=area(0, 3, 0, 2), sortSpecs=specs)
    assert plain(book) == [["a", 2], ["b", 2], ["c", 1]]
    assert cell_of(book, "A3")["note"] == "n"
    data = book.resource(ranges=["A1:A3"], include_grid_data=True)["sheets"][0]["data"][0]
    assert [one["pixelSize"] for one in data["rowMetadata"]] == [50, 21, 21]
    assert "developerMetadata" in data["rowMetadata"][0]


def test_a_formula_that_is_sorted_still_means_its_own_row() -> None:
    book = book_of([[3, "=A1*2"], [1, "=A2*2"]])
    do(book, "sortRange", range=area(0, 2, 0, 2), sortSpecs=[{"dimensionIndex": 0}])
    assert (formulas_of(book), plain(book)) == ([[1, "=A1*2"], [3, "=A2*2"]], [[1, 2], [3, 6]])


def test_rows_are_sorted_by_their_colour() -> None:
    book = book_of([["a"], ["b"], ["c"]])
    red = {"red": 1}
    cell = {"userEnteredFormat": {"backgroundColor": red}}
    do(book, "repeatCell", range=area(2, 3, 0, 1), cell=cell, fields="userEnteredFormat")
    do(book, "sortRange", range=area(0, 3, 0, 1), sortSpecs=[{"dimensionIndex": 0, "backgroundColor": red}])
    assert held(book) == [["c"], ["a"], ["b"]]


def test_a_sort_that_cannot_be_done_is_refused() -> None:
    book = book_of([["a"], ["b"]])
    specs = [{"dimensionIndex": 0}]
    for place, wanted, message in (
        (area(0, 2, 0, 1), [{"dimensionIndex": 5}], "outside of the range"),
        (area(0, 2, 0, 1), [], "At least one sort spec"),
        ({"startRowIndex": 20}, specs, "range.startRowIndex is larger than current grid size (20)"),
    ):
        with pytest.raises(ApiError) as caught:
            do(book, "sortRange", range=place, sortSpecs=wanted)
        assert message in caught.value.message
    do(book, "mergeCells", range=area(0, 2, 1, 2), mergeType="MERGE_ALL")
    with pytest.raises(ApiError, match="There is a vertical merge at B1:B2"):
        do(book, "sortRange", range=area(0, 2, 0, 2), sortSpecs=specs)


def test_random_order_keeps_every_row() -> None:
    book = book_of([[number, f"{number}"] for number in range(12)])
    do(book, "randomizeRange", range=area(0, 20, 0, 2))
    assert sorted(row[0] for row in plain(book)) == list(range(12))
    assert all(str(row[0]) == str(row[1]) for row in plain(book))
    assert [row[0] for row in plain(book)] != list(range(12))


@pytest.mark.parametrize(
    ("kind", "merges", "left"),
    [
        ("MERGE_ALL", [(0, 2, 0, 2)], [["a"]]),
        ("MERGE_ROWS", [(0, 1, 0, 2), (1, 2, 0, 2)], [["a"], ["c"]]),
        ("MERGE_COLUMNS", [(0, 2, 0, 1), (0, 2, 1, 2)], [["a", "b"]]),
    ],
)
def test_cells_are_merged_and_only_the_first_value_stays(
    kind: str, merges: list[tuple[int, ...]], left: list[list[str]]
) -> None:
    book = book_of([["a", "b"], ["c", "d"]])
    do(book, "mergeCells", range=area(0, 2, 0, 2), mergeType=kind)
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    assert [tuple(one[name] for name in names) for one in sheet_of(book)["merges"]] == merges
    assert held(book) == left
    do(book, "unmergeCells", range=area(0, 9, 0, 9))
    assert "merges" not in sheet_of(book)


def test_a_merge_is_not_cut_through() -> None:
    book = book_of()
    do(book, "mergeCells", range=area(0, 2, 0, 2), mergeType="MERGE_ALL")
    for kind, place in (("mergeCells", area(1, 3, 0, 2)), ("unmergeCells", area(0, 1, 0, 2))):
        with pytest.raises(ApiError, match="You must select all cells in a merged range"):
            do(book, kind, range=place)
    do(book, "mergeCells", range=area(0, 3, 0, 3), mergeType="MERGE_ALL")
    assert len(sheet_of(book)["merges"]) == 1
    with pytest.raises(ApiError, match="crosses a merged cell"):
        do(book, "moveDimension", source=span("ROWS", 1, 2), destinationIndex=9)


def test_a_copy_repeats_to_fill_and_its_formulas_move_along() -> None:
    book = book_of([[1, "=A1+$A$1"], [2, "=A2"]])
    do(book, "copyPaste", source=area(0, 2, 0, 2), destination=area(2, 6, 0, 4))
    assert formulas_of(book, "A3:D6") == [
        [1, "=A3+$A$1", 1, "=C3+$A$1"],
        [2, "=A4", 2, "=C4"],
        [1, "=A5+$A$1", 1, "=C5+$A$1"],
        [2, "=A6", 2, "=C6"],
    ]


@pytest.mark.parametrize(
    ("kind", "value", "bold", "note"),
    [
        ("PASTE_NORMAL", "=#REF!+1", True, True),
        ("PASTE_VALUES", 6, False, False),
        ("PASTE_FORMULA", "=#REF!+1", False, False),
        ("PASTE_FORMAT", "x", True, False),
        ("PASTE_DATA_VALIDATION", "x", False, False),
    ],
)
def test_what_is_pasted_depends_on_the_kind(kind: str, value: object, bold: bool, note: bool) -> None:
    book = book_of([[5, "=A1+1"], ["x"]])
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "n"}
    do(book, "repeatCell", range=area(0, 1, 1, 2), cell=look, fields="userEnteredFormat,note")
    do(book, "copyPaste", source=area(0, 1, 1, 2), destination=area(1, 2, 0, 1), pasteType=kind)
    cell = cell_of(book, "A2")
    assert formulas_of(book, "A2") == [[value]]
    assert ("userEnteredFormat" in cell, "note" in cell) == (bold, note)


def test_a_copy_can_be_turned() -> None:
    book = book_of([["a", "b", "c"]])
    place = {"source": area(0, 1, 0, 3), "destination": area(2, 3, 0, 1)}
    do(book, "copyPaste", **place, pasteOrientation="TRANSPOSE")
    assert held(book, "A3:A5") == [["a"], ["b"], ["c"]]


def test_what_is_cut_is_gone_and_references_follow_it() -> None:
    book = book_of([["a", "=A1&B2", 1], ["b", "x", "=SUM(C1:C1)"]])
    do(book, "addSheet", properties={"title": "Öteki", "sheetId": 3})
    there = {"sheetId": 3, "rowIndex": 1, "columnIndex": 1}
    do(book, "cutPaste", source=area(0, 1, 0, 1), destination=there, pasteType="PASTE_NORMAL")
    assert held(book, "Öteki") == [[], ["", "a"]]
    assert formulas_of(book) == [["", "='Öteki'!B2&B2", 1], ["b", "x", "=SUM(C1:C1)"]]
    do(book, "cutPaste", source=area(0, 1, 2, 3), destination={"rowIndex": 0, "columnIndex": 3})
    assert formulas_of(book) == [["", "='Öteki'!B2&B2", "", 1], ["b", "x", "=SUM(D1:D1)"]]
    assert plain(book)[0][1] == "ax"


def test_a_cut_row_lands_whole_over_what_was_there() -> None:
    book = book_of([["a", "b"], ["c", "d"], ["e", "f"]])
    do(book, "cutPaste", source=area(0, 1, 0, 2), destination={"rowIndex": 1, "columnIndex": 0})
    assert held(book) == [[], ["a", "b"], ["e", "f"]]
    with pytest.raises(ApiError, match="exceeds grid limits"):
        do(book, "cutPaste", source=area(1, 3, 0, 2), destination={"rowIndex": 19, "columnIndex": 0})


@pytest.mark.parametrize(
    ("column", "filled"),
    [
        ([1, 2], [3, 4, 5]),
        ([10, 7], [4, 1, -2]),
        ([5], [5, 5, 5]),
        (["a", "b"], ["a", "b", "a"]),
        (["2026-12-05"], [46362, 46363, 46364]),
        (["=A9"], ["=A10", "=A11", "=A12"]),
    ],
)
def test_a_series_goes_on(column: list[object], filled: list[object]) -> None:
    book = book_of([[value] for value in column])
    source = area(0, len(column), 0, 1)
    plan = {"source": source, "dimension": "ROWS", "fillLength": 3}
    do(book, "autoFill", sourceAndDestination=plan)
    assert [row[0] for row in formulas_of(book)][len(column) :] == filled
    again = book_of([[value] for value in column])
    do(again, "autoFill", range=area(0, len(column) + 3, 0, 1))
    assert formulas_of(again) == formulas_of(book)


def test_data_are_pasted_as_if_they_were_typed() -> None:
    book = book_of()
    text = {"data": '12%,"a, b"\n2026-12-05,=1+1', "delimiter": ",", "coordinate": {"rowIndex": 0}}
    do(book, "pasteData", **text)
    assert plain(book) == [[0.12, "a, b"], [46361, 2]]
    table = "<table><tr><th>Ad</th><th>Adet</th></tr><tr><td>Çarşı<br>Mah.</td><td>3</td></tr></table>"
    do(book, "pasteData", data=table, html=True, coordinate={"rowIndex": 5, "columnIndex": 1})
    assert plain(book, "B6:C7") == [["Ad", "Adet"], ["Çarşı\nMah.", 3]]


@pytest.mark.parametrize(
    ("body", "rows", "told"),
    [
        ({"find": "al", "replacement": "x"}, [["xi", "xxx", 5]], (2, 4)),
        ({"find": "al", "replacement": "x", "matchCase": True}, [["Ali", "xxAL", 5]], (1, 2)),
        ({"find": "ali", "replacement": "Veli", "matchEntireCell": True}, [["Veli", "alalAL", 5]], (1, 1)),
        ({"find": "(a)(l)", "replacement": "$2$1", "searchByRegex": True}, [["lAi", "lalaLA", 5]], (2, 4)),
        ({"find": "5", "replacement": "6"}, [["Ali", "alalAL", 6]], (1, 1)),
    ],
)
def test_texts_are_found_and_replaced(
    body: dict[str, Any], rows: list[list[object]], told: tuple[int, int]
) -> None:
    book = book_of([["Ali", "alalAL", 5]])
    answer = do(book, "findReplace", allSheets=True, **body)
    assert plain(book) == rows
    assert (answer["valuesChanged"], answer["occurrencesChanged"]) == told
    assert (answer["rowsChanged"], answer["sheetsChanged"]) == (1, 1)


def test_formulas_are_left_alone_unless_they_are_asked_for() -> None:
    book = book_of([["=LEN(B1)", "B1"]])
    assert do(book, "findReplace", find="B1", replacement="C1", sheetId=0)["valuesChanged"] == 1
    assert formulas_of(book) == [["=LEN(B1)", "C1"]]
    told = do(book, "findReplace", find="B1", replacement="C1", range=area(0, 1, 0, 9), includeFormulas=True)
    assert (told["formulasChanged"], formulas_of(book)) == (1, [["=LEN(C1)", "C1"]])
    assert do(book, "findReplace", find="yok", replacement="", allSheets=True) == {}
    for body in (
        {"find": "", "allSheets": True},
        {"find": "a"},
        {"find": "(", "searchByRegex": True, "allSheets": True},
    ):
        with pytest.raises(ApiError):
            do(book, "findReplace", **body)


def test_white_space_is_trimmed_and_texts_are_split() -> None:
    book = book_of()
    book.values_update("A1", {"values": [["  a \n b  "], ["c"], ["d;12"], ["   "]]}, RAW)
    assert do(book, "trimWhitespace", range=area(0, 9, 0, 9)) == {"cellsChangedCount": 2}
    assert plain(book) == [["a b"], ["c"], ["d;12"]]
    do(book, "textToColumns", source=area(0, 9, 0, 1))
    assert plain(book, "A3:B3") == [["d", 12]]
    do(book, "textToColumns", source=area(0, 9, 0, 1), delimiterType="SPACE")
    assert plain(book, "A1:B1") == [["a", "b"]]
    with pytest.raises(ApiError, match="exactly one column"):
        do(book, "textToColumns", source=area(0, 9, 0, 2))


def test_what_is_there_twice_goes_and_the_rest_closes_up() -> None:
    book = book_of([["a", 1, "x"], ["A", 1, "y"], ["b", 1, "z"], ["a", 2, "w"], ["a", 1, "v"]])
    assert do(book, "deleteDuplicates", range=area(0, 5, 0, 2)) == {"duplicatesRemovedCount": 2}
    assert plain(book) == [["a", 1, "x"], ["b", 1, "y"], ["a", 2, "z"], ["", "", "w"], ["", "", "v"]]
    columns = [span("COLUMNS", 0, 1)]
    assert do(book, "deleteDuplicates", range=area(0, 5, 0, 2), comparisonColumns=columns) == {
        "duplicatesRemovedCount": 1
    }
    assert do(book, "deleteDuplicates", range=area(0, 5, 0, 2)) == {}


def test_the_same_book_makes_the_same_choices_twice() -> None:
    made = [do(book_of(), "addSheet", properties={})["properties"]["sheetId"] for _ in range(2)]
    assert made[0] == made[1], "a failing test fails again"
