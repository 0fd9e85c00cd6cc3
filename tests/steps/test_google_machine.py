"""The same machine at Google: people also act between our reading and our writing, and calls fail in every way."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from daemon.domain.sheet import CellValue
from tests.sheets.contract import Grid
from tests.sheets.google_people import GoogleOffice, GoogleUser, small_registry
from tests.sheets_server.calls import Call
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer
from tests.steps.memory import Crash
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_sheet_machine import CODES, FREE, Sheets, pick, sheet

FAULTS = (
    Fault("cut_before", kind="write"),
    Fault("cut_after", kind="write"),
    Fault("error", 503, kind="write"),
    Fault("error", 503, kind="write", after_effect=True),
    Fault("error", 429, kind="write"),
    Fault("error", 429, kind="read"),
    Fault("error", 500, kind="read", times=3),
    Fault("cut_after", kind="read", times=3),
    Fault("page", kind="read", times=3),
    Fault("stale", kind="read"),
    Fault("stale", kind="read", revisions=3),
)


@dataclass
class GoogleBook:
    """What :class:`tests.steps.memory.MemoryWorkbook` offers to people, of a spreadsheet at Google."""

    machine: "GoogleSheets"
    code: str

    @property
    def person(self) -> GoogleUser:
        return GoogleUser(
            self.machine.server, lambda: self.machine.google.notes.get(f"google/where/{self.code}")
        )

    @property
    def grids(self) -> dict[str, Grid]:
        return {title: self.person.grid(title) for title in ("Talepler", "Arşiv")}

    def lines(self, title: str = "Talepler") -> list[dict[str, CellValue]]:
        header, *lines = self.person.grid(title)
        return [dict(zip(header, line, strict=True)) for line in lines]

    def arrange(self, title: str, change: Callable[[Grid], Grid]) -> None:
        self.person.arrange(title, change)

    def put(self, index: int, header: str, value: CellValue, title: str = "Talepler") -> None:
        self.person.put(title, index + 2, header, value)


class GoogleSheets(Sheets):
    """Two directorates' spreadsheets at Google."""

    def open_office(self) -> None:
        self.server = SheetsServer(quotas=None, history=True).start()
        folder = Path(self.folder.name)
        self.office = SheetOffice(folder, CODES)
        registry = small_registry(self.office.app.office.registry, CODES)
        self.google = GoogleOffice(self.server, folder, registry)
        self.google.drive = self.server.add_shared_drive("Muhtarlık", [(self.google.email, "fileOrganizer")])
        self.start_anew()
        self.books = {code: GoogleBook(self, code) for code in CODES}  # type: ignore[assignment]
        for code in CODES:
            self.office.books[code].set_up()
            self.take_spare_rows(code)

    def take_spare_rows(self, code: str) -> None:
        """Somebody deletes the empty rows; then every read is short, and new rows need room."""
        where = self.google.notes.get(f"google/where/{code}")
        for each in self.server.books[where].resource()["sheets"]:
            if each["properties"]["title"] in {"Talepler", "Arşiv"}:
                rows = {"sheetId": each["properties"]["sheetId"], "dimension": "ROWS", "startIndex": 12}
                self.server.edit(where, {"deleteDimension": {"range": rows}})

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            self.server.close()

    def start_anew(self) -> None:
        """Another process: what it had read is gone."""
        folder = self.google.another_process()
        self.google.clock = lambda: self.office.now  # type: ignore[assignment]
        folder._clock = lambda: self.office.now
        found = folder.all(self.google.registry, ())
        self.office.books = {code: found[code] for code in CODES}
        self.office.sync = self.office.another_process()

    def all_is_well_after_some_quiet_turns(self) -> None:
        self.server.faults.clear()
        self.server.between = None
        self.google.calls._not_before = 0.0
        super().all_is_well_after_some_quiet_turns()

    # --- between two calls ----------------------------------------------------------------------------

    @rule(code=sheet, act=st.sampled_from(["sort", "insert", "type", "delete", "move", "add"]), at=pick)
    def somebody_acts_while_we_write(self, code: str, act: str, at: int) -> None:
        """Between our reading and the write's effect."""
        done: list[bool] = []

        def between(call: Call) -> None:
            where = self.google.notes.get(f"google/where/{code}")
            if call.kind == "write" and where in call.path and not done:
                done.append(True)
                self.act(code, act, at)

        self.server.between = between
        self.office.look(minutes=1)
        self.server.between = None

    def act(self, code: str, act: str, at: int) -> None:
        match act:
            case "sort":
                self.sort(code)
            case "insert":
                self.insert_a_blank_row(code, at)
            case "type":
                header = FREE[at % len(FREE)]
                self.type_in_a_persons_cell(code, at, header, False)
            case "move":
                self.move_columns(code)
            case "add":
                self.add_a_row(code)
            case _:
                self.delete_and_forget(code, at)

    def delete_and_forget(self, code: str, at: int) -> None:
        if found := self.a_row(code, at):
            self.own.pop(found[1], None)
            for place in [key for key in self.typed if key[0] == found[1]]:
                del self.typed[place]
            self.books[code].arrange(
                "Talepler", lambda grid: [line for n, line in enumerate(grid) if n != found[0] + 1]
            )

    # --- faults ---------------------------------------------------------------------------------------

    @rule(fault=st.sampled_from(FAULTS), skip=st.integers(0, 2))
    def a_turn_in_which_a_call_fails(self, fault: Fault, skip: int) -> None:
        self.server.faults.add(replace(fault, skip=skip))
        self.office.look(minutes=1)
        self.server.faults.clear()
        self.google.calls._not_before = 0.0

    @rule(code=sheet)
    def a_turn_while_the_file_is_open(self, code: str) -> None:
        self.server.faults.add(Fault("error", 503, kind="write", times=0))
        self.office.look(minutes=1)
        self.server.faults.clear()
        self.google.calls._not_before = 0.0

    @rule(before=st.booleans(), which=st.integers(0, 3))
    def killed_at_a_write(self, before: bool, which: int) -> None:
        """Just before a batch is sent, or after its effect and before we know of it."""
        calls, writes = self.google.calls, count()
        send = calls.write

        def write(*args: Any, **options: Any) -> Any:
            if next(writes) != which:
                return send(*args, **options)
            if not before:
                send(*args, **options)
            raise Crash

        calls.write = write  # type: ignore[method-assign]
        with suppress(Crash):
            self.office.look(minutes=1)
        self.start_anew()

    @rule(code=sheet)
    def a_turn_that_crashes_after_writing(self, code: str) -> None:
        self.killed_at_a_write(False, 0)


TestGoogleSheets = GoogleSheets.TestCase
TestGoogleSheets.settings = settings(
    max_examples=10,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
