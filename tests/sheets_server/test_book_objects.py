"""Names, protections, filters, rules, bands, charts, slicers and tables."""

from typing import Any

import pytest

from tests.sheets_server.books import area, book_of, cell_of, do, held, plain, sheet_of, span
from tests.sheets_server.errors import ApiError

BOLD_IF_FILLED: dict[str, Any] = {
    "condition": {"type": "NOT_BLANK"},
    "format": {"textFormat": {"bold": True}},
}


def test_a_named_range_lives_its_life() -> None:
    book = book_of([["a", "b"], ["c", "d"]])
    named = do(book, "addNamedRange", namedRange={"name": "acik", "range": area(0, 2, 0, 1)})["namedRange"]
    assert named["range"] == {
        "startRowIndex": 0,
        "endRowIndex": 2,
        "startColumnIndex": 0,
        "endColumnIndex": 1,
    }
    assert held(book, "ACIK") == [["a"], ["c"]]
    given = {"namedRangeId": named["namedRangeId"], "name": "kapalı", "range": area(0, 1, 1, 2)}
    do(book, "updateNamedRange", namedRange=given, fields="range")
    assert held(book, "acik") == [["b"]]
    do(book, "updateNamedRange", namedRange=given, fields="name")
    assert [one["name"] for one in book.resource()["namedRanges"]] == ["kapalı"]
    do(book, "deleteNamedRange", namedRangeId=named["namedRangeId"])
    assert "namedRanges" not in book.resource()


@pytest.mark.parametrize("kind", ["updateNamedRange", "deleteNamedRange"])
def test_a_name_that_is_not_there_is_refused_in_googles_words(kind: str) -> None:
    body = {"namedRangeId": "7"}
    given = {"namedRange": body, "fields": "name"} if kind == "updateNamedRange" else body
    with pytest.raises(ApiError, match=rf"Invalid requests\[0\]\.{kind}: No NamedRange with id: 7"):
        do(book_of(), kind, **given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"name": "Var"},
            "Cannot add named range with name Var, a named range with that name already exists.",
        ),
        ({"name": "yeni", "namedRangeId": "7"}, "a named range with that id already exists."),
        ({"name": "A1"}, "Invalid name: A1"),
        ({"name": "iki söz"}, "Invalid name: iki söz"),
        ({"name": "1a"}, "Invalid name: 1a"),
        ({"name": "yeni", "range": area(0, 1, 0, 1, 5)}, "No grid with id: 5"),
    ],
)
def test_a_faulty_name_is_refused(given: dict[str, Any], message: str) -> None:
    book = book_of()
    do(book, "addNamedRange", namedRange={"name": "var", "namedRangeId": "7", "range": area(0, 1, 0, 1)})
    with pytest.raises(ApiError) as caught:
        do(book, "addNamedRange", namedRange={"range": area(0, 1, 0, 1), **given})
    assert caught.value.message.endswith(message)


def test_a_warning_has_no_editors_and_a_sheet_only_one_protection() -> None:
    book = book_of()
    editors = {"users": ["memur@ornek.bel.tr"]}
    with pytest.raises(ApiError, match=r"warningOnly\. Editors cannot be set on it"):
        do(
            book,
            "addProtectedRange",
            protectedRange={"range": area(0, 1, 0, 1), "warningOnly": True, "editors": editors},
        )
    do(book, "addProtectedRange", protectedRange={"range": {"sheetId": 0}, "editors": editors})
    with pytest.raises(ApiError, match='Sheet "Sheet1" already has sheet protection'):
        do(book, "addProtectedRange", protectedRange={"range": {"sheetId": 0}, "warningOnly": True})
    do(book, "addProtectedRange", protectedRange={"range": area(0, 1, 0, 1), "warningOnly": True})


def test_a_protection_lives_its_life() -> None:
    book = book_of()
    editors = {"users": ["memur@ornek.bel.tr"], "groups": []}
    given = {"range": area(0, 1, 0, 3), "description": "Başlık", "editors": editors, "warningOnly": False}
    kept = do(book, "addProtectedRange", protectedRange=given)["protectedRange"]
    assert kept["editors"] == {"users": ["memur@ornek.bel.tr"]}
    assert kept["requestingUserCanEdit"] is True
    change = {"protectedRangeId": kept["protectedRangeId"], "warningOnly": True, "description": "x"}
    do(book, "updateProtectedRange", protectedRange=change, fields="warningOnly")
    [found] = sheet_of(book)["protectedRanges"]
    assert (found["warningOnly"], found["description"], found["editors"]) == (True, "Başlık", {})
    with pytest.raises(ApiError, match="already exists"):
        do(book, "addProtectedRange", protectedRange={**given, "protectedRangeId": kept["protectedRangeId"]})
    do(book, "deleteProtectedRange", protectedRangeId=kept["protectedRangeId"])
    assert "protectedRanges" not in sheet_of(book)
    with pytest.raises(ApiError, match="No protected range with id"):
        do(book, "deleteProtectedRange", protectedRangeId=kept["protectedRangeId"])


def test_a_filter_hides_rows_sorts_them_and_shows_them_again() -> None:
    book = book_of([["Durum", "No"], ["Yeni", 3], ["Kapalı", 2], ["Yeni", 1]])
    criteria = {"0": {"hiddenValues": ["Kapalı"]}}
    given = {"range": area(0, 4, 0, 2), "criteria": criteria, "sortSpecs": [{"dimensionIndex": 1}]}
    do(book, "setBasicFilter", filter=given)
    assert plain(book) == [["Durum", "No"], ["Yeni", 1], ["Kapalı", 2], ["Yeni", 3]]
    found = sheet_of(book)["basicFilter"]
    assert found["criteria"] == criteria
    assert found["filterSpecs"] == [{"columnIndex": 0, "filterCriteria": criteria["0"]}]
    rows = book.resource(ranges=["A1:A4"], include_grid_data=True)["sheets"][0]["data"][0]["rowMetadata"]
    assert [one.get("hiddenByFilter", False) for one in rows] == [False, False, True, False]
    do(
        book,
        "sortRange",
        range=area(1, 4, 0, 2),
        sortSpecs=[{"dimensionIndex": 1, "sortOrder": "DESCENDING"}],
    )
    assert plain(book, "B2:B4") == [[3], [2], [1]], "a hidden row stays where it is"
    do(book, "clearBasicFilter", sheetId=0)
    rows = book.resource(ranges=["A1:A4"], include_grid_data=True)["sheets"][0]["data"][0]["rowMetadata"]
    assert not any("hiddenByFilter" in one for one in rows)
    assert "basicFilter" not in sheet_of(book)


def test_a_filter_over_the_whole_sheet_names_its_bounds() -> None:
    book = book_of()
    do(book, "setBasicFilter", filter={"range": {"sheetId": 0}})
    assert sheet_of(book)["basicFilter"]["range"] == {
        "startRowIndex": 0,
        "endRowIndex": 20,
        "startColumnIndex": 0,
        "endColumnIndex": 10,
    }


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ({"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "2"}]}, [3]),
        (
            {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}, {"userEnteredValue": "2"}]},
            [1, 2],
        ),
        ({"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": "2"}]}, [2]),
        ({"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A2<3"}]}, [1, 2]),
        ({"type": "BLANK"}, []),
    ],
)
def test_a_filter_judges_conditions(condition: dict[str, Any], left: list[int]) -> None:
    book = book_of([["No"], [1], [2], [3]])
    do(
        book,
        "setBasicFilter",
        filter={"range": area(0, 4, 0, 1), "criteria": {"0": {"condition": condition}}},
    )
    rows = book.resource(ranges=["A2:A4"], include_grid_data=True)["sheets"][0]["data"][0]["rowMetadata"]
    assert [at for at, one in enumerate(rows, start=1) if not one.get("hiddenByFilter")] == left


def test_a_filter_view_lives_its_life_and_moves_nothing() -> None:
    book = book_of([["No"], [2], [1]])
    view = do(book, "addFilterView", filter={"range": area(0, 3, 0, 1), "sortSpecs": [{"dimensionIndex": 0}]})
    found = view["filter"]
    assert (found["title"], plain(book)) == ("Filter 1", [["No"], [2], [1]])
    twin = do(book, "duplicateFilterView", filterId=found["filterViewId"])["filter"]
    assert (twin["title"], twin["filterViewId"] != found["filterViewId"]) == ("Copy of Filter 1", True)
    renamed = {"filterViewId": found["filterViewId"], "title": "Açık"}
    do(book, "updateFilterView", filter=renamed, fields="title")
    do(book, "deleteFilterView", filterId=twin["filterViewId"])
    assert [one["title"] for one in sheet_of(book)["filterViews"]] == ["Açık"]


def test_rules_are_known_by_their_place() -> None:
    book = book_of()
    rules = [{"ranges": [area(at, at + 1, 0, 1)], "booleanRule": BOLD_IF_FILLED} for at in range(3)]
    for rule in (rules[0], rules[1]):
        do(book, "addConditionalFormatRule", rule=rule, index=0)
    do(book, "addConditionalFormatRule", rule=rules[2], index=2)

    def order() -> list[int]:
        found = sheet_of(book)["conditionalFormats"]
        return [one["ranges"][0]["startRowIndex"] for one in found]

    assert order() == [1, 0, 2]
    moved = do(book, "updateConditionalFormatRule", sheetId=0, index=0, newIndex=2)
    assert (moved["oldIndex"], moved["newIndex"], order()) == (0, 2, [0, 2, 1])
    replaced = do(book, "updateConditionalFormatRule", index=1, rule=rules[0])
    assert (replaced["oldRule"]["ranges"][0]["startRowIndex"], order()) == (2, [0, 0, 1])
    gone = do(book, "deleteConditionalFormatRule", sheetId=0, index=2)
    assert (gone["rule"]["ranges"][0]["startRowIndex"], order()) == (1, [0, 0])
    for kind, body in (
        ("deleteConditionalFormatRule", {"sheetId": 0, "index": 2}),
        ("addConditionalFormatRule", {"rule": rules[0], "index": 9}),
    ):
        with pytest.raises(ApiError, match="No conditional format on sheet at index"):
            do(book, kind, **body)


def test_rules_and_bands_show_in_the_effective_format_alone() -> None:
    book = book_of([["Durum"], ["geç"], ["tamam"]])
    red, grey = {"red": 1}, {"red": 0.8, "green": 0.8, "blue": 0.8}
    late = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "geç"}]}
    rule = {"condition": late, "format": {"backgroundColor": red}}
    do(book, "addConditionalFormatRule", rule={"ranges": [area(1, 20, 0, 1)], "booleanRule": rule})
    bands = {
        "headerColor": grey,
        "firstBandColor": {"red": 1, "green": 1, "blue": 1},
        "secondBandColor": grey,
    }
    do(book, "addBanding", bandedRange={"range": area(0, 20, 0, 1), "rowProperties": bands})
    shown = [cell_of(book, name)["effectiveFormat"]["backgroundColor"] for name in ("A1", "A2", "A3")]
    assert shown == [grey, red, grey]
    assert "userEnteredFormat" not in cell_of(book, "A2")


def test_bands_do_not_overlap() -> None:
    book = book_of()
    given = {"range": area(0, 5, 0, 2), "rowProperties": {"firstBandColor": {"red": 1}}}
    made = do(book, "addBanding", bandedRange=given)["bandedRange"]
    with pytest.raises(ApiError, match="alternating background colors"):
        do(book, "addBanding", bandedRange=given)
    change = {"bandedRangeId": made["bandedRangeId"], "range": area(0, 9, 0, 2)}
    do(book, "updateBanding", bandedRange=change, fields="range")
    assert sheet_of(book)["bandedRanges"][0]["range"]["endRowIndex"] == 9
    do(book, "deleteBanding", bandedRangeId=made["bandedRangeId"])
    assert "bandedRanges" not in sheet_of(book)


def test_a_chart_lives_its_life() -> None:
    book = book_of([["a", 1]])
    place = {"overlayPosition": {"anchorCell": {"rowIndex": 2, "columnIndex": 3}, "widthPixels": 300}}
    chart = do(book, "addChart", chart={"spec": {"title": "A", "pieChart": {}}, "position": place})["chart"]
    assert chart["position"]["overlayPosition"] == {
        "anchorCell": {"rowIndex": 2, "columnIndex": 3},
        "widthPixels": 300,
        "heightPixels": 371,
    }
    do(book, "updateChartSpec", chartId=chart["chartId"], spec={"title": "B", "pieChart": {}})
    moved = {"overlayPosition": {"anchorCell": {"rowIndex": 9}, "widthPixels": 1}}
    told = do(
        book,
        "updateEmbeddedObjectPosition",
        objectId=chart["chartId"],
        newPosition=moved,
        fields="anchorCell",
    )
    assert told["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 9, "columnIndex": 0}
    [kept] = sheet_of(book)["charts"]
    assert (kept["spec"]["title"], kept["position"]["overlayPosition"]["widthPixels"]) == ("B", 300)
    do(book, "deleteEmbeddedObject", objectId=chart["chartId"])
    assert "charts" not in sheet_of(book)
    with pytest.raises(ApiError, match="No embedded object with id"):
        do(book, "deleteEmbeddedObject", objectId=chart["chartId"])
    with pytest.raises(ApiError) as caught:
        do(book, "addChart", chart={"spec": {}, "position": {"newSheet": True}})
    assert caught.value.status == 501


def test_a_slicer_is_kept() -> None:
    book = book_of()
    spec = {"dataRange": area(0, 3, 0, 2), "columnIndex": 1, "title": "Durum"}
    slicer = do(book, "addSlicer", slicer={"spec": spec})["slicer"]
    change = {"title": "Kanal", "columnIndex": 0}
    do(book, "updateSlicerSpec", slicerId=slicer["slicerId"], spec=change, fields="title")
    do(book, "insertDimension", range=span("ROWS", 0, 1))
    kept = sheet_of(book)["slicers"][0]["spec"]
    assert (kept["title"], kept["columnIndex"], kept["dataRange"]["startRowIndex"]) == ("Kanal", 1, 1)


def test_a_table_names_its_columns_and_goes_with_its_cells() -> None:
    book = book_of([["No", ""], ["1", "2"]])
    columns = [{"columnIndex": 1, "columnName": "Durum", "columnType": "TEXT"}]
    given = {"name": "Talepler", "range": area(0, 2, 0, 2), "columnProperties": columns}
    table = do(book, "addTable", table=given)["table"]
    assert [one["columnName"] for one in table["columnProperties"]] == ["No", "Durum"]
    assert held(book)[0] == ["No", "Durum"]
    with pytest.raises(ApiError, match="already exists"):
        do(book, "addTable", table={"name": "talepler", "range": area(5, 6, 0, 1)})
    with pytest.raises(ApiError, match="overlap"):
        do(book, "addTable", table={"range": area(1, 6, 0, 1)})
    do(book, "updateTable", table={"tableId": table["tableId"], "name": "Arşiv"}, fields="name")
    assert sheet_of(book)["tables"][0]["name"] == "Arşiv"
    do(book, "deleteTable", tableId=table["tableId"])
    assert (held(book), "tables" in sheet_of(book)) == ([], False)
