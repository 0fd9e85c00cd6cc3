"""What becomes of uploaded tables: text stays text, dates stay dates, and the answer to a deletion is empty."""

import io
from datetime import date
from typing import Any

import openpyxl

from tests.sheets_server.conftest import Ask
from tests.sheets_server.drive.convert import XLSX
from tests.sheets_server.drive.model import SPREADSHEET
from tests.sheets_server.server import OWNER, SheetsServer


def _uploaded(ask: Ask, identifier: str, media: bytes, kind: str) -> None:
    params = {"uploadType": "media", "convert": "true"}
    answer = ask(
        "PUT",
        f"/upload/drive/v2/files/{identifier}",
        params=params,
        data=media,
        headers={"Content-Type": kind},
        who=OWNER,
    )
    assert answer.ok, answer.text


def _workbook(*rows: list[Any]) -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    page = workbook.create_sheet("Sheet")
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_a_workbooks_text_stays_text_and_its_dates_stay_dates(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Fen İşleri")
    _uploaded(ask, identifier, _workbook(["007", date(2026, 12, 7), True, 1.5, "=1+1"]), XLSX)
    path = f"/v4/spreadsheets/{identifier}/values/Sheet!A1:E1"
    raw = ask("GET", path, params={"valueRenderOption": "UNFORMATTED_VALUE"}, who=OWNER).json()["values"]
    assert raw == [["007", 46363, True, 1.5, 2]]
    assert ask("GET", path, who=OWNER).json()["values"] == [["007", "2026-12-07", "TRUE", "1.5", "2"]]


def test_an_uploaded_text_makes_a_worksheet_called_like_its_file(ask: Ask) -> None:
    answer = ask(
        "POST",
        "/drive/v3/files",
        json={"name": "Muhtarlar", "mimeType": SPREADSHEET},
        who=OWNER,
    )
    identifier = answer.json()["id"]
    _uploaded(ask, identifier, b"a\tb", "text/tab-separated-values")
    told = ask("GET", f"/v4/spreadsheets/{identifier}/values/Muhtarlar", who=OWNER).json()
    assert told == {"range": "Muhtarlar!A1:Z1000", "majorDimension": "ROWS", "values": [["a", "b"]]}


def test_an_empty_upload_leaves_an_empty_worksheet(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Empty")
    server.type_in(identifier, "Sheet1!A1", ["eski"])
    _uploaded(ask, identifier, b"", "text/csv")
    told = ask("GET", f"/v4/spreadsheets/{identifier}/values/A1", who=OWNER).json()
    assert told == {"range": "Empty!A1", "majorDimension": "ROWS"}


def test_what_drive_tells_is_not_to_be_kept(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Tablo")
    told = ask("GET", f"/drive/v3/files/{identifier}", who=OWNER).headers
    assert (told["Cache-Control"], told["Pragma"], told["Vary"]) == (
        "no-cache, no-store, max-age=0, must-revalidate",
        "no-cache",
        "Origin, X-Origin",
    )
    assert ask("GET", f"/v4/spreadsheets/{identifier}", who=OWNER).headers["Cache-Control"] == "private"
    export = ask("GET", f"/drive/v3/files/{identifier}/export", params={"mimeType": "text/csv"}, who=OWNER)
    assert (export.headers["Content-Type"], export.headers["Content-Disposition"]) == (
        "text/csv",
        "attachment",
    )


def test_a_deletion_is_answered_with_nothing_that_calls_itself_html(server: SheetsServer, ask: Ask) -> None:
    answer = ask("DELETE", f"/drive/v3/files/{server.add_spreadsheet('Boş')}", who=OWNER)
    assert (answer.status_code, answer.content) == (204, b"")
    assert (answer.headers["Content-Type"], answer.headers["Content-Length"]) == ("text/html", "0")
