"""Google's spreadsheets: the contract, races, time-outs, rights, quotas; against the stand-in over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.sheet import TALEPLER, Append, Changes
from daemon.mappings import OfficeFacts, load_mappings
from daemon.ports.files import FILE
from daemon.ports.spreadsheets import Workbook
from daemon.resources import shipped
from daemon.sheets.google import Account, Calls
from daemon.sheets.google.calls import SHEETS
from tests.sheets.contract import WorkbookContract, appended, column, request_row, rows
from tests.sheets.google_people import GoogleOffice, small_registry
from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.errors import ApiError
from tests.sheets_server.faults import Fault, What
from tests.sheets_server.server import SheetsServer

MAPPINGS = load_mappings(
    shipped("mappings.yaml"),
    OfficeFacts("Örnek Belediyesi Muhtarlık", "muhtarlik@ornek.bel.tr", "mudur@ornek.bel.tr"),
)


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer(quotas=None) as running:
        yield running


@pytest.fixture
def office(server: SheetsServer, tmp_path: Path) -> GoogleOffice:
    office = GoogleOffice(server, tmp_path, small_registry(MAPPINGS.office.registry, ("fen", "park")))
    office.move_to_shared_drive()
    return office


@pytest.fixture
def workbook(office: GoogleOffice) -> Workbook:
    return office.google.all(office.registry, MAPPINGS.categories)["fen"]


class TestGoogleWorkbook(WorkbookContract):
    """Nothing of its own: the contract."""


# --- what is special about Google -------------------------------------------------------------------------


@pytest.fixture
def filled(workbook: Workbook) -> Workbook:
    workbook.set_up()
    workbook.write(appended("Talepler", *(request_row(n) for n in (1, 2, 3))), workbook.read())
    return workbook


def where(office: GoogleOffice, code: str = "fen") -> str:
    return office.notes.get(f"google/where/{code}")


def sheet_of(office: GoogleOffice, title: str) -> dict[str, Any]:
    found = office.server.books[where(office)].resource(ranges=[title], include_grid_data=True)
    return next(each for each in found["sheets"] if each["properties"]["title"] == title)


def test_days_are_real_dates_in_a_turkish_spreadsheet(office: GoogleOffice, filled: Workbook) -> None:
    properties = office.server.books[where(office)].resource()["properties"]
    assert (properties["locale"], properties["timeZone"]) == ("tr_TR", "Europe/Istanbul")
    received = sheet_of(office, "Talepler")["data"][0]["rowData"][1]["values"][1]
    assert received["formattedValue"] == "01.11.2026"
    assert received["effectiveFormat"]["numberFormat"]["type"] == "DATE"


def test_a_change_of_format_alone_is_no_edit(office: GoogleOffice, filled: Workbook) -> None:
    before = rows(filled.read())
    sheet_id = sheet_of(office, "Talepler")["properties"]["sheetId"]
    plain = {"userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": "0"}}}
    column = {"sheetId": sheet_id, "startRowIndex": 1, "startColumnIndex": 10, "endColumnIndex": 11}
    office.server.edit(
        where(office),
        {"repeatCell": {"range": column, "cell": plain, "fields": "userEnteredFormat.numberFormat"}},
    )
    assert rows(filled.read()) == before


def test_columns_that_may_not_leave_the_house_are_not_there(office: GoogleOffice, workbook: Workbook) -> None:
    office.another_process(columns=("Konu", "Son Tarih"))
    book = office.google.all(office.registry, MAPPINGS.categories)["fen"]
    book.set_up()
    book.write(appended("Talepler", request_row(1, headman="Ayşe Örnek", description="Gizli")), book.read())
    found = office.server.books[where(office)].values_get("Talepler!A1:Z5", {})["values"]
    assert found[0] == ["Talep No", "Konu", "Durum", "Son Tarih"]
    assert "Gizli" not in str(found)
    assert book.read().tables["Talepler"].missing == ()


def test_what_is_not_spared_column_by_column_is_read_with_one_call(
    office: GoogleOffice, filled: Workbook
) -> None:
    office.calls.counted.clear()
    filled.read()
    assert office.calls.counted == {"read": 1}


def test_new_rows_are_one_write_without_a_read(office: GoogleOffice, filled: Workbook) -> None:
    snapshot = filled.read()
    office.calls.counted.clear()
    filled.write(appended("Talepler", *(request_row(n) for n in range(4, 28))), snapshot)
    assert office.calls.counted == {"write": 1}


# --- attachments ------------------------------------------------------------------------------------------


def link_of(office: GoogleOffice, row: int = 4) -> str:
    cell = sheet_of(office, "Talepler")["data"][0]["rowData"][row]["values"][15]
    return str(cell.get("userEnteredFormat", {}).get("textFormat", {}).get("link", {}).get("uri", ""))


def with_attachment(book: Workbook, link: str) -> None:
    row = request_row(9, attachments="foto.jpg")
    book.write(Changes(appends=(Append("Talepler", row, {"attachments": link}),)), book.read())


def test_an_attachment_goes_to_a_folder_next_to_the_spreadsheets_once(
    office: GoogleOffice, filled: Workbook
) -> None:
    with_attachment(filled, f"{FILE}ab/0123456789ab-foto.jpg")
    [photo] = [file for file in office.server.drive.files.values() if file.name == "foto.jpg"]
    assert office.server.drive.files[photo.parents[0]].name == "Ekler"
    assert photo.id in link_of(office)
    with_attachment(filled, f"{FILE}ab/0123456789ab-foto.jpg")
    assert [file.name for file in office.server.drive.files.values()].count("foto.jpg") == 1


@pytest.mark.parametrize("fault", ["cut_after", "cut_before"])
def test_an_attachment_whose_upload_was_cut_is_put_into_drive_once(
    office: GoogleOffice, filled: Workbook, fault: What
) -> None:
    """The same when the daemon dies over it: what it has noted is all that the next one knows."""
    office.server.faults.add(Fault(fault, verb="POST", path="/upload/"))
    with pytest.raises(Temporary):
        with_attachment(filled, f"{FILE}ab/0123456789ab-foto.jpg")
    again = office.another_process().all(office.registry, MAPPINGS.categories)["fen"]
    with_attachment(again, f"{FILE}ab/0123456789ab-foto.jpg")
    [photo] = [file for file in office.server.drive.files.values() if file.name == "foto.jpg"]
    assert photo.id in link_of(office)


@pytest.mark.parametrize("role", ["organizer", "fileOrganizer"])
def test_an_erased_file_leaves_drive_as_far_as_the_account_may(
    office: GoogleOffice, filled: Workbook, role: str
) -> None:
    """A shared drive's manager removes for good, a content manager into the bin."""
    office.drive = office.server.add_shared_drive("Ekler sürücüsü", [(office.email, role)])
    book = office.another_process().all(office.registry, MAPPINGS.categories)["fen"]
    with_attachment(book, f"{FILE}ab/0123456789ab-foto.jpg")
    for _ in range(2):  # again is safe
        office.google.forget_files(["ab/0123456789ab-foto.jpg", "cd/0123456789ab-never-there.jpg"])
    photos = [file for file in office.server.drive.files.values() if file.name == "foto.jpg"]
    assert [file.trashed is not None for file in photos] == ([] if role == "organizer" else [True])
    assert not [key for key in office.notes.kept if "foto.jpg" in key and office.notes.kept[key]]


def test_without_a_shared_drive_an_attachment_keeps_its_own_link(
    office: GoogleOffice, filled: Workbook
) -> None:
    office.drive = ""
    office.another_process()
    book = office.google.all(office.registry, MAPPINGS.categories)["fen"]
    with_attachment(book, f"{FILE}ab/0123456789ab-foto.jpg")
    assert link_of(office) == "https://dosya.ornek.bel.tr/ab/0123456789ab-foto.jpg"


@pytest.mark.parametrize("link", ["file://sunucu/ekler/foto.jpg", "\\\\sunucu\\ekler", "javascript:alert(1)"])
def test_a_link_that_no_browser_opens_is_left_out(office: GoogleOffice, filled: Workbook, link: str) -> None:
    with_attachment(filled, link)
    assert link_of(office) == ""
    assert column(filled.read(), "attachments")[-1] == "foto.jpg"


# --- trouble ----------------------------------------------------------------------------------------------


def test_a_spreadsheet_in_the_trash_is_told(office: GoogleOffice, filled: Workbook) -> None:
    office.google.take_hints()
    office.server.trash(where(office))
    office.google.take_hints()
    with pytest.raises(Unprocessable) as told:
        filled.fingerprint()
    assert "çöp kutusunda" in told.value.reason
    office.server.trash(where(office), restore=True)
    office.google.take_hints()
    assert filled.fingerprint()


def test_a_worksheet_that_was_renamed_is_told_as_missing(office: GoogleOffice, filled: Workbook) -> None:
    sheet_id = sheet_of(office, "Talepler")["properties"]["sheetId"]
    renamed = {"properties": {"sheetId": sheet_id, "title": "Eski talepler"}, "fields": "title"}
    office.server.edit(where(office), {"updateSheetProperties": renamed})
    table = filled.read().tables["Talepler"]
    assert len(table.missing) == len(TALEPLER.columns)


def test_a_stale_answer_is_not_taken_for_the_state(office: GoogleOffice, filled: Workbook) -> None:
    office.server.keep_history = True
    filled.write(appended("Talepler", request_row(4)), filled.read())
    office.server.faults.add(Fault("stale", kind="read", revisions=1))
    with pytest.raises(Temporary):
        filled.read()
    office.clock.forward(minutes=1)
    assert len(rows(filled.read())) == 4


def test_a_batch_that_arrives_late_after_it_was_sent_again_is_refused(
    office: GoogleOffice, filled: Workbook
) -> None:
    """The first try is lost on the way; Google gets it after the second."""
    snapshot = filled.read()
    office.server.faults.add(Fault("cut_before", kind="write"))
    with pytest.raises(Temporary):
        filled.write(appended("Talepler", request_row(4)), snapshot)
    office.clock.forward(seconds=10)
    lost = next(call for call in reversed(list(office.server.calls)) if call.kind == "write")
    filled.write(appended("Talepler", request_row(4)), filled.read())
    with pytest.raises(ApiError):
        office.server.books[where(office)].batch_update(lost.body)
    assert len(rows(filled.read())) == 4


def test_a_user_of_the_domain_may_be_impersonated(server: SheetsServer, tmp_path: Path) -> None:
    account = ServiceAccount.make(server)
    server.accounts.delegation = True
    account.write(tmp_path / "key.json")
    sheet = server.add_spreadsheet("Fen", shared_with=["memur@ornek.bel.tr"])
    calls = Calls(Account(tmp_path / "key.json", "memur@ornek.bel.tr", server.url))
    assert calls.email == "memur@ornek.bel.tr"
    assert calls.read(f"{SHEETS}/{sheet}", {"fields": "properties(title)"})["properties"]["title"] == "Fen"
