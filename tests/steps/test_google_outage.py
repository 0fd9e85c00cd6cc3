"""Google is away for two hours: nothing waits but the spreadsheets, and afterwards both sides agree."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.domain.request import Status
from daemon.sheets.google import GoogleFolder
from tests.sheets.google_people import GoogleOffice, GoogleUser, small_registry
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer
from tests.steps.sheet_office import SheetOffice

CODES = ("fen", "park")
BEAT = timedelta(seconds=60)


class Away:
    """An office whose spreadsheets are at Google, and Google, which comes and goes."""

    def __init__(self, folder: Path, server: SheetsServer) -> None:
        self.server = server
        self.sheets = SheetOffice(folder, CODES)
        registry = small_registry(self.sheets.app.office.registry, CODES)
        self.google = GoogleOffice(server, folder, registry, pace=1.0)
        self.google.move_to_shared_drive()
        self.google.clock = lambda: self.sheets.now  # type: ignore[assignment]
        self.begin()

    def begin(self) -> None:
        """Another process: what it had read is gone."""
        self.folder: GoogleFolder = self.google.another_process()
        found = self.folder.all(self.google.registry, ())
        self.sheets.books = {code: found[code] for code in CODES}
        self.sheets.sync = self.sheets.another_process()

    def pass_time(self, minutes: float) -> None:
        for _ in range(round(timedelta(minutes=minutes) / BEAT)):
            self.sheets.now += BEAT
            self.folder.take_hints()
            self.sheets.sync.run(self.sheets.now, office=self.sheets.app.office)

    def person(self, code: str) -> GoogleUser:
        return self.google.person(code)

    def standing(self, code: str) -> list[str]:
        return [str(row[0]) for row in self.person(code).grid("Talepler")[1:] if row[0]]


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Away]:
    with SheetsServer(quotas=None) as server:
        office = Away(tmp_path, server)
        yield office
        office.sheets.close()


@pytest.mark.parametrize(
    "fault",
    [
        Fault("error", 503, times=0),
        Fault("cut_before", times=0),
        Fault("cut_after", kind="write", times=0),
        Fault("error", 429, times=0),
    ],
    ids=lambda fault: f"{fault.what}-{fault.status}",
)
def test_two_hours_without_google_delay_only_the_spreadsheets(away: Away, fault: Fault) -> None:
    sheets = away.sheets
    before = [sheets.ask(f"Önce {n}", directorate="fen") for n in range(3)]
    away.pass_time(5)
    away.server.faults.add(fault)
    during = [sheets.ask(f"Kesintide {n}", directorate=CODES[n % 2]) for n in range(20)]
    away.pass_time(30)
    away.person("fen").put("Talepler", 2, "Not", "kesintide yazıldı")
    sheets.reply(before[1], Status.DONE, "Onarıldı.")
    away.pass_time(90)
    assert sheets.letters(during[0])["headman/confirmation"] == 1, "letters do not wait for Google"
    assert sheets.letters(before[1])["headman/closure"] == 1
    away.server.faults.clear()
    away.pass_time(15)
    assert sorted(away.standing("fen") + away.standing("park")) == sorted(map(str, [*before, *during]))
    assert sheets.request(away.standing("fen")[0]).note == "kesintide yazıldı"
    [closed] = [row for row in away.person("fen").grid("Talepler") if row[0] == before[1]]
    assert closed[8:9] == ["Tamamlandı"]
    assert sheets.letters(before[1])["headman/closure"] == 1
    calls = len(away.server.calls)
    away.pass_time(3)
    assert {call.kind for call in list(away.server.calls)[calls:]} <= {"read", "drive"}, "at rest"


@pytest.mark.parametrize("nth", range(0, 24, 2))
@pytest.mark.parametrize("before", [True, False])
def test_spreadsheets_whose_making_was_cut_short_are_furnished_by_the_next_turn(
    away: Away, nth: int, before: bool
) -> None:
    """The daemon is killed just before or after a call that makes, shares or furnishes them."""
    away.sheets.ask()
    with away.google.killed_at_a_call(nth, {"write", "drive"}, before=before):
        away.pass_time(1)
    away.begin()
    away.pass_time(12)
    assert away.sheets.sync.waiting == {}
    assert away.standing("fen") == ["MHT-2026-000001"]
    assert away.standing("park") == []
    made = [file.name for file in away.server.drive.files.values() if "spreadsheet" in file.mime_type]
    assert len(made) == len(set(made)) == len(CODES)
