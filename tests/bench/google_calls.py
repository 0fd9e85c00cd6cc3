"""Calls to Google a cycle: ours, the naive way (gspread as its tutorials use it), and the lower bound.

A stand-in counts; the clock is simulated, a beat every five seconds, so ten minutes take as long as their work does.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import gspread

from daemon.domain.registry import Registry
from daemon.sheets import OFFICE_CODE
from tests.sheets.google_people import GoogleOffice, GoogleUser
from tests.sheets_server.gspread_client import client
from tests.sheets_server.server import SheetsServer
from tests.steps.sheet_office import SheetOffice

DIRECTORATES = 30
EDITS = 20
BEAT = timedelta(seconds=5)
NIGHT, MORNING = datetime(2026, 12, 7, 20, 0, tzinfo=UTC), datetime(2026, 12, 8, 7, 0, tzinfo=UTC)


@dataclass
class Office:
    """Thirty directorates at Google, the daemon's step, and a clock."""

    sheets: SheetOffice
    google: GoogleOffice
    server: SheetsServer
    codes: list[str]
    before: Counter[str] = field(default_factory=Counter)
    made: dict[str, list[int]] = field(default_factory=lambda: {"read": [], "write": []})
    """Calls until the end of each beat."""
    looked: dict[str, datetime] = field(default_factory=dict)
    longest: timedelta = timedelta(0)
    """For which a spreadsheet was not looked at."""

    def turns(self, minutes: float) -> None:
        """The daemon's beats for so long."""
        for _ in range(round(minutes * 60 / BEAT.total_seconds())):
            self.sheets.now += BEAT
            self.google.google.take_hints()
            self.sheets.sync.run(self.sheets.now, office=self.sheets.app.office)
            for kind, made in self.made.items():
                made.append(self.google.calls.counted[kind])
            for code, at in self.google.google._pace.looked.items():
                self.longest = max(self.longest, at - self.looked.get(code, at))
                self.looked[code] = at

    def busiest_minute(self) -> str:
        """Most calls in any minute of the last turns, and the longest time between two looks at a spreadsheet."""
        beats = round(60 / BEAT.total_seconds())
        most = {
            kind: max((b - a for a, b in zip(made, made[beats:], strict=False)), default=0)
            for kind, made in self.made.items()
        }
        longest = self.longest.total_seconds()
        self.made, self.longest = {kind: made[-1:] for kind, made in self.made.items()}, timedelta(0)
        return f"the busiest minute: {most['read']} reads, {most['write']} writes; looked at within {longest:.0f} s"

    def counted(self) -> dict[str, int]:
        """Calls since the last time."""
        found = Counter(self.google.calls.counted)
        since, self.before = found - self.before, found
        return {kind: since[kind] for kind in ("read", "write", "drive")}

    def where(self, code: str) -> str:
        return self.google.notes.get(f"google/where/{code}")


def many_directorates(registry: Registry, count: int) -> Registry:
    """The shipped office with so many directorates."""
    shipped = registry.directorates
    more = [
        replace(shipped[n % len(shipped)], code=f"ek-{n}", name=f"{n}. Ek Müdürlük")
        for n in range(len(shipped), count)
    ]
    return replace(registry, directorates=(*shipped[:count], *more))


@contextmanager
def google_office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as name, SheetsServer(quotas=None) as server:
        folder = Path(name)
        sheets = SheetOffice(folder, ())
        registry = many_directorates(sheets.app.office.registry, DIRECTORATES)
        mappings = sheets.app.mappings
        office_of_thirty = replace(mappings, office=replace(mappings.office, registry=registry))
        sheets.app._mappings_file = SimpleNamespace(current=office_of_thirty)  # type: ignore[assignment]
        sheets.now = NIGHT
        google = GoogleOffice(server, folder, registry, pace=1.0)
        google.move_to_shared_drive()
        google.clock = lambda: sheets.now  # type: ignore[assignment]
        found = google.another_process().all(registry, ())
        sheets.books = dict(found)
        sheets.sync = sheets.another_process()
        try:
            office = Office(sheets, google, server, [code for code in found if code != OFFICE_CODE])
            office.turns(2)
            yield office
        finally:
            sheets.close()


def main() -> None:
    with google_office() as office:
        office.turns(10)
        office.counted()
        office.turns(10)
        _say("idle at night, a minute", office.counted(), per=10, bound="1 drive")
        office.sheets.now = MORNING
        office.turns(2)
        office.counted(), office.busiest_minute()
        office.turns(10)
        _say("idle in working hours, a minute", office.counted(), per=10, bound="1 drive")
        print(f"    {len(office.codes)} directorates and the office; {office.busiest_minute()}")
        for n in range(500):
            office.sheets.ask(f"Talep {n}", directorate=office.codes[n % DIRECTORATES])
        office.turns(1 / 12)
        _say("500 new requests, one cycle", office.counted(), bound=f"{DIRECTORATES} writes")
        office.turns(2)
        office.counted()
        _edits(office)
        naive(office)


def _edits(office: Office) -> None:
    """People's edits, and how long they stand unnoticed."""
    seconds = []
    for n in range(EDITS):
        code = office.codes[n * 7 % DIRECTORATES]
        office.turns(n % 12 / 12)
        person = GoogleUser(office.server, lambda code=code: office.where(code))  # type: ignore[misc]
        number = str(person.grid("Talepler")[1][0])
        person.put("Talepler", 2, "Not", f"not {n}")
        started = office.sheets.now
        while office.sheets.request(number).note != f"not {n}":
            office.turns(1 / 12)
        seconds.append((office.sheets.now - started).total_seconds())
    _say(f"{EDITS} edits by people, until heard", office.counted(), bound=f"{EDITS} reads")
    print(
        f"    heard after {min(seconds):.0f} to {max(seconds):.0f} s (quiet_seconds 0); {office.busiest_minute()}"
    )


def naive(office: Office) -> None:
    """``append_row`` for each request, ``update_cell`` for each field, every sheet read every cycle."""
    google: gspread.Client = client(office.google.account, office.server.url)
    office.server.calls.reset()
    for code in office.codes:
        google.open_by_key(office.where(code)).worksheet("Talepler").get_all_values()
    print(f"naive: one look at every sheet{'':<12} {_counted(office.server)}")
    office.server.calls.reset()
    sheet = google.open_by_key(office.where(office.codes[0])).worksheet("Talepler")
    for n in range(20):
        sheet.append_row([f"MHT-2026-9{n:05d}", "07.12.2026", "E-posta"])
    print(f"naive: 20 new requests{'':<20} {_counted(office.server)}, so 500 take 25 times as many")
    office.server.calls.reset()
    for column in (9, 13, 17):
        sheet.update_cell(2, column, "x")
    print(f"naive: one request's three fields{'':<9} {_counted(office.server)}")


def _counted(server: SheetsServer) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(server.calls.counts().items()) if count)


def _say(what: str, found: dict[str, int], *, bound: str, per: int = 1) -> None:
    told = ", ".join(f"{count / per:g} {kind}" for kind, count in found.items())
    print(f"{what:<42} {told}   (lower bound: {bound})")


if __name__ == "__main__":
    main()
