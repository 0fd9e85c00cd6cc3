"""Requests that write cells under a field mask."""

from typing import Any

import pytest

from tests.sheets_server.books import area, book_of, cell_of, do, formulas_of, held, plain, span
from tests.sheets_server.errors import ApiError

START = {"rowIndex": 0, "columnIndex": 0}
BOLD = {"userEnteredFormat": {"textFormat": {"bold": True}}}


def _value(kind: str, value: object) -> dict[str, Any]:
    return {"userEnteredValue": {kind: value}}


def test_each_kind_of_value_is_kept_as_its_kind() -> None:
    book = book_of()
    row = [
        _value("stringValue", "=1+1"),
        _value("numberValue", 12),
        _value("boolValue", False),
        _value("formulaValue", "=B1*2"),
        _value("stringValue", ""),
        {},
    ]
    do(book, "updateCells", rows=[{"values": row}], start=START, fields="userEnteredValue")
    assert plain(book) == [["=1+1", 12, False, 24]]
    assert cell_of(book, "D1")["userEnteredValue"] == {"formulaValue": "=B1*2"}
    assert cell_of(book, "D1")["effectiveValue"] == {"numberValue": 24}
    assert cell_of(book, "C1")["effectiveValue"] == {"boolValue": False}


def test_a_field_in_the_mask_that_is_absent_is_cleared_and_others_stay() -> None:
    book = book_of([["a"]])
    cell = {**BOLD, "note": "n", "userEnteredValue": {"stringValue": "b"}}
    do(book, "updateCells", rows=[{"values": [cell]}], start=START, fields="note,userEnteredFormat")
    assert (held(book), cell_of(book, "A1")["note"]) == ([["a"]], "n")
    do(book, "updateCells", rows=[{"values": [{}]}], start=START, fields="note")
    left = cell_of(book, "A1")
    assert ("note" in left, left["userEnteredFormat"]) == (False, BOLD["userEnteredFormat"])
    do(book, "updateCells", rows=[{"values": [{}]}], start=START, fields="*")
    assert cell_of(book, "A1") == {}


def test_a_range_is_cleared_where_the_data_do_not_reach() -> None:
    book = book_of([["a", "b", "c"], ["d", "e", "f"]])
    rows = [{"values": [_value("stringValue", "x")]}]
    do(book, "updateCells", rows=rows, range=area(0, 2, 0, 2), fields="userEnteredValue")
    assert held(book) == [["x", "", "c"], ["", "", "f"]]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"start": START, "rows": []}, "At least one field must be listed in 'fields'"),
        ({"fields": "note", "rows": []}, "exactly one of start and range"),
        (
            {"fields": "note", "rows": [{}] * 3, "range": area(0, 2, 0, 1)},
            "beyond the last requested row of: 1",
        ),
        (
            {"fields": "note", "rows": [{"values": [{}] * 2}], "range": area(0, 1, 0, 1)},
            "beyond the last requested column of: 0",
        ),
        ({"fields": "note", "rows": [{}], "start": {"rowIndex": 99}}, "exceeds grid limits"),
        ({"fields": "note", "rows": [{}], "start": {"sheetId": 7}}, "No grid with id: 7"),
        ({"fields": "pivotTable", "rows": [{}], "start": START}, "does not keep the cell's field"),
        (
            {
                "fields": "userEnteredValue",
                "rows": [{"values": [_value("formulaValue", "1+1")]}],
                "start": START,
            },
            "formulaValue must begin with '='",
        ),
        (
            {"fields": "*", "rows": [{"values": [{"userEnteredFormat": {"numberFormat": {"pattern": "0"}}}]}]}
            | {"start": START},
            "numberFormat.type must be specified",
        ),
    ],
)
def test_a_faulty_write_is_refused_and_changes_nothing(body: dict[str, Any], message: str) -> None:
    book = book_of([["a"]])
    before = book.resource(include_grid_data=True)
    with pytest.raises(ApiError) as caught:
        do(book, "updateCells", **body)
    assert message in caught.value.message
    assert caught.value.message.startswith("Invalid requests[0].updateCells: ")
    assert book.resource(include_grid_data=True) == before


def test_a_repeated_format_leaves_values_and_takes_the_named_parts_only() -> None:
    book = book_of([["a", "b"]])
    look = {"backgroundColor": {"red": 1, "green": 0}, "textFormat": {"bold": True, "fontSize": 12}}
    fields = "userEnteredFormat(backgroundColor,textFormat.bold)"
    do(book, "repeatCell", range=area(0, 1, 0, 2), cell={"userEnteredFormat": look}, fields=fields)
    kept = cell_of(book, "B1")
    assert kept["userEnteredFormat"] == {
        "backgroundColor": {"red": 1},
        "backgroundColorStyle": {"rgbColor": {"red": 1}},
        "textFormat": {"bold": True},
    }
    effective = kept["effectiveFormat"]
    assert (effective["backgroundColor"], effective["textFormat"]["fontSize"]) == ({"red": 1}, 10)
    assert (effective["textFormat"]["bold"], effective["verticalAlignment"]) == (True, "BOTTOM")
    do(book, "repeatCell", range=area(0, 1, 0, 2), cell={}, fields="userEnteredFormat.backgroundColor")
    assert cell_of(book, "B1")["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert held(book) == [["a", "b"]]


def test_a_repeated_formula_moves_its_loose_references() -> None:
    book = book_of([[1, 10], [2, 20]])
    formula = {"userEnteredValue": {"formulaValue": "=A1+$B$1+A$1+$A1"}}
    do(book, "repeatCell", range=area(0, 2, 2, 4), cell=formula, fields="userEnteredValue")
    assert formulas_of(book, "C1:D2") == [
        ["=A1+$B$1+A$1+$A1", "=B1+$B$1+B$1+$A1"],
        ["=A2+$B$1+A$1+$A2", "=B2+$B$1+B$1+$A2"],
    ]


def test_cells_are_appended_below_the_last_value_whatever_its_column() -> None:
    book = book_of([["a"], ["", "", "c"]])
    do(book, "repeatCell", range=area(5, 6, 0, 1), cell=BOLD, fields="userEnteredFormat")
    row = {"values": [_value("stringValue", "x")]}
    do(book, "appendCells", sheetId=0, rows=[row, row], fields="userEnteredValue")
    assert held(book) == [["a"], ["", "", "c"], ["x"], ["x"]]
    do(book, "appendCells", sheetId=0, rows=[row] * 20, fields="userEnteredValue")
    assert book.resource()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 24


def test_a_rule_is_kept_with_its_cells_and_stops_no_write() -> None:
    book = book_of([["x"]])
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Yeni"}]}, "strict": True}
    do(book, "setDataValidation", range=area(0, 3, 0, 1), rule=rule)
    book.person_types("Sheet1", "A2", "uymaz")
    assert (cell_of(book, "A2")["dataValidation"], held(book)) == (rule, [["x"], ["uymaz"]])
    do(book, "insertDimension", range=span("ROWS", 1, 2), inheritFromBefore=True)
    assert cell_of(book, "A2") == {"dataValidation": rule}
    do(book, "setDataValidation", range=area(0, 9, 0, 1))
    assert "dataValidation" not in cell_of(book, "A1")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (0.5, 0.49803922),
        (0.9, 0.8980392),
        (80 / 255, 0.3137255),
        (1.0, 1),
        (0.001, None),
        (0.25882354, 0.25882354),
    ],
)
def test_of_a_colour_eight_bits_a_channel_are_kept(given: float, kept: float | None) -> None:
    book = book_of()
    look = {"backgroundColor": {"blue": given}}
    do(
        book,
        "repeatCell",
        range=area(0, 1, 0, 1),
        cell={"userEnteredFormat": look},
        fields="userEnteredFormat.backgroundColor",
    )
    found = cell_of(book, "A1")["userEnteredFormat"]
    colour = {} if kept is None else {"blue": kept}
    assert (found["backgroundColor"], found["backgroundColorStyle"]) == (colour, {"rgbColor": colour})


def test_borders_are_set_around_and_between_and_cleared_by_none() -> None:
    book = book_of()
    line, none = {"style": "SOLID"}, {"style": "NONE"}
    do(book, "updateBorders", range=area(0, 2, 0, 2), top=line, innerVertical=line)
    assert cell_of(book, "A1")["userEnteredFormat"]["borders"] == {"top": line, "right": line}
    assert cell_of(book, "B2")["userEnteredFormat"]["borders"] == {"left": line}
    do(book, "updateBorders", range=area(0, 2, 0, 2), top=none, innerVertical=none)
    assert cell_of(book, "A1") == {}


def test_black_is_an_empty_colour_and_a_theme_colour_has_its_rgb_beside_it() -> None:
    book = book_of([["a"]])
    text = {"foregroundColorStyle": {"themeColor": "LINK"}}
    look = {"textFormat": text, "backgroundColor": {"red": 0, "green": 0, "blue": 0}}
    do(
        book,
        "repeatCell",
        range=area(0, 1, 0, 1),
        cell={"userEnteredFormat": look},
        fields="userEnteredFormat",
    )
    kept = cell_of(book, "A1")["userEnteredFormat"]
    assert (kept["backgroundColor"], kept["backgroundColorStyle"]) == ({}, {"rgbColor": {}})
    assert kept["textFormat"]["foregroundColor"] == {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}


def test_a_link_colours_and_underlines_its_text_in_the_effective_format_alone() -> None:
    book = book_of([['=HYPERLINK("https://ornek.bel.tr/1","talep")', "https://ornek.bel.tr/2"]])
    by_formula, typed = cell_of(book, "A1"), cell_of(book, "B1")
    assert (by_formula["hyperlink"], by_formula["formattedValue"]) == ("https://ornek.bel.tr/1", "talep")
    assert "userEnteredFormat" not in by_formula
    assert typed["userEnteredFormat"]["textFormat"] == {"link": {"uri": "https://ornek.bel.tr/2"}}
    assert typed["effectiveFormat"]["textFormat"]["underline"] is True
    assert by_formula["effectiveFormat"]["hyperlinkDisplayType"] == "LINKED"
