"""What Google refuses although the JSON fits its schema: fields, places and spaces that there are not."""

from typing import Any

import pytest

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.conftest import Ask
from tests.sheets_server.drive import files_api
from tests.sheets_server.drive.convert import XLSX
from tests.sheets_server.drive.model import SPREADSHEET
from tests.sheets_server.server import OWNER, SheetsServer

FILES = "/drive/v3/files"


@pytest.fixture
def sheet(server: SheetsServer, account: ServiceAccount) -> str:
    return server.add_spreadsheet("Fen İşleri", shared_with=[account.email])


def _refused(ask: Ask, sheet: str, request: dict[str, Any]) -> str:
    answer = ask("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", json={"requests": [request]})
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"
    return str(answer.json()["error"]["message"])


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {"updateSheetProperties": {"properties": {"sheetId": 0}, "fields": "renk"}},
            "Invalid requests[0].updateSheetProperties: Invalid field: renk",
        ),
        (
            {"repeatCell": {"range": {}, "cell": {}, "fields": "userEnteredFormat(textFormat(kalin))"}},
            "Invalid requests[0].repeatCell: Invalid field: user_entered_format.text_format.kalin",
        ),
        (
            {"updateSpreadsheetProperties": {"properties": {"title": "a"}, "fields": "properties.title"}},
            "Invalid requests[0].updateSpreadsheetProperties: Invalid field: properties",
        ),
    ],
)
def test_a_mask_that_names_no_field_is_refused(
    ask: Ask, sheet: str, request_: dict[str, Any], message: str
) -> None:
    assert _refused(ask, sheet, request_) == message


def test_a_mask_may_name_fields_as_protocol_buffers_do(ask: Ask, sheet: str) -> None:
    rows = [{"values": [{"userEnteredValue": {"stringValue": "a"}}]}]
    request = {
        "updateCells": {
            "rows": rows,
            "fields": "user_entered_value",
            "start": {"sheetId": 0, "rowIndex": 0, "columnIndex": 0},
        }
    }
    assert ask("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", json={"requests": [request]}).ok
    assert ask("GET", f"/v4/spreadsheets/{sheet}/values/A1").json()["values"] == [["a"]]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("locale", "xx_YY", "Unsupported locale: xx_YY"),
        ("locale", "Türkçe", "Unsupported locale: Türkçe"),
        ("timeZone", "Mars/Olympus", "Invalid time zone: Mars/Olympus"),
    ],
)
def test_a_locale_or_time_zone_that_there_is_not_is_refused(
    ask: Ask, sheet: str, name: str, value: str, message: str
) -> None:
    request = {"updateSpreadsheetProperties": {"properties": {name: value}, "fields": name}}
    assert _refused(ask, sheet, request) == f"Invalid requests[0].updateSpreadsheetProperties: {message}"
    made = ask("POST", "/v4/spreadsheets", json={"properties": {name: value}}, who=OWNER)
    assert (made.status_code, made.json()["error"]["message"]) == (400, message)


@pytest.mark.parametrize(
    ("name", "value"),
    [("locale", "tr_TR"), ("locale", "fil"), ("locale", "in_ID"), ("timeZone", "GMT+03:00")],
)
def test_locales_by_language_and_zones_by_distance_are_taken(
    ask: Ask, sheet: str, name: str, value: str
) -> None:
    request = {"updateSpreadsheetProperties": {"properties": {name: value}, "fields": name}}
    assert ask("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", json={"requests": [request]}).ok


def test_a_number_that_json_has_not_is_shown_where_it_stands(ask: Ask, sheet: str) -> None:
    raw = '{"values": [["NaN", 43344, "None", NaN], ["180901"]]}'
    path = f"/v4/spreadsheets/{sheet}/values/A1:D2"
    answer = ask("PUT", path, params={"valueInputOption": "RAW"}, data=raw)
    assert answer.status_code == 400
    start, shown, caret = answer.json()["error"]["message"].split("\n")
    assert start == "Invalid JSON payload received. Unexpected token."
    assert shown == 'aN", 43344, "None", NaN], ["180901"]]}'
    assert caret == " " * 20 + "^"


@pytest.mark.parametrize("raw", [b'{"values": [["\xff", 1-2]]}', b"[1e999, 1-2]", b"NaN", b"1e", b"{"])
def test_whatever_is_no_json_is_refused(ask: Ask, sheet: str, raw: bytes) -> None:
    answer = ask("PUT", f"/v4/spreadsheets/{sheet}/values/A1", params={"valueInputOption": "RAW"}, data=raw)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith("Invalid JSON payload received. Unexpected token.")


def test_a_workbook_that_was_not_converted_is_no_spreadsheet(ask: Ask) -> None:
    made = ask("POST", FILES, json={"name": "tablo.xlsx", "mimeType": XLSX}, who=OWNER).json()
    answer = ask("GET", f"/v4/spreadsheets/{made['id']}", params={"alt": "json"}, who=OWNER)
    assert answer.json()["error"] == {
        "code": 400,
        "message": "This operation is not supported for this document",
        "errors": [
            {
                "message": "This operation is not supported for this document",
                "domain": "global",
                "reason": "failedPrecondition",
            }
        ],
        "status": "FAILED_PRECONDITION",
    }


def test_an_export_has_a_largest_size(
    server: SheetsServer, ask: Ask, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.type_in(sheet, "A1", ["on iki harf"])
    monkeypatch.setattr(files_api, "_LARGEST_EXPORT", 5)
    answer = ask("GET", f"{FILES}/{sheet}/export", params={"mimeType": "text/csv"})
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (
        403,
        "exportSizeLimitExceeded",
    )


def test_a_share_without_its_address_is_refused_as_recorded(ask: Ask, sheet: str) -> None:
    answer = ask("POST", f"{FILES}/{sheet}/permissions", json={"type": "domain", "role": "writer"})
    message = "The domain field is required for permissions of type 'domain'."
    assert answer.json()["error"] == {
        "code": 400,
        "message": message,
        "errors": [
            {
                "message": message,
                "domain": "global",
                "reason": "required",
                "location": "permission.domain",
                "locationType": "other",
            }
        ],
    }


def test_a_colours_parts_come_back_in_eight_bits_and_single_precision(ask: Ask, sheet: str) -> None:
    colour = {"red": 1.0, "green": 0.1, "blue": 0.25882352941}
    request = {
        "updateSheetProperties": {
            "properties": {"sheetId": 0, "tabColorStyle": {"rgbColor": colour}},
            "fields": "tabColorStyle",
        }
    }
    assert ask("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", json={"requests": [request]}).ok
    fields = {"fields": "sheets.properties.tabColorStyle", "prettyPrint": "false"}
    told = ask("GET", f"/v4/spreadsheets/{sheet}", params=fields).text
    assert '"rgbColor":{"red":1,"green":0.09803922,"blue":0.25882354}' in told


def test_answers_are_indented_unless_asked_not_to(ask: Ask, sheet: str) -> None:
    path = f"/v4/spreadsheets/{sheet}"
    params = {"fields": "properties.locale"}
    assert ask("GET", path, params=params).text == '{\n  "properties": {\n    "locale": "en_US"\n  }\n}\n'
    assert (
        ask("GET", path, params={**params, "prettyPrint": "false"}).text
        == '{"properties":{"locale":"en_US"}}'
    )
    assert ask("GET", "/v4/spreadsheets/yok").text.startswith('{\n  "error": {\n    "code": 404,\n')


def test_want_of_storage_is_told_as_a_limit_of_use(ask: Ask) -> None:
    answer = ask("POST", FILES, json={"name": "x", "mimeType": SPREADSHEET})
    [told] = answer.json()["error"]["errors"]
    assert (answer.status_code, told["domain"], told["reason"]) == (
        403,
        "usageLimits",
        "storageQuotaExceeded",
    )


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "bir"])
def test_what_is_no_finite_number_is_refused(ask: Ask, sheet: str, number: str) -> None:
    rows = [{"values": [{"userEnteredValue": {"numberValue": number}}]}]
    request = {"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}}
    place = "requests[0].append_cells.rows[0].values[0].user_entered_value.number_value"
    assert _refused(ask, sheet, request) == f"Invalid value at '{place}' (TYPE_DOUBLE), \"{number}\""


@pytest.mark.parametrize("body", [{"id": "x"}, {"createdTime": "2020-01-01T00:00:00Z"}, {"size": "1"}])
def test_drive_takes_no_field_that_only_drive_writes(ask: Ask, sheet: str, body: dict[str, str]) -> None:
    answer = ask("PATCH", f"{FILES}/{sheet}", json=body)
    assert answer.status_code == 403
    assert answer.json()["error"]["errors"][0]["reason"] == "fieldNotWritable"


def test_the_time_of_the_last_change_may_be_set(ask: Ask, sheet: str) -> None:
    moment = "2020-01-01T00:00:00.000Z"
    ask("PATCH", f"{FILES}/{sheet}", json={"modifiedTime": moment})
    told = ask("GET", f"{FILES}/{sheet}", params={"fields": "modifiedTime"}).json()
    assert told == {"modifiedTime": moment}


@pytest.mark.parametrize("verb", ["DELETE", "PATCH"])
def test_a_root_folder_is_left_as_it_is(ask: Ask, sheet: str, verb: str) -> None:
    answer = ask(verb, f"{FILES}/root", json={"name": "x"}, who=OWNER)
    assert answer.status_code == 403
    assert ask("GET", f"/v4/spreadsheets/{sheet}", who=OWNER).ok


@pytest.mark.parametrize(
    ("verb", "path", "missing"),
    [
        ("POST", "/drive/v3/drives", "requestId"),
        ("GET", "/drive/v3/changes", "pageToken"),
        ("GET", f"{FILES}/SHEET/export", "mimeType"),
    ],
)
def test_a_required_parameter_that_is_missing_is_named(
    ask: Ask, sheet: str, verb: str, path: str, missing: str
) -> None:
    answer = ask(verb, path.replace("SHEET", sheet), json={"name": "x"}, who=OWNER)
    assert answer.status_code == 400
    [told] = answer.json()["error"]["errors"]
    assert (told["reason"], told["location"], told["message"]) == (
        "required",
        missing,
        f"Required parameter: {missing}",
    )


def test_a_shared_drive_is_found_by_name_and_one_that_is_not_there_has_no_changes(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    for name in ("Müdürlükler", "Arşiv"):
        server.add_shared_drive(name, [account.email])
    found = ask("GET", "/drive/v3/drives", params={"q": "name = 'Arşiv'"}).json()["drives"]
    assert [each["name"] for each in found] == ["Arşiv"]
    token = ask("GET", "/drive/v3/changes/startPageToken", params={"driveId": "yok"})
    assert (token.status_code, token.json()["error"]["errors"][0]["location"]) == (404, "driveId")


def test_a_search_in_another_space_needs_another_scope(ask: Ask, sheet: str) -> None:
    hidden = ask("GET", FILES, params={"spaces": "appDataFolder"})
    assert (hidden.status_code, hidden.json()["error"]["errors"][0]["reason"]) == (403, "insufficientScopes")
    assert ask("GET", FILES, params={"spaces": "uzay"}).status_code == 400
    assert [each["id"] for each in ask("GET", FILES, params={"spaces": "drive"}).json()["files"]] == [sheet]


def test_a_body_may_come_as_repeated_parameters(ask: Ask, sheet: str) -> None:
    answer = ask("POST", f"/v4/spreadsheets/{sheet}/values:batchClear", params={"ranges": ["A1", "B1:C2"]})
    assert answer.json()["clearedRanges"] == ["Sheet1!A1", "Sheet1!B1:C2"]


def test_a_blank_in_the_answers_mask_is_refused_by_sheets_and_overlooked_by_drive(
    ask: Ask, sheet: str
) -> None:
    params = {"fields": "spreadsheetId, properties.title"}
    assert ask("GET", f"/v4/spreadsheets/{sheet}", params=params).status_code == 400
    assert ask("GET", f"{FILES}/{sheet}", params={"fields": "id, name"}).ok
