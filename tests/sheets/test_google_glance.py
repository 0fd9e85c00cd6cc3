"""A glance at a long worksheet sees what people's work changes, and costs one small call while nobody works."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from daemon.mappings import OfficeFacts, load_mappings
from daemon.ports.spreadsheets import Workbook
from daemon.resources import shipped
from daemon.sheets.google import glance
from tests.sheets.contract import Grid, appended, request_row
from tests.sheets.google_people import GoogleOffice, GoogleUser, small_registry
from tests.sheets_server.server import SheetsServer

FACTS = OfficeFacts("Örnek Belediyesi Muhtarlık", "muhtarlik@ornek.bel.tr", "mudur@ornek.bel.tr")
REGISTRY = small_registry(load_mappings(shipped("mappings.yaml"), FACTS).office.registry, ("fen",))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleOffice]:
    """A worksheet of four rows, which is long here."""
    monkeypatch.setattr(glance, "LONG", 3)
    with SheetsServer(quotas=None) as server:
        office = GoogleOffice(server, tmp_path, REGISTRY, pace=1.0)
        office.drive = server.add_shared_drive("Muhtarlık", [(office.email, "fileOrganizer")])
        book = office.another_process().all(REGISTRY, ())["fen"]
        book.set_up()
        book.write(appended("Talepler", *(request_row(n) for n in (1, 2, 3, 4))), book.read())
        yield office


@pytest.fixture
def book(office: GoogleOffice) -> Workbook:
    return office.google.all(REGISTRY, ())["fen"]


@pytest.fixture
def person(office: GoogleOffice) -> GoogleUser:
    return GoogleUser(office.server, lambda: office.notes.get("google/where/fen"))


def look(office: GoogleOffice, book: Workbook) -> list[str]:
    """A minute later: the methods that were called."""
    office.clock.forward(seconds=61)
    office.server.calls.reset()
    book.fingerprint()
    return [
        call.method.removeprefix("sheets.spreadsheets.")
        for call in office.server.calls
        if call.kind == "read"
    ]


GLANCE = ["values.batchGet"]
GLANCE_AND_READ = ["values.batchGet", "get"]


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


CHANGES: dict[str, Callable[[GoogleUser], None]] = {
    "a cell of theirs": lambda person: person.put("Talepler", 3, "Sonuç", "Onarıldı."),
    "a day": lambda person: person.put("Talepler", 3, "Son Tarih", date(2027, 1, 4)),
    "a number": lambda person: person.put("Talepler", 3, "Talep No", None),
    "a header": lambda person: person.put("Talepler", 1, "Konu", "Başlık"),
    "a new row at the end": lambda person: person.put("Talepler", 6, "Konu", "Yeni"),
    "a cell of the last row": lambda person: person.put("Talepler", 5, "Konu", "Başka"),
    "an order": lambda person: person.arrange("Talepler", lambda grid: [grid[0], *reversed(grid[1:])]),
    "a blank row": lambda person: person.arrange("Talepler", _with_a_blank_row),
    "a row less": lambda person: person.arrange("Talepler", lambda grid: grid[:-1]),
    "columns moved": lambda person: person.arrange("Talepler", lambda grid: [[*x[3:], *x[:3]] for x in grid]),
}


def _with_a_blank_row(grid: Grid) -> Grid:
    return [*grid[:3], [None] * len(grid[0]), *grid[3:]]


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
