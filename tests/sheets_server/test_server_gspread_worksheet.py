"""gspread's everyday work on a worksheet, over HTTP and against the whole model: every method of a worksheet."""

from collections.abc import Callable
from typing import Any

import gspread
import pytest
from gspread.utils import (
    DateTimeOption,
    Dimension,
    MergeType,
    PasteType,
    TableDirection,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)
from gspread.worksheet import Worksheet

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.server import OWNER, SheetsServer

ROWS = [["Talep No", "Mahalle", "Adet"], ["2026-1", "Çarşı", 3], ["2026-2", "Yeni", 1]]
SHOWN = [["Talep No", "Mahalle", "Adet"], ["2026-1", "Çarşı", "3"], ["2026-2", "Yeni", "1"]]


@pytest.fixture
def book(server: SheetsServer, account: ServiceAccount, google: gspread.Client) -> gspread.Spreadsheet:
    server.meter.quotas = None
    return google.open_by_key(server.add_spreadsheet("Fen İşleri", shared_with=[account.email]))


@pytest.fixture
def page(book: gspread.Spreadsheet) -> Worksheet:
    made = book.add_worksheet("Talepler", 10, 6)
    made.update(ROWS, "A1")
    return made


def test_values_are_read_in_every_way(page: Worksheet) -> None:
    assert page.get_all_values() == SHOWN
    assert page.get("A2:C3", value_render_option=ValueRenderOption.unformatted) == ROWS[1:]
    assert page.get("A1:B2", major_dimension=Dimension.cols) == [["Talep No", "2026-1"], ["Mahalle", "Çarşı"]]
    assert page.batch_get(["A1", "C2:C3"]) == [[["Talep No"]], [["3"], ["1"]]]
    assert page.get_all_records() == [
        {"Talep No": "2026-1", "Mahalle": "Çarşı", "Adet": 3},
        {"Talep No": "2026-2", "Mahalle": "Yeni", "Adet": 1},
    ]
    assert page.row_values(2) == SHOWN[1]
    assert page.col_values(3) == ["Adet", "3", "1"]
    assert (page.acell("B2").value, page.cell(3, 2).value) == ("Çarşı", "Yeni")
    assert [cell.value for cell in page.range("A2:B2")] == ["2026-1", "Çarşı"]
    assert len(page.get_all_cells()) == 60
    assert page.expand("A1", TableDirection.right) == [SHOWN[0]]
    found = page.find("Çarşı")
    assert found is not None
    assert (found.row, found.col) == (2, 2)
    assert page.find("yok") is None
    assert [cell.address for cell in page.findall("2026-1")] == ["A2"]


def test_values_are_written_in_every_way(page: Worksheet) -> None:
    page.update_acell("A4", "2026-3")
    page.update_cell(4, 2, "Kale")
    cells = page.range("C4:D4")
    cells[0].value, cells[1].value = 7, "not"
    page.update_cells(cells)
    assert page.row_values(4) == ["2026-3", "Kale", "7", "not"]
    page.batch_update([{"range": "A5", "values": [["x"]]}, {"range": "B5:C5", "values": [["y", "z"]]}])
    assert page.row_values(5) == ["x", "y", "z"]
    page.append_row(["2026-4", "Son", 2])
    page.append_rows([["2026-5"], ["2026-6"]], value_input_option=ValueInputOption.user_entered)
    assert page.col_values(1)[5:] == ["2026-4", "2026-5", "2026-6"]
    page.insert_row(["başa"], 2)
    page.insert_rows([["bir"], ["iki"]], 3)
    assert page.col_values(1)[:5] == ["Talep No", "başa", "bir", "iki", "2026-1"]
    page.insert_cols([["Sıra", "1"]], 1)
    assert page.row_values(1)[:2] == ["Sıra", "Talep No"]
    page.batch_clear(["A1:A2", "B3"])
    assert (page.acell("A1").value, page.acell("B3").value) == (None, None)
    page.clear()
    assert page.get_all_values() == [[]]


def test_typed_input_is_understood_and_raw_input_is_not(page: Worksheet) -> None:
    page.update([["=1+2", "2026-12-07", "%10"]], "A5", raw=False)
    page.update([["=1+2", "2026-12-07", "%10"]], "A6", raw=True)
    plain = ValueRenderOption.unformatted
    serial = DateTimeOption.serial_number
    typed = page.get("A5:B5", value_render_option=plain, date_time_render_option=serial)
    assert typed == [[3, 46363]]
    assert page.get("A5", value_render_option=ValueRenderOption.formula) == [["=1+2"]]
    assert page.get("A6:C6", value_render_option=plain) == [["=1+2", "2026-12-07", "%10"]]


def test_rows_and_columns_come_go_sort_and_hide(page: Worksheet) -> None:
    page.sort((3, "asc"), range="A2:C3")
    assert page.col_values(1) == ["Talep No", "2026-2", "2026-1"]
    page.add_rows(5)
    page.add_cols(2)
    assert (page.row_count, page.col_count) == (15, 8)
    page.resize(rows=12, cols=7)
    page.delete_rows(2)
    page.delete_columns(2)
    assert page.get_all_values() == [["Talep No", "Adet"], ["2026-1", "3"]]
    page.hide_rows(1, 2)
    page.unhide_rows(1, 2)
    page.hide_columns(1, 2)
    page.unhide_columns(1, 2)
    page.columns_auto_resize(0, 2)
    page.rows_auto_resize(0, 2)
    page.freeze(rows=1, cols=1)
    assert (page.frozen_row_count, page.frozen_col_count) == (1, 1)
    page.add_dimension_group_rows(1, 4)
    page.add_dimension_group_columns(1, 3)
    assert [each["depth"] for each in page.list_dimension_group_rows()] == [1]
    page.delete_dimension_group_rows(1, 4)
    assert page.list_dimension_group_rows() == []


def test_notes_formats_merges_and_validations_are_kept(book: gspread.Spreadsheet, page: Worksheet) -> None:
    page.insert_note("A2", "aranacak")
    page.update_notes({"B2": "iki", "C3": "üç"})
    assert page.get_note("A2") == "aranacak"
    assert page.get_notes() == [["", "", ""], ["aranacak", "iki", ""], ["", "", "üç"]]
    page.clear_note("A2")
    assert page.get_note("A2") == ""
    page.format("A1:C1", {"textFormat": {"bold": True}, "backgroundColor": {"red": 1.0, "green": 0.9}})
    page.batch_format([{"range": "C2:C3", "format": {"horizontalAlignment": "RIGHT"}}])
    page.add_validation(
        "B2:B9", ValidationConditionType.one_of_list, ["Çarşı", "Yeni"], showCustomUi=True, strict=True
    )
    page.merge_cells("A5:B6")
    page.batch_merge([{"range": "C5:D6"}], MergeType.merge_rows)
    told = book.fetch_sheet_metadata({"includeGridData": "true", "ranges": "Talepler!A1:B6"})
    [sheet] = told["sheets"]
    first = sheet["data"][0]["rowData"][0]["values"][0]
    assert first["userEnteredFormat"]["textFormat"]["bold"] is True
    rule = sheet["data"][0]["rowData"][1]["values"][1]["dataValidation"]
    assert (rule["condition"]["type"], rule["strict"]) == ("ONE_OF_LIST", True)
    assert len(book.fetch_sheet_metadata()["sheets"][1]["merges"]) == 3
    page.unmerge_cells("A5:D6")
    assert "merges" not in book.fetch_sheet_metadata()["sheets"][1]


def test_ranges_are_named_protected_filtered_copied_and_cut(
    book: gspread.Spreadsheet, page: Worksheet
) -> None:
    named = page.define_named_range("A2:B3", "acik")["replies"][0]["addNamedRange"]["namedRange"]
    assert [cell.value for cell in book.named_range("acik")] == ["2026-1", "Çarşı", "2026-2", "Yeni"]
    assert [each["name"] for each in book.list_named_ranges()] == ["acik"]
    page.delete_named_range(named["namedRangeId"])
    assert book.list_named_ranges() == []
    page.add_protected_range("A1:C1", ["mudur@ornek.bel.tr"], description="başlık")
    [protected] = book.list_protected_ranges(page.id)
    assert protected["description"] == "başlık"
    page.delete_protected_range(protected["protectedRangeId"])
    page.set_basic_filter("A1:C3")
    assert "basicFilter" in book.fetch_sheet_metadata()["sheets"][1]
    page.clear_basic_filter()
    page.copy_range("A2:B2", "A7", PasteType.values)
    page.cut_range("A3:C3", "A8")
    assert page.row_values(7) == ["2026-1", "Çarşı"]
    assert (page.row_values(3), page.row_values(8)) == ([], ["2026-2", "Yeni", "1"])


@pytest.mark.parametrize("only_warns", [False, True])
def test_the_owner_is_among_the_editors_of_a_protected_range(page: Worksheet, only_warns: bool) -> None:
    told = page.add_protected_range("A1:B2", warning_only=only_warns)
    assert told["replies"][0]["addProtectedRange"]["protectedRange"]["editors"] == {}
    [protected] = page.spreadsheet.list_protected_ranges(page.id)
    assert protected["editors"] == {"users": [OWNER]}
    assert protected.get("warningOnly", False) is only_warns
    asked = {"requests": [{"deleteProtectedRange": {"protectedRangeId": protected["protectedRangeId"]}}]}
    seen = page.add_protected_range("C1", [OWNER.upper(), "memur@ornek.bel.tr"])["replies"][0]
    assert len(seen["addProtectedRange"]["protectedRange"]["editors"]["users"]) == 2
    after = page.spreadsheet.batch_update({**asked, "includeSpreadsheetInResponse": True})[
        "updatedSpreadsheet"
    ]
    [left] = after["sheets"][1]["protectedRanges"]
    assert left["editors"]["users"] == [OWNER.upper(), "memur@ornek.bel.tr"]


def test_worksheets_are_added_moved_renamed_coloured_and_deleted(
    server: SheetsServer, account: ServiceAccount, book: gspread.Spreadsheet, page: Worksheet
) -> None:
    first = book.sheet1
    double = page.duplicate(new_sheet_name="Arşiv")
    assert double.get_all_values() == SHOWN
    book.reorder_worksheets([page, double, first])
    assert [each.title for each in book.worksheets()][:2] == ["Talepler", "Arşiv"]
    page.update_title("Açık Talepler")
    page.update_tab_color("#00FF00")
    assert book.worksheet("Açık Talepler").get_tab_color() == "#00FF00"
    page.clear_tab_color()
    page.update_index(3)
    double.hide()
    assert "Arşiv" not in [each.title for each in book.worksheets(exclude_hidden=True)]
    double.show()
    page.hide_gridlines()
    page.show_gridlines()
    other = server.add_spreadsheet("Park", shared_with=[account.email])
    copied = page.copy_to(other)
    assert copied["title"].endswith("Açık Talepler")
    book.del_worksheet(double)
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Arşiv")
    assert book.get_worksheet_by_id(page.id).title == "Açık Talepler"
    assert book.get_worksheet(1).id == page.id


def test_the_spreadsheets_own_settings_change(book: gspread.Spreadsheet) -> None:
    book.update_locale("tr_TR")
    book.update_timezone("Europe/Istanbul")
    book.update_title("Yeni Ad")
    told = book.fetch_sheet_metadata({"fields": "properties(title,locale,timeZone)"})
    assert told == {"properties": {"title": "Yeni Ad", "locale": "tr_TR", "timeZone": "Europe/Istanbul"}}
    assert (book.title, book.locale, book.timezone) == ("Yeni Ad", "tr_TR", "Europe/Istanbul")
    book.update_drive_metadata()
    assert book.creationTime == "2026-12-07T06:00:00.000Z"


def test_the_low_level_calls_reach_the_same_values(book: gspread.Spreadsheet) -> None:
    book.values_update("A1", {"valueInputOption": "RAW"}, {"values": [["a", "b"]]})
    book.values_append("A1", {"valueInputOption": "RAW"}, {"values": [["c", "d"]]})
    assert book.values_get("A1:B2")["values"] == [["a", "b"], ["c", "d"]]
    many = book.values_batch_get(["A1", "B2"], {"majorDimension": "COLUMNS"})["valueRanges"]
    assert [each["values"] for each in many] == [[["a"]], [["d"]]]
    data = [{"range": "C1", "values": [["e"]]}, {"range": "C2", "values": [["f"]]}]
    assert book.values_batch_update({"valueInputOption": "RAW", "data": data})["totalUpdatedCells"] == 2
    book.values_clear("A1")
    book.values_batch_clear(body={"ranges": ["B1", "C2"]})
    assert book.sheet1.get_all_values() == [["", "", "e"], ["c", "d", ""]]


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda page: page.get("Yok!A1"), "Unable to parse range"),
        (lambda page: page.spreadsheet.add_worksheet("Talepler", 5, 5), "already exists"),
        (
            lambda page: page.update([[{"a": 1}]], "A1"),
            r"Invalid values\[0\]\[0\]: struct_value {\n  fields {\n    key",
        ),
        (lambda page: page.update([["x", [1]]], "A1"), r"Invalid values\[0\]\[1\]: list_value {\n  values {"),
        (lambda page: page.spreadsheet.batch_update({"requests": []}), "Must specify at least one request"),
        (
            lambda page: page.spreadsheet.batch_update({"requests": [{}]}),
            r"Invalid requests\[0\]: No request set",
        ),
        (
            lambda page: page.spreadsheet.batch_update(
                {"requests": [{"updateSheetProperties": {"properties": {"title": "x"}, "fields": "titel"}}]}
            ),
            r"Invalid requests\[0\].updateSheetProperties: Invalid field: titel",
        ),
        (lambda page: page.update(["A"], "A1"), "ListValue"),
        (lambda page: page.spreadsheet.values_update("A1", {}, {"values": [[1]]}), "valueInputOption"),
        (lambda page: page.spreadsheet.del_worksheet_by_id(999), "Invalid requests"),
        (lambda page: page.update([["x"]], "A999"), "exceeds grid limits"),
    ],
)
def test_a_mistake_raises_googles_error(
    page: Worksheet, act: Callable[[Worksheet], Any], message: str
) -> None:
    with pytest.raises(gspread.exceptions.APIError, match=message) as caught:
        act(page)
    assert caught.value.code == 400
    assert caught.value.error["status"] == "INVALID_ARGUMENT"
