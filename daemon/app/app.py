"""The office at work in one process: its steps until all is quiet, its safety, its commands."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from time import sleep

import structlog

from daemon import metrics, points, safekeeping
from daemon.app.steps import AGAIN, BACKUP, STEPS, Steps
from daemon.by_hand import as_mail, called, read_file
from daemon.domain.clock import ISTANBUL
from daemon.domain.errors import MuhtarlikError, Temporary
from daemon.domain.mail import FILE_SCANS, HAND_FILES, MAIL_SUFFIXES, SCAN_SUFFIXES, Arrival
from daemon.ledger.backup import Restored, back_up, restore
from daemon.ledger.nightly import folder_of
from daemon.ports.ledger import View
from daemon.ports.records import SheetInNeed
from daemon.safekeeping import Recovery
from daemon.sheets import name_of
from daemon.steps.absent import note_absent
from daemon.steps.outcome import owe
from daemon.steps.sheet_sync import office_notices
from daemon.steps.watching import Watching

log = structlog.get_logger()

MOST_ROUNDS = 60
"""``once`` goes round at most so often: a loop that never comes to rest is a fault, not a reason to hang."""


@dataclass(slots=True)
class Tally:
    """What ``once`` did: how much per step, and which steps failed why, which spreadsheets wait."""

    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STEPS, 0))
    faults: dict[str, MuhtarlikError] = field(default_factory=dict)
    waiting: Mapping[str, MuhtarlikError] = field(default_factory=dict)
    """Spreadsheets left for later or left alone, by the names that people know."""


class App(Steps):
    """One process's office. Use as a context manager."""

    def migrate(self) -> None:
        """Opening brings the ledger to this program's form."""
        _ = self.ledger

    def run_until_quiet(self) -> Tally:
        """``once``: every step in turn until a whole round finds nothing to do."""
        tally = Tally()
        for folder, _ in self._scan_folders:
            folder.wait_for_nobody()
        for _ in range(MOST_ROUNDS):
            self.refresh_mappings()
            if not sum(self._attempt(step, tally) for step in STEPS):
                break
        else:
            log.warning("did not come to rest", rounds=MOST_ROUNDS)
        tally.waiting = {name_of(code): fault for code, fault in self._sheets.waiting.items()}
        return tally

    def _attempt(self, step: str, tally: Tally) -> int:
        if step in tally.faults:
            return 0
        try:
            done = self.run_step(step)
        except MuhtarlikError as fault:
            tally.faults[step] = fault
            return 0
        tally.done[step] += done
        return done

    # --- keeping safe ---------------------------------------------------------------------------------

    def mend_ledger(self) -> None:
        """Before work begins: a ledger that is damaged or gone is restored, and the office is told."""
        recovery = safekeeping.mend(self.settings.ledger, self.clock())
        if recovery:
            self._recover(recovery, "Kayıt defteri dosyası bozuk veya yerinde değildi.")

    def _recover(self, recovery: Recovery, why: str) -> None:
        """What the restored ledger cannot know: numbers given since, mails read since."""
        now = self.clock()
        last = {}
        if not recovery.restored.replayed.is_whole:
            last = safekeeping.last_numbers(self._numbers_in_sheets(), recovery.restored.aside)
        lines = recovery.lines(why)
        with self.ledger.transaction() as tx:
            for year, serial in last.items():
                tx.give_no_number_until(year, serial)
            tx.set_note(AGAIN, recovery.since.isoformat())
            key = f"restored/{now.isoformat()}"
            notices = office_notices(key, "Kayıt defteri yedekten geri yüklendi", lines, self.office)
            owe(tx, notices, now)

    def _numbers_in_sheets(self) -> Iterator[str]:
        for workbook in self.all_workbooks().values():
            with suppress(MuhtarlikError):  # one that cannot be read now says nothing; there is a margin
                for table in workbook.read().tables.values():
                    yield from (str(row.cells.get("number") or "") for row in table.rows)

    def backup_is_due(self) -> bool:
        """Whether tonight's backup is still to be made."""
        return safekeeping.is_due(self.settings.ledger, self.clock())

    def keep_backup(self) -> None:
        """Make it; its success or failure is noted as a step's is."""
        points.enter("night")
        now = self.clock()
        try:
            safekeeping.make(self.ledger, self.settings.ledger, now)
        except MuhtarlikError as fault:
            self._note_failure(BACKUP, str(fault), now)
            raise
        self._note_success(BACKUP, now)

    def forget_former_backups(self) -> None:
        """After an erasure. Raises what a backup raises."""
        safekeeping.forget_former(self.ledger, self.settings.ledger, self.clock())

    @cached_property
    def _watching(self) -> Watching:
        return Watching(self.ledger)

    def watch(self) -> None:
        """Once a minute: tell the office what has been wrong for too long, and write the figures."""
        now = self.clock()
        self._watching.run(now, office=self.office)
        if path := self.settings.watch.metrics:
            with self.ledger.view() as view:
                text = metrics.exposition(
                    view.counts(now.astimezone(ISTANBUL).date()),
                    self.step_states(view),
                    sheets_in_need=len(view.sheets_in_need()),
                    now=now,
                )
            try:
                metrics.write(path, text)
            except OSError as fault:
                log.warning("cannot write metrics", file=str(path), why=fault.strerror)

    def sheets_in_need(self, view: View) -> list[SheetInNeed]:
        """Spreadsheets that wait for a person, by the names that people know."""
        return [replace(each, sheet=name_of(each.sheet)) for each in view.sheets_in_need()]

    def sheet_faults(self) -> list[MuhtarlikError]:
        """Why the last turn left spreadsheets for later or alone."""
        return list(self._sheets.waiting.values())

    def refresh_mappings(self) -> None:
        """Take up a changed mappings file; a broken one is told to the office, the old one stays in force."""
        faults = self._mappings_file.refresh()
        if not faults:
            return
        log.error("mappings refused", places=[line.partition(": ")[0] for line in faults])
        now = self.clock()
        lines = (*faults[:20], "Önceki eşlemeler geçerliliğini koruyor.")
        key = f"mappings/{sha256(repr(faults).encode()).hexdigest()[:12]}/{now.isoformat()}"
        with self.ledger.transaction() as tx:
            notices = office_notices(key, "mappings.yaml dosyasında hata var", lines, self.office)
            owe(tx, notices, now)

    def sibling(self) -> "App":
        """The same office for another process: what is loaded is shared, what is open is opened anew."""
        other = App(self.settings, self.clock)
        other._mappings_file = self._mappings_file
        other._templates = self._templates
        other._learned = self._learned
        return other

    # --- commands -------------------------------------------------------------------------------------

    def ingest(self, path: Path) -> str:
        """Take a file as if it had arrived; return what became of it, in Turkish."""
        raw = read_file(path)
        path = called(path, raw)
        now = self.clock()
        digest = sha256(raw or _told_apart(path)).hexdigest()
        scan = path.suffix.lower() in SCAN_SUFFIXES
        is_mail = path.suffix.lower() in MAIL_SUFFIXES
        mail = raw if scan or is_mail else as_mail(path, raw, self.settings, now)
        arrival = Arrival(FILE_SCANS if scan else HAND_FILES, digest, digest, now, mail, path.name)
        with self.ledger.transaction() as tx:
            if not tx.keep_arrivals([arrival], now):
                return "daha önce alınmış"
        self.run_step("scans" if scan else "reading")
        return "alındı"

    def set_up_sheets(self) -> Iterator[tuple[str, list[str], MuhtarlikError | None]]:
        """Create or repair every workbook: (file, what was done, fault)."""
        for workbook in self.all_workbooks().values():
            with suppress(MuhtarlikError):  # setting it up says so
                note_absent(self.ledger, workbook)
        for code, workbook in self.all_workbooks().items():
            try:
                yield name_of(code), _patiently(workbook.set_up), None
            except MuhtarlikError as fault:
                yield name_of(code), [], fault
            else:
                with self.ledger.transaction() as tx:
                    tx.save_sheet_state(code, {"fingerprint": "", "fault": "", "fault_since": ""})

    def verify_history(self) -> tuple[int, str | None]:
        """(entries, the first broken entry in words or ``None``)."""
        with self.ledger.view() as view:
            verdict = view.verify_chain()
        if verdict.broken is None:
            return verdict.head.entries, None
        found = verdict.broken
        return verdict.head.entries, f"{found.seq}. kayıt ({found.number}, {found.at}): {found.fault.value}"

    def export_history(self) -> Iterator[str]:
        """The whole history as JSON lines."""
        with self.ledger.view() as view:
            yield from view.export_chain()

    def backup(self, target: Path) -> None:
        back_up(self.ledger, target)

    def restore(self, backup: Path, *, as_it_was: bool = False) -> Restored:
        """Put a backup in the ledger's place, brought up to date unless it is wanted as it was."""
        path = self.settings.ledger.path
        record = None if as_it_was else folder_of(path)
        done = restore(backup, path, self.clock(), record=record)
        self._recover(Recovery(backup, done), "Kayıt defteri, sistem yöneticisi tarafından geri yüklendi.")
        return done


def _patiently(work: Callable[[], list[str]], most: float = 150.0) -> list[str]:
    """Wait for a quota that is soon free again: somebody sits before the command."""
    while True:
        try:
            return work()
        except Temporary as fault:
            wait = fault.retry_after
            if wait is None or wait > most:
                raise
            most -= wait
            log.info("waiting for the quota", seconds=round(wait))
            sleep(wait)


def _told_apart(path: Path) -> bytes:
    """In place of the content of an empty file: all of them are alike, but each was handed in by somebody."""
    return f"{path.name}/{path.stat().st_mtime_ns}".encode(errors="replace")
