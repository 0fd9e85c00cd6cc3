"""gspread's own client, file by file: open, list, create, copy, share, import, export."""

import io
from datetime import timedelta

import gspread
import openpyxl
import pytest
from gspread.utils import ExportFormat

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.conftest import Clock
from tests.sheets_server.gspread_client import client
from tests.sheets_server.server import OWNER, SheetsServer


@pytest.fixture
def sheet(server: SheetsServer, account: ServiceAccount) -> str:
    return server.add_spreadsheet("Fen İşleri", shared_with=[account.email])


def test_a_spreadsheet_opens_by_title_key_and_address(google: gspread.Client, sheet: str) -> None:
    address = f"https://docs.google.com/spreadsheets/d/{sheet}/edit#gid=0"
    opened = [google.open("Fen İşleri"), google.open_by_key(sheet), google.open_by_url(address)]
    assert [each.id for each in opened] == [sheet] * 3
    assert opened[0].title == "Fen İşleri"
    assert [each.id for each in google.openall()] == [sheet]


def test_what_is_not_there_or_not_ours_raises_as_with_google(
    server: SheetsServer, google: gspread.Client
) -> None:
    with pytest.raises(gspread.SpreadsheetNotFound):
        google.open("Yok")
    with pytest.raises(gspread.SpreadsheetNotFound):
        google.open_by_key("yok")
    with pytest.raises(PermissionError):
        google.open_by_key(server.add_spreadsheet("Gizli"))


def test_creating_fails_for_want_of_storage_but_not_in_a_shared_drive(
    server: SheetsServer, account: ServiceAccount, google: gspread.Client
) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="storage quota has been exceeded"):
        google.create("Yeni")
    drive = server.add_shared_drive("Müdürlükler", [account.email])
    made = google.create("Yeni", folder_id=drive)
    assert [each["name"] for each in google.list_spreadsheet_files(folder_id=drive)] == ["Yeni"]
    copied = google.copy(made.id, title="Kopya", folder_id=drive)
    assert (copied.title, copied.id != made.id) == ("Kopya", True)
    google.del_spreadsheet(made.id)
    assert [each["name"] for each in google.list_spreadsheet_files()] == ["Kopya"]


def test_a_copy_takes_contents_shares_and_comments_along(
    server: SheetsServer, account: ServiceAccount
) -> None:
    server.gate.machines_own_storage = True
    google = client(account, server.url)
    made = google.create("Asıl")
    made.sheet1.update([["a", "b"]], "A1")
    made.share("memur@ornek.bel.tr", perm_type="user", role="reader", notify=False)
    copied = google.copy(made.id, title="Kopya", copy_permissions=True)
    assert copied.sheet1.get_all_values() == [["a", "b"]]
    assert {p["emailAddress"]: p["role"] for p in copied.list_permissions()} == {
        account.email: "owner",
        "memur@ornek.bel.tr": "reader",
    }
    assert google.copy(made.id).title == "Copy of Asıl"


def test_shares_are_given_listed_and_taken_back(
    server: SheetsServer, google: gspread.Client, sheet: str
) -> None:
    book = google.open_by_key(sheet)
    book.share("memur@ornek.bel.tr", perm_type="user", role="writer", email_message="Tablonuz hazır.")
    book.share("ornek.bel.tr", perm_type="domain", role="reader")
    book.share("", perm_type="anyone", role="reader")
    assert server.drive.notifications == [(sheet, "memur@ornek.bel.tr", "Tablonuz hazır.")]
    kinds = [(p["type"], p["role"]) for p in book.list_permissions()]
    assert sorted(kinds) == [
        ("anyone", "reader"),
        ("domain", "reader"),
        ("user", "owner"),
        ("user", "writer"),
        ("user", "writer"),
    ]
    assert len(book.remove_permissions("memur@ornek.bel.tr")) == 1
    assert "memur@ornek.bel.tr" not in [p.get("emailAddress") for p in book.list_permissions()]


def test_ownership_passes_on_by_gspread(server: SheetsServer) -> None:
    first, second = ServiceAccount.make(server, "bir"), ServiceAccount.make(server, "iki", "baska-belediye")
    identifier = server.add_spreadsheet("Devir", owner=first.email, shared_with=[second.email])
    giving, taking = (client(each, server.url).open_by_key(identifier) for each in (first, second))
    theirs = next(p["id"] for p in giving.list_permissions() if p["emailAddress"] == second.email)
    giving.transfer_ownership(theirs)
    taking.accept_ownership(theirs)
    assert {p["emailAddress"]: p["role"] for p in taking.list_permissions()} == {
        first.email: "writer",
        second.email: "owner",
    }


def test_a_csv_replaces_what_was_there_by_a_new_worksheet_called_like_the_file(
    google: gspread.Client, sheet: str
) -> None:
    book = google.open_by_key(sheet)
    book.add_worksheet("İkinci", 5, 5)
    book.sheet1.update([["eski"] * 9] * 9, "A1")
    book.sheet1.define_named_range("A1:B2", "Eski")
    google.import_csv(sheet, "Mahalle,Muhtar\nÇarşı,Ayşe Öz\nYeni,3\n")
    [made] = book.worksheets()
    assert (made.title, made.row_count, made.col_count) == ("Fen İşleri", 1000, 26)
    assert made.id != 0
    assert made.get_all_values() == [["Mahalle", "Muhtar"], ["Çarşı", "Ayşe Öz"], ["Yeni", "3"]]
    assert book.fetch_sheet_metadata()["properties"]["timeZone"] == "America/Los_Angeles"
    assert book.list_named_ranges() == []


def test_an_import_answers_with_a_file_of_drives_second_version(
    google: gspread.Client, sheet: str, account: ServiceAccount
) -> None:
    raw = google.http_client.request(
        "put",
        f"https://www.googleapis.com/upload/drive/v2/files/{sheet}",
        data=b"a,b",
        params={"uploadType": "media", "convert": True, "supportsAllDrives": True},
        headers={"Content-Type": "text/csv"},
    ).json()
    assert (raw["title"], raw["fileSize"], raw["editable"]) == ("Fen İşleri", "1024", True)
    assert raw["userPermission"]["role"] == "writer"
    assert raw["lastModifyingUserName"] == account.email
    assert raw["lastModifyingUser"]["isAuthenticatedUser"] is True


def test_exports_hold_what_the_sheet_shows(google: gspread.Client, sheet: str) -> None:
    book = google.open_by_key(sheet)
    book.sheet1.update([["Mahalle", "Not"], ["Çarşı", 'a, "b"\nc']], "A1")
    assert book.export(ExportFormat.CSV).decode() == 'Mahalle,Not\r\nÇarşı,"a, ""b""\nc"'
    assert book.export(ExportFormat.TSV).decode() == 'Mahalle\tNot\r\nÇarşı\ta, "b" c'
    workbook = openpyxl.load_workbook(io.BytesIO(book.export(ExportFormat.EXCEL)))
    assert list(workbook.worksheets[0].values) == [("Mahalle", "Not"), ("Çarşı", 'a, "b"\nc')]
    assert book.export(ExportFormat.PDF).startswith(b"%PDF-")
    assert book.export(ExportFormat.OPEN_OFFICE_SHEET).startswith(b"PK")
    assert book.export(ExportFormat.ZIPPED_HTML).startswith(b"PK")


def test_the_last_change_is_told_by_drive(
    server: SheetsServer, google: gspread.Client, sheet: str, clock: Clock
) -> None:
    book = google.open_by_key(sheet)
    before = book.get_lastUpdateTime()
    clock.forward(60)
    server.type_in(sheet, "A1", ["elle"], who=OWNER)
    assert book.get_lastUpdateTime() == before
    clock.forward(timedelta(minutes=3).total_seconds())
    assert book.get_lastUpdateTime() == "2026-12-07T06:01:00.000Z"
    book.sheet1.update([["yazılan"]], "A2")
    assert book.get_lastUpdateTime() == "2026-12-07T06:04:00.000Z"


def test_a_new_title_is_the_files_name_at_once(google: gspread.Client, sheet: str) -> None:
    google.open_by_key(sheet).update_title("Park ve Bahçeler")
    assert [each["name"] for each in google.list_spreadsheet_files()] == ["Park ve Bahçeler"]
    assert google.open("Park ve Bahçeler").id == sheet
