"""The same machine at Google: people also act between our reading and our writing, and calls fail in every way.

Every kind of human edit (:mod:`tests.steps.google_acts`) meets every call of a turn, just before it takes effect or
just after its answer stands, alone or with a fault of that call; the daemon is killed before and after any call.
Half of the runs look at every sheet each turn, the others keep to their pace; half hear at once, the others after quiet
time; half take every worksheet for a long one, at which the daemon only glances; half of those that keep to a pace look
by writing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from daemon.ports.records import RequestFilter
from daemon.sheets.google import glance
from tests.sheets.google_people import GoogleOffice, small_registry
from tests.sheets_server.calls import Call
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer
from tests.steps.google_acts import ACTS, Acts
from tests.steps.google_book import TAB, GoogleBook
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_sheet_machine import CODES, pick, sheet

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
LONG = glance.LONG
MOST_TURNS = 12
"""After so many turns with nobody there, all must be at rest."""
MOST_TO_REST = 2
"""Turns in which something may still be done where every sheet is looked at each turn and edits count at once."""
acts = st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=3)


class GoogleSheets(Acts):
    """Two directorates' spreadsheets at Google."""

    turns_to_rest: list[int] = []  # noqa: RUF012 - of all runs
    """Turns in which something was still to be done after people had gone."""

    def open_office(self) -> None:
        folder = Path(self.folder.name)
        self.office = SheetOffice(folder, CODES)
        self.server = SheetsServer(quotas=None, history=True, clock=lambda: self.office.now).start()
        registry = small_registry(self.office.app.office.registry, CODES)
        self.google = GoogleOffice(
            self.server, folder, registry, timeout=(30.0, 60.0)
        )  # a busy machine is no fault
        self.google.move_to_shared_drive()
        self.quiet = timedelta(0)
        self.start_anew()
        for code in CODES:
            self.office.books[code].set_up()
        self.books = {code: GoogleBook(self.server, self.where(code)) for code in CODES}
        for code in CODES:
            self.take_spare_rows(code)
        self.begin_acting()

    def where(self, code: str) -> Callable[[], str]:
        return lambda: self.google.notes.get(f"google/where/{code}")

    def take_spare_rows(self, code: str) -> None:
        """Somebody deletes the empty rows; then every read is short, and new rows need room."""
        for sheet_id in self.books[code].ids.values():
            rows = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": 12}
            self.server.edit(self.where(code)(), {"deleteDimension": {"range": rows}})

    def teardown(self) -> None:
        try:
            super().teardown()
            assert self.server.defect is None, self.server.defect
        finally:
            glance.LONG = LONG
            self.server.close()

    def start_anew(self) -> None:
        """Another process: what it had read is gone."""
        client = self.google.calls._client
        folder = self.google.another_process()
        self.google.calls._client = client  # logging in takes longer than a turn
        self.google.clock = lambda: self.office.now  # type: ignore[assignment]
        folder._clock = lambda: self.office.now
        found = folder.all(self.google.registry, ())
        self.office.books = {code: found[code] for code in CODES}
        self.office.sync = self.office.another_process(self.quiet)

    @initialize(paced=st.booleans(), quiet=st.booleans(), glancing=st.booleans(), writing=st.booleans())
    def choose_a_way_of_looking(
        self, paced: bool, quiet: bool, glancing: bool = False, writing: bool = False
    ) -> None:
        self.google.pace, self.google.by_writing = float(paced), writing
        glance.LONG = 1 if glancing else LONG
        self.quiet = timedelta(seconds=60 * quiet)
        self.start_anew()

    # --- turns ----------------------------------------------------------------------------------------

    def look(self, minutes: float = 1) -> int:
        """One turn; what came in its way is over afterwards."""
        self.learn_homes()
        try:
            self.google.google.take_hints()
            return self.office.look(minutes=minutes)
        finally:
            self.server.faults.clear()
            self.server.between = self.server.behind = None
            self.google.calls._not_before = 0.0
            self.learn_homes()

    def learn_homes(self) -> None:
        with self.office.ledger.view() as view:
            self.homes = {r.number: r.directorate for r in view.requests(RequestFilter()) if not r.archived}

    def rest(self, **later: float) -> None:
        """Turns until three in a row find nothing to do."""
        minutes = 11 if self.google.pace or self.quiet else 0
        done = [self.look(minutes or 1)]
        while any(done[-3:]) or len(done) < 3:
            assert len(done) < MOST_TURNS, "never comes to rest"
            done.append(self.look(minutes))
        turns = max((n for n, changed in enumerate(done, 1) if changed), default=0)
        self.turns_to_rest.append(turns)
        assert turns <= MOST_TO_REST or self.google.pace or self.quiet, "more than two quiet turns"

    @rule(minutes=st.sampled_from([1, 20, 1500]))
    def turn(self, minutes: int) -> None:
        self.look(minutes)

    @rule()
    def all_is_well_after_some_quiet_turns(self) -> None:
        for code in CODES:
            self.finish_cutting(code)
            self.books[code].rename_header("Durum", "Durum")
            self.books[code].rename_tab(TAB)
        super().all_is_well_after_some_quiet_turns()

    # --- people ---------------------------------------------------------------------------------------

    @rule(code=sheet, names=acts, at=pick)
    def somebody_acts(self, code: str, names: Sequence[str], at: int) -> None:
        for name in names:
            self.act(code, name, at)

    @rule(
        code=sheet, names=acts, at=pick, kind=st.sampled_from(["read", "write", ""]), nth=st.integers(0, 3),
        behind=st.booleans(), fault=st.sampled_from([None, None, *FAULTS]),
    )  # fmt: skip
    def somebody_acts_at_a_call(
        self, code: str, names: Sequence[str], at: int, kind: str, nth: int, behind: bool, fault: Fault | None
    ) -> None:
        """Between two calls: just before one takes effect, or just after its answer stands."""
        passed = count()

        def acting(call: Call) -> None:
            if self.where(code)() in call.path and kind in {"", call.kind} and next(passed) == nth:
                for name in names:
                    self.act(code, name, at)

        if behind:
            self.server.behind = acting
        else:
            self.server.between = acting
        if fault:
            self.server.faults.add(replace(fault, skip=nth if fault.kind == kind else 0))
        self.look()

    # --- faults ---------------------------------------------------------------------------------------

    @rule(fault=st.sampled_from(FAULTS), skip=st.integers(0, 2))
    def a_turn_in_which_a_call_fails(self, fault: Fault, skip: int) -> None:
        self.server.faults.add(replace(fault, skip=skip))
        self.look()

    @rule(code=sheet)
    def a_turn_while_the_file_is_open(self, code: str) -> None:
        self.server.faults.add(Fault("error", 503, kind="write", times=0))
        self.look()

    @rule(before=st.booleans(), which=st.integers(0, 5), kind=st.sampled_from(["read", "write", "drive"]))
    def killed_at_a_call(self, before: bool, which: int, kind: str) -> None:
        with self.google.killed_at_a_call(which, {kind}, before=before):
            self.look()
        self.start_anew()

    @rule(code=sheet)
    def a_turn_that_crashes_after_writing(self, code: str) -> None:
        self.killed_at_a_call(False, 0, "write")


TestGoogleSheets = GoogleSheets.TestCase
TestGoogleSheets.settings = settings(
    max_examples=10,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
