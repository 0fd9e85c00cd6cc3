"""Partial answers: which fields a mask lets through, and which masks are none."""

from typing import Any

import pytest

from tests.sheets_server.masks import applied, mask_of, wants
from tests.sheets_server.wire import Refusal
from tests.sheets_server.write_masks import check_write_masks

BOOK: dict[str, Any] = {
    "spreadsheetId": "k",
    "properties": {"title": "Fen İşleri", "locale": "tr_TR"},
    "sheets": [
        {
            "properties": {"sheetId": 0, "title": "Talepler"},
            "data": [{"rowData": [{"values": [{"note": "n"}, {}]}]}],
        },
        {"properties": {"sheetId": 1, "title": "Arşiv"}},
    ],
}


@pytest.mark.parametrize(
    ("mask", "left"),
    [
        ("spreadsheetId", {"spreadsheetId": "k"}),
        ("properties.title", {"properties": {"title": "Fen İşleri"}}),
        (
            "sheets.properties.title",
            {"sheets": [{"properties": {"title": "Talepler"}}, {"properties": {"title": "Arşiv"}}]},
        ),
        (
            "sheets(properties(sheetId))",
            {"sheets": [{"properties": {"sheetId": 0}}, {"properties": {"sheetId": 1}}]},
        ),
        (
            "sheets/data/rowData/values/note",
            {"sheets": [{"data": [{"rowData": [{"values": [{"note": "n"}, {}]}]}]}, {}]},
        ),
        ("spreadsheetId,properties/locale", {"spreadsheetId": "k", "properties": {"locale": "tr_TR"}}),
        ("spreadsheet_id", {"spreadsheetId": "k"}),
        ("properties/*", {"properties": {"title": "Fen İşleri", "locale": "tr_TR"}}),
        ("*", BOOK),
        ("properties,properties/title", {"properties": {"title": "Fen İşleri", "locale": "tr_TR"}}),
        ("namedRanges", {}),
    ],
)
def test_a_mask_leaves_what_it_names(mask: str, left: dict[str, Any]) -> None:
    assert applied(mask_of(mask, "sheets", "Spreadsheet"), BOOK) == left


@pytest.mark.parametrize(
    "mask",
    [
        "foo",
        "sheets.foo",
        "sheets(properties",
        "sheets)",
        "a,,b",
        "sheets(,)",
        "é",
        "spreadsheetId, properties",
    ],
)
def test_what_is_no_mask_is_refused(mask: str) -> None:
    with pytest.raises(Refusal, match="Request contains an invalid argument") as caught:
        mask_of(mask, "sheets", "Spreadsheet")
    [violation] = caught.value.details[0]["fieldViolations"]
    assert violation["description"].startswith("Error expanding 'fields' parameter.")


def test_drive_names_the_field_that_it_does_not_know() -> None:
    with pytest.raises(Refusal) as caught:
        mask_of("files(id,foo)", "drive", "FileList")
    assert caught.value.message == "Invalid field selection foo"
    assert caught.value.location == ("parameter", "fields")


def test_a_mask_says_whether_cells_are_wanted() -> None:
    wanted = ("sheets", "data")
    assert wants(mask_of("sheets.data.rowData", "sheets", "Spreadsheet"), *wanted)
    assert wants(mask_of("*", "sheets", "Spreadsheet"), *wanted)
    assert not wants(mask_of("sheets.properties,namedRanges", "sheets", "Spreadsheet"), *wanted)


@pytest.mark.parametrize(
    ("kind", "mask"),
    [
        ("updateSheetProperties", "title,gridProperties/rowCount"),
        ("repeatCell", "userEnteredFormat(textFormat.bold,numberFormat)"),
        ("updateCells", "*"),
        ("updateDimensionProperties", "pixel_size"),
        ("updateSheetProperties", ""),
        ("sortRange", "foo"),
    ],
)
def test_a_request_names_fields_of_what_it_changes(kind: str, mask: str) -> None:
    check_write_masks([{kind: {"fields": mask}}])


@pytest.mark.parametrize(
    ("kind", "mask", "unknown"),
    [
        ("updateSheetProperties", "properties.title", "properties"),
        ("repeatCell", "note,userEnteredFormat(textFormat.fat)", "user_entered_format.text_format.fat"),
        ("updateNamedRange", "title", "title"),
    ],
)
def test_a_field_that_is_none_of_what_is_changed_is_refused(kind: str, mask: str, unknown: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_write_masks([{"clearBasicFilter": {"sheetId": 0}}, {kind: {"fields": mask}}])
    assert (caught.value.status, caught.value.message) == (
        400,
        f"Invalid requests[1].{kind}: Invalid field: {unknown}",
    )
