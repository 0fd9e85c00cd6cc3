"""A glance at a long worksheet sees what people's work changes, and costs one small call while nobody works."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daemon.ports.spreadsheets import Workbook
from daemon.sheets.google import glance
from tests.sheets.google_people import GoogleOffice, GoogleUser, shipped_registry
from tests.sheets.looking import CHANGES, look, with_four_requests
from tests.sheets_server.server import SheetsServer

GLANCE = ["values.batchGet"]
GLANCE_AND_READ = ["values.batchGet", "get"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """A worksheet of four rows, which is long here."""
    monkeypatch.setattr(glance, "LONG", 3)
    with SheetsServer(quotas=None) as server:
        yield with_four_requests(GoogleOffice(server, tmp_path, shipped_registry("fen"), pace=1.0))


def test_while_nobody_works_a_long_worksheet_is_only_glanced_at(office: GoogleOffice, book: Workbook) -> None:
    look(office, book)
    before = book.fingerprint()
    assert [look(office, book) for _ in range(3)] == [GLANCE] * 3
    assert book.fingerprint() == before


def test_a_glance_leaves_out_what_is_long_and_ours(office: GoogleOffice, book: Workbook) -> None:
    look(office, book)
    look(office, book)
    [call] = [call for call in office.server.calls if call.kind == "read"]
    assert call.query["ranges"] == [
        "'Talepler'!A1:Q1", "'Talepler'!A2:A", "'Talepler'!H2:K", "'Talepler'!M2:O", "'Talepler'!A5:Q",
    ]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_people_do_is_seen_at_a_glance_and_then_read(
    office: GoogleOffice, book: Workbook, person: GoogleUser, change: Callable[[GoogleUser], None]
) -> None:
    look(office, book)
    before = book.fingerprint()
    change(person)
    assert look(office, book) == GLANCE_AND_READ
    assert book.fingerprint() != before


def test_rows_that_wait_for_their_number_are_read_each_time(
    office: GoogleOffice, book: Workbook, person: GoogleUser
) -> None:
    look(office, book)
    person.put("Talepler", 6, "Konu", "Yeni")
    look(office, book)
    person.put("Talepler", 6, "Mahalle", "Atapark")
    assert look(office, book) == ["get"]
    assert book.read().tables["Talepler"].rows[-1].cells["neighbourhood"] == "Atapark"


def test_spare_rows_that_people_deleted_do_not_blind_it(
    office: GoogleOffice, book: Workbook, person: GoogleUser
) -> None:
    properties = person.book.resource()["sheets"][0]["properties"]
    spare = {"sheetId": properties.get("sheetId", 0), "dimension": "ROWS", "startIndex": 5}
    office.server.edit(person.spreadsheet(), {"deleteDimension": {"range": spare}})
    look(office, book)
    assert look(office, book) == GLANCE


def test_an_overwritten_cell_of_ours_is_found_by_the_whole_reading(
    office: GoogleOffice, book: Workbook, person: GoogleUser
) -> None:
    look(office, book)
    before = book.fingerprint()
    person.put("Talepler", 3, "Açıklama", "kim bilir")
    seen = [look(office, book) for _ in range(11)]
    assert ["get"] in seen
    assert book.fingerprint() != before
