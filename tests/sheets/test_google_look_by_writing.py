"""Where reads are short, the answer to a write that changes nothing shows a spreadsheet as well as a read does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daemon.domain.errors import Temporary
from daemon.ports.spreadsheets import Workbook
from daemon.sheets.folder import OFFICE_CODE
from tests.sheets.google_people import GoogleOffice, GoogleUser, shipped_registry
from tests.sheets.looking import CHANGES, look, with_four_requests
from tests.sheets_server.server import SheetsServer

WRITE, READ = ["batchUpdate"], ["get"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[GoogleOffice]:
    with SheetsServer(quotas=None) as server:
        yield with_four_requests(
            GoogleOffice(server, tmp_path, shipped_registry("fen"), pace=1.0, by_writing=True)
        )


def test_while_nobody_works_it_changes_nothing_and_shows_nothing_new(
    office: GoogleOffice, book: Workbook, person: GoogleUser
) -> None:
    look(office, book)
    before, contents = book.fingerprint(), person.book.resource()
    assert [look(office, book) for _ in range(3)] == [WRITE] * 3
    assert book.fingerprint() == before
    assert person.book.resource() == contents


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_people_do_is_seen_at_once(
    office: GoogleOffice, book: Workbook, person: GoogleUser, change: Callable[[GoogleUser], None]
) -> None:
    look(office, book)
    before = book.fingerprint()
    change(person)
    assert look(office, book) == WRITE
    seen = book.fingerprint()
    assert seen != before
    office.google.take_hints()
    office.another_process()
    assert office.google.all(office.registry, ())["fen"].fingerprint() == seen, "as one that reads sees it"


def test_all_worksheets_of_the_office_s_own_spreadsheet_are_seen(office: GoogleOffice) -> None:
    ours = office.google.all(office.registry, ())[OFFICE_CODE]
    clerk = office.person(OFFICE_CODE)
    for _ in range(3):  # setting up took many calls, which are made up for first
        look(office, ours)
    clerk.put("Yeni Talep", 2, "Konu", "Yolda çukur")
    assert look(office, ours) == WRITE
    assert ours.read().tables["Yeni Talep"].rows[0].cells["subject"] == "Yolda çukur"


def test_a_worksheet_that_was_renamed_is_read_as_ever(
    office: GoogleOffice, book: Workbook, person: GoogleUser
) -> None:
    look(office, book)
    before = book.fingerprint()
    properties = next(
        sheet["properties"]
        for sheet in person.book.resource()["sheets"]
        if sheet["properties"]["title"] == "Talepler"
    )
    renamed = {"sheetId": properties.get("sheetId", 0), "title": "TALEPLER "}
    office.server.edit(
        person.spreadsheet(), {"updateSheetProperties": {"properties": renamed, "fields": "title"}}
    )
    assert look(office, book)[1:] == [*READ, *READ]
    assert book.fingerprint() != before, "its name is part of what is known"
    assert look(office, book) == WRITE


def test_a_fault_is_told_as_a_read_s_is(office: GoogleOffice, book: Workbook) -> None:
    look(office, book)
    office.server.faults.fail(503)
    office.clock.forward(seconds=61)
    with pytest.raises(Temporary):
        book.fingerprint()
